//! `deskctl store`

use clap::Subcommand;
use serde::Serialize;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::machine::{Info, StoreInfo};
use crate::target::upkeep;

#[derive(Subcommand)]
pub enum Verb {
    /// Show where the store is, its schema version, its size and what it holds
    #[command(after_help = "Examples:\n  deskctl store info\n  deskctl --target prod store info -o json")]
    Info,
    /// Bring an older store to this deskctl's schema (PostgreSQL; an embedded store does so by itself)
    #[command(after_help = "Back the store up before.\n\nExamples:\n  deskctl --target prod backup before.dump\n  \
        deskctl --target prod store upgrade --yes")]
    Upgrade,
}

#[derive(Serialize)]
struct Shown {
    target: String,
    #[serde(flatten)]
    info: StoreInfo,
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::Info => {
            let info = app.run(Info {})?;
            let target = app.address()?.to_string();
            app.out.one(&Shown { target, info })?;
        }
        Verb::Upgrade => upgrade(app)?,
    }
    Ok(Exit::Done)
}

fn upgrade(app: &mut App) -> Result<()> {
    let location = app.location()?;
    let mut versions = upkeep::versions(&location)?;
    if versions.from_version == versions.to_version {
        app.notices.notice(&format!("the store is current: schema version {}", versions.to_version));
    } else if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    } else {
        app.confirm(&format!("Upgrading {location} from schema version {} to {}", versions.from_version, versions.to_version))?;
        versions = upkeep::upgrade(&location, &app.call(), app.clock)?;
    }
    app.out.one(&versions)
}
