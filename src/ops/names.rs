//! Readable names for the ids that rows and histories hold.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::domain::Id;
use crate::domain::pipeline::Stage;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::history::{self, Object};
use crate::store::{channels, contacts, deals, inboxes, pipelines, users};

/// The account's people and places by id: few, whatever the number of conversations.
pub struct Names {
    users: HashMap<Id, String>,
    teams: HashMap<Id, String>,
    channels: HashMap<Id, String>,
    inboxes: HashMap<Id, String>,
    stages: HashMap<Id, Stage>,
}

impl Names {
    pub fn load(desk: &mut Desk<'_>) -> Result<Names> {
        let tx = &mut desk.tx;
        Ok(Names {
            users: users::all(tx)?.into_iter().map(|user| (user.id, user.email)).collect(),
            teams: users::teams(tx)?.into_iter().map(|team| (team.id, team.name)).collect(),
            channels: channels::all(tx)?.into_iter().map(|channel| (channel.id, channel.address)).collect(),
            inboxes: inboxes::all(tx)?.into_iter().map(|inbox| (inbox.id, inbox.name)).collect(),
            stages: pipelines::stages(tx)?.into_iter().map(|stage| (stage.id, stage)).collect(),
        })
    }

    /// A user's address.
    pub fn user(&self, id: Option<Id>) -> Option<String> {
        id.map(|id| name(&self.users, id))
    }
    pub fn team(&self, id: Option<Id>) -> Option<String> {
        id.map(|id| name(&self.teams, id))
    }
    /// A channel's address.
    pub fn channel(&self, id: Id) -> String {
        name(&self.channels, id)
    }
    pub fn inbox(&self, id: Id) -> String {
        name(&self.inboxes, id)
    }
    pub fn stage(&self, id: Id) -> Option<&Stage> {
        self.stages.get(&id)
    }

    /// What a history value says to people: ids of people and places by name, all else as it is.
    fn value(&self, property: &str, value: Option<String>) -> Option<String> {
        let value = value?;
        let Ok(id) = value.parse::<Id>() else { return Some(value) };
        Some(match property {
            "owner" => name(&self.users, id),
            "team" => name(&self.teams, id),
            "channel" => name(&self.channels, id),
            "inbox" => name(&self.inboxes, id),
            "stage" => self.stages.get(&id).map_or(value, Stage::full_name),
            _ => value,
        })
    }
}

/// What is gone keeps its number.
fn name(names: &HashMap<Id, String>, id: Id) -> String {
    names.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

/// One change, told for people.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    pub changed_at: Time,
    pub property: String,
    pub old: Option<String>,
    pub new: Option<String>,
    /// The address of whoever did it.
    pub by: Option<String>,
    /// The migration that did it.
    pub migration: Option<Id>,
}

/// An object's history, oldest first.
pub fn history(desk: &mut Desk<'_>, names: &Names, object: Object, id: Id) -> Result<Vec<Event>> {
    let changes = history::of(&mut desk.tx, object, id)?;
    names.events(desk, changes)
}

impl Names {
    /// Changes told for people, in their order.
    pub fn events(&self, desk: &mut Desk<'_>, changes: Vec<history::Change>) -> Result<Vec<Event>> {
        let customers = Customers::named_in(desk, &changes)?;
        let value = |property: &str, value: Option<String>| match customers.name(property, value.as_deref()) {
            Some(name) => Some(name),
            None => self.value(property, value),
        };
        let event = |change: history::Change| Event {
            changed_at: change.at,
            old: value(&change.property, change.old_value),
            new: value(&change.property, change.new_value),
            property: change.property,
            by: self.user(change.actor_id),
            migration: change.run_id,
        };
        Ok(changes.into_iter().map(event).collect())
    }
}

/// Contacts, companies and deals by property and id: only those that some changes name, for there may be any number.
#[derive(Default)]
struct Customers(HashMap<(&'static str, Id), String>);

impl Customers {
    /// Of which kind the ids of a property are.
    fn kind(property: &str) -> Option<&'static str> {
        ["contact", "company", "deal"].into_iter().find(|kind| property == *kind || property.strip_suffix('s') == Some(kind))
    }

    fn named_in(desk: &mut Desk<'_>, changes: &[history::Change]) -> Result<Customers> {
        let mut names = HashMap::new();
        for change in changes {
            let Some(kind) = Customers::kind(&change.property) else { continue };
            for id in [&change.old_value, &change.new_value].into_iter().flatten().filter_map(|value| value.parse::<Id>().ok()) {
                if names.contains_key(&(kind, id)) {
                    continue;
                }
                let name = match kind {
                    "contact" => contacts::by_id(&mut desk.tx, id)?.and_then(|contact| contact.display_name()),
                    "company" => contacts::company_by_id(&mut desk.tx, id)?.map(|company| company.name),
                    _ => deals::by_id(&mut desk.tx, id)?.map(|deal| deal.name),
                };
                names.insert((kind, id), name.unwrap_or_else(|| format!("#{id}")));
            }
        }
        Ok(Customers(names))
    }

    fn name(&self, property: &str, value: Option<&str>) -> Option<String> {
        self.0.get(&(Customers::kind(property)?, value?.parse().ok()?)).cloned()
    }
}

/// An id as history keeps it.
pub fn id_text(id: Option<Id>) -> Option<String> {
    id.map(|id| id.to_string())
}

/// A time as history keeps it: RFC 3339.
pub fn time_text(time: Option<Time>) -> Option<String> {
    time.map(|time| time.to_string())
}

/// A yes or no as history keeps it.
pub fn flag_text(flag: bool) -> Option<String> {
    Some(i64::from(flag).to_string())
}
