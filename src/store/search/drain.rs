//! Brings the index up to date, batch by batch. Each batch is one transaction that also takes what it did off the queue: killed at
//! any moment, nothing is done twice or left out.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::documents::load;
use super::expression::expression;
use super::{DRAINING, Object, SPACE, State, TAKING_IDS, queue, state};
use crate::args;
use crate::domain::Id;
use crate::domain::search::{Wanted, of_company, of_contact, tokens};
use crate::error::Result;
use crate::store::visibility::Condition;
use crate::store::{Dialect, Mode, Store, Turn, Tx};

/// Tickets per transaction: about a tenth of a second.
const BATCH: usize = 2_000;
/// Rows of the queue per transaction.
const QUEUED: i64 = 1_000;
/// With fewer tickets pending a search looks at them rather than writing.
const FEW: i64 = 200;
/// How long a search brings the index up to date before it searches.
const A_WHILE: Duration = Duration::from_secs(3);

/// An entry of the index.
struct Entry {
    id: Id,
    tokens: String,
}

crate::record!(e: Entry => "search_index" { rowid: Int = e.id, tokens: Text = e.tokens });

/// At most how many tickets the index does not know as they are; a contact or company counts as one.
pub fn pending(tx: &mut Tx<'_>) -> Result<i64> {
    let indexed = state(tx)?.indexed_through;
    let last: i64 = tx.one("SELECT coalesce(max(id), 0) FROM tickets", &[], |row| row.get())?;
    let queued: i64 = tx.one("SELECT count(*) FROM search_queue", &[], |row| row.get())?;
    Ok((last - indexed).max(0) + queued)
}

/// Brings the index up to date, as long as `go_on` says so, which is told how many tickets are done. Others may do the same: then
/// this leaves it to them.
pub fn drain(store: &mut Store, go_on: &mut dyn FnMut(u64) -> bool) -> Result<u64> {
    let mut done = 0;
    while go_on(done) && pending(&mut store.read()?)? > 0 {
        settle(store)?;
        let mut tx = store.tx(Mode::Write(Turn::Bulk))?;
        let Some(some) = batch(&mut tx)? else { return Ok(done) };
        tx.commit()?;
        done += some;
    }
    Ok(done)
}

/// What a search does first: where much is pending, a few seconds' worth of it. A store that cannot be written is searched as it is.
pub fn drain_a_while(store: &mut Store) -> Result<()> {
    if pending(&mut store.read()?)? > FEW {
        let began = Instant::now();
        let _ = drain(store, &mut |_| began.elapsed() < A_WHILE);
    }
    Ok(())
}

/// Notes up to which id no ticket comes any more. SQLite has one writer, which commits ids in their order; PostgreSQL's writers
/// hold a lock from taking an id to their end, so that whoever gets it alone knows.
fn settle(store: &mut Store) -> Result<()> {
    let mut tx = store.tx(Mode::Write(Turn::Bulk))?;
    if alone(&mut tx, TAKING_IDS)? {
        tx.execute(
            "INSERT INTO search_state (id, indexed_through, settled_through) SELECT 1, 0, coalesce(max(id), 0) FROM tickets WHERE true \
             ON CONFLICT (id) DO UPDATE SET settled_through = excluded.settled_through",
            &[],
        )?;
    }
    tx.commit()
}

fn alone(tx: &mut Tx<'_>, key: i64) -> Result<bool> {
    match tx.dialect() {
        Dialect::Sqlite => Ok(true),
        Dialect::Postgres => {
            tx.one("SELECT pg_try_advisory_xact_lock(CAST($1 AS int), CAST($2 AS int))", args![SPACE, key], |row| row.get())
        }
    }
}

/// One batch: how many tickets, or `None` where nothing can be done now.
fn batch(tx: &mut Tx<'_>) -> Result<Option<u64>> {
    if !alone(tx, DRAINING)? {
        return Ok(None);
    }
    let state = state(tx)?;
    let taken = Taken::read(tx)?;
    let changed: Vec<Id> = taken.tickets.iter().copied().filter(|id| *id <= state.indexed_through).collect();
    let new = new_tickets(tx, state, BATCH.saturating_sub(changed.len()))?;
    if taken.rows.is_empty() && new.through == state.indexed_through {
        return Ok(None);
    }
    taken.expand(tx)?;
    remove(tx, &changed)?;
    let ids: Vec<Id> = changed.iter().chain(&new.ids).copied().collect();
    add(tx, &ids)?;
    taken.done(tx)?;
    tx.execute("UPDATE search_state SET indexed_through = $1", args![new.through])?;
    Ok(Some(ids.len() as u64))
}

/// Tickets beyond those in the index.
struct New {
    ids: Vec<Id>,
    /// How far the index is with them.
    through: Id,
}

/// Tickets outside the help desk are passed over: they are queued when they come to it (H3).
fn new_tickets(tx: &mut Tx<'_>, state: State, room: usize) -> Result<New> {
    let room = i64::try_from(room).unwrap_or(i64::MAX);
    let ids = tx.query(
        "SELECT id FROM tickets WHERE id > $1 AND id <= $2 AND in_help_desk = 1 ORDER BY id LIMIT $3",
        args![state.indexed_through, state.settled_through, room],
        |row| row.get(),
    )?;
    let full = ids.len() as i64 == room;
    let through =
        if full { ids.last().copied().unwrap_or(state.indexed_through) } else { state.settled_through.max(state.indexed_through) };
    Ok(New { ids, through })
}

/// What a batch takes off the queue.
#[derive(Default)]
struct Taken {
    rows: Vec<Id>,
    tickets: BTreeSet<Id>,
    /// The tokens of contacts and companies that changed.
    owners: Vec<Wanted>,
}

impl Taken {
    fn read(tx: &mut Tx<'_>) -> Result<Taken> {
        let mut taken = Taken::default();
        tx.each("SELECT id, object, object_id FROM search_queue ORDER BY id LIMIT $1", args![QUEUED], |row| {
            taken.rows.push(row.get()?);
            match (row.get()?, row.get()?) {
                (Object::Ticket, id) => drop(taken.tickets.insert(id)),
                (Object::Contact, id) => taken.owners.push(Wanted::Token(of_contact(id))),
                (Object::Company, id) => taken.owners.push(Wanted::Token(of_company(id))),
            }
            Ok(())
        })?;
        Ok(taken)
    }

    /// Queues the tickets of contacts and companies that changed: the index itself knows which these are.
    fn expand(&self, tx: &mut Tx<'_>) -> Result<()> {
        if self.owners.is_empty() {
            return Ok(());
        }
        let sql = match tx.dialect() {
            Dialect::Sqlite => "SELECT rowid FROM search_index WHERE search_index MATCH $1",
            Dialect::Postgres => "SELECT ticket_id FROM search_index WHERE tokens @@ CAST(CAST($1 AS text) AS tsquery)",
        };
        let wanted = expression(tx.dialect(), &Wanted::Any(self.owners.clone()));
        let tickets: Vec<Id> = tx.query(sql, args![wanted], |row| row.get())?;
        queue(tx, Object::Ticket, &tickets)
    }

    fn done(&self, tx: &mut Tx<'_>) -> Result<()> {
        let dialect = tx.dialect();
        tx.execute(&format!("DELETE FROM search_queue WHERE id {}", dialect.any_of(1)), args![dialect.id_list(&self.rows)])?;
        Ok(())
    }
}

fn remove(tx: &mut Tx<'_>, ids: &[Id]) -> Result<()> {
    let dialect = tx.dialect();
    let sql = match dialect {
        Dialect::Sqlite => format!("DELETE FROM search_index WHERE rowid {}", dialect.any_of(1)),
        Dialect::Postgres => format!("DELETE FROM search_index WHERE ticket_id {}", dialect.any_of(1)),
    };
    if !ids.is_empty() {
        tx.execute(&sql, args![dialect.id_list(ids)])?;
    }
    Ok(())
}

/// Enters tickets as they are now; those outside the help desk, or gone, are not entered (H3).
fn add(tx: &mut Tx<'_>, ids: &[Id]) -> Result<()> {
    let dialect = tx.dialect();
    let shown = Condition { sql: "t.in_help_desk = 1".into(), ids: Vec::new() };
    let mut loaded = load(tx, ids, &shown)?;
    loaded.reverse();
    // PostgreSQL finds the beginnings of words by itself.
    let beginnings = dialect == Dialect::Sqlite;
    let entries: Vec<Entry> =
        loaded.iter().map(|loaded| Entry { id: loaded.ticket.id, tokens: tokens(&loaded.document, beginnings) }).collect();
    if dialect == Dialect::Sqlite {
        return tx.insert(&entries);
    }
    let rows: Vec<(Id, &str)> = entries.iter().map(|entry| (entry.id, entry.tokens.as_str())).collect();
    let rows = serde_json::to_string(&rows).map_err(crate::error::Error::unexpected)?;
    tx.execute(
        "INSERT INTO search_index (ticket_id, tokens) SELECT CAST(e ->> 0 AS bigint), array_to_tsvector(string_to_array(e ->> 1, ' ')) \
         FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS e",
        args![rows],
    )?;
    Ok(())
}
