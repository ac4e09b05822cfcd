//! What older stores hold as contacts' addresses and numbers, and who looks like the same person (E4, E6). Nothing is changed by itself.

use std::collections::HashMap;

use super::{Patient, Verdict};
use crate::domain::address::Mailbox;
use crate::domain::{Id, phone};
use crate::error::Result;
use crate::store::{account, contacts as people, schema};

/// How many of a kind are named.
const NAMED: usize = 5;

pub(super) fn contacts(patient: &mut Patient<'_>) -> Result<Verdict> {
    let mut tx = patient.store()?.read()?;
    if !schema::has(&mut tx, schema::IDENTITIES)? {
        return Verdict::ok("contacts are looked at with the next version of the schema");
    }
    let country = account::country(&mut tx)?;
    let mut found = Found::default();
    people::each_address(&mut tx, |id, address| found.look(id, address, country.as_deref()))?;
    found.numbers = people::shared_numbers(&mut tx)?;
    let said = found.said();
    if said.is_empty() {
        return Verdict::ok("the contacts' addresses and numbers are sound, and each is one contact's");
    }
    Verdict::warning(said.join("; "), "correct them with deskctl contacts update ID; nothing is merged or changed by itself")
}

#[derive(Default)]
struct Found {
    /// Contacts with what is no person's address, or no number.
    addresses: Vec<String>,
    phones: Vec<String>,
    /// Who had an address first, by a hash of it: a store may hold millions.
    seen: HashMap<[u8; 8], Id>,
    twice: Vec<String>,
    numbers: Vec<String>,
}

impl Found {
    fn look(&mut self, id: Id, [email, phone, mobile]: [Option<&str>; 3], country: Option<&str>) {
        match email.map(Mailbox::of_person) {
            Some(Ok(mailbox)) => self.take(id, &mailbox.email),
            Some(Err(_)) => self.addresses.push(id.to_string()),
            None => {}
        }
        if [phone, mobile].into_iter().flatten().any(|typed| phone::comparable(typed, country).is_none()) {
            self.phones.push(id.to_string());
        }
    }

    fn take(&mut self, id: Id, email: &str) {
        let mut key = [0; 8];
        key.copy_from_slice(&blake3::hash(email.as_bytes()).as_bytes()[..8]);
        if let Some(first) = self.seen.insert(key, id) {
            self.twice.push(format!("{first} and {id}"));
        }
    }

    fn said(&self) -> Vec<String> {
        let kinds = [
            (&self.addresses, "contacts hold what is no person's email address"),
            (&self.phones, "contacts hold what is no phone number"),
            (&self.twice, "pairs of contacts have one email address"),
            (&self.numbers, "phone numbers belong to several contacts"),
        ];
        let some = kinds.into_iter().filter(|(found, _)| !found.is_empty());
        some.map(|(found, what)| format!("{} {what} ({})", found.len(), named(found))).collect()
    }
}

fn named(found: &[String]) -> String {
    let more = if found.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", found[..found.len().min(NAMED)].join(", "))
}
