//! Long lists, page by page: keyset pages, so that every page costs the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Id;
use crate::error::{Error, Result};

/// The most rows that one page may have.
pub const LARGEST: i64 = 1_000;

/// One page of a long list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page begins (`--after`); `None` on the last one.
    pub next: Option<Id>,
}

/// How many rows a page has where nothing is said.
pub fn usual_limit() -> i64 {
    50
}

/// Where the next page of a list begins whose order is no plain id; for `--after`, not for reading.
pub fn token(parts: &[&dyn std::fmt::Display]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.to_string()).collect();
    URL_SAFE_NO_PAD.encode(parts.join("."))
}

/// Reads such a place; the last part may hold points.
pub fn read_token<T>(token: &str, parts: usize, read: impl FnOnce(&[&str]) -> Option<T>) -> Result<T> {
    let text = URL_SAFE_NO_PAD.decode(token.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let found: Vec<&str> = text.splitn(parts, '.').collect();
    let place = if found.len() == parts { read(&found) } else { None };
    place.ok_or_else(|| {
        Error::usage("bad_page", format!("\"{token}\" is no page of this list")).hint("take the --after that the last page printed")
    })
}

/// One page of a list with such places.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Pages")]
pub struct TokenPage<T> {
    pub items: Vec<T>,
    /// The token of the next page; `None` on the last one.
    pub next: Option<String>,
}

impl<T> TokenPage<T> {
    /// The page of rows of which one more than wanted was read.
    pub fn new(mut rows: Vec<T>, limit: i64, place: impl Fn(&T) -> String) -> TokenPage<T> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(place);
        TokenPage { items: rows, next }
    }
}

/// Which page is wanted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PageRequest {
    /// The last id of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

impl Default for PageRequest {
    fn default() -> PageRequest {
        PageRequest { after: None, limit: usual_limit() }
    }
}

impl PageRequest {
    /// How many rows to ask the store for: one more than wanted tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        self.limit.clamp(1, LARGEST) + 1
    }

    /// Where a list in the order of ids goes on.
    pub fn ascending(&self) -> Id {
        self.after.unwrap_or(0)
    }

    /// Where a list with the newest first goes on.
    pub fn descending(&self) -> Id {
        self.after.unwrap_or(Id::MAX)
    }

    /// The page of `fetch()` rows.
    pub fn page<T>(&self, mut rows: Vec<T>, id: impl Fn(&T) -> Id) -> Page<T> {
        let limit = (self.fetch() - 1) as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(id) } else { None };
        Page { items: rows, next }
    }
}

impl<T> Page<T> {
    /// The same page of other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}
