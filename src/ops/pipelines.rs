//! Pipelines: list, show, create, update, delete; their stages one by one are in `stages`.

mod stages;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Operation, channels, check, lookup, migrations, sla};
use crate::domain::Id;
use crate::domain::pipeline::{Stage, StageState, find_stage};
use crate::domain::sla::policy::Property;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::store::{self, pipelines::Pipeline};

pub use stages::{AddStage, RemoveStage, UpdateStage};

/// The stage that an id, a name or `Pipeline/Stage` means.
///
/// Errors: `unknown_stage` (exit 5, with the nearest names) and `ambiguous_stage` (exit 2, with the candidates).
pub fn stage(desk: &mut Desk<'_>, typed: &str) -> Result<Stage> {
    let stages = store::pipelines::stages(&mut desk.tx)?;
    stage_among(&stages, typed)
}

fn stage_among(stages: &[Stage], typed: &str) -> Result<Stage> {
    find_stage(stages, typed).cloned().map_err(Error::from)
}

/// The pipeline that a name, in any case, or an id means; else `unknown_pipeline` (exit 5) with the nearest names, or `ambiguous_pipeline` (exit 2).
pub fn pipeline(desk: &mut Desk<'_>, typed: &str) -> Result<Pipeline> {
    lookup::find(store::pipelines::all(&mut desk.tx)?, typed)
}

/// Why a stage may neither be removed nor change its state while a migration is active whose map leads to it.
fn migration_in_the_way(desk: &mut Desk<'_>, stages: &[Id]) -> Result<Option<String>> {
    let Some(run) = store::migrations::active(&mut desk.tx)? else { return Ok(None) };
    let target = run.map.iter().flat_map(|map| map.targets()).find(|target| stages.contains(&target.stage_id));
    Ok(target.map(|target| format!("migration {} of {} makes tickets in {}", run.id, run.channel_before.address, target.name)))
}

fn refuse_while_migrating(desk: &mut Desk<'_>, stages: &[Id]) -> Result<()> {
    match migration_in_the_way(desk, stages)? {
        None => Ok(()),
        Some(why) => Err(migrations::in_the_way(desk, "M4", why)?),
    }
}

/// A pipeline as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PipelineRow {
    pub id: Id,
    pub name: String,
    pub position: i64,
    /// `Name=STATE`, in order.
    pub stages: Vec<String>,
    /// Tickets that the viewer may see (H2).
    pub tickets: i64,
}

/// A stage on its pipeline's page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StageRow {
    pub id: Id,
    pub name: String,
    pub state: StageState,
    pub position: i64,
    /// Tickets that the viewer may see (H2).
    pub tickets: i64,
}

/// A pipeline with its stages.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PipelineDetail {
    pub id: Id,
    pub name: String,
    pub position: i64,
    pub stages: Vec<StageRow>,
}

/// What is known of all pipelines at once.
struct Overview {
    stages: Vec<Stage>,
    tickets: HashMap<Id, i64>,
}

impl Overview {
    fn of(desk: &mut Desk<'_>) -> Result<Overview> {
        let visibility = desk.visibility();
        Ok(Overview {
            stages: store::pipelines::stages(&mut desk.tx)?,
            tickets: store::pipelines::ticket_counts(&mut desk.tx, &visibility)?,
        })
    }

    fn stages(&self, pipeline: Id) -> impl Iterator<Item = StageRow> + '_ {
        self.stages.iter().filter(move |stage| stage.pipeline_id == pipeline).map(|stage| StageRow {
            id: stage.id,
            name: stage.name.clone(),
            state: stage.state,
            position: stage.position,
            tickets: self.tickets.get(&stage.id).copied().unwrap_or(0),
        })
    }
}

fn detail(desk: &mut Desk<'_>, pipeline: Pipeline) -> Result<PipelineDetail> {
    let stages = Overview::of(desk)?.stages(pipeline.id).collect();
    Ok(PipelineDetail { id: pipeline.id, name: pipeline.name, position: pipeline.position, stages })
}

/// Lists pipelines.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "pipelines.list";
    const WRITES: bool = false;
    type Output = Vec<PipelineRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<PipelineRow>> {
        let overview = Overview::of(desk)?;
        let rows = store::pipelines::all(&mut desk.tx)?.into_iter().map(|pipeline| PipelineRow {
            id: pipeline.id,
            position: pipeline.position,
            stages: overview.stages(pipeline.id).map(|stage| format!("{}={}", stage.name, stage.state)).collect(),
            tickets: overview.stages(pipeline.id).map(|stage| stage.tickets).sum(),
            name: pipeline.name,
        });
        Ok(rows.collect())
    }
}

/// Shows one pipeline with its stages.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub pipeline: String,
}

impl Operation for Show {
    const NAME: &'static str = "pipelines.show";
    const WRITES: bool = false;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let pipeline = pipeline(desk, &self.pipeline)?;
        detail(desk, pipeline)
    }
}

/// The name, if no pipeline but `own` has it.
fn free_name(desk: &mut Desk<'_>, typed: &str, own: Option<Id>) -> Result<String> {
    let name = check::text("name", typed)?;
    let others = store::pipelines::all(&mut desk.tx)?;
    check::unique("pipeline", &name, others.iter().filter(|other| Some(other.id) != own).map(|other| (other.id, other.name.as_str())))?;
    Ok(name)
}

/// Every pipeline needs a stage in which its tickets are open: arrivals begin there (M11).
fn need_an_open_stage(pipeline: &str, stages: &[Stage]) -> Result<()> {
    if stages.iter().any(Stage::is_open) {
        return Ok(());
    }
    Err(Error::refused("no_open_stage", "M11", format!("the pipeline \"{pipeline}\" needs at least one stage of state OPEN"))
        .hint("add one first: deskctl pipelines add-stage PIPELINE NAME --state OPEN"))
}

/// The name and state of a new stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StageSpec {
    pub name: String,
    pub state: StageState,
}

/// Adds a pipeline with its stages.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    /// In order.
    pub stages: Vec<StageSpec>,
}

impl Operation for Create {
    const NAME: &'static str = "pipelines.create";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let name = free_name(desk, &self.name, None)?;
        let last = store::pipelines::all(&mut desk.tx)?.iter().map(|pipeline| pipeline.position).max().unwrap_or(0);
        let pipeline = Pipeline { id: desk.tx.new_id("pipelines")?, name, position: last + 1 };
        desk.tx.insert(std::slice::from_ref(&pipeline))?;
        let ids = desk.tx.new_ids("stages", self.stages.len())?;
        let mut stages: Vec<Stage> = Vec::new();
        for ((spec, id), position) in self.stages.into_iter().zip(ids).zip(1..) {
            let name = check::text("stage's name", &spec.name)?;
            check::unique("stage", &name, stages.iter().map(|stage| (stage.id, stage.name.as_str())))?;
            stages.push(Stage { id, pipeline_id: pipeline.id, pipeline: pipeline.name.clone(), name, state: spec.state, position });
        }
        need_an_open_stage(&pipeline.name, &stages)?;
        desk.tx.insert(&stages)?;
        detail(desk, pipeline)
    }
}

/// Renames a pipeline or gives it another place among the pipelines.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub pipeline: String,
    pub name: Option<String>,
    /// Counts from 1; the first pipeline is the account's default one.
    pub position: Option<i64>,
}

impl Operation for Update {
    const NAME: &'static str = "pipelines.update";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let mut changed = pipeline(desk, &self.pipeline)?;
        if let Some(name) = &self.name {
            changed.name = free_name(desk, name, Some(changed.id))?;
            desk.tx.update(std::slice::from_ref(&changed))?;
        }
        if let Some(position) = self.position {
            let mut all = store::pipelines::all(&mut desk.tx)?;
            all.retain(|other| other.id != changed.id);
            all.insert(place(position, all.len()), changed.clone());
            for (pipeline, position) in all.iter_mut().zip(1..) {
                pipeline.position = position;
                if pipeline.id == changed.id {
                    changed.position = position;
                }
            }
            desk.tx.update(&all)?;
        }
        detail(desk, changed)
    }
}

/// Where a position that counts from 1 lies among `others` that stay in order.
fn place(position: i64, others: usize) -> usize {
    usize::try_from(position.max(1) - 1).unwrap_or(0).min(others)
}

/// Removes a pipeline in which no ticket stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub pipeline: String,
}

impl Operation for Delete {
    const NAME: &'static str = "pipelines.delete";
    const WRITES: bool = true;
    type Output = PipelineDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PipelineDetail> {
        let pipeline = pipeline(desk, &self.pipeline)?;
        let shown = detail(desk, pipeline.clone())?;
        let stages: Vec<Id> = shown.stages.iter().map(|stage| stage.id).collect();
        refuse_while_migrating(desk, &stages)?;
        if store::pipelines::all(&mut desk.tx)?.len() == 1 {
            return Err(Error::refused("last_pipeline", "M11", format!("\"{}\" is the account's only pipeline", pipeline.name))
                .hint("tickets need one; make another first: deskctl pipelines create"));
        }
        let usage = stage_usage(desk, &stages)?;
        let what = format!("the pipeline \"{}\"", pipeline.name);
        check::unused(desk, &what, &usage, "give its tickets stages of another pipeline first")?;
        sla::unnamed(desk, &what, Some((Property::Pipeline, pipeline.id)), &stages)?;
        store::pipelines::delete(&mut desk.tx, pipeline.id)?;
        Ok(shown)
    }
}

/// What refers to these stages: all tickets, also those that the viewer may not see, and ticket creation settings.
fn stage_usage(desk: &mut Desk<'_>, stages: &[Id]) -> Result<[(&'static str, i64); 2]> {
    let mut tickets = 0;
    for stage in stages {
        tickets += store::pipelines::tickets_in_stage(&mut desk.tx, *stage)?;
    }
    let channels = channels::using(desk, |settings| settings.ticket_creation.stage.is_some_and(|stage| stages.contains(&stage)))?;
    Ok([("tickets", tickets), ("channels that make tickets in it", channels)])
}
