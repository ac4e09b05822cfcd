//! From the document's own ids to rows.

use std::collections::{BTreeSet, HashMap};

use super::place::Place;
use super::sla::HoursIds;
use crate::domain::Id;
use crate::domain::property::CustomProperty;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;
use crate::store::load::{RefKind, ids_of};

/// The small kinds, whose ids are kept in memory for the whole load.
#[derive(Default)]
pub struct Known {
    pub teams: HashMap<String, Id>,
    pub users: HashMap<String, Id>,
    pub stages: HashMap<String, KnownStage>,
    pub inboxes: HashMap<String, Id>,
    pub channels: HashMap<String, KnownChannel>,
    /// Under which name a channel's bot writes, by the channel's row.
    pub bots: HashMap<Id, String>,
    pub hours: HoursIds,
    /// Custom properties of tickets by name.
    pub properties: HashMap<String, CustomProperty>,
    /// Where phone numbers without a country's code are at home.
    pub country: Option<String>,
    /// The clock that nothing in the document may be ahead of (E1): the store's, or the document's own.
    pub clock: Time,
}

#[derive(Clone, Copy)]
pub struct KnownStage {
    pub id: Id,
    pub open: bool,
}

#[derive(Clone, Copy)]
pub struct KnownChannel {
    pub id: Id,
    pub inbox: Id,
}

impl Known {
    /// Whether the channel's bot is the author of a message that went out by it.
    pub fn is_bot(&self, channel: Id, author: &str) -> bool {
        self.bots.get(&channel).is_some_and(|name| name == author)
    }
    pub fn user(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<Id> {
        self.users.get(reference).copied().ok_or_else(|| place.unknown(field, "user", reference))
    }
    pub fn team(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<Id> {
        self.teams.get(reference).copied().ok_or_else(|| place.unknown(field, "team", reference))
    }
    /// Working hours by name, in any case.
    pub fn hours(&self, place: &Place<'_>, reference: Option<&String>) -> Result<Option<Id>> {
        let id = |name: &String| self.hours.get(&name.trim().to_lowercase()).copied();
        reference
            .map(|name| id(name).ok_or_else(|| place.error("hours", format!("there are no working hours \"{name}\" in sla.hours"))))
            .transpose()
    }
    pub fn stage(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<KnownStage> {
        self.stages.get(reference).copied().ok_or_else(|| place.unknown(field, "stage", reference))
    }
    pub fn inbox(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<Id> {
        self.inboxes.get(reference).copied().ok_or_else(|| place.unknown(field, "inbox", reference))
    }
    pub fn channel(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<KnownChannel> {
        self.channels.get(reference).copied().ok_or_else(|| place.unknown(field, "channel", reference))
    }
}

/// What a batch refers to of one of the large kinds, looked up at once.
pub struct Looked {
    what: &'static str,
    ids: HashMap<String, Id>,
}

impl Looked {
    pub fn up<'d>(tx: &mut Tx<'_>, kind: RefKind, references: impl Iterator<Item = &'d String>) -> Result<Looked> {
        // Sorted: neighbours lie on the same pages.
        let wanted: BTreeSet<&str> = references.map(String::as_str).collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        Ok(Looked { what: kind.as_str(), ids: ids_of(tx, kind, &wanted)? })
    }

    pub fn id(&self, place: &Place<'_>, field: &str, reference: &str) -> Result<Id> {
        self.ids.get(reference).copied().ok_or_else(|| place.unknown(field, self.what, reference))
    }

    pub fn optional(&self, place: &Place<'_>, field: &str, reference: Option<&String>) -> Result<Option<Id>> {
        reference.map(|reference| self.id(place, field, reference)).transpose()
    }

    /// The first one, and the others.
    pub fn first_and_further(&self, place: &Place<'_>, field: &str, references: &[String]) -> Result<(Option<Id>, Vec<Id>)> {
        place.once_each(field, references)?;
        let ids = references.iter().map(|reference| self.id(place, field, reference)).collect::<Result<Vec<Id>>>()?;
        let mut ids = ids.into_iter();
        Ok((ids.next(), ids.collect()))
    }
}
