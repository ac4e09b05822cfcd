//! A second store beside the one in use, for an account that is to take the place of the old one: it is loaded there while others go
//! on with the old one, and both change places in one transaction. Whatever happens before that leaves the old one as it was.
//!
//! SQLite: a file in a folder beside the store, whose pages are then written into the store by the online backup, so that
//! connections that are open see one change. PostgreSQL: tables in a schema of their own, which then move over. What a process
//! that was killed has left is removed by the next one that holds the worker's lock; it is made under that lock.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::audit::{self, Entry};
use super::backup::copy_pages;
use super::driver::sqlite;
use super::{Conn, Location, Store, Tx, make_private_folder, schema};
use crate::domain::time::Time;
use crate::error::{Error, Result, io_error};

/// PostgreSQL's schema for it.
pub const SCHEMA: &str = "deskctl_loading";

/// The second store. Dropped, it is gone.
pub struct Beside {
    store: Store,
    live: Location,
}

impl Beside {
    /// Makes it, empty.
    pub fn make(live: &mut Store, now: Time) -> Result<Beside> {
        let location = live.location().clone();
        remove(&location, live)?;
        let store = match &location {
            Location::Sqlite(path) => in_folder(&folder(path), now)?,
            Location::Postgres { .. } => in_schema(live, now)?,
        };
        Ok(Beside { store, live: location })
    }

    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The two change places; the audit stays (G15), with `entry` added. `go_on` is asked while others are waited for.
    pub fn change_over(mut self, live: &mut Store, entry: &Entry, go_on: &dyn Fn() -> Result<()>) -> Result<()> {
        match self.live.clone() {
            Location::Sqlite(path) => pages_over(&mut self.store, live, &path, entry),
            Location::Postgres { .. } => tables_over(live, entry, go_on),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let location = self.live.clone();
        let _ = remove(&location, &mut self.store);
    }
}

/// What a load that was killed has left; to be asked while nobody holds the worker's lock.
pub fn left(tx: &mut Tx<'_>, location: &Location) -> Result<Option<String>> {
    Ok(match location {
        Location::Sqlite(path) => Some(folder(path)).filter(|folder| folder.exists()).map(|folder| folder.display().to_string()),
        Location::Postgres { .. } => tx
            .one("SELECT to_regnamespace('deskctl_loading') IS NOT NULL", &[], |row| row.get::<bool>())?
            .then(|| format!("the schema {SCHEMA}")),
    })
}

/// Removes it, under the worker's lock. What cannot be removed stays for the next time.
pub fn sweep(location: &Location) {
    if let Ok(mut store) = Store::connect(location) {
        let _ = remove(location, &mut store);
    }
}

fn remove(location: &Location, store: &mut Store) -> Result<()> {
    match (location, store.conn()) {
        (Location::Sqlite(path), _) => {
            let folder = folder(path);
            match std::fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_error("remove", &folder, error)),
                _ => Ok(()),
            }
        }
        (_, Conn::Postgres(conn)) => conn.script("DROP SCHEMA IF EXISTS deskctl_loading CASCADE"),
        (_, Conn::Sqlite(_)) => Ok(()),
    }
}

fn folder(path: &Path) -> PathBuf {
    sqlite::beside(path, "loading")
}

/// Nothing of it outlives a power cut, so that nothing of it needs to be synced.
fn in_folder(folder: &Path, now: Time) -> Result<Store> {
    make_private_folder(folder)?;
    let mut store = Store::create(&Location::Sqlite(folder.join("desk.db")), now)?;
    if let Conn::Sqlite(conn) = store.conn() {
        conn.script("PRAGMA synchronous = OFF")?;
    }
    Ok(store)
}

fn in_schema(live: &mut Store, now: Time) -> Result<Store> {
    let mut tx = live.write()?;
    tx.script("CREATE SCHEMA deskctl_loading").map_err(|error| match error.code() {
        "database_permission" => error.hint("the account is loaded in a schema of its own: grant the role CREATE on the database"),
        _ => error,
    })?;
    tx.commit()?;
    let mut store = Store::connect(live.location())?;
    if let Conn::Postgres(conn) = store.conn() {
        conn.script("SET search_path TO deskctl_loading")?;
    }
    let mut tx = store.write()?;
    schema::create(&mut tx)?;
    schema::apply(&mut tx, schema::missing(0), now)?;
    tx.commit()?;
    Ok(store)
}

/// Nobody begins to write from the last look at the audit until the pages are over: whoever is acknowledged by then is in it.
fn pages_over(side: &mut Store, live: &mut Store, path: &Path, entry: &Entry) -> Result<()> {
    let (Conn::Sqlite(side_conn), Conn::Sqlite(live_conn)) = (side.conn(), live.conn()) else { return Ok(()) };
    let explain = |error| sqlite::explain(error, path);
    let name = path.to_str().ok_or_else(|| Error::usage("bad_target", format!("{} is no UTF-8", path.display())))?;
    side_conn.connection().execute("ATTACH DATABASE ?1 AS old", [name]).map_err(explain)?;
    // The newest once more: what is refused over and over is counted in one record.
    let copy_audit = |conn: &sqlite::Conn| {
        let newer = "INSERT OR REPLACE INTO main.audit SELECT * FROM old.audit \
             WHERE id > (SELECT coalesce(max(id), 0) - 1000 FROM main.audit) ORDER BY id";
        conn.connection().execute(newer, []).map_err(explain)
    };
    copy_audit(side_conn)?;
    let _turn = sqlite::hold_turn(path)?;
    // Waits for whoever writes already.
    live_conn.script("BEGIN IMMEDIATE; COMMIT")?;
    copy_audit(side_conn)?;
    side_conn.script("DETACH DATABASE old")?;
    let mut tx = side.write()?;
    audit::add(&mut tx, entry)?;
    tx.commit()?;
    let (Conn::Sqlite(side), Conn::Sqlite(live)) = (side.conn(), live.conn()) else { return Ok(()) };
    copy_pages(side.connection(), live.connection_mut(), path)
}

/// How often tables that others are reading are asked for again, and how long apart: five minutes in all.
const TRIES: u32 = 600;
const APART: Duration = Duration::from_millis(300);

fn tables_over(live: &mut Store, entry: &Entry, go_on: &dyn Fn() -> Result<()>) -> Result<()> {
    let mut tries = 0;
    loop {
        match try_tables_over(live, entry) {
            Err(error) if error.code() == "store_busy" && tries < TRIES => tries += 1,
            moved => return moved,
        }
        go_on()?;
        std::thread::sleep(APART);
    }
}

/// Waits for readers for a moment only: whoever comes after us would have to wait with us.
fn try_tables_over(live: &mut Store, entry: &Entry) -> Result<()> {
    let mut tx = live.write()?;
    tx.script("SET LOCAL lock_timeout = '200ms'")?;
    run(&mut tx, LOCK)?;
    // Read before the old tables go.
    let rights = statements(&mut tx, RIGHTS)?;
    run(&mut tx, DROP)?;
    run(&mut tx, MOVE)?;
    for right in rights {
        tx.script(&right)?;
    }
    tx.script("DROP SCHEMA deskctl_loading CASCADE")?;
    audit::add(&mut tx, entry)?;
    tx.commit()
}

/// Runs the statements that a query puts together from the catalog's names.
fn run(tx: &mut Tx<'_>, query: &str) -> Result<()> {
    for statement in statements(tx, query)? {
        tx.script(&statement)?;
    }
    Ok(())
}

fn statements(tx: &mut Tx<'_>, query: &str) -> Result<Vec<String>> {
    tx.query(query, &[], |row| row.get())
}

/// What changes places: the relations of both schemas that go by the same name. The audit and the versions stay where they are.
macro_rules! pairs {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM pg_class new JOIN pg_class old ON old.relname = new.relname AND old.relkind = new.relkind \
             AND old.relnamespace = to_regnamespace(quote_ident(current_schema())) \
             WHERE new.relnamespace = to_regnamespace('deskctl_loading') AND new.relkind IN ('r', 'v') \
             AND new.relname NOT IN ('audit', 'schema_versions') ",
            $rest
        )
    };
}

const LOCK: &str = pairs!(
    "format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', string_agg(format('%I.%I', current_schema(), old.relname), ', ' ORDER BY old.oid))",
    "AND old.relkind = 'r'"
);

/// Views before the tables that they show. What others have built upon a table is not dropped with it: then nothing is.
const DROP: &str = pairs!(
    "format('DROP %s %s', CASE old.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, \
     string_agg(format('%I.%I', current_schema(), old.relname), ', '))",
    "GROUP BY old.relkind ORDER BY old.relkind = 'r'"
);

const MOVE: &str = "SELECT format('ALTER %s deskctl_loading.%I SET SCHEMA %I', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, relname, \
     current_schema()) FROM pg_class WHERE relnamespace = to_regnamespace('deskctl_loading') AND relkind IN ('r', 'v') \
     AND relname NOT IN ('audit', 'schema_versions') ORDER BY oid";

/// Who owns the old tables, and who else may do what with them.
const RIGHTS: &str = concat!(
    "WITH old AS (",
    pairs!("old.oid, old.relname, old.relowner, old.relacl", ""),
    ") SELECT format('ALTER TABLE %I.%I OWNER TO %I', current_schema(), relname, pg_get_userbyid(relowner)) FROM old \
     WHERE pg_get_userbyid(relowner) <> current_user \
     UNION ALL SELECT format('GRANT %s ON %I.%I TO %s', privilege_type, current_schema(), relname, \
     CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END) \
     FROM old CROSS JOIN LATERAL aclexplode(relacl) WHERE grantee <> relowner"
);
