//! The registry: every property that a ticket has in a column of its own, once.
//!
//! Filters and their SQL, facts in memory, history, SLA rules, `--set`, account documents, reserved names, HubSpot's names and the
//! comparison after a move follow from these lines. A plain property is one line here, one field of [`Ticket`], one column of the
//! store's record, and a step of the schema.

use super::{Priority, Source, Ticket, external_ref};
use crate::domain::Id;
use crate::domain::filter::{Fact, Key};
use crate::domain::sla::policy::Property as ChosenBy;
use crate::domain::time::Time;

/// A property of tickets.
pub struct TicketProperty {
    /// As the history, documents and `--set` name it.
    pub name: &'static str,
    /// Its column of `tickets`.
    pub column: &'static str,
    /// Its value now.
    pub get: fn(&Ticket) -> Fact<'_>,
    /// Gives a ticket the value that a text says, in the words of the history; nothing takes it away. Fails with the reason.
    pub set: fn(&mut Ticket, Option<&str>) -> Result<(), String>,
    /// As filters name it.
    pub filtered: Option<Filtered>,
    /// SLA rules can be chosen by it (S2).
    pub sla: Option<ChosenBy>,
    /// Whether a change of it is noted in the history.
    pub noted: bool,
    /// Whether a move leaves it as it was, or sets it to a value that is known before.
    pub kept: bool,
    /// What else has it, where it is plain: nothing in deskctl is built on it.
    pub plain: Option<Plain>,
}

/// How filters name a property.
pub struct Filtered {
    pub key: Key,
    pub name: &'static str,
    pub hubspot: Option<&'static str>,
    /// The type of its values, where it is no reference into the account.
    pub kind: Kind,
    /// Whether a ticket may have none.
    pub optional: bool,
    pub help: &'static str,
}

/// The type of a property's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Time,
    Bool,
    Priority,
    Source,
    /// Of the account, by id.
    Stage,
    User,
    Team,
}

/// A property that only keeps what it is given: it is set with `--set`, shown among a ticket's own properties, and stands in
/// documents there.
pub struct Plain {
    /// No two tickets have the same value, deleted and merged ones included; the column is there for both.
    pub unique: bool,
    /// What its values are, for whoever gave another one.
    pub example: &'static str,
}

/// The properties, in the order in which the history notes them.
pub const PROPERTIES: &[TicketProperty] = &[
    TicketProperty {
        sla: None,
        filtered: filtered(Key::Stage, "status", Some("hs_pipeline_stage"), Kind::Stage, false, STAGE_HELP),
        ..property("stage", "stage_id", |t| Fact::Id(t.stage_id), |t, text| required(&mut t.stage_id, text))
    },
    TicketProperty {
        filtered: filtered(
            Key::ClosedAt,
            "closed_at",
            Some("closed_date"),
            Kind::Time,
            true,
            "when it was closed; not set while it is open",
        ),
        ..property("closed_at", "closed_at", |t| t.closed_at.into(), |t, text| optional(&mut t.closed_at, text))
    },
    TicketProperty {
        filtered: filtered(Key::Spam, "spam", None, Kind::Bool, false, "whether it is spam; naming it shows spam too"),
        ..property("spam", "spam", |t| Fact::Bool(t.spam), |t, text| flag(&mut t.spam, text))
    },
    TicketProperty {
        filtered: filtered(
            Key::Owner,
            "owner",
            Some("hubspot_owner_id"),
            Kind::User,
            true,
            "the owner's address or name; `me` is whoever asks",
        ),
        ..property("owner", "owner_id", |t| t.owner_id.into(), |t, text| optional(&mut t.owner_id, text))
    },
    TicketProperty {
        sla: Some(ChosenBy::Team),
        filtered: filtered(
            Key::Team,
            "team",
            Some("hubspot_team_id"),
            Kind::Team,
            true,
            "its team; `my team` is the main team of whoever asks",
        ),
        ..property("team", "team_id", |t| t.team_id.into(), |t, text| optional(&mut t.team_id, text))
    },
    TicketProperty {
        sla: Some(ChosenBy::Priority),
        filtered: filtered(Key::Priority, "priority", Some("hs_ticket_priority"), Kind::Priority, true, "LOW, MEDIUM, HIGH or URGENT"),
        ..property("priority", "priority", |t| t.priority.map(Priority::as_str).into(), |t, text| optional(&mut t.priority, text))
    },
    TicketProperty {
        sla: Some(ChosenBy::Category),
        filtered: filtered(Key::Category, "category", Some("hs_ticket_category"), Kind::Text, true, "its category"),
        ..property("category", "category", |t| t.category.as_deref().into(), |t, value| text(&mut t.category, value))
    },
    TicketProperty {
        filtered: filtered(Key::Name, "name", Some("subject"), Kind::Text, false, "what it is called"),
        ..property("name", "name", |t| Fact::Text(&t.name), |t, text| required(&mut t.name, text))
    },
    TicketProperty {
        filtered: filtered(Key::Description, "description", Some("content"), Kind::Text, true, "its description"),
        ..property("description", "description", |t| t.description.as_deref().into(), |t, value| text(&mut t.description, value))
    },
    property("contact", "contact_id", |t| t.contact_id.into(), |t, text| optional(&mut t.contact_id, text)),
    property("company", "company_id", |t| t.company_id.into(), |t, text| optional(&mut t.company_id, text)),
    TicketProperty {
        filtered: filtered(Key::InHelpDesk, "in_help_desk", Some("hs_in_helpdesk"), Kind::Bool, false, "whether it lies in the help desk"),
        kept: false,
        ..property("in_help_desk", "in_help_desk", |t| Fact::Bool(t.in_help_desk), |t, text| flag(&mut t.in_help_desk, text))
    },
    property("made_for", "made_for", |t| t.made_for.into(), |t, text| optional(&mut t.made_for, text)),
    TicketProperty {
        filtered: filtered(
            Key::Plain("external_ref"),
            "external_ref",
            None,
            Kind::Text,
            true,
            "what another system calls it, such as zendesk:4711",
        ),
        plain: Some(Plain { unique: true, example: "the other system and its id there, such as zendesk:4711" }),
        ..property("external_ref", "external_ref", |t| t.external_ref.as_deref().into(), external_ref)
    },
    // What never changes, or changes with every message.
    TicketProperty {
        filtered: filtered(Key::Id, "id", Some("hs_object_id"), Kind::Number, false, "its number"),
        noted: false,
        kept: false,
        ..property("id", "id", |t| Fact::Number(t.id), |t, text| required(&mut t.id, text))
    },
    TicketProperty { noted: false, kept: false, ..property("open", "open", |t| Fact::Bool(t.open), |t, text| flag(&mut t.open, text)) },
    TicketProperty {
        sla: Some(ChosenBy::Source),
        filtered: filtered(Key::Source, "source", Some("source_type"), Kind::Source, true, "where it comes from"),
        noted: false,
        ..property("source", "source", |t| t.source.map(Source::as_str).into(), |t, text| optional(&mut t.source, text))
    },
    TicketProperty {
        filtered: filtered(Key::CreatedAt, "created_at", Some("createdate"), Kind::Time, false, "when it was created"),
        noted: false,
        ..property("created_at", "created_at", |t| Fact::Time(t.created_at), |t, text| required(&mut t.created_at, text))
    },
    TicketProperty {
        filtered: filtered(Key::LastActivityAt, "last_activity_at", Some("hs_lastactivitydate"), Kind::Time, false, ACTIVITY_HELP),
        noted: false,
        kept: false,
        ..property(
            "last_activity_at",
            "last_activity_at",
            |t| Fact::Time(t.last_activity_at),
            |t, text| required(&mut t.last_activity_at, text),
        )
    },
    TicketProperty {
        noted: false,
        ..property("made_by_run", "made_by_run", |t| t.made_by_run.into(), |t, text| optional(&mut t.made_by_run, text))
    },
];

const STAGE_HELP: &str = "the stage of its pipeline; as Pipeline/Stage where the name is not enough";
const ACTIVITY_HELP: &str = "when something last happened on it";

const fn property(
    name: &'static str,
    column: &'static str,
    get: fn(&Ticket) -> Fact<'_>,
    set: fn(&mut Ticket, Option<&str>) -> Result<(), String>,
) -> TicketProperty {
    TicketProperty { name, column, get, set, filtered: None, sla: None, noted: true, kept: true, plain: None }
}

const fn filtered(
    key: Key,
    name: &'static str,
    hubspot: Option<&'static str>,
    kind: Kind,
    optional: bool,
    help: &'static str,
) -> Option<Filtered> {
    Some(Filtered { key, name, hubspot, kind, optional, help })
}

/// The property of that name.
pub fn find(name: &str) -> Option<&'static TicketProperty> {
    PROPERTIES.iter().find(|property| property.name == name)
}

/// The property that filters mean by that key, where it is a column.
pub fn of_key(key: Key) -> Option<&'static TicketProperty> {
    PROPERTIES.iter().find(|property| property.filtered.as_ref().is_some_and(|filtered| filtered.key == key))
}

/// Properties that only keep what they are given.
pub fn plain() -> impl Iterator<Item = (&'static TicketProperty, &'static Plain)> {
    PROPERTIES.iter().filter_map(|property| Some((property, property.plain.as_ref()?)))
}

/// The value in the words of the history: ids and numbers in digits, times by RFC 3339, 0 and 1.
pub fn words(fact: Fact<'_>) -> Option<String> {
    match fact {
        Fact::Missing => None,
        Fact::Text(text) => Some(text.to_owned()),
        Fact::Number(number) | Fact::Id(number) => Some(number.to_string()),
        Fact::Decimal(number) => Some(number.to_string()),
        Fact::Time(time) => Some(time.to_string()),
        Fact::Bool(flag) => Some(i64::from(flag).to_string()),
    }
}

/// A value that can be read from the words of the history.
trait Words: Sized {
    fn read(text: &str) -> Option<Self>;
}

impl Words for Id {
    fn read(text: &str) -> Option<Id> {
        text.parse().ok()
    }
}

impl Words for Time {
    fn read(text: &str) -> Option<Time> {
        text.parse().ok()
    }
}

impl Words for String {
    fn read(text: &str) -> Option<String> {
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

impl Words for Priority {
    fn read(text: &str) -> Option<Priority> {
        Priority::parse(text)
    }
}

impl Words for Source {
    fn read(text: &str) -> Option<Source> {
        Source::parse(text)
    }
}

fn required<T: Words>(field: &mut T, text: Option<&str>) -> Result<(), String> {
    let text = text.ok_or("it cannot be taken away")?;
    *field = T::read(text).ok_or_else(|| format!("\"{text}\" is no value of it"))?;
    Ok(())
}

fn optional<T: Words>(field: &mut Option<T>, text: Option<&str>) -> Result<(), String> {
    let read = |text: &str| T::read(text).ok_or_else(|| format!("\"{text}\" is no value of it"));
    *field = text.map(read).transpose()?;
    Ok(())
}

fn text(field: &mut Option<String>, text: Option<&str>) -> Result<(), String> {
    *field = text.map(str::to_owned);
    Ok(())
}

fn flag(field: &mut bool, text: Option<&str>) -> Result<(), String> {
    *field = match text {
        Some("1") => true,
        Some("0") => false,
        other => return Err(format!("\"{}\" is neither 0 nor 1", other.unwrap_or_default())),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::tests::full;

    #[test]
    fn what_a_property_says_it_reads_again() {
        for property in PROPERTIES {
            let (ticket, mut other) = (full(), Ticket::default());
            let said = words((property.get)(&ticket));
            assert!(said.is_some(), "{}: the sample has no value", property.name);
            (property.set)(&mut other, said.as_deref()).unwrap();
            assert_eq!((property.get)(&other), (property.get)(&ticket), "{}", property.name);
        }
    }

    #[test]
    fn names_columns_and_keys_are_of_one_property_each() {
        for (number, one) in PROPERTIES.iter().enumerate() {
            for other in &PROPERTIES[number + 1..] {
                let keys = |property: &TicketProperty| property.filtered.as_ref().map(|filtered| (filtered.key, filtered.name));
                assert!(one.name != other.name && one.column != other.column, "{} and {}", one.name, other.name);
                assert!(keys(one).is_none() || keys(one) != keys(other), "{} and {}", one.name, other.name);
            }
        }
    }
}
