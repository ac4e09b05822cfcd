//! Reading the outbox: which notices went, or would go, to whom (M9).

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::page::{Page, PageRequest};
use super::{Desk, Operation, users};
use crate::domain::Id;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::store;
use crate::store::outbox::{self, Filter, Notice, NoticeKind, OutboxState};

/// A notice as lists and pages show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NoticeRow {
    pub id: Id,
    pub created_at: Time,
    pub state: OutboxState,
    pub kind: NoticeKind,
    /// To whom: an email address.
    pub user: String,
    pub text: String,
    pub migration_id: Option<Id>,
    pub ticket_id: Option<Id>,
}

fn emails(desk: &mut Desk<'_>) -> Result<HashMap<Id, String>> {
    Ok(store::users::all(&mut desk.tx)?.into_iter().map(|user| (user.id, user.email)).collect())
}

fn row(notice: Notice, emails: &HashMap<Id, String>) -> NoticeRow {
    NoticeRow {
        id: notice.id,
        created_at: notice.at,
        state: notice.state,
        kind: notice.kind,
        user: emails.get(&notice.user_id).cloned().unwrap_or_else(|| notice.user_id.to_string()),
        text: notice.text,
        migration_id: notice.run_id,
        ticket_id: notice.ticket_id,
    }
}

/// Lists notices, the newest first: all of them for super admins, the own ones for others.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    pub state: Option<OutboxState>,
    pub kind: Option<NoticeKind>,
    pub user: Option<String>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "outbox.list";
    const WRITES: bool = false;
    type Output = Page<NoticeRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<NoticeRow>> {
        let mut user = self.user.as_deref().map(|typed| users::user(desk, typed)).transpose()?.map(|user| user.id);
        if !desk.actor.is_super_admin() {
            if user.is_some_and(|user| user != desk.actor.id) {
                desk.require(Permission::SuperAdmin)?;
            }
            user = Some(desk.actor.id);
        }
        let filter = Filter { state: self.state, kind: self.kind, user };
        let notices = outbox::page(&mut desk.tx, &filter, self.page.descending(), self.page.fetch())?;
        let emails = emails(desk)?;
        let rows = notices.into_iter().map(|notice| row(notice, &emails)).collect();
        Ok(self.page.page(rows, |row: &NoticeRow| row.id))
    }
}

/// Shows one notice; those to others are "not found" but for super admins.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub id: Id,
}

impl Operation for Show {
    const NAME: &'static str = "outbox.show";
    const WRITES: bool = false;
    type Output = NoticeRow;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<NoticeRow> {
        let found = outbox::by_id(&mut desk.tx, self.id)?;
        let may_see = |notice: &Notice| desk.actor.is_super_admin() || notice.user_id == desk.actor.id;
        match found.filter(may_see) {
            Some(notice) => Ok(row(notice, &emails(desk)?)),
            None => Err(Error::not_found("unknown_notice", format!("there is no notice {}", self.id)).hint("deskctl outbox list")),
        }
    }
}
