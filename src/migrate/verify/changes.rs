//! The noted changes of a page's conversations and tickets: what explains that something is not as it was.

use std::collections::{BTreeSet, HashMap};

use super::subjects::Subject;
use crate::domain::Id;
use crate::error::Result;
use crate::store::Tx;
use crate::store::history::{self, Change, Object};

/// By object, oldest first.
pub struct Changes(HashMap<(Object, Id), Vec<Change>>);

impl Changes {
    pub fn read(tx: &mut Tx<'_>, page: &[Subject]) -> Result<Changes> {
        let mut changes: HashMap<(Object, Id), Vec<Change>> = HashMap::new();
        let conversations: Vec<Id> = page.iter().map(|subject| subject.conversation.id).collect();
        let tickets: Vec<Id> = page.iter().filter_map(|subject| subject.ticket_id).collect();
        for (object, ids) in [(Object::Conversation, conversations), (Object::Ticket, tickets)] {
            for change in history::of_many(tx, object, &ids)? {
                changes.entry((object, change.object_id)).or_default().push(change);
            }
        }
        Ok(Changes(changes))
    }

    /// All changes of an object.
    pub fn of(&self, object: Object, id: Id) -> &[Change] {
        self.0.get(&(object, id)).map_or(&[], Vec::as_slice)
    }

    fn noted<'c>(&'c self, object: Object, id: Id, property: &str) -> impl DoubleEndedIterator<Item = &'c Change> {
        self.of(object, id).iter().filter(move |change| change.property == property)
    }

    /// Whether a property ever had this value, by its noted changes.
    pub fn had(&self, object: Object, id: Id, property: &str, value: Option<&str>) -> bool {
        self.noted(object, id, property).any(|change| change.old_value.as_deref() == value || change.new_value.as_deref() == value)
    }

    /// The values from which a property was changed, the oldest first.
    pub fn old_values<'c>(&'c self, object: Object, id: Id, property: &str) -> impl Iterator<Item = Option<&'c str>> {
        self.noted(object, id, property).map(|change| change.old_value.as_deref())
    }

    /// The newest noted value of a property; `None` where it was never changed.
    pub fn latest(&self, object: Object, id: Id, property: &str) -> Option<Option<&str>> {
        self.noted(object, id, property).next_back().map(|change| change.new_value.as_deref())
    }

    /// A set of ids that was `before`, as the noted changes leave it: each says what came, or what went.
    pub fn set(&self, object: Object, id: Id, property: &str, before: impl IntoIterator<Item = Id>) -> BTreeSet<Id> {
        let mut set: BTreeSet<Id> = before.into_iter().collect();
        for change in self.noted(object, id, property) {
            let read = |value: &Option<String>| value.as_deref().and_then(|value| value.parse::<Id>().ok());
            if let Some(gone) = read(&change.old_value) {
                set.remove(&gone);
            }
            set.extend(read(&change.new_value));
        }
        set
    }
}
