//! Conversations, the channels they were on, and their contacts.

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Answers, Conversation};
use crate::domain::time::Time;
use crate::error::Result;

pub const COLUMNS: &str = "c.id, c.channel_id, c.inbox_id, c.status, c.spam, c.owner_id, c.subject, c.contact_id, c.company_id, c.thread_key, \
     c.started_at, c.closed_at, c.last_message_at, c.last_direction, c.message_count, c.digest, \
     c.first_reply_at, c.no_reply_since, c.first_answer_at, c.no_answer_since";

/// Reads `COLUMNS`.
pub fn read(row: &mut Row<'_>) -> Result<Conversation> {
    Ok(Conversation {
        id: row.get()?,
        channel_id: row.get()?,
        inbox_id: row.get()?,
        status: row.get()?,
        spam: row.get()?,
        owner_id: row.get()?,
        subject: row.get()?,
        contact_id: row.get()?,
        company_id: row.get()?,
        thread_key: row.get()?,
        started_at: row.get()?,
        closed_at: row.get()?,
        last_message_at: row.get()?,
        last_direction: row.get()?,
        message_count: row.get()?,
        digest: row.get()?,
        answers: Answers {
            first_reply_at: row.get()?,
            no_reply_since: row.get()?,
            first_answer_at: row.get()?,
            no_answer_since: row.get()?,
        },
    })
}

crate::record!(c: Conversation => "conversations" {
    id: Int = c.id,
    channel_id: Int = c.channel_id,
    inbox_id: Int = c.inbox_id,
    status: Text = c.status,
    spam: Int = c.spam,
    owner_id: Int = c.owner_id,
    subject: Text = c.subject,
    contact_id: Int = c.contact_id,
    company_id: Int = c.company_id,
    thread_key: Text = c.thread_key,
    started_at: Int = c.started_at,
    closed_at: Int = c.closed_at,
    last_message_at: Int = c.last_message_at,
    last_direction: Text = c.last_direction,
    message_count: Int = c.message_count,
    digest: Bytes = c.digest,
    first_reply_at: Int = c.answers.first_reply_at,
    no_reply_since: Int = c.answers.no_reply_since,
    first_answer_at: Int = c.answers.first_answer_at,
    no_answer_since: Int = c.answers.no_answer_since,
});

/// One channel that a conversation was on, and from when.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelSince {
    pub id: Id,
    pub conversation_id: Id,
    pub channel_id: Id,
    pub since: Time,
}

crate::record!(c: ChannelSince => "conversation_channels" {
    id: Int = c.id,
    conversation_id: Int = c.conversation_id,
    channel_id: Int = c.channel_id,
    since: Int = c.since,
});

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
    tx.query(
        "SELECT id, conversation_id, channel_id, since FROM conversation_channels WHERE conversation_id = $1 ORDER BY since, id",
        args![id],
        |row| Ok(ChannelSince { id: row.get()?, conversation_id: row.get()?, channel_id: row.get()?, since: row.get()? }),
    )
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
