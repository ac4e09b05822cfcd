//! M12: every ticket that the run made, or brought into the help desk, has clocks as was chosen, as far as that can be told
//! afterwards: what a policy asks for is only expected where one was in force from before the start until the end. Where
//! nothing has happened to a ticket since, every time of its clocks is worked out anew.

use std::collections::HashSet;
use std::sync::Arc;

use super::Problem;
use super::changes::Changes;
use super::messages::Recount;
use super::subjects::Subject;
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::historic::Historic;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::sla::kept::Kept;
use crate::sla::policies::{InForce, Policies};
use crate::store::history::Object;
use crate::store::migrations::Run;
use crate::store::sla::clocks::{self, TicketSla};
use crate::store::{Tx, schema, sla};

/// The version of the store from which on tickets have clocks.
const CLOCKS: i64 = 6;

/// What holds for the whole run.
pub struct Expected<'r> {
    run: &'r Run,
    /// Whether a policy was in force all the time.
    in_force: bool,
    /// That policy, where neither it nor any working hours have changed until today.
    unchanged: Option<(Policies, Arc<InForce>)>,
}

impl<'r> Expected<'r> {
    pub fn new(tx: &mut Tx<'_>, run: &'r Run) -> Result<Expected<'r>> {
        let in_force = in_force(tx, run)?;
        let unchanged = if in_force { unchanged(tx, run)? } else { None };
        Ok(Expected { run, in_force, unchanged })
    }

    /// What is wrong with the clocks of each subject's ticket.
    pub fn problems(&self, tx: &mut Tx<'_>, page: &[Subject], recounts: &[Recount], changes: &Changes) -> Result<Vec<Option<Problem>>> {
        let wanted: Vec<Option<Wanted>> =
            page.iter().zip(recounts).map(|(subject, recount)| self.wanted(subject, recount, changes)).collect();
        let tickets: Vec<Id> = wanted.iter().flatten().map(|wanted| wanted.ticket.id).collect();
        if tickets.is_empty() {
            return Ok(page.iter().map(|_| None).collect());
        }
        let stored = clocks::of_tickets(tx, &tickets)?;
        let shared = if self.unchanged.is_some() { shared(tx, &tickets)? } else { HashSet::new() };
        let problem = |wanted: Wanted| {
            let stored = stored.get(&wanted.ticket.id);
            wanted.problem(stored).or_else(|| self.other_times(&wanted, stored?).filter(|_| !shared.contains(&wanted.ticket.id)))
        };
        Ok(wanted.into_iter().map(|wanted| wanted.and_then(problem)).collect())
    }

    /// What was chosen for the ticket of a conversation; `None` where nothing can be told.
    fn wanted<'p>(&self, subject: &'p Subject, recount: &Recount, changes: &Changes) -> Option<Wanted<'p>> {
        let choice = self.run.sla_historic;
        if !self.in_force && choice.open != Historic::Exempt && choice.closed != Historic::Exempt {
            return None;
        }
        let (item, ticket) = (subject.item.as_ref()?, subject.ticket.as_ref()?);
        let open = match item.ticket_id {
            None if ticket.made_by_run == Some(self.run.id) => self.made_open(ticket.id, changes)?,
            Some(id) if id == ticket.id => {
                // One that was in the help desk before kept what it had.
                item.ticket_before().filter(|before| !before.in_help_desk)?.open
            }
            _ => return None,
        };
        let historic = if open { choice.open } else { choice.closed };
        // The newest change of the ticket is the run's own, and nobody has written since.
        let came = changes.of(Object::Ticket, ticket.id).last().filter(|change| change.run_id == Some(self.run.id));
        let came = came.filter(|_| recount.total() == item.message_count).map(|change| (change.at, recount.answers()));
        (self.in_force || historic == Historic::Exempt).then_some(Wanted { ticket, historic, open, came })
    }

    /// Whether a ticket was made open: by the stage that it was made in, as the map knew that stage.
    fn made_open(&self, ticket: Id, changes: &Changes) -> Option<bool> {
        let stage: Id = changes.latest(Object::Ticket, ticket, "created")??.parse().ok()?;
        self.run.map.as_ref()?.targets().find(|target| target.stage_id == stage).map(|target| target.open)
    }

    /// Clocks that are not those with which the ticket came, though nothing has happened to it since.
    fn other_times(&self, wanted: &Wanted<'_>, stored: &TicketSla) -> Option<Problem> {
        let (policies, in_force) = self.unchanged.as_ref()?;
        let (at, answers) = wanted.came.as_ref()?;
        let expected = Kept::begin(policies, Arc::clone(in_force), wanted.ticket, answers, wanted.historic, *at).as_stored();
        let message = || format!("the SLA clocks of ticket {} are not those with which it came", wanted.ticket.id);
        (expected != *stored).then(|| Problem::new("sla_clocks", message()))
    }
}

struct Wanted<'p> {
    ticket: &'p Ticket,
    historic: Historic,
    /// When it came.
    open: bool,
    /// When that was, and who had answered whom, where nothing has happened since.
    came: Option<(Time, Answers)>,
}

impl Wanted<'_> {
    fn problem(&self, stored: Option<&TicketSla>) -> Option<Problem> {
        let ticket = self.ticket.id;
        let count = stored.map_or(0, TicketSla::count);
        // First response and close run from the making; from the move only what had not ended does.
        let least = match (self.historic, self.open) {
            (Historic::Exempt, _) => {
                let exempt = stored.is_some_and(|stored| stored.basis.finished) && count == 0;
                let message = format!("ticket {ticket} was to have no SLA, and that is not noted, or it has clocks");
                return (!exempt).then(|| Problem::new("sla_not_exempt", message));
            }
            (Historic::Apply, _) => 2,
            (Historic::Restart, true) => 1,
            (Historic::Restart, false) => 0,
        };
        let message = || format!("ticket {ticket} came while an SLA policy was in force, and its clocks are not there");
        (stored.is_none() || count < least).then(|| Problem::new("sla_clocks_lost", message()))
    }
}

/// Those of the tickets that have several conversations.
fn shared(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashSet<Id>> {
    let dialect = tx.dialect();
    let sql =
        format!("SELECT ticket_id FROM conversation_tickets WHERE ticket_id {} GROUP BY ticket_id HAVING count(*) > 1", dialect.any_of(1));
    Ok(tx.query(&sql, args![dialect.id_list(tickets)], |row| row.get())?.into_iter().collect())
}

/// The policy, where what holds today held when the run began.
fn unchanged(tx: &mut Tx<'_>, run: &Run) -> Result<Option<(Policies, Arc<InForce>)>> {
    let since = run.started_at;
    if sla::revisions(tx)?.iter().any(|revision| revision.set_at >= since)
        || sla::all_hours(tx)?.iter().any(|hours| hours.updated_at >= since)
    {
        return Ok(None);
    }
    let Some(policies) = Policies::load_for_many(tx, since)? else { return Ok(None) };
    let newest = policies.newest();
    Ok(newest.map(|newest| (policies, newest)))
}

/// Whether a policy was in force from before the start until the end; where times are equal nobody can tell.
fn in_force(tx: &mut Tx<'_>, run: &Run) -> Result<bool> {
    if schema::applied_at(tx, CLOCKS)?.is_none_or(|applied| applied > run.started_at) {
        return Ok(false);
    }
    let end = run.finished_at.unwrap_or(Time(i64::MAX));
    let revisions = sla::revisions(tx)?;
    let changed = revisions.iter().any(|revision| revision.set_at >= run.started_at && revision.set_at <= end);
    let before = revisions.iter().rev().find(|revision| revision.set_at < run.started_at);
    Ok(!changed && before.is_some_and(|revision| revision.policy.is_some()))
}
