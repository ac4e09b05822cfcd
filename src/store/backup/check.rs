//! Whether a copy of a store is sound, and what of a damaged store can still be read. A backup that is written can be restored:
//! both ask the same.

use std::path::Path;

use crate::error::{Error, Result};
use crate::store::driver::sqlite;
use crate::store::schema::{self, Found};
use crate::store::{Location, Mode, Store, Tx, health};

/// What is wrong with what the transaction sees, in words; nothing where it is a sound store.
fn fault(tx: &mut Tx<'_>) -> Result<Option<String>> {
    let version = match schema::found(tx)? {
        Found::Store(version) => version,
        Found::Nothing => return Ok(Some("it holds no deskctl store".to_owned())),
        Found::Foreign(tables) => return Ok(Some(format!("it holds no deskctl store, but other tables ({})", tables.join(", ")))),
    };
    schema::refuse_newer(version)?;
    let missing = schema::missing_tables(tx, version)?;
    if !missing.is_empty() {
        return Ok(Some(format!("tables are missing: {}", missing.join(", "))));
    }
    Ok(health::damage(tx, true)?.into_iter().next())
}

/// Errors that mean damage, where a file is read that nobody else writes.
pub(super) fn means_damage(error: &Error) -> bool {
    ["store_corrupt", "unexpected"].contains(&error.code())
}

/// Checks a copy that was just written.
pub(super) fn copy(part: &Path) -> Result<()> {
    let mut store = Store::connect(&Location::Sqlite(part.to_owned()))?;
    match fault(&mut store.read()?)? {
        None => Ok(()),
        Some(said) => Err(Error::failed("store_corrupt", said)),
    }
}

/// Opens what is to be restored in a read transaction, which stays open, and checks what it sees.
pub(super) fn snapshot(from: &Path) -> Result<Store> {
    let damaged = |said: &str| {
        Error::failed("backup_damaged", format!("the backup {} cannot be restored: {said}", from.display()))
            .hint("nothing was changed; take another backup")
    };
    let opened = |error: Error| match means_damage(&error) {
        true => damaged("it is damaged, or is no backup of an embedded store").caused_by(error),
        false => error,
    };
    let mut store = Store::connect(&Location::Sqlite(from.to_owned())).map_err(opened)?;
    let mut tx = store.tx(Mode::Read).map_err(opened)?;
    match fault(&mut tx).map_err(opened)? {
        None => tx.leave_open(),
        Some(said) => return Err(damaged(&said)),
    }
    Ok(store)
}

/// What is said of a store of which no sound copy can be made.
pub(super) fn damaged_source(conn: &sqlite::Conn, found: Error) -> Error {
    let (whole, broken): (Vec<&str>, Vec<&str>) = schema::tables().partition(|table| can_be_read(conn, table));
    let hint = if broken.is_empty() {
        "every table can still be read: save the account with deskctl export account FILE, load it into a new store with deskctl seed \
         --file FILE; or restore the last good backup"
            .to_owned()
    } else {
        format!(
            "keep the file, and restore the last good backup with deskctl restore FILE; cannot be read to the end: {}",
            broken.join(", ")
        )
    };
    // What SQLite said is more than what the error makes of it, which names the copy.
    let said = found.causes().into_iter().next().unwrap_or_else(|| found.message().to_owned());
    Error::failed("store_corrupt", format!("the store is damaged, and no backup was written: {said}"))
        .hint(hint)
        .detail("readable", whole)
        .detail("unreadable", broken)
}

fn can_be_read(conn: &sqlite::Conn, table: &str) -> bool {
    let read = || -> rusqlite::Result<()> {
        let mut statement = conn.connection().prepare(&format!("SELECT * FROM {table} NOT INDEXED"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                row.get_ref(column)?;
            }
        }
        Ok(())
    };
    read().is_ok()
}
