//! Deals, and the tickets they belong to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::error::Result;

/// A deal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deal {
    pub id: Id,
    pub name: String,
    /// In hundredths of the account's currency.
    pub amount: Option<i64>,
    pub company_id: Option<Id>,
    pub created_at: Time,
}

crate::record!(d: Deal => "deals" {
    id: Int = d.id,
    name: Text = d.name,
    amount: Int = d.amount,
    company_id: Int = d.company_id,
    created_at: Int = d.created_at,
});

/// A deal of a ticket.
pub struct TicketDeal {
    pub ticket_id: Id,
    pub deal_id: Id,
}

crate::record!(d: TicketDeal => "ticket_deals" [2] { ticket_id: Int = d.ticket_id, deal_id: Int = d.deal_id });

const SELECT: &str = "SELECT d.id, d.name, d.amount, d.company_id, d.created_at FROM deals d";

fn read(row: &mut Row<'_>) -> Result<Deal> {
    Ok(Deal { id: row.get()?, name: row.get()?, amount: row.get()?, company_id: row.get()?, created_at: row.get()? })
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Deal>> {
    tx.optional(&format!("{SELECT} WHERE d.id = $1"), args![id], read)
}

/// The deals of this very name, the oldest first.
pub fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Deal>> {
    tx.query(&format!("{SELECT} WHERE d.name = $1 ORDER BY d.id"), args![name], read)
}

/// The names of the newest deals, for suggestions.
pub fn names(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.query("SELECT name FROM deals ORDER BY id DESC LIMIT 1000", &[], |row| row.get())
}

/// A page of deals, by id.
pub fn page(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Deal>> {
    tx.query(&format!("{SELECT} WHERE d.id > $1 ORDER BY d.id LIMIT $2"), args![after, limit], read)
}

/// The deals of a ticket, by id.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<Deal>> {
    let sql = format!("{SELECT} JOIN ticket_deals l ON l.deal_id = d.id WHERE l.ticket_id = $1 ORDER BY d.id");
    tx.query(&sql, args![ticket], read)
}

pub fn unlink(tx: &mut Tx<'_>, ticket: Id, deal: Id) -> Result<()> {
    tx.execute("DELETE FROM ticket_deals WHERE ticket_id = $1 AND deal_id = $2", args![ticket, deal]).map(drop)
}

/// What refers to a deal. Deleted tickets do not count.
pub fn usage(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(&'static str, i64)>> {
    let tickets = "SELECT count(*) FROM ticket_deals l JOIN tickets t ON t.id = l.ticket_id WHERE l.deal_id = $1";
    super::usage(tx, id, &[("tickets", tickets)])
}

/// Removes a deal that no ticket has.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM ticket_deals WHERE deal_id = $1", args![id])?;
    tx.execute("DELETE FROM deals WHERE id = $1", args![id]).map(drop)
}
