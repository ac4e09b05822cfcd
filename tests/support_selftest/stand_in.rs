//! A small program with deskctl's habits, run by this test binary starting itself again: it commits batches to a store,
//! acknowledges each on stdout, continues where it was stopped, and ends with a report that replaces the old one whole.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;

pub const BATCHES: i64 = 8;
const ROWS: i64 = 12;

/// How the stand-in works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    Sound,
    /// Acknowledges commits that are not synced.
    UnsyncedStore,
    /// Renames a report into place that is not synced.
    UnsyncedReport,
    /// Sound, in a process that it leaves in the background in a group of its own.
    Detached,
    /// Works on the PostgreSQL database that `STAND_IN_URL` names.
    Postgres,
}

const ALL: [Care; 5] = [Care::Sound, Care::UnsyncedStore, Care::UnsyncedReport, Care::Detached, Care::Postgres];

pub fn command(care: Care, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "support_selftest::stand_in::process", "--nocapture", "--test-threads=1"]);
    command.env("STAND_IN", format!("{care:?}")).env("STAND_IN_FOLDER", folder);
    command
}

/// Not a test: the body of the process that the tests start.
#[test]
fn process() {
    let Ok(name) = std::env::var("STAND_IN") else { return };
    let care = ALL.into_iter().find(|care| format!("{care:?}") == name).unwrap();
    let folder = std::env::var("STAND_IN_FOLDER").unwrap();
    if let Err(error) = work(care, Path::new(&folder), &mut std::io::stdout()) {
        eprintln!("stand-in: {error}");
        std::process::exit(3);
    }
    std::process::exit(0);
}

pub fn work(care: Care, folder: &Path, said: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    match care {
        Care::Detached => detach(folder),
        Care::Postgres => work_on_postgres(&std::env::var("STAND_IN_URL")?, said),
        _ => work_on_sqlite(care, folder, said),
    }
}

fn detach(folder: &Path) -> Result<(), Box<dyn Error>> {
    use std::os::unix::process::CommandExt;
    command(Care::Sound, folder).process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    Ok(())
}

fn text(batch: i64, row: i64) -> String {
    format!("batch {batch} row {row} ").repeat(20)
}

fn work_on_sqlite(care: Care, folder: &Path, said: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut store = Connection::open(folder.join("store.db"))?;
    let synchronous = if care == Care::UnsyncedStore { "OFF" } else { "FULL" };
    store.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 20;
         CREATE TABLE IF NOT EXISTS rows (batch INTEGER, row INTEGER, text TEXT, PRIMARY KEY (batch, row)) STRICT;"
    ))?;
    let done: i64 = store.query_row("SELECT coalesce(max(batch), 0) FROM rows", [], |row| row.get(0))?;
    for batch in done + 1..=BATCHES {
        eprintln!("working on batch {batch}");
        let transaction = store.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for row in 1..=ROWS {
            transaction.execute("INSERT INTO rows VALUES ($1, $2, $3)", (batch, row, text(batch, row)))?;
        }
        transaction.commit()?;
        writeln!(said, "committed {batch}")?;
    }
    report(care, folder)?;
    writeln!(said, "reported")?;
    Ok(())
}

fn report(care: Care, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut file = tempfile::Builder::new().prefix("report-").tempfile_in(folder)?;
    file.write_all(report_text().as_bytes())?;
    if care != Care::UnsyncedReport {
        file.as_file().sync_all()?;
    }
    file.persist(folder.join("report.txt"))?;
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

fn report_text() -> String {
    "all batches are done\n".repeat(100)
}

fn work_on_postgres(url: &str, said: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut client = postgres::Client::connect(url, postgres::NoTls)?;
    let done: i64 = client.query_one("SELECT coalesce(max(batch), 0) FROM rows", &[])?.get(0);
    for batch in done + 1..=BATCHES {
        let mut transaction = client.transaction()?;
        transaction.execute("INSERT INTO rows SELECT $1, g FROM generate_series(1, 12) g", &[&batch])?;
        transaction.commit()?;
        writeln!(said, "committed {batch}")?;
    }
    Ok(())
}

/// How many batches stdout acknowledged.
pub fn acknowledged_batches(stdout: &str) -> i64 {
    let batches = stdout.lines().filter_map(|line| line.strip_prefix("committed ")?.parse().ok());
    batches.max().unwrap_or(0)
}

/// What is wrong with a store after its program died: nothing, if it is sound, holds whole batches, and all acknowledged ones.
pub fn check(folder: &Path, stdout: &str) -> Result<(), String> {
    let acknowledged = acknowledged_batches(stdout);
    let (integrity, batches) = inspect(&folder.join("store.db")).map_err(|error| error.to_string())?;
    let report = fs::read_to_string(folder.join("report.txt")).ok();
    if integrity != "ok" {
        return Err(format!("integrity: {integrity}"));
    }
    if batches < acknowledged {
        return Err(format!("{acknowledged} batches acknowledged, {batches} there"));
    }
    match report {
        None if stdout.contains("reported") => Err("the acknowledged report is missing".into()),
        Some(text) if text != report_text() => Err(format!("the report is damaged: {} bytes", text.len())),
        _ => Ok(()),
    }
}

/// The answer of the integrity check, and the number of batches, each of which must be whole.
fn inspect(path: &Path) -> Result<(String, i64), Box<dyn Error>> {
    let store = Connection::open(path)?;
    let integrity: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    let made: bool = store.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'rows'", [], |row| row.get(0))?;
    if !made {
        return Ok((integrity, 0));
    }
    let (rows, batches): (i64, i64) =
        store.query_row("SELECT count(*), coalesce(max(batch), 0) FROM rows", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if rows != batches * ROWS {
        return Err(format!("{rows} rows are not {batches} batches").into());
    }
    let mut all = store.prepare("SELECT batch, row, text FROM rows")?;
    let mut all = all.query([])?;
    while let Some(row) = all.next()? {
        if row.get::<_, String>(2)? != text(row.get(0)?, row.get(1)?) {
            return Err("a row is not as it was written".into());
        }
    }
    Ok((integrity, batches))
}

/// Continues an interrupted run in this process, and says what is wrong with its end.
pub fn finish(folder: &Path) -> Result<(), String> {
    let mut said = Vec::new();
    work(Care::Sound, folder, &mut said).map_err(|error| error.to_string())?;
    check(folder, &format!("committed {BATCHES}\nreported\n"))
}
