//! Who cares for a conversation, whether it is closed, whether it is spam.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Loaded, assignee, load};
use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::domain::conversation::Status;
use crate::domain::event::Cause;
use crate::domain::user::{Permission, User};
use crate::error::Result;
use crate::ops::{Desk, Operation};
use crate::store;

/// A conversation after a change.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    pub id: Id,
    pub status: Status,
    pub spam: bool,
    /// The owner's address.
    pub owner: Option<String>,
    pub inbox: String,
    pub ticket: Option<Id>,
    /// Whether this command changed anything.
    pub changed: bool,
}

/// Writes a conversation and its ticket where they differ from before.
pub(super) fn save(desk: &mut Desk<'_>, before: &Loaded, after: &Loaded) -> Result<Changed> {
    let (old, new) = (&before.conversation, &after.conversation);
    let mut writer = desk.writer(Cause::Command);
    writer.change_conversation(old, new)?;
    if let (Some(old), Some(new)) = (&before.ticket, &after.ticket) {
        writer.change_ticket(old, new)?;
    }
    let owner = new.owner_id.map(|id| store::users::by_id(&mut desk.tx, id)).transpose()?.flatten();
    let inboxes = store::inboxes::all(&mut desk.tx)?;
    Ok(Changed {
        id: new.id,
        status: new.status,
        spam: new.spam,
        owner: owner.map(|owner| owner.email),
        inbox: inboxes.into_iter().find(|inbox| inbox.id == new.inbox_id).map_or_else(String::new, |inbox| inbox.name),
        ticket: after.ticket.as_ref().filter(|_| desk.shows_tickets()).map(|ticket| ticket.id),
        changed: old != new || before.ticket != after.ticket,
    })
}

/// Changes several conversations, all of them or none.
fn change(desk: &mut Desk<'_>, ids: &[Id], mut edit: impl FnMut(&mut Desk<'_>, &mut Loaded) -> Result<()>) -> Result<Vec<Changed>> {
    distinct(ids)
        .into_iter()
        .map(|id| {
            let before = load(desk, id)?;
            let mut after = before.clone();
            edit(desk, &mut after)?;
            save(desk, &before, &after)
        })
        .collect()
}

/// The conversation and its ticket get this owner; the ticket also the owner's main team.
pub(super) fn hand_over(desk: &mut Desk<'_>, loaded: &mut Loaded, owner: Option<&User>) {
    loaded.conversation.owner_id = owner.map(|owner| owner.id);
    if let Some(ticket) = loaded.ticket_along(desk) {
        ticket.owner_id = owner.map(|owner| owner.id);
        ticket.team_id = owner.and_then(|owner| owner.team_id);
    }
}

/// Gives conversations to a user or to no one, and with them their tickets, where the caller may change those.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assign {
    pub conversations: Vec<Id>,
    /// An address, `me` or `none`.
    pub to: String,
}

impl Operation for Assign {
    const NAME: &'static str = "conversations.assign";
    const WRITES: bool = true;
    type Output = Vec<Changed>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Changed>> {
        change(desk, &self.conversations, |desk, loaded| {
            let owner = assignee(desk, &self.to, loaded.needs_agent())?;
            hand_over(desk, loaded, owner.as_ref());
            Ok(())
        })
    }
}

/// Closes conversations; their tickets stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Close {
    pub conversations: Vec<Id>,
}

impl Operation for Close {
    const NAME: &'static str = "conversations.close";
    const WRITES: bool = true;
    type Output = Vec<Changed>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Changed>> {
        change(desk, &self.conversations, |desk, loaded| {
            if loaded.conversation.status == Status::Open {
                loaded.conversation.status = Status::Closed;
                loaded.conversation.closed_at = Some(desk.now);
            }
            Ok(())
        })
    }
}

/// Opens closed conversations again; their tickets stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reopen {
    pub conversations: Vec<Id>,
}

impl Operation for Reopen {
    const NAME: &'static str = "conversations.reopen";
    const WRITES: bool = true;
    type Output = Vec<Changed>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Changed>> {
        change(desk, &self.conversations, |_, loaded| {
            loaded.conversation.status = Status::Open;
            loaded.conversation.closed_at = None;
            Ok(())
        })
    }
}

/// H14: marks conversations as spam, or as none; their tickets with them, where the caller may change those.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Spam {
    pub conversations: Vec<Id>,
    /// `false` takes the mark away.
    #[serde(default = "yes")]
    pub spam: bool,
}

fn yes() -> bool {
    true
}

impl Operation for Spam {
    const NAME: &'static str = "conversations.spam";
    const WRITES: bool = true;
    type Output = Vec<Changed>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Changed>> {
        change(desk, &self.conversations, |desk, loaded| {
            loaded.conversation.spam = self.spam;
            if let Some(ticket) = loaded.ticket_along(desk) {
                ticket.spam = self.spam;
            }
            Ok(())
        })
    }
}
