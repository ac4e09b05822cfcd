//! The conditions under which bots may move (B).

use super::Tx;
use crate::args;
use crate::domain::bot::BotCondition;
use crate::error::Result;

pub fn conditions(tx: &mut Tx<'_>) -> Result<Vec<BotCondition>> {
    tx.query("SELECT action, allowed, why FROM bot_conditions ORDER BY position, action", &[], |row| {
        Ok(BotCondition { action: row.get()?, allowed: row.get()?, why: row.get()? })
    })
}

/// Writes one condition, new or changed; new ones go to the end.
pub fn put(tx: &mut Tx<'_>, condition: &BotCondition) -> Result<()> {
    let next: i64 = tx.one("SELECT coalesce(max(position), 0) + 1 FROM bot_conditions", &[], |row| row.get())?;
    tx.execute(
        "INSERT INTO bot_conditions (action, allowed, why, position) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (action) DO UPDATE SET allowed = excluded.allowed, why = excluded.why",
        args![condition.action, condition.allowed, condition.why, next],
    )?;
    Ok(())
}

/// Takes a condition out of the list; whether it was there.
pub fn delete(tx: &mut Tx<'_>, action: &str) -> Result<bool> {
    tx.execute("DELETE FROM bot_conditions WHERE action = $1", args![action]).map(|rows| rows > 0)
}
