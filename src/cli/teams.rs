//! `deskctl teams`

use clap::{ArgGroup, Subcommand};

use super::App;
use super::args::hours_or_none;
use crate::error::{Exit, Result};
use crate::ops::teams;

#[derive(Subcommand)]
pub enum Verb {
    /// List teams with their members
    #[command(after_help = "Examples:\n  deskctl teams list\n  deskctl teams list -o json")]
    List,
    /// Show a team with its members
    #[command(after_help = "Examples:\n  deskctl teams show Support")]
    Show {
        /// The name or id
        team: String,
    },
    /// Add a team; its members are set on the users
    #[command(
        after_help = "Examples:\n  deskctl teams create Support\n  deskctl users update anna@acme.example --team Support    (a member)"
    )]
    Create {
        /// The team's name
        name: String,
    },
    /// Change a team's name or working hours
    #[command(
        group(ArgGroup::new("change").required(true).multiple(true).args(["name", "hours"])),
        after_help = "Examples:\n  deskctl teams update Support --name \"Customer support\"\n  deskctl teams update Support --hours office    (of deskctl sla hours list)"
    )]
    Update {
        /// The name or id
        team: String,
        /// The new name
        #[arg(long)]
        name: Option<String>,
        /// Working hours by name, for those whose main team it is and who have none of their own; "none" takes them away
        #[arg(long, value_name = "NAME|none")]
        hours: Option<String>,
    },
    /// Remove a team that nothing refers to
    #[command(after_help = "Examples:\n  deskctl teams delete Support --yes")]
    Delete {
        /// The name or id
        team: String,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List => {
            let rows = app.run(teams::List {})?;
            app.out.list("teams", &rows, &["id", "name", "hours", "members"])?;
            return Ok(Exit::Done);
        }
        Verb::Show { team } => {
            let shown = app.run(teams::Show { team })?;
            app.out.one(&shown)?;
            return Ok(Exit::Done);
        }
        Verb::Create { name } => app.run(teams::Create { name })?,
        Verb::Update { team, name, hours } => app.run(teams::Update { team, name, hours: hours.map(hours_or_none) })?,
        Verb::Delete { team } => {
            app.confirm(&format!("Removing the team {team}"))?;
            app.run(teams::Delete { team })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
