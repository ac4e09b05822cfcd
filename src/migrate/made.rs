//! M13: the ticket that a conversation without one gets.

use crate::domain::Id;
use crate::domain::channel::Kind;
use crate::domain::conversation::Conversation;
use crate::domain::migration::MadeTicket;
use crate::domain::ticket::{Source, Ticket};

/// The ticket of `c`, which came by a channel of this kind. `run` is none where it is only thought of.
pub fn ticket(id: Id, made: MadeTicket, c: &Conversation, kind: Kind, run: Option<Id>) -> Ticket {
    Ticket {
        id,
        name: made.name,
        stage_id: made.stage_id,
        open: made.open,
        owner_id: made.owner,
        team_id: made.team,
        source: Some(Source::from(kind)),
        contact_id: c.contact_id,
        company_id: c.company_id,
        created_at: made.created_at,
        closed_at: made.closed_at,
        last_activity_at: c.last_message_at,
        spam: c.spam,
        in_help_desk: true,
        made_for: Some(c.id),
        made_by_run: run,
        ..Ticket::default()
    }
}
