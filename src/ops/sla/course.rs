//! A ticket's clocks, played from what the store knows of it: its history, its messages, and the policy's revisions.

use std::sync::Arc;

use super::facts::{Facts, Item};
use super::{Desk, names};
use crate::domain::Id;
use crate::domain::sla::policy::{ApplyTo, Policy};
use crate::domain::sla::{Base, Clocks, Event, Prepared, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store;
use crate::store::sla::{NamedHours, Revision};

/// A ticket's clocks and the policy that holds for it now.
pub struct Course {
    pub clocks: Clocks,
    pub terms: Terms,
    /// With names; without rules where there is none.
    pub policy: Policy,
    pub revision: Option<Id>,
}

/// Plays a ticket's clocks until now.
///
/// The policy is the one that was in force when the ticket came to the help desk; a later revision takes its place if it was set
/// for open tickets too, while the ticket was open. Working hours are those of today.
pub fn course(desk: &mut Desk<'_>, ticket: &Ticket) -> Result<Course> {
    let facts = Facts::load(desk, ticket)?;
    let hours = store::sla::all_hours(&mut desk.tx)?;
    let mut revisions = store::sla::revisions(&mut desk.tx)?;
    let later = revisions.iter().position(|revision| revision.set_at > facts.entered_at).unwrap_or(revisions.len());
    let changes = revisions.split_off(later);
    let mut now = InForce::new(revisions.pop(), &hours)?;
    let mut clocks = facts.begin(&now.terms, now.policy.by);
    let mut items = facts.items.iter().peekable();
    for revision in changes.into_iter().filter(|revision| revision.apply_to == ApplyTo::Open) {
        let at = revision.set_at;
        while let Some((at, item)) = items.next_if(|(happened, _)| *happened < at) {
            now.play(&mut clocks, *at, item);
        }
        clocks.advance(&now.terms, at);
        if clocks.open {
            now = InForce::new(Some(revision), &hours)?;
            clocks.value = facts.value_at(now.policy.by, at);
            clocks.apply(&now.terms, at, &Event::Policy);
        }
    }
    for (at, item) in items.filter(|(at, _)| *at <= desk.now) {
        now.play(&mut clocks, *at, item);
    }
    clocks.advance(&now.terms, desk.now);
    let InForce { mut policy, terms, revision } = now;
    names::to_names(desk, &mut policy)?;
    Ok(Course { clocks, terms, policy, revision })
}

/// A revision made ready; before the first one there were no rules.
struct InForce {
    /// With ids.
    policy: Policy,
    terms: Terms,
    revision: Option<Id>,
}

impl InForce {
    fn new(revision: Option<Revision>, hours: &[NamedHours]) -> Result<InForce> {
        let id = revision.as_ref().map(|revision| revision.id);
        let policy = revision.and_then(|revision| revision.policy).unwrap_or_default();
        let mut bases = Vec::new();
        for named in hours {
            bases.push((named.name.clone(), Arc::new(Base::Hours(Box::new(Prepared::bare(named.hours.check()?))))));
        }
        let base = |name: &str| bases.iter().find(|(known, _)| known == name).map(|(_, base)| base.clone());
        let terms = Terms::new(&policy, base, |_, stage| stage.parse().ok());
        Ok(InForce { policy, terms, revision: id })
    }

    fn play(&self, clocks: &mut Clocks, at: Time, item: &Item) {
        match item {
            Item::Event(event) => drop(clocks.apply(&self.terms, at, event)),
            Item::Value(property, value) if self.policy.by == Some(*property) => {
                drop(clocks.apply(&self.terms, at, &Event::Value(value.clone())))
            }
            Item::Value(..) => {}
        }
    }
}
