//! `deskctl backup`

use std::path::PathBuf;

use clap::Args;

use super::App;
use crate::error::{Exit, Result};
use crate::target::upkeep;

#[derive(Args)]
#[command(
    after_help = "Others may go on working meanwhile; the backup is one moment of the store. It is checked before it is put in its place: a damaged
store gives no backup, but exit 1, and is told what of it can still be read. PostgreSQL needs pg_dump.

Examples:
  deskctl backup desk-2026-05-01.backup
  deskctl --target postgres://desk@db.example/desk backup desk.dump"
)]
pub struct Arguments {
    /// The file to write; it must not exist yet
    file: PathBuf,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let copied = upkeep::backup(&app.location()?, &arguments.file, &app.call(), app.clock)?;
    if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    }
    app.out.one(&copied)?;
    Ok(Exit::Done)
}
