//! `deskctl channels`

use clap::{ArgAction, Args, Subcommand};
use serde_json::{Map, Value};

use super::App;
use super::args::named;
use crate::domain::channel::{Kind, RoutingMode};
use crate::error::{Exit, Result};
use crate::ops::channels;

#[derive(Subcommand)]
pub enum Verb {
    /// List channels with what lies on them, and why one cannot move
    #[command(
        after_help = "Examples:\n  deskctl channels list\n  deskctl channels list --kind email --movable\n  deskctl channels list -o json"
    )]
    List {
        /// Only this inbox (name or id)
        #[arg(long)]
        inbox: Option<String>,
        /// Only this kind
        #[arg(long, value_parser = named::<Kind>(Kind::NAMES))]
        kind: Option<Kind>,
        /// Only channels that can move to the help desk
        #[arg(long)]
        movable: bool,
    },
    /// Show a channel with its settings
    #[command(after_help = "Examples:\n  deskctl channels show support@acme.example\n  deskctl channels show 3 -o json")]
    Show {
        /// Its id or address
        channel: String,
    },
    /// Connect an address to an inbox or to the help desk
    ///
    /// An address that was disconnected is connected again: in its own inbox the channel goes on with its
    /// conversations; elsewhere a new channel begins, and the old one keeps what lies on it.
    #[command(
        after_help = "Examples:\n  deskctl channels connect --name Support --kind email --address support@acme.example --inbox \"Shared inbox\"\n  deskctl channels connect --name WhatsApp --kind whatsapp --address +48221234567 --inbox \"Help desk\"\n  deskctl channels connect --name Chat --kind chat --address website-chat --inbox Sales --bot-name Greeter --bot-action send_message,hand_over\n  deskctl channels connect --name Billing --kind email --address billing@acme.example --inbox Sales \\\n      --ticket-creation on --ticket-stage Support/New --route-team Billing"
    )]
    Connect {
        /// What people call it
        #[arg(long)]
        name: String,
        /// What it connects
        #[arg(long, value_parser = named::<Kind>(Kind::NAMES))]
        kind: Kind,
        /// The email address, number, page, chatflow or form; unique in the account
        #[arg(long)]
        address: String,
        /// The inbox or help desk (name or id)
        #[arg(long)]
        inbox: String,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Change a channel's name, address, inbox or settings
    ///
    /// Into the help desk leads a migration only (deskctl migrations plan), and nothing leads back.
    #[command(
        after_help = "Examples:\n  deskctl channels update support@acme.example --signature \"Your Acme team\"\n  deskctl channels update 3 --ticket-creation off --routing no_one\n  deskctl channels update calls --route-user anna@acme.example --route-user jan@acme.example --transcription on"
    )]
    Update {
        /// Its id or address
        channel: String,
        /// What people call it
        #[arg(long)]
        name: Option<String>,
        /// The new address
        #[arg(long)]
        address: Option<String>,
        /// Another conversations inbox; conversations stay where they lie
        #[arg(long)]
        inbox: Option<String>,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Disconnect a channel: nothing arrives any more, what lies on it stays
    #[command(after_help = "Examples:\n  deskctl channels disconnect +48221234567 --yes")]
    Disconnect {
        /// Its id or address
        channel: String,
    },
}

/// What can be set on a channel.
#[derive(Args)]
pub struct SettingsArgs {
    /// Appended to outgoing messages; an empty text takes it away
    #[arg(long, value_name = "TEXT")]
    signature: Option<String>,
    /// Whether a new conversation gets a ticket
    #[arg(long, value_name = "on|off", action = ArgAction::Set, value_parser = on_off)]
    ticket_creation: Option<bool>,
    /// The stage of new tickets (name, id or Pipeline/Stage); an empty text means the first open one
    #[arg(long, value_name = "STAGE")]
    ticket_stage: Option<String>,
    /// Who gets new tickets
    #[arg(long, value_parser = named::<RoutingMode>(RoutingMode::NAMES))]
    routing: Option<RoutingMode>,
    /// A user who gets new tickets; give all of them
    #[arg(long = "route-user", value_name = "EMAIL")]
    route_users: Option<Vec<String>>,
    /// A team that gets new tickets; give all of them
    #[arg(long = "route-team", value_name = "NAME")]
    route_teams: Option<Vec<String>>,
    /// The skill that agents need for new tickets
    #[arg(long, value_name = "SKILL")]
    route_skill: Option<String>,
    /// Whether new tickets go only to agents who are available
    #[arg(long, value_name = "true|false", action = ArgAction::Set)]
    only_available: Option<bool>,
    /// The bot of a chatflow; an empty text takes it away
    #[arg(long, value_name = "NAME")]
    bot_name: Option<String>,
    /// The bot's actions, repeated or separated by commas; give all of them
    #[arg(long = "bot-action", value_name = "ACTION", value_delimiter = ',')]
    bot_actions: Option<Vec<String>>,
    /// Whether calls are written down
    #[arg(long, value_name = "on|off", action = ArgAction::Set, value_parser = on_off)]
    transcription: Option<bool>,
    /// Automation settings as a JSON object, kept as they are
    #[arg(long, value_name = "JSON", value_parser = json_object)]
    automation: Option<Map<String, Value>>,
}

fn on_off(text: &str) -> Result<bool, String> {
    match text {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err("write on or off".into()),
    }
}

fn json_object(text: &str) -> Result<Map<String, Value>, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no JSON object: {error}"))
}

impl From<SettingsArgs> for channels::SettingsChange {
    fn from(args: SettingsArgs) -> channels::SettingsChange {
        channels::SettingsChange {
            signature: args.signature,
            ticket_creation: args.ticket_creation,
            ticket_stage: args.ticket_stage,
            routing: args.routing,
            route_users: args.route_users,
            route_teams: args.route_teams,
            skill: args.route_skill,
            only_available: args.only_available,
            bot_name: args.bot_name,
            bot_actions: args.bot_actions,
            transcription: args.transcription,
            automation: args.automation,
        }
    }
}

const COLUMNS: &[&str] = &["id", "kind", "address", "inbox", "state", "open", "closed", "movable", "not_movable_reason"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { inbox, kind, movable } => {
            let rows = app.run(channels::List { inbox, kind, movable })?;
            app.out.list("channels", &rows, COLUMNS)?;
            return Ok(Exit::Done);
        }
        Verb::Show { channel } => app.run(channels::Show { channel })?,
        Verb::Connect { name, kind, address, inbox, settings } => {
            app.run(channels::Connect { name, kind, address, inbox, settings: settings.into() })?
        }
        Verb::Update { channel, name, address, inbox, settings } => {
            app.run(channels::Update { channel, name, address, inbox, settings: settings.into() })?
        }
        Verb::Disconnect { channel } => {
            app.confirm_with(&format!("Disconnecting {channel}"), "deskctl channels connect brings it back")?;
            app.run(channels::Disconnect { channel })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
