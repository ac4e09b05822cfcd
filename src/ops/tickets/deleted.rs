//! Deletes tickets and brings them back, for as long as the recycling bin keeps them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::{load, load_deleted};
use super::read::{TicketDetail, detail};
use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::domain::event::Cause;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::names::Names;
use crate::ops::page::{LARGEST, TokenPage, read_token, token, usual_limit};
use crate::ops::{Desk, Operation, migrations};
use crate::store::deleted::Gone;
use crate::store::{self};

/// How long a deleted ticket can be brought back.
const KEPT_DAYS: i64 = 90;
/// How many that are kept no longer are forgotten at a time.
const FORGOTTEN: i64 = 500;

fn kept_since(now: Time) -> Time {
    now.plus_ms(-KEPT_DAYS * 86_400_000)
}

/// Deletes tickets, all of them or none. Their conversations stay, without a ticket. For 90 days they can be restored.
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
    pub deleted_at: Time,
    /// The address of whoever deleted it.
    pub deleted_by: Option<String>,
    /// Until then it can be restored.
    pub kept_until_at: Time,
}

fn row(gone: Gone, names: &Names) -> Deleted {
    Deleted {
        id: gone.ticket.id,
        name: gone.ticket.name,
        conversations: gone.conversations,
        deleted_at: gone.deleted_at,
        deleted_by: names.user(Some(gone.deleted_by)),
        kept_until_at: gone.deleted_at.plus_ms(KEPT_DAYS * 86_400_000),
    }
}

impl Operation for Delete {
    const NAME: &'static str = "tickets.delete";
    const WRITES: bool = true;
    type Output = Vec<Deleted>;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Deleted>> {
        for old in store::deleted::older(&mut desk.tx, kept_since(desk.now), FORGOTTEN)? {
            store::deleted::forget(&mut desk.tx, old)?;
        }
        let names = Names::load(desk)?;
        distinct(&self.tickets).into_iter().map(|id| Ok(row(delete(desk, id)?, &names))).collect()
    }
}

fn delete(desk: &mut Desk<'_>, id: Id) -> Result<Gone> {
    let ticket = load(desk, id)?;
    desk.writer(Cause::Command).delete_ticket(ticket)
}

/// The channels of conversations are held, so that no migration is at work on them between our reading and our writing (M6).
/// Refused while one is under way or waits to begin: what it has read of a ticket must stay so.
pub(super) fn hold_conversations(desk: &mut Desk<'_>, conversations: &[Id]) -> Result<()> {
    let mut channels = Vec::new();
    for id in conversations {
        channels.extend(store::conversations::channel_of(&mut desk.tx, *id)?);
    }
    channels.sort_unstable();
    channels.dedup();
    for channel in channels {
        store::channels::hold(&mut desk.tx, channel)?;
        if let Some(why) = migrations::notice(desk, migrations::NoticeOf::Channel(channel))? {
            return Err(migrations::in_the_way(desk, "M20", why)?);
        }
    }
    Ok(())
}

/// Brings deleted tickets back, all of them or none, with those of their conversations that have no other ticket by now.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Restore {
    pub tickets: Vec<Id>,
}

impl Operation for Restore {
    const NAME: &'static str = "tickets.restore";
    const WRITES: bool = true;
    type Output = Vec<TicketDetail>;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<TicketDetail>> {
        distinct(&self.tickets).into_iter().map(|id| restore(desk, id)).collect()
    }
}

fn restore(desk: &mut Desk<'_>, id: Id) -> Result<TicketDetail> {
    let gone = load_deleted(desk, id)?;
    if gone.deleted_at < kept_since(desk.now) {
        let message = format!("ticket {id} was deleted more than {KEPT_DAYS} days ago");
        return Err(Error::refused("deleted_too_long_ago", "H9", message));
    }
    hold_conversations(desk, &gone.conversations)?;
    let ticket = fit(desk, &gone.ticket)?;
    let mut free = Vec::new();
    for conversation in &gone.conversations {
        let exists = store::conversations::by_id(&mut desk.tx, *conversation)?.is_some();
        if exists && store::tickets::of_conversation(&mut desk.tx, *conversation)?.is_none() {
            free.push(*conversation);
        }
    }
    desk.writer(Cause::Command).restore_ticket(&gone, &ticket, &free)?;
    detail(desk, ticket)
}

/// The ticket as it can be now: what it refers to may be gone or changed.
fn fit(desk: &mut Desk<'_>, old: &Ticket) -> Result<Ticket> {
    let mut ticket = old.clone();
    let stages = store::pipelines::stages(&mut desk.tx)?;
    let same_state = || stages.iter().find(|stage| stage.is_open() == old.open);
    let stage = stages.iter().find(|stage| stage.id == old.stage_id).or_else(same_state).ok_or_else(|| {
        Error::refused("no_such_stage", "H9", format!("the stage of ticket {} is gone, and there is none like it", old.id))
    })?;
    (ticket.stage_id, ticket.open) = (stage.id, stage.is_open());
    ticket.closed_at = if ticket.open { None } else { ticket.closed_at.or(Some(desk.now)) };
    let owner = old.owner_id.map(|id| store::users::by_id(&mut desk.tx, id)).transpose()?.flatten();
    ticket.owner_id = owner.filter(|owner| !old.in_help_desk || owner.has_help_desk_access()).map(|owner| owner.id);
    let teams = store::users::teams(&mut desk.tx)?;
    ticket.team_id = old.team_id.filter(|id| teams.iter().any(|team| team.id == *id));
    ticket.contact_id = old.contact_id.map(|id| store::contacts::by_id(&mut desk.tx, id)).transpose()?.flatten().map(|contact| contact.id);
    let company = old.company_id.map(|id| store::contacts::company_by_id(&mut desk.tx, id)).transpose()?.flatten();
    ticket.company_id = company.map(|company| company.id);
    if let Some(conversation) = old.made_for
        && store::tickets::is_made_for(&mut desk.tx, conversation)?
    {
        // A message came since, and its conversation got another ticket.
        ticket.made_for = None;
    }
    Ok(ticket)
}

/// Lists the deleted tickets that can be restored, the newest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListDeleted {
    /// The token of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "usual_limit")]
    pub limit: i64,
}

impl Operation for ListDeleted {
    const NAME: &'static str = "tickets.deleted";
    const WRITES: bool = false;
    type Output = TokenPage<Deleted>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<Deleted>> {
        let read_place = |parts: &[&str]| Some((Time(parts[0].parse().ok()?), parts[1].parse().ok()?));
        let after = self.after.as_deref().map(|after| read_token(after, 2, read_place)).transpose()?;
        let (visibility, limit) = (desk.visibility(), self.limit.clamp(1, LARGEST));
        let found = store::deleted::page(&mut desk.tx, &visibility, kept_since(desk.now), after, limit + 1)?;
        let names = Names::load(desk)?;
        let rows = found.into_iter().map(|gone| row(gone, &names)).collect();
        Ok(TokenPage::new(rows, limit, |row: &Deleted| token(&[&row.deleted_at.0, &row.id])))
    }
}
