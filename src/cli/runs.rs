//! Which migrations a command is about.

use super::App;
use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::error::Result;
use crate::ops::migrations::{self, Status};

/// The migrations of one start, in their order.
pub fn of_start(first: Id, app: &mut App) -> Result<Vec<Status>> {
    let mut all = app.run(migrations::List {})?;
    all.retain(|status| status.first_of_start == first);
    all.sort_by_key(|status| status.id);
    Ok(all)
}

/// The migrations that are meant, each once; without an id all that the last start began.
pub fn named_or_last_start(ids: &[Id], app: &mut App) -> Result<Vec<Id>> {
    if ids.is_empty() {
        let latest = app.run(migrations::Show { id: None })?;
        return Ok(of_start(latest.first_of_start, app)?.into_iter().map(|status| status.id).collect());
    }
    let ids = distinct(ids);
    // A migration that is not there is no empty list.
    for id in &ids {
        app.run(migrations::Show { id: Some(*id) })?;
    }
    Ok(ids)
}
