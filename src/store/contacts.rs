//! Contacts and companies.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Row, ToArg, Tx, account, visibility};
use crate::args;
use crate::domain::access::Sight;
use crate::domain::address::{self, Address};
use crate::domain::contact::Names;
use crate::domain::conversation::Status;
use crate::domain::fold;
use crate::domain::time::Time;
use crate::domain::{Id, phone};
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
    /// What is neither an address nor a number, and how a chat calls its visitor: kept as it came (E4).
    pub other_address: Option<String>,
}

impl Contact {
    /// Whether nobody has said a name yet; a visitor goes by what the chat calls them.
    pub fn is_nameless(&self) -> bool {
        self.last_name.is_none() && (self.first_name.is_none() || self.first_name == self.other_address)
    }

    /// The numbers, each once, in the form in which they are compared.
    pub fn numbers(&self, country: Option<&str>) -> Vec<ContactNumber> {
        numbers(self.id, self.phone.as_deref(), self.mobile_phone.as_deref(), country)
    }

    /// How people call them: the name, else the address, else the number.
    pub fn display_name(&self) -> Option<String> {
        let names = Names {
            first: self.first_name.as_deref(),
            last: self.last_name.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            mobile: self.mobile_phone.as_deref(),
        };
        names.display()
    }
}

/// The name that a contact goes by, from the columns `first_name, last_name, email, phone, mobile_phone` that come next.
pub fn read_name(row: &mut Row<'_>) -> Result<Option<String>> {
    let names = Names { first: row.get()?, last: row.get()?, email: row.get()?, phone: row.get()?, mobile: row.get()? };
    Ok(names.display())
}

/// The names that these contacts go by; those without any are left out.
pub fn display_names(tx: &mut Tx<'_>, ids: &[Id]) -> Result<HashMap<Id, String>> {
    let mut names = HashMap::new();
    if ids.is_empty() {
        return Ok(names);
    }
    let dialect = tx.dialect();
    let sql = format!("{SELECT} WHERE id {}", dialect.any_of(1));
    tx.each(&sql, args![dialect.id_list(ids)], |row| {
        let contact = read(row)?;
        names.extend(contact.display_name().map(|name| (contact.id, name)));
        Ok(())
    })?;
    Ok(names)
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
    company_id: Int = c.company_id,
    other_address: Text = c.other_address;
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

/// A phone number of a contact, in the form in which numbers are compared.
pub struct ContactNumber {
    pub number: String,
    pub contact_id: Id,
}

crate::record!(n: ContactNumber => "contact_numbers" [2] { number: Text = n.number, contact_id: Int = n.contact_id });

fn numbers(contact_id: Id, phone: Option<&str>, mobile: Option<&str>, country: Option<&str>) -> Vec<ContactNumber> {
    let read = |typed: Option<&str>| typed.and_then(|typed| phone::comparable(typed, country));
    let (phone, mobile) = (read(phone), read(mobile));
    let mobile = mobile.filter(|mobile| phone.as_ref() != Some(mobile));
    phone.into_iter().chain(mobile).map(|number| ContactNumber { number, contact_id }).collect()
}

const SELECT: &str = "SELECT id, first_name, last_name, email, phone, mobile_phone, company_id, other_address FROM contacts";

fn read(row: &mut Row<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.get()?,
        first_name: row.get()?,
        last_name: row.get()?,
        email: row.get()?,
        phone: row.get()?,
        mobile_phone: row.get()?,
        company_id: row.get()?,
        other_address: row.get()?,
    })
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Contact>> {
    tx.optional(&format!("{SELECT} WHERE id = $1"), args![id], read)
}

/// By email address, in any case and either form of its domain; the oldest where several have it.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Contact>> {
    let [kept, ascii] = address::forms(email);
    tx.optional(&format!("{SELECT} WHERE email IN ($1, $2) ORDER BY id LIMIT 1"), args![kept, ascii], read)
}

/// By a phone number in the form in which numbers are compared; the oldest where several have it.
fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Contact>> {
    let sql = format!("{SELECT} WHERE id IN (SELECT contact_id FROM contact_numbers WHERE number = $1) ORDER BY id LIMIT 1");
    tx.optional(&sql, args![number], read)
}

/// By what a chat calls its visitor. Older stores kept that as a phone number.
fn by_visitor(tx: &mut Tx<'_>, visitor: &str) -> Result<Option<Contact>> {
    match tx.optional(&format!("{SELECT} WHERE other_address = $1 ORDER BY id LIMIT 1"), args![visitor], read)? {
        Some(contact) => Ok(Some(contact)),
        None => tx.optional(&format!("{SELECT} WHERE phone = $1 ORDER BY id LIMIT 1"), args![visitor], read),
    }
}

/// E6: who writes from this address; the oldest where several do.
pub fn known_by(tx: &mut Tx<'_>, address: &Address) -> Result<Option<Contact>> {
    match address {
        Address::Email(email) => by_email(tx, email),
        Address::Phone { number, .. } => by_number(tx, number),
        Address::Visitor(visitor) => by_visitor(tx, visitor),
    }
}

/// Whoever an address, a number or a visitor's name means, as people type them.
pub fn by_address(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Contact>> {
    if let Some(contact) = by_email(tx, typed)? {
        return Ok(Some(contact));
    }
    let country = account::country(tx)?;
    match phone::comparable(typed, country.as_deref()).map(|number| by_number(tx, &number)).transpose()?.flatten() {
        Some(contact) => Ok(Some(contact)),
        None => by_visitor(tx, typed),
    }
}

/// Writes the numbers of a contact, new or again.
pub fn put_numbers(tx: &mut Tx<'_>, contact: &Contact) -> Result<()> {
    let country = account::country(tx)?;
    tx.execute("DELETE FROM contact_numbers WHERE contact_id = $1", args![contact.id])?;
    tx.insert(&contact.numbers(country.as_deref()))
}

/// Reads the numbers of all contacts, by the account's country.
pub(super) fn read_numbers(tx: &mut Tx<'_>, country: Option<&str>) -> Result<()> {
    const PAGE: i64 = 5_000;
    const SQL: &str = "SELECT id, phone, mobile_phone FROM contacts WHERE id > $1 AND (phone IS NOT NULL OR mobile_phone IS NOT NULL) \
         ORDER BY id LIMIT $2";
    tx.execute("DELETE FROM contact_numbers", &[])?;
    let mut after = 0;
    loop {
        let (mut rows, before) = (Vec::new(), after);
        tx.each(SQL, args![before, PAGE], |row| {
            after = row.get()?;
            rows.extend(numbers(after, row.get()?, row.get()?, country));
            Ok(())
        })?;
        if after == before {
            return Ok(());
        }
        tx.insert(&rows)?;
    }
}

/// Gives an older store its country, that of its first phone line, and its contacts' numbers.
pub(super) fn fill_numbers(tx: &mut Tx<'_>) -> Result<()> {
    let country = first_country(tx)?;
    account::put_country(tx, country.as_deref())
}

/// The country of the first phone line or WhatsApp number among the channels.
fn first_country(tx: &mut Tx<'_>) -> Result<Option<String>> {
    let sql = "SELECT address FROM channels WHERE kind IN ('calling', 'whatsapp') ORDER BY id";
    let addresses: Vec<String> = tx.query(sql, &[], |row| row.get())?;
    Ok(addresses.iter().find_map(|address| phone::country_of(address)))
}

/// Every contact's email address and numbers: id, email, phone, mobile phone.
pub fn each_address(tx: &mut Tx<'_>, mut visit: impl FnMut(Id, [Option<&str>; 3])) -> Result<()> {
    tx.each("SELECT id, email, phone, mobile_phone FROM contacts ORDER BY id", &[], |row| {
        visit(row.get()?, [row.get()?, row.get()?, row.get()?]);
        Ok(())
    })
}

/// Numbers of several contacts, of whom at least one is known by nothing else.
pub fn shared_numbers(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let sql = "SELECT n.number FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id GROUP BY n.number \
         HAVING count(*) > 1 AND count(c.email) < count(*) ORDER BY n.number";
    tx.query(sql, &[], |row| row.get())
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
    tx.execute("DELETE FROM contact_numbers WHERE contact_id = $1", args![id])?;
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
