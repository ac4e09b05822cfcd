//! Replies go to the customer, comments stay inside (H12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::compose::{self, File, Html};
use super::{held_channel, load, mention};
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::channel::{Channel, Kind};
use crate::domain::conversation::{Body, Conversation, Direction};
use crate::domain::event::Cause;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::lifecycle::NewMessage;
use crate::ops::{Desk, Operation, arrival, channels};
use crate::store;

/// What became of a reply or comment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Posted {
    pub conversation: Id,
    pub message: Id,
    pub ticket: Option<Id>,
    /// The conversation lies in the help desk.
    pub in_help_desk: bool,
    /// The address of the conversation's channel.
    pub channel: String,
    /// The addresses of the colleagues whom a comment names (H12).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentioned: Vec<String>,
}

/// Answers a conversation; on another channel it moves the conversation there (M21).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    pub conversation: Id,
    #[serde(default)]
    #[schemars(length(max = bounds::BODY))]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<Html>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
    /// The channel to answer by: its id or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

impl Operation for Reply {
    const NAME: &'static str = "conversations.reply";
    const WRITES: bool = true;
    type Output = Posted;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Posted> {
        let target = self.channel.as_deref().map(|typed| channels::channel(desk, typed)).transpose()?;
        if let Some(target) = &target {
            store::channels::hold(&mut desk.tx, target.id)?;
        }
        let mut conversation = load(desk, self.conversation)?.conversation;
        let channel = held_channel(desk, target.map_or(conversation.channel_id, |target| target.id))?;
        let body = Body { text: self.text, subject: self.subject, cc: self.cc, ..Body::default() };
        let author = desk.actor.email.clone();
        let mut message = compose::message(Direction::Outgoing, &author, desk.now, body, self.html, &self.attachments)?;
        if channel.id != conversation.channel_id {
            if channel.in_help_desk {
                desk.require(Permission::HelpDesk)?;
            }
            // Not before what is known of its channels: the reply does move it.
            let newest = store::conversations::channels_of(&mut desk.tx, conversation.id)?.last().map_or(desk.now, |entry| entry.since);
            arrival::join(desk, &mut conversation, &channel, newest.max(desk.now))?;
        }
        sign(&mut message.body, &channel);
        address_mail(desk, &mut message.body, &channel, &conversation)?;
        post(desk, &mut conversation, &channel, message)
    }
}

/// The channel's signature stands below what goes out.
pub(super) fn sign(body: &mut Body, channel: &Channel) {
    let Some(signature) = channel.settings.signature.as_deref().filter(|signature| !signature.trim().is_empty()) else { return };
    body.text = format!("{}\n\n{signature}", body.text);
    if let Some(html) = &mut body.html {
        let escaped = signature.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
        html.push_str(&format!("<p>{escaped}</p>"));
    }
}

/// Gives a mail the headers by which the customer's mail program, and then we, find the thread again.
pub(super) fn address_mail(desk: &mut Desk<'_>, body: &mut Body, channel: &Channel, conversation: &Conversation) -> Result<()> {
    if channel.kind != Kind::Email {
        return Ok(());
    }
    let domain = channel.address.rsplit_once('@').map_or("deskctl.invalid", |(_, domain)| domain);
    // The number of messages grows with each, so that the id is unique within the conversation.
    body.message_id = Some(format!("<{}.{}.{}@{domain}>", conversation.id, conversation.message_count + 1, desk.now.0));
    body.references = store::messages::mail_references(&mut desk.tx, conversation.id)?;
    Ok(())
}

fn post(desk: &mut Desk<'_>, conversation: &mut Conversation, channel: &Channel, message: NewMessage) -> Result<Posted> {
    let before = conversation.clone();
    let message = desk.writer(Cause::Command).add_message(&before, conversation, channel, message)?;
    Ok(Posted {
        conversation: conversation.id,
        message,
        ticket: store::tickets::of_conversation(&mut desk.tx, conversation.id)?.filter(|_| desk.shows_tickets()).map(|ticket| ticket.id),
        in_help_desk: store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?,
        channel: channel.address.clone(),
        mentioned: Vec::new(),
    })
}

/// Adds an internal comment. It can name colleagues: `@anna@acme.example` in the text, or apart from it (H12).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Comment {
    pub conversation: Id,
    #[schemars(length(max = bounds::BODY))]
    pub text: String,
    /// Addresses or ids of users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mention: Vec<String>,
}

impl Operation for Comment {
    const NAME: &'static str = "conversations.comment";
    const WRITES: bool = true;
    type Output = Posted;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Posted> {
        let mut conversation = load(desk, self.conversation)?.conversation;
        comment(desk, &mut conversation, &self.text, &self.mention)
    }
}

/// Stores a comment of the acting user, and tells whom it names: in its text, and in `named`.
pub fn comment(desk: &mut Desk<'_>, conversation: &mut Conversation, text: &str, named: &[String]) -> Result<Posted> {
    let body = Body { text: text.to_owned(), ..Body::default() };
    let author = desk.actor.email.clone();
    let message = compose::message(Direction::Comment, &author, desk.now, body, None, &[])?;
    // A disconnected channel is no obstacle: a comment goes nowhere.
    let channel = store::channels::by_id(&mut desk.tx, conversation.channel_id)?;
    let channel = channel.ok_or_else(|| crate::error::Error::failed("store_corrupt", "the conversation's channel is missing"))?;
    let posted = post(desk, conversation, &channel, message)?;
    let mentioned = mention::tell(desk, conversation, posted.message, text, named)?;
    Ok(Posted { mentioned, ..posted })
}
