//! A ticket's clocks as they are kept in the store.

use std::sync::Arc;

use super::policies::{InForce, Policies};
use crate::domain::Id;
use crate::domain::conversation::Answers;
use crate::domain::sla::clock::{Change, Clock, Transition};
use crate::domain::sla::historic::{Historic, Summary};
use crate::domain::sla::policy::Kind;
use crate::domain::sla::status::Standing;
use crate::domain::sla::{Clocks, Event, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;
use crate::store::sla::clocks::{self, Basis, Cells, ClocksRow, EndedBy, PastResponse, Rule, TicketSla};

/// Rows of tickets' clocks, to be written together.
#[derive(Debug, Default, PartialEq)]
pub struct Rows {
    slas: Vec<Basis>,
    clocks: Vec<ClocksRow>,
    past: Vec<PastResponse>,
}

impl Rows {
    /// A ticket that has no SLA for good, also by no policy that is set later (M12).
    pub fn exempt(&mut self, ticket: Id, at: Time) {
        self.slas.push(Basis::exempt(ticket, at));
    }

    /// Writes the rows of tickets that have none yet.
    pub fn insert(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.insert(&self.slas)?;
        tx.insert(&self.clocks)?;
        tx.insert(&self.past)
    }

    /// Writes them over those that are there.
    pub fn put(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.put(&self.slas)?;
        tx.put(&self.clocks)?;
        tx.put(&self.past)
    }
}

/// A ticket's clocks, and the policy that holds for them.
pub struct Kept {
    pub ticket: Id,
    pub clocks: Clocks,
    pub in_force: Arc<InForce>,
    /// As they lie in the store; none for new ones.
    stored: Option<Clocks>,
    /// What has ended, by target.
    ended: [Option<Ended>; 3],
    /// Next responses that gave way to others since.
    past: Vec<PastResponse>,
    /// Other terms are laid against it than those by which its due times were stored.
    other_terms: bool,
}

/// A clock that has ended keeps what is stored of it, and the rule by which it was judged, whatever is asked now.
struct Ended {
    clock: Clock,
    cells: Cells,
    by: Rule,
}

/// The terms by which one target of a ticket is told.
pub struct Held {
    pub in_force: Arc<InForce>,
    pub clocks: Clocks,
    /// Of what has ended; by a rule that holds no more.
    pub earlier: bool,
    /// Of what has ended, as it was then.
    due_at: Option<Time>,
}

impl Held {
    pub fn standing(&self, kind: Kind, now: Time) -> Option<Standing> {
        let standing = self.clocks.standing(&self.in_force.terms, kind, now)?;
        Some(Standing { due_at: self.due_at.or(standing.due_at), ..standing })
    }
}

impl Kept {
    /// The clocks of a ticket that stands as `ticket` says; `None` where it never had any.
    pub fn load(tx: &mut Tx<'_>, policies: &mut Policies, ticket: &Ticket) -> Result<Option<Kept>> {
        let Some(sla) = clocks::of_ticket(tx, ticket.id)? else { return Ok(None) };
        let in_force = policies.of(tx, sla.basis.policy_id)?;
        Kept::assemble(policies, in_force, ticket, sla).map(Some)
    }

    /// Puts together what was read.
    pub fn assemble(policies: &Policies, in_force: Arc<InForce>, ticket: &Ticket, sla: TicketSla) -> Result<Kept> {
        let [first_response, next_response, close] = sla.clocks()?;
        let clocks = Clocks {
            stage: ticket.stage_id,
            open: ticket.open,
            value: policies.value(in_force.policy.by, ticket),
            spam: ticket.spam,
            finished: sla.basis.finished,
            rule: sla.basis.rule.and_then(|rule| usize::try_from(rule).ok()),
            rule_since: sla.basis.rule_since,
            replied: sla.basis.replied,
            unanswered_since: sla.basis.unanswered_since,
            last_at: sla.basis.last_at,
            instances: u32::try_from(sla.basis.next_responses).unwrap_or(u32::MAX),
            clocks: [first_response, next_response, close],
        };
        let judged = (sla.basis.policy_id, sla.basis.rule);
        let ended_by = sla.ended_by()?;
        let ended = |kind| {
            let clock = clocks.get(kind).filter(|clock| clock.end.is_some())?.clone();
            Some(Ended { clock, cells: sla.cells(kind).clone(), by: ended_by.get(&kind).copied().unwrap_or(judged) })
        };
        let ended = Kind::ALL.map(ended);
        let stored = Some(clocks.clone());
        Ok(Kept { ticket: ticket.id, clocks, in_force, stored, ended, past: Vec::new(), other_terms: false })
    }

    /// The clocks of a ticket that has none yet, as its past says.
    ///
    /// By `Apply` they run from the ticket's making, by `Restart` from `at`; `Exempt` gives it none for good (M12).
    pub fn begin(policies: &Policies, in_force: Arc<InForce>, ticket: &Ticket, past: &Answers, historic: Historic, at: Time) -> Kept {
        let value = policies.value(in_force.policy.by, ticket);
        let clocks = begin(&in_force.terms, value.as_deref(), ticket, past, historic, at);
        Kept::fresh(ticket.id, clocks, in_force)
    }

    /// Clocks that are not stored yet.
    pub fn fresh(ticket: Id, clocks: Clocks, in_force: Arc<InForce>) -> Kept {
        let mut kept = Kept { ticket, clocks, in_force, stored: None, ended: [None, None, None], past: Vec::new(), other_terms: false };
        kept.keep_ended();
        kept
    }

    /// Writes itself over what is stored of the ticket, though it was not read from there.
    pub fn instead_of(mut self, before: &Kept) -> Kept {
        self.stored.clone_from(&before.stored);
        self.other_terms = true;
        self
    }

    /// What ended just now was judged by the terms of now.
    fn keep_ended(&mut self) {
        for kind in Kind::ALL {
            let Some(clock) = self.clocks.get(kind).filter(|clock| clock.end.is_some()) else { continue };
            if self.ended[kind as usize].as_ref().is_none_or(|ended| ended.clock != *clock) {
                let cells = Cells::new(clock, self.clocks.due(&self.in_force.terms, kind));
                self.ended[kind as usize] = Some(Ended { clock: clock.clone(), cells, by: self.rule() });
            }
        }
    }

    /// The rule that holds.
    fn rule(&self) -> Rule {
        (self.in_force.id, self.clocks.rule.and_then(|rule| i64::try_from(rule).ok()))
    }

    fn ended(&self, kind: Kind) -> Option<&Ended> {
        self.ended[kind as usize].as_ref().filter(|ended| self.clocks.get(kind) == Some(&ended.clock))
    }

    /// The terms by which a target is told: of what has ended, those by which it ended.
    pub fn held(&self, tx: &mut Tx<'_>, policies: &mut Policies, kind: Kind) -> Result<Held> {
        let Some(ended) = self.ended(kind) else {
            return Ok(Held { in_force: Arc::clone(&self.in_force), clocks: self.clocks.clone(), earlier: false, due_at: None });
        };
        let (revision, rule) = ended.by;
        let at = ended.clock.end.map_or(self.clocks.last_at, |end| end.at);
        let clocks = Clocks { rule: rule.and_then(|rule| usize::try_from(rule).ok()), ..self.clocks.clone() };
        let in_force = policies.of_then(tx, revision, at)?;
        Ok(Held { in_force, clocks, earlier: ended.by != self.rule(), due_at: ended.cells.due_at })
    }

    /// How each target stands; nothing where no SLA applies.
    pub fn standings(&self, tx: &mut Tx<'_>, policies: &mut Policies, now: Time) -> Result<Vec<Standing>> {
        let mut standings = Vec::new();
        for kind in Kind::ALL {
            standings.extend(self.held(tx, policies, kind)?.standing(kind, now));
        }
        Ok(standings)
    }

    /// What has begun to run: of clocks that were made just now.
    pub fn begun(&self) -> Vec<Transition> {
        let running = self.clocks.clocks.iter().flatten().filter(|clock| clock.end.is_none());
        let begun = |clock: &Clock| Transition {
            at: clock.started_at,
            kind: clock.kind,
            instance: clock.instance,
            change: Change::Started,
            outcome: None,
        };
        running.map(begun).collect()
    }

    /// Takes in what happened, and tells what it changed; what another target makes overdue is overdue at once.
    pub fn apply(&mut self, at: Time, event: &Event) -> Vec<Transition> {
        let answered = self.clocks.get(Kind::NextResponse).filter(|clock| clock.end.is_some());
        let answered = answered.map(|clock| (clock.instance, self.cells(Kind::NextResponse)));
        let terms = &self.in_force.terms;
        let mut transitions = self.clocks.apply(terms, at, event);
        transitions.extend(self.clocks.advance(terms, at));
        self.keep_ended();
        if let Some((instance, cells)) = answered.filter(|(instance, _)| self.clocks.instances != *instance) {
            self.past.push(PastResponse { ticket_id: self.ticket, instance: i64::from(instance), cells });
        }
        transitions
    }

    /// Another policy, or the same one by other working hours, holds from now on.
    pub fn follow(&mut self, policies: &Policies, next: Arc<InForce>, ticket: &Ticket, now: Time) {
        // What is overdue by the old one stays so.
        self.clocks.advance(&self.in_force.terms, now);
        self.clocks.value = policies.value(next.policy.by, ticket);
        self.in_force = next;
        self.other_terms = true;
        self.apply(now, &Event::Policy);
    }

    /// Adds the rows that say it, where they differ from what is stored.
    pub fn add_to(&self, rows: &mut Rows) {
        // Of two changes in one moment the second leaves no trace in the clocks, only in their due times.
        if self.stored.as_ref() == Some(&self.clocks) && !self.other_terms {
            return;
        }
        rows.slas.push(Basis::new(self.ticket, self.in_force.id, &self.clocks));
        let any = |clocks: &Clocks| clocks.clocks.iter().any(Option::is_some);
        if any(&self.clocks) || self.stored.as_ref().is_some_and(any) {
            rows.clocks.push(ClocksRow::new(self.ticket, &self.clocks, Kind::ALL.map(|kind| self.cells(kind)), &self.ended_by()));
        }
        rows.past.extend_from_slice(&self.past);
    }

    /// As it is stored where nothing has happened yet.
    pub fn as_stored(&self) -> TicketSla {
        let mut rows = Rows::default();
        self.add_to(&mut rows);
        TicketSla::new(Basis::new(self.ticket, self.in_force.id, &self.clocks), rows.clocks.pop())
    }

    /// What was judged by another rule than the one that holds.
    fn ended_by(&self) -> EndedBy {
        let earlier = |kind| Some((kind, self.ended(kind)?.by));
        Kind::ALL.into_iter().filter_map(earlier).filter(|(_, by)| *by != self.rule()).collect()
    }

    /// What is to be stored of a clock.
    pub fn cells(&self, kind: Kind) -> Cells {
        match (self.clocks.get(kind), self.ended(kind)) {
            (None, _) => Cells::default(),
            (Some(_), Some(ended)) => ended.cells.clone(),
            (Some(clock), None) => Cells::new(clock, self.clocks.due(&self.in_force.terms, kind)),
        }
    }

    pub fn save(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut rows = Rows::default();
        self.add_to(&mut rows);
        rows.put(tx)
    }
}

fn begin(terms: &Terms, value: Option<&str>, ticket: &Ticket, past: &Answers, historic: Historic, at: Time) -> Clocks {
    let (first_reply_at, unanswered_since) = match terms.bot_replies_count {
        true => (past.first_answer_at, past.no_answer_since),
        false => (past.first_reply_at, past.no_reply_since),
    };
    let closed_at = if ticket.open { None } else { Some(ticket.closed_at.unwrap_or(ticket.created_at)) };
    let summary = Summary { created_at: ticket.created_at, first_reply_at, unanswered_since, closed_at };
    let mut clocks = summary.clocks(terms, historic, value, ticket.stage_id, at);
    clocks.spam = ticket.spam;
    clocks
}
