//! The schema's numbered, checksummed steps, and how a store gets from one version to the next.

mod fill;

use std::collections::HashSet;

use super::Tx;
use super::driver::Dialect;
use crate::args;
use crate::domain::time::Time;
use crate::error::{Error, Result};

/// One step. A step that was released is never edited: the checksum in the store would no longer fit.
pub struct Step {
    pub version: i64,
    pub name: &'static str,
    pub sql: &'static str,
}

/// Every step, ascending by version.
pub const STEPS: &[Step] = &[
    Step { version: 1, name: "foundation", sql: include_str!("schema/0001_foundation.sql") },
    Step { version: 2, name: "migrations", sql: include_str!("schema/0002_migrations.sql") },
    Step { version: 3, name: "server", sql: include_str!("schema/0003_server.sql") },
    Step { version: 4, name: "sla", sql: include_str!("schema/0004_sla.sql") },
    Step { version: 5, name: "answers", sql: include_str!("schema/0005_answers.sql") },
    Step { version: 6, name: "clocks", sql: include_str!("schema/0006_clocks.sql") },
    Step { version: 7, name: "availability", sql: include_str!("schema/0007_availability.sql") },
    Step { version: 8, name: "tickets", sql: include_str!("schema/0008_tickets.sql") },
    Step { version: 9, name: "views", sql: include_str!("schema/0009_views.sql") },
    Step { version: 10, name: "search", sql: include_str!("schema/0010_search.sql") },
    Step { version: 11, name: "tokens", sql: include_str!("schema/0011_tokens.sql") },
    Step { version: 12, name: "clients", sql: include_str!("schema/0012_clients.sql") },
    Step { version: 13, name: "records", sql: include_str!("schema/0013_records.sql") },
    Step { version: 14, name: "folding", sql: include_str!("schema/0014_folding.sql") },
    Step { version: 15, name: "terms", sql: include_str!("schema/0015_terms.sql") },
    Step { version: 16, name: IDENTITIES, sql: include_str!("schema/0016_identities.sql") },
    Step { version: 17, name: "external_refs", sql: include_str!("schema/0017_external_refs.sql") },
];

/// The step that keeps by what mails and people are known again.
pub const IDENTITIES: &str = "identities";

/// What the store's older rows need when a step is applied, by the step's name: it takes reading that SQL cannot do.
const FILLS: &[(&str, Fill)] =
    &[("folding", fill::folding), (IDENTITIES, super::mail_ids::fill), (IDENTITIES, super::contacts::fill_numbers)];

type Fill = fn(&mut Tx<'_>) -> Result<()>;

/// The step that makes the search index.
pub const SEARCH: i64 = 10;

/// The version this program works with.
pub fn current() -> i64 {
    STEPS.last().map_or(0, |step| step.version)
}

/// Every table that the steps make, in the order in which they are made.
pub fn tables() -> impl Iterator<Item = &'static str> {
    tables_of(current())
}

fn tables_of(version: i64) -> impl Iterator<Item = &'static str> {
    let lines = STEPS.iter().filter(move |step| step.version <= version).flat_map(|step| step.sql.lines());
    lines.filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split(' ').next())
}

const CREATE: &str = "CREATE TABLE schema_versions (version {int} PRIMARY KEY, name {text} NOT NULL, checksum {text} NOT NULL, applied_at {int} NOT NULL) {strict};";

/// The steps that a store of `version` still lacks.
pub fn missing(version: i64) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |step| step.version > version)
}

/// Makes the version table of a new store.
pub fn create(tx: &mut Tx<'_>) -> Result<()> {
    tx.script(&tx.dialect().render(CREATE))
}

/// Applies steps inside the caller's transaction: all of them or none.
pub fn apply<'a>(tx: &mut Tx<'_>, steps: impl Iterator<Item = &'a Step>, now: Time) -> Result<()> {
    for step in steps {
        tx.script(&tx.dialect().render(step.sql))?;
        for (_, fill) in FILLS.iter().filter(|(name, _)| *name == step.name) {
            fill(tx)?;
        }
        let checksum = checksum(step);
        tx.execute(
            "INSERT INTO schema_versions (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
            args![step.version, step.name, checksum, now],
        )?;
    }
    Ok(())
}

fn checksum(step: &Step) -> String {
    blake3::hash(step.sql.as_bytes()).to_hex().to_string()
}

/// What is behind a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No tables at all.
    Nothing,
    /// Tables of something else; the names of the first few.
    Foreign(Vec<String>),
    /// A deskctl store of this version.
    Store(i64),
}

/// The first step, which every store has: other programs name a table `schema_versions` too.
const FOUNDATION: &str =
    "SELECT max(CASE WHEN name = 'foundation' THEN 1 ELSE 0 END), max(version) FROM schema_versions WHERE version >= 1";

pub fn found(tx: &mut Tx<'_>) -> Result<Found> {
    let columns = match tx.dialect() {
        Dialect::Sqlite => {
            "SELECT count(*) FROM pragma_table_info('schema_versions') WHERE name IN ('version', 'name', 'checksum', 'applied_at')"
        }
        Dialect::Postgres => {
            "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('schema_versions') AND NOT attisdropped \
             AND attname IN ('version', 'name', 'checksum', 'applied_at')"
        }
    };
    if tx.one(columns, &[], |row| row.get::<i64>())? == 4 {
        let (ours, version): (Option<i64>, Option<i64>) = tx.one(FOUNDATION, &[], |row| Ok((row.get()?, row.get()?)))?;
        if let (Some(1), Some(version)) = (ours, version) {
            return Ok(Found::Store(version));
        }
    }
    let tables = foreign_tables(tx)?;
    Ok(if tables.is_empty() { Found::Nothing } else { Found::Foreign(tables) })
}

fn foreign_tables(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let tables = match tx.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name LIMIT 3"
        }
        // What an extension brings along is nobody's data.
        Dialect::Postgres => {
            "SELECT CAST(c.relname AS text) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (SELECT 1 FROM pg_depend d \
             WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname LIMIT 3"
        }
    };
    tx.query(tables, &[], |row| row.get())
}

/// The store's version; `None` when there is no deskctl store behind the connection.
pub fn version(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    Ok(match found(tx)? {
        Found::Store(version) => Some(version),
        Found::Nothing | Found::Foreign(_) => None,
    })
}

/// The tables that a store of this version lacks.
pub fn missing_tables(tx: &mut Tx<'_>, version: i64) -> Result<Vec<&'static str>> {
    let present = match tx.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Dialect::Postgres => "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()",
    };
    let present: HashSet<String> = tx.query(present, &[], |row| row.get())?.into_iter().collect();
    Ok(tables_of(version).filter(|table| !present.contains(*table)).collect())
}

/// When a version was applied to this store; none where it was not.
pub fn applied_at(tx: &mut Tx<'_>, version: i64) -> Result<Option<Time>> {
    tx.optional("SELECT applied_at FROM schema_versions WHERE version = $1", args![version], |row| row.get())
}

/// Whether a step was applied to this store.
pub fn has(tx: &mut Tx<'_>, name: &str) -> Result<bool> {
    tx.one("SELECT count(*) FROM schema_versions WHERE name = $1", args![name], |row| row.get::<i64>()).map(|count| count > 0)
}

/// Refuses a store that a newer deskctl wrote.
pub fn refuse_newer(version: i64) -> Result<()> {
    if version > current() {
        return Err(Error::failed(
            "schema_newer",
            format!(
                "the store has schema version {version}; this deskctl {} knows versions up to {}",
                env!("CARGO_PKG_VERSION"),
                current()
            ),
        )
        .hint("use the newer deskctl that wrote it"));
    }
    Ok(())
}

/// Steps whose recorded checksum is not the one of this program: the store was made by something else.
pub fn foreign_steps(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    let recorded = tx.query("SELECT version, checksum FROM schema_versions ORDER BY version", &[], |row| {
        Ok((row.get::<i64>()?, row.get::<String>()?))
    })?;
    let differs = |(version, sum): &(i64, String)| STEPS.iter().any(|step| step.version == *version && checksum(step) != *sum);
    Ok(recorded.iter().filter(|entry| differs(entry)).map(|(version, _)| *version).collect())
}
