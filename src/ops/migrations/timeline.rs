//! A run's timeline, for those who watch it: a look at its state now and then would miss the short phases.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find;
use crate::domain::Id;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::{Desk, Operation};
use crate::store::migrations::{self, PhaseEntry};

/// Lists the phases that a migration has entered so far, in their order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    pub id: Id,
}

impl Operation for Timeline {
    const NAME: &'static str = "migrations.timeline";
    const WRITES: bool = false;
    type Output = Vec<PhaseEntry>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<PhaseEntry>> {
        let run = find(desk, Some(self.id))?;
        migrations::phases(&mut desk.tx, run.id)
    }
}
