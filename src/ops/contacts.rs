//! Contacts: list, show, create, update, delete.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::page::{Page, PageRequest};
use super::{Desk, Operation, check, companies};
use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::user::Permission;
use crate::error::{Result, unknown};
use crate::store;
use crate::store::contacts::{Contact, ContactConversation};

/// The contact that an id or an email address means, the oldest where several share one; else `unknown_contact` (exit 5).
pub fn contact(desk: &mut Desk<'_>, typed: &str) -> Result<Contact> {
    let typed = typed.trim();
    let found = match typed.parse::<Id>() {
        Ok(id) => store::contacts::by_id(&mut desk.tx, id)?,
        Err(_) => store::contacts::by_email(&mut desk.tx, typed)?,
    };
    if let Some(contact) = found {
        return Ok(contact);
    }
    let near = store::contacts::emails_like(&mut desk.tx, typed)?;
    Err(unknown("unknown_contact", "contact", typed, near.iter().map(String::as_str)))
}

/// A contact as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactRow {
    pub id: Id,
    /// The name that the contact goes by: the own one, else the address or number.
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile_phone: Option<String>,
    /// The company's name.
    pub company: Option<String>,
    pub company_id: Option<Id>,
    /// What was given as an address and is no person's, or what a chat calls its visitor (E4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_address: Option<String>,
}

fn row(contact: Contact, companies: &HashMap<Id, String>) -> ContactRow {
    ContactRow {
        id: contact.id,
        name: contact.display_name(),
        company: contact.company_id.and_then(|id| companies.get(&id).cloned()),
        first_name: contact.first_name,
        last_name: contact.last_name,
        email: contact.email,
        phone: contact.phone,
        mobile_phone: contact.mobile_phone,
        company_id: contact.company_id,
        other_address: contact.other_address,
    }
}

pub(super) fn rows(desk: &mut Desk<'_>, contacts: Vec<Contact>) -> Result<Vec<ContactRow>> {
    let ids: Vec<Id> = contacts.iter().filter_map(|contact| contact.company_id).collect();
    let companies = store::contacts::company_names_of(&mut desk.tx, &ids)?;
    Ok(contacts.into_iter().map(|contact| row(contact, &companies)).collect())
}

fn one_row(desk: &mut Desk<'_>, contact: Contact) -> Result<ContactRow> {
    let ids: Vec<Id> = contact.company_id.into_iter().collect();
    let companies = store::contacts::company_names_of(&mut desk.tx, &ids)?;
    Ok(row(contact, &companies))
}

/// Lists contacts by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "contacts.list";
    const WRITES: bool = false;
    type Output = Page<ContactRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<ContactRow>> {
        let contacts = store::contacts::page(&mut desk.tx, self.page.ascending(), self.page.fetch())?;
        let page = self.page.page(contacts, |contact| contact.id);
        Ok(Page { items: rows(desk, page.items)?, next: page.next })
    }
}

/// A contact with its last conversations.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactDetail {
    #[serde(flatten)]
    pub row: ContactRow,
    /// The newest ones that the viewer may see (H2).
    pub conversations: Vec<ContactConversation>,
}

/// Shows one contact.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub contact: String,
}

impl Operation for Show {
    const NAME: &'static str = "contacts.show";
    const WRITES: bool = false;
    type Output = ContactDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ContactDetail> {
        let contact = contact(desk, &self.contact)?;
        let conversations = if desk.actor.may(Permission::HelpDesk) {
            let (sight, tickets) = (desk.sight(), desk.shows_tickets());
            let mut last = store::contacts::last_conversations(&mut desk.tx, &sight, contact.id)?;
            last.iter_mut().filter(|_| !tickets).for_each(|conversation| conversation.ticket_id = None);
            last
        } else {
            Vec::new()
        };
        Ok(ContactDetail { row: one_row(desk, contact)?, conversations })
    }
}

/// What to set on a contact; what is `None` stays, an empty text takes a value away.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile_phone: Option<String>,
    /// By name, domain or id.
    pub company: Option<String>,
}

impl Changes {
    fn apply(&self, desk: &mut Desk<'_>, contact: &mut Contact) -> Result<()> {
        let texts = [("first name", &self.first_name, &mut contact.first_name), ("last name", &self.last_name, &mut contact.last_name)];
        for (what, typed, field) in texts {
            if let Some(typed) = typed {
                *field = check::optional(what, typed)?;
            }
        }
        let country = store::account::country(&mut desk.tx)?;
        let phones = [("phone", &self.phone, &mut contact.phone), ("mobile phone", &self.mobile_phone, &mut contact.mobile_phone)];
        for (what, typed, field) in phones {
            if let Some(typed) = typed {
                *field = check::phone(what, typed, country.as_deref())?;
            }
        }
        if let Some(typed) = &self.email {
            contact.email = if typed.trim().is_empty() { None } else { Some(free_email(desk, typed, contact.id)?) };
        }
        if let Some(typed) = &self.company {
            contact.company_id = if typed.trim().is_empty() { None } else { Some(companies::company(desk, typed)?.id) };
        }
        if contact.display_name().is_none() {
            return Err(crate::error::Error::usage("bad_value", "a contact needs a name, an email address or a phone number"));
        }
        Ok(())
    }
}

/// The address as addresses are kept, if no other contact has it: messages from it could belong to either.
fn free_email(desk: &mut Desk<'_>, typed: &str, own: Id) -> Result<String> {
    let email = check::contact_email(typed)?;
    match store::contacts::by_email(&mut desk.tx, &email)? {
        Some(other) if other.id != own => Err(check::already_exists("contact", &email, other.id)),
        _ => Ok(email),
    }
}

/// Adds a contact.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Create {
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Create {
    const NAME: &'static str = "contacts.create";
    const WRITES: bool = true;
    type Output = ContactRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ContactRow> {
        let mut contact = Contact::default();
        self.changes.apply(desk, &mut contact)?;
        contact.id = desk.tx.new_id("contacts")?;
        desk.writer(Cause::Command).create_contact(&contact, None)?;
        one_row(desk, contact)
    }
}

/// Changes a contact, and notes each change in its history.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    pub contact: String,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Update {
    const NAME: &'static str = "contacts.update";
    const WRITES: bool = true;
    type Output = ContactRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ContactRow> {
        let old = contact(desk, &self.contact)?;
        let mut new = old.clone();
        self.changes.apply(desk, &mut new)?;
        desk.writer(Cause::Command).change_contact(&old, &new)?;
        one_row(desk, new)
    }
}

/// Removes a contact to whom no conversation and no ticket belongs.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub contact: String,
}

impl Operation for Delete {
    const NAME: &'static str = "contacts.delete";
    const WRITES: bool = true;
    type Output = ContactRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ContactRow> {
        let contact = contact(desk, &self.contact)?;
        let usage = store::contacts::usage(&mut desk.tx, contact.id)?;
        let hint = "a contact with conversations or tickets stays, so that they keep their customer";
        check::unused(desk, &format!("the contact {}", contact.display_name().unwrap_or_default()), &usage, hint)?;
        store::contacts::delete(&mut desk.tx, contact.id)?;
        one_row(desk, contact)
    }
}
