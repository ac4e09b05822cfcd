//! `deskctl whoami`

use clap::Args;
use serde::Serialize;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::machine::{Identity, Whoami};

#[derive(Args)]
#[command(after_help = "Examples:\n  deskctl whoami\n  deskctl whoami --as anna@acme.example -o json")]
pub struct Arguments {}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    identity: Identity,
    target: String,
}

pub fn run(_: Arguments, app: &mut App) -> Result<Exit> {
    let identity = app.run(Whoami {})?;
    let target = app.address()?.to_string();
    app.out.one(&Shown { identity, target })?;
    Ok(Exit::Done)
}
