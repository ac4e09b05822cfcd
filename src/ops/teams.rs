//! Teams (H6): list, show, create, update, delete.

use crate::error::{Result, unknown};
use crate::ops::Desk;
use crate::store::{self, users::Team};

/// The team that a name, in any case, or an id means; else `unknown_team` (exit 5) with the nearest names.
pub fn team(desk: &mut Desk<'_>, typed: &str) -> Result<Team> {
    let teams = store::users::teams(&mut desk.tx)?;
    let wanted = typed.trim().to_lowercase();
    let found =
        teams.iter().find(|team| team.name.to_lowercase() == wanted).or_else(|| teams.iter().find(|team| team.id.to_string() == wanted));
    found.cloned().ok_or_else(|| unknown("unknown_team", "team", typed, teams.iter().map(|team| team.name.as_str())))
}
