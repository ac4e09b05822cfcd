//! What a policy names: teams, pipelines and stages. People write names; the store keeps ids, so that renaming one changes
//! no policy.

use super::policy::{Pause, Policy, Property, Rule};
use crate::domain::Id;
use crate::domain::pipeline::{Stage, find_stage};
use crate::domain::ticket::{Priority, Source};
use crate::error::{Error, Result, unknown};

/// What there is of each.
#[derive(Debug, Default)]
pub struct Known {
    pub teams: Vec<(Id, String)>,
    pub pipelines: Vec<(Id, String)>,
    pub stages: Vec<Stage>,
}

impl Known {
    /// Puts ids in the place of names, and other values as they are written.
    ///
    /// # Errors
    ///
    /// `unknown_team`, `unknown_pipeline`, `unknown_stage`, `bad_value`, `no_property`.
    pub fn to_ids(&self, policy: &mut Policy) -> Result<()> {
        for value in policy.rules.iter_mut().flat_map(|rule| &mut rule.values) {
            *value = self.value_id(policy.by, value)?;
        }
        for pause in &mut policy.pauses {
            let exact = self.stages.iter().find(|stage| stage.pipeline == pause.pipeline && stage.name == pause.stage);
            let stage = exact.map_or_else(|| find_stage(&self.stages, &format!("{}/{}", pause.pipeline, pause.stage)), Ok)?;
            (pause.pipeline, pause.stage) = (stage.pipeline_id.to_string(), stage.id.to_string());
        }
        Ok(())
    }

    fn value_id(&self, by: Option<Property>, typed: &str) -> Result<String> {
        let wanted = typed.trim().to_lowercase();
        let among = |names: &[&str], what: &str| {
            let found = names.iter().find(|name| name.to_lowercase() == wanted);
            found.map(|name| (*name).to_owned()).ok_or_else(|| unknown("bad_value", what, typed, names.iter().copied()))
        };
        let known = |known: &[(Id, String)], code, what| {
            let exact = known.iter().find(|(_, name)| name == typed);
            let by_name = exact.or_else(|| known.iter().find(|(_, name)| name.to_lowercase() == wanted));
            let found = by_name.or_else(|| known.iter().find(|(id, _)| id.to_string() == wanted));
            found.map(|(id, _)| id.to_string()).ok_or_else(|| unknown(code, what, typed, known.iter().map(|(_, name)| name.as_str())))
        };
        match by {
            Some(Property::Priority) => among(Priority::NAMES, "priority"),
            Some(Property::Source) => among(Source::NAMES, "source"),
            Some(Property::Pipeline) => known(&self.pipelines, "unknown_pipeline", "pipeline"),
            Some(Property::Team) => known(&self.teams, "unknown_team", "team"),
            Some(Property::Category) if wanted.is_empty() => Err(Error::usage("bad_value", "the category is empty")),
            Some(Property::Category) => Ok(typed.trim().to_owned()),
            None => Err(Error::usage("no_property", format!("the value \"{typed}\" belongs to no property"))
                .hint("add --by priority, team, source, pipeline or category")),
        }
    }

    /// Puts names in the place of ids; what is gone keeps its number.
    pub fn to_names(&self, policy: &mut Policy) {
        if let Some(named) = self.of(policy.by) {
            for value in policy.rules.iter_mut().flat_map(|rule| &mut rule.values) {
                let found = named.iter().find(|(id, _)| id.to_string() == *value);
                *value = found.map_or_else(|| format!("#{value}"), |(_, name)| name.clone());
            }
        }
        for Pause { pipeline, stage, .. } in &mut policy.pauses {
            match self.stage(stage) {
                Some(known) => (*pipeline, *stage) = (known.pipeline.clone(), known.name.clone()),
                None => (*pipeline, *stage) = (format!("#{pipeline}"), format!("#{stage}")),
            }
        }
    }

    /// Takes out the ids of what is gone. Whether there were any.
    pub fn forget_gone(&self, policy: &mut Policy) -> bool {
        let before = policy.clone();
        if let Some(named) = self.of(policy.by) {
            // A rule that keeps no value would take every ticket: it goes.
            policy.rules.retain_mut(|Rule { values, .. }| {
                let had_values = !values.is_empty();
                values.retain(|value| named.iter().any(|(id, _)| id.to_string() == *value));
                !had_values || !values.is_empty()
            });
        }
        policy.pauses.retain(|pause| self.stage(&pause.stage).is_some());
        *policy != before
    }

    /// By whose ids the rules go, if by any.
    fn of(&self, by: Option<Property>) -> Option<&[(Id, String)]> {
        match by {
            Some(Property::Team) => Some(&self.teams),
            Some(Property::Pipeline) => Some(&self.pipelines),
            _ => None,
        }
    }

    fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id.to_string() == id)
    }
}

/// Names of working hours as they are kept.
pub fn settle_hours(policy: &mut Policy, known: &[&str]) {
    for name in policy.rules.iter_mut().filter_map(|rule| rule.hours.as_mut()).chain(policy.hours.as_mut()) {
        if let Some(known) = known.iter().find(|known| known.to_lowercase() == name.trim().to_lowercase()) {
            (*known).clone_into(name);
        }
    }
}
