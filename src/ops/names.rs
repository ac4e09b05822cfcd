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
use crate::store::{channels, inboxes, pipelines, users};

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
    let event = |change: history::Change| Event {
        changed_at: change.at,
        old: names.value(&change.property, change.old_value),
        new: names.value(&change.property, change.new_value),
        property: change.property,
        by: names.user(change.actor_id),
        migration: change.run_id,
    };
    Ok(changes.into_iter().map(event).collect())
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
