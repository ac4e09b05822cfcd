//! `deskctl sla holidays`, and the import of an iCalendar file.

use std::path::Path;

use clap::Subcommand;
use serde::Serialize;

use super::hours::holiday;
use super::read_bytes;
use crate::cli::App;
use crate::domain::sla::hours::{Holiday, Hours};
use crate::domain::sla::ics;
use crate::error::{Exit, Result};
use crate::ops::sla::hours;

#[derive(Subcommand)]
pub enum Verb {
    /// List the holidays of a year, day by day
    #[command(after_help = "Examples:\n  deskctl sla holidays list office\n  deskctl sla holidays list office --year 2026 -o csv")]
    List {
        /// The working hours' name
        name: String,
        /// By default this year and the next
        #[arg(long, value_parser = clap::value_parser!(i16).range(1..=9999))]
        year: Option<i16>,
    },
    /// Add holidays; another name for one that is there replaces the old one
    #[command(
        after_help = "Examples:\n  deskctl sla holidays add office 12-25=Christmas \"easter+1=Easter Monday\"\n  deskctl sla holidays add office 2026-04-06 2026-12-24..2026-12-31 \"4th thu of nov\" \"fri from 06-19\""
    )]
    Add {
        /// The working hours' name
        name: String,
        /// A date, day of the year, range or rule, and perhaps its name
        #[arg(value_name = "WHEN[=NAME]", required = true)]
        holidays: Vec<String>,
    },
    /// Remove holidays
    #[command(after_help = "Examples:\n  deskctl sla holidays remove office 2026-04-06 easter+1")]
    Remove {
        /// The working hours' name
        name: String,
        /// As they were written (deskctl sla hours show NAME)
        #[arg(value_name = "WHEN", required = true)]
        holidays: Vec<String>,
    },
}

/// A holiday on one day.
#[derive(Serialize)]
struct Day {
    date: String,
    weekday: String,
    name: String,
}

/// A holiday as it is written, and the next day that it means.
#[derive(Serialize)]
struct Rule {
    on: String,
    name: Option<String>,
    next_date: Option<String>,
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { name, year } => {
            let hours = app.run(hours::Show { name })?.hours;
            let this_year = this_year(app, &hours)?;
            let years = year.map_or(this_year..=this_year.saturating_add(1), |year| year..=year);
            let days = hours.check()?.holidays_in(years).into_iter();
            let days = days.map(|(date, name)| Day { date: date.to_string(), weekday: date.strftime("%a").to_string(), name });
            app.out.list("holidays", &days.collect::<Vec<_>>(), &["date", "weekday", "name"])?;
            return Ok(Exit::Done);
        }
        Verb::Add { name, holidays } => {
            let holidays = holidays.into_iter().map(holiday).collect();
            app.run(hours::Add { name, holidays, ..hours::Add::default() })?
        }
        Verb::Remove { name, holidays } => app.run(hours::Remove { name, holidays, ..hours::Remove::default() })?,
    };
    rules(app, &shown.hours)?;
    Ok(Exit::Done)
}

/// The year that it is in the working hours' zone.
fn this_year(app: &App, hours: &Hours) -> Result<i16> {
    Ok(app.clock.now().zoned(hours.check()?.zone()).year())
}

/// Prints holidays as they are written.
fn rules(app: &mut App, hours: &Hours) -> Result<()> {
    let today = app.clock.now().zoned(hours.check()?.zone()).date();
    let rule = |holiday: &Holiday| {
        // A day on 02-29 may be eight years away.
        let alone = Hours { zone: hours.zone.clone(), holidays: vec![holiday.clone()], ..Hours::default() };
        let days = alone.check()?.holidays_in(today.year()..=today.year().saturating_add(8));
        let next_date = days.into_keys().find(|date| *date >= today).map(|date| date.to_string());
        Ok(Rule { on: holiday.on().to_owned(), name: holiday.name().map(str::to_owned), next_date })
    };
    let rows = hours.holidays.iter().map(rule).collect::<Result<Vec<_>>>()?;
    app.out.list("holidays", &rows, &["on", "name", "next_date"])
}

/// What an import did, with what it left out.
#[derive(Serialize)]
struct Import {
    hours: String,
    added: usize,
    already_there: i64,
    /// Events with a time of day.
    skipped_timed: usize,
    skipped_cancelled: usize,
    holidays: Vec<Holiday>,
}

/// Events that come back are worked out from the year before this one until so many years after it.
const YEARS_AHEAD: i16 = 10;

/// `deskctl sla hours import`: the file is read here, and its holidays are sent.
pub fn import(name: String, path: &Path, app: &mut App) -> Result<Exit> {
    let content = read_bytes(path)?;
    let hours = app.run(hours::Show { name: name.clone() })?.hours;
    let year = this_year(app, &hours)?;
    let shown = if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() };
    let zone = hours.check()?.zone().clone();
    let found = ics::read(&content, &shown, year.saturating_sub(1)..=year.saturating_add(YEARS_AHEAD), &zone)?;
    if found.timed > 0 {
        app.notices.notice(&format!("left out, for they have a time of day and are no holidays: {} of the file's events", found.timed));
    }
    let imported = app.run(hours::Import { name, holidays: found.holidays })?;
    app.out.one(&Import {
        hours: imported.name,
        added: imported.added.len(),
        already_there: imported.already_there,
        skipped_timed: found.timed,
        skipped_cancelled: found.cancelled,
        holidays: imported.added,
    })?;
    Ok(Exit::Done)
}
