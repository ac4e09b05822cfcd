//! One ticket with everything about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::{Found, find};
use super::read::{TicketDetail, detail};
use crate::domain::Id;
use crate::domain::conversation::Direction;
use crate::domain::sla::status::Standing;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::names::Names;
use crate::ops::page::LARGEST;
use crate::ops::{Desk, Operation};
use crate::sla::kept::Kept;
use crate::sla::policies::Policies;
use crate::store;

/// A message or comment of a ticket's conversations.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketMessage {
    pub id: Id,
    pub conversation: Id,
    pub sent_at: Time,
    pub direction: Direction,
    pub author: String,
    pub text: String,
}

/// A ticket with everything about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketShown {
    #[serde(flatten)]
    pub detail: TicketDetail,
    /// The addresses of those who follow it.
    pub followers: Vec<String>,
    /// The tickets that were merged into it.
    pub merged: Vec<Id>,
    /// When it was deleted, by whom.
    pub deleted_at: Option<Time>,
    pub deleted_by: Option<String>,
    /// How each of its SLA targets stands.
    pub sla: Vec<Standing>,
    /// The newest ones of all its conversations, oldest first.
    pub messages: Vec<TicketMessage>,
}

/// Shows one ticket; the id of one that was merged shows the one that lives on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub ticket: Id,
    /// How many messages to show.
    #[serde(default = "few")]
    pub messages: i64,
}

fn few() -> i64 {
    10
}

impl Show {
    /// With as many messages as are usual.
    pub fn of(ticket: Id) -> Show {
        Show { ticket, messages: few() }
    }
}

impl Operation for Show {
    const NAME: &'static str = "tickets.show";
    const WRITES: bool = false;
    type Output = TicketShown;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TicketShown> {
        let (ticket, gone) = match find(desk, self.ticket)? {
            Found::Here(ticket) => (ticket, None),
            Found::Deleted(gone) => (gone.ticket.clone(), Some(gone)),
        };
        let sla = if gone.is_some() { Vec::new() } else { standings(desk, &ticket)? };
        let names = Names::load(desk)?;
        let followers = store::mentions::followers(&mut desk.tx, ticket.id)?;
        let messages = store::messages::newest_of_ticket(&mut desk.tx, ticket.id, self.messages.clamp(0, LARGEST))?;
        Ok(TicketShown {
            followers: followers.into_iter().filter_map(|user| names.user(Some(user))).collect(),
            merged: store::deleted::merged_into(&mut desk.tx, ticket.id)?,
            deleted_at: gone.as_ref().map(|gone| gone.deleted_at),
            deleted_by: gone.and_then(|gone| names.user(Some(gone.deleted_by))),
            detail: detail(desk, ticket)?,
            sla,
            messages: messages
                .into_iter()
                .rev()
                .map(|message| TicketMessage {
                    id: message.id,
                    conversation: message.conversation_id,
                    sent_at: message.at,
                    direction: message.direction,
                    author: message.author,
                    text: message.body.text,
                })
                .collect(),
        })
    }
}

fn standings(desk: &mut Desk<'_>, ticket: &Ticket) -> Result<Vec<Standing>> {
    let Some(mut policies) = Policies::load(&mut desk.tx)? else { return Ok(Vec::new()) };
    let kept = Kept::load(&mut desk.tx, &mut policies, ticket)?.filter(|_| ticket.in_help_desk);
    let now = desk.now;
    kept.map_or(Ok(Vec::new()), |kept| kept.standings(&mut desk.tx, &mut policies, now))
}
