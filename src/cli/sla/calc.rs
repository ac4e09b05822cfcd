//! `deskctl sla calc`

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{MOST_BYTES, read_json};
use crate::cli::App;
use crate::domain::sla::calc::{self, ALWAYS, Calculator};
use crate::domain::sla::{Base, Prepared};
use crate::domain::time::parse_duration_ms;
use crate::domain::when::{Clock, When};
use crate::error::{Error, Exit, Result, io_error};
use crate::ops::sla::hours;

#[derive(Args)]
pub struct Arguments {
    /// Working hours: a JSON file, a name, or 24/7; with --input, those of lines that name none
    #[arg(long, value_name = "FILE|NAME", required_unless_present = "input")]
    hours: Option<String>,
    /// When it begins: 2026-03-28T16:00:00+01:00, or in the hours' time zone "2026-03-28 16:00", 16:00 (today), +2h, -7d
    #[arg(long, value_name = "TIME", required_unless_present = "input", allow_hyphen_values = true)]
    start: Option<When>,
    // It stands in the place of the global option of that name, and so has its type; no store is needed here.
    /// How long it may take: 90m, 8h, 2d
    #[arg(long, value_name = "DURATION", required_unless_present = "input")]
    target: Option<String>,
    /// How long before it is due it is due soon, in the target's own time
    #[arg(long, value_name = "DURATION", value_parser = parse_duration_ms)]
    due_soon: Option<i64>,
    /// Read one question a line as JSON; - is stdin
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["start", "target", "due_soon"])]
    input: Option<PathBuf>,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let hours = arguments.hours.as_deref().map(|typed| read_hours(typed, app)).transpose()?;
    if let Some(path) = arguments.input {
        return answer_lines(app, &path, Calculator::new(hours));
    }
    let (Some(hours), Some(start), Some(target)) = (hours, arguments.start, arguments.target) else {
        return Err(Error::usage("usage", "--hours, --start and --target are needed, or --input"));
    };
    let target = parse_duration_ms(&target).map_err(|reason| Error::usage("usage", format!("--target: {reason}")))?;
    let zone = hours.calendar().map_or(TimeZone::UTC, |calendar| calendar.zone().clone());
    let start = start.instant(app.clock.now(), &zone, Clock::Today);
    let answer = calc::answer(&hours, start, target, arguments.due_soon)?;
    if hours.calendar().is_some() {
        app.out.set_zone(zone);
    }
    app.out.one(&answer)?;
    Ok(Exit::Done)
}

fn read_hours(typed: &str, app: &mut App) -> Result<Base> {
    if typed == ALWAYS {
        return Ok(Base::Always);
    }
    let path = Path::new(typed);
    if !path.exists() {
        return kept_hours(typed, app);
    }
    calc::base(&read_json::<Value>(path, "hours", "working hours")?)
}

/// Working hours of the store. `--target` has another meaning here: the store is that of the environment or of the context.
fn kept_hours(typed: &str, app: &mut App) -> Result<Base> {
    app.global.target = std::env::var("DESKCTL_TARGET").ok();
    match app.run(hours::Show { name: typed.to_owned() }) {
        Ok(shown) => Ok(Base::Hours(Box::new(Prepared::bare(shown.hours.check()?)))),
        Err(error) if error.code() == "no_store" => Err(Error::not_found(
            "hours_not_found",
            format!("there is no file {typed} of working hours, and no store that could know them by that name"),
        )
        .hint("write them into a JSON file (see deskctl sla calc --help), or say 24/7")),
        Err(error) => Err(error),
    }
}

/// One answer a line, in order, whatever became of the others.
fn answer_lines(app: &mut App, path: &Path, mut calculator: Calculator) -> Result<Exit> {
    let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(path).map_err(|error| io_error("read", path, error))?))
    };
    let mut exit = Exit::Done;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line).map_err(|error| io_error("read", path, error))?;
        if read == 0 {
            return Ok(exit);
        }
        if read as u64 == MOST_BYTES && line.last() != Some(&b'\n') {
            return Err(Error::usage("line_too_long", format!("a line is longer than {} MB", MOST_BYTES / 1_000_000)));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match calculator.line(&line) {
            Ok(answer) => app.out.json_line(&answer)?,
            Err(error) => {
                exit = Exit::Partly;
                app.out.json_line(&error.to_json())?;
            }
        }
    }
}
