//! The clocks case by case: what starts, stops, pauses and ends them (S1, S2, S4, S5, M12).

use deskctl::domain::sla::clock::{Change, Outcome, Stop};
use deskctl::domain::sla::clocks::replay;
use deskctl::domain::sla::historic::{Choice, Historic, Summary};
use deskctl::domain::sla::status::{Standing, most_relevant};
use deskctl::domain::sla::{Clocks, Event, Kind, Policy, Status, explain};
use deskctl::domain::time::{HOUR_MS, MINUTE_MS, Time};
use serde_json::json;

use super::desk::{CLOSED, NEW, WAITING, at, policy, terms, working};

const REPLY: Event = Event::Reply { bot: false };

fn stage(stage: i64) -> Event {
    Event::Stage { stage, open: stage != CLOSED }
}

/// A ticket of normal priority, made at minute 0, with its events by the minute.
fn course(policy: &Policy, events: &[(i64, Event)]) -> Clocks {
    let terms = terms(policy);
    let clocks = Clocks::new(&terms, at(0), None, NEW, true);
    replay(&terms, clocks, events.iter().map(|(minute, event)| (at(*minute), event.clone())).collect()).0
}

fn standing(policy: &Policy, clocks: &Clocks, kind: Kind, minute: i64) -> Option<Standing> {
    clocks.standings(&terms(policy), at(minute)).into_iter().find(|standing| standing.kind == kind)
}

/// Status and due minute.
fn told(policy: &Policy, clocks: &Clocks, kind: Kind, minute: i64) -> (Status, Option<i64>) {
    let standing = standing(policy, clocks, kind, minute).unwrap();
    (standing.status, standing.due_at.map(|due| (due.0 - at(0).0) / MINUTE_MS))
}

#[test]
fn s5_a_first_response_is_active_due_soon_overdue() {
    let policy = policy(60, 120, 600);
    let clocks = course(&policy, &[(1, Event::CustomerMessage)]);
    for (minute, status) in [(0, Status::Active), (44, Status::Active), (45, Status::DueSoon), (60, Status::DueSoon), (61, Status::Overdue)]
    {
        assert_eq!(told(&policy, &clocks, Kind::FirstResponse, minute), (status, Some(60)), "minute {minute}");
    }
    assert_eq!(standing(&policy, &clocks, Kind::NextResponse, 61), None);
}

#[test]
fn s5_a_reply_completes_it_a_bots_only_if_configured() {
    let mut policy = policy(60, 120, 600);
    let on_time = course(&policy, &[(60, REPLY)]);
    assert_eq!(told(&policy, &on_time, Kind::FirstResponse, 500).0, Status::CompletedOnTime);
    let late = course(&policy, &[(61, REPLY)]);
    assert_eq!(told(&policy, &late, Kind::FirstResponse, 500).0, Status::CompletedLate);
    assert_eq!(standing(&policy, &late, Kind::FirstResponse, 500).unwrap().breached_at, Some(at(60)));
    let bot = [(5, Event::Reply { bot: true })];
    assert_eq!(told(&policy, &course(&policy, &bot), Kind::FirstResponse, 10).0, Status::Active);
    policy.bot_replies_count = true;
    assert_eq!(told(&policy, &course(&policy, &bot), Kind::FirstResponse, 10).0, Status::CompletedOnTime);
}

#[test]
fn s5_the_next_response_runs_from_the_oldest_unanswered_message() {
    let policy = policy(60, 120, 600);
    let clocks = course(&policy, &[(2, Event::CustomerMessage), (10, REPLY), (20, Event::CustomerMessage), (90, Event::CustomerMessage)]);
    assert_eq!(told(&policy, &clocks, Kind::NextResponse, 100), (Status::Active, Some(140)));
    let clocks = course(&policy, &[(10, REPLY), (20, Event::CustomerMessage), (150, REPLY), (160, Event::CustomerMessage), (170, REPLY)]);
    let last = standing(&policy, &clocks, Kind::NextResponse, 200).unwrap();
    assert_eq!((last.instance, last.status, last.started_at), (2, Status::CompletedOnTime, at(160)));
    // Closed before an answer: cancelled.
    let clocks = course(&policy, &[(10, REPLY), (20, Event::CustomerMessage), (30, stage(CLOSED))]);
    assert_eq!(told(&policy, &clocks, Kind::NextResponse, 200).0, Status::Cancelled);
}

#[test]
fn s5_closing_without_an_answer_cancels_the_first_response() {
    let policy = policy(60, 120, 600);
    let clocks = course(&policy, &[(30, stage(CLOSED))]);
    assert_eq!(told(&policy, &clocks, Kind::FirstResponse, 500).0, Status::Cancelled);
    assert_eq!(told(&policy, &clocks, Kind::Close, 500).0, Status::CompletedOnTime);
    // Answered and closed in one moment is answered, in whatever order it is told.
    for events in [[(30, REPLY), (30, stage(CLOSED))], [(30, stage(CLOSED)), (30, REPLY)]] {
        assert_eq!(told(&policy, &course(&policy, &events), Kind::FirstResponse, 500).0, Status::CompletedOnTime);
    }
    // Reopened, it waits again, without the time while it was closed.
    let clocks = course(&policy, &[(30, stage(CLOSED)), (1_000, stage(NEW))]);
    assert_eq!(told(&policy, &clocks, Kind::FirstResponse, 1_010), (Status::Active, Some(1_030)));
}

#[test]
fn s5_a_reopened_ticket_goes_on_or_not_as_configured() {
    let mut policy = policy(60, 120, 600);
    let events = [(10, REPLY), (100, stage(CLOSED)), (1_000, stage(NEW)), (1_400, stage(CLOSED))];
    assert_eq!(told(&policy, &course(&policy, &events[..3]), Kind::Close, 1_200), (Status::Active, Some(1_500)));
    assert_eq!(told(&policy, &course(&policy, &events), Kind::Close, 1_500).0, Status::CompletedOnTime);
    policy.reopen = deskctl::domain::sla::policy::Reopen::First;
    assert_eq!(told(&policy, &course(&policy, &events[..3]), Kind::Close, 9_999), (Status::CompletedOnTime, Some(600)));
    // Overdue, closed late, reopened: it is overdue for the second time, and that is no second breach.
    let policy = super::desk::policy(60, 120, 600);
    let terms = terms(&policy);
    let clocks = Clocks::new(&terms, at(0), None, NEW, true);
    let events = [(10, REPLY), (700, stage(CLOSED)), (800, stage(NEW)), (900, stage(CLOSED))].map(|(minute, event)| (at(minute), event));
    let (clocks, changes) = replay(&terms, clocks, events.to_vec());
    assert_eq!(changes.iter().filter(|change| change.change == Change::Overdue).count(), 1);
    assert_eq!(told(&policy, &clocks, Kind::Close, 999).0, Status::CompletedLate);
}

#[test]
fn s5_a_pause_stops_the_clocks_that_it_names() {
    let policy = policy(60, 120, 600);
    let clocks = course(&policy, &[(50, stage(WAITING)), (500, stage(NEW))]);
    // The stage pauses first response and close.
    assert_eq!(told(&policy, &clocks, Kind::FirstResponse, 501), (Status::DueSoon, Some(510)));
    let paused = course(&policy, &[(50, stage(WAITING))]);
    let first = standing(&policy, &paused, Kind::FirstResponse, 5_000).unwrap();
    assert_eq!((first.status, first.paused, first.due_at, first.used_ms), (Status::DueSoon, true, None, 50 * MINUTE_MS));
    // Out of the pause and closed in one change: the pause is not counted.
    let closed = course(&policy, &[(1, REPLY), (50, stage(WAITING)), (5_000, stage(CLOSED))]);
    assert_eq!(standing(&policy, &closed, Kind::Close, 6_000).unwrap().used_ms, 50 * MINUTE_MS);
    assert_eq!(told(&policy, &closed, Kind::Close, 6_000).0, Status::CompletedOnTime);
    // A pause does not undo what is overdue.
    let overdue = course(&policy, &[(61, stage(WAITING))]);
    assert_eq!(told(&policy, &overdue, Kind::FirstResponse, 70), (Status::Overdue, Some(60)));
}

#[test]
fn s3_pauses_are_subtracted_in_the_targets_own_time() {
    // Working hours are minutes 0 to 480 of each day; the pause takes the last working hour and the night.
    let policy = working(600);
    let clocks = course(&policy, &[(1, REPLY), (420, stage(WAITING)), (1_440, stage(NEW))]);
    // 420 minutes were used on the first day, 180 are left for the second.
    assert_eq!(told(&policy, &clocks, Kind::Close, 1_500), (Status::Active, Some(1_440 + 180)));
}

#[test]
fn s2_another_priority_keeps_what_has_elapsed_and_breaches_once() {
    let policy = policy(60, 120, 600);
    let high = Event::Value(Some("HIGH".into()));
    // HIGH halves the targets.
    let clocks = course(&policy, &[(10, REPLY), (100, high.clone())]);
    assert_eq!(told(&policy, &clocks, Kind::Close, 200), (Status::Active, Some(300)));
    // What is too long already is overdue at the change, not before it.
    let terms = terms(&policy);
    let clocks = Clocks::new(&terms, at(0), None, NEW, true);
    let events = vec![(at(10), REPLY), (at(400), high), (at(500), Event::Value(None)), (at(610), stage(CLOSED))];
    let (clocks, changes) = replay(&terms, clocks, events);
    let overdue: Vec<Time> = changes.iter().filter(|change| change.change == Change::Overdue).map(|change| change.at).collect();
    assert_eq!(overdue, [at(400)]);
    assert_eq!(clocks.get(Kind::Close).unwrap().end.unwrap().outcome, Outcome::Late);
    // "no SLA" is a legal outcome.
    let off = course(&policy, &[(5, Event::Value(Some("low".into())))]);
    assert_eq!(off.standings(&terms, at(9_999)), []);
}

#[test]
fn s2_a_changed_policy_keeps_what_has_elapsed() {
    let (old, new) = (policy(60, 120, 600), policy(60, 120, 300));
    let mut clocks = course(&old, &[(10, REPLY)]);
    clocks.advance(&terms(&old), at(200));
    clocks.apply(&terms(&new), at(200), &Event::Policy);
    assert_eq!(told(&new, &clocks, Kind::Close, 200), (Status::Active, Some(300)));
    let changes = clocks.advance(&terms(&new), at(301));
    assert_eq!(changes.iter().map(|change| (change.at, change.change)).collect::<Vec<_>>(), [(at(300), Change::Overdue)]);
}

#[test]
fn s5_merging_cancels_one_and_may_hand_over_the_waiting_customer() {
    let mut policy = policy(60, 120, 600);
    let away = course(&policy, &[(10, Event::MergedAway), (20, REPLY)]);
    assert_eq!(told(&policy, &away, Kind::FirstResponse, 100).0, Status::Cancelled);
    assert_eq!(told(&policy, &away, Kind::Close, 100).0, Status::Cancelled);
    let events = [(10, REPLY), (50, Event::CustomerMessage), (60, Event::Absorbed { unanswered_since: Some(at(30)) })];
    assert_eq!(told(&policy, &course(&policy, &events), Kind::NextResponse, 100).1, Some(170));
    policy.merge = deskctl::domain::sla::policy::Merge::Unanswered;
    assert_eq!(told(&policy, &course(&policy, &events), Kind::NextResponse, 100).1, Some(150));
    let unarmed = [(10, REPLY), (60, Event::Absorbed { unanswered_since: Some(at(30)) })];
    assert_eq!(told(&policy, &course(&policy, &unarmed), Kind::NextResponse, 100).1, Some(150));
}

#[test]
fn m13_spam_has_no_sla_as_long_as_it_is_spam() {
    let policy = policy(60, 120, 600);
    let spam = course(&policy, &[(5, Event::Spam(true))]);
    assert_eq!(spam.standings(&terms(&policy), at(100)), []);
    let back = course(&policy, &[(5, Event::Spam(true)), (70, Event::Spam(false))]);
    let first = standing(&policy, &back, Kind::FirstResponse, 100).unwrap();
    assert_eq!((first.status, first.due_at), (Status::Overdue, Some(at(60))));
}

#[test]
fn m12_history_is_applied_restarted_or_exempt() {
    let policy = policy(60, 120, 600);
    let terms = terms(&policy);
    let waiting = Summary { created_at: at(0), first_reply_at: Some(at(90)), unanswered_since: Some(at(100)), closed_at: None };
    let told = |historic, minute| {
        let clocks = waiting.clocks(&terms, historic, None, NEW, at(1_000));
        clocks.standings(&terms, at(minute)).into_iter().map(|standing| (standing.kind, standing.status)).collect::<Vec<_>>()
    };
    assert_eq!(
        told(Historic::Apply, 1_000),
        [(Kind::FirstResponse, Status::CompletedLate), (Kind::NextResponse, Status::Overdue), (Kind::Close, Status::Overdue)]
    );
    assert_eq!(told(Historic::Restart, 1_001), [(Kind::NextResponse, Status::Active), (Kind::Close, Status::Active)]);
    assert_eq!(told(Historic::Exempt, 9_000), []);
    let closed = Summary { created_at: at(0), first_reply_at: None, unanswered_since: None, closed_at: Some(at(500)) };
    let clocks = closed.clocks(&terms, Historic::Apply, None, CLOSED, at(1_000));
    let statuses: Vec<Status> = clocks.standings(&terms, at(1_000)).into_iter().map(|standing| standing.status).collect();
    assert_eq!(statuses, [Status::Cancelled, Status::CompletedOnTime]);

    assert_eq!("restart".parse(), Ok(Choice { open: Historic::Restart, closed: Historic::Restart }));
    assert_eq!("open=restart, closed=exempt".parse(), Ok(Choice { open: Historic::Restart, closed: Historic::Exempt }));
    for (wrong, said) in
        [("open=restart", "both"), ("now", "none of"), ("open=a,closed=apply", "none of"), ("open=apply,open=apply", "twice")]
    {
        assert!(wrong.parse::<Choice>().unwrap_err().contains(said), "{wrong}");
    }
}

#[test]
fn the_explanation_adds_up() {
    let policy = working(600);
    let clocks = course(&policy, &[(1, REPLY), (420, stage(WAITING)), (1_440, stage(NEW))]);
    let why = explain::Why::Value(None);
    let standings = clocks.standings(&terms(&policy), at(1_500));
    let explain = |standing| explain::explain(&policy, &terms(&policy), &clocks, why, standing, at(1_500));
    let explained: Vec<_> = standings.into_iter().filter_map(explain).collect();
    let close = explained.iter().find(|one| one.standing.kind == Kind::Close).unwrap();
    assert_eq!(
        close.stretches.iter().map(|stretch| (stretch.stopped_by, stretch.used_ms / MINUTE_MS)).collect::<Vec<_>>(),
        [(Some(Stop::Pause), 420), (None, 600)]
    );
    assert_eq!(close.stretches[1].until_at, close.standing.due_at.unwrap());
    let days = &close.stretches[1].days;
    assert_eq!(days.iter().map(|day| (day.date.as_str(), day.worked_ms)).collect::<Vec<_>>(), [("2026-11-17", 3 * HOUR_MS)]);
    assert_eq!((close.zone.as_deref(), close.hours.as_deref(), close.rule), (Some("Europe/Warsaw"), Some("office"), 1));
    assert_eq!(close.meaning.as_deref(), Some("10 h of working time, about 1.3 working days of 8 h"));
    assert_eq!(close.because, "the rule for all tickets");
    let value = json!(close);
    assert_eq!(value["standing"]["due_at"], "2026-11-17T11:00:00Z");
}

#[test]
fn what_is_due_first_is_most_relevant() {
    let policy = policy(60, 120, 600);
    let terms = terms(&policy);
    let relevant = |events: &[(i64, Event)], minute: i64| {
        let standings = course(&policy, events).standings(&terms, at(minute));
        let one = most_relevant(&standings).unwrap();
        (one.kind, one.status.hubspot_digit(), one.status.hubspot_name())
    };
    assert_eq!(relevant(&[], 1), (Kind::FirstResponse, "0", "active_sla"));
    assert_eq!(relevant(&[(1, REPLY), (2, Event::CustomerMessage)], 300), (Kind::NextResponse, "1", "overdue"));
    assert_eq!(relevant(&[(1, REPLY), (2, stage(CLOSED))], 300), (Kind::Close, "3", "sla_completed_on_time"));
}
