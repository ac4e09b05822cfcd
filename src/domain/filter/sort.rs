//! The order of a list: `created_at`, or `created_at:desc` (V4).

use std::fmt;
use std::sync::Arc;

use super::problem::{Problem, shown};
use super::property::{Property, Schema, Type};
use crate::error::{Error, Result};

/// By one property, then by id in the same direction. What lacks the property comes last either way.
///
/// Texts are in the order of their characters, A to Z without regard to case; enumerations and what belongs to the account (stages,
/// teams) in its own order; users and channels by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The property; never a duration, but the time it counts from.
    pub property: Arc<Property>,
    /// The largest first.
    pub descending: bool,
}

impl Sort {
    /// Reads `PROPERTY`, `PROPERTY:asc` or `PROPERTY:desc`.
    ///
    /// # Errors
    /// `bad_sort` (exit 2) with the nearest names.
    pub fn parse(text: &str, schema: &Schema) -> Result<Sort> {
        let (name, direction) = text.trim().rsplit_once(':').unwrap_or((text.trim(), "asc"));
        let bad = |reason: String| Error::usage("bad_sort", format!("the list cannot be sorted by \"{}\": {reason}", shown(text)));
        let descending = match direction.trim() {
            word if word.eq_ignore_ascii_case("asc") => false,
            word if word.eq_ignore_ascii_case("desc") => true,
            word => return Err(bad(format!("\"{}\" is no direction", shown(word))).hint("write PROPERTY:asc or PROPERTY:desc")),
        };
        let Some(property) = schema.property(name.trim()) else {
            let error = bad(format!("a {} has no property \"{}\"", schema.object, shown(name)));
            let names = schema.properties.iter().map(|property| &*property.name);
            return Err(Problem::nearest(error, name, names));
        };
        // The longer ago it began, the longer it lasts.
        Ok(match &property.kind {
            Type::Duration { since } => Sort { property: Arc::clone(since), descending: !descending },
            _ => Sort { property: Arc::clone(property), descending },
        })
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.property.name, if self.descending { "desc" } else { "asc" })
    }
}
