//! What writing out a whole account reads: pages by id, and what hangs on the conversations or tickets of a page.

use super::Tx;
use super::conversations::{self, ChannelSince};
use super::messages;
use super::tickets;
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Attachment, Conversation, Message};
use crate::domain::ticket::Ticket;
use crate::error::Result;

/// The large tables whose rows get new numbers in an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    Companies,
    Contacts,
    Deals,
    Tickets,
}

impl Numbered {
    fn table(self) -> &'static str {
        match self {
            Numbered::Companies => "companies",
            Numbered::Contacts => "contacts",
            Numbered::Deals => "deals",
            Numbered::Tickets => "tickets",
        }
    }
}

/// How many rows a table has, if their ids are 1, 2, 3 … without a gap.
pub fn dense_count(tx: &mut Tx<'_>, table: Numbered) -> Result<Option<i64>> {
    let sql = format!("SELECT count(*), coalesce(max(id), 0), coalesce(min(id), 1) FROM {}", table.table());
    let (count, last, first): (i64, i64, i64) = tx.one(&sql, &[], |row| Ok((row.get()?, row.get()?, row.get()?)))?;
    Ok((count == last && first == 1).then_some(count))
}

/// A page of a table's ids, ascending.
pub fn ids(tx: &mut Tx<'_>, table: Numbered, after: Id, limit: i64) -> Result<Vec<Id>> {
    let sql = format!("SELECT id FROM {} WHERE id > $1 ORDER BY id LIMIT $2", table.table());
    tx.query(&sql, args![after, limit], |row| row.get())
}

/// A page of tickets, by id.
pub fn tickets(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Ticket>> {
    tx.query(
        &format!("SELECT {} FROM tickets t WHERE t.id > $1 ORDER BY t.id LIMIT $2", tickets::COLUMNS),
        args![after, limit],
        tickets::read,
    )
}

/// A page of conversations, by id.
pub fn conversations(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Conversation>> {
    let sql = format!("SELECT {} FROM conversations c WHERE c.id > $1 ORDER BY c.id LIMIT $2", conversations::COLUMNS);
    tx.query(&sql, args![after, limit], conversations::read)
}

type Pair = (Id, Id);

fn pairs(tx: &mut Tx<'_>, sql: &str, from: Id, to: Id) -> Result<Vec<Pair>> {
    tx.query(sql, args![from, to], |row| Ok((row.get()?, row.get()?)))
}

/// Further contacts of the tickets from `from` to `to`: ticket and contact, in order.
pub fn ticket_contacts(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT ticket_id, contact_id FROM ticket_contacts WHERE ticket_id >= $1 AND ticket_id <= $2 ORDER BY ticket_id, contact_id";
    pairs(tx, sql, from, to)
}

/// The deals of the tickets from `from` to `to`: ticket and deal, in order.
pub fn ticket_deals(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT ticket_id, deal_id FROM ticket_deals WHERE ticket_id >= $1 AND ticket_id <= $2 ORDER BY ticket_id, deal_id";
    pairs(tx, sql, from, to)
}

/// Who follows the tickets from `from` to `to`: ticket and user, in order.
pub fn ticket_followers(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT ticket_id, user_id FROM ticket_followers WHERE ticket_id >= $1 AND ticket_id <= $2 ORDER BY ticket_id, user_id";
    pairs(tx, sql, from, to)
}

/// Whom the comments of the conversations from `from` to `to` name: message and user, in order.
pub fn mentions(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT n.message_id, n.user_id FROM conversation_tickets l JOIN mentions n ON n.ticket_id = l.ticket_id \
         JOIN messages m ON m.id = n.message_id AND m.conversation_id = l.conversation_id \
         WHERE l.conversation_id >= $1 AND l.conversation_id <= $2 ORDER BY n.message_id, n.user_id";
    pairs(tx, sql, from, to)
}

/// Further contacts of the conversations from `from` to `to`: conversation and contact, in order.
pub fn conversation_contacts(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT conversation_id, contact_id FROM conversation_contacts \
         WHERE conversation_id >= $1 AND conversation_id <= $2 ORDER BY conversation_id, contact_id";
    pairs(tx, sql, from, to)
}

/// The tickets of the conversations from `from` to `to`: conversation and ticket.
pub fn conversation_tickets(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Pair>> {
    let sql = "SELECT conversation_id, ticket_id FROM conversation_tickets \
         WHERE conversation_id >= $1 AND conversation_id <= $2 ORDER BY conversation_id";
    pairs(tx, sql, from, to)
}

/// The channels of the conversations from `from` to `to`, in the order in which they were stored.
pub fn conversation_channels(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<ChannelSince>> {
    tx.query(
        "SELECT id, conversation_id, channel_id, since FROM conversation_channels \
         WHERE conversation_id >= $1 AND conversation_id <= $2 ORDER BY conversation_id, id",
        args![from, to],
        |row| Ok(ChannelSince { id: row.get()?, conversation_id: row.get()?, channel_id: row.get()?, since: row.get()? }),
    )
}

/// The messages of the conversations from `from` to `to`, in the order in which they were stored.
pub fn messages(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {} FROM messages m WHERE m.conversation_id >= $1 AND m.conversation_id <= $2 ORDER BY m.conversation_id, m.id",
        messages::COLUMNS
    );
    tx.query(&sql, args![from, to], messages::read)
}

/// The attachments of the messages of the conversations from `from` to `to`, with their messages, in order.
pub fn attachments(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<Vec<(Id, Attachment)>> {
    tx.query(
        "SELECT a.message_id, a.name, a.content_type, a.size, a.blob_digest FROM messages m JOIN attachments a ON a.message_id = m.id \
         WHERE m.conversation_id >= $1 AND m.conversation_id <= $2 AND m.attachment_count > 0 ORDER BY a.message_id, a.position",
        args![from, to],
        |row| {
            let message = row.get()?;
            let attachment = Attachment { name: row.get()?, content_type: row.get()?, size: row.get()?, digest: row.get()? };
            Ok((message, attachment))
        },
    )
}
