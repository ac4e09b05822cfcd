//! Backup, restore and upgrade: work on the store as a whole, permitted and audited like an operation.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use crate::clock::Clock;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::Call;
use crate::ops::machine::Deed;
use crate::store::{Location, Store, account, backup as copies, locks, schema};

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
    let deed = Deed::begin(&mut store.read()?, "store.backup", json!({ "file": to.display().to_string() }), call, clock.now())?;
    let done = deed.require(Permission::SuperAdmin).and_then(|()| if call.dry_run { Ok(()) } else { copies::backup(&mut store, to) });
    if !call.dry_run {
        end(deed, &mut store, &done, clock)?;
    }
    done?;
    Ok(copied(location, to, schema_version))
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
    /// Something that cannot be read, or holds no account: there is nobody to ask.
    Unreadable,
    /// An account, and its super admin who wants to replace it.
    Account(String, Box<Deed>),
}

/// Looks at what is there, and asks for the permission where an account is.
pub fn existing(location: &Location, from: &Path, call: &Call, clock: Clock) -> Result<Existing> {
    let look = || -> Result<Existing> {
        let mut store = Store::connect(location)?;
        if store.version()?.is_none() {
            return Ok(Existing::Nothing);
        }
        let mut tx = store.read()?;
        match account::find(&mut tx)? {
            Some((account, false)) => {
                let deed = Deed::begin(&mut tx, "store.restore", json!({ "file": from.display().to_string() }), call, clock.now())?;
                deed.require(Permission::SuperAdmin)?;
                Ok(Existing::Account(account.name, Box::new(deed)))
            }
            _ => Ok(Existing::Unreadable),
        }
    };
    match look() {
        Err(error) if error.code() == "no_store" => Ok(Existing::Nothing),
        Err(error) if ["store_corrupt", "unexpected"].contains(&error.code()) => Ok(Existing::Unreadable),
        looked => looked,
    }
}

/// Puts a backup in the place of what is there, and audits that in the restored store.
pub fn restore(location: &Location, from: &Path, existing: Existing, call: &Call, clock: Clock) -> Result<Copied> {
    if call.dry_run {
        copies::check(location, from)?;
        return Ok(copied(location, from, schema::current()));
    }
    copies::restore(location, from)?;
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
        _ => Deed::begin(&mut store.read()?, "store.restore", json!({ "file": from.display().to_string() }), call, clock.now()),
    };
    // A store without any user has nobody to name in its audit.
    if let Ok(deed) = deed {
        deed.end(store.write()?, "done", clock.now())?;
    }
    Ok(copied(location, from, store.version()?.unwrap_or(0)))
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
    let mut store = Store::connect(location)?;
    let no_store = || Error::not_found("no_store", format!("there is no deskctl store at {location}")).hint("make one with deskctl init");
    let from_version = store.version()?.ok_or_else(no_store)?;
    schema::refuse_newer(from_version)?;
    Ok(Upgraded { target: location.to_string(), from_version, to_version: schema::current(), upgraded: false })
}

/// Brings an older store to the current schema; an embedded one after a backup.
pub fn upgrade(location: &Location, call: &Call, clock: Clock) -> Result<Upgraded> {
    let before = versions(location)?;
    let busy = || locks::locked("a migration or a load is at work on this store").hint("wait for it, or interrupt its worker first");
    let _worker = locks::take(location, locks::Purpose::Worker, busy)?;
    let mut store = Store::connect(location)?;
    let deed = Deed::begin(&mut store.read()?, "store.upgrade", json!({ "from_version": before.from_version }), call, clock.now())?;
    deed.require(Permission::SuperAdmin)?;
    match location {
        Location::Sqlite(_) => store = Store::open(location, clock.now())?,
        Location::Postgres { .. } => store.upgrade(clock.now())?,
    }
    end(deed, &mut store, &Ok(()), clock)?;
    Ok(Upgraded { upgraded: true, ..before })
}
