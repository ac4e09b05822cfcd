//! The audit of every write, and first answers kept for idempotency keys.

use serde::{Deserialize, Serialize};

use super::Tx;
use crate::args;
use crate::domain::Id;
use crate::domain::time::{DAY_MS, HOUR_MS, Time};
use crate::error::{Error, Result};

/// One audited write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub id: Id,
    pub at: Time,
    /// Who: an email address.
    pub actor: String,
    /// On whose behalf, where that is someone else.
    pub acting_for: Option<String>,
    pub operation: String,
    /// The operation's arguments as JSON, without secrets.
    pub arguments: serde_json::Value,
    /// `done`, or the code of the error.
    pub outcome: String,
}

/// Adds an entry; the id it carries is ignored.
pub fn add(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let id = tx.new_id("audit")?;
    tx.execute(
        "INSERT INTO audit (id, at, actor, acting_for, operation, arguments, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, entry.at, entry.actor, entry.acting_for, entry.operation, entry.arguments.to_string(), entry.outcome],
    )?;
    Ok(())
}

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The beginning of the operation's name: `users.` or `users.update`.
    pub operation: Option<String>,
    /// Who did it, or on whose behalf it was done: an email address.
    pub actor: Option<String>,
}

/// A page, newest first; `before` is the id of the last one seen.
pub fn page(tx: &mut Tx<'_>, filter: &Filter, before: Id, limit: i64) -> Result<Vec<Entry>> {
    let (operation, actor) = (filter.operation.as_deref().unwrap_or_default(), filter.actor.as_deref().unwrap_or_default());
    // The last character there is: names that begin alike lie between the beginning and this.
    let end = format!("{operation}\u{10ffff}");
    tx.query(
        "SELECT id, at, actor, acting_for, operation, arguments, outcome FROM audit \
         WHERE id < $1 AND operation >= $2 AND operation < $3 AND ($4 = '' OR actor = $4 OR acting_for = $4) ORDER BY id DESC LIMIT $5",
        args![before, operation, end, actor, limit],
        |row| {
            Ok(Entry {
                id: row.get()?,
                at: row.get()?,
                actor: row.get()?,
                acting_for: row.get()?,
                operation: row.get()?,
                arguments: row.json()?,
                outcome: row.get()?,
            })
        },
    )
}

/// The time of the newest entry: a clock that stands before it was set back.
pub fn latest(tx: &mut Tx<'_>) -> Result<Option<Time>> {
    tx.optional("SELECT at FROM audit ORDER BY id DESC LIMIT 1", &[], |row| row.get())
}

/// How long the first answer of an idempotency key is kept: long for a key that someone chose, and shortly for one that a
/// client made up to be able to ask again.
const KEPT_MS: i64 = 30 * DAY_MS;
const AUTOMATIC_KEPT_MS: i64 = HOUR_MS;

/// The first answer under this key; other arguments under it are refused. `shown` is the key as the caller wrote it.
pub fn first_answer(
    tx: &mut Tx<'_>,
    key: &str,
    shown: &str,
    operation: &str,
    arguments: &serde_json::Value,
    now: Time,
) -> Result<Option<serde_json::Value>> {
    tx.execute("DELETE FROM idempotency WHERE expires_at <= $1", args![now])?;
    let known = tx.optional("SELECT operation, arguments_digest, answer FROM idempotency WHERE key = $1", args![key], |row| {
        Ok((row.get::<String>()?, row.get::<String>()?, row.json()?))
    })?;
    let Some((known_operation, known_digest, answer)) = known else { return Ok(None) };
    if known_operation != operation || known_digest != digest(arguments) {
        return Err(Error::refused(
            "idempotency_key_reused",
            "idempotency",
            format!("the idempotency key \"{shown}\" was used with other arguments before"),
        )
        .hint("take a new key for a new request"));
    }
    Ok(Some(answer))
}

pub fn keep_answer(
    tx: &mut Tx<'_>,
    key: &str,
    operation: &str,
    arguments: &serde_json::Value,
    answer: &serde_json::Value,
    automatic: bool,
    now: Time,
) -> Result<()> {
    let expires_at = now.plus_ms(if automatic { AUTOMATIC_KEPT_MS } else { KEPT_MS });
    tx.execute(
        "INSERT INTO idempotency (key, operation, arguments_digest, answer, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![key, operation, digest(arguments), answer.to_string(), now, expires_at],
    )?;
    Ok(())
}

fn digest(arguments: &serde_json::Value) -> String {
    blake3::hash(arguments.to_string().as_bytes()).to_hex().to_string()
}
