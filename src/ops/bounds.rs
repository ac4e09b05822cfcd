//! Arguments are looked through before anything is made of them, however they came (G10, G23).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use schemars::JsonSchema;

use crate::domain::bounds::{self, ARGUMENTS, Bounds, Exceeded, NAME, What};
use crate::error::{Error, Result};

/// Refuses the arguments of an operation or stream, as JSON, that are too long, or hold what no store can keep.
pub fn check<T: JsonSchema>(name: &'static str, json: &[u8]) -> Result<()> {
    of::<T>(name).check(json).map_err(refusal)
}

/// Read from its schema once.
fn of<T: JsonSchema>(name: &'static str) -> &'static Bounds {
    static KNOWN: Mutex<BTreeMap<&str, &Bounds>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    // As many as there are operations, kept as long as the program runs.
    known.entry(name).or_insert_with(|| Box::leak(Box::new(bounds::of::<T>(ARGUMENTS))))
}

fn refusal(Exceeded { field, what }: Exceeded) -> Error {
    let named = if field.is_empty() { "the name of a field" } else { field.as_str() };
    let message = format!("{named} {what}");
    match what {
        What::Nul => Error::usage("nul_in_text", message).hint("take the character out"),
        What::Text(most) => Error::usage("bad_value", message).hint("shorten it").detail("limit", most),
        What::List(most) | What::Map(most) => {
            Error::usage("too_many", message).hint(format!("send at most {most} at a time, in several calls")).detail("limit", most)
        }
    }
    .detail("field", field)
}

/// An idempotency key is kept in an index.
pub fn check_key(key: Option<&str>) -> Result<()> {
    match key.filter(|key| key.len() > NAME) {
        Some(_) => Err(Error::usage("bad_value", format!("the idempotency key {}", What::Text(NAME))).detail("limit", NAME)),
        None => Ok(()),
    }
}
