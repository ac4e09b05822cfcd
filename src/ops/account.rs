//! The account's own record: show and update.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Desk, Operation, check};
use crate::domain::user::Permission;
use crate::domain::{phone, time};
use crate::error::{Error, Result, unknown};
use crate::store::{self, account::Account};

/// The limits that a subscription can set; others are typing errors.
pub const LIMITS: &[&str] = &["custom_views"];

/// The account, as it is shown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AccountDetail {
    #[serde(flatten)]
    pub account: Account,
    /// Where phone numbers without a country's code are at home, by two letters; that of the first phone line, unless it is set.
    #[serde(default)]
    pub country: Option<String>,
}

fn detail(desk: &mut Desk<'_>) -> Result<AccountDetail> {
    Ok(AccountDetail { account: desk.account.clone(), country: store::account::country(&mut desk.tx)? })
}

/// Shows the account.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {}

impl Operation for Show {
    const NAME: &'static str = "account.show";
    const WRITES: bool = false;
    type Output = AccountDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<AccountDetail> {
        detail(desk)
    }
}

/// Changes the account; what is `None` stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub name: Option<String>,
    /// An IANA zone.
    pub time_zone: Option<String>,
    /// Limits to set; one without a number is taken away.
    #[serde(default)]
    pub limits: Map<String, Value>,
    /// Two letters (ISO 3166), as PL; an empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Operation for Update {
    const NAME: &'static str = "account.update";
    const WRITES: bool = true;
    type Output = AccountDetail;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<AccountDetail> {
        let mut account = desk.account.clone();
        if let Some(name) = &self.name {
            account.name = check::text("name", name)?;
        }
        if let Some(zone) = self.time_zone {
            time::zone(&zone).map_err(|reason| Error::usage("bad_time_zone", reason))?;
            account.time_zone = zone;
        }
        for (name, limit) in self.limits {
            set_limit(&mut account.limits, &name, limit)?;
        }
        store::account::put(&mut desk.tx, &account, false)?;
        desk.account = account;
        if let Some(typed) = self.country.as_deref().map(str::trim) {
            let country =
                if typed.is_empty() { None } else { Some(phone::country(typed).map_err(|why| Error::usage("bad_country", why))?) };
            store::account::put_country(&mut desk.tx, country.as_deref())?;
        }
        detail(desk)
    }
}

fn set_limit(limits: &mut Map<String, Value>, name: &str, limit: Value) -> Result<()> {
    if !LIMITS.contains(&name) && !limits.contains_key(name) {
        return Err(unknown("unknown_limit", "limit", name, LIMITS.iter().copied()).detail("limits", LIMITS));
    }
    match limit {
        Value::Null => {
            limits.remove(name);
        }
        limit if limit.is_u64() => {
            limits.insert(name.to_owned(), limit);
        }
        _ => return Err(Error::usage("bad_value", format!("the limit {name} is a whole number"))),
    }
    Ok(())
}
