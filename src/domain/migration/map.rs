//! The status map: from a conversation's status (or finer rules) to the ticket's stage, frozen when a run starts.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::decide::Subject;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::domain::filter::{EvalContext, Filter, Key, Prepared};
use crate::domain::fold;
use crate::domain::pipeline::Stage;
use crate::domain::time::{self, Time};

/// A stage that a rule leads to, with what was true of it when the map was frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapTarget {
    pub stage_id: Id,
    /// `Pipeline/Stage`
    pub name: String,
    pub open: bool,
}

impl From<&Stage> for MapTarget {
    fn from(stage: &Stage) -> MapTarget {
        MapTarget { stage_id: stage.id, name: stage.full_name(), open: stage.is_open() }
    }
}

/// A finer rule: conversations that match go to its stage. The first match wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRule {
    pub when: Filter,
    pub to: MapTarget,
}

/// The map of one run. Relative times in rules count from `at`, so that a resumed run decides as the first worker did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenMap {
    pub rules: Vec<MapRule>,
    pub open: MapTarget,
    pub closed: MapTarget,
    pub at: Time,
    /// The account's zone when the map was frozen.
    pub zone: String,
    /// Who `me` is.
    pub me: String,
    /// The users whom rules name, by their addresses at that time: from then on they are known by their ids. None in a map that
    /// an older program froze.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Users>,
}

/// Users by their addresses, folded.
pub type Users = BTreeMap<String, Id>;

/// Users by their addresses as they are now.
pub fn users<'u>(users: impl IntoIterator<Item = (Id, &'u str)>) -> Users {
    users.into_iter().map(|(id, address)| (fold::fold(address), id)).collect()
}

impl FrozenMap {
    /// Every stage that the map can lead to.
    pub fn targets(&self) -> impl Iterator<Item = &MapTarget> {
        self.rules.iter().map(|rule| &rule.to).chain([&self.open, &self.closed])
    }

    /// Keeps which users the rules name.
    pub fn freeze_users(&mut self, known: &Users) {
        let mut named = Users::new();
        for rule in &self.rules {
            rule.when.prepare(&self.context()).with_users(&mut |address| {
                let id = known.get(address).copied()?;
                named.insert(address.to_owned(), id);
                Some(id)
            });
        }
        self.users = Some(named);
    }

    fn context(&self) -> EvalContext {
        let zone = time::zone(&self.zone).unwrap_or(TimeZone::UTC);
        EvalContext::new(self.at, zone).with_me(&self.me)
    }

    /// What each rule asks for, with its relative times and its users resolved. `now` are the users for a map without its own.
    pub fn conditions(&self, now: &Users) -> Vec<Prepared> {
        let (context, users) = (self.context(), self.users.as_ref().unwrap_or(now));
        let ready = |rule: &MapRule| rule.when.prepare(&context).with_users(&mut |address| users.get(address).copied());
        self.rules.iter().map(ready).collect()
    }

    /// The map ready for use on many conversations.
    pub fn prepare(&self, now: &Users) -> PreparedMap<'_> {
        PreparedMap { map: self, rules: self.conditions(now).into_iter().zip(self.rules.iter().map(|rule| &rule.to)).collect() }
    }
}

/// A map with its relative times resolved.
pub struct PreparedMap<'m> {
    map: &'m FrozenMap,
    rules: Vec<(Prepared, &'m MapTarget)>,
}

impl PreparedMap<'_> {
    /// Whether a rule asks for the contact.
    pub fn asks_for_contact(&self) -> bool {
        self.rules.iter().any(|(when, _)| when.asks_for(Key::Contact))
    }

    /// The stage for a conversation: the first rule that matches, else the one for its status.
    pub fn target(&self, subject: &Subject<'_>) -> &MapTarget {
        let matched = self.rules.iter().find(|(when, _)| when.matches(subject)).map(|(_, to)| *to);
        matched.unwrap_or(match subject.status {
            Status::Open => &self.map.open,
            Status::Closed => &self.map.closed,
        })
    }
}
