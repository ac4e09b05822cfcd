//! What a step of the schema has to fill in that SQL alone cannot work out.

use crate::args;
use crate::domain::Id;
use crate::domain::contact::Names;
use crate::domain::decimal::Decimal;
use crate::domain::fold;
use crate::domain::property::{PropertyKind, PropertyObject, PropertyValue};
use crate::error::Result;
use crate::store::properties::{self, ValueRow};
use crate::store::{Row, Tx, contacts};

/// Rows at a time.
const BATCH: i64 = 10_000;

/// A contact's keys. Its other columns are those of a later schema than the step's.
struct ContactKeys {
    id: Id,
    name: Option<i64>,
    email: Option<i64>,
}

crate::record!(c: ContactKeys => "contacts" { id: Int = c.id; name_key = c.name, email_key = c.email });

const CONTACTS: &str = "SELECT id, first_name, last_name, email, phone, mobile_phone FROM contacts WHERE id > $1 ORDER BY id LIMIT $2";

fn contact_keys(row: &mut Row<'_>) -> Result<ContactKeys> {
    let id = row.get()?;
    let names = Names { first: row.get()?, last: row.get()?, email: row.get()?, phone: row.get()?, mobile: row.get()? };
    Ok(ContactKeys { id, name: names.display().as_deref().map(fold::key), email: names.email.map(fold::key) })
}

/// The keys of folded texts (step `folding`), and numbers as decimals.
pub fn folding(tx: &mut Tx<'_>) -> Result<()> {
    let mut after = 0;
    loop {
        let rows: Vec<ContactKeys> = tx.query(CONTACTS, args![after, BATCH], contact_keys)?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        tx.update(&rows)?;
    }
    after = 0;
    loop {
        let rows = contacts::companies(tx, after, BATCH)?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        tx.update(&rows)?;
    }
    for property in properties::all(tx, PropertyObject::Ticket)? {
        if matches!(property.kind, PropertyKind::Text | PropertyKind::Enumeration | PropertyKind::Number) {
            values(tx, property.id)?;
        }
    }
    Ok(())
}

fn values(tx: &mut Tx<'_>, property: Id) -> Result<()> {
    let mut after = 0;
    let sql = "SELECT ticket_id, text_value, number_value FROM ticket_values WHERE property_id = $1 AND ticket_id > $2 ORDER BY ticket_id LIMIT $3";
    loop {
        let rows: Vec<ValueRow> = tx.query(sql, args![property, after, BATCH], |row| {
            let (ticket, text, number): (Id, Option<String>, Option<i64>) = (row.get()?, row.get()?, row.get()?);
            let text = text.unwrap_or_else(|| Decimal::from(number.unwrap_or_default()).stored());
            Ok(ValueRow::new(ticket, property, PropertyValue::Text(text)))
        })?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.ticket_id;
        tx.put(&rows)?;
    }
}
