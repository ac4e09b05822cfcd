//! `deskctl capabilities`

use clap::Args;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::capabilities;

#[derive(Args)]
#[command(after_help = "Examples:\n  deskctl capabilities\n  deskctl capabilities -o json | jq -r '.[] | select(.writes) | .operation'")]
pub struct Arguments {}

pub fn run(_: Arguments, app: &mut App) -> Result<Exit> {
    // A target that cannot be named has no capabilities; a store need not be there yet.
    app.location()?;
    app.out.list("operations", capabilities::ALL, &["operation", "writes", "needs", "supported"])?;
    Ok(Exit::Done)
}
