//! What happens to one ticket, told to its clocks in the same transaction. The ticket's row is held while they move: of two
//! events at once, one waits for the other.

use super::kept::Kept;
use super::policies::Policies;
use crate::domain::Id;
use crate::domain::sla::Event;
use crate::domain::sla::historic::Historic;
use crate::domain::sla::policy::ApplyTo;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::sla::clocks;
use crate::store::{self, Tx};

/// A ticket came to the help desk, made or moved by hand: its clocks begin with it, by the policy in force.
pub fn came(tx: &mut Tx<'_>, ticket: &Ticket, now: Time) -> Result<()> {
    if !ticket.in_help_desk {
        return Ok(());
    }
    let Some(policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(in_force) = policies.newest() else { return Ok(()) };
    let past = clocks::past_of_tickets(tx, &[ticket.id])?.remove(&ticket.id).unwrap_or_default();
    Kept::begin(&policies, in_force, ticket, &past, Historic::Apply, now).save(tx)
}

/// A message was exchanged at `at` in a conversation.
pub fn message(tx: &mut Tx<'_>, conversation: Id, at: Time, event: &Event, now: Time) -> Result<()> {
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(found) = store::tickets::of_conversation(tx, conversation)? else { return Ok(()) };
    let Some(ticket) = store::tickets::by_id(tx, found.id)?.filter(|ticket| ticket.in_help_desk) else { return Ok(()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, &ticket)? else { return Ok(()) };
    // A sender's clock may be ahead of ours.
    kept.apply(at.min(now), event);
    kept.save(tx)
}

/// A ticket was changed from one into the other.
pub fn changed(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, now: Time) -> Result<()> {
    if !before.in_help_desk {
        return came(tx, after, now);
    }
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, before)? else { return Ok(()) };
    let mut events = Vec::new();
    if (before.stage_id, before.open) != (after.stage_id, after.open) {
        events.push(Event::Stage { stage: after.stage_id, open: after.open });
    }
    let value = policies.value(kept.in_force.policy.by, after);
    if value != kept.clocks.value {
        events.push(Event::Value(value));
    }
    if before.spam != after.spam {
        events.push(Event::Spam(after.spam));
    }
    for event in &events {
        kept.apply(now, event);
    }
    if events.is_empty() { Ok(()) } else { kept.save(tx) }
}

/// One ticket was merged into another (H10): its clocks end, and the other's take over what they take over by the policy.
pub fn merged(tx: &mut Tx<'_>, gone: &Ticket, kept: &Ticket, now: Time) -> Result<()> {
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let mut unanswered_since = None;
    if let Some(mut clocks) = Kept::load(tx, &mut policies, gone)? {
        unanswered_since = clocks.clocks.unanswered_since;
        clocks.apply(now, &Event::MergedAway);
        clocks.save(tx)?;
    }
    if let Some(mut clocks) = Kept::load(tx, &mut policies, kept)? {
        clocks.apply(now, &Event::Absorbed { unanswered_since });
        clocks.save(tx)?;
    }
    Ok(())
}

/// A deleted ticket is back. Its clocks went on; what was decided meanwhile for open tickets holds for it too.
pub fn restored(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, now: Time) -> Result<()> {
    changed(tx, before, after, now)?;
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, after)?.filter(|kept| after.open && !kept.clocks.finished) else { return Ok(()) };
    let revisions = store::sla::revisions(tx)?;
    let later = revisions.iter().rev().find(|revision| Some(revision.id) > kept.in_force.id && revision.apply_to == ApplyTo::Open);
    let holds = later.map_or(kept.in_force.id, |revision| Some(revision.id));
    let next = policies.of(tx, holds)?;
    kept.follow(&policies, next, after, now);
    kept.save(tx)
}
