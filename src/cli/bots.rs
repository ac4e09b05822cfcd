//! `deskctl bots`

use clap::{ArgAction, Subcommand};

use super::App;
use crate::error::{Exit, Result};
use crate::ops::bots;

#[derive(Subcommand)]
pub enum Verb {
    /// The conditions under which a chatflow's bot may move to the help desk
    #[command(subcommand, subcommand_required = true, arg_required_else_help = true)]
    Conditions(Conditions),
}

#[derive(Subcommand)]
pub enum Conditions {
    /// List the bot actions, whether a bot that moves may contain them, and why
    #[command(after_help = "Examples:\n  deskctl bots conditions list")]
    List,
    /// Allow or forbid an action, with the reason
    #[command(
        after_help = "Examples:\n  deskctl bots conditions set book_meeting --allowed true --why \"our help desk books meetings\"\n  deskctl bots conditions set send_file --allowed false --why \"files are not carried over\""
    )]
    Set {
        /// The action's name, as channels have it
        action: String,
        /// Whether a bot that moves may contain it
        #[arg(long, value_name = "true|false", action = ArgAction::Set)]
        allowed: bool,
        /// The reason, which a refusal names
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Take an action out of the list: a bot that contains it cannot move then
    #[command(after_help = "Examples:\n  deskctl bots conditions remove send_file")]
    Remove {
        /// The action's name
        action: String,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let Verb::Conditions(verb) = verb;
    let shown = match verb {
        Conditions::List => {
            let rows = app.run(bots::List {})?;
            app.out.list("conditions", &rows, &["action", "allowed", "why"])?;
            return Ok(Exit::Done);
        }
        Conditions::Set { action, allowed, why } => app.run(bots::Set { action, allowed, why })?,
        Conditions::Remove { action } => app.run(bots::Remove { action })?,
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
