//! `deskctl teams`

use clap::Subcommand;

use super::App;
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
    /// Rename a team
    #[command(after_help = "Examples:\n  deskctl teams update Support --name \"Customer support\"")]
    Update {
        /// The name or id
        team: String,
        /// The new name
        #[arg(long)]
        name: String,
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
            app.out.list("teams", &rows, &["id", "name", "members"])?;
            return Ok(Exit::Done);
        }
        Verb::Show { team } => {
            let shown = app.run(teams::Show { team })?;
            app.out.one(&shown)?;
            return Ok(Exit::Done);
        }
        Verb::Create { name } => app.run(teams::Create { name })?,
        Verb::Update { team, name } => app.run(teams::Update { team, name })?,
        Verb::Delete { team } => {
            app.confirm(&format!("Removing the team {team}"))?;
            app.run(teams::Delete { team })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
