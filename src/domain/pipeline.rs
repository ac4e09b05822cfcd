//! Pipelines and their stages (ticket statuses).

use serde::{Deserialize, Serialize};

use super::Id;
use crate::error::{Error, unknown};
use crate::text_enum;

text_enum! {
    /// Every stage is of one of two states.
    pub enum StageState { Open = "OPEN", Closed = "CLOSED" }
}

/// A ticket status: a step of one pipeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub id: Id,
    pub pipeline_id: Id,
    pub pipeline: String,
    pub name: String,
    pub state: StageState,
    pub position: i64,
}

impl Stage {
    pub fn is_open(&self) -> bool {
        self.state == StageState::Open
    }

    /// `Pipeline/Stage`, the unambiguous name.
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.pipeline, self.name)
    }
}

/// Why a stage name did not lead to one stage.
#[derive(Debug, PartialEq)]
pub enum StageError {
    Unknown { typed: String, nearest_from: Vec<String> },
    Ambiguous { typed: String, candidates: Vec<String> },
}

impl From<StageError> for Error {
    fn from(error: StageError) -> Error {
        match error {
            StageError::Unknown { typed, nearest_from } => {
                unknown("unknown_stage", "stage", &typed, nearest_from.iter().map(String::as_str))
            }
            StageError::Ambiguous { typed, candidates } => {
                let message = format!("the stage \"{typed}\" is ambiguous: {}", candidates.join(", "));
                Error::usage("ambiguous_stage", message)
                    .hint("write it as Pipeline/Stage, or take its id (deskctl pipelines show NAME)")
                    .detail("candidates", candidates)
            }
        }
    }
}

/// Finds a stage by id, by name, or by `Pipeline/Stage` where the name alone is ambiguous. Case is folded.
pub fn find_stage<'a>(stages: &'a [Stage], typed: &str) -> Result<&'a Stage, StageError> {
    let wanted = typed.trim().to_lowercase();
    if let Ok(id) = wanted.parse::<Id>()
        && let Some(stage) = stages.iter().find(|stage| stage.id == id)
    {
        return Ok(stage);
    }
    let matches: Vec<&Stage> =
        stages.iter().filter(|stage| stage.name.to_lowercase() == wanted || stage.full_name().to_lowercase() == wanted).collect();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => Err(StageError::Unknown {
            typed: typed.to_owned(),
            nearest_from: stages.iter().flat_map(|stage| [stage.name.clone(), stage.full_name()]).collect(),
        }),
        many => Err(StageError::Ambiguous { typed: typed.to_owned(), candidates: many.iter().map(|stage| stage.full_name()).collect() }),
    }
}
