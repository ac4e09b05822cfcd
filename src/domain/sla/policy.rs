//! A policy: which targets hold for which tickets (S1, S2), and when clocks stand still.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, parse_duration_ms};
use crate::text_enum;

text_enum! {
    /// S1: what has a target.
    #[schemars(rename = "SlaKind")]
    pub enum Kind { FirstResponse = "first_response", NextResponse = "next_response", Close = "close" }
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::FirstResponse, Kind::NextResponse, Kind::Close];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Kind::FirstResponse => "time to first response",
            Kind::NextResponse => "time to next response",
            Kind::Close => "time to close",
        }
    }
}

text_enum! {
    /// Which tickets a changed policy holds for.
    #[derive(Default)]
    pub enum ApplyTo {
        #[default]
        New = "new",
        /// Those that are open, too.
        Open = "open",
    }
}

text_enum! {
    /// S2: the property whose value chooses the targets.
    pub enum Property { Priority = "priority", Team = "team", Source = "source", Pipeline = "pipeline", Category = "category" }
}

text_enum! {
    /// What a reopened ticket's time to close does.
    #[derive(Default)]
    pub enum Reopen {
        /// It goes on from where it stood; the time while it was closed does not count.
        #[default]
        Continue = "continue",
        /// The first closing decides for good.
        First = "first",
    }
}

text_enum! {
    /// What a ticket takes over from one that is merged into it.
    #[derive(Default)]
    pub enum Merge {
        #[default]
        Nothing = "nothing",
        /// The other's oldest unanswered customer message.
        Unanswered = "unanswered",
    }
}

/// A length of time, written `90s`, `30m`, `4h`, `2d`; a day is always 24 hours of the target's own time (S4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY_MS, "d"), (HOUR_MS, "h"), (MINUTE_MS, "m"), (SECOND_MS, "s")];
        let (size, unit) = units.into_iter().find(|(size, _)| self.0 % size == 0 && self.0 != 0).unwrap_or((SECOND_MS, "s"));
        write!(f, "{}{unit}", self.0 / size)
    }
}

impl FromStr for Length {
    type Err = String;
    fn from_str(text: &str) -> Result<Length, String> {
        parse_duration_ms(text.trim()).map(Length)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Length, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Length {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Length".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]+[smhdw]$", "description": "such as 90s, 30m, 4h, 2d" })
    }
}

/// One target: how long it may take, and how long before that it is due soon (S4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub within: Length,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_soon: Option<Length>,
}

/// The three targets, each optional (S1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response: Option<Target>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response: Option<Target>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close: Option<Target>,
}

impl Targets {
    pub fn get(&self, kind: Kind) -> Option<Target> {
        match kind {
            Kind::FirstResponse => self.first_response,
            Kind::NextResponse => self.next_response,
            Kind::Close => self.close,
        }
    }
    /// To set one.
    pub fn slot(&mut self, kind: Kind) -> &mut Option<Target> {
        match kind {
            Kind::FirstResponse => &mut self.first_response,
            Kind::NextResponse => &mut self.next_response,
            Kind::Close => &mut self.close,
        }
    }
    pub fn is_empty(&self) -> bool {
        Kind::ALL.iter().all(|kind| self.get(*kind).is_none())
    }
}

/// What holds for tickets with certain values of the policy's property.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Empty: every ticket that no rule before it takes, also one without a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Switched off: these tickets have no SLA, and no later rule takes them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    #[serde(default)]
    pub targets: Targets,
    /// The name of the working hours that count, or `24/7`; by default the policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// While a ticket stands in one of these stages, clocks stand still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    pub pipeline: String,
    pub stage: String,
    /// Which clocks; by default all three.
    #[serde(default = "all_kinds")]
    pub targets: Vec<Kind>,
}

fn all_kinds() -> Vec<Kind> {
    Kind::ALL.to_vec()
}

/// The account's policy. Rules are tried in order, and the first that matches decides; where none does, there is no SLA.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Without it, rules can only hold for all tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Property>,
    pub rules: Vec<Rule>,
    /// The name of the working hours that count; by default `24/7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// Whether a bot's answer is a response.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot_replies_count: bool,
    #[serde(default)]
    pub reopen: Reopen,
    #[serde(default)]
    pub merge: Merge,
}

impl Policy {
    /// The rule for a ticket whose property has that value: first match, without regard to case.
    pub fn rule_for(&self, value: Option<&str>) -> Option<usize> {
        let takes = |rule: &Rule| {
            let named = || value.is_some_and(|value| rule.values.iter().any(|one| same(one, value)));
            rule.values.is_empty() || (self.by.is_some() && named())
        };
        self.rules.iter().position(takes)
    }

    /// Whether any of its targets counts in these working hours.
    pub fn uses_hours(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| !rule.off && self.hours_of(rule) == Some(name))
    }

    /// The working hours of a rule by name; `None` is 24/7.
    pub fn hours_of<'a>(&'a self, rule: &'a Rule) -> Option<&'a str> {
        rule.hours.as_deref().or(self.hours.as_deref()).filter(|name| *name != super::calc::ALWAYS)
    }
}

/// Names are the same in any case.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}
