//! Batches of companies, contacts and tickets.

use super::duplicates;
use super::place::Place;
use super::references::{Known, Looked};
use crate::domain::Id;
use crate::domain::document::{Company, Contact, Ticket};
use crate::domain::ticket;
use crate::error::{Error, Result};
use crate::store::load::{ACTIVITY_NOT_GIVEN, LoadRef, RefKind, ids_of};
use crate::store::{Tx, contacts, tickets};

/// Ids for a batch.
pub fn new_ids(tx: &mut Tx<'_>, table: &'static str, count: usize) -> Result<Vec<Id>> {
    if count == 0 { Ok(Vec::new()) } else { tx.new_ids(table, count) }
}

pub fn references<'d>(kind: RefKind, ids: &[Id], references: impl Iterator<Item = &'d String>) -> Vec<LoadRef<'d>> {
    ids.iter().zip(references).map(|(id, reference)| LoadRef::new(kind, reference, *id)).collect()
}

/// The error for a batch that was refused because of an id that came before, if that was the reason.
pub fn duplicate_id<'d>(
    tx: &mut Tx<'_>,
    section: &'static str,
    kind: RefKind,
    first: usize,
    ids: impl Iterator<Item = &'d String>,
) -> Result<Option<Error>> {
    let keys = ids.map(String::as_str).enumerate();
    let found = duplicates::first(tx, keys, |tx, id| Ok(!ids_of(tx, kind, &[*id])?.is_empty()))?;
    Ok(found.map(|(position, id)| Place::new(section, first + position, id).error("id", "was used before in this section")))
}

pub fn write_companies(tx: &mut Tx<'_>, first: usize, docs: &[Company]) -> Result<()> {
    let ids = new_ids(tx, "companies", docs.len())?;
    let mut rows = Vec::with_capacity(docs.len());
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("companies", index, &doc.id);
        place.name("id", &doc.id)?;
        place.name("name", &doc.name)?;
        place.texts(&[("domain", &doc.domain)])?;
        rows.push(contacts::Company { id: *id, name: doc.name.clone(), domain: doc.domain.clone() });
    }
    tx.insert(&rows)?;
    tx.insert(&references(RefKind::Company, &ids, docs.iter().map(|doc| &doc.id)))
}

pub fn write_contacts(tx: &mut Tx<'_>, first: usize, docs: &[Contact]) -> Result<()> {
    let companies = Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?;
    let ids = new_ids(tx, "contacts", docs.len())?;
    let mut rows = Vec::with_capacity(docs.len());
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("contacts", index, &doc.id);
        place.name("id", &doc.id)?;
        place.texts(&[
            ("first_name", &doc.first_name),
            ("last_name", &doc.last_name),
            ("email", &doc.email),
            ("phone", &doc.phone),
            ("mobile_phone", &doc.mobile_phone),
        ])?;
        rows.push(contacts::Contact {
            id: *id,
            first_name: doc.first_name.clone(),
            last_name: doc.last_name.clone(),
            email: doc.email.as_ref().map(|email| email.to_lowercase()),
            phone: doc.phone.clone(),
            mobile_phone: doc.mobile_phone.clone(),
            company_id: companies.optional(&place, "company", doc.company.as_ref())?,
        });
    }
    tx.insert(&rows)?;
    tx.insert(&references(RefKind::Contact, &ids, docs.iter().map(|doc| &doc.id)))
}

pub fn write_tickets(tx: &mut Tx<'_>, known: &Known, first: usize, docs: &[Ticket]) -> Result<()> {
    let contacts = Looked::up(tx, RefKind::Contact, docs.iter().flat_map(|doc| &doc.contacts))?;
    let companies = Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?;
    let ids = new_ids(tx, "tickets", docs.len())?;
    let (mut rows, mut further_rows) = (Vec::with_capacity(docs.len()), Vec::new());
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("tickets", index, &doc.id);
        let (contact_id, further) = contacts.first_and_further(&place, "contacts", &doc.contacts)?;
        let company_id = companies.optional(&place, "company", doc.company.as_ref())?;
        rows.push(ticket::Ticket { id: *id, contact_id, company_id, ..ticket_row(known, &place, doc)? });
        further_rows.extend(further.into_iter().map(|contact_id| tickets::FurtherContact { ticket_id: *id, contact_id }));
    }
    tx.insert(&rows)?;
    tx.insert(&further_rows)?;
    tx.insert(&references(RefKind::Ticket, &ids, docs.iter().map(|doc| &doc.id)))
}

/// The ticket but for its id, contact and company.
fn ticket_row(known: &Known, place: &Place<'_>, doc: &Ticket) -> Result<ticket::Ticket> {
    place.name("id", &doc.id)?;
    place.name("name", &doc.name)?;
    place.texts(&[("category", &doc.category), ("description", &doc.description)])?;
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
        contact_id: None,
        company_id: None,
        created_at: doc.created_at,
        closed_at: doc.closed_at,
        last_activity_at: doc.last_activity_at.unwrap_or(ACTIVITY_NOT_GIVEN),
        spam: doc.spam,
        in_help_desk: doc.in_help_desk,
        made_for: None,
        made_by_run: None,
    })
}
