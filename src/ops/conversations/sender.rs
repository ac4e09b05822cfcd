//! Which contact a message is from (E4, E5, E6).

use crate::domain::address::{Address, Sender};
use crate::domain::channel::Channel;
use crate::domain::event::Cause;
use crate::domain::person_name;
use crate::error::{Error, Result};
use crate::ops::Desk;
use crate::store;
use crate::store::contacts::Contact;

/// Reads who sent a message by `channel`.
pub fn read(desk: &mut Desk<'_>, typed: &str, channel: &Channel) -> Result<Sender> {
    let country = store::account::country(&mut desk.tx)?;
    Sender::parse(typed, channel.kind, country.as_deref()).ok_or_else(|| {
        Error::usage("bad_sender", "the sender is empty").hint("name an address, a number, or what the channel calls the person")
    })
}

/// Why a sender is nobody's contact, if that is so.
pub fn nobody(sender: &Sender) -> Option<String> {
    sender.address.as_ref().err().map(|why| format!("\"{}\" {why}", sender.author))
}

/// E6: the contact who is known by the sender's address. A name that comes later fills a nameless one.
pub fn known(desk: &mut Desk<'_>, sender: &Sender) -> Result<Option<Contact>> {
    let Ok(address) = &sender.address else { return Ok(None) };
    let Some(known) = store::contacts::known_by(&mut desk.tx, address)? else { return Ok(None) };
    match &sender.name {
        Some(name) if known.is_nameless() => fill(desk, known, name).map(Some),
        _ => Ok(Some(known)),
    }
}

fn fill(desk: &mut Desk<'_>, nameless: Contact, name: &str) -> Result<Contact> {
    let (first_name, last_name) = person_name::first_and_last(name);
    let contact = Contact { first_name, last_name, ..nameless.clone() };
    desk.writer(Cause::Command).change_contact(&nameless, &contact)?;
    Ok(contact)
}

/// A new contact for a sender whom nobody knows. None for what is no person's address (E4).
pub fn meet(desk: &mut Desk<'_>, sender: &Sender) -> Result<Option<Contact>> {
    let Ok(address) = &sender.address else { return Ok(None) };
    let (first_name, last_name) = sender.name.as_deref().map_or((None, None), person_name::first_and_last);
    let mut contact = Contact { id: desk.tx.new_id("contacts")?, first_name, last_name, ..Contact::default() };
    match address.clone() {
        Address::Email(email) => contact.email = Some(email),
        Address::Phone { written, .. } => contact.phone = Some(written),
        Address::Visitor(visitor) => {
            contact.first_name = contact.first_name.or(Some(visitor.clone()));
            contact.other_address = Some(visitor);
        }
    }
    desk.writer(Cause::Command).create_contact(&contact, Some(&sender.author))?;
    Ok(Some(contact))
}
