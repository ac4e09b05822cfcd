//! What a conversation gets by where it lies: its ticket, its place in the help desk, and who is told (A1, M6, M9, M11, M21).
//!
//! Everything here happens in the transaction of the message, or of the move by hand, that causes it.

use super::Desk;
use super::names::{flag_text, id_text};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::channel::{Channel, RoutingMode};
use crate::domain::conversation::Conversation;
use crate::domain::pipeline::Stage;
use crate::domain::ticket::{Source, Ticket, made_name};
use crate::domain::time::Time;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::sla::events as sla;
use crate::store::conversations::ChannelSince;
use crate::store::history::{self, Object};
use crate::store::outbox::{self, Notice, NoticeKind, OutboxState};
use crate::store::tickets::Link;
use crate::store::{self};

/// The ticket of a conversation that has just begun on `channel`: in the help desk always (M11), in an inbox only where the
/// channel's settings say so (A1). The help desk's agents are told, one notice each (M9).
pub fn begin(desk: &mut Desk<'_>, conversation: &Conversation, channel: &Channel) -> Result<Option<Ticket>> {
    if !channel.in_help_desk && !channel.settings.ticket_creation.enabled {
        return Ok(None);
    }
    let ticket = make_ticket(desk, conversation, channel, channel.in_help_desk, conversation.started_at)?;
    if channel.in_help_desk {
        tell_agents(desk, &ticket, channel)?;
    }
    Ok(Some(ticket))
}

/// The ticket of a conversation in the help desk whose own was deleted, and to which the customer writes at `at`: a new one, of
/// which the agents are told. Nothing happens where there is a ticket, or where the conversation lies elsewhere. Tells whether one
/// was made.
pub fn begin_again(desk: &mut Desk<'_>, conversation: &Conversation, at: Time) -> Result<bool> {
    if store::tickets::of_conversation(&mut desk.tx, conversation.id)?.is_some()
        || !store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?
    {
        return Ok(false);
    }
    let Some(channel) = store::channels::by_id(&mut desk.tx, conversation.channel_id)? else { return Ok(false) };
    let ticket = make_ticket(desk, conversation, &channel, true, at)?;
    tell_agents(desk, &ticket, &channel)?;
    Ok(true)
}

/// From `at` on the conversation is on `channel` too. Where that is its newest one by time it moves there (M21), and into the
/// help desk with it if the channel is in there and the conversation is not. Leaving the help desk's channels for an inbox's
/// leaves the conversation in the help desk (H3). Both channels must be held.
///
/// What comes late takes its place in the channel history (E1): the conversation was on `channel` from `at` until its next message.
pub fn join(desk: &mut Desk<'_>, conversation: &mut Conversation, channel: &Channel, at: Time) -> Result<()> {
    let past = store::conversations::channels_of(&mut desk.tx, conversation.id)?;
    // Before its beginning it counts as being where it began.
    let there = past.iter().rev().find(|entry| entry.since <= at).or(past.first());
    let there = there.map_or(conversation.channel_id, |entry| entry.channel_id);
    if there == channel.id {
        return Ok(());
    }
    let later = past.iter().find(|entry| entry.since > at);
    let next = match at < conversation.last_message_at {
        true => store::messages::next_after(&mut desk.tx, conversation.id, at, later.map(|entry| entry.since))?,
        false => None,
    };
    let newest = later.is_none() && next.is_none();
    if newest {
        crate::migrate::pull(&mut desk.tx, desk.now, conversation.id)?;
        if let Some(pulled) = store::conversations::by_id(&mut desk.tx, conversation.id)? {
            *conversation = pulled;
        }
    }
    match later.filter(|later| later.channel_id == channel.id && next.is_none()) {
        // It was there earlier than was known.
        Some(later) => desk.tx.update(&[ChannelSince { since: at, ..later.clone() }])?,
        None => stay(desk, conversation.id, channel.id, at)?,
    }
    if let Some(next) = next {
        stay(desk, conversation.id, there, next)?;
    }
    if !newest {
        return Ok(());
    }
    change_channel(desk, conversation, channel)?;
    if channel.in_help_desk && !store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)? {
        let entered = enter(desk, conversation, channel, at)?;
        if entered.fresh {
            tell_agents(desk, &entered.ticket, channel)?;
        }
    }
    Ok(())
}

/// From `since` on the conversation was on a channel.
fn stay(desk: &mut Desk<'_>, conversation_id: Id, channel_id: Id, since: Time) -> Result<()> {
    let id = desk.tx.new_id("conversation_channels")?;
    desk.tx.insert(&[ChannelSince { id, conversation_id, channel_id, since }])
}

fn change_channel(desk: &mut Desk<'_>, conversation: &mut Conversation, channel: &Channel) -> Result<()> {
    let before = conversation.clone();
    conversation.channel_id = channel.id;
    if let Some(key) = &conversation.thread_key
        && store::conversations::by_thread(&mut desk.tx, channel.id, key)?.is_some()
    {
        // Another conversation has this key on the new channel, and keys are unique there.
        conversation.thread_key = None;
    }
    desk.tx.update(std::slice::from_ref(conversation))?;
    let changes = [
        ("channel", id_text(Some(before.channel_id)), id_text(Some(conversation.channel_id))),
        ("thread_key", before.thread_key, conversation.thread_key.clone()),
    ];
    history::note(&mut desk.tx, Object::Conversation, conversation.id, desk.now, desk.actor.id, &changes)
}

/// The ticket with which a conversation lies in the help desk.
pub struct Entered {
    pub ticket: Ticket,
    /// It is new there.
    pub fresh: bool,
}

/// Puts a conversation that lies elsewhere into the help desk (M21, H11): its ticket comes along, or one is made by M11, as of
/// `at`; an owner without help desk access is dropped from the conversation.
pub fn enter(desk: &mut Desk<'_>, conversation: &mut Conversation, channel: &Channel, at: Time) -> Result<Entered> {
    let before = conversation.clone();
    conversation.inbox_id = store::inboxes::help_desk(&mut desk.tx)?.id;
    conversation.owner_id = agent(desk, before.owner_id)?.map(|owner| owner.id);
    desk.tx.update(std::slice::from_ref(conversation))?;
    let changes = [
        ("inbox", id_text(Some(before.inbox_id)), id_text(Some(conversation.inbox_id))),
        ("owner", id_text(before.owner_id), id_text(conversation.owner_id)),
    ];
    history::note(&mut desk.tx, Object::Conversation, conversation.id, desk.now, desk.actor.id, &changes)?;
    let Some(mut ticket) = held_ticket(desk, conversation.id)? else {
        return Ok(Entered { ticket: make_ticket(desk, conversation, channel, true, at)?, fresh: true });
    };
    let fresh = !ticket.in_help_desk;
    if fresh {
        ticket.in_help_desk = true;
        desk.tx.update(std::slice::from_ref(&ticket))?;
        store::search::tickets_changed(&mut desk.tx, &[ticket.id])?;
        let changes = [("in_help_desk", flag_text(false), flag_text(true))];
        history::note(&mut desk.tx, Object::Ticket, ticket.id, desk.now, desk.actor.id, &changes)?;
        sla::came(&mut desk.tx, &ticket, desk.now)?;
    }
    Ok(Entered { ticket, fresh })
}

/// A conversation's ticket, held until the transaction ends.
pub fn held_ticket(desk: &mut Desk<'_>, conversation: Id) -> Result<Option<Ticket>> {
    match store::tickets::of_conversation(&mut desk.tx, conversation)? {
        Some(ticket) => store::tickets::by_id(&mut desk.tx, ticket.id),
        None => Ok(None),
    }
}

/// The user, if there is one and that one has help desk access (H2).
fn agent(desk: &mut Desk<'_>, user: Option<Id>) -> Result<Option<User>> {
    let Some(id) = user else { return Ok(None) };
    Ok(store::users::by_id(&mut desk.tx, id)?.filter(User::has_help_desk_access))
}

/// Makes and links a conversation's ticket, as of `at`.
fn make_ticket(desk: &mut Desk<'_>, conversation: &Conversation, channel: &Channel, in_help_desk: bool, at: Time) -> Result<Ticket> {
    let stage = first_stage(desk, channel)?;
    let contact = match conversation.contact_id {
        Some(id) => store::contacts::by_id(&mut desk.tx, id)?.and_then(|contact| contact.display_name()),
        None => None,
    };
    let owner = conversation.owner_id.map(|id| store::users::by_id(&mut desk.tx, id)).transpose()?.flatten();
    let ticket = Ticket {
        id: desk.tx.new_id("tickets")?,
        name: made_name(conversation.subject.as_deref(), contact.as_deref()),
        stage_id: stage.id,
        open: stage.is_open(),
        owner_id: owner.as_ref().map(|owner| owner.id),
        team_id: owner.as_ref().and_then(|owner| owner.team_id),
        priority: None,
        category: None,
        source: Some(Source::from(channel.kind)),
        description: None,
        contact_id: conversation.contact_id,
        company_id: conversation.company_id,
        created_at: at,
        closed_at: (!stage.is_open()).then_some(at),
        last_activity_at: at.max(conversation.last_message_at),
        spam: conversation.spam,
        in_help_desk,
        made_for: Some(conversation.id),
        made_by_run: None,
    };
    desk.tx.insert(std::slice::from_ref(&ticket))?;
    store::tickets::take_contacts(&mut desk.tx, ticket.id, conversation.id)?;
    desk.tx.insert(&[Link { conversation_id: conversation.id, ticket_id: ticket.id }])?;
    let (now, actor) = (desk.now, desk.actor.id);
    let created = [("created", None, ticket.source.map(|source| source.to_string()))];
    history::note(&mut desk.tx, Object::Ticket, ticket.id, now, actor, &created)?;
    history::note(&mut desk.tx, Object::Conversation, conversation.id, now, actor, &[("ticket", None, id_text(Some(ticket.id)))])?;
    sla::came(&mut desk.tx, &ticket, now)?;
    Ok(ticket)
}

/// M11: the stage that the channel's ticket creation settings name, else the first open stage of the first pipeline.
fn first_stage(desk: &mut Desk<'_>, channel: &Channel) -> Result<Stage> {
    let stages = store::pipelines::stages(&mut desk.tx)?;
    let named = channel.settings.ticket_creation.stage.and_then(|id| stages.iter().find(|stage| stage.id == id));
    let pipeline = stages.first().map(|stage| stage.pipeline_id);
    let first_open = || stages.iter().find(|stage| Some(stage.pipeline_id) == pipeline && stage.is_open());
    named.or_else(first_open).cloned().ok_or_else(|| {
        Error::refused("no_open_stage", "M11", "the first pipeline has no open stage in which a new ticket could stand")
            .hint("make one, or name a stage in the channel's ticket creation settings")
    })
}

/// M9: one notice to each who should look at a ticket that is new in the help desk. Never muted; none for spam (M13).
fn tell_agents(desk: &mut Desk<'_>, ticket: &Ticket, channel: &Channel) -> Result<()> {
    if ticket.spam {
        return Ok(());
    }
    let text = format!("New ticket \"{}\" on {}", ticket.name, channel.address);
    let notice = |user: Id| Notice {
        id: 0,
        at: desk.now,
        kind: NoticeKind::NewTicket,
        user_id: user,
        text: text.clone(),
        state: OutboxState::Pending,
        run_id: None,
        ticket_id: Some(ticket.id),
    };
    let users = store::users::all(&mut desk.tx)?;
    outbox::put(&mut desk.tx, recipients(&users, ticket, channel).into_iter().map(notice).collect())
}

/// The owner if the ticket has one; else whom the channel's routing names; else all who may see unassigned tickets (H2, H8).
/// Only users with help desk access.
fn recipients(users: &[User], ticket: &Ticket, channel: &Channel) -> Vec<Id> {
    let routing = &channel.settings.routing;
    let pick = |wanted: &dyn Fn(&User) -> bool| -> Vec<Id> {
        users.iter().filter(|user| user.has_help_desk_access() && wanted(user)).map(|user| user.id).collect()
    };
    let first = match (ticket.owner_id, routing.mode) {
        (Some(owner), _) => pick(&|user| user.id == owner),
        (None, RoutingMode::Users) => pick(&|user| routing.users.contains(&user.id)),
        (None, RoutingMode::Teams) => pick(&|user| user.teams().any(|team| routing.teams.contains(&team))),
        (None, RoutingMode::NoOne | RoutingMode::Skill) => Vec::new(),
    };
    if first.is_empty() { pick(&|user| Visibility::of(user).sees(None, None)) } else { first }
}
