//! The numbers that rows get in an export: 1, 2, 3 … by id, so that loading and exporting again gives the same document.

use crate::domain::Id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::store::export::{self, Numbered};

/// Ids per page when they are looked through.
const PAGE: i64 = 50_000;

/// From ids to numbers. Kept are only the places where ids were left out, so that memory depends on the gaps alone.
pub struct Ranks {
    table: Numbered,
    /// Runs of ids without a gap, ascending: the first id and its number.
    runs: Vec<(Id, i64)>,
    count: i64,
}

impl Ranks {
    pub fn of(tx: &mut Tx<'_>, table: Numbered) -> Result<Ranks> {
        if let Some(count) = export::dense_count(tx, table)? {
            return Ok(Ranks { table, runs: vec![(1, 1)], count });
        }
        let mut ranks = Ranks { table, runs: Vec::new(), count: 0 };
        let mut last = 0;
        loop {
            let ids = export::ids(tx, table, last, PAGE)?;
            if ids.is_empty() {
                return Ok(ranks);
            }
            for id in ids {
                ranks.add(id, last);
                last = id;
            }
        }
    }

    fn add(&mut self, id: Id, last: Id) {
        self.count += 1;
        if self.runs.is_empty() || id != last + 1 {
            self.runs.push((id, self.count));
        }
    }

    /// The number of a row; an error where there is no such row.
    pub fn number(&self, id: Id) -> Result<i64> {
        let next = self.runs.partition_point(|(first, _)| *first <= id);
        let end = self.runs.get(next).map_or(self.count + 1, |(_, number)| *number);
        let run = next.checked_sub(1).and_then(|index| self.runs.get(index));
        let number = run.map(|(first, number)| number + (id - first)).filter(|number| *number < end);
        number.ok_or_else(|| missing(&format!("{:?}", self.table).to_lowercase(), id))
    }
}

/// The store refers to a row that is not there.
pub fn missing(table: &str, id: Id) -> Error {
    Error::failed("store_corrupt", format!("something refers to row {id} of {table}, which is not there"))
        .hint("deskctl doctor checks the store")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_closed_and_missing_rows_noticed() {
        let mut ranks = Ranks { table: Numbered::Tickets, runs: Vec::new(), count: 0 };
        let mut last = 0;
        for id in [2, 3, 4, 9, 11, 12] {
            ranks.add(id, last);
            last = id;
        }
        let numbers: Vec<Option<i64>> = (1..=13).map(|id| ranks.number(id).ok()).collect();
        let expected = [None, Some(1), Some(2), Some(3), None, None, None, None, Some(4), None, Some(5), Some(6), None];
        assert_eq!(numbers, expected);
    }
}
