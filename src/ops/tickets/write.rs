//! Makes and changes tickets by hand (H5, H9).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::associations::{self, Ties};
use super::edit::{self, Changes, check_name};
use super::read::{TicketDetail, detail, detail_with, stage_in};
use super::values;
use crate::domain::Id;
use crate::domain::bounds::{self, distinct};
use crate::domain::event::Cause;
use crate::domain::ticket::{Priority, Source, Ticket};
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::conversations::assignee;
use crate::ops::names::Names;
use crate::ops::{Desk, Operation};

/// Makes a ticket by hand: it needs a name and a stage of a pipeline (H5). It has no conversation at first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    pub stage: String,
    pub pipeline: Option<String>,
    /// An address, `me` or `none`.
    pub owner: Option<String>,
    /// A name or id, or `none`; by default the owner's main team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Addresses or ids; the first is the main one.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// A name, domain or id.
    pub company: Option<String>,
    /// Names or ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deals: Vec<String>,
    pub priority: Option<Priority>,
    pub category: Option<String>,
    #[schemars(length(max = bounds::LONG))]
    pub description: Option<String>,
    /// Where it comes from (H4); by default made by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Custom properties by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
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
        let mut ticket = self.ticket(desk)?;
        let ties = associations::Associations { add_contacts: self.contacts, add_deals: self.deals, ..Default::default() };
        let ties = ties.resolve(desk)?;
        let settings = values::settings(desk, &self.set)?;
        ticket.contact_id = ties.add_contacts.first().copied();
        values::set_own(desk, &mut ticket, &settings)?;
        desk.writer(Cause::Command).create_ticket(&ticket)?;
        let further =
            Ties { add_contacts: ties.add_contacts.get(1..).unwrap_or_default().to_vec(), add_deals: ties.add_deals, ..Ties::default() };
        associations::tie(desk, &mut ticket, &further)?;
        values::set(desk, &ticket, &settings)?;
        detail(desk, ticket)
    }
}

impl Create {
    /// The ticket without its contacts.
    fn ticket(&self, desk: &mut Desk<'_>) -> Result<Ticket> {
        check_name(&self.name)?;
        let stage = stage_in(desk, self.pipeline.as_deref(), &self.stage)?;
        let owner = self.owner.as_deref().map(|typed| assignee(desk, typed, !self.outside)).transpose()?.flatten();
        let team = self.team.as_deref().map(|typed| edit::team(desk, typed)).transpose()?;
        let company_id = self.company.as_deref().map(|typed| associations::company(desk, typed)).transpose()?.flatten();
        Ok(Ticket {
            id: desk.tx.new_id("tickets")?,
            name: self.name.clone(),
            stage_id: stage.id,
            open: stage.is_open(),
            owner_id: owner.as_ref().map(|owner| owner.id),
            team_id: team.unwrap_or(owner.and_then(|owner| owner.team_id)),
            priority: self.priority,
            category: self.category.clone(),
            source: Some(self.source.unwrap_or(Source::Manual)),
            description: self.description.clone(),
            company_id,
            created_at: desk.now,
            closed_at: (!stage.is_open()).then_some(desk.now),
            last_activity_at: desk.now,
            in_help_desk: !self.outside,
            ..Ticket::default()
        })
    }
}

/// Changes tickets, all of them or none.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    pub tickets: Vec<Id>,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Update {
    const NAME: &'static str = "tickets.update";
    const WRITES: bool = true;
    type Output = Vec<TicketDetail>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<TicketDetail>> {
        let ready = self.changes.ready(desk)?;
        let names = Names::load(desk)?;
        distinct(&self.tickets)
            .into_iter()
            .map(|id| {
                let changed = ready.change(desk, id)?;
                detail_with(desk, &names, changed)
            })
            .collect()
    }
}
