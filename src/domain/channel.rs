//! Channels: connected addresses, their kinds and settings, and which of them can move.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Id, bounds};
use crate::text_enum;

text_enum! {
    /// H1: what a channel connects.
    #[schemars(rename = "ChannelKind")]
    pub enum Kind {
        Email = "email",
        Chat = "chat",
        Form = "form",
        Calling = "calling",
        Whatsapp = "whatsapp",
        FacebookMessenger = "facebook_messenger",
    }
}

impl Kind {
    /// M8: only these can move; the others are disconnected and connected anew.
    pub fn can_move(self) -> bool {
        matches!(self, Kind::Email | Kind::Chat | Kind::Form | Kind::Calling)
    }
}

text_enum! {
    /// Stored are only connected and disconnected; migrating follows from the active migration.
    #[schemars(rename = "ChannelState")]
    pub enum State { Connected = "connected", Migrating = "migrating", Disconnected = "disconnected" }
}

text_enum! {
    /// H8: who gets a channel's new tickets.
    pub enum RoutingMode { NoOne = "no_one", Users = "users", Teams = "teams", Skill = "skill" }
}

/// H8: where new tickets of the channel go. Kept and moved as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Routing")]
pub struct Routing<R = Id> {
    pub mode: RoutingMode,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<R>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<R>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// Only to agents that are available.
    #[serde(default)]
    pub only_available: bool,
}

impl<R> Default for Routing<R> {
    fn default() -> Self {
        Routing { mode: RoutingMode::NoOne, users: Vec::new(), teams: Vec::new(), skill: None, only_available: false }
    }
}

/// A1: whether a new conversation gets a ticket, and in which stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "TicketCreation")]
pub struct TicketCreation<R = Id> {
    pub enabled: bool,
    /// The stage of new tickets; without one the first open stage of the default pipeline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<R>,
}

impl<R> Default for TicketCreation<R> {
    fn default() -> Self {
        TicketCreation { enabled: false, stage: None }
    }
}

/// A chatflow's bot: its name and the actions it performs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Bot {
    pub name: String,
    pub actions: Vec<String>,
}

/// M10: what is kept as it is when a channel moves. `R` is how users, teams and stages are referred to:
/// by row id in the store, by the document's own ids in an account document.
// Fields that this version does not know are passed over, here and in what is inside: a newer server may answer with more.
// In a document they are refused (`document::strict`), as its schema says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "ChannelSettings")]
pub struct Settings<R = Id> {
    /// Appended to outgoing messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub signature: Option<String>,
    #[serde(default)]
    pub routing: Routing<R>,
    /// Free-form automation settings, kept as data.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub automation: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    pub ticket_creation: TicketCreation<R>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<Bot>,
    /// H7: calls are written down.
    #[serde(default)]
    pub transcription: bool,
}

impl<R> Default for Settings<R> {
    fn default() -> Self {
        Settings {
            signature: None,
            routing: Routing::default(),
            automation: serde_json::Map::new(),
            ticket_creation: TicketCreation::default(),
            bot: None,
            transcription: false,
        }
    }
}

impl<R> Settings<R> {
    /// Under which name the channel's bot writes: its own, or the channel's where none is configured.
    pub fn bot_name<'s>(&'s self, channel_name: &'s str) -> &'s str {
        self.bot.as_ref().map_or(channel_name, |bot| &bot.name)
    }

    /// The same settings with every reference replaced.
    pub fn map_refs<T, E>(
        self,
        mut user: impl FnMut(R) -> Result<T, E>,
        mut team: impl FnMut(R) -> Result<T, E>,
        stage: impl FnOnce(R) -> Result<T, E>,
    ) -> Result<Settings<T>, E> {
        Ok(Settings {
            signature: self.signature,
            routing: Routing {
                mode: self.routing.mode,
                users: self.routing.users.into_iter().map(&mut user).collect::<Result<_, E>>()?,
                teams: self.routing.teams.into_iter().map(&mut team).collect::<Result<_, E>>()?,
                skill: self.routing.skill,
                only_available: self.routing.only_available,
            },
            automation: self.automation,
            ticket_creation: TicketCreation {
                enabled: self.ticket_creation.enabled,
                stage: self.ticket_creation.stage.map(stage).transpose()?,
            },
            bot: self.bot,
            transcription: self.transcription,
        })
    }
}

/// A connected address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    pub id: Id,
    pub name: String,
    pub kind: Kind,
    pub address: String,
    pub inbox_id: Id,
    /// The inbox's name.
    pub inbox: String,
    pub state: State,
    pub in_help_desk: bool,
    pub settings: Settings,
    /// The migration that moved it.
    pub moved_by: Option<Id>,
}

impl Channel {
    /// Whether its bot is the author of a message that goes out by it. Decided when the message is written.
    pub fn is_bot(&self, author: &str) -> bool {
        self.settings.bot_name(&self.name) == author
    }
}
