//! Batches of companies and contacts.

use super::duplicates;
use super::place::Place;
use super::references::Looked;
use crate::domain::Id;
use crate::domain::document::{Company, Contact};
use crate::error::{Error, Result};
use crate::store::load::{LoadRef, RefKind, ids_of};
use crate::store::{Tx, contacts};

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
