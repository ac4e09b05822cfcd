//! Who is named in comments on a ticket (H12), and who follows it.

use super::Tx;
use crate::args;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::error::Result;

/// A comment of a ticket's conversation names a user.
pub struct Mention {
    pub ticket_id: Id,
    pub user_id: Id,
    /// The comment.
    pub message_id: Id,
    pub at: Time,
}

crate::record!(m: Mention => "mentions" [3] {
    ticket_id: Int = m.ticket_id,
    user_id: Int = m.user_id,
    message_id: Int = m.message_id,
    at: Int = m.at,
});

/// A user follows a ticket.
pub struct Follower {
    pub user_id: Id,
    pub ticket_id: Id,
}

crate::record!(f: Follower => "ticket_followers" [2] { user_id: Int = f.user_id, ticket_id: Int = f.ticket_id });

pub fn follow(tx: &mut Tx<'_>, user: Id, ticket: Id) -> Result<bool> {
    let sql = "INSERT INTO ticket_followers (user_id, ticket_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.execute(sql, args![user, ticket]).map(|rows| rows > 0)
}

pub fn unfollow(tx: &mut Tx<'_>, user: Id, ticket: Id) -> Result<bool> {
    tx.execute("DELETE FROM ticket_followers WHERE user_id = $1 AND ticket_id = $2", args![user, ticket]).map(|rows| rows > 0)
}

/// Who follows a ticket, by id.
pub fn followers(tx: &mut Tx<'_>, ticket: Id) -> Result<Vec<Id>> {
    tx.query("SELECT user_id FROM ticket_followers WHERE ticket_id = $1 ORDER BY user_id", args![ticket], |row| row.get())
}

/// One ticket's mentions and followers become another's.
pub fn hand_over(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<()> {
    tx.execute("UPDATE mentions SET ticket_id = $1 WHERE ticket_id = $2", args![to, from])?;
    tx.execute(
        "INSERT INTO ticket_followers (user_id, ticket_id) \
         SELECT user_id, CAST($1 AS BIGINT) FROM ticket_followers WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        args![to, from],
    )?;
    tx.execute("DELETE FROM ticket_followers WHERE ticket_id = $1", args![from]).map(drop)
}
