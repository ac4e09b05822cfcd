//! Conversations that begin, change, move to another channel, get a ticket.

use super::{NewMessage, Writer};
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::Conversation;
use crate::domain::event::{Change, What};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::conversations::ChannelSince;
use crate::store::tickets::Link;
use crate::store::{self, Tx};

/// A conversation's ticket, held until the transaction ends.
pub fn held_ticket(tx: &mut Tx<'_>, conversation: Id) -> Result<Option<Ticket>> {
    match store::tickets::of_conversation(tx, conversation)? {
        Some(ticket) => store::tickets::by_id(tx, ticket.id),
        None => Ok(None),
    }
}

impl Writer<'_, '_> {
    /// Begins a conversation with its first message, of a ticket where there is one already.
    pub fn begin_conversation(
        &mut self,
        conversation: &mut Conversation,
        channel: &Channel,
        message: NewMessage,
        ticket: Option<Id>,
    ) -> Result<Id> {
        let (id, added) = self.store_message(conversation, channel, message)?;
        self.tx.insert(std::slice::from_ref(conversation))?;
        self.stay(conversation.id, channel.id, conversation.started_at)?;
        if let Some(ticket) = ticket {
            self.link(conversation.id, ticket)?;
        }
        self.record([added])?;
        Ok(id)
    }

    /// Writes a conversation where it differs.
    pub fn change_conversation(&mut self, before: &Conversation, after: &Conversation) -> Result<()> {
        if before == after {
            return Ok(());
        }
        self.tx.update(std::slice::from_ref(after))?;
        self.record([What::ConversationChanged(Change::of(before, after))])
    }

    /// From `since` on the conversation was on a channel (M21).
    pub fn stay(&mut self, conversation_id: Id, channel_id: Id, since: Time) -> Result<()> {
        let id = self.tx.new_id("conversation_channels")?;
        self.tx.insert(&[ChannelSince { id, conversation_id, channel_id, since }])
    }

    /// It was on a channel earlier than was known.
    pub fn stay_earlier(&mut self, known: &ChannelSince, since: Time) -> Result<()> {
        self.tx.update(&[ChannelSince { since, ..known.clone() }])
    }

    /// A conversation without a ticket gets one.
    pub fn link(&mut self, conversation: Id, ticket: Id) -> Result<()> {
        self.tx.insert(&[Link { conversation_id: conversation, ticket_id: ticket }])?;
        self.record([What::ConversationTicket { conversation, before: None, after: Some(ticket) }])
    }
}
