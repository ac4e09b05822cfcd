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

/// In lower case, letter by letter: without a copy, as many rules look through many stages.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// Finds a stage by id, by name, or by `Pipeline/Stage` where that alone is ambiguous: where several have the name, or one is called
/// like the id of another. Case is folded.
pub fn find_stage<'a>(stages: &'a [Stage], typed: &str) -> Result<&'a Stage, StageError> {
    let id = typed.trim().parse::<Id>().ok();
    let wanted: String = lower(typed.trim()).collect();
    let is_meant = |stage: &&Stage| {
        Some(stage.id) == id
            || lower(&stage.name).eq(wanted.chars())
            || lower(&stage.pipeline).chain(['/']).chain(lower(&stage.name)).eq(wanted.chars())
    };
    let matches: Vec<&Stage> = stages.iter().filter(is_meant).collect();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => Err(StageError::Unknown {
            typed: typed.to_owned(),
            nearest_from: stages.iter().flat_map(|stage| [stage.name.clone(), stage.full_name()]).collect(),
        }),
        many => Err(StageError::Ambiguous { typed: typed.to_owned(), candidates: many.iter().map(|stage| stage.full_name()).collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(id: Id, name: &str) -> Stage {
        Stage { id, pipeline_id: 1, pipeline: "Support".into(), name: name.into(), state: StageState::Open, position: id }
    }

    #[test]
    fn a_stage_called_like_the_id_of_another_is_ambiguous_and_its_full_name_is_not() {
        let stages = [stage(1, "New"), stage(2, "1"), stage(3, "Käsittelyssä"), stage(4, "4")];
        let id = |typed: &str| find_stage(&stages, typed).map(|stage| stage.id);
        let ambiguous = StageError::Ambiguous { typed: "1".into(), candidates: vec!["Support/New".into(), "Support/1".into()] };
        assert_eq!(id("1"), Err(ambiguous));
        assert_eq!((id("support/1"), id("Support/NEW"), id("2"), id(" KÄSITTELYSSÄ "), id("4")), (Ok(2), Ok(1), Ok(2), Ok(3), Ok(4)));
        assert!(matches!(id("5"), Err(StageError::Unknown { .. })));
    }
}
