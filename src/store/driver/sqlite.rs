//! SQLite: pragmas, turns between writers, statements, errors.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Dialect, Mode, Rendered, Turn, functions};
use crate::error::{Error, Exit, Result, io_error};
use crate::store::table::Record;
use crate::store::value::{Arg, Cell, Cells, Row};

/// How long a writer waits for its turn before it gives up.
const BUSY_MS: i32 = 30_000;

pub struct Conn {
    inner: Connection,
    turn: TurnFile,
    rendered: Rendered,
    path: PathBuf,
}

impl Conn {
    /// Opens an existing store, or makes the file when `create` is set (0600, whatever the umask: G3).
    pub fn open(path: &Path, create: bool) -> Result<Conn> {
        count_no_memory();
        if create {
            private_file(path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let inner = Connection::open_with_flags(path, flags).map_err(|error| explain(error, path))?;
        let mut conn =
            Conn { inner, turn: TurnFile { path: beside(path, "turn"), file: None }, rendered: Rendered::default(), path: path.to_owned() };
        conn.configure(create).map_err(|error| explain(error, path))?;
        Ok(conn)
    }

    /// `synchronous = FULL` is what makes exit 0 mean "on the disk"; the page size is only taken by a new file.
    fn configure(&mut self, create: bool) -> rusqlite::Result<()> {
        self.inner.busy_handler(Some(wait_a_moment))?;
        if create {
            self.inner.execute_batch("PRAGMA page_size = 8192")?;
            // A switch that fails is silent: only the answer tells.
            let mode: String = self.inner.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
            if mode != "wal" {
                let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR);
                return Err(rusqlite::Error::SqliteFailure(failure, Some("the store could not be switched to its write-ahead log".into())));
            }
        }
        self.inner.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;")?;
        functions::register(&self.inner)?;
        self.inner.set_prepared_statement_cache_capacity(128);
        // Else SQLite plans a prepared statement anew for every value that is bound to it.
        self.inner.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(())
    }

    /// Larger cache and rarer checkpoints while a worker writes batch after batch.
    pub fn tune_for_bulk(&mut self) -> Result<()> {
        self.script("PRAGMA cache_size = -49152; PRAGMA wal_autocheckpoint = 10000;")
    }

    /// Asks the flag every few thousand steps of a statement.
    pub fn stop_statements_on(&mut self, flag: Arc<AtomicBool>) -> Result<()> {
        const STEPS: i32 = 10_000;
        let stopped = move || flag.load(Ordering::Relaxed);
        self.inner.progress_handler(STEPS, Some(stopped)).map_err(|error| self.explain(error))
    }

    /// Puts the write-ahead log back into the main file, once bulk work has ended, as far as readers let it. Most of it is done
    /// without keeping anyone from writing; emptying the log keeps writers out, and so waits for nobody. What is left for
    /// this time is left for the next checkpoint.
    pub fn checkpoint(&mut self) {
        let run = |how: &str| self.inner.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(()));
        let _ = run("PASSIVE");
        if self.inner.busy_timeout(Duration::ZERO).is_ok() {
            let _ = run("TRUNCATE");
        }
        let _ = self.inner.busy_handler(Some(wait_a_moment));
    }

    pub fn connection(&self) -> &Connection {
        &self.inner
    }

    /// For restoring a backup into it.
    pub fn connection_mut(&mut self) -> &mut Connection {
        &mut self.inner
    }

    pub fn begin(&mut self, mode: Mode) -> Result<()> {
        match mode {
            Mode::Read => word(&self.inner, "BEGIN").map_err(|error| self.explain(error)),
            Mode::Write(turn) => {
                let announced = self.turn.take(turn)?;
                let begun = word(&self.inner, "BEGIN IMMEDIATE").map_err(|error| explain(error, &self.path));
                drop(announced);
                begun
            }
        }
    }

    pub fn commit(&mut self) -> Result<()> {
        word(&self.inner, "COMMIT").map_err(|error| self.explain(error))
    }

    pub fn rollback(&mut self) {
        if !self.inner.is_autocommit() {
            let _ = word(&self.inner, "ROLLBACK");
        }
    }

    pub fn script(&mut self, sql: &str) -> Result<()> {
        self.inner.execute_batch(sql).map_err(|error| self.explain(error))
    }

    pub fn execute(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        let sql = self.rendered.get(Dialect::Sqlite, sql);
        let run = || {
            let mut statement = self.inner.prepare_cached(sql)?;
            statement.execute(rusqlite::params_from_iter(args))
        };
        run().map(|rows| rows as u64).map_err(|error| explain_statement(error, &self.path, sql))
    }

    pub fn each(&mut self, sql: &str, args: &[Arg<'_>], visit: &mut dyn FnMut(&mut Row<'_>) -> Result<()>) -> Result<()> {
        let sql = self.rendered.get(Dialect::Sqlite, sql);
        let explain = |error| explain_statement(error, &self.path, sql);
        let mut statement = self.inner.prepare_cached(sql).map_err(explain)?;
        let mut rows = statement.query(rusqlite::params_from_iter(args)).map_err(explain)?;
        while let Some(row) = rows.next().map_err(explain)? {
            visit(&mut Row::new(Cells::Sqlite(row)))?;
        }
        Ok(())
    }

    pub fn write_rows<R: Record>(&mut self, sql: &str, columns: usize, rows: &[R]) -> Result<()> {
        let write = || {
            let mut statement = self.inner.prepare_cached(sql)?;
            let mut args = Vec::with_capacity(columns);
            // Parameters keep their values between rows, and most rows have many NULLs.
            statement.clear_bindings();
            let mut bound = vec![false; columns];
            for row in rows {
                row.bind(&mut args);
                for (index, (arg, bound)) in args.drain(..).zip(&mut bound).enumerate() {
                    let null = arg == Arg::Null;
                    if *bound || !null {
                        statement.raw_bind_parameter(index + 1, arg)?;
                    }
                    *bound = !null;
                }
                statement.raw_execute()?;
            }
            Ok(())
        };
        write().map_err(|error| explain_statement(error, &self.path, sql))
    }

    pub fn new_ids(&mut self, table: &'static str, count: usize) -> Result<Vec<i64>> {
        let mut last = 0;
        self.each("SELECT seq FROM sqlite_sequence WHERE name = $1", &[Arg::Text(table)], &mut |row| {
            last = row.get()?;
            Ok(())
        })?;
        // The rows that are inserted with these ids move the sequence on.
        Ok((last + 1..=last + count as i64).collect())
    }

    fn explain(&self, error: rusqlite::Error) -> Error {
        explain(error, &self.path)
    }
}

/// One word of a transaction, parsed once for a connection.
fn word(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// SQLite counts its memory under one lock for the whole process: a server's threads would queue there for numbers that
/// nobody reads.
#[expect(unsafe_code, reason = "rusqlite has no safe word for it")]
fn count_no_memory() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // SAFETY: this is before the first connection of the process, as SQLite demands; where it is not, SQLite refuses.
        unsafe { rusqlite::ffi::sqlite3_config(rusqlite::ffi::SQLITE_CONFIG_MEMSTATUS, 0_i32) };
    });
}

/// The first waits are short: an arriving message wants in as soon as a batch has committed.
fn wait_a_moment(tries: i32) -> bool {
    std::thread::sleep(Duration::from_millis(1));
    tries < BUSY_MS
}

/// A file beside the store: `desk.db` -> `desk.db-turn`.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-");
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether another process has this database open, or is at work on it. To be asked while this process has no connection to it:
/// closing the files frees the locks that the process holds on them.
pub fn is_open_elsewhere(path: &Path) -> bool {
    use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};
    let held = |path: &Path, start: u64, length: u64| {
        let Ok(file) = File::open(path) else { return false };
        let wanted = Flock { start, length, pid: None, typ: FlockType::WriteLock, offset_type: FlockOffsetType::Set };
        fcntl_getlk(&file, &wanted).is_ok_and(|lock| lock.is_some())
    };
    // Every connection to a database with a write-ahead log shares a lock on this byte of its index; others lock the file itself
    // while they work.
    held(&beside(path, "shm"), 128, 1) || held(path, 0x4000_0000, 512)
}

/// Takes the turn of all who want to write (`TurnFile`), until the answer is dropped. Whoever writes already goes on.
pub fn hold_turn(path: &Path) -> Result<File> {
    let path = beside(path, "turn");
    let file = private_file(&path)?;
    file.lock().map_err(|error| io_error("lock", &path, error))?;
    Ok(file)
}

/// Makes a file that only its owner may read, without touching what is there.
pub fn private_file(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(|error| io_error("create", path, error))
}

/// The queue at the door: whoever waits for SQLite's write lock holds this lock meanwhile, and a bulk worker
/// passes through it before each batch. Without it the worker, which is always there first, starves the others
/// (`busy_timeout` alone: 2.1 s at the 99th percentile, against 88 ms). The file holds no state.
struct TurnFile {
    path: PathBuf,
    file: Option<File>,
}

struct Announced<'a>(&'a File);

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl TurnFile {
    fn take(&mut self, turn: Turn) -> Result<Option<Announced<'_>>> {
        if self.file.is_none() {
            match private_file(&self.path) {
                Ok(file) => self.file = Some(file),
                // A read-only folder: the store itself will say so in a moment, with a better message.
                Err(_) => return Ok(None),
            }
        }
        let Some(file) = self.file.as_ref() else { return Ok(None) };
        file.lock().map_err(|error| io_error("lock", &self.path, error))?;
        match turn {
            Turn::Interactive => Ok(Some(Announced(file))),
            Turn::Bulk => {
                file.unlock().map_err(|error| io_error("unlock", &self.path, error))?;
                Ok(None)
            }
        }
    }
}

impl rusqlite::ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Arg::Null => ValueRef::Null,
            Arg::Int(value) => ValueRef::Integer(value),
            Arg::Text(text) => ValueRef::Text(text.as_bytes()),
            Arg::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Reads one column without copying it.
pub fn cell<'r>(row: &'r rusqlite::Row<'r>, index: usize) -> Result<Cell<'r>> {
    let corrupt = || Error::failed("store_corrupt", "the store holds text that is not UTF-8, or a type that deskctl never writes");
    Ok(match row.get_ref(index).map_err(Error::unexpected)? {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Text(bytes) => Cell::Text(std::str::from_utf8(bytes).map_err(|_| corrupt())?),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
        ValueRef::Real(_) => return Err(corrupt()),
    })
}

fn explain_statement(error: rusqlite::Error, path: &Path, sql: &str) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::Unknown) | None => {
            Error::unexpected(anyhow::Error::new(error).context(format!("a statement failed on {}: {sql}", path.display())))
        }
        _ => explain(error, path),
    }
}

/// SQLite's own codes, in words that say what to do.
pub fn explain(error: rusqlite::Error, path: &Path) -> Error {
    let store = path.display();
    let Some(code) = error.sqlite_error_code() else {
        return Error::unexpected(anyhow::Error::new(error).context(format!("the store {store} failed")));
    };
    let explained = match code {
        ErrorCode::DiskFull => {
            Error::failed("disk_full", format!("the disk is full: {store} could not be written, and nothing of this step was kept"))
                .hint("free some space, then run the command again (a migration: deskctl migrations resume)")
        }
        ErrorCode::ReadOnly => Error::failed("read_only", format!("the store {store} cannot be written"))
            .hint("check the permissions of the file and of its folder"),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => damaged(path),
        // For some damage of the header SQLite has no code of its own.
        ErrorCode::Unknown if error.to_string().contains("unsupported file format") => damaged(path),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Error::new(Exit::Locked, "store_busy", format!("another process kept {store} locked for {} s", BUSY_MS / 1_000))
                .hint("try again in a moment")
        }
        ErrorCode::CannotOpen => cannot_open(path),
        ErrorCode::SystemIoFailure => Error::failed("io", format!("reading or writing {store} failed, and nothing of this step was kept"))
            .hint("check the disk, then run the command again (a migration: deskctl migrations resume)"),
        ErrorCode::OperationInterrupted => Error::new(Exit::Interrupted, "interrupted", "stopped; nothing of this step was kept"),
        ErrorCode::ConstraintViolation => Error::new(Exit::Refused, "conflict", "the store refused a row that is already there"),
        _ => Error::failed("store", format!("the store {store} failed")).hint("deskctl doctor checks the store"),
    };
    explained.caused_by(error)
}

fn damaged(path: &Path) -> Error {
    Error::failed("store_corrupt", format!("{} is damaged, or is no deskctl store", path.display()))
        .hint("restore a backup with deskctl restore FILE; deskctl doctor tells more")
}

/// SQLite does not say why a store cannot be opened. Only names are looked at here: opening the file, and closing it
/// again, would free the locks that SQLite holds on it.
fn cannot_open(path: &Path) -> Error {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    let may = |path: &Path, access| accessat(CWD, path, access, AtFlags::EACCESS).is_ok();
    let store = path.display();
    let folder = crate::partial::folder_of(path);
    if !path.exists() {
        Error::not_found("no_store", format!("there is no store at {store}")).hint("make one with deskctl init, or try deskctl demo")
    } else if !may(path, Access::READ_OK) {
        Error::denied("file_permission", format!("the store {store} may not be read")).hint("check the permissions of the file")
    } else if !may(folder, Access::WRITE_OK | Access::EXEC_OK) {
        Error::failed("read_only", format!("the folder of the store {store} cannot be written, and the store's log belongs there"))
            .hint("check the permissions of the folder")
    } else {
        Error::failed("io", format!("the store {store} could not be opened")).hint("check the disk, then run the command again")
    }
}
