//! Pipelines and their stages: list, show, create, update, delete, and the stages one by one.

use crate::domain::pipeline::{Stage, StageError, find_stage};
use crate::error::{Error, Result, unknown};
use crate::ops::Desk;
use crate::store;

/// The stage that an id, a name or `Pipeline/Stage` means.
///
/// Errors: `unknown_stage` (exit 5, with the nearest names) and `ambiguous_stage` (exit 2, with the candidates).
pub fn stage(desk: &mut Desk<'_>, typed: &str) -> Result<Stage> {
    let stages = store::pipelines::stages(&mut desk.tx)?;
    match find_stage(&stages, typed) {
        Ok(stage) => Ok(stage.clone()),
        Err(StageError::Unknown { typed, nearest_from }) => {
            Err(unknown("unknown_stage", "stage", &typed, nearest_from.iter().map(String::as_str)))
        }
        Err(StageError::Ambiguous { typed, candidates }) => {
            let message = format!("the stage \"{typed}\" is ambiguous: {}", candidates.join(", "));
            Err(Error::usage("ambiguous_stage", message)
                .hint("write it as Pipeline/Stage, or take its id (deskctl pipelines show NAME)")
                .detail("candidates", candidates))
        }
    }
}
