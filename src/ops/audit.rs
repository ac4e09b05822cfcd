//! Reading the audit: who did what, when, and what came of it (G15). Nothing here writes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::page::{Page, PageRequest};
use super::{Desk, Operation};
use crate::domain::Id;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::store::audit::{self, Entry, Filter};

/// An audited write as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AuditRow {
    pub id: Id,
    pub created_at: Time,
    /// Who: an email address.
    pub actor: String,
    /// On whose behalf, where that is someone else.
    pub acting_for: Option<String>,
    pub operation: String,
    /// `done`, or the code of the error.
    pub outcome: String,
    /// Without those that were not given; what a record has no room for is shortened.
    pub arguments: Value,
    /// How often a call of this kind was refused in that minute, where it was more than once.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: i64,
    /// The address from which the call came to a server; none for what was done on the store itself.
    #[serde(default)]
    pub client: Option<String>,
    /// The proxy that spoke for the client.
    #[serde(default)]
    pub proxy: Option<String>,
}

fn once() -> i64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_once(times: &i64) -> bool {
    *times == once()
}

/// The most that a page holds, in bytes of JSON: it ends early where its rows are large.
const PAGE_BYTES: usize = 1 << 20;

/// How many of the rows a page has room for.
fn fitting(rows: &[AuditRow]) -> usize {
    let mut bytes = 0;
    let fits = |row: &&AuditRow| {
        bytes += serde_json::to_string(row).map_or(0, |row| row.len());
        bytes <= PAGE_BYTES
    };
    rows.iter().take_while(fits).count().max(1)
}

fn row(entry: Entry) -> AuditRow {
    let Entry { id, at, actor, acting_for, operation, mut arguments, outcome, times, client, proxy } = entry;
    if let Value::Object(arguments) = &mut arguments {
        arguments.retain(|_, value| !value.is_null());
    }
    AuditRow { id, created_at: at, actor, acting_for, operation, outcome, arguments, times, client, proxy }
}

/// Lists audited writes, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// The beginning of the operation's name.
    pub operation: Option<String>,
    /// An email address; also one of somebody who is gone.
    pub actor: Option<String>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "audit.list";
    const WRITES: bool = false;
    type Output = Page<AuditRow>;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<AuditRow>> {
        let filter = Filter { operation: self.operation, actor: self.actor.map(|actor| actor.trim().to_lowercase()) };
        let entries = audit::page(&mut desk.tx, &filter, self.page.descending(), self.page.fetch())?;
        let mut page = self.page.page(entries, |entry| entry.id).map(row);
        let fitting = fitting(&page.items);
        if fitting < page.items.len() {
            page.items.truncate(fitting);
            page.next = page.items.last().map(|row| row.id);
        }
        Ok(page)
    }
}
