//! Which windows of which days counted: the arithmetic of a due time, as data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, date_of, day_number};
use crate::domain::time::Time;

/// One local date between two instants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    /// In the calendar's zone.
    pub date: String,
    /// What counted, in order; empty on a day off.
    pub windows: Vec<Counted>,
    /// All of them.
    pub worked_ms: i64,
    pub note: Option<Note>,
}

/// A stretch of a day that counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    pub from_at: Time,
    pub until_at: Time,
    pub worked_ms: i64,
}

/// What is special about a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DayNote")]
pub enum Note {
    /// With its name, or empty.
    Holiday(String),
    /// The weekly windows were replaced.
    Overridden,
    /// A day off.
    Closed,
}

/// Longer stretches are cut: nobody reads ten years day by day.
const MOST_DAYS: usize = 3_700;

impl Calendar {
    /// Every local date from `from` to `until` (at most ten years of them) with what of it counted.
    pub fn breakdown(&self, from: Time, until: Time) -> Vec<Day> {
        let local_day = |at: Time| day_number(at.zoned(self.zone()).date());
        let (first, last) = (local_day(from), local_day(until.max(from)));
        let mut days: BTreeMap<i64, Vec<Counted>> = (first..=last).take(MOST_DAYS).map(|day| (day, Vec::new())).collect();
        self.each_span(from.0, until.0, |day, span| {
            // A clock that is put back over midnight gives a day in two parts.
            if let Some(windows) = days.get_mut(&day) {
                windows.push(Counted { from_at: Time(span.from), until_at: Time(span.until), worked_ms: span.until - span.from });
            }
        });
        let holidays = self.holidays(first, last);
        let describe = |(day, windows): (i64, Vec<Counted>)| {
            let note = if holidays.binary_search(&day).is_ok() {
                Some(Note::Holiday(self.holiday_name(day).unwrap_or_default().to_owned()))
            } else if self.is_overridden(day) {
                Some(Note::Overridden)
            } else {
                (!self.works_on(day, &holidays)).then_some(Note::Closed)
            };
            let worked_ms = windows.iter().map(|window| window.worked_ms).sum();
            Day { date: date_of(day).to_string(), windows, worked_ms, note }
        };
        days.into_iter().map(describe).collect()
    }
}
