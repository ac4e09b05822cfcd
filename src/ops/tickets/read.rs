//! Lists tickets, and what is told of one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::history::{TicketEvent, last};
use super::places;
use super::values::{Custom, Shown};
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::conversation::Status;
use crate::domain::pipeline::Stage;
use crate::domain::ticket::{Priority, Source, Ticket};
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Result, unknown};
use crate::ops::conversations::{company_name, contact_names, owner_filter};
use crate::ops::names::Names;
use crate::ops::page::{LARGEST, TokenPage};
use crate::ops::{Desk, Operation, filters, pipelines, teams};
use crate::store::lists::{self, ListedTicket, Spam, TicketFilter};
use crate::store::{self};

/// Changes that a detail has; `tickets.history` has all of them.
const CHANGES: i64 = 50;

/// A ticket as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketRow {
    pub id: Id,
    pub name: String,
    pub pipeline: String,
    pub stage: String,
    /// The state of its stage.
    pub open: bool,
    /// The owner's address.
    pub owner: Option<String>,
    pub team: Option<String>,
    pub priority: Option<Priority>,
    pub category: Option<String>,
    pub source: Option<Source>,
    pub contact: Option<String>,
    pub company: Option<String>,
    pub created_at: Time,
    pub closed_at: Option<Time>,
    pub last_activity_at: Time,
    pub spam: bool,
    pub in_help_desk: bool,
    /// Custom properties by name; null where the ticket has no value.
    #[serde(flatten)]
    pub custom: Custom,
}

/// The fields of a row that can be columns, besides custom properties.
pub const FIELDS: &[&str] = &[
    "id",
    "name",
    "pipeline",
    "stage",
    "open",
    "owner",
    "team",
    "priority",
    "category",
    "source",
    "contact",
    "company",
    "created_at",
    "closed_at",
    "last_activity_at",
    "spam",
    "in_help_desk",
];

impl TicketRow {
    pub(super) fn new(ticket: &Ticket, contact: Option<String>, company: Option<String>, names: &Names, custom: Custom) -> TicketRow {
        let stage = names.stage(ticket.stage_id);
        TicketRow {
            id: ticket.id,
            name: ticket.name.clone(),
            pipeline: stage.map_or_else(String::new, |stage| stage.pipeline.clone()),
            stage: stage.map_or_else(String::new, |stage| stage.name.clone()),
            open: ticket.open,
            owner: names.user(ticket.owner_id),
            team: names.team(ticket.team_id),
            priority: ticket.priority,
            category: ticket.category.clone(),
            source: ticket.source,
            contact,
            company,
            created_at: ticket.created_at,
            closed_at: ticket.closed_at,
            last_activity_at: ticket.last_activity_at,
            spam: ticket.spam,
            in_help_desk: ticket.in_help_desk,
            custom,
        }
    }
}

/// Lists tickets that the viewer may see, newest activity first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Also those outside the help desk (H3).
    #[serde(default)]
    pub everywhere: bool,
    /// Whether its stage is open.
    pub status: Option<Status>,
    /// An address, `me` or `none`.
    pub owner: Option<String>,
    pub stage: Option<String>,
    pub pipeline: Option<String>,
    pub team: Option<String>,
    /// Spam, and nothing else (V1).
    #[serde(default)]
    pub spam: bool,
    /// A filter on tickets: text, HubSpot's `filterGroups` JSON, or deskctl's own JSON. One that names `spam` shows spam too.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub filter: Option<String>,
    /// The order: a property, with `:desc` for the largest first. Newest activity first where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The token of the page before.
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "crate::ops::page::usual_limit")]
    pub limit: i64,
}

impl Operation for List {
    const NAME: &'static str = "tickets.list";
    const WRITES: bool = false;
    type Output = TokenPage<TicketRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<TicketRow>> {
        let (given, sort) = filters::given(desk, self.filter.as_deref(), self.sort.as_deref())?;
        let filter = TicketFilter {
            everywhere: self.everywhere,
            spam: if self.spam { Spam::Only } else { filters::spam(given.as_ref()) },
            open: self.status.map(|status| status == Status::Open),
            owner: self.owner.as_deref().map(|typed| owner_filter(desk, typed)).transpose()?,
            team: self.team.as_deref().map(|typed| teams::team(desk, typed)).transpose()?.map(|team| team.id),
            stages: self.stages(desk)?,
            sent: false,
            concerning: None,
            matching: given.map(|filter| filters::prepare(desk, &filter)).transpose()?,
            after: self.after.as_deref().map(|after| places::read(after, sort.as_ref())).transpose()?,
            sort,
        };
        page(desk, &filter, self.limit)
    }
}

/// A page of tickets that the viewer may see, with the token of the next one.
pub fn page(desk: &mut Desk<'_>, filter: &TicketFilter, limit: i64) -> Result<TokenPage<TicketRow>> {
    let visibility = desk.visibility();
    let limit = limit.clamp(1, LARGEST);
    // One more than wanted tells whether there is a next page.
    let mut found = lists::tickets(&mut desk.tx, &visibility, filter, limit + 1)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| places::token(&last.place, filter.sort.as_ref()));
    let names = Names::load(desk)?;
    let ids: Vec<Id> = found.iter().map(|found| found.ticket.id).collect();
    let custom = Shown::read(desk, &ids)?;
    let row = |found: ListedTicket| {
        let own = custom.of(&found.ticket);
        TicketRow::new(&found.ticket, found.contact, found.company, &names, own)
    };
    Ok(TokenPage { items: found.into_iter().map(row).collect(), next })
}

impl List {
    fn stages(&self, desk: &mut Desk<'_>) -> Result<Option<Vec<Id>>> {
        match (&self.pipeline, &self.stage) {
            (None, None) => Ok(None),
            (pipeline, Some(stage)) => Ok(Some(vec![stage_in(desk, pipeline.as_deref(), stage)?.id])),
            (Some(pipeline), None) => {
                let stages = store::pipelines::stages(&mut desk.tx)?;
                let id = pipeline_id(desk, pipeline)?;
                Ok(Some(stages.iter().filter(|stage| stage.pipeline_id == id).map(|stage| stage.id).collect()))
            }
        }
    }
}

fn pipeline_id(desk: &mut Desk<'_>, typed: &str) -> Result<Id> {
    let pipelines = store::pipelines::all(&mut desk.tx)?;
    let wanted = typed.trim().to_lowercase();
    let found = pipelines.iter().find(|pipeline| pipeline.name.to_lowercase() == wanted || pipeline.id.to_string() == wanted);
    let names = pipelines.iter().map(|pipeline| pipeline.name.as_str());
    found.map(|pipeline| pipeline.id).ok_or_else(|| unknown("unknown_pipeline", "pipeline", typed, names))
}

/// The stage that is meant, within a pipeline where one is named.
pub(super) fn stage_in(desk: &mut Desk<'_>, pipeline: Option<&str>, stage: &str) -> Result<Stage> {
    let Some(pipeline) = pipeline else { return pipelines::stage(desk, stage) };
    let id = pipeline_id(desk, pipeline)?;
    let stages = store::pipelines::stages(&mut desk.tx)?;
    let own: Vec<Stage> = stages.into_iter().filter(|stage| stage.pipeline_id == id).collect();
    crate::domain::pipeline::find_stage(&own, stage)
        .cloned()
        .map_err(|_| unknown("unknown_stage", "stage", stage, own.iter().map(|stage| stage.name.as_str())))
}

/// A conversation of a ticket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketConversation {
    pub id: Id,
    pub channel: String,
    pub inbox: String,
    pub status: Status,
    pub subject: Option<String>,
    pub messages: i64,
    pub last_message_at: Time,
}

/// A ticket with everything about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketDetail {
    #[serde(flatten)]
    pub row: TicketRow,
    pub description: Option<String>,
    /// Every contact, the first one first.
    pub contacts: Vec<String>,
    pub deals: Vec<String>,
    /// The migration that made it.
    pub made_by_migration: Option<Id>,
    pub conversations: Vec<TicketConversation>,
    /// The newest changes, oldest first, also those of tickets that were merged into it.
    pub history: Vec<TicketEvent>,
}

/// The detail with names of now.
pub(super) fn detail(desk: &mut Desk<'_>, ticket: Ticket) -> Result<TicketDetail> {
    let names = Names::load(desk)?;
    detail_with(desk, &names, ticket)
}

/// The same where there are several.
pub(super) fn detail_with(desk: &mut Desk<'_>, names: &Names, ticket: Ticket) -> Result<TicketDetail> {
    let ids = store::tickets::contacts_of(&mut desk.tx, &ticket)?;
    let contacts = contact_names(desk, &ids)?;
    let company = company_name(desk, ticket.company_id)?;
    let contact = contacts.first().filter(|_| ticket.contact_id.is_some()).cloned();
    let custom = Shown::read(desk, &[ticket.id])?.of(&ticket);
    Ok(TicketDetail {
        row: TicketRow::new(&ticket, contact, company, names, custom),
        contacts,
        deals: store::deals::of_ticket(&mut desk.tx, ticket.id)?.into_iter().map(|deal| deal.name).collect(),
        conversations: conversations(desk, names, ticket.id)?,
        history: last(desk, names, ticket.id, CHANGES)?,
        made_by_migration: ticket.made_by_run,
        description: ticket.description,
    })
}

fn conversations(desk: &mut Desk<'_>, names: &Names, ticket: Id) -> Result<Vec<TicketConversation>> {
    let mut found = Vec::new();
    for id in store::tickets::conversations_of(&mut desk.tx, ticket)? {
        let Some(conversation) = store::conversations::look(&mut desk.tx, id)? else { continue };
        found.push(TicketConversation {
            id,
            channel: names.channel(conversation.channel_id),
            inbox: names.inbox(conversation.inbox_id),
            status: conversation.status,
            subject: conversation.subject,
            messages: conversation.message_count,
            last_message_at: conversation.last_message_at,
        });
    }
    Ok(found)
}
