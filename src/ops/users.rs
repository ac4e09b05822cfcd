//! Users: list, show, create, update, delete.

use crate::domain::user::User;
use crate::error::{Result, unknown};
use crate::ops::Desk;
use crate::store;

/// The user that an email address, in any case, or an id means; else `unknown_user` (exit 5) with the nearest addresses.
pub fn user(desk: &mut Desk<'_>, typed: &str) -> Result<User> {
    let users = store::users::all(&mut desk.tx)?;
    let wanted = typed.trim().to_lowercase();
    let found = users.iter().find(|user| user.email == wanted).or_else(|| users.iter().find(|user| user.id.to_string() == wanted));
    found.cloned().ok_or_else(|| unknown("unknown_user", "user", typed, users.iter().map(|user| user.email.as_str())))
}
