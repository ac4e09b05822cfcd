//! `deskctl inboxes`

use clap::Subcommand;

use super::App;
use super::args::named;
use crate::domain::document::InboxKind;
use crate::error::{Exit, Result};
use crate::ops::inboxes;

#[derive(Subcommand)]
pub enum Verb {
    /// List inboxes and the help desk
    #[command(after_help = "Examples:\n  deskctl inboxes list\n  deskctl inboxes list --kind help_desk -o json")]
    List {
        /// Only this kind
        #[arg(long, value_parser = named::<InboxKind>(InboxKind::NAMES))]
        kind: Option<InboxKind>,
    },
    /// Show an inbox with its channels, and whether a migration is at work on it
    #[command(after_help = "Examples:\n  deskctl inboxes show \"Shared inbox\"\n  deskctl inboxes show 2 -o json")]
    Show {
        /// The name or id
        inbox: String,
    },
    /// Add an inbox, or the account's one help desk
    #[command(after_help = "Examples:\n  deskctl inboxes create Sales\n  deskctl inboxes create \"Help desk\" --kind help_desk")]
    Create {
        /// The inbox's name
        name: String,
        /// A conversations inbox, or the help desk
        #[arg(long, default_value = "inbox", value_parser = named::<InboxKind>(InboxKind::NAMES))]
        kind: InboxKind,
    },
    /// Rename an inbox
    #[command(after_help = "Examples:\n  deskctl inboxes update Sales --name \"Sales and partners\"")]
    Update {
        /// The name or id
        inbox: String,
        /// The new name
        #[arg(long)]
        name: String,
    },
    /// Remove an inbox that holds nothing
    #[command(after_help = "Examples:\n  deskctl inboxes delete Sales --yes")]
    Delete {
        /// The name or id
        inbox: String,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { kind } => {
            let rows = app.run(inboxes::List { kind })?;
            app.out.list("inboxes", &rows, &["id", "name", "kind", "channels"])?;
            return Ok(Exit::Done);
        }
        Verb::Show { inbox } => {
            let shown = app.run(inboxes::Show { inbox })?;
            app.out.one(&shown)?;
            return Ok(Exit::Done);
        }
        Verb::Create { name, kind } => app.run(inboxes::Create { name, kind })?,
        Verb::Update { inbox, name } => app.run(inboxes::Update { inbox, name })?,
        Verb::Delete { inbox } => {
            app.confirm(&format!("Removing the inbox {inbox}"))?;
            app.run(inboxes::Delete { inbox })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
