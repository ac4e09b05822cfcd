//! The three clocks of one ticket (S5): events in, what ran when out.
//!
//! A clock keeps the stretches in which it ran, not what is left of its target: so another target, or other working hours, can
//! be laid against the same course at any time, and nothing that has elapsed is lost. Pauses are what lies between the
//! stretches, and so are subtracted in the target's own time. What has ended keeps its outcome, whatever changes later, and a
//! clock is overdue for the first time once only.
//!
//! | clock | starts | ends | cancelled |
//! | --- | --- | --- | --- |
//! | first response | with the ticket | first reply by a person | ticket closed without one |
//! | next response | oldest unanswered customer message after that | next such reply | ticket closed before it |
//! | close | with the ticket | ticket closed | ticket merged into another |

use serde::{Deserialize, Serialize};

use super::policy::Kind;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::text_enum;

/// What happens to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    CustomerMessage,
    /// A public answer; comments are none.
    Reply {
        bot: bool,
    },
    /// It stands in a stage now, and is open or closed by it.
    Stage {
        stage: Id,
        open: bool,
    },
    /// The property by which the policy chooses has another value.
    Value(Option<String>),
    /// The policy was changed; the terms are the new ones. [`Clocks::advance`] with the old ones comes before it.
    Policy,
    /// Spam has no SLA as long as it is spam (M13).
    Spam(bool),
    /// It was merged into another ticket, and ends.
    MergedAway,
    /// Another ticket was merged into this one, with its oldest unanswered customer message after a first reply.
    Absorbed {
        unanswered_since: Option<Time>,
    },
    /// What runs or is paused starts anew now; what has ended is forgotten (M12, `restart`).
    Restart,
    /// No SLA from now on (M12, `exempt`).
    Exempt,
}

text_enum! {
    /// Why a clock stopped running.
    pub enum Stop { Pause = "pause", Close = "close", Response = "response", Merge = "merge" }
}

/// A stretch in which a clock ran, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    pub from: Time,
    pub until: Option<Time>,
    pub stop: Option<Stop>,
}

text_enum! {
    /// How a clock ended.
    pub enum Outcome {
        OnTime = "on_time",
        Late = "late",
        Cancelled = "cancelled",
        /// Nothing was asked of it when it ended.
        NoTarget = "no_target",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    pub at: Time,
    pub outcome: Outcome,
}

/// One clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    pub kind: Kind,
    /// Next responses are counted, from 1.
    pub instance: u32,
    pub started_at: Time,
    /// In order; the last may go on.
    pub ran: Vec<Ran>,
    pub end: Option<End>,
    /// When it became overdue for the first time.
    pub breached_at: Option<Time>,
}

impl Clock {
    pub(super) fn new(kind: Kind, instance: u32, at: Time, paused: bool) -> Clock {
        let mut clock = Clock { kind, instance, started_at: at, ran: Vec::new(), end: None, breached_at: None };
        if !paused {
            clock.run(at);
        }
        clock
    }

    pub fn is_running(&self) -> bool {
        self.ran.last().is_some_and(|ran| ran.until.is_none())
    }
    /// Neither running nor ended.
    pub fn is_paused(&self) -> bool {
        self.end.is_none() && !self.is_running()
    }

    pub(super) fn run(&mut self, at: Time) {
        match self.ran.last_mut() {
            // It goes on without a gap.
            Some(last) if last.until == Some(at) => (last.until, last.stop) = (None, None),
            _ => self.ran.push(Ran { from: at, until: None, stop: None }),
        }
    }

    pub(super) fn stop(&mut self, at: Time, why: Stop) {
        if let Some(last) = self.ran.last_mut().filter(|last| last.until.is_none()) {
            (last.until, last.stop) = (Some(at), Some(why));
        }
        // What began and stopped in one moment did not run.
        self.ran.retain(|ran| ran.until != Some(ran.from));
    }
}

text_enum! {
    /// What became of a clock.
    pub enum Change {
        Started = "started",
        Paused = "paused",
        Resumed = "resumed",
        Overdue = "overdue",
        Completed = "completed",
        Cancelled = "cancelled",
        Reopened = "reopened",
        Restarted = "restarted",
    }
}

/// One step in the life of a clock, for histories and reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    pub at: Time,
    pub kind: Kind,
    pub instance: u32,
    pub change: Change,
    pub outcome: Option<Outcome>,
}
