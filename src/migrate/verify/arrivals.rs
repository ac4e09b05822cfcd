//! M11: what must be true of a conversation that came after the channel had moved.

use super::expect::Expectation;
use super::findings::{Findings, of_conversation};
use super::subjects::Subject;
use super::tickets;
use crate::domain::conversation::Conversation;
use crate::domain::ticket::{Source, Ticket};
use crate::store::history::Object;

/// It is in the help desk with one ticket, in the help desk too.
pub fn verify(findings: &mut Findings<'_>, expectation: &Expectation<'_>, subject: &Subject) {
    let (c, help_desk) = (&subject.conversation, expectation.run.help_desk_id);
    findings.expect_id(of_conversation(c.id, "inbox").code("not_in_help_desk"), Some(help_desk), Some(c.inbox_id));
    if subject.made_for_it > 1 {
        findings.wrong("ticket_doubled", format!("{} tickets were made for conversation {}", subject.made_for_it, c.id));
    }
    let Some(ticket) = &subject.ticket else { return tickets::missing(findings, subject) };
    if !ticket.in_help_desk {
        findings.wrong("not_in_help_desk", format!("ticket {} is not shown in the help desk", ticket.id));
    }
    let linked = findings.changes.latest(Object::Conversation, c.id, "ticket").flatten().map(str::to_owned);
    if linked.is_some_and(|linked| linked != ticket.id.to_string()) {
        findings.wrong("ticket_replaced", format!("conversation {} has ticket {}, and its history names another", c.id, ticket.id));
    } else if began_here(findings, expectation, subject, ticket) {
        began(findings, expectation, subject, ticket);
    }
    tickets::stage_state(findings, ticket, &expectation.stages);
}

/// It began on the channel, in the help desk, and this is the ticket that it began with.
fn began_here(findings: &Findings<'_>, expectation: &Expectation<'_>, subject: &Subject, ticket: &Ticket) -> bool {
    let (id, changes) = (subject.conversation.id, findings.changes);
    let first = changes.of(Object::Conversation, id).iter().find(|change| change.property == "ticket");
    let first = first.filter(|change| change.old_value.is_none() && change.new_value == Some(ticket.id.to_string()));
    let created = changes.of(Object::Ticket, ticket.id).iter().find(|change| change.property == "created");
    // One that we wrote to first has the ticket that was there, made by hand and earlier.
    let by_itself = first.zip(created).is_some_and(|(first, created)| first.at == created.at);
    let channel = subject.channels.iter().min_by_key(|entry| entry.id).map(|entry| entry.channel_id);
    let moved = changes.latest(Object::Conversation, id, "inbox").is_some();
    by_itself && !moved && channel == Some(expectation.run.channel_id)
}

fn began(findings: &mut Findings<'_>, expectation: &Expectation<'_>, subject: &Subject, ticket: &Ticket) {
    let c = &subject.conversation;
    let kind = Source::from(expectation.run.channel_before.kind);
    let Some(source) = source(findings, ticket).filter(|source| *source == kind) else { return };
    let expected = Ticket {
        name: name(c, ticket),
        stage_id: ticket.stage_id,
        open: ticket.open,
        source: Some(source),
        contact_id: c.contact_id,
        company_id: c.company_id,
        created_at: c.started_at,
        closed_at: ticket.closed_at.filter(|_| !ticket.open),
        made_for: Some(c.id),
        ..tickets::unsaid(ticket)
    };
    conversation(findings, c);
    tickets::compare(findings, &expected, ticket);
}

/// A conversation begins open, and nobody's.
fn conversation(findings: &mut Findings<'_>, c: &Conversation) {
    let field = |property| of_conversation(c.id, property);
    findings.expect_id(field("owner"), None, c.owner_id);
    findings.expect(field("status"), Some("OPEN"), Some(c.status.as_str()));
    findings.expect_time(field("closed_at"), None, c.closed_at);
    findings.expect_flag(field("spam"), false, c.spam);
}

/// As its making was noted.
fn source(findings: &Findings<'_>, ticket: &Ticket) -> Option<Source> {
    findings.changes.latest(Object::Ticket, ticket.id, "created").flatten().and_then(Source::parse)
}

/// The conversation's subject. What the contact was called then is not kept.
fn name(c: &Conversation, ticket: &Ticket) -> String {
    match c.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty()) {
        Some(subject) => subject.to_owned(),
        None if ticket.name.starts_with("Conversation with ") => ticket.name.clone(),
        None => "Conversation with its contact".to_owned(),
    }
}
