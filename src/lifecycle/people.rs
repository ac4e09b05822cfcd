//! Contacts, companies and channels that change, and tickets that are searched by them.

use super::Writer;
use crate::domain::Id;
use crate::domain::event::{Difference, What};
use crate::error::Result;
use crate::store;
use crate::store::contacts::{Company, Contact};

impl Writer<'_, '_> {
    /// Makes a contact. `sender` is what a message said of someone whom nobody knew.
    pub fn create_contact(&mut self, contact: &Contact, sender: Option<&str>) -> Result<()> {
        self.tx.insert(std::slice::from_ref(contact))?;
        store::contacts::put_numbers(self.tx, contact)?;
        self.record(sender.map(|sender| What::ContactCreated { contact: contact.id, sender: sender.to_owned() }))
    }

    /// Writes a contact where it differs.
    pub fn change_contact(&mut self, before: &Contact, after: &Contact) -> Result<()> {
        if before == after {
            return Ok(());
        }
        self.tx.update(std::slice::from_ref(after))?;
        if (&before.phone, &before.mobile_phone) != (&after.phone, &after.mobile_phone) {
            store::contacts::put_numbers(self.tx, after)?;
        }
        self.record([What::ContactChanged { contact: after.id, changes: differences(before, after) }])
    }

    /// Writes a company where it differs.
    pub fn change_company(&mut self, before: &Company, after: &Company) -> Result<()> {
        if before == after {
            return Ok(());
        }
        self.tx.update(std::slice::from_ref(after))?;
        self.record([What::CompanyChanged { company: after.id }])
    }

    /// Notes what changed on a channel, which is written already.
    pub fn note_channel(&mut self, channel: Id, changes: Vec<Difference>) -> Result<()> {
        self.record([What::ChannelChanged { channel, changes }])
    }
}

fn differences(old: &Contact, new: &Contact) -> Vec<Difference> {
    let company = |contact: &Contact| contact.company_id.map(|id| id.to_string());
    let text = |property: &'static str, of: fn(&Contact) -> &Option<String>| Difference::new(property, of(old).clone(), of(new).clone());
    vec![
        text("first_name", |contact| &contact.first_name),
        text("last_name", |contact| &contact.last_name),
        text("email", |contact| &contact.email),
        text("phone", |contact| &contact.phone),
        text("mobile_phone", |contact| &contact.mobile_phone),
        Difference::new("company", company(old), company(new)),
    ]
}
