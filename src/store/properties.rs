//! Custom properties, and the values that tickets have of them (H9).

use std::collections::HashMap;

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::fold;
use crate::domain::property::{CustomProperty, PropertyKind, PropertyObject, PropertyValue};
use crate::domain::ticket::Ticket;
use crate::error::Result;

crate::stored_as_text!(PropertyKind, PropertyObject);

/// As it is written: the options as JSON.
struct Stored<'p> {
    property: &'p CustomProperty,
    options: Option<String>,
}

crate::record!(p: Stored<'_> => "properties" {
    id: Int = p.property.id,
    object: Text = p.property.object,
    name: Text = p.property.name,
    label: Text = p.property.label,
    kind: Text = p.property.kind,
    options: Text = p.options,
    created_at: Int = p.property.created_at,
});

fn stored(property: &CustomProperty) -> Stored<'_> {
    let options = (property.kind == PropertyKind::Enumeration).then(|| serde_json::json!(property.options).to_string());
    Stored { property, options }
}

fn read(row: &mut Row<'_>) -> Result<CustomProperty> {
    let mut property = CustomProperty {
        id: row.get()?,
        object: row.get()?,
        name: row.get()?,
        label: row.get()?,
        kind: row.get()?,
        created_at: row.get()?,
        options: Vec::new(),
    };
    if property.kind == PropertyKind::Enumeration {
        property.options = row.json()?;
    }
    Ok(property)
}

pub fn insert(tx: &mut Tx<'_>, property: &CustomProperty) -> Result<()> {
    tx.insert(&[stored(property)])
}

pub fn update(tx: &mut Tx<'_>, property: &CustomProperty) -> Result<()> {
    tx.update(&[stored(property)])
}

/// The custom properties of a kind of object, by name.
pub fn all(tx: &mut Tx<'_>, object: PropertyObject) -> Result<Vec<CustomProperty>> {
    let sql = "SELECT id, object, name, label, kind, created_at, options FROM properties WHERE object = $1 ORDER BY name, id";
    tx.query(sql, args![object], read)
}

/// A property with every value of it.
pub fn delete(tx: &mut Tx<'_>, property: Id) -> Result<()> {
    tx.execute("DELETE FROM ticket_values WHERE property_id = $1", args![property])?;
    tx.execute("DELETE FROM properties WHERE id = $1", args![property]).map(drop)
}

/// How many tickets have a value of it; with `option`, that one.
pub fn tickets_with(tx: &mut Tx<'_>, property: Id, option: Option<&str>) -> Result<i64> {
    match option {
        None => tx.one("SELECT count(*) FROM ticket_values WHERE property_id = $1", args![property], |row| row.get()),
        Some(option) => {
            let sql = "SELECT count(*) FROM ticket_values WHERE property_id = $1 AND text_value = $2";
            tx.one(sql, args![property, option], |row| row.get())
        }
    }
}

/// A ticket's value of a property.
pub struct ValueRow {
    pub ticket_id: Id,
    pub property_id: Id,
    text: Option<String>,
    number: Option<i64>,
}

crate::record!(v: ValueRow => "ticket_values" [2] {
    ticket_id: Int = v.ticket_id,
    property_id: Int = v.property_id,
    text_value: Text = v.text,
    number_value: Int = v.number;
    text_key = v.text.as_deref().map(fold::key),
});

impl ValueRow {
    pub fn new(ticket_id: Id, property_id: Id, value: PropertyValue) -> ValueRow {
        let (text, number) = match value {
            PropertyValue::Text(text) => (Some(text), None),
            PropertyValue::Number(number) => (None, Some(number)),
        };
        ValueRow { ticket_id, property_id, text, number }
    }
}

/// The values of each ticket, by property.
pub type Values = HashMap<Id, PropertyValue>;

/// The values that tickets have; those without any are left out.
pub fn values_of(tx: &mut Tx<'_>, tickets: &[Id]) -> Result<HashMap<Id, Values>> {
    let dialect = tx.dialect();
    let sql = format!("SELECT ticket_id, property_id, text_value, number_value FROM ticket_values WHERE ticket_id {}", dialect.any_of(1));
    let mut values: HashMap<Id, Values> = HashMap::new();
    tx.each(&sql, args![dialect.id_list(tickets)], |row| {
        let (ticket, property, text): (Id, Id, Option<String>) = (row.get()?, row.get()?, row.get()?);
        let value = match text {
            Some(text) => PropertyValue::Text(text),
            None => PropertyValue::Number(row.get()?),
        };
        values.entry(ticket).or_default().insert(property, value);
        Ok(())
    })?;
    Ok(values)
}

/// Gives a ticket a value, or takes it away.
pub fn set_value(tx: &mut Tx<'_>, ticket: &Ticket, property: Id, value: Option<PropertyValue>) -> Result<()> {
    match value {
        Some(value) => tx.put(&[ValueRow::new(ticket.id, property, value)]),
        None => tx.execute("DELETE FROM ticket_values WHERE ticket_id = $1 AND property_id = $2", args![ticket.id, property]).map(drop),
    }
}
