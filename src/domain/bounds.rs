//! How long texts, lists and maps may be that come from outside (G10, G23): stated in the schemas, and checked by them.
//!
//! A field says its own bound where it needs more than usual (`#[schemars(length(max = …))]`); [`Stated`] writes the usual one
//! into every other place of a schema. [`Bounds`] reads what such a schema says, and looks through JSON before anything is made
//! of it: one decision for arguments, lines and documents alike. What a field may be beyond that, its own rules say.

mod limits;
mod scan;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

pub use limits::Bounds;

/// Names, addresses, keys, references, in bytes: they must fit into an index of either engine.
pub const NAME: usize = 1_000;
/// What deskctl itself makes of such, for the document that has it: an index of PostgreSQL holds it still.
pub const MADE: usize = 2 * NAME + 100;
/// Descriptions, signatures, filters, and texts inside free-form JSON, in bytes.
pub const LONG: usize = 256 << 10;
/// What a message says, as text or as HTML, in bytes.
pub const BODY: usize = 25_000_000;
/// The same with a signature below it.
pub const SIGNED: usize = BODY + 6 * LONG;
/// A file in base64, in bytes: more than the largest attachment has, which tells its own limit.
pub const CONTENT: usize = 50_000_000;
/// The items of a list, and the fields of a map.
pub const ITEMS: usize = 1_000;

/// Writes the usual bounds into a schema, where it has none of its own.
#[derive(Clone, Copy, Debug)]
pub struct Stated {
    /// Whether lists are bounded too: a document's are as long as the account is large.
    pub lists: bool,
}

/// A document is as large as its account.
pub const DOCUMENTS: Stated = Stated { lists: false };
/// Every list of an argument is bounded: what is larger by nature comes by a stream, a filter, or in several calls.
pub const ARGUMENTS: Stated = Stated { lists: true };

impl Transform for Stated {
    fn transform(&mut self, schema: &mut Schema) {
        let is = |wanted: &str| match schema.get("type") {
            Some(Value::String(kind)) => kind == wanted,
            Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
            _ => false,
        };
        let fixed = schema.get("enum").is_some() || schema.get("const").is_some();
        let is_map = schema.get("additionalProperties").is_some_and(|others| *others != Value::Bool(false));
        let bounds = [
            ("maxLength", NAME, is("string") && !fixed),
            ("maxItems", ITEMS, self.lists && is("array")),
            ("maxProperties", ITEMS, self.lists && is("object") && is_map),
        ];
        for (keyword, bound, _) in bounds.into_iter().filter(|(_, _, applies)| *applies) {
            if schema.get(keyword).is_none() {
                schema.insert(keyword.to_owned(), bound.into());
            }
        }
    }
}

/// What is too long, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// `attachments[3].name`; empty for the whole.
    pub field: String,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// PostgreSQL cannot store the character, so that no store takes it.
    Nul,
    /// Longer than so many bytes.
    Text(usize),
    /// More than so many items.
    List(usize),
    /// More than so many fields.
    Map(usize),
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            What::Nul => f.write_str("holds a NUL character, which cannot be stored"),
            What::Text(most) => write!(f, "is longer than {most} bytes"),
            What::List(most) => write!(f, "has more than {most} items"),
            What::Map(most) => write!(f, "has more than {most} fields"),
        }
    }
}

/// The text up to so many bytes, without half a character at its end.
pub fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// Each of them once, in their order.
pub fn distinct<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items.iter().filter(|item| seen.insert(*item)).cloned().collect()
}

/// The schema of a type that is read, with its bounds.
pub fn schema_of<T: JsonSchema>(stated: Stated) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_deserialize().with_transform(RecursiveTransform(stated));
    settings.into_generator().into_root_schema_for::<T>()
}

/// The bounds of a type that is read.
pub fn of<T: JsonSchema>(stated: Stated) -> Bounds {
    Bounds::new(schema_of::<T>(stated).as_value(), stated)
}

#[cfg(test)]
mod tests;
