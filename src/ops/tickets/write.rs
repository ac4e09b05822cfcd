//! Makes, changes and deletes tickets by hand (H5, H9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::load;
use super::read::{TicketDetail, detail, stage_in};
use crate::domain::Id;
use crate::domain::pipeline::{Stage, find_stage};
use crate::domain::ticket::{Priority, Source, Ticket};
use crate::domain::user::{Permission, User};
use crate::error::{Error, Result};
use crate::ops::conversations::{assignee, no_nul};
use crate::ops::names::{id_text, time_text};
use crate::ops::{Desk, Operation};
use crate::sla::events as sla;
use crate::store;
use crate::store::history::{self, Object};
use crate::store::search;
use crate::store::tickets::FurtherContact;

/// Makes a ticket by hand: it needs a name and a stage of a pipeline (H5). It has no conversation at first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    pub stage: String,
    pub pipeline: Option<String>,
    /// An address, `me` or `none`.
    pub owner: Option<String>,
    /// Addresses or ids; the first is the main one.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// A name or id.
    pub company: Option<String>,
    pub priority: Option<Priority>,
    pub category: Option<String>,
    pub description: Option<String>,
    /// Not in the help desk (H3).
    #[serde(default)]
    pub outside: bool,
}

impl Operation for Create {
    const NAME: &'static str = "tickets.create";
    const WRITES: bool = true;
    type Output = TicketDetail;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TicketDetail> {
        check_name(&self.name)?;
        no_nul(self.category.as_deref().into_iter().chain(self.description.as_deref()))?;
        let stage = stage_in(desk, self.pipeline.as_deref(), &self.stage)?;
        let owner = self.owner.as_deref().map(|typed| assignee(desk, typed, !self.outside)).transpose()?.flatten();
        let contacts = self.contacts.iter().map(|typed| contact(desk, typed)).collect::<Result<Vec<Id>>>()?;
        let company = self.company.as_deref().map(|typed| company(desk, typed)).transpose()?;
        let ticket = Ticket {
            id: desk.tx.new_id("tickets")?,
            name: self.name,
            stage_id: stage.id,
            open: stage.is_open(),
            owner_id: owner.as_ref().map(|owner| owner.id),
            team_id: owner.and_then(|owner| owner.team_id),
            priority: self.priority,
            category: self.category,
            source: Some(Source::Manual),
            description: self.description,
            contact_id: contacts.first().copied(),
            company_id: company,
            created_at: desk.now,
            closed_at: (!stage.is_open()).then_some(desk.now),
            last_activity_at: desk.now,
            spam: false,
            in_help_desk: !self.outside,
            made_for: None,
            made_by_run: None,
        };
        desk.tx.insert(std::slice::from_ref(&ticket))?;
        let mut further: Vec<FurtherContact> =
            contacts.iter().skip(1).map(|id| FurtherContact { ticket_id: ticket.id, contact_id: *id }).collect();
        further.sort_by_key(|further| further.contact_id);
        further.dedup_by_key(|further| further.contact_id);
        further.retain(|further| Some(further.contact_id) != ticket.contact_id);
        desk.tx.insert(&further)?;
        let created = [("created", None, Some(Source::Manual.to_string()))];
        history::note(&mut desk.tx, Object::Ticket, ticket.id, desk.now, desk.actor.id, &created)?;
        sla::came(&mut desk.tx, &ticket, desk.now)?;
        detail(desk, ticket)
    }
}

fn check_name(name: &str) -> Result<()> {
    no_nul([name])?;
    if name.trim().is_empty() {
        return Err(Error::usage("empty_name", "a ticket needs a name (H5)"));
    }
    Ok(())
}

fn contact(desk: &mut Desk<'_>, typed: &str) -> Result<Id> {
    let by_id = match typed.trim().parse::<Id>() {
        Ok(id) => store::contacts::by_id(&mut desk.tx, id)?,
        Err(_) => None,
    };
    let found = match by_id {
        Some(contact) => Some(contact),
        None => store::contacts::by_address(&mut desk.tx, typed.trim())?,
    };
    found.map(|contact| contact.id).ok_or_else(|| Error::not_found("unknown_contact", format!("there is no contact \"{typed}\"")))
}

fn company(desk: &mut Desk<'_>, typed: &str) -> Result<Id> {
    let by_name = store::contacts::company_by_name(&mut desk.tx, typed.trim())?;
    let found = match (by_name, typed.trim().parse::<Id>()) {
        (None, Ok(id)) => store::contacts::company_by_id(&mut desk.tx, id)?,
        (found, _) => found,
    };
    found.map(|company| company.id).ok_or_else(|| Error::not_found("unknown_company", format!("there is no company \"{typed}\"")))
}

/// Where a ticket goes within the pipelines.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A stage by name or id; a bare name is looked for in the ticket's own pipeline first.
    To(String),
    /// The first closed stage of its pipeline.
    Close,
    /// The first open stage of its pipeline.
    Reopen,
}

/// Changes tickets, all of them or none. What is `None` stays as it is; an empty text removes a category or description.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub tickets: Vec<Id>,
    pub step: Option<Step>,
    /// An address, `me` or `none`.
    pub owner: Option<String>,
    /// A priority, or `none`.
    pub priority: Option<String>,
    pub category: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Operation for Update {
    const NAME: &'static str = "tickets.update";
    const WRITES: bool = true;
    type Output = Vec<TicketDetail>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<TicketDetail>> {
        self.name.as_deref().map(check_name).transpose()?;
        no_nul(self.category.as_deref().into_iter().chain(self.description.as_deref()))?;
        let priority = self.priority.as_deref().map(parse_priority).transpose()?;
        self.tickets
            .iter()
            .map(|id| {
                let before = load(desk, *id)?;
                let mut after = before.clone();
                self.edit(desk, &mut after, priority)?;
                save(desk, &before, &after)?;
                detail(desk, after)
            })
            .collect()
    }
}

fn parse_priority(typed: &str) -> Result<Option<Priority>> {
    if typed.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let priority = Priority::parse(&typed.to_uppercase());
    let names = || format!("\"{typed}\" is no priority: {} or none", Priority::NAMES.join(", "));
    priority.map(Some).ok_or_else(|| Error::usage("bad_priority", names()))
}

impl Update {
    fn edit(&self, desk: &mut Desk<'_>, ticket: &mut Ticket, priority: Option<Option<Priority>>) -> Result<()> {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        if let Some(step) = &self.step {
            let stage = target_stage(desk, ticket, step)?;
            enter_stage(desk, ticket, &stage);
        }
        if let Some(typed) = &self.owner {
            let owner: Option<User> = assignee(desk, typed, ticket.in_help_desk)?;
            ticket.owner_id = owner.as_ref().map(|owner| owner.id);
            ticket.team_id = owner.and_then(|owner| owner.team_id);
        }
        if let Some(priority) = priority {
            ticket.priority = priority;
        }
        if let Some(category) = &self.category {
            ticket.category = some(category);
        }
        if let Some(description) = &self.description {
            ticket.description = some(description);
        }
        if let Some(name) = &self.name {
            ticket.name = name.clone();
        }
        Ok(())
    }
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
            Err(_) => crate::ops::pipelines::stage(desk, typed),
        },
    }
}

fn enter_stage(desk: &Desk<'_>, ticket: &mut Ticket, stage: &Stage) {
    ticket.closed_at = if stage.is_open() { None } else { ticket.closed_at.filter(|_| !ticket.open).or(Some(desk.now)) };
    ticket.stage_id = stage.id;
    ticket.open = stage.is_open();
}

fn save(desk: &mut Desk<'_>, old: &Ticket, new: &Ticket) -> Result<()> {
    if old == new {
        return Ok(());
    }
    desk.tx.update(std::slice::from_ref(new))?;
    let changes = [
        ("stage", id_text(Some(old.stage_id)), id_text(Some(new.stage_id))),
        ("closed_at", time_text(old.closed_at), time_text(new.closed_at)),
        ("owner", id_text(old.owner_id), id_text(new.owner_id)),
        ("team", id_text(old.team_id), id_text(new.team_id)),
        ("priority", old.priority.map(|priority| priority.to_string()), new.priority.map(|priority| priority.to_string())),
        ("category", old.category.clone(), new.category.clone()),
        ("name", Some(old.name.clone()), Some(new.name.clone())),
        ("description", old.description.clone(), new.description.clone()),
    ];
    history::note(&mut desk.tx, Object::Ticket, new.id, desk.now, desk.actor.id, &changes)?;
    search::ticket_edited(&mut desk.tx, old, new)?;
    sla::changed(&mut desk.tx, old, new, desk.now)
}

/// Deletes tickets with their links, all of them or none. Their conversations stay.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub tickets: Vec<Id>,
}

/// A ticket that is gone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deleted {
    pub id: Id,
    pub name: String,
    /// The conversations that were its own.
    pub conversations: Vec<Id>,
}

impl Operation for Delete {
    const NAME: &'static str = "tickets.delete";
    const WRITES: bool = true;
    type Output = Vec<Deleted>;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Deleted>> {
        self.tickets.iter().map(|id| delete(desk, *id)).collect()
    }
}

fn delete(desk: &mut Desk<'_>, id: Id) -> Result<Deleted> {
    let ticket = load(desk, id)?;
    let conversations = store::tickets::conversations_of(&mut desk.tx, id)?;
    let (now, actor) = (desk.now, desk.actor.id);
    for conversation in &conversations {
        history::note(&mut desk.tx, Object::Conversation, *conversation, now, actor, &[("ticket", id_text(Some(id)), None)])?;
    }
    history::note(&mut desk.tx, Object::Ticket, id, now, actor, &[("deleted", None, Some(ticket.name.clone()))])?;
    store::tickets::delete(&mut desk.tx, id)?;
    store::sla::clocks::delete(&mut desk.tx, id)?;
    search::tickets_changed(&mut desk.tx, &[id])?;
    Ok(Deleted { id, name: ticket.name, conversations })
}
