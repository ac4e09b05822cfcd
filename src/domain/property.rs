//! Custom properties (H9): what an account keeps about tickets beyond what every ticket has.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Id;
use super::decimal::Decimal;
use super::ticket::properties::{PROPERTIES, TicketProperty};
use super::time::Time;
use crate::text_enum;

text_enum! {
    /// What a custom property's values are.
    pub enum PropertyKind {
        Text = "text",
        Number = "number",
        Date = "date",
        Datetime = "datetime",
        Bool = "bool",
        Enumeration = "enumeration",
    }
}

text_enum! {
    /// What custom properties may belong to.
    pub enum PropertyObject { Ticket = "ticket" }
}

/// The longest text, in bytes: it must fit into an index.
pub const LONGEST_TEXT: usize = super::bounds::NAME;

/// Names that commands, filters or HubSpot have for something else, beside those of the registry: no custom property can take them.
const RESERVED: &[&str] = &[
    "age",
    "and",
    "archived",
    "between",
    "changed_at",
    "channel",
    "closed",
    "company_domain",
    "contact_email",
    "contact_phone",
    "contacts",
    "contains",
    "conversation",
    "conversation_count",
    "conversations",
    "created",
    "deals",
    "deleted",
    "deleted_at",
    "deleted_by",
    "false",
    "followers",
    "history",
    "in",
    "inbox",
    "is",
    "last_direction",
    "last_message_direction",
    "made_by_migration",
    "me",
    "merged",
    "messages",
    "my",
    "not",
    "or",
    "pipeline",
    "properties",
    "row",
    "set",
    "sla",
    "starts",
    "state",
    "true",
];

/// Whether every ticket has a property of that name, or the name means something else.
fn is_reserved(name: &str) -> bool {
    let of_tickets = |property: &TicketProperty| {
        let filtered = property.filtered.as_ref();
        property.name == name || filtered.is_some_and(|filtered| filtered.name == name || filtered.hubspot == Some(name))
    };
    PROPERTIES.iter().any(of_tickets)
        || RESERVED.contains(&name)
        || ["hs_", "hubspot_", "sla_"].iter().any(|prefix| name.starts_with(prefix))
}

/// A custom property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CustomProperty {
    pub id: Id,
    pub object: PropertyObject,
    /// As commands, filters and columns name it.
    pub name: String,
    /// As people read it.
    pub label: String,
    pub kind: PropertyKind,
    /// The values of an enumeration, in their order; empty for all other kinds.
    pub options: Vec<String>,
    pub created_at: Time,
}

/// A value as it is stored: texts, options and numbers ([`Decimal::stored`]) as text; times in milliseconds and booleans (0 or 1) as
/// number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PropertyValue {
    Text(String),
    Number(i64),
}

/// The name in the form that names have, or why it is none.
pub fn check_name(typed: &str) -> Result<String, String> {
    let name = typed.trim().to_lowercase();
    let sound = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !sound || name.len() > 100 {
        return Err(format!("\"{typed}\" is no name for a property: it begins with a letter, and has letters a to z, digits and _ only"));
    }
    if is_reserved(&name) {
        return Err(format!("\"{name}\" is the name of a property that every ticket has"));
    }
    Ok(name)
}

impl CustomProperty {
    /// Reads a value as people type it; times without an offset are of `zone`. The error says what would do.
    pub fn parse(&self, typed: &str, zone: &TimeZone) -> Result<PropertyValue, String> {
        let text = typed.trim();
        let number = match self.kind {
            PropertyKind::Text => return self.to_the_letter(text),
            PropertyKind::Enumeration => return self.option(text).map(PropertyValue::Text),
            PropertyKind::Number => match text.parse::<Decimal>() {
                Ok(number) => return Ok(PropertyValue::Text(number.stored())),
                Err(()) => None,
            },
            PropertyKind::Date => date(text, &TimeZone::UTC),
            PropertyKind::Datetime => datetime(text, zone),
            PropertyKind::Bool => boolean(text),
        };
        number.map(PropertyValue::Number).ok_or_else(|| format!("{} is never \"{typed}\": it is {}", self.name, self.kind.describe()))
    }

    /// Reads a value as [`CustomProperty::text`] or a document says it: texts and options are taken to the letter.
    pub fn read(&self, text: &str) -> Result<PropertyValue, String> {
        match self.kind {
            PropertyKind::Text => self.to_the_letter(text),
            PropertyKind::Enumeration if self.options.iter().any(|option| option == text) => self.to_the_letter(text),
            _ => self.parse(text, &TimeZone::UTC),
        }
    }

    fn to_the_letter(&self, text: &str) -> Result<PropertyValue, String> {
        if text.len() > LONGEST_TEXT {
            return Err(format!("{} takes {LONGEST_TEXT} bytes at most", self.name));
        }
        Ok(PropertyValue::Text(text.to_owned()))
    }

    fn option(&self, typed: &str) -> Result<String, String> {
        let wanted = typed.to_lowercase();
        let found = self
            .options
            .iter()
            .find(|option| *option == typed)
            .or_else(|| self.options.iter().find(|option| option.to_lowercase() == wanted));
        found.cloned().ok_or_else(|| format!("{} is never \"{typed}\": it is one of {}", self.name, self.options.join(", ")))
    }

    /// The value as it is answered.
    pub fn json(&self, value: &PropertyValue) -> Value {
        match (self.kind, value) {
            (PropertyKind::Bool, PropertyValue::Number(number)) => (*number != 0).into(),
            (PropertyKind::Date, PropertyValue::Number(ms)) => Time(*ms).zoned(&TimeZone::UTC).date().to_string().into(),
            (PropertyKind::Datetime, PropertyValue::Number(ms)) => Time(*ms).to_string().into(),
            (PropertyKind::Number, PropertyValue::Text(text)) => Decimal::from_stored(text).map_or(Value::Null, Decimal::json),
            (_, PropertyValue::Number(number)) => (*number).into(),
            (_, PropertyValue::Text(text)) => text.as_str().into(),
        }
    }

    /// The value as history keeps it, and as [`CustomProperty::parse`] reads it again.
    pub fn text(&self, value: &PropertyValue) -> String {
        match self.json(value) {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }
}

impl PropertyKind {
    /// What its values look like.
    pub fn describe(self) -> &'static str {
        match self {
            PropertyKind::Text => "a text",
            PropertyKind::Number => "a number such as 12 or -0.5, of at most 15 digits with a fraction",
            PropertyKind::Date => "a date such as 2026-03-28",
            PropertyKind::Datetime => "a time such as 2026-03-28T16:00 or 2026-03-28T16:00:00Z",
            PropertyKind::Bool => "true or false",
            PropertyKind::Enumeration => "one of its options",
        }
    }
}

fn date(text: &str, zone: &TimeZone) -> Option<i64> {
    let day = jiff::civil::Date::strptime("%Y-%m-%d", text).ok()?;
    Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond())
}

fn datetime(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(time) = text.parse::<Time>() {
        return Some(time.0);
    }
    let civil =
        ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].iter().find_map(|form| jiff::civil::DateTime::strptime(form, text).ok());
    match civil {
        Some(civil) => Some(civil.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond()),
        None => date(text, zone),
    }
}

fn boolean(text: &str) -> Option<i64> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Some(1),
        "false" | "no" | "0" => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(kind: PropertyKind) -> CustomProperty {
        let options = vec!["North".into(), "Łódź".into()];
        CustomProperty { id: 1, object: PropertyObject::Ticket, name: "x".into(), label: "X".into(), kind, options, created_at: Time(0) }
    }

    #[test]
    fn h9_every_value_reads_its_own_text_again() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        for (kind, typed, shown) in [
            (PropertyKind::Text, " a b ", "a b"),
            (PropertyKind::Number, "-7", "-7"),
            (PropertyKind::Number, "1.50", "1.5"),
            (PropertyKind::Number, "9007199254740993", "9007199254740993"),
            (PropertyKind::Date, "2026-03-28", "2026-03-28"),
            (PropertyKind::Datetime, "2026-03-28T16:00", "2026-03-28T15:00:00Z"),
            (PropertyKind::Datetime, "2026-03-28", "2026-03-27T23:00:00Z"),
            (PropertyKind::Bool, "Yes", "true"),
            (PropertyKind::Enumeration, "łÓDŹ", "Łódź"),
        ] {
            let property = property(kind);
            let value = property.parse(typed, &zone).unwrap();
            assert_eq!(property.text(&value), shown, "{kind}");
            assert_eq!(property.parse(shown, &zone).unwrap(), value, "{kind}");
        }
        for (kind, typed) in [
            (PropertyKind::Number, "1,5"),
            (PropertyKind::Date, "28.3."),
            (PropertyKind::Bool, "maybe"),
            (PropertyKind::Enumeration, "South"),
        ] {
            assert!(property(kind).parse(typed, &zone).is_err(), "{kind}");
        }
    }

    #[test]
    fn what_filters_name_is_reserved() {
        let schema = crate::domain::filter::TicketNames::default().schema();
        let free: Vec<&str> = schema.names().filter(|name| check_name(name).is_ok()).collect();
        assert!(free.is_empty(), "{free:?}");
    }

    #[test]
    fn names_are_plain_and_no_tickets_own() {
        assert_eq!(check_name(" Region_2 ").unwrap(), "region_2");
        for bad in ["", "2x", "a-b", "ä", "status", "hs_pipeline", "sla_x"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
