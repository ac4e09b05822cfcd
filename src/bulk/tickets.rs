//! Batches of deals and tickets, and the custom properties that tickets have.

use std::collections::HashMap;

use serde_json::Value;

use super::items::{new_ids, references};
use super::place::{Place, Seen};
use super::references::{Known, Looked};
use crate::domain::document::{Deal, Property, Ticket};
use crate::domain::property::{CustomProperty, PropertyKind, PropertyObject, check_name};
use crate::domain::ticket::properties::{Plain, TicketProperty, plain, words};
use crate::domain::time::Time;
use crate::domain::{Id, deal, ticket};
use crate::error::Result;
use crate::store::deals::{self, TicketDeal};
use crate::store::load::{ACTIVITY_NOT_GIVEN, RefKind};
use crate::store::mentions::Follower;
use crate::store::properties::{self, ValueRow};
use crate::store::{Tx, tickets};

/// Writes the custom properties, which the document knows by their names.
pub fn write_properties(tx: &mut Tx<'_>, given: &Known, docs: &[Property], now: Time) -> Result<HashMap<String, CustomProperty>> {
    let mut known = HashMap::new();
    let (mut names, mut labels) = (Seen::default(), Seen::default());
    for ((index, doc), id) in docs.iter().enumerate().zip(new_ids(tx, "properties", docs.len())?) {
        let place = Place::new("properties", index, &doc.name);
        let name = check_name(&doc.name).map_err(|why| place.error("name", why))?;
        names.take(&place, "name", &name)?;
        let label = doc.label.clone().unwrap_or_else(|| name.clone());
        place.name("label", &label)?;
        labels.take(&place, "label", &label.to_lowercase())?;
        let mut options = Seen::default();
        for option in &doc.options {
            place.name("options", option)?;
            options.take(&place, "options", &option.to_lowercase())?;
        }
        place.time("created_at", doc.created_at, given.clock)?;
        if doc.options.is_empty() == (doc.kind == PropertyKind::Enumeration) {
            return Err(place.error("options", "an enumeration has options, and nothing else has"));
        }
        let property = CustomProperty {
            id,
            object: PropertyObject::Ticket,
            name: name.clone(),
            label,
            kind: doc.kind,
            options: doc.options.clone(),
            created_at: doc.created_at.unwrap_or(now),
        };
        properties::insert(tx, &property)?;
        known.insert(name, property);
    }
    Ok(known)
}

pub fn write_deals(tx: &mut Tx<'_>, known: &Known, first: usize, docs: &[Deal]) -> Result<()> {
    let companies = Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?;
    let ids = new_ids(tx, "deals", docs.len())?;
    let mut rows = Vec::with_capacity(docs.len());
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("deals", index, &doc.id);
        place.name("id", &doc.id)?;
        place.name("name", &doc.name)?;
        place.time("created_at", Some(doc.created_at), known.clock)?;
        rows.push(deals::Deal {
            id: *id,
            name: doc.name.clone(),
            amount: deal::amount(doc.amount.as_deref().unwrap_or_default()).map_err(|why| place.error("amount", why))?,
            company_id: companies.optional(&place, "company", doc.company.as_ref())?,
            created_at: doc.created_at,
        });
    }
    tx.insert(&rows)?;
    tx.insert(&references(RefKind::Deal, &ids, docs.iter().map(|doc| &doc.id)))
}

/// What hangs on the tickets of a batch.
#[derive(Default)]
struct Hanging {
    contacts: Vec<tickets::FurtherContact>,
    deals: Vec<TicketDeal>,
    followers: Vec<Follower>,
    values: Vec<ValueRow>,
}

pub fn write_tickets(tx: &mut Tx<'_>, known: &Known, first: usize, docs: &[Ticket]) -> Result<()> {
    let contacts = Looked::up(tx, RefKind::Contact, docs.iter().flat_map(|doc| &doc.contacts))?;
    let companies = Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?;
    let deals = Looked::up(tx, RefKind::Deal, docs.iter().flat_map(|doc| &doc.deals))?;
    let ids = new_ids(tx, "tickets", docs.len())?;
    let (mut rows, mut hanging) = (Vec::with_capacity(docs.len()), Hanging::default());
    let mut unique = Seen::default();
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("tickets", index, &doc.id);
        let (contact_id, further) = contacts.first_and_further(&place, "contacts", &doc.contacts)?;
        let company_id = companies.optional(&place, "company", doc.company.as_ref())?;
        let mut row = ticket::Ticket { id: *id, contact_id, company_id, ..ticket_row(known, &place, doc)? };
        set_own(tx, &mut unique, &place, doc, &mut row)?;
        rows.push(row);
        hanging.contacts.extend(further.into_iter().map(|contact_id| tickets::FurtherContact { ticket_id: *id, contact_id }));
        let (deal, more) = deals.first_and_further(&place, "deals", &doc.deals)?;
        hanging.deals.extend(deal.into_iter().chain(more).map(|deal_id| TicketDeal { ticket_id: *id, deal_id }));
        hanging.add(known, &place, doc, *id)?;
    }
    tx.insert(&rows)?;
    tx.insert(&hanging.contacts)?;
    tx.insert(&hanging.deals)?;
    tx.insert(&hanging.followers)?;
    tx.insert(&hanging.values)?;
    tx.insert(&references(RefKind::Ticket, &ids, docs.iter().map(|doc| &doc.id)))
}

impl Hanging {
    fn add(&mut self, known: &Known, place: &Place<'_>, doc: &Ticket, id: Id) -> Result<()> {
        place.once_each("followers", &doc.followers)?;
        for user in &doc.followers {
            self.followers.push(Follower { user_id: known.user(place, "followers", user)?, ticket_id: id });
        }
        for (name, value) in &doc.properties {
            let field = format!("properties.{name}");
            let Some(text) = text_of(value).filter(|_| own(name).is_none()) else { continue };
            let property = known.properties.get(name).ok_or_else(|| place.error(&field, "there is no such custom property"))?;
            let value = property.read(&text).map_err(|why| place.error(&field, why))?;
            self.values.push(ValueRow::new(id, property.id, value));
        }
        Ok(())
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The property of that name, where every ticket has it.
fn own(name: &str) -> Option<(&'static TicketProperty, &'static Plain)> {
    plain().find(|(property, _)| property.name == name)
}

/// Sets those of every ticket's own properties that a document has among the custom ones.
fn set_own(tx: &mut Tx<'_>, seen: &mut Seen, place: &Place<'_>, doc: &Ticket, ticket: &mut ticket::Ticket) -> Result<()> {
    for (name, value) in &doc.properties {
        let (Some((property, plain)), Some(text)) = (own(name), text_of(value)) else { continue };
        let field = format!("properties.{name}");
        (property.set)(ticket, Some(&text)).map_err(|why| place.error(&field, format!("{why}: it is {}", plain.example)))?;
        let Some(now) = words((property.get)(ticket)).filter(|_| plain.unique) else { continue };
        seen.take(place, &field, &format!("{name} {now}"))?;
        if tickets::with_unique(tx, property.column, &now)?.is_some() {
            return Err(place.error(&field, format!("another ticket has \"{now}\" already")));
        }
    }
    Ok(())
}

/// The ticket but for its id, contact and company.
fn ticket_row(known: &Known, place: &Place<'_>, doc: &Ticket) -> Result<ticket::Ticket> {
    place.name("id", &doc.id)?;
    place.name("name", &doc.name)?;
    let times = [("created_at", Some(doc.created_at)), ("closed_at", doc.closed_at), ("last_activity_at", doc.last_activity_at)];
    place.times(&times, known.clock)?;
    let stage = known.stage(place, "stage", &doc.stage)?;
    Ok(ticket::Ticket {
        id: 0,
        name: doc.name.clone(),
        stage_id: stage.id,
        open: stage.open,
        owner_id: doc.owner.as_ref().map(|owner| known.user(place, "owner", owner)).transpose()?,
        team_id: doc.team.as_ref().map(|team| known.team(place, "team", team)).transpose()?,
        priority: doc.priority,
        category: doc.category.clone(),
        source: doc.source,
        description: doc.description.clone(),
        created_at: doc.created_at,
        closed_at: doc.closed_at,
        last_activity_at: doc.last_activity_at.unwrap_or(ACTIVITY_NOT_GIVEN),
        spam: doc.spam,
        in_help_desk: doc.in_help_desk,
        ..ticket::Ticket::default()
    })
}
