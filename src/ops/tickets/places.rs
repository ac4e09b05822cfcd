//! Where a page of tickets ends and the next one begins, as the token that `--after` takes: it holds the order of the list too, so
//! that a token of another order is refused rather than misread.

use crate::domain::filter::Sort;
use crate::error::Result;
use crate::ops::page;
use crate::store::filter_sql::{Value, sorts_by_text};
use crate::store::lists::Place;

/// The token for a place.
pub fn token(place: &Place, sort: Option<&Sort>) -> String {
    let (kind, value) = match &place.value {
        None => ('n', String::new()),
        Some(Value::Int(number)) => ('i', number.to_string()),
        Some(Value::Text(text)) => ('t', text.clone()),
    };
    page::token(&[&order(sort), &place.id, &kind, &value])
}

/// Reads it.
///
/// # Errors
/// `bad_page` (exit 2) where it is no token, or one of another order.
pub fn read(token: &str, sort: Option<&Sort>) -> Result<Place> {
    page::read_token(token, 4, |parts| {
        let text = sort.is_some_and(|sort| sorts_by_text(&sort.property));
        let value = match parts[2] {
            "n" if parts[3].is_empty() => None,
            "i" if !text => Some(Value::Int(parts[3].parse().ok()?)),
            "t" if text && !parts[3].contains('\0') => Some(Value::Text(parts[3].to_owned())),
            _ => return None,
        };
        // A list whose order is never missing never ends at what is missing.
        let fits = value.is_some() || sort.is_some_and(|sort| sort.property.optional);
        (parts[0] == order(sort) && fits).then_some(())?;
        Some(Place { value, id: parts[1].parse().ok()? })
    })
}

/// Points separate the parts of a token; no property has one in its name.
fn order(sort: Option<&Sort>) -> String {
    sort.map_or_else(String::new, |sort| sort.to_string().replace('.', ":"))
}
