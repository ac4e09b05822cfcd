//! Tickets that were deleted, or merged into another (H10). Their rows lie apart: nothing that reads tickets sees them.

use super::clauses::Clauses;
use super::{Row, ToArg, Tx, tickets, visibility};
use crate::args;
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;

/// A ticket that is gone.
#[derive(Clone, Debug)]
pub struct Gone {
    pub ticket: Ticket,
    pub deleted_at: Time,
    pub deleted_by: Id,
    /// The ticket that lives on, where it was merged.
    pub merged_into: Option<Id>,
    /// What were its conversations.
    pub conversations: Vec<Id>,
    /// Its contacts beyond the first.
    pub contacts: Vec<Id>,
}

struct Stored<'g> {
    gone: &'g Gone,
    ticket: String,
    conversations: String,
    contacts: String,
}

crate::record!(s: Stored<'_> => "deleted_tickets" {
    id: Int = s.gone.ticket.id,
    deleted_at: Int = s.gone.deleted_at,
    deleted_by: Int = s.gone.deleted_by,
    owner_id: Int = s.gone.ticket.owner_id,
    team_id: Int = s.gone.ticket.team_id,
    merged_into: Int = s.gone.merged_into,
    external_ref: Text = s.gone.ticket.external_ref,
    ticket: Text = s.ticket,
    conversations: Text = s.conversations,
    contacts: Text = s.contacts,
});

const SELECT: &str = "SELECT g.deleted_at, g.deleted_by, g.merged_into, g.ticket, g.conversations, g.contacts FROM deleted_tickets g";

fn read(row: &mut Row<'_>) -> Result<Gone> {
    let (deleted_at, deleted_by, merged_into) = (row.get()?, row.get()?, row.get()?);
    Ok(Gone { ticket: row.json()?, deleted_at, deleted_by, merged_into, conversations: row.json()?, contacts: row.json()? })
}

/// Takes a ticket, which is held, out of the tickets.
pub fn put_away(tx: &mut Tx<'_>, gone: &Gone) -> Result<()> {
    let text = |ids: &[Id]| serde_json::json!(ids).to_string();
    let stored = Stored {
        ticket: serde_json::json!(gone.ticket).to_string(),
        conversations: text(&gone.conversations),
        contacts: text(&gone.contacts),
        gone,
    };
    tickets::delete(tx, gone.ticket.id)?;
    tx.insert(&[stored])
}

/// The ticket that is gone, held until the transaction ends.
pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Gone>> {
    tx.optional(&format!("{SELECT} WHERE g.id = $1 {{for_update}}"), args![id], read)
}

/// The same for reading only.
pub fn look(tx: &mut Tx<'_>, id: Id) -> Result<Option<Gone>> {
    tx.optional(&format!("{SELECT} WHERE g.id = $1"), args![id], read)
}

/// The tickets that were merged into this one, by id.
pub fn merged_into(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<Id>> {
    tx.query("SELECT id FROM deleted_tickets WHERE merged_into = $1 ORDER BY id", args![ticket], |row| row.get())
}

/// A page of what was deleted since `since` and can be restored, as far as the viewer may see it, the newest first; `before` is
/// where the page before ended.
pub fn page(tx: &mut Tx<'_>, visibility: &Visibility, since: Time, before: Option<(Time, Id)>, limit: i64) -> Result<Vec<Gone>> {
    let visible = visibility::condition(visibility, "g.owner_id", "g.team_id", 0);
    let mut clauses = Clauses::new(&visible);
    clauses.plain("g.merged_into IS NULL");
    clauses.bind("g.deleted_at >= ?", &[since.to_arg()]);
    if let Some((at, id)) = &before {
        clauses.bind("(g.deleted_at < ? OR (g.deleted_at = ? AND g.id < ?))", &[at.to_arg(), at.to_arg(), id.to_arg()]);
    }
    let limit = clauses.limit(&limit);
    let sql = format!("{SELECT} WHERE {} ORDER BY g.deleted_at DESC, g.id DESC {limit}", clauses.sql());
    tx.query(&sql, &clauses.args, read)
}

/// Brings a ticket back, with those of its contacts that are still there; its conversations are the caller's.
pub fn bring_back(tx: &mut Tx<'_>, ticket: &Ticket, contacts: &[Id]) -> Result<()> {
    tx.insert(std::slice::from_ref(ticket))?;
    for contact in contacts {
        tx.execute(
            "INSERT INTO ticket_contacts (ticket_id, contact_id) SELECT CAST($1 AS BIGINT), id FROM contacts WHERE id = $2",
            args![ticket.id, contact],
        )?;
    }
    tx.execute("DELETE FROM deleted_tickets WHERE id = $1", args![ticket.id]).map(drop)
}

/// Tickets that were deleted before `until` and not merged, the oldest first.
pub fn older(tx: &mut Tx<'_>, until: Time, limit: i64) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM deleted_tickets WHERE merged_into IS NULL AND deleted_at < $1 ORDER BY deleted_at, id LIMIT $2";
    tx.query(sql, args![until, limit], |row| row.get())
}

/// Forgets a deleted ticket for good, with all that hung on it. Its history stays.
pub fn forget(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    super::sla::clocks::delete(tx, ticket)?;
    for sql in [
        "DELETE FROM ticket_values WHERE ticket_id = $1",
        "DELETE FROM ticket_deals WHERE ticket_id = $1",
        "DELETE FROM mentions WHERE ticket_id = $1",
        "DELETE FROM ticket_followers WHERE ticket_id = $1",
        "DELETE FROM deleted_tickets WHERE id = $1",
    ] {
        tx.execute(sql, args![ticket])?;
    }
    Ok(())
}
