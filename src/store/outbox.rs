//! What would be sent to whom: notices to users, kept apart from the transactions that cause them.

use serde::{Deserialize, Serialize};

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::error::Result;
use crate::text_enum;

text_enum! {
    pub enum OutboxState { Pending = "pending", Muted = "muted", Delivered = "delivered", Discarded = "discarded" }
}
text_enum! {
    /// One notice for an arrival, or one with counts for a whole migration (M9); one to a colleague whom a comment names (H12).
    pub enum NoticeKind { NewTicket = "new_ticket", Migration = "migration", Mention = "mention" }
}
crate::stored_as_text!(OutboxState, NoticeKind);

/// One notice to one user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub id: Id,
    pub at: Time,
    pub kind: NoticeKind,
    pub user_id: Id,
    pub text: String,
    pub state: OutboxState,
    pub run_id: Option<Id>,
    pub ticket_id: Option<Id>,
}

crate::record!(n: Notice => "outbox" {
    id: Int = n.id,
    at: Int = n.at,
    kind: Text = n.kind,
    user_id: Int = n.user_id,
    text: Text = n.text,
    state: Text = n.state,
    run_id: Int = n.run_id,
    ticket_id: Int = n.ticket_id,
});

/// Puts notices into the outbox, giving them ids.
pub fn put(tx: &mut Tx<'_>, mut notices: Vec<Notice>) -> Result<()> {
    let ids = tx.new_ids("outbox", notices.len())?;
    for (notice, id) in notices.iter_mut().zip(ids) {
        notice.id = id;
    }
    tx.insert(&notices)
}

fn read(row: &mut Row<'_>) -> Result<Notice> {
    Ok(Notice {
        id: row.get()?,
        at: row.get()?,
        kind: row.get()?,
        user_id: row.get()?,
        text: row.get()?,
        state: row.get()?,
        run_id: row.get()?,
        ticket_id: row.get()?,
    })
}

const SELECT: &str = "SELECT id, at, kind, user_id, text, state, run_id, ticket_id FROM outbox";

/// Which notices to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<OutboxState>,
    pub kind: Option<NoticeKind>,
    pub user: Option<Id>,
}

/// A page, newest first; `before` is the id of the last one seen.
pub fn page(tx: &mut Tx<'_>, filter: &Filter, before: Id, limit: i64) -> Result<Vec<Notice>> {
    let sql = format!(
        "{SELECT} WHERE id < $1 AND ($2 = 1 OR state = $3) AND ($4 = 1 OR kind = $5) AND ($6 = 1 OR user_id = $7) ORDER BY id DESC LIMIT $8"
    );
    let Filter { state, kind, user } = filter;
    tx.query(&sql, args![before, state.is_none(), state, kind.is_none(), kind, user.is_none(), user, limit], read)
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Notice>> {
    tx.optional(&format!("{SELECT} WHERE id = $1"), args![id], read)
}
