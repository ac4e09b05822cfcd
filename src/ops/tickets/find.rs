//! Which ticket an id means, where it may be gone: deleted, or merged into another (H10).

use crate::domain::Id;
use crate::domain::ticket::Ticket;
use crate::error::{Error, Result};
use crate::ops::Desk;
use crate::store;
use crate::store::deleted::Gone;

/// What one may not see is not there (H2).
fn unknown(id: Id) -> Error {
    Error::not_found("unknown_ticket", format!("there is no ticket {id}")).hint("deskctl tickets list shows them")
}

fn sees(desk: &Desk<'_>, ticket: &Ticket) -> bool {
    desk.visibility().sees(ticket.owner_id, ticket.team_id)
}

/// Where an id leads to.
pub(super) enum Found {
    Here(Ticket),
    Deleted(Gone),
}

impl Found {
    pub fn ticket(&self) -> &Ticket {
        match self {
            Found::Here(ticket) => ticket,
            Found::Deleted(gone) => &gone.ticket,
        }
    }
}

/// Follows an id to the ticket that it became, for reading; none where there is nothing, or nothing that the viewer may see.
pub(super) fn follow(desk: &mut Desk<'_>, id: Id) -> Result<Option<Found>> {
    let mut next = id;
    loop {
        if let Some(ticket) = store::tickets::look(&mut desk.tx, next)? {
            return Ok(Some(Found::Here(ticket)).filter(|found| sees(desk, found.ticket())));
        }
        let Some(gone) = store::deleted::look(&mut desk.tx, next)? else { return Ok(None) };
        match gone.merged_into {
            Some(into) => next = into,
            None => return Ok(Some(Found::Deleted(gone)).filter(|found| sees(desk, found.ticket()))),
        }
    }
}

/// The same for a command that reads one ticket: it says where the ticket went.
pub(super) fn find(desk: &mut Desk<'_>, id: Id) -> Result<Found> {
    let found = follow(desk, id)?.ok_or_else(|| unknown(id))?;
    let now = found.ticket().id;
    if now != id {
        desk.notice(format!("ticket {id} was merged into ticket {now}"));
    }
    Ok(found)
}

/// Why a ticket that is not among the tickets cannot be changed.
fn gone(desk: &mut Desk<'_>, id: Id) -> Result<Error> {
    Ok(match follow(desk, id)? {
        Some(Found::Here(ticket)) => {
            let message = format!("ticket {id} was merged into ticket {}, which lives on", ticket.id);
            Error::refused("ticket_merged", "H10", message).detail("ticket", ticket.id)
        }
        Some(Found::Deleted(gone)) => Error::not_found("ticket_deleted", format!("ticket {} was deleted", gone.ticket.id))
            .hint(format!("deskctl tickets restore {} brings it back", gone.ticket.id)),
        None => unknown(id),
    })
}

fn visible(desk: &mut Desk<'_>, id: Id, found: Option<Ticket>) -> Result<Ticket> {
    match found {
        Some(ticket) if sees(desk, &ticket) => Ok(ticket),
        Some(_) => Err(unknown(id)),
        None => Err(gone(desk, id)?),
    }
}

/// The ticket for a change, held.
pub(super) fn load(desk: &mut Desk<'_>, id: Id) -> Result<Ticket> {
    let found = store::tickets::by_id(&mut desk.tx, id)?;
    visible(desk, id, found)
}

/// The ticket for reading.
pub fn look(desk: &mut Desk<'_>, id: Id) -> Result<Ticket> {
    let found = store::tickets::look(&mut desk.tx, id)?;
    visible(desk, id, found)
}

/// The deleted ticket, held, for whoever may see it.
pub(super) fn load_deleted(desk: &mut Desk<'_>, id: Id) -> Result<Gone> {
    if let Some(gone) = store::deleted::by_id(&mut desk.tx, id)?
        && gone.merged_into.is_none()
        && sees(desk, &gone.ticket)
    {
        return Ok(gone);
    }
    match follow(desk, id)? {
        Some(Found::Here(ticket)) if ticket.id == id => Err(Error::refused("not_deleted", "H9", format!("ticket {id} is not deleted"))),
        Some(Found::Here(ticket)) => {
            let message = format!("ticket {id} was merged into ticket {}: that cannot be undone", ticket.id);
            Err(Error::refused("ticket_merged", "H10", message).detail("ticket", ticket.id))
        }
        _ => Err(unknown(id)),
    }
}
