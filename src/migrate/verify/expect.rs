//! What must be true of one conversation after the move, written a second time on purpose: the rules, not the
//! engine's code, say what is expected.

use std::collections::HashMap;

use super::changes::Changes;
use super::findings::{Findings, of_conversation};
use super::messages::Recount;
use super::subjects::Subject;
use super::{Verdict, arrivals, tickets};
use crate::domain::Id;
use crate::domain::conversation::{Answers, Conversation, Digest, fixed_digest};
use crate::domain::migration::History;
use crate::domain::pipeline::Stage;
use crate::domain::property::{CustomProperty, PropertyObject};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::history::Object;
use crate::store::migration_items::Item;
use crate::store::migrations::{Boundary, Run};
use crate::store::{Tx, pipelines, properties};

/// What holds for the whole run.
pub struct Expectation<'r> {
    pub run: &'r Run,
    pub boundary: Boundary,
    /// Whether each stage is open.
    pub stages: HashMap<Id, bool>,
    /// The custom properties of tickets.
    pub properties: Vec<CustomProperty>,
}

impl<'r> Expectation<'r> {
    pub fn new(tx: &mut Tx<'_>, run: &'r Run, boundary: Boundary) -> Result<Expectation<'r>> {
        let stages = pipelines::stages(tx)?.iter().map(|stage: &Stage| (stage.id, stage.is_open())).collect();
        let properties = properties::all(tx, PropertyObject::Ticket)?;
        Ok(Expectation { run, boundary, stages, properties })
    }

    pub fn verdict(&self, subject: &Subject, recount: &Recount, changes: &Changes) -> Verdict {
        let mut findings = Findings::new(changes, recount.problems());
        let conversation = &subject.conversation;
        bookkeeping(&mut findings, subject, recount);
        if let Some(item) = &subject.item {
            messages(&mut findings, conversation.id, item, recount);
        }
        // Where the messages themselves are wrong, what follows from them says nothing more.
        if findings.problems.is_empty() {
            answers(&mut findings, conversation, &recount.answers());
            lines(&mut findings, subject, recount);
        }
        findings.history(Object::Conversation, conversation.id);
        if let Some(ticket) = &subject.ticket {
            tickets::sound(&mut findings, ticket, &self.stages);
        }
        let Some(item) = &subject.item else { return self.without_record(findings, subject) };
        if subject.newest_at_boundary != Some(self.run.channel_id) && conversation.id <= self.boundary.conversation {
            findings.wrong(
                "not_of_this_channel",
                format!("conversation {} belongs to another channel by its channel history (M21)", conversation.id),
            );
        }
        self.conversation(&mut findings, subject, item, recount);
        tickets::verify(&mut findings, self, subject, item, recount);
        if let Some(ticket) = &subject.ticket {
            tickets::stage_state(&mut findings, ticket, &self.stages);
        }
        if recount.total() > item.message_count {
            findings.changed_since = true;
        }
        findings.verdict(subject, false)
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
                    let field = of_conversation(conversation.id, "inbox").code("moved_without_history");
                    findings.expect_id(field, Some(inbox), Some(conversation.inbox_id));
                }
                findings.verdict(subject, false)
            }
            (false, _) => {
                arrivals::verify(&mut findings, self, subject);
                findings.verdict(subject, true)
            }
        }
    }

    fn conversation(&self, findings: &mut Findings<'_>, subject: &Subject, item: &Item, recount: &Recount) {
        let c = &subject.conversation;
        if c.channel_id != self.run.channel_id && !subject.left_since {
            findings
                .wrong("channel_changed", format!("conversation {} is on another channel, and its channel history does not say why", c.id));
        }
        let field = |property| of_conversation(c.id, property);
        findings.expect_id(field("inbox").code("not_in_help_desk"), Some(self.run.help_desk_id), Some(c.inbox_id));
        findings.expect(field("status"), Some(item.status.as_str()), Some(c.status.as_str()));
        findings.expect_flag(field("spam"), item.spam, c.spam);
        let owner = self.owner(item);
        findings.expect_id(field("owner"), owner, c.owner_id);
        if let Some(last_message_at) = item.last_message_at {
            findings.expect_time(field("closed_at"), item.closed_at, c.closed_at);
            if findings.problems.is_empty() && last_message_at != recount.last_at(c.started_at, item.message_count) {
                findings.wrong("last_message_at", format!("the record of conversation {} has a newest message at {last_message_at}", c.id));
            }
        }
        if item.fixed.is_some_and(|fixed| !is_fixed(findings.changes, subject, fixed)) {
            let message = format!("subject, contacts, company, thread key or start of conversation {} is not what it was", c.id);
            findings.wrong("conversation_changed", message);
        }
        if owner != item.owner_id && !self.noted(findings, c.id, "owner", item.owner_id.map(|id| id.to_string()).as_deref(), None) {
            findings.wrong("history", format!("the history of conversation {} does not say that it lost its owner", c.id));
        }
    }

    /// M13: the owner stays who had access when the run was prepared.
    pub fn owner(&self, item: &Item) -> Option<Id> {
        item.owner_id.filter(|owner| self.run.agents.contains_key(owner))
    }

    /// Whether a conversation's history has this change as one of the run.
    fn noted(&self, findings: &Findings<'_>, id: Id, property: &str, old: Option<&str>, new: Option<&str>) -> bool {
        tickets::noted(self.run, findings, Object::Conversation, id, (property, old, new))
    }
}

/// The conversation's own row against its messages: a message lost after the move shows here.
fn bookkeeping(findings: &mut Findings<'_>, subject: &Subject, recount: &Recount) {
    let conversation = &subject.conversation;
    let (id, counted) = (conversation.id, conversation.message_count);
    if recount.total() != counted {
        findings.wrong("message_lost", format!("conversation {id} has {} messages instead of {counted}", recount.total()));
    } else if findings.problems.is_empty() && recount.chain(recount.total()) != conversation.digest {
        findings.wrong("messages_differ", format!("the messages of conversation {id} are not those that were stored"));
    }
}

fn messages(findings: &mut Findings<'_>, id: Id, item: &Item, recount: &Recount) {
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

/// What is kept on the conversation about who answered when must be what its messages say: the clocks run by it (M12).
fn answers(findings: &mut Findings<'_>, conversation: &Conversation, counted: &Answers) {
    let say = |time: Option<Time>| time.map_or_else(|| "nothing".to_owned(), |time| time.to_string());
    for ((field, kept), (_, counted)) in conversation.answers.fields().into_iter().zip(counted.fields()) {
        if kept != counted {
            findings.wrong(field, format!("{field} of conversation {} is {} instead of {}", conversation.id, say(kept), say(counted)));
        }
    }
}

/// What else follows from the messages, and by which channels they came.
fn lines(findings: &mut Findings<'_>, subject: &Subject, recount: &Recount) {
    let c = &subject.conversation;
    let last = recount.last_at(c.started_at, recount.total());
    if c.last_message_at != last {
        findings.wrong("last_message_at", format!("the newest message of conversation {} is of {last}, not {}", c.id, c.last_message_at));
    } else if let Some(direction) = recount.last_direction(c.started_at).filter(|direction| *direction != c.last_direction) {
        findings.wrong("last_direction", format!("the newest message of conversation {} is {direction}, not {}", c.id, c.last_direction));
    }
    for (message, channel) in recount.channels() {
        if !subject.channels.iter().any(|entry| entry.channel_id == channel) {
            findings.wrong("message_channel", format!("message {message} came by a channel that conversation {} never was on", c.id));
        }
    }
    for message in recount.bots_not_answering() {
        findings.wrong("by_bot", format!("message {message} is said to be a bot's, and is not an outgoing one"));
    }
}

/// Whether what no operation changes is as it was. A thread key may have been dropped: then the history has it.
fn is_fixed(changes: &Changes, subject: &Subject, fixed: Digest) -> bool {
    let c = &subject.conversation;
    let now = c.thread_key.as_deref();
    let noted = changes.latest(Object::Conversation, c.id, "thread_key");
    let earlier = changes.old_values(Object::Conversation, c.id, "thread_key");
    noted.is_none_or(|noted| noted == now) && earlier.chain([now]).any(|thread_key| fixed_digest(c, thread_key, &subject.contacts) == fixed)
}
