//! Reaction: what changed on an object, by whom, is kept in its history.

use crate::domain::Id;
use crate::domain::conversation::{Conversation, Status};
use crate::domain::event::{Difference, Event, What};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::properties::{PROPERTIES, words};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;
use crate::store::history::{self, Object};

/// Notes what changed.
pub fn react(tx: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
    for event in events {
        for (object, id, changes) in notes(&event.what) {
            history::note(tx, object, id, event.at, event.actor, &changes)?;
        }
    }
    Ok(Vec::new())
}

/// What to note, on which objects.
fn notes(what: &What) -> Vec<(Object, Id, Vec<Difference>)> {
    let one = |object, id, property: &'static str, before, after| vec![(object, id, vec![Difference::new(property, before, after)])];
    match what {
        What::TicketCreated(ticket) => one(Object::Ticket, ticket.id, "created", None, ticket.source.map(|source| source.to_string())),
        What::TicketChanged(change) => vec![(Object::Ticket, change.after.id, ticket(&change.before, &change.after))],
        What::TicketContacts { ticket, removed, added } => vec![(Object::Ticket, *ticket, ties("contacts", removed, added))],
        What::TicketDeals { ticket, removed, added } => vec![(Object::Ticket, *ticket, ties("deals", removed, added))],
        What::TicketValue { ticket, change } => vec![(Object::Ticket, *ticket, vec![change.clone()])],
        What::TicketMerged { kept, gone } => vec![
            (Object::Ticket, kept.id, vec![Difference::new("merged", None, id(Some(gone.id)))]),
            (Object::Ticket, gone.id, vec![Difference::new("merged_into", None, id(Some(kept.id)))]),
        ],
        What::TicketDeleted { ticket, merged_into: None } => one(Object::Ticket, ticket.id, "deleted", None, Some(ticket.name.clone())),
        What::TicketRestored { change, .. } => {
            let back = Difference::new("deleted", Some(change.before.name.clone()), None);
            vec![(Object::Ticket, change.after.id, [vec![back], ticket(&change.before, &change.after)].concat())]
        }
        What::SlaCorrected { ticket, changes } => vec![(Object::Ticket, *ticket, changes.clone())],
        What::ConversationChanged(change) => vec![(Object::Conversation, change.after.id, conversation(&change.before, &change.after))],
        What::ConversationTicket { conversation, before, after } => {
            one(Object::Conversation, *conversation, "ticket", id(*before), id(*after))
        }
        What::MessageIdUsedAgain { conversation, first, again } => {
            let named = |message: &Id| Some(format!("message {message}"));
            one(Object::Conversation, *conversation, "message_id_used_again", named(first), named(again))
        }
        What::ContactCreated { contact, sender } => one(Object::Contact, *contact, "created", None, Some(sender.clone())),
        What::ContactChanged { contact, changes } => vec![(Object::Contact, *contact, changes.clone())],
        What::ChannelChanged { channel, changes } => vec![(Object::Channel, *channel, changes.clone())],
        // The merging is noted; messages and targets are kept for themselves.
        What::TicketDeleted { .. }
        | What::MessageAdded { .. }
        | What::Mentioned(_)
        | What::SlaTarget { .. }
        | What::CompanyChanged { .. } => Vec::new(),
    }
}

fn id(id: Option<Id>) -> Option<String> {
    id.map(|id| id.to_string())
}

/// RFC 3339.
fn time(time: Option<Time>) -> Option<String> {
    time.map(|time| time.to_string())
}

fn flag(flag: bool) -> Option<String> {
    Some(i64::from(flag).to_string())
}

/// One note for each that came or went.
fn ties(property: &'static str, removed: &[Id], added: &[Id]) -> Vec<Difference> {
    let gone = removed.iter().map(|one| Difference::new(property, id(Some(*one)), None));
    let come = added.iter().map(|one| Difference::new(property, None, id(Some(*one))));
    gone.chain(come).collect()
}

fn ticket(old: &Ticket, new: &Ticket) -> Vec<Difference> {
    let noted = PROPERTIES.iter().filter(|property| property.noted && (property.get)(old) != (property.get)(new));
    noted.map(|property| Difference::new(property.name, words((property.get)(old)), words((property.get)(new)))).collect()
}

fn conversation(old: &Conversation, new: &Conversation) -> Vec<Difference> {
    let status = |status: Status| Some(status.to_string());
    vec![
        Difference::new("status", status(old.status), status(new.status)),
        Difference::new("closed_at", time(old.closed_at), time(new.closed_at)),
        Difference::new("spam", flag(old.spam), flag(new.spam)),
        Difference::new("channel", id(Some(old.channel_id)), id(Some(new.channel_id))),
        Difference::new("thread_key", old.thread_key.clone(), new.thread_key.clone()),
        Difference::new("inbox", id(Some(old.inbox_id)), id(Some(new.inbox_id))),
        Difference::new("owner", id(old.owner_id), id(new.owner_id)),
    ]
}
