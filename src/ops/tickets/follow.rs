//! Following a ticket: it shows in the follower's view.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::look;
use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::{Desk, Operation};
use crate::store::mentions;

/// A ticket, and whether the acting user follows it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Following {
    pub id: Id,
    pub name: String,
    pub following: bool,
    /// Whether this command changed anything.
    pub changed: bool,
}

fn each(desk: &mut Desk<'_>, tickets: &[Id], following: bool) -> Result<Vec<Following>> {
    let user = desk.actor.id;
    distinct(tickets)
        .into_iter()
        .map(|id| {
            let ticket = look(desk, id)?;
            let changed = match following {
                true => mentions::follow(&mut desk.tx, user, id)?,
                false => mentions::unfollow(&mut desk.tx, user, id)?,
            };
            Ok(Following { id, name: ticket.name, following, changed })
        })
        .collect()
}

/// The acting user follows tickets from now on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Follow {
    pub tickets: Vec<Id>,
}

impl Operation for Follow {
    const NAME: &'static str = "tickets.follow";
    const WRITES: bool = true;
    type Output = Vec<Following>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Following>> {
        each(desk, &self.tickets, true)
    }
}

/// The acting user follows tickets no longer.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unfollow {
    pub tickets: Vec<Id>,
}

impl Operation for Unfollow {
    const NAME: &'static str = "tickets.unfollow";
    const WRITES: bool = true;
    type Output = Vec<Following>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Following>> {
        each(desk, &self.tickets, false)
    }
}
