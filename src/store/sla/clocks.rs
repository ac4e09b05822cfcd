//! The clocks of tickets: what decides about them, and how each stands (S5).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::Clocks;
use crate::domain::sla::clock::{Clock, End, Outcome, Ran, Stop};
use crate::domain::sla::policy::Kind;
use crate::domain::time::Time;
use crate::error::{Error, Result};

crate::stored_as_text!(Kind, Outcome);

/// What decides about a ticket's clocks beyond the ticket itself: a row of its own, because many have no clocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    pub ticket_id: Id,
    /// The revision of the policy that holds for it.
    pub policy_id: Option<Id>,
    pub rule: Option<i64>,
    pub rule_since: Time,
    pub replied: bool,
    pub unanswered_since: Option<Time>,
    /// Exempt or merged away.
    pub finished: bool,
    pub last_at: Time,
    /// How many next responses there were; the last one's number.
    pub next_responses: i64,
}

crate::record!(s: Basis => "ticket_slas" {
    ticket_id: Int = s.ticket_id,
    policy_id: Int = s.policy_id,
    rule: Int = s.rule,
    rule_since: Int = s.rule_since,
    replied: Int = s.replied,
    unanswered_since: Int = s.unanswered_since,
    finished: Int = s.finished,
    last_at: Int = s.last_at,
    next_responses: Int = s.next_responses,
});

/// How a ticket's clocks stand; all empty where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClocksRow {
    ticket_id: Id,
    /// JSON; none where each clock ran from its start without a pause.
    ran: Option<String>,
    first_response: Cells,
    next_response: Cells,
    close: Cells,
    /// JSON of `EndedBy`; none where it is empty.
    ended_by: Option<String>,
}

/// The revision of the policy and the number of its rule.
pub type Rule = (Option<Id>, Option<i64>);

/// By target, the rule by which an ended clock was judged; of those that another rule than the ticket's judged.
pub type EndedBy = BTreeMap<Kind, Rule>;

/// All about a ticket's clocks.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketSla {
    pub basis: Basis,
    clocks: ClocksRow,
}

/// A clock as it lies in the store; without a start there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    pub started_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub outcome: Option<Outcome>,
    pub breached_at: Option<Time>,
    pub due_at: Option<Time>,
    pub due_soon_at: Option<Time>,
}

impl Cells {
    pub fn new(clock: &Clock, (due_at, due_soon_at): (Option<Time>, Option<Time>)) -> Cells {
        Cells {
            started_at: Some(clock.started_at),
            ended_at: clock.end.map(|end| end.at),
            outcome: clock.end.map(|end| end.outcome),
            breached_at: clock.breached_at,
            due_at,
            due_soon_at,
        }
    }
}

crate::record!(c: ClocksRow => "ticket_clocks" {
    ticket_id: Int = c.ticket_id,
    ran: Text = c.ran,
    first_response_started_at: Int = c.first_response.started_at,
    first_response_ended_at: Int = c.first_response.ended_at,
    first_response_outcome: Text = c.first_response.outcome,
    first_response_breached_at: Int = c.first_response.breached_at,
    first_response_due_at: Int = c.first_response.due_at,
    first_response_due_soon_at: Int = c.first_response.due_soon_at,
    next_response_started_at: Int = c.next_response.started_at,
    next_response_ended_at: Int = c.next_response.ended_at,
    next_response_outcome: Text = c.next_response.outcome,
    next_response_breached_at: Int = c.next_response.breached_at,
    next_response_due_at: Int = c.next_response.due_at,
    next_response_due_soon_at: Int = c.next_response.due_soon_at,
    close_started_at: Int = c.close.started_at,
    close_ended_at: Int = c.close.ended_at,
    close_outcome: Text = c.close.outcome,
    close_breached_at: Int = c.close.breached_at,
    close_due_at: Int = c.close.due_at,
    close_due_soon_at: Int = c.close.due_soon_at,
    ended_by: Text = c.ended_by,
});

/// In the order in which they are read.
const COLUMNS: &str = "s.ticket_id, s.policy_id, s.rule, s.rule_since, s.replied, s.unanswered_since, s.finished, s.last_at, \
     s.next_responses, c.ran, c.first_response_started_at, c.first_response_ended_at, c.first_response_outcome, \
     c.first_response_breached_at, c.first_response_due_at, c.first_response_due_soon_at, c.next_response_started_at, \
     c.next_response_ended_at, c.next_response_outcome, c.next_response_breached_at, c.next_response_due_at, c.next_response_due_soon_at, \
     c.close_started_at, c.close_ended_at, c.close_outcome, c.close_breached_at, c.close_due_at, c.close_due_soon_at, c.ended_by";
const TABLES: &str = "ticket_slas s LEFT JOIN ticket_clocks c ON c.ticket_id = s.ticket_id";

fn read(row: &mut Row<'_>) -> Result<TicketSla> {
    let basis = Basis {
        ticket_id: row.get()?,
        policy_id: row.get()?,
        rule: row.get()?,
        rule_since: row.get()?,
        replied: row.get()?,
        unanswered_since: row.get()?,
        finished: row.get()?,
        last_at: row.get()?,
        next_responses: row.get()?,
    };
    let clocks = ClocksRow {
        ticket_id: basis.ticket_id,
        ran: row.get()?,
        first_response: read_cells(row)?,
        next_response: read_cells(row)?,
        close: read_cells(row)?,
        ended_by: row.get()?,
    };
    Ok(TicketSla { basis, clocks })
}

fn read_cells(row: &mut Row<'_>) -> Result<Cells> {
    Ok(Cells {
        started_at: row.get()?,
        ended_at: row.get()?,
        outcome: row.get()?,
        breached_at: row.get()?,
        due_at: row.get()?,
        due_soon_at: row.get()?,
    })
}

impl Basis {
    /// Of clocks that stand so, by a revision of the policy.
    pub fn new(ticket_id: Id, policy_id: Option<Id>, clocks: &Clocks) -> Basis {
        Basis {
            ticket_id,
            policy_id,
            rule: clocks.rule.and_then(|rule| i64::try_from(rule).ok()),
            rule_since: clocks.rule_since,
            replied: clocks.replied,
            unanswered_since: clocks.unanswered_since,
            finished: clocks.finished,
            last_at: clocks.last_at,
            next_responses: i64::from(clocks.instances),
        }
    }

    /// No SLA for good (M12).
    pub fn exempt(ticket_id: Id, at: Time) -> Basis {
        Basis {
            ticket_id,
            policy_id: None,
            rule: None,
            rule_since: at,
            replied: false,
            unanswered_since: None,
            finished: true,
            last_at: at,
            next_responses: 0,
        }
    }
}

impl ClocksRow {
    /// What is stored of clocks that stand so; `cells` are those of each target.
    pub fn new(ticket_id: Id, clocks: &Clocks, cells: [Cells; 3], ended_by: &EndedBy) -> ClocksRow {
        let [first_response, next_response, close] = cells;
        let ended_by = (!ended_by.is_empty()).then(|| serde_json::json!(ended_by).to_string());
        ClocksRow { ticket_id, ran: ran_text(&clocks.clocks), first_response, next_response, close, ended_by }
    }

    fn cells(&self, kind: Kind) -> &Cells {
        match kind {
            Kind::FirstResponse => &self.first_response,
            Kind::NextResponse => &self.next_response,
            Kind::Close => &self.close,
        }
    }
}

impl TicketSla {
    /// As it is stored: without any clock there is no row of clocks.
    pub fn new(basis: Basis, clocks: Option<ClocksRow>) -> TicketSla {
        let clocks = clocks.unwrap_or_else(|| ClocksRow { ticket_id: basis.ticket_id, ..ClocksRow::default() });
        TicketSla { basis, clocks }
    }

    /// How many clocks there are.
    pub fn count(&self) -> usize {
        Kind::ALL.iter().filter(|kind| self.cells(**kind).started_at.is_some()).count()
    }

    pub fn cells(&self, kind: Kind) -> &Cells {
        self.clocks.cells(kind)
    }

    fn corrupt(&self, source: serde_json::Error) -> Error {
        Error::failed("store_corrupt", format!("the clocks of ticket {} do not parse", self.basis.ticket_id)).caused_by(source)
    }

    /// By which rules ended clocks were judged, where it was another than the ticket's.
    ///
    /// # Errors
    ///
    /// `store_corrupt` where they do not parse.
    pub fn ended_by(&self) -> Result<EndedBy> {
        let read = self.clocks.ended_by.as_deref().map(serde_json::from_str).transpose();
        read.map(Option::unwrap_or_default).map_err(|source| self.corrupt(source))
    }

    /// The clocks, by target.
    ///
    /// # Errors
    ///
    /// `store_corrupt` where their stretches do not parse.
    pub fn clocks(&self) -> Result<[Option<Clock>; 3]> {
        let ran = self.clocks.ran.as_deref().map(read_ran).transpose().map_err(|source| self.corrupt(source))?;
        let mut ran = ran.unwrap_or_default();
        Ok(Kind::ALL.map(|kind| self.clock(kind, ran.remove(&kind))))
    }

    fn clock(&self, kind: Kind, ran: Option<Vec<Ran>>) -> Option<Clock> {
        let cells = self.cells(kind);
        let instance = if kind == Kind::NextResponse { self.basis.next_responses } else { 1 };
        let mut clock = Clock {
            kind,
            instance: u32::try_from(instance).unwrap_or(u32::MAX),
            started_at: cells.started_at?,
            ran: Vec::new(),
            end: cells.ended_at.zip(cells.outcome).map(|(at, outcome)| End { at, outcome }),
            breached_at: cells.breached_at,
        };
        clock.ran = ran.unwrap_or_else(|| without_pause(&clock));
        Some(clock)
    }
}

/// A next response that ended before another one began.
#[derive(Clone, Debug, PartialEq)]
pub struct PastResponse {
    pub ticket_id: Id,
    pub instance: i64,
    /// Of one that has ended: what is due soon is not kept.
    pub cells: Cells,
}

crate::record!(r: PastResponse => "sla_past_responses" [2] {
    ticket_id: Int = r.ticket_id,
    instance: Int = r.instance,
    started_at: Int = r.cells.started_at,
    ended_at: Int = r.cells.ended_at,
    outcome: Text = r.cells.outcome,
    breached_at: Int = r.cells.breached_at,
    due_at: Int = r.cells.due_at,
});

/// One stretch in the store.
#[derive(Serialize, Deserialize)]
struct Stretch(i64, Option<i64>, Option<Stop>);

/// Why a clock stopped that ran from its start to its end.
fn last_stop(kind: Kind, outcome: Outcome) -> Stop {
    match (kind, outcome) {
        (Kind::FirstResponse | Kind::NextResponse, Outcome::OnTime | Outcome::Late | Outcome::NoTarget) => Stop::Response,
        _ => Stop::Close,
    }
}

/// Whether a clock never stood still.
fn ran_through(clock: &Clock) -> bool {
    match clock.ran.as_slice() {
        // What ended as it began did not run.
        [] => clock.end.is_some_and(|end| end.at == clock.started_at),
        [ran] => {
            let stop = clock.end.map(|end| last_stop(clock.kind, end.outcome));
            *ran == Ran { from: clock.started_at, until: clock.end.map(|end| end.at), stop }
        }
        _ => false,
    }
}

/// How a clock ran that never stood still: from its start until its end.
fn without_pause(clock: &Clock) -> Vec<Ran> {
    let stop = clock.end.map(|end| last_stop(clock.kind, end.outcome));
    let until = clock.end.map(|end| end.at);
    if until == Some(clock.started_at) { Vec::new() } else { vec![Ran { from: clock.started_at, until, stop }] }
}

/// The stretches of the clocks that stood still in between; none where none did.
fn ran_text(clocks: &[Option<Clock>; 3]) -> Option<String> {
    let stretch = |ran: &Ran| Stretch(ran.from.0, ran.until.map(|at| at.0), ran.stop);
    let stretches = |clock: &Clock| clock.ran.iter().map(stretch).collect();
    let paused = clocks.iter().flatten().filter(|clock| !ran_through(clock));
    let ran: BTreeMap<Kind, Vec<Stretch>> = paused.map(|clock| (clock.kind, stretches(clock))).collect();
    (!ran.is_empty()).then(|| serde_json::json!(ran).to_string())
}

fn read_ran(text: &str) -> serde_json::Result<BTreeMap<Kind, Vec<Ran>>> {
    let ran: BTreeMap<Kind, Vec<Stretch>> = serde_json::from_str(text)?;
    let stretch = |Stretch(from, until, stop)| Ran { from: Time(from), until: until.map(Time), stop };
    Ok(ran.into_iter().map(|(kind, stretches)| (kind, stretches.into_iter().map(stretch).collect())).collect())
}

/// A ticket's clocks; none where nothing was ever asked of it.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: Id) -> Result<Option<TicketSla>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.ticket_id = $1");
    tx.optional(&sql, args![ticket], read)
}

/// The same for many tickets.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashMap<Id, TicketSla>> {
    let dialect = tx.dialect();
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.ticket_id {}", dialect.any_of(1));
    let found = tx.query(&sql, args![dialect.id_list(tickets)], read)?;
    Ok(found.into_iter().map(|sla| (sla.basis.ticket_id, sla)).collect())
}

/// Forgets a ticket's next responses before the last one: they are written anew.
pub fn delete_past(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    tx.execute("DELETE FROM sla_past_responses WHERE ticket_id = $1", args![ticket]).map(drop)
}

/// Removes a ticket's clocks.
pub fn delete(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    tx.execute("DELETE FROM ticket_clocks WHERE ticket_id = $1", args![ticket])?;
    delete_past(tx, ticket)?;
    tx.execute("DELETE FROM ticket_slas WHERE ticket_id = $1", args![ticket]).map(drop)
}

const PAST: &str = "SELECT l.ticket_id, min(c.first_reply_at), min(c.no_reply_since), min(c.first_answer_at), min(c.no_answer_since) \
     FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id";

fn read_past(row: &mut Row<'_>) -> Result<(Id, Answers)> {
    let ticket = row.get()?;
    let (first_reply_at, no_reply_since) = (row.get()?, row.get()?);
    let (first_answer_at, no_answer_since) = (row.get()?, row.get()?);
    Ok((ticket, Answers { first_reply_at, no_reply_since, first_answer_at, no_answer_since }))
}

/// What the conversations of tickets say about their past; tickets without any are left out.
pub fn past_of_tickets(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashMap<Id, Answers>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let dialect = tx.dialect();
    let sql = format!("{PAST} WHERE l.ticket_id {} GROUP BY l.ticket_id", dialect.any_of(1));
    tx.query(&sql, args![dialect.id_list(tickets)], read_past).map(HashMap::from_iter)
}
