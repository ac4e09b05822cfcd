//! Tickets, their conversations and contacts.

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;

pub const COLUMNS: &str = "t.id, t.name, t.stage_id, t.open, t.owner_id, t.team_id, t.priority, t.category, t.source, t.description, t.contact_id, \
     t.company_id, t.created_at, t.closed_at, t.last_activity_at, t.spam, t.in_help_desk, t.made_for, t.made_by_run";

/// Reads `COLUMNS`.
pub fn read(row: &mut Row<'_>) -> Result<Ticket> {
    Ok(Ticket {
        id: row.get()?,
        name: row.get()?,
        stage_id: row.get()?,
        open: row.get()?,
        owner_id: row.get()?,
        team_id: row.get()?,
        priority: row.get()?,
        category: row.get()?,
        source: row.get()?,
        description: row.get()?,
        contact_id: row.get()?,
        company_id: row.get()?,
        created_at: row.get()?,
        closed_at: row.get()?,
        last_activity_at: row.get()?,
        spam: row.get()?,
        in_help_desk: row.get()?,
        made_for: row.get()?,
        made_by_run: row.get()?,
    })
}

crate::record!(t: Ticket => "tickets" {
    id: Int = t.id,
    name: Text = t.name,
    stage_id: Int = t.stage_id,
    open: Int = t.open,
    owner_id: Int = t.owner_id,
    team_id: Int = t.team_id,
    priority: Text = t.priority,
    category: Text = t.category,
    source: Text = t.source,
    description: Text = t.description,
    contact_id: Int = t.contact_id,
    company_id: Int = t.company_id,
    created_at: Int = t.created_at,
    closed_at: Int = t.closed_at,
    last_activity_at: Int = t.last_activity_at,
    spam: Int = t.spam,
    in_help_desk: Int = t.in_help_desk,
    made_for: Int = t.made_for,
    made_by_run: Int = t.made_by_run,
});

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

/// Removes a ticket with its links to conversations and contacts. Its history stays.
pub fn delete(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    tx.execute("DELETE FROM conversation_tickets WHERE ticket_id = $1", args![ticket])?;
    tx.execute("DELETE FROM ticket_contacts WHERE ticket_id = $1", args![ticket])?;
    tx.execute("DELETE FROM tickets WHERE id = $1", args![ticket])?;
    Ok(())
}
