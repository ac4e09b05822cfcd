//! `deskctl doctor`

use clap::Args;

use super::App;
use crate::config;
use crate::error::{Exit, Result};
use crate::target::doctor::{self, Status};

#[derive(Args)]
#[command(after_help = "Every check runs, whatever the others found. Exit 0 when none ended in an error, else 1.

Examples:
  deskctl doctor
  deskctl doctor --full
  deskctl doctor -o json | jq '.[] | select(.status != \"ok\")'")]
pub struct Arguments {
    /// Read the whole store, and compare its indexes with its tables
    #[arg(long)]
    full: bool,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let config = config::path().filter(|path| path.exists());
    let findings = doctor::examine(&app.location()?, config.as_deref(), app.clock.now(), arguments.full);
    app.out.list("checks", &findings, &["check", "status", "message", "hint"])?;
    let failed = findings.iter().any(|finding| finding.status == Status::Error);
    Ok(if failed { Exit::Failed } else { Exit::Done })
}
