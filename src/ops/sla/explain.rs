//! `sla.explain`: why a ticket's targets are due when they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::names::Names;
use super::super::tickets;
use super::course::{Course, course};
use super::{Desk, Operation};
use crate::domain::Id;
use crate::domain::sla::explain::{Explanation, explain};
use crate::domain::sla::policy::Property;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;

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
        let course = course(desk, &ticket)?;
        let value = value_name(desk, &course)?;
        explained.revision = course.revision;
        explained.targets = explain(&course.policy, &course.terms, &course.clocks, value.as_deref(), desk.now);
        if explained.targets.is_empty() {
            explained.no_sla = Some(why_none(&course, value.as_deref()));
        }
        Ok(explained)
    }
}

/// The value that chose the rule, as people know it.
fn value_name(desk: &mut Desk<'_>, course: &Course) -> Result<Option<String>> {
    let Some(value) = course.clocks.value.clone() else { return Ok(None) };
    Ok(match course.policy.by {
        Some(Property::Team) => Names::load(desk)?.team(value.parse().ok()),
        Some(Property::Pipeline) => {
            let pipelines = crate::store::pipelines::all(&mut desk.tx)?;
            pipelines.into_iter().find(|pipeline| pipeline.id.to_string() == value).map(|pipeline| pipeline.name)
        }
        _ => Some(value),
    })
}

fn why_none(course: &Course, value: Option<&str>) -> String {
    let by = course.policy.by.map_or("value".to_owned(), |by| by.to_string());
    match course.clocks.rule.and_then(|rule| course.policy.rules.get(rule)) {
        _ if course.clocks.spam => "spam has no SLA (M13)".to_owned(),
        _ if course.revision.is_none() => "the ticket is older than the policy, which was not set for open tickets too".to_owned(),
        None if course.policy.rules.is_empty() => "no targets are set".to_owned(),
        None => format!("no rule takes {by} {}", value.unwrap_or("(none)")),
        Some(rule) if rule.off => format!("SLAs are switched off for {by} {}", value.unwrap_or("(none)")),
        Some(_) => "its rule asks for nothing that has begun".to_owned(),
    }
}
