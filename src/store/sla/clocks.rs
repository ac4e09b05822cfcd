//! The clocks of tickets: what decides about them, and how each stands (S5).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::clock::{Clock, End, Outcome, Ran, Stop};
use crate::domain::sla::policy::Kind;
use crate::domain::time::Time;
use crate::error::{Error, Result};

crate::stored_as_text!(Kind, Outcome);

/// What decides about a ticket's clocks, beyond the ticket itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketSla {
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
}

impl TicketSla {
    /// No SLA for good (M12).
    pub fn exempt(ticket_id: Id, at: Time) -> TicketSla {
        TicketSla {
            ticket_id,
            policy_id: None,
            rule: None,
            rule_since: at,
            replied: false,
            unanswered_since: None,
            finished: true,
            last_at: at,
        }
    }
}

crate::record!(s: TicketSla => "ticket_slas" {
    ticket_id: Int = s.ticket_id,
    policy_id: Int = s.policy_id,
    rule: Int = s.rule,
    rule_since: Int = s.rule_since,
    replied: Int = s.replied,
    unanswered_since: Int = s.unanswered_since,
    finished: Int = s.finished,
    last_at: Int = s.last_at,
});

const SLA_COLUMNS: &str = "s.ticket_id, s.policy_id, s.rule, s.rule_since, s.replied, s.unanswered_since, s.finished, s.last_at";

fn read_sla(row: &mut Row<'_>) -> Result<TicketSla> {
    Ok(TicketSla {
        ticket_id: row.get()?,
        policy_id: row.get()?,
        rule: row.get()?,
        rule_since: row.get()?,
        replied: row.get()?,
        unanswered_since: row.get()?,
        finished: row.get()?,
        last_at: row.get()?,
    })
}

/// A clock as it lies in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockRow {
    pub ticket_id: Id,
    pub kind: Kind,
    pub instance: i64,
    pub started_at: Time,
    /// JSON; none where it ran from its start without a pause.
    ran: Option<String>,
    pub ended_at: Option<Time>,
    pub outcome: Option<Outcome>,
    pub breached_at: Option<Time>,
    pub due_at: Option<Time>,
    pub due_soon_at: Option<Time>,
}

crate::record!(c: ClockRow => "sla_clocks" [3] {
    ticket_id: Int = c.ticket_id,
    kind: Text = c.kind,
    instance: Int = c.instance,
    started_at: Int = c.started_at,
    ran: Text = c.ran,
    ended_at: Int = c.ended_at,
    outcome: Text = c.outcome,
    breached_at: Int = c.breached_at,
    due_at: Int = c.due_at,
    due_soon_at: Int = c.due_soon_at,
});

const COLUMNS: &str = "k.ticket_id, k.kind, k.instance, k.started_at, k.ran, k.ended_at, k.outcome, k.breached_at, k.due_at, k.due_soon_at";

fn read(row: &mut Row<'_>) -> Result<ClockRow> {
    Ok(ClockRow {
        ticket_id: row.get()?,
        kind: row.get()?,
        instance: row.get()?,
        started_at: row.get()?,
        ran: row.get()?,
        ended_at: row.get()?,
        outcome: row.get()?,
        breached_at: row.get()?,
        due_at: row.get()?,
        due_soon_at: row.get()?,
    })
}

/// One stretch in the store.
#[derive(Serialize, Deserialize)]
struct Stretch(i64, Option<i64>, Option<Stop>);

impl ClockRow {
    pub fn new(ticket_id: Id, clock: &Clock, due_at: Option<Time>, due_soon_at: Option<Time>) -> ClockRow {
        ClockRow {
            ticket_id,
            kind: clock.kind,
            instance: i64::from(clock.instance),
            started_at: clock.started_at,
            ran: if ran_through(clock) { None } else { Some(ran_text(&clock.ran)) },
            ended_at: clock.end.map(|end| end.at),
            outcome: clock.end.map(|end| end.outcome),
            breached_at: clock.breached_at,
            due_at,
            due_soon_at,
        }
    }

    /// # Errors
    ///
    /// `store_corrupt` where its stretches do not parse.
    pub fn clock(&self) -> Result<Clock> {
        let end = self.ended_at.zip(self.outcome).map(|(at, outcome)| End { at, outcome });
        let mut clock = Clock {
            kind: self.kind,
            instance: u32::try_from(self.instance).unwrap_or(u32::MAX),
            started_at: self.started_at,
            ran: Vec::new(),
            end,
            breached_at: self.breached_at,
        };
        clock.ran = match &self.ran {
            None => without_pause(&clock),
            Some(text) => read_ran(text).map_err(|source| {
                Error::failed("store_corrupt", format!("the {} clock of ticket {} does not parse", self.kind, self.ticket_id))
                    .caused_by(source)
            })?,
        };
        Ok(clock)
    }
}

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

fn ran_text(ran: &[Ran]) -> String {
    let stretches: Vec<Stretch> = ran.iter().map(|ran| Stretch(ran.from.0, ran.until.map(|at| at.0), ran.stop)).collect();
    serde_json::json!(stretches).to_string()
}

fn read_ran(text: &str) -> serde_json::Result<Vec<Ran>> {
    let stretches: Vec<Stretch> = serde_json::from_str(text)?;
    Ok(stretches.into_iter().map(|Stretch(from, until, stop)| Ran { from: Time(from), until: until.map(Time), stop }).collect())
}

/// What decides about a ticket's clocks; none where nothing was ever asked of it.
pub fn sla_of(tx: &mut Tx<'_>, ticket: Id) -> Result<Option<TicketSla>> {
    let sql = format!("SELECT {SLA_COLUMNS} FROM ticket_slas s WHERE s.ticket_id = $1");
    tx.optional(&sql, args![ticket], read_sla)
}

/// The same for many tickets.
pub fn slas_of(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashMap<Id, TicketSla>> {
    let dialect = tx.dialect();
    let sql = format!("SELECT {SLA_COLUMNS} FROM ticket_slas s WHERE s.ticket_id {}", dialect.any_of(1));
    let found = tx.query(&sql, args![dialect.id_list(tickets)], read_sla)?;
    Ok(found.into_iter().map(|sla| (sla.ticket_id, sla)).collect())
}

/// A ticket's clocks, later instances after earlier ones.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<ClockRow>> {
    let sql = format!("SELECT {COLUMNS} FROM sla_clocks k WHERE k.ticket_id = $1 ORDER BY k.kind, k.instance");
    tx.query(&sql, args![ticket], read)
}

/// The clocks of many tickets, in their order; those of one ticket as above.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<Vec<ClockRow>> {
    let dialect = tx.dialect();
    let sql =
        format!("SELECT {COLUMNS} FROM sla_clocks k WHERE k.ticket_id {} ORDER BY k.ticket_id, k.kind, k.instance", dialect.any_of(1));
    tx.query(&sql, args![dialect.id_list(tickets)], read)
}

/// Removes a ticket's clocks.
pub fn delete(tx: &mut Tx<'_>, ticket: Id) -> Result<()> {
    tx.execute("DELETE FROM sla_clocks WHERE ticket_id = $1", args![ticket])?;
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
