//! M12: the clocks of the tickets that a migration makes, or brings into the help desk.

use std::sync::Arc;

use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::historic::{Choice, Historic};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::sla::kept::{Kept, Rows};
use crate::sla::policies::{InForce, Policies};
use crate::store::sla::clocks;
use crate::store::{self, Tx};

/// What a run does about the clocks of history, by the policy in force.
pub struct HistorySla {
    choice: Choice,
    policies: Option<Policies>,
    newest: Option<Arc<InForce>>,
    /// Of what `policies` were read.
    version: store::sla::Version,
}

impl HistorySla {
    pub fn load(tx: &mut Tx<'_>, choice: Choice, now: Time) -> Result<HistorySla> {
        let version = store::sla::version(tx)?;
        let policies = Policies::load_for_many(tx, now)?;
        let newest = policies.as_ref().and_then(Policies::newest);
        Ok(HistorySla { choice, policies, newest, version })
    }

    /// Policy and working hours may be changed while a run goes on: a ticket gets those in force when it comes.
    pub fn refresh(&mut self, tx: &mut Tx<'_>, now: Time) -> Result<()> {
        if store::sla::version(tx)? != self.version {
            *self = HistorySla::load(tx, self.choice, now)?;
        }
        Ok(())
    }

    /// The clocks of a ticket with such a past.
    pub fn begin(&self, ticket: &Ticket, past: &Answers, now: Time, rows: &mut Rows) {
        let historic = if ticket.open { self.choice.open } else { self.choice.closed };
        match (&self.policies, &self.newest) {
            (Some(policies), Some(in_force)) => {
                Kept::begin(policies, Arc::clone(in_force), ticket, past, historic, now).add_to(rows);
            }
            // Also from policies that are set later.
            _ if historic == Historic::Exempt => rows.exempt(ticket.id, now),
            _ => {}
        }
    }

    /// The same for tickets that were there before, whose past lies in all their conversations.
    pub fn begin_moved(&self, tx: &mut Tx<'_>, tickets: &[Ticket], now: Time, rows: &mut Rows) -> Result<()> {
        if self.newest.is_none() && self.choice == Choice::default() {
            return Ok(());
        }
        let ids: Vec<Id> = tickets.iter().map(|ticket| ticket.id).collect();
        let past = clocks::past_of_tickets(tx, &ids)?;
        for ticket in tickets {
            self.begin(ticket, &past.get(&ticket.id).copied().unwrap_or_default(), now, rows);
        }
        Ok(())
    }
}
