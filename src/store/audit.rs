//! The audit of every write and every refusal, and first answers kept for idempotency keys.

use serde::{Deserialize, Serialize};

use super::Tx;
use crate::args;
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Time};
use crate::domain::{Id, abridged};
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
    /// How often it came to that within a minute.
    pub times: i64,
    /// The address from which the call came to a server.
    pub client: Option<String>,
    /// The proxy that spoke for the client.
    pub proxy: Option<String>,
}

/// Adds an entry, as far as a record has room for it; the id it carries is ignored.
pub fn add(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let id = tx.new_id("audit")?;
    let (actor, acting_for) = (abridged::name(&entry.actor), entry.acting_for.as_deref().map(abridged::name));
    let arguments = abridged::arguments(&entry.arguments).to_string();
    tx.execute(
        "INSERT INTO audit (id, at, actor, acting_for, operation, arguments, outcome, times, client, proxy) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![id, entry.at, actor, acting_for, entry.operation, arguments, entry.outcome, entry.times, entry.client, entry.proxy],
    )?;
    Ok(())
}

/// The same for a call that came to nothing, from somebody whom a server let no further: more of its kind in the same minute are
/// counted in the first one's record, which says where that one came from, so that a flood of them costs no more than one.
pub fn count(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let minute = Time(entry.at.0 - entry.at.0.rem_euclid(MINUTE_MS));
    let known: Option<Id> = tx.optional(
        "SELECT id FROM audit WHERE outcome <> 'done' AND actor = $1 AND at >= $2 AND operation = $3 AND outcome = $4 ORDER BY id DESC LIMIT 1",
        args![abridged::name(&entry.actor), minute, entry.operation, entry.outcome],
        |row| row.get(),
    )?;
    match known {
        Some(id) => tx.execute("UPDATE audit SET times = times + 1 WHERE id = $1", args![id]).map(drop),
        None => add(tx, entry),
    }
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
        // Earlier versions kept whatever came.
        "SELECT id, at, actor, substr(acting_for, 1, 320), operation, octet_length(arguments), \
                CASE WHEN octet_length(arguments) <= $1 THEN arguments END, outcome, times, client, proxy FROM audit \
         WHERE id < $2 AND operation >= $3 AND operation < $4 AND ($5 = '' OR actor = $5 OR acting_for = $5) ORDER BY id DESC LIMIT $6",
        args![abridged::RECORD as i64, before, operation, end, actor, limit],
        |row| {
            Ok(Entry {
                id: row.get()?,
                at: row.get()?,
                actor: row.get()?,
                acting_for: row.get()?,
                operation: row.get()?,
                arguments: shown(row.get()?, row.get()?)?,
                outcome: row.get()?,
                times: row.get()?,
                client: row.get()?,
                proxy: row.get()?,
            })
        },
    )
}

fn shown(bytes: i64, arguments: Option<String>) -> Result<serde_json::Value> {
    match arguments {
        Some(arguments) => serde_json::from_str(&arguments).map_err(Error::unexpected),
        None => Ok(abridged::left_out(usize::try_from(bytes).unwrap_or_default())),
    }
}

/// An entry from a clock that was ahead, or that was set back since.
pub struct Ahead {
    pub id: Id,
    pub at: Time,
    pub actor: String,
    pub operation: String,
}

/// Of the newest entries, however many were written since, the one that is furthest after `at`.
pub fn ahead(tx: &mut Tx<'_>, at: Time) -> Result<Option<Ahead>> {
    const RECENT: i64 = 1_000;
    tx.optional(
        "SELECT id, at, actor, operation FROM (SELECT id, at, actor, operation FROM audit ORDER BY id DESC LIMIT $1) AS recent \
         WHERE at > $2 ORDER BY at DESC, id DESC LIMIT 1",
        args![RECENT, at],
        |row| Ok(Ahead { id: row.get()?, at: row.get()?, actor: row.get()?, operation: row.get()? }),
    )
}

/// How long the first answer of an idempotency key is kept: long for a key that someone chose, and shortly for one that a
/// client made up to be able to ask again.
const KEPT_MS: i64 = 30 * DAY_MS;
const AUTOMATIC_KEPT_MS: i64 = HOUR_MS;

/// The first answer under this key of the user's own; other arguments under it are refused.
pub fn first_answer(
    tx: &mut Tx<'_>,
    key: &str,
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
            format!("the idempotency key \"{}\" was used with other arguments before", key.split_once('/').map_or(key, |(_, own)| own)),
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
