//! What can be asked about: the table of properties, their types, and the operators that fit each type (V3).

use super::ast::Operator;
use crate::domain::channel::Kind;
use crate::domain::conversation::Status;

/// Which fact a property asks for. [`super::Facts`] matches on it, so that evaluation compares no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `OPEN` or `CLOSED`.
    Status,
    /// The owner's email address; missing where nobody owns it.
    Owner,
    /// When the conversation began.
    StartedAt,
    /// When it was closed; missing while it is open.
    ClosedAt,
    /// When the newest message or comment was written.
    LastMessageAt,
    /// How long ago it began. Never asked of [`super::Facts`]: it is worked out from [`Key::StartedAt`].
    Age,
    /// The kind of its channel (H1).
    Kind,
    /// The subject; missing where there is none.
    Subject,
    /// The address of its newest channel (M21).
    Channel,
    /// The contact's name or address, as the store writes it; missing without a contact.
    Contact,
    /// Whether a ticket is linked to it.
    HasTicket,
    /// Whether it is marked as spam (H14).
    Spam,
    /// How many messages and comments it has.
    MessageCount,
}

/// The type of a property: it decides which operators fit and how values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Free text, compared without regard to case (see [`super::fold`]).
    Text,
    /// One of these names. They are typed in any case and stored as they stand here.
    Enum(&'static [&'static str]),
    /// A whole number.
    Number,
    /// An instant.
    Time,
    /// The time from the instant `since` until now.
    Duration {
        /// The property of type [`Type::Time`] at which it starts.
        since: &'static Property,
    },
    /// `true` or `false`; the property's name alone means `= true`.
    Bool,
    /// A user by email address, or `me`.
    User,
}

impl Type {
    /// Whether `operator` makes sense for this type. Durations grow with every millisecond, so `=` does not fit them.
    pub fn allows(self, operator: Operator) -> bool {
        use Operator::{Between, Contains, Eq, Ge, Gt, In, Le, Lt, Ne, NotIn, NotSet, Set, StartsWith};
        match operator {
            Set | NotSet => true,
            Eq | Ne => !matches!(self, Type::Duration { .. }),
            In | NotIn => matches!(self, Type::Text | Type::Enum(_) | Type::Number | Type::User),
            Lt | Le | Gt | Ge | Between => matches!(self, Type::Number | Type::Time | Type::Duration { .. }),
            Contains | StartsWith => self == Type::Text,
        }
    }

    /// What a value of this type looks like, for error messages.
    pub fn describe(self) -> &'static str {
        match self {
            Type::Text => "a text",
            Type::Enum(_) => "one of its names",
            Type::Number => "a whole number",
            Type::Time => "a time such as 2026-03-28, 2026-03-28T16:00, -7d, today or start of month",
            Type::Duration { .. } => "a duration such as 90s, 30m, 4h or 30d",
            Type::Bool => "true or false",
            Type::User => "an email address or me",
        }
    }
}

/// One row of the table of properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// Which fact it asks for.
    pub key: Key,
    /// As it is typed, in any case, and written, in this one.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// One line for people.
    pub help: &'static str,
}

/// A bare word that stands for a whole condition, such as `open` for `status = OPEN`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shorthand {
    /// As it is typed.
    pub word: &'static str,
    /// The property that it compares by `=`.
    pub property: &'static Property,
    /// The name of the enumeration that it compares with.
    pub value: &'static str,
}

/// All that a filter on one kind of object may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// What the objects are called: `conversation`.
    pub object: &'static str,
    /// The properties, in the order in which help lists them.
    pub properties: &'static [Property],
    /// The shorthands.
    pub shorthands: &'static [Shorthand],
}

impl Schema {
    /// The property of that name, in any case.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// The shorthand of that word, in any case.
    pub fn shorthand(&self, word: &str) -> Option<&'static Shorthand> {
        self.shorthands.iter().find(|shorthand| shorthand.word.eq_ignore_ascii_case(word))
    }

    /// Every word that may begin a condition.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.properties.iter().map(|property| property.name).chain(self.shorthands.iter().map(|shorthand| shorthand.word))
    }
}

/// A kind of object that can be filtered. The type parameter of [`super::Filter`], so that a filter on tickets cannot be
/// mistaken for one on conversations, and that each reads itself back from its text.
pub trait Subject {
    /// What its filters may name.
    const SCHEMA: &'static Schema;
}

/// Conversations, as a migration's map tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversations;

impl Subject for Conversations {
    const SCHEMA: &'static Schema = &CONVERSATIONS;
}

const fn property(key: Key, name: &'static str, kind: Type, help: &'static str) -> Property {
    Property { key, name, kind, help }
}

const STATUS: Property = property(Key::Status, "status", Type::Enum(Status::NAMES), "OPEN or CLOSED; `open` and `closed` are short for it");
const STARTED_AT: Property = property(Key::StartedAt, "started_at", Type::Time, "when the conversation began");

/// What filters on conversations may name.
pub static CONVERSATIONS: Schema = Schema {
    object: "conversation",
    properties: &[
        STATUS,
        property(Key::Owner, "owner", Type::User, "the owner's email address; `me` is whoever asks"),
        STARTED_AT,
        property(Key::ClosedAt, "closed_at", Type::Time, "when it was closed; not set while it is open"),
        property(Key::LastMessageAt, "last_message_at", Type::Time, "when the newest message or comment was written"),
        property(Key::Age, "age", Type::Duration { since: &STARTED_AT }, "the time since started_at, such as 30d"),
        property(Key::Kind, "kind", Type::Enum(Kind::NAMES), "the kind of its channel"),
        property(Key::Subject, "subject", Type::Text, "the subject"),
        property(Key::Channel, "channel", Type::Text, "the address of its newest channel"),
        property(Key::Contact, "contact", Type::Text, "the contact's name or address"),
        property(Key::HasTicket, "has_ticket", Type::Bool, "whether a ticket is linked to it"),
        property(Key::Spam, "spam", Type::Bool, "whether it is marked as spam"),
        property(Key::MessageCount, "message_count", Type::Number, "the number of messages and comments"),
    ],
    shorthands: &[
        Shorthand { word: "open", property: &STATUS, value: "OPEN" },
        Shorthand { word: "closed", property: &STATUS, value: "CLOSED" },
    ],
};
