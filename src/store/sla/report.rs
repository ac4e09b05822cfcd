//! How clocks ended, for reports. A ticket's three clocks are read as they lie, in one row, and told one by one: nothing is put
//! together that nobody asks for.

use super::super::clauses::Clauses;
use super::super::visibility::{self, Condition};
use super::{Row, Tx};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::sla::clock::Outcome;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Priority;
use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::store::ToArg;

/// A clock of a help desk ticket that is no spam.
#[derive(Clone, Debug)]
pub struct Judged {
    pub ticket: Id,
    pub kind: Kind,
    pub instance: i64,
    pub started_at: Time,
    pub ended_at: Option<Time>,
    pub outcome: Option<Outcome>,
    pub breached_at: Option<Time>,
    pub due_at: Option<Time>,
    /// The revision and the number of the rule that hold for the ticket.
    pub policy_id: Option<Id>,
    pub rule: Option<i64>,
    pub owner_id: Option<Id>,
    pub team_id: Option<Id>,
    pub priority: Option<Priority>,
    /// Of the ticket's first conversation; looked up only where it is asked for.
    pub channel_id: Option<Id>,
}

/// A clock by ticket, kind and number: the order of reports.
pub type Place = (Id, String, i64);

impl Judged {
    pub fn place(&self) -> Place {
        (self.ticket, self.kind.to_string(), self.instance)
    }
}

/// Which clocks a report looks at.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    pub kind: Option<Kind>,
    pub team: Option<Id>,
    pub with_channel: bool,
}

impl ReportFilter {
    fn kinds(&self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(|kind| self.kind.is_none_or(|only| only == *kind))
    }
}

/// What of a ticket is the same for all its clocks.
const TICKET: &str = "t.id, t.owner_id, t.team_id, t.priority";
const CHANNEL: &str = "(SELECT c.channel_id FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
     WHERE l.ticket_id = t.id ORDER BY c.id LIMIT 1)";

fn ticket(row: &mut Row<'_>) -> Result<Judged> {
    Ok(Judged {
        ticket: row.get()?,
        owner_id: row.get()?,
        team_id: row.get()?,
        priority: row.get()?,
        channel_id: row.get()?,
        policy_id: None,
        rule: None,
        kind: Kind::FirstResponse,
        instance: 1,
        started_at: Time(0),
        ended_at: None,
        outcome: None,
        breached_at: None,
        due_at: None,
    })
}

/// The cells of one clock; none where it never began.
fn clock(row: &mut Row<'_>, ticket: &Judged, kind: Kind, instance: i64) -> Result<Option<Judged>> {
    let started_at: Option<Time> = row.get()?;
    let Some(started_at) = started_at else {
        row.skip(4);
        return Ok(None);
    };
    let (ended_at, outcome, breached_at, due_at) = (row.get()?, row.get()?, row.get()?, row.get()?);
    Ok(Some(Judged { kind, instance, started_at, ended_at, outcome, breached_at, due_at, ..ticket.clone() }))
}

/// The columns of the clocks of these kinds.
fn cells(filter: &ReportFilter) -> String {
    let cells = |kind| format!("k.{kind}_started_at, k.{kind}_ended_at, k.{kind}_outcome, k.{kind}_breached_at, k.{kind}_due_at");
    filter.kinds().map(cells).collect::<Vec<_>>().join(", ")
}

fn current(row: &mut Row<'_>, filter: &ReportFilter, mut tell: impl FnMut(Judged) -> Result<()>) -> Result<()> {
    let mut ticket = ticket(row)?;
    (ticket.policy_id, ticket.rule) = (row.get()?, row.get()?);
    let last: Option<i64> = row.get()?;
    for kind in filter.kinds() {
        let instance = if kind == Kind::NextResponse { last.unwrap_or(1) } else { 1 };
        if let Some(judged) = clock(row, &ticket, kind, instance)? {
            tell(judged)?;
        }
    }
    Ok(())
}

const PAST: &str = "p.instance, p.started_at, p.ended_at, p.outcome, p.breached_at, p.due_at";

fn past(row: &mut Row<'_>) -> Result<Judged> {
    let ticket = ticket(row)?;
    let instance = row.get()?;
    clock(row, &ticket, Kind::NextResponse, instance)?.ok_or_else(|| Error::failed("store_corrupt", "a past response never began"))
}

/// Tells each clock that the viewer may see, in no order.
pub fn each(tx: &mut Tx<'_>, visibility: &Visibility, filter: &ReportFilter, mut tell: impl FnMut(Judged) -> Result<()>) -> Result<()> {
    let visible = visibility::condition(visibility, "t.owner_id", "t.team_id", 0);
    let clauses = shown(&visible, filter);
    let channel = if filter.with_channel { CHANNEL } else { "NULL" };
    // The rule matters only of what runs without a due time.
    let open = |kind| format!("(k.{kind}_started_at IS NOT NULL AND k.{kind}_ended_at IS NULL AND k.{kind}_due_at IS NULL)");
    let (open, cells) = (filter.kinds().map(open).collect::<Vec<_>>().join(" OR "), cells(filter));
    let (tables, _) = tables(visibility, filter);
    let sql = format!(
        "SELECT {TICKET}, CAST({channel} AS BIGINT), s.policy_id, s.rule, s.next_responses, {cells} FROM {tables} \
         LEFT JOIN ticket_slas s ON s.ticket_id = CASE WHEN {open} THEN k.ticket_id END \
         WHERE k.ticket_id = t.id AND {}",
        clauses.sql()
    );
    tx.each(&sql, &clauses.args, |row| current(row, filter, &mut tell))?;
    if filter.kind.is_some_and(|kind| kind != Kind::NextResponse) {
        return Ok(());
    }
    let sql = format!(
        "SELECT {TICKET}, CAST({channel} AS BIGINT), {PAST} FROM sla_past_responses p JOIN tickets t ON t.id = p.ticket_id WHERE {}",
        clauses.sql()
    );
    tx.each(&sql, &clauses.args, |row| tell(past(row)?))
}

/// Some clocks in order, and the last place of which they tell, if others may follow.
#[derive(Debug, Default)]
pub struct Page {
    pub clocks: Vec<Judged>,
    pub next: Option<Place>,
}

/// Which breaches are asked for.
pub struct Breaches<'a> {
    pub visibility: &'a Visibility,
    pub filter: &'a ReportFilter,
    pub now: Time,
    /// Only what comes after this one.
    pub after: Option<Place>,
    /// Of about as many tickets.
    pub limit: i64,
}

impl Breaches<'_> {
    /// What may be a breach, in order.
    pub fn page(&self, tx: &mut Tx<'_>) -> Result<Page> {
        let mut clocks = self.current(tx)?;
        let mut ends = Vec::new();
        let tickets = clocks.chunk_by(|one, next| one.ticket == next.ticket).count() as i64;
        ends.extend(clocks.last().filter(|_| tickets == self.limit).map(|last| (last.ticket, "~".to_owned(), 0)));
        if self.filter.kind.is_none_or(|kind| kind == Kind::NextResponse) {
            let past = self.past(tx)?;
            ends.extend(past.last().filter(|_| past.len() as i64 == self.limit).map(Judged::place));
            clocks.extend(past);
        }
        let next = ends.into_iter().min();
        clocks.retain(|clock| self.after.as_ref().is_none_or(|after| clock.place() > *after));
        clocks.retain(|clock| next.as_ref().is_none_or(|next| clock.place() <= *next));
        clocks.sort_by_cached_key(Judged::place);
        Ok(Page { clocks, next })
    }

    /// The clocks of the next tickets of which one may be missed.
    fn current(&self, tx: &mut Tx<'_>) -> Result<Vec<Judged>> {
        let (tables, id) = tables(self.visibility, self.filter);
        let missed = |kind| {
            format!("k.{kind}_outcome = 'late' OR k.{kind}_breached_at IS NOT NULL OR (k.{kind}_ended_at IS NULL AND k.{kind}_due_at < ?)")
        };
        let missed: Vec<String> = self.filter.kinds().map(missed).collect();
        let from = self.after.as_ref().map_or(0, |(ticket, ..)| *ticket);
        let visible = visibility::condition(self.visibility, "t.owner_id", "t.team_id", 0);
        let mut clauses = shown(&visible, self.filter);
        clauses.bind(&format!("({})", missed.join(" OR ")), &vec![self.now.to_arg(); missed.len()]);
        clauses.bind(&format!("{id} >= ?"), &[from.to_arg()]);
        let (limit, cells) = (clauses.limit(&self.limit), cells(self.filter));
        let sql = format!(
            "SELECT {TICKET}, CAST(NULL AS BIGINT), s.policy_id, s.rule, s.next_responses, {cells} FROM {tables} \
             LEFT JOIN ticket_slas s ON s.ticket_id = k.ticket_id WHERE k.ticket_id = t.id AND {} ORDER BY {id} {limit}",
            clauses.sql()
        );
        let mut clocks = Vec::new();
        tx.each(&sql, &clauses.args, |row| {
            current(row, self.filter, |judged| {
                clocks.push(judged);
                Ok(())
            })
        })?;
        Ok(clocks)
    }

    fn past(&self, tx: &mut Tx<'_>) -> Result<Vec<Judged>> {
        let (ticket, instance) = match &self.after {
            Some((ticket, kind, instance)) if kind.as_str() >= Kind::NextResponse.as_str() => (*ticket, *instance),
            Some((ticket, ..)) => (*ticket, 0),
            None => (0, 0),
        };
        let visible = visibility::condition(self.visibility, "t.owner_id", "t.team_id", 0);
        let mut clauses = shown(&visible, self.filter);
        clauses.plain("(p.outcome = 'late' OR p.breached_at IS NOT NULL)");
        clauses.bind("(p.ticket_id, p.instance) > (?, ?)", &[ticket.to_arg(), instance.to_arg()]);
        let limit = clauses.limit(&self.limit);
        let sql = format!(
            "SELECT {TICKET}, CAST(NULL AS BIGINT), {PAST} FROM sla_past_responses p CROSS JOIN tickets t WHERE t.id = p.ticket_id AND {}              ORDER BY p.ticket_id, p.instance {limit}",
            clauses.sql()
        );
        tx.query(&sql, &clauses.args, past)
    }
}

/// The tables in the order in which they are read, and where the ticket's id is read first. Who sees all begins with the clocks, who
/// sees some with the tickets: these are found by an index.
fn tables(visibility: &Visibility, filter: &ReportFilter) -> (&'static str, &'static str) {
    match visibility {
        Visibility::Everything if filter.team.is_none() => ("ticket_clocks k CROSS JOIN tickets t", "k.ticket_id"),
        _ => ("tickets t CROSS JOIN ticket_clocks k", "t.id"),
    }
}

/// The tickets that a report is about.
fn shown<'a>(visible: &'a Condition, filter: &'a ReportFilter) -> Clauses<'a> {
    let mut clauses = Clauses::new(visible);
    clauses.plain("t.in_help_desk = 1 AND t.spam = 0");
    clauses.bind_if("t.team_id = ?", &filter.team);
    clauses
}
