//! Inboxes and the help desk: list, show, create, update, delete.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::migrations::{self, NoticeOf};
use super::{Desk, Operation, channels, check, lookup};
use crate::domain::Id;
use crate::domain::channel::{Kind, State};
use crate::domain::document::InboxKind;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::store::{self, inboxes::Inbox};

/// The inbox that a name, in any case, or an id means; else `unknown_inbox` (exit 5) with the nearest names, or `ambiguous_inbox` (exit 2).
pub fn inbox(desk: &mut Desk<'_>, typed: &str) -> Result<Inbox> {
    lookup::find(store::inboxes::all(&mut desk.tx)?, typed)
}

/// M20: what everybody is told about an inbox while a migration from or to it is active; `None` while there is none.
pub fn migration_notice(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<Option<String>> {
    migrations::notice(desk, NoticeOf::Inbox(inbox.id))
}

/// An inbox as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InboxRow {
    pub id: Id,
    pub name: String,
    pub kind: InboxKind,
    /// How many channels it holds.
    pub channels: i64,
}

fn row(inbox: Inbox, channels: i64) -> InboxRow {
    InboxRow { id: inbox.id, name: inbox.name, kind: inbox.kind, channels }
}

/// Lists inboxes, the help desk among them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {
    pub kind: Option<InboxKind>,
}

impl Operation for List {
    const NAME: &'static str = "inboxes.list";
    const WRITES: bool = false;
    type Output = Vec<InboxRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<InboxRow>> {
        let counts = store::inboxes::channel_counts(&mut desk.tx)?;
        let mut inboxes = store::inboxes::all(&mut desk.tx)?;
        inboxes.retain(|inbox| self.kind.is_none_or(|kind| inbox.kind == kind));
        let rows = inboxes.into_iter().map(|inbox| {
            let channels = counts.get(&inbox.id).copied().unwrap_or(0);
            row(inbox, channels)
        });
        Ok(rows.collect())
    }
}

/// A channel on its inbox's page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InboxChannel {
    pub id: Id,
    pub name: String,
    pub kind: Kind,
    pub address: String,
    pub state: State,
    pub open: i64,
    pub closed: i64,
}

/// An inbox with its channels.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InboxDetail {
    pub id: Id,
    pub name: String,
    pub kind: InboxKind,
    /// M20: a migration from or to it is active.
    pub notice: Option<String>,
    pub channels: Vec<InboxChannel>,
}

/// Shows one inbox with its channels, and whether a migration is at work on it (M20).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub inbox: String,
}

impl Operation for Show {
    const NAME: &'static str = "inboxes.show";
    const WRITES: bool = false;
    type Output = InboxDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<InboxDetail> {
        let inbox = inbox(desk, &self.inbox)?;
        let notice = tell_migration(desk, &inbox)?;
        let rows = channels::rows(desk, |channel| channel.inbox_id == inbox.id)?;
        let channels = rows.into_iter().map(|row| InboxChannel {
            id: row.id,
            name: row.name,
            kind: row.kind,
            address: row.address,
            state: row.state,
            open: row.open,
            closed: row.closed,
        });
        Ok(InboxDetail { id: inbox.id, name: inbox.name, kind: inbox.kind, notice, channels: channels.collect() })
    }
}

/// Tells the user on stderr too.
fn tell_migration(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<Option<String>> {
    let notice = migration_notice(desk, inbox)?;
    if let Some(text) = &notice {
        desk.notice(text.clone());
    }
    Ok(notice)
}

/// The name, if no inbox but `own` has it.
fn free_name(desk: &mut Desk<'_>, typed: &str, own: Option<Id>) -> Result<String> {
    let name = check::text("name", typed)?;
    let inboxes = store::inboxes::all(&mut desk.tx)?;
    check::unique("inbox", &name, inboxes.iter().filter(|inbox| Some(inbox.id) != own).map(|inbox| (inbox.id, inbox.name.as_str())))?;
    Ok(name)
}

/// Adds an inbox, or the account's one help desk.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    /// By default a conversations inbox.
    #[serde(default = "usual")]
    pub kind: InboxKind,
}

fn usual() -> InboxKind {
    InboxKind::Inbox
}

impl Operation for Create {
    const NAME: &'static str = "inboxes.create";
    const WRITES: bool = true;
    type Output = InboxRow;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<InboxRow> {
        let name = free_name(desk, &self.name, None)?;
        let inboxes = store::inboxes::all(&mut desk.tx)?;
        if self.kind == InboxKind::HelpDesk
            && let Some(there) = inboxes.iter().find(|inbox| inbox.kind == InboxKind::HelpDesk)
        {
            return Err(check::already_exists("help desk", &there.name, there.id).hint("an account has one help desk"));
        }
        let inbox = Inbox { id: desk.tx.new_id("inboxes")?, name, kind: self.kind };
        desk.tx.insert(std::slice::from_ref(&inbox))?;
        Ok(row(inbox, 0))
    }
}

/// Renames an inbox.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub inbox: String,
    pub name: String,
}

impl Operation for Update {
    const NAME: &'static str = "inboxes.update";
    const WRITES: bool = true;
    type Output = InboxRow;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<InboxRow> {
        let mut inbox = inbox(desk, &self.inbox)?;
        tell_migration(desk, &inbox)?;
        inbox.name = free_name(desk, &self.name, Some(inbox.id))?;
        desk.tx.update(std::slice::from_ref(&inbox))?;
        let channels = store::inboxes::channels_in(&mut desk.tx, inbox.id)?;
        Ok(row(inbox, channels))
    }
}

/// Removes an inbox that holds nothing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub inbox: String,
}

impl Operation for Delete {
    const NAME: &'static str = "inboxes.delete";
    const WRITES: bool = true;
    type Output = InboxRow;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<InboxRow> {
        let inbox = inbox(desk, &self.inbox)?;
        if let Some(notice) = migration_notice(desk, &inbox)? {
            let why = format!("the inbox \"{}\" cannot be deleted now: {notice}", inbox.name);
            return Err(migrations::in_the_way(desk, "M20", why)?);
        }
        let usage = store::inboxes::usage(&mut desk.tx, &inbox)?;
        let hint = "an inbox is deleted once nothing lies in it; disconnected channels and their conversations count too";
        check::unused(desk, &format!("the inbox \"{}\"", inbox.name), &usage, hint)?;
        store::inboxes::delete(&mut desk.tx, inbox.id)?;
        Ok(row(inbox, 0))
    }
}
