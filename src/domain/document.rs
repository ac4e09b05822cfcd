//! The account document: a whole account as one JSON object (`seed --file`, `export account`).
//!
//! References are by the document's own ids, which are any text. Sections may be absent; in a file they may come
//! in any order (a file in the order below is read in one pass).

mod tickets;

pub use tickets::{Deal, Property, Ticket};

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::bot::BotCondition;
use super::bounds;
use super::channel::{Kind, Settings};
use super::conversation::{Body, Direction, Status};
use super::pipeline::StageState;
use super::sla::policy::ApplyTo;
use super::sla::{Hours, Policy};
use super::time::Time;
use super::user::{Availability, Grant, Role, Seat, TicketAccess};
use crate::text_enum;

/// The version of the format that this program writes and reads.
pub const VERSION: i64 = 1;

/// An id of the document's own.
pub type Ref = String;

/// The sections in the order in which they depend on each other.
pub const SECTIONS: &[&str] = &[
    "deskctl_account",
    "account",
    "teams",
    "users",
    "pipelines",
    "inboxes",
    "bot_conditions",
    "channels",
    "sla",
    "properties",
    "companies",
    "contacts",
    "deals",
    "tickets",
    "conversations",
];

/// The whole document, as its JSON Schema describes it; reading and writing stream it section by section.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The format's version: 1.
    pub deskctl_account: i64,
    #[serde(default)]
    pub account: Account,
    #[serde(default)]
    pub teams: Vec<Team>,
    #[serde(default)]
    pub users: Vec<User>,
    #[serde(default)]
    pub pipelines: Vec<Pipeline>,
    #[serde(default)]
    pub inboxes: Vec<Inbox>,
    /// Replaces the default conditions when present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_conditions: Option<Vec<BotConditionDoc>>,
    #[serde(default)]
    pub channels: Vec<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla: Option<Sla>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
    #[serde(default)]
    pub companies: Vec<Company>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deals: Vec<Deal>,
    #[serde(default)]
    pub tickets: Vec<Ticket>,
    #[serde(default)]
    pub conversations: Vec<Conversation>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    #[serde(default = "default_account_name")]
    pub name: String,
    /// An IANA zone; tables and filters use it.
    #[serde(default = "default_zone")]
    pub time_zone: String,
    /// Subscription limits by name, such as `custom_views`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub limits: Map<String, Value>,
    /// Where phone numbers without a country's code are at home: two letters (ISO 3166). By default that of the first phone line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The document's own clock, where it is ahead of the store's: nothing in it has happened later (E1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Time>,
}

fn default_account_name() -> String {
    "My account".into()
}
fn default_zone() -> String {
    "UTC".into()
}
fn yes() -> bool {
    true
}

impl Default for Account {
    fn default() -> Account {
        Account { name: default_account_name(), time_zone: default_zone(), limits: Map::new(), country: None, as_of: None }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    pub id: Ref,
    pub name: String,
    /// Working hours for members without their own: a name of `sla.hours`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub id: Ref,
    pub email: String,
    pub name: String,
    #[serde(default = "member")]
    pub role: Role,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<Grant>,
    #[serde(default = "no_seat")]
    pub seat: Seat,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(default = "all_tickets")]
    pub ticket_access: TicketAccess,
    #[serde(default = "yes")]
    pub unassigned_visible: bool,
    /// The main team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Ref>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_teams: Vec<Ref>,
    /// Working hours of their own: a name of `sla.hours`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    #[serde(default, skip_serializing_if = "Availability::is_available")]
    pub availability: Availability,
}

fn member() -> Role {
    Role::Member
}
fn no_seat() -> Seat {
    Seat::None
}
fn all_tickets() -> TicketAccess {
    TicketAccess::All
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    pub id: Ref,
    pub name: String,
    pub stages: Vec<Stage>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: Ref,
    pub name: String,
    pub state: StageState,
}

text_enum! {
    /// A conversations inbox, or the account's one help desk.
    pub enum InboxKind { Inbox = "inbox", HelpDesk = "help_desk" }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    pub id: Ref,
    pub name: String,
    pub kind: InboxKind,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BotConditionDoc {
    pub action: String,
    pub allowed: bool,
    #[serde(default)]
    pub why: String,
}

impl From<BotConditionDoc> for BotCondition {
    fn from(doc: BotConditionDoc) -> BotCondition {
        BotCondition { action: doc.action, allowed: doc.allowed, why: doc.why }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub id: Ref,
    pub name: String,
    pub kind: Kind,
    /// Unique in the account: an email address, a phone number, a page, a chatflow's or form's name.
    pub address: String,
    pub inbox: Ref,
    #[serde(default = "yes")]
    pub connected: bool,
    #[serde(default, deserialize_with = "strict")]
    pub settings: Settings<Ref>,
}

/// A document with a setting that nobody knows is refused; in answers of later servers there may be some.
fn strict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Settings<Ref>, D::Error> {
    let mut unknown = None;
    let settings = serde_ignored::deserialize(deserializer, |path| {
        // "bot.?.nam": the question mark says that there may be no bot.
        unknown.get_or_insert_with(|| path.to_string().replace("?.", ""));
    })?;
    match unknown {
        None => Ok(settings),
        Some(path) => Err(D::Error::custom(format!("unknown field `settings.{path}`"))),
    }
}

/// Service level agreements. Teams, pipelines, stages and working hours stand in the policy by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sla {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<NamedHours>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    #[serde(default)]
    pub apply_to: ApplyTo,
    /// From when the policy holds; by default from the loading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Time>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedHours {
    pub name: String,
    pub hours: Hours,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Company {
    pub id: Ref,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub id: Ref,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Ref>,
    /// What is neither an address nor a number, and how a chat calls its visitor. What stands in the fields above and is none is
    /// kept here too (E4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_address: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub id: Ref,
    /// Its channels with the time from which it was there; the newest by time counts (M21).
    pub channels: Vec<ChannelSince>,
    /// Where it lies; by default its newest channel's inbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Ref>,
    pub status: Status,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spam: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Ref>,
    /// The key by which later messages find it, unique on its newest channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// By default the first channel's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ref>,
    #[serde(default)]
    pub messages: Vec<Message>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelSince {
    pub channel: Ref,
    pub since: Time,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    pub direction: Direction,
    pub author: String,
    pub at: Time,
    /// Whether a chatflow's bot wrote it, of outgoing messages only. By default the author tells: the bot of the message's channel
    /// writes under its own name, or the channel's where none is configured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<bool>,
    /// The channel it came or went by; by default the one the conversation was on at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Ref>,
    #[serde(flatten)]
    pub body: Body,
    /// The users whom a comment names (H12).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Ref>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub name: String,
    pub content_type: String,
    /// The content, base64 with padding.
    #[schemars(length(max = bounds::CONTENT))]
    pub content_base64: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_of_a_message_is_refused_although_its_body_is_flattened() {
        let message = |more: &str| {
            let text = format!(r#"{{"direction":"incoming","author":"a","at":"2026-01-01T00:00:00Z","text":"t","cc":["b"]{more}}}"#);
            serde_json::from_str::<Message>(&text).map_err(|error| error.to_string())
        };
        assert_eq!(message("").expect("as it should be").body.cc, ["b"]);
        assert!(message(r#","attachment":[]"#).expect_err("misspelt").contains("attachment"));
        let validator = jsonschema::validator_for(schemars::schema_for!(Message).as_value()).expect("a schema");
        let json = |more: &str| {
            serde_json::from_str(&format!(r#"{{"direction":"incoming","author":"a","at":"2026-01-01T00:00:00Z","text":"t"{more}}}"#))
                .expect("JSON")
        };
        assert!(validator.is_valid(&json("")));
        assert!(!validator.is_valid(&json(r#","attachment":[]"#)));
    }
}
