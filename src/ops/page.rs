//! Long lists, page by page: keyset pages, so that every page costs the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Id;

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
