//! Reaction: a ticket knows when something was last said to its customer, or by them.

use crate::domain::conversation::Direction;
use crate::domain::event::{Event, What};
use crate::error::Result;
use crate::store::{Tx, tickets};

/// Comments are no activity.
pub fn react(tx: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
    for event in events {
        if let What::MessageAdded { conversation, at, direction: Direction::Incoming | Direction::Outgoing, .. } = event.what {
            tickets::touch(tx, conversation, at)?;
        }
    }
    Ok(Vec::new())
}
