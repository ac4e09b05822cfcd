//! `deskctl sla`

mod backtest;
mod calc;
mod due;
mod explain;
mod holidays;
mod hours;
mod policy;
mod report;
mod shown;

use std::io::Read;
use std::path::Path;

use clap::Subcommand;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::App;
use super::args::named;
use crate::domain::Id;
use crate::domain::sla::policy::ApplyTo;
use crate::error::{Error, Exit, Result, io_error};
use crate::ops::page::TokenPage;
use crate::ops::sla;
use crate::output::bar;

#[derive(Subcommand)]
pub enum Verb {
    /// Show the policy: which targets hold for which tickets, and what is doubtful about it
    #[command(after_help = "Examples:\n  deskctl sla show\n  deskctl sla show -o json > policy.json     what sla set --file takes")]
    Show,
    /// Set targets for all tickets, or by the value of one property
    ///
    /// Rules are tried in order, and the first that takes a ticket's value decides; one without values takes every other
    /// ticket and stands last. What is not given stays as it is. 1d is always 24 hours of the target's own time: in working
    /// hours that is several working days, and the answer says how many.
    #[command(after_help = policy::EXAMPLES)]
    Set(Box<policy::SetArgs>),
    /// Switch SLAs off: no ticket has targets from now on
    #[command(after_help = "Examples:\n  deskctl sla clear\n  deskctl sla clear --apply-to open")]
    Clear {
        /// For new tickets only, or for open ones too
        #[arg(long, default_value = "new", value_parser = named::<ApplyTo>(ApplyTo::NAMES))]
        apply_to: ApplyTo,
    },
    /// Explain a ticket's targets: which rule and why, which windows of which days counted, pauses, the due time
    ///
    /// The clocks are played from the ticket's history and messages, by the policy that holds for it: the one in force when
    /// it came to the help desk, or a later one that was set for open tickets too. Times are those of the working hours' zone.
    #[command(after_help = "Examples:\n  deskctl sla explain 42\n  deskctl sla explain 42 -o json")]
    Explain {
        /// The ticket's id
        ticket: Id,
    },
    /// List what is due soon or overdue now, the most urgent first
    ///
    /// Due soon is what has no more than its lead left, in the target's own time; what is paused is not due. With --within it
    /// is whatever is due by then.
    #[command(
        after_help = "Examples:\n  deskctl sla due\n  deskctl sla due --within 2h --owner me\n  deskctl sla due --team Support --kind first_response\n  deskctl sla due --all -o csv > due.csv"
    )]
    Due(due::DueArgs),
    /// Report how well targets were met: by team, priority, channel, agent or week
    ///
    /// A target is judged once it was met or missed: answered or closed on time or late, or overdue. What was cancelled before it
    /// was due counts for nothing. --breaches lists what was missed.
    #[command(
        after_help = "Examples:\n  deskctl sla report\n  deskctl sla report --by team --since 30d\n  deskctl sla report --by week --kind close --since 2026-01-01\n  deskctl sla report --breaches --team Support\n  deskctl sla report --breaches --all -o csv > breaches.csv"
    )]
    Report(report::ReportArgs),
    /// Replay the history under other targets or working hours: breaches won and lost, before anything is changed
    ///
    /// The policy in force and the other one are each laid over the whole history, whatever was in force at the time: like is
    /// compared with like. The other one is a FILE (what sla show -o json prints), or the policy in force with a change: the
    /// options are those of sla set. A breach is a clock that was completed late, is overdue now, or was overdue when the ticket
    /// was closed without an answer; won is one that there would not be, lost is one that would be new. Compliance is the share
    /// of clocks that were met among those that were met or missed.
    ///
    /// It reads the tickets of the help desk that you may see, without spam, and changes nothing. A table shows the totals and
    /// the first clocks that differ; json, ndjson and csv give every such clock, and the totals on stderr.
    #[command(after_help = backtest::EXAMPLES)]
    Backtest(Box<backtest::Arguments>),
    /// Working hours: calendars by which targets can count
    #[command(subcommand, subcommand_required = true, arg_required_else_help = true)]
    Hours(hours::Verb),
    /// Holidays of working hours: the days of a year, and the rules that give them
    #[command(subcommand, subcommand_required = true, arg_required_else_help = true)]
    Holidays(holidays::Verb),
    /// Compute when a target is due, in working hours or around the clock
    ///
    /// Needs no store. An instant counts when the wall clock in the hours' zone shows working time; a target is due at the
    /// earliest instant at which the working time since its start reaches it (S3), and due soon when all but the lead is
    /// used up (S4). 1d is always 24 hours of the target's own time.
    ///
    /// Working hours are JSON: {"zone":"Europe/Warsaw", "week":{"mon":[["09:00","17:00"]], …},
    /// "overrides":[{"date":"2026-12-24","windows":[["09:00","12:00"]]}],
    /// "extra":[{"date":"2026-03-29","start":"10:00","end":"12:00"}], "holidays":["2026-04-06","12-25","easter+1"]}.
    /// 24:00 is an end, an end before its start means the next day, an override replaces the windows of its date, and
    /// only an extra window beats a holiday. Holidays are dates (2026-04-06), days of the year (12-25), ranges
    /// (2026-12-24..2026-12-31), "easter+1", "orthodox easter+1", "4th thu of nov", "fri from 06-19". Or they are a name
    /// (deskctl sla hours list), of the store that DESKCTL_TARGET or the current context means.
    ///
    /// With --input each line is {"start":TIME, "target_seconds":N, "due_soon_seconds":N, "hours":HOURS}, and each answer is
    /// a line {"due_at", "due_soon_at", "start_is_working"} or {"error":{"code", "message"}}, in order; exit 3 if any failed.
    #[command(
        after_help = "Examples:\n  deskctl sla calc --hours hours.json --start 2026-03-28T16:00:00+01:00 --target 8h --due-soon 1h\n  deskctl sla calc --hours 24/7 --start 2026-03-28T16:00:00Z --target 2d -o json\n  deskctl sla calc --input - < questions.ndjson"
    )]
    Calc(calc::Arguments),
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::Show => app.run(sla::Show {})?,
        Verb::Set(arguments) => {
            let set = (*arguments).into_operation()?;
            app.run(set)?
        }
        Verb::Clear { apply_to } => app.run(sla::Clear { apply_to })?,
        Verb::Explain { ticket } => {
            let explained = app.run(sla::Explain { ticket })?;
            explain::explained(app, &explained)?;
            return Ok(Exit::Done);
        }
        Verb::Due(arguments) => return due::due(arguments, app).map(|()| Exit::Done),
        Verb::Report(arguments) => return report::report(arguments, app).map(|()| Exit::Done),
        Verb::Backtest(arguments) => return backtest::run(*arguments, app),
        Verb::Hours(verb) => return hours::run(verb, app),
        Verb::Holidays(verb) => return holidays::run(verb, app),
        Verb::Calc(arguments) => return calc::run(arguments, app),
    };
    shown::policy(app, &shown)?;
    Ok(Exit::Done)
}

/// The same page, as people read it.
fn lines<T, L: From<T>>(page: TokenPage<T>) -> TokenPage<L> {
    TokenPage { items: page.items.into_iter().map(L::from).collect(), next: page.next }
}

/// Cells of a whole bar.
const BAR: usize = 10;

/// Percents as a bar, and as a number.
fn compliance(percent: Option<f64>) -> String {
    percent.map_or_else(|| "-".to_owned(), |percent| format!("{:<BAR$} {percent:5.1} %", bar(percent / 100.0, BAR)))
}

/// The largest document that is read, in bytes: some ten thousand dates.
const MOST_BYTES: u64 = 8_000_000;

/// Reads a JSON document from a file, or from stdin for `-`. What `show -o json` prints is read too: the document stands in
/// it under `field`.
fn read_json<T: DeserializeOwned>(path: &Path, field: &str, what: &str) -> Result<T> {
    let text = read_bytes(path)?;
    let shown = path.display();
    let wrong = |error: serde_json::Error| Error::usage("bad_document", format!("{shown} holds no {what}: {error}"));
    let mut document: Value = serde_json::from_slice(&text).map_err(wrong)?;
    if let Some(inner) = document.get_mut(field).filter(|inner| inner.is_object()) {
        document = inner.take();
    }
    serde_json::from_value(document).map_err(wrong)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut content)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut content))
    };
    read.map_err(|error| io_error("read", path, error))?;
    if content.len() as u64 > MOST_BYTES {
        return Err(Error::usage("bad_document", format!("{} is larger than {} MB", path.display(), MOST_BYTES / 1_000_000)));
    }
    Ok(content)
}
