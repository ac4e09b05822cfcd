//! Conversations, their messages, and the digest by which `verify` knows them again.

mod answers;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::answers::{Answers, Line};
use super::time::Time;
use super::{Id, bounds};
use crate::text_enum;

text_enum! {
    #[schemars(rename = "ConversationStatus")]
    pub enum Status { Open = "OPEN", Closed = "CLOSED" }
}
text_enum! {
    /// From whom to whom a message went; comments are internal (H12).
    pub enum Direction { Incoming = "incoming", Outgoing = "outgoing", Comment = "comment" }
}

impl Direction {
    /// Those of messages, which comments are not.
    pub const MESSAGES: &[&str] = &[Direction::Incoming.as_str(), Direction::Outgoing.as_str()];
}

/// A thread of messages on a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: Id,
    /// The newest channel (M21).
    pub channel_id: Id,
    /// Where it lies.
    pub inbox_id: Id,
    pub status: Status,
    pub spam: bool,
    pub owner_id: Option<Id>,
    pub subject: Option<String>,
    pub contact_id: Option<Id>,
    pub company_id: Option<Id>,
    pub thread_key: Option<String>,
    pub started_at: Time,
    pub closed_at: Option<Time>,
    pub last_message_at: Time,
    pub last_direction: Direction,
    /// Messages and comments.
    pub message_count: i64,
    pub digest: Digest,
    pub answers: Answers,
}

/// One message or internal comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: Id,
    pub conversation_id: Id,
    pub channel_id: Id,
    pub direction: Direction,
    /// The address or name of whoever wrote it.
    pub author: String,
    pub at: Time,
    /// A chatflow's bot wrote it; outgoing messages only.
    pub by_bot: bool,
    pub body: Body,
}

/// The words of a message and what belongs to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    #[schemars(length(max = bounds::SIGNED))]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::SIGNED))]
    pub html: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The mail's own Message-ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::MADE))]
    pub message_id: Option<String>,
    /// The Message-IDs it answers to, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(length(max = bounds::MADE)))]
    pub references: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
    /// The sender's own id: the same id on a channel is the same message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

/// A file that came with a message; its content is stored once, by digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    pub name: String,
    pub content_type: String,
    /// In bytes.
    pub size: i64,
    /// BLAKE3 of the content, 32 bytes in hexadecimal.
    pub digest: String,
}

/// Half of a BLAKE3 hash: enough to notice any change that is not an attack on the hash itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(pub [u8; 16]);

impl Digest {
    pub fn of(hasher: &blake3::Hasher) -> Digest {
        let mut half = [0; 16];
        half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Digest(half)
    }

    /// The digest of a conversation after one more message: a chain, so that order and number count.
    pub fn chain(self, message: Digest) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0);
        hasher.update(&message.0);
        Digest::of(&hasher)
    }

    pub fn to_hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 16];
        let wrong = || serde::de::Error::custom("a digest is 32 hexadecimal digits");
        if text.len() != 32 || !text.is_ascii() {
            return Err(wrong());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Digest(bytes))
    }
}

/// The digest of one message: every field that a customer or an agent could miss, each with its length before it,
/// so that text cannot move from one field to the next unnoticed.
pub fn message_digest(direction: Direction, author: &str, at: Time, body: &BodyRef<'_>, attachments: &[Attachment]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&at.0.to_le_bytes());
    let mut field = |text: Option<&str>| {
        let text = text.map(str::as_bytes);
        hasher.update(&text.map_or(-1, |text| text.len() as i64).to_le_bytes());
        hasher.update(text.unwrap_or_default());
    };
    field(Some(direction.as_str()));
    field(Some(author));
    field(Some(body.text));
    for optional in [body.html, body.subject, body.message_id, body.references, body.cc, body.external_id] {
        field(optional);
    }
    for attachment in attachments {
        field(Some(&attachment.name));
        field(Some(&attachment.content_type));
        field(Some(&attachment.digest));
    }
    Digest::of(&hasher)
}

/// The digest of what no operation changes on a conversation, but for a thread key that is dropped where another conversation has
/// it; `contacts` are those beyond the first.
pub fn fixed_digest(conversation: &Conversation, thread_key: Option<&str>, contacts: &[Id]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    let texts = [conversation.subject.as_deref(), thread_key];
    let lengths = texts.map(|text| text.map(|text| text.len() as i64));
    let numbers = [Some(conversation.started_at.0), conversation.contact_id, conversation.company_id].into_iter().chain(lengths);
    for number in numbers.chain(contacts.iter().map(|contact| Some(*contact))) {
        hasher.update(&[number.is_some().into()]);
        hasher.update(&number.unwrap_or_default().to_le_bytes());
    }
    for text in texts.into_iter().flatten() {
        hasher.update(text.as_bytes());
    }
    Digest::of(&hasher)
}

/// A message body as it lies in the store: lists as JSON text, absent lists as NULL.
#[derive(Clone, Copy, Debug, Default)]
pub struct BodyRef<'a> {
    pub text: &'a str,
    pub html: Option<&'a str>,
    pub subject: Option<&'a str>,
    pub message_id: Option<&'a str>,
    pub references: Option<&'a str>,
    pub cc: Option<&'a str>,
    pub external_id: Option<&'a str>,
}
