//! Backups by each engine's own online means (G20), and putting them back.

mod check;
mod dump;

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use self::dump::Dump;
use super::driver::sqlite;
use super::open::{Location, Store, make_folder, sync_folder};
use super::{Conn, beside, locks};
use crate::error::{Error, Exit, Result, io_error};
use crate::partial::{self, folder_of};

/// How often a copy asks again for a store that another process keeps locked, 10 ms apart.
const TRIES: u32 = 3_000;

/// Writes a backup of `store` to a new file, whole and sound or not at all, readable by its owner only (G3, G4).
pub fn backup(store: &mut Store, to: &Path) -> Result<()> {
    let location = store.location().clone();
    match store.conn() {
        Conn::Sqlite(conn) => copy_sqlite(conn, to),
        Conn::Postgres(_) => new_file(to, |part| dump::write(&location, part)),
    }
}

/// Copies a running SQLite store into a new private file, which is checked and synced before this returns. Others go on writing
/// meanwhile.
pub fn copy_sqlite(conn: &sqlite::Conn, to: &Path) -> Result<()> {
    new_file(to, |part| match copy_to_part(conn, part, "DELETE").and_then(|()| check::copy(part)) {
        Err(error) if check::means_damage(&error) => Err(check::damaged_source(conn, error)),
        copied => copied,
    })
}

/// Nobody else knows the part, and it is synced as a whole: it needs no journal. It ends in `mode`, where the copy would carry the
/// one of its original: a backup is one file without companions.
fn copy_to_part(from: &sqlite::Conn, part: &Path, mode: &str) -> Result<()> {
    let explain = |error| sqlite::explain(error, part);
    let mut target = Connection::open(part).map_err(explain)?;
    target.pragma_update(None, "synchronous", "OFF").map_err(explain)?;
    target.pragma_update(None, "journal_mode", "OFF").map_err(explain)?;
    copy_pages(from.connection(), &mut target, part)?;
    target.pragma_update(None, "journal_mode", mode).map_err(explain)
}

/// All pages in one step: it reads one snapshot, where single steps would start over with every commit of another process.
pub(super) fn copy_pages(from: &Connection, to: &mut Connection, path: &Path) -> Result<()> {
    let explain = |error| sqlite::explain(error, path);
    let backup = Backup::new(from, to).map_err(explain)?;
    for _ in 0..TRIES {
        match backup.step(-1).map_err(explain)? {
            StepResult::Done => return Ok(()),
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    Err(Error::new(Exit::Locked, "store_busy", format!("another process kept {} locked", path.display())).hint("try again in a moment"))
}

/// Lets `fill` write a private file beside `to`, and puts it in place once it is on the disk.
fn new_file(to: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if to.symlink_metadata().is_ok() {
        return Err(file_exists(to));
    }
    let failed = |error| io_error("write", to, error);
    let part = partial::begin(folder_of(to)).map_err(failed)?;
    fill(part.path())?;
    part.as_file().sync_all().map_err(failed)?;
    part.persist_noclobber(to).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => file_exists(to),
        _ => failed(error.error),
    })?;
    sync_folder(to)
}

fn file_exists(to: &Path) -> Error {
    Error::usage("file_exists", format!("{} is there already", to.display())).hint("name a file that does not exist yet")
}

/// A backup, or another store to copy, as it was when it was checked: what is checked is what is put in a store's place.
pub enum Source {
    /// Kept in one read transaction: others may go on writing to it.
    Sqlite(Box<Store>),
    Dump(Dump),
}

/// Refuses what is no file to restore from, without reading it.
pub fn look_at(from: &Path) -> Result<()> {
    match std::fs::metadata(from) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => Err(Error::usage("not_a_file", format!("{} is no file", from.display())).hint("name a file that deskctl backup wrote")),
        Err(error) => Err(io_error("read the backup", from, error)),
    }
}

impl Source {
    /// Checks that `from` is a whole store or backup for a store at `location`, of a version that this program knows.
    pub fn open(location: &Location, from: &Path) -> Result<Source> {
        look_at(from)?;
        match location {
            Location::Sqlite(path) => {
                let same = std::fs::canonicalize(path).ok().is_some_and(|path| std::fs::canonicalize(from).is_ok_and(|from| from == path));
                if same {
                    return Err(Error::usage("same_file", format!("{} is the store itself", from.display())).hint("name a backup of it"));
                }
                check::snapshot(from).map(|store| Source::Sqlite(Box::new(store)))
            }
            Location::Postgres { password, .. } => Dump::open(from, password.as_ref()).map(Source::Dump),
        }
    }

    /// Replaces the store at `location`; refused (exit 11) while a worker drives a migration or loads an account.
    pub fn put(&mut self, location: &Location) -> Result<()> {
        if let Location::Sqlite(path) = location {
            make_folder(path)?;
        }
        let busy = || locks::locked("a migration or a load is at work on this store").hint("wait for it, or interrupt its worker first");
        let _worker = locks::take(location, locks::Purpose::Worker, busy)?;
        let _schema = locks::take(location, locks::Purpose::Schema, || locks::locked("another process is changing this store's schema"))?;
        match (self, location) {
            (Source::Sqlite(store), Location::Sqlite(path)) => put_sqlite(store, path)?,
            (Source::Dump(dump), Location::Postgres { url, password }) => dump.restore(url, password.as_ref())?,
            _ => return Err(Error::failed("unexpected", "the backup is one of the other engine")),
        }
        beside::sweep(location);
        Ok(())
    }
}

/// Into a sound store the pages are written as one transaction, so that others who have it open see it too; where there is
/// none, or a damaged one, the file is replaced.
fn put_sqlite(source: &mut Store, path: &Path) -> Result<()> {
    let Conn::Sqlite(from) = source.conn() else { return Ok(()) };
    let location = Location::Sqlite(path.to_owned());
    if let Ok(mut store) = Store::connect(&location)
        && store.version().is_ok_and(|version| version.is_some())
        && let Conn::Sqlite(conn) = store.conn()
    {
        copy_pages(from.connection(), conn.connection_mut(), path)?;
        conn.checkpoint();
        return Ok(());
    }
    replace_file(path, from)
}

/// Whoever has the old file open would go on writing into it, and lose what they write.
fn replace_file(path: &Path, from: &sqlite::Conn) -> Result<()> {
    if sqlite::is_open_elsewhere(path) {
        return Err(Error::new(Exit::Locked, "store_in_use", format!("another process has {} open", path.display()))
            .hint("stop it (deskctl serve, or a program of the database's own), then restore again"));
    }
    let failed = |error| io_error("replace", path, error);
    let part = partial::begin(folder_of(path)).map_err(failed)?;
    copy_to_part(from, part.path(), "WAL")?;
    part.as_file().sync_all().map_err(failed)?;
    // The old log must not be replayed into the restored file.
    for companion in ["wal", "shm", "journal"] {
        remove_if_there(&sqlite::beside(path, companion))?;
    }
    part.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(path)
}

fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_error("remove", path, error)),
        _ => Ok(()),
    }
}
