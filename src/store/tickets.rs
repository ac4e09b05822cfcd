//! Tickets, their conversations and contacts.

use super::{Readable, Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;

crate::row!(Ticket => "tickets" as "t" {
    id: Int,
    name: Text,
    stage_id: Int,
    open: Int,
    owner_id: Int,
    team_id: Int,
    priority: Text,
    category: Text,
    source: Text,
    description: Text,
    contact_id: Int,
    company_id: Int,
    created_at: Int,
    closed_at: Int,
    last_activity_at: Int,
    spam: Int,
    in_help_desk: Int,
    made_for: Int,
    made_by_run: Int,
    external_ref: Text,
});

pub const COLUMNS: &str = Ticket::COLUMNS;

/// Reads `COLUMNS`.
pub fn read(row: &mut Row<'_>) -> Result<Ticket> {
    Ticket::read(row)
}

/// Which ticket a conversation has.
pub struct Link {
    pub conversation_id: Id,
    pub ticket_id: Id,
}

crate::record!(l: Link => "conversation_tickets" { conversation_id: Int = l.conversation_id, ticket_id: Int = l.ticket_id });

/// A contact beyond the first.
pub struct FurtherContact {
    pub ticket_id: Id,
    pub contact_id: Id,
}

crate::record!(c: FurtherContact => "ticket_contacts" { ticket_id: Int = c.ticket_id, contact_id: Int = c.contact_id });

/// The ticket, held until the transaction ends.
pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Ticket>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM tickets t WHERE t.id = $1 {{for_update}}"), args![id], read)
}

/// The ticket as it is, without holding it: for reading only.
pub fn look(tx: &mut Tx<'_>, id: Id) -> Result<Option<Ticket>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM tickets t WHERE t.id = $1"), args![id], read)
}

pub fn of_conversation(tx: &mut Tx<'_>, conversation: Id) -> Result<Option<Ticket>> {
    let sql = format!("SELECT {COLUMNS} FROM conversation_tickets l JOIN tickets t ON t.id = l.ticket_id WHERE l.conversation_id = $1");
    tx.optional(&sql, args![conversation], read)
}

pub fn conversations_of(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<Id>> {
    tx.query("SELECT conversation_id FROM conversation_tickets WHERE ticket_id = $1 ORDER BY conversation_id", args![ticket], |row| {
        row.get()
    })
}

/// All contacts, the first one first.
pub fn contacts_of(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Id>> {
    let mut contacts: Vec<Id> = ticket.contact_id.into_iter().collect();
    tx.each("SELECT contact_id FROM ticket_contacts WHERE ticket_id = $1 ORDER BY contact_id", args![ticket.id], |row| {
        contacts.push(row.get()?);
        Ok(())
    })?;
    Ok(contacts)
}

/// Something happened on the conversation's ticket at `at`; earlier events change nothing.
pub fn touch(tx: &mut Tx<'_>, conversation: Id, at: Time) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET last_activity_at = $1 \
         WHERE last_activity_at < $1 AND id = (SELECT ticket_id FROM conversation_tickets WHERE conversation_id = $2)",
        args![at, conversation],
    )?;
    Ok(())
}

/// Gives a ticket the conversation's contacts beyond the first.
pub fn take_contacts(tx: &mut Tx<'_>, ticket: Id, conversation: Id) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_contacts (ticket_id, contact_id) \
         SELECT CAST($1 AS BIGINT), contact_id FROM conversation_contacts WHERE conversation_id = $2 ON CONFLICT DO NOTHING",
        args![ticket, conversation],
    )?;
    Ok(())
}

/// Parts a ticket from a contact beyond the first.
pub fn remove_contact(tx: &mut Tx<'_>, ticket: Id, contact: Id) -> Result<()> {
    tx.execute("DELETE FROM ticket_contacts WHERE ticket_id = $1 AND contact_id = $2", args![ticket, contact]).map(drop)
}

/// Whether there is a ticket that was made for this conversation.
pub fn is_made_for(tx: &mut Tx<'_>, conversation: Id) -> Result<bool> {
    tx.one("SELECT count(*) FROM tickets WHERE made_for = $1", args![conversation], |row| row.get::<i64>()).map(|count| count > 0)
}

/// The ticket, deleted and merged ones included, that has a value in a column in which each may be once.
pub fn with_unique(tx: &mut Tx<'_>, column: &'static str, value: &str) -> Result<Option<Id>> {
    let sql = ["SELECT id FROM tickets WHERE ", column, " = $1 UNION ALL SELECT id FROM deleted_tickets WHERE ", column, " = $1"].concat();
    tx.optional(&sql, args![value], |row| row.get())
}

/// Removes a ticket with its links to conversations and contacts. Its history stays.
pub fn delete(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    tx.execute("DELETE FROM conversation_tickets WHERE ticket_id = $1", args![ticket])?;
    tx.execute("DELETE FROM ticket_contacts WHERE ticket_id = $1", args![ticket])?;
    tx.execute("DELETE FROM tickets WHERE id = $1", args![ticket])?;
    Ok(())
}
