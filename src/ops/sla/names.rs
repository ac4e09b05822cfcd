//! A policy names teams, pipelines and stages; the store keeps their ids, so that renaming one changes no policy.

use super::super::pipelines;
use super::Desk;
use crate::domain::Id;
use crate::domain::sla::policy::{Pause, Policy, Property};
use crate::domain::ticket::{Priority, Source};
use crate::error::{Error, Result, unknown};
use crate::store;

/// Puts ids in the place of names, and other values as they are written.
///
/// # Errors
///
/// `unknown_team`, `unknown_pipeline`, `unknown_stage`, `bad_value`.
pub(super) fn to_ids(desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
    for value in policy.rules.iter_mut().flat_map(|rule| &mut rule.values) {
        *value = value_id(desk, policy.by, value)?;
    }
    for pause in &mut policy.pauses {
        let stage = pipelines::stage(desk, &format!("{}/{}", pause.pipeline, pause.stage))?;
        (pause.pipeline, pause.stage) = (stage.pipeline_id.to_string(), stage.id.to_string());
    }
    Ok(())
}

fn value_id(desk: &mut Desk<'_>, by: Option<Property>, typed: &str) -> Result<String> {
    let among = |names: &[&str], what: &str| {
        let found = names.iter().find(|name| name.eq_ignore_ascii_case(typed.trim()));
        found.map(|name| (*name).to_owned()).ok_or_else(|| unknown("bad_value", what, typed, names.iter().copied()))
    };
    match by {
        Some(Property::Priority) => among(Priority::NAMES, "priority"),
        Some(Property::Source) => among(Source::NAMES, "source"),
        Some(Property::Pipeline) => Ok(pipelines::pipeline(desk, typed)?.id.to_string()),
        Some(Property::Team) => {
            let teams = store::users::teams(&mut desk.tx)?;
            let wanted = typed.trim().to_lowercase();
            let team = teams.iter().find(|team| team.name.to_lowercase() == wanted || team.id.to_string() == wanted);
            team.map(|team| team.id.to_string())
                .ok_or_else(|| unknown("unknown_team", "team", typed, teams.iter().map(|team| team.name.as_str())))
        }
        Some(Property::Category) => super::super::check::text("category", typed),
        None => Err(Error::usage("no_property", format!("the value \"{typed}\" belongs to no property"))
            .hint("add --by priority, team, source, pipeline or category")),
    }
}

/// Puts names in the place of ids; what is gone keeps its number.
pub(super) fn to_names(desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
    let stages = store::pipelines::stages(&mut desk.tx)?;
    let named: Vec<(Id, String)> = match policy.by {
        Some(Property::Team) => store::users::teams(&mut desk.tx)?.into_iter().map(|team| (team.id, team.name)).collect(),
        Some(Property::Pipeline) => store::pipelines::all(&mut desk.tx)?.into_iter().map(|pipeline| (pipeline.id, pipeline.name)).collect(),
        _ => Vec::new(),
    };
    if !named.is_empty() {
        for value in policy.rules.iter_mut().flat_map(|rule| &mut rule.values) {
            let found = named.iter().find(|(id, _)| id.to_string() == *value);
            *value = found.map_or_else(|| format!("#{value}"), |(_, name)| name.clone());
        }
    }
    for Pause { pipeline, stage, .. } in &mut policy.pauses {
        match stages.iter().find(|known| known.id.to_string() == *stage) {
            Some(known) => (*pipeline, *stage) = (known.pipeline.clone(), known.name.clone()),
            None => (*pipeline, *stage) = (format!("#{pipeline}"), format!("#{stage}")),
        }
    }
    Ok(())
}
