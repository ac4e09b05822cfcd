//! H11: one conversation moves by hand, from an inbox to the help desk or back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::post::comment;
use super::state::{hand_over, save};
use super::{Changed, Loaded, assignee, load};
use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::migrations::{self, NoticeOf};
use crate::ops::{Desk, Operation, arrival, inboxes};
use crate::store;

/// Moves a conversation to an inbox or into the help desk. On the way out of it the ticket stays there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Move {
    pub conversation: Id,
    /// An inbox by name or id, or `help-desk`.
    pub to: String,
    /// Its owner from then on: an address, `me` or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign: Option<String>,
    /// The reason, kept as an internal comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Operation for Move {
    const NAME: &'static str = "conversations.move";
    const WRITES: bool = true;
    type Output = Changed;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Changed> {
        let to = match self.to.trim().to_lowercase().as_str() {
            "help-desk" | "help_desk" => store::inboxes::help_desk(&mut desk.tx)?.id,
            _ => inboxes::inbox(desk, &self.to)?.id,
        };
        let mut loaded = load(desk, self.conversation)?;
        let moves = loaded.conversation.inbox_id != to;
        if !moves {
            desk.notice(format!("conversation {} is there already", self.conversation));
        } else if store::inboxes::is_help_desk(&mut desk.tx, to)? {
            enter(desk, &mut loaded)?;
        } else {
            refuse_while_moving(desk, loaded.conversation.channel_id)?;
            let before = loaded.clone();
            loaded.conversation.inbox_id = to;
            loaded.in_help_desk = false;
            save(desk, &before, &loaded)?;
        }
        if let Some(text) = &self.comment {
            comment(desk, &mut loaded.conversation, text, &[])?;
        }
        let before = loaded.clone();
        if let Some(typed) = &self.assign {
            let owner = assignee(desk, typed, loaded.needs_agent())?;
            hand_over(desk, &mut loaded, owner.as_ref());
        }
        let changed = save(desk, &before, &loaded)?;
        Ok(Changed { changed: changed.changed || moves || self.comment.is_some(), ..changed })
    }
}

/// While a channel moves with its history, its conversations go one way only (M3).
fn refuse_while_moving(desk: &mut Desk<'_>, channel: Id) -> Result<()> {
    match migrations::notice(desk, NoticeOf::Channel(channel))? {
        None => Ok(()),
        Some(why) => Err(migrations::in_the_way(desk, "M4", why)?),
    }
}

fn enter(desk: &mut Desk<'_>, loaded: &mut Loaded) -> Result<()> {
    let channel = store::channels::by_id(&mut desk.tx, loaded.conversation.channel_id)?;
    let channel = channel.ok_or_else(|| Error::failed("store_corrupt", "the conversation's channel is missing"))?;
    let now = desk.now;
    // The move's own ticket is assigned with it (H11).
    loaded.changes_ticket |= loaded.ticket.is_none();
    loaded.ticket = Some(arrival::enter(desk, Cause::Command, &mut loaded.conversation, &channel, now)?);
    loaded.in_help_desk = true;
    Ok(())
}
