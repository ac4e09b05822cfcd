//! M13: what becomes of one conversation when its channel moves with history.

use std::collections::BTreeMap;

use super::map::PreparedMap;
use crate::domain::Id;
use crate::domain::channel::Kind;
use crate::domain::conversation::Status;
use crate::domain::filter::{Fact, Facts, Key, Property};
use crate::domain::ticket::made_name;
use crate::domain::time::Time;
use crate::text_enum;

text_enum! {
    /// What the move did with a conversation.
    pub enum Outcome {
        /// It had no ticket: one was made.
        Made = "made",
        /// It had a ticket, which moved with it.
        Moved = "moved",
        /// It lay in the help desk already (H11) and lacked nothing.
        Kept = "kept",
    }
}

/// Users with help desk access when the run was prepared, and their main teams.
pub type Agents = BTreeMap<Id, Option<Id>>;

/// A conversation as the decision sees it.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub status: Status,
    pub spam: bool,
    pub owner: Option<Id>,
    pub subject: Option<&'a str>,
    pub contact: Option<&'a str>,
    pub kind: Kind,
    pub address: &'a str,
    pub started_at: Time,
    pub closed_at: Option<Time>,
    pub last_message_at: Time,
    pub message_count: i64,
    pub has_ticket: bool,
    /// It lies in the help desk already.
    pub in_help_desk: bool,
}

impl Facts for Subject<'_> {
    fn fact(&self, property: &Property) -> Fact<'_> {
        match property.key {
            Key::Status => Fact::Text(self.status.as_str()),
            Key::Owner => self.owner.into(),
            Key::StartedAt => Fact::Time(self.started_at),
            Key::ClosedAt => self.closed_at.into(),
            Key::LastMessageAt => Fact::Time(self.last_message_at),
            Key::Kind => Fact::Text(self.kind.as_str()),
            Key::Subject => self.subject.into(),
            Key::Channel => Fact::Text(self.address),
            Key::Contact => self.contact.into(),
            Key::HasTicket => Fact::Bool(self.has_ticket),
            Key::Spam => Fact::Bool(self.spam),
            Key::MessageCount => Fact::Number(self.message_count),
            _ => Fact::Missing,
        }
    }
}

/// The ticket to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeTicket {
    pub name: String,
    pub stage_id: Id,
    pub open: bool,
    pub owner: Option<Id>,
    pub team: Option<Id>,
    pub created_at: Time,
    pub closed_at: Option<Time>,
}

/// What the move does with one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub outcome: Outcome,
    /// The conversation's owner after the move: the one before if that user has access, else nobody.
    pub owner: Option<Id>,
    /// Whether an owner was lost (the report lists each).
    pub owner_lost: bool,
    pub made: Option<MadeTicket>,
}

/// Decides by M13.
pub fn decide(subject: &Subject<'_>, map: &PreparedMap<'_>, agents: &Agents) -> Decision {
    let owner = subject.owner.filter(|owner| agents.contains_key(owner));
    let owner_lost = subject.owner.is_some() && owner.is_none();
    let made = (!subject.has_ticket).then(|| {
        let target = map.target(subject);
        MadeTicket {
            name: made_name(subject.subject, subject.contact),
            stage_id: target.stage_id,
            open: target.open,
            owner,
            team: owner.and_then(|owner| agents.get(&owner).copied().flatten()),
            created_at: subject.started_at,
            closed_at: (!target.open).then(|| subject.closed_at.unwrap_or(subject.last_message_at)),
        }
    });
    let outcome = match (&made, subject.in_help_desk) {
        (Some(_), _) => Outcome::Made,
        (None, true) => Outcome::Kept,
        (None, false) => Outcome::Moved,
    };
    Decision { outcome, owner, owner_lost, made }
}
