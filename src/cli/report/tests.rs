use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::flow::{Flows, Origin};
use super::*;
use crate::domain::conversation::Status as ConversationStatus;
use crate::domain::migration::Phase;
use crate::domain::sla::historic::Choice;
use crate::domain::time::{DAY_MS, SECOND_MS, zone};
use crate::migrate::checks::Flow;
use crate::migrate::verify::Summary;
use crate::ops::migrations::{SlaReport, Status};
use crate::store::migrations::PhaseEntry;

const BEGAN: Time = Time(1_774_710_000_000);

fn warsaw() -> TimeZone {
    zone("Europe/Warsaw").unwrap()
}

fn entry(phase: &str, after_ms: i64, worker: &str) -> PhaseEntry {
    PhaseEntry { phase: phase.into(), at: BEGAN.plus_ms(after_ms), worker: worker.into() }
}

fn flow(status: ConversationStatus, stage: &str, conversations: i64) -> Flow {
    Flow { status, stage: stage.into(), conversations }
}

fn exception(code: &str, conversation: i64, message: &str) -> Exception {
    Exception { code: code.into(), conversation, message: message.into() }
}

/// A run that went well, with one take-over.
fn sample() -> ReportData {
    let lost = "became unassigned: Matti Meikäläinen <matti@acme.example> has no help desk access (M13)";
    let mut exceptions: Vec<Exception> = (1..=12).map(|id| exception("owner_lost", id * 7, lost)).collect();
    exceptions.extend((1..=6).map(|id| exception("kept_in_help_desk", id * 31, "lay in the help desk already (H11)")));
    exceptions.push(exception("shared_ticket", 204, "shares ticket 88 with another conversation (M13)"));
    let open = ConversationStatus::Open;
    let closed = ConversationStatus::Closed;
    ReportData {
        status: Status {
            id: 3,
            channel: "support@acme.example".into(),
            state: RunState::Completed,
            last_error: None,
            phase: Phase::Verifying,
            history: History::All,
            map: vec![
                "closed and last_message_at < -365d -> Archive/Closed".into(),
                "open -> Support/New".into(),
                "closed -> Support/Closed".into(),
            ],
            sla_historic: Some(Choice::default()),
            total: 352,
            done: 352,
            tickets_created: 262,
            tickets_moved: 83,
            unassigned: 12,
            percent: 100.0,
            rate_per_second: Some(4_000.0),
            eta_seconds: None,
            notifications_muted: false,
            start_at: None,
            started_at: BEGAN.plus_ms(-2_000),
            updated_at: BEGAN.plus_ms(84_000),
            finished_at: Some(BEGAN.plus_ms(84_000)),
            started_by: "anna@acme.example".into(),
            next_channels: 0,
            first_of_start: 1,
            log: None,
            takeovers: 2,
        },
        made: vec![flow(open, "Support/New", 58), flow(closed, "Support/Closed", 151), flow(closed, "Archive/Closed", 53)],
        moved: vec![
            flow(open, "Support/New", 9),
            flow(open, "Support/Waiting on contact", 21),
            flow(closed, "Support/Closed", 50),
            flow(closed, "Support/Waiting on contact", 4),
        ],
        timeline: vec![
            entry("preparing", 0, "pid 4121"),
            entry("moving_channel", 4_200, "pid 4121"),
            entry("moving_history", 6_000, "pid 4121"),
            entry("resumed", 47_000, "pid 5310"),
            entry("catching_up", 72_000, "pid 5310"),
            entry("verifying", 75_000, "pid 5310"),
            entry("completed", 84_000, "pid 5310"),
        ],
        exceptions,
        sla: Some(SlaReport { choice: Choice::default(), with_clocks: 345, exempt: 0, overdue: 17 }),
        arrivals: 2,
        verification: Some(Summary { same: 354, changed_since: 3, arrivals: 2, ..Summary::default() }),
        differences: Vec::new(),
    }
}

fn failed() -> ReportData {
    let mut report = sample();
    report.status.state = RunState::Failed;
    report.status.last_error = Some("verification_failed: 5 of 352 conversations are not as they should be".into());
    report.status.finished_at = None;
    report.timeline.pop();
    report.verification = Some(Summary { same: 347, missing: 2, unexpected: 1, wrong: 2, ..Summary::default() });
    report.differences = (1..=5).map(|id| format!("status of conversation {id} is \"open\" instead of \"closed\"")).collect();
    report
}

fn no_history() -> ReportData {
    let mut report = sample();
    report.status = Status {
        history: History::None,
        map: vec![],
        sla_historic: None,
        total: 0,
        done: 0,
        tickets_created: 0,
        tickets_moved: 0,
        unassigned: 0,
        ..report.status
    };
    report.sla = None;
    report.made.clear();
    report.moved.clear();
    report.exceptions.clear();
    report
}

fn empty() -> ReportData {
    let mut report = no_history();
    report.status.history = History::All;
    report.arrivals = 0;
    report.verification = Some(Summary::default());
    report
}

/// Names that are long, wide, or from right to left; many stages; many exceptions; a worker that was away for days.
fn large() -> ReportData {
    let mut report = sample();
    report.status.channel = format!("{}@acme.example", "asiakaspalvelu-ja-tekninen-tuki-".repeat(4));
    report.status.map.push(format!("subject contains \"{}\" -> 日本語サポート/対応中", "ö".repeat(150)));
    for number in 0..40 {
        let name = [
            "日本語サポート・お問い合わせ窓口/返信待ち（お客様からの連絡を待っています）",
            "Järjestelmänvalvojat/Odottaa yhteydenottoa",
            "דלפק/פתוח",
        ];
        let stage = format!("{} {number}", name[number as usize % 3]);
        report.made.push(flow(ConversationStatus::Closed, &stage, 1 + number * number * 40));
    }
    for id in 0..10_000 {
        report.exceptions.push(exception(
            "owner_lost",
            1_000 + id,
            "became unassigned: 山田太郎 <yamada@acme.example> has no help desk access (M13)",
        ));
    }
    report.status.done = Flows::of(&report).total() + 17;
    report.status.total = report.status.done;
    for entry in &mut report.timeline[3..] {
        entry.at = entry.at.plus_ms(3 * DAY_MS);
    }
    report
}

fn hostile() -> ReportData {
    const BAD: &str = "<script>alert(\"1\")</script>' onload='x\u{1b}[31m\u{202e}gpj\n\u{0}";
    let mut report = failed();
    report.status.channel = BAD.into();
    report.status.started_by = BAD.into();
    report.status.last_error = Some(BAD.into());
    report.status.log = Some(BAD.into());
    report.status.map.push(BAD.into());
    report.made.push(flow(ConversationStatus::Open, BAD, 10));
    report.timeline.push(entry(BAD, 90_000, BAD));
    report.exceptions.push(exception(BAD, 1, BAD));
    report.differences.push(BAD.into());
    report
}

fn scheduled() -> ReportData {
    let mut report = empty();
    report.status.state = RunState::Scheduled;
    report.status.start_at = Some(BEGAN.plus_ms(DAY_MS));
    report.status.finished_at = None;
    report.verification = None;
    report.timeline.clear();
    report
}

fn all() -> [(&'static str, ReportData); 7] {
    [
        ("sample", sample()),
        ("failed", failed()),
        ("no_history", no_history()),
        ("empty", empty()),
        ("large", large()),
        ("hostile", hostile()),
        ("scheduled", scheduled()),
    ]
}

/// Writes the pages and texts to look at: `cargo test --lib pages_to_look_at -- --ignored`.
#[test]
#[ignore = "writes to the directory for temporary files"]
fn pages_to_look_at() {
    let directory = std::env::temp_dir().join("deskctl-report-samples");
    std::fs::create_dir_all(&directory).unwrap();
    for (name, report) in all() {
        std::fs::write(directory.join(format!("{name}.html")), html(std::slice::from_ref(&report), &warsaw())).unwrap();
        std::fs::write(directory.join(format!("{name}.txt")), text(&report, &warsaw())).unwrap();
    }
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    for (name, report) in all() {
        let page = html(std::slice::from_ref(&report), &warsaw()).to_lowercase();
        for forbidden in ["http", "src=", "href", "@import", "url(", "<script", "<link", "<iframe", "<object"] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn names_from_data_stay_text() {
    let page = html(&[hostile()], &warsaw());
    assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x\\x1b[31m\\u{202e}gpj⏎\\x00"));
    assert!(!page.contains("onload='"));
    let harmful = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!page.contains(harmful));
    assert!(!text(&hostile(), &warsaw()).contains(harmful));
}

#[test]
fn tags_are_closed() {
    for (name, report) in all() {
        let page = html(std::slice::from_ref(&report), &warsaw());
        for tag in ["section", "table", "details", "div", "tr", "td", "dl", "svg", "path", "text", "main", "p", "span"] {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{name}: {tag}");
        }
    }
}

/// The sum of the numbers that follow `before`.
fn sum_after(page: &str, before: &str) -> i64 {
    let digits = |part: &str| -> String { part.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect() };
    page.split(before).skip(1).map(|part| digits(part).parse::<i64>().unwrap()).sum()
}

#[test]
fn the_picture_sums_up_to_the_data() {
    for (name, report) in all() {
        let kept = report.exceptions.iter().filter(|exception| exception.code == "kept_in_help_desk").count() as i64;
        let expected = report.made.iter().chain(&report.moved).map(|flow| flow.conversations).sum::<i64>() + kept;
        let picture = svg::svg(&Flows::of(&report));
        assert_eq!(sum_after(&picture, "Z\"><title>"), expected, "{name}: ribbons");
        assert_eq!(sum_after(&picture, "<tspan class=\"count\">"), expected, "{name}: targets");
        let sources: String = picture
            .split("<text class=\"count\"")
            .skip(1)
            .map(|part| part.split_once('>').unwrap().1)
            .fold(String::new(), |all, part| all + "|" + part);
        assert_eq!(sum_after(&sources.replace("</text>", "\n"), "|"), expected, "{name}: sources");
    }
}

#[test]
fn flows_merge_by_stage_and_tell_what_is_not_known() {
    let flows = Flows::of(&sample());
    let new = flows.targets.iter().position(|target| target == "Support/New").unwrap();
    assert_eq!((flows.out_of(Origin::Open), flows.out_of(Origin::Closed), flows.out_of(Origin::HadTicket)), (58, 204, 84));
    assert_eq!(flows.ending_in(new), 67);
    assert_eq!((flows.total(), flows.unplaced), (352, 0));
    assert_eq!(Flows::of(&large()).unplaced, 17);
}

#[test]
fn text_fits_a_hundred_columns() {
    for (name, report) in all() {
        for line in text(&report, &warsaw()).lines() {
            assert!(line.width() <= 100, "{name}: {line}");
        }
    }
}

#[test]
fn text_says_what_happened() {
    let text = text(&sample(), &warsaw());
    for part in [
        "Migration 3 of support@acme.example to the help desk: completed\nAll 354 conversations are as they should be\n3 of them changed since, 2 arrived after the move\n",
        "  Began          2026-03-28 16:00:00 CET (Europe/Warsaw)\n",
        "  Took           1 min 24 s, taken over once by another worker\n",
        "  2026-03-28 16:00:06 CET         41 s  Moving history    pid 4121, which went away\n",
        "  2026-03-28 16:00:47 CET         25 s  Moving history    resumed by pid 5310\n",
        "  354 = (3 changed since, 2 arrived later), 0 - missing, 0 + unexpected, 0 ! wrong\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert!(super::text(&large(), &warsaw()).contains("    … and 9,992 more: -o json gives all\n"));
}

#[test]
fn long_tables_are_folded_and_whole() {
    let page = html(&[large()], &warsaw());
    assert_eq!(page.matches("yamada@acme.example").count(), 10_000);
    assert!(page.contains("<details>\n<summary>10,012 conversations</summary>"));
    assert_eq!(html(&[sample()], &warsaw()).matches("<details>").count(), 1, "short tables stand open");
}

#[test]
fn verdicts_tell_the_state() {
    let headline = |report: ReportData| Verdict::of(&report, &warsaw()).headline;
    assert_eq!(headline(empty()), "Everything is as it should be: there was no conversation to move");
    assert_eq!(headline(scheduled()), "Scheduled: it has not begun yet");
    assert_eq!(headline(failed()), "Failed: verification_failed: 5 of 352 conversations are not as they should be");
    let mut wrong = failed();
    wrong.status.state = RunState::Completed;
    assert_eq!(headline(wrong), "5 differences among 352 conversations");
}

#[test]
fn an_unfinished_stretch_lasts_until_the_last_sign_of_life() {
    let mut report = failed();
    report.timeline.truncate(3);
    report.status.updated_at = BEGAN.plus_ms(6_000 + 7 * SECOND_MS);
    assert_eq!(stretches(&report).last().unwrap().ms, 7 * SECOND_MS);
    assert_eq!(took(&report), Some(13 * SECOND_MS));
}

#[test]
fn numbers_and_durations_are_readable() {
    let numbers = [0, 999, 1_000, 1_234_567, -1_000].map(number);
    assert_eq!(numbers, ["0", "999", "1,000", "1,234,567", "-1,000"]);
    let durations = [40, 1_290, 84_000, 7_500_000, 3 * DAY_MS].map(duration);
    assert_eq!(durations, ["40 ms", "1.2 s", "1 min 24 s", "2 h 5 min", "3 d 0 h"]);
}

proptest! {
    #[test]
    fn any_text_is_escaped_and_fits(name in any::<String>()) {
        let mut report = sample();
        report.status.channel = name.clone();
        report.made[0].stage = name.clone();
        report.exceptions[0].message = name.clone();
        let escaped = html::escape(&name);
        prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
        for line in text(&report, &warsaw()).lines() {
            prop_assert!(line.width() <= 100, "{}", line);
        }
        prop_assert!(html(std::slice::from_ref(&report), &warsaw()).contains(&escaped));
    }
}
