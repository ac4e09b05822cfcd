//! Who owns the store itself: the file's owner, or the database role that its tables belong to. They may do what needs a super
//! admin where an account has none left, or nobody could ever mend it (G21).

use std::os::unix::fs::MetadataExt;

use super::{Location, Tx};
use crate::error::{Error, Result, io_error};

/// The name of the owner for the audit, if this process acts for them.
pub fn acting(tx: &mut Tx<'_>, location: &Location) -> Result<String> {
    let owner = match location {
        Location::Sqlite(path) => {
            let file = std::fs::metadata(path).map_err(|error| io_error("look at", path, error))?;
            let user = rustix::process::geteuid();
            (user.is_root() || user.as_raw() == file.uid()).then(|| format!("user {} of the system", user.as_raw()))
        }
        Location::Postgres { .. } => tx.one(
            "SELECT CAST(current_user AS text), pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('account')",
            &[],
            |row| {
                let (role, owns): (String, bool) = (row.get()?, row.get()?);
                Ok(owns.then(|| format!("database role {role}")))
            },
        )?,
    };
    owner.ok_or_else(|| {
        Error::denied("no_super_admin", "the account has no active super admin, and its store belongs to someone else")
            .hint("do it as the owner of the file, or as the database role that owns the tables")
    })
}
