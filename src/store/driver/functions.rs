//! What filters ask of texts (`domain::fold`), as functions of SQLite. They are in no index and in no part of the schema, so
//! that any SQLite can read the store.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

use crate::domain::filter::word;
use crate::domain::fold;

type Search = fn(&str, &str) -> bool;

/// Adds them to a connection.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let searches: [(&str, Search); 4] = [
        ("deskctl_equals", fold::equals),
        ("deskctl_contains", fold::contains),
        ("deskctl_starts_with", fold::starts_with),
        ("deskctl_has_word", word::matches),
    ];
    for (name, search) in searches {
        connection.create_scalar_function(name, 2, flags, move |context| searched(context, search))?;
    }
    connection.create_scalar_function("deskctl_fold", 1, flags, |context| {
        Ok(text(context, 0)?.map_or(Value::Null, |text| Value::Text(fold::fold(text))))
    })
}

/// NULL for NULL.
fn searched(context: &Context<'_>, search: Search) -> Result<Value> {
    Ok(match (text(context, 0)?, text(context, 1)?) {
        (Some(text), Some(wanted)) => Value::Integer(i64::from(search(text, wanted))),
        _ => Value::Null,
    })
}

fn text<'a>(context: &'a Context<'_>, index: usize) -> Result<Option<&'a str>> {
    match context.get_raw(index) {
        ValueRef::Null => Ok(None),
        value => value.as_str().map(Some).map_err(|source| rusqlite::Error::UserFunctionError(source.into())),
    }
}
