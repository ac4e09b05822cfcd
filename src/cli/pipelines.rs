//! `deskctl pipelines`

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::App;
use crate::domain::pipeline::StageState;
use crate::error::{Exit, Result};
use crate::ops::pipelines::{self, StageSpec};

#[derive(Subcommand)]
pub enum Verb {
    /// List pipelines with their stages
    #[command(after_help = "Examples:\n  deskctl pipelines list\n  deskctl pipelines list -o json")]
    List,
    /// Show a pipeline: its stages, their states, how many tickets stand in each
    #[command(after_help = "Examples:\n  deskctl pipelines show Support")]
    Show {
        /// The name or id
        pipeline: String,
    },
    /// Add a pipeline with its stages, in order
    #[command(
        after_help = "Examples:\n  deskctl pipelines create Support --stage \"New=OPEN\" --stage \"Waiting on us=OPEN\" --stage \"Closed=CLOSED\""
    )]
    Create {
        /// The pipeline's name
        name: String,
        /// A stage and its state, OPEN or CLOSED
        #[arg(long = "stage", value_name = "NAME=STATE", required = true, value_parser = stage)]
        stages: Vec<StageSpec>,
    },
    /// Rename a pipeline, or give it another place; the first one is the default
    #[command(
        after_help = "Examples:\n  deskctl pipelines update Support --name \"Customer support\"\n  deskctl pipelines update Support --position 1"
    )]
    Update {
        /// The name or id
        pipeline: String,
        /// The new name
        #[arg(long, required_unless_present = "position")]
        name: Option<String>,
        /// Its place among the pipelines, from 1
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        position: Option<i64>,
    },
    /// Remove a pipeline in which no ticket stands
    #[command(after_help = "Examples:\n  deskctl pipelines delete Support --yes")]
    Delete {
        /// The name or id
        pipeline: String,
    },
    /// Add a stage to a pipeline
    #[command(after_help = "Examples:\n  deskctl pipelines add-stage Support \"Waiting on customer\" --state OPEN --position 2")]
    AddStage {
        /// The pipeline's name or id
        pipeline: String,
        /// The stage's name
        name: String,
        /// Whether its tickets are open or closed
        #[arg(long, ignore_case = true, value_parser = state())]
        state: StageState,
        /// Its place in the pipeline, from 1; at the end without it
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        position: Option<i64>,
    },
    /// Rename a stage, change its place, or its state: its tickets open or close with it
    #[command(
        after_help = "Examples:\n  deskctl pipelines update-stage Support New --name Incoming\n  deskctl pipelines update-stage Support Waiting --state CLOSED --position 3"
    )]
    UpdateStage {
        /// The pipeline's name or id
        pipeline: String,
        /// The stage's name or id
        stage: String,
        /// The new name
        #[arg(long, required_unless_present_any = ["state", "position"])]
        name: Option<String>,
        /// Whether its tickets are open or closed
        #[arg(long, ignore_case = true, value_parser = state())]
        state: Option<StageState>,
        /// Its place in the pipeline, from 1
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        position: Option<i64>,
    },
    /// Remove a stage in which no ticket stands
    #[command(after_help = "Examples:\n  deskctl pipelines remove-stage Support Waiting --yes")]
    RemoveStage {
        /// The pipeline's name or id
        pipeline: String,
        /// The stage's name or id
        stage: String,
    },
}

/// OPEN or CLOSED, in any case.
fn state() -> impl TypedValueParser<Value = StageState> {
    PossibleValuesParser::new(StageState::NAMES).try_map(|name| name.to_uppercase().parse::<StageState>())
}

/// `New=OPEN`; the name may contain `=` itself.
fn stage(text: &str) -> Result<StageSpec, String> {
    let (name, state) = text.rsplit_once('=').ok_or_else(|| format!("\"{text}\" is not of the form \"New=OPEN\""))?;
    Ok(StageSpec { name: name.trim().to_owned(), state: state.trim().to_uppercase().parse()? })
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List => {
            let rows = app.run(pipelines::List {})?;
            app.out.list("pipelines", &rows, &["id", "name", "tickets", "stages"])?;
            return Ok(Exit::Done);
        }
        Verb::Show { pipeline } => app.run(pipelines::Show { pipeline })?,
        Verb::Create { name, stages } => app.run(pipelines::Create { name, stages })?,
        Verb::Update { pipeline, name, position } => app.run(pipelines::Update { pipeline, name, position })?,
        Verb::Delete { pipeline } => {
            app.confirm(&format!("Removing the pipeline {pipeline}"))?;
            app.run(pipelines::Delete { pipeline })?
        }
        Verb::AddStage { pipeline, name, state, position } => app.run(pipelines::AddStage { pipeline, name, state, position })?,
        Verb::UpdateStage { pipeline, stage, name, state, position } => {
            app.run(pipelines::UpdateStage { pipeline, stage, name, state, position })?
        }
        Verb::RemoveStage { pipeline, stage } => {
            app.confirm(&format!("Removing the stage {stage} of {pipeline}"))?;
            app.run(pipelines::RemoveStage { pipeline, stage })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
