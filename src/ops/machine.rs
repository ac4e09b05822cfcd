//! About the account as a whole: who acts, what the store holds, and the frame for work that is no operation (backup,
//! restore, upgrade), which is permitted and audited all the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Call, Desk, Operation};
use crate::domain::time::Time;
use crate::domain::user::{Grant, Permission, Role, Seat, TicketAccess};
use crate::error::Result;
use crate::store::health::{self, Counts};
use crate::store::{self, Location, Tx, owner};

/// Who acts, and what they may do.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub permissions: Vec<Grant>,
    pub seat: Seat,
    pub help_desk_access: bool,
    pub ticket_access: TicketAccess,
    pub unassigned_visible: bool,
    pub account: String,
    pub schema_version: i64,
}

/// Tells who acts.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Whoami {}

impl Operation for Whoami {
    const NAME: &'static str = "account.whoami";
    const WRITES: bool = false;
    type Output = Identity;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Identity> {
        let schema_version = store::schema::version(&mut desk.tx)?.unwrap_or(0);
        let user = desk.actor.clone();
        Ok(Identity {
            help_desk_access: user.has_help_desk_access(),
            email: user.email,
            name: user.name,
            role: user.role,
            permissions: user.grants,
            seat: user.seat,
            ticket_access: user.ticket_access,
            unassigned_visible: user.unassigned_visible,
            account: desk.account.name.clone(),
            schema_version,
        })
    }
}

/// What the store holds, all of it: the counts are not those of one user's view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StoreInfo {
    pub account: String,
    pub created_at: Time,
    pub schema_version: i64,
    pub size_bytes: i64,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Tells what the store holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Info {}

impl Operation for Info {
    const NAME: &'static str = "store.info";
    const WRITES: bool = false;
    type Output = StoreInfo;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<StoreInfo> {
        Ok(StoreInfo {
            account: desk.account.name.clone(),
            created_at: desk.account.created_at,
            schema_version: store::schema::version(&mut desk.tx)?.unwrap_or(0),
            size_bytes: health::size_bytes(&mut desk.tx)?,
            counts: health::counts(&mut desk.tx)?,
        })
    }
}

/// What is no operation, and by whom: permitted and audited all the same.
#[derive(Clone, Debug)]
pub struct Deed {
    operation: &'static str,
    arguments: Value,
    /// Who, and on whose behalf.
    names: (String, Option<String>),
}

impl Deed {
    /// `call` says who acts; that the account is being loaded is no hindrance. Also answers whether they may.
    pub fn begin(
        tx: &mut Tx<'_>,
        (operation, needs): (&'static str, Permission),
        arguments: Value,
        call: &Call,
        now: Time,
    ) -> Result<(Deed, Result<()>)> {
        let acting = super::call::acting(tx, call, now)?;
        let permitted = super::call::require(&acting.user, needs);
        Ok((Deed { operation, arguments, names: acting.names() }, permitted))
    }

    /// By whoever may replace the store as a whole.
    pub fn by_master(
        tx: &mut Tx<'_>,
        location: &Location,
        operation: &'static str,
        arguments: Value,
        call: &Call,
        now: Time,
    ) -> Result<Deed> {
        Ok(Deed { operation, arguments, names: super::call::master(tx, location, call, now)? })
    }

    /// By the owner of the store itself.
    pub fn by_owner(tx: &mut Tx<'_>, location: &Location, operation: &'static str, arguments: Value) -> Result<Deed> {
        Ok(Deed { operation, arguments, names: (owner::acting(tx, location)?, None) })
    }

    /// Audits it: `outcome` is `done`, or the code of the error.
    pub fn end(self, mut tx: Tx<'_>, outcome: &str, now: Time) -> Result<()> {
        store::audit::add(&mut tx, &super::records::entry(self.names, self.operation, self.arguments, outcome, now))?;
        tx.commit()
    }
}
