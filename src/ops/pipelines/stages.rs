//! The stages of a pipeline: add, update, remove.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PipelineDetail, detail, need_an_open_stage, pipeline, place, refuse_while_migrating, stage_among, stage_usage};
use crate::domain::access::Visibility;
use crate::domain::event::Cause;
use crate::domain::pipeline::{Stage, StageState};
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::{Desk, Operation, check, sla};
use crate::store::{self, pipelines::Pipeline};

/// A pipeline's stages, in order.
fn stages_of(desk: &mut Desk<'_>, pipeline: &Pipeline) -> Result<Vec<Stage>> {
    let mut stages = store::pipelines::stages(&mut desk.tx)?;
    stages.retain(|stage| stage.pipeline_id == pipeline.id);
    Ok(stages)
}

/// Writes the stages with positions counted anew.
fn renumber(desk: &mut Desk<'_>, mut stages: Vec<Stage>) -> Result<()> {
    for (stage, position) in stages.iter_mut().zip(1..) {
        stage.position = position;
    }
    desk.tx.update(&stages)
}

/// Adds a stage to a pipeline.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddStage {
    pub pipeline: String,
    pub name: String,
    pub state: StageState,
    /// Counts from 1; at the end without one.
    pub position: Option<i64>,
}

impl Operation for AddStage {
    const NAME: &'static str = "pipelines.add_stage";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let pipeline = pipeline(desk, &self.pipeline)?;
        let mut stages = stages_of(desk, &pipeline)?;
        let name = check::text("stage's name", &self.name)?;
        check::unique("stage", &name, stages.iter().map(|stage| (stage.id, stage.name.as_str())))?;
        let id = desk.tx.new_id("stages")?;
        let stage = Stage { id, pipeline_id: pipeline.id, pipeline: pipeline.name.clone(), name, state: self.state, position: 0 };
        desk.tx.insert(std::slice::from_ref(&stage))?;
        let at = self.position.map_or(stages.len(), |position| place(position, stages.len()));
        stages.insert(at, stage);
        renumber(desk, stages)?;
        detail(desk, pipeline)
    }
}

/// Renames a stage, moves it within its pipeline, or changes its state, and with the state its tickets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStage {
    pub pipeline: String,
    pub stage: String,
    pub name: Option<String>,
    pub state: Option<StageState>,
    /// Counts from 1.
    pub position: Option<i64>,
}

impl Operation for UpdateStage {
    const NAME: &'static str = "pipelines.update_stage";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let pipeline = pipeline(desk, &self.pipeline)?;
        let mut stages = stages_of(desk, &pipeline)?;
        let mut stage = stage_among(&stages, &self.stage)?;
        let was_at = stages.iter().position(|other| other.id == stage.id).unwrap_or(0);
        stages.retain(|other| other.id != stage.id);
        if let Some(name) = &self.name {
            stage.name = check::text("stage's name", name)?;
            check::unique("stage", &stage.name, stages.iter().map(|other| (other.id, other.name.as_str())))?;
        }
        let new_state = self.state.filter(|state| *state != stage.state);
        stage.state = new_state.unwrap_or(stage.state);
        let at = self.position.map_or(was_at, |position| place(position, stages.len()));
        stages.insert(at, stage.clone());
        if new_state.is_some() {
            need_an_open_stage(&pipeline.name, &stages)?;
            refuse_while_migrating(desk, &[stage.id])?;
            let changed = desk.writer(Cause::Command).turn_stage(stage.id, stage.is_open())?;
            let how_many = if desk.visibility() == Visibility::Everything { changed.to_string() } else { "the".to_owned() };
            desk.notice(format!("{how_many} tickets of the stage \"{}\" are {} now", stage.name, stage.state));
        }
        renumber(desk, stages)?;
        detail(desk, pipeline)
    }
}

/// Removes a stage in which no ticket stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemoveStage {
    pub pipeline: String,
    pub stage: String,
}

impl Operation for RemoveStage {
    const NAME: &'static str = "pipelines.remove_stage";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let pipeline = pipeline(desk, &self.pipeline)?;
        let mut stages = stages_of(desk, &pipeline)?;
        let stage = stage_among(&stages, &self.stage)?;
        refuse_while_migrating(desk, &[stage.id])?;
        let usage = stage_usage(desk, &[stage.id])?;
        let what = format!("the stage \"{}\"", stage.full_name());
        check::unused(desk, &what, &usage, "give its tickets another stage first")?;
        sla::unnamed(desk, &what, None, &[stage.id])?;
        stages.retain(|other| other.id != stage.id);
        need_an_open_stage(&pipeline.name, &stages)?;
        store::pipelines::delete_stage(&mut desk.tx, stage.id)?;
        renumber(desk, stages)?;
        detail(desk, pipeline)
    }
}
