//! The report as one HTML page: no scripts, nothing loaded from elsewhere, light, dark and on paper.

use jiff::tz::TimeZone;

use super::flow::Flows;
use super::svg::svg;
use super::{
    COMPLETED, Stretch, Tone, Verdict, clock, counted, duration, groups, history_choice, muting, number, phase_name, slas, stretches,
    take_overs, took, zone_name,
};
use crate::domain::migration::{History, Phase, RunState};
use crate::domain::time::Time;
use crate::ops::migrations::{Exception, ReportData};
use crate::output::escape::escape_line;

/// Longer tables are folded away.
const FOLDED: usize = 50;

/// Reports as one page, one after the other. Times are shown in `zone`.
pub fn html(reports: &[ReportData], zone: &TimeZone) -> String {
    let titles: Vec<String> = reports.iter().map(|report| format!("Migration {} of {}", report.status.id, report.status.channel)).collect();
    let title = titles.join(", ");
    let bodies: String = reports.iter().map(|report| body(report, zone)).collect();
    [
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
        &format!("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n", escape(&title), include_str!("style.css")),
        &bodies,
        "</main>\n",
        FOOTER,
        "</body>\n</html>\n",
    ]
    .concat()
}

/// What one migration did.
fn body(report: &ReportData, zone: &TimeZone) -> String {
    [
        header(report, zone),
        figures(report),
        differences(report),
        flow(report),
        timeline(report, zone),
        map(report),
        settings(report, zone),
        exceptions(report),
    ]
    .concat()
}

/// Text from data as HTML: markup is text, and what could reorder or hide it is visible (G8).
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in escape_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn time(at: Time, zone: &TimeZone) -> String {
    format!("<time datetime=\"{at}\">{}</time>", escape(&clock(at, zone)))
}

fn section(heading: &str, body: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{body}</section>\n", escape(heading))
}

fn table(caption: &str, heads: &[(&str, &str)], rows: &str) -> String {
    let heads: String = heads.iter().map(|(class, head)| format!("<th scope=\"col\" class=\"{class}\">{head}</th>")).collect();
    format!(
        "<div class=\"scroll\"><table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n",
        escape(caption)
    )
}

/// Long content is folded away under its caption.
fn folded(count: usize, summary: &str, content: String) -> String {
    if count <= FOLDED {
        return content;
    }
    format!("<details>\n<summary>{}</summary>\n{content}</details>\n", escape(summary))
}

fn header(report: &ReportData, zone: &TimeZone) -> String {
    let verdict = Verdict::of(report, zone);
    let class = match verdict.tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Open => "wait",
    };
    let detail = verdict.detail.map(|detail| format!("<p>{}</p>", escape(&detail))).unwrap_or_default();
    format!(
        "<header>\n<p class=\"kind\">Migration {} to the help desk</p>\n<h1>{}</h1>\n<div class=\"verdict {class}\"><strong>{}</strong>{detail}</div>\n</header>\n",
        report.status.id,
        escape(&report.status.channel),
        escape(&verdict.headline)
    )
}

fn figures(report: &ReportData) -> String {
    let status = &report.status;
    let mut figures = Vec::new();
    if status.history == History::All {
        let of = if status.done == status.total { String::new() } else { format!(" of {}", number(status.total)) };
        figures.push((number(status.done), format!("conversations{of} moved")));
        figures.push((number(status.tickets_created), "tickets made".to_owned()));
        figures.push((number(status.tickets_moved), "tickets moved along".to_owned()));
        figures.push((number(status.unassigned), "became unassigned".to_owned()));
    } else if let Some(summary) = report.verification {
        figures.push((number((summary.total() - summary.arrivals).max(0)), "conversations stayed in the inbox".to_owned()));
    }
    figures.push((number(report.arrivals), "arrived since".to_owned()));
    if let Some(ms) = took(report) {
        let ended = if status.state == RunState::Completed { "in all" } else { "so far" };
        figures.push((duration(ms), ended.to_owned()));
    }
    let figures: String = figures.iter().map(|(value, name)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n")).collect();
    format!("<dl class=\"figures\">\n{figures}</dl>\n")
}

fn differences(report: &ReportData) -> String {
    let Some(summary) = report.verification.filter(|summary| summary.differences() > 0) else { return String::new() };
    let mut body = format!(
        "<p>{} missing, {} unexpected, {} wrong; {} as they should be.</p>\n",
        number(summary.missing),
        number(summary.unexpected),
        number(summary.wrong),
        number(summary.same)
    );
    if report.status.done < report.status.total {
        body.push_str("<p class=\"soft\">Not all has moved yet: what has not counts as a difference.</p>\n");
    }
    let rows: String = report.differences.iter().map(|text| format!("<tr><td dir=\"auto\">{}</td></tr>\n", escape(text))).collect();
    let caption = counted(report.differences.len() as i64, "thing") + " to look at";
    if !rows.is_empty() {
        body.push_str(&folded(report.differences.len(), &caption, table(&caption, &[("", "What verify found")], &rows)));
    }
    section("Differences", &body)
}

fn flow(report: &ReportData) -> String {
    let flows = Flows::of(report);
    let mut body = String::new();
    if flows.links.is_empty() {
        body.push_str(match (report.status.history, report.status.state) {
            (History::None, _) => "<p>No history was moved: existing conversations stay in the inbox, with their tickets (M16).</p>\n",
            (History::All, RunState::Completed) => "<p>There was no conversation to move.</p>\n",
            (History::All, _) => "<p>Nothing has moved yet.</p>\n",
        });
    } else {
        let rows: String = flows
            .links
            .iter()
            .map(|link| {
                let (from, stage) = (link.from.label(), escape(&flows.targets[link.to]));
                format!("<tr><td>{from}</td><td dir=\"auto\">{stage}</td><td class=\"n\">{}</td></tr>\n", number(link.count))
            })
            .collect();
        let heads = [("", "Before"), ("", "Ticket status"), ("n", "Conversations")];
        body.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"The flow as a picture\">");
        body.push_str(&svg(&flows));
        body.push_str("</div>\n<details>\n<summary>The same in numbers</summary>\n");
        body.push_str(&table(
            "From conversation status to ticket status. A made ticket counts where it was made, one that moved along where it stands.",
            &heads,
            &rows,
        ));
        body.push_str("</details>\n");
    }
    if flows.unplaced > 0 {
        body.push_str(&format!(
            "<p class=\"soft\">{} more moved; where their tickets stand is not known any more.</p>\n",
            number(flows.unplaced)
        ));
    }
    section("From conversation status to ticket status", &body)
}

fn timeline(report: &ReportData, zone: &TimeZone) -> String {
    let stretches = stretches(report);
    if stretches.is_empty() {
        return section("Timeline", "<p>No worker has begun yet.</p>\n");
    }
    let lasting = || stretches.iter().filter(|stretch| stretch.phase != COMPLETED);
    let said: Vec<String> = lasting().map(|stretch| format!("{} {}", phase_name(&stretch.phase), duration(stretch.ms))).collect();
    let spans: String = lasting()
        .map(|stretch| {
            let again = if stretch.resumed { " again" } else { "" };
            format!(
                "<span class=\"{}{again}\" style=\"flex-grow:{}\" title=\"{}: {}\"></span>",
                phase_class(&stretch.phase),
                stretch.ms.max(1),
                escape(&phase_name(&stretch.phase)),
                duration(stretch.ms)
            )
        })
        .collect();
    let rows: String = stretches.iter().map(|stretch| stretch_row(stretch, zone)).collect();
    let taken_over = match take_overs(report) {
        0 => String::new(),
        n => format!(
            " Another worker took over {}: the time before that includes the wait for it.",
            if n == 1 { "once".into() } else { format!("{n} times") }
        ),
    };
    let heads = [("", "Phase"), ("t", "Began"), ("n", "Took"), ("", "Worker")];
    let caption = format!("Times in {}.{taken_over}", zone_name(zone));
    let bar = format!("<div class=\"bar\" role=\"img\" aria-label=\"{}\">{spans}</div>\n", escape(&said.join(", ")));
    section("Timeline", &(bar + &table(&caption, &heads, &rows)))
}

fn stretch_row(stretch: &Stretch, zone: &TimeZone) -> String {
    let badge = if stretch.resumed { " <span class=\"badge\">resumed</span>" } else { "" };
    let took = if stretch.phase == COMPLETED { String::new() } else { duration(stretch.ms) };
    let gone = if stretch.abandoned { " <span class=\"soft\">(went away)</span>" } else { "" };
    format!(
        "<tr><th scope=\"row\"><span class=\"swatch {}\"></span>{}{badge}</th><td class=\"t\">{}</td><td class=\"n\">{took}</td><td>{}{gone}</td></tr>\n",
        phase_class(&stretch.phase),
        escape(&phase_name(&stretch.phase)),
        time(stretch.at, zone),
        escape(&stretch.worker)
    )
}

/// The class of a phase's colour; a phase that is not known has its own.
fn phase_class(phase: &str) -> &'static str {
    match Phase::parse(phase) {
        Some(phase) => phase.as_str(),
        None if phase == COMPLETED => COMPLETED,
        None => "unknown",
    }
}

fn map(report: &ReportData) -> String {
    if report.status.map.is_empty() {
        return String::new();
    }
    let rules: String = report.status.map.iter().map(|rule| format!("<li><code>{}</code></li>\n", escape(rule))).collect();
    let what = "<p>For conversations without a ticket. The first rule that matches decides.</p>\n";
    section("Status map", &format!("{what}<ol class=\"map\">\n{rules}</ol>\n"))
}

fn settings(report: &ReportData, zone: &TimeZone) -> String {
    let status = &report.status;
    let mut facts = vec![
        ("History", escape(history_choice(status.history))),
        ("Notifications", escape(muting(report))),
        ("Started by", escape(&status.started_by)),
        ("Asked for", time(status.started_at, zone)),
    ];
    if let Some(slas) = slas(report) {
        facts.insert(1, ("SLAs", escape(&slas)));
    }
    if let Some(at) = status.start_at {
        facts.push(("To begin at", time(at, zone)));
    }
    if let Some(at) = status.finished_at {
        facts.push(("Finished", time(at, zone)));
    } else {
        facts.push(("Last seen", time(status.updated_at, zone)));
    }
    if status.next_channels > 0 {
        facts.push(("Follow", counted(status.next_channels, "further channel")));
    }
    if let Some(log) = &status.log {
        facts.push(("Log", format!("<code>{}</code>", escape(log))));
    }
    let facts: String = facts.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>\n")).collect();
    section("Settings", &format!("<dl class=\"facts\">\n{facts}</dl>\n"))
}

fn exceptions(report: &ReportData) -> String {
    if report.exceptions.is_empty() {
        return section("Exceptions", "<p>None: no conversation lost its owner, shares a ticket, or was in the help desk before.</p>\n");
    }
    let mut body = String::new();
    for group in groups(report) {
        let count = group.exceptions.len();
        let rows: String = group.exceptions.iter().map(|exception| exception_row(exception)).collect();
        let caption = counted(count as i64, "conversation");
        let heads = [("t", "Conversation"), ("", "What happened")];
        body.push_str(&format!(
            "<h3>{}</h3>\n<p>{} <span class=\"soft\">Code <code>{}</code>.</span></p>\n{}",
            escape(group.title),
            escape(group.why),
            escape(group.code),
            folded(count, &caption, table(&caption, &heads, &rows))
        ));
    }
    section("Exceptions", &body)
}

fn exception_row(exception: &Exception) -> String {
    format!("<tr><td class=\"t\">{}</td><td dir=\"auto\">{}</td></tr>\n", exception.conversation, escape(&exception.message))
}

const FOOTER: &str = "<footer>\n<h2>How verify decides</h2>\n\
<p>It reads the account anew, conversation by conversation, and compares it with the record that was taken before each conversation moved. \
It shares no code with the move that decides anything, except the status map. Messages and attachments are compared by their digests, \
tickets property by property.</p>\n<ul>\n\
<li><code>=</code> as it should be. What was changed later counts as such where the history explains it.</li>\n\
<li><code>-</code> missing: a conversation or its ticket is not where it should be.</li>\n\
<li><code>+</code> unexpected: something is there that should not be.</li>\n\
<li><code>!</code> wrong: it is there, but differs.</li>\n</ul>\n\
<p>At any time: <code>deskctl migrations verify</code>.</p>\n</footer>\n";
