//! `deskctl capabilities`

use clap::Args;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::capabilities;
use crate::target::{Address, Target};

#[derive(Args)]
#[command(after_help = "Examples:\n  deskctl capabilities\n  deskctl capabilities -o json | jq -r '.[] | select(.writes) | .operation'")]
pub struct Arguments {}

pub fn run(_: Arguments, app: &mut App) -> Result<Exit> {
    // A target that cannot be named has no capabilities; a store need not be there yet.
    let mut operations = capabilities::ALL.to_vec();
    if let Address::Server(_) = app.address()?
        && let Target::Server(server) = app.target()?
    {
        // A server of another version may lack some; what it has beyond these, this program cannot ask for.
        let known = server.about()?.operations;
        operations.iter_mut().for_each(|capability| capability.supported = known.iter().any(|name| name == capability.operation));
    }
    app.out.list("operations", &operations, &["operation", "writes", "needs", "supported"])?;
    Ok(Exit::Done)
}
