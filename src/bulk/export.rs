//! Writes the account back as a document: one snapshot, page by page, one item a line.
//!
//! Items are numbered anew in the order of their ids, so that the same data gives the same bytes on either engine, and
//! an export that is loaded and exported again too.

use std::collections::HashMap;
use std::io::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Counts;
use super::ranks::{Ranks, missing};
use super::sla;
use crate::domain::Id;
use crate::domain::channel::{self, Settings, State};
use crate::domain::document::{self, BotConditionDoc, SECTIONS, VERSION};
use crate::error::{Error, Result, write_error};
use crate::store::export::Numbered;
use crate::store::{self, Tx, account, bots, channels, contacts, inboxes, pipelines, users};

/// Rows per page.
pub const PAGE: i64 = 500;

/// What was written, and what to know about it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Exported {
    pub counts: Counts,
    pub notices: Vec<String>,
}

/// Writes the whole account; `tx` is the snapshot. The account must be open.
pub fn export_account(tx: &mut Tx<'_>, out: &mut dyn Write) -> Result<Exported> {
    let account = account::get(tx)?;
    let mut export = Export {
        companies: Ranks::of(tx, Numbered::Companies)?,
        contacts: Ranks::of(tx, Numbered::Contacts)?,
        deals: Ranks::of(tx, Numbered::Deals)?,
        tickets: Ranks::of(tx, Numbered::Tickets)?,
        tx,
        out: Lines { out, items: 0, written: 0 },
        names: Names::default(),
        exported: Exported::default(),
    };
    let country = account::country(export.tx)?;
    let doc = document::Account { name: account.name, time_zone: account.time_zone, limits: account.limits, country, as_of: None };
    export.out.put(&format!("{{\n\"{}\": {VERSION},\n\"account\": {}", SECTIONS[0], text(&doc)?))?;
    export.people()?;
    export.stages()?;
    export.channels()?;
    export.sla()?;
    export.properties()?;
    export.customers()?;
    export.deals()?;
    export.tickets()?;
    export.conversations()?;
    export.out.put("\n}\n")?;
    export.out.out.flush().map_err(write_error)?;
    Ok(export.exported)
}

/// An export under way.
pub struct Export<'e, 's> {
    pub tx: &'e mut Tx<'s>,
    pub out: Lines<'e>,
    pub names: Names,
    pub companies: Ranks,
    pub contacts: Ranks,
    pub deals: Ranks,
    pub tickets: Ranks,
    pub exported: Exported,
}

/// The document's ids of the small kinds, by row.
#[derive(Default)]
pub struct Names {
    teams: HashMap<Id, String>,
    users: HashMap<Id, String>,
    stages: HashMap<Id, String>,
    inboxes: HashMap<Id, String>,
    channels: HashMap<Id, String>,
    /// Under which name a channel's bot writes.
    bots: HashMap<Id, String>,
    /// Working hours by their own names.
    hours: HashMap<Id, String>,
}

fn name(names: &HashMap<Id, String>, table: &str, id: Id) -> Result<String> {
    names.get(&id).cloned().ok_or_else(|| missing(table, id))
}

impl Names {
    pub fn user(&self, id: Id) -> Result<String> {
        name(&self.users, "users", id)
    }
    pub fn team(&self, id: Id) -> Result<String> {
        name(&self.teams, "teams", id)
    }
    fn hours(&self, id: Option<Id>) -> Result<Option<String>> {
        id.map(|id| name(&self.hours, "sla_hours", id)).transpose()
    }
    pub fn stage(&self, id: Id) -> Result<String> {
        name(&self.stages, "stages", id)
    }
    pub fn inbox(&self, id: Id) -> Result<String> {
        name(&self.inboxes, "inboxes", id)
    }
    pub fn channel(&self, id: Id) -> Result<String> {
        name(&self.channels, "channels", id)
    }
    /// Whether the channel's bot is the author of a message that went out by it, by what the document says of the channel.
    pub fn is_bot(&self, channel: Id, author: &str) -> bool {
        self.bots.get(&channel).is_some_and(|name| name == author)
    }
}

/// The text of the document.
pub struct Lines<'w> {
    out: &'w mut dyn Write,
    /// Of the section under way.
    items: u64,
    /// Bytes.
    pub written: u64,
}

impl Write for Lines<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Lines<'_> {
    pub fn put(&mut self, text: &str) -> Result<()> {
        self.write_all(text.as_bytes()).map_err(write_error)
    }

    pub fn begin(&mut self, section: &str) -> Result<()> {
        self.items = 0;
        self.put(&format!(",\n\"{section}\": ["))
    }

    /// What stands before each item of a section.
    pub fn next_item(&mut self) -> Result<()> {
        self.items += 1;
        self.put(if self.items == 1 { "\n" } else { ",\n" })
    }

    pub fn item<T: Serialize>(&mut self, item: &T) -> Result<()> {
        self.next_item()?;
        self.put(&text(item)?)
    }

    pub fn end(&mut self) -> Result<()> {
        self.put(if self.items == 0 { "]" } else { "\n]" })
    }
}

pub fn text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::unexpected)
}

impl Export<'_, '_> {
    fn people(&mut self) -> Result<()> {
        self.names.hours = store::sla::all_hours(self.tx)?.into_iter().map(|named| (named.id, named.name)).collect();
        self.out.begin("teams")?;
        for (number, team) in (1..).zip(users::teams(self.tx)?) {
            let id = format!("team{number}");
            self.names.teams.insert(team.id, id.clone());
            let hours = self.names.hours(team.hours_id)?;
            self.out.item(&document::Team { id, name: team.name, hours })?;
        }
        self.out.end()?;
        self.out.begin("users")?;
        let working = users::working(self.tx)?;
        for (number, user) in (1..).zip(users::all(self.tx)?) {
            let id = format!("u{number}");
            self.names.users.insert(user.id, id.clone());
            let working = working.get(&user.id).copied().unwrap_or_default();
            let more_teams = user.more_teams.iter().map(|team| self.names.team(*team)).collect::<Result<_>>()?;
            self.out.item(&document::User {
                id,
                email: user.email,
                name: user.name,
                role: user.role,
                permissions: user.grants,
                seat: user.seat,
                active: user.active,
                ticket_access: user.ticket_access,
                unassigned_visible: user.unassigned_visible,
                team: user.team_id.map(|team| self.names.team(team)).transpose()?,
                more_teams,
                hours: self.names.hours(working.hours_id)?,
                availability: working.availability,
            })?;
            self.exported.counts.users += 1;
        }
        self.out.end()
    }

    fn stages(&mut self) -> Result<()> {
        let mut of_pipeline: HashMap<Id, Vec<document::Stage>> = HashMap::new();
        for (number, stage) in (1..).zip(pipelines::stages(self.tx)?) {
            let id = format!("s{number}");
            self.names.stages.insert(stage.id, id.clone());
            of_pipeline.entry(stage.pipeline_id).or_default().push(document::Stage { id, name: stage.name, state: stage.state });
        }
        self.out.begin("pipelines")?;
        for (number, pipeline) in (1..).zip(pipelines::all(self.tx)?) {
            let stages = of_pipeline.remove(&pipeline.id).unwrap_or_default();
            self.out.item(&document::Pipeline { id: format!("p{number}"), name: pipeline.name, stages })?;
        }
        self.out.end()
    }

    fn channels(&mut self) -> Result<()> {
        self.out.begin("inboxes")?;
        for (number, inbox) in (1..).zip(inboxes::all(self.tx)?) {
            let id = format!("i{number}");
            self.names.inboxes.insert(inbox.id, id.clone());
            self.out.item(&document::Inbox { id, name: inbox.name, kind: inbox.kind })?;
        }
        self.out.end()?;
        self.out.begin("bot_conditions")?;
        for condition in bots::conditions(self.tx)? {
            self.out.item(&BotConditionDoc { action: condition.action, allowed: condition.allowed, why: condition.why })?;
        }
        self.out.end()?;
        self.out.begin("channels")?;
        for (number, channel) in (1..).zip(channels::all(self.tx)?) {
            let id = format!("ch{number}");
            self.names.channels.insert(channel.id, id.clone());
            self.names.bots.insert(channel.id, channel.settings.bot_name(&channel.name).to_owned());
            let settings = self.settings(&channel)?;
            self.out.item(&document::Channel {
                id,
                name: channel.name,
                kind: channel.kind,
                address: channel.address,
                inbox: self.names.inbox(channel.inbox_id)?,
                connected: channel.state != State::Disconnected,
                settings,
            })?;
            self.exported.counts.channels += 1;
        }
        self.out.end()
    }

    /// The settings with the document's ids. They are kept as data, so they may name what was deleted since: that is left out.
    fn settings(&mut self, channel: &channel::Channel) -> Result<Settings<String>> {
        let mut settings = channel.settings.clone();
        let before = settings.clone();
        settings.routing.users.retain(|user| self.names.users.contains_key(user));
        settings.routing.teams.retain(|team| self.names.teams.contains_key(team));
        settings.ticket_creation.stage = settings.ticket_creation.stage.filter(|stage| self.names.stages.contains_key(stage));
        if settings != before {
            let notice =
                format!("the settings of channel {} name users, teams or stages that are gone; these were left out", channel.address);
            self.exported.notices.push(notice);
        }
        let names = &self.names;
        settings.map_refs(|user| names.user(user), |team| names.team(team), |stage| names.stage(stage))
    }

    fn sla(&mut self) -> Result<()> {
        match sla::read(self.tx, &mut self.exported.notices)? {
            Some(doc) => self.out.put(&format!(",\n\"sla\": {}", text(&doc)?)),
            None => Ok(()),
        }
    }

    fn customers(&mut self) -> Result<()> {
        self.out.begin("companies")?;
        let mut after = 0;
        loop {
            let page = contacts::companies(self.tx, after, PAGE)?;
            let Some(last) = page.last() else { break };
            for company in &page {
                let id = self.company(company.id)?;
                self.out.item(&document::Company { id, name: company.name.clone(), domain: company.domain.clone() })?;
            }
            after = last.id;
        }
        self.out.end()?;
        self.out.begin("contacts")?;
        let mut after = 0;
        loop {
            let page = contacts::page(self.tx, after, PAGE)?;
            let Some(last) = page.last() else { break };
            for contact in &page {
                let contact = contact.clone();
                let doc = document::Contact {
                    id: self.contact(contact.id)?,
                    first_name: contact.first_name,
                    last_name: contact.last_name,
                    email: contact.email,
                    phone: contact.phone,
                    mobile_phone: contact.mobile_phone,
                    company: contact.company_id.map(|company| self.company(company)).transpose()?,
                    other_address: contact.other_address,
                };
                self.out.item(&doc)?;
                self.exported.counts.contacts += 1;
            }
            after = last.id;
        }
        self.out.end()
    }

    /// All contacts, the first one first.
    pub fn contact_list(&self, first: Option<Id>, further: &[Id]) -> Result<Vec<String>> {
        let further = further.iter().copied().filter(|contact| Some(*contact) != first);
        first.into_iter().chain(further).map(|contact| self.contact(contact)).collect()
    }

    pub fn company(&self, id: Id) -> Result<String> {
        Ok(format!("co{}", self.companies.number(id)?))
    }
    pub fn contact(&self, id: Id) -> Result<String> {
        Ok(format!("k{}", self.contacts.number(id)?))
    }
    pub fn ticket_id(&self, id: Id) -> Result<String> {
        Ok(format!("t{}", self.tickets.number(id)?))
    }
}

/// Pairs by their first part, in the order in which they come.
pub fn grouped<T>(pairs: Vec<(Id, T)>) -> HashMap<Id, Vec<T>> {
    let mut groups: HashMap<Id, Vec<T>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
