//! `sla.backtest`: the history under the policy in force, and under another one, clock by clock.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::Set;
use super::facts::{Facts, Item, Reader};
use super::{current, findings_by};
use crate::domain::Id;
use crate::domain::migration::Level;
use crate::domain::sla::backtest::{self, Change, Counts, Judged, KindCounts, Pair, pairs};
use crate::domain::sla::calc::ALWAYS;
use crate::domain::sla::hours::Hours;
use crate::domain::sla::policy::{Kind, Policy, Property};
use crate::domain::sla::status::Standing;
use crate::domain::sla::{Base, Event, Prepared, Status, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Exit, Result};
use crate::ops::{Desk, Stream, check};
use crate::store::sla::history::{self as sla_history, Span};
use crate::store::sla::{self, NamedHours};

/// Lays the policy in force and another one over the history of the tickets that the viewer sees, and gives out the clocks whose
/// breach only one of them knows. Nothing is changed.
///
/// Either policy holds for the whole history, whatever was in force at the time: like is compared with like.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Backtest {
    /// The other policy, as `sla.set` takes it.
    #[serde(default)]
    pub change: Set,
    /// Working hours of the other policy, in place of those of that name, or besides them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hours: BTreeMap<String, Hours>,
    /// Only tickets made on this day or later: a time, a date in the account's zone, or `30d` for so long ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Only tickets made until the end of this day, or before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A clock that is a breach under one of the policies only. `before` is the policy in force, `after` the other one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BacktestClock")]
pub struct Difference {
    pub change: Change,
    pub ticket: Id,
    pub name: String,
    pub kind: Kind,
    /// Next responses are counted, from 1.
    pub instance: u32,
    pub started_at: Time,
    /// None without a target, or where the clock does not come to be.
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
    pub due_before_at: Option<Time>,
    pub due_after_at: Option<Time>,
    /// Where it is the breach; none while it is overdue.
    pub ended_at: Option<Time>,
    /// In the target's own time; negative where so much was left.
    pub late_before_ms: Option<i64>,
    pub late_after_ms: Option<i64>,
}

/// What the stream gives out.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BacktestFound")]
pub enum Found {
    Clock(Box<Difference>),
    /// How many tickets are done, from time to time in long runs.
    Progress {
        done: i64,
        of: i64,
    },
}

/// The totals.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Backtested {
    pub tickets: i64,
    /// One of each kind.
    pub kinds: Vec<KindCounts>,
    pub all: Counts,
}

impl Stream for Backtest {
    const NAME: &'static str = "sla.backtest";
    type Item = Found;
    type End = Backtested;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>, emit: &mut dyn FnMut(Found) -> Result<()>) -> Result<Backtested> {
        let from = self.since.as_deref().map_or(Ok(Time(i64::MIN)), |typed| check::since(desk, typed))?;
        let before = self.until.as_deref().map_or(Ok(Time(i64::MAX)), |typed| check::until(desk, typed))?;
        let sides = self.sides(desk)?;
        let visibility = desk.visibility();
        replay(desk, &sides, &Span { visibility: &visibility, from, before }, emit)
    }
}

impl Backtest {
    /// The policy in force and the other one, made ready.
    fn sides(self, desk: &mut Desk<'_>) -> Result<[Side; 2]> {
        let stored = sla::all_hours(&mut desk.tx)?;
        let in_force = sla::newest(&mut desk.tx)?.and_then(|revision| revision.policy);
        if in_force.is_none() {
            desk.notice("no policy is in force: there is nothing to win");
        }
        let others = stand_in(stored.clone(), self.hours, desk.now)?;
        let other = self.change.propose(desk, &others.hours)?;
        let known = current(desk)?.map(|policy| findings_by(&stored, &policy, desk.now)).transpose()?.unwrap_or_default();
        for finding in other.findings.iter().filter(|finding| finding.level == Level::Warning && !known.contains(finding)) {
            desk.notice(format!("the other policy: {}", finding.message));
        }
        for name in others.given.iter().filter(|name| !counts_by(&other.policy, name)) {
            desk.notice(format!("no rule of the other policy counts by the working hours \"{name}\""));
        }
        let before = Side::new(&in_force.unwrap_or_default(), &bases(&stored, desk.now)?);
        Ok([before, Side::new(&other.policy, &bases(&others.hours, desk.now)?)])
    }
}

/// Working hours, and which of them were given for the test.
struct StandIn {
    hours: Vec<NamedHours>,
    given: Vec<String>,
}

fn stand_in(mut hours: Vec<NamedHours>, others: BTreeMap<String, Hours>, now: Time) -> Result<StandIn> {
    let mut given = Vec::new();
    for (name, other) in others {
        other.check()?;
        let name = check::text("name", &name)?;
        if name == ALWAYS {
            return Err(Error::usage("bad_value", format!("{ALWAYS} is no name of working hours: it always counts")));
        }
        match hours.iter_mut().find(|known| known.name.to_lowercase() == name.to_lowercase()) {
            Some(known) => known.hours = other,
            None => hours.push(NamedHours { id: 0, name: name.clone(), hours: other, updated_at: now }),
        }
        given.push(name);
    }
    Ok(StandIn { hours, given })
}

fn counts_by(policy: &Policy, name: &str) -> bool {
    let by = |rule| policy.hours_of(rule).is_some_and(|hours| hours.to_lowercase() == name.to_lowercase());
    policy.rules.iter().filter(|rule| !rule.off).any(by)
}

fn bases(hours: &[NamedHours], now: Time) -> Result<Box<Bases>> {
    let ready = |named: &NamedHours| {
        let prepared = Prepared::around(named.hours.check()?, now);
        Ok((named.name.clone(), Arc::new(Base::Hours(Box::new(prepared)))))
    };
    hours.iter().map(ready).collect()
}

/// Working hours made ready, by name.
type Bases = [(String, Arc<Base>)];

/// A policy made ready; its teams, pipelines and stages stand in it by id.
struct Side {
    by: Option<Property>,
    terms: Terms,
}

impl Side {
    fn new(policy: &Policy, bases: &Bases) -> Side {
        let base = |name: &str| bases.iter().find(|(known, _)| known == name).map(|(_, base)| base.clone());
        Side { by: policy.by, terms: Terms::new(policy, base, |_, stage| stage.parse().ok()) }
    }

    fn judge(&self, facts: &Facts, now: Time) -> Vec<Judged> {
        let events = facts.items.iter().take_while(|(at, _)| *at <= now).filter_map(|(at, item)| Some((*at, self.event(item)?)));
        backtest::judge(&self.terms, facts.begin(&self.terms, self.by), events, now)
    }

    /// What an item is to the clocks; nothing, where it is about a property that does not matter.
    fn event<'i>(&self, item: &'i Item) -> Option<Cow<'i, Event>> {
        match item {
            Item::Event(event) => Some(Cow::Borrowed(event)),
            Item::Value(property, value) if self.by == Some(*property) => Some(Cow::Owned(Event::Value(value.clone()))),
            Item::Value(..) => None,
        }
    }
}

/// Pages between two words about how far it has come.
const PAGES_PER_WORD: i64 = 10;

fn replay(desk: &mut Desk<'_>, sides: &[Side; 2], span: &Span<'_>, emit: &mut dyn FnMut(Found) -> Result<()>) -> Result<Backtested> {
    let reader = Reader::new(desk)?;
    let mut kinds = Kind::ALL.map(|kind| KindCounts { kind, counts: Counts::default() });
    let mut all = Counts::default();
    let (mut tickets, mut after, mut of) = (0, 0, None);
    loop {
        if desk.stopped() {
            return Err(Error::new(Exit::Interrupted, "interrupted", "the backtest was stopped; nothing was changed"));
        }
        let page = sla_history::page(&mut desk.tx, span, after)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for (ticket, facts) in page.iter().zip(reader.read(desk, &page)?) {
            let [before, after] = sides.each_ref().map(|side| side.judge(&facts, desk.now));
            for pair in pairs(&before, &after) {
                all.add(&pair);
                let of_kind = pair.clock().and_then(|clock| kinds.get_mut(clock.kind as usize));
                of_kind.into_iter().for_each(|kind| kind.counts.add(&pair));
                if let Some(difference) = Difference::of(ticket, &pair) {
                    emit(Found::Clock(Box::new(difference)))?;
                }
            }
        }
        tickets += page.len() as i64;
        if tickets % (PAGES_PER_WORD * sla_history::PAGE) == 0 {
            let of = match of {
                Some(of) => of,
                None => *of.insert(sla_history::count(&mut desk.tx, span)?),
            };
            emit(Found::Progress { done: tickets, of })?;
        }
    }
    let kinds = kinds.map(|kind| KindCounts { counts: kind.counts.done(), ..kind });
    Ok(Backtested { tickets, kinds: kinds.to_vec(), all: all.done() })
}

impl Difference {
    fn of(ticket: &Ticket, pair: &Pair<'_>) -> Option<Difference> {
        let (change, clock, [before, after]) = (pair.change()?, pair.clock()?, pair.standings());
        let breach = if change == Change::Won { before } else { after };
        Some(Difference {
            change,
            ticket: ticket.id,
            name: ticket.name.clone(),
            kind: clock.kind,
            instance: clock.instance,
            started_at: clock.started_at,
            status_before: before.map(|standing| standing.status),
            status_after: after.map(|standing| standing.status),
            due_before_at: before.and_then(|standing| standing.due_at),
            due_after_at: after.and_then(|standing| standing.due_at),
            ended_at: breach.and_then(|standing| standing.ended_at),
            late_before_ms: before.map(Standing::late_ms),
            late_after_ms: after.map(Standing::late_ms),
        })
    }
}
