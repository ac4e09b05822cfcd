//! Moving a channel from an inbox to the help desk (M1 to M22): what is decided, apart from how it is stored.

mod decide;
mod findings;
mod map;
mod quiet;

pub use decide::{Agents, Decision, MadeTicket, Outcome, Subject, decide};
pub use findings::{Finding, Level};
pub use map::{FrozenMap, MapRule, MapTarget, PreparedMap, Users, users};
pub use quiet::{QuietHours, quiet_hours};

use crate::text_enum;

text_enum! {
    /// M2: all historical conversations move too, or none.
    pub enum History { All = "all", None = "none" }
}

text_enum! {
    /// Where a run stands. Never stored are `interrupted`, a run whose worker is gone, and `unscheduled`, one that was taken back.
    pub enum RunState {
        Scheduled = "scheduled",
        Running = "running",
        Interrupted = "interrupted",
        Failed = "failed",
        Completed = "completed",
        Unscheduled = "unscheduled",
    }
}

text_enum! {
    /// What a running migration is doing.
    pub enum Phase {
        Preparing = "preparing",
        MovingChannel = "moving_channel",
        MovingHistory = "moving_history",
        CatchingUp = "catching_up",
        Verifying = "verifying",
    }
}
