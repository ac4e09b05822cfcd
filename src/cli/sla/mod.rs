//! `deskctl sla`

mod calc;

use clap::Subcommand;

use super::App;
use crate::error::{Exit, Result};

#[derive(Subcommand)]
pub enum Verb {
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
    /// (2026-12-24..2026-12-31), "easter+1", "orthodox easter+1", "4th thu of nov", "fri from 06-19".
    ///
    /// With --input each line is {"start":TIME, "target_seconds":N, "due_soon_seconds":N, "hours":HOURS}, and each answer is
    /// a line {"due_at", "due_soon_at", "start_is_working"} or {"error":{"code", "message"}}, in order; exit 3 if any failed.
    #[command(
        after_help = "Examples:\n  deskctl sla calc --hours hours.json --start 2026-03-28T16:00:00+01:00 --target 8h --due-soon 1h\n  deskctl sla calc --hours 24/7 --start 2026-03-28T16:00:00Z --target 2d -o json\n  deskctl sla calc --input - < questions.ndjson"
    )]
    Calc(calc::Arguments),
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::Calc(arguments) => calc::run(arguments, app),
    }
}
