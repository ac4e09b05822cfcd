//! What happens to one ticket, told to its clocks in the same transaction. The ticket's row is held while they move: of two
//! events at once, one waits for the other.

use super::kept::Kept;
use super::policies::Policies;
use super::replay::{catch_up, differences, replay};
use crate::domain::Id;
use crate::domain::sla::Event;
use crate::domain::sla::historic::Historic;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::history::{self, Object};
use crate::store::sla::clocks::{self, Cells};
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

/// A message that is stored was exchanged at `at` in a conversation.
pub fn message(tx: &mut Tx<'_>, conversation: Id, at: Time, event: &Event, now: Time, actor: Id) -> Result<()> {
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(found) = store::tickets::of_conversation(tx, conversation)? else { return Ok(()) };
    let Some(ticket) = store::tickets::by_id(tx, found.id)?.filter(|ticket| ticket.in_help_desk) else { return Ok(()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, &ticket)? else { return Ok(()) };
    // A sender's clock may be ahead of ours.
    let at = at.min(now);
    if at < kept.clocks.last_at && !kept.clocks.finished {
        return late(tx, kept, &ticket, at, event, now, actor);
    }
    kept.apply(at, event);
    kept.save(tx)
}

/// Something came after what happened later (E1): the clocks are what they would be had it come in its time. What was told by the
/// clocks before stays told; the history notes the correction.
fn late(tx: &mut Tx<'_>, mut before: Kept, ticket: &Ticket, at: Time, event: &Event, now: Time, actor: Id) -> Result<()> {
    let Some(after) = replay(tx, Some(&before), ticket)? else {
        before.apply(at, event);
        return before.save(tx);
    };
    let told = |kept: &Kept, kind: Kind| kept.clocks.get(kind).map(|clock| told(clock.instance, &kept.cells(kind)));
    let changes = [("sla_first_response", Kind::FirstResponse), ("sla_next_response", Kind::NextResponse), ("sla_close", Kind::Close)];
    let changes = changes.map(|(property, kind)| (property, told(&before, kind), told(&after, kind)));
    history::note(tx, Object::Ticket, ticket.id, now, actor, &changes)?;
    clocks::delete_past(tx, ticket.id)?;
    after.instead_of(&before).save(tx)
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
pub fn changed(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, now: Time) -> Result<()> {
    if !before.in_help_desk {
        return came(tx, after, now);
    }
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(mut kept) = Kept::load(tx, &mut policies, before)? else { return Ok(()) };
    let events = differences(&policies, &kept, before, after);
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

/// A ticket that was deleted at `since` is back, with the clocks of one that was there all the time.
pub fn restored(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket, since: Time, now: Time) -> Result<()> {
    if !before.in_help_desk {
        return came(tx, after, now);
    }
    let Some(mut policies) = Policies::load(tx)? else { return Ok(()) };
    let Some(kept) = Kept::load(tx, &mut policies, before)? else {
        // The first policy for open tickets may have come meanwhile.
        return replay(tx, None, after)?.map_or(Ok(()), |kept| kept.save(tx));
    };
    if kept.clocks.finished {
        return Ok(());
    }
    let mut kept = catch_up(tx, kept, before, since)?;
    for event in differences(&policies, &kept, before, after) {
        kept.apply(now, &event);
    }
    kept.save(tx)
}
