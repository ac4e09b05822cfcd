//! H5: the first message of a ticket that was made by hand makes its conversation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::compose::{self, File, Html};
use super::held_channel;
use super::post::{Posted, address_mail, sign};
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::channel::{Channel, Kind};
use crate::domain::conversation::{Answers, Body, Conversation, Digest, Direction, Status};
use crate::domain::event::Cause;
use crate::domain::ticket::Ticket;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::{Desk, Operation, channels, tickets};
use crate::store;
use crate::store::contacts::Contact;

/// Writes to a ticket's contact, which begins a conversation of the ticket.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Start {
    pub ticket: Id,
    /// The channel to write by: its id or address.
    pub channel: String,
    #[serde(default)]
    #[schemars(length(max = bounds::BODY))]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<Html>,
    /// By default the ticket's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
}

impl Operation for Start {
    const NAME: &'static str = "conversations.start";
    const WRITES: bool = true;
    type Output = Posted;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Posted> {
        desk.require_ticket_scope()?;
        let named = channels::channel(desk, &self.channel)?;
        let channel = held_channel(desk, named.id)?;
        let ticket = tickets::hold_shown(desk, self.ticket, channel.in_help_desk)?;
        check_channel(&ticket, &channel)?;
        let contact = contact(desk, &ticket, &channel)?;
        let subject = self.subject.or_else(|| (channel.kind == Kind::Email).then(|| ticket.name.clone()));
        let body = Body { text: self.text, subject: subject.clone(), cc: self.cc, ..Body::default() };
        let author = desk.actor.email.clone();
        let mut message = compose::message(Direction::Outgoing, &author, desk.now, body, self.html, &self.attachments)?;
        let mut conversation = Conversation {
            id: desk.tx.new_id("conversations")?,
            channel_id: channel.id,
            inbox_id: channel.inbox_id,
            status: Status::Open,
            spam: ticket.spam,
            owner_id: ticket.owner_id,
            subject,
            contact_id: Some(contact.id),
            company_id: ticket.company_id.or(contact.company_id),
            thread_key: None,
            started_at: desk.now,
            closed_at: None,
            last_message_at: desk.now,
            last_direction: Direction::Outgoing,
            message_count: 0,
            digest: Digest::default(),
            answers: Answers::default(),
        };
        sign(&mut message.body, &channel);
        address_mail(desk, &mut message.body, &channel, &conversation)?;
        let message = desk.writer(Cause::Command).begin_conversation(&mut conversation, &channel, message, Some(ticket.id))?;
        Ok(Posted {
            conversation: conversation.id,
            message,
            ticket: Some(ticket.id),
            in_help_desk: channel.in_help_desk,
            channel: channel.address,
            mentioned: Vec::new(),
        })
    }
}

/// Only what a person can write to first; and what the help desk writes comes back to the help desk.
fn check_channel(ticket: &Ticket, channel: &Channel) -> Result<()> {
    if matches!(channel.kind, Kind::Chat | Kind::Form) {
        let message = format!("{} is a {} channel: there the visitor begins", channel.address, channel.kind);
        return Err(Error::refused("cannot_begin", "H5", message).hint("write by an email channel"));
    }
    if ticket.in_help_desk && !channel.in_help_desk {
        let message = format!("ticket {} is in the help desk, and {} is not", ticket.id, channel.address);
        return Err(
            Error::refused("channel_not_in_help_desk", "H5", message).hint("write by a channel of the help desk: deskctl channels list")
        );
    }
    Ok(())
}

/// The ticket's first contact, who must have an address on the channel.
fn contact(desk: &mut Desk<'_>, ticket: &Ticket, channel: &Channel) -> Result<Contact> {
    let found = ticket.contact_id.map(|id| store::contacts::by_id(&mut desk.tx, id)).transpose()?.flatten();
    let contact = found.ok_or_else(|| {
        Error::refused("no_contact", "H5", format!("ticket {} has no contact to write to", ticket.id))
            .hint(format!("deskctl tickets update {} --add-contact EMAIL", ticket.id))
    })?;
    let by_phone = matches!(channel.kind, Kind::Calling | Kind::Whatsapp);
    let there = match by_phone {
        true => contact.phone.is_some() || contact.mobile_phone.is_some(),
        false => contact.email.is_some(),
    };
    if there {
        return Ok(contact);
    }
    let what = if by_phone { "phone number" } else { "email address" };
    let name = contact.display_name().unwrap_or_default();
    Err(Error::refused("no_address", "H5", format!("{name} has no {what}")).hint(format!("deskctl contacts update {}", contact.id)))
}
