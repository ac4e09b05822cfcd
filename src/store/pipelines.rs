//! Pipelines and their stages.

use serde::{Deserialize, Serialize};

use super::Tx;
use crate::args;
use crate::domain::Id;
use crate::domain::pipeline::Stage;
use crate::error::Result;

/// A pipeline without its stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pipeline {
    pub id: Id,
    pub name: String,
    pub position: i64,
}

crate::record!(pipeline: Pipeline => "pipelines" { id: Int = pipeline.id, name: Text = pipeline.name, position: Int = pipeline.position });
crate::record!(stage: Stage => "stages" {
    id: Int = stage.id,
    pipeline_id: Int = stage.pipeline_id,
    name: Text = stage.name,
    state: Text = stage.state,
    position: Int = stage.position,
});

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Pipeline>> {
    tx.query("SELECT id, name, position FROM pipelines ORDER BY position, id", &[], |row| {
        Ok(Pipeline { id: row.get()?, name: row.get()?, position: row.get()? })
    })
}

/// Every stage, pipeline by pipeline, in order.
pub fn stages(tx: &mut Tx<'_>) -> Result<Vec<Stage>> {
    tx.query(
        "SELECT s.id, s.pipeline_id, p.name, s.name, s.state, s.position FROM stages s JOIN pipelines p ON p.id = s.pipeline_id \
         ORDER BY p.position, p.id, s.position, s.id",
        &[],
        |row| {
            Ok(Stage {
                id: row.get()?,
                pipeline_id: row.get()?,
                pipeline: row.get()?,
                name: row.get()?,
                state: row.get()?,
                position: row.get()?,
            })
        },
    )
}

/// How many tickets stand in a stage.
pub fn tickets_in_stage(tx: &mut Tx<'_>, stage: Id) -> Result<i64> {
    tx.one("SELECT count(*) FROM tickets WHERE stage_id = $1", args![stage], |row| row.get())
}
