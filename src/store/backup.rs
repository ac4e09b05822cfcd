//! Backups by each engine's own online means (G20).

use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::driver::sqlite::{self, private_file};
use super::open::{Location, Store, sync_folder};
use super::{Conn, schema};
use crate::error::{Error, Result, io_error};

/// Copies a running SQLite store page by page into a new private file, synced before this returns.
pub fn copy_sqlite(conn: &sqlite::Conn, to: &Path) -> Result<()> {
    let explain = |error| sqlite::explain(error, to);
    private_file(to)?;
    let mut target = Connection::open(to).map_err(explain)?;
    {
        let backup = Backup::new(conn.connection(), &mut target).map_err(explain)?;
        loop {
            match backup.step(1_000).map_err(explain)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(std::time::Duration::from_millis(5)),
            }
        }
    }
    // The copy carries the journal mode of the original; a backup is one file without companions.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(explain)?;
    drop(target);
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|error| io_error("sync", to, error))?;
    sync_folder(to)
}

/// Writes a backup of `store` to a new file.
pub fn backup(store: &mut Store, to: &Path) -> Result<()> {
    if to.symlink_metadata().is_ok() {
        return Err(Error::usage("file_exists", format!("{} is there already", to.display())).hint("name a file that does not exist yet"));
    }
    let location = store.location().clone();
    match store.conn() {
        Conn::Sqlite(conn) => copy_sqlite(conn, to),
        Conn::Postgres(_) => dump_postgres(&location, to),
    }
}

/// Replaces the store at `location` by a backup; the backup is checked before anything is touched.
pub fn restore(location: &Location, from: &Path) -> Result<()> {
    match location {
        Location::Sqlite(path) => restore_sqlite(path, from),
        Location::Postgres { url, password } => private_tool(
            "pg_restore",
            password,
            &["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", url],
            Some(from),
        ),
    }
}

fn restore_sqlite(path: &Path, from: &Path) -> Result<()> {
    if !from.exists() {
        return Err(Error::not_found("file_not_found", format!("there is no backup {}", from.display())));
    }
    check_backup(from)?;
    let part = sqlite::beside(path, "restoring");
    std::fs::copy(from, &part).map_err(|error| io_error("copy the backup to", &part, error))?;
    Connection::open(&part)
        .and_then(|copy| copy.pragma_update(None, "journal_mode", "WAL"))
        .map_err(|error| sqlite::explain(error, &part))?;
    let file = private_file(&part)?;
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(|error| io_error("protect", &part, error))?;
    file.sync_all().map_err(|error| io_error("sync", &part, error))?;
    // The old log must not be replayed into the restored file.
    for suffix in ["wal", "shm"] {
        match std::fs::remove_file(sqlite::beside(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io_error("remove", &sqlite::beside(path, suffix), error));
            }
            _ => {}
        }
    }
    std::fs::rename(&part, path).map_err(|error| io_error("replace", path, error))?;
    sync_folder(path)
}

fn check_backup(from: &Path) -> Result<()> {
    let mut store = Store::connect(&Location::Sqlite(from.to_owned()))?;
    let version = store.version()?.ok_or_else(|| Error::failed("store_corrupt", format!("{} is no deskctl backup", from.display())))?;
    schema::refuse_newer(version)?;
    let said: String = store.read()?.one("PRAGMA integrity_check(1)", &[], |row| row.get())?;
    if said != "ok" {
        return Err(Error::failed("store_corrupt", format!("the backup {} is damaged: {said}", from.display())));
    }
    Ok(())
}

fn dump_postgres(location: &Location, to: &Path) -> Result<()> {
    let Location::Postgres { url, password } = location else { return Ok(()) };
    let target = to.display().to_string();
    private_file(to)?;
    let dumped = private_tool("pg_dump", password, &["--format=custom", "--no-owner", "--file", &target, "--dbname", url], None);
    if dumped.is_err() {
        let _ = std::fs::remove_file(to);
        return dumped;
    }
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|error| io_error("sync", to, error))?;
    sync_folder(to)
}

/// Runs one of PostgreSQL's own programs; the password goes by the environment, never by an argument (G1).
fn private_tool(program: &str, password: &Option<String>, args: &[&str], file: Option<&Path>) -> Result<()> {
    let mut command = std::process::Command::new(program);
    command.args(args).args(file);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().map_err(|error| {
        Error::failed("tool_missing", format!("{program} cannot be run: {error}"))
            .hint("install PostgreSQL's client programs (Debian: postgresql-client)")
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::failed("backup_failed", format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}
