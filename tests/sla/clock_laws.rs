//! Laws of the clocks, whatever happens to a ticket (S5).

use deskctl::domain::sla::clock::{Change, Stop};
use deskctl::domain::sla::clocks::replay;
use deskctl::domain::sla::historic::{Historic, Summary};
use deskctl::domain::sla::{Base, Clocks, Event, Kind, Policy, Status, Terms};
use deskctl::domain::time::Time;
use proptest::prelude::*;

use super::desk::{CLOSED, NEW, WAITING, at, office, policy, terms, working};

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::CustomerMessage),
        3 => any::<bool>().prop_map(|bot| Event::Reply { bot }),
        4 => prop::sample::select(vec![NEW, WAITING, CLOSED]).prop_map(|stage| Event::Stage { stage, open: stage != CLOSED }),
        2 => prop::sample::select(vec![None, Some("HIGH"), Some("LOW"), Some("MEDIUM")]).prop_map(|value| Event::Value(value.map(str::to_owned))),
        1 => any::<bool>().prop_map(Event::Spam),
        1 => prop::option::of(0..3_000_i64).prop_map(|minute| Event::Absorbed { unanswered_since: minute.map(at) }),
    ]
}

/// Events within a few days, in order of time, often several in one minute.
pub fn history() -> impl Strategy<Value = Vec<(Time, Event)>> {
    prop::collection::vec((0..600_i64, event()), 0..25).prop_map(|events| {
        let mut events: Vec<(Time, Event)> = events.into_iter().map(|(minute, event)| (at(minute * 7), event)).collect();
        events.sort_by_key(|(at, _)| *at);
        events
    })
}

pub fn policies() -> impl Strategy<Value = Policy> {
    let plain = (30..300_i64, 30..300_i64, 100..3_000_i64).prop_map(|(first, next, close)| policy(first, next, close));
    let hours = (60..2_000_i64).prop_map(working);
    (prop_oneof![plain, hours], any::<bool>(), any::<bool>()).prop_map(|(mut policy, first, merge)| {
        if first {
            policy.reopen = deskctl::domain::sla::policy::Reopen::First;
        }
        if merge {
            policy.merge = deskctl::domain::sla::policy::Merge::Unanswered;
        }
        policy
    })
}

fn new(terms: &Terms) -> Clocks {
    Clocks::new(terms, at(0), None, NEW, true)
}

fn last() -> Time {
    at(6_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s5_the_order_in_which_events_are_told_does_not_matter(policy in policies(), events in history(), seed in any::<u64>()) {
        let terms = terms(&policy);
        // Of one moment the order counts, so moments are made different.
        let events: Vec<(Time, Event)> = events.into_iter().enumerate().map(|(number, (at, event))| (at.plus_ms(number as i64), event)).collect();
        let mut shuffled = events.clone();
        let mut dice = super::dice::Dice(seed);
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, dice.within(0, place as i64 + 1) as usize);
        }
        prop_assert_eq!(replay(&terms, new(&terms), events), replay(&terms, new(&terms), shuffled));
    }

    #[test]
    fn s5_looking_at_the_clocks_changes_nothing(policy in policies(), events in history(), looks in prop::collection::vec(0..6_000_i64, 0..20)) {
        let terms = terms(&policy);
        let (mut quiet, _) = replay(&terms, new(&terms), events.clone());
        quiet.advance(&terms, last());
        let mut watched = new(&terms);
        let mut looks: Vec<Time> = looks.into_iter().map(at).collect();
        looks.sort();
        for (at, event) in &events {
            for look in looks.iter().filter(|look| *look < at) {
                if *look >= watched.last_at {
                    watched.advance(&terms, *look);
                }
            }
            watched.apply(&terms, *at, event);
        }
        watched.advance(&terms, last());
        prop_assert_eq!(quiet, watched);
    }

    #[test]
    fn s5_a_clock_is_overdue_for_the_first_time_once(policy in policies(), events in history()) {
        let terms = terms(&policy);
        let (mut clocks, mut changes) = replay(&terms, new(&terms), events);
        changes.extend(clocks.advance(&terms, last()));
        let mut breaches: Vec<(Kind, u32)> = changes.iter().filter(|change| change.change == Change::Overdue).map(|change| (change.kind, change.instance)).collect();
        let all = breaches.len();
        breaches.sort_unstable();
        breaches.dedup();
        prop_assert_eq!(all, breaches.len());
    }

    #[test]
    fn s5_stretches_are_in_order_and_apart(policy in policies(), events in history()) {
        let terms = terms(&policy);
        let (clocks, _) = replay(&terms, new(&terms), events);
        for clock in clocks.clocks.iter().flatten() {
            let mut before = clock.started_at;
            for (number, ran) in clock.ran.iter().enumerate() {
                prop_assert!(ran.from > before || (number == 0 && ran.from >= before), "{clock:?}");
                before = ran.until.unwrap_or(last());
                prop_assert!(ran.from < before, "{clock:?}");
                prop_assert_eq!(ran.until.is_none(), ran.stop.is_none());
                prop_assert!(ran.until.is_some() || number + 1 == clock.ran.len());
            }
            prop_assert_eq!(clock.is_running(), clock.end.is_none() && !clock.is_paused());
        }
    }

    #[test]
    fn s5_at_the_due_time_the_target_is_just_used_up(policy in policies(), events in history()) {
        let terms = terms(&policy);
        let (clocks, _) = replay(&terms, new(&terms), events);
        for standing in clocks.standings(&terms, last()) {
            let Some(due) = standing.due_at else { continue };
            let (_, base) = clocks.target(&terms, standing.kind).unwrap();
            let clock = clocks.get(standing.kind).unwrap();
            if standing.ended_at.is_some_and(|ended| ended < due) {
                continue;
            }
            prop_assert_eq!(clock.used(base, due), standing.target_ms);
            prop_assert!(clock.used(base, due.plus_ms(-1)) < standing.target_ms);
            prop_assert!(standing.due_soon_at.is_none_or(|soon| soon <= due));
        }
    }

    #[test]
    fn s5_time_only_makes_it_worse(policy in policies(), events in history(), mut looks in prop::collection::vec(4_300..90_000_i64, 2..9)) {
        let terms = terms(&policy);
        let (clocks, _) = replay(&terms, new(&terms), events);
        looks.sort_unstable();
        let rank = |status: Status| match status {
            Status::Active => 0,
            Status::DueSoon => 1,
            Status::Overdue => 2,
            _ => 3,
        };
        for pair in looks.windows(2) {
            for (a, b) in clocks.standings(&terms, at(pair[0])).iter().zip(clocks.standings(&terms, at(pair[1]))) {
                prop_assert!(rank(a.status) <= rank(b.status));
                prop_assert!(rank(a.status) != 3 || a.status == b.status);
            }
        }
    }

    /// In any time base: what ran, and what lay between, is all of it.
    #[test]
    fn s3_pauses_are_subtracted_in_the_targets_own_time(events in history(), working in any::<bool>()) {
        let policy = policy(60, 60, 600);
        let terms = terms(&policy);
        let base = if working { office() } else { Base::Always };
        let (clocks, _) = replay(&terms, new(&terms), events);
        for clock in clocks.clocks.iter().flatten().filter(|clock| !clock.ran.is_empty()) {
            let end = clock.ran.last().unwrap().until.unwrap_or(last());
            let gaps = clock.ran.windows(2).map(|pair| base.between(pair[0].until.unwrap(), pair[1].from));
            let all = base.between(clock.ran[0].from, end);
            prop_assert_eq!(clock.used(&base, last()) + gaps.sum::<i64>(), all);
        }
    }

    #[test]
    fn s2_a_value_that_comes_and_goes_costs_nothing(policy in policies(), events in history(), minute in 0..4_000_i64) {
        let terms = terms(&policy);
        let events: Vec<(Time, Event)> = events.into_iter().filter(|(_, event)| !matches!(event, Event::Value(_) | Event::Spam(_))).collect();
        let mut detour = events.clone();
        detour.push((at(minute), Event::Value(Some("MEDIUM".into()))));
        detour.push((at(minute), Event::Value(None)));
        let dues = |events| {
            let (clocks, _) = replay(&terms, new(&terms), events);
            clocks.standings(&terms, last()).into_iter().map(|standing| (standing.kind, standing.status, standing.due_at, standing.breached_at)).collect::<Vec<_>>()
        };
        prop_assert_eq!(dues(events), dues(detour));
    }

    /// For the time to close, closing and reopening is a pause.
    #[test]
    fn s5_closing_and_reopening_is_a_pause(start in 1..400_i64, length in 1..400_i64, close in 500..900_i64) {
        let policy = policy(60, 60, close);
        let terms = terms(&policy);
        let due = |stage: i64| {
            let events = vec![(at(start), Event::Stage { stage, open: stage != CLOSED }), (at(start + length), Event::Stage { stage: NEW, open: true })];
            replay(&terms, new(&terms), events).0.get(Kind::Close).unwrap().ran.iter().map(|ran| (ran.from, ran.until)).collect::<Vec<_>>()
        };
        prop_assert_eq!(due(CLOSED), due(WAITING));
    }

    #[test]
    fn m12_the_summary_of_a_conversation_is_its_history(policy in policies(), reply in prop::option::of(1..500_i64), waiting in prop::option::of(1..300_i64), closed in prop::option::of(900..1_500_i64)) {
        let terms = terms(&policy);
        let unanswered = reply.and_then(|reply| Some(reply + waiting?));
        let summary = Summary { created_at: at(0), first_reply_at: reply.map(at), unanswered_since: unanswered.map(at), closed_at: closed.map(at) };
        let mut events = vec![(at(0), Event::CustomerMessage)];
        events.extend(reply.map(|minute| (at(minute), Event::Reply { bot: false })));
        events.extend(unanswered.map(|minute| (at(minute), Event::CustomerMessage)));
        events.extend(closed.map(|minute| (at(minute), Event::Stage { stage: CLOSED, open: false })));
        let stage = if closed.is_some() { CLOSED } else { NEW };
        let (replayed, _) = replay(&terms, new(&terms), events);
        let summed = summary.clocks(&terms, Historic::Apply, None, stage, last());
        prop_assert_eq!(summed.standings(&terms, last()), {
            let mut replayed = replayed;
            replayed.advance(&terms, last());
            replayed.standings(&terms, last())
        });
    }
}

proptest! {
    /// Whatever the order of what happened, and also where it is known at once, the clocks are those that a replay has.
    #[test]
    fn m12_clocks_at_once_are_those_of_a_replay(policy in policies(), reply in prop::option::of(0..90_i64), waiting in prop::option::of(0..90_i64), closed in prop::option::of(0..90_i64), moved in 0..120_i64, scale in prop::sample::select(vec![1, 7, 40])) {
        let terms = terms(&policy);
        let at = |minute: i64| at(minute * scale);
        let summary = Summary { created_at: at(0), first_reply_at: reply.map(at), unanswered_since: waiting.map(at), closed_at: closed.map(at) };
        let stage = if closed.is_some() { CLOSED } else { NEW };
        let mut events: Vec<(Time, Event)> = reply.map(|minute| (at(minute), Event::Reply { bot: false })).into_iter().collect();
        events.extend(waiting.map(|minute| (at(minute), Event::CustomerMessage)));
        events.extend(closed.map(|minute| (at(minute), Event::Stage { stage, open: false })));
        let new = Clocks::new(&terms, at(0), None, stage, true);
        for (historic, last) in [(Historic::Apply, None), (Historic::Restart, Some(Event::Restart))] {
            let (mut replayed, _) = replay(&terms, new.clone(), events.clone());
            match last {
                Some(event) => drop(replayed.apply(&terms, at(moved), &event)),
                None => drop(replayed.advance(&terms, at(moved))),
            }
            prop_assert_eq!(summary.clocks(&terms, historic, None, stage, at(moved)), replayed);
        }
    }
}

#[test]
fn why_clocks_stop_has_names() {
    assert_eq!(Stop::NAMES, ["pause", "close", "response", "merge"]);
}
