//! M13: what must be true of the ticket that a conversation moved with, or that was made for it.

use std::collections::{BTreeSet, HashMap};

use super::Problem;
use super::changes::Changes;
use super::expect::Expectation;
use super::findings::{Findings, of_conversation, of_ticket};
use super::messages::Recount;
use super::subjects::Subject;
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::domain::migration::MapTarget;
use crate::domain::property::CustomProperty;
use crate::domain::ticket::properties::{PROPERTIES, words};
use crate::domain::ticket::{Source, Ticket};
use crate::domain::time::{MINUTE_MS, Time};
use crate::error::Result;
use crate::store::Tx;
use crate::store::history::Object;
use crate::store::migration_items::{Item, Ties};
use crate::store::migrations::Run;

pub fn verify(findings: &mut Findings<'_>, expectation: &Expectation<'_>, subject: &Subject, item: &Item, recount: &Recount) {
    let Some(ticket) = &subject.ticket else { return missing(findings, subject) };
    if !ticket.in_help_desk {
        findings.wrong("not_in_help_desk", format!("ticket {} is not shown in the help desk (H3)", ticket.id));
    }
    if replaced(findings, expectation.run, subject, ticket) {
        findings.changed_since = true;
        return;
    }
    match (item.ticket_id, item.ticket_before()) {
        (Some(id), Some(before)) => {
            let field = of_conversation(subject.conversation.id, "ticket").code("ticket_replaced");
            findings.expect_id(field, Some(id), Some(ticket.id));
            if id == ticket.id {
                moved(findings, expectation, &before, subject, item, ticket);
            }
        }
        _ => {
            if subject.made_for_it != 1 {
                let message =
                    format!("{} tickets were made for conversation {} instead of one", subject.made_for_it, subject.conversation.id);
                findings.wrong("ticket_doubled", message);
            }
            made(findings, expectation, subject, item, ticket, recount);
        }
    }
}

/// What is true of every ticket: its stage is there and as open as the ticket, and its history is whole.
pub fn sound(findings: &mut Findings<'_>, ticket: &Ticket, stages: &HashMap<Id, bool>) {
    findings.history(Object::Ticket, ticket.id);
    if !stages.contains_key(&ticket.stage_id) {
        findings.wrong("stage_lost", format!("ticket {} stands in stage {}, which is not there", ticket.id, ticket.stage_id));
    }
}

/// Its stage says whether a ticket is open.
pub fn stage_state(findings: &mut Findings<'_>, ticket: &Ticket, stages: &HashMap<Id, bool>) {
    if !findings.found("stage") && stages.get(&ticket.stage_id).is_some_and(|open| *open != ticket.open) {
        let say = |open: bool| if open { "open" } else { "closed" };
        let message = format!("ticket {} is {}, and its stage is {}", ticket.id, say(ticket.open), say(!ticket.open));
        findings.wrong("stage_state", message);
    }
}

/// Another ticket than the one that this run made, and the conversation's history says so: that one was merged away (H10), or
/// deleted before the customer wrote again.
fn replaced(findings: &Findings<'_>, run: &Run, subject: &Subject, ticket: &Ticket) -> bool {
    let id = subject.conversation.id;
    let its_own = ticket.made_for == Some(id) && ticket.made_by_run == Some(run.id);
    let noted = findings.changes.latest(Object::Conversation, id, "ticket").flatten();
    let made = subject.item.as_ref().is_some_and(|item| item.ticket_id.is_none());
    made && !its_own && noted == Some(ticket.id.to_string().as_str())
}

pub fn missing(findings: &mut Findings<'_>, subject: &Subject) {
    let id = subject.conversation.id;
    match subject.ticket_id {
        Some(ticket) => findings.wrong("ticket_lost", format!("ticket {ticket} of conversation {id} is gone")),
        // Deleting a ticket on purpose is noted on its conversation.
        None if findings.changes.latest(Object::Conversation, id, "ticket") == Some(None) => findings.changed_since = true,
        None => findings.wrong("ticket_lost", format!("conversation {id} has no ticket")),
    }
}

/// A ticket that was there keeps every property.
fn moved(findings: &mut Findings<'_>, expectation: &Expectation<'_>, before: &Ticket, subject: &Subject, item: &Item, ticket: &Ticket) {
    let run = expectation.run;
    compare(findings, before, ticket);
    if !before.in_help_desk && !noted(run, findings, Object::Ticket, ticket.id, ("in_help_desk", Some("0"), Some("1"))) {
        findings.wrong("history", format!("the history of ticket {} does not say that this migration moved it", ticket.id));
    }
    if let Some(ties) = item.ties_before() {
        self::ties(findings, &expectation.properties, ticket, before.contact_id, (&ties, &subject.ties));
    }
}

/// What a made ticket must be like.
fn made(findings: &mut Findings<'_>, expectation: &Expectation<'_>, subject: &Subject, item: &Item, ticket: &Ticket, recount: &Recount) {
    let (run, c) = (expectation.run, &subject.conversation);
    let Some(target) = target(run, subject, item) else { return };
    let owner = expectation.owner(item);
    let last_message_at = item.last_message_at.unwrap_or_else(|| recount.last_at(c.started_at, item.message_count));
    let expected = Ticket {
        name: match c.subject.as_deref().map(str::trim) {
            Some(subject) if !subject.is_empty() => subject.to_owned(),
            _ => format!("Conversation with {}", contact(subject, item).unwrap_or("an unknown contact")),
        },
        stage_id: target.stage_id,
        open: target.open,
        owner_id: owner,
        team_id: owner.and_then(|owner| run.agents.get(&owner).copied().flatten()),
        source: Some(Source::from(run.channel_before.kind)),
        contact_id: c.contact_id,
        company_id: c.company_id,
        created_at: c.started_at,
        closed_at: if target.open { None } else { closed(findings, subject, item, ticket).or(Some(last_message_at)) },
        spam: item.spam,
        made_for: Some(c.id),
        made_by_run: Some(run.id),
        ..unsaid(ticket)
    };
    compare(findings, &expected, ticket);
    let stage = target.stage_id.to_string();
    if ticket.made_by_run == Some(run.id) && !noted(run, findings, Object::Ticket, ticket.id, ("created", None, Some(&stage))) {
        let message = format!("the history of ticket {} does not say that this migration made it in stage {stage}", ticket.id);
        findings.wrong("history", message);
    }
    if item.last_message_at.is_some() {
        let contacts = Ties { contacts: subject.contacts.clone(), ..Ties::default() };
        ties(findings, &expectation.properties, ticket, c.contact_id, (&contacts, &subject.ties));
    }
}

/// What a new ticket is like beside what is said of it: everything else has no value. What changes with every message is not
/// compared.
pub fn unsaid(ticket: &Ticket) -> Ticket {
    Ticket { id: ticket.id, last_activity_at: ticket.last_activity_at, in_help_desk: ticket.in_help_desk, ..Ticket::default() }
}

/// The contact's name, as it was when the ticket was made.
fn contact<'s>(subject: &'s Subject, item: &'s Item) -> Option<&'s str> {
    match item.last_message_at {
        Some(_) => item.contact.as_deref(),
        None => subject.contact.as_deref(),
    }
}

/// When the conversation was closed before the move.
fn closed(findings: &Findings<'_>, subject: &Subject, item: &Item, ticket: &Ticket) -> Option<Time> {
    let c = &subject.conversation;
    if item.last_message_at.is_some() {
        return item.closed_at;
    }
    // An old record does not say. Closed or reopened since: the date it was closed at before is in its history.
    let noted = |time: Time| findings.changes.had(Object::Conversation, c.id, "closed_at", Some(&time.to_string()));
    ticket.closed_at.filter(|closed_at| noted(*closed_at)).or(c.closed_at)
}

/// By the map: the first rule that took the conversation, else the one for its status.
fn target<'r>(run: &'r Run, subject: &Subject, item: &Item) -> Option<&'r MapTarget> {
    let map = run.map.as_ref()?;
    Some(match (subject.rule, item.status) {
        (Some(number), _) => &map.rules.get(number)?.to,
        (None, Status::Open) => &map.open,
        (None, Status::Closed) => &map.closed,
    })
}

/// Every property of a ticket that the move must keep, or set, exactly.
pub fn compare(findings: &mut Findings<'_>, expected: &Ticket, now: &Ticket) {
    for property in PROPERTIES.iter().filter(|property| property.kept && (property.get)(expected) != (property.get)(now)) {
        let field = of_ticket(now.id, property.name);
        let field = match property.name {
            "created_at" => field.code("create_date"),
            "closed_at" => field.code("close_date"),
            _ => field,
        };
        findings.expect(field, words((property.get)(expected)).as_deref(), words((property.get)(now)).as_deref());
    }
    if expected.stage_id == now.stage_id && expected.open != now.open {
        findings.expect_flag(of_ticket(now.id, "open").code("stage"), expected.open, now.open);
    }
}

/// Contacts, deals and custom properties: those from before, and what was noted since.
fn ties(findings: &mut Findings<'_>, properties: &[CustomProperty], ticket: &Ticket, contact: Option<Id>, (before, now): (&Ties, &Ties)) {
    if !findings.found("contact") {
        let before = before.contacts.iter().copied().chain(contact);
        let now = now.contacts.iter().copied().chain(ticket.contact_id);
        set(findings, ticket.id, "contacts", before, now);
    }
    set(findings, ticket.id, "deals", before.deals.iter().copied(), now.deals.iter().copied());
    // The values of a property that was deleted since are gone with it.
    for property in properties {
        let text = |values: &Ties| values.values.get(&property.id).map(|value| property.text(value));
        let field = of_ticket(ticket.id, &property.name).code("custom_property");
        findings.expect(field, text(before).as_deref(), text(now).as_deref());
    }
}

fn set(findings: &mut Findings<'_>, ticket: Id, property: &str, before: impl Iterator<Item = Id>, now: impl Iterator<Item = Id>) {
    let before: BTreeSet<Id> = before.collect();
    let now: BTreeSet<Id> = now.collect();
    if now == before {
        return;
    }
    if now == findings.changes.set(Object::Ticket, ticket, property, before.iter().copied()) {
        findings.changed_since = true;
    } else {
        findings.wrong(property, format!("{property} of ticket {ticket} are {now:?} instead of {before:?}"));
    }
}

/// Whether a change is one that the run must have noted: by its starter, within its time.
pub fn noted(run: &Run, findings: &Findings<'_>, object: Object, id: Id, (property, old, new): (&str, Option<&str>, Option<&str>)) -> bool {
    // A clock may be set right while the run is interrupted, by as much as a worker lets pass.
    let begin = run.started_at.plus_ms(-MINUTE_MS);
    let end = run.finished_at.map_or(Time(i64::MAX), |end| end.plus_ms(MINUTE_MS));
    findings.changes.of(object, id).iter().any(|change| {
        change.run_id == Some(run.id)
            && change.actor_id == Some(run.started_by)
            && (begin..=end).contains(&change.at)
            && (change.property.as_str(), change.old_value.as_deref(), change.new_value.as_deref()) == (property, old, new)
    })
}

/// When something last happened on the ticket: it was so before, or a message of its conversations says so.
pub fn activity(
    tx: &mut Tx<'_>,
    expectation: &Expectation<'_>,
    subject: &Subject,
    recount: &Recount,
    changes: &Changes,
) -> Result<Option<Problem>> {
    let Some(ticket) = &subject.ticket else { return Ok(None) };
    let c = &subject.conversation;
    let begun = match &subject.item {
        Some(item) if item.ticket_id == Some(ticket.id) => item.ticket_before().map(|before| (before.last_activity_at, item.message_count)),
        Some(item) if item.ticket_id.is_none() && ticket.made_by_run == Some(expectation.run.id) => {
            item.last_message_at.map(|at| (at, item.message_count))
        }
        None if ticket.made_for == Some(c.id) => Some((ticket.created_at.max(c.started_at), 0)),
        _ => None,
    };
    let Some((begun, messages)) = begun else { return Ok(None) };
    let (now, expected) = (ticket.last_activity_at, begun.max(recount.last_after(messages)));
    let changed = |property| changes.latest(Object::Ticket, ticket.id, property).is_some();
    // Another ticket's activity counts from a merge on; what happens while a ticket is deleted does not.
    if now == expected || (now >= begun && (changed("merged") || changed("deleted") || has_others(tx, ticket.id)?)) {
        return Ok(None);
    }
    let message = format!("the last activity of ticket {} is {now} instead of {expected}", ticket.id);
    Ok(Some(Problem::new("last_activity", message)))
}

/// Whether it has several conversations: whatever happened in any of them counts.
fn has_others(tx: &mut Tx<'_>, ticket: Id) -> Result<bool> {
    tx.one("SELECT count(*) FROM conversation_tickets WHERE ticket_id = $1", args![ticket], |row| row.get::<i64>()).map(|count| count > 1)
}
