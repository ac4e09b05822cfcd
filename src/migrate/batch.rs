//! One batch of history: read, decide (M13), write; all inside the caller's transaction.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::history_sla::HistorySla;
use super::made;
use super::positions::Positions;
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Conversation, fixed_digest};
use crate::domain::migration::{Agents, Decision, FrozenMap, Outcome, PreparedMap, Subject, decide};
use crate::domain::ticket::{Ticket, is_named_after_contact};
use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::sla::kept;
use crate::store::history::{Change, Object};
use crate::store::migration_items::{self, Item, Tied, Ties};
use crate::store::migrations::{Boundary, Counts, Run};
use crate::store::tickets::{FurtherContact, Link};
use crate::store::{Arg, Row, Tx, contacts, conversations, migrations, search, tickets};

/// The record of this run. Only a conversation in the help desk can have one: nothing leads out while the channel moves.
const RECORD: &str =
    "LEFT JOIN migration_items i ON i.run_id = CASE WHEN c.inbox_id = $1 THEN CAST($2 AS BIGINT) END AND i.conversation_id = c.id";
/// History without a record yet. A conversation that joined the channel after it had moved is an arrival, and was
/// moved when it joined: it lies in the help desk, and before the boundary its newest channel was another one (M6, M21).
const HISTORY: &str = "i.conversation_id IS NULL AND (c.inbox_id <> $3 OR c.channel_id = \
     (SELECT h.channel_id FROM conversation_channels h WHERE h.conversation_id = c.id AND h.id <= $4 ORDER BY h.since DESC, h.id DESC LIMIT 1))";
/// Open conversations first: they are what agents work on.
const OPEN_FIRST: &str = "c.channel_id = $5 AND c.status = 'OPEN' AND c.id > $6 AND c.id <= $7 ORDER BY c.id LIMIT $8";
const ALL_OTHERS: &str = "c.channel_id = $5 AND c.id > $6 AND c.id <= $7 ORDER BY c.id LIMIT $8";
const JUST_ONE: &str = "c.id = $5";

/// A conversation with what the decision needs besides.
pub(super) struct Candidate {
    pub conversation: Conversation,
    /// Where it is asked for.
    contact: Option<String>,
    pub ticket: Option<Ticket>,
}

/// What is the same for the whole run.
pub struct Mover<'r> {
    run: &'r Run,
    map: PreparedMap<'r>,
    /// A rule asks for the contact.
    contact_asked: bool,
    agents: &'r Agents,
    actor: Id,
    sla: HistorySla,
}

/// What one batch did.
pub struct Moved {
    pub counts: Counts,
    /// The last conversation that was read; `None` when there was nothing left.
    pub last: Option<Id>,
}

impl<'r> Mover<'r> {
    pub fn new(tx: &mut Tx<'_>, run: &'r Run, now: Time) -> Result<Mover<'r>> {
        let map: &FrozenMap = run.map.as_ref().ok_or_else(|| Error::failed("store_corrupt", format!("migration {} has no map", run.id)))?;
        let sla = HistorySla::load(tx, run.sla_historic, now)?;
        let map = map.prepare(&super::users_now(tx, map)?);
        Ok(Mover { run, contact_asked: map.asks_for_contact(), map, agents: &run.agents, actor: run.started_by, sla })
    }

    /// Moves up to `limit` conversations after `cursor`.
    pub fn batch(&mut self, tx: &mut Tx<'_>, pass: i64, cursor: Id, boundary: Boundary, limit: i64, now: Time) -> Result<Moved> {
        self.sla.refresh(tx, now)?;
        let condition = if pass == 0 { OPEN_FIRST } else { ALL_OTHERS };
        let run = self.run;
        let args =
            args![run.help_desk_id, run.id, run.help_desk_id, boundary.channel_row, run.channel_id, cursor, boundary.conversation, limit];
        let candidates = self.read(tx, condition, args)?;
        let last = candidates.last().map(|candidate| candidate.conversation.id);
        Ok(Moved { counts: self.write(tx, candidates, now)?, last })
    }

    /// What is to be moved, with what the decision asks for.
    fn read(&self, tx: &mut Tx<'_>, condition: &str, args: &[Arg<'_>]) -> Result<Vec<Candidate>> {
        let mut candidates = tx.query(&select(condition), args, read)?;
        // Of those alone that ask: what a record keeps must not depend on what else is in its batch.
        let asking = |candidate: &Candidate| candidate.conversation.contact_id.filter(|_| self.asks_for_contact(candidate));
        let names = contacts::display_names(tx, &candidates.iter().filter_map(asking).collect::<Vec<Id>>())?;
        for candidate in &mut candidates {
            candidate.contact = asking(candidate).and_then(|id| names.get(&id).cloned());
        }
        Ok(candidates)
    }

    /// A ticket may be named after the contact, and a finer rule of the map may ask for it.
    fn asks_for_contact(&self, candidate: &Candidate) -> bool {
        let named_after_it = is_named_after_contact(candidate.conversation.subject.as_deref());
        candidate.ticket.is_none() && (named_after_it || self.contact_asked)
    }

    fn write(&self, tx: &mut Tx<'_>, candidates: Vec<Candidate>, now: Time) -> Result<Counts> {
        let mut rows = Rows {
            shown_earlier: shown_earlier(tx, self.run.id, &candidates)?,
            further: further_contacts(tx, &candidates)?,
            ties: ties(tx, &candidates)?,
            ..Rows::default()
        };
        let made = candidates.iter().filter(|candidate| candidate.ticket.is_none()).count();
        let mut ids = tx.new_ids("tickets", made)?.into_iter();
        let mut positions = Positions::read(tx, &candidates, self.agents)?;
        for candidate in candidates {
            let decision = decide(&self.subject(&candidate), &self.map, self.agents);
            self.collect(&mut rows, candidate, decision, &mut ids, &mut positions, now)?;
        }
        self.sla.begin_moved(tx, &rows.shown, now, &mut rows.sla)?;
        rows.write(tx, self.run.id)
    }

    fn subject<'c>(&'c self, candidate: &'c Candidate) -> Subject<'c> {
        let c = &candidate.conversation;
        Subject {
            status: c.status,
            spam: c.spam,
            owner: c.owner_id,
            subject: c.subject.as_deref(),
            contact: candidate.contact.as_deref(),
            kind: self.run.channel_before.kind,
            address: &self.run.channel_before.address,
            started_at: c.started_at,
            closed_at: c.closed_at,
            last_message_at: c.last_message_at,
            message_count: c.message_count,
            has_ticket: candidate.ticket.is_some(),
            in_help_desk: c.inbox_id == self.run.help_desk_id,
        }
    }

    /// Turns one decision into rows.
    fn collect(
        &self,
        rows: &mut Rows,
        candidate: Candidate,
        decision: Decision,
        ids: &mut impl Iterator<Item = Id>,
        positions: &mut Positions,
        now: Time,
    ) -> Result<()> {
        let c = candidate.conversation;
        let earlier = candidate.ticket.as_ref().filter(|ticket| rows.shown_earlier.contains(&ticket.id));
        let before = earlier.map(|ticket| Ticket { in_help_desk: false, ..ticket.clone() });
        let further = rows.further.remove(&c.id).unwrap_or_default();
        let ties = candidate.ticket.as_ref().map(|ticket| rows.ties.get(&ticket.id).cloned().unwrap_or_default());
        let ticket = before.as_ref().or(candidate.ticket.as_ref());
        rows.items.push(Item {
            contact: candidate.contact,
            fixed: Some(fixed_digest(&c, c.thread_key.as_deref(), &further)),
            ticket_ties: ties.map(|ties| json(&ties)).transpose()?,
            ..self.item(&c, ticket, decision.outcome)?
        });
        if decision.owner_lost {
            rows.counts.unassigned += 1;
            let position = positions.next(Object::Conversation, c.id);
            let (old, new) = (c.owner_id.map(|id| id.to_string()), None);
            rows.history.push(self.change(Object::Conversation, c.id, position, "owner", old, new, now));
        }
        rows.conversations.push(Placed { id: c.id, inbox_id: self.run.help_desk_id, owner_id: decision.owner });
        rows.counts.done += 1;
        match (decision.made, candidate.ticket) {
            (Some(made), _) => {
                let id = ids.next().ok_or_else(|| Error::failed("store", "the store gave too few ids"))?;
                rows.counts.tickets_created += 1;
                if !c.spam {
                    *rows.notices.entry(made.owner.unwrap_or(0)).or_default() += 1;
                }
                rows.history.push(self.change(Object::Ticket, id, 1, "created", None, Some(made.stage_id.to_string()), now));
                rows.links.push(Link { conversation_id: c.id, ticket_id: id });
                rows.contacts.extend(further.into_iter().map(|contact_id| FurtherContact { ticket_id: id, contact_id }));
                let ticket = made::ticket(id, made, &c, self.run.channel_before.kind, Some(self.run.id));
                self.sla.begin(&ticket, &c.answers, now, &mut rows.sla);
                rows.tickets.push(ticket);
            }
            (None, Some(ticket)) => {
                rows.counts.tickets_moved += i64::from(decision.outcome == Outcome::Moved);
                // A ticket that two conversations share moves with the first.
                if !ticket.in_help_desk && rows.shown_ids.insert(ticket.id) {
                    let position = positions.next(Object::Ticket, ticket.id);
                    rows.history.push(self.change(
                        Object::Ticket,
                        ticket.id,
                        position,
                        "in_help_desk",
                        Some("0".into()),
                        Some("1".into()),
                        now,
                    ));
                    rows.shown.push(Ticket { in_help_desk: true, ..ticket });
                }
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn item(&self, c: &Conversation, ticket: Option<&Ticket>, outcome: Outcome) -> Result<Item> {
        Ok(Item {
            run_id: self.run.id,
            conversation_id: c.id,
            outcome,
            status: c.status,
            spam: c.spam,
            owner_id: c.owner_id,
            inbox_id: c.inbox_id,
            message_count: c.message_count,
            digest: c.digest,
            ticket_id: ticket.map(|ticket| ticket.id),
            ticket_before: ticket.map(json).transpose()?,
            contact: None,
            closed_at: c.closed_at,
            last_message_at: Some(c.last_message_at),
            fixed: None,
            ticket_ties: None,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "a history row has that many columns that vary")]
    fn change(&self, object: Object, id: Id, position: i64, property: &str, old: Option<String>, new: Option<String>, at: Time) -> Change {
        Change {
            object,
            object_id: id,
            position,
            at,
            actor_id: Some(self.actor),
            property: property.to_owned(),
            old_value: old,
            new_value: new,
            run_id: Some(self.run.id),
        }
    }
}

/// Moves one conversation, whatever the cursor says; nothing if it was moved already.
pub fn move_one(tx: &mut Tx<'_>, run: &Run, boundary: Boundary, conversation: Id, now: Time) -> Result<Counts> {
    let mover = Mover::new(tx, run, now)?;
    let candidates = mover.read(tx, JUST_ONE, args![run.help_desk_id, run.id, run.help_desk_id, boundary.channel_row, conversation])?;
    mover.write(tx, candidates, now)
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::unexpected)
}

/// M13: a made ticket has the conversation's contacts; the first is in its row, these are the others.
fn further_contacts(tx: &mut Tx<'_>, candidates: &[Candidate]) -> Result<HashMap<Id, Vec<Id>>> {
    let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else { return Ok(HashMap::new()) };
    migration_items::further_contacts(tx, first.conversation.id, last.conversation.id)
}

/// What hangs on the tickets that are there.
fn ties(tx: &mut Tx<'_>, candidates: &[Candidate]) -> Result<HashMap<Id, Ties>> {
    let tickets: Vec<Id> = candidates.iter().filter_map(|candidate| Some(candidate.ticket.as_ref()?.id)).collect();
    if tickets.is_empty() { Ok(HashMap::new()) } else { Tied::look(tx)?.of_tickets(tx, &tickets) }
}

/// Joins what the decision needs besides the contact.
fn select(condition: &str) -> String {
    format!(
        "SELECT {}, t.id, {} \
         FROM conversations c {RECORD} \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
         LEFT JOIN tickets t ON t.id = l.ticket_id \
         WHERE {HISTORY} AND {condition} {{for_update of c}}",
        conversations::COLUMNS,
        tickets::COLUMNS
    )
}

fn read(row: &mut Row<'_>) -> Result<Candidate> {
    let conversation = conversations::read(row)?;
    let ticket = match row.get::<Option<Id>>()? {
        Some(_) => Some(tickets::read(row)?),
        None => None,
    };
    Ok(Candidate { conversation, contact: None, ticket })
}

/// Where a conversation lies after the move, and who owns it.
struct Placed {
    id: Id,
    inbox_id: Id,
    owner_id: Option<Id>,
}

crate::record!(c: Placed => "conversations" { id: Int = c.id, inbox_id: Int = c.inbox_id, owner_id: Int = c.owner_id });

/// H3: an existing ticket is seen in the help desk from now on; nothing else of it changes.
struct Shown {
    id: Id,
    in_help_desk: bool,
}

crate::record!(t: Shown => "tickets" { id: Int = t.id, in_help_desk: Int = t.in_help_desk });

/// The rows of a batch, table by table.
#[derive(Default)]
struct Rows {
    counts: Counts,
    items: Vec<Item>,
    conversations: Vec<Placed>,
    tickets: Vec<Ticket>,
    links: Vec<Link>,
    contacts: Vec<FurtherContact>,
    /// The conversations' contacts beyond the first, before they are written.
    further: HashMap<Id, Vec<Id>>,
    ties: HashMap<Id, Ties>,
    /// Tickets that were there before, and come to the help desk.
    shown: Vec<Ticket>,
    shown_ids: HashSet<Id>,
    shown_earlier: HashSet<Id>,
    history: Vec<Change>,
    notices: HashMap<Id, i64>,
    sla: kept::Rows,
}

impl Rows {
    fn write(mut self, tx: &mut Tx<'_>, run: Id) -> Result<Counts> {
        self.history.sort_by_key(|change| (change.object, change.object_id, change.position));
        tx.insert(&self.items)?;
        tx.insert(&self.tickets)?;
        tx.insert(&self.links)?;
        tx.insert(&self.contacts)?;
        tx.update(&self.shown.iter().map(|ticket| Shown { id: ticket.id, in_help_desk: true }).collect::<Vec<_>>())?;
        search::tickets_changed(tx, &self.shown.iter().map(|ticket| ticket.id).collect::<Vec<_>>())?;
        tx.update(&self.conversations)?;
        tx.insert(&self.history)?;
        self.sla.insert(tx)?;
        let mut notices: Vec<_> = self.notices.into_iter().collect();
        notices.sort_unstable();
        migrations::add_notices(tx, run, notices)?;
        Ok(self.counts)
    }
}

/// Tickets that this run has brought into the help desk in an earlier batch, with another conversation: the record of them
/// before the move must not depend on where a batch happened to end.
fn shown_earlier(tx: &mut Tx<'_>, run: Id, candidates: &[Candidate]) -> Result<HashSet<Id>> {
    let tickets: Vec<Id> = candidates
        .iter()
        .filter_map(|candidate| candidate.ticket.as_ref())
        .filter(|ticket| ticket.in_help_desk)
        .map(|ticket| ticket.id)
        .collect();
    if tickets.is_empty() {
        return Ok(HashSet::new());
    }
    let dialect = tx.dialect();
    let sql = format!(
        "SELECT object_id FROM history WHERE object = $1 AND property = 'in_help_desk' AND run_id = $2 AND object_id {}",
        dialect.any_of(3)
    );
    let found = tx.query(&sql, args![Object::Ticket, run, dialect.id_list(&tickets)], |row| row.get())?;
    Ok(found.into_iter().collect())
}

/// How many conversations of the channel are history and have no record yet.
pub fn remaining(tx: &mut Tx<'_>, run: &Run, boundary: Boundary) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM conversations c {RECORD} WHERE {HISTORY} AND c.channel_id = $5 AND c.id <= $6");
    let args = args![run.help_desk_id, run.id, run.help_desk_id, boundary.channel_row, run.channel_id, boundary.conversation];
    tx.one(&sql, args, |row| row.get())
}
