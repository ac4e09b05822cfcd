//! The calculator: when is a target due that starts now? A question is plain data, and so is the answer.

use std::collections::HashMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::hours::Hours;
use super::prepared::{Base, Prepared};
use crate::domain::time::{SECOND_MS, Time};
use crate::error::{Error, Result};

/// What working hours are called that never end.
pub const ALWAYS: &str = "24/7";

/// One question, as it stands on a line of JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// RFC 3339.
    pub start: String,
    pub target_seconds: i64,
    /// How long before it is due a target is due soon, in the target's own time (S4).
    #[serde(default)]
    pub due_soon_seconds: Option<i64>,
    /// Working hours, or `"24/7"`; without them those that the calculator was given.
    #[serde(default)]
    pub hours: Option<Value>,
}

/// When it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub due_at: Time,
    pub due_soon_at: Option<Time>,
    pub start_is_working: bool,
}

/// Reads working hours as JSON: the document, or `"24/7"`. Nothing is prepared.
pub fn base(hours: &Value) -> Result<Base> {
    if hours.as_str() == Some(ALWAYS) {
        return Ok(Base::Always);
    }
    let hours = Hours::deserialize(hours).map_err(|error| {
        Error::usage("bad_hours", format!("these are no working hours: {error}"))
            .hint(r#"write them as {"zone":"Europe/Warsaw","week":{"mon":[["09:00","17:00"]]}}, or "24/7""#)
    })?;
    Ok(Base::Hours(Box::new(Prepared::bare(hours.check()?))))
}

/// The due time of one target (S3), and when it is due soon (S4): when all but the lead is used up.
///
/// # Errors
///
/// `bad_target` (negative, or beyond all years), `lead_longer_than_target`, `never_due`.
pub fn answer(base: &Base, start: Time, target_ms: i64, lead_ms: Option<i64>) -> Result<Answer> {
    if target_ms < 0 || lead_ms.is_some_and(|lead| lead < 0) {
        return Err(Error::usage("bad_target", "a target and its lead cannot be negative"));
    }
    if lead_ms.is_some_and(|lead| lead > target_ms) {
        return Err(Error::usage("lead_longer_than_target", "it would be due soon before it begins: the lead is longer than the target"));
    }
    let due_at = base.add(start, target_ms)?;
    let due_soon_at = lead_ms.map(|lead| base.add(start, target_ms - lead)).transpose()?;
    Ok(Answer { due_at, due_soon_at, start_is_working: base.is_working(start) })
}

/// Answers many questions; working hours that come again are not read again.
#[derive(Default)]
pub struct Calculator {
    given: Option<Rc<Base>>,
    known: HashMap<String, Rc<Base>>,
}

/// Calendars that are kept; then all are forgotten.
const MOST_KNOWN: usize = 256;

impl Calculator {
    /// `given` are the working hours of questions that name none.
    pub fn new(given: Option<Base>) -> Calculator {
        Calculator { given: given.map(Rc::new), known: HashMap::new() }
    }

    /// Answers one line of JSON.
    ///
    /// # Errors
    ///
    /// Besides those of [`answer`] and [`Hours::check`]: `bad_line`, `bad_time`, `hours_missing`, `bad_hours`.
    pub fn line(&mut self, line: &[u8]) -> Result<Answer> {
        let question: Question =
            serde_json::from_slice(line).map_err(|error| Error::usage("bad_line", format!("the line is no question: {error}")))?;
        let start: Time = question.start.parse().map_err(|reason: String| Error::usage("bad_time", reason))?;
        let ms = |seconds: i64| {
            seconds
                .checked_mul(SECOND_MS)
                .ok_or_else(|| Error::usage("bad_target", format!("{seconds} seconds are more than there are years")))
        };
        let lead_ms = question.due_soon_seconds.map(ms).transpose()?;
        let base = self.base(question.hours.as_ref())?;
        answer(&base, start, ms(question.target_seconds)?, lead_ms)
    }

    fn base(&mut self, hours: Option<&Value>) -> Result<Rc<Base>> {
        let Some(hours) = hours else {
            let missing = || Error::usage("hours_missing", "the line names no working hours").hint("add \"hours\" to it, or give --hours");
            return self.given.clone().ok_or_else(missing);
        };
        let key = hours.to_string();
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let base = Rc::new(base(hours)?);
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(key, base.clone());
        Ok(base)
    }
}
