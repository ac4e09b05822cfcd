//! The conditions under which a chatflow's bot may move to the help desk (B, M15).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Operation, check};
use crate::domain::bot::{BotCondition, HAND_OVER};
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::store;

/// Lists the conditions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "bots.conditions.list";
    const WRITES: bool = false;
    type Output = Vec<BotCondition>;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<BotCondition>> {
        store::bots::conditions(&mut desk.tx)
    }
}

/// Says of an action whether a bot that moves may contain it, and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Set {
    pub action: String,
    pub allowed: bool,
    pub why: String,
}

impl Operation for Set {
    const NAME: &'static str = "bots.conditions.set";
    const WRITES: bool = true;
    type Output = BotCondition;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<BotCondition> {
        let condition =
            BotCondition { action: check::text("action", &self.action)?, allowed: self.allowed, why: check::text("reason", &self.why)? };
        store::bots::put(&mut desk.tx, &condition)?;
        Ok(condition)
    }
}

/// Takes an action out of the list: bots that contain it cannot move then.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Remove {
    pub action: String,
}

impl Operation for Remove {
    const NAME: &'static str = "bots.conditions.remove";
    const WRITES: bool = true;
    type Output = BotCondition;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<BotCondition> {
        let conditions = store::bots::conditions(&mut desk.tx)?;
        let Some(condition) = conditions.iter().find(|condition| condition.action == self.action.trim()) else {
            let actions = conditions.iter().map(|condition| condition.action.as_str());
            return Err(unknown("unknown_action", "bot action in the conditions", &self.action, actions));
        };
        if condition.action == HAND_OVER {
            return Err(Error::refused("required_action", "B", format!("{HAND_OVER} stays in the list: every bot that moves needs it"))
                .hint("deskctl bots conditions set hand_over --allowed false --why TEXT keeps every bot from moving"));
        }
        store::bots::delete(&mut desk.tx, &condition.action)?;
        Ok(condition.clone())
    }
}
