//! The same history under two policies: which breaches the other one would have spared, and which it would have brought.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::Event;
use super::clocks::Clocks;
use super::policy::Kind;
use super::status::{Standing, Status};
use super::terms::Terms;
use crate::domain::time::Time;
use crate::text_enum;

text_enum! {
    /// What became of a breach under the other policy.
    #[schemars(rename = "BacktestChange")]
    pub enum Change {
        /// There is one now, and there would be none.
        Won = "won",
        /// There is none now, and there would be one.
        Lost = "lost",
    }
}

/// One clock as it ended, or as it stands at last.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub kind: Kind,
    pub instance: u32,
    pub started_at: Time,
    /// None where nothing was asked of it.
    pub standing: Option<Standing>,
}

impl Judged {
    /// A ticket's clock at a moment.
    fn of(clocks: &Clocks, terms: &Terms, kind: Kind, now: Time) -> Option<Judged> {
        let clock = clocks.get(kind)?;
        let standing = clocks.standing(terms, kind, now);
        Some(Judged { kind, instance: clock.instance, started_at: clock.started_at, standing })
    }

    /// A next response that has ended: the next customer message puts another clock in its place.
    fn passing(clocks: &Clocks, terms: &Terms) -> Option<Judged> {
        let end = clocks.get(Kind::NextResponse)?.end?;
        Judged::of(clocks, terms, Kind::NextResponse, end.at)
    }
}

/// Plays a ticket's whole course by one policy, from its making until now: every clock that it ever had.
pub fn judge<'e>(terms: &Terms, mut clocks: Clocks, events: impl IntoIterator<Item = (Time, Cow<'e, Event>)>, now: Time) -> Vec<Judged> {
    let mut judged = Vec::with_capacity(Kind::ALL.len());
    for (at, event) in events {
        let passing = Judged::passing(&clocks, terms);
        clocks.apply(terms, at, &event);
        judged.extend(passing.filter(|passed| clocks.get(passed.kind).is_none_or(|clock| clock.instance != passed.instance)));
    }
    clocks.advance(terms, now);
    judged.extend(Kind::ALL.into_iter().filter_map(|kind| Judged::of(&clocks, terms, kind, now)));
    judged
}

impl Standing {
    /// Completed late, overdue, or ended without being met when it was overdue.
    pub fn is_breach(&self) -> bool {
        match self.status {
            Status::CompletedLate | Status::Overdue => true,
            Status::Cancelled => self.breached_at.is_some(),
            Status::Active | Status::DueSoon | Status::CompletedOnTime => false,
        }
    }

    /// By how much the target was missed, in its own time; negative where so much was left.
    pub fn late_ms(&self) -> i64 {
        self.used_ms.saturating_sub(self.target_ms)
    }
}

/// A clock under both policies; one of them may know nothing of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a> {
    pub before: Option<&'a Judged>,
    pub after: Option<&'a Judged>,
}

impl Pair<'_> {
    /// The clock itself, by its name under the first policy where there is one.
    pub fn clock(&self) -> Option<&Judged> {
        self.before.or(self.after)
    }

    /// How it stands under either policy, where either asks something of it.
    pub fn standings(&self) -> [Option<&Standing>; 2] {
        [self.before, self.after].map(|side| side.and_then(|judged| judged.standing.as_ref()))
    }

    pub fn change(&self) -> Option<Change> {
        match self.standings().map(|side| side.is_some_and(Standing::is_breach)) {
            [true, false] => Some(Change::Won),
            [false, true] => Some(Change::Lost),
            _ => None,
        }
    }
}

/// The clocks of one ticket side by side. Next responses belong together by the message that started them: their numbers differ
/// where the policies do not agree about what an answer is.
pub fn pairs<'a>(before: &'a [Judged], after: &'a [Judged]) -> Vec<Pair<'a>> {
    let mut pairs = Vec::with_capacity(before.len().max(after.len()));
    for kind in Kind::ALL {
        let [mut old, mut new] = [before, after].map(|side| side.iter().filter(move |judged| judged.kind == kind).peekable());
        loop {
            let (left, right) = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(left), Some(right)) => (left.started_at <= right.started_at, right.started_at <= left.started_at),
                (left, right) => (left.is_some(), right.is_some()),
            };
            pairs.push(Pair { before: old.next_if(|_| left), after: new.next_if(|_| right) });
        }
    }
    pairs
}

/// Clocks under both policies, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BacktestCounts")]
pub struct Counts {
    /// Clocks that were met or missed: what compliance is about. What still has time, and what was cancelled in time, counts
    /// neither way.
    pub judged_before: i64,
    pub judged_after: i64,
    pub breaches_before: i64,
    pub breaches_after: i64,
    /// Breaches that would not be.
    pub won: i64,
    /// Breaches that would be new.
    pub lost: i64,
    /// Clocks that have a target now and would have none.
    pub only_before: i64,
    /// Clocks that have no target now and would have one.
    pub only_after: i64,
    /// Judged clocks without a breach, in percent; none where none was judged.
    pub compliance_before: Option<f64>,
    pub compliance_after: Option<f64>,
}

impl Counts {
    pub fn add(&mut self, pair: &Pair<'_>) {
        let [before, after] = pair.standings();
        let judged = |side: Option<&Standing>| {
            i64::from(side.is_some_and(|standing| standing.is_breach() || standing.status == Status::CompletedOnTime))
        };
        let breach = |side: Option<&Standing>| i64::from(side.is_some_and(Standing::is_breach));
        self.judged_before += judged(before);
        self.judged_after += judged(after);
        self.breaches_before += breach(before);
        self.breaches_after += breach(after);
        self.won += i64::from(pair.change() == Some(Change::Won));
        self.lost += i64::from(pair.change() == Some(Change::Lost));
        self.only_before += i64::from(before.is_some() && after.is_none());
        self.only_after += i64::from(before.is_none() && after.is_some());
    }

    /// With compliance, of what was counted.
    pub fn done(mut self) -> Counts {
        self.compliance_before = compliance(self.judged_before, self.breaches_before);
        self.compliance_after = compliance(self.judged_after, self.breaches_after);
        self
    }
}

/// In percent, to a tenth.
fn compliance(judged: i64, breaches: i64) -> Option<f64> {
    (judged > 0).then(|| ((judged - breaches) as f64 * 1_000.0 / judged as f64).round() / 10.0)
}

/// The counts of one kind of clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BacktestKindCounts")]
pub struct KindCounts {
    pub kind: Kind,
    #[serde(flatten)]
    pub counts: Counts,
}

#[cfg(test)]
#[path = "backtest_tests.rs"]
mod tests;
