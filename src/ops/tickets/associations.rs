//! The contacts, the company and the deals that a ticket belongs to (H5, H9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::domain::event::Cause;
use crate::domain::ticket::Ticket;
use crate::error::{Error, Result};
use crate::ops::{Desk, companies, deals};
use crate::store;

/// Contacts and deals to tie to a ticket, or to part from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Associations {
    /// Addresses or ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_contacts: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_contacts: Vec<String>,
    /// Names or ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_deals: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_deals: Vec<String>,
}

/// The same by id.
#[derive(Default)]
pub(super) struct Ties {
    pub add_contacts: Vec<Id>,
    pub remove_contacts: Vec<Id>,
    pub add_deals: Vec<Id>,
    pub remove_deals: Vec<Id>,
}

impl Associations {
    pub fn is_empty(&self) -> bool {
        *self == Associations::default()
    }

    pub(super) fn resolve(&self, desk: &mut Desk<'_>) -> Result<Ties> {
        let mut each = |typed: &[String], find: fn(&mut Desk<'_>, &str) -> Result<Id>| -> Result<Vec<Id>> {
            let found: Vec<Id> = distinct(typed).iter().map(|typed| find(desk, typed)).collect::<Result<_>>()?;
            // One may be named in several ways.
            Ok(distinct(&found))
        };
        Ok(Ties {
            add_contacts: each(&self.add_contacts, contact)?,
            remove_contacts: each(&self.remove_contacts, contact)?,
            add_deals: each(&self.add_deals, deal)?,
            remove_deals: each(&self.remove_deals, deal)?,
        })
    }
}

/// By id or address.
pub(super) fn contact(desk: &mut Desk<'_>, typed: &str) -> Result<Id> {
    let by_id = match typed.trim().parse::<Id>() {
        Ok(id) => store::contacts::by_id(&mut desk.tx, id)?,
        Err(_) => None,
    };
    let found = match by_id {
        Some(contact) => Some(contact),
        None => store::contacts::by_address(&mut desk.tx, typed.trim())?,
    };
    found.map(|contact| contact.id).ok_or_else(|| Error::not_found("unknown_contact", format!("there is no contact \"{typed}\"")))
}

fn deal(desk: &mut Desk<'_>, typed: &str) -> Result<Id> {
    deals::deal(desk, typed).map(|deal| deal.id)
}

/// By name, domain or id; an empty text means none.
pub(super) fn company(desk: &mut Desk<'_>, typed: &str) -> Result<Option<Id>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    if let Some(company) = store::contacts::company_by_name(&mut desk.tx, typed.trim())? {
        return Ok(Some(company.id));
    }
    companies::company(desk, typed).map(|company| Some(company.id))
}

/// Ties and parts. `ticket.contact_id` follows; the caller writes the ticket.
pub(super) fn tie(desk: &mut Desk<'_>, ticket: &mut Ticket, ties: &Ties) -> Result<bool> {
    let contacts = tie_contacts(desk, ticket, ties)?;
    Ok(tie_deals(desk, ticket.id, ties)? || contacts)
}

fn tie_contacts(desk: &mut Desk<'_>, ticket: &mut Ticket, ties: &Ties) -> Result<bool> {
    if ties.add_contacts.is_empty() && ties.remove_contacts.is_empty() {
        return Ok(false);
    }
    let before = store::tickets::contacts_of(&mut desk.tx, ticket)?;
    let mut after: Vec<Id> = before.iter().copied().filter(|id| !ties.remove_contacts.contains(id)).collect();
    for id in &ties.add_contacts {
        if !after.contains(id) {
            after.push(*id);
        }
    }
    desk.writer(Cause::Command).set_contacts(ticket, &before, &after)
}

fn tie_deals(desk: &mut Desk<'_>, ticket: Id, ties: &Ties) -> Result<bool> {
    if ties.add_deals.is_empty() && ties.remove_deals.is_empty() {
        return Ok(false);
    }
    let there: Vec<Id> = store::deals::of_ticket(&mut desk.tx, ticket)?.iter().map(|deal| deal.id).collect();
    let removed: Vec<Id> = ties.remove_deals.iter().copied().filter(|id| there.contains(id)).collect();
    let stays = |id: &Id| there.contains(id) && !removed.contains(id);
    let added: Vec<Id> = ties.add_deals.iter().copied().filter(|id| !stays(id)).collect();
    let changed = !removed.is_empty() || !added.is_empty();
    desk.writer(Cause::Command).change_deals(ticket, removed, added)?;
    Ok(changed)
}
