//! Times that a migration writes stay for ever: a clock that was set back is refused, until someone accepts it.

use crate::args;
use crate::domain::time::{MINUTE_MS, Time};
use crate::error::{Error, Result};
use crate::store::audit::{self, Ahead};
use crate::store::{Dialect, Tx};

/// The code of the refusal, and of its acceptance.
pub const SET_BACK: &str = "clock_set_back";

/// Refuses a clock that stands more than a minute before a recent audit entry.
pub fn refuse_set_back(tx: &mut Tx<'_>, now: Time, accepted: &[String]) -> Result<()> {
    if accepted.iter().any(|code| code == SET_BACK) {
        return Ok(());
    }
    match ahead(tx, now)? {
        Some(entry) if !server_agrees(tx, now)? => Err(Error::failed(
            SET_BACK,
            format!("this machine's clock says {now}, but {}; nothing was done", described(&entry)),
        )
        .hint(format!(
            "if this machine's clock is wrong, set it right; if the entry was written by a machine whose clock was ahead, a super admin passes it with --accept {SET_BACK}"
        ))
        .detail("entry", entry.id)
        .detail("recorded_at", entry.at.to_string())),
        _ => Ok(()),
    }
}

/// The recent audit entry that is furthest ahead of `now`, by more than a minute.
pub fn ahead(tx: &mut Tx<'_>, now: Time) -> Result<Option<Ahead>> {
    audit::ahead(tx, now.plus_ms(MINUTE_MS))
}

/// On PostgreSQL the server's clock decides: it tells an entry that was ahead from a clock that is behind.
pub fn server_agrees(tx: &mut Tx<'_>, now: Time) -> Result<bool> {
    match tx.dialect() {
        Dialect::Sqlite => Ok(false),
        Dialect::Postgres => {
            let at: Time = tx.one("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", args![], |row| row.get())?;
            Ok(at <= now.plus_ms(MINUTE_MS))
        }
    }
}

/// An audit entry in words.
pub fn described(entry: &Ahead) -> String {
    format!("audit entry {} ({} by {}) is of {}", entry.id, entry.operation, entry.actor, entry.at)
}
