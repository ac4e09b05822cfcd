//! Reading the audit: who did what, when, and what came of it (G15). Nothing here writes it.

use serde::{Deserialize, Serialize};

use super::page::{Page, PageRequest};
use super::{Desk, Operation};
use crate::domain::user::Permission;
use crate::error::Result;
use crate::store::audit::{self, Entry, Filter};

/// Lists audited writes, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct List {
    /// The beginning of the operation's name.
    pub operation: Option<String>,
    /// An email address; also one of somebody who is gone.
    pub actor: Option<String>,
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "audit.list";
    const WRITES: bool = false;
    type Output = Page<Entry>;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<Entry>> {
        let filter = Filter { operation: self.operation, actor: self.actor.map(|actor| actor.trim().to_lowercase()) };
        let entries = audit::page(&mut desk.tx, &filter, self.page.descending(), self.page.fetch())?;
        Ok(self.page.page(entries, |entry| entry.id))
    }
}
