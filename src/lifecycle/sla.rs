//! Reaction: the clocks of a ticket's targets move with what happens to it (S3, S5, E1).

use crate::domain::conversation::Direction;
use crate::domain::event::{Actor, Event, What};
use crate::domain::sla;
use crate::error::Result;
use crate::sla::events::{self, Moved};
use crate::store::Tx;

/// Tells the clocks. What became of them comes back as events.
pub fn react(tx: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
    let mut further = Vec::new();
    for event in events {
        further.extend(tell(tx, event)?.into_iter().flat_map(|moved| told(moved, event)));
    }
    Ok(further)
}

fn tell(tx: &mut Tx<'_>, event: &Event) -> Result<Vec<Moved>> {
    let now = event.at;
    match &event.what {
        What::TicketCreated(ticket) => events::came(tx, ticket, now),
        What::TicketChanged(change) => events::changed(tx, &change.before, &change.after, now),
        What::TicketMerged { kept, gone } => events::merged(tx, gone, kept, now),
        What::TicketRestored { change, since } => events::restored(tx, &change.before, &change.after, *since, now),
        What::MessageAdded { conversation, at, direction, by_bot, .. } => {
            let message = match direction {
                Direction::Incoming => sla::Event::CustomerMessage,
                Direction::Outgoing => sla::Event::Reply { bot: *by_bot },
                Direction::Comment => return Ok(Vec::new()),
            };
            events::message(tx, *conversation, *at, &message, now)
        }
        _ => Ok(Vec::new()),
    }
}

/// Whoever caused a correction is named in the history; a target that is met or overdue is nobody's doing.
fn told(moved: Moved, cause: &Event) -> Vec<Event> {
    let ticket = moved.ticket;
    let mut further = Vec::new();
    if !moved.corrections.is_empty() {
        further.push(Event { what: What::SlaCorrected { ticket, changes: moved.corrections }, ..cause.clone() });
    }
    let target = |transition| Event { actor: Actor::System, what: What::SlaTarget { ticket, transition }, ..cause.clone() };
    further.extend(moved.transitions.into_iter().map(target));
    further
}
