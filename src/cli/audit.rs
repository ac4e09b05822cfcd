//! `deskctl audit`

use clap::Subcommand;

use super::App;
use super::page::{self, PageArgs};
use crate::error::{Exit, Result};
use crate::ops::audit;

#[derive(Subcommand)]
pub enum Verb {
    /// List every write, the newest first: who, when, what, and what came of it
    #[command(
        after_help = "Examples:\n  deskctl audit list\n  deskctl audit list --operation users. --actor boss@acme.example\n  deskctl audit list --all -o ndjson"
    )]
    List {
        /// Only operations whose name begins so, such as users. or channels.connect
        #[arg(long, value_name = "PREFIX")]
        operation: Option<String>,
        /// Only what this user did
        #[arg(long, value_name = "EMAIL")]
        actor: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let Verb::List { operation, actor, page } = verb;
    page::print(app, &page, "entries", &["id", "created_at", "actor", "operation", "outcome", "arguments"], |app, page| {
        app.run(audit::List { operation: operation.clone(), actor: actor.clone(), page })
    })?;
    Ok(Exit::Done)
}
