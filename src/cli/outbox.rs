//! `deskctl outbox`

use clap::Subcommand;

use super::App;
use super::args::named;
use super::page::{self, PageArgs};
use crate::domain::Id;
use crate::error::{Exit, Result};
use crate::ops::outbox;
use crate::store::outbox::{NoticeKind, OutboxState};

#[derive(Subcommand)]
pub enum Verb {
    /// List notices to users, the newest first; without being a super admin, the own ones
    #[command(
        after_help = "Examples:\n  deskctl outbox list\n  deskctl outbox list --state muted --kind migration\n  deskctl outbox list --user anna@acme.example"
    )]
    List {
        /// Only notices of this state
        #[arg(long, value_parser = named::<OutboxState>(OutboxState::NAMES))]
        state: Option<OutboxState>,
        /// Only notices of this kind
        #[arg(long, value_parser = named::<NoticeKind>(NoticeKind::NAMES))]
        kind: Option<NoticeKind>,
        /// Only notices to this user
        #[arg(long, value_name = "EMAIL")]
        user: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a notice
    #[command(after_help = "Examples:\n  deskctl outbox show 7")]
    Show {
        /// The notice's id
        id: Id,
    },
}

const COLUMNS: &[&str] = &["id", "created_at", "state", "kind", "user", "text"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List { state, kind, user, page } => {
            page::print(app, &page, "notices", COLUMNS, |app, page| app.run(outbox::List { state, kind, user: user.clone(), page }))?;
        }
        Verb::Show { id } => {
            let shown = app.run(outbox::Show { id })?;
            app.out.one(&shown)?;
        }
    }
    Ok(Exit::Done)
}
