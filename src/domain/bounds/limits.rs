//! What a schema says of lengths, in a form in which it is quickly asked.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Exceeded, ITEMS, LONG, Stated, scan};

/// The bounds of every place of a kind of JSON.
#[derive(Debug)]
pub struct Bounds {
    pub(super) places: Vec<Place>,
    stated: Stated,
}

/// One place. Where a schema says nothing of it, any JSON may stand there.
#[derive(Debug, Default)]
pub(super) struct Place {
    text: Option<usize>,
    list: Option<usize>,
    map: Option<usize>,
    pub fields: HashMap<String, usize>,
    /// Of fields that have no place of their own.
    pub others: Option<usize>,
    pub items: Option<usize>,
}

impl Bounds {
    pub fn new(schema: &Value, stated: Stated) -> Bounds {
        let mut reader = Reader { root: schema, places: Vec::new(), known: HashMap::new() };
        reader.place(vec![schema]);
        Bounds { places: reader.places, stated }
    }

    /// Looks through JSON. What is none is left to whoever reads it.
    pub fn check(&self, json: &[u8]) -> Result<(), Exceeded> {
        scan::scan(self, json)
    }

    pub(super) fn place(&self, index: Option<usize>) -> Option<&Place> {
        index.and_then(|index| self.places.get(index))
    }

    pub(super) fn text(&self, index: Option<usize>) -> usize {
        self.place(index).and_then(|place| place.text).unwrap_or(LONG)
    }

    pub(super) fn list(&self, index: Option<usize>) -> usize {
        self.place(index).and_then(|place| place.list).unwrap_or(self.most())
    }

    pub(super) fn map(&self, index: Option<usize>) -> usize {
        self.place(index).and_then(|place| place.map).unwrap_or(self.most())
    }

    fn most(&self) -> usize {
        if self.stated.lists { ITEMS } else { usize::MAX }
    }
}

/// Makes places of schemas; a place may be that of several schemas, one of which holds.
struct Reader<'s> {
    root: &'s Value,
    places: Vec<Place>,
    known: HashMap<Vec<*const Value>, usize>,
}

impl<'s> Reader<'s> {
    fn place(&mut self, schemas: Vec<&'s Value>) -> usize {
        let mut plain = Vec::new();
        schemas.into_iter().for_each(|schema| self.flatten(schema, &mut plain));
        let key: Vec<*const Value> = plain.iter().map(|schema| std::ptr::from_ref(*schema)).collect();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let index = self.places.len();
        self.known.insert(key, index);
        self.places.push(Place::default());
        let place = self.read(&plain);
        self.places[index] = place;
        index
    }

    /// The schema itself, those that it refers to, and its alternatives.
    fn flatten(&self, schema: &'s Value, plain: &mut Vec<&'s Value>) {
        let Some(keywords) = schema.as_object() else { return };
        if plain.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        plain.push(schema);
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str).and_then(|path| self.root.pointer(path.trim_start_matches('#')))
        {
            self.flatten(target, plain);
        }
        for several in ["allOf", "anyOf", "oneOf"].iter().filter_map(|keyword| keywords.get(*keyword)?.as_array()) {
            several.iter().for_each(|schema| self.flatten(schema, plain));
        }
    }

    fn read(&mut self, schemas: &[&'s Value]) -> Place {
        let keywords: Vec<&'s Map<String, Value>> = schemas.iter().filter_map(|schema| schema.as_object()).collect();
        let most = |keyword: &str| {
            let bounds = keywords.iter().filter_map(|keywords| keywords.get(keyword)?.as_u64());
            bounds.max().map(|bound| usize::try_from(bound).unwrap_or(usize::MAX))
        };
        let (text, list, map) = (most("maxLength"), most("maxItems"), most("maxProperties"));
        let mut fields: HashMap<&'s String, Vec<&'s Value>> = HashMap::new();
        for (name, schema) in keywords.iter().filter_map(|keywords| keywords.get("properties")?.as_object()).flatten() {
            fields.entry(name).or_default().push(schema);
        }
        let map = map.or((!fields.is_empty()).then_some(usize::MAX));
        let items = keywords.iter().filter_map(|keywords| keywords.get("items"));
        let first = keywords.iter().filter_map(|keywords| keywords.get("prefixItems")?.as_array()).flatten();
        let items: Vec<&'s Value> = items.chain(first).filter(|schema| schema.is_object()).collect();
        let others = keywords.iter().filter_map(|keywords| keywords.get("additionalProperties"));
        let others: Vec<&'s Value> = others.filter(|schema| schema.is_object()).collect();
        Place {
            text,
            list,
            map,
            fields: fields.into_iter().map(|(name, schemas)| (name.clone(), self.place(schemas))).collect(),
            others: (!others.is_empty()).then(|| self.place(others)),
            items: (!items.is_empty()).then(|| self.place(items)),
        }
    }
}
