//! What `doctor` and `store info` ask of a store: damage, references to nothing, unfinished work, sizes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Dialect, Tx};
use crate::domain::Id;
use crate::domain::time::Time;
use crate::error::Result;

/// What the engine itself finds wrong with its file; empty when it is sound.
///
/// `full` also compares the indexes with the tables, which takes as long as reading everything. PostgreSQL checks its
/// pages when it reads them (`pg_amcheck` does the rest), so that there is nothing to ask.
pub fn damage(tx: &mut Tx<'_>, full: bool) -> Result<Vec<String>> {
    if tx.dialect() == Dialect::Postgres {
        return Ok(Vec::new());
    }
    let check = if full { "PRAGMA integrity_check(20)" } else { "PRAGMA quick_check(20)" };
    let mut found = tx.query(check, &[], |row| row.get::<String>())?;
    found.retain(|line| line != "ok");
    Ok(found)
}

/// A kind of reference that no foreign key guards, and the query that counts those to nothing.
pub struct Reference {
    pub what: &'static str,
    pub count: &'static str,
}

macro_rules! references {
    ($($from:literal . $column:literal -> $to:literal . $key:literal),+ $(,)?) => {
        &[$(Reference {
            what: concat!($from, ".", $column),
            count: concat!(
                "SELECT count(*) FROM ", $from, " AS child WHERE child.", $column, " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ", $to,
                " AS parent WHERE parent.", $key, " = child.", $column, ")"
            ),
        }),+]
    };
}

/// The large tables' references, which bulk work resolves itself, and those that came with later columns.
pub const REFERENCES: &[Reference] = references![
    "conversations"."channel_id" -> "channels"."id",
    "conversations"."inbox_id" -> "inboxes"."id",
    "conversations"."owner_id" -> "users"."id",
    "conversations"."contact_id" -> "contacts"."id",
    "conversations"."company_id" -> "companies"."id",
    "conversation_channels"."conversation_id" -> "conversations"."id",
    "conversation_channels"."channel_id" -> "channels"."id",
    "conversation_contacts"."conversation_id" -> "conversations"."id",
    "conversation_contacts"."contact_id" -> "contacts"."id",
    "messages"."conversation_id" -> "conversations"."id",
    "messages"."channel_id" -> "channels"."id",
    "attachments"."message_id" -> "messages"."id",
    "attachments"."blob_digest" -> "blobs"."digest",
    "blob_pieces"."digest" -> "blobs"."digest",
    "tickets"."stage_id" -> "stages"."id",
    "tickets"."owner_id" -> "users"."id",
    "tickets"."contact_id" -> "contacts"."id",
    "tickets"."company_id" -> "companies"."id",
    "tickets"."made_for" -> "conversations"."id",
    "ticket_contacts"."ticket_id" -> "tickets"."id",
    "ticket_contacts"."contact_id" -> "contacts"."id",
    "conversation_tickets"."conversation_id" -> "conversations"."id",
    "conversation_tickets"."ticket_id" -> "tickets"."id",
    "contacts"."company_id" -> "companies"."id",
    "contact_numbers"."contact_id" -> "contacts"."id",
    "mail_ids"."channel_id" -> "channels"."id",
    "mail_ids"."conversation_id" -> "conversations"."id",
    "migrations"."channel_id" -> "channels"."id",
    "migration_items"."run_id" -> "migrations"."id",
    "migration_items"."conversation_id" -> "conversations"."id",
    "users"."hours_id" -> "sla_hours"."id",
    "teams"."hours_id" -> "sla_hours"."id",
];

/// The references that lead nowhere: which, and how many.
pub fn orphans(tx: &mut Tx<'_>) -> Result<Vec<(&'static str, i64)>> {
    let mut found = Vec::new();
    for reference in REFERENCES {
        let count: i64 = tx.one(reference.count, &[], |row| row.get())?;
        if count > 0 {
            found.push((reference.what, count));
        }
    }
    Ok(found)
}

/// The migration that is not completed, as the store has it (M4: there is one at most).
pub struct Active {
    pub id: Id,
    pub channel: String,
    pub state: String,
    pub last_error: Option<String>,
    /// When a scheduled one is due.
    pub start_at: Option<Time>,
    /// There is no way back any more (M20).
    pub channel_moved: bool,
}

pub fn active_migration(tx: &mut Tx<'_>) -> Result<Option<Active>> {
    tx.optional(
        "SELECT m.id, coalesce(c.address, '(a channel that is gone)'), m.state, m.last_error, m.start_at, \
         CASE WHEN m.boundary_conversation IS NULL THEN 0 ELSE 1 END \
         FROM migrations AS m LEFT JOIN channels AS c ON c.id = m.channel_id WHERE m.active = 1",
        &[],
        |row| {
            Ok(Active {
                id: row.get()?,
                channel: row.get()?,
                state: row.get()?,
                last_error: row.get()?,
                start_at: row.get()?,
                channel_moved: row.get()?,
            })
        },
    )
}

/// Bytes on the disk: SQLite's file without its log, or PostgreSQL's whole database.
pub fn size_bytes(tx: &mut Tx<'_>) -> Result<i64> {
    if tx.dialect() == Dialect::Postgres {
        return tx.one("SELECT pg_database_size(current_database())", &[], |row| row.get());
    }
    let pages: i64 = tx.one("PRAGMA page_count", &[], |row| row.get())?;
    let page: i64 = tx.one("PRAGMA page_size", &[], |row| row.get())?;
    Ok(pages.saturating_mul(page))
}

/// How many rows of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub channels: i64,
    pub users: i64,
    pub contacts: i64,
    pub conversations: i64,
    pub messages: i64,
    pub tickets: i64,
    pub migrations: i64,
    pub audit_entries: i64,
}

pub fn counts(tx: &mut Tx<'_>) -> Result<Counts> {
    tx.one(
        "SELECT (SELECT count(*) FROM channels), (SELECT count(*) FROM users), (SELECT count(*) FROM contacts), \
         (SELECT count(*) FROM conversations), (SELECT count(*) FROM messages), (SELECT count(*) FROM tickets), \
         (SELECT count(*) FROM migrations), (SELECT count(*) FROM audit)",
        &[],
        |row| {
            Ok(Counts {
                channels: row.get()?,
                users: row.get()?,
                contacts: row.get()?,
                conversations: row.get()?,
                messages: row.get()?,
                tickets: row.get()?,
                migrations: row.get()?,
                audit_entries: row.get()?,
            })
        },
    )
}
