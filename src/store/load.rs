//! What loading a whole account needs of the store: the document's own ids, and emptying what is there.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::schema;
use super::search;
use super::{Arg, Dialect, Store, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::error::Result;

/// The kinds of item that other items of a document refer to, and whose number is not bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    Company,
    Contact,
    Deal,
    Ticket,
    Conversation,
}

impl RefKind {
    pub fn as_str(self) -> &'static str {
        match self {
            RefKind::Company => "company",
            RefKind::Contact => "contact",
            RefKind::Deal => "deal",
            RefKind::Ticket => "ticket",
            RefKind::Conversation => "conversation",
        }
    }
}

/// A document's own id, and the row that the item became.
pub struct LoadRef<'d> {
    kind: &'static str,
    reference: &'d str,
    id: Id,
}

impl<'d> LoadRef<'d> {
    pub fn new(kind: RefKind, reference: &'d str, id: Id) -> LoadRef<'d> {
        LoadRef { kind: kind.as_str(), reference, id }
    }
}

crate::record!(r: LoadRef<'_> => "load_refs" { kind: Text = r.kind, ref: Text = r.reference, id: Int = r.id });

/// References per look-up: one statement that is prepared once, the last place repeated where fewer are asked for.
const PER_LOOKUP: usize = 250;

fn lookup_sql() -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        let places: Vec<String> = (2..PER_LOOKUP + 2).map(|n| format!("${n}")).collect();
        format!("SELECT ref, id FROM load_refs WHERE kind = $1 AND ref IN ({})", places.join(", "))
    })
}

/// The rows that these ids of the document became; those that are not there are left out.
pub fn ids_of(tx: &mut Tx<'_>, kind: RefKind, references: &[&str]) -> Result<HashMap<String, Id>> {
    let mut ids = HashMap::with_capacity(references.len());
    for chunk in references.chunks(PER_LOOKUP) {
        let mut arguments = Vec::with_capacity(PER_LOOKUP + 1);
        arguments.push(Arg::Text(kind.as_str()));
        arguments.extend(chunk.iter().map(|reference| Arg::Text(reference)));
        arguments.resize(PER_LOOKUP + 1, Arg::Text(chunk[chunk.len() - 1]));
        tx.each(lookup_sql(), &arguments, |row| {
            ids.insert(row.get()?, row.get()?);
            Ok(())
        })?;
    }
    Ok(ids)
}

/// Forgets the document's own ids.
pub fn clear_references(tx: &mut Tx<'_>) -> Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => tx.script("DELETE FROM load_refs"),
        Dialect::Postgres => tx.script("TRUNCATE load_refs"),
    }
}

/// Empties every table of the schema and starts its ids anew. The audit stays: it is append-only (G15).
pub fn wipe(tx: &mut Tx<'_>) -> Result<()> {
    search::wipe(tx)?;
    let tables: Vec<&str> = schema::tables().filter(|table| *table != "audit").collect();
    match tx.dialect() {
        Dialect::Sqlite => {
            // What refers comes after what it refers to.
            for table in tables.iter().rev() {
                tx.script(&format!("DELETE FROM {table}"))?;
            }
            tx.script("DELETE FROM sqlite_sequence WHERE name <> 'audit'")
        }
        Dialect::Postgres => tx.script(&format!("TRUNCATE {} RESTART IDENTITY", tables.join(", "))),
    }
}

/// Settings for loading. PostgreSQL would keep the plans it made while the tables were still empty, and read whole tables
/// for each look-up: five times the time. A server that does not know the setting just goes on.
pub fn tune(store: &mut Store) -> Result<()> {
    store.tune_for_bulk()?;
    let mut tx = store.write()?;
    if tx.dialect() == Dialect::Postgres && tx.script("SET plan_cache_mode = force_custom_plan").is_err() {
        return Ok(());
    }
    tx.commit()
}

/// Lets PostgreSQL know how large its tables have become, which it would notice by itself only minutes later.
pub fn refresh_statistics(store: &mut Store) -> Result<()> {
    let mut tx = store.write()?;
    if tx.dialect() == Dialect::Postgres {
        let tables: Vec<&str> = schema::tables().collect();
        tx.script(&format!("ANALYZE {}", tables.join(", ")))?;
    }
    tx.commit()
}

/// Stands for a last activity that the document does not give, until [`settle_activity`]; no real time is so early.
pub const ACTIVITY_NOT_GIVEN: Time = Time(i64::MIN);

/// Gives the tickets in `(after, up_to]` whose last activity the document left open the last message of their
/// conversations, else the time of their closing or making.
pub fn settle_activity(tx: &mut Tx<'_>, after: Id, up_to: Id) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET last_activity_at = coalesce(\
         (SELECT max(c.last_message_at) FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
         WHERE l.ticket_id = tickets.id), \
         CASE WHEN closed_at > created_at THEN closed_at ELSE created_at END) \
         WHERE last_activity_at = $1 AND id > $2 AND id <= $3",
        args![ACTIVITY_NOT_GIVEN, after, up_to],
    )?;
    Ok(())
}

/// The largest ticket id, 0 without tickets.
pub fn last_ticket(tx: &mut Tx<'_>) -> Result<Id> {
    tx.one("SELECT coalesce(max(id), 0) FROM tickets", &[], |row| row.get())
}

/// Whether a content is stored already.
pub fn has_blob(tx: &mut Tx<'_>, digest: &str) -> Result<bool> {
    tx.one("SELECT count(*) FROM blobs WHERE digest = $1", args![digest], |row| row.get::<i64>()).map(|count| count > 0)
}
