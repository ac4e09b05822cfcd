//! What can be asked about: properties, their types, and the operators that fit each type (V3).

use std::borrow::Cow;
use std::sync::Arc;

use super::ast::Operator;
use super::choices::Choices;
use crate::domain::Id;

/// Which fact a property asks for. [`super::Facts`] matches on it, so that evaluation compares no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A conversation's: `OPEN` or `CLOSED`.
    Status,
    /// The owner: of a conversation by email address, of a ticket by id; missing where nobody owns it.
    Owner,
    /// When the conversation began.
    StartedAt,
    /// When it was closed; missing while it is open.
    ClosedAt,
    /// When the newest message or comment was written.
    LastMessageAt,
    /// How long ago it began. Never asked of [`super::Facts`]: it is worked out from when it began.
    Age,
    /// The kind of its channel (H1).
    Kind,
    /// The subject; missing where there is none.
    Subject,
    /// A conversation's newest channel (M21), by address; the channel of a ticket's first conversation, by id.
    Channel,
    /// The contact's name or address, as the store writes it; missing without a contact.
    Contact,
    /// Whether a ticket is linked to it.
    HasTicket,
    /// Whether it is marked as spam (H14).
    Spam,
    /// How many messages and comments it has.
    MessageCount,
    /// A ticket's id.
    Id,
    /// A ticket's name.
    Name,
    /// The pipeline of a ticket's stage, by id.
    Pipeline,
    /// A ticket's stage, by id.
    Stage,
    /// Whether a ticket's stage is `OPEN` or `CLOSED`.
    State,
    /// A ticket's team, by id.
    Team,
    /// A ticket's priority.
    Priority,
    /// A ticket's category.
    Category,
    /// Where a ticket comes from (H4).
    Source,
    /// A ticket's description.
    Description,
    /// The address of a ticket's first contact.
    ContactEmail,
    /// The phone number of a ticket's first contact, else the mobile phone's.
    ContactPhone,
    /// The name of a ticket's company.
    Company,
    /// The domain of a ticket's company.
    CompanyDomain,
    /// When a ticket was created.
    CreatedAt,
    /// When something last happened on a ticket.
    LastActivityAt,
    /// Whether a ticket lies in the help desk (H3).
    InHelpDesk,
    /// Who wrote last in a ticket's conversations, comments included; missing where nobody did.
    LastDirection,
    /// Who wrote the last message in a ticket's conversations, which comments are not; missing without a conversation.
    LastMessageDirection,
    /// How many conversations a ticket has.
    ConversationCount,
    /// Another column of tickets, by its name in the registry.
    Plain(&'static str),
    /// A custom property of tickets, by its id.
    Custom(Id),
}

/// The type of a property: it decides which operators fit and how values are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Free text, compared without regard to case and marks (see [`crate::domain::fold`]).
    Text,
    /// One of some names.
    Enum(Options),
    /// A whole number.
    Number,
    /// Any number, as custom properties hold them.
    Decimal,
    /// An instant.
    Time,
    /// A day, kept as its midnight in UTC. An instant means the day that it falls on in the account's zone.
    Date,
    /// The time from the instant `since` until now.
    Duration {
        /// The property of type [`Type::Time`] at which it starts.
        since: Arc<Property>,
    },
    /// `true` or `false`; the property's name alone means `= true`.
    Bool,
    /// A user by email address, or `me`.
    User,
    /// Something of the account that has an id: a stage, a team. A filter keeps the id, so that a new name changes nothing.
    Reference(Arc<Choices>),
}

/// The names of an enumeration. They are typed in any case and stored as they stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// In the order in which lists are sorted.
    pub names: Arc<[Arc<str>]>,
    /// Whether the order means something, so that `<` and `>` fit.
    pub ordered: bool,
}

impl Options {
    /// Names that only differ.
    pub fn plain<S: Into<Arc<str>>>(names: impl IntoIterator<Item = S>) -> Options {
        Options { names: names.into_iter().map(Into::into).collect(), ordered: false }
    }

    /// Names from the lowest to the highest.
    pub fn ordered<S: Into<Arc<str>>>(names: impl IntoIterator<Item = S>) -> Options {
        Options { ordered: true, ..Options::plain(names) }
    }

    /// Where a name stands.
    pub fn rank(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| &**known == name)
    }
}

impl Type {
    /// Whether `operator` makes sense for this type. Durations grow with every millisecond, so `=` does not fit them.
    pub fn allows(&self, operator: Operator) -> bool {
        use Operator::{Between, Contains, Eq, Ge, Gt, HasWord, In, Le, Lt, Ne, NotIn, NotSet, Set, StartsWith};
        match operator {
            Set | NotSet => true,
            Eq | Ne => !matches!(self, Type::Duration { .. }),
            In | NotIn => !matches!(self, Type::Duration { .. } | Type::Bool),
            Lt | Le | Gt | Ge | Between => match self {
                Type::Enum(options) => options.ordered,
                other => matches!(other, Type::Number | Type::Decimal | Type::Time | Type::Date | Type::Duration { .. }),
            },
            Contains | HasWord | StartsWith => *self == Type::Text,
        }
    }

    /// Whether its values are times.
    pub fn is_time(&self) -> bool {
        matches!(self, Type::Time | Type::Date)
    }

    /// What a value of this type looks like, for error messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Type::Text => "a text",
            Type::Enum(_) => "one of its names",
            Type::Number => "a whole number",
            Type::Decimal => "a number such as 12 or -0.5",
            Type::Date => "a day such as 2026-03-28, -7d, today or start of month",
            Type::Time => "a time such as 2026-03-28, 2026-03-28T16:00, -7d, today or start of month",
            Type::Duration { .. } => "a duration such as 90s, 30m, 4h or 30d",
            Type::Bool => "true or false",
            Type::User => "an email address or me",
            Type::Reference(choices) => choices.describe(),
        }
    }
}

/// One property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Which fact it asks for.
    pub key: Key,
    /// As it is typed, in any case, and written, in this one.
    pub name: Cow<'static, str>,
    /// Its type.
    pub kind: Type,
    /// Whether an object may lack it.
    pub optional: bool,
    /// One line for people.
    pub help: Cow<'static, str>,
}

/// A bare word that stands for a whole condition, such as `open` for `status = OPEN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shorthand {
    /// As it is typed.
    pub word: &'static str,
    /// The property that it compares by `=`.
    pub property: Arc<Property>,
    /// The name of the enumeration that it compares with.
    pub value: &'static str,
}

/// All that a filter on one kind of object may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// What the objects are called: `conversation`.
    pub object: &'static str,
    /// The properties, in the order in which help lists them.
    pub properties: Vec<Arc<Property>>,
    /// The shorthands.
    pub shorthands: Vec<Shorthand>,
}

impl Schema {
    /// The property of that name, in any case.
    pub fn property(&self, name: &str) -> Option<&Arc<Property>> {
        self.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// The property of that key.
    pub fn of_key(&self, key: Key) -> Option<&Arc<Property>> {
        self.properties.iter().find(|property| property.key == key)
    }

    /// The shorthand of that word, in any case.
    pub fn shorthand(&self, word: &str) -> Option<&Shorthand> {
        self.shorthands.iter().find(|shorthand| shorthand.word.eq_ignore_ascii_case(word))
    }

    /// Every word that may begin a condition.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().map(|property| &*property.name).chain(self.shorthands.iter().map(|shorthand| shorthand.word))
    }
}

/// A kind of object whose filters name the same in every account. The type parameter of [`super::Filter`], so that a filter on
/// tickets cannot be mistaken for one on conversations, and that the latter reads itself back from its text.
pub trait Subject {
    /// What its filters may name.
    fn schema() -> &'static Schema;
}

/// A property that an object may lack.
pub(super) fn optional(key: Key, name: &'static str, kind: Type, help: &'static str) -> Arc<Property> {
    Arc::new(Property { key, name: name.into(), kind, optional: true, help: help.into() })
}

/// A property that every object has.
pub(super) fn always(key: Key, name: &'static str, kind: Type, help: &'static str) -> Arc<Property> {
    Arc::new(Property { key, name: name.into(), kind, optional: false, help: help.into() })
}
