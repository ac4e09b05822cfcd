//! A migration's report as text and as a self-contained HTML page: two pure functions of its data.
//!
//! What both say is decided here and in `flow`; `text`, `html` and `svg` only set it out.

mod flow;
mod html;
mod svg;
#[cfg(test)]
mod tests;
mod text;

pub use html::html;
pub use text::text;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::domain::migration::{History, RunState};
use crate::domain::time::{Time, human_seconds};
use crate::ops::migrations::{Exception, ReportData};
use crate::output::grouped as number;

/// How a verdict looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Good,
    Bad,
    Open,
}

/// The first thing that a reader wants to know.
struct Verdict {
    tone: Tone,
    headline: String,
    /// What to do, or what else there is to know.
    detail: Option<String>,
}

impl Verdict {
    fn of(report: &ReportData, zone: &TimeZone) -> Verdict {
        let status = &report.status;
        let resume = format!("deskctl migrations resume {}", status.id);
        let moved = format!("{} of {} conversations are moved", number(status.done), number(status.total));
        let verdict = |tone, headline, detail| Verdict { tone, headline, detail };
        match status.state {
            RunState::Scheduled => {
                let at = status.start_at.map(|at| format!("It begins at {}.", clock(at, zone)));
                verdict(Tone::Open, "Scheduled: it has not begun yet".to_owned(), at)
            }
            RunState::Running => verdict(Tone::Open, format!("In progress: {moved}"), None),
            RunState::Interrupted => {
                verdict(Tone::Open, "Interrupted: its worker is gone".to_owned(), Some(format!("{moved}. Go on with: {resume}")))
            }
            RunState::Failed => {
                let error = status.last_error.as_deref().unwrap_or("the cause is not known");
                verdict(Tone::Bad, format!("Failed: {error}"), Some(format!("{moved}. When the cause is cured: {resume}")))
            }
            RunState::Unscheduled => verdict(Tone::Open, "Taken back: nothing was moved".to_owned(), None),
            RunState::Completed => Verdict::completed(report),
        }
    }

    fn completed(report: &ReportData) -> Verdict {
        let Some(summary) = report.verification else {
            return Verdict { tone: Tone::Open, headline: "Completed, and not verified".into(), detail: None };
        };
        let (tone, headline) = match (summary.differences(), summary.total()) {
            (0, 0) => (Tone::Good, "Everything is as it should be: there was no conversation to move".to_owned()),
            (0, 1) => (Tone::Good, "The one conversation is as it should be".to_owned()),
            (0, total) => (Tone::Good, format!("All {} conversations are as they should be", number(total))),
            (1, total) => (Tone::Bad, format!("1 difference among {} conversations", number(total))),
            (wrong, total) => (Tone::Bad, format!("{} differences among {} conversations", number(wrong), number(total))),
        };
        let detail = match (tone, summary.changed_since, summary.arrivals) {
            (Tone::Bad, ..) => Some(format!("See each: deskctl migrations verify {}", report.status.id)),
            (_, 0, 0) => None,
            (_, changed, arrived) => Some(format!("{} of them changed since, {} arrived after the move", number(changed), number(arrived))),
        };
        Verdict { tone, headline, detail }
    }
}

/// A stretch of the timeline: one phase, driven by one worker.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    phase: String,
    at: Time,
    /// Until the next entry; the end of the run lasts no time.
    ms: i64,
    worker: String,
    /// Another worker took over here.
    resumed: bool,
    /// No worker was at work at the end of it: another one took over afterwards.
    abandoned: bool,
}

/// The timeline as stretches. What is not over yet lasts until the run's last sign of life.
fn stretches(report: &ReportData) -> Vec<Stretch> {
    let entries = &report.timeline;
    let mut phase = "preparing";
    let mut found = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let next = entries.get(index + 1);
        let resumed = entry.phase == RESUMED;
        if !resumed {
            phase = &entry.phase;
        }
        let end = match next {
            Some(next) => next.at,
            None if phase == COMPLETED => entry.at,
            None => report.status.updated_at,
        };
        found.push(Stretch {
            phase: phase.to_owned(),
            at: entry.at,
            ms: (end.0 - entry.at.0).max(0),
            worker: entry.worker.clone(),
            resumed,
            abandoned: next.is_some_and(|next| next.phase == RESUMED),
        });
    }
    found
}

/// The timeline's words for a take-over and for the end.
const RESUMED: &str = "resumed";
const COMPLETED: &str = "completed";

/// How long the run took, from the first worker's first step to the end or the last sign of life.
fn took(report: &ReportData) -> Option<i64> {
    let began = report.timeline.first()?.at;
    let end = report.status.finished_at.unwrap_or(report.status.updated_at);
    Some((end.0 - began.0).max(0))
}

/// How many times a worker took over from another.
fn take_overs(report: &ReportData) -> usize {
    report.timeline.iter().filter(|entry| entry.phase == RESUMED).count()
}

/// A phase as people call it.
fn phase_name(phase: &str) -> String {
    let words = phase.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Exceptions of one code.
struct Group<'a> {
    code: &'a str,
    /// What it is about, and why it is told.
    title: &'a str,
    why: &'a str,
    exceptions: Vec<&'a Exception>,
}

/// Exceptions by code: those first that an administrator may have to act on.
fn groups(report: &ReportData) -> Vec<Group<'_>> {
    let mut by_code: BTreeMap<&str, Vec<&Exception>> = BTreeMap::new();
    for exception in &report.exceptions {
        by_code.entry(&exception.code).or_default().push(exception);
    }
    let mut groups: Vec<Group<'_>> = by_code
        .into_iter()
        .map(|(code, exceptions)| {
            let (title, why) = explained(code);
            Group { code, title, why, exceptions }
        })
        .collect();
    groups.sort_by_key(|group| KNOWN.iter().position(|(code, ..)| *code == group.code).unwrap_or(KNOWN.len()));
    groups
}

const KNOWN: &[(&str, &str, &str)] = &[
    ("owner_lost", "Became unassigned", "The owner had no help desk access when the migration began, so nobody owns these now (M13)."),
    ("shared_ticket", "Share a ticket", "Several conversations belong to one ticket; it moved with the first of them (M13)."),
    ("kept_in_help_desk", "Were in the help desk already", "Moved there by hand before; they only got what they lacked (H11)."),
];

fn explained(code: &str) -> (&str, &'static str) {
    KNOWN.iter().find(|(known, ..)| *known == code).map_or((code, ""), |(_, title, why)| (title, why))
}

/// What was chosen, as a sentence.
fn history_choice(history: History) -> &'static str {
    match history {
        History::All => "all conversations moved with the channel",
        History::None => "none: existing conversations stayed where they were (M16)",
    }
}

/// What became of the SLAs of history (M12).
fn slas(report: &ReportData) -> Option<String> {
    let sla = report.sla?;
    let mut said = vec![match sla.with_clocks {
        0 => "no ticket got clocks".to_owned(),
        n => format!("{} got clocks, {} of them overdue at the end", counted(n, "ticket"), number(sla.overdue)),
    }];
    if sla.exempt > 0 {
        said.push(format!("{} no SLA for good", counted(sla.exempt, "ticket") + if sla.exempt == 1 { " has" } else { " have" }));
    }
    Some(format!("{}: {} (M12)", sla.choice, said.join(", ")))
}

/// When the run causes notices, and to whom (M9).
fn muting(report: &ReportData) -> &'static str {
    if report.status.notifications_muted { "muted: kept, not sent (M9)" } else { "one notice per user, with counts (M9)" }
}

/// `12 conversations`, `1 conversation`.
fn counted(value: i64, noun: &str) -> String {
    format!("{} {noun}{}", number(value), if value == 1 { "" } else { "s" })
}

/// A duration: `40 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 2 h`.
fn duration(ms: i64) -> String {
    match ms {
        ms if ms < 1_000 => format!("{ms} ms"),
        ms if ms < 10_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        ms if ms < 86_400_000 => human_seconds(ms / 1_000),
        ms => format!("{} d {} h", ms / 86_400_000, ms % 86_400_000 / 3_600_000),
    }
}

/// `2026-03-28 16:00:05 CET`: with seconds, and clear on a night when the clocks go back.
fn clock(at: Time, zone: &TimeZone) -> String {
    at.zoned(zone).strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// The zone's name, as times are shown in it.
fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}
