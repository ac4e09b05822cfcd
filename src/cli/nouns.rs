//! The nouns of the command line: name, one line of help, how its part of the tree is built, what runs it.

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::App;
use super::{App, account, audit, bots, channels, companies, contacts, inboxes, outbox, pipelines, teams, users};
use crate::error::{Error, Exit, Result};

/// One noun.
pub struct Noun {
    pub name: &'static str,
    /// The command without its arguments, cheap to build.
    pub outline: fn() -> Command,
    pub build: fn(Command) -> Command,
    pub run: fn(&ArgMatches, &mut App) -> Result<Exit>,
}

/// A noun with verbs: `deskctl channels list`.
macro_rules! verbs {
    ($name:literal, $about:literal, $module:ident) => {
        Noun {
            name: $name,
            outline: || Command::new($name).about($about),
            build: |command| super::$module::Verb::augment_subcommands(command).subcommand_required(true).arg_required_else_help(true),
            run: |matches, app| super::$module::run(parsed(super::$module::Verb::from_arg_matches(matches))?, app),
        }
    };
}

/// A command without verbs: `deskctl init`.
macro_rules! command {
    ($name:literal, $about:literal, $module:ident) => {
        Noun {
            name: $name,
            outline: || Command::new($name).about($about),
            build: super::$module::Arguments::augment_args,
            run: |matches, app| super::$module::run(parsed(super::$module::Arguments::from_arg_matches(matches))?, app),
        }
    };
}

fn parsed<T>(result: clap::error::Result<T>) -> Result<T> {
    result.map_err(|error| Error::usage("usage", error.to_string()))
}

/// Every noun, in the order of the help.
#[rustfmt::skip] // one noun a line
pub const NOUNS: &[Noun] = &[
    command!("init", "Make a store: an account with a super admin, a pipeline, an inbox and the help desk", init),
    command!("seed", "Load a whole account: from a document, a profile, or generated", seed),
    verbs!("channels", "List, show and connect channels", channels),
    verbs!("migrations", "Plan, start, watch, resume and verify moves to the help desk", migrations),
    verbs!("export", "Write data out", export),
pub const NOUNS: &[Noun] = &[
    verbs!("account", "Show and change the account: name, time zone, limits", account),
    verbs!("users", "List, show, add, change and remove users", users),
    verbs!("teams", "List, show, add, rename and remove teams", teams),
    verbs!("inboxes", "List, show, add, rename and remove inboxes and the help desk", inboxes),
    verbs!("pipelines", "List, show, add, change and remove pipelines and their stages", pipelines),
    verbs!("contacts", "List, show, add, change and remove contacts", contacts),
    verbs!("companies", "List, show, add, change and remove companies", companies),
    verbs!("channels", "List, show, connect, change and disconnect channels", channels),
    verbs!("bots", "The conditions under which bots may move to the help desk", bots),
    verbs!("outbox", "List and show notices to users", outbox),
    verbs!("audit", "List who did what, and what came of it", audit),
];
