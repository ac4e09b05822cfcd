//! Messages and comments that are added to conversations.

use super::Writer;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::{Attachment, Body, Conversation, Direction, Message};
use crate::domain::event::{Change, What};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::messages::{self, AttachmentRow, MessageRow, put_blob};

/// The largest attachment, in bytes.
pub const ATTACHMENT_BYTES: u64 = 25_000_000;

/// A message that is checked and ready to be written.
pub struct NewMessage {
    pub direction: Direction,
    pub author: String,
    /// When it was exchanged.
    pub at: Time,
    pub body: Body,
    pub files: Vec<NewFile>,
}

/// An attachment of at most [`ATTACHMENT_BYTES`].
pub struct NewFile {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Writer<'_, '_> {
    /// Adds a message to a conversation, which may differ from `before` in other things too; both are written.
    pub fn add_message(
        &mut self,
        before: &Conversation,
        conversation: &mut Conversation,
        channel: &Channel,
        message: NewMessage,
    ) -> Result<Id> {
        let (id, added) = self.store_message(conversation, channel, message)?;
        self.tx.update(std::slice::from_ref(conversation))?;
        self.record([What::ConversationChanged(Change::of(before, conversation)), added])?;
        Ok(id)
    }

    /// Stores a message with its attachments, and takes it into the conversation's row, which the caller writes.
    pub(super) fn store_message(&mut self, conversation: &mut Conversation, channel: &Channel, message: NewMessage) -> Result<(Id, What)> {
        let NewMessage { direction, author, at, body, files } = message;
        let mut attachments = Vec::with_capacity(files.len());
        for file in files {
            let (digest, size) = put_blob(self.tx, file.bytes.as_slice(), ATTACHMENT_BYTES)?;
            attachments.push(Attachment { name: file.name, content_type: file.content_type, size, digest });
        }
        let id = self.tx.new_id("messages")?;
        let by_bot = direction == Direction::Outgoing && channel.is_bot(&author);
        let message = Message { id, conversation_id: conversation.id, channel_id: channel.id, direction, author, at, by_bot, body };
        messages::add(self.tx, conversation, MessageRow::new(message, &attachments))?;
        let row = |(position, attachment)| AttachmentRow { message_id: id, position, attachment };
        let rows: Vec<AttachmentRow> = (1..).zip(attachments).map(row).collect();
        self.tx.insert(&rows)?;
        Ok((id, What::MessageAdded { conversation: conversation.id, message: id, at, direction, by_bot }))
    }
}
