//! What changed on an object, by whom and when: the explanation that `verify` accepts.

use serde::{Deserialize, Serialize};

use super::{Readable, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::event::{Actor, Difference};
use crate::domain::time::Time;
use crate::error::Result;
use crate::text_enum;

text_enum! {
    /// What kind of object a history row is about.
    pub enum Object { Ticket = "ticket", Conversation = "conversation", Channel = "channel", Contact = "contact" }
}
crate::stored_as_text!(Object);

/// One change of one property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub object: Object,
    pub object_id: Id,
    /// Counts from 1 within the object.
    pub position: i64,
    pub at: Time,
    pub actor_id: Option<Id>,
    pub property: String,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    /// The migration that made the change.
    pub run_id: Option<Id>,
}

crate::row!(Change => "history" as "h" {
    object: Text,
    object_id: Int,
    position: Int,
    at: Int,
    actor_id: Int,
    property: Text,
    old_value: Text,
    new_value: Text,
    run_id: Int,
});

/// The position that the next change of an object takes.
pub fn next_position(tx: &mut Tx<'_>, object: Object, id: Id) -> Result<i64> {
    tx.one("SELECT coalesce(max(position), 0) FROM history WHERE object = $1 AND object_id = $2", args![object, id], |row| row.get::<i64>())
        .map(|last| last + 1)
}

/// Notes what changed of one object; what is as it was is left out.
pub fn note(tx: &mut Tx<'_>, object: Object, id: Id, at: Time, actor: Actor, changes: &[Difference]) -> Result<()> {
    let changed: Vec<_> = changes.iter().filter(|change| change.before != change.after).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let first = next_position(tx, object, id)?;
    let rows: Vec<Change> = changed
        .into_iter()
        .zip(first..)
        .map(|(change, position)| Change {
            object,
            object_id: id,
            position,
            at,
            actor_id: actor.user(),
            property: change.property.clone().into_owned(),
            old_value: change.before.clone(),
            new_value: change.after.clone(),
            run_id: match actor {
                Actor::Run { run, .. } => Some(run),
                Actor::User(_) | Actor::System => None,
            },
        })
        .collect();
    tx.insert(&rows)
}

/// An object's changes, oldest first.
pub fn of(tx: &mut Tx<'_>, object: Object, id: Id) -> Result<Vec<Change>> {
    tx.query(
        &format!("SELECT {} FROM history h WHERE object = $1 AND object_id = $2 ORDER BY position", Change::COLUMNS),
        args![object, id],
        Change::read,
    )
}

/// The changes of several objects, each in order.
pub fn of_many(tx: &mut Tx<'_>, object: Object, ids: &[Id]) -> Result<Vec<Change>> {
    let dialect = tx.dialect();
    let sql = format!(
        "SELECT {} FROM history h WHERE object = $1 AND object_id {} ORDER BY object_id, position",
        Change::COLUMNS,
        dialect.any_of(2)
    );
    tx.query(&sql, args![object, dialect.id_list(ids)], Change::read)
}

/// A change's place in the order of several objects: when, whose, which.
pub type Place = (Time, Id, i64);

/// The newest changes of several objects, the newest first; before the place where the page before ended.
pub fn newest(tx: &mut Tx<'_>, object: Object, ids: &[Id], before: Option<Place>, limit: i64) -> Result<Vec<Change>> {
    let dialect = tx.dialect();
    let (at, id, position) = before.unwrap_or((Time(i64::MAX), Id::MAX, i64::MAX));
    let changes = format!(
        "SELECT {} FROM history h WHERE object = $1 AND (at, object_id, position) < ($2, $3, $4) AND object_id {}",
        Change::COLUMNS,
        dialect.any_of(5)
    );
    let sql = [&changes, " ORDER BY at DESC, object_id DESC, position DESC LIMIT $6"].concat();
    tx.query(&sql, args![object, at, id, position, dialect.id_list(ids), limit], Change::read)
}
