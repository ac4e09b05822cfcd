//! Loading a whole account: into an empty store, or beside the account that it is to replace.
//!
//! An account that is loaded into an empty store is marked as loading from the first transaction to the last, and closed to other
//! commands meanwhile. A load that fails empties the store again; one that was killed is started over by the next. Where an account
//! is to be replaced, all this happens in a store beside it, and the two change places when the new one is whole.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::Counts;
use super::loader::Loader;
use crate::clock::Clock;
use crate::domain::document::Account;
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};
use crate::seed::Sink;
use crate::store::account::{self, Account as AccountRow};
use crate::store::beside::{self, Beside};
use crate::store::load;
use crate::store::locks::{self, Held, Purpose};
use crate::store::search;
use crate::store::{Location, Store, Tx, audit};

/// What to do where there is an account already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Refuse,
    /// Leave it and be content.
    Keep,
    /// Empty the store first.
    Replace,
}

/// How a load tells where it stands, and learns that it shall stop.
#[derive(Clone, Copy)]
pub struct Control<'c> {
    /// Called with a section and how many of its items are written.
    pub report: &'c dyn Fn(&'static str, u64),
    pub stop: &'c AtomicBool,
}

/// One load.
pub struct Load<'c> {
    pub clock: Clock,
    pub existing: Existing,
    /// Whoever replaces an account, by email address, if they may.
    pub may_replace: &'c dyn Fn(&mut Tx<'_>) -> Result<String>,
    /// For the audit: the operation's name and arguments.
    pub operation: &'static str,
    pub arguments: Value,
    pub control: Control<'c>,
}

/// What came of a load.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Loaded(Counts),
    /// There was an account, and it was left as it is.
    Kept(AccountRow),
}

/// What a target holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Present {
    /// No store, or a store without an account.
    Nothing,
    /// An account that is being loaded, or whose load was killed.
    Loading,
    Account(AccountRow),
}

/// Looks what the target holds, without making anything.
pub fn present(location: &Location, now: Time) -> Result<Present> {
    let mut store = match Store::open(location, now) {
        Err(error) if error.code() == "no_store" => return Ok(Present::Nothing),
        store => store?,
    };
    Ok(match account::find(&mut store.read()?)? {
        None => Present::Nothing,
        Some((_, true)) => Present::Loading,
        Some((account, false)) => Present::Account(account),
    })
}

/// What a producer is called with.
pub type Feed<'f> = &'f mut dyn FnMut(&mut dyn Sink) -> Result<()>;

/// Loads what `feed` pushes into the store at `location`, which is made if it is not there.
pub fn load(location: &Location, options: &Load<'_>, feed: Feed<'_>) -> Result<Outcome> {
    if let Some(kept) = admit(present(location, options.clock.now())?, options.existing)? {
        return Ok(Outcome::Kept(kept));
    }
    let mut store = Store::create(location, options.clock.now())?;
    let busy = || locks::locked("another process is loading this account, or moving a channel");
    let mut lock = locks::take(location, Purpose::Worker, busy)?;
    // Looked at again: it may have been made between the first look and the lock.
    let found = account::find(&mut store.read()?)?;
    let loaded = match found {
        Some((account, false)) => match admit(Present::Account(account), options.existing)? {
            Some(kept) => return Ok(Outcome::Kept(kept)),
            None => replace(&mut store, &mut lock, options, feed),
        },
        _ => fill(&mut store, &mut lock, options, feed),
    };
    store.after_bulk();
    loaded.map(Outcome::Loaded)
}

/// Loads beside the account, which stays in use until the new one takes its place.
fn replace(store: &mut Store, lock: &mut Held, options: &Load<'_>, feed: Feed<'_>) -> Result<Counts> {
    let actor = (options.may_replace)(&mut store.read()?)?;
    let mut beside = Beside::make(store, options.clock.now())?;
    let loaded = begin(beside.store(), options).and_then(|()| run(beside.store(), lock, options, false, feed)).and_then(|counts| {
        let go_on = || stopped(options.control.stop);
        beside.change_over(store, &entry(options, &actor, "done"), &go_on).map(|()| counts)
    });
    if let Err(error) = &loaded {
        // The account is as it was; where not even this can be written, the first error is the one that counts.
        let _ = store.write().and_then(|mut tx| {
            audit::add(&mut tx, &entry(options, &actor, error.code()))?;
            tx.commit()
        });
    }
    loaded
}

/// Loads into the empty store itself.
fn fill(store: &mut Store, lock: &mut Held, options: &Load<'_>, feed: Feed<'_>) -> Result<Counts> {
    beside::sweep(store.location());
    begin(store, options)?;
    run(store, lock, options, true, feed).map_err(|error| empty(store, options, error))
}

/// Checks everything without writing to the target: the document is loaded into a store that is thrown away.
pub fn rehearse(location: &Location, options: &Load<'_>, feed: Feed<'_>) -> Result<Outcome> {
    let now = options.clock.now();
    let present = present(location, now)?;
    let replaces = matches!(present, Present::Account(_));
    if let Some(kept) = admit(present, options.existing)? {
        return Ok(Outcome::Kept(kept));
    }
    if replaces {
        (options.may_replace)(&mut Store::open(location, now)?.read()?)?;
    }
    let folder = tempfile::tempdir().map_err(|error| Error::failed("io", format!("cannot make a temporary folder: {error}")))?;
    load(&Location::Sqlite(folder.path().join("rehearsal.db")), options, feed)
}

/// The account that is to be kept as it is, if that is so.
fn admit(present: Present, existing: Existing) -> Result<Option<AccountRow>> {
    match (present, existing) {
        (Present::Nothing | Present::Loading, _) | (Present::Account(_), Existing::Replace) => Ok(None),
        (Present::Account(account), Existing::Keep) => Ok(Some(account)),
        (Present::Account(account), Existing::Refuse) => {
            Err(Error::new(Exit::Refused, "not_empty", format!("this store already holds the account \"{}\"", account.name))
                .hint("add --if-empty to leave it as it is, or --replace to start over; or name another store with --target"))
        }
    }
}

/// The first transaction: nothing is there but an account that is being loaded.
fn begin(store: &mut Store, options: &Load<'_>) -> Result<()> {
    let mut tx = store.write()?;
    load::wipe(&mut tx)?;
    let Account { name, time_zone, limits, .. } = Account::default();
    account::put(&mut tx, &AccountRow { name, time_zone, limits, created_at: options.clock.now() }, true)?;
    tx.commit()
}

/// All of the document, and what searches need of it. It is audited here unless it is elsewhere.
fn run(store: &mut Store, lock: &mut Held, options: &Load<'_>, audited: bool, feed: Feed<'_>) -> Result<Counts> {
    load::tune(store)?;
    let mut loader = Loader::new(store, lock, options);
    feed(&mut loader)?;
    let counts = loader.finish(audited)?;
    // Searches find what the index lacks, so that nothing is lost where this fails.
    let _ = search::drain(store, &mut |_| !options.control.stop.load(Ordering::Relaxed));
    Ok(counts)
}

/// After a failure: the store is empty, as before. Where even that fails it stays marked as loading, and the next load starts over.
fn empty(store: &mut Store, options: &Load<'_>, error: Error) -> Error {
    let wiped = store.write().and_then(|mut tx| {
        load::wipe(&mut tx)?;
        audit::add(&mut tx, &entry(options, "nobody", error.code()))?;
        tx.commit()
    });
    match wiped {
        Ok(()) => error,
        Err(_) => error.hint("the store could not be emptied either: when this is mended, run the same command again; it starts over"),
    }
}

pub(super) fn stopped(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) {
        return Err(Error::new(Exit::Interrupted, "interrupted", "stopped before the end: nothing was loaded")
            .hint("run the same command again; it starts over"));
    }
    Ok(())
}

pub(super) fn entry(options: &Load<'_>, actor: &str, outcome: &str) -> audit::Entry {
    audit::Entry {
        id: 0,
        at: options.clock.now(),
        actor: actor.to_owned(),
        acting_for: None,
        operation: options.operation.to_owned(),
        arguments: options.arguments.clone(),
        outcome: outcome.to_owned(),
        times: 1,
        client: None,
        proxy: None,
    }
}
