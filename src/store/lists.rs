//! Pages of conversations and tickets for people: filtered, limited to what the viewer may see (H2), by keyset.

use super::contacts::display_name;
use super::visibility::{self, Condition};
use super::{Arg, Row, ToArg, Tx, conversations, tickets};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::conversation::{Conversation, Status};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;

/// Conditions joined by AND, whose parameters are numbered as they come.
pub(super) struct Clauses<'a> {
    parts: Vec<String>,
    pub(super) args: Vec<Arg<'a>>,
}

impl<'a> Clauses<'a> {
    /// The viewer's condition comes first: its parameters are numbered from 1.
    pub(super) fn new(visible: &'a Condition) -> Clauses<'a> {
        Clauses { parts: vec![visible.sql.clone()], args: visible.args().collect() }
    }

    pub(super) fn plain(&mut self, sql: &str) {
        self.parts.push(sql.to_owned());
    }

    /// Each `?` in `sql` stands for the next value.
    pub(super) fn bind(&mut self, sql: &str, values: &[Arg<'a>]) {
        let mut part = String::with_capacity(sql.len() + 4);
        let mut values = values.iter();
        for c in sql.chars() {
            match values.as_slice().first() {
                Some(value) if c == '?' => {
                    self.args.push(*value);
                    part.push_str(&format!("${}", self.args.len()));
                    values.next();
                }
                _ => part.push(c),
            }
        }
        self.parts.push(part);
    }

    pub(super) fn bind_if(&mut self, sql: &str, value: &'a Option<impl ToArg>) {
        if let Some(value) = value {
            self.bind(sql, &[value.to_arg()]);
        }
    }

    pub(super) fn owner(&mut self, column: &str, owner: &'a Option<Owner>) {
        match owner {
            None => {}
            Some(Owner::Nobody) => self.plain(&format!("{column} IS NULL")),
            Some(Owner::User(id)) => self.bind(&format!("{column} = ?"), &[id.to_arg()]),
        }
    }

    pub(super) fn limit(&mut self, limit: &'a i64) -> String {
        self.args.push(limit.to_arg());
        format!("LIMIT ${}", self.args.len())
    }

    pub(super) fn sql(&self) -> String {
        self.parts.join(" AND ")
    }
}

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
    /// Leaves out what lies in the help desk: for viewers without access to it.
    pub outside_help_desk: bool,
    /// Only ids below this one: the last one seen.
    pub before: Option<Id>,
}

/// A conversation with its ticket and its contact's name.
pub struct ListedConversation {
    pub conversation: Conversation,
    pub ticket: Option<Id>,
    pub contact: Option<String>,
}

/// The owner that counts for H2: the ticket's, where there is a ticket.
const OWNER: &str = "CASE WHEN t.id IS NULL THEN c.owner_id ELSE t.owner_id END";

/// A page of conversations, newest id first.
pub fn conversations(tx: &mut Tx<'_>, visibility: &Visibility, filter: &ConversationFilter, limit: i64) -> Result<Vec<ListedConversation>> {
    let visible = visibility::condition(visibility, OWNER, "t.team_id", 0);
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
    if filter.outside_help_desk {
        clauses.plain("NOT EXISTS (SELECT 1 FROM inboxes i WHERE i.id = c.inbox_id AND i.kind = 'help_desk')");
    }
    let limit = clauses.limit(&limit);
    let sql = format!(
        "SELECT {}, l.ticket_id, p.first_name, p.last_name, p.email, coalesce(p.phone, p.mobile_phone) FROM conversations c \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LEFT JOIN tickets t ON t.id = l.ticket_id \
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
    /// Spam, and nothing else; without it spam is left out (V1).
    pub spam: bool,
    pub open: Option<bool>,
    pub owner: Option<Owner>,
    pub team: Option<Id>,
    /// Any of these stages.
    pub stages: Option<Vec<Id>>,
    /// Only what comes after this one in the order of the list.
    pub after: Option<(Time, Id)>,
}

/// A ticket with the names of its first contact and its company.
pub struct ListedTicket {
    pub ticket: Ticket,
    pub contact: Option<String>,
    pub company: Option<String>,
}

/// A page of tickets, newest activity first.
pub fn tickets(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Vec<ListedTicket>> {
    if filter.open.is_some() || filter.spam {
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

fn tickets_in_order(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Vec<ListedTicket>> {
    let visible = visibility::condition(visibility, "t.owner_id", "t.team_id", 0);
    let mut clauses = Clauses::new(&visible);
    if !filter.everywhere {
        clauses.plain("t.in_help_desk = 1");
    }
    clauses.plain(if filter.spam { "t.spam = 1" } else { "t.spam = 0" });
    clauses.bind_if("t.open = ?", &filter.open);
    clauses.owner("t.owner_id", &filter.owner);
    clauses.bind_if("t.team_id = ?", &filter.team);
    if let Some(stages) = &filter.stages {
        let ids: Vec<Arg<'_>> = stages.iter().map(ToArg::to_arg).collect();
        let list = if ids.is_empty() { "NULL".to_owned() } else { vec!["?"; ids.len()].join(", ") };
        clauses.bind(&format!("t.stage_id IN ({list})"), &ids);
    }
    if let Some((at, id)) = &filter.after {
        clauses.bind("t.last_activity_at <= ?", &[at.to_arg()]);
        clauses.bind("(t.last_activity_at < ? OR t.id < ?)", &[at.to_arg(), id.to_arg()]);
    }
    let limit = clauses.limit(&limit);
    let sql = format!(
        "SELECT {}, p.first_name, p.last_name, p.email, coalesce(p.phone, p.mobile_phone), f.name FROM tickets t \
         LEFT JOIN contacts p ON p.id = t.contact_id LEFT JOIN companies f ON f.id = t.company_id \
         WHERE {} ORDER BY t.last_activity_at DESC, t.id DESC {limit}",
        tickets::COLUMNS,
        clauses.sql()
    );
    tx.query(&sql, &clauses.args, |row| Ok(ListedTicket { ticket: tickets::read(row)?, contact: contact_name(row)?, company: row.get()? }))
}
