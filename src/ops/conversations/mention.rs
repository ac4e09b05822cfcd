//! Colleagues whom a comment names (H12): they are told, and the ticket shows in their view My mentions.

use crate::domain::Id;
use crate::domain::access::Sight;
use crate::domain::bounds::distinct;
use crate::domain::conversation::Conversation;
use crate::domain::mention::addresses;
use crate::domain::ticket::Ticket;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::ops::{Desk, users};
use crate::store;
use crate::store::mentions::Mention;
use crate::store::outbox::{self, Notice, NoticeKind, OutboxState};

/// How much of the comment a notice has, in characters.
const QUOTED: usize = 200;

/// Tells the users whom a comment names, and notes them. Whoever cannot see the conversation is not told (H2): one who is named
/// apart from the text is refused, an address in the text is left a text.
pub(super) fn tell(desk: &mut Desk<'_>, conversation: &Conversation, message: Id, text: &str, named: &[String]) -> Result<Vec<String>> {
    let ticket = store::tickets::of_conversation(&mut desk.tx, conversation.id)?;
    let in_help_desk = store::inboxes::is_help_desk(&mut desk.tx, conversation.inbox_id)?;
    let seen = |user: &User| sees(user, conversation, ticket.as_ref(), in_help_desk);
    let mut users: Vec<User> = Vec::new();
    for typed in distinct(named) {
        let user = users::user(desk, &typed)?;
        if !seen(&user) {
            let message = format!("{} cannot see conversation {}", user.email, conversation.id);
            return Err(Error::refused("cannot_see", "H2", message).hint("name someone who can, or assign it first"));
        }
        users.push(user);
    }
    for address in addresses(text) {
        match store::users::by_email(&mut desk.tx, &address)? {
            Some(user) if seen(&user) => users.push(user),
            Some(user) => desk.notice(format!("{} cannot see conversation {}, and is not told", user.email, conversation.id)),
            None => {}
        }
    }
    let mut known: Vec<Id> = Vec::new();
    users.retain(|user| {
        !known.contains(&user.id) && {
            known.push(user.id);
            true
        }
    });
    if let Some(ticket) = &ticket {
        let mention = |user: &User| Mention { ticket_id: ticket.id, user_id: user.id, message_id: message, at: desk.now };
        let rows: Vec<Mention> = users.iter().map(mention).collect();
        desk.tx.insert(&rows)?;
    }
    notify(desk, conversation, ticket.as_ref(), text, &users)?;
    Ok(users.into_iter().map(|user| user.email).collect())
}

fn sees(user: &User, conversation: &Conversation, ticket: Option<&Ticket>, in_help_desk: bool) -> bool {
    user.active && Sight::of(user).sees(conversation, ticket, in_help_desk)
}

/// One notice each; none to whoever wrote the comment. Of a ticket it tells those who may see tickets.
fn notify(desk: &mut Desk<'_>, conversation: &Conversation, ticket: Option<&Ticket>, text: &str, users: &[User]) -> Result<()> {
    let shown = |user: &User| ticket.filter(|_| Sight::of(user).help_desk);
    let place = |user: &User| match shown(user) {
        Some(ticket) => format!("ticket {} \"{}\"", ticket.id, ticket.name),
        None => format!("conversation {}", conversation.id),
    };
    let mut quoted: String = text.trim().chars().take(QUOTED).collect();
    if text.trim().chars().count() > QUOTED {
        quoted.push('…');
    }
    let notice = |user: &User| Notice {
        id: 0,
        at: desk.now,
        kind: NoticeKind::Mention,
        user_id: user.id,
        text: format!("{} named you in a comment on {}: {quoted}", desk.actor.name, place(user)),
        state: OutboxState::Pending,
        run_id: None,
        ticket_id: shown(user).map(|ticket| ticket.id),
    };
    let notices: Vec<Notice> = users.iter().filter(|user| user.id != desk.actor.id).map(notice).collect();
    outbox::put(&mut desk.tx, notices)
}
