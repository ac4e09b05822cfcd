//! What to change on a ticket: its properties, and what it is tied to (H9).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::associations::{self, Associations, Ties};
use super::find::load;
use super::values::{self, Setting};
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::event::Cause;
use crate::domain::pipeline::{Stage, find_stage};
use crate::domain::ticket::{Priority, Ticket};
use crate::error::{Error, Result};
use crate::ops::conversations::assignee;
use crate::ops::{Desk, pipelines, teams};
use crate::store;

/// Where a ticket goes within the pipelines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A stage by name or id; a bare name is looked for in the ticket's own pipeline first.
    To(String),
    /// The first closed stage of its pipeline.
    Close,
    /// The first open stage of its pipeline.
    Reopen,
}

/// What to change on a ticket. What is `None` stays as it is; an empty text removes a category, description or company.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketChanges")]
pub struct Changes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// An address, `me` or `none`. The ticket's team becomes the owner's main team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// A name or id, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// A priority, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub description: Option<String>,
    /// A name, domain or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    #[serde(default, skip_serializing_if = "Associations::is_empty")]
    pub associations: Associations,
    /// Custom properties by name; an empty text takes a value away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
}

/// The same, checked once for however many tickets.
pub struct Ready<'c> {
    changes: &'c Changes,
    priority: Option<Option<Priority>>,
    team: Option<Option<Id>>,
    company: Option<Option<Id>>,
    ties: Ties,
    settings: Vec<Setting>,
}

impl Changes {
    /// Checks what needs no ticket, and looks up what is named.
    pub fn ready(&self, desk: &mut Desk<'_>) -> Result<Ready<'_>> {
        self.name.as_deref().map(check_name).transpose()?;
        Ok(Ready {
            changes: self,
            priority: self.priority.as_deref().map(parse_priority).transpose()?,
            team: self.team.as_deref().map(|typed| team(desk, typed)).transpose()?,
            company: self.company.as_deref().map(|typed| associations::company(desk, typed)).transpose()?,
            ties: self.associations.resolve(desk)?,
            settings: values::settings(desk, &self.set)?,
        })
    }
}

pub(super) fn check_name(name: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(Error::usage("empty_name", "a ticket needs a name (H5)"));
    }
    Ok(())
}

fn parse_priority(typed: &str) -> Result<Option<Priority>> {
    if typed.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let priority = Priority::parse(&typed.to_uppercase());
    let names = || format!("\"{typed}\" is no priority: {} or none", Priority::NAMES.join(", "));
    priority.map(Some).ok_or_else(|| Error::usage("bad_priority", names()))
}

pub(super) fn team(desk: &mut Desk<'_>, typed: &str) -> Result<Option<Id>> {
    if typed.trim().eq_ignore_ascii_case("none") { Ok(None) } else { teams::team(desk, typed).map(|team| Some(team.id)) }
}

impl Ready<'_> {
    /// Changes one ticket that the acting user may see.
    pub fn change(&self, desk: &mut Desk<'_>, id: Id) -> Result<Ticket> {
        let before = load(desk, id)?;
        let mut after = before.clone();
        self.edit(desk, &mut after)?;
        values::set_own(desk, &mut after, &self.settings)?;
        associations::tie(desk, &mut after, &self.ties)?;
        desk.writer(Cause::Command).change_ticket(&before, &after)?;
        values::set(desk, &after, &self.settings)?;
        Ok(after)
    }

    fn edit(&self, desk: &mut Desk<'_>, ticket: &mut Ticket) -> Result<()> {
        let changes = self.changes;
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        if let Some(step) = &changes.step {
            let stage = target_stage(desk, ticket, step)?;
            enter_stage(desk, ticket, &stage);
        }
        if let Some(typed) = &changes.owner {
            let owner = assignee(desk, typed, ticket.in_help_desk)?;
            ticket.owner_id = owner.as_ref().map(|owner| owner.id);
            ticket.team_id = owner.and_then(|owner| owner.team_id);
        }
        ticket.team_id = self.team.unwrap_or(ticket.team_id);
        ticket.priority = self.priority.unwrap_or(ticket.priority);
        ticket.company_id = self.company.unwrap_or(ticket.company_id);
        if let Some(category) = &changes.category {
            ticket.category = some(category);
        }
        if let Some(description) = &changes.description {
            ticket.description = some(description);
        }
        if let Some(name) = &changes.name {
            ticket.name = name.clone();
        }
        Ok(())
    }
}

/// The ticket, held, for whoever writes on it; where it is to be in the help desk it comes there (H3).
pub(in crate::ops) fn hold_shown(desk: &mut Desk<'_>, id: Id, in_help_desk: bool) -> Result<Ticket> {
    let before = load(desk, id)?;
    let after = Ticket { in_help_desk: before.in_help_desk || in_help_desk, ..before.clone() };
    desk.writer(Cause::Command).change_ticket(&before, &after)?;
    Ok(after)
}

fn target_stage(desk: &mut Desk<'_>, ticket: &Ticket, step: &Step) -> Result<Stage> {
    let stages = store::pipelines::stages(&mut desk.tx)?;
    let pipeline = stages.iter().find(|stage| stage.id == ticket.stage_id).map(|stage| stage.pipeline_id);
    let own: Vec<Stage> = stages.into_iter().filter(|stage| Some(stage.pipeline_id) == pipeline).collect();
    let first = |open: bool| {
        // A ticket that is there already stays in its stage.
        let found = own.iter().filter(|stage| stage.is_open() == open);
        found.clone().find(|stage| stage.id == ticket.stage_id).or_else(|| found.clone().next()).cloned().ok_or_else(|| {
            let state = if open { "open" } else { "closed" };
            Error::refused("no_such_stage", "H9", format!("the pipeline of ticket {} has no {state} stage", ticket.id))
        })
    };
    match step {
        Step::Close => first(false),
        Step::Reopen => first(true),
        Step::To(typed) => match find_stage(&own, typed) {
            Ok(stage) => Ok(stage.clone()),
            Err(_) => pipelines::stage(desk, typed),
        },
    }
}

fn enter_stage(desk: &Desk<'_>, ticket: &mut Ticket, stage: &Stage) {
    ticket.closed_at = if stage.is_open() { None } else { ticket.closed_at.filter(|_| !ticket.open).or(Some(desk.now)) };
    ticket.stage_id = stage.id;
    ticket.open = stage.is_open();
}
