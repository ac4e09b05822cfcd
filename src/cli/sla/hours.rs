//! `deskctl sla hours`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;

use super::read_json;
use crate::cli::App;
use crate::domain::sla::hours::{Extra, Holiday, Override, Slot};
use crate::error::{Exit, Result};
use crate::ops::sla::hours;

#[derive(Subcommand)]
pub enum Verb {
    /// List the working hours, and the rules that count by them
    #[command(after_help = "Examples:\n  deskctl sla hours list")]
    List,
    /// Show working hours with all their dates
    #[command(
        after_help = "Examples:\n  deskctl sla hours show office\n  deskctl sla hours show office -o json > office.json     what sla hours set --file and sla calc --hours take"
    )]
    Show {
        /// Their name
        name: String,
    },
    /// Make working hours, or change their zone and week
    ///
    /// Windows are half-open; 24:00 is an end, and an end before its start means the next day.
    #[command(
        after_help = "Examples:\n  deskctl sla hours set office --zone Europe/Warsaw --day mon-fri=09:00-17:00\n  deskctl sla hours set office --day fri=09:00-12:30,13:00-15:00 --day sat=closed\n  deskctl sla hours set nights --day mon-sun=22:00-06:00\n  deskctl sla hours set office --file hours.json"
    )]
    Set {
        /// Their name
        name: String,
        /// The IANA zone whose wall clock counts; of new hours by default the account's
        #[arg(long)]
        zone: Option<String>,
        /// Days and their windows, such as mon-fri=09:00-17:00 or sat,sun=closed; may be repeated
        #[arg(long = "day", value_name = "DAYS=WINDOWS", value_parser = days)]
        days: Vec<Days>,
        /// All of it as JSON, in place of what there is; - is stdin
        #[arg(long, value_name = "FILE|-")]
        file: Option<PathBuf>,
    },
    /// Add holidays, extra windows, and dates with windows of their own
    #[command(
        after_help = "Examples:\n  deskctl sla hours add office --holiday 2026-04-06 --holiday 12-25=Christmas --holiday \"easter+1=Easter Monday\"\n  deskctl sla hours add office --extra 2026-03-29=10:00-12:00\n  deskctl sla hours add office --override 2026-12-24=09:00-12:00 --override 2026-12-31=closed"
    )]
    Add {
        /// Their name
        name: String,
        /// A date, day of the year, range or rule, and perhaps its name; may be repeated
        #[arg(long = "holiday", value_name = "WHEN[=NAME]")]
        holidays: Vec<String>,
        /// A date with windows besides the others; they count on holidays too; may be repeated
        #[arg(long = "extra", value_name = "DATE=WINDOWS", value_parser = dated)]
        extra: Vec<Dated>,
        /// A date with windows in place of the weekly ones, or closed; may be repeated
        #[arg(long = "override", value_name = "DATE=WINDOWS", value_parser = dated)]
        overrides: Vec<Dated>,
    },
    /// Add the holidays of an iCalendar file (.ics)
    ///
    /// All-day events become dates with the event's name, which are kept: the file is not read again. What comes back
    /// (RRULE) is worked out from the year before this one to ten years after it. Events with a time of day are no holidays,
    /// and cancelled ones neither. A day that is a holiday already stays as it is, so that the same file may be read again.
    #[command(
        after_help = "Examples:\n  deskctl sla hours import office holidays.ics\n  deskctl sla hours import office - --dry-run < holidays.ics"
    )]
    Import {
        /// Their name
        name: String,
        /// The file; - is stdin
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// Remove working hours, or some of their dates
    #[command(after_help = "Examples:\n  deskctl sla hours remove office --holiday 2026-04-06\n  deskctl sla hours remove nights --yes")]
    Remove {
        /// Their name
        name: String,
        /// A holiday as it was written; may be repeated
        #[arg(long = "holiday", value_name = "WHEN")]
        holidays: Vec<String>,
        /// A date whose extra windows go; may be repeated
        #[arg(long = "extra", value_name = "DATE")]
        extra: Vec<String>,
        /// A date whose override goes; may be repeated
        #[arg(long = "override", value_name = "DATE")]
        overrides: Vec<String>,
    },
}

/// Days of the week and their windows.
#[derive(Clone)]
pub struct Days {
    names: Vec<&'static str>,
    slots: Vec<Slot>,
}

/// A date and its windows.
#[derive(Clone)]
pub struct Dated {
    date: String,
    slots: Vec<Slot>,
}

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn days(text: &str) -> Result<Days, String> {
    let (typed, windows) = text.split_once('=').ok_or("write it as mon-fri=09:00-17:00")?;
    let place =
        |name: &str| WEEK.iter().position(|day| day.eq_ignore_ascii_case(name.trim())).ok_or(format!("\"{name}\" is no day: mon to sun"));
    let mut names = Vec::new();
    for part in typed.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first)?, place(last)?);
        // Sat-mon goes over the end of the week.
        let count = (last + 7 - first) % 7;
        names.extend((first..=first + count).map(|day| WEEK[day % 7]));
    }
    Ok(Days { names, slots: slots(windows)? })
}

fn dated(text: &str) -> Result<Dated, String> {
    let (date, windows) = text.split_once('=').ok_or("write it as 2026-03-29=10:00-12:00")?;
    Ok(Dated { date: date.trim().to_owned(), slots: slots(windows)? })
}

/// `09:00-12:00,13:00-17:00`, or `closed`. What the times are worth is checked where hours are.
fn slots(text: &str) -> Result<Vec<Slot>, String> {
    if text.trim() == "closed" {
        return Ok(Vec::new());
    }
    let slot = |part: &str| {
        let (start, end) = part.split_once('-').ok_or(format!("\"{part}\" is no window like 09:00-17:00, nor closed"))?;
        Ok((start.trim().to_owned(), end.trim().to_owned()))
    };
    text.split(',').map(slot).collect()
}

/// `12-25=Christmas`, or without a name.
pub fn holiday(text: String) -> Holiday {
    match text.split_once('=') {
        Some((on, name)) => Holiday::Named { on: on.trim().to_owned(), name: name.trim().to_owned() },
        None => Holiday::Plain(text),
    }
}

const COLUMNS: &[&str] = &["name", "zone", "weekly_hours", "days", "overrides", "extra", "holidays", "used_by"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List => {
            let rows = app.run(hours::List {})?;
            app.out.list("working hours", &rows, COLUMNS)?;
            return Ok(Exit::Done);
        }
        Verb::Show { name } => app.run(hours::Show { name })?,
        Verb::Set { name, zone, days, file } => {
            let mut week = BTreeMap::new();
            for Days { names, slots } in days {
                week.extend(names.into_iter().map(|day| (day.to_owned(), slots.clone())));
            }
            let hours = file.map(|path| read_json(&path, "hours", "working hours")).transpose()?;
            app.run(hours::Set { name, hours, zone, week })?
        }
        Verb::Add { name, holidays, extra, overrides } => {
            let windows =
                |Dated { date, slots }: Dated| slots.into_iter().map(move |(start, end)| Extra { date: date.clone(), start, end });
            app.run(hours::Add {
                name,
                holidays: holidays.into_iter().map(holiday).collect(),
                extra: extra.into_iter().flat_map(windows).collect(),
                overrides: overrides.into_iter().map(|Dated { date, slots }| Override { date, windows: slots }).collect(),
            })?
        }
        Verb::Import { name, file } => return super::holidays::import(name, &file, app),
        Verb::Remove { name, holidays, extra, overrides } => {
            if holidays.is_empty() && extra.is_empty() && overrides.is_empty() {
                app.rehearse(hours::Remove { name: name.clone(), ..hours::Remove::default() })?;
                app.confirm(&format!("Removing the working hours \"{name}\""))?;
            }
            app.run(hours::Remove { name, holidays, extra, overrides })?
        }
    };
    super::shown::hours(app, shown)?;
    Ok(Exit::Done)
}
