//! Goes through JSON as it comes, without keeping anything of it: eight million items cost no more than the first thousand.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::limits::Place;
use super::{Bounds, Exceeded, NAME, What};

pub fn scan(bounds: &Bounds, json: &[u8]) -> Result<(), Exceeded> {
    let mut trail = Trail { steps: Vec::new(), found: None };
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    // What is no JSON, the reading itself tells.
    let _ = Scan { bounds, place: Some(0), trail: &mut trail }.deserialize(&mut deserializer);
    trail.found.map_or(Ok(()), Err)
}

/// Where the scan stands, and what made it stop.
struct Trail<'b> {
    steps: Vec<Step<'b>>,
    found: Option<Exceeded>,
}

enum Step<'b> {
    Field(Cow<'b, str>),
    Item(usize),
}

impl Trail<'_> {
    fn stop<E: Error>(&mut self, what: What) -> E {
        let mut field = String::new();
        for step in &self.steps {
            match step {
                Step::Field(name) if field.is_empty() => field.push_str(name),
                Step::Field(name) => field.extend([".", name]),
                Step::Item(index) => field.push_str(&format!("[{index}]")),
            }
        }
        self.found = Some(Exceeded { field, what });
        E::custom("stopped")
    }
}

struct Scan<'t, 'b> {
    bounds: &'b Bounds,
    place: Option<usize>,
    trail: &'t mut Trail<'b>,
}

impl<'de> DeserializeSeed<'de> for Scan<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match wrong(text, self.bounds.text(self.place)) {
            Some(what) => Err(self.trail.stop(what)),
            None => Ok(()),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Scan { bounds, place, trail } = self;
        let most = bounds.list(place);
        let of_items = bounds.place(place).and_then(|place| place.items);
        for index in 0.. {
            trail.steps.push(Step::Item(index));
            let item = items.next_element_seed(Scan { bounds, place: of_items, trail })?;
            trail.steps.pop();
            match item {
                None => break,
                Some(()) if index == most => return Err(trail.stop(What::List(most))),
                Some(()) => {}
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let Scan { bounds, place, trail } = self;
        let most = bounds.map(place);
        let mut count = 0;
        while let Some(field) = fields.next_key_seed(Key { place: bounds.place(place) })? {
            let field = field.map_err(|what| trail.stop(what))?;
            count += 1;
            if count > most {
                return Err(trail.stop(What::Map(most)));
            }
            trail.steps.push(Step::Field(field.name));
            fields.next_value_seed(Scan { bounds, place: field.place, trail })?;
            trail.steps.pop();
        }
        Ok(())
    }
}

fn wrong(text: &str, most: usize) -> Option<What> {
    if text.contains('\0') {
        return Some(What::Nul);
    }
    (text.len() > most).then_some(What::Text(most))
}

/// The name of a field.
struct Key<'b> {
    place: Option<&'b Place>,
}

struct Field<'b> {
    name: Cow<'b, str>,
    place: Option<usize>,
}

impl<'de, 'b> DeserializeSeed<'de> for Key<'b> {
    type Value = Result<Field<'b>, What>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'b> Visitor<'_> for Key<'b> {
    type Value = Result<Field<'b>, What>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if let Some((name, place)) = self.place.and_then(|place| place.fields.get_key_value(text)) {
            return Ok(Ok(Field { name: name.into(), place: Some(*place) }));
        }
        if let Some(what) = wrong(text, NAME) {
            return Ok(Err(what));
        }
        Ok(Ok(Field { name: text.to_owned().into(), place: self.place.and_then(|place| place.others) }))
    }
}
