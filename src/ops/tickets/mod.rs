//! Tickets: lists, details, and what people change on them by hand (H3, H5, H9).

mod read;
mod search;
mod write;

pub use read::{List, Show, TicketDetail, TicketRow};
pub use search::{FoundRow, Match, Order, Search};
pub use write::{Create, Delete, Deleted, Step, Update};

use super::Desk;
use crate::domain::Id;
use crate::domain::ticket::Ticket;
use crate::error::{Error, Result};
use crate::store;

/// What one may not see is not there (H2).
fn visible(desk: &Desk<'_>, id: Id, found: Option<Ticket>) -> Result<Ticket> {
    found
        .filter(|ticket| desk.visibility().sees(ticket.owner_id, ticket.team_id))
        .ok_or_else(|| Error::not_found("unknown_ticket", format!("there is no ticket {id}")).hint("deskctl tickets list shows them"))
}

/// The ticket for a change, held.
fn load(desk: &mut Desk<'_>, id: Id) -> Result<Ticket> {
    let found = store::tickets::by_id(&mut desk.tx, id)?;
    visible(desk, id, found)
}

/// The ticket for reading.
pub(super) fn look(desk: &mut Desk<'_>, id: Id) -> Result<Ticket> {
    let found = store::tickets::look(&mut desk.tx, id)?;
    visible(desk, id, found)
}
