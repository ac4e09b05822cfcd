//! The root command and the options that every command takes.

use std::ffi::OsString;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Command};

use crate::ops::sla::hours::NOTHING;
use crate::output::{Format, ProgressMode};

/// Options that may stand anywhere on the line.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context
    #[arg(long, global = true, env = "DESKCTL_TARGET", value_name = "URL|NAME", hide_env_values = true)]
    pub target: Option<String>,
    /// Act as this user instead of the first super admin, or of the user whose token it is
    #[arg(long = "as", global = true, env = "DESKCTL_AS", value_name = "EMAIL", hide_env_values = true)]
    pub as_user: Option<String>,
    /// How to print: table, json, ndjson or csv
    #[arg(short, long, global = true, env = "DESKCTL_OUTPUT", hide_env_values = true, value_name = "FORMAT", default_value = "table", hide_default_value = true, value_parser = named::<Format>(Format::NAMES))]
    pub output: Format,
    /// Which columns to print, in this order
    #[arg(long, global = true, value_name = "A,B,C", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// How to show progress: auto, bar, plain, json or none
    #[arg(long, global = true, value_name = "HOW", default_value = "auto", hide_default_value = true, value_parser = named::<ProgressMode>(ProgressMode::NAMES))]
    pub progress: ProgressMode,
    /// Rehearse: do everything in a transaction that is rolled back, and show the result
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Answer yes to every question; needed by scripts for what cannot be undone
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// The same key with the same arguments gives the first answer again (kept 30 days)
    #[arg(long, global = true, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// No notices on stderr
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// Parses one of a `text_enum!`'s names; clap suggests the nearest one and completions offer them all.
pub fn named<T: FromStr<Err: Into<Box<dyn std::error::Error + Send + Sync>>> + Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(|name| T::from_str(&name))
}

/// Working hours by name as the operations take them: "none" takes them away.
pub fn hours_or_none(typed: String) -> String {
    if typed.trim() == NOTHING { String::new() } else { typed }
}

const AFTER_HELP: &str = "\
Exit codes:
  0 done, 1 failed, 2 wrong usage, 3 partly done, 4 not permitted, 5 not found, 6 refused by a rule,
  7 unreachable, 8 pending or differences found, 9 not possible on this target, 10 blocking findings, 11 locked, 130 interrupted

Examples:
  deskctl demo                                  the whole tour on a scratch store
  deskctl seed --profile acme                   load a lifelike account
  deskctl channels list --movable
  deskctl migrations plan support@acme.example
  deskctl channels list -o json | jq '.[].address'";

/// The root without its nouns.
pub fn root() -> Command {
    // The options first: their own doc comment must not become the program's.
    Global::augment_args(Command::new("deskctl"))
        .version(env!("CARGO_PKG_VERSION"))
        .about("Administer help desks, and move channels from shared inboxes to the help desk: planned, resumable, verified")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(120)
}

/// The output format, known before parsing, so that a usage error is printed in it too.
pub fn format_before_parsing(arguments: &[OsString]) -> Format {
    let text = |argument: &OsString| argument.to_string_lossy().into_owned();
    let mut arguments = arguments.iter().map(text);
    let mut format = std::env::var("DESKCTL_OUTPUT").ok();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        } else if argument == "-o" || argument == "--output" {
            format = arguments.next();
        } else if let Some(value) = argument.strip_prefix("--output=").or_else(|| argument.strip_prefix("-o=")) {
            format = Some(value.to_owned());
        } else if let Some(value) = argument.strip_prefix("-o").filter(|_| !argument.starts_with("--")) {
            format = Some(value.to_owned());
        }
    }
    format.and_then(|name| Format::parse(&name)).unwrap_or(Format::Table)
}
