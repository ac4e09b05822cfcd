//! Every message of the store against the digests that were kept when it was written, whatever channel it is on.

use super::messages::{Contents, Recount, recount};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Digest;
use crate::error::Result;
use crate::store::Tx;

/// What was looked at, and what is not as it was stored.
#[derive(Debug, Default)]
pub struct Stored {
    pub conversations: u64,
    pub messages: i64,
    /// Conversations with messages that are not what was stored.
    pub changed: u64,
    /// In words, the first few.
    pub problems: Vec<String>,
}

/// Conversations per page: everything about a page is in memory at once.
const PAGE: i64 = 1_000;

const MOST_PROBLEMS: usize = 20;

/// Computes the digests of all messages and attachments anew.
pub fn changed(tx: &mut Tx<'_>) -> Result<Stored> {
    let (mut stored, mut contents, mut after) = (Stored::default(), Contents::default(), 0);
    loop {
        let page: Vec<(Id, i64, Digest)> = tx.query(
            "SELECT id, message_count, digest FROM conversations WHERE id > $1 ORDER BY id LIMIT $2",
            args![after, PAGE],
            |row| Ok((row.get()?, row.get()?, row.get()?)),
        )?;
        let Some((last, ..)) = page.last() else { return Ok(stored) };
        after = *last;
        let ids: Vec<Id> = page.iter().map(|(id, ..)| *id).collect();
        for ((id, count, digest), recount) in page.iter().zip(recount(tx, &ids, &mut contents)?) {
            stored.conversations += 1;
            stored.messages += recount.total();
            if let Some(problem) = problem(*id, *count, *digest, &recount) {
                stored.changed += 1;
                stored.problems.push(problem);
                stored.problems.truncate(MOST_PROBLEMS);
            }
        }
    }
}

fn problem(id: Id, count: i64, digest: Digest, recount: &Recount) -> Option<String> {
    if let Some(problem) = recount.problems().into_iter().next() {
        return Some(format!("conversation {id}: {}", problem.message));
    }
    if recount.total() != count {
        return Some(format!("conversation {id} has {} messages instead of {count}", recount.total()));
    }
    (recount.chain(count) != digest).then(|| format!("the messages of conversation {id} are not those that were stored"))
}
