//! What is wrong with one conversation, as it is found.

use super::changes::Changes;
use super::subjects::Subject;
use super::{Problem, Sign, Verdict};
use crate::domain::Id;
use crate::domain::time::Time;
use crate::store::history::Object;

/// Collects what is wrong with one conversation.
pub struct Findings<'a> {
    pub changes: &'a Changes,
    pub problems: Vec<Problem>,
    pub changed_since: bool,
}

/// One property of one object: its name in the history, and the code of what is wrong with it.
#[derive(Clone, Copy)]
pub struct Field<'f> {
    pub object: Object,
    pub id: Id,
    pub property: &'f str,
    pub code: &'f str,
}

impl<'a> Findings<'a> {
    pub fn new(changes: &'a Changes, problems: Vec<Problem>) -> Findings<'a> {
        Findings { changes, problems, changed_since: false }
    }

    pub fn wrong(&mut self, code: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, message));
    }

    pub fn found(&self, code: &str) -> bool {
        self.problems.iter().any(|problem| problem.code == code)
    }

    /// `now` must be as expected, or what the newest noted change of the property says.
    pub fn expect(&mut self, field: Field<'_>, expected: Option<&str>, now: Option<&str>) {
        let Field { object, id, property, code } = field;
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

    pub fn expect_id(&mut self, field: Field<'_>, expected: Option<Id>, now: Option<Id>) {
        if expected == now {
            return;
        }
        let text = |id: Option<Id>| id.map(|id| id.to_string());
        self.expect(field, text(expected).as_deref(), text(now).as_deref());
    }

    pub fn expect_flag(&mut self, field: Field<'_>, expected: bool, now: bool) {
        self.expect_id(field, Some(expected.into()), Some(now.into()));
    }

    pub fn expect_time(&mut self, field: Field<'_>, expected: Option<Time>, now: Option<Time>) {
        if expected == now {
            return;
        }
        let text = |time: Option<Time>| time.map(|time| time.to_string());
        self.expect(field, text(expected).as_deref(), text(now).as_deref());
    }

    /// Changes are counted from 1 without a gap, and each says what something was before the next.
    pub fn history(&mut self, object: Object, id: Id) {
        let positions = self.changes.of(object, id).iter().map(|change| change.position);
        if let Some((expected, _)) = (1..).zip(positions).find(|(expected, position)| expected != position) {
            self.wrong("history", format!("the history of {} {id} lacks its change number {expected}", object.as_str()));
        }
    }

    pub fn verdict(self, subject: &Subject, arrival: bool) -> Verdict {
        let has = |codes: &[&str]| codes.iter().any(|code| self.found(code));
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

/// A property of a conversation; the code is its name.
pub fn of_conversation(id: Id, property: &str) -> Field<'_> {
    Field { object: Object::Conversation, id, property, code: property }
}

/// A property of a ticket; the code is its name.
pub fn of_ticket(id: Id, property: &str) -> Field<'_> {
    Field { object: Object::Ticket, id, property, code: property }
}

impl<'f> Field<'f> {
    pub fn code(self, code: &'f str) -> Field<'f> {
        Field { code, ..self }
    }
}
