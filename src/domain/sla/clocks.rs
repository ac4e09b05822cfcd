//! The clocks of one ticket at work: each event changes what runs.

use serde::{Deserialize, Serialize};

use super::clock::{Change, Clock, End, Event, Outcome, Stop, Transition};
use super::policy::{Kind, Merge, Reopen};
use super::terms::{RuleNumber, Terms};
use crate::domain::Id;
use crate::domain::time::Time;

/// The clocks of one ticket, and what decides about them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clocks {
    pub stage: Id,
    pub open: bool,
    pub value: Option<String>,
    pub spam: bool,
    /// Merged away or exempt: nothing moves any more.
    pub finished: bool,
    /// The rule that holds, and since when.
    pub rule: Option<RuleNumber>,
    pub rule_since: Time,
    /// Whether a person has answered.
    pub replied: bool,
    pub unanswered_since: Option<Time>,
    /// The newest event; what comes later with an earlier time counts as of then.
    pub last_at: Time,
    /// First response, next response, close.
    pub clocks: [Option<Clock>; 3],
    /// Next responses so far.
    pub instances: u32,
}

impl Clocks {
    /// A new ticket, with the value of the policy's property and its stage.
    pub fn new(terms: &Terms, at: Time, value: Option<&str>, stage: Id, open: bool) -> Clocks {
        let mut clocks = Clocks {
            stage,
            open: true,
            value: value.map(str::to_owned),
            spam: false,
            finished: false,
            rule: terms.rule_for(value),
            rule_since: at,
            replied: false,
            unanswered_since: None,
            last_at: at,
            clocks: [None, None, None],
            instances: 0,
        };
        for kind in [Kind::FirstResponse, Kind::Close] {
            clocks.clocks[kind as usize] = Some(Clock::new(kind, 1, at, terms.is_paused(stage, kind)));
        }
        if !open {
            clocks.apply(terms, at, &Event::Stage { stage, open });
        }
        clocks
    }

    pub fn get(&self, kind: Kind) -> Option<&Clock> {
        self.clocks[kind as usize].as_ref()
    }

    /// Takes in what happened, in order of time, and tells what it changed.
    pub fn apply(&mut self, terms: &Terms, at: Time, event: &Event) -> Vec<Transition> {
        let at = at.max(self.last_at);
        // What the old policy asked for cannot be judged by the new one.
        let mut changes = if *event == Event::Policy { Vec::new() } else { self.advance(terms, at) };
        self.last_at = at;
        if self.finished {
            return changes;
        }
        let mut step = Step { clocks: self, terms, at, changes: &mut changes };
        match event {
            Event::CustomerMessage => step.customer_message(),
            Event::Reply { bot } => step.reply(*bot),
            Event::Stage { stage, open } => step.stage(*stage, *open),
            Event::Value(value) => step.value(value.clone()),
            Event::Policy => step.policy(),
            Event::Spam(spam) => step.spam(*spam),
            Event::MergedAway => step.merged_away(),
            Event::Absorbed { unanswered_since } => step.absorbed(*unanswered_since),
            Event::Restart => step.restart(),
            Event::Exempt => step.exempt(),
        }
        changes
    }

    /// Lets the time pass: what becomes overdue before `at` is noted, each clock once. Also the way to find breaches at a later time.
    pub fn advance(&mut self, terms: &Terms, at: Time) -> Vec<Transition> {
        let mut changes = Vec::new();
        for kind in Kind::ALL {
            let Some((target, base)) = self.target(terms, kind) else { continue };
            let Some(clock) = &mut self.clocks[kind as usize] else { continue };
            if clock.end.is_some() || clock.breached_at.is_some() {
                continue;
            }
            if let Some(due) = clock.due(base, target.within.0).filter(|due| *due < at) {
                // A target that is shortened below what has elapsed is missed when it is set, not before.
                let breached = due.max(self.rule_since);
                clock.breached_at = Some(breached);
                changes.push(Transition { at: breached, kind, instance: clock.instance, change: Change::Overdue, outcome: None });
            }
        }
        changes.sort_by_key(|change| change.at);
        self.last_at = self.last_at.max(at);
        changes
    }
}

/// One event at work.
struct Step<'a> {
    clocks: &'a mut Clocks,
    terms: &'a Terms,
    at: Time,
    changes: &'a mut Vec<Transition>,
}

impl Step<'_> {
    fn note(&mut self, kind: Kind, change: Change) {
        let Some(clock) = &self.clocks.clocks[kind as usize] else { return };
        let outcome = clock.end.map(|end| end.outcome);
        self.changes.push(Transition { at: self.at, kind, instance: clock.instance, change, outcome });
    }

    fn customer_message(&mut self) {
        if self.clocks.unanswered_since.is_none() {
            self.clocks.unanswered_since = Some(self.at);
        }
        self.arm();
    }

    /// Starts the next response, if somebody waits for one.
    fn arm(&mut self) {
        let Some(since) = self.clocks.unanswered_since.filter(|_| self.clocks.replied && self.clocks.open) else { return };
        let kind = Kind::NextResponse;
        if self.clocks.get(kind).is_some_and(|clock| clock.end.is_none()) {
            return;
        }
        self.clocks.instances += 1;
        let paused = self.terms.is_paused(self.clocks.stage, kind);
        self.clocks.clocks[kind as usize] = Some(Clock::new(kind, self.clocks.instances, since, paused));
        self.note(kind, Change::Started);
    }

    fn reply(&mut self, bot: bool) {
        if bot && !self.terms.bot_replies_count {
            return;
        }
        for kind in [Kind::FirstResponse, Kind::NextResponse] {
            // A ticket that is answered and closed in one moment was answered.
            let closed_now = |clock: &Clock| {
                clock.end.is_some_and(|end| end.at == self.at && matches!(end.outcome, Outcome::Cancelled | Outcome::NoTarget))
            };
            if self.clocks.get(kind).is_some_and(|clock| clock.end.is_none() || closed_now(clock)) {
                self.complete(kind, Stop::Response);
            }
        }
        self.clocks.replied = true;
        self.clocks.unanswered_since = None;
    }

    fn complete(&mut self, kind: Kind, why: Stop) {
        let target = self.clocks.target(self.terms, kind);
        let Some(clock) = &mut self.clocks.clocks[kind as usize] else { return };
        clock.stop(self.at, why);
        let outcome = match target {
            None => Outcome::NoTarget,
            Some((target, base)) => match clock.due(base, target.within.0) {
                Some(due) if due < self.at => Outcome::Late,
                _ => Outcome::OnTime,
            },
        };
        clock.end = Some(End { at: self.at, outcome });
        self.note(kind, Change::Completed);
    }

    fn cancel(&mut self, kind: Kind, why: Stop) {
        let asked = self.clocks.target(self.terms, kind).is_some();
        let Some(clock) = self.clocks.clocks[kind as usize].as_mut().filter(|clock| clock.end.is_none()) else { return };
        clock.stop(self.at, why);
        clock.end = Some(End { at: self.at, outcome: if asked { Outcome::Cancelled } else { Outcome::NoTarget } });
        self.note(kind, Change::Cancelled);
    }

    /// Pauses first, then closing or opening: one change may do both.
    fn stage(&mut self, stage: Id, open: bool) {
        self.clocks.stage = stage;
        self.pause_and_resume();
        match (self.clocks.open, open) {
            (true, false) => self.close(),
            (false, true) => self.reopen(),
            _ => {}
        }
    }

    fn pause_and_resume(&mut self) {
        for kind in Kind::ALL {
            let paused = self.terms.is_paused(self.clocks.stage, kind);
            let Some(clock) = self.clocks.clocks[kind as usize].as_mut().filter(|clock| clock.end.is_none()) else { continue };
            match (clock.is_running(), paused) {
                (true, true) => clock.stop(self.at, Stop::Pause),
                (false, false) => clock.run(self.at),
                _ => continue,
            }
            self.note(kind, if paused { Change::Paused } else { Change::Resumed });
        }
    }

    fn close(&mut self) {
        self.clocks.open = false;
        self.clocks.unanswered_since = None;
        self.cancel(Kind::FirstResponse, Stop::Close);
        self.cancel(Kind::NextResponse, Stop::Close);
        if self.clocks.get(Kind::Close).is_some_and(|clock| clock.end.is_none()) {
            self.complete(Kind::Close, Stop::Close);
        }
    }

    fn reopen(&mut self) {
        self.clocks.open = true;
        if !self.clocks.replied {
            self.go_on(Kind::FirstResponse);
        }
        if self.terms.reopen == Reopen::Continue {
            self.go_on(Kind::Close);
        }
        self.arm();
    }

    /// An ended clock goes on; the time since counts as a pause.
    fn go_on(&mut self, kind: Kind) {
        let paused = self.terms.is_paused(self.clocks.stage, kind);
        let Some(clock) = self.clocks.clocks[kind as usize].as_mut().filter(|clock| clock.end.is_some()) else { return };
        clock.end = None;
        if !paused {
            clock.run(self.at);
        }
        self.note(kind, Change::Reopened);
    }

    fn value(&mut self, value: Option<String>) {
        let rule = self.terms.rule_for(value.as_deref());
        self.clocks.value = value;
        self.set_rule(rule);
    }

    fn set_rule(&mut self, rule: Option<RuleNumber>) {
        if rule != self.clocks.rule {
            (self.clocks.rule, self.clocks.rule_since) = (rule, self.at);
        }
    }

    fn policy(&mut self) {
        self.clocks.rule = self.terms.rule_for(self.clocks.value.as_deref());
        self.clocks.rule_since = self.at;
        self.pause_and_resume();
    }

    fn spam(&mut self, spam: bool) {
        if spam != self.clocks.spam {
            (self.clocks.spam, self.clocks.rule_since) = (spam, self.at);
        }
    }

    fn merged_away(&mut self) {
        Kind::ALL.into_iter().for_each(|kind| self.cancel(kind, Stop::Merge));
        self.clocks.finished = true;
    }

    fn absorbed(&mut self, unanswered_since: Option<Time>) {
        let Some(since) = unanswered_since.filter(|_| self.terms.merge == Merge::Unanswered && self.clocks.open) else { return };
        let since = since.min(self.at);
        self.clocks.unanswered_since = Some(self.clocks.unanswered_since.map_or(since, |own| own.min(since)));
        let waiting =
            self.clocks.clocks[Kind::NextResponse as usize].as_mut().filter(|clock| clock.end.is_none() && clock.started_at > since);
        if let Some(clock) = waiting {
            // The customer has waited for longer than this ticket knew.
            if let Some(first) = clock.ran.first_mut().filter(|first| first.from == clock.started_at) {
                first.from = since;
            }
            clock.started_at = since;
        }
        self.arm();
    }

    fn restart(&mut self) {
        self.clocks.rule_since = self.at;
        for kind in Kind::ALL {
            let slot = &mut self.clocks.clocks[kind as usize];
            let Some(clock) = slot.as_mut().filter(|clock| clock.end.is_none()) else {
                *slot = None;
                continue;
            };
            let paused = clock.is_paused();
            *clock = Clock::new(kind, clock.instance, self.at, paused);
            self.note(kind, Change::Restarted);
        }
    }

    fn exempt(&mut self) {
        self.clocks.clocks = [None, None, None];
        self.clocks.finished = true;
    }
}

/// Plays a ticket's history from its creation: events in any order, by time; of one moment, in the order given.
pub fn replay(terms: &Terms, mut clocks: Clocks, mut events: Vec<(Time, Event)>) -> (Clocks, Vec<Transition>) {
    events.sort_by_key(|(at, _)| *at);
    let changes = events.iter().flat_map(|(at, event)| clocks.apply(terms, *at, event)).collect();
    (clocks, changes)
}
