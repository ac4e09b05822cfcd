//! What would be sent to whom: notices to users, kept apart from the transactions that cause them.

use serde::{Deserialize, Serialize};

use super::{Readable, Tx};
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

crate::row!(Notice => "outbox" as "o" {
    id: Int,
    at: Int,
    kind: Text,
    user_id: Int,
    text: Text,
    state: Text,
    run_id: Int,
    ticket_id: Int,
});

/// Puts notices into the outbox, giving them ids.
pub fn put(tx: &mut Tx<'_>, mut notices: Vec<Notice>) -> Result<()> {
    let ids = tx.new_ids("outbox", notices.len())?;
    for (notice, id) in notices.iter_mut().zip(ids) {
        notice.id = id;
    }
    tx.insert(&notices)
}

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
        "SELECT {} FROM outbox o WHERE id < $1 AND ($2 = 1 OR state = $3) AND ($4 = 1 OR kind = $5) AND ($6 = 1 OR user_id = $7) ORDER BY id DESC LIMIT $8",
        Notice::COLUMNS
    );
    let Filter { state, kind, user } = filter;
    tx.query(&sql, args![before, state.is_none(), state, kind.is_none(), kind, user.is_none(), user, limit], Notice::read)
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Notice>> {
    tx.optional(&format!("SELECT {} FROM outbox o WHERE id = $1", Notice::COLUMNS), args![id], Notice::read)
}
