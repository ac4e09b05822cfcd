//! Contacts and companies.

use serde::{Deserialize, Serialize};

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
});
crate::record!(c: Company => "companies" { id: Int = c.id, name: Text = c.name, domain: Text = c.domain });

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

/// Who writes from this address or number; the oldest where several do.
pub fn by_address(tx: &mut Tx<'_>, address: &str) -> Result<Option<Contact>> {
    let by_email = tx.optional(&format!("{SELECT} WHERE email = $1 ORDER BY id LIMIT 1"), args![address.to_lowercase()], read)?;
    match by_email {
        Some(contact) => Ok(Some(contact)),
        None => tx.optional(&format!("{SELECT} WHERE phone = $1 ORDER BY id LIMIT 1"), args![address], read),
    }
}

/// A page of contacts, by id.
pub fn page(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Contact>> {
    tx.query(&format!("{SELECT} WHERE id > $1 ORDER BY id LIMIT $2"), args![after, limit], read)
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
