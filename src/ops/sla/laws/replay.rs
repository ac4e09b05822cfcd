//! Replays a ticket's clocks from what the store knows of it: its history, its messages, the policy's revisions, and the working
//! hours of each time.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::facts::{Facts, Item, Reader};
use super::desk::Walk;
use crate::domain::Id;
use crate::domain::sla::clock::Clock;
use crate::domain::sla::policy::{ApplyTo, Kind, Policy, Property};
use crate::domain::sla::{Base, Clocks, Event, Prepared, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::store;
use crate::store::sla::{NamedHours, Revision};

/// What a ticket's clocks come to.
pub struct Replayed {
    pub clocks: Clocks,
    pub revision: Option<Id>,
    pub terms: Terms,
    /// Next responses that others have taken the place of.
    pub passed: Vec<Clock>,
}

struct Course<'a> {
    now: Replayed,
    policy: Policy,
    hours: &'a [NamedHours],
}

impl Course<'_> {
    fn make_terms(&mut self) {
        let bases: HashMap<&str, Arc<Base>> = self
            .hours
            .iter()
            .map(|named| (named.name.as_str(), Arc::new(Base::Hours(Box::new(Prepared::bare(named.hours.check().unwrap()))))))
            .collect();
        self.now.terms = Terms::new(&self.policy, |name| bases.get(name).cloned(), |_, stage| stage.parse().ok());
    }

    fn apply(&mut self, at: Time, event: &Event) {
        let before = self.now.clocks.get(Kind::NextResponse).cloned();
        self.now.clocks.apply(&self.now.terms, at, event);
        let instance = self.now.clocks.instances;
        self.now.passed.extend(before.filter(|clock| clock.instance != instance));
        // Another target may be missed at once.
        self.now.clocks.advance(&self.now.terms, at);
    }

    fn play(&mut self, at: Time, item: &Item) {
        match item {
            Item::Event(event) => self.apply(at, event),
            Item::Value(property, value) if self.policy.by == Some(*property) => self.apply(at, &Event::Value(value.clone())),
            Item::Value(..) => {}
        }
    }

    fn follow(&mut self, revision: &Revision, facts: &Facts, at: Time) {
        self.now.clocks.advance(&self.now.terms, at);
        // Where SLAs are switched off, nothing holds.
        self.now.revision = revision.policy.as_ref().map(|_| revision.id);
        self.policy = revision.policy.clone().unwrap_or_default();
        self.make_terms();
        self.now.clocks.value = self.policy.by.and_then(|by| value_at(facts, by, at));
        self.apply(at, &Event::Policy);
    }
}

fn value_at(facts: &Facts, by: Property, at: Time) -> Option<String> {
    let value = |item: &Item| match item {
        Item::Value(property, value) if *property == by => Some(value.clone()),
        _ => None,
    };
    let told = facts.items.iter().take_while(|(happened, _)| *happened <= at).filter_map(|(_, item)| value(item)).last();
    told.unwrap_or_else(|| facts.first.get(&by).cloned().flatten())
}

enum Change<'a> {
    Revision(&'a Revision),
    Hours(&'a [NamedHours]),
}

/// Replays one ticket until now.
pub fn replay(walk: &mut Walk<'_>, ticket: &Ticket) -> Replayed {
    let reader = Reader::new(&mut walk.desk).unwrap();
    let facts = reader.read(&mut walk.desk, std::slice::from_ref(ticket)).unwrap().remove(0);
    let revisions = store::sla::revisions(&mut walk.desk.tx).unwrap();
    let made = facts.created_at;
    let first = revisions.iter().rev().find(|revision| revision.set_at <= made);
    let policy = first.and_then(|revision| revision.policy.clone()).unwrap_or_default();
    let hours = walk.hours.iter().rev().find(|(since, _)| *since <= made).map_or(&[][..], |(_, hours)| hours);
    let revision = first.filter(|revision| revision.policy.is_some()).map(|revision| revision.id);
    let clocks = facts.begin(&Terms::default(), None);
    let mut course = Course { now: Replayed { clocks, revision, terms: Terms::default(), passed: Vec::new() }, policy, hours };
    course.make_terms();
    course.now.clocks = facts.begin(&course.now.terms, course.policy.by);
    let for_open = revisions.iter().filter(|revision| revision.apply_to == ApplyTo::Open);
    let mut changes: Vec<(Time, Change<'_>)> = for_open.map(|revision| (revision.set_at, Change::Revision(revision))).collect();
    changes.extend(walk.hours.iter().map(|(since, hours)| (*since, Change::Hours(hours))));
    changes.retain(|(at, _)| *at > made);
    changes.sort_by_key(|(at, _)| *at);
    let mut items = facts.items.iter().peekable();
    for (at, change) in changes {
        while let Some((happened, item)) = items.next_if(|(happened, _)| *happened < at) {
            course.play(*happened, item);
        }
        let open = course.now.clocks.open;
        match change {
            Change::Revision(revision) if open => course.follow(revision, &facts, at),
            Change::Revision(_) => {}
            Change::Hours(hours) => {
                let used = revisions
                    .iter()
                    .any(|revision| revision.set_at < at && revision.policy.as_ref().is_some_and(|policy| policy.uses_hours("office")));
                course.now.clocks.advance(&course.now.terms, at);
                course.hours = hours;
                course.make_terms();
                if open && used {
                    course.apply(at, &Event::Policy);
                }
            }
        }
    }
    items.for_each(|(at, item)| course.play(*at, item));
    course.now.clocks.advance(&course.now.terms, walk.desk.now);
    course.now
}
