//! A message as a command or a line of JSON brings it, checked and made ready to store.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Id;
use crate::domain::bounds::{self, distinct};
use crate::domain::channel::Channel;
use crate::domain::conversation::{Attachment, Body, Conversation, Direction, Message};
use crate::domain::html::visible_text;
use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::ops::Desk;
use crate::store::messages::{self, AttachmentRow, MessageRow, put_blob};

/// The largest attachment, in bytes.
pub const ATTACHMENT_BYTES: u64 = 25_000_000;

/// The HTML of a message: said of its text, or given beside it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Html {
    /// Whether the text is HTML.
    Text(bool),
    Markup(#[schemars(length(max = bounds::BODY))] String),
}

/// A file that comes with a message.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What it is called; a name, never a path (G5).
    pub name: String,
    #[serde(default = "unknown_type")]
    pub content_type: String,
    /// The content, base64 with padding.
    #[schemars(length(max = bounds::CONTENT))]
    pub content_base64: String,
}

fn unknown_type() -> String {
    "application/octet-stream".into()
}

/// A message ready to store.
pub struct Parcel {
    pub direction: Direction,
    pub author: String,
    pub at: Time,
    pub body: Body,
    files: Vec<Content>,
}

struct Content {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
}

impl Parcel {
    /// Checks what came. `body.text` is HTML where `html` says so; beside given HTML an absent text is read from it.
    pub fn new(direction: Direction, author: &str, at: Time, mut body: Body, html: Option<Html>, files: &[File]) -> Result<Parcel> {
        match html {
            Some(Html::Text(true)) => body.html = Some(std::mem::take(&mut body.text)),
            Some(Html::Markup(markup)) => body.html = Some(markup),
            Some(Html::Text(false)) | None => {}
        }
        body.references = distinct(&body.references);
        body.cc = distinct(&body.cc);
        if let Some(html) = body.html.as_deref().filter(|_| body.text.is_empty()) {
            body.text = visible_text(html);
        }
        let parcel =
            Parcel { direction, author: author.to_owned(), at, body, files: files.iter().map(Content::decode).collect::<Result<_>>()? };
        parcel.check()?;
        Ok(parcel)
    }

    fn check(&self) -> Result<()> {
        let body = &self.body;
        if body.text.trim().is_empty() && body.html.is_none() && self.files.is_empty() && body.subject.is_none() {
            return Err(Error::usage("empty_message", "the message has no text, no subject and no attachment"));
        }
        let ids = [body.message_id.as_ref(), body.external_id.as_ref()];
        if ids.into_iter().flatten().any(|id| id.trim().is_empty()) {
            return Err(Error::usage("empty_id", "an external id or Message-ID must not be empty").hint("leave it out instead"));
        }
        Ok(())
    }

    /// Stores the message with its attachments, and takes it into the conversation's row, which the caller writes.
    pub fn store(self, desk: &mut Desk<'_>, conversation: &mut Conversation, channel: &Channel) -> Result<Id> {
        let mut attachments = Vec::with_capacity(self.files.len());
        for file in self.files {
            let (digest, size) = put_blob(&mut desk.tx, file.bytes.as_slice(), ATTACHMENT_BYTES)?;
            attachments.push(Attachment { name: file.name, content_type: file.content_type, size, digest });
        }
        let id = desk.tx.new_id("messages")?;
        let message = Message {
            id,
            conversation_id: conversation.id,
            channel_id: channel.id,
            direction: self.direction,
            by_bot: self.direction == Direction::Outgoing && channel.is_bot(&self.author),
            author: self.author,
            at: self.at,
            body: self.body,
        };
        messages::add(&mut desk.tx, conversation, MessageRow::new(message, &attachments))?;
        let rows: Vec<AttachmentRow> =
            (1..).zip(attachments).map(|(position, attachment)| AttachmentRow { message_id: id, position, attachment }).collect();
        desk.tx.insert(&rows)?;
        Ok(id)
    }
}

impl Content {
    fn decode(file: &File) -> Result<Content> {
        if file.name.trim().is_empty() {
            return Err(Error::usage("bad_attachment", "an attachment needs a name"));
        }
        let too_large =
            || Error::usage("attachment_too_large", format!("{} is larger than {} MB", file.name, ATTACHMENT_BYTES / 1_000_000));
        // Four characters carry three bytes: what is far too long is not even decoded.
        if file.content_base64.len() as u64 > ATTACHMENT_BYTES / 3 * 4 + 8 {
            return Err(too_large());
        }
        let bytes = STANDARD
            .decode(&file.content_base64)
            .map_err(|error| Error::usage("bad_attachment", format!("the content of {} is no base64: {error}", file.name)))?;
        if bytes.len() as u64 > ATTACHMENT_BYTES {
            return Err(too_large());
        }
        Ok(Content { name: file.name.clone(), content_type: file.content_type.clone(), bytes })
    }
}
