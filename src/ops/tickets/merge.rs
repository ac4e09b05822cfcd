//! Merges tickets: one lives on and holds what the others had (H10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::associations::{Ties, tie};
use super::deleted::hold_conversations;
use super::find::load;
use super::read::{TicketDetail, detail};
use super::values;
use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::ticket::Ticket;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::{Desk, Operation};
use crate::store;

/// Merges tickets into one, all of them or none. It keeps its properties and takes from the others, in their order, what it lacks.
/// It cannot be undone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// The ticket that lives on.
    pub into: Id,
    pub tickets: Vec<Id>,
}

/// What became of a merge.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Merged {
    #[serde(flatten)]
    pub ticket: TicketDetail,
    /// The tickets that are gone, all that were ever merged into it.
    pub merged: Vec<Id>,
}

impl Operation for Merge {
    const NAME: &'static str = "tickets.merge";
    const WRITES: bool = true;
    type Output = Merged;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Merged> {
        let mut ids = self.tickets.clone();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != self.tickets.len() || ids.contains(&self.into) {
            return Err(Error::usage("same_ticket", "a ticket cannot be merged into itself, nor twice"));
        }
        hold(desk, &self)?;
        for id in &self.tickets {
            merge(desk, self.into, *id)?;
        }
        let ticket = load(desk, self.into)?;
        let ticket = detail(desk, ticket)?;
        Ok(Merged { ticket, merged: store::deleted::merged_into(&mut desk.tx, self.into)? })
    }
}

/// Channels first, then tickets by their ids, as everyone holds them.
fn hold(desk: &mut Desk<'_>, merge: &Merge) -> Result<()> {
    let mut ids = [vec![merge.into], merge.tickets.clone()].concat();
    let mut conversations = Vec::new();
    for id in &ids {
        super::find::look(desk, *id)?;
        conversations.extend(store::tickets::conversations_of(&mut desk.tx, *id)?);
    }
    hold_conversations(desk, &conversations)?;
    ids.sort_unstable();
    for id in ids {
        load(desk, id)?;
    }
    Ok(())
}

fn merge(desk: &mut Desk<'_>, into: Id, id: Id) -> Result<()> {
    let (before, other) = (load(desk, into)?, load(desk, id)?);
    let mut kept = before.clone();
    take_over(&mut kept, &other);
    let ties = Ties {
        add_contacts: store::tickets::contacts_of(&mut desk.tx, &other)?,
        add_deals: store::deals::of_ticket(&mut desk.tx, id)?.into_iter().map(|deal| deal.id).collect(),
        ..Ties::default()
    };
    tie(desk, &mut kept, &ties)?;
    values::fill(desk, &kept, id)?;
    let mut writer = desk.writer(Cause::Command);
    writer.change_ticket(&before, &kept)?;
    writer.merge_ticket(other, &kept)
}

/// What the one lacks it takes from the other. Where either is in the help desk, both conversations are (H3).
fn take_over(kept: &mut Ticket, other: &Ticket) {
    if kept.owner_id.is_none() && kept.team_id.is_none() {
        (kept.owner_id, kept.team_id) = (other.owner_id, other.team_id);
    }
    kept.priority = kept.priority.or(other.priority);
    kept.category = kept.category.take().or_else(|| other.category.clone());
    kept.description = kept.description.take().or_else(|| other.description.clone());
    kept.company_id = kept.company_id.or(other.company_id);
    kept.last_activity_at = kept.last_activity_at.max(other.last_activity_at);
    kept.in_help_desk |= other.in_help_desk;
}
