//! Hands out the content of an attachment.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::look;
use crate::domain::Id;
use crate::domain::conversation::Attachment;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::{Desk, Stream};
use crate::store::messages;

/// Gives out an attachment's content piece by piece.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttachmentContent {
    pub message: Id,
    /// Which of the message's attachments, counted from 1.
    #[serde(default = "first")]
    pub position: usize,
}

fn first() -> usize {
    1
}

impl Stream for AttachmentContent {
    const NAME: &'static str = "conversations.attachment";
    type Item = Piece;
    type End = Attachment;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>, emit: &mut dyn FnMut(Piece) -> Result<()>) -> Result<Attachment> {
        let AttachmentContent { message, position } = self;
        let unknown = || Error::not_found("unknown_attachment", format!("there is no attachment {position} of a message {message}"));
        let conversation = messages::conversation_of(&mut desk.tx, message)?.ok_or_else(unknown)?;
        match look(desk, conversation) {
            Err(error) if error.code() == "unknown_conversation" => return Err(unknown()),
            looked => looked?,
        };
        let found = messages::attachments_of(&mut desk.tx, message)?;
        let attachment = position.checked_sub(1).and_then(|index| found.into_iter().nth(index)).ok_or_else(unknown)?;
        messages::blob_pieces(&mut desk.tx, &attachment.digest, &mut |bytes: &[u8]| emit(Piece(bytes.to_vec())))?;
        Ok(attachment)
    }
}

/// Some bytes of a content; base64 on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece(pub Vec<u8>);

impl Serialize for Piece {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Piece {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Piece, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Piece).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Piece {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Piece".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "contentEncoding": "base64" })
    }
}
