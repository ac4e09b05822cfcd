//! Pages of conversations and tickets for people: filtered, limited to what the viewer may see (H2), by keyset.

use super::clauses::Clauses;
use super::contacts::display_name;
use super::filter_sql::{self, LAST_DIRECTION, Source, Value};
use super::visibility::{self, Condition};
use super::{Arg, Dialect, Row, ToArg, Tx, conversations, tickets};
use crate::domain::Id;
use crate::domain::access::{Sight, Visibility};
use crate::domain::conversation::{Conversation, Status};
use crate::domain::filter::{Check, Key, Prepared, Sort};
use crate::domain::ticket::Ticket;
use crate::error::Result;

/// Whose: nobody's, or one user's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Owner {
    Nobody,
    User(Id),
}

/// Which conversations a list shows; `None` where a property does not matter.
#[derive(Clone, Debug, Default)]
pub struct ConversationFilter {
    pub channel: Option<Id>,
    pub inbox: Option<Id>,
    pub status: Option<Status>,
    pub owner: Option<Owner>,
    pub spam: Option<bool>,
    pub without_ticket: bool,
    /// A filter on conversations (V3).
    pub matching: Option<Prepared>,
    /// Only ids below this one: the last one seen.
    pub before: Option<Id>,
}

/// A conversation with its ticket and its contact's name.
pub struct ListedConversation {
    pub conversation: Conversation,
    pub ticket: Option<Id>,
    pub contact: Option<String>,
}

/// A page of conversations, newest id first.
pub fn conversations(tx: &mut Tx<'_>, sight: &Sight, filter: &ConversationFilter, limit: i64) -> Result<Vec<ListedConversation>> {
    let visible = visibility::of_conversations(sight, 0);
    let matching = filter.matching.as_ref().map(|matching| filter_sql::condition(matching, Source::Conversations, tx.dialect()));
    let matching = matching.transpose()?;
    let mut clauses = Clauses::new(&visible);
    clauses.bind_if("c.channel_id = ?", &filter.channel);
    clauses.bind_if("c.inbox_id = ?", &filter.inbox);
    clauses.bind_if("c.status = ?", &filter.status);
    clauses.owner("c.owner_id", &filter.owner);
    clauses.bind_if("c.spam = ?", &filter.spam);
    clauses.bind_if("c.id < ?", &filter.before);
    if filter.without_ticket {
        clauses.plain("l.ticket_id IS NULL");
    }
    if let Some(matching) = &matching {
        clauses.matching(matching);
    }
    let link = visibility::ticket_of(sight);
    let limit = clauses.limit(&limit);
    let sql = format!(
        "SELECT {}, l.ticket_id, p.first_name, p.last_name, p.email, coalesce(p.phone, p.mobile_phone) FROM conversations c \
         {link} LEFT JOIN tickets t ON t.id = l.ticket_id \
         LEFT JOIN contacts p ON p.id = c.contact_id WHERE {} ORDER BY c.id DESC {limit}",
        conversations::COLUMNS,
        clauses.sql()
    );
    tx.query(&sql, &clauses.args, |row| {
        Ok(ListedConversation { conversation: conversations::read(row)?, ticket: row.get()?, contact: contact_name(row)? })
    })
}

fn contact_name(row: &mut Row<'_>) -> Result<Option<String>> {
    let (first, last, email, phone): (Option<&str>, Option<&str>, Option<&str>, Option<&str>) =
        (row.get()?, row.get()?, row.get()?, row.get()?);
    Ok(display_name(first, last, email, phone))
}

/// Which tickets a list shows; `None` where a property does not matter.
#[derive(Clone, Debug, Default)]
pub struct TicketFilter {
    /// Also those outside the help desk (H3).
    pub everywhere: bool,
    pub spam: Spam,
    pub open: Option<bool>,
    pub owner: Option<Owner>,
    pub team: Option<Id>,
    /// Any of these stages.
    pub stages: Option<Vec<Id>>,
    /// Only tickets whose last message is ours (V1).
    pub sent: bool,
    /// Only tickets that concern a user in this way (V1).
    pub concerning: Option<Concerning>,
    /// A filter on tickets (V3).
    pub matching: Option<Prepared>,
    /// The order of the list (V4); newest activity first where nothing is said.
    pub sort: Option<Sort>,
    /// Only what comes after this one in the order of the list.
    pub after: Option<Place>,
}

/// How a ticket concerns a user beyond owning it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerning {
    /// A comment names the user (H12).
    Mentions(Id),
    FollowedBy(Id),
}

/// V1: spam shows where it is asked for, and nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spam {
    #[default]
    Without,
    Only,
    /// The filter decides.
    Either,
}

/// Where a ticket stands in the order of its list.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What the list is sorted by.
    pub value: Option<Value>,
    pub id: Id,
}

/// A ticket with the names of its first contact and its company.
pub struct ListedTicket {
    pub ticket: Ticket,
    pub contact: Option<String>,
    pub company: Option<String>,
    pub place: Place,
}

/// What a list of tickets is sorted by.
struct Order {
    key: filter_sql::Condition,
    /// Whether a ticket may lack it: then it comes last.
    optional: bool,
    descending: bool,
}

impl Order {
    fn of(filter: &TicketFilter, dialect: Dialect) -> Order {
        match &filter.sort {
            None => {
                // The few tickets that concern a user are sorted, rather than looked for among all in their order.
                let sql = if filter.concerning.is_some() { "+t.last_activity_at" } else { "t.last_activity_at" };
                let key = filter_sql::Condition { sql: sql.into(), values: Vec::new() };
                Order { key, optional: false, descending: true }
            }
            Some(Sort { property, descending }) => {
                Order { key: filter_sql::sort_key(property, dialect), optional: property.optional, descending: *descending }
            }
        }
    }

    /// Adds what comes after `place`; `key` is the key with its parameters numbered.
    fn after<'a>(&self, clauses: &mut Clauses<'a>, key: &str, place: &'a Place) {
        let beyond = if self.descending { "<" } else { ">" };
        let id = place.id.to_arg();
        let Some(value) = &place.value else {
            return clauses.bind(&format!("({key} IS NULL AND t.id {beyond} ?)"), &[id]);
        };
        let (value, or_missing) = (value.to_arg(), if self.optional { format!(" OR {key} IS NULL") } else { String::new() });
        clauses.bind(&format!("({key} {beyond}= ? AND ({key} {beyond} ? OR t.id {beyond} ?){or_missing})"), &[value, value, id]);
    }

    fn by(&self, key: &str) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        format!("ORDER BY {key} {direction}{}, t.id {direction}", if self.optional { " NULLS LAST" } else { "" })
    }
}

/// A page of tickets, newest activity first or as the filter sorts them.
pub fn tickets(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Vec<ListedTicket>> {
    if !in_halves(filter) {
        return tickets_in_order(tx, visibility, filter, limit);
    }
    // The views' indexes begin with the state: each half comes out in order, without sorting either.
    let mut rows = Vec::new();
    for open in [true, false] {
        rows.extend(tickets_in_order(tx, visibility, &TicketFilter { open: Some(open), ..filter.clone() }, limit)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.ticket.last_activity_at, row.ticket.id)));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

fn in_halves(filter: &TicketFilter) -> bool {
    let decided = filter.open.is_some() || filter.matching.as_ref().is_some_and(decides_state);
    !decided && filter.spam == Spam::Without && filter.sort.is_none() && filter.concerning.is_none()
}

/// Whether what matches is open, or closed, all of it.
fn decides_state(filter: &Prepared) -> bool {
    match filter {
        Prepared::All(parts) => parts.iter().any(decides_state),
        Prepared::Test { property, check: Check::Names(names), negated: false } => property.key == Key::State && names.len() == 1,
        _ => false,
    }
}

/// How many tickets a list shows on all its pages; no more than `up_to` are counted.
pub fn count_tickets(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, up_to: Option<i64>) -> Result<i64> {
    let up_to = up_to.unwrap_or(i64::MAX);
    let parts = Parts::of(tx.dialect(), visibility, filter)?;
    let mut clauses = parts.clauses(filter);
    let limit = clauses.limit(&up_to);
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {TICKETS} WHERE {} {limit}) x", clauses.sql());
    tx.one(&numbered(tx.dialect(), sql), &clauses.args, |row| row.get())
}

const TICKETS: &str = "tickets t LEFT JOIN contacts p ON p.id = t.contact_id LEFT JOIN companies f ON f.id = t.company_id";

fn tickets_in_order(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Vec<ListedTicket>> {
    with_page(tx, visibility, filter, limit, |tx, sql, args| {
        tx.query(sql, args, |row| {
            let ticket = tickets::read(row)?;
            let (contact, company) = (contact_name(row)?, row.get()?);
            let place = Place { value: row.get()?, id: ticket.id };
            Ok(ListedTicket { ticket, contact, company, place })
        })
    })
}

/// How the engine finds a page of tickets, in its own words, what belongs to a step indented below it; of a list that is read in two halves, the open one.
pub fn plan_of_tickets(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Vec<String>> {
    let half = TicketFilter { open: Some(true), ..filter.clone() };
    let filter = if in_halves(filter) { &half } else { filter };
    with_page(tx, visibility, filter, limit, |tx, sql, args| match tx.dialect() {
        Dialect::Sqlite => tx.query(&format!("EXPLAIN QUERY PLAN {sql}"), args, |row| {
            row.skip(1);
            let parent: i64 = row.get()?;
            row.skip(1);
            let step: String = row.get()?;
            Ok(if parent == 0 { step } else { format!("  {step}") })
        }),
        Dialect::Postgres => tx.query(&format!("EXPLAIN {sql}"), args, |row| row.get()),
    })
}

/// Gives `run` the statement of a page and its parameters.
fn with_page<T>(
    tx: &mut Tx<'_>,
    visibility: &Visibility,
    filter: &TicketFilter,
    limit: i64,
    run: impl FnOnce(&mut Tx<'_>, &str, &[Arg<'_>]) -> Result<T>,
) -> Result<T> {
    let parts = Parts::of(tx.dialect(), visibility, filter)?;
    let mut clauses = parts.clauses(filter);
    let key = clauses.number(&parts.order.key);
    if let Some(place) = &filter.after {
        parts.order.after(&mut clauses, &key, place);
    }
    let order = parts.order.by(&key);
    let limit = clauses.limit(&limit);
    let sql = format!(
        "SELECT {}, p.first_name, p.last_name, p.email, coalesce(p.phone, p.mobile_phone), f.name, {key} FROM {TICKETS} \
         WHERE {} {order} {limit}",
        tickets::COLUMNS,
        clauses.sql()
    );
    let sql = numbered(tx.dialect(), sql);
    run(tx, &sql, &clauses.args)
}

/// What a list of tickets is made of, besides the filter itself.
struct Parts {
    visible: Condition,
    matching: Option<filter_sql::Condition>,
    order: Order,
}

impl Parts {
    fn of(dialect: Dialect, visibility: &Visibility, filter: &TicketFilter) -> Result<Parts> {
        let matching = filter.matching.as_ref().map(|matching| filter_sql::condition(matching, Source::Tickets, dialect));
        Ok(Parts {
            visible: visibility::condition(visibility, "t.owner_id", "t.team_id", 0),
            matching: matching.transpose()?,
            order: Order::of(filter, dialect),
        })
    }

    /// What holds for the tickets on every page.
    fn clauses<'a>(&'a self, filter: &'a TicketFilter) -> Clauses<'a> {
        let mut clauses = Clauses::new(&self.visible);
        if !filter.everywhere {
            clauses.plain("t.in_help_desk = 1");
        }
        match filter.spam {
            Spam::Without => clauses.plain("t.spam = 0"),
            Spam::Only => clauses.plain("t.spam = 1"),
            Spam::Either => {}
        }
        clauses.bind_if("t.open = ?", &filter.open);
        clauses.owner("t.owner_id", &filter.owner);
        clauses.bind_if("t.team_id = ?", &filter.team);
        if let Some(stages) = &filter.stages {
            let ids: Vec<Arg<'_>> = stages.iter().map(ToArg::to_arg).collect();
            let list = if ids.is_empty() { "NULL".to_owned() } else { vec!["?"; ids.len()].join(", ") };
            clauses.bind(&format!("t.stage_id IN ({list})"), &ids);
        }
        if filter.sent {
            clauses.plain(&format!("{LAST_DIRECTION} = 'outgoing'"));
        }
        match &filter.concerning {
            None => {}
            Some(Concerning::Mentions(user)) => {
                clauses.bind("t.id IN (SELECT m.ticket_id FROM mentions m WHERE m.user_id = ?)", &[user.to_arg()]);
            }
            Some(Concerning::FollowedBy(user)) => {
                clauses.bind("t.id IN (SELECT w.ticket_id FROM ticket_followers w WHERE w.user_id = ?)", &[user.to_arg()]);
            }
        }
        if let Some(matching) = &self.matching {
            clauses.matching(matching);
        }
        clauses
    }
}

/// With the numbers of its parameters said to SQLite, which else counts them as they come.
fn numbered(dialect: Dialect, sql: String) -> String {
    match dialect {
        Dialect::Sqlite => sql.replace('$', "?"),
        Dialect::Postgres => sql,
    }
}
