//! Writes a document into an empty account, batch after batch.
//!
//! The account is marked as loading from the first transaction to the last and closed to other commands meanwhile.
//! A load that fails empties the store again; one that was killed is started over by the next.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::structure::Structure;
use super::{Counts, batch::Batch, conversations, references::Known};
use crate::clock::Clock;
use crate::domain::document::{
    Account, BotConditionDoc, Channel, Company, Contact, Conversation, Deal, Inbox, Pipeline, Property, SECTIONS, Sla, Team, Ticket, User,
};
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};
use crate::seed::Sink;
use crate::sla::sweep;
use crate::store::account::{self, Account as AccountRow};
use crate::store::load;
use crate::store::locks::{self, Held, Purpose};
use crate::store::search;
use crate::store::{Location, Mode, Store, Turn, Tx, audit, users};

/// Items per transaction: some tenths of a second.
const ITEMS_PER_BATCH: usize = 5_000;
/// Bytes per transaction, about.
const BYTES_PER_BATCH: usize = 8_000_000;
/// Tickets per transaction when their last activity is settled.
const TICKETS_PER_BATCH: i64 = 50_000;

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
    let lock = locks::take(location, Purpose::Worker, || locks::locked("another process is loading this account, or moving a channel"))?;
    let (kept, actor) = begin(&mut store, options)?;
    if let Some(kept) = kept {
        return Ok(Outcome::Kept(kept));
    }
    let loaded = run(&mut store, lock, options, actor.as_deref(), feed);
    if loaded.is_ok() {
        // Searches find what the index lacks, so that nothing is lost where this fails.
        let _ = search::drain(&mut store, &mut |_| !options.control.stop.load(Ordering::Relaxed));
    }
    store.after_bulk();
    match loaded {
        Ok(counts) => Ok(Outcome::Loaded(counts)),
        Err(error) => Err(empty(&mut store, options, actor.as_deref(), error)),
    }
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

/// The first transaction: nothing is there but an account that is being loaded. Also says who replaced what was there.
fn begin(store: &mut Store, options: &Load<'_>) -> Result<(Option<AccountRow>, Option<String>)> {
    let mut tx = store.write()?;
    let mut actor = None;
    // Looked at again: it may have been made between the first look and the lock.
    if let Some((account, false)) = account::find(&mut tx)? {
        if let Some(kept) = admit(Present::Account(account), options.existing)? {
            return Ok((Some(kept), None));
        }
        actor = Some((options.may_replace)(&mut tx)?);
    }
    load::wipe(&mut tx)?;
    let Account { name, time_zone, limits } = Account::default();
    account::put(&mut tx, &AccountRow { name, time_zone, limits, created_at: options.clock.now() }, true)?;
    tx.commit()?;
    Ok((None, actor))
}

fn run(store: &mut Store, lock: Held, options: &Load<'_>, actor: Option<&str>, feed: Feed<'_>) -> Result<Counts> {
    load::tune(store)?;
    let mut loader = Loader::new(store, lock, options);
    feed(&mut loader)?;
    loader.finish(actor)
}

/// After a failure: the store is empty, as before. Where even that fails it stays marked as loading, and the next load starts over.
fn empty(store: &mut Store, options: &Load<'_>, actor: Option<&str>, error: Error) -> Error {
    let wiped = store.write().and_then(|mut tx| {
        load::wipe(&mut tx)?;
        audit::add(&mut tx, &entry(options, actor.unwrap_or("nobody"), error.code()))?;
        tx.commit()
    });
    match wiped {
        Ok(()) => error,
        Err(_) => error.hint("the store could not be emptied either: when this is mended, run the same command again; it starts over"),
    }
}

fn entry(options: &Load<'_>, actor: &str, outcome: &str) -> audit::Entry {
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

/// Takes a document item by item and writes it.
pub struct Loader<'s> {
    store: &'s mut Store,
    lock: Held,
    options: &'s Load<'s>,
    /// The small sections, until they are written.
    structure: Option<Structure>,
    known: Known,
    section: &'static str,
    batch: Batch,
    weight: usize,
    /// Items of the section that are written.
    done: usize,
    counts: Counts,
}

impl<'s> Loader<'s> {
    fn new(store: &'s mut Store, lock: Held, options: &'s Load<'s>) -> Loader<'s> {
        Loader {
            store,
            lock,
            options,
            structure: Some(Structure::default()),
            known: Known::default(),
            section: SECTIONS[0],
            batch: Batch::None,
            weight: 0,
            done: 0,
            counts: Counts::default(),
        }
    }

    /// The items that follow are of this section.
    fn enter(&mut self, section: &'static str) -> Result<()> {
        if self.section == section {
            return Ok(());
        }
        let position = |name: &str| SECTIONS.iter().position(|section| *section == name);
        if position(section) < position(self.section) {
            return Err(Error::failed("unexpected", format!("the section {section} came after {}", self.section)));
        }
        self.flush()?;
        (self.section, self.done) = (section, 0);
        Ok(())
    }

    fn small(&mut self, section: &'static str) -> Result<&mut Structure> {
        self.enter(section)?;
        self.structure.as_mut().ok_or_else(|| Error::failed("unexpected", format!("the section {section} came too late")))
    }

    fn enter_large(&mut self, section: &'static str) -> Result<()> {
        if self.section == section {
            return Ok(());
        }
        self.enter(section)?;
        self.write_structure()
    }

    fn write_structure(&mut self) -> Result<()> {
        let Some(structure) = self.structure.take() else { return Ok(()) };
        let mut tx = self.store.tx(Mode::Write(Turn::Bulk))?;
        self.known = structure.write(&mut tx, self.options.clock.now())?;
        tx.commit()?;
        self.counts.users = structure.users.len() as u64;
        self.counts.channels = structure.channels.len() as u64;
        Ok(())
    }

    fn pushed(&mut self, weight: usize) -> Result<()> {
        self.weight += weight;
        if self.batch.len() >= ITEMS_PER_BATCH || self.weight >= BYTES_PER_BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.weight = 0;
        if batch.len() == 0 {
            return Ok(());
        }
        self.go_on()?;
        batch.write(self.store, &self.known, self.done, &mut self.counts)?;
        self.done += batch.len();
        (self.options.control.report)(self.section, self.done as u64);
        Ok(())
    }

    /// Between two batches: nobody said stop, and the lock is still ours.
    fn go_on(&mut self) -> Result<()> {
        if self.options.control.stop.load(Ordering::Relaxed) {
            return Err(Error::new(Exit::Interrupted, "interrupted", "stopped before the end: nothing was loaded")
                .hint("run the same command again; it starts over"));
        }
        self.lock.check()
    }

    fn finish(mut self, actor: Option<&str>) -> Result<Counts> {
        self.flush()?;
        self.write_structure()?;
        load::refresh_statistics(self.store)?;
        let last = load::last_ticket(&mut self.store.read()?)?;
        let mut after = 0;
        while after < last {
            self.go_on()?;
            let mut tx = self.store.tx(Mode::Write(Turn::Bulk))?;
            load::settle_activity(&mut tx, after, after + TICKETS_PER_BATCH)?;
            tx.commit()?;
            after += TICKETS_PER_BATCH;
        }
        self.start_clocks()?;
        self.go_on()?;
        self.open(actor)
    }

    /// The help desk's tickets get their SLA clocks, from their making, by the policy that came with them.
    fn start_clocks(&mut self) -> Result<()> {
        let mut after = Some(0);
        while let Some(place) = after {
            self.go_on()?;
            let mut tx = self.store.tx(Mode::Write(Turn::Bulk))?;
            after = sweep::loaded(&mut tx, place, self.options.clock.now())?;
            tx.commit()?;
        }
        Ok(())
    }

    /// The last transaction: the account opens.
    fn open(self, actor: Option<&str>) -> Result<Counts> {
        let mut tx = self.store.write()?;
        load::clear_references(&mut tx)?;
        if let Some((account, _)) = account::find(&mut tx)? {
            account::put(&mut tx, &account, false)?;
        }
        let first = users::first_super_admin(&mut tx)?.map(|user| user.email);
        let actor = actor.map(str::to_owned).or(first).unwrap_or_default();
        audit::add(&mut tx, &entry(self.options, &actor, "done"))?;
        tx.commit()?;
        Ok(self.counts)
    }
}

/// Adds to the batch of the item's kind, beginning it if need be.
macro_rules! push {
    ($loader:ident, $section:literal, $kind:ident, $item:ident, $weight:expr) => {{
        $loader.enter_large($section)?;
        let weight = $weight;
        match &mut $loader.batch {
            Batch::$kind(docs) => docs.push($item),
            batch => *batch = Batch::$kind(vec![$item]),
        }
        $loader.pushed(weight)
    }};
}

impl Sink for Loader<'_> {
    fn account(&mut self, account: Account) -> Result<()> {
        self.small("account")?.account = account;
        Ok(())
    }
    fn team(&mut self, team: Team) -> Result<()> {
        self.small("teams")?.teams.push(team);
        Ok(())
    }
    fn user(&mut self, user: User) -> Result<()> {
        self.small("users")?.users.push(user);
        Ok(())
    }
    fn pipeline(&mut self, pipeline: Pipeline) -> Result<()> {
        self.small("pipelines")?.pipelines.push(pipeline);
        Ok(())
    }
    fn inbox(&mut self, inbox: Inbox) -> Result<()> {
        self.small("inboxes")?.inboxes.push(inbox);
        Ok(())
    }
    fn bot_conditions(&mut self, conditions: Vec<BotConditionDoc>) -> Result<()> {
        self.small("bot_conditions")?.conditions = Some(conditions);
        Ok(())
    }
    fn channel(&mut self, channel: Channel) -> Result<()> {
        self.small("channels")?.channels.push(channel);
        Ok(())
    }
    fn sla(&mut self, sla: Sla) -> Result<()> {
        self.small("sla")?.sla = Some(sla);
        Ok(())
    }
    fn property(&mut self, property: Property) -> Result<()> {
        self.small("properties")?.properties.push(property);
        Ok(())
    }
    fn company(&mut self, company: Company) -> Result<()> {
        push!(self, "companies", Companies, company, 100)
    }
    fn contact(&mut self, contact: Contact) -> Result<()> {
        push!(self, "contacts", Contacts, contact, 200)
    }
    fn deal(&mut self, deal: Deal) -> Result<()> {
        push!(self, "deals", Deals, deal, 100)
    }
    fn ticket(&mut self, ticket: Ticket) -> Result<()> {
        push!(self, "tickets", Tickets, ticket, 400 + ticket.description.as_ref().map_or(0, String::len))
    }
    fn conversation(&mut self, conversation: Conversation) -> Result<()> {
        push!(self, "conversations", Conversations, conversation, conversations::weight(&conversation))
    }
}
