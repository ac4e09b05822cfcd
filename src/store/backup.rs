//! Backups by each engine's own online means (G20), and putting them back.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::driver::sqlite;
use super::driver::tls::Tls;
use super::open::{Location, Store, make_folder, sync_folder};
use super::{Conn, locks, schema};
use crate::error::{Error, Exit, Result, io_error};
use crate::secret::Secret;

/// How often a copy asks again for a store that another process keeps locked, 10 ms apart.
const TRIES: u32 = 3_000;

/// Writes a backup of `store` to a new file, whole or not at all, readable by its owner only (G3, G4).
pub fn backup(store: &mut Store, to: &Path) -> Result<()> {
    let location = store.location().clone();
    match store.conn() {
        Conn::Sqlite(conn) => copy_sqlite(conn, to),
        Conn::Postgres(_) => new_file(to, |part| dump_postgres(&location, part)),
    }
}

/// Copies a running SQLite store into a new private file, synced before this returns. Others go on writing meanwhile.
pub fn copy_sqlite(conn: &sqlite::Conn, to: &Path) -> Result<()> {
    new_file(to, |part| {
        let explain = |error| sqlite::explain(error, part);
        let mut target = Connection::open(part).map_err(explain)?;
        copy_pages(conn.connection(), &mut target, part)?;
        // The copy carries the journal mode of the original; a backup is one file without companions.
        target.pragma_update(None, "journal_mode", "DELETE").map_err(explain)
    })
}

/// All pages in one step: it reads one snapshot, where single steps would start over with every commit of another process.
fn copy_pages(from: &Connection, to: &mut Connection, path: &Path) -> Result<()> {
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
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error| io_error("write", to, error);
    let part = tempfile::Builder::new().prefix(".deskctl-").suffix(".part").tempfile_in(folder).map_err(failed)?;
    part.as_file().set_permissions(PermissionsExt::from_mode(0o600)).map_err(failed)?;
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

/// Checks that `from` is a whole backup for a store at `location`, of a version that this program knows.
pub fn check(location: &Location, from: &Path) -> Result<()> {
    match std::fs::metadata(from) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(Error::usage("not_a_file", format!("{} is no file", from.display()))),
        Err(error) => return Err(io_error("read the backup", from, error)),
    }
    match location {
        Location::Sqlite(path) => {
            let same = std::fs::canonicalize(path).ok().is_some_and(|path| std::fs::canonicalize(from).is_ok_and(|from| from == path));
            if same {
                return Err(Error::usage("same_file", format!("{} is the store itself", from.display())));
            }
            check_sqlite(from)
        }
        Location::Postgres { password, .. } => check_dump(password.as_ref(), from),
    }
}

fn check_sqlite(from: &Path) -> Result<()> {
    let damaged = |said: &str| {
        Error::failed("backup_damaged", format!("the backup {} cannot be restored: {said}", from.display()))
            .hint("nothing was changed; take another backup")
    };
    let opened = |error: Error| match error.code() {
        "store_corrupt" | "unexpected" => damaged("it is damaged, or is no backup of an embedded store").caused_by(error),
        _ => error,
    };
    let mut store = Store::connect(&Location::Sqlite(from.to_owned())).map_err(opened)?;
    let version = store.version().map_err(opened)?.ok_or_else(|| damaged("it holds no deskctl store"))?;
    schema::refuse_newer(version)?;
    let said: String = store.read()?.one("PRAGMA integrity_check(1)", &[], |row| row.get()).map_err(opened)?;
    if said == "ok" { Ok(()) } else { Err(damaged(&said)) }
}

/// The dump's own table of contents, and the schema versions in it; neither needs a server.
fn check_dump(password: Option<&Secret>, from: &Path) -> Result<()> {
    let damaged = |said: &str| {
        Error::failed("backup_damaged", format!("the backup {} cannot be restored: {said}", from.display()))
            .hint("nothing was changed; take another backup")
    };
    let from = from.display().to_string();
    let arguments = ["--data-only", "--table=schema_versions", "--file=-", &from];
    let mut command = Command::new("pg_restore");
    command.args(arguments);
    let versions = private_tool(command, password).map_err(|error| match error.code() {
        "tool_failed" => damaged("it is damaged, or is no backup of a PostgreSQL store").caused_by(error),
        _ => error,
    })?;
    let rows = versions.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
    let newest = rows.filter_map(|row| row.split('\t').next()?.parse::<i64>().ok()).max();
    schema::refuse_newer(newest.ok_or_else(|| damaged("it holds no deskctl store"))?)
}

/// Replaces the store at `location` by a backup, which is checked before anything is touched; refused (exit 11) while a
/// worker drives a migration or loads an account.
pub fn restore(location: &Location, from: &Path) -> Result<()> {
    check(location, from)?;
    if let Location::Sqlite(path) = location {
        make_folder(path)?;
    }
    let busy = || locks::locked("a migration or a load is at work on this store").hint("wait for it, or interrupt its worker first");
    let _worker = locks::take(location, locks::Purpose::Worker, busy)?;
    let _schema = locks::take(location, locks::Purpose::Schema, || locks::locked("another process is changing this store's schema"))?;
    match location {
        Location::Sqlite(path) => restore_sqlite(path, from),
        Location::Postgres { url, password } => {
            let from = from.display().to_string();
            let how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", &from];
            connected_tool("pg_restore", url, password.as_ref(), &how)
        }
    }
}

/// Into a sound store the pages are written as one transaction, so that others who have it open see it too; where there is
/// none, or a damaged one, the file is replaced.
fn restore_sqlite(path: &Path, from: &Path) -> Result<()> {
    let location = Location::Sqlite(path.to_owned());
    if let Ok(mut store) = Store::connect(&location)
        && store.version().is_ok_and(|version| version.is_some())
        && let Conn::Sqlite(conn) = store.conn()
    {
        let source = Connection::open(from).map_err(|error| sqlite::explain(error, from))?;
        return copy_pages(&source, conn.connection_mut(), path).and_then(|()| conn.checkpoint());
    }
    replace_file(path, from)
}

fn replace_file(path: &Path, from: &Path) -> Result<()> {
    let part = sqlite::beside(path, "restoring");
    remove_if_there(&part)?;
    new_file(&part, |part| std::fs::copy(from, part).map(drop).map_err(|error| io_error("copy the backup to", part, error)))?;
    Connection::open(&part)
        .and_then(|copy| copy.pragma_update(None, "journal_mode", "WAL"))
        .map_err(|error| sqlite::explain(error, &part))?;
    let private = std::fs::File::open(&part).and_then(|file| {
        file.set_permissions(PermissionsExt::from_mode(0o600))?;
        file.sync_all()
    });
    private.map_err(|error| io_error("sync", &part, error))?;
    // The old log must not be replayed into the restored file.
    remove_if_there(&sqlite::beside(path, "wal"))?;
    remove_if_there(&sqlite::beside(path, "shm"))?;
    std::fs::rename(&part, path).map_err(|error| io_error("replace", path, error))?;
    sync_folder(path)
}

fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_error("remove", path, error)),
        _ => Ok(()),
    }
}

fn dump_postgres(location: &Location, to: &Path) -> Result<()> {
    let Location::Postgres { url, password } = location else { return Ok(()) };
    let target = to.display().to_string();
    connected_tool("pg_dump", url, password.as_ref(), &["--format=custom", "--no-owner", "--file", &target])
}

/// Runs one of PostgreSQL's own programs on a database, verifying the server as we do ourselves.
fn connected_tool(program: &str, url: &str, password: Option<&Secret>, args: &[&str]) -> Result<()> {
    let (url, tls) = Tls::of(url)?;
    let mut command = Command::new(program);
    let _trusted = tls.impose(&mut command)?;
    command.args(["--dbname", &url]).args(args);
    private_tool(command, password).map(drop)
}

/// Runs one of PostgreSQL's own programs and gives what it prints; the password goes by the environment, never by an
/// argument (G1).
fn private_tool(mut command: Command, password: Option<&Secret>) -> Result<String> {
    let program = command.get_program().display().to_string();
    command.stdin(Stdio::null());
    if let Some(password) = password {
        command.env("PGPASSWORD", password.expose());
    }
    let output = command.output().map_err(|error| {
        Error::failed("tool_missing", format!("{program} cannot be run: {error}"))
            .hint("install PostgreSQL's client programs (Debian: postgresql-client)")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::failed("tool_failed", format!("{program} failed: {}", said.trim())))
}
