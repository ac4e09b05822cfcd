//! What filters on tickets may name: the same in every account but for its pipelines, people and custom properties.

use std::sync::Arc;

use super::choices::{Choices, Own};
use super::property::{Key, Options, Property, Schema, Shorthand, Type, always, optional};
use crate::domain::Id;
use crate::domain::conversation::Direction;
use crate::domain::pipeline::{Stage, StageState};
use crate::domain::ticket::properties::{self, Filtered, Kind};
use crate::domain::ticket::{Priority, Source};

/// Tickets. Their filters are read with the account's own [`Schema`], which [`TicketNames::schema`] makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tickets;

/// What an account's filters on tickets may name, as the store has it.
#[derive(Clone, Debug, Default)]
pub struct TicketNames {
    /// Ids and names, in order.
    pub pipelines: Vec<(Id, String)>,
    /// Pipeline by pipeline, in order.
    pub stages: Vec<Stage>,
    /// Ids and names.
    pub teams: Vec<(Id, String)>,
    /// Ids, addresses and names.
    pub users: Vec<(Id, String, String)>,
    /// Ids, addresses and names.
    pub channels: Vec<(Id, String, String)>,
    /// Custom properties.
    pub custom: Vec<CustomProperty>,
}

/// A custom property of tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomProperty {
    /// Its id, by which values are stored.
    pub id: Id,
    /// As filters name it. One that is also the name of a property that every ticket has means the latter.
    pub name: String,
    /// As people know it.
    pub label: String,
    /// Its type.
    pub kind: CustomKind,
}

/// The type of a custom property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomKind {
    /// Free text.
    Text,
    /// A number.
    Number,
    /// An instant.
    Time,
    /// A day, kept as its midnight in UTC.
    Date,
    /// Yes or no.
    Bool,
    /// One of these values.
    Enum(Vec<String>),
}

impl TicketNames {
    /// The schema.
    pub fn schema(&self) -> Schema {
        let state =
            always(Key::State, "state", names(StageState::NAMES), "OPEN or CLOSED, as its status is; `open` and `closed` are short for it");
        let short = |word, value| Shorthand { word, property: Arc::clone(&state), value };
        let shorthands = vec![short("open", "OPEN"), short("closed", "CLOSED")];
        let mut properties = self.common();
        properties.insert(2, state);
        for custom in &self.custom {
            let taken = |name: &str| name.eq_ignore_ascii_case(&custom.name);
            if !properties.iter().any(|known| taken(&known.name)) && !["open", "closed", "and", "or", "not"].into_iter().any(taken) {
                properties.push(custom.property());
            }
        }
        Schema { object: "ticket", properties, shorthands }
    }

    /// The properties in the order in which help lists them: columns of tickets, and what is found by them.
    fn common(&self) -> Vec<Arc<Property>> {
        let mut all = vec![always(Key::Pipeline, "pipeline", self.pipelines(), "its pipeline")];
        all.extend(self.columns(&["stage", "owner", "team", "priority", "category", "source", "name", "description", "id"]));
        all.extend([
            optional(Key::Contact, "contact", Type::Text, "its first contact's name, else address or phone number"),
            optional(Key::ContactEmail, "contact_email", Type::Text, "its first contact's address"),
            optional(Key::ContactPhone, "contact_phone", Type::Text, "its first contact's phone number, else the mobile one"),
            optional(Key::Company, "company", Type::Text, "its company's name"),
            optional(Key::CompanyDomain, "company_domain", Type::Text, "its company's domain"),
            optional(Key::Channel, "channel", self.channels(), "the channel of its first conversation"),
        ]);
        let created_at = self.columns(&["created_at"]);
        let age = |since: &Arc<Property>| {
            always(Key::Age, "age", Type::Duration { since: Arc::clone(since) }, "the time since created_at, such as 30d")
        };
        let age: Vec<Arc<Property>> = created_at.iter().map(age).collect();
        all.extend(created_at.into_iter().chain(age));
        all.extend(self.columns(&["closed_at", "last_activity_at"]));
        all.extend([
            optional(Key::LastDirection, "last_direction", names(Direction::NAMES), "who wrote last: incoming, outgoing or comment"),
            optional(
                Key::LastMessageDirection,
                "last_message_direction",
                names(Direction::MESSAGES),
                "who wrote the last message: incoming or outgoing; comments are no messages",
            ),
            always(Key::ConversationCount, "conversation_count", Type::Number, "the number of its conversations"),
        ]);
        all.extend(self.columns(&["spam", "in_help_desk"]));
        let rest = properties::plain().map(|(property, _)| property.name);
        all.extend(self.columns(&rest.collect::<Vec<_>>()));
        all
    }

    /// Properties of the registry, by their names there.
    fn columns(&self, wanted: &[&str]) -> Vec<Arc<Property>> {
        let filtered = wanted.iter().filter_map(|name| properties::find(name)?.filtered.as_ref());
        let property = |filtered: &Filtered| {
            let make = if filtered.optional { optional } else { always };
            make(filtered.key, filtered.name, self.kind(filtered.kind), filtered.help)
        };
        filtered.map(property).collect()
    }

    fn kind(&self, kind: Kind) -> Type {
        match kind {
            Kind::Text => Type::Text,
            Kind::Number => Type::Number,
            Kind::Time => Type::Time,
            Kind::Bool => Type::Bool,
            Kind::Priority => Type::Enum(Options::ordered(Priority::NAMES.iter().copied())),
            Kind::Source => names(Source::NAMES),
            Kind::Stage => self.stages(),
            Kind::User => self.users(),
            Kind::Team => self.teams(),
        }
    }

    fn pipelines(&self) -> Type {
        reference("pipeline", None, self.pipelines.iter().map(|(id, name)| (*id, vec![name.clone()])))
    }

    fn stages(&self) -> Type {
        reference("status", None, self.stages.iter().map(|stage| (stage.id, vec![stage.name.clone(), stage.full_name()])))
    }

    fn teams(&self) -> Type {
        reference("team", Some(Own::Team), self.teams.iter().map(|(id, name)| (*id, vec![name.clone()])))
    }

    fn users(&self) -> Type {
        reference("user", Some(Own::Me), self.users.iter().map(|(id, email, name)| (*id, vec![email.clone(), name.clone()])))
    }

    fn channels(&self) -> Type {
        reference("channel", None, self.channels.iter().map(|(id, address, name)| (*id, vec![address.clone(), name.clone()])))
    }
}

impl CustomProperty {
    fn property(&self) -> Arc<Property> {
        let kind = match &self.kind {
            CustomKind::Text => Type::Text,
            CustomKind::Number => Type::Decimal,
            CustomKind::Time => Type::Time,
            CustomKind::Date => Type::Date,
            CustomKind::Bool => Type::Bool,
            CustomKind::Enum(options) => Type::Enum(Options::plain(options.iter().map(String::as_str))),
        };
        let (name, help) = (self.name.clone().into(), self.label.clone().into());
        Arc::new(Property { key: Key::Custom(self.id), name, kind, optional: true, help })
    }
}

fn names(names: &'static [&'static str]) -> Type {
    Type::Enum(Options::plain(names.iter().copied()))
}

fn reference(noun: &'static str, own: Option<Own>, all: impl Iterator<Item = (Id, Vec<String>)>) -> Type {
    Type::Reference(Arc::new(Choices::new(noun, own, all.collect())))
}
