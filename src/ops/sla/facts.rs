//! What happened to a ticket, as events of its clocks.

use std::collections::HashMap;

use super::Desk;
use crate::domain::Id;
use crate::domain::conversation::Direction;
use crate::domain::pipeline::Stage;
use crate::domain::sla::policy::Property;
use crate::domain::sla::{Clocks, Event, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::properties::{self, PROPERTIES, words};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store;
use crate::store::history::{self, Change, Object};
use crate::store::sla::history::{self as sla_history, Said};

/// Something that the clocks may have to know.
pub enum Item {
    Event(Event),
    /// A property has another value; teams and pipelines by id.
    Value(Property, Option<String>),
}

/// A ticket's course, from its making.
pub struct Facts {
    pub created_at: Time,
    stage: Id,
    /// Whether it came with a close date.
    closed: bool,
    /// What the properties were at first.
    pub first: HashMap<Property, Option<String>>,
    /// In order of time.
    pub items: Vec<(Time, Item)>,
}

/// What is the same for all tickets.
pub struct Reader {
    stages: HashMap<Id, Stage>,
}

impl Reader {
    pub fn new(desk: &mut Desk<'_>) -> Result<Reader> {
        Ok(Reader { stages: store::pipelines::stages(&mut desk.tx)?.into_iter().map(|stage| (stage.id, stage)).collect() })
    }

    /// The courses of some tickets, in their order; all that is read of them is in memory at once.
    pub fn read(&self, desk: &mut Desk<'_>, tickets: &[Ticket]) -> Result<Vec<Facts>> {
        let ids: Vec<Id> = tickets.iter().map(|ticket| ticket.id).collect();
        let changes = history::of_many(&mut desk.tx, Object::Ticket, &ids)?;
        let changes: HashMap<Id, &[Change]> =
            changes.chunk_by(|one, next| one.object_id == next.object_id).map(|of_one| (of_one[0].object_id, of_one)).collect();
        let merged = |id: &Id| changes.get(id).is_some_and(|changes| changes.iter().any(|change| change.property == "merged"));
        let mut messages = Reader::messages(desk, &ids)?;
        for id in ids.iter().copied().filter(merged) {
            let mut own = Vec::new();
            sla_history::messages_since_merging(&mut desk.tx, id, |said| own.extend(item(&said)))?;
            messages.insert(id, own);
        }
        let facts = |ticket: &Ticket| {
            let messages = messages.remove(&ticket.id).unwrap_or_default();
            Facts::new(ticket, changes.get(&ticket.id).copied().unwrap_or_default(), messages, &self.stages)
        };
        Ok(tickets.iter().map(facts).collect())
    }

    fn messages(desk: &mut Desk<'_>, tickets: &[Id]) -> Result<HashMap<Id, Vec<(Time, Item)>>> {
        let mut items: HashMap<Id, Vec<(Time, Item)>> = HashMap::with_capacity(tickets.len());
        sla_history::messages(&mut desk.tx, tickets, |said| items.entry(said.ticket).or_default().extend(item(&said)))?;
        Ok(items)
    }
}

/// What a message is to the clocks; comments are nothing to them.
fn item(said: &Said) -> Option<(Time, Item)> {
    let event = match said.direction {
        Direction::Incoming => Event::CustomerMessage,
        Direction::Outgoing => Event::Reply { bot: said.by_bot },
        Direction::Comment => return None,
    };
    Some((said.at, Item::Event(event)))
}

impl Facts {
    fn new(ticket: &Ticket, changes: &[Change], messages: Vec<(Time, Item)>, stages: &HashMap<Id, Stage>) -> Facts {
        let at_first = |property: &str, now: Option<String>| match changes.iter().find(|change| change.property == property) {
            Some(change) => change.old_value.clone(),
            None => now,
        };
        let stage = at_first("stage", Some(ticket.stage_id.to_string())).and_then(|id| id.parse().ok()).unwrap_or(ticket.stage_id);
        let pipeline = |stage: Id| stages.get(&stage).map(|stage| stage.pipeline_id.to_string());
        let chosen_by = PROPERTIES.iter().filter_map(|property| Some((property.sla?, property)));
        let mut first: HashMap<Property, Option<String>> =
            chosen_by.map(|(by, property)| (by, at_first(property.name, words((property.get)(ticket))))).collect();
        first.insert(Property::Pipeline, pipeline(stage));
        let closed = at_first("closed_at", ticket.closed_at.map(|at| at.to_string())).is_some();
        let mut facts = Facts { created_at: ticket.created_at, stage, closed, first, items: messages };
        facts.add_first_state(ticket, changes);
        facts.add_changes(changes, stages);
        facts.items.sort_by_key(|(at, _)| *at);
        facts
    }

    /// A ticket that came closed was closed when its close date says, and one that came as spam is spam from its beginning.
    fn add_first_state(&mut self, ticket: &Ticket, changes: &[Change]) {
        let first = |property: &str| changes.iter().find(|change| change.property == property);
        let turned = changes.iter().find(|change| change.property == "stage" || change.property == "open");
        let open = match turned.filter(|change| change.property == "open") {
            Some(change) => change.old_value.as_deref() == Some("1"),
            None if turned.is_none() => ticket.open,
            // Not by its stage, which may have had another state then.
            None => !self.closed,
        };
        let spam = first("spam").map_or(ticket.spam, |change| change.old_value.as_deref() == Some("1"));
        if spam {
            self.items.push((self.created_at, Item::Event(Event::Spam(true))));
        }
        if !open {
            let told = first("closed_at").map_or(ticket.closed_at, |change| change.old_value.as_ref().and_then(|at| at.parse().ok()));
            let event = Event::Stage { stage: self.stage, open: false };
            self.items.push((told.unwrap_or(self.created_at).max(self.created_at), Item::Event(event)));
        }
    }

    fn add_changes(&mut self, changes: &[Change], stages: &HashMap<Id, Stage>) {
        let (mut stage, mut closed) = (self.stage, self.closed);
        for (number, change) in changes.iter().enumerate() {
            let new = change.new_value.clone();
            let yes = new.as_deref() == Some("1");
            let property = match change.property.as_str() {
                "stage" => {
                    stage = new.and_then(|id| id.parse().ok()).unwrap_or(stage);
                    let known = stages.get(&stage);
                    // Not by the state that the stage has now: whoever is closed by a move gets a close date in the same moment.
                    let with_it = changes[number + 1..].iter().take_while(|next| next.at == change.at && next.property != "stage");
                    let told = with_it.into_iter().find(|next| next.property == "closed_at");
                    let open = told.map_or(!closed, |told| told.new_value.is_none());
                    // As its clocks take it: a move that closes it is judged by where it stood.
                    self.items.push((change.at, Item::Event(Event::Stage { stage, open })));
                    self.items.push((change.at, Item::Value(Property::Pipeline, known.map(|known| known.pipeline_id.to_string()))));
                    continue;
                }
                "open" => {
                    self.items.push((change.at, Item::Event(Event::Stage { stage, open: yes })));
                    continue;
                }
                "closed_at" => {
                    closed = new.is_some();
                    continue;
                }
                "spam" => {
                    self.items.push((change.at, Item::Event(Event::Spam(yes))));
                    continue;
                }
                name => match properties::find(name).and_then(|property| property.sla) {
                    Some(by) => by,
                    None => continue,
                },
            };
            self.items.push((change.at, Item::Value(property, new)));
        }
    }

    /// The clocks at the ticket's making. It begins open: what closed it is among the items.
    pub fn begin(&self, terms: &Terms, by: Option<Property>) -> Clocks {
        Clocks::new(terms, self.created_at, by.and_then(|by| self.first.get(&by)?.as_deref()), self.stage, true)
    }
}
