//! What happens to one ticket, told to its clocks in the same transaction. The ticket's row is held while they move: of two
//! events at once, one waits for the other.

use super::kept::Kept;
use super::policies::Policies;
use super::replay::{catch_up, differences, replay};
use crate::domain::Id;
use crate::domain::event::Difference;
use crate::domain::sla::Event;
use crate::domain::sla::clock::Transition;
use crate::domain::sla::historic::Historic;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::sla::clocks::{self, Cells};
use crate::store::{self, Tx};

/// What became of a ticket's clocks.
pub struct Moved {
    pub ticket: Id,
    /// What started, was met, became overdue.
    pub transitions: Vec<Transition>,
    /// What was told of them before a message came late, and what is told now.
    pub corrections: Vec<Difference>,
}

impl Moved {
    fn new(kept: &Kept, transitions: Vec<Transition>) -> Option<Moved> {
        (!transitions.is_empty()).then_some(Moved { ticket: kept.ticket, transitions, corrections: Vec::new() })
    }
}

/// A ticket came to the help desk, made or moved by hand: its clocks begin with it, by the policy in force.
pub fn came(tx: &mut Tx<'_>, ticket: &Ticket, now: Time) -> Result<Vec<Moved>> {
    if !ticket.in_help_desk {
        return Ok(Vec::new());
    }
    let Some(policies) = Policies::load(tx)? else { return Ok(Vec::new()) };
    let Some(in_force) = policies.newest() else { return Ok(Vec::new()) };
    let past = clocks::past_of_tickets(tx, &[ticket.id])?.remove(&ticket.id).unwrap_or_default();
    let kept = Kept::begin(&policies, in_force, ticket, &past, Historic::Apply, now);
    kept.save(tx)?;
    let began = kept.begun();
    Ok(Moved::new(&kept, began).into_iter().collect())
}

/// A message that is stored was exchanged at `at` in a conversation.
pub fn message(tx: &mut Tx<'_>, conversation: Id, at: Time, event: &Event, now: Time) -> Result<Vec<Moved>> {
    let Some(mut policies) = Policies::load(tx)? else { return Ok(Vec::new()) };
    let Some(found) = store::tickets::of_conversation(tx, conversation)? else { return Ok(Vec::new()) };
    let Some(ticket) = store::tickets::by_id(tx, found.id)?.filter(|ticket| ticket.in_help_desk) else { return Ok(Vec::new()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, &ticket)? else { return Ok(Vec::new()) };
    // A sender's clock may be ahead of ours.
    let at = at.min(now);
    let moved = match at < kept.clocks.last_at && !kept.clocks.finished {
        true => late(tx, kept, &ticket, at, event)?,
        false => {
            let transitions = kept.apply(at, event);
            kept.save(tx)?;
            Moved::new(&kept, transitions)
        }
    };
    Ok(moved.into_iter().collect())
}

/// Something came after what happened later (E1): the clocks are what they would be had it come in its time. What was told by the
/// clocks before stays told; the history notes the correction.
fn late(tx: &mut Tx<'_>, mut before: Kept, ticket: &Ticket, at: Time, event: &Event) -> Result<Option<Moved>> {
    let Some(after) = replay(tx, Some(&before), ticket)? else {
        let transitions = before.apply(at, event);
        before.save(tx)?;
        return Ok(Moved::new(&before, transitions));
    };
    let told = |kept: &Kept, kind: Kind| kept.clocks.get(kind).map(|clock| told(clock.instance, &kept.cells(kind)));
    let changes = [("sla_first_response", Kind::FirstResponse), ("sla_next_response", Kind::NextResponse), ("sla_close", Kind::Close)];
    let corrections = changes.map(|(property, kind)| Difference::new(property, told(&before, kind), told(&after, kind))).into();
    clocks::delete_past(tx, ticket.id)?;
    after.instead_of(&before).save(tx)?;
    Ok(Some(Moved { ticket: ticket.id, transitions: Vec::new(), corrections }))
}

/// A clock in the history's words.
fn told(instance: u32, cells: &Cells) -> String {
    let at = |what: &str, at: Option<Time>| at.map(|at| format!("{what} {at}"));
    let outcome = cells.outcome.map_or("ended", |outcome| outcome.as_str()).replace('_', " ");
    let parts =
        [at("started", cells.started_at), at("due", cells.due_at), at("overdue since", cells.breached_at), at(&outcome, cells.ended_at)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{instance}: {}", parts.join(", "))
}

/// A ticket was changed from one into the other.
pub fn changed(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, now: Time) -> Result<Vec<Moved>> {
    if !before.in_help_desk {
        return came(tx, after, now);
    }
    let Some(mut policies) = Policies::load(tx)? else { return Ok(Vec::new()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, before)? else { return Ok(Vec::new()) };
    let events = differences(&policies, &kept, before, after);
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let transitions = events.iter().flat_map(|event| kept.apply(now, event)).collect();
    kept.save(tx)?;
    Ok(Moved::new(&kept, transitions).into_iter().collect())
}

/// One ticket was merged into another (H10): its clocks end, and the other's take over what they take over by the policy.
pub fn merged(tx: &mut Tx<'_>, gone: &Ticket, kept: &Ticket, now: Time) -> Result<Vec<Moved>> {
    let Some(mut policies) = Policies::load(tx)? else { return Ok(Vec::new()) };
    let mut moved = Vec::new();
    let mut unanswered_since = None;
    if let Some(mut clocks) = Kept::load(tx, &mut policies, gone)? {
        unanswered_since = clocks.clocks.unanswered_since;
        let transitions = clocks.apply(now, &Event::MergedAway);
        clocks.save(tx)?;
        moved.extend(Moved::new(&clocks, transitions));
    }
    if let Some(mut clocks) = Kept::load(tx, &mut policies, kept)? {
        let transitions = clocks.apply(now, &Event::Absorbed { unanswered_since });
        clocks.save(tx)?;
        moved.extend(Moved::new(&clocks, transitions));
    }
    Ok(moved)
}

/// A ticket that was deleted at `since` is back, with the clocks of one that was there all the time.
pub fn restored(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, since: Time, now: Time) -> Result<Vec<Moved>> {
    if !before.in_help_desk {
        return came(tx, after, now);
    }
    let Some(mut policies) = Policies::load(tx)? else { return Ok(Vec::new()) };
    let Some(kept) = Kept::load(tx, &mut policies, before)? else {
        // The first policy for open tickets may have come meanwhile.
        replay(tx, None, after)?.map_or(Ok(()), |kept| kept.save(tx))?;
        return Ok(Vec::new());
    };
    if kept.clocks.finished {
        return Ok(Vec::new());
    }
    let mut kept = catch_up(tx, kept, before, since)?;
    let transitions = differences(&policies, &kept, before, after).iter().flat_map(|event| kept.apply(now, event)).collect();
    kept.save(tx)?;
    Ok(Moved::new(&kept, transitions).into_iter().collect())
}
