//! Inboxes and the one help desk.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Tx;
use crate::args;
use crate::domain::Id;
use crate::domain::document::InboxKind;
use crate::error::{Error, Result};

/// A place that holds channels and their conversations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inbox {
    pub id: Id,
    pub name: String,
    pub kind: InboxKind,
}

crate::record!(inbox: Inbox => "inboxes" { id: Int = inbox.id, name: Text = inbox.name, kind: Text = inbox.kind });

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Inbox>> {
    tx.query("SELECT id, name, kind FROM inboxes ORDER BY id", &[], |row| Ok(Inbox { id: row.get()?, name: row.get()?, kind: row.get()? }))
}

/// The account's help desk.
pub fn help_desk(tx: &mut Tx<'_>) -> Result<Inbox> {
    let found = tx.optional("SELECT id, name, kind FROM inboxes WHERE kind = 'help_desk'", &[], |row| {
        Ok(Inbox { id: row.get()?, name: row.get()?, kind: row.get()? })
    })?;
    found.ok_or_else(|| {
        Error::refused("no_help_desk", "H1", "this account has no help desk to move to")
            .hint("make one: deskctl inboxes create \"Help desk\" --kind help_desk")
    })
}

pub fn channels_in(tx: &mut Tx<'_>, inbox: Id) -> Result<i64> {
    tx.one("SELECT count(*) FROM channels WHERE inbox_id = $1", args![inbox], |row| row.get())
}

/// Whether this inbox is the help desk.
pub fn is_help_desk(tx: &mut Tx<'_>, inbox: Id) -> Result<bool> {
    tx.one("SELECT count(*) FROM inboxes WHERE id = $1 AND kind = 'help_desk'", args![inbox], |row| row.get::<i64>()).map(|count| count > 0)
}

/// How many channels each inbox holds.
pub fn channel_counts(tx: &mut Tx<'_>) -> Result<HashMap<Id, i64>> {
    let counts = tx.query("SELECT inbox_id, count(*) FROM channels GROUP BY inbox_id", &[], |row| Ok((row.get()?, row.get()?)))?;
    Ok(counts.into_iter().collect())
}

/// What lies in an inbox or refers to it. The help desk also holds the tickets that show in it (H3).
pub fn usage(tx: &mut Tx<'_>, inbox: &Inbox) -> Result<Vec<(&'static str, i64)>> {
    let queries = [
        ("channels", "SELECT count(*) FROM channels WHERE inbox_id = $1"),
        ("conversations", "SELECT count(*) FROM conversations WHERE inbox_id = $1"),
        ("migrations", "SELECT count(*) FROM migrations WHERE help_desk_id = $1"),
    ];
    let mut usage = super::usage(tx, inbox.id, &queries)?;
    if inbox.kind == InboxKind::HelpDesk {
        usage.push(("tickets", tx.one("SELECT count(*) FROM tickets WHERE in_help_desk = 1", &[], |row| row.get())?));
    }
    Ok(usage)
}

/// Removes an inbox that holds nothing.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM inboxes WHERE id = $1", args![id]).map(drop)
}
