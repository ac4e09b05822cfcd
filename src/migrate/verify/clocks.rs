//! M12: every ticket that the run made, or brought into the help desk, has clocks as was chosen, as far as that can be told
//! afterwards: what a policy asks for is only expected where one was in force from before the start until the end.

use std::collections::HashMap;

use super::Problem;
use super::changes::Changes;
use super::subjects::Subject;
use crate::args;
use crate::domain::Id;
use crate::domain::sla::historic::Historic;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::history::Object;
use crate::store::migrations::Run;
use crate::store::{Tx, schema, sla};

/// The version of the store from which on tickets have clocks.
const CLOCKS: i64 = 6;

/// What holds for the whole run.
pub struct Expected<'r> {
    run: &'r Run,
    /// Whether a policy was in force all the time.
    in_force: bool,
}

/// The clocks that a ticket has now.
struct Clocks {
    finished: bool,
    count: usize,
}

impl<'r> Expected<'r> {
    pub fn new(tx: &mut Tx<'_>, run: &'r Run) -> Result<Expected<'r>> {
        Ok(Expected { run, in_force: in_force(tx, run)? })
    }

    /// What is wrong with the clocks of each subject's ticket.
    pub fn problems(&self, tx: &mut Tx<'_>, page: &[Subject], changes: &Changes) -> Result<Vec<Option<Problem>>> {
        let wanted: Vec<Option<Wanted>> = page.iter().map(|subject| self.wanted(subject, changes)).collect();
        let tickets: Vec<Id> = wanted.iter().flatten().map(|wanted| wanted.ticket).collect();
        if tickets.is_empty() {
            return Ok(page.iter().map(|_| None).collect());
        }
        let dialect = tx.dialect();
        let sql = format!(
            "SELECT s.ticket_id, s.finished, c.first_response_started_at, c.next_response_started_at, c.close_started_at \
             FROM ticket_slas s LEFT JOIN ticket_clocks c ON c.ticket_id = s.ticket_id WHERE s.ticket_id {}",
            dialect.any_of(1)
        );
        let clocks: HashMap<Id, Clocks> = tx
            .query(&sql, args![dialect.id_list(&tickets)], |row| {
                let (ticket, finished) = (row.get()?, row.get()?);
                let started: [Option<Time>; 3] = [row.get()?, row.get()?, row.get()?];
                Ok((ticket, Clocks { finished, count: started.iter().flatten().count() }))
            })?
            .into_iter()
            .collect();
        Ok(wanted.into_iter().map(|wanted| wanted.and_then(|wanted| wanted.problem(clocks.get(&wanted.ticket)))).collect())
    }

    /// What was chosen for the ticket of a conversation; `None` where nothing can be told.
    fn wanted(&self, subject: &Subject, changes: &Changes) -> Option<Wanted> {
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
        (self.in_force || historic == Historic::Exempt).then_some(Wanted { ticket: ticket.id, historic, open })
    }

    /// Whether a ticket was made open: by the stage that it was made in, as the map knew that stage.
    fn made_open(&self, ticket: Id, changes: &Changes) -> Option<bool> {
        let stage: Id = changes.latest(Object::Ticket, ticket, "created")??.parse().ok()?;
        self.run.map.as_ref()?.targets().find(|target| target.stage_id == stage).map(|target| target.open)
    }
}

struct Wanted {
    ticket: Id,
    historic: Historic,
    /// When it came.
    open: bool,
}

impl Wanted {
    fn problem(&self, clocks: Option<&Clocks>) -> Option<Problem> {
        let ticket = self.ticket;
        // First response and close run from the making; from the move only what had not ended does.
        let least = match (self.historic, self.open) {
            (Historic::Exempt, _) => {
                let exempt = clocks.is_some_and(|clocks| clocks.finished && clocks.count == 0);
                let message = format!("ticket {ticket} was to have no SLA, and that is not noted, or it has clocks");
                return (!exempt).then(|| Problem::new("sla_not_exempt", message));
            }
            (Historic::Apply, _) => 2,
            (Historic::Restart, true) => 1,
            (Historic::Restart, false) => 0,
        };
        let message = || format!("ticket {ticket} came while an SLA policy was in force, and its clocks are not there");
        clocks.is_none_or(|clocks| clocks.count < least).then(|| Problem::new("sla_clocks_lost", message()))
    }
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
