//! Locks that outlive a transaction and die with their process: one worker for the account's long work.
//!
//! SQLite: an OS lock on a file beside the store. PostgreSQL: a session advisory lock. Neither leaves a trace that
//! someone would have to clear after a crash; the lock file holds no state.

use std::fs::File;
use std::path::PathBuf;

use super::driver::sqlite::{beside, private_file};
use super::open::{Location, Store};
use super::{Conn, Mode, Tx};
use crate::args;
use crate::error::{Error, Exit, Result, io_error};

/// What a lock is for; the number is PostgreSQL's advisory key within deskctl's space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Driving the active migration, or loading an account.
    Worker = 1,
    /// Changing the schema.
    Schema = 2,
}

impl Purpose {
    fn file_suffix(self) -> &'static str {
        match self {
            Purpose::Worker => "worker",
            Purpose::Schema => "schema",
        }
    }
}

/// Deskctl's half of the advisory key: "desk" in ASCII.
const SPACE: i64 = 0x6465_736b;

/// A held lock; dropping it, or dying, frees it.
pub enum Held {
    File(File),
    /// Kept by a connection of its own, so that it lives as long as this value.
    Session(Box<Store>),
}

fn file(location: &Location, purpose: Purpose) -> Option<PathBuf> {
    match location {
        Location::Sqlite(path) => Some(beside(path, purpose.file_suffix())),
        Location::Postgres { .. } => None,
    }
}

/// Takes the lock, or says that another process has it (exit 11).
pub fn take(location: &Location, purpose: Purpose, taken: impl FnOnce() -> Error) -> Result<Held> {
    if let Some(path) = file(location, purpose) {
        let file = private_file(&path)?;
        return match file.try_lock() {
            Ok(()) => Ok(Held::File(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(taken()),
            Err(std::fs::TryLockError::Error(error)) => Err(io_error("lock", &path, error)),
        };
    }
    let mut store = Store::connect(location)?;
    let mut tx = store.tx(Mode::Read)?;
    // pg_try_advisory_lock is held by the session, beyond this transaction.
    let got: bool =
        tx.one("SELECT pg_try_advisory_lock(CAST($1 AS int), CAST($2 AS int))", args![SPACE, purpose as i64], |row| row.get())?;
    tx.commit()?;
    if got { Ok(Held::Session(Box::new(store))) } else { Err(taken()) }
}

/// Whether some process holds the lock now.
pub fn is_held(tx: &mut Tx<'_>, location: &Location, purpose: Purpose) -> Result<bool> {
    if let Some(path) = file(location, purpose) {
        let Ok(file) = File::open(&path) else { return Ok(false) };
        return match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(std::fs::TryLockError::WouldBlock) => Ok(true),
            Err(std::fs::TryLockError::Error(error)) => Err(io_error("lock", &path, error)),
        };
    }
    tx.one(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND classid = CAST(CAST($1 AS bigint) AS oid) AND objid = CAST(CAST($2 AS bigint) AS oid) AND granted",
        args![SPACE, purpose as i64],
        |row| row.get::<i64>(),
    )
    .map(|count| count > 0)
}

/// The usual refusal: another process is at work.
pub fn locked(what: impl Into<String>) -> Error {
    Error::new(Exit::Locked, "locked", what)
}

/// Keeps a PostgreSQL session's lock alive, and notices when the server dropped it.
impl Held {
    pub fn check(&mut self) -> Result<()> {
        match self {
            Held::File(_) => Ok(()),
            Held::Session(store) => match store.conn() {
                Conn::Postgres(conn) => conn.client().simple_query("SELECT 1").map(|_| ()).map_err(super::driver::postgres::explain),
                Conn::Sqlite(_) => Ok(()),
            },
        }
    }
}
