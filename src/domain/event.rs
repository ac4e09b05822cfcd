//! What happened to tickets, conversations, and the people and channels around them: one event for each change.
//!
//! An event says what was before and what is after, so that whoever reacts to it asks nobody else what changed. "Closed", "reopened",
//! "moved", "came into the help desk" are questions to one event, not events beside it: one command may do several of them at once,
//! and a reaction must not meet a half of it.

use std::borrow::Cow;

use super::Id;
use super::conversation::{Conversation, Direction};
use super::sla::clock::Transition;
use super::ticket::Ticket;
use super::time::Time;

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    User(Id),
    /// A migration, and the user who started it.
    Run {
        run: Id,
        started_by: Id,
    },
    /// deskctl itself: time that passed, clocks that were corrected.
    System,
}

impl Actor {
    /// The user who answers for it.
    pub fn user(self) -> Option<Id> {
        match self {
            Actor::User(user) | Actor::Run { started_by: user, .. } => Some(user),
            Actor::System => None,
        }
    }
}

/// Why it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody asked for just this.
    Command,
    /// A message came or went by a channel.
    Message { channel: Id },
    /// It followed from another event; the name of the reaction.
    Reaction(&'static str),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub at: Time,
    pub actor: Actor,
    pub cause: Cause,
    pub what: What,
}

/// A property that has another value, in the words of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub property: Cow<'static, str>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Difference {
    pub fn new(property: impl Into<Cow<'static, str>>, before: Option<String>, after: Option<String>) -> Difference {
        Difference { property: property.into(), before, after }
    }
}

/// One thing before a change and after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    pub before: T,
    pub after: T,
}

impl<T: Clone> Change<T> {
    pub fn of(before: &T, after: &T) -> Box<Change<T>> {
        Box::new(Change { before: before.clone(), after: after.clone() })
    }
}

impl Change<Ticket> {
    /// It is new in the help desk (H3).
    pub fn entered_help_desk(&self) -> bool {
        !self.before.in_help_desk && self.after.in_help_desk
    }

    pub fn closed(&self) -> bool {
        self.before.open && !self.after.open
    }

    pub fn reopened(&self) -> bool {
        !self.before.open && self.after.open
    }

    /// It stands in another stage.
    pub fn moved(&self) -> bool {
        self.before.stage_id != self.after.stage_id
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    TicketCreated(Box<Ticket>),
    TicketChanged(Box<Change<Ticket>>),
    /// Contacts were tied to a ticket, or parted from it.
    TicketContacts {
        ticket: Id,
        removed: Vec<Id>,
        added: Vec<Id>,
    },
    /// The same with deals.
    TicketDeals {
        ticket: Id,
        removed: Vec<Id>,
        added: Vec<Id>,
    },
    /// A custom property of a ticket has another value.
    TicketValue {
        ticket: Id,
        change: Difference,
    },
    /// A ticket took over what another one had (H10).
    TicketMerged {
        kept: Box<Ticket>,
        gone: Box<Ticket>,
    },
    /// A ticket is out of the way: deleted, or merged into another one.
    TicketDeleted {
        ticket: Box<Ticket>,
        merged_into: Option<Id>,
    },
    /// A ticket that was deleted at `since` is back, as it can be now.
    TicketRestored {
        change: Box<Change<Ticket>>,
        since: Time,
    },
    /// A target of a ticket started, was met, became overdue (S5).
    SlaTarget {
        ticket: Id,
        transition: Transition,
    },
    /// What the clocks said before a message came late, and what they say now (E1).
    SlaCorrected {
        ticket: Id,
        changes: Vec<Difference>,
    },
    ConversationChanged(Box<Change<Conversation>>),
    /// A conversation has another ticket, or none.
    ConversationTicket {
        conversation: Id,
        before: Option<Id>,
        after: Option<Id>,
    },
    /// A message or a comment was added to a conversation, exchanged at `at`.
    MessageAdded {
        conversation: Id,
        message: Id,
        at: Time,
        direction: Direction,
        by_bot: bool,
    },
    /// E2: another text came under the Message-ID of a known message.
    MessageIdUsedAgain {
        conversation: Id,
        first: Id,
        again: Id,
    },
    /// A comment names colleagues who may see the conversation (H12).
    Mentioned(Box<Mentioned>),
    /// A contact was made for a sender whom nobody knew.
    ContactCreated {
        contact: Id,
        sender: String,
    },
    ContactChanged {
        contact: Id,
        changes: Vec<Difference>,
    },
    CompanyChanged {
        company: Id,
    },
    ChannelChanged {
        channel: Id,
        changes: Vec<Difference>,
    },
}

/// A comment that names colleagues.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentioned {
    pub conversation: Id,
    pub ticket: Option<Ticket>,
    /// The author's name.
    pub author: String,
    pub text: String,
    /// Whom to tell.
    pub users: Vec<super::user::User>,
}
