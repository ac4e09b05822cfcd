//! Properties of tickets that only keep what they are given, custom ones and every ticket's: read for people, and set by them.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::property::{CustomProperty, PropertyObject, PropertyValue};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::properties::{Plain, TicketProperty, plain, words};
use crate::error::{Error, Result};
use crate::ops::{Desk, properties as custom};
use crate::store;
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

    pub fn of(&self, ticket: &Ticket) -> Custom {
        let values = self.values.get(&ticket.id);
        let value = |property: &CustomProperty| values.and_then(|values| values.get(&property.id)).map(|value| property.json(value));
        let custom = self.properties.iter().map(|property| (property.name.clone(), value(property).unwrap_or_default()));
        // A property that every ticket has goes before a custom one of its name.
        custom.chain(plain().map(|(property, _)| (property.name.to_owned(), words((property.get)(ticket)).into()))).collect()
    }
}

/// A value to give, or to take away.
pub(super) enum Setting {
    /// Of a property that every ticket has, and that only keeps what it is given.
    Plain(&'static TicketProperty, &'static Plain, Option<String>),
    Custom(CustomProperty, Option<PropertyValue>),
}

/// Reads what was typed: names or labels of properties, and values by their kinds; an empty one takes the value away.
pub(super) fn settings(desk: &mut Desk<'_>, typed: &BTreeMap<String, String>) -> Result<Vec<Setting>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let zone = desk.zone()?;
    let known = properties::all(&mut desk.tx, PropertyObject::Ticket)?;
    let setting = |(name, text): (&String, &String)| {
        if let Some((property, plain)) = plain().find(|(property, _)| property.name.eq_ignore_ascii_case(name.trim())) {
            let value = (!text.trim().is_empty()).then(|| text.clone());
            // Its form, before any ticket is read.
            set_plain(&mut Ticket::default(), property, plain, value.as_deref())?;
            return Ok(Setting::Plain(property, plain, value));
        }
        let property = custom::find(&known, name)?.clone();
        let value =
            if text.trim().is_empty() { None } else { Some(property.parse(text, &zone).map_err(|why| Error::usage("bad_value", why))?) };
        Ok(Setting::Custom(property, value))
    };
    typed.iter().map(setting).collect()
}

fn set_plain(ticket: &mut Ticket, property: &TicketProperty, plain: &Plain, value: Option<&str>) -> Result<()> {
    (property.set)(ticket, value)
        .map_err(|why| Error::usage("bad_value", format!("{}: {why}", property.name)).hint(format!("its value is {}", plain.example)))
}

/// Sets those of every ticket's own properties; the caller writes the ticket. Refused where another ticket has a value that each may
/// have once (I5).
pub(super) fn set_own(desk: &mut Desk<'_>, ticket: &mut Ticket, settings: &[Setting]) -> Result<()> {
    for setting in settings {
        let Setting::Plain(property, plain, value) = setting else { continue };
        set_plain(ticket, property, plain, value.as_deref())?;
        let Some(now) = words((property.get)(ticket)).filter(|_| plain.unique) else { continue };
        if let Some(other) = store::tickets::with_unique(&mut desk.tx, property.column, &now)?.filter(|other| *other != ticket.id) {
            let message = format!("ticket {other} has the {} \"{now}\" already", property.name);
            return Err(Error::refused("already_exists", "I5", message).detail("id", other).hint(format!(
                "each {} belongs to one ticket, also after that was deleted or merged: deskctl tickets show {other}",
                property.name
            )));
        }
    }
    Ok(())
}

/// Sets values of a ticket's custom properties and notes what changed. Tells whether anything did.
pub(super) fn set(desk: &mut Desk<'_>, ticket: &Ticket, settings: &[Setting]) -> Result<bool> {
    if settings.is_empty() {
        return Ok(false);
    }
    let values = properties::values_of(&mut desk.tx, &[ticket.id])?.remove(&ticket.id).unwrap_or_default();
    let mut changed = false;
    for setting in settings {
        let Setting::Custom(property, value) = setting else { continue };
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
    let setting = |property: CustomProperty| others.remove(&property.id).map(|value| Setting::Custom(property, Some(value)));
    let settings: Vec<Setting> = known.into_iter().filter(lacks).filter_map(setting).collect();
    set(desk, ticket, &settings).map(drop)
}
