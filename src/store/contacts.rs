//! Contacts and companies.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Row, ToArg, Tx, visibility};
use crate::args;
use crate::domain::Id;
use crate::domain::access::Sight;
use crate::domain::conversation::Status;
use crate::domain::fold;
use crate::domain::time::Time;
use crate::error::Result;

/// A customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub id: Id,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile_phone: Option<String>,
    pub company_id: Option<Id>,
}

impl Contact {
    /// How people call them: the name, else the address, else the number.
    pub fn display_name(&self) -> Option<String> {
        display_name(
            self.first_name.as_deref(),
            self.last_name.as_deref(),
            self.email.as_deref(),
            self.phone.as_deref().or(self.mobile_phone.as_deref()),
        )
    }
}

/// The name that a contact goes by, from its parts.
pub fn display_name(first: Option<&str>, last: Option<&str>, email: Option<&str>, phone: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
        (None, None) => email.or(phone).map(str::to_owned),
    }
}

/// A customer's company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Company {
    pub id: Id,
    pub name: String,
    pub domain: Option<String>,
}

crate::record!(c: Contact => "contacts" {
    id: Int = c.id,
    first_name: Text = c.first_name,
    last_name: Text = c.last_name,
    email: Text = c.email,
    phone: Text = c.phone,
    mobile_phone: Text = c.mobile_phone,
    company_id: Int = c.company_id;
    name_key = c.display_name().as_deref().map(fold::key),
    email_key = c.email.as_deref().map(fold::key),
});
crate::record!(c: Company => "companies" {
    id: Int = c.id,
    name: Text = c.name,
    domain: Text = c.domain;
    name_key = Some(fold::key(&c.name)),
    domain_key = c.domain.as_deref().map(fold::key),
});

const SELECT: &str = "SELECT id, first_name, last_name, email, phone, mobile_phone, company_id FROM contacts";

fn read(row: &mut Row<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.get()?,
        first_name: row.get()?,
        last_name: row.get()?,
        email: row.get()?,
        phone: row.get()?,
        mobile_phone: row.get()?,
        company_id: row.get()?,
    })
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Contact>> {
    tx.optional(&format!("{SELECT} WHERE id = $1"), args![id], read)
}

/// By email address, in any case; the oldest where several have it.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Contact>> {
    tx.optional(&format!("{SELECT} WHERE email = $1 ORDER BY id LIMIT 1"), args![email.to_lowercase()], read)
}

/// Who writes from this address or number; the oldest where several do.
pub fn by_address(tx: &mut Tx<'_>, address: &str) -> Result<Option<Contact>> {
    match by_email(tx, address)? {
        Some(contact) => Ok(Some(contact)),
        None => tx.optional(&format!("{SELECT} WHERE phone = $1 ORDER BY id LIMIT 1"), args![address], read),
    }
}

/// A page of contacts, by id.
pub fn page(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Contact>> {
    tx.query(&format!("{SELECT} WHERE id > $1 ORDER BY id LIMIT $2"), args![after, limit], read)
}

/// Addresses that begin like this one, for suggestions: the index finds them among millions.
pub fn emails_like(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<String>> {
    let beginning: String = typed.to_lowercase().chars().take(2).collect();
    let end = format!("{beginning}\u{10ffff}");
    tx.query("SELECT email FROM contacts WHERE email >= $1 AND email < $2 ORDER BY email LIMIT 200", args![beginning, end], |row| row.get())
}

/// What refers to a contact.
pub fn usage(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(&'static str, i64)>> {
    let queries = [
        ("conversations", "SELECT count(*) FROM conversations WHERE contact_id = $1"),
        ("conversations as a further contact", "SELECT count(*) FROM conversation_contacts WHERE contact_id = $1"),
        ("tickets", "SELECT count(*) FROM tickets WHERE contact_id = $1"),
        ("tickets as a further contact", "SELECT count(*) FROM ticket_contacts WHERE contact_id = $1"),
    ];
    super::usage(tx, id, &queries)
}

/// Removes a contact that nothing refers to.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM contacts WHERE id = $1", args![id]).map(drop)
}

/// A conversation as its contact's page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContactConversation {
    pub id: Id,
    pub channel: String,
    pub inbox: String,
    pub status: Status,
    pub spam: bool,
    pub subject: Option<String>,
    /// The owner's address.
    pub owner: Option<String>,
    pub ticket_id: Option<Id>,
    pub last_message_at: Time,
}

const CONVERSATIONS: &str = "SELECT c.id, h.address, i.name, c.status, c.spam, c.subject, u.email, l.ticket_id, c.last_message_at \
     FROM conversations c JOIN channels h ON h.id = c.channel_id JOIN inboxes i ON i.id = c.inbox_id \
     LEFT JOIN users u ON u.id = c.owner_id ";
const OF_CONTACT: &str = " LEFT JOIN tickets t ON t.id = l.ticket_id \
     WHERE (c.contact_id = $1 OR EXISTS (SELECT 1 FROM conversation_contacts f WHERE f.conversation_id = c.id AND f.contact_id = $1)) AND ";

/// The ten newest conversations of a contact that the viewer may see (H2).
pub fn last_conversations(tx: &mut Tx<'_>, sight: &Sight, contact: Id) -> Result<Vec<ContactConversation>> {
    let seen = visibility::of_conversations(sight, 1);
    let mut args = vec![contact.to_arg()];
    args.extend(seen.args());
    let sql = [CONVERSATIONS, visibility::ticket_of(sight), OF_CONTACT, &seen.sql, " ORDER BY c.last_message_at DESC, c.id DESC LIMIT 10"]
        .concat();
    tx.query(&sql, &args, |row| {
        Ok(ContactConversation {
            id: row.get()?,
            channel: row.get()?,
            inbox: row.get()?,
            status: row.get()?,
            spam: row.get()?,
            subject: row.get()?,
            owner: row.get()?,
            ticket_id: row.get()?,
            last_message_at: row.get()?,
        })
    })
}

pub fn company_by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Company>> {
    tx.optional("SELECT id, name, domain FROM companies WHERE id = $1", args![id], |row| {
        Ok(Company { id: row.get()?, name: row.get()?, domain: row.get()? })
    })
}

/// The oldest company of this name.
pub fn company_by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Company>> {
    tx.optional("SELECT id, name, domain FROM companies WHERE name = $1 ORDER BY id LIMIT 1", args![name], |row| {
        Ok(Company { id: row.get()?, name: row.get()?, domain: row.get()? })
    })
}

/// A page of companies, by id.
pub fn companies(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Company>> {
    tx.query("SELECT id, name, domain FROM companies WHERE id > $1 ORDER BY id LIMIT $2", args![after, limit], |row| {
        Ok(Company { id: row.get()?, name: row.get()?, domain: row.get()? })
    })
}

/// Every company of this name or domain, in any case; several may share a name. The comparison is made here because
/// the engines fold letters beyond ASCII differently.
pub fn companies_named(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Company>> {
    let wanted = typed.trim().to_lowercase();
    let mut found = Vec::new();
    tx.each("SELECT id, name, domain FROM companies ORDER BY id", &[], |row| {
        let (id, name, domain): (Id, &str, Option<&str>) = (row.get()?, row.get()?, row.get()?);
        if name.to_lowercase() == wanted || domain.is_some_and(|domain| domain.to_lowercase() == wanted) {
            found.push(Company { id, name: name.to_owned(), domain: domain.map(str::to_owned) });
        }
        Ok(())
    })?;
    Ok(found)
}

/// The names of all companies, for suggestions.
pub fn company_names(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.query("SELECT name FROM companies ORDER BY id", &[], |row| row.get())
}

/// The names of these companies.
pub fn company_names_of(tx: &mut Tx<'_>, ids: &[Id]) -> Result<HashMap<Id, String>> {
    let mut names = HashMap::new();
    for id in ids {
        if !names.contains_key(id)
            && let Some(company) = company_by_id(tx, *id)?
        {
            names.insert(*id, company.name);
        }
    }
    Ok(names)
}

/// What refers to a company.
pub fn company_usage(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(&'static str, i64)>> {
    let queries = [
        ("contacts", "SELECT count(*) FROM contacts WHERE company_id = $1"),
        ("conversations", "SELECT count(*) FROM conversations WHERE company_id = $1"),
        ("tickets", "SELECT count(*) FROM tickets WHERE company_id = $1"),
        ("deals", "SELECT count(*) FROM deals WHERE company_id = $1"),
    ];
    super::usage(tx, id, &queries)
}

/// The contacts who work there, by id, at most `limit`.
pub fn of_company(tx: &mut Tx<'_>, company: Id, limit: i64) -> Result<Vec<Contact>> {
    tx.query(&format!("{SELECT} WHERE company_id = $1 ORDER BY id LIMIT $2"), args![company, limit], read)
}

/// Removes a company that nothing refers to.
pub fn delete_company(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM companies WHERE id = $1", args![id]).map(drop)
}
