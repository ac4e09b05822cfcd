//! Clocks side by side, by hand.

use super::*;

/// A clock that began at an hour, with a status; `used` and `target` are in hours.
fn clock(kind: Kind, instance: u32, started: i64, standing: Option<(Status, i64, i64)>) -> Judged {
    let hours = |hours: i64| hours * crate::domain::time::HOUR_MS;
    let started_at = Time(hours(started));
    let standing = standing.map(|(status, used, target)| Standing {
        kind,
        instance,
        status,
        paused: false,
        target_ms: hours(target),
        used_ms: hours(used),
        started_at,
        due_at: Some(started_at.plus_ms(hours(target))),
        due_soon_at: None,
        ended_at: None,
        breached_at: None,
    });
    Judged { kind, instance, started_at, standing }
}

fn changes(before: &[Judged], after: &[Judged]) -> Vec<(Kind, u32, Option<Change>)> {
    pairs(before, after).iter().map(|pair| (pair.clock().unwrap().kind, pair.clock().unwrap().instance, pair.change())).collect()
}

#[test]
fn s5_a_breach_of_one_side_is_won_or_lost() {
    use Status::{Active, Cancelled, CompletedLate, CompletedOnTime, DueSoon, Overdue};
    let kind = Kind::Close;
    for (before, after, change) in [
        (Some(CompletedLate), Some(CompletedOnTime), Some(Change::Won)),
        (Some(Overdue), Some(DueSoon), Some(Change::Won)),
        (Some(Overdue), None, Some(Change::Won)),
        (None, Some(Overdue), Some(Change::Lost)),
        (Some(Active), Some(CompletedLate), Some(Change::Lost)),
        (Some(CompletedLate), Some(Overdue), None),
        (Some(Cancelled), Some(Cancelled), None),
        (None, None, None),
    ] {
        let side = |status: Option<Status>| [clock(kind, 1, 0, status.map(|status| (status, 5, 4)))];
        assert_eq!(changes(&side(before), &side(after)), [(kind, 1, change)], "{before:?} {after:?}");
    }
}

#[test]
fn s5_next_responses_belong_together_by_the_message_that_started_them() {
    let next = |instance, started, status| clock(Kind::NextResponse, instance, started, Some((status, 2, 4)));
    // By the other policy a bot has answered the message of hour 3, and that of hour 4 started a clock of its own.
    let before = [next(1, 3, Status::CompletedLate), next(2, 9, Status::CompletedOnTime)];
    let after = [next(1, 3, Status::CompletedOnTime), next(2, 4, Status::CompletedLate), next(3, 9, Status::CompletedOnTime)];
    let kind = Kind::NextResponse;
    assert_eq!(changes(&before, &after), [(kind, 1, Some(Change::Won)), (kind, 2, Some(Change::Lost)), (kind, 2, None)]);
    assert_eq!(changes(&after, &before), [(kind, 1, Some(Change::Lost)), (kind, 2, Some(Change::Won)), (kind, 3, None)]);
    assert_eq!(pairs(&before, &[]).len(), 2);
}

#[test]
fn s1_totals_count_what_was_judged() {
    let first = |status| clock(Kind::FirstResponse, 1, 0, status);
    let mut counts = Counts::default();
    for (before, after) in [
        (Some(Status::CompletedOnTime), Some(Status::CompletedLate)),
        (Some(Status::CompletedLate), Some(Status::CompletedLate)),
        (Some(Status::CompletedOnTime), Some(Status::CompletedOnTime)),
        (Some(Status::Active), Some(Status::Overdue)),
        (Some(Status::Cancelled), None),
        (None, Some(Status::Active)),
    ] {
        let [before, after] = [before, after].map(|status| first(status.map(|status| (status, 1, 1))));
        counts.add(&Pair { before: Some(&before), after: Some(&after) });
    }
    let counts = counts.done();
    assert_eq!((counts.judged_before, counts.breaches_before, counts.compliance_before), (3, 1, Some(66.7)));
    assert_eq!((counts.judged_after, counts.breaches_after, counts.compliance_after), (4, 3, Some(25.0)));
    assert_eq!((counts.won, counts.lost, counts.only_before, counts.only_after), (0, 2, 1, 1));
    assert_eq!(Counts::default().done().compliance_after, None);
}

#[test]
fn s5_what_ends_unmet_when_it_is_overdue_is_a_breach() {
    let mut cancelled = clock(Kind::FirstResponse, 1, 0, Some((Status::Cancelled, 5, 4))).standing.unwrap();
    assert!(!cancelled.is_breach());
    cancelled.breached_at = cancelled.due_at;
    assert!(cancelled.is_breach());
}

#[test]
fn s3_lateness_is_in_the_targets_own_time() {
    let late = |used, target| clock(Kind::Close, 1, 0, Some((Status::Overdue, used, target))).standing.unwrap().late_ms();
    assert_eq!((late(5, 4), late(3, 4)), (3_600_000, -3_600_000));
}
