//! The migration engine: steps that are transactions, and a worker that drives them.
//!
//! - Exactly once, at any moment of death: the rows of a batch, the counters and the cursor commit together, and a
//!   unique index stands behind it. There is no state outside the store.
//! - Exactly one worker: an OS or advisory lock, freed by death, and a fencing number under which every batch commits.
//! - Phases: preparing -> moving_channel (M6: this commit decides what is history) -> moving_history (open ones
//!   first) -> catching_up -> verifying -> completed.

pub mod batch;
pub mod checks;
mod history_sla;
mod made;
pub mod rehearse;
mod steps;
pub mod verify;
pub mod worker;

use crate::domain::Id;
use crate::domain::migration::{self, FrozenMap, History, RunState, Users};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::{Tx, conversations, migrations, users};

/// The users by their addresses of now, for a map that does not know its own: an older program froze it.
fn users_now(tx: &mut Tx<'_>, map: &FrozenMap) -> Result<Users> {
    if map.users.is_some() {
        return Ok(Users::new());
    }
    let all = users::all(tx)?;
    Ok(migration::users(all.iter().map(|user| (user.id, user.email.as_str()))))
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
