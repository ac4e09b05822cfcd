//! Conversations: what arrives, what is answered, who cares for them, where they lie.

mod attachment;
mod compose;
mod mention;
mod post;
mod read;
mod receive;
mod relocate;
mod sender;
mod start;
mod state;

pub use attachment::{AttachmentContent, Piece};
pub use compose::{File, Html};
pub use post::{Comment, Posted, Reply};
pub use read::{ConversationDetail, ConversationRow, List, MessageDetail, Show};
pub(super) use read::{company_name, contact_names, owner_filter};
pub use receive::{Receive, Received};
pub use relocate::Move;
pub use start::Start;
pub use state::{Assign, Changed, Close, Reopen, Spam};

use super::Desk;
use crate::domain::Id;
use crate::domain::channel::{Channel, State};
use crate::domain::conversation::Conversation;
use crate::domain::ticket::Ticket;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::lifecycle::held_ticket;
pub use crate::lifecycle::messages::ATTACHMENT_BYTES;
use crate::store;

/// A conversation with what decides who may touch it.
#[derive(Clone)]
pub(super) struct Loaded {
    pub conversation: Conversation,
    pub ticket: Option<Ticket>,
    /// It lies in the help desk.
    pub in_help_desk: bool,
    /// Whether the call may change the ticket.
    pub changes_ticket: bool,
}

impl Loaded {
    /// Whether its owner has to be someone with help desk access (H2): where it lies there, or takes a ticket along that does.
    fn needs_agent(&self) -> bool {
        self.in_help_desk || self.changes_ticket && self.ticket.as_ref().is_some_and(|ticket| ticket.in_help_desk)
    }

    /// The ticket, to be changed with the conversation. A call that may not change it changes the conversation alone, and is told so
    /// where it may know of the ticket.
    fn ticket_along(&mut self, desk: &mut Desk<'_>) -> Option<&mut Ticket> {
        let ticket = self.ticket.as_mut()?;
        if !self.changes_ticket {
            if desk.shows_tickets() {
                desk.notice(format!("ticket {} stays as it is: the token has no scope tickets:write", ticket.id));
            }
            return None;
        }
        Some(ticket)
    }
}

/// What one may not see is not there (H2).
fn unknown_conversation(id: Id) -> Error {
    Error::not_found("unknown_conversation", format!("there is no conversation {id}")).hint("deskctl conversations list shows them")
}

fn allow(desk: &Desk<'_>, loaded: &Loaded) -> Result<()> {
    let seen = desk.sight().sees(&loaded.conversation, loaded.ticket.as_ref(), loaded.in_help_desk);
    if seen { Ok(()) } else { Err(unknown_conversation(loaded.conversation.id)) }
}

/// The conversation for a change: its channel held (M6), it and its ticket held, visible and permitted.
pub(super) fn load(desk: &mut Desk<'_>, id: Id) -> Result<Loaded> {
    let channel = store::conversations::channel_of(&mut desk.tx, id)?.ok_or_else(|| unknown_conversation(id))?;
    store::channels::hold(&mut desk.tx, channel)?;
    let conversation = store::conversations::by_id(&mut desk.tx, id)?.ok_or_else(|| unknown_conversation(id))?;
    if conversation.channel_id != channel {
        store::channels::hold(&mut desk.tx, conversation.channel_id)?;
    }
    let ticket = held_ticket(&mut desk.tx, id)?;
    let in_help_desk = store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?;
    let loaded = Loaded { conversation, ticket, in_help_desk, changes_ticket: desk.changes_tickets() };
    allow(desk, &loaded)?;
    Ok(loaded)
}

/// The conversation for reading.
pub(super) fn look(desk: &mut Desk<'_>, id: Id) -> Result<Loaded> {
    let conversation = store::conversations::look(&mut desk.tx, id)?.ok_or_else(|| unknown_conversation(id))?;
    let ticket = store::tickets::of_conversation(&mut desk.tx, id)?;
    let in_help_desk = store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?;
    let loaded = Loaded { conversation, ticket, in_help_desk, changes_ticket: false };
    allow(desk, &loaded)?;
    Ok(loaded)
}

/// A channel by which messages come or go, held before anything about it is read (M6), and connected.
fn held_channel(desk: &mut Desk<'_>, id: Id) -> Result<Channel> {
    store::channels::hold(&mut desk.tx, id)?;
    let channel = store::channels::by_id(&mut desk.tx, id)?;
    let channel = channel.ok_or_else(|| Error::not_found("unknown_channel", format!("channel {id} is gone")))?;
    if channel.state == State::Disconnected {
        return Err(Error::refused(
            "channel_disconnected",
            "H1",
            format!("{} is disconnected: nothing comes or goes by it", channel.address),
        )
        .hint("connect a channel for it: deskctl channels connect"));
    }
    Ok(channel)
}

/// The user that work in the help desk can be given to.
pub(super) fn assignee(desk: &mut Desk<'_>, typed: &str, in_help_desk: bool) -> Result<Option<User>> {
    let user = match typed.trim().to_lowercase().as_str() {
        "none" => return Ok(None),
        "me" => desk.actor.clone(),
        _ => super::users::user(desk, typed)?,
    };
    if !user.active {
        return Err(Error::refused("user_inactive", "H2", format!("{} is not active", user.email)));
    }
    if in_help_desk && !user.has_help_desk_access() {
        return Err(Error::refused("no_help_desk_access", "H2", format!("{} has no help desk access", user.email))
            .hint("give a Service seat, or Service or Sales access: deskctl users update"));
    }
    Ok(Some(user))
}
