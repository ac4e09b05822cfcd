//! A message arrives, as a connected channel would bring it (M6, M11, M14, M21).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parcel::{File, Html, Parcel};
use super::{held_channel, load};
use crate::domain::Id;
use crate::domain::address::Sender;
use crate::domain::bounds;
use crate::domain::channel::Channel;
use crate::domain::conversation::{Answers, Body, Conversation, Digest, Direction, Status};
use crate::domain::sla::Event;
use crate::domain::user::Permission;
use crate::domain::when::{Clock, When};
use crate::error::{Error, Result};
use crate::ops::names::time_text;
use crate::ops::{Desk, Operation, arrival, channels};
use crate::sla::events as sla;
use crate::store;
use crate::store::contacts::Contact;
use crate::store::conversations::ChannelSince;
use crate::store::history::{self, Object};

/// Puts an incoming message into the store.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    /// Its id or address.
    pub channel: String,
    /// `address` or `Name <address>`.
    pub from: String,
    #[serde(default)]
    #[schemars(length(max = bounds::BODY))]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<Html>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The sender's key of the thread, unique on the channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// The conversation it continues, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Id>,
    /// The same id on a channel is the same message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it was sent; by default now. A bare time of day is today's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<When>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
    /// The mail's own Message-ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The Message-IDs that it refers to, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
}

/// What became of an incoming message.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Received {
    /// Where the caller may see it (H2).
    pub conversation: Option<Id>,
    /// Where the caller may see it (H2).
    pub message: Option<Id>,
    pub ticket: Option<Id>,
    /// It began a conversation.
    pub new_conversation: bool,
    /// Its external id was there already; nothing was written.
    pub duplicate: bool,
    /// Its conversation was closed, and is open again.
    pub reopened: bool,
    /// The conversation lies in the help desk.
    pub in_help_desk: bool,
    /// The address of the channel it came by.
    pub channel: String,
}

impl Operation for Receive {
    const NAME: &'static str = "conversations.receive";
    const WRITES: bool = true;
    type Output = Received;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Received> {
        if !desk.actor.may(Permission::AccountAccess) {
            desk.require(Permission::HelpDesk)?;
        }
        let named = channels::channel(desk, &self.channel)?;
        let channel = held_channel(desk, named.id)?;
        let (sender, parcel) = self.parcel(desk)?;
        if let Some(known) = self.duplicate(desk, &channel)? {
            return Ok(known);
        }
        match self.known(desk, &channel)? {
            Some(conversation) => continued(desk, conversation, &channel, parcel),
            None => begun(desk, &channel, &sender, self.thread, parcel),
        }
    }
}

impl Receive {
    fn parcel(&self, desk: &Desk<'_>) -> Result<(Sender, Parcel)> {
        let sender = Sender::parse(&self.from).ok_or_else(|| {
            Error::usage("bad_sender", format!("\"{}\" is no sender like jan@example.com or Jan <jan@example.com>", self.from))
        })?;
        let mut references = self.references.clone();
        references.extend(self.in_reply_to.clone().filter(|answered| !self.references.contains(answered)));
        let body = Body {
            text: self.text.clone(),
            html: None,
            subject: self.subject.clone(),
            message_id: self.message_id.clone(),
            references,
            cc: self.cc.clone(),
            external_id: self.external_id.clone(),
        };
        let at = self.at.as_ref().map_or(Ok(desk.now), |at| desk.instant(at, Clock::Today))?;
        let parcel = Parcel::new(Direction::Incoming, &sender.address, at, body, self.html.clone(), &self.attachments)?;
        Ok((sender, parcel))
    }

    /// The same external id on a channel is the same message.
    fn duplicate(&self, desk: &mut Desk<'_>, channel: &Channel) -> Result<Option<Received>> {
        let Some(external_id) = &self.external_id else { return Ok(None) };
        let Some((message, id)) = store::messages::by_external_id(&mut desk.tx, channel.id, external_id)? else { return Ok(None) };
        let conversation = store::conversations::look(&mut desk.tx, id)?
            .ok_or_else(|| Error::failed("store_corrupt", format!("message {message} has no conversation")))?;
        Ok(Some(Received { duplicate: true, ..answer(desk, &conversation, message, channel)? }))
    }

    /// The conversation that it continues: named, by its thread key, or by the mails it refers to, the latest first.
    fn known(&self, desk: &mut Desk<'_>, channel: &Channel) -> Result<Option<Conversation>> {
        let id = match (self.conversation, &self.thread) {
            (Some(_), Some(_)) => return Err(Error::usage("usage", "a message continues a thread or a conversation: name one of them")),
            // What one may not see one cannot name either (H2).
            (Some(id), None) => return load(desk, id).map(|loaded| Some(loaded.conversation)),
            (None, Some(key)) if key.trim().is_empty() => return Err(Error::usage("empty_id", "the thread key must not be empty")),
            (None, Some(key)) => store::conversations::by_thread(&mut desk.tx, channel.id, key)?.map(|conversation| conversation.id),
            (None, None) => self.referred(desk, channel)?,
        };
        let Some(id) = id else { return Ok(None) };
        // Whoever is written to need not be seen by the user under whose name the channel delivers.
        if let Some(other) = store::conversations::channel_of(&mut desk.tx, id)?.filter(|other| *other != channel.id) {
            store::channels::hold(&mut desk.tx, other)?;
        }
        store::conversations::by_id(&mut desk.tx, id)
    }

    fn referred(&self, desk: &mut Desk<'_>, channel: &Channel) -> Result<Option<Id>> {
        for mail in self.in_reply_to.iter().chain(self.references.iter().rev()) {
            if let Some(conversation) = store::messages::by_mail_id(&mut desk.tx, channel.id, mail)? {
                return Ok(Some(conversation));
            }
        }
        Ok(None)
    }
}

/// The message need not be seen by the user under whose name the channel delivers it.
fn answer(desk: &mut Desk<'_>, conversation: &Conversation, message: Id, channel: &Channel) -> Result<Received> {
    let ticket = store::tickets::of_conversation(&mut desk.tx, conversation.id)?;
    let in_help_desk = store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?;
    let seen = desk.sight().sees(conversation, ticket.as_ref(), in_help_desk);
    Ok(Received {
        conversation: Some(conversation.id).filter(|_| seen),
        message: Some(message).filter(|_| seen),
        ticket: ticket.filter(|_| seen && desk.shows_tickets()).map(|ticket| ticket.id),
        new_conversation: false,
        duplicate: false,
        reopened: false,
        in_help_desk,
        channel: channel.address.clone(),
    })
}

/// M6, M14, M16: a known conversation stays where it is, unless the message came by another channel (M21).
fn continued(desk: &mut Desk<'_>, mut conversation: Conversation, channel: &Channel, parcel: Parcel) -> Result<Received> {
    arrival::join(desk, &mut conversation, channel, parcel.at)?;
    let at = parcel.at;
    let message = parcel.store(desk, &mut conversation, channel)?;
    let reopened = conversation.status == Status::Closed;
    if reopened {
        let changes = [
            ("status", Some(Status::Closed.to_string()), Some(Status::Open.to_string())),
            ("closed_at", time_text(conversation.closed_at), None),
        ];
        conversation.status = Status::Open;
        conversation.closed_at = None;
        history::note(&mut desk.tx, Object::Conversation, conversation.id, desk.now, desk.actor.id, &changes)?;
    }
    desk.tx.update(std::slice::from_ref(&conversation))?;
    // Its ticket was deleted: nobody would see what the customer writes now (M14).
    let made = arrival::begin_again(desk, &conversation, at)?;
    store::tickets::touch(&mut desk.tx, conversation.id, at)?;
    if !made {
        sla::message(&mut desk.tx, conversation.id, at, &Event::CustomerMessage, desk.now, desk.actor.id)?;
    }
    Ok(Received { reopened, ..answer(desk, &conversation, message, channel)? })
}

fn begun(desk: &mut Desk<'_>, channel: &Channel, sender: &Sender, thread: Option<String>, parcel: Parcel) -> Result<Received> {
    let contact = contact(desk, sender)?;
    let mut conversation = Conversation {
        id: desk.tx.new_id("conversations")?,
        channel_id: channel.id,
        inbox_id: channel.inbox_id,
        status: Status::Open,
        spam: false,
        owner_id: None,
        subject: parcel.body.subject.clone(),
        contact_id: Some(contact.id),
        company_id: contact.company_id,
        thread_key: thread,
        started_at: parcel.at,
        closed_at: None,
        last_message_at: parcel.at,
        last_direction: parcel.direction,
        message_count: 0,
        digest: Digest::default(),
        answers: Answers::default(),
    };
    let message = parcel.store(desk, &mut conversation, channel)?;
    desk.tx.insert(std::slice::from_ref(&conversation))?;
    let id = desk.tx.new_id("conversation_channels")?;
    desk.tx.insert(&[ChannelSince { id, conversation_id: conversation.id, channel_id: channel.id, since: conversation.started_at }])?;
    // The clocks of its ticket begin with the message.
    arrival::begin(desk, &conversation, channel)?;
    Ok(Received { new_conversation: true, ..answer(desk, &conversation, message, channel)? })
}

/// Whoever writes from this address; a new contact where nobody does.
fn contact(desk: &mut Desk<'_>, sender: &Sender) -> Result<Contact> {
    if let Some(known) = store::contacts::by_address(&mut desk.tx, &sender.address)? {
        return Ok(known);
    }
    let (first_name, last_name) = sender.names();
    let (email, phone) = if sender.is_email() { (Some(sender.address.to_lowercase()), None) } else { (None, Some(sender.address.clone())) };
    let contact = Contact { id: desk.tx.new_id("contacts")?, first_name, last_name, email, phone, mobile_phone: None, company_id: None };
    desk.tx.insert(std::slice::from_ref(&contact))?;
    let created = [("created", None, Some(sender.address.clone()))];
    history::note(&mut desk.tx, Object::Contact, contact.id, desk.now, desk.actor.id, &created)?;
    Ok(contact)
}
