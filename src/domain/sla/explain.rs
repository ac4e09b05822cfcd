//! Why a target is due when it is: the arithmetic, line by line, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::breakdown::Day;
use super::clock::{Clock, Stop};
use super::clocks::Clocks;
use super::policy::{Kind, Policy};
use super::policy_checks::{label, meaning};
use super::prepared::Base;
use super::status::Standing;
use super::terms::Terms;
use crate::domain::time::Time;

/// One target of one ticket, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    pub standing: Standing,
    /// The rule's number in the policy, from 1.
    pub rule: usize,
    /// Why it is this rule.
    pub because: String,
    /// The working hours by name; none for 24/7.
    pub hours: Option<String>,
    pub zone: Option<String>,
    /// What the target comes to in working days.
    pub meaning: Option<String>,
    pub stretches: Vec<Stretch>,
}

/// A stretch in which the clock ran; between two of them it stood still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stretch {
    pub from_at: Time,
    /// Where it stopped; for one that goes on, the due time: what comes after it makes no difference.
    pub until_at: Time,
    pub stopped_by: Option<Stop>,
    pub worked_ms: i64,
    /// With this stretch.
    pub used_ms: i64,
    /// What of it counted, date by date; empty in 24/7 mode, where all of it does.
    pub days: Vec<Day>,
}

/// Why a rule is the one that judges.
#[derive(Clone, Copy, Debug)]
pub enum Why<'a> {
    /// The ticket's value chose it.
    Value(Option<&'a str>),
    /// It held when the clock ended, and holds no more.
    Then,
}

/// Explains a target of a ticket, which stands so. The policy has the rules of the terms, and the value is the ticket's, both with
/// names.
pub fn explain(policy: &Policy, terms: &Terms, clocks: &Clocks, why: Why<'_>, standing: Standing, now: Time) -> Option<Explanation> {
    let kind = standing.kind;
    let (number, clock) = (clocks.rule?, clocks.get(kind)?);
    let (target, base) = clocks.target(terms, kind)?;
    let end = standing.due_at.unwrap_or(now);
    Some(Explanation {
        because: because(policy, number, why),
        hours: policy.hours_of(policy.rules.get(number)?).map(str::to_owned),
        zone: base.calendar().map(|calendar| calendar.zone_name().to_owned()),
        meaning: meaning(base, target.within),
        stretches: stretches(clock, base, end),
        rule: number + 1,
        standing,
    })
}

fn because(policy: &Policy, number: usize, why: Why<'_>) -> String {
    let rule = label(policy, number);
    let value = match why {
        Why::Value(value) => value,
        Why::Then => return format!("{rule}: it held when the target was decided"),
    };
    let named = policy.rules.get(number).is_some_and(|rule| !rule.values.is_empty());
    match (policy.by, value) {
        (Some(by), Some(value)) if named => format!("{rule}: the first that takes {by} {value}"),
        (Some(by), Some(value)) => format!("{rule}: no rule before it takes {by} {value}"),
        (Some(by), None) => format!("{rule}: the ticket has no {by}"),
        (None, _) => rule,
    }
}

fn stretches(clock: &Clock, base: &Base, end: Time) -> Vec<Stretch> {
    let mut used_ms = 0;
    let stretch = |ran: &super::clock::Ran| {
        let until_at = ran.until.unwrap_or(end);
        let worked_ms = base.between(ran.from, until_at);
        used_ms += worked_ms;
        let days = base.calendar().map(|calendar| calendar.breakdown(ran.from, until_at)).unwrap_or_default();
        Stretch { from_at: ran.from, until_at, stopped_by: ran.stop, worked_ms, used_ms, days }
    };
    clock.ran.iter().map(stretch).collect()
}

/// The kinds of clock that an explanation may speak of and does not, because nothing is asked of them.
pub fn without_target(terms: &Terms, clocks: &Clocks) -> Vec<Kind> {
    Kind::ALL.into_iter().filter(|kind| clocks.target(terms, *kind).is_none()).collect()
}
