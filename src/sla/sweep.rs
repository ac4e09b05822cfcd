//! Many tickets at once, in pages of constant size: another policy or other working hours for what is open (S2), the tickets of
//! a loaded account.

use std::collections::HashMap;
use std::sync::Arc;

use super::kept::{Kept, Rows};
use super::policies::{InForce, Policies};
use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::Event;
use crate::domain::sla::historic::Historic;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::sla::clocks::{self, TicketSla};
use crate::store::{ToArg, Tx, tickets};

/// Tickets at a time; few where laws are tried, so that pages end amid them.
const PAGE: i64 = if cfg!(test) { 3 } else { 2_000 };

/// What holds for open tickets from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// The newest revision, whichever held before; also for those that had none.
    Newest,
    /// Each its own revision, by the working hours of now.
    Own,
}

/// A page of tickets with their clocks.
struct Page {
    tickets: Vec<Ticket>,
    slas: HashMap<Id, TicketSla>,
    past: HashMap<Id, Answers>,
}

impl Page {
    /// Tickets of the help desk after `after` that are as `which` says, whose `$2` is the stage. They are held, so that nothing
    /// moves their clocks meanwhile.
    fn read(tx: &mut Tx<'_>, which: &str, after: Id, stage: Option<Id>) -> Result<Option<Page>> {
        let sql = format!(
            "SELECT {} FROM tickets t WHERE t.in_help_desk = 1 AND t.id > $1 AND {which} ORDER BY t.id LIMIT {PAGE} {{for_update}}",
            tickets::COLUMNS
        );
        let parameters: Vec<_> = [Some(&after), stage.as_ref()].into_iter().flatten().map(ToArg::to_arg).collect();
        let tickets = tx.query(&sql, &parameters, tickets::read)?;
        if tickets.is_empty() {
            return Ok(None);
        }
        // By their ids: between two open tickets there may be any number of closed ones.
        let ids: Vec<Id> = tickets.iter().map(|ticket| ticket.id).collect();
        let slas = clocks::of_tickets(tx, &ids)?;
        let fresh: Vec<Id> = ids.iter().copied().filter(|id| !slas.contains_key(id)).collect();
        Ok(Some(Page { past: clocks::past_of_tickets(tx, &fresh)?, slas, tickets }))
    }

    fn last(&self) -> Id {
        self.tickets.last().map_or(Id::MAX, |ticket| ticket.id)
    }

    fn past_of(&self, ticket: Id) -> Answers {
        self.past.get(&ticket).copied().unwrap_or_default()
    }
}

/// Lays the policy and working hours of now against every open ticket. `before` are those of until now: what became overdue by
/// them stays so. Tells how many tickets there are that follow.
pub fn open_tickets(tx: &mut Tx<'_>, mut before: Option<Policies>, follow: Follow, now: Time) -> Result<i64> {
    let Some(mut policies) = Policies::load_for_many(tx, now)? else { return Ok(0) };
    let newest = policies.newest().unwrap_or_else(|| Arc::new(InForce::none()));
    let (mut after, mut count) = (0, 0);
    while let Some(mut page) = Page::read(tx, "t.open = 1", after, None)? {
        after = page.last();
        let mut rows = Rows::default();
        for ticket in &page.tickets {
            let mut kept = match (page.slas.remove(&ticket.id), follow) {
                (None, Follow::Own) => continue,
                (None, Follow::Newest) => {
                    let none = Arc::new(InForce::none());
                    Kept::begin(&policies, none, ticket, &page.past_of(ticket.id), Historic::Apply, now)
                }
                (Some(sla), _) => {
                    let held = match &mut before {
                        Some(before) => before.of(tx, sla.basis.policy_id)?,
                        None => Arc::new(InForce::none()),
                    };
                    Kept::assemble(&policies, held, ticket, sla)?
                }
            };
            if kept.clocks.finished {
                continue;
            }
            let next = if follow == Follow::Newest { Arc::clone(&newest) } else { policies.of(tx, kept.in_force.id)? };
            kept.follow(&policies, next, ticket, now);
            kept.add_to(&mut rows);
            count += 1;
        }
        rows.put(tx)?;
    }
    Ok(count)
}

/// The state of a pipeline's stage is about to change: its tickets are open, or closed, from now on.
pub fn stage(tx: &mut Tx<'_>, stage: Id, open: bool, now: Time) -> Result<()> {
    let Some(mut policies) = Policies::load_for_many(tx, now)? else { return Ok(()) };
    let which = if open { "t.open = 0 AND t.stage_id = $2" } else { "t.open = 1 AND t.stage_id = $2" };
    let mut after = 0;
    while let Some(mut page) = Page::read(tx, which, after, Some(stage))? {
        after = page.last();
        let mut rows = Rows::default();
        for ticket in &page.tickets {
            let Some(sla) = page.slas.remove(&ticket.id) else { continue };
            let held = policies.of(tx, sla.basis.policy_id)?;
            let mut kept = Kept::assemble(&policies, held, ticket, sla)?;
            kept.apply(now, &Event::Stage { stage, open });
            kept.add_to(&mut rows);
        }
        rows.put(tx)?;
    }
    Ok(())
}

/// Gives a page of the help desk's tickets after `after` that have no clocks yet theirs, from their making, by the policy in force:
/// for a loaded account. Tells where the next page begins, if there is one.
pub fn loaded(tx: &mut Tx<'_>, after: Id, now: Time) -> Result<Option<Id>> {
    let Some(policies) = Policies::load_for_many(tx, now)? else { return Ok(None) };
    let Some(in_force) = policies.newest() else { return Ok(None) };
    let Some(page) = Page::read(tx, "NOT EXISTS (SELECT 1 FROM ticket_slas s WHERE s.ticket_id = t.id)", after, None)? else {
        return Ok(None);
    };
    let mut rows = Rows::default();
    for ticket in &page.tickets {
        let past = page.past_of(ticket.id);
        Kept::begin(&policies, Arc::clone(&in_force), ticket, &past, Historic::Apply, now).add_to(&mut rows);
    }
    rows.insert(tx)?;
    Ok(Some(page.last()))
}
