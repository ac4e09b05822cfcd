//! What filters on conversations may name.

use std::sync::{Arc, LazyLock};

use super::property::{Key, Options, Schema, Shorthand, Subject, Type, always, optional};
use crate::domain::channel::Kind;
use crate::domain::conversation::Status;

/// Conversations, as a migration's map tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversations;

impl Subject for Conversations {
    fn schema() -> &'static Schema {
        &CONVERSATIONS
    }
}

/// What filters on conversations may name.
pub static CONVERSATIONS: LazyLock<Schema> = LazyLock::new(|| {
    let names = |names: &'static [&'static str]| Type::Enum(Options::plain(names.iter().copied()));
    let status = always(Key::Status, "status", names(Status::NAMES), "OPEN or CLOSED; `open` and `closed` are short for it");
    let started_at = always(Key::StartedAt, "started_at", Type::Time, "when the conversation began");
    let since = Arc::clone(&started_at);
    let short = |word, value| Shorthand { word, property: Arc::clone(&status), value };
    Schema {
        object: "conversation",
        shorthands: vec![short("open", "OPEN"), short("closed", "CLOSED")],
        properties: vec![
            Arc::clone(&status),
            optional(Key::Owner, "owner", Type::User, "the owner's email address; `me` is whoever asks"),
            started_at,
            optional(Key::ClosedAt, "closed_at", Type::Time, "when it was closed; not set while it is open"),
            always(Key::LastMessageAt, "last_message_at", Type::Time, "when the newest message or comment was written"),
            always(Key::Age, "age", Type::Duration { since }, "the time since started_at, such as 30d"),
            always(Key::Kind, "kind", names(Kind::NAMES), "the kind of its channel"),
            optional(Key::Subject, "subject", Type::Text, "the subject"),
            always(Key::Channel, "channel", Type::Text, "the address of its newest channel"),
            optional(Key::Contact, "contact", Type::Text, "the contact's name or address"),
            always(Key::HasTicket, "has_ticket", Type::Bool, "whether a ticket is linked to it"),
            always(Key::Spam, "spam", Type::Bool, "whether it is marked as spam"),
            always(Key::MessageCount, "message_count", Type::Number, "the number of messages and comments"),
        ],
    }
});
