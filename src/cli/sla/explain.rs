//! `deskctl sla explain`: the arithmetic of a due time, line by line.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::App;
use crate::domain::sla::breakdown::{Day, Note};
use crate::domain::sla::explain::{Explanation, Stretch};
use crate::domain::sla::policy::Length;
use crate::domain::sla::status::Standing;
use crate::domain::time::{self, SECOND_MS, Time, human_seconds};
use crate::error::Result;
use crate::ops::sla::Explained;
use crate::output::Format;

#[derive(Serialize)]
struct Head<'a> {
    ticket: i64,
    name: &'a str,
    created_at: Time,
    policy_revision: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_sla: Option<&'a str>,
}

#[derive(Serialize)]
struct Target {
    status: String,
    because: String,
    target: String,
    counts: String,
    started: String,
    due_soon: Option<String>,
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overdue_since: Option<String>,
    used: String,
    arithmetic: Vec<Line>,
}

/// A window that counted, a day that did not, or a stretch of the clock that ended.
#[derive(Serialize)]
struct Line {
    date: String,
    from: String,
    until: String,
    counted: String,
    total: String,
    note: String,
}

/// Prints an explanation.
pub fn explained(app: &mut App, explained: &Explained) -> Result<()> {
    if app.out.format() != Format::Table {
        return app.out.one(explained);
    }
    app.out.one(&Head {
        ticket: explained.ticket,
        name: &explained.name,
        created_at: explained.created_at,
        policy_revision: explained.revision,
        no_sla: explained.no_sla.as_deref(),
    })?;
    let account_zone = app.out.options().zone.clone();
    for target in &explained.targets {
        let zone = target.zone.as_deref().and_then(|zone| time::zone(zone).ok()).unwrap_or_else(|| account_zone.clone());
        app.out.raw(&format!("\n{}\n", target.standing.kind.label()))?;
        app.out.one(&table(target, &zone))?;
    }
    Ok(())
}

fn table(target: &Explanation, zone: &TimeZone) -> Target {
    let standing = &target.standing;
    let at = |time: Time| time.local(zone);
    let meaning = target.meaning.as_ref().map(|meaning| format!(": {meaning}")).unwrap_or_default();
    Target {
        status: status(standing),
        because: target.because.clone(),
        target: format!("{}{meaning}", Length(standing.target_ms)),
        counts: match (&target.hours, &target.zone) {
            (Some(hours), Some(zone)) => format!("in the working hours {hours} ({zone})"),
            _ => "always (24/7)".to_owned(),
        },
        started: at(standing.started_at),
        due_soon: standing.due_soon_at.map(at),
        due: standing.due_at.map(at),
        ended: standing.ended_at.map(at),
        overdue_since: standing.breached_at.map(at),
        used: format!("{} of {}", length(standing.used_ms), length(standing.target_ms)),
        arithmetic: target.stretches.iter().flat_map(|stretch| lines(stretch, standing.due_at, zone)).collect(),
    }
}

fn status(standing: &Standing) -> String {
    let paused = if standing.paused { " (paused)" } else { "" };
    format!("{}{paused}", standing.status.as_str().replace('_', " "))
}

/// With the seconds, so that what is shown adds up.
fn length(ms: i64) -> String {
    let seconds = ms / SECOND_MS;
    let rest = if seconds >= 3_600 && seconds % 60 != 0 { format!(" {} s", seconds % 60) } else { String::new() };
    format!("{}{rest}", human_seconds(seconds))
}

fn lines(stretch: &Stretch, due_at: Option<Time>, zone: &TimeZone) -> Vec<Line> {
    let mut total = stretch.used_ms - stretch.worked_ms;
    let mut lines = Vec::new();
    if stretch.days.is_empty() {
        lines.push(Line::counted(
            &date(stretch.from_at, zone),
            stretch.from_at,
            stretch.until_at,
            stretch.used_ms,
            stretch.worked_ms,
            zone,
        ));
    }
    for day in &stretch.days {
        for window in &day.windows {
            total += window.worked_ms;
            lines.push(Line::counted(&day.date, window.from_at, window.until_at, total, window.worked_ms, zone));
            if let (Some(due), Some(line)) = (due_at.filter(|due| window.from_at < *due && *due <= window.until_at), lines.last_mut()) {
                line.note = format!("due at {}", clock(due, zone));
            }
        }
        if day.windows.is_empty() || day.note.is_some() {
            note(&mut lines, day, total);
        }
    }
    if let Some(why) = stretch.stopped_by {
        let (date, until) = (date(stretch.until_at, zone), clock(stretch.until_at, zone));
        lines.push(Line {
            date,
            from: until,
            until: String::new(),
            counted: String::new(),
            total: length(total.max(stretch.used_ms)),
            note: format!("stopped: {why}"),
        });
    }
    lines
}

/// What is special about a day, on its first line.
fn note(lines: &mut Vec<Line>, day: &Day, total: i64) {
    let said = match &day.note {
        Some(Note::Holiday(name)) if name.is_empty() => "holiday".to_owned(),
        Some(Note::Holiday(name)) => format!("holiday: {name}"),
        Some(Note::Overridden) => "other hours on this date".to_owned(),
        Some(Note::Closed) => "no working hours".to_owned(),
        None => "outside of working hours".to_owned(),
    };
    match lines.iter_mut().rev().take(day.windows.len()).last() {
        Some(line) if line.note.is_empty() => line.note = said,
        Some(line) => line.note = format!("{said}; {}", line.note),
        None => lines.push(Line {
            date: day.date.clone(),
            from: String::new(),
            until: String::new(),
            counted: length(0),
            total: length(total),
            note: said,
        }),
    }
}

impl Line {
    fn counted(date: &str, from: Time, until: Time, total: i64, worked: i64, zone: &TimeZone) -> Line {
        // A stretch that counts always may go over days.
        let other_day = self::date(until, zone) != date && until.zoned(zone).time() != jiff::civil::Time::midnight();
        // Whole seconds of the total, and what they grew by.
        let worked = (total / SECOND_MS - (total - worked) / SECOND_MS) * SECOND_MS;
        let until = if other_day { format!("{} {}", self::date(until, zone), clock(until, zone)) } else { clock(until, zone) };
        Line { date: date.to_owned(), from: clock(from, zone), until, counted: length(worked), total: length(total), note: String::new() }
    }
}

fn date(at: Time, zone: &TimeZone) -> String {
    at.zoned(zone).date().to_string()
}

/// The wall clock; seconds only where there are any.
fn clock(at: Time, zone: &TimeZone) -> String {
    let local = at.zoned(zone);
    let format = if local.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    local.strftime(format).to_string()
}
