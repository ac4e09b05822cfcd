//! The account's own row.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Tx;
use crate::args;
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};

/// The account: its name, its time zone, what its subscription allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    pub name: String,
    /// IANA zone in which tables, filters and quiet hours are told.
    pub time_zone: String,
    /// Subscription limits by name.
    pub limits: Map<String, Value>,
    pub created_at: Time,
}

/// The account row with whether it is being loaded; `None` in a store without an account.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<(Account, bool)>> {
    tx.optional("SELECT name, time_zone, limits, created_at, loading FROM account WHERE id = 1", &[], |row| {
        let account = Account { name: row.get()?, time_zone: row.get()?, limits: row.json()?, created_at: row.get()? };
        Ok((account, row.get()?))
    })
}

/// The account, open for work.
pub fn get(tx: &mut Tx<'_>) -> Result<Account> {
    match find(tx)? {
        Some((account, false)) => Ok(account),
        Some((_, true)) => Err(Error::new(Exit::Locked, "account_loading", "this account is being loaded; it opens with the last batch")
            .hint("wait for deskctl seed to end; if it was killed, run it again")),
        None => Err(Error::not_found("no_store", "this store holds no account yet").hint("run deskctl init or deskctl seed")),
    }
}

/// The country in which phone numbers without a country's code are at home, by two letters.
pub fn country(tx: &mut Tx<'_>) -> Result<Option<String>> {
    tx.optional("SELECT country FROM account WHERE id = 1", &[], |row| row.get()).map(Option::flatten)
}

/// Sets the country, and reads the contacts' numbers anew by it.
pub fn put_country(tx: &mut Tx<'_>, country: Option<&str>) -> Result<()> {
    tx.execute("UPDATE account SET country = $1 WHERE id = 1", args![country])?;
    super::contacts::read_numbers(tx, country)
}

/// Writes the account row, new or again.
pub fn put(tx: &mut Tx<'_>, account: &Account, loading: bool) -> Result<()> {
    let limits = Value::Object(account.limits.clone()).to_string();
    tx.execute(
        "INSERT INTO account (id, name, time_zone, limits, loading, created_at) VALUES (1, $1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, limits = excluded.limits, loading = excluded.loading",
        args![account.name, account.time_zone, limits, loading, account.created_at],
    )?;
    Ok(())
}
