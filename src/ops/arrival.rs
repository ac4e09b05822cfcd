//! What a conversation gets by where it lies: its ticket, and its place in the help desk (A1, M6, M11, M21).
//!
//! Everything here happens in the transaction of the message, or of the move by hand, that causes it.

use super::Desk;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::Conversation;
use crate::domain::event::Cause;
use crate::domain::pipeline::Stage;
use crate::domain::ticket::{Source, Ticket, made_name};
use crate::domain::time::Time;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::lifecycle::held_ticket;
use crate::store;

/// The ticket of a conversation that has just begun on `channel`: in the help desk always (M11), in an inbox only where the
/// channel's settings say so (A1). The help desk's agents are told, one notice each (M9).
pub fn begin(desk: &mut Desk<'_>, conversation: &Conversation, channel: &Channel) -> Result<Option<Ticket>> {
    if !channel.in_help_desk && !channel.settings.ticket_creation.enabled {
        return Ok(None);
    }
    let cause = Cause::Message { channel: channel.id };
    make_ticket(desk, cause, conversation, channel, channel.in_help_desk, conversation.started_at).map(Some)
}

/// The ticket of a conversation in the help desk whose own was deleted, and to which the customer writes at `at`: a new one, of
/// which the agents are told. Nothing happens where there is a ticket, or where the conversation lies elsewhere.
pub fn begin_again(desk: &mut Desk<'_>, conversation: &Conversation, at: Time) -> Result<()> {
    if store::tickets::of_conversation(&mut desk.tx, conversation.id)?.is_some()
        || !store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?
    {
        return Ok(());
    }
    let Some(channel) = store::channels::by_id(&mut desk.tx, conversation.channel_id)? else { return Ok(()) };
    make_ticket(desk, Cause::Message { channel: channel.id }, conversation, &channel, true, at).map(drop)
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
    let cause = Cause::Message { channel: channel.id };
    let mut writer = desk.writer(cause);
    match later.filter(|later| later.channel_id == channel.id && next.is_none()) {
        Some(later) => writer.stay_earlier(later, at)?,
        None => writer.stay(conversation.id, channel.id, at)?,
    }
    if let Some(next) = next {
        writer.stay(conversation.id, there, next)?;
    }
    if !newest {
        return Ok(());
    }
    change_channel(desk, conversation, channel)?;
    if channel.in_help_desk && !store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)? {
        enter(desk, cause, conversation, channel, at)?;
    }
    Ok(())
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
    desk.writer(Cause::Message { channel: channel.id }).change_conversation(&before, conversation)
}

/// Puts a conversation that lies elsewhere into the help desk (M21, H11): its ticket comes along, or one is made by M11, as of
/// `at`; an owner without help desk access is dropped from the conversation.
pub fn enter(desk: &mut Desk<'_>, cause: Cause, conversation: &mut Conversation, channel: &Channel, at: Time) -> Result<Ticket> {
    let before = conversation.clone();
    conversation.inbox_id = store::inboxes::help_desk(&mut desk.tx)?.id;
    conversation.owner_id = agent(desk, before.owner_id)?.map(|owner| owner.id);
    desk.writer(cause).change_conversation(&before, conversation)?;
    let Some(known) = held_ticket(&mut desk.tx, conversation.id)? else {
        return make_ticket(desk, cause, conversation, channel, true, at);
    };
    let ticket = Ticket { in_help_desk: true, ..known.clone() };
    desk.writer(cause).change_ticket(&known, &ticket)?;
    Ok(ticket)
}

/// The user, if there is one and that one has help desk access (H2).
fn agent(desk: &mut Desk<'_>, user: Option<Id>) -> Result<Option<User>> {
    let Some(id) = user else { return Ok(None) };
    Ok(store::users::by_id(&mut desk.tx, id)?.filter(User::has_help_desk_access))
}

/// Makes a conversation's ticket, as of `at`.
fn make_ticket(
    desk: &mut Desk<'_>,
    cause: Cause,
    conversation: &Conversation,
    channel: &Channel,
    in_help_desk: bool,
    at: Time,
) -> Result<Ticket> {
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
        source: Some(Source::from(channel.kind)),
        contact_id: conversation.contact_id,
        company_id: conversation.company_id,
        created_at: at,
        closed_at: (!stage.is_open()).then_some(at),
        last_activity_at: at.max(conversation.last_message_at),
        spam: conversation.spam,
        in_help_desk,
        made_for: Some(conversation.id),
        ..Ticket::default()
    };
    desk.writer(cause).create_ticket(&ticket)?;
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
