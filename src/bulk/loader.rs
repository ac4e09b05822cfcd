//! Takes a document item by item and writes it, batch after batch.

use super::loading::{Load, entry, stopped};
use super::structure::Structure;
use super::{Counts, batch::Batch, conversations, references::Known};
use crate::domain::document::{
    Account, BotConditionDoc, Channel, Company, Contact, Conversation, Deal, Inbox, Pipeline, Property, SECTIONS, Sla, Team, Ticket, User,
};
use crate::error::{Error, Result};
use crate::seed::Sink;
use crate::sla::sweep;
use crate::store::account;
use crate::store::load;
use crate::store::locks::Held;
use crate::store::{Mode, Store, Turn, audit, users};

/// Items per transaction: some tenths of a second.
const ITEMS_PER_BATCH: usize = 5_000;
/// Bytes per transaction, about.
const BYTES_PER_BATCH: usize = 8_000_000;
/// Tickets per transaction when their last activity is settled.
const TICKETS_PER_BATCH: i64 = 50_000;

/// Takes a document item by item and writes it.
pub struct Loader<'s> {
    store: &'s mut Store,
    lock: &'s mut Held,
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
    pub(super) fn new(store: &'s mut Store, lock: &'s mut Held, options: &'s Load<'s>) -> Loader<'s> {
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
        self.counts.as_of = structure.account.as_of.filter(|own| own.is_ahead_of(self.options.clock.now()));
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
        stopped(self.options.control.stop)?;
        self.lock.check()
    }

    pub(super) fn finish(mut self, audited: bool) -> Result<Counts> {
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
        self.open(audited)
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

    /// The last transaction: the account opens. By its first super admin, where that is `audited` here.
    fn open(self, audited: bool) -> Result<Counts> {
        let mut tx = self.store.write()?;
        load::clear_references(&mut tx)?;
        if let Some((account, _)) = account::find(&mut tx)? {
            account::put(&mut tx, &account, false)?;
        }
        if audited {
            let actor = users::first_super_admin(&mut tx)?.map(|user| user.email).unwrap_or_default();
            audit::add(&mut tx, &entry(self.options, &actor, "done"))?;
        }
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
