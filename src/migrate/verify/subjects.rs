//! The conversations to verify, a page at a time, each with all that belongs to it.

use std::collections::HashMap;

use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Conversation;
use crate::domain::filter::Prepared;
use crate::domain::ticket::Ticket;
use crate::error::Result;
use crate::store::contacts::read_name;
use crate::store::conversations::{self, ChannelSince};
use crate::store::migration_items::{self, Item, Tied, Ties};
use crate::store::migrations::{Boundary, Run};
use crate::store::{Row, Tx, tickets};

/// Conversations per page: everything about a page is in memory at once.
const PAGE: i64 = 1_000;

/// Which conversations.
#[derive(Clone, Copy, PartialEq)]
pub enum From {
    /// Those on the channel now.
    Channel,
    /// Those that were moved with the channel and have left it since.
    Strayed,
}

/// One conversation of the channel, with all that belongs to it.
pub struct Subject {
    pub conversation: Conversation,
    /// Its contacts beyond the first.
    pub contacts: Vec<Id>,
    /// The channels that it was on, by time.
    pub channels: Vec<ChannelSince>,
    pub item: Option<Item>,
    /// The map's rule that took it, by its number.
    pub rule: Option<usize>,
    pub ticket_id: Option<Id>,
    pub ticket: Option<Ticket>,
    /// What hangs on that ticket.
    pub ties: Ties,
    /// How many tickets say that they were made for it.
    pub made_for_it: i64,
    /// The contact's name of today.
    pub contact: Option<String>,
    /// The channel it was on when the channel moved, by its channel history (M21).
    pub newest_at_boundary: Option<Id>,
    /// Its channel history goes on after the move.
    pub left_since: bool,
}

/// Reads them.
pub struct Pages<'r> {
    run: &'r Run,
    boundary: Boundary,
    rules: Vec<Prepared>,
    tied: Tied,
}

impl<'r> Pages<'r> {
    pub fn new(tx: &mut Tx<'_>, run: &'r Run, boundary: Boundary) -> Result<Pages<'r>> {
        let rules = match &run.map {
            Some(map) if !map.rules.is_empty() => map.conditions(&crate::migrate::users_now(tx, map)?),
            _ => Vec::new(),
        };
        Ok(Pages { run, boundary, rules, tied: Tied::look(tx)? })
    }

    /// A page of conversations in the order of their ids.
    pub fn read(&mut self, tx: &mut Tx<'_>, from: From, after: Id) -> Result<Vec<Subject>> {
        let (run, strayed) = (self.run, from == From::Strayed);
        let source = match strayed {
            false => "conversations c LEFT JOIN migration_items i ON i.run_id = $1 AND i.conversation_id = c.id",
            true => "migration_items i JOIN conversations c ON i.run_id = $1 AND c.id = i.conversation_id",
        };
        let sql = format!(
            "SELECT {}, {}, k.first_name, k.last_name, k.email, k.phone, k.mobile_phone, l.ticket_id, \
             (SELECT count(*) FROM tickets m WHERE m.made_for = c.id), t.id, {} \
             FROM {source} \
             LEFT JOIN contacts k ON k.id = c.contact_id \
             LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
             LEFT JOIN tickets t ON t.id = l.ticket_id \
             WHERE c.channel_id {} $2 AND c.id > $3 ORDER BY {} LIMIT $4",
            conversations::COLUMNS,
            migration_items::COLUMNS,
            tickets::COLUMNS,
            if strayed { "<>" } else { "=" },
            if strayed { "i.conversation_id" } else { "c.id" },
        );
        let mut page = tx.query(&sql, args![run.id, run.channel_id, after, PAGE], |row| subject(row, run.id))?;
        self.add(tx, &mut page)?;
        Ok(page)
    }

    /// What lies in other tables.
    fn add(&self, tx: &mut Tx<'_>, page: &mut [Subject]) -> Result<()> {
        let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(()) };
        let ids: Vec<Id> = page.iter().map(|subject| subject.conversation.id).collect();
        let mut contacts = migration_items::further_contacts(tx, first.conversation.id, last.conversation.id)?;
        let mut channels = channels_of(tx, &ids)?;
        let tickets: Vec<Id> = page.iter().filter_map(|subject| subject.ticket_id).collect();
        let ties = self.tied.of_tickets(tx, &tickets)?;
        let rules = if self.rules.is_empty() { HashMap::new() } else { migration_items::first_rule(tx, self.run, &self.rules, &ids)? };
        for subject in page {
            let id = subject.conversation.id;
            subject.contacts = contacts.remove(&id).unwrap_or_default();
            subject.channels = channels.remove(&id).unwrap_or_default();
            subject.rule = rules.get(&id).copied();
            subject.ties = subject.ticket_id.and_then(|ticket| ties.get(&ticket).cloned()).unwrap_or_default();
            let before = subject.channels.iter().rfind(|entry| entry.id <= self.boundary.channel_row);
            subject.newest_at_boundary = before.map(|entry| entry.channel_id);
            subject.left_since = subject.channels.iter().any(|entry| entry.id > self.boundary.channel_row);
        }
        Ok(())
    }
}

fn subject(row: &mut Row<'_>, run_id: Id) -> Result<Subject> {
    let conversation = conversations::read(row)?;
    let item = migration_items::read(row, run_id, conversation.id)?;
    let contact = read_name(row)?;
    let (ticket_id, made_for_it) = (row.get()?, row.get()?);
    let ticket = match row.get::<Option<Id>>()? {
        Some(_) => Some(tickets::read(row)?),
        None => None,
    };
    Ok(Subject {
        conversation,
        contacts: Vec::new(),
        channels: Vec::new(),
        item,
        rule: None,
        ticket_id,
        ticket,
        ties: Ties::default(),
        made_for_it,
        contact,
        newest_at_boundary: None,
        left_since: false,
    })
}

/// The channels that conversations were on, each in the order of time (M21).
fn channels_of(tx: &mut Tx<'_>, conversations: &[Id]) -> Result<HashMap<Id, Vec<ChannelSince>>> {
    let dialect = tx.dialect();
    let sql = format!(
        "SELECT id, conversation_id, channel_id, since FROM conversation_channels WHERE conversation_id {} ORDER BY conversation_id, since, id",
        dialect.any_of(1)
    );
    let mut channels: HashMap<Id, Vec<ChannelSince>> = HashMap::new();
    tx.each(&sql, args![dialect.id_list(conversations)], |row| {
        let entry = ChannelSince { id: row.get()?, conversation_id: row.get()?, channel_id: row.get()?, since: row.get()? };
        channels.entry(entry.conversation_id).or_default().push(entry);
        Ok(())
    })?;
    Ok(channels)
}
