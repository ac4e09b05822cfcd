//! The report for a terminal, at most 100 cells wide.

use jiff::tz::TimeZone;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::flow::Flows;
use super::{
    Verdict, clock, counted, duration, groups, history_choice, muting, number, phase_name, slas, stretches, take_overs, took, zone_name,
};
use crate::domain::migration::{History, RunState};
use crate::ops::migrations::ReportData;
use crate::output::bar;
use crate::output::cut;
use crate::output::escape::escape_line;

/// No line is wider.
const WIDTH: usize = 100;
/// So many of each kind are shown.
const FIRST: usize = 20;
const BAR: usize = 24;

/// The report as text. Times are shown in `zone`.
pub fn text(report: &ReportData, zone: &TimeZone) -> String {
    let mut page = Page::default();
    head(&mut page, report, zone);
    flow(&mut page, report);
    timeline(&mut page, report, zone);
    exceptions(&mut page, report);
    verification(&mut page, report);
    page.text
}

/// Text that grows line by line. Everything from data passes `wrapped` or `field`, which make it harmless (G8).
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.wrapped("", "", heading);
    }

    /// Breaks at spaces; `first` stands before the first line, `rest` before those that follow.
    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let text = escape_line(text);
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split(' ') {
            for part in pieces(word, WIDTH - rest.width().max(first.width())) {
                if !empty && line.width() + 1 + part.width() > WIDTH {
                    self.line(&line);
                    line = rest.to_owned();
                    empty = true;
                }
                if !empty {
                    line.push(' ');
                }
                line.push_str(&part);
                empty = false;
            }
        }
        self.line(&line);
    }

    fn field(&mut self, name: &str, value: &str) {
        self.wrapped(&format!("  {name:<15}"), &" ".repeat(17), value);
    }

    /// The first lines of a long list, and how many more there are.
    fn first(&mut self, indent: &str, lines: impl ExactSizeIterator<Item = String>) {
        let more = lines.len().saturating_sub(FIRST);
        for line in lines.take(FIRST) {
            self.wrapped(indent, &format!("{indent}  "), &line);
        }
        if more > 0 {
            self.line(&format!("{indent}… and {} more: -o json gives all", number(more as i64)));
        }
    }
}

/// A word in pieces that fit a line.
fn pieces(word: &str, limit: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        // The emoji selector makes the character before it wide.
        let width = if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) };
        if used + width > limit {
            pieces.push(String::new());
            used = 0;
        }
        used += width;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// Pads by what is seen, not by bytes.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn head(page: &mut Page, report: &ReportData, zone: &TimeZone) {
    let status = &report.status;
    page.wrapped("", "", &format!("Migration {} of {} to the help desk: {}", status.id, status.channel, status.state));
    let verdict = Verdict::of(report, zone);
    page.wrapped("", "", &verdict.headline);
    if let Some(detail) = verdict.detail {
        page.wrapped("", "", &detail);
    }
    page.line("");
    page.field("Started by", &status.started_by);
    let (what, at) = report.timeline.first().map_or(("Asked for", status.started_at), |entry| ("Began", entry.at));
    page.field(what, &format!("{} ({})", clock(at, zone), zone_name(zone)));
    if let Some(finished) = status.finished_at {
        page.field("Finished", &clock(finished, zone));
    } else if status.state != RunState::Scheduled {
        page.field("Last seen", &clock(status.updated_at, zone));
    }
    if let Some(ms) = took(report) {
        let times = match take_overs(report) {
            0 => String::new(),
            1 => ", taken over once by another worker".to_owned(),
            n => format!(", taken over {n} times by other workers"),
        };
        page.field("Took", &format!("{}{times}", duration(ms)));
    }
    page.field("History", history_choice(status.history));
    page.field("Notifications", muting(report));
    page.field("Conversations", &format!("{} of {} moved", number(status.done), number(status.total)));
    page.field(
        "Tickets",
        &format!(
            "{} made, {} moved with their conversations, {} became unassigned",
            number(status.tickets_created),
            number(status.tickets_moved),
            number(status.unassigned)
        ),
    );
    if let Some(slas) = slas(report) {
        page.field("SLAs", &slas);
    }
    page.field("Arrived since", &counted(report.arrivals, "conversation"));
    if status.next_channels > 0 {
        page.field("Follow", &counted(status.next_channels, "further channel"));
    }
    if let Some(log) = &status.log {
        page.field("Log", log);
    }
    if !status.map.is_empty() {
        page.heading("Status map, the first that matches counts");
        for rule in &status.map {
            page.wrapped("  ", "      ", rule);
        }
    }
}

fn flow(page: &mut Page, report: &ReportData) {
    page.heading("From conversation status to ticket status");
    let flows = Flows::of(report);
    if flows.links.is_empty() {
        page.line(match (report.status.history, report.status.state) {
            (History::None, _) => "  nothing: no history was moved",
            (History::All, RunState::Completed) => "  nothing: there was no conversation to move",
            (History::All, _) => "  nothing yet",
        });
    }
    let most = flows.links.iter().map(|link| link.count).max().unwrap_or(1);
    let from_width = flows.links.iter().map(|link| link.from.label().width()).max().unwrap_or(0);
    let count_width = number(most).len();
    let stage_room = WIDTH - 2 - from_width - 4 - 2 - count_width - 2 - BAR;
    let stages: Vec<String> = flows.targets.iter().map(|stage| cut(&escape_line(stage), stage_room)).collect();
    let stage_width = stages.iter().map(|stage| stage.width()).max().unwrap_or(0);
    for link in &flows.links {
        page.line(&format!(
            "  {} -> {}  {:>count_width$}  {}",
            padded(link.from.label(), from_width),
            padded(&stages[link.to], stage_width),
            number(link.count),
            bar(link.count as f64 / most.max(1) as f64, BAR)
        ));
    }
    if flows.unplaced > 0 {
        page.wrapped("  ", "  ", &format!("{} more moved; where their tickets stand is not known any more", number(flows.unplaced)));
    }
}

fn timeline(page: &mut Page, report: &ReportData, zone: &TimeZone) {
    let stretches = stretches(report);
    if stretches.is_empty() {
        return;
    }
    page.heading(&format!("Timeline ({})", zone_name(zone)));
    for stretch in &stretches {
        let took = if stretch.phase == super::COMPLETED { String::new() } else { duration(stretch.ms) };
        let by = if stretch.resumed { "resumed by " } else { "" };
        let gone = if stretch.abandoned { ", which went away" } else { "" };
        let (phase, worker) = (phase_name(&escape_line(&stretch.phase)), escape_line(&stretch.worker));
        let line = format!("  {}  {took:>11}  {:<16}  {by}{worker}{gone}", clock(stretch.at, zone), phase);
        page.line(&cut(&line, WIDTH));
    }
}

fn exceptions(page: &mut Page, report: &ReportData) {
    let count = report.exceptions.len() as i64;
    if count == 0 {
        page.heading("Exceptions: none");
        return;
    }
    page.heading(&format!("Exceptions: {}", number(count)));
    for group in groups(report) {
        page.wrapped("  ", "  ", &format!("{} ({}): {}", group.title, group.code, number(group.exceptions.len() as i64)));
        let lines = group.exceptions.iter().map(|exception| format!("{}: {}", exception.conversation, exception.message));
        page.first("    ", lines);
    }
}

fn verification(page: &mut Page, report: &ReportData) {
    page.heading("Verification");
    let Some(s) = report.verification else {
        page.line("  the channel has not moved yet: there is nothing to verify");
        return;
    };
    page.wrapped(
        "  ",
        "  ",
        &format!(
            "{} = ({} changed since, {} arrived later), {} - missing, {} + unexpected, {} ! wrong",
            number(s.same),
            number(s.changed_since),
            number(s.arrivals),
            number(s.missing),
            number(s.unexpected),
            number(s.wrong)
        ),
    );
    if s.differences() > 0 && report.status.done < report.status.total {
        page.line("  not all has moved yet: what has not counts as a difference");
    }
    page.first("    ", report.differences.iter().cloned());
}
