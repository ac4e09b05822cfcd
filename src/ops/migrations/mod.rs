//! Migrations: plan, start, status, list, unschedule, report. The worker that drives a run is in `migrate`.

mod plan;
mod report;
mod resume;
mod start;
mod status;
mod timeline;
mod verify;

pub use plan::{Plan, PlanAnswer, check_map_shape};
pub use report::{Exception, Report, ReportData, SlaReport};
pub use resume::Resume;
pub use start::Start;
pub use status::{List, NoticeOf, Show, Status, Unschedule, notice};
pub use timeline::Timeline;
pub use verify::{Verified, Verify, Wanted};

use crate::domain::Id;
use crate::error::{Error, Result};
use crate::migrate::cure;
use crate::ops::Desk;
use crate::store::migrations::{self, Run};

/// The refusal to change what the active migration works with; its hint says what ends that (G21).
pub fn in_the_way(desk: &mut Desk<'_>, rule: &str, why: impl Into<String>) -> Result<Error> {
    let cure = migrations::active(&mut desk.tx)?.map(|run| cure(&run)).unwrap_or_default();
    Ok(Error::refused("migration_active", rule, why).hint(cure))
}

/// The run that an id means; without one the active run, else the latest.
pub fn find(desk: &mut Desk<'_>, id: Option<Id>) -> Result<Run> {
    let found = match id {
        Some(id) => migrations::by_id(&mut desk.tx, id)?,
        None => match migrations::active(&mut desk.tx)? {
            Some(run) => Some(run),
            None => migrations::latest(&mut desk.tx)?,
        },
    };
    found.ok_or_else(|| {
        let what = id.map_or_else(|| "there was no migration yet".to_owned(), |id| format!("there is no migration {id}"));
        Error::not_found("unknown_migration", what).hint("deskctl migrations list shows them; deskctl migrations plan CHANNEL prepares one")
    })
}
