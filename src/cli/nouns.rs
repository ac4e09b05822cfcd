//! The nouns of the command line: name, one line of help, how its part of the tree is built, what runs it.

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::App;
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
    command!("demo", "Show the whole tour on a scratch store: seed, plan, move a channel, verify, report", demo),
    command!("init", "Make a store: an account with a super admin, a pipeline, an inbox and the help desk", init),
    command!("seed", "Load a whole account: from a document, a profile, or generated", seed),
    verbs!("channels", "List, show, connect, change and disconnect channels", channels),
    verbs!("migrations", "Plan, start, watch, resume and verify moves to the help desk", migrations),
    verbs!("conversations", "Receive and answer messages; assign, close and move conversations", conversations),
    verbs!("tickets", "List, make and change tickets", tickets),
    verbs!("views", "List, make, run and explain views: the lists of the help desk's tickets", views),
    verbs!("contacts", "List, show, add, change and remove contacts", contacts),
    verbs!("companies", "List, show, add, change and remove companies", companies),
    verbs!("deals", "List, show, add, change and remove deals", deals),
    verbs!("properties", "List, show, add, change and remove custom properties of tickets", properties),
    verbs!("users", "List, show, add, change and remove users", users),
    verbs!("teams", "List, show, add, rename and remove teams", teams),
    verbs!("inboxes", "List, show, add, rename and remove inboxes and the help desk", inboxes),
    verbs!("pipelines", "List, show, add, change and remove pipelines and their stages", pipelines),
    verbs!("bots", "The conditions under which bots may move to the help desk", bots),
    verbs!("sla", "Service level agreements: targets, working hours, when a target is due", sla),
    verbs!("account", "Show and change the account: name, time zone, limits", account),
    verbs!("outbox", "List and show notices to users", outbox),
    verbs!("audit", "List who did what, and what came of it", audit),
    verbs!("export", "Write data out", export),
    command!("login", "Keep a token for a server, so that commands can work there", login),
    command!("logout", "Forget the token for a server", logout),
    verbs!("tokens", "Make, list and revoke the tokens by which programs work with a server", tokens),
    command!("serve", "Serve a store over HTTP, for a team and for CI", serve),
    command!("whoami", "Tell who acts, and what they may do", whoami),
    command!("capabilities", "List every operation that the current target can do", capabilities),
    verbs!("contexts", "Keep targets by name, and choose the current one", contexts),
    command!("doctor", "Check the target and the machine, and say what to do about what is wrong", doctor),
    command!("backup", "Write a backup of the store to a new file, while others go on working", backup),
    command!("restore", "Put a backup in the place of the store", restore),
    verbs!("store", "Look at the store as a whole, and upgrade it", store),
    command!("completions", "Print the completions of a shell", completions),
    command!("man", "Print the manual page", man),
];
