//! `deskctl sla backtest`

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::policy::ChangeArgs;
use super::{compliance, read_json};
use crate::cli::App;
use crate::cli::app::Source;
use crate::domain::Id;
use crate::domain::sla::backtest::{Change, Counts};
use crate::domain::time::{SECOND_MS, Time, human_seconds};
use crate::error::{Error, Exit, Result};
use crate::ops::sla::{Backtest, Backtested, Difference, Found};
use crate::output::{Format, Progress};

pub const EXAMPLES: &str = "Examples:
  deskctl sla backtest --first-response 2h
  deskctl sla backtest --by priority --value URGENT --close 1d --since 90d
  deskctl sla backtest policy.json --all
  deskctl sla backtest --hours-file office=summer.json -o csv > differences.csv";

#[derive(Args)]
pub struct Arguments {
    /// Another policy as JSON, in place of the one in force; - is stdin. What else is given changes it
    #[arg(value_name = "FILE|-")]
    file: Option<PathBuf>,
    /// Says that options of sla set follow; they do without it
    #[arg(long)]
    set: bool,
    #[command(flatten)]
    change: ChangeArgs,
    /// Other working hours as JSON (what sla hours show -o json prints), in place of those of that name; may be repeated
    #[arg(long = "hours-file", value_name = "NAME=FILE", value_parser = hours_file)]
    hours_files: Vec<HoursFile>,
    /// Only tickets made on this day or later (in the account's time zone), since a time, or 90d for the last 90 days
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only tickets made until the end of this day, or before a time
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// How many clocks to show; by default 20 in a table, else all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Show every clock that differs
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

#[derive(Clone)]
struct HoursFile {
    name: String,
    path: PathBuf,
}

fn hours_file(text: &str) -> Result<HoursFile, String> {
    let (name, path) = text.split_once('=').ok_or("write it as office=hours.json")?;
    Ok(HoursFile { name: name.trim().to_owned(), path: path.into() })
}

/// Clocks in a table that asks for no number.
const FEW: usize = 20;

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let most = match (arguments.limit, app.out.format()) {
        (Some(limit), _) => limit,
        (None, Format::Table) if !arguments.all => FEW,
        _ => usize::MAX,
    };
    let operation = operation(arguments)?;
    let progress = app.progress();
    progress.phase("replaying");
    let mut differences = Vec::new();
    let (shown, backtested) = app.stream(operation, |out, source| {
        let mut clocks = Clocks { source, progress };
        if out.format() == Format::Table {
            return clocks.each(most, |clock| {
                differences.push(clock);
                Ok(())
            });
        }
        let mut rows = out.rows("differences", COLUMNS);
        let told = clocks.each(most, |clock| rows.push(&clock))?;
        rows.finish()?;
        Ok(told)
    })?;
    if app.out.format() == Format::Table {
        let page = Page::new(&backtested, differences, &app.out.options().zone);
        app.out.one(&page)?;
    }
    tell(app, shown, &backtested);
    Ok(Exit::Done)
}

/// The clocks of the stream; the rest of it is shown as progress.
struct Clocks<'s, 'a> {
    source: &'s mut Source<'a, Backtest>,
    progress: Progress,
}

impl Clocks<'_, '_> {
    /// Takes so many clocks, and lets the others pass.
    fn each(&mut self, most: usize, mut take: impl FnMut(Difference) -> Result<()>) -> Result<(usize, Backtested)> {
        let mut taken = 0;
        let backtested = self.source.each(|found| match found {
            Found::Clock(clock) if taken < most => {
                taken += 1;
                take(*clock)
            }
            Found::Clock(_) => Ok(()),
            Found::Progress { done, of } => {
                self.progress.update(done.unsigned_abs(), of.unsigned_abs());
                Ok(())
            }
        })?;
        self.progress.finish("");
        Ok((taken, backtested))
    }
}

fn operation(arguments: Arguments) -> Result<Backtest> {
    let Arguments { file, change, hours_files, since, until, .. } = arguments;
    if file.is_none() && change.is_empty() && hours_files.is_empty() {
        return Err(Error::usage("usage", "nothing would be different from the policy in force")
            .hint("give a policy's FILE, options of sla set such as --first-response 2h, or --hours-file NAME=FILE"));
    }
    let hours = hours_files.into_iter().map(|HoursFile { name, path }| Ok((name, read_json(&path, "hours", "working hours")?)));
    Ok(Backtest { hours: hours.collect::<Result<_>>()?, change: change.of(file)?, since, until })
}

fn tell(app: &App, shown: usize, backtested: &Backtested) {
    let Backtested { tickets, all, .. } = backtested;
    let differences = all.won + all.lost;
    if app.out.format() != Format::Table {
        app.notices.notice(&format!(
            "{tickets} tickets: {} breaches now, {} then; {} won, {} lost",
            all.breaches_before, all.breaches_after, all.won, all.lost
        ));
    }
    if (shown as i64) < differences {
        app.notices.notice(&format!("{shown} of {differences} clocks shown; more with --limit, or --all"));
    }
}

const COLUMNS: &[&str] = &[
    "change",
    "ticket",
    "name",
    "kind",
    "instance",
    "started_at",
    "status_before",
    "status_after",
    "due_before_at",
    "due_after_at",
    "ended_at",
    "late_before_ms",
    "late_after_ms",
];

/// What a table shows: the totals come first.
#[derive(Serialize)]
struct Page {
    tickets: i64,
    totals: Vec<TotalLine>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<Line>,
}

#[derive(Serialize)]
struct TotalLine {
    target: String,
    breaches_now: i64,
    breaches_then: i64,
    won: i64,
    lost: i64,
    compliance_now: String,
    compliance_then: String,
    /// Clocks that have a target under one of the policies only; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_target_now: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_target_then: Option<i64>,
}

#[derive(Serialize)]
struct Line {
    change: Change,
    ticket: Id,
    name: String,
    target: String,
    due_now: Option<String>,
    due_then: Option<String>,
    ended: Option<String>,
    late: String,
}

impl Page {
    fn new(backtested: &Backtested, differences: Vec<Difference>, zone: &TimeZone) -> Page {
        let Backtested { tickets, kinds, all } = backtested;
        let differ = all.only_before + all.only_after > 0;
        let kinds = kinds.iter().map(|of_kind| TotalLine::new(of_kind.kind.as_str(), &of_kind.counts, differ));
        let totals = kinds.chain([TotalLine::new("all", all, differ)]).collect();
        Page { tickets: *tickets, totals, differences: differences.into_iter().map(|clock| Line::new(clock, zone)).collect() }
    }
}

impl TotalLine {
    fn new(target: &str, counts: &Counts, targets_differ: bool) -> TotalLine {
        TotalLine {
            target: target.to_owned(),
            breaches_now: counts.breaches_before,
            breaches_then: counts.breaches_after,
            won: counts.won,
            lost: counts.lost,
            compliance_now: compliance(counts.compliance_before),
            compliance_then: compliance(counts.compliance_after),
            no_target_now: targets_differ.then_some(counts.only_after),
            no_target_then: targets_differ.then_some(counts.only_before),
        }
    }
}

impl Line {
    fn new(clock: Difference, zone: &TimeZone) -> Line {
        let local = |at: Option<Time>| at.map(|at| at.local(zone));
        let kind = clock.kind;
        let late = if clock.change == Change::Won { clock.late_before_ms } else { clock.late_after_ms };
        Line {
            change: clock.change,
            ticket: clock.ticket,
            name: clock.name,
            target: if clock.instance > 1 { format!("{kind} {}", clock.instance) } else { kind.to_string() },
            due_now: local(clock.due_before_at),
            due_then: local(clock.due_after_at),
            ended: local(clock.ended_at),
            late: late.map_or_else(String::new, |ms| human_seconds(ms / SECOND_MS)),
        }
    }
}
