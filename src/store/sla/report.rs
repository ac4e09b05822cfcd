//! How clocks ended, one by one, for reports: streamed, in the order of tickets.

use super::super::clauses::Clauses;
use super::super::visibility;
use super::{Row, Tx};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::sla::clock::Outcome;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Priority;
use crate::domain::time::Time;
use crate::error::Result;
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

/// Which clocks a report looks at.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    pub kind: Option<Kind>,
    pub team: Option<Id>,
    pub with_channel: bool,
    /// Only what may be a breach.
    pub breaches_before: Option<Time>,
    pub after: Option<Place>,
}

const COLUMNS: &str = "k.ticket_id, k.kind, k.instance, k.started_at, k.ended_at, k.outcome, k.breached_at, k.due_at, s.policy_id, s.rule, t.owner_id, t.team_id, t.priority";
const CHANNEL: &str = "(SELECT c.channel_id FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
     WHERE l.ticket_id = t.id ORDER BY c.id LIMIT 1)";
fn read(row: &mut Row<'_>) -> Result<Judged> {
    Ok(Judged {
        ticket: row.get()?,
        kind: row.get()?,
        instance: row.get()?,
        started_at: row.get()?,
        ended_at: row.get()?,
        outcome: row.get()?,
        breached_at: row.get()?,
        due_at: row.get()?,
        policy_id: row.get()?,
        rule: row.get()?,
        owner_id: row.get()?,
        team_id: row.get()?,
        priority: row.get()?,
        channel_id: row.get()?,
    })
}

/// Tells each clock that the viewer may see; at most `limit` of them where there is one.
pub fn each(
    tx: &mut Tx<'_>,
    visibility: &Visibility,
    filter: &ReportFilter,
    limit: Option<i64>,
    mut tell: impl FnMut(Judged) -> Result<()>,
) -> Result<()> {
    let visible = visibility::condition(visibility, "t.owner_id", "t.team_id", 0);
    let mut clauses = Clauses::new(&visible);
    clauses.plain("t.in_help_desk = 1 AND t.spam = 0");
    clauses.bind_if("k.kind = ?", &filter.kind);
    clauses.bind_if("t.team_id = ?", &filter.team);
    if let Some(now) = &filter.breaches_before {
        clauses.bind("(k.outcome = 'late' OR k.breached_at IS NOT NULL OR (k.ended_at IS NULL AND k.due_at < ?))", &[now.to_arg()]);
    }
    if let Some((ticket, kind, instance)) = &filter.after {
        clauses.bind("(k.ticket_id, k.kind, k.instance) > (?, ?, ?)", &[ticket.to_arg(), kind.to_arg(), instance.to_arg()]);
    }
    let channel = if filter.with_channel { CHANNEL } else { "NULL" };
    // All of them need no order, and are read as they lie.
    let order = if limit.is_some() { "ORDER BY k.ticket_id, k.kind, k.instance" } else { "" };
    let limit = limit.as_ref().map_or_else(String::new, |limit| clauses.limit(limit));
    let sql = format!(
        "SELECT {COLUMNS}, CAST({channel} AS BIGINT) FROM sla_clocks k JOIN tickets t ON t.id = k.ticket_id \
         LEFT JOIN ticket_slas s ON s.ticket_id = k.ticket_id WHERE {} {order} {limit}",
        clauses.sql()
    );
    tx.each(&sql, &clauses.args, |row| tell(read(row)?))
}
