//! Proof that nothing was lost: recounts from the data itself, compares with the record taken before the move, and
//! shares no decision code with the move except the frozen map. Reads only.

mod clocks;
mod expect;
mod messages;
mod strangers;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Conversation;
use crate::domain::ticket::Ticket;
use crate::error::{Error, Exit, Result};
use crate::store::contacts::display_name;
use crate::store::history::{self, Change, Object};
use crate::store::migrations::{Boundary, Item, Run};
use crate::store::{Row, Tx, conversations, tickets};
use crate::text_enum;

text_enum! {
    /// One sign per conversation.
    pub enum Sign { Same = "=", Missing = "-", Unexpected = "+", Wrong = "!" }
}

/// The result for one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    pub sign: Sign,
    pub conversation: Option<Id>,
    pub ticket: Option<Id>,
    /// Later changes that the history explains.
    pub changed_since: bool,
    /// It arrived after the channel had moved (M6, M11).
    pub arrival: bool,
    /// What is wrong: stable code and sentence.
    pub problems: Vec<Problem>,
}

impl Verdict {
    fn with(mut self, problem: Option<Problem>) -> Verdict {
        if let Some(problem) = problem {
            self.problems.push(problem);
            if self.sign == Sign::Same {
                self.sign = Sign::Wrong;
            }
        }
        self
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    pub code: String,
    pub message: String,
}

impl Problem {
    pub fn new(code: &str, message: impl Into<String>) -> Problem {
        Problem { code: code.to_owned(), message: message.into() }
    }
}

/// How many verdicts of each sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub same: i64,
    pub missing: i64,
    pub unexpected: i64,
    pub wrong: i64,
    pub changed_since: i64,
    pub arrivals: i64,
}

impl Summary {
    pub fn differences(&self) -> i64 {
        self.missing + self.unexpected + self.wrong
    }
    pub fn total(&self) -> i64 {
        self.same + self.differences()
    }

    fn add(&mut self, verdict: &Verdict) {
        match verdict.sign {
            Sign::Same => self.same += 1,
            Sign::Missing => self.missing += 1,
            Sign::Unexpected => self.unexpected += 1,
            Sign::Wrong => self.wrong += 1,
        }
        self.changed_since += i64::from(verdict.changed_since);
        self.arrivals += i64::from(verdict.arrival);
    }
}

/// Conversations per page: everything about a page is in memory at once.
const PAGE: i64 = 1_000;

/// One conversation of the channel, with all that belongs to it.
pub(super) struct Subject {
    pub conversation: Conversation,
    pub item: Option<Item>,
    pub ticket_id: Option<Id>,
    pub ticket: Option<Ticket>,
    /// How many tickets say that they were made for it.
    pub made_for_it: i64,
    pub contact: Option<String>,
    pub owner_email: Option<String>,
    /// The channel it was on when the channel moved, by its channel history (M21).
    pub newest_at_boundary: Option<Id>,
    /// Its channel history goes on after the move.
    pub left_since: bool,
}

/// Verifies a run. `report` sees every verdict that is not `=`, and those that are when `report` wants them.
/// `stop` is asked between pages.
pub fn verify(tx: &mut Tx<'_>, run: &Run, report: &mut dyn FnMut(&Verdict) -> Result<()>, stop: &dyn Fn() -> bool) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut tell = |verdict: Verdict| -> Result<()> {
        summary.add(&verdict);
        report(&verdict)
    };
    let Some(boundary) = run.boundary else {
        return Err(Error::refused(
            "not_moved_yet",
            "M6",
            format!("migration {} has not moved its channel yet: there is nothing to verify", run.id),
        ));
    };
    expect::channel(tx, run, &mut tell)?;
    let expectation = expect::Expectation::new(run, boundary);
    let expected_clocks = clocks::Expected::new(tx, run)?;
    let mut contents = messages::Contents::default();
    for condition in [ON_CHANNEL, STRAYED] {
        let mut after = 0;
        loop {
            if stop() {
                return Err(Error::new(Exit::Interrupted, "interrupted", "the verification was stopped; nothing was changed"));
            }
            let page = page(tx, run, boundary, condition, after)?;
            let ids: Vec<Id> = page.iter().map(|subject| subject.conversation.id).collect();
            let Some(last) = ids.last() else { break };
            after = *last;
            let recounts = messages::recount(tx, &ids, &mut contents)?;
            let changes = Changes::read(tx, &page)?;
            let clocks = expected_clocks.problems(tx, &page, &changes)?;
            for ((subject, recount), clocks) in page.iter().zip(&recounts).zip(clocks) {
                tell(expectation.verdict(subject, recount, &changes).with(clocks))?;
            }
        }
    }
    strangers::find(tx, run, &mut tell)?;
    Ok(summary)
}

/// Conversations on the channel now.
const ON_CHANNEL: &str = "conversations c LEFT JOIN migration_items i ON i.run_id = $2 AND i.conversation_id = c.id";
/// Conversations that were moved with the channel and have left it since.
const STRAYED: &str = "migration_items i JOIN conversations c ON i.run_id = $2 AND c.id = i.conversation_id";

/// A page of conversations in the order of their ids.
fn page(tx: &mut Tx<'_>, run: &Run, boundary: Boundary, from: &str, after: Id) -> Result<Vec<Subject>> {
    let strayed = from == STRAYED;
    let sql = format!(
        "SELECT {}, {}, i.outcome, i.status, i.spam, i.owner_id, i.inbox_id, i.message_count, i.digest, i.ticket_id, i.ticket_before, \
         u.email, k.first_name, k.last_name, k.email, k.phone, k.mobile_phone, l.ticket_id, \
         (SELECT count(*) FROM tickets m WHERE m.made_for = c.id), t.id, {} \
         FROM {from} \
         LEFT JOIN users u ON u.id = i.owner_id \
         LEFT JOIN contacts k ON k.id = c.contact_id \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
         LEFT JOIN tickets t ON t.id = l.ticket_id \
         WHERE c.channel_id {} $3 AND c.id > $4 ORDER BY {} LIMIT $5",
        conversations::COLUMNS,
        NEWEST_AT_BOUNDARY,
        tickets::COLUMNS,
        if strayed { "<>" } else { "=" },
        if strayed { "i.conversation_id" } else { "c.id" },
    );
    let mut page = tx.query(&sql, args![boundary.channel_row, run.id, run.channel_id, after, PAGE], |row| subject(row, run.id))?;
    for subject in page.iter_mut().filter(|subject| subject.conversation.channel_id != run.channel_id) {
        subject.left_since = left_since(tx, subject.conversation.id, boundary)?;
    }
    Ok(page)
}

fn subject(row: &mut Row<'_>, run_id: Id) -> Result<Subject> {
    let conversation = conversations::read(row)?;
    let newest_at_boundary = row.get()?;
    let item = item(row, run_id, conversation.id)?;
    let owner_email = row.get()?;
    let (first, last, email): (Option<&str>, Option<&str>, Option<&str>) = (row.get()?, row.get()?, row.get()?);
    let (phone, mobile): (Option<&str>, Option<&str>) = (row.get()?, row.get()?);
    let contact = display_name(first, last, email, phone.or(mobile));
    let (ticket_id, made_for_it) = (row.get()?, row.get()?);
    let ticket = match row.get::<Option<Id>>()? {
        Some(_) => Some(tickets::read(row)?),
        None => None,
    };
    Ok(Subject { conversation, item, ticket_id, ticket, made_for_it, contact, owner_email, newest_at_boundary, left_since: false })
}

fn item(row: &mut Row<'_>, run_id: Id, conversation_id: Id) -> Result<Option<Item>> {
    let Some(outcome) = row.get()? else {
        row.skip(8);
        return Ok(None);
    };
    Ok(Some(Item {
        run_id,
        conversation_id,
        outcome,
        status: row.get()?,
        spam: row.get()?,
        owner_id: row.get()?,
        inbox_id: row.get()?,
        message_count: row.get()?,
        digest: row.get()?,
        ticket_id: row.get()?,
        ticket_before: row.get()?,
    }))
}

/// The newest channel of a conversation among the channel rows that were there before the move (M21: by time).
const NEWEST_AT_BOUNDARY: &str = "(SELECT h.channel_id FROM conversation_channels h WHERE h.conversation_id = c.id AND h.id <= $1 ORDER BY h.since DESC, h.id DESC LIMIT 1)";

/// Whether the conversation's channel history has rows from after the move.
fn left_since(tx: &mut Tx<'_>, conversation: Id, boundary: Boundary) -> Result<bool> {
    tx.one(
        "SELECT count(*) FROM conversation_channels WHERE conversation_id = $1 AND id > $2",
        args![conversation, boundary.channel_row],
        |row| row.get::<i64>(),
    )
    .map(|rows| rows > 0)
}

/// The noted changes of a page's conversations and tickets.
pub(super) struct Changes(std::collections::HashMap<(Object, Id), Vec<Change>>);

impl Changes {
    fn read(tx: &mut Tx<'_>, page: &[Subject]) -> Result<Changes> {
        let mut changes: std::collections::HashMap<(Object, Id), Vec<Change>> = std::collections::HashMap::new();
        let conversations: Vec<Id> = page.iter().map(|subject| subject.conversation.id).collect();
        let tickets: Vec<Id> = page.iter().filter_map(|subject| subject.ticket_id).collect();
        for (object, ids) in [(Object::Conversation, conversations), (Object::Ticket, tickets)] {
            for change in history::of_many(tx, object, &ids)? {
                changes.entry((object, change.object_id)).or_default().push(change);
            }
        }
        Ok(Changes(changes))
    }

    /// Whether a property ever had this value, by its noted changes.
    pub fn had(&self, object: Object, id: Id, property: &str, value: Option<&str>) -> bool {
        let changes = self.0.get(&(object, id)).into_iter().flatten().filter(|change| change.property == property);
        changes.into_iter().any(|change| change.old_value.as_deref() == value || change.new_value.as_deref() == value)
    }

    /// The newest noted value of a property; `None` where it was never changed.
    pub fn latest(&self, object: Object, id: Id, property: &str) -> Option<Option<&str>> {
        let changes = self.0.get(&(object, id))?;
        changes.iter().rev().find(|change| change.property == property).map(|change| change.new_value.as_deref())
    }
}
