//! The records of conversations from before their move: `verify` compares with them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::filter_sql::{self, Condition, Source};
use super::migrations::Run;
use super::properties::{self, Values};
use super::{Arg, Row, ToArg, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Digest, Status};
use crate::domain::filter::Prepared;
use crate::domain::migration::Outcome;
use crate::domain::property::PropertyValue;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::{Error, Result};

/// The record of a conversation before its move.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub run_id: Id,
    pub conversation_id: Id,
    pub outcome: Outcome,
    pub status: Status,
    pub spam: bool,
    pub owner_id: Option<Id>,
    pub inbox_id: Id,
    pub message_count: i64,
    pub digest: Digest,
    /// The ticket it had, and that ticket's properties as JSON.
    pub ticket_id: Option<Id>,
    pub ticket_before: Option<String>,
    /// The contact's name, where the ticket is named after it or a rule asked for it.
    pub contact: Option<String>,
    pub closed_at: Option<Time>,
    /// None in a record that an older program wrote: it lacks all from `contact` on.
    pub last_message_at: Option<Time>,
    /// Of what no operation changes.
    pub fixed: Option<Digest>,
    /// What hung on the ticket that it had: [`Ties`] as JSON.
    pub ticket_ties: Option<String>,
}

crate::record!(i: Item => "migration_items" {
    run_id: Int = i.run_id,
    conversation_id: Int = i.conversation_id,
    outcome: Text = i.outcome,
    status: Text = i.status,
    spam: Int = i.spam,
    owner_id: Int = i.owner_id,
    inbox_id: Int = i.inbox_id,
    message_count: Int = i.message_count,
    digest: Bytes = i.digest,
    ticket_id: Int = i.ticket_id,
    ticket_before: Text = i.ticket_before,
    contact: Text = i.contact,
    closed_at: Int = i.closed_at,
    last_message_at: Int = i.last_message_at,
    fixed: Bytes = i.fixed,
    ticket_ties: Text = i.ticket_ties,
});

pub const COLUMNS: &str = "i.outcome, i.status, i.spam, i.owner_id, i.inbox_id, i.message_count, i.digest, i.ticket_id, i.ticket_before, \
     i.contact, i.closed_at, i.last_message_at, i.fixed, i.ticket_ties";

/// Reads `COLUMNS`; none where there is no record.
pub fn read(row: &mut Row<'_>, run_id: Id, conversation_id: Id) -> Result<Option<Item>> {
    let Some(outcome) = row.get()? else {
        row.skip(13);
        return Ok(None);
    };
    Ok(Some(Item {
        run_id,
        conversation_id,
        outcome,
        status: row.get()?,
        spam: row.get()?,
        owner_id: row.get()?,
        inbox_id: row.get()?,
        message_count: row.get()?,
        digest: row.get()?,
        ticket_id: row.get()?,
        ticket_before: row.get()?,
        contact: row.get()?,
        closed_at: row.get()?,
        last_message_at: row.get()?,
        fixed: row.get()?,
        ticket_ties: row.get()?,
    }))
}

impl Item {
    /// The ticket that it had, as it was.
    pub fn ticket_before(&self) -> Option<Ticket> {
        serde_json::from_str(self.ticket_before.as_deref()?).ok()
    }

    /// What hung on that ticket; none in an old record too.
    pub fn ties_before(&self) -> Option<Ties> {
        serde_json::from_str(self.ticket_ties.as_deref()?).ok()
    }
}

/// Records whose conversation is gone.
pub fn lost(tx: &mut Tx<'_>, run: Id) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT i.conversation_id, {COLUMNS} FROM migration_items i LEFT JOIN conversations c ON c.id = i.conversation_id \
         WHERE i.run_id = $1 AND c.id IS NULL ORDER BY i.conversation_id"
    );
    let read = |row: &mut Row<'_>| {
        let conversation = row.get()?;
        read(row, run, conversation)
    };
    Ok(tx.query(&sql, args![run], read)?.into_iter().flatten().collect())
}

/// What hangs on a ticket beyond its own row, as far as a move must leave it alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ties {
    /// Beyond the first.
    pub contacts: Vec<Id>,
    pub deals: Vec<Id>,
    /// Custom properties.
    pub values: BTreeMap<Id, PropertyValue>,
}

/// Which of these tables have anything at all: most accounts leave some empty, and then they are not asked for each ticket.
#[derive(Clone, Copy, Debug)]
pub struct Tied {
    contacts: bool,
    deals: bool,
    values: bool,
}

impl Tied {
    pub fn look(tx: &mut Tx<'_>) -> Result<Tied> {
        let mut any =
            |table: &str| tx.optional(&format!("SELECT 1 FROM {table} LIMIT 1"), &[], |row| row.get::<i64>()).map(|row| row.is_some());
        Ok(Tied { contacts: any("ticket_contacts")?, deals: any("ticket_deals")?, values: any("ticket_values")? })
    }

    /// What hangs on these tickets; those on which nothing hangs are left out.
    pub fn of_tickets(self, tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashMap<Id, Ties>> {
        let mut ties: HashMap<Id, Ties> = HashMap::new();
        if tickets.is_empty() {
            return Ok(ties);
        }
        if self.contacts {
            for (ticket, contact) in pairs(tx, "contact_id", "ticket_contacts", tickets)? {
                ties.entry(ticket).or_default().contacts.push(contact);
            }
        }
        if self.deals {
            for (ticket, deal) in pairs(tx, "deal_id", "ticket_deals", tickets)? {
                ties.entry(ticket).or_default().deals.push(deal);
            }
        }
        let values: HashMap<Id, Values> = if self.values { properties::values_of(tx, tickets)? } else { HashMap::new() };
        for (ticket, values) in values {
            ties.entry(ticket).or_default().values = values.into_iter().collect();
        }
        Ok(ties)
    }
}

fn pairs(tx: &mut Tx<'_>, column: &str, table: &str, tickets: &[Id]) -> Result<Vec<(Id, Id)>> {
    let dialect = tx.dialect();
    let sql = format!("SELECT ticket_id, {column} FROM {table} WHERE ticket_id {} ORDER BY ticket_id, {column}", dialect.any_of(1));
    tx.query(&sql, args![dialect.id_list(tickets)], |row| Ok((row.get()?, row.get()?)))
}

/// The contacts beyond the first of the conversations from `first` to `last`.
pub fn further_contacts(tx: &mut Tx<'_>, first: Id, last: Id) -> Result<HashMap<Id, Vec<Id>>> {
    let sql = "SELECT conversation_id, contact_id FROM conversation_contacts WHERE conversation_id >= $1 AND conversation_id <= $2 \
         ORDER BY conversation_id, contact_id";
    let mut contacts: HashMap<Id, Vec<Id>> = HashMap::new();
    tx.each(sql, args![first, last], |row| {
        contacts.entry(row.get()?).or_default().push(row.get()?);
        Ok(())
    })?;
    Ok(contacts)
}

/// So many values of rules are bound in one statement.
const VALUES_AT_A_TIME: usize = 10_000;
const RULES_AT_A_TIME: usize = 200;

/// The number of the first rule that takes each conversation, by its record; those that no rule takes are left out.
pub fn first_rule(tx: &mut Tx<'_>, run: &Run, rules: &[Prepared], conversations: &[Id]) -> Result<HashMap<Id, usize>> {
    let dialect = tx.dialect();
    let conditions: Vec<Condition> =
        rules.iter().map(|rule| filter_sql::condition(rule, Source::Records, dialect)).collect::<Result<_>>()?;
    let mut found = HashMap::new();
    let mut open = conversations.to_vec();
    let mut from = 0;
    while from < conditions.len() && !open.is_empty() {
        let until = portion(&conditions, from);
        rules_in(tx, run, &conditions, from..until, &open, &mut found)?;
        open.retain(|conversation| !found.contains_key(conversation));
        from = until;
    }
    Ok(found)
}

/// Where the rules end that fit into one statement.
fn portion(conditions: &[Condition], from: usize) -> usize {
    let mut values = 0;
    let fits = |condition: &&Condition| {
        values += condition.values.len();
        values <= VALUES_AT_A_TIME
    };
    from + conditions[from..].iter().take(RULES_AT_A_TIME).take_while(fits).count().max(1)
}

fn rules_in(
    tx: &mut Tx<'_>,
    run: &Run,
    conditions: &[Condition],
    numbers: std::ops::Range<usize>,
    conversations: &[Id],
    found: &mut HashMap<Id, usize>,
) -> Result<()> {
    let dialect = tx.dialect();
    let (kind, address) = (run.channel_before.kind, &run.channel_before.address);
    let list = dialect.id_list(conversations);
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut cases = String::new();
    for number in numbers {
        let sql = conditions[number].numbered(&mut args);
        cases.push_str(&format!(" WHEN {sql} THEN {number}"));
    }
    let next = args.len() + 1;
    args.extend([kind.to_arg(), address.to_arg(), run.id.to_arg(), list.to_arg()]);
    let sql = format!(
        "SELECT i.conversation_id, CAST(CASE{cases} END AS BIGINT) \
         FROM (SELECT CAST(${next} AS TEXT) AS kind, CAST(${} AS TEXT) AS address) b \
         JOIN migration_items i ON i.run_id = ${} AND i.ticket_id IS NULL \
         JOIN conversations c ON c.id = i.conversation_id LEFT JOIN contacts p ON p.id = c.contact_id WHERE i.conversation_id {}",
        next + 1,
        next + 2,
        dialect.any_of(next + 3)
    );
    tx.each(&sql, &args, |row| {
        let (conversation, rule): (Id, Option<i64>) = (row.get()?, row.get()?);
        if let Some(rule) = rule {
            let rule = usize::try_from(rule).map_err(|_| Error::failed("store", "a rule has no number"))?;
            found.insert(conversation, rule);
        }
        Ok(())
    })
}
