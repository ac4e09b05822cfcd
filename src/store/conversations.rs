//! Conversations, the channels they were on, and their contacts.

use super::{Readable, Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Answers, Conversation};
use crate::domain::time::Time;
use crate::error::Result;

crate::row!(Conversation => "conversations" as "c" {
    id: Int,
    channel_id: Int,
    inbox_id: Int,
    status: Text,
    spam: Int,
    owner_id: Int,
    subject: Text,
    contact_id: Int,
    company_id: Int,
    thread_key: Text,
    started_at: Int,
    closed_at: Int,
    last_message_at: Int,
    last_direction: Text,
    message_count: Int,
    digest: Bytes;
    answers: Answers { first_reply_at: Int, no_reply_since: Int, first_answer_at: Int, no_answer_since: Int }
});

pub const COLUMNS: &str = Conversation::COLUMNS;

/// Reads `COLUMNS`.
pub fn read(row: &mut Row<'_>) -> Result<Conversation> {
    Conversation::read(row)
}

/// One channel that a conversation was on, and from when.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelSince {
    pub id: Id,
    pub conversation_id: Id,
    pub channel_id: Id,
    pub since: Time,
}

crate::row!(ChannelSince => "conversation_channels" as "h" { id: Int, conversation_id: Int, channel_id: Int, since: Int });

/// A contact beyond the first.
pub struct FurtherContact {
    pub conversation_id: Id,
    pub contact_id: Id,
}

crate::record!(c: FurtherContact => "conversation_contacts" { conversation_id: Int = c.conversation_id, contact_id: Int = c.contact_id });

/// The conversation, held until the transaction ends.
pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Conversation>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM conversations c WHERE c.id = $1 {{for_update}}"), args![id], read)
}

/// The conversation as it is, without holding it: for reading only.
pub fn look(tx: &mut Tx<'_>, id: Id) -> Result<Option<Conversation>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM conversations c WHERE c.id = $1"), args![id], read)
}

/// The newest channel of a conversation, for holding it before the conversation itself.
pub fn channel_of(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>> {
    tx.optional("SELECT channel_id FROM conversations WHERE id = $1", args![id], |row| row.get())
}

/// The conversation on a channel that a thread key continues.
pub fn by_thread(tx: &mut Tx<'_>, channel: Id, thread: &str) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM conversations c WHERE c.channel_id = $1 AND c.thread_key = $2 {{for_update}}");
    tx.optional(&sql, args![channel, thread], read)
}

/// The channels it was on, in the order of time (M21).
pub fn channels_of(tx: &mut Tx<'_>, id: Id) -> Result<Vec<ChannelSince>> {
    let sql = format!("SELECT {} FROM conversation_channels h WHERE h.conversation_id = $1 ORDER BY h.since, h.id", ChannelSince::COLUMNS);
    tx.query(&sql, args![id], ChannelSince::read)
}

/// All contacts, the first one first.
pub fn contacts_of(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<Vec<Id>> {
    let mut contacts: Vec<Id> = conversation.contact_id.into_iter().collect();
    tx.each(
        "SELECT contact_id FROM conversation_contacts WHERE conversation_id = $1 ORDER BY contact_id",
        args![conversation.id],
        |row| {
            contacts.push(row.get()?);
            Ok(())
        },
    )?;
    Ok(contacts)
}

/// The migrations that moved a conversation, and what each did with it.
pub fn moves_of(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(Id, String)>> {
    // By way of the few migrations: their items are found by run and conversation only.
    tx.query(
        "SELECT m.id, i.outcome FROM migrations m JOIN migration_items i ON i.run_id = m.id AND i.conversation_id = $1 ORDER BY m.id",
        args![id],
        |row| Ok((row.get()?, row.get()?)),
    )
}
