//! Channels, and what lies on them.

use std::collections::HashMap;

use super::{Row, Tx, visibility};
use crate::args;
use crate::domain::Id;
use crate::domain::access::Sight;
use crate::domain::channel::{Channel, State};
use crate::error::Result;

const SELECT: &str = "SELECT c.id, c.name, c.kind, c.address, c.inbox_id, i.name, c.state, i.kind, c.settings, c.moved_by \
     FROM channels c JOIN inboxes i ON i.id = c.inbox_id";

fn read(row: &mut Row<'_>) -> Result<Channel> {
    Ok(Channel {
        id: row.get()?,
        name: row.get()?,
        kind: row.get()?,
        address: row.get()?,
        inbox_id: row.get()?,
        inbox: row.get()?,
        state: row.get()?,
        in_help_desk: row.get::<&str>()? == "help_desk",
        settings: row.json()?,
        moved_by: row.get()?,
    })
}

/// Every channel, by id. A migrating one is told by its active migration (`migrations::mark_migrating`).
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Channel>> {
    tx.query(&format!("{SELECT} ORDER BY c.id"), &[], read)
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Channel>> {
    tx.optional(&format!("{SELECT} WHERE c.id = $1"), args![id], read)
}

/// By address, in any case.
pub fn by_address(tx: &mut Tx<'_>, address: &str) -> Result<Option<Channel>> {
    tx.optional(&format!("{SELECT} WHERE c.address = $1"), args![address.trim().to_lowercase()], read)
}

/// By address, in any case, or by id. One that looks like both is taken as an address first.
pub fn find(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Channel>> {
    let found = by_address(tx, typed)?;
    match (found, typed.trim().parse::<Id>()) {
        (None, Ok(id)) => by_id(tx, id),
        (found, _) => Ok(found),
    }
}

/// Holds the channel still until the transaction ends: whoever writes a message shares it, the move takes it alone (M6).
pub fn hold(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.one("SELECT id FROM channels WHERE id = $1 {for_share}", args![id], |row| row.get::<i64>()).map(|_| ())
}

/// Writes a channel, new or changed. Addresses are kept in lower case.
pub fn put(tx: &mut Tx<'_>, channel: &Channel) -> Result<()> {
    let settings = serde_json::json!(channel.settings).to_string();
    let state = if channel.state == State::Disconnected { State::Disconnected } else { State::Connected };
    tx.execute(
        "INSERT INTO channels (id, name, kind, address, inbox_id, state, settings, moved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, address = excluded.address, inbox_id = excluded.inbox_id, \
         state = excluded.state, settings = excluded.settings, moved_by = excluded.moved_by",
        args![channel.id, channel.name, channel.kind, channel.address.to_lowercase(), channel.inbox_id, state, settings, channel.moved_by],
    )?;
    Ok(())
}

/// What lies on a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub open: i64,
    pub closed: i64,
    pub without_ticket: i64,
}

/// Counts by channel, of what the viewer may see.
pub fn counts(tx: &mut Tx<'_>, sight: &Sight) -> Result<HashMap<Id, Counts>> {
    let mut counts = HashMap::new();
    let limit = visibility::of_conversations(sight, 0);
    let args: Vec<_> = limit.args().collect();
    let link = visibility::ticket_of(sight);
    let ticket = if *sight == Sight::EVERYTHING { "" } else { "LEFT JOIN tickets t ON t.id = l.ticket_id" };
    let sql = format!(
        "SELECT c.channel_id, count(*), count(CASE WHEN c.status = 'OPEN' THEN 1 END), count(l.ticket_id) \
         FROM conversations c {link} {ticket} WHERE {} GROUP BY c.channel_id",
        limit.sql
    );
    tx.each(&sql, &args, |row| {
        let (channel, all, open, with_ticket): (Id, i64, i64, i64) = (row.get()?, row.get()?, row.get()?, row.get()?);
        counts.insert(channel, Counts { open, closed: all - open, without_ticket: all - with_ticket });
        Ok(())
    })?;
    Ok(counts)
}
