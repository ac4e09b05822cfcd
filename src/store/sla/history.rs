//! What happened to tickets, as their clocks need it: batch by batch, without the texts.

use crate::args;
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::conversation::Direction;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::tickets;
use crate::store::visibility;
use crate::store::{ToArg, Tx};

/// Which tickets: those of the help desk that are no spam, that the viewer sees, made in `[from, before)`.
#[derive(Clone, Debug)]
pub struct Span<'a> {
    pub visibility: &'a Visibility,
    pub from: Time,
    pub before: Time,
}

/// Tickets per page: everything about a page is in memory at once.
pub const PAGE: i64 = 1_000;

/// The next tickets by id.
pub fn page(tx: &mut Tx<'_>, span: &Span<'_>, after: Id) -> Result<Vec<Ticket>> {
    let seen = visibility::condition(span.visibility, "t.owner_id", "t.team_id", 3);
    let mut args = vec![after.to_arg(), span.from.to_arg(), span.before.to_arg()];
    args.extend(seen.args());
    let sql = format!(
        "SELECT {} FROM tickets t WHERE t.id > $1 AND t.created_at >= $2 AND t.created_at < $3 AND t.in_help_desk = 1 AND t.spam = 0 \
         AND {} ORDER BY t.id LIMIT {PAGE}",
        tickets::COLUMNS,
        seen.sql
    );
    tx.query(&sql, &args, tickets::read)
}

/// How many tickets all pages have.
pub fn count(tx: &mut Tx<'_>, span: &Span<'_>) -> Result<i64> {
    let seen = visibility::condition(span.visibility, "t.owner_id", "t.team_id", 2);
    let mut args = vec![span.from.to_arg(), span.before.to_arg()];
    args.extend(seen.args());
    let sql = format!(
        "SELECT count(*) FROM tickets t WHERE t.created_at >= $1 AND t.created_at < $2 AND t.in_help_desk = 1 AND t.spam = 0 AND {}",
        seen.sql
    );
    tx.one(&sql, &args, |row| row.get())
}

/// A message without what it says.
pub struct Said {
    pub ticket: Id,
    pub conversation: Id,
    pub direction: Direction,
    pub by_bot: bool,
    pub at: Time,
}

/// Visits the messages and comments of tickets; those of one ticket in the order in which they were stored.
pub fn messages(tx: &mut Tx<'_>, tickets: &[Id], mut visit: impl FnMut(Said)) -> Result<()> {
    let dialect = tx.dialect();
    let sql = format!(
        "SELECT l.ticket_id, l.conversation_id, m.direction, m.by_bot, m.at FROM conversation_tickets l \
         JOIN messages m ON m.conversation_id = l.conversation_id WHERE l.ticket_id {} ORDER BY l.ticket_id, l.conversation_id, m.id",
        dialect.any_of(1)
    );
    tx.each(&sql, args![dialect.id_list(tickets)], |row| {
        visit(Said { ticket: row.get()?, conversation: row.get()?, direction: row.get()?, by_bot: row.get()?, at: row.get()? });
        Ok(())
    })
}

/// The same of a ticket into which others were merged (H10): of the conversations that came with them only what was said since.
pub fn messages_since_merging(tx: &mut Tx<'_>, ticket: Id, mut visit: impl FnMut(Said)) -> Result<()> {
    tx.each(
        "SELECT l.ticket_id, l.conversation_id, m.direction, m.by_bot, m.at FROM conversation_tickets l \
         JOIN messages m ON m.conversation_id = l.conversation_id WHERE l.ticket_id = $1 \
         AND NOT EXISTS (SELECT 1 FROM history y WHERE y.object = 'conversation' AND y.object_id = l.conversation_id \
         AND y.property = 'ticket' AND y.old_value IS NOT NULL AND y.new_value IS NOT NULL AND y.at > m.at) \
         ORDER BY l.conversation_id, m.id",
        args![ticket],
        |row| {
            visit(Said { ticket: row.get()?, conversation: row.get()?, direction: row.get()?, by_bot: row.get()?, at: row.get()? });
            Ok(())
        },
    )
}
