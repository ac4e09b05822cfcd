//! What a clock's course comes to by its target (S4, S5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::{Clock, Outcome};
use super::clocks::Clocks;
use super::policy::{Kind, Target};
use super::prepared::Base;
use super::terms::Terms;
use crate::domain::time::Time;
use crate::text_enum;

text_enum! {
    /// S5: how a target stands.
    #[schemars(rename = "SlaStatus")]
    pub enum Status {
        Active = "active",
        DueSoon = "due_soon",
        Overdue = "overdue",
        CompletedOnTime = "completed_on_time",
        CompletedLate = "completed_late",
        Cancelled = "cancelled",
    }
}

impl Status {
    /// The value of HubSpot's properties `hs_time_to_…_sla_status`; empty for what HubSpot has none for.
    pub fn hubspot_digit(self) -> &'static str {
        match self {
            Status::Active => "0",
            Status::Overdue => "1",
            Status::DueSoon => "2",
            Status::CompletedOnTime => "3",
            Status::CompletedLate => "4",
            Status::Cancelled => "",
        }
    }

    /// The value of HubSpot's property `hs_most_relevant_sla_status`.
    pub fn hubspot_name(self) -> &'static str {
        match self {
            Status::Active => "active_sla",
            Status::Overdue => "overdue",
            Status::DueSoon => "due_soon",
            Status::CompletedOnTime => "sla_completed_on_time",
            Status::CompletedLate => "sla_completed_late",
            Status::Cancelled => "",
        }
    }

    pub fn is_open(self) -> bool {
        matches!(self, Status::Active | Status::DueSoon | Status::Overdue)
    }
}

/// One target of one ticket at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    pub kind: Kind,
    pub instance: u32,
    pub status: Status,
    pub paused: bool,
    pub target_ms: i64,
    /// In the target's own time; at most now, or its end.
    pub used_ms: i64,
    pub started_at: Time,
    /// Unknown while it is paused with something left.
    pub due_at: Option<Time>,
    pub due_soon_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub breached_at: Option<Time>,
}

impl Clock {
    /// The earliest instant at which what ran reaches `within_ms` (S3); none where it stands still with something left. Of a
    /// clock that ended before, the instant at which it would have.
    pub fn due(&self, base: &Base, within_ms: i64) -> Option<Time> {
        let mut left = within_ms;
        for (number, ran) in self.ran.iter().enumerate() {
            let last = number + 1 == self.ran.len();
            // What stood still when it ended has no such instant.
            let would_go_on = last && ran.until.is_some() && ran.until == self.end.map(|end| end.at);
            let until = ran.until.filter(|_| !would_go_on);
            let worked = until.map(|until| base.between(ran.from, until));
            match worked {
                Some(worked) if worked < left => left -= worked,
                _ => return base.add(ran.from, left).ok(),
            }
        }
        None
    }

    /// What ran of it until `now`, in the target's own time.
    pub fn used(&self, base: &Base, now: Time) -> i64 {
        self.ran.iter().map(|ran| base.between(ran.from, ran.until.unwrap_or(now).min(now))).sum()
    }

    fn standing(&self, target: Target, base: &Base, rule_since: Time, now: Time) -> Option<Standing> {
        let due_at = self.due(base, target.within.0);
        let due_soon_at = target.due_soon.and_then(|lead| self.due_soon(base, target.within.0 - lead.0));
        let passed = |at: Option<Time>| at.is_some_and(|at| at < now);
        let reached = |at: Option<Time>| at.is_some_and(|at| at <= now);
        let status = match self.end.map(|end| end.outcome) {
            Some(Outcome::OnTime) => Status::CompletedOnTime,
            Some(Outcome::Late) => Status::CompletedLate,
            Some(Outcome::Cancelled) => Status::Cancelled,
            Some(Outcome::NoTarget) => return None,
            None if passed(due_at) => Status::Overdue,
            None if reached(due_soon_at) => Status::DueSoon,
            None => Status::Active,
        };
        Some(Standing {
            kind: self.kind,
            instance: self.instance,
            status,
            paused: self.is_paused(),
            target_ms: target.within.0,
            used_ms: self.used(base, now),
            started_at: self.started_at,
            due_at,
            due_soon_at,
            ended_at: self.end.map(|end| end.at),
            breached_at: self.breached_at.or(due_at.filter(|_| status == Status::Overdue).map(|due| due.max(rule_since))),
        })
    }

    /// All but the lead is used up; at once where the lead is the whole target.
    fn due_soon(&self, base: &Base, before_ms: i64) -> Option<Time> {
        if before_ms > 0 { self.due(base, before_ms) } else { self.ran.first().map(|ran| ran.from) }
    }
}

impl Clocks {
    /// The target that holds for a clock now; none for spam.
    pub fn target<'a>(&self, terms: &'a Terms, kind: Kind) -> Option<(Target, &'a Base)> {
        if self.spam { None } else { terms.target(self.rule, kind) }
    }

    /// When a clock is due, and, until it has ended, due soon; neither without a target, nor while it stands still with something left.
    pub fn due(&self, terms: &Terms, kind: Kind) -> (Option<Time>, Option<Time>) {
        let Some(((target, base), clock)) = self.target(terms, kind).zip(self.get(kind)) else { return (None, None) };
        let lead = target.due_soon.filter(|_| clock.end.is_none());
        (clock.due(base, target.within.0), lead.and_then(|lead| clock.due_soon(base, target.within.0 - lead.0)))
    }

    /// How each target stands; nothing where no SLA applies.
    pub fn standings(&self, terms: &Terms, now: Time) -> Vec<Standing> {
        Kind::ALL.into_iter().filter_map(|kind| self.standing(terms, kind, now)).collect()
    }

    /// How one target stands; none where nothing is, or was, asked of the clock.
    pub fn standing(&self, terms: &Terms, kind: Kind, now: Time) -> Option<Standing> {
        let (target, base) = self.target(terms, kind)?;
        self.get(kind)?.standing(target, base, self.rule_since, now)
    }
}

/// The target to look at first: of the open ones that which is due first, else that which ended last.
pub fn most_relevant(standings: &[Standing]) -> Option<&Standing> {
    let open = standings.iter().filter(|standing| standing.status.is_open());
    let due = |standing: &&Standing| standing.due_at.unwrap_or(Time(i64::MAX));
    open.min_by_key(due).or_else(|| standings.iter().max_by_key(|standing| standing.ended_at))
}
