//! Finding tickets, the newest first: by the index, and by looking at what it does not know yet.

use super::documents::{Loaded, load};
use super::expression::expression;
use super::{Object, State, state};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::search::{Found, Query, SPAM, Wanted, of_company, of_contact};
use crate::domain::ticket::Ticket;
use crate::error::Result;
use crate::store::visibility::{self, Condition};
use crate::store::{Arg, Dialect, ToArg, Tx};

/// A ticket that was found, and where.
pub struct FoundTicket {
    pub ticket: Ticket,
    /// The first contact's name, or address, or number.
    pub contact: Option<String>,
    pub company: Option<String>,
    pub found: Found,
}

/// What is searched for, and for whom.
pub struct Search<'a> {
    pub query: &'a Query,
    pub visibility: &'a Visibility,
    /// Spam, and nothing else; without it spam is left out (V1).
    pub spam: bool,
}

/// The most tickets that are looked at in one go.
const CHUNK: usize = 2_000;
/// PostgreSQL's index gives nothing in order: so many of the newest tickets are tried first, which finds a page of any common word.
const WINDOW: i64 = 2_000;

impl Search<'_> {
    /// The newest tickets with ids below `before`, at most `limit`.
    pub fn newest(&self, tx: &mut Tx<'_>, before: Id, limit: usize) -> Result<Vec<FoundTicket>> {
        let candidates = Candidates::new(tx, self)?;
        let mut found = Vec::new();
        let (mut before, mut chunk) = (before, (limit + limit / 8 + 8).min(CHUNK));
        loop {
            let ids = candidates.below(tx, before, chunk)?;
            let Some(last) = ids.last() else { return Ok(found) };
            before = *last;
            for loaded in load(tx, &ids, &self.condition(1))? {
                found.extend(self.look(loaded));
                if found.len() == limit {
                    return Ok(found);
                }
            }
            chunk = (chunk * 2).min(CHUNK);
        }
    }

    /// The ticket with this id, if it is one of those that are found.
    pub fn exactly(&self, tx: &mut Tx<'_>, id: Id) -> Result<Option<FoundTicket>> {
        let loaded = load(tx, &[id], &self.condition(1))?;
        Ok(loaded.into_iter().find_map(|loaded| self.look(loaded)))
    }

    fn look(&self, loaded: Loaded) -> Option<FoundTicket> {
        let found = self.query.find(&loaded.document)?;
        let Loaded { ticket, mut document } = loaded;
        let first = document.people.drain(..).next().filter(|person| Some(person.id) == ticket.contact_id);
        let contact = first.and_then(|person| person.display_name());
        Some(FoundTicket { ticket, contact, company: document.company.map(|firm| firm.name), found })
    }

    /// H2, H3, V1: what the viewer may find at all.
    fn condition(&self, used: usize) -> Condition {
        let Condition { sql, ids } = visibility::condition(self.visibility, "t.owner_id", "t.team_id", used);
        let spam = if self.spam { "t.spam = 1" } else { "t.spam = 0" };
        Condition { sql: ["t.in_help_desk = 1", spam, &sql].join(" AND "), ids }
    }
}

/// Where tickets may be that are searched for; each still has to be looked at.
struct Candidates<'s> {
    search: &'s Search<'s>,
    state: State,
    /// For the index: what is searched for, or belongs to a contact or company that changed.
    expression: String,
    /// Tickets that changed, descending.
    changed: Vec<Id>,
}

impl<'s> Candidates<'s> {
    fn new(tx: &mut Tx<'_>, search: &'s Search<'s>) -> Result<Candidates<'s>> {
        let state = state(tx)?;
        let mut wanted = search.query.wanted();
        if search.spam {
            wanted = Wanted::All(vec![wanted, Wanted::Token(SPAM.to_owned())]);
        }
        let mut any = vec![wanted];
        let mut changed = Vec::new();
        tx.each("SELECT DISTINCT object, object_id FROM search_queue ORDER BY object_id DESC", &[], |row| {
            match (row.get()?, row.get()?) {
                (Object::Ticket, id) if id <= state.indexed_through => changed.push(id),
                (Object::Ticket, _) => {}
                (Object::Contact, id) => any.push(Wanted::Token(of_contact(id))),
                (Object::Company, id) => any.push(Wanted::Token(of_company(id))),
            }
            Ok(())
        })?;
        Ok(Candidates { search, state, expression: expression(tx.dialect(), &Wanted::Any(any)), changed })
    }

    /// The highest ids below `before`, descending, at most `count`.
    fn below(&self, tx: &mut Tx<'_>, before: Id, count: usize) -> Result<Vec<Id>> {
        let indexed = self.state.indexed_through;
        let mut ids = if before > indexed + 1 { self.not_indexed(tx, before, count)? } else { Vec::new() };
        if ids.len() < count {
            let before = before.min(indexed + 1);
            let rest = count - ids.len();
            let mut known = match tx.dialect() {
                Dialect::Sqlite => self.by_fts(tx, before, rest)?,
                Dialect::Postgres => self.by_gin(tx, before, rest)?,
            };
            known.extend(self.changed.iter().filter(|id| **id < before).take(rest));
            known.sort_unstable_by(|a, b| b.cmp(a));
            known.dedup();
            known.truncate(rest);
            ids.extend(known);
        }
        Ok(ids)
    }

    fn not_indexed(&self, tx: &mut Tx<'_>, before: Id, count: usize) -> Result<Vec<Id>> {
        let seen = self.search.condition(2);
        let sql = "SELECT t.id FROM tickets t WHERE t.id > $1 AND t.id < $2 AND ";
        self.ids(tx, &[Arg::Int(self.state.indexed_through), Arg::Int(before)], &seen, sql, " ORDER BY t.id DESC", count)
    }

    /// FTS5 gives its rows in the order of their ids.
    fn by_fts(&self, tx: &mut Tx<'_>, before: Id, count: usize) -> Result<Vec<Id>> {
        let seen = self.search.condition(2);
        let sql = "SELECT search_index.rowid FROM search_index CROSS JOIN tickets t ON t.id = search_index.rowid \
             WHERE search_index MATCH $1 AND search_index.rowid < $2 AND ";
        self.ids(tx, &[self.expression.to_arg(), Arg::Int(before)], &seen, sql, " ORDER BY search_index.rowid DESC", count)
    }

    /// First the newest tickets one by one, then all that the index has: each is quick where the other is not.
    fn by_gin(&self, tx: &mut Tx<'_>, before: Id, count: usize) -> Result<Vec<Id>> {
        let seen = self.search.condition(3);
        let sql = "SELECT w.ticket_id FROM (SELECT ticket_id, tokens FROM search_index WHERE ticket_id < $1 ORDER BY ticket_id DESC LIMIT $2) w \
             JOIN tickets t ON t.id = w.ticket_id WHERE w.tokens @@ CAST(CAST($3 AS text) AS tsquery) AND ";
        let args = [Arg::Int(before), Arg::Int(WINDOW), self.expression.to_arg()];
        let ids = self.ids(tx, &args, &seen, sql, " ORDER BY w.ticket_id DESC", count)?;
        if ids.len() == count {
            return Ok(ids);
        }
        let seen = self.search.condition(2);
        let sql = "WITH w AS MATERIALIZED (SELECT ticket_id FROM search_index WHERE tokens @@ CAST(CAST($1 AS text) AS tsquery)) \
             SELECT w.ticket_id FROM w JOIN tickets t ON t.id = w.ticket_id WHERE w.ticket_id < $2 AND ";
        self.ids(tx, &[self.expression.to_arg(), Arg::Int(before)], &seen, sql, " ORDER BY w.ticket_id DESC", count)
    }

    /// Runs `sql`, the viewer's condition, the order and a limit.
    fn ids(&self, tx: &mut Tx<'_>, args: &[Arg<'_>], seen: &Condition, sql: &str, order: &str, count: usize) -> Result<Vec<Id>> {
        let mut args = args.to_vec();
        args.extend(seen.args());
        args.push(Arg::Int(i64::try_from(count).unwrap_or(i64::MAX)));
        let limit = format!("{order} LIMIT ${}", args.len());
        tx.query(&[sql, &seen.sql, &limit].concat(), &args, |row| row.get())
    }
}
