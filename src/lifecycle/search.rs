//! Reaction: the search index learns what has to be read again (V5).

use crate::domain::event::{Event, What};
use crate::error::Result;
use crate::store::{Tx, search};

/// A new ticket needs no word: the index finds it by its id.
pub fn react(tx: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
    for event in events {
        match &event.what {
            What::TicketChanged(change) => search::ticket_edited(tx, &change.before, &change.after)?,
            What::TicketContacts { ticket, .. } => search::tickets_changed(tx, &[*ticket])?,
            What::TicketDeleted { ticket, .. } => search::tickets_changed(tx, &[ticket.id])?,
            What::TicketRestored { change, .. } => search::tickets_changed(tx, &[change.after.id])?,
            What::ContactChanged { contact, .. } => search::contact_changed(tx, *contact)?,
            What::CompanyChanged { company } => search::company_changed(tx, *company)?,
            _ => {}
        }
    }
    Ok(Vec::new())
}
