//! Batches of companies and contacts.

use super::duplicates;
use super::place::Place;
use super::references::{Known, Looked};
use crate::domain::address::Mailbox;
use crate::domain::bounds::{NAME, cut};
use crate::domain::document::{Company, Contact};
use crate::domain::{Id, person_name, phone};
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

/// Writes contacts; says how many addresses and numbers are kept as text, because they are none (E4).
pub fn write_contacts(tx: &mut Tx<'_>, known: &Known, first: usize, docs: &[Contact]) -> Result<u64> {
    let companies = Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?;
    let ids = new_ids(tx, "contacts", docs.len())?;
    let (mut rows, mut numbers, mut kept) = (Vec::with_capacity(docs.len()), Vec::new(), 0);
    for ((index, doc), id) in (first..).zip(docs).zip(&ids) {
        let place = Place::new("contacts", index, &doc.id);
        place.name("id", &doc.id)?;
        let mut reading = Reading { country: known.country.as_deref(), other: doc.other_address.iter().cloned().collect(), kept: 0 };
        let mut row = reading.contact(doc);
        row.id = *id;
        row.company_id = companies.optional(&place, "company", doc.company.as_ref())?;
        kept += reading.kept;
        numbers.extend(row.numbers(known.country.as_deref()));
        rows.push(row);
    }
    tx.insert(&rows)?;
    tx.insert(&numbers)?;
    tx.insert(&references(RefKind::Contact, &ids, docs.iter().map(|doc| &doc.id)))?;
    Ok(kept)
}

/// A contact under way from the document to the store.
struct Reading<'k> {
    country: Option<&'k str>,
    /// What is neither an address nor a number.
    other: Vec<String>,
    kept: u64,
}

impl Reading<'_> {
    /// The contact but for its id and company.
    fn contact(&mut self, doc: &Contact) -> contacts::Contact {
        let mailbox = self.mailbox(doc.email.as_deref());
        let phone = self.phone(doc.phone.as_deref());
        let mobile_phone = self.phone(doc.mobile_phone.as_deref());
        let other_address = (!self.other.is_empty()).then(|| cut(&self.other.join("; "), NAME).to_owned());
        let (mut first_name, mut last_name) = (doc.first_name.clone(), doc.last_name.clone());
        if let (None, None, Some(name)) = (&first_name, &last_name, mailbox.as_ref().and_then(|mailbox| mailbox.name.as_deref())) {
            (first_name, last_name) = person_name::first_and_last(name);
        }
        let email = mailbox.map(|mailbox| mailbox.email);
        if first_name.is_none() && last_name.is_none() && email.is_none() && phone.is_none() && mobile_phone.is_none() {
            first_name = other_address.clone();
        }
        contacts::Contact { id: 0, first_name, last_name, email, phone, mobile_phone, company_id: None, other_address }
    }

    fn mailbox(&mut self, typed: Option<&str>) -> Option<Mailbox> {
        let typed = typed.map(str::trim).filter(|typed| !typed.is_empty())?;
        Mailbox::of_person(typed).map_err(|_| self.keep(typed)).ok()
    }

    fn phone(&mut self, typed: Option<&str>) -> Option<String> {
        let typed = typed.map(str::trim).filter(|typed| !typed.is_empty())?;
        let number = phone::comparable(typed, self.country).map(|_| typed.to_owned());
        if number.is_none() {
            self.keep(typed);
        }
        number
    }

    fn keep(&mut self, text: &str) {
        self.kept += 1;
        self.other.push(text.to_owned());
    }
}
