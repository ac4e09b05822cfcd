//! Where a batch's changes stand in the histories of what it moves.

use std::collections::HashMap;

use super::batch::Candidate;
use crate::args;
use crate::domain::Id;
use crate::domain::migration::Agents;
use crate::error::Result;
use crate::store::Tx;
use crate::store::history::Object;

/// The next history position of the few objects that already may have a history: read once per batch.
pub struct Positions(HashMap<(Object, Id), i64>);

impl Positions {
    pub(super) fn read(tx: &mut Tx<'_>, candidates: &[Candidate], agents: &Agents) -> Result<Positions> {
        let moving = candidates.iter().filter_map(|candidate| candidate.ticket.as_ref()).filter(|ticket| !ticket.in_help_desk);
        let tickets: Vec<Id> = moving.map(|ticket| ticket.id).collect();
        let losing = candidates
            .iter()
            .map(|candidate| &candidate.conversation)
            .filter(|c| c.owner_id.is_some_and(|owner| !agents.contains_key(&owner)));
        let conversations: Vec<Id> = losing.map(|c| c.id).collect();
        let mut positions = HashMap::new();
        for (object, ids) in [(Object::Ticket, tickets), (Object::Conversation, conversations)] {
            if ids.is_empty() {
                continue;
            }
            let dialect = tx.dialect();
            let sql = format!(
                "SELECT object_id, max(position) FROM history WHERE object = $1 AND object_id {} GROUP BY object_id",
                dialect.any_of(2)
            );
            tx.each(&sql, args![object, dialect.id_list(&ids)], |row| {
                positions.insert((object, row.get()?), row.get()?);
                Ok(())
            })?;
        }
        Ok(Positions(positions))
    }

    pub fn next(&mut self, object: Object, id: Id) -> i64 {
        let position = self.0.entry((object, id)).or_insert(0);
        *position += 1;
        *position
    }
}
