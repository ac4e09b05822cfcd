//! `sla.explain`: why a ticket's targets are due when they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::names::Names;
use super::super::tickets;
use super::{Desk, Operation, names};
use crate::domain::Id;
use crate::domain::sla::explain::{Explanation, Why, explain};
use crate::domain::sla::policy::{Kind, Property};
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::sla::kept::Kept;
use crate::sla::policies::Policies;

/// Explains the targets of a ticket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Explain {
    pub ticket: Id,
}

/// A ticket's targets and their arithmetic.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Explained {
    pub ticket: Id,
    pub name: String,
    pub created_at: Time,
    /// Of when the statuses are.
    pub now_at: Time,
    /// The revision of the policy that holds for it; none before there was one.
    pub revision: Option<Id>,
    /// Why no SLA holds, where none does.
    pub no_sla: Option<String>,
    pub targets: Vec<Explanation>,
}

impl Operation for Explain {
    const NAME: &'static str = "sla.explain";
    const WRITES: bool = false;
    type Output = Explained;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Explained> {
        let ticket = tickets::look(desk, self.ticket)?;
        let mut explained = Explained {
            ticket: ticket.id,
            name: ticket.name.clone(),
            created_at: ticket.created_at,
            now_at: desk.now,
            revision: None,
            no_sla: None,
            targets: Vec::new(),
        };
        if !ticket.in_help_desk {
            explained.no_sla = Some("the ticket is not in the help desk (S2)".to_owned());
            return Ok(explained);
        }
        let mut policies = Policies::load(&mut desk.tx)?;
        let kept = policies.as_mut().map(|policies| Kept::load(&mut desk.tx, policies, &ticket)).transpose()?.flatten();
        let Some((mut policies, kept)) = policies.zip(kept) else {
            explained.no_sla = Some("the ticket is older than the policy, which was not set for open tickets too".to_owned());
            return Ok(explained);
        };
        let value = value_name(desk, &kept)?;
        explained.revision = kept.in_force.id;
        explained.targets = targets(desk, &mut policies, &kept, value.as_deref())?;
        if explained.targets.is_empty() {
            explained.no_sla = Some(why_none(&kept, value.as_deref()));
        }
        Ok(explained)
    }
}

/// Each target by the terms that judge it.
fn targets(desk: &mut Desk<'_>, policies: &mut Policies, kept: &Kept, value: Option<&str>) -> Result<Vec<Explanation>> {
    let mut targets = Vec::new();
    for kind in Kind::ALL {
        let held = kept.held(&mut desk.tx, policies, kind)?;
        let Some(standing) = held.standing(kind, desk.now) else { continue };
        let mut policy = held.in_force.policy.clone();
        names::to_names(desk, &mut policy)?;
        let why = if held.earlier { Why::Then } else { Why::Value(value) };
        targets.extend(explain(&policy, &held.in_force.terms, &held.clocks, why, standing, desk.now));
    }
    Ok(targets)
}

/// The value that chose the rule, as people know it.
fn value_name(desk: &mut Desk<'_>, kept: &Kept) -> Result<Option<String>> {
    let Some(value) = kept.clocks.value.clone() else { return Ok(None) };
    Ok(match kept.in_force.policy.by {
        Some(Property::Team) => Names::load(desk)?.team(value.parse().ok()),
        Some(Property::Pipeline) => {
            let pipelines = crate::store::pipelines::all(&mut desk.tx)?;
            pipelines.into_iter().find(|pipeline| pipeline.id.to_string() == value).map(|pipeline| pipeline.name)
        }
        _ => Some(value),
    })
}

fn why_none(kept: &Kept, value: Option<&str>) -> String {
    let policy = &kept.in_force.policy;
    let by = policy.by.map_or("value".to_owned(), |by| by.to_string());
    let value = value.unwrap_or("(none)");
    match kept.clocks.rule.and_then(|rule| policy.rules.get(rule)) {
        _ if kept.clocks.spam => "spam has no SLA (M13)".to_owned(),
        _ if kept.clocks.finished => "its migration gave it none (M12)".to_owned(),
        None if policy.rules.is_empty() => "no targets are set".to_owned(),
        None => format!("no rule takes {by} {value}"),
        Some(rule) if rule.off => format!("SLAs are switched off for {by} {value}"),
        Some(_) => "its rule asks for nothing that has begun".to_owned(),
    }
}
