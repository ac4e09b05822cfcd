//! `deskctl sla calc`

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use crate::cli::App;
use crate::domain::sla::Base;
use crate::domain::sla::calc::{self, ALWAYS, Calculator};
use crate::domain::time::{Time, parse_duration_ms};
use crate::error::{Error, Exit, Result, io_error};

/// The longest line, or file of working hours, that is read, in bytes: some ten thousand dates.
const MOST_BYTES: u64 = 8_000_000;

#[derive(Args)]
pub struct Arguments {
    /// Working hours: a JSON file, or 24/7; with --input, those of lines that name none
    #[arg(long, value_name = "FILE|24/7", required_unless_present = "input")]
    hours: Option<String>,
    /// When it begins (RFC 3339)
    #[arg(long, value_name = "TIME", required_unless_present = "input")]
    start: Option<Time>,
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
    let hours = arguments.hours.as_deref().map(read_hours).transpose()?;
    if let Some(path) = arguments.input {
        return answer_lines(app, &path, Calculator::new(hours));
    }
    let (Some(hours), Some(start), Some(target)) = (hours, arguments.start, arguments.target) else {
        return Err(Error::usage("usage", "--hours, --start and --target are needed, or --input"));
    };
    let target = parse_duration_ms(&target).map_err(|reason| Error::usage("usage", format!("--target: {reason}")))?;
    let answer = calc::answer(&hours, start, target, arguments.due_soon)?;
    if let Some(calendar) = hours.calendar() {
        app.out.set_zone(calendar.zone().clone());
    }
    app.out.one(&answer)?;
    Ok(Exit::Done)
}

fn read_hours(typed: &str) -> Result<Base> {
    if typed == ALWAYS {
        return Ok(Base::Always);
    }
    let path = Path::new(typed);
    let file = std::fs::File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::not_found("hours_not_found", format!("there is no file {typed} of working hours"))
            .hint("write them into a JSON file (see deskctl sla calc --help), or say 24/7"),
        _ => io_error("read", path, error),
    })?;
    let mut text = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut text).map_err(|error| io_error("read", path, error))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(Error::usage("bad_hours", format!("{typed} is larger than {} MB", MOST_BYTES / 1_000_000)));
    }
    let hours: Value =
        serde_json::from_slice(&text).map_err(|error| Error::usage("bad_hours", format!("{typed} holds no JSON: {error}")))?;
    calc::base(&hours)
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
