//! Laws of laying two policies over one history, whatever happens to a ticket.

use std::borrow::Cow;

use deskctl::domain::sla::backtest::{Change, Counts, Judged, judge, pairs};
use deskctl::domain::sla::{Clocks, Event, Kind, Policy};
use deskctl::domain::time::Time;
use proptest::prelude::*;

use super::clock_laws::{history, policies};
use super::desk::{NEW, at, terms};

fn judged(policy: &Policy, events: &[(Time, Event)]) -> Vec<Judged> {
    let terms = terms(policy);
    let clocks = Clocks::new(&terms, at(0), None, NEW, true);
    judge(&terms, clocks, events.iter().map(|(at, event)| (*at, Cow::Borrowed(event))), at(6_000))
}

fn counts(before: &[Judged], after: &[Judged]) -> Counts {
    let mut counts = Counts::default();
    pairs(before, after).iter().for_each(|pair| counts.add(pair));
    counts.done()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s5_a_policy_differs_in_nothing_from_itself(policy in policies(), events in history()) {
        let (before, after) = (judged(&policy, &events), judged(&policy, &events));
        for pair in pairs(&before, &after) {
            prop_assert_eq!(pair.before, pair.after);
            prop_assert_eq!(pair.change(), None);
        }
        let counts = counts(&before, &after);
        prop_assert_eq!((counts.won, counts.lost, counts.only_before, counts.only_after), (0, 0, 0, 0));
        prop_assert_eq!(counts.compliance_before, counts.compliance_after);
    }

    #[test]
    fn s5_every_clock_is_judged_once(policy in policies(), events in history()) {
        let terms = terms(&policy);
        let mut clocks = Clocks::new(&terms, at(0), None, NEW, true);
        events.iter().for_each(|(at, event)| drop(clocks.apply(&terms, *at, event)));
        let judged = judged(&policy, &events);
        let instances = |kind| judged.iter().filter(|clock| clock.kind == kind).map(|clock| clock.instance).collect::<Vec<_>>();
        prop_assert_eq!(instances(Kind::FirstResponse), [1]);
        prop_assert_eq!(instances(Kind::Close), [1]);
        prop_assert_eq!(instances(Kind::NextResponse), (1..=clocks.instances).collect::<Vec<_>>());
    }

    /// Targets decide nothing about when clocks run: a longer one only spares breaches.
    #[test]
    fn s5_longer_targets_lose_nothing(policy in policies(), events in history(), more in 0..5_000_i64) {
        let mut longer = policy.clone();
        for rule in &mut longer.rules {
            for kind in Kind::ALL {
                if let Some(target) = rule.targets.slot(kind) {
                    target.within.0 += more * 60_000;
                }
            }
        }
        let (before, after) = (judged(&policy, &events), judged(&longer, &events));
        let there = counts(&before, &after);
        prop_assert_eq!(there.lost, 0);
        prop_assert_eq!(there.breaches_before - there.won, there.breaches_after);
        let back = counts(&after, &before);
        prop_assert_eq!((back.won, back.lost), (there.lost, there.won));
        let won = pairs(&before, &after).iter().filter(|pair| pair.change() == Some(Change::Won)).count();
        prop_assert_eq!(won as i64, there.won);
    }
}
