//! The command line: from arguments to an operation to output, and nothing else.

mod account;
mod app;
mod args;
mod ask;
mod audit;
mod backup;
mod bots;
mod capabilities;
mod channels;
mod companies;
pub mod completions;
mod contacts;
mod contexts;
mod conversations;
mod deals;
mod demo;
mod doctor;
mod drive;
mod export;
pub mod filters;
mod follow;
mod inboxes;
mod init;
mod login;
mod logout;
pub mod man;
mod message;
mod migration_text;
mod migrations;
mod nouns;
mod outbox;
mod page;
mod pipelines;
mod properties;
mod receive;
mod repeat;
mod report;
mod restore;
mod runs;
mod seed;
mod serve;
mod signals;
mod sla;
mod store;
mod teams;
mod tickets;
mod tokens;
mod users;
mod verification;
mod views;
mod whoami;

use std::process::ExitCode;

use clap::{ArgMatches, Command, FromArgMatches};

pub use app::App;
use args::Global;
use nouns::NOUNS;

use crate::error::{Error, Exit, Result};
use crate::output::{self, Format, Output, OutputOptions};

/// Runs the command line and answers with the exit code of the contract.
pub fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // Answered before anything is built: scripts ask for the version often.
    if arguments.len() == 2 && (arguments[1] == "--version" || arguments[1] == "-V") {
        let printed = Output::new(OutputOptions::default()).raw(concat!("deskctl ", env!("CARGO_PKG_VERSION"), "\n"));
        return finish(printed.map(|()| Exit::Done), Format::Table);
    }
    let format = args::format_before_parsing(&arguments);
    match command().try_get_matches_from(&arguments) {
        Ok(matches) => finish(dispatch(&matches), format),
        Err(error) => finish(answer_clap(&error, format), format),
    }
}

/// The whole command tree. Each noun's own part is built only when it is used.
pub fn command() -> Command {
    let root = args::root();
    NOUNS.iter().fold(root, |root, noun| root.subcommand((noun.outline)().defer(noun.build)))
}

fn dispatch(matches: &ArgMatches) -> Result<Exit> {
    let Some((name, noun_matches)) = matches.subcommand() else { return Err(Error::usage("usage", "a command is needed")) };
    // Global options may stand before or after the noun; clap hands them down to the innermost command.
    let global = Global::from_arg_matches(innermost(noun_matches)).map_err(|error| Error::usage("usage", error.to_string()))?;
    let noun = NOUNS.iter().find(|noun| noun.name == name).ok_or_else(|| Error::usage("usage", format!("there is no command {name}")))?;
    let mut app = App::new(global)?;
    (noun.run)(noun_matches, &mut app)
}

fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| innermost(inner))
}

/// Help and version are answers; everything else that clap says is a usage error.
fn answer_clap(error: &clap::Error, format: Format) -> Result<Exit> {
    use clap::error::ErrorKind;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that has gone away is no failure.
            let _ = error.print();
            Ok(Exit::Done)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !format.is_json() => {
            let _ = error.print();
            Ok(Exit::Usage)
        }
        _ => {
            let text = error.render().to_string();
            let text = text.trim().trim_start_matches("error: ");
            Err(Error::usage("usage", text))
        }
    }
}

fn finish(done: Result<Exit>, format: Format) -> ExitCode {
    match done {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(error) => {
            output::error(&error, format);
            ExitCode::from(error.exit().code())
        }
    }
}
