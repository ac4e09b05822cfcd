//! What a run has counted and told, against the records that it wrote.

use std::collections::BTreeMap;

use super::{Problem, Verdict};
use crate::args;
use crate::domain::Id;
use crate::domain::migration::{Outcome, RunState};
use crate::error::Result;
use crate::store::Tx;
use crate::store::migration_items::Item;
use crate::store::migrations::{self, Run};
use crate::store::outbox::{NoticeKind, OutboxState};

/// Counts the records as they are read.
pub struct Tally<'r> {
    run: &'r Run,
    records: i64,
    made: i64,
    moved: i64,
    unassigned: i64,
    /// Made tickets by owner; 0 for those without.
    owners: BTreeMap<Id, i64>,
}

impl<'r> Tally<'r> {
    pub fn new(run: &'r Run) -> Tally<'r> {
        Tally { run, records: 0, made: 0, moved: 0, unassigned: 0, owners: BTreeMap::new() }
    }

    pub fn take(&mut self, item: Option<&Item>) {
        let Some(item) = item else { return };
        let owner = item.owner_id.filter(|owner| self.run.agents.contains_key(owner));
        self.records += 1;
        self.made += i64::from(item.outcome == Outcome::Made);
        self.moved += i64::from(item.outcome == Outcome::Moved);
        self.unassigned += i64::from(item.owner_id.is_some() && owner.is_none());
        if item.outcome == Outcome::Made && !item.spam {
            *self.owners.entry(owner.unwrap_or(0)).or_default() += 1;
        }
    }

    /// Says where the run's own counters and notices are not those of its records.
    pub fn verify(&self, tx: &mut Tx<'_>, tell: &mut dyn FnMut(Verdict) -> Result<()>) -> Result<()> {
        let mut problems = self.counters();
        self.notices(tx, &mut problems)?;
        if problems.is_empty() { Ok(()) } else { tell(Verdict::of_run(problems)) }
    }

    fn counters(&self) -> Vec<Problem> {
        let counts = &self.run.counts;
        let completed = self.run.state == RunState::Completed;
        let pairs = [
            ("conversations moved", counts.done, self.records),
            ("conversations in all", if completed { counts.total } else { self.records }, self.records),
            ("tickets made", counts.tickets_created, self.made),
            ("tickets moved", counts.tickets_moved, self.moved),
            ("conversations unassigned", counts.unassigned, self.unassigned),
        ];
        let differs = pairs.into_iter().filter(|(_, counted, records)| counted != records);
        let say = |(what, counted, records)| {
            let message = format!("migration {} counted {counted} {what}, and its records say {records}", self.run.id);
            Problem::new("run_counts", message)
        };
        differs.map(say).collect()
    }

    /// M9: whom the run tells about how many tickets, and that it told them in the end.
    fn notices(&self, tx: &mut Tx<'_>, problems: &mut Vec<Problem>) -> Result<()> {
        let id = self.run.id;
        let counted: BTreeMap<Id, i64> = migrations::notices(tx, id)?.into_iter().collect();
        if counted != self.owners {
            problems.push(Problem::new("notices", format!("migration {id} counted other tickets for its notices than it made")));
        }
        if self.run.state != RunState::Completed {
            return Ok(());
        }
        let sql = "SELECT user_id, text, state FROM outbox WHERE run_id = $1 AND kind = $2";
        let told: Vec<(Id, String, OutboxState)> =
            tx.query(sql, args![id, NoticeKind::Migration], |row| Ok((row.get()?, row.get()?, row.get()?)))?;
        for (user, count) in self.owners.iter().filter(|(user, _)| **user != 0) {
            let said = format!(" {count} assigned to you");
            let rightly = |(to, text, state): &(Id, String, OutboxState)| {
                to == user && text.contains(&said) && (*state == OutboxState::Muted) == self.run.muted
            };
            if told.iter().filter(|notice| rightly(notice)).count() != 1 {
                problems.push(Problem::new(
                    "notices",
                    format!("there is not one notice of migration {id} to user {user} about {count} tickets"),
                ));
            }
        }
        Ok(())
    }
}
