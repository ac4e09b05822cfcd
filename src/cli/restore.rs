//! `deskctl restore`

use std::path::PathBuf;

use clap::Args;

use super::App;
use crate::error::{Exit, Result};
use crate::target::upkeep::{self, Existing};

#[derive(Args)]
#[command(
    after_help = "The backup is checked before anything is touched, and what is checked is what is restored. Another store may be named instead of a
backup, also one in use: it is copied as it is at one moment. Where the account has no super admin left, whoever owns the store's file
(PostgreSQL: its tables) may restore. PostgreSQL needs pg_restore.

Examples:
  deskctl --target sqlite:new.db restore desk-2026-05-01.backup
  deskctl restore desk-2026-05-01.backup --dry-run     only check the backup
  deskctl restore desk-2026-05-01.backup --yes"
)]
pub struct Arguments {
    /// The backup to put in the store's place
    file: PathBuf,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let (location, call) = (app.location()?, app.call());
    let existing = upkeep::existing(&location, &arguments.file, &call, app.clock)?;
    let source = upkeep::source(&location, &arguments.file)?;
    match &existing {
        Existing::Nothing => {}
        Existing::Other(what) => app.confirm(&format!("Replacing {what}"))?,
        Existing::Account(name, _) => app.confirm(&format!("Replacing the account {name} at {location} by the backup"))?,
    }
    let copied = upkeep::restore(&location, (&arguments.file, source), existing, &call, app.clock)?;
    if app.global.dry_run {
        app.notices.notice("dry run: the backup is sound; nothing was written");
    }
    app.out.one(&copied)?;
    Ok(Exit::Done)
}
