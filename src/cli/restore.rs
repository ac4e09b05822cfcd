//! `deskctl restore`

use std::path::PathBuf;

use clap::Args;

use super::App;
use crate::error::{Exit, Result};
use crate::target::upkeep::{self, Existing};

#[derive(Args)]
#[command(after_help = "The backup is checked before anything is touched. PostgreSQL needs pg_restore.

Examples:
  deskctl --target sqlite:new.db restore desk-2026-05-01.backup
  deskctl restore desk-2026-05-01.backup --dry-run     only check the backup
  deskctl restore desk-2026-05-01.backup --yes")]
pub struct Arguments {
    /// The backup to put in the store's place
    file: PathBuf,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let (location, call) = (app.location()?, app.call());
    let existing = upkeep::existing(&location, &arguments.file, &call, app.clock)?;
    match &existing {
        Existing::Nothing => {}
        Existing::Unreadable => app.confirm(&format!("Replacing what is at {location}"))?,
        Existing::Account(name, _) => app.confirm(&format!("Replacing the account {name} at {location} by the backup"))?,
    }
    let copied = upkeep::restore(&location, &arguments.file, existing, &call, app.clock)?;
    if app.global.dry_run {
        app.notices.notice("dry run: the backup is sound; nothing was written");
    }
    app.out.one(&copied)?;
    Ok(Exit::Done)
}
