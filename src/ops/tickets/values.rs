//! Custom properties of tickets: read for people, and set by them.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::property::{CustomProperty, PropertyObject, PropertyValue};
use crate::domain::ticket::Ticket;
use crate::error::{Error, Result};
use crate::ops::{Desk, properties as custom};
use crate::store::properties::{self, Values};

/// Values as they are answered, by the properties' names: each property is there, null where the ticket has no value.
pub(super) type Custom = BTreeMap<String, Value>;

/// The values of some tickets.
pub(super) struct Shown {
    properties: Vec<CustomProperty>,
    values: HashMap<Id, Values>,
}

impl Shown {
    pub fn read(desk: &mut Desk<'_>, tickets: &[Id]) -> Result<Shown> {
        let properties = properties::all(&mut desk.tx, PropertyObject::Ticket)?;
        let values = if properties.is_empty() { HashMap::new() } else { properties::values_of(&mut desk.tx, tickets)? };
        Ok(Shown { properties, values })
    }

    pub fn of(&self, ticket: Id) -> Custom {
        let values = self.values.get(&ticket);
        let value = |property: &CustomProperty| values.and_then(|values| values.get(&property.id)).map(|value| property.json(value));
        self.properties.iter().map(|property| (property.name.clone(), value(property).unwrap_or_default())).collect()
    }
}

/// A value to give, or to take away.
pub(super) struct Setting {
    property: CustomProperty,
    value: Option<PropertyValue>,
}

/// Reads what was typed: names or labels of properties, and values by their kinds; an empty one takes the value away.
pub(super) fn settings(desk: &mut Desk<'_>, typed: &BTreeMap<String, String>) -> Result<Vec<Setting>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let zone = desk.zone()?;
    let known = properties::all(&mut desk.tx, PropertyObject::Ticket)?;
    let setting = |(name, text): (&String, &String)| {
        let property = custom::find(&known, name)?.clone();
        let value =
            if text.trim().is_empty() { None } else { Some(property.parse(text, &zone).map_err(|why| Error::usage("bad_value", why))?) };
        Ok(Setting { property, value })
    };
    typed.iter().map(setting).collect()
}

/// Sets values of a ticket and notes what changed. Tells whether anything did.
pub(super) fn set(desk: &mut Desk<'_>, ticket: &Ticket, settings: &[Setting]) -> Result<bool> {
    if settings.is_empty() {
        return Ok(false);
    }
    let values = properties::values_of(&mut desk.tx, &[ticket.id])?.remove(&ticket.id).unwrap_or_default();
    let mut changed = false;
    for Setting { property, value } in settings {
        let old = values.get(&property.id);
        if old == value.as_ref() {
            continue;
        }
        changed = true;
        desk.writer(Cause::Command).set_value(ticket, property, old, value.clone())?;
    }
    Ok(changed)
}

/// Gives a ticket the values that another has and it lacks.
pub(super) fn fill(desk: &mut Desk<'_>, ticket: &Ticket, other: Id) -> Result<()> {
    let known = properties::all(&mut desk.tx, PropertyObject::Ticket)?;
    let mut values = properties::values_of(&mut desk.tx, &[ticket.id, other])?;
    let (own, mut others) = (values.remove(&ticket.id).unwrap_or_default(), values.remove(&other).unwrap_or_default());
    let lacks = |property: &CustomProperty| !own.contains_key(&property.id);
    let setting = |property: CustomProperty| others.remove(&property.id).map(|value| Setting { property, value: Some(value) });
    let settings: Vec<Setting> = known.into_iter().filter(lacks).filter_map(setting).collect();
    set(desk, ticket, &settings).map(drop)
}
