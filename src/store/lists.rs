//! Pages of conversations and tickets for people: filtered, limited to what the viewer may see (H2), by keyset.

mod pages;

pub(in crate::store) use pages::explained;
pub use pages::{Plan, count_tickets, plan_of_tickets, tickets};

use super::clauses::Clauses;
use super::contacts::read_name;
use super::filter_sql::{self, Source, Value};
use super::{Tx, conversations, visibility};
use crate::domain::Id;
use crate::domain::access::Sight;
use crate::domain::conversation::{Conversation, Status};
use crate::domain::filter::{Prepared, Sort};
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
        "SELECT {}, l.ticket_id, p.first_name, p.last_name, p.email, p.phone, p.mobile_phone FROM conversations c \
         {link} LEFT JOIN tickets t ON t.id = l.ticket_id \
         LEFT JOIN contacts p ON p.id = c.contact_id WHERE {} ORDER BY c.id DESC {limit}",
        conversations::COLUMNS,
        clauses.sql()
    );
    tx.query(&sql, &clauses.args, |row| {
        Ok(ListedConversation { conversation: conversations::read(row)?, ticket: row.get()?, contact: read_name(row)? })
    })
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
