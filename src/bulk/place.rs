//! Where in a document something is, for errors that can be acted on, and what its texts must say.

use std::collections::HashMap;
use std::fmt::Display;

use crate::domain::time::Time;
use crate::error::Error;
use crate::error::Result;

/// One item of a document.
#[derive(Clone, Copy, Debug)]
pub struct Place<'d> {
    pub section: &'static str,
    /// Counts from 0; `None` for a section that is no list.
    pub index: Option<usize>,
    pub id: &'d str,
}

impl<'d> Place<'d> {
    pub fn new(section: &'static str, index: usize, id: &'d str) -> Place<'d> {
        Place { section, index: Some(index), id }
    }

    pub fn section(section: &'static str) -> Place<'static> {
        Place { section, index: None, id: "" }
    }

    /// `conversations[17] "c17": owner: no user "u9"`.
    pub fn error(&self, field: &str, what: impl Display) -> Error {
        let Some(index) = self.index else {
            return bad_document(format!("{}: {field}: {what}", self.section)).detail("section", self.section).detail("field", field);
        };
        bad_document(format!("{}[{index}] \"{}\": {field}: {what}", self.section, self.id))
            .detail("section", self.section)
            .detail("index", index)
            .detail("id", self.id)
            .detail("field", field)
    }

    /// A text that must say something.
    pub fn name(&self, field: &str, text: &str) -> Result<()> {
        if text.trim().is_empty() { Err(self.error(field, "is empty")) } else { Ok(()) }
    }

    /// E1: what has happened has not happened after the clock.
    pub fn time(&self, field: &str, at: Option<Time>, clock: Time) -> Result<()> {
        match at {
            Some(at) if at.is_ahead_of(clock) => Err(self.error(field, format!("{at} is ahead of the clock, which says {clock}"))),
            _ => Ok(()),
        }
    }

    pub fn times(&self, fields: &[(&str, Option<Time>)], clock: Time) -> Result<()> {
        fields.iter().try_for_each(|(field, at)| self.time(field, *at, clock))
    }

    pub fn unknown(&self, field: &str, what: &str, reference: &str) -> Error {
        self.error(field, format!("no {what} \"{reference}\""))
    }

    /// A list that may name each thing once.
    pub fn once_each(&self, field: &str, references: &[String]) -> Result<()> {
        let mut seen = std::collections::HashSet::new();
        match references.iter().find(|reference| !seen.insert(reference.as_str())) {
            Some(twice) => Err(self.error(field, format!("\"{twice}\" is named twice"))),
            None => Ok(()),
        }
    }
}

/// A document that cannot be loaded as it is.
pub fn bad_document(message: String) -> Error {
    Error::usage("bad_document", message).hint("deskctl seed --schema prints the format of the document")
}

/// Values that must be unique within a small section.
#[derive(Default)]
pub struct Seen(HashMap<String, usize>);

impl Seen {
    pub fn take(&mut self, place: &Place<'_>, field: &str, value: &str) -> Result<()> {
        let index = place.index.unwrap_or_default();
        match self.0.insert(value.to_owned(), index) {
            Some(first) => Err(place.error(field, format!("\"{value}\" is that of {}[{first}] too", place.section))),
            None => Ok(()),
        }
    }
}
