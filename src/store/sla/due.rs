//! What is due, found by the index of due times.

use super::super::clauses::Clauses;
use super::super::few::{self, Few};
use super::super::lists::Owner;
use super::super::visibility;
use super::{Row, Tx};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::{ToArg, tickets};

/// Which open clocks are asked for.
#[derive(Clone, Debug)]
pub struct DueFilter {
    /// Only what is due until then.
    pub until: Time,
    /// Of what is not overdue at this time, only what is due soon then; all of it where none is given.
    pub due_soon_at: Option<Time>,
    pub kind: Option<Kind>,
    pub owner: Option<Owner>,
    pub team: Option<Id>,
    /// Only what comes after this one: due time, ticket, kind.
    pub after: Option<(Time, Id, String)>,
}

/// An open clock that is due at a known time.
#[derive(Clone, Debug)]
pub struct Due {
    pub ticket: Ticket,
    pub kind: Kind,
    pub due_at: Time,
    pub due_soon_at: Option<Time>,
}

/// A page of open clocks of the help desk's tickets, the earliest due time first.
pub fn due(tx: &mut Tx<'_>, visibility: &Visibility, filter: &DueFilter, limit: i64) -> Result<Vec<Due>> {
    // Of few tickets all clocks are looked at; else each target has an index of its own.
    let few = few::visible(tx, visibility)?;
    let mut found = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| filter.kind.is_none_or(|only| only == *kind)) {
        found.extend(due_of(tx, (visibility, few.as_ref()), filter, kind, limit)?);
    }
    found.sort_by_key(Due::place);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

impl Due {
    /// Where it stands in the order of pages.
    fn place(&self) -> (Time, Id, &'static str) {
        (self.due_at, self.ticket.id, self.kind.as_str())
    }
}

fn due_of(tx: &mut Tx<'_>, (visibility, few): (&Visibility, Option<&Few>), filter: &DueFilter, kind: Kind, limit: i64) -> Result<Vec<Due>> {
    let dialect = tx.dialect();
    let visible = visibility::condition(visibility, "t.owner_id", "t.team_id", 0);
    let ids = few.map(|few| dialect.id_list(&few.ids));
    let mut clauses = Clauses::new(&visible);
    clauses.ids("c.ticket_id", dialect, &ids);
    clauses.plain(&format!("c.{kind}_ended_at IS NULL AND c.{kind}_due_at IS NOT NULL AND t.in_help_desk = 1"));
    clauses.bind(&format!("c.{kind}_due_at <= ?"), &[filter.until.to_arg()]);
    if let Some(now) = &filter.due_soon_at {
        clauses.bind(&format!("(c.{kind}_due_at < ? OR c.{kind}_due_soon_at <= ?)"), &[now.to_arg(), now.to_arg()]);
    }
    clauses.owner("t.owner_id", &filter.owner);
    clauses.bind_if("t.team_id = ?", &filter.team);
    if let Some((at, ticket, after)) = &filter.after {
        // Of the same ticket at the same time, this target comes after that one or not.
        let compared = if kind.as_str() > after.as_str() { ">=" } else { ">" };
        clauses.bind(&format!("(c.{kind}_due_at, c.ticket_id) {compared} (?, ?)"), &[at.to_arg(), ticket.to_arg()]);
    }
    let limit = clauses.limit(&limit);
    let sql = format!(
        "SELECT {}, c.{kind}_due_at, c.{kind}_due_soon_at FROM ticket_clocks c {} JOIN tickets t ON t.id = c.ticket_id \
         WHERE {} ORDER BY c.{kind}_due_at, c.ticket_id {limit}",
        tickets::COLUMNS,
        if few.is_some() { few::by_ids(dialect) } else { "" },
        clauses.sql()
    );
    tx.query(&sql, &clauses.args, |row: &mut Row<'_>| {
        Ok(Due { ticket: tickets::read(row)?, kind, due_at: row.get()?, due_soon_at: row.get()? })
    })
}
