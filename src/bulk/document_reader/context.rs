//! Where a pass over a document stands, and what every item must keep to.

use std::collections::BTreeMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::input::{Meter, Source};
use crate::bulk::place::Place;
use crate::domain::bounds::{self, Bounds, DOCUMENTS, Exceeded};
use crate::error::Error;

/// Where a pass stands, and the error of ours that made it stop: serde's errors carry text only.
pub struct Context {
    pub meter: Rc<Meter>,
    pub section: Option<&'static str>,
    pub item: Option<usize>,
    pub failed: Option<Error>,
    /// Of each section, once it has come.
    bounds: BTreeMap<&'static str, Bounds>,
    /// The item as JSON: room that is used again for the next.
    json: Vec<u8>,
}

impl Context {
    pub fn new(source: &Source) -> Context {
        Context { meter: source.meter.clone(), section: None, item: None, failed: None, bounds: BTreeMap::new(), json: Vec::new() }
    }

    pub fn enter(&mut self, section: &'static str) {
        (self.section, self.item) = (Some(section), None);
    }

    /// Refuses an item that holds too long a text, or one that no store can keep.
    pub fn check<T: Serialize + JsonSchema, E: serde::de::Error>(&mut self, item: &T) -> std::result::Result<(), E> {
        self.json.clear();
        if let Err(error) = serde_json::to_writer(&mut self.json, item) {
            return Err(self.fail(Error::unexpected(error)));
        }
        let section = self.section.unwrap_or_default();
        let bounds = self.bounds.entry(section).or_insert_with(|| bounds::of::<T>(DOCUMENTS));
        let Err(Exceeded { field, what }) = bounds.check(&self.json) else { return Ok(()) };
        let id = id_of(&self.json);
        let place = match self.item {
            Some(index) => Place::new(section, index, &id),
            None => Place::section(section),
        };
        Err(self.fail(place.error(&field, what)))
    }

    pub fn fail<E: serde::de::Error>(&mut self, error: Error) -> E {
        self.failed = Some(error);
        E::custom("stopped")
    }
}

/// The id by which a document knows an item, or what tells it from the others where it has none.
fn id_of(json: &[u8]) -> String {
    let item: Value = serde_json::from_slice(json).unwrap_or_default();
    let id = ["id", "name", "action"].iter().find_map(|name| item.get(*name)?.as_str());
    id.map_or_else(String::new, |id| bounds::cut(id, 100).replace('\0', ""))
}
