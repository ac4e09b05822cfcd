//! The full-text index of the help desk's tickets (V5): what it holds, what it does not know yet, and finding with both.
//!
//! The index lags behind on purpose: a migration makes tickets by the hundred thousand and pays nothing for them here. Tickets
//! beyond `indexed_through` are not in it yet, and what changed of others stands in a queue, written in the transaction of the
//! change. A search looks at both besides the index, so that nothing committed is ever missed; [`drain`] brings the index up to
//! date, batch by batch.

mod documents;
mod drain;
mod expression;
mod find;

pub use drain::{drain, drain_a_while, pending};
pub use find::{FoundTicket, Search};

use super::{Dialect, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::ticket::Ticket;
use crate::error::Result;

/// The table whose ids tell what the index lacks.
const NUMBERED: &str = "tickets";

/// PostgreSQL's advisory keys, in deskctl's space (store/locks.rs has 1 and 2).
const SPACE: i64 = 0x6465_736b;
/// Shared by whoever takes ids of tickets, until the end of the transaction: only when nobody holds it are all ids settled.
const TAKING_IDS: i64 = 3;
/// Held while the index is being brought up to date.
const DRAINING: i64 = 4;

crate::text_enum! {
    /// What a row of the queue names.
    enum Object {
        Ticket = "ticket",
        Contact = "contact",
        Company = "company",
    }
}
crate::stored_as_text!(Object);

/// A row of the queue.
struct Queued {
    object: Object,
    object_id: Id,
}

crate::record!(q: Queued => "search_queue" { object: Text = q.object, object_id: Int = q.object_id });

fn queue(tx: &mut Tx<'_>, object: Object, ids: &[Id]) -> Result<()> {
    let rows: Vec<Queued> = ids.iter().map(|id| Queued { object, object_id: *id }).collect();
    tx.insert(&rows)
}

/// To be called where something of tickets changed that is searched: name, description, contacts, company, spam, being in the
/// help desk, being there at all. New tickets need no call, but one more does no harm.
pub fn tickets_changed(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<()> {
    queue(tx, Object::Ticket, tickets)
}

/// The same for one ticket, where both states of it are at hand; further contacts are none of them.
pub fn ticket_edited(tx: &mut Tx<'_>, old: &Ticket, new: &Ticket) -> Result<()> {
    let same = old.name == new.name
        && old.description == new.description
        && (old.contact_id, old.company_id) == (new.contact_id, new.company_id)
        && (old.spam, old.in_help_desk) == (new.spam, new.in_help_desk);
    if same { Ok(()) } else { tickets_changed(tx, &[new.id]) }
}

/// To be called where a contact's names, address or numbers changed: all its tickets are searched by them.
pub fn contact_changed(tx: &mut Tx<'_>, contact: Id) -> Result<()> {
    queue(tx, Object::Contact, &[contact])
}

/// To be called where a company's name or domain changed.
pub fn company_changed(tx: &mut Tx<'_>, company: Id) -> Result<()> {
    queue(tx, Object::Company, &[company])
}

/// Announces that ids are about to be taken of which others do not know yet whether they will come.
pub(super) fn announce_ids(tx: &mut Tx<'_>, table: &str) -> Result<()> {
    if tx.dialect() == Dialect::Postgres && table == NUMBERED {
        let sql = "SELECT 1 FROM pg_advisory_xact_lock_shared(CAST($1 AS int), CAST($2 AS int))";
        tx.execute(sql, args![SPACE, TAKING_IDS])?;
    }
    Ok(())
}

/// Forgets everything, for a store that is emptied.
pub(super) fn wipe(tx: &mut Tx<'_>) -> Result<()> {
    tx.script(&tx.dialect().render("{forget_search_index}"))
}

/// How far the index is.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    indexed_through: Id,
    settled_through: Id,
}

fn state(tx: &mut Tx<'_>) -> Result<State> {
    let found = tx.optional("SELECT indexed_through, settled_through FROM search_state", &[], |row| {
        Ok(State { indexed_through: row.get()?, settled_through: row.get()? })
    })?;
    Ok(found.unwrap_or_default())
}
