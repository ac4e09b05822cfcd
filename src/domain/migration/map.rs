//! The status map: from a conversation's status (or finer rules) to the ticket's stage, frozen when a run starts.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::decide::Subject;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::domain::filter::{EvalContext, Filter, Prepared};
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
}

impl FrozenMap {
    /// Every stage that the map can lead to.
    pub fn targets(&self) -> impl Iterator<Item = &MapTarget> {
        self.rules.iter().map(|rule| &rule.to).chain([&self.open, &self.closed])
    }

    /// The map ready for use on many conversations.
    pub fn prepare(&self) -> PreparedMap<'_> {
        let zone = time::zone(&self.zone).unwrap_or(TimeZone::UTC);
        let context = EvalContext::new(self.at, zone).with_me(&self.me);
        PreparedMap { map: self, rules: self.rules.iter().map(|rule| (rule.when.prepare(&context), &rule.to)).collect() }
    }
}

/// A map with its relative times resolved.
pub struct PreparedMap<'m> {
    map: &'m FrozenMap,
    rules: Vec<(Prepared, &'m MapTarget)>,
}

impl PreparedMap<'_> {
    /// The stage for a conversation: the first rule that matches, else the one for its status.
    pub fn target(&self, subject: &Subject<'_>) -> &MapTarget {
        let matched = self.rules.iter().find(|(when, _)| when.matches(subject)).map(|(_, to)| *to);
        matched.unwrap_or(match subject.status {
            Status::Open => &self.map.open,
            Status::Closed => &self.map.closed,
        })
    }
}
