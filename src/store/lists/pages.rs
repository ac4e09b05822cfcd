//! Pages of tickets: how they are ordered, and by which index they are found.

use super::{Concerning, ListedTicket, Place, Spam, TicketFilter};
use crate::domain::access::Visibility;
use crate::domain::filter::{Check, Key, Prepared, Sort};
use crate::error::Result;
use crate::store::clauses::Clauses;
use crate::store::contacts::read_name;
use crate::store::few::{self, Few};
use crate::store::filter_sql::{self, LAST_MESSAGE, Source};
use crate::store::visibility::{self, Condition};
use crate::store::{Arg, Dialect, ToArg, Tx, tickets};

/// What a list of tickets is sorted by.
struct Order {
    key: filter_sql::Condition,
    /// Whether a ticket may lack it: then it comes last.
    optional: bool,
    descending: bool,
}

impl Order {
    fn of(filter: &TicketFilter, half: Option<Half>, dialect: Dialect) -> Order {
        match &filter.sort {
            None => {
                // The few tickets that concern a user are sorted, rather than looked for among all in their order.
                let sql = if filter.concerning.is_some() { "+t.last_activity_at" } else { "t.last_activity_at" };
                let key = filter_sql::Condition { sql: sql.into(), values: Vec::new() };
                Order { key, optional: false, descending: true }
            }
            // Each is without a value: only the ids are left.
            Some(Sort { descending, .. }) if half == Some(Half::NeverClosed) => {
                let key = filter_sql::Condition { sql: "CAST(NULL AS BIGINT)".into(), values: Vec::new() };
                Order { key, optional: false, descending: *descending }
            }
            Some(Sort { property, descending }) => Order {
                key: filter_sql::sort_key(property, dialect),
                optional: property.optional && half.is_none(),
                descending: *descending,
            },
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
    let few = few::of_list(tx, visibility, filter)?;
    let page = Page { visibility, filter, few: few.as_ref(), half: None };
    if page.few.is_some() {
        return page.rows(tx, limit);
    }
    if in_halves(filter) {
        return by_state(tx, &page, limit);
    }
    if by_closing(filter) { closed_first(tx, &page, limit) } else { page.rows(tx, limit) }
}

/// The views' indexes begin with the state: each half comes out in order, without sorting either.
fn by_state(tx: &mut Tx<'_>, page: &Page<'_>, limit: i64) -> Result<Vec<ListedTicket>> {
    let mut rows = Vec::new();
    for open in [true, false] {
        rows.extend(Page { filter: &TicketFilter { open: Some(open), ..page.filter.clone() }, ..*page }.rows(tx, limit)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.ticket.last_activity_at, row.ticket.id)));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The index of closing times knows those that were closed; all others come after them.
fn closed_first(tx: &mut Tx<'_>, page: &Page<'_>, limit: i64) -> Result<Vec<ListedTicket>> {
    let among_the_others = page.filter.after.as_ref().is_some_and(|place| place.value.is_none());
    let mut rows = if among_the_others { Vec::new() } else { Page { half: Some(Half::Closed), ..*page }.rows(tx, limit)? };
    let rest = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if rest > 0 {
        let after = page.filter.after.clone().filter(|_| among_the_others);
        let filter = TicketFilter { after, ..page.filter.clone() };
        rows.extend(Page { filter: &filter, half: Some(Half::NeverClosed), ..*page }.rows(tx, rest)?);
    }
    Ok(rows)
}

fn by_closing(filter: &TicketFilter) -> bool {
    filter.sort.as_ref().is_some_and(|sort| sort.property.key == Key::ClosedAt)
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
    let few = few::of_list(tx, visibility, filter)?;
    let unsorted = TicketFilter { sort: None, ..filter.clone() };
    let parts = Page { visibility, filter: &unsorted, few: few.as_ref(), half: None }.parts(tx.dialect())?;
    let mut clauses = parts.clauses(filter);
    let limit = clauses.limit(&up_to);
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} {limit}) x", parts.from, clauses.sql());
    tx.one(&numbered(tx.dialect(), sql), &clauses.args, |row| row.get())
}

/// How the engine finds a page of tickets, in its own words, what belongs to a step indented below it.
pub struct Plan {
    /// The tickets among which the page is found, where they are few.
    pub few: Vec<String>,
    /// The page; of a list that is read in two halves, the open one.
    pub page: Vec<String>,
}

pub fn plan_of_tickets(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Result<Plan> {
    let few = few::of_list(tx, visibility, filter)?;
    let open = TicketFilter { open: Some(true), ..filter.clone() };
    let filter = if few.is_none() && in_halves(filter) { &open } else { filter };
    let half = (few.is_none() && by_closing(filter)).then_some(Half::Closed);
    let page = Page { visibility, filter, few: few.as_ref(), half }.run(tx, limit, explained)?;
    Ok(Plan { few: few.map_or_else(|| Ok(Vec::new()), |few| few.plan(tx))?, page })
}

/// How the engine runs a statement.
pub(in crate::store) fn explained(tx: &mut Tx<'_>, sql: &str, args: &[Arg<'_>]) -> Result<Vec<String>> {
    match tx.dialect() {
        Dialect::Sqlite => tx.query(&format!("EXPLAIN QUERY PLAN {sql}"), args, |row| {
            row.skip(1);
            let parent: i64 = row.get()?;
            row.skip(1);
            let step: String = row.get()?;
            Ok(if parent == 0 { step } else { format!("  {step}") })
        }),
        Dialect::Postgres => tx.query(&format!("EXPLAIN {sql}"), args, |row| row.get()),
    }
}

/// Which half of a list by closing times.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    Closed,
    NeverClosed,
}

/// What a page is found by.
#[derive(Clone, Copy)]
struct Page<'a> {
    visibility: &'a Visibility,
    filter: &'a TicketFilter,
    few: Option<&'a Few>,
    half: Option<Half>,
}

impl Page<'_> {
    fn rows(&self, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<ListedTicket>> {
        self.run(tx, limit, |tx, sql, args| {
            tx.query(sql, args, |row| {
                let ticket = tickets::read(row)?;
                let (contact, company) = (read_name(row)?, row.get()?);
                let place = Place { value: row.get()?, id: ticket.id };
                Ok(ListedTicket { ticket, contact, company, place })
            })
        })
    }

    /// Gives `run` the page's statement and its parameters.
    fn run<T>(&self, tx: &mut Tx<'_>, limit: i64, run: impl FnOnce(&mut Tx<'_>, &str, &[Arg<'_>]) -> Result<T>) -> Result<T> {
        let parts = self.parts(tx.dialect())?;
        let mut clauses = parts.clauses(self.filter);
        let key = clauses.number(&parts.order.key);
        if let Some(place) = &self.filter.after {
            parts.order.after(&mut clauses, &key, place);
        }
        let order = parts.order.by(&key);
        let limit = clauses.limit(&limit);
        let sql = format!(
            "SELECT {}, p.first_name, p.last_name, p.email, p.phone, p.mobile_phone, f.name, {key} FROM {} WHERE {} {order} {limit}",
            tickets::COLUMNS,
            parts.from,
            clauses.sql()
        );
        run(tx, &numbered(tx.dialect(), sql), &clauses.args)
    }

    fn parts(&self, dialect: Dialect) -> Result<Parts> {
        let matching = self.filter.matching.as_ref().map(|matching| filter_sql::condition(matching, Source::Tickets, dialect));
        let index = if self.few.is_some() { few::by_ids(dialect) } else { self.index(dialect) };
        Ok(Parts {
            from: format!("tickets t {index} LEFT JOIN contacts p ON p.id = t.contact_id LEFT JOIN companies f ON f.id = t.company_id"),
            visible: visibility::condition(self.visibility, "t.owner_id", "t.team_id", 0),
            matching: matching.transpose()?,
            order: Order::of(self.filter, self.half, dialect),
            few: self.few.map(|few| dialect.id_list(&few.ids)),
            half: self.half,
            dialect,
        })
    }

    /// The index that has the tickets in their order, where SQLite would not choose it by itself: without knowing how many are open it
    /// would rather sort all of those.
    fn index(&self, dialect: Dialect) -> &'static str {
        let in_views = !self.filter.everywhere && self.filter.spam == Spam::Without;
        match &self.filter.sort {
            Some(sort) if dialect == Dialect::Sqlite && in_views && sort.property.key == Key::CreatedAt => "INDEXED BY tickets_created",
            _ if dialect == Dialect::Sqlite && in_views && self.half == Some(Half::Closed) => "INDEXED BY tickets_closed",
            _ => "",
        }
    }
}

/// What a list of tickets is made of, besides the filter itself.
struct Parts {
    /// Tables.
    from: String,
    visible: Condition,
    matching: Option<filter_sql::Condition>,
    order: Order,
    /// The only tickets that it can show, as a parameter.
    few: Option<String>,
    half: Option<Half>,
    dialect: Dialect,
}

impl Parts {
    /// What holds for the tickets on every page.
    fn clauses<'a>(&'a self, filter: &'a TicketFilter) -> Clauses<'a> {
        let mut clauses = Clauses::new(&self.visible);
        clauses.ids("t.id", self.dialect, &self.few);
        match self.half {
            Some(Half::Closed) => clauses.plain("t.closed_at IS NOT NULL"),
            Some(Half::NeverClosed) => clauses.plain("t.closed_at IS NULL"),
            None => {}
        }
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
            clauses.plain(&format!("{LAST_MESSAGE} = 'outgoing'"));
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
