//! `deskctl doctor`

use clap::Args;

use super::App;
use crate::config;
use crate::error::{Exit, Result};
use crate::target::doctor::{self, Status};
use crate::target::{Address, Target};

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
    let (now, call, address) = (app.clock.now(), app.call(), app.address()?);
    let findings = match address {
        Address::Store(location) => doctor::examine(&location, config.as_deref(), now, arguments.full),
        Address::Server(_) => match app.target()? {
            Target::Server(server) => doctor::server::examine(server, config.as_deref(), now, arguments.full, &call),
            Target::Store(_) => Vec::new(),
        },
    };
    app.out.list("checks", &findings, &["check", "status", "message", "hint"])?;
    let failed = findings.iter().any(|finding| finding.status == Status::Error);
    Ok(if failed { Exit::Failed } else { Exit::Done })
}
