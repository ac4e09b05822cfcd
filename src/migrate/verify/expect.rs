//! What must be true of one conversation after the move, written a second time on purpose: the rules, not the
//! engine's code, say what is expected.

use super::messages::Recount;
use super::{Changes, Problem, Sign, Subject, Verdict};
use crate::domain::Id;
use crate::domain::conversation::{Answers, Conversation, Status};
use crate::domain::migration::{self, History, MapTarget, PreparedMap};
use crate::domain::ticket::{Source, Ticket};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;
use crate::store::channels;
use crate::store::history::{self, Object};
use crate::store::migrations::{Boundary, Item, Run};

/// M10, M19: the channel is in the help desk and its settings are what they were, or what the history explains.
pub fn channel(tx: &mut Tx<'_>, run: &Run, tell: &mut dyn FnMut(Verdict) -> Result<()>) -> Result<()> {
    let mut problems = Vec::new();
    let changes = history::of(tx, Object::Channel, run.channel_id)?;
    let latest =
        |property: &str| changes.iter().rev().find(|change| change.property == property).and_then(|change| change.new_value.clone());
    match channels::by_id(tx, run.channel_id)? {
        None => problems.push(Problem::new("channel_lost", format!("channel {} is gone", run.channel_before.address))),
        Some(channel) => {
            if channel.inbox_id != run.help_desk_id {
                problems.push(Problem::new("channel_not_moved", format!("channel {} is not in the help desk", channel.address)));
            }
            let (before, now) = (fields(&run.channel_before), fields(&channel));
            for (name, value) in &now {
                let as_text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let as_json = value.to_string();
                let explained = latest(name).is_some_and(|noted| noted == as_text || noted == as_json);
                if before.get(name) != Some(value) && !explained {
                    problems.push(Problem::new(
                        "setting_changed",
                        format!("{} of channel {} is not what it was before the move", name, channel.address),
                    ));
                }
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    tell(Verdict { sign: Sign::Wrong, conversation: None, ticket: None, changed_since: false, arrival: false, problems })
}

/// What must not change: name, kind, address and every setting, by name.
fn fields(channel: &crate::domain::channel::Channel) -> serde_json::Map<String, serde_json::Value> {
    let mut fields = match serde_json::json!(channel.settings) {
        serde_json::Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    };
    for optional in ["signature", "bot", "automation"] {
        fields.entry(optional).or_insert(serde_json::Value::Null);
    }
    fields.insert("name".into(), channel.name.clone().into());
    fields.insert("kind".into(), channel.kind.as_str().into());
    fields.insert("address".into(), channel.address.clone().into());
    fields
}

/// What holds for the whole run.
pub struct Expectation<'r> {
    run: &'r Run,
    boundary: Boundary,
    map: Option<PreparedMap<'r>>,
}

/// Collects what is wrong with one conversation.
struct Findings<'a> {
    changes: &'a Changes,
    problems: Vec<Problem>,
    changed_since: bool,
}

impl Findings<'_> {
    fn wrong(&mut self, code: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, message));
    }

    /// `now` must be as expected, or what the newest noted change of the property says.
    fn expect(&mut self, object: Object, id: Id, property: &str, code: &str, expected: Option<&str>, now: Option<&str>) {
        if now == expected {
            return;
        }
        if self.changes.latest(object, id, property).is_some_and(|noted| noted == now) {
            self.changed_since = true;
            return;
        }
        let say = |value: Option<&str>| value.map_or_else(|| "nothing".to_owned(), |value| format!("\"{value}\""));
        self.wrong(code, format!("{property} of {} {id} is {} instead of {}", object.as_str(), say(now), say(expected)));
    }

    fn expect_id(&mut self, object: Object, id: Id, property: &str, code: &str, expected: Option<Id>, now: Option<Id>) {
        let text = |id: Option<Id>| id.map(|id| id.to_string());
        self.expect(object, id, property, code, text(expected).as_deref(), text(now).as_deref());
    }

    fn expect_flag(&mut self, object: Object, id: Id, property: &str, code: &str, expected: bool, now: bool) {
        self.expect_id(object, id, property, code, Some(expected.into()), Some(now.into()));
    }

    fn verdict(self, subject: &Subject, arrival: bool) -> Verdict {
        let has = |codes: &[&str]| self.problems.iter().any(|problem| codes.contains(&problem.code.as_str()));
        let sign = match () {
            () if self.problems.is_empty() => Sign::Same,
            () if has(&["ticket_lost", "not_moved"]) => Sign::Missing,
            () if has(&["ticket_doubled", "not_of_this_channel"]) => Sign::Unexpected,
            () => Sign::Wrong,
        };
        Verdict {
            sign,
            conversation: Some(subject.conversation.id),
            ticket: subject.ticket_id,
            changed_since: self.changed_since,
            arrival,
            problems: self.problems,
        }
    }
}

impl<'r> Expectation<'r> {
    pub fn new(run: &'r Run, boundary: Boundary) -> Expectation<'r> {
        Expectation { run, boundary, map: run.map.as_ref().map(|map| map.prepare()) }
    }

    pub fn verdict(&self, subject: &Subject, recount: &Recount, changes: &Changes) -> Verdict {
        let mut findings = Findings { changes, problems: recount.problems(), changed_since: false };
        let conversation = &subject.conversation;
        self.bookkeeping(&mut findings, subject, recount);
        if let Some(item) = &subject.item {
            self.messages(&mut findings, conversation.id, item, recount);
        }
        // Where the messages themselves are wrong, what follows from them says nothing more.
        if findings.problems.is_empty() {
            answers(&mut findings, conversation, &recount.answers());
        }
        let Some(item) = &subject.item else { return self.without_record(findings, subject) };
        if subject.newest_at_boundary != Some(self.run.channel_id) && conversation.id <= self.boundary.conversation {
            findings.wrong(
                "not_of_this_channel",
                format!("conversation {} belongs to another channel by its channel history (M21)", conversation.id),
            );
        }
        self.conversation(&mut findings, subject, item);
        self.ticket(&mut findings, subject, item, recount);
        if recount.total() > item.message_count {
            findings.changed_since = true;
        }
        findings.verdict(subject, false)
    }

    /// The conversation's own row against its messages: a message lost after the move shows here.
    fn bookkeeping(&self, findings: &mut Findings<'_>, subject: &Subject, recount: &Recount) {
        let conversation = &subject.conversation;
        if recount.total() < conversation.message_count {
            findings.wrong(
                "message_lost",
                format!("conversation {} has {} messages instead of {}", conversation.id, recount.total(), conversation.message_count),
            );
        } else if findings.problems.is_empty() && recount.chain(recount.total()) != conversation.digest {
            findings.wrong("messages_differ", format!("the messages of conversation {} are not those that were stored", conversation.id));
        }
    }

    /// M16, M6, M11: no record was taken. Then it stays where it was, or arrived later.
    fn without_record(&self, mut findings: Findings<'_>, subject: &Subject) -> Verdict {
        let conversation = &subject.conversation;
        let was_here = conversation.id <= self.boundary.conversation && subject.newest_at_boundary == Some(self.run.channel_id);
        match (was_here, self.run.history) {
            (true, History::All) => {
                findings
                    .wrong("not_moved", format!("conversation {} was on the channel when it moved, and was not moved", conversation.id));
                findings.verdict(subject, false)
            }
            (true, History::None) => {
                let inbox = self.run.channel_before.inbox_id;
                if conversation.inbox_id == self.run.help_desk_id && inbox != self.run.help_desk_id {
                    findings.expect_id(
                        Object::Conversation,
                        conversation.id,
                        "inbox",
                        "moved_without_history",
                        Some(inbox),
                        Some(conversation.inbox_id),
                    );
                }
                findings.verdict(subject, false)
            }
            (false, _) => {
                self.arrival(&mut findings, subject);
                findings.verdict(subject, true)
            }
        }
    }

    /// M11: an arrival is in the help desk with one ticket, in the help desk too.
    fn arrival(&self, findings: &mut Findings<'_>, subject: &Subject) {
        let conversation = &subject.conversation;
        findings.expect_id(
            Object::Conversation,
            conversation.id,
            "inbox",
            "not_in_help_desk",
            Some(self.run.help_desk_id),
            Some(conversation.inbox_id),
        );
        match &subject.ticket {
            Some(ticket) if !ticket.in_help_desk => {
                findings.wrong("not_in_help_desk", format!("ticket {} is not shown in the help desk", ticket.id))
            }
            Some(_) => {}
            None => self.missing_ticket(findings, subject),
        }
        if subject.made_for_it > 1 {
            findings.wrong("ticket_doubled", format!("{} tickets were made for conversation {}", subject.made_for_it, conversation.id));
        }
    }

    fn messages(&self, findings: &mut Findings<'_>, id: Id, item: &Item, recount: &Recount) {
        if recount.total() < item.message_count {
            findings.problems.retain(|problem| problem.code != "message_lost");
            findings.wrong(
                "message_lost",
                format!("conversation {id} has {} messages; before the move it had {}", recount.total(), item.message_count),
            );
        } else if findings.problems.is_empty() && recount.chain(item.message_count) != item.digest {
            findings.wrong("messages_differ", format!("the messages of conversation {id} are not those from before the move"));
        }
    }

    fn conversation(&self, findings: &mut Findings<'_>, subject: &Subject, item: &Item) {
        let (c, object) = (&subject.conversation, Object::Conversation);
        if c.channel_id != self.run.channel_id && !subject.left_since {
            findings
                .wrong("channel_changed", format!("conversation {} is on another channel, and its channel history does not say why", c.id));
        }
        findings.expect_id(object, c.id, "inbox", "not_in_help_desk", Some(self.run.help_desk_id), Some(c.inbox_id));
        findings.expect(object, c.id, "status", "status", Some(item.status.as_str()), Some(c.status.as_str()));
        findings.expect_flag(object, c.id, "spam", "spam", item.spam, c.spam);
        findings.expect_id(object, c.id, "owner", "owner", self.owner(item), c.owner_id);
    }

    /// M13: the owner stays who had access when the run was prepared.
    fn owner(&self, item: &Item) -> Option<Id> {
        item.owner_id.filter(|owner| self.run.agents.contains_key(owner))
    }

    fn ticket(&self, findings: &mut Findings<'_>, subject: &Subject, item: &Item, recount: &Recount) {
        let Some(ticket) = &subject.ticket else { return self.missing_ticket(findings, subject) };
        if !ticket.in_help_desk {
            findings.wrong("not_in_help_desk", format!("ticket {} is not shown in the help desk (H3)", ticket.id));
        }
        if self.replaced(findings, subject, ticket) {
            findings.changed_since = true;
            return;
        }
        let before = item.ticket_before.as_deref().and_then(|json| serde_json::from_str::<Ticket>(json).ok());
        match (item.ticket_id, before) {
            (Some(id), Some(before)) => {
                findings.expect_id(Object::Conversation, subject.conversation.id, "ticket", "ticket_replaced", Some(id), Some(ticket.id));
                if id == ticket.id {
                    compare(findings, &before, ticket);
                }
            }
            _ => {
                if subject.made_for_it != 1 {
                    let message =
                        format!("{} tickets were made for conversation {} instead of one", subject.made_for_it, subject.conversation.id);
                    findings.wrong("ticket_doubled", message);
                }
                self.made(findings, subject, item, ticket, recount);
            }
        }
    }

    /// Another ticket than the one that this run made, and the conversation's history says so: that one was merged away (H10), or
    /// deleted before the customer wrote again.
    fn replaced(&self, findings: &Findings<'_>, subject: &Subject, ticket: &Ticket) -> bool {
        let id = subject.conversation.id;
        let its_own = ticket.made_for == Some(id) && ticket.made_by_run == Some(self.run.id);
        let noted = findings.changes.latest(Object::Conversation, id, "ticket").flatten();
        let made = subject.item.as_ref().is_some_and(|item| item.ticket_id.is_none());
        made && !its_own && noted == Some(ticket.id.to_string().as_str())
    }

    fn missing_ticket(&self, findings: &mut Findings<'_>, subject: &Subject) {
        let id = subject.conversation.id;
        match subject.ticket_id {
            Some(ticket) => findings.wrong("ticket_lost", format!("ticket {ticket} of conversation {id} is gone")),
            // Deleting a ticket on purpose is noted on its conversation.
            None if findings.changes.latest(Object::Conversation, id, "ticket") == Some(None) => findings.changed_since = true,
            None => findings.wrong("ticket_lost", format!("conversation {id} has no ticket")),
        }
    }

    /// M13: what a made ticket must be like.
    fn made(&self, findings: &mut Findings<'_>, subject: &Subject, item: &Item, ticket: &Ticket, recount: &Recount) {
        let (Some(map), c) = (&self.map, &subject.conversation) else { return };
        let target = self.target(map, subject, item, recount);
        let owner = self.owner(item);
        let closed = (!target.open).then(|| c.closed_at.or_else(|| recount.last_at(item.message_count)).unwrap_or(c.started_at));
        // Closed or reopened since: the date it was closed at before is in its history.
        let noted = |time: Option<Time>| {
            findings.changes.had(Object::Conversation, c.id, "closed_at", time.map(|time| time.to_string()).as_deref())
        };
        let closed = if !target.open && ticket.closed_at.is_some() && noted(ticket.closed_at) { ticket.closed_at } else { closed };
        let expected = Ticket {
            name: match c.subject.as_deref().map(str::trim) {
                Some(subject) if !subject.is_empty() => subject.to_owned(),
                _ => format!("Conversation with {}", subject.contact.as_deref().unwrap_or("an unknown contact")),
            },
            stage_id: target.stage_id,
            open: target.open,
            owner_id: owner,
            team_id: owner.and_then(|owner| self.run.agents.get(&owner).copied().flatten()),
            priority: None,
            category: None,
            source: Some(Source::from(self.run.channel_before.kind)),
            description: None,
            contact_id: c.contact_id,
            company_id: c.company_id,
            created_at: c.started_at,
            closed_at: closed,
            spam: item.spam,
            made_for: Some(c.id),
            made_by_run: Some(self.run.id),
            ..ticket.clone()
        };
        compare(findings, &expected, ticket);
    }

    fn target(&self, map: &'r PreparedMap<'r>, subject: &Subject, item: &Item, recount: &Recount) -> &'r MapTarget {
        let c = &subject.conversation;
        map.target(&migration::Subject {
            status: item.status,
            spam: item.spam,
            owner: item.owner_id,
            owner_email: subject.owner_email.as_deref(),
            subject: c.subject.as_deref(),
            contact: subject.contact.as_deref(),
            kind: self.run.channel_before.kind,
            address: &self.run.channel_before.address,
            started_at: c.started_at,
            closed_at: if item.status == Status::Closed { c.closed_at } else { None },
            last_message_at: recount.last_at(item.message_count).unwrap_or(c.started_at),
            message_count: item.message_count,
            has_ticket: false,
            in_help_desk: item.inbox_id == self.run.help_desk_id,
        })
    }
}

/// What is kept on the conversation about who answered when must be what its messages say: the clocks run by it (M12).
fn answers(findings: &mut Findings<'_>, conversation: &Conversation, counted: &Answers) {
    let say = |time: Option<Time>| time.map_or_else(|| "nothing".to_owned(), |time| time.to_string());
    for ((field, kept), (_, counted)) in conversation.answers.fields().into_iter().zip(counted.fields()) {
        if kept != counted {
            findings.wrong(field, format!("{field} of conversation {} is {} instead of {}", conversation.id, say(kept), say(counted)));
        }
    }
}

/// Every property of a ticket that the move must keep, or set, exactly.
fn compare(findings: &mut Findings<'_>, expected: &Ticket, now: &Ticket) {
    let (object, id) = (Object::Ticket, now.id);
    let time = |time: Option<Time>| time.map(|time| time.to_string());
    findings.expect(object, id, "name", "name", Some(&expected.name), Some(&now.name));
    findings.expect_id(object, id, "stage", "stage", Some(expected.stage_id), Some(now.stage_id));
    if expected.stage_id == now.stage_id && expected.open != now.open {
        findings.expect_flag(object, id, "open", "stage", expected.open, now.open);
    }
    findings.expect_id(object, id, "owner", "owner", expected.owner_id, now.owner_id);
    findings.expect_id(object, id, "team", "team", expected.team_id, now.team_id);
    findings.expect(object, id, "priority", "priority", expected.priority.map(|p| p.as_str()), now.priority.map(|p| p.as_str()));
    findings.expect(object, id, "category", "category", expected.category.as_deref(), now.category.as_deref());
    findings.expect(object, id, "source", "source", expected.source.map(|s| s.as_str()), now.source.map(|s| s.as_str()));
    findings.expect(object, id, "description", "description", expected.description.as_deref(), now.description.as_deref());
    findings.expect_id(object, id, "contact", "contact", expected.contact_id, now.contact_id);
    findings.expect_id(object, id, "company", "company", expected.company_id, now.company_id);
    findings.expect(
        object,
        id,
        "created_at",
        "create_date",
        time(Some(expected.created_at)).as_deref(),
        time(Some(now.created_at)).as_deref(),
    );
    findings.expect(object, id, "closed_at", "close_date", time(expected.closed_at).as_deref(), time(now.closed_at).as_deref());
    findings.expect_flag(object, id, "spam", "spam", expected.spam, now.spam);
    findings.expect_id(object, id, "made_for", "made_for", expected.made_for, now.made_for);
}
