//! The filter language of views, lists, exports and migration maps (V3): one typed tree, read from text, written back as
//! canonical text, and evaluated in memory.
//!
//! ```text
//! filter    = and-part { "or" and-part }
//! and-part  = part { "and" part }                        "and" binds tighter than "or"
//! part      = "not" part | "(" filter ")" | condition    "not" binds tightest
//! condition = property comparison value                  = != < <= > >=
//!           | property ["not"] "in" "(" value { "," value } ")"
//!           | property ("contains" | "starts with") text
//!           | property "contains word" text              `refund`, or `refund*` (see [`word`])
//!           | property "between" value "and" value       both ends belong to it
//!           | property "is" ["not"] "set"
//!           | boolean-property                           `spam` is `spam = true`
//!           | shorthand                                  `open` is `status = OPEN`, of tickets `state = OPEN`
//! value     = bare word | "…"                            \" and \\ in quotes; `and`, `or`, `not` need quotes
//! ```
//!
//! Keywords, properties and the names of enumerations are read in any case. Text is compared without regard to case and
//! marks ([`crate::domain::fold`]), names of enumerations exactly. Times are in the account's zone ([`TimeExpr`]).
//!
//! | the value is | `=` `in` `<` `<=` `>` `>=` `between` `contains` `starts with` | `!=` `not in` | `is set` | `is not set` |
//! | --- | --- | --- | --- | --- |
//! | there | by the value | by the value | true | false |
//! | missing | false | true | false | true |
//!
//! `not` negates that result and nothing else: `not (x = 1)` is the same as `x != 1`, `not (x < 1)` is true where `x` is missing.
//!
//! The way of a filter: [`Filter::parse`], then [`Filter::prepare`] once per run, then [`Prepared::matches`] per object. What
//! may be named is data ([`Schema`]); another kind of object needs a schema, keys, and a [`Subject`].

mod ast;
mod choices;
mod conversations;
mod ends;
mod eval;
mod hints;
mod hubspot;
mod hubspot_write;
mod json;
mod lexer;
mod map;
mod parse;
mod problem;
#[cfg(test)]
mod properties_hold;
mod property;
mod sort;
#[cfg(test)]
mod tests;
mod tickets;
mod time_expr;
mod value;
pub mod word;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use schemars::{JsonSchema, Schema as JsonSchemaOf, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value as Json, json};

pub use ast::{Comparison, Condition, Expr, Operator, Test, Value};
pub use choices::{Choice, Choices, Found, Own};
pub use conversations::{CONVERSATIONS, Conversations};
pub use ends::reversed;
pub use eval::{Check, EvalContext, Fact, Facts, Prepared, Range};
pub use hubspot::{FilterGroups, Group, HubspotFilter};
pub use map::{read_map_argument, split_map_argument};
pub use property::{Key, Options, Property, Schema, Shorthand, Subject, Type};
pub use sort::Sort;
pub use tickets::{CustomKind, CustomProperty, TicketNames, Tickets};
pub use time_expr::{TimeExpr, Unit, local_ms};

use crate::error::{Error, Result};
use problem::Problem;

/// How deep `(` and `not` may nest.
pub const MAX_DEPTH: usize = 64;

/// How long a filter's text may be, and its canonical text too, in bytes.
pub const MAX_LENGTH: usize = 64 * 1024;

/// A filter on the objects of `S`. Serialized, it is its canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter<S = Conversations> {
    expr: Expr,
    subject: PhantomData<fn() -> S>,
}

impl<S: Subject> Filter<S> {
    /// Reads a filter.
    ///
    /// # Errors
    /// `bad_filter` (exit 2): the message shows the reason, the text and a caret under the place; the details have the
    /// `position`, in characters from the start, and the `nearest` names where there are some.
    pub fn parse(text: &str) -> Result<Filter<S>> {
        Filter::parse_in(text, S::schema())
    }

    /// A filter from a tree that was built rather than read.
    ///
    /// # Errors
    /// `bad_filter` (exit 2) where the tree has no text that reads back as the same tree: its values do not fit their
    /// properties, it is not in normal form (see [`Expr`]), or it is too deep or too long.
    pub fn from_expr(expr: Expr) -> Result<Filter<S>> {
        Filter::from_expr_in(expr, S::schema())
    }
}

impl<S> Filter<S> {
    /// [`Filter::parse`] for objects whose filters name other things in every account: `Filter::<Tickets>::parse_in(text, &schema)`.
    ///
    /// # Errors
    /// As there.
    pub fn parse_in(text: &str, schema: &Schema) -> Result<Filter<S>> {
        if text.len() > MAX_LENGTH {
            return Err(too_long().into_error(text));
        }
        let expr = parse::parse(text, schema).map_err(|problem| problem.into_error(text))?;
        // The canonical text is what is stored: it must be short enough to be read again.
        if expr.to_string().len() > MAX_LENGTH {
            return Err(too_long().into_error(text));
        }
        Ok(Filter { expr, subject: PhantomData })
    }

    /// Reads a filter in any of its forms: as text, or as JSON where it begins with `{` or `[` (HubSpot's `filterGroups`, or
    /// deskctl's own).
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn read(given: &str, schema: &Schema) -> Result<Filter<S>> {
        let given = given.trim();
        if !given.starts_with(['{', '[']) {
            return Filter::parse_in(given, schema);
        }
        if given.len() > MAX_LENGTH {
            return Err(too_long().into_error(""));
        }
        let bad = |source: serde_json::Error| Error::usage("bad_filter", format!("the filter's JSON cannot be read: {source}"));
        let json: Json = serde_json::from_str(given).map_err(bad)?;
        let groups = match &json {
            Json::Array(_) => json!({ "filterGroups": json }),
            Json::Object(object) if object.contains_key("filters") => json!({ "filterGroups": [json] }),
            Json::Object(object) if object.contains_key("filterGroups") => json,
            _ => return Filter::from_json(&json, schema),
        };
        Filter::from_filter_groups(&serde_json::from_value(groups).map_err(bad)?, schema)
    }

    /// [`Filter::from_expr`] in the same way.
    ///
    /// # Errors
    /// As there.
    pub fn from_expr_in(expr: Expr, schema: &Schema) -> Result<Filter<S>> {
        let filter = Filter::parse_in(&expr.to_string(), schema)?;
        if filter.expr == expr {
            return Ok(filter);
        }
        Err(Problem::new(0, "the filter was not built in normal form, or its values do not fit").into_error(&expr.to_string()))
    }

    /// The tree.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// Refuses a filter that names what is gone from the account.
    ///
    /// # Errors
    /// `bad_filter` (exit 2) with what it is, such as a team by its number.
    pub fn check_references(&self) -> Result<()> {
        for condition in self.expr.conditions() {
            let Type::Reference(choices) = &condition.property.kind else { continue };
            for value in condition.test.values() {
                if let Value::Ref(choice) = value
                    && !choices.has(choice.id)
                {
                    return Err(Error::usage("bad_filter", format!("{} {} is not there any more", choices.noun, choice.name))
                        .hint(format!("leave out \"{condition}\", or name another {}", choices.noun)));
                }
            }
        }
        Ok(())
    }

    /// Which facts evaluation may ask for, each once: what a query has to read.
    pub fn keys(&self) -> Vec<Key> {
        let conditions = self.expr.conditions().into_iter();
        let mut keys: Vec<Key> = conditions
            .map(|condition| match &condition.property.kind {
                Type::Duration { since } => since.key,
                _ => condition.property.key,
            })
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Resolves everything relative, once per run.
    pub fn prepare(&self, context: &EvalContext) -> Prepared {
        eval::prepare(&self.expr, context)
    }
}

/// The comparison that an operator is.
fn comparison(operator: Operator) -> Option<Comparison> {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    [Eq, Ne, Lt, Le, Gt, Ge].into_iter().find(|comparison| comparison.operator() == operator)
}

fn too_long() -> Problem {
    Problem::new(0, format!("it is longer than {MAX_LENGTH} bytes"))
}

impl<S> fmt::Display for Filter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

impl<S: Subject> FromStr for Filter<S> {
    type Err = Error;
    fn from_str(text: &str) -> Result<Filter<S>> {
        Filter::parse(text)
    }
}

impl<S> Serialize for Filter<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, S: Subject> Deserialize<'de> for Filter<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Filter<S>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Filter::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl<S: Subject> JsonSchema for Filter<S> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}_filter", S::schema().object).into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> JsonSchemaOf {
        schemars::json_schema!({ "type": "string", "description": format!("a filter on a {}", S::schema().object) })
    }
}
