//! A message arrives, as a connected channel would bring it (M6, M11, M14, M21; E1 to E6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::compose::{self, File, Html};
use super::{held_channel, load, sender};
use crate::domain::address::Sender;
use crate::domain::bounds::{self, ITEMS};
use crate::domain::channel::Channel;
use crate::domain::conversation::{Answers, Body, Conversation, Digest, Direction, Status};
use crate::domain::event::{Cause, What};
use crate::domain::user::Permission;
use crate::domain::when::{Clock, When};
use crate::domain::{Id, message_id, person_name};
use crate::error::{Error, Result};
use crate::lifecycle::NewMessage;
use crate::ops::{Desk, Operation, arrival, channels, check};
use crate::store;
use crate::store::contacts::Contact;
use crate::store::mail_ids::Bearer;

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
    /// The Message-IDs that it refers to, oldest first; one text may be a whole header.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(length(max = bounds::LONG)))]
    pub references: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
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
    /// It was there already, by its external id or its Message-ID (E2); nothing was written.
    pub duplicate: bool,
    /// Its conversation was closed, and is open again.
    pub reopened: bool,
    /// The conversation lies in the help desk.
    pub in_help_desk: bool,
    /// The address of the channel it came by.
    pub channel: String,
    /// Why the sender is nobody's contact (E4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_contact: Option<String>,
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
        let sender = sender::read(desk, &self.from, &channel)?;
        let message = self.message(desk, &sender)?;
        let own = message.body.message_id.clone();
        let bearers = bearers(desk, &channel, &message)?;
        if let Some((message, conversation)) = self.same(desk, &channel, &message, &bearers)? {
            return duplicate(desk, message, conversation, &channel);
        }
        let known = self.known(desk, &channel, &message, bearers.is_empty())?;
        let contact = sender::known(desk, &sender)?;
        let received = match known {
            Some(conversation) => continued(desk, conversation, &channel, message)?,
            None => {
                let contact = contact.map_or_else(|| sender::meet(desk, &sender), |contact| Ok(Some(contact)))?;
                begun(desk, &channel, contact.as_ref(), self.thread, message)?
            }
        };
        note_second_use(desk, &channel, own.as_deref(), &bearers)?;
        let no_contact = sender::nobody(&sender);
        if let Some(why) = &no_contact {
            desk.notice(format!("{why}: it is kept as it came, and is no contact's address"));
        }
        Ok(Received { no_contact, ..received })
    }
}

impl Receive {
    fn message(&self, desk: &Desk<'_>, sender: &Sender) -> Result<NewMessage> {
        let mut references = message_id::all_of(self.references.iter().chain(&self.in_reply_to));
        // Of more than any thread has, the nearest ones are enough.
        references.drain(..references.len().saturating_sub(ITEMS));
        let body = Body {
            text: self.text.clone(),
            html: None,
            subject: self.subject.as_deref().map(person_name::decoded),
            message_id: self.message_id.clone(),
            references,
            cc: self.cc.clone(),
            external_id: self.external_id.clone(),
        };
        let at = self.at.as_ref().map_or(Ok(desk.now), |at| desk.instant(at, Clock::Today))?;
        check::not_ahead(desk, at)?;
        let mut message = compose::message(Direction::Incoming, &sender.author, at, body, self.html.clone(), &self.attachments)?;
        message.body.message_id = message.body.message_id.as_deref().and_then(message_id::own);
        Ok(message)
    }

    /// The message that this one is already (E2), and its conversation: by its external id, else by its Message-ID and text.
    fn same(&self, desk: &mut Desk<'_>, channel: &Channel, message: &NewMessage, bearers: &[Bearer]) -> Result<Option<(Id, Id)>> {
        if let Some(external_id) = &self.external_id
            && let Some(known) = store::messages::by_external_id(&mut desk.tx, channel.id, external_id)?
        {
            return Ok(Some(known));
        }
        let same = bearers.iter().find(|bearer| same_text(&bearer.text, &message.body.text));
        Ok(same.map(|bearer| (bearer.message, bearer.conversation)))
    }

    /// The conversation that it continues: named, by its thread key, or by the mails it refers to.
    fn known(&self, desk: &mut Desk<'_>, channel: &Channel, message: &NewMessage, own_id: bool) -> Result<Option<Conversation>> {
        let id = match (self.conversation, &self.thread) {
            (Some(_), Some(_)) => return Err(Error::usage("usage", "a message continues a thread or a conversation: name one of them")),
            // What one may not see one cannot name either (H2).
            (Some(id), None) => return load(desk, id).map(|loaded| Some(loaded.conversation)),
            (None, Some(key)) if key.trim().is_empty() => return Err(Error::usage("empty_id", "the thread key must not be empty")),
            (None, Some(key)) => store::conversations::by_thread(&mut desk.tx, channel.id, key)?.map(|conversation| conversation.id),
            (None, None) => self.referred(desk, channel, message, own_id)?,
        };
        let Some(id) = id else { return Ok(None) };
        // Whoever is written to need not be seen by the user under whose name the channel delivers.
        if let Some(other) = store::conversations::channel_of(&mut desk.tx, id)?.filter(|other| *other != channel.id) {
            store::channels::hold(&mut desk.tx, other)?;
        }
        store::conversations::by_id(&mut desk.tx, id)
    }

    /// E3: by any of its references, the nearest first. By its own id where others referred to it before it came; an id that another
    /// mail bears says nothing (some programs write one id into every mail).
    fn referred(&self, desk: &mut Desk<'_>, channel: &Channel, message: &NewMessage, own_id: bool) -> Result<Option<Id>> {
        let answered = message_id::all_of(&self.in_reply_to);
        let own = message.body.message_id.iter().filter(|_| own_id);
        for mail in answered.iter().chain(message.body.references.iter().rev()).take(ITEMS).chain(own) {
            if let Some(conversation) = store::mail_ids::conversation(&mut desk.tx, channel.id, mail)? {
                return Ok(Some(conversation));
            }
        }
        Ok(None)
    }
}

/// The mails that have this one's Message-ID already.
fn bearers(desk: &mut Desk<'_>, channel: &Channel, message: &NewMessage) -> Result<Vec<Bearer>> {
    match &message.body.message_id {
        Some(own) => store::mail_ids::bearers(&mut desk.tx, channel.id, own),
        None => Ok(Vec::new()),
    }
}

/// Lines end differently on different ways.
fn same_text(one: &str, other: &str) -> bool {
    one.trim_end().lines().map(str::trim_end).eq(other.trim_end().lines().map(str::trim_end))
}

fn duplicate(desk: &mut Desk<'_>, message: Id, id: Id, channel: &Channel) -> Result<Received> {
    let conversation = store::conversations::look(&mut desk.tx, id)?
        .ok_or_else(|| Error::failed("store_corrupt", format!("message {message} has no conversation")))?;
    Ok(Received { duplicate: true, ..answer(desk, &conversation, message, channel)? })
}

/// E2: another text under a known Message-ID is a new message, and the history says so.
fn note_second_use(desk: &mut Desk<'_>, channel: &Channel, own: Option<&str>, bearers: &[Bearer]) -> Result<()> {
    let (Some(own), Some(first)) = (own, bearers.first()) else { return Ok(()) };
    let Some(new) = store::mail_ids::bearers(&mut desk.tx, channel.id, own)?.pop() else { return Ok(()) };
    let used_again = What::MessageIdUsedAgain { conversation: new.conversation, first: first.message, again: new.message };
    desk.writer(Cause::Message { channel: channel.id }).record([used_again])
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
        no_contact: None,
    })
}

/// M6, M14, M16: a known conversation stays where it is, unless the message came by another channel (M21).
fn continued(desk: &mut Desk<'_>, mut conversation: Conversation, channel: &Channel, message: NewMessage) -> Result<Received> {
    let at = message.at;
    arrival::join(desk, &mut conversation, channel, at)?;
    let before = conversation.clone();
    let reopened = conversation.status == Status::Closed;
    conversation.status = Status::Open;
    conversation.closed_at = None;
    let message = desk.writer(Cause::Message { channel: channel.id }).add_message(&before, &mut conversation, channel, message)?;
    // Its ticket was deleted: nobody would see what the customer writes now (M14).
    arrival::begin_again(desk, &conversation, at)?;
    Ok(Received { reopened, ..answer(desk, &conversation, message, channel)? })
}

fn begun(
    desk: &mut Desk<'_>,
    channel: &Channel,
    contact: Option<&Contact>,
    thread: Option<String>,
    message: NewMessage,
) -> Result<Received> {
    let mut conversation = Conversation {
        id: desk.tx.new_id("conversations")?,
        channel_id: channel.id,
        inbox_id: channel.inbox_id,
        status: Status::Open,
        spam: false,
        owner_id: None,
        subject: message.body.subject.clone(),
        contact_id: contact.map(|contact| contact.id),
        company_id: contact.and_then(|contact| contact.company_id),
        thread_key: thread,
        started_at: message.at,
        closed_at: None,
        last_message_at: message.at,
        last_direction: message.direction,
        message_count: 0,
        digest: Digest::default(),
        answers: Answers::default(),
    };
    let message = desk.writer(Cause::Message { channel: channel.id }).begin_conversation(&mut conversation, channel, message, None)?;
    // The clocks of its ticket begin with the message.
    arrival::begin(desk, &conversation, channel)?;
    Ok(Received { new_conversation: true, ..answer(desk, &conversation, message, channel)? })
}
