//! `migrations resume` at a server: the run is handed to its workers. On a store, the command's own process drives it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find;
use super::start::check_accepted;
use super::status::{Status, status};
use crate::domain::Id;
use crate::domain::migration::RunState;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::migrate::{RESUMABLE, worker};
use crate::ops::{Desk, Operation};
use crate::store::{locks, migrations};

/// Has the server go on with an interrupted or failed migration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resume {
    /// By default the active migration.
    pub id: Option<Id>,
    /// Codes that a super admin accepts: `clock_set_back`, `verification_failed`.
    #[serde(default)]
    pub accept: Vec<String>,
}

impl Operation for Resume {
    const NAME: &'static str = "migrations.resume";
    const WRITES: bool = true;
    type Output = Status;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Status> {
        check_accepted(&self.accept, RESUMABLE)?;
        let run = find(desk, self.id)?;
        if run.state == RunState::Completed {
            return status(desk, run);
        }
        migrations::accept(&mut desk.tx, &run, &self.accept)?;
        // On a store whoever resumes drives it, under the lock that says whether someone else does.
        if !desk.is_served() {
            return status(desk, run);
        }
        let location = desk.location.clone();
        if locks::is_held(&mut desk.tx, &location, locks::Purpose::Worker)? {
            return Err(worker::driven_already(run.id));
        }
        migrations::hand_to_servers(&mut desk.tx, &run, desk.now)?;
        let run = find(desk, Some(run.id))?;
        status(desk, run)
    }
}
