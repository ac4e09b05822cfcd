//! The store: one schema, one SQL text and one row mapping for SQLite and PostgreSQL.
//!
//! Everything happens inside a transaction (`Tx`), which rolls back when it is dropped without a commit. SQL is
//! written with `$1 … $n`, appearing in ascending order (SQLite numbers them by first appearance).

pub mod account;
pub mod audit;
pub mod bots;
pub mod channels;
mod clauses;
mod contact_sql;
pub mod contacts;
pub mod conversations;
pub mod deals;
pub mod deleted;
pub mod driver;
pub mod export;
mod few;
pub mod filter_sql;
mod filter_text;
pub mod health;
pub mod history;
pub mod inboxes;
pub mod lists;
pub mod load;
pub mod mail_ids;
pub mod mentions;
pub mod messages;
pub mod migration_items;
pub mod migrations;
pub mod outbox;
pub mod pipelines;
pub mod properties;
pub mod schema;
pub mod search;
pub mod sla;
mod table;
pub mod tickets;
pub mod tokens;
pub mod users;
mod value;
pub mod views;
pub mod visibility;
mod waiting;

pub mod backup;
pub mod beside;
pub mod locks;
mod open;
pub mod owner;

pub use driver::{Conn, Dialect, Mode, Turn};
pub use open::{Location, Store, make_private_folder};
pub use table::{Readable, Record, Table, Type};
pub use value::{Arg, Cell, FromCell, Row, ToArg};
pub use waiting::{TIMED_OUT, Waiting};

use crate::args;
use crate::error::{Error, Result};

/// A transaction. Dropped without `commit`, it leaves nothing behind.
pub struct Tx<'s> {
    conn: &'s mut Conn,
    open: bool,
    waiting: Waiting,
}

impl<'s> Tx<'s> {
    pub(crate) fn begin(conn: &'s mut Conn, mode: Mode) -> Result<Tx<'s>> {
        conn.begin(mode)?;
        Ok(Tx { conn, open: true, waiting: Waiting::default() })
    }

    /// The same for somebody who may give up: then its next statement fails, and so does its commit.
    pub fn waited_for(mut self, waiting: &Waiting) -> Tx<'s> {
        self.waiting = waiting.clone();
        self
    }

    /// After this returns, the changes are on the disk.
    pub fn commit(mut self) -> Result<()> {
        self.waiting.commit()?;
        self.open = false;
        let committed = self.conn.commit();
        if committed.is_err() {
            self.conn.rollback();
        }
        committed
    }

    /// Ends without ending the transaction: its snapshot stays with the connection, for what reads that directly.
    pub(in crate::store) fn leave_open(mut self) {
        self.open = false;
    }

    pub fn dialect(&self) -> Dialect {
        self.conn.dialect()
    }

    pub fn execute(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.waiting.check()?;
        self.conn.execute(sql, args)
    }

    pub fn script(&mut self, sql: &str) -> Result<()> {
        self.conn.script(sql)
    }

    /// Visits rows one by one, without holding them all.
    pub fn each(&mut self, sql: &str, args: &[Arg<'_>], mut visit: impl FnMut(&mut Row<'_>) -> Result<()>) -> Result<()> {
        self.waiting.check()?;
        self.conn.each(sql, args, &mut visit)
    }

    pub fn query<T>(&mut self, sql: &str, args: &[Arg<'_>], mut read: impl FnMut(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.waiting.check()?;
        self.conn.each(sql, args, &mut |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    pub fn optional<T>(&mut self, sql: &str, args: &[Arg<'_>], read: impl FnMut(&mut Row<'_>) -> Result<T>) -> Result<Option<T>> {
        Ok(self.query(sql, args, read)?.into_iter().next())
    }

    /// A row that must be there.
    pub fn one<T>(&mut self, sql: &str, args: &[Arg<'_>], read: impl FnMut(&mut Row<'_>) -> Result<T>) -> Result<T> {
        self.optional(sql, args, read)?
            .ok_or_else(|| Error::failed("store_corrupt", "a row that must be there is missing").hint("deskctl doctor checks the store"))
    }

    pub fn insert<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        self.waiting.check()?;
        self.conn.insert(rows)
    }

    /// Updates rows by their key, the first column of the record.
    pub fn update<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        self.waiting.check()?;
        self.conn.update(rows)
    }

    /// Inserts rows, each over the one with the same key if there is one.
    pub fn put<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        self.waiting.check()?;
        self.conn.put(rows)
    }

    pub fn new_ids(&mut self, table: &'static str, count: usize) -> Result<Vec<i64>> {
        search::announce_ids(self, table)?;
        self.conn.new_ids(table, count)
    }

    pub fn new_id(&mut self, table: &'static str) -> Result<i64> {
        let ids = self.new_ids(table, 1)?;
        ids.first().copied().ok_or_else(|| Error::failed("store", "the store gave no new id"))
    }
}

/// Counts what refers to an object: each query takes its id. Only what there is of is answered.
fn usage(tx: &mut Tx<'_>, id: i64, queries: &[(&'static str, &str)]) -> Result<Vec<(&'static str, i64)>> {
    let mut found = Vec::new();
    for (what, sql) in queries {
        let count: i64 = tx.one(sql, args![id], |row| row.get())?;
        if count > 0 {
            found.push((*what, count));
        }
    }
    Ok(found)
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if self.open {
            self.conn.rollback();
        }
    }
}
