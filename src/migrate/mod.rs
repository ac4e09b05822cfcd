//! The migration engine: steps that are transactions, and a worker that drives them.
//!
//! - Exactly once, at any moment of death: the rows of a batch, the counters and the cursor commit together, and a
//!   unique index stands behind it. There is no state outside the store.
//! - Exactly one worker: an OS or advisory lock, freed by death, and a fencing number under which every batch commits.
//! - Phases: preparing -> moving_channel (M6: this commit decides what is history) -> moving_history (open ones
//!   first) -> catching_up -> verifying -> completed.

pub mod batch;
pub mod checks;
pub mod clock;
mod history_sla;
mod made;
mod patience;
mod positions;
pub mod rehearse;
mod steps;
pub mod verify;
pub mod worker;

use crate::domain::Id;
use crate::domain::migration::{self, FrozenMap, History, RunState, Users};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::migrations::Run;
use crate::store::{Tx, conversations, migrations, users};

/// The users by their addresses of now, for a map that does not know its own: an older program froze it.
fn users_now(tx: &mut Tx<'_>, map: &FrozenMap) -> Result<Users> {
    if map.users.is_some() {
        return Ok(Users::new());
    }
    let all = users::all(tx)?;
    Ok(migration::users(all.iter().map(|user| (user.id, user.email.as_str()))))
}

/// What `resume` lets a super admin accept.
pub const RESUMABLE: &[&str] = &[clock::SET_BACK, worker::VERIFICATION_FAILED];

/// G21: how a run ends that keeps others from starting (M4).
pub fn cure(run: &Run) -> String {
    let id = run.id;
    let accepted = run.last_error.as_deref().is_some_and(|said| said.starts_with(worker::VERIFICATION_FAILED));
    let mut cure = match run.state {
        RunState::Scheduled => format!("wait for it: deskctl migrations wait {id}"),
        RunState::Failed => format!("when the cause is cured: deskctl migrations resume {id}"),
        _ => format!("wait for it: deskctl migrations wait {id}; if its worker is gone: deskctl migrations resume {id}"),
    };
    if run.boundary.is_none() {
        cure += &format!("; or take it back: deskctl migrations unschedule {id}");
    } else if run.state == RunState::Failed && accepted {
        cure += &format!("; or end it with the differences: deskctl migrations resume {id} --accept {}", worker::VERIFICATION_FAILED);
    }
    cure
}

/// Moves one conversation of the channel under migration at once: it is about to leave that channel for another, and
/// counts as history of the one that it was on (M6, M21). Does nothing for every other conversation.
pub fn pull(tx: &mut Tx<'_>, now: Time, conversation: Id) -> Result<()> {
    let Some(run) = migrations::active(tx)? else { return Ok(()) };
    let Some(boundary) = run.boundary.filter(|_| run.history == History::All && run.state != RunState::Scheduled) else { return Ok(()) };
    let Some(found) = conversations::by_id(tx, conversation)? else { return Ok(()) };
    if found.channel_id != run.channel_id || conversation > boundary.conversation {
        return Ok(());
    }
    let moved = batch::move_one(tx, &run, boundary, conversation, now)?;
    migrations::count(tx, run.id, &moved)
}
