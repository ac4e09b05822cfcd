//! Reaction: who is told, by a row of the outbox (M9, H12).

use crate::domain::Id;
use crate::domain::access::{Sight, Visibility};
use crate::domain::channel::{Channel, RoutingMode};
use crate::domain::event::{Cause, Event, Mentioned, What};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::domain::user::User;
use crate::error::Result;
use crate::store::outbox::{self, Notice, NoticeKind, OutboxState};
use crate::store::{self, Tx};

/// How much of a comment a notice has, in characters.
const QUOTED: usize = 200;

pub fn react(tx: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
    for event in events {
        match (&event.what, event.cause) {
            (What::TicketCreated(ticket), Cause::Message { channel }) if ticket.in_help_desk => {
                tell_agents(tx, ticket, channel, event.at)?;
            }
            (What::TicketChanged(change), Cause::Message { channel }) if change.entered_help_desk() => {
                tell_agents(tx, &change.after, channel, event.at)?;
            }
            (What::Mentioned(mentioned), _) => tell_mentioned(tx, mentioned, event)?,
            _ => {}
        }
    }
    Ok(Vec::new())
}

/// M9: one notice to each who should look at a ticket that a message brought into the help desk. Never muted; none for spam (M13).
fn tell_agents(tx: &mut Tx<'_>, ticket: &Ticket, channel: Id, at: Time) -> Result<()> {
    let Some(channel) = store::channels::by_id(tx, channel)?.filter(|_| !ticket.spam) else { return Ok(()) };
    let text = format!("New ticket \"{}\" on {}", ticket.name, channel.address);
    let users = store::users::all(tx)?;
    let notice = |user: Id| notice(at, NoticeKind::NewTicket, user, text.clone(), Some(ticket.id));
    outbox::put(tx, recipients(&users, ticket, &channel).into_iter().map(notice).collect())
}

fn notice(at: Time, kind: NoticeKind, user_id: Id, text: String, ticket_id: Option<Id>) -> Notice {
    Notice { id: 0, at, kind, user_id, text, state: OutboxState::Pending, run_id: None, ticket_id }
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

/// One notice each; none to whoever wrote the comment. Of a ticket it tells those who may see tickets.
fn tell_mentioned(tx: &mut Tx<'_>, mentioned: &Mentioned, event: &Event) -> Result<()> {
    let shown = |user: &User| mentioned.ticket.as_ref().filter(|_| Sight::of(user).help_desk);
    let place = |user: &User| match shown(user) {
        Some(ticket) => format!("ticket {} \"{}\"", ticket.id, ticket.name),
        None => format!("conversation {}", mentioned.conversation),
    };
    let quoted = quoted(&mentioned.text);
    let text = |user: &User| format!("{} named you in a comment on {}: {quoted}", mentioned.author, place(user));
    let others = mentioned.users.iter().filter(|user| Some(user.id) != event.actor.user());
    let notice = |user: &User| notice(event.at, NoticeKind::Mention, user.id, text(user), shown(user).map(|ticket| ticket.id));
    outbox::put(tx, others.map(notice).collect())
}

fn quoted(text: &str) -> String {
    let mut quoted: String = text.trim().chars().take(QUOTED).collect();
    if text.trim().chars().count() > QUOTED {
        quoted.push('…');
    }
    quoted
}
