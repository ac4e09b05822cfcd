//! `deskctl seed`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use super::App;
use crate::bulk::{self, Control, Counts, DocumentFile, Existing, Load, Outcome, Present};
use crate::domain::bounds;
use crate::domain::document::Document;
use crate::error::{Error, Exit, Result};
use crate::ops::account_document;
use crate::seed::{self, PROFILES, Sink};

/// Load a whole account into an empty store, which is made if it is not there
///
/// The account stays closed to other commands until the last batch. A load that fails leaves the store empty; one that was
/// killed is started over by the next seed. With --replace, the new account is loaded beside the old one, which stays in use
/// until both change places at once: a load that fails or is killed leaves the old one as it was.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  deskctl seed --profile acme\n  deskctl seed --file desk.json\n  deskctl seed --conversations 100000 --seed 7\n  deskctl seed --file desk.json --dry-run\n  deskctl seed --file desk.json --replace --yes\n  deskctl seed --schema > account.schema.json"
)]
pub struct Arguments {
    /// An account document; `-` reads stdin
    #[arg(long, group = "source", value_name = "FILE|-")]
    file: Option<PathBuf>,
    /// A ready-made account
    #[arg(long, group = "source", value_name = "NAME", value_parser = PossibleValuesParser::new(PROFILES))]
    profile: Option<String>,
    /// Generate an account with this many conversations
    #[arg(long, group = "source", value_name = "N")]
    conversations: Option<u64>,
    /// Generate another account of the same size; the same number gives the same account
    #[arg(long, value_name = "S", requires = "conversations", default_value_t = 1)]
    seed: u64,
    /// Where there is an account already, leave it and succeed
    #[arg(long, conflicts_with_all = ["replace", "schema"])]
    if_empty: bool,
    /// Where there is an account already, put the new one in its place, once it is loaded
    #[arg(long, conflicts_with = "schema")]
    replace: bool,
    /// Print the JSON Schema of the document instead
    #[arg(long, group = "source")]
    schema: bool,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    if arguments.schema {
        app.out.raw(&schema()?)?;
        return Ok(Exit::Done);
    }
    let existing = match (arguments.if_empty, arguments.replace) {
        (true, _) => Existing::Keep,
        (_, true) => Existing::Replace,
        _ => Existing::Refuse,
    };
    let mut source = Source::of(&arguments)?;
    if existing == Existing::Replace
        && let Present::Account(account) = bulk::present(&app.location()?, app.clock.now())?
    {
        app.confirm(&format!("seed --replace deletes the account \"{}\" and everything in it", account.name))?;
    }
    match load(app, "seed", source.arguments(), existing, &mut source)? {
        Outcome::Loaded(counts) => {
            tell(app, &counts);
            app.out.one(&counts)?;
        }
        Outcome::Kept(account) => app.notices.notice(&format!("the account \"{}\" is there already: nothing was changed", account.name)),
    }
    Ok(Exit::Done)
}

/// What there is to know about a document that was taken as it is.
fn tell(app: &App, counts: &Counts) {
    if let Some(own) = counts.as_of {
        app.notices.notice(&format!("the document's own clock ({own}) is ahead of this one ({})", app.clock.now()));
    }
    if counts.kept_as_text > 0 {
        let kept = counts.kept_as_text;
        app.notices.notice(&format!("{kept} of the contacts' addresses and numbers are none; they are kept as other_address"));
    }
}

/// The published format of the document.
fn schema() -> Result<String> {
    let text = serde_json::to_string_pretty(&bounds::schema_of::<Document>(bounds::DOCUMENTS)).map_err(Error::unexpected)?;
    Ok(text + "\n")
}

/// Where an account comes from.
pub enum Source {
    File(PathBuf, Box<DocumentFile>),
    Profile(String),
    Generated {
        conversations: u64,
        seed: u64,
    },
    /// A document in memory; `init` makes one.
    Document(Box<Document>),
}

impl Source {
    fn of(arguments: &Arguments) -> Result<Source> {
        match (&arguments.file, &arguments.profile, arguments.conversations) {
            (Some(file), ..) => Ok(Source::File(file.clone(), Box::new(DocumentFile::open(Path::new(file))?))),
            (_, Some(profile), _) => Ok(Source::Profile(profile.clone())),
            (_, _, Some(conversations)) => Ok(Source::Generated { conversations, seed: arguments.seed }),
            _ => Err(Error::usage("usage", "seed needs to know what to load: --file FILE, --profile NAME or --conversations N")
                .hint("try deskctl seed --profile acme")),
        }
    }

    /// For the audit: what was asked for, without content.
    fn arguments(&self) -> Value {
        match self {
            Source::File(path, _) => json!({ "file": path.display().to_string() }),
            Source::Profile(name) => json!({ "profile": name }),
            Source::Generated { conversations, seed } => json!({ "conversations": conversations, "seed": seed }),
            Source::Document(_) => json!({}),
        }
    }

    /// How many items of a section there will be, where that is known.
    fn items(&self, section: &str) -> Option<u64> {
        match self {
            Source::File(_, document) => document.items(section),
            Source::Generated { conversations, .. } if section == "conversations" => Some(*conversations),
            _ => None,
        }
    }

    fn feed(&mut self, sink: &mut dyn Sink) -> Result<()> {
        match self {
            Source::File(_, document) => document.feed(sink),
            Source::Profile(name) => seed::profile(name, sink),
            Source::Generated { conversations, seed } => seed::generate(*conversations, *seed, sink),
            Source::Document(document) => seed::feed(std::mem::take(document), sink),
        }
    }
}

/// Loads an account, or rehearses it, showing how far it is; Ctrl-C stops it between two batches.
pub fn load(app: &App, operation: &'static str, mut arguments: Value, existing: Existing, source: &mut Source) -> Result<Outcome> {
    let location = app.location()?;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in super::signals::not_ignored(&[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]) {
        signal_hook::flag::register(signal, stop.clone()).map_err(Error::unexpected)?;
    }
    let sections = ["companies", "contacts", "tickets", "conversations"];
    let totals = sections.map(|section| (section, source.items(section)));
    let progress = app.progress();
    let report = |section: &'static str, done: u64| {
        progress.phase(section);
        progress.update(done, totals.iter().find(|(name, _)| *name == section).and_then(|(_, total)| *total));
    };
    arguments["replace"] = (existing == Existing::Replace).into();
    let (call, now) = (app.call(), app.clock.now());
    let options = Load {
        clock: app.clock,
        existing,
        may_replace: &|tx| account_document::may_replace(tx, &location, &call, now),
        operation,
        arguments,
        control: Control { report: &report, stop: &stop },
    };
    let run = if app.global.dry_run { bulk::rehearse } else { bulk::load };
    let outcome = run(&location, &options, &mut |sink| source.feed(sink))?;
    progress.finish("");
    if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    }
    Ok(outcome)
}
