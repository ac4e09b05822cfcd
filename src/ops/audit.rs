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
    /// Without those that were not given.
    pub arguments: Value,
}

fn row(entry: Entry) -> AuditRow {
    let Entry { id, at, actor, acting_for, operation, mut arguments, outcome } = entry;
    if let Value::Object(arguments) = &mut arguments {
        arguments.retain(|_, value| !value.is_null());
    }
    AuditRow { id, created_at: at, actor, acting_for, operation, outcome, arguments }
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
        Ok(self.page.page(entries, |entry| entry.id).map(row))
    }
}
