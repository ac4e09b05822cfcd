//! Every change of a ticket or a conversation, and what follows from it.
//!
//! A [`Writer`] makes a change: it writes the rows, and records what happened as one event, in the transaction of the change. What
//! follows stands in one list, in [`record`]: whoever wants to know what an arriving message sets off, and in which order, reads
//! that list. Operations decide what to change; here is what a change means.
//!
//! | part | what it does |
//! | --- | --- |
//! | [`tickets`], [`conversations`], [`messages`], [`people`] | the changes themselves |
//! | [`record`] | the reactions to them, in order |
//! | [`history`], [`activity`], [`sla`], [`search`], [`notices`] | one reaction each |
//!
//! Migrations and loaded documents write many rows at a time, tell nobody (M9, I3), and keep the rules of their own
//! (`migrate`, `bulk`): they do not pass here.

mod activity;
mod conversations;
mod history;
pub mod messages;
mod notices;
mod people;
mod record;
mod search;
mod sla;
mod stages;
mod tickets;

pub use conversations::held_ticket;
pub use messages::{NewFile, NewMessage};

use crate::domain::event::{Actor, Cause, Event, What};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;

/// Makes changes, in one transaction, in somebody's name.
pub struct Writer<'w, 's> {
    pub tx: &'w mut Tx<'s>,
    /// When: the time of the change, not of what it is about.
    pub at: Time,
    pub actor: Actor,
    pub cause: Cause,
}

impl Writer<'_, '_> {
    /// Records what happened to rows that are written already.
    ///
    /// # Errors
    ///
    /// Those of the reactions; `endless_reaction` where one event leads to the next without an end.
    pub fn record(&mut self, what: impl IntoIterator<Item = What>) -> Result<()> {
        let (at, actor, cause) = (self.at, self.actor, self.cause);
        let events = what.into_iter().map(|what| Event { at, actor, cause, what }).collect();
        record::record(self.tx, events)
    }
}
