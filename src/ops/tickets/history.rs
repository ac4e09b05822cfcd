//! What was changed on a ticket, by whom and when; also on those that were merged into it (H10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::find;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::names::{Event, Names};
use crate::ops::page::{LARGEST, TokenPage, read_token, token, usual_limit};
use crate::ops::{Desk, Operation};
use crate::store;
use crate::store::history::{self, Change, Object, Place};

/// Lists the changes of a ticket, the newest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct History {
    pub ticket: Id,
    /// The token of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "usual_limit")]
    pub limit: i64,
}

/// A change of a ticket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketEvent {
    #[serde(flatten)]
    pub event: Event,
    /// The ticket whose it is: another one where that was merged into this one.
    pub ticket: Id,
}

impl Operation for History {
    const NAME: &'static str = "tickets.history";
    const WRITES: bool = false;
    type Output = TokenPage<TicketEvent>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<TicketEvent>> {
        let ticket = find(desk, self.ticket)?.ticket().id;
        let after = self.after.as_deref().map(read_place).transpose()?;
        let limit = self.limit.clamp(1, LARGEST);
        let names = Names::load(desk)?;
        let changes = changes(desk, ticket, after, limit + 1)?;
        let page = TokenPage::new(changes, limit, |change| token(&[&change.at.0, &change.object_id, &change.position]));
        Ok(TokenPage { items: events(desk, &names, page.items)?, next: page.next })
    }
}

fn read_place(token: &str) -> Result<Place> {
    read_token(token, 3, |parts| Some((Time(parts[0].parse().ok()?), parts[1].parse().ok()?, parts[2].parse().ok()?)))
}

/// The changes of a ticket and of all that became a part of it, the newest first.
fn changes(desk: &mut Desk<'_>, ticket: Id, before: Option<Place>, limit: i64) -> Result<Vec<Change>> {
    let mut ids = vec![ticket];
    let mut next = 0;
    while let Some(id) = ids.get(next).copied() {
        ids.extend(store::deleted::merged_into(&mut desk.tx, id)?);
        next += 1;
    }
    history::newest(&mut desk.tx, Object::Ticket, &ids, before, limit)
}

fn events(desk: &mut Desk<'_>, names: &Names, changes: Vec<Change>) -> Result<Vec<TicketEvent>> {
    let tickets: Vec<Id> = changes.iter().map(|change| change.object_id).collect();
    let events = names.events(desk, changes)?;
    Ok(tickets.into_iter().zip(events).map(|(ticket, event)| TicketEvent { event, ticket }).collect())
}

/// The newest changes, oldest first.
pub(super) fn last(desk: &mut Desk<'_>, names: &Names, ticket: Id, limit: i64) -> Result<Vec<TicketEvent>> {
    let mut changes = changes(desk, ticket, None, limit)?;
    changes.reverse();
    events(desk, names, changes)
}
