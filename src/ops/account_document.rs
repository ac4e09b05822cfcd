//! The whole account as one document, in and out. Streams, not operations: they take many transactions, or one long one.

use std::io::Write;

use crate::bulk::{self, Exported};
use crate::domain::user::Permission;
use crate::error::Result;
use crate::store::Tx;

/// Writes the account to `out`, for super admins; `tx` is the snapshot.
pub fn export(mut tx: Tx<'_>, as_user: Option<&str>, out: &mut dyn Write) -> Result<Exported> {
    crate::store::account::get(&mut tx)?;
    super::permitted(&mut tx, as_user, Permission::SuperAdmin)?;
    bulk::export_account(&mut tx, out)
}

/// Whoever replaces the account: a super admin of it. Their email address.
pub fn may_replace(tx: &mut Tx<'_>, as_user: Option<&str>) -> Result<String> {
    super::permitted(tx, as_user, Permission::SuperAdmin).map(|user| user.email)
}
