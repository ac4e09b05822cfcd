//! A calendar as a table: spans of working time with the sum up to each, and two indexes into it.
//!
//! The spans' ends are found by time, and by worked time, through an array with one entry per even bucket of the key; a bucket
//! holds about one span. So a due time is two look-ups and a subtraction, however long the target: no walking over days.
//!
//! A table covers a range of time. Questions that leave it are answered exactly all the same, by [`Calendar`] from the table's end
//! on: slower, never wrong. [`Prepared::around`] takes twenty years, for the price of about a millisecond.

use super::calendar::{self, Calendar};
use crate::domain::time::{DAY_MS, Time};
use crate::error::Result;

/// A calendar with its table.
#[derive(Clone, Debug)]
pub struct Prepared {
    calendar: Calendar,
    /// The table's range.
    from: i64,
    until: i64,
    starts: Vec<i64>,
    by_end: Index,
    /// By the worked time up to each span's end.
    by_sum: Index,
}

/// Years before and after now that [`Prepared::around`] covers: history moves too, and targets reach ahead.
const YEARS_BACK: i64 = 12;
const YEARS_AHEAD: i64 = 8;

impl Prepared {
    /// A table for twelve years before `now` and eight after it.
    pub fn around(calendar: Calendar, now: Time) -> Prepared {
        Prepared::new(calendar, now.plus_ms(-YEARS_BACK * 366 * DAY_MS), now.plus_ms(YEARS_AHEAD * 366 * DAY_MS))
    }

    /// Without a table: for a question or two, which are answered before a table would be.
    pub fn bare(calendar: Calendar) -> Prepared {
        Prepared::new(calendar, Time(0), Time(0))
    }

    /// A table for `[from, until)`.
    pub fn new(calendar: Calendar, from: Time, until: Time) -> Prepared {
        let spans = calendar.spans(from.0, until.0);
        let mut sum = 0;
        let sums = spans.iter().map(|span| {
            sum += span.until - span.from;
            sum
        });
        let by_sum = Index::new(sums.collect());
        let by_end = Index::new(spans.iter().map(|span| span.until).collect());
        Prepared { calendar, from: from.0, until: until.0, starts: spans.iter().map(|span| span.from).collect(), by_end, by_sum }
    }

    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The number of spans in the table.
    pub fn len(&self) -> usize {
        self.starts.len()
    }
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// As [`Calendar::add`].
    #[inline]
    pub fn add(&self, start: Time, worked_ms: i64) -> Result<Time> {
        if worked_ms <= 0 {
            return Ok(start);
        }
        if !self.covers(start) {
            return self.calendar.add(start, worked_ms);
        }
        let goal = self.worked_before(start.0).saturating_add(worked_ms);
        match self.by_sum.find(goal) {
            Some(at) => Ok(Time(self.by_end.keys[at] - (self.by_sum.keys[at] - goal))),
            None => self.calendar.add(Time(self.until), goal - self.total()),
        }
    }

    /// As [`Calendar::subtract`].
    pub fn subtract(&self, end: Time, worked_ms: i64) -> Result<Time> {
        if worked_ms <= 0 {
            return Ok(end);
        }
        if !self.covers(end) {
            return self.calendar.subtract(end, worked_ms);
        }
        let goal = self.worked_before(end.0).saturating_sub(worked_ms);
        // The first span that goes beyond the goal: the latest instant is within it, or its start.
        match self.by_sum.find(goal.saturating_add(1)).filter(|_| goal >= 0) {
            Some(at) => Ok(Time(self.by_end.keys[at] - (self.by_sum.keys[at] - goal))),
            None => self.calendar.subtract(Time(self.from), -goal),
        }
    }

    /// As [`Calendar::between`].
    #[inline]
    pub fn between(&self, from: Time, until: Time) -> i64 {
        if from >= until {
            0
        } else if self.covers(from) && self.covers(until) {
            self.worked_before(until.0) - self.worked_before(from.0)
        } else {
            self.calendar.between(from, until)
        }
    }

    /// As [`Calendar::is_working`].
    pub fn is_working(&self, at: Time) -> bool {
        if !self.covers(at) {
            return self.calendar.is_working(at);
        }
        self.by_end.find(at.0 + 1).is_some_and(|index| self.starts[index] <= at.0)
    }

    /// As [`Calendar::next_working`].
    pub fn next_working(&self, at: Time) -> Option<Time> {
        let found = if self.covers(at) { self.by_end.find(at.0 + 1) } else { None };
        match found {
            Some(index) => Some(Time(self.starts[index].max(at.0))),
            None => self.calendar.next_working(at),
        }
    }

    #[inline]
    fn covers(&self, at: Time) -> bool {
        at.0 >= self.from && at.0 < self.until
    }

    /// The working time from the table's start to an instant within its range.
    #[inline]
    fn worked_before(&self, at: i64) -> i64 {
        match self.by_end.find(at + 1) {
            Some(index) => self.by_sum.keys[index] - (self.by_end.keys[index] - at.max(self.starts[index])),
            None => self.total(),
        }
    }

    #[inline]
    fn total(&self) -> i64 {
        self.by_sum.keys.last().copied().unwrap_or(0)
    }
}

/// Finds the first of ascending keys that is not below a value.
#[derive(Clone, Debug)]
struct Index {
    keys: Vec<i64>,
    base: i64,
    /// Buckets are 2^shift wide.
    shift: u32,
    /// For each bucket, the first key that is not below its start; one more at the end.
    firsts: Vec<u32>,
}

/// A few keys are looked at one by one, more by halving.
const FEW: usize = 8;

impl Index {
    fn new(keys: Vec<i64>) -> Index {
        let (Some(&base), Some(&last)) = (keys.first(), keys.last()) else { return Index { keys, base: 0, shift: 0, firsts: vec![0, 0] } };
        let range = last.abs_diff(base);
        // Two buckets per key, or up to four.
        let mut shift = 0;
        while (range >> shift) as usize > 4 * keys.len() {
            shift += 1;
        }
        let buckets = (range >> shift) as usize + 1;
        let mut firsts = Vec::with_capacity(buckets + 1);
        let mut at = 0;
        for bucket in 0..buckets {
            let start = base + ((bucket as i64) << shift);
            while at < keys.len() && keys[at] < start {
                at += 1;
            }
            firsts.push(at as u32);
        }
        firsts.push(keys.len() as u32);
        Index { keys, base, shift, firsts }
    }

    /// The place of the first key that is at least `value`.
    #[inline]
    fn find(&self, value: i64) -> Option<usize> {
        if value <= self.base {
            return (!self.keys.is_empty()).then_some(0);
        }
        let bucket = (value.abs_diff(self.base) >> self.shift) as usize;
        let [first, next] = self.firsts.get(bucket..bucket + 2)? else { return None };
        let (mut at, end) = (*first as usize, *next as usize);
        if end - at > FEW {
            at += self.keys[at..end].partition_point(|key| *key < value);
        } else {
            while at < end && self.keys[at] < value {
                at += 1;
            }
        }
        (at < self.keys.len()).then_some(at)
    }
}

/// How a target's time runs: always (24/7), or in working hours only (S3).
#[derive(Clone, Debug)]
pub enum Base {
    Always,
    Hours(Box<Prepared>),
}

impl Base {
    /// As [`Calendar::add`].
    #[inline]
    pub fn add(&self, start: Time, ms: i64) -> Result<Time> {
        match self {
            Base::Always => calendar::within_years(start, ms.max(0)),
            Base::Hours(hours) => hours.add(start, ms),
        }
    }
    /// As [`Calendar::subtract`].
    pub fn subtract(&self, end: Time, ms: i64) -> Result<Time> {
        match self {
            Base::Always => calendar::within_years(end, -ms.max(0)),
            Base::Hours(hours) => hours.subtract(end, ms),
        }
    }
    /// As [`Calendar::between`].
    #[inline]
    pub fn between(&self, from: Time, until: Time) -> i64 {
        match self {
            Base::Always => until.0.saturating_sub(from.0).max(0),
            Base::Hours(hours) => hours.between(from, until),
        }
    }
    pub fn is_working(&self, at: Time) -> bool {
        match self {
            Base::Always => true,
            Base::Hours(hours) => hours.is_working(at),
        }
    }
    pub fn next_working(&self, at: Time) -> Option<Time> {
        match self {
            Base::Always => Some(at),
            Base::Hours(hours) => hours.next_working(at),
        }
    }
    /// The calendar, in working-hours mode.
    pub fn calendar(&self) -> Option<&Calendar> {
        match self {
            Base::Always => None,
            Base::Hours(hours) => Some(hours.calendar()),
        }
    }
}
