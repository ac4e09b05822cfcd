//! The reference: working hours by the letter of S3, asked instant by instant. Slow, plain, and written without a look at the engine.

use deskctl::domain::sla::{Calendar, Hours};
use deskctl::domain::time::Time;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// Start and end in seconds from midnight; 86,400 is 24:00; an end before its start is on the next day.
pub type Slot = (i64, i64);

#[derive(Clone, Debug)]
pub struct Spec {
    pub zone: String,
    pub week: [Vec<Slot>; 7],
    pub overrides: Vec<(Date, Vec<Slot>)>,
    pub extra: Vec<(Date, Slot)>,
    pub holidays: Vec<Date>,
}

impl Spec {
    /// A date has one override.
    pub fn without_repeats(mut self) -> Spec {
        self.overrides.sort_by_key(|(date, _)| *date);
        self.overrides.dedup_by_key(|(date, _)| *date);
        self
    }

    pub fn tz(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap()
    }

    /// As it is written in documents.
    pub fn document(&self) -> Value {
        let text = |seconds: i64| {
            let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
            if s == 0 { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") }
        };
        let pair = |slot: &Slot| json!([text(slot.0), text(slot.1)]);
        let mut week = serde_json::Map::new();
        for (name, slots) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().zip(&self.week) {
            week.insert((*name).to_owned(), slots.iter().map(pair).collect());
        }
        let overrides: Vec<Value> = self
            .overrides
            .iter()
            .map(|(date, slots)| json!({ "date": date.to_string(), "windows": slots.iter().map(pair).collect::<Vec<_>>() }))
            .collect();
        let extra: Vec<Value> =
            self.extra.iter().map(|(date, slot)| json!({ "date": date.to_string(), "start": text(slot.0), "end": text(slot.1) })).collect();
        let holidays: Vec<String> = self.holidays.iter().map(ToString::to_string).collect();
        json!({ "zone": self.zone, "week": week, "overrides": overrides, "extra": extra, "holidays": holidays })
    }

    pub fn calendar(&self) -> Calendar {
        serde_json::from_value::<Hours>(self.document()).unwrap().check().unwrap()
    }

    fn slots_of(&self, date: Date) -> &[Slot] {
        match self.overrides.iter().find(|(day, _)| *day == date) {
            Some((_, slots)) => slots,
            None => &self.week[date.weekday().to_monday_zero_offset() as usize],
        }
    }

    /// S3: whether an instant counts, by what the wall clock shows.
    pub fn counts(&self, tz: &TimeZone, seconds: i64) -> bool {
        let local = tz.to_datetime(Timestamp::from_second(seconds).unwrap());
        let (date, clock) = (local.date(), i64::from(local.hour()) * 3_600 + i64::from(local.minute()) * 60 + i64::from(local.second()));
        let yesterday = date.yesterday().unwrap();
        let today_part = |(start, end): &Slot| *start <= clock && (clock < *end || end < start);
        let over_midnight = |(start, end): &Slot| end < start && clock < *end;
        if self.extra.iter().any(|(day, slot)| *day == date && today_part(slot)) {
            return true;
        }
        if self.holidays.contains(&date) {
            return false;
        }
        self.slots_of(date).iter().any(today_part)
            || self.slots_of(yesterday).iter().any(over_midnight)
            || self.extra.iter().any(|(day, slot)| *day == yesterday && over_midnight(slot))
    }
}

/// A stretch of time, cell by cell, with whether each counts.
pub struct Film {
    /// In milliseconds, as all instants here.
    pub from: i64,
    cell: i64,
    counts: Vec<bool>,
}

impl Film {
    /// Steps through `[from, until)`; nothing may change within a step of `seconds`.
    pub fn new(spec: &Spec, from: Time, until: Time, seconds: i64) -> Film {
        let tz = spec.tz();
        let counts = (from.0 / 1_000..until.0 / 1_000).step_by(seconds as usize).map(|at| spec.counts(&tz, at)).collect();
        Film { from: from.0, cell: seconds * 1_000, counts }
    }

    pub fn until(&self) -> i64 {
        self.from + self.cell * self.counts.len() as i64
    }

    pub fn counts_at(&self, at: i64) -> bool {
        self.counts[((at - self.from) / self.cell) as usize]
    }

    /// The earliest instant at which the worked time reaches the target; `None` beyond the film.
    pub fn due(&self, start: i64, target: i64) -> Option<i64> {
        let (mut at, mut left) = (start, target);
        while left > 0 {
            if at >= self.until() {
                return None;
            }
            let end = self.cell_end(at);
            if self.counts_at(at) {
                if left <= end - at {
                    return Some(at + left);
                }
                left -= end - at;
            }
            at = end;
        }
        Some(at)
    }

    pub fn between(&self, from: i64, until: i64) -> i64 {
        let (mut at, mut sum) = (from, 0);
        while at < until {
            let end = self.cell_end(at).min(until);
            if self.counts_at(at) {
                sum += end - at;
            }
            at = end;
        }
        sum
    }

    /// The latest instant from which the amount is worked until `end`; `None` before the film.
    pub fn back(&self, end: i64, amount: i64) -> Option<i64> {
        let (mut at, mut left) = (end, amount);
        while left > 0 {
            if at <= self.from {
                return None;
            }
            let start = self.from + (at - 1 - self.from) / self.cell * self.cell;
            if self.counts_at(start) {
                if left <= at - start {
                    return Some(at - left);
                }
                left -= at - start;
            }
            at = start;
        }
        Some(at)
    }

    /// The first instant from `at` on that counts.
    pub fn next(&self, mut at: i64) -> Option<i64> {
        while at < self.until() {
            if self.counts_at(at) {
                return Some(at);
            }
            at = self.cell_end(at);
        }
        None
    }

    fn cell_end(&self, at: i64) -> i64 {
        self.from + ((at - self.from) / self.cell + 1) * self.cell
    }
}
