//! Where a store lies, and opening, making and upgrading it.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::driver::{postgres, sqlite};
use super::schema::Found;
use super::{Conn, Mode, Turn, Tx, locks, schema};
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result, io_error};
use crate::partial::folder_of;
use crate::secret::Secret;

/// Where a store lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    Sqlite(PathBuf),
    Postgres { url: String, password: Option<Secret> },
}

impl Location {
    /// Whether there is no file yet, or one of no length. A database is never so: only its tables tell.
    pub fn is_missing_or_empty(&self) -> bool {
        match self {
            Location::Sqlite(path) => {
                std::fs::metadata(path).map_or_else(|error| error.kind() == ErrorKind::NotFound, |found| found.len() == 0)
            }
            Location::Postgres { .. } => false,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Location::Postgres { url, .. } => f.write_str(url),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An open store.
pub struct Store {
    conn: Conn,
    location: Location,
}

impl Store {
    /// Opens a store that is there and current; an embedded one of an older version upgrades itself after a backup.
    pub fn open(location: &Location, now: Time) -> Result<Store> {
        let mut store = Store::connect(location)?;
        let version = store.expect_store()?;
        schema::refuse_newer(version)?;
        if version < schema::current() {
            match location {
                Location::Sqlite(path) => store.upgrade_embedded(&path.clone(), version, now)?,
                Location::Postgres { .. } => {
                    return Err(Error::failed(
                        "schema_old",
                        format!("the store has schema version {version}, this deskctl needs {}", schema::current()),
                    )
                    .hint("back it up, then run deskctl store upgrade"));
                }
            }
        }
        Ok(store)
    }

    /// Connects without looking at what is there. A missing SQLite file is `no_store`.
    pub fn connect(location: &Location) -> Result<Store> {
        let conn = match location {
            Location::Sqlite(path) => {
                if !path.exists() {
                    return Err(no_store(location));
                }
                Conn::Sqlite(Box::new(sqlite::Conn::open(path, false)?))
            }
            Location::Postgres { url, password } => Conn::Postgres(Box::new(postgres::Conn::open(url, password.as_ref())?)),
        };
        Ok(Store { conn, location: location.clone() })
    }

    /// Makes an empty store with the current schema, or opens the one that is there: running it again is harmless.
    pub fn create(location: &Location, now: Time) -> Result<Store> {
        if !location.is_missing_or_empty() {
            match Store::connect(location)?.found()? {
                Found::Nothing => {}
                Found::Foreign(tables) => return Err(foreign(location, &tables)),
                Found::Store(_) => {
                    // Whoever made it may have died before this.
                    sync_folder_of(location)?;
                    return Store::open(location, now);
                }
            }
        }
        let mut store = match location {
            Location::Sqlite(path) => {
                make_folder(path)?;
                Store { conn: Conn::Sqlite(Box::new(sqlite::Conn::open(path, true)?)), location: location.clone() }
            }
            Location::Postgres { .. } => Store::connect(location)?,
        };
        let _lock = locks::take(location, locks::Purpose::Schema, || locks::locked("another process is making this store"))?;
        let mut tx = store.tx(Mode::Write(Turn::Interactive))?;
        if schema::version(&mut tx)?.is_none() {
            schema::create(&mut tx)?;
            schema::apply(&mut tx, schema::missing(0), now)?;
        }
        tx.commit()?;
        sync_folder_of(location)?;
        Ok(store)
    }

    /// What is there, as far as its tables tell.
    pub fn found(&mut self) -> Result<Found> {
        schema::found(&mut self.tx(Mode::Read)?)
    }

    pub fn version(&mut self) -> Result<Option<i64>> {
        schema::version(&mut self.tx(Mode::Read)?)
    }

    /// The version of the store that must be there.
    pub fn expect_store(&mut self) -> Result<i64> {
        match self.found()? {
            Found::Store(version) => Ok(version),
            Found::Nothing => Err(no_store(&self.location)),
            Found::Foreign(tables) => Err(foreign(&self.location, &tables)),
        }
    }

    /// Applies the missing steps in one transaction, under a lock.
    pub fn upgrade(&mut self, now: Time) -> Result<()> {
        let _lock = locks::take(&self.location, locks::Purpose::Schema, || locks::locked("another process is upgrading this store"))?;
        let mut tx = self.tx(Mode::Write(Turn::Interactive))?;
        let version = schema::version(&mut tx)?.unwrap_or(0);
        schema::apply(&mut tx, schema::missing(version), now)?;
        tx.commit()
    }

    fn upgrade_embedded(&mut self, path: &Path, version: i64, now: Time) -> Result<()> {
        let copy = sqlite::beside(path, &format!("v{version}-{}.backup", now.0));
        if let Conn::Sqlite(conn) = &self.conn {
            super::backup::copy_sqlite(conn, &copy)?;
        }
        self.upgrade(now)
    }

    pub fn location(&self) -> &Location {
        &self.location
    }

    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    pub fn tx(&mut self, mode: Mode) -> Result<Tx<'_>> {
        Tx::begin(&mut self.conn, mode)
    }

    pub fn read(&mut self) -> Result<Tx<'_>> {
        self.tx(Mode::Read)
    }

    pub fn write(&mut self) -> Result<Tx<'_>> {
        self.tx(Mode::Write(Turn::Interactive))
    }

    /// Settings for long work: larger cache, rarer checkpoints.
    pub fn tune_for_bulk(&mut self) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.tune_for_bulk(),
            Conn::Postgres(_) => Ok(()),
        }
    }

    /// From now on a long statement ends with an `interrupted` error (exit 130) once the flag is set. PostgreSQL's
    /// statements are short enough to be waited for.
    pub fn stop_statements_on(&mut self, flag: &Arc<AtomicBool>) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.stop_statements_on(Arc::clone(flag)),
            Conn::Postgres(_) => Ok(()),
        }
    }

    /// Tidies up after long work. Failing to is no failure of the work.
    pub fn after_bulk(&mut self) {
        if let Conn::Sqlite(conn) = &mut self.conn {
            conn.checkpoint();
        }
    }
}

fn no_store(location: &Location) -> Error {
    Error::not_found("no_store", format!("there is no deskctl store at {location}"))
        .hint("make one with `deskctl init`, load an account with `deskctl seed --profile acme`, or look around with `deskctl demo`")
}

/// Nothing is added to what is not ours, and nothing in it is changed.
fn foreign(location: &Location, tables: &[String]) -> Error {
    let tables = tables.join(", ");
    Error::new(Exit::Refused, "not_a_store", format!("the database at {location} is no deskctl store: it has other tables ({tables})"))
        .hint("name another file or database with --target; deskctl init makes a store in an empty one")
}

/// The folder of a new store, 0700 where it has to be made (G3).
pub(super) fn make_folder(path: &Path) -> Result<()> {
    make_private_folder(folder_of(path))
}

/// Makes a folder, and those above it, that only the user may enter.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| io_error("make the folder", folder, error))
}

fn sync_folder_of(location: &Location) -> Result<()> {
    match location {
        Location::Sqlite(path) => sync_folder(path),
        Location::Postgres { .. } => Ok(()),
    }
}

/// A new file survives a power cut only when its folder is synced too.
pub fn sync_folder(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| io_error("sync", folder, error))
}
