//! A ticket's clocks by all that is stored of it, in the order in which it happened (E1): what came late has its own time, and is
//! judged by the terms of that time.
//!
//! It begins where the ticket's clocks began, with what its conversations say of the time before; from there on its history, its
//! messages, the revisions of the policy and the versions of working hours are played.

use std::collections::HashMap;
use std::sync::Arc;

use super::kept::Kept;
use super::policies::{InForce, Policies};
use crate::domain::Id;
use crate::domain::conversation::{Answers, Direction, Line};
use crate::domain::sla::Event;
use crate::domain::sla::historic::Historic;
use crate::domain::sla::policy::ApplyTo;
use crate::domain::ticket::{Ticket, properties};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::history::{self, Change, Object};
use crate::store::sla::history as messages;
use crate::store::sla::{HoursVersion, Revision, clocks, hours_at};
use crate::store::{self, Tx};

/// What happens to a ticket, or to the terms by which it is judged.
enum Step {
    Event(Event),
    /// Changes of the ticket that were made together.
    Changes(Vec<Change>),
    /// A revision that holds for open tickets too.
    Revision(Revision),
    /// Working hours of this name have other hours.
    Hours(String),
}

type Steps = Vec<(Time, Step)>;

/// What changed of a ticket, as its clocks take it.
pub fn differences(policies: &Policies, kept: &Kept, before: &Ticket, after: &Ticket) -> Vec<Event> {
    let mut events = Vec::new();
    if (before.stage_id, before.open) != (after.stage_id, after.open) {
        events.push(Event::Stage { stage: after.stage_id, open: after.open });
    }
    let value = policies.value(kept.in_force.policy.by, after);
    if value != policies.value(kept.in_force.policy.by, before) {
        events.push(Event::Value(value));
    }
    if before.spam != after.spam {
        events.push(Event::Spam(after.spam));
    }
    events
}

/// A ticket's clocks from their beginning until now; none where the store does not say how they began. `known` are those that are
/// kept of it.
pub fn replay(tx: &mut Tx<'_>, known: Option<&Kept>, ticket: &Ticket) -> Result<Option<Kept>> {
    let changes = history::of(tx, Object::Ticket, ticket.id)?;
    let came = changes.iter().rposition(|change| {
        change.property == "created" || (change.property == "in_help_desk" && change.new_value.as_deref() == Some("1"))
    });
    let (came_at, run) = match came {
        Some(place) => (changes[place].at, changes[place].run_id),
        // It came with the account.
        None => (store::account::get(tx)?.created_at, None),
    };
    let later = changes.get(came.map_or(0, |place| place + 1)..).unwrap_or_default();
    let revisions = store::sla::revisions(tx)?;
    let Some(beginning) = Beginning::find(ticket, later, &revisions, came_at, known.and_then(|kept| kept.in_force.id)) else {
        return Ok(None);
    };
    let versions = store::sla::hours_versions(tx)?;
    let lines = lines(tx, ticket.id)?;
    let mut steps = terms(&revisions, &versions, beginning.at, |revision| revision.id >= beginning.follows);
    steps.extend(lines.iter().filter(|(_, line)| line.at > beginning.at).filter_map(|(_, line)| event(line)));
    steps.extend(together(beginning.later));
    let Some(mut policies) = Policies::at(tx, hours_at(&versions, beginning.at))? else { return Ok(None) };
    let historic = historic(tx, run, beginning.ticket.open)?;
    let in_force = policies.of(tx, beginning.revision)?;
    let past = past(&lines, beginning.at);
    let kept = Kept::begin(&policies, in_force, &beginning.ticket, &past, historic, beginning.at);
    Course { policies, kept, ticket: beginning.ticket, revisions, versions }.play(tx, steps).map(Some)
}

/// A deleted ticket's clocks, which stood still at `since`, until now: what was decided meanwhile holds for them as for any other.
pub fn catch_up(tx: &mut Tx<'_>, mut kept: Kept, ticket: &Ticket, since: Time) -> Result<Kept> {
    let (revisions, versions) = (store::sla::revisions(tx)?, store::sla::hours_versions(tx)?);
    let held = kept.in_force.id;
    let mut steps = terms(&revisions, &versions, since, |revision| Some(revision.id) > held && revision.set_at >= since);
    let lines = lines(tx, ticket.id)?;
    steps.extend(lines.iter().filter(|(_, line)| line.at > since).filter_map(|(_, line)| event(line)));
    let Some(mut policies) = Policies::at(tx, hours_at(&versions, since))? else { return Ok(kept) };
    kept.in_force = policies.of(tx, held)?;
    Course { policies, kept, ticket: ticket.clone(), revisions, versions }.play(tx, steps)
}

/// Where a ticket's clocks began.
struct Beginning<'c> {
    at: Time,
    /// As it stood then.
    ticket: Ticket,
    /// What was changed of it since.
    later: &'c [Change],
    /// The policy by which they began; none where the first one was set for tickets that were there.
    revision: Option<Id>,
    /// The first revision that they may follow.
    follows: Id,
}

impl<'c> Beginning<'c> {
    /// A ticket that came while there was a policy has clocks since then, by that policy; another one since the first policy for
    /// open tickets that found it open. No later revision than the last that it followed was the first.
    fn find(ticket: &Ticket, later: &'c [Change], revisions: &[Revision], came_at: Time, last: Option<Id>) -> Option<Beginning<'c>> {
        let mut then = ticket.clone();
        later.iter().rev().for_each(|change| turn(&mut then, &change.property, change.old_value.as_deref()));
        let first = revisions.iter().rev().find(|revision| revision.set_at <= came_at && last.is_none_or(|last| revision.id <= last));
        if let Some(first) = first.filter(|first| first.policy.is_some()) {
            return Some(Beginning { at: came_at, ticket: then, later, revision: Some(first.id), follows: first.id + 1 });
        }
        let mut later = later;
        for revision in revisions.iter().filter(|revision| first.is_none_or(|first| revision.id > first.id)) {
            while let Some((change, rest)) = later.split_first().filter(|(change, _)| change.at < revision.set_at) {
                turn(&mut then, &change.property, change.new_value.as_deref());
                later = rest;
            }
            if revision.apply_to == ApplyTo::Open && then.open {
                return Some(Beginning { at: revision.set_at, ticket: then, later, revision: None, follows: revision.id });
            }
        }
        None
    }
}

/// A property of a ticket has another value. What history keeps of something else, or of what is no value any more, changes nothing.
fn turn(ticket: &mut Ticket, name: &str, value: Option<&str>) {
    let Some(property) = properties::find(name) else { return };
    let set = (property.set)(ticket, value).is_ok();
    // Whoever is closed has a close date in the same moment.
    if set && name == "closed_at" {
        ticket.open = ticket.closed_at.is_none();
    }
}

/// The messages of a ticket, each with its conversation. Of a conversation that came with a merged ticket, those since.
fn lines(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<(Id, Line)>> {
    let mut lines = Vec::new();
    messages::messages_since_merging(tx, ticket, |said| {
        lines.push((said.conversation, Line { at: said.at, direction: said.direction, by_bot: said.by_bot }));
    })?;
    Ok(lines)
}

/// What the conversations say of the time before, as the store keeps it of each.
fn past(lines: &[(Id, Line)], until: Time) -> Answers {
    let mut of_each: HashMap<Id, Vec<Line>> = HashMap::new();
    for (conversation, line) in lines.iter().filter(|(_, line)| line.at <= until) {
        of_each.entry(*conversation).or_default().push(*line);
    }
    let earliest = |one: Option<Time>, other: Option<Time>| one.into_iter().chain(other).min();
    of_each.values().map(|lines| Answers::of(lines.iter().copied())).fold(Answers::default(), |all, one| Answers {
        first_reply_at: earliest(all.first_reply_at, one.first_reply_at),
        no_reply_since: earliest(all.no_reply_since, one.no_reply_since),
        first_answer_at: earliest(all.first_answer_at, one.first_answer_at),
        no_answer_since: earliest(all.no_answer_since, one.no_answer_since),
    })
}

fn event(line: &Line) -> Option<(Time, Step)> {
    match line.direction {
        Direction::Incoming => Some((line.at, Step::Event(Event::CustomerMessage))),
        Direction::Outgoing => Some((line.at, Step::Event(Event::Reply { bot: line.by_bot }))),
        Direction::Comment => None,
    }
}

/// What was changed in one moment was changed together.
fn together(changes: &[Change]) -> impl Iterator<Item = (Time, Step)> {
    changes.chunk_by(|one, next| one.at == next.at).map(|changes| (changes[0].at, Step::Changes(changes.to_vec())))
}

/// The terms that changed since.
fn terms(revisions: &[Revision], versions: &[HoursVersion], since: Time, follows: impl Fn(&Revision) -> bool) -> Steps {
    let open = revisions.iter().filter(|revision| revision.apply_to == ApplyTo::Open && follows(revision));
    let mut steps: Steps = open.map(|revision| (revision.set_at, Step::Revision(revision.clone()))).collect();
    let changed = versions.iter().filter(|version| version.since > since);
    steps.extend(changed.map(|version| (version.since, Step::Hours(version.name.clone()))));
    steps
}

/// What its migration did about the SLAs of history (M12).
fn historic(tx: &mut Tx<'_>, run: Option<Id>, open: bool) -> Result<Historic> {
    let Some(run) = run.map(|run| store::migrations::by_id(tx, run)).transpose()?.flatten() else { return Ok(Historic::Apply) };
    Ok(if open { run.sla_historic.open } else { run.sla_historic.closed })
}

/// A ticket on its way.
struct Course {
    policies: Policies,
    kept: Kept,
    ticket: Ticket,
    revisions: Vec<Revision>,
    versions: Vec<HoursVersion>,
}

impl Course {
    fn play(mut self, tx: &mut Tx<'_>, mut steps: Steps) -> Result<Kept> {
        steps.sort_by_key(|(at, _)| *at);
        for (at, step) in steps {
            match step {
                Step::Event(event) => drop(self.kept.apply(at, &event)),
                Step::Changes(changes) => self.change(tx, at, &changes)?,
                Step::Revision(revision) => self.follow(tx, at, &revision)?,
                Step::Hours(name) => self.rehour(tx, at, &name)?,
            }
        }
        Ok(self.kept)
    }

    fn change(&mut self, tx: &mut Tx<'_>, at: Time, changes: &[Change]) -> Result<()> {
        let before = self.ticket.clone();
        changes.iter().for_each(|change| turn(&mut self.ticket, &change.property, change.new_value.as_deref()));
        for event in differences(&self.policies, &self.kept, &before, &self.ticket) {
            self.kept.apply(at, &event);
        }
        // Others were merged into it, and it takes over what they waited for.
        for merged in changes.iter().filter(|change| change.property == "merged") {
            let Some(gone) = merged.new_value.as_deref().and_then(|id| id.parse().ok()) else { continue };
            let unanswered_since = clocks::of_ticket(tx, gone)?.and_then(|sla| sla.basis.unanswered_since);
            self.kept.apply(at, &Event::Absorbed { unanswered_since });
        }
        Ok(())
    }

    fn follow(&mut self, tx: &mut Tx<'_>, at: Time, revision: &Revision) -> Result<()> {
        if !self.ticket.open || self.kept.clocks.finished {
            return Ok(());
        }
        let next = match &revision.policy {
            Some(_) => self.policies.of(tx, Some(revision.id))?,
            None => Arc::new(InForce::none()),
        };
        self.kept.follow(&self.policies, next, &self.ticket, at);
        Ok(())
    }

    /// Open tickets follow other working hours where any policy so far counts by them.
    fn rehour(&mut self, tx: &mut Tx<'_>, at: Time, name: &str) -> Result<()> {
        self.policies.replace_hours(hours_at(&self.versions, at));
        let next = self.policies.of(tx, self.kept.in_force.id)?;
        let mut earlier = self.revisions.iter().take_while(|revision| revision.set_at <= at);
        let used = earlier.any(|revision| revision.policy.as_ref().is_some_and(|policy| policy.uses_hours(name)));
        if used && self.ticket.open && !self.kept.clocks.finished {
            self.kept.follow(&self.policies, next, &self.ticket, at);
        } else {
            self.kept.in_force = next;
        }
        Ok(())
    }
}
