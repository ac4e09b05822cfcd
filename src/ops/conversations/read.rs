//! Lists and shows conversations, and hands out attachments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::look;
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::conversation::{Attachment, Body, Direction, Status};
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::ops::names::{Event, Names, history};
use crate::ops::page::{Page, PageRequest};
use crate::ops::{Desk, Operation, channels, filters, inboxes};
use crate::store::history::Object;
use crate::store::lists::{self, ConversationFilter, ListedConversation, Owner};
use crate::store::{self, messages};

/// A conversation as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationRow {
    pub id: Id,
    /// The address of its newest channel (M21).
    pub channel: String,
    pub inbox: String,
    pub status: Status,
    pub spam: bool,
    /// The owner's address.
    pub owner: Option<String>,
    pub contact: Option<String>,
    pub subject: Option<String>,
    /// Messages and comments.
    pub messages: i64,
    pub ticket: Option<Id>,
    pub started_at: Time,
    pub closed_at: Option<Time>,
    pub last_message_at: Time,
    pub last_direction: Direction,
}

/// Lists conversations that the viewer may see, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub channel: Option<String>,
    pub inbox: Option<String>,
    pub status: Option<Status>,
    /// An address, `me` or `none`.
    pub owner: Option<String>,
    /// Only spam, or only what is none.
    pub spam: Option<bool>,
    #[serde(default)]
    pub without_ticket: bool,
    /// A filter on conversations, as text or as deskctl's own JSON.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub filter: Option<String>,
    #[serde(flatten)]
    pub page: PageRequest,
}

/// The owner that a filter names: an address, `me` or `none`.
pub fn owner_filter(desk: &mut Desk<'_>, typed: &str) -> Result<Owner> {
    Ok(match typed.trim().to_lowercase().as_str() {
        "none" => Owner::Nobody,
        "me" => Owner::User(desk.actor.id),
        _ => Owner::User(crate::ops::users::user(desk, typed)?.id),
    })
}

impl Operation for List {
    const NAME: &'static str = "conversations.list";
    const WRITES: bool = false;
    type Output = Page<ConversationRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<ConversationRow>> {
        let matching = match &self.filter {
            Some(given) => Some(filters::conversations(desk, given)?),
            None => None,
        };
        let filter = ConversationFilter {
            channel: self.channel.as_deref().map(|typed| channels::channel(desk, typed)).transpose()?.map(|channel| channel.id),
            inbox: self.inbox.as_deref().map(|typed| inboxes::inbox(desk, typed).map(|inbox| inbox.id)).transpose()?,
            status: self.status,
            owner: self.owner.as_deref().map(|typed| owner_filter(desk, typed)).transpose()?,
            spam: self.spam,
            without_ticket: self.without_ticket,
            matching: matching.map(|filter| filters::prepare(desk, &filter)).transpose()?,
            before: self.page.after,
        };
        let (sight, tickets) = (desk.sight(), desk.shows_tickets());
        let found = lists::conversations(&mut desk.tx, &sight, &filter, self.page.fetch())?;
        let names = Names::load(desk)?;
        let row = |listed: ListedConversation| ConversationRow { ticket: listed.ticket.filter(|_| tickets), ..row(listed, &names) };
        let rows = found.into_iter().map(row).collect();
        Ok(self.page.page(rows, |row: &ConversationRow| row.id))
    }
}

fn row(listed: ListedConversation, names: &Names) -> ConversationRow {
    let conversation = listed.conversation;
    ConversationRow {
        id: conversation.id,
        channel: names.channel(conversation.channel_id),
        inbox: names.inbox(conversation.inbox_id),
        status: conversation.status,
        spam: conversation.spam,
        owner: names.user(conversation.owner_id),
        contact: listed.contact,
        subject: conversation.subject,
        messages: conversation.message_count,
        ticket: listed.ticket,
        started_at: conversation.started_at,
        closed_at: conversation.closed_at,
        last_message_at: conversation.last_message_at,
        last_direction: conversation.last_direction,
    }
}

/// A channel that a conversation was on, and from when.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OnChannel {
    pub channel: String,
    pub since_at: Time,
}

/// An attachment, with the number under which `conversations attachment` gives it out.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attached {
    pub position: i64,
    #[serde(flatten)]
    pub attachment: Attachment,
}

/// A message or comment with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageDetail {
    pub id: Id,
    pub sent_at: Time,
    pub direction: Direction,
    pub author: String,
    pub channel: String,
    #[serde(flatten)]
    pub body: Body,
    pub attachments: Vec<Attached>,
}

/// The ticket of a conversation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TicketBrief {
    pub id: Id,
    pub name: String,
    pub stage: String,
    pub owner: Option<String>,
    pub in_help_desk: bool,
}

/// A migration that moved a conversation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MovedBy {
    pub migration: Id,
    /// What it did with it.
    pub outcome: String,
}

/// A conversation with everything about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationDetail {
    pub id: Id,
    pub channel: String,
    pub inbox: String,
    pub in_help_desk: bool,
    pub status: Status,
    pub spam: bool,
    pub owner: Option<String>,
    pub subject: Option<String>,
    pub contacts: Vec<String>,
    pub company: Option<String>,
    pub thread: Option<String>,
    pub started_at: Time,
    pub closed_at: Option<Time>,
    pub last_message_at: Time,
    pub ticket: Option<TicketBrief>,
    pub channels: Vec<OnChannel>,
    pub messages: Vec<MessageDetail>,
    pub history: Vec<Event>,
    pub moved_by: Vec<MovedBy>,
}

/// Shows one conversation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub conversation: Id,
}

impl Operation for Show {
    const NAME: &'static str = "conversations.show";
    const WRITES: bool = false;
    type Output = ConversationDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ConversationDetail> {
        let loaded = look(desk, self.conversation)?;
        let names = Names::load(desk)?;
        let tickets = desk.shows_tickets();
        let ticket = loaded.ticket.filter(|_| tickets).map(|ticket| TicketBrief {
            id: ticket.id,
            stage: names.stage(ticket.stage_id).map_or_else(String::new, |stage| stage.full_name()),
            owner: names.user(ticket.owner_id),
            name: ticket.name,
            in_help_desk: ticket.in_help_desk,
        });
        let conversation = loaded.conversation;
        let ids = store::conversations::contacts_of(&mut desk.tx, &conversation)?;
        let since = store::conversations::channels_of(&mut desk.tx, conversation.id)?;
        let moves = store::conversations::moves_of(&mut desk.tx, conversation.id)?;
        let mut history = history(desk, &names, Object::Conversation, conversation.id)?;
        history.retain(|event| tickets || event.property != "ticket");
        Ok(ConversationDetail {
            id: conversation.id,
            channel: names.channel(conversation.channel_id),
            inbox: names.inbox(conversation.inbox_id),
            in_help_desk: loaded.in_help_desk,
            status: conversation.status,
            spam: conversation.spam,
            owner: names.user(conversation.owner_id),
            subject: conversation.subject,
            contacts: contact_names(desk, &ids)?,
            company: company_name(desk, conversation.company_id)?,
            thread: conversation.thread_key,
            started_at: conversation.started_at,
            closed_at: conversation.closed_at,
            last_message_at: conversation.last_message_at,
            ticket,
            channels: since.iter().map(|on| OnChannel { channel: names.channel(on.channel_id), since_at: on.since }).collect(),
            messages: message_details(desk, &names, conversation.id)?,
            history,
            moved_by: moves.into_iter().map(|(migration, outcome)| MovedBy { migration, outcome }).collect(),
        })
    }
}

/// What contacts are called, in the order of their ids.
pub fn contact_names(desk: &mut Desk<'_>, ids: &[Id]) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(ids.len());
    for id in ids {
        let contact = store::contacts::by_id(&mut desk.tx, *id)?;
        names.push(contact.and_then(|contact| contact.display_name()).unwrap_or_else(|| format!("#{id}")));
    }
    Ok(names)
}

pub fn company_name(desk: &mut Desk<'_>, id: Option<Id>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(store::contacts::company_by_id(&mut desk.tx, id)?.map(|company| company.name))
}

fn message_details(desk: &mut Desk<'_>, names: &Names, conversation: Id) -> Result<Vec<MessageDetail>> {
    let mut attachments = messages::all_attachments(&mut desk.tx, conversation)?.into_iter().peekable();
    let found = messages::of_conversation(&mut desk.tx, conversation)?;
    let detail = |message: crate::domain::conversation::Message| {
        let mut own = Vec::new();
        while let Some((_, attachment)) = attachments.next_if(|(id, _)| *id == message.id) {
            own.push(Attached { position: own.len() as i64 + 1, attachment });
        }
        MessageDetail {
            id: message.id,
            sent_at: message.at,
            direction: message.direction,
            author: message.author,
            channel: names.channel(message.channel_id),
            body: message.body,
            attachments: own,
        }
    };
    Ok(found.into_iter().map(detail).collect())
}
