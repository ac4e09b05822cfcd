//! What should not be there, or is there no more: records without a conversation, tickets of nobody, conversations of other channels.

use super::run::Tally;
use super::{Problem, Sign, Verdict};
use crate::args;
use crate::domain::Id;
use crate::error::Result;
use crate::store::migrations::{Boundary, Run};
use crate::store::{Tx, migration_items};

/// Reports everything outside the channel's own conversations that this run touched, or that lost its object.
pub fn find(
    tx: &mut Tx<'_>,
    run: &Run,
    boundary: Boundary,
    tally: &mut Tally<'_>,
    tell: &mut dyn FnMut(Verdict) -> Result<()>,
) -> Result<()> {
    for item in migration_items::lost(tx, run.id)? {
        tally.take(Some(&item));
        let message = format!("conversation {} was moved and is gone", item.conversation_id);
        tell(verdict(Sign::Missing, Some(item.conversation_id), item.ticket_id, Problem::new("conversation_lost", message)))?;
    }
    // One that was deleted and came back after its conversation had got another ticket is made for none, and its history says so.
    let unexpected = "SELECT t.made_for, t.id FROM tickets t LEFT JOIN migration_items i ON i.run_id = t.made_by_run AND i.conversation_id = t.made_for \
         WHERE t.made_by_run = $1 AND i.conversation_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM history y WHERE y.object = 'ticket' AND y.object_id = t.id AND y.property = 'made_for') ORDER BY t.id";
    for (conversation, ticket) in ids(tx, unexpected, args![run.id])? {
        let message =
            format!("ticket {} says that this migration made it, and no moved conversation belongs to it", ticket.unwrap_or_default());
        tell(verdict(Sign::Unexpected, conversation, ticket, Problem::new("ticket_unexpected", message)))?;
    }
    // In the help desk although its channel is not, and neither a move by hand (H11) nor its channel history explains it.
    let foreign = "SELECT c.id, l.ticket_id FROM conversations c JOIN channels h ON h.id = c.channel_id \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
         WHERE c.inbox_id = $1 AND h.inbox_id <> $2 \
         AND NOT EXISTS (SELECT 1 FROM history y WHERE y.object = 'conversation' AND y.object_id = c.id AND y.property = 'inbox') \
         AND NOT EXISTS (SELECT 1 FROM conversation_channels o JOIN channels p ON p.id = o.channel_id \
                         WHERE o.conversation_id = c.id AND p.inbox_id = c.inbox_id) ORDER BY c.id";
    for (conversation, ticket) in ids(tx, foreign, args![run.help_desk_id, run.help_desk_id])? {
        let message = format!(
            "conversation {} of another channel lies in the help desk, and its history does not say why",
            conversation.unwrap_or_default()
        );
        tell(verdict(Sign::Unexpected, conversation, ticket, Problem::new("foreign_conversation", message)))?;
    }
    lost_since(tx, boundary, tell)
}

/// Conversations that began after the move and are gone, but for their messages or their history. No operation deletes one.
fn lost_since(tx: &mut Tx<'_>, boundary: Boundary, tell: &mut dyn FnMut(Verdict) -> Result<()>) -> Result<()> {
    let traces = [
        "SELECT DISTINCT m.conversation_id, CAST(NULL AS BIGINT) FROM messages m LEFT JOIN conversations c ON c.id = m.conversation_id \
         WHERE m.conversation_id > $1 AND c.id IS NULL ORDER BY 1",
        "SELECT DISTINCT y.object_id, CAST(NULL AS BIGINT) FROM history y LEFT JOIN conversations c ON c.id = y.object_id \
         WHERE y.object = 'conversation' AND y.object_id > $1 AND c.id IS NULL ORDER BY 1",
    ];
    let mut lost = Vec::new();
    for sql in traces {
        lost.extend(ids(tx, sql, args![boundary.conversation])?.into_iter().filter_map(|(conversation, _)| conversation));
    }
    lost.sort_unstable();
    lost.dedup();
    for conversation in lost {
        let message = format!("conversation {conversation} began after the move and is gone");
        tell(verdict(Sign::Missing, Some(conversation), None, Problem::new("conversation_lost", message)))?;
    }
    Ok(())
}

fn ids(tx: &mut Tx<'_>, sql: &str, args: &[crate::store::Arg<'_>]) -> Result<Vec<(Option<Id>, Option<Id>)>> {
    tx.query(sql, args, |row| Ok((row.get()?, row.get()?)))
}

fn verdict(sign: Sign, conversation: Option<Id>, ticket: Option<Id>, problem: Problem) -> Verdict {
    Verdict { sign, conversation, ticket, changed_since: false, arrival: false, problems: vec![problem] }
}
