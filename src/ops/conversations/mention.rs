//! Colleagues whom a comment names (H12): they are told, and the ticket shows in their view My mentions.

use crate::domain::Id;
use crate::domain::access::Sight;
use crate::domain::bounds::distinct;
use crate::domain::conversation::Conversation;
use crate::domain::event::{Cause, Mentioned, What};
use crate::domain::mention::addresses;
use crate::domain::ticket::Ticket;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::ops::{Desk, users};
use crate::store;
use crate::store::mentions::Mention;

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
    let emails = users.iter().map(|user| user.email.clone()).collect();
    let author = desk.actor.name.clone();
    let mentioned = Mentioned { conversation: conversation.id, ticket, author, text: text.to_owned(), users };
    desk.writer(Cause::Command).record([What::Mentioned(Box::new(mentioned))])?;
    Ok(emails)
}

fn sees(user: &User, conversation: &Conversation, ticket: Option<&Ticket>, in_help_desk: bool) -> bool {
    user.active && Sight::of(user).sees(conversation, ticket, in_help_desk)
}
