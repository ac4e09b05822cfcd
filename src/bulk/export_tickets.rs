//! Tickets of an export, with the deals and custom properties that they have. Deleted ones are left out.

use std::collections::HashMap;

use super::export::{Export, PAGE, grouped};
use crate::domain::Id;
use crate::domain::deal;
use crate::domain::document::{self, Property};
use crate::domain::property::{CustomProperty, PropertyObject};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::properties::{plain, words};
use crate::error::Result;
use crate::store::properties::{self, Values};
use crate::store::{deals, export};

/// What hangs on the tickets of a page, by ticket.
struct Hanging {
    contacts: HashMap<Id, Vec<Id>>,
    deals: HashMap<Id, Vec<Id>>,
    followers: HashMap<Id, Vec<Id>>,
    values: HashMap<Id, Values>,
}

impl Hanging {
    fn list(map: &HashMap<Id, Vec<Id>>, ticket: Id) -> &[Id] {
        map.get(&ticket).map_or(&[], Vec::as_slice)
    }
}

impl Export<'_, '_> {
    /// The custom properties; without any there is no such section.
    pub fn properties(&mut self) -> Result<()> {
        let properties = properties::all(self.tx, PropertyObject::Ticket)?;
        if properties.is_empty() {
            return Ok(());
        }
        self.out.begin("properties")?;
        for property in properties {
            self.out.item(&Property {
                name: property.name,
                label: Some(property.label),
                kind: property.kind,
                options: property.options,
                created_at: Some(property.created_at),
            })?;
        }
        self.out.end()
    }

    /// The deals; without any there is no such section.
    pub fn deals(&mut self) -> Result<()> {
        let mut page = deals::page(self.tx, 0, PAGE)?;
        if page.is_empty() {
            return Ok(());
        }
        self.out.begin("deals")?;
        while let Some(last) = page.last().map(|deal| deal.id) {
            for deal in page {
                let doc = document::Deal {
                    id: self.deal(deal.id)?,
                    name: deal.name,
                    amount: deal.amount.map(deal::shown),
                    company: deal.company_id.map(|company| self.company(company)).transpose()?,
                    created_at: deal.created_at,
                };
                self.out.item(&doc)?;
            }
            page = deals::page(self.tx, last, PAGE)?;
        }
        self.out.end()
    }

    pub fn tickets(&mut self) -> Result<()> {
        let known = properties::all(self.tx, PropertyObject::Ticket)?;
        self.out.begin("tickets")?;
        let mut after = 0;
        loop {
            let page = export::tickets(self.tx, after, PAGE)?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { break };
            let ids: Vec<Id> = page.iter().map(|ticket| ticket.id).collect();
            let hanging = Hanging {
                contacts: grouped(export::ticket_contacts(self.tx, first.id, last.id)?),
                deals: grouped(export::ticket_deals(self.tx, first.id, last.id)?),
                followers: grouped(export::ticket_followers(self.tx, first.id, last.id)?),
                values: if known.is_empty() { HashMap::new() } else { properties::values_of(self.tx, &ids)? },
            };
            for ticket in &page {
                let doc = self.ticket(ticket, &hanging, &known)?;
                self.out.item(&doc)?;
                self.exported.counts.tickets += 1;
            }
            after = last.id;
        }
        self.out.end()
    }

    fn ticket(&self, ticket: &Ticket, hanging: &Hanging, known: &[CustomProperty]) -> Result<document::Ticket> {
        let names = &self.names;
        let ticket = ticket.clone();
        let values = hanging.values.get(&ticket.id);
        let value = |property: &CustomProperty| Some((property.name.clone(), property.json(values?.get(&property.id)?)));
        let own: Vec<_> =
            plain().filter_map(|(property, _)| Some((property.name.to_owned(), words((property.get)(&ticket))?.into()))).collect();
        Ok(document::Ticket {
            id: self.ticket_id(ticket.id)?,
            name: ticket.name,
            stage: names.stage(ticket.stage_id)?,
            owner: ticket.owner_id.map(|owner| names.user(owner)).transpose()?,
            team: ticket.team_id.map(|team| names.team(team)).transpose()?,
            priority: ticket.priority,
            category: ticket.category,
            source: ticket.source,
            description: ticket.description,
            created_at: ticket.created_at,
            closed_at: ticket.closed_at,
            last_activity_at: Some(ticket.last_activity_at),
            contacts: self.contact_list(ticket.contact_id, Hanging::list(&hanging.contacts, ticket.id))?,
            company: ticket.company_id.map(|company| self.company(company)).transpose()?,
            spam: ticket.spam,
            in_help_desk: ticket.in_help_desk,
            properties: known.iter().filter_map(value).chain(own).collect(),
            deals: Hanging::list(&hanging.deals, ticket.id).iter().map(|deal| self.deal(*deal)).collect::<Result<_>>()?,
            followers: Hanging::list(&hanging.followers, ticket.id).iter().map(|user| names.user(*user)).collect::<Result<_>>()?,
        })
    }

    fn deal(&self, id: Id) -> Result<String> {
        Ok(format!("d{}", self.deals.number(id)?))
    }
}
