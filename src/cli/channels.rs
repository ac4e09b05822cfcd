//! `deskctl channels`

use clap::Subcommand;

use super::App;
use super::args::named;
use crate::domain::channel::Kind;
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
}

const COLUMNS: &[&str] = &["id", "kind", "address", "inbox", "state", "open", "closed", "without_ticket", "movable", "not_movable_reason"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List { inbox, kind, movable } => {
            let rows = app.run(channels::List { inbox, kind, movable })?;
            app.out.list("channels", &rows, COLUMNS)?;
        }
        Verb::Show { channel } => {
            let shown = app.run(channels::Show { channel })?;
            app.out.one(&shown)?;
        }
    }
    Ok(Exit::Done)
}
