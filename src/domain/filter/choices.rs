//! Things of the account that filters name: each has an id that stays, and names that may change.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::Id;
use crate::domain::fold::fold;

/// One of the things that a property may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What a filter keeps.
    pub id: Id,
    /// What a filter's text says: the shortest name that means this one alone.
    pub name: Arc<str>,
}

/// Which of them is whoever asks, or belongs to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// `me`
    Me,
    /// `my team`
    Team,
}

/// All that a property may refer to, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What one of them is called in messages.
    pub noun: &'static str,
    /// In the order in which lists are sorted.
    pub list: Vec<Choice>,
    /// The one that goes with whoever asks.
    pub own: Option<Own>,
    /// Folded, with the names as they are.
    by_name: HashMap<String, Vec<(Id, String)>>,
    by_id: HashMap<Id, usize>,
}

/// What a typed name means.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// This one.
    One(Choice),
    /// Several.
    Ambiguous(Vec<Arc<str>>),
    /// None.
    Unknown,
}

impl Choices {
    /// Each with its names, the shortest first. The last one should be unambiguous.
    pub fn new(noun: &'static str, own: Option<Own>, all: Vec<(Id, Vec<String>)>) -> Choices {
        let mut choices = Choices { noun, list: Vec::new(), own, by_name: HashMap::new(), by_id: HashMap::new() };
        for (index, (id, names)) in all.iter().enumerate() {
            choices.by_id.insert(*id, index);
            for name in names.iter().filter(|name| !name.trim().is_empty()) {
                choices.by_name.entry(key(name)).or_default().push((*id, name.trim().to_owned()));
            }
        }
        for (id, names) in all {
            let unmistakable = names.into_iter().find(|name| choices.ids(name) == [id]);
            choices.list.push(Choice { id, name: unmistakable.unwrap_or_else(|| number(id)).into() });
        }
        choices
    }

    /// The one with this id. One that is gone keeps its number, `#7`, and means nothing any more.
    pub fn by_id(&self, id: Id) -> Choice {
        let known = self.by_id.get(&id).and_then(|index| self.list.get(*index));
        known.cloned().unwrap_or_else(|| Choice { id, name: number(id).into() })
    }

    /// Whether there is one with this id.
    pub fn has(&self, id: Id) -> bool {
        self.by_id.contains_key(&id)
    }

    /// Finds one by id, by `#id` (even if it is gone), or by name in any case.
    pub fn find(&self, typed: &str) -> Found {
        match self.ids(typed).as_slice() {
            [] => Found::Unknown,
            [id] => Found::One(self.by_id(*id)),
            many => Found::Ambiguous(many.iter().map(|id| self.by_id(*id).name).collect()),
        }
    }

    fn ids(&self, typed: &str) -> Vec<Id> {
        let typed = typed.trim();
        if let Some(id) = typed.strip_prefix('#').and_then(|number| number.parse().ok()) {
            return vec![id];
        }
        if let Some(id) = typed.parse().ok().filter(|id| self.has(*id)) {
            return vec![id];
        }
        let named = self.by_name.get(&key(typed)).map_or(&[][..], Vec::as_slice);
        // Names that differ in case or marks only are told apart by the exact one.
        let exact = named.iter().any(|(_, name)| name == typed);
        let mut ids: Vec<Id> = named.iter().filter(|(_, name)| !exact || name == typed).map(|(id, _)| *id).collect();
        ids.dedup();
        ids
    }

    /// What a value looks like, for error messages.
    pub fn describe(&self) -> &'static str {
        match self.own {
            Some(Own::Me) => "a user's address or name, or me",
            Some(Own::Team) => "a team's name, or my team",
            None => "one of its names",
        }
    }
}

fn key(name: &str) -> String {
    fold(name.trim())
}

fn number(id: Id) -> String {
    format!("#{id}")
}
