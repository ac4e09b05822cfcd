//! Messages, comments and attachments.

use std::io::Read;

use super::{Row, Tx};
use crate::args;
use crate::domain::conversation::{Answers, Attachment, Body, BodyRef, Conversation, Digest, Direction, Line, Message, message_digest};
use crate::domain::time::Time;
use crate::domain::{Id, message_id};
use crate::error::{Error, Result};

/// A message row as it lies in the store.
pub struct MessageRow {
    pub id: Id,
    pub conversation_id: Id,
    pub channel_id: Id,
    pub direction: Direction,
    pub author: String,
    pub at: Time,
    pub by_bot: bool,
    pub body: Body,
    /// JSON lists of `body`, ready to bind; NULL where empty.
    references: Option<String>,
    cc: Option<String>,
    attachment_count: i64,
    pub digest: Digest,
}

crate::record!(m: MessageRow => "messages" {
    id: Int = m.id,
    conversation_id: Int = m.conversation_id,
    channel_id: Int = m.channel_id,
    direction: Text = m.direction,
    author: Text = m.author,
    at: Int = m.at,
    text: Text = m.body.text,
    html: Text = m.body.html,
    subject: Text = m.body.subject,
    message_id: Text = m.body.message_id,
    reference_ids: Text = m.references,
    cc: Text = m.cc,
    external_id: Text = m.body.external_id,
    attachment_count: Int = m.attachment_count,
    digest: Bytes = m.digest,
    by_bot: Int = m.by_bot,
});

fn json_list(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::json!(list).to_string())
}

impl MessageRow {
    /// Builds the row and its digest. `message.id` and `message.conversation_id` may be filled in later.
    pub fn new(message: Message, attachments: &[Attachment]) -> MessageRow {
        let (references, cc) = (json_list(&message.body.references), json_list(&message.body.cc));
        let body = BodyRef {
            text: &message.body.text,
            html: message.body.html.as_deref(),
            subject: message.body.subject.as_deref(),
            message_id: message.body.message_id.as_deref(),
            references: references.as_deref(),
            cc: cc.as_deref(),
            external_id: message.body.external_id.as_deref(),
        };
        let digest = message_digest(message.direction, &message.author, message.at, &body, attachments);
        MessageRow {
            id: message.id,
            conversation_id: message.conversation_id,
            channel_id: message.channel_id,
            direction: message.direction,
            author: message.author,
            at: message.at,
            by_bot: message.by_bot,
            body: message.body,
            references,
            cc,
            attachment_count: attachments.len() as i64,
            digest,
        }
    }

    pub fn line(&self) -> Line {
        Line { at: self.at, direction: self.direction, by_bot: self.by_bot }
    }
}

impl Conversation {
    /// Takes one more message into what the conversation's row keeps about its messages. Where that message is older than the
    /// newest, `answers` is not touched and `false` is returned: it must be computed from all messages.
    #[must_use]
    pub fn absorb(&mut self, message: &MessageRow) -> bool {
        self.message_count += 1;
        self.digest = self.digest.chain(message.digest);
        if message.direction == Direction::Comment {
            return true;
        }
        let in_order = message.at >= self.last_message_at;
        if in_order {
            self.last_message_at = message.at;
            self.last_direction = message.direction;
            self.answers.take(message.line());
        }
        in_order
    }
}

/// Stores a message, and takes it into what the conversation's row keeps about its messages. The caller writes that row.
pub fn add(tx: &mut Tx<'_>, conversation: &mut Conversation, message: MessageRow) -> Result<()> {
    let in_order = conversation.absorb(&message);
    super::mail_ids::note(tx, [&message])?;
    tx.insert(&[message])?;
    if !in_order {
        conversation.answers = answers_of(tx, conversation.id)?;
    }
    Ok(())
}

fn answers_of(tx: &mut Tx<'_>, conversation: Id) -> Result<Answers> {
    let sql = "SELECT at, direction, by_bot FROM messages WHERE conversation_id = $1 ORDER BY id";
    let line = |row: &mut Row<'_>| Ok(Line { at: row.get()?, direction: row.get()?, by_bot: row.get()? });
    let lines: Vec<Line> = tx.query(sql, args![conversation], line)?;
    Ok(Answers::of(lines.iter().copied()))
}

/// An attachment of a message, as its row.
pub struct AttachmentRow {
    pub message_id: Id,
    pub position: i64,
    pub attachment: Attachment,
}

crate::record!(a: AttachmentRow => "attachments" {
    message_id: Int = a.message_id,
    position: Int = a.position,
    name: Text = a.attachment.name,
    content_type: Text = a.attachment.content_type,
    size: Int = a.attachment.size,
    blob_digest: Text = a.attachment.digest,
});

/// Bytes per stored piece of an attachment.
pub const PIECE_BYTES: usize = 256 * 1024;

/// Stores a content once, piece by piece, and returns its digest (hexadecimal BLAKE3) and size in bytes.
/// `limit` is the largest size accepted.
pub fn put_blob(tx: &mut Tx<'_>, mut content: impl Read, limit: u64) -> Result<(String, i64)> {
    // The digest is known only at the end, so pieces wait under a name that no digest can have.
    const PENDING: &str = "pending";
    let mut hasher = blake3::Hasher::new();
    let (mut size, mut position) = (0u64, 0i64);
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let filled = fill(&mut content, &mut piece)?;
        if filled == 0 {
            break;
        }
        size += filled as u64;
        if size > limit {
            return Err(Error::usage("attachment_too_large", format!("an attachment is larger than {} MB", limit / 1_000_000)));
        }
        hasher.update(&piece[..filled]);
        tx.execute("INSERT INTO blob_pieces (digest, position, bytes) VALUES ($1, $2, $3)", args![PENDING, position, piece[..filled]])?;
        position += 1;
    }
    let digest = hasher.finalize().to_hex().to_string();
    let known: i64 = tx.one("SELECT count(*) FROM blobs WHERE digest = $1", args![digest], |row| row.get())?;
    if known > 0 {
        tx.execute("DELETE FROM blob_pieces WHERE digest = $1", args![PENDING])?;
    } else {
        tx.execute("UPDATE blob_pieces SET digest = $1 WHERE digest = $2", args![digest, PENDING])?;
        tx.execute("INSERT INTO blobs (digest, size) VALUES ($1, $2)", args![digest, size as i64])?;
    }
    Ok((digest, size as i64))
}

fn fill(content: &mut impl Read, piece: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match content.read(&mut piece[filled..]).map_err(|error| Error::failed("io", format!("an attachment cannot be read: {error}")))? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// Visits a stored content piece by piece.
pub fn blob_pieces(tx: &mut Tx<'_>, digest: &str, mut visit: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    tx.each("SELECT bytes FROM blob_pieces WHERE digest = $1 ORDER BY position", args![digest], |row| visit(&row.get::<Vec<u8>>()?))
}

pub const COLUMNS: &str = "m.id, m.conversation_id, m.channel_id, m.direction, m.author, m.at, m.by_bot, m.text, m.html, m.subject, m.message_id, \
     m.reference_ids, m.cc, m.external_id";

/// Reads `COLUMNS`.
pub fn read(row: &mut Row<'_>) -> Result<Message> {
    let list = |text: Option<&str>| -> Vec<String> { text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default() };
    Ok(Message {
        id: row.get()?,
        conversation_id: row.get()?,
        channel_id: row.get()?,
        direction: row.get()?,
        author: row.get()?,
        at: row.get()?,
        by_bot: row.get()?,
        body: Body {
            text: row.get()?,
            html: row.get()?,
            subject: row.get()?,
            message_id: row.get()?,
            references: list(row.get()?),
            cc: list(row.get()?),
            external_id: row.get()?,
        },
    })
}

/// A conversation's messages and comments, in the order in which they were stored.
pub fn of_conversation(tx: &mut Tx<'_>, conversation: Id) -> Result<Vec<Message>> {
    tx.query(&format!("SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = $1 ORDER BY m.id"), args![conversation], read)
}

/// When the next message after a time was exchanged in a conversation, before another time where there is one.
pub fn next_after(tx: &mut Tx<'_>, conversation: Id, at: Time, before: Option<Time>) -> Result<Option<Time>> {
    let before = before.unwrap_or(Time(i64::MAX));
    tx.one(
        "SELECT min(at) FROM messages WHERE conversation_id = $1 AND at > $2 AND at < $3 AND direction <> 'comment'",
        args![conversation, at, before],
        |row| row.get(),
    )
}

/// The newest messages and comments of a ticket's conversations, the newest first.
pub fn newest_of_ticket(tx: &mut Tx<'_>, ticket: Id, limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversation_tickets l JOIN messages m ON m.conversation_id = l.conversation_id WHERE l.ticket_id = $1 \
         ORDER BY m.at DESC, m.id DESC LIMIT $2"
    );
    tx.query(&sql, args![ticket, limit], read)
}

/// A message's attachments, in order.
pub fn attachments_of(tx: &mut Tx<'_>, message: Id) -> Result<Vec<Attachment>> {
    tx.query(
        "SELECT name, content_type, size, blob_digest FROM attachments WHERE message_id = $1 ORDER BY position",
        args![message],
        |row| Ok(Attachment { name: row.get()?, content_type: row.get()?, size: row.get()?, digest: row.get()? }),
    )
}

/// The message and conversation that an external id on a channel already names.
pub fn by_external_id(tx: &mut Tx<'_>, channel: Id, external_id: &str) -> Result<Option<(Id, Id)>> {
    tx.optional("SELECT id, conversation_id FROM messages WHERE channel_id = $1 AND external_id = $2", args![channel, external_id], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// What an answer to a conversation refers to: the references of its last mail, then that mail's own Message-ID.
pub fn mail_references(tx: &mut Tx<'_>, conversation: Id) -> Result<Vec<String>> {
    let sql =
        format!("SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = $1 AND m.message_id IS NOT NULL ORDER BY m.id DESC LIMIT 1");
    let last = tx.optional(&sql, args![conversation], read)?;
    Ok(last.map_or_else(Vec::new, |last| message_id::all_of(last.body.references.iter().chain(&last.body.message_id))))
}

/// The conversation of a message.
pub fn conversation_of(tx: &mut Tx<'_>, message: Id) -> Result<Option<Id>> {
    tx.optional("SELECT conversation_id FROM messages WHERE id = $1", args![message], |row| row.get())
}

/// The attachments of a conversation's messages, each with its message, in order.
pub fn all_attachments(tx: &mut Tx<'_>, conversation: Id) -> Result<Vec<(Id, Attachment)>> {
    tx.query(
        "SELECT a.message_id, a.name, a.content_type, a.size, a.blob_digest FROM messages m JOIN attachments a ON a.message_id = m.id \
         WHERE m.conversation_id = $1 ORDER BY a.message_id, a.position",
        args![conversation],
        |row| Ok((row.get()?, Attachment { name: row.get()?, content_type: row.get()?, size: row.get()?, digest: row.get()? })),
    )
}
