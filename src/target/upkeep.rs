//! Backup, restore and upgrade: work on the store as a whole, permitted and audited like an operation.

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::Call;
use crate::ops::machine::Deed;
use crate::store::backup::{self as copies, Source};
use crate::store::schema::{self, Found};
use crate::store::{Location, Store, account, locks};

/// What a backup or a restore did.
#[derive(Clone, Debug, Serialize)]
pub struct Copied {
    pub target: String,
    pub file: String,
    pub bytes: u64,
    pub schema_version: i64,
}

/// Writes a backup of the store to a new file. A rehearsal asks for the permission and looks at the file's name.
pub fn backup(location: &Location, to: &Path, call: &Call, clock: Clock) -> Result<Copied> {
    let mut store = Store::open(location, clock.now())?;
    let schema_version = store.version()?.unwrap_or(0);
    let (what, arguments) = (("store.backup", Permission::SuperAdmin), file_argument(to));
    let (deed, permitted) = Deed::begin(&mut store.read()?, what, arguments, call, clock.now())?;
    let done = permitted.and_then(|()| if call.dry_run { Ok(()) } else { copies::backup(&mut store, to) });
    if !call.dry_run {
        end(deed, &mut store, &done, clock)?;
    }
    done?;
    Ok(copied(location, to, schema_version))
}

fn file_argument(file: &Path) -> Value {
    json!({ "file": file.display().to_string() })
}

/// Audits how it ended. A failure that cannot be audited either is told as it is.
fn end(deed: Deed, store: &mut Store, done: &Result<()>, clock: Clock) -> Result<()> {
    let outcome = done.as_ref().err().map_or("done", Error::code);
    let audited = store.write().and_then(|tx| deed.end(tx, outcome, clock.now()));
    if done.is_ok() { audited } else { Ok(()) }
}

fn copied(location: &Location, file: &Path, schema_version: i64) -> Copied {
    let bytes = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    Copied { target: location.to_string(), file: file.display().to_string(), bytes, schema_version }
}

/// What a restore would replace.
#[derive(Debug)]
pub enum Existing {
    Nothing,
    /// Something that is no account, in words: there is nobody to ask for permission.
    Other(String),
    /// An account, and who wants to replace it and may.
    Account(String, Box<Deed>),
}

const RESTORE: &str = "store.restore";

/// Looks at what is there, and asks for the permission where an account is.
pub fn existing(location: &Location, from: &Path, call: &Call, clock: Clock) -> Result<Existing> {
    copies::look_at(from)?;
    if location.is_missing_or_empty() {
        return Ok(Existing::Nothing);
    }
    let look = || -> Result<Existing> {
        let mut store = Store::connect(location)?;
        match store.found()? {
            Found::Nothing if matches!(location, Location::Postgres { .. }) => Ok(Existing::Nothing),
            Found::Nothing => Ok(Existing::Other(format!("the database {location}, which has no tables"))),
            Found::Foreign(tables) => {
                let tables = tables.join(", ");
                Ok(Existing::Other(format!("the database {location}, which is no deskctl store: it has other tables ({tables})")))
            }
            Found::Store(_) => account_there(&mut store, location, from, call, clock),
        }
    };
    match look() {
        Err(error) if ["store_corrupt", "unexpected"].contains(&error.code()) => {
            Ok(Existing::Other(format!("what is at {location}, which is no database, or a damaged one")))
        }
        looked => looked,
    }
}

fn account_there(store: &mut Store, location: &Location, from: &Path, call: &Call, clock: Clock) -> Result<Existing> {
    let mut tx = store.read()?;
    let Some((account, false)) = account::find(&mut tx)? else {
        return Ok(Existing::Other(format!("the store {location}, which holds no account")));
    };
    let deed = Deed::by_master(&mut tx, location, RESTORE, file_argument(from), call, clock.now())?;
    Ok(Existing::Account(account.name, Box::new(deed)))
}

/// A backup that was checked for a store at `location`.
pub fn source(location: &Location, from: &Path) -> Result<Source> {
    Source::open(location, from)
}

/// Puts a backup in the place of what is there, and audits that in the restored store.
pub fn restore(location: &Location, (from, mut source): (&Path, Source), existing: Existing, call: &Call, clock: Clock) -> Result<Copied> {
    if call.dry_run {
        return Ok(copied(location, from, schema::current()));
    }
    if let Err(error) = source.put(location) {
        audit_failure(location, existing, &error, clock);
        return Err(error);
    }
    let mut store = Store::connect(location)?;
    // PostgreSQL's stores are upgraded when someone says so; until then there is nothing to write to.
    if store.version()? < Some(schema::current()) {
        if matches!(location, Location::Postgres { .. }) {
            return Ok(copied(location, from, store.version()?.unwrap_or(0)));
        }
        store = Store::open(location, clock.now())?;
    }
    let deed = match existing {
        Existing::Account(_, deed) => Ok(*deed),
        _ => restored_by(&mut store, location, from, call, clock),
    };
    deed?.end(store.write()?, "done", clock.now())?;
    Ok(copied(location, from, store.version()?.unwrap_or(0)))
}

/// Where nobody was asked before: who acts in the restored account, else whoever owns the store.
fn restored_by(store: &mut Store, location: &Location, from: &Path, call: &Call, clock: Clock) -> Result<Deed> {
    let mut tx = store.read()?;
    Deed::by_master(&mut tx, location, RESTORE, file_argument(from), call, clock.now())
        .or_else(|_| Deed::by_owner(&mut tx, location, RESTORE, file_argument(from)))
}

/// What is there was left as it is. Where the failure cannot be audited, it is told all the same.
fn audit_failure(location: &Location, existing: Existing, error: &Error, clock: Clock) {
    if let Existing::Account(_, deed) = existing
        && let Ok(mut store) = Store::connect(location)
        && let Ok(tx) = store.write()
    {
        let _ = deed.end(tx, error.code(), clock.now());
    }
}

/// What an upgrade did.
#[derive(Clone, Debug, Serialize)]
pub struct Upgraded {
    pub target: String,
    pub from_version: i64,
    pub to_version: i64,
    pub upgraded: bool,
}

/// The store's version and the one that it would be upgraded to.
pub fn versions(location: &Location) -> Result<Upgraded> {
    let from_version = Store::connect(location)?.expect_store()?;
    schema::refuse_newer(from_version)?;
    Ok(Upgraded { target: location.to_string(), from_version, to_version: schema::current(), upgraded: false })
}

/// Brings an older store to the current schema; an embedded one after a backup.
pub fn upgrade(location: &Location, call: &Call, clock: Clock) -> Result<Upgraded> {
    let before = versions(location)?;
    let busy = || locks::locked("a migration or a load is at work on this store").hint("wait for it, or interrupt its worker first");
    let _worker = locks::take(location, locks::Purpose::Worker, busy)?;
    let mut store = Store::connect(location)?;
    let (what, arguments) = (("store.upgrade", Permission::SuperAdmin), json!({ "from_version": before.from_version }));
    let (deed, permitted) = Deed::begin(&mut store.read()?, what, arguments, call, clock.now())?;
    permitted?;
    match location {
        Location::Sqlite(_) => store = Store::open(location, clock.now())?,
        Location::Postgres { .. } => store.upgrade(clock.now())?,
    }
    end(deed, &mut store, &Ok(()), clock)?;
    Ok(Upgraded { upgraded: true, ..before })
}
