//! A calendar as a table: spans of working time with the sum up to each, and two indexes into it.
//!
//! Spans are found by their end, and by the sum up to it, through an array with one entry per even bucket of either; a bucket
//! holds one span at most, mostly. So a due time is two look-ups and a subtraction, however long the target: no walking over
//! days.
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
    rows: Vec<Row>,
    by_end: Index,
    by_sum: Index,
}

/// A span, in milliseconds since the epoch, with the working time from the table's start to its end. What belongs together lies
/// together: a look-up costs one line of the cache.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: i64,
    end: i64,
    sum: i64,
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
        let mut sum = 0;
        let rows = calendar.spans(from.0, until.0).into_iter().map(|span| {
            sum += span.until - span.from;
            Row { start: span.from, end: span.until, sum }
        });
        let rows: Vec<Row> = rows.collect();
        let (by_end, by_sum) = (Index::new(&rows, |row| row.end), Index::new(&rows, |row| row.sum));
        Prepared { calendar, from: from.0, until: until.0, rows, by_end, by_sum }
    }

    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The number of spans in the table.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
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
        match self.reaching(goal) {
            Some(row) => Ok(Time(row.end - (row.sum - goal))),
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
        match self.reaching(goal.saturating_add(1)).filter(|_| goal >= 0) {
            Some(row) => Ok(Time(row.end - (row.sum - goal))),
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
        self.ending_after(at.0).is_some_and(|row| row.start <= at.0)
    }

    /// As [`Calendar::next_working`].
    pub fn next_working(&self, at: Time) -> Option<Time> {
        let found = if self.covers(at) { self.ending_after(at.0) } else { None };
        match found {
            Some(row) => Some(Time(row.start.max(at.0))),
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
        match self.ending_after(at) {
            Some(row) => row.sum - (row.end - at.max(row.start)),
            None => self.total(),
        }
    }

    #[inline]
    fn total(&self) -> i64 {
        self.rows.last().map_or(0, |row| row.sum)
    }

    /// The first span that ends after an instant.
    #[inline]
    fn ending_after(&self, at: i64) -> Option<&Row> {
        self.by_end.find(&self.rows, at + 1, |row| row.end)
    }

    /// The span in which the sum is reached.
    #[inline]
    fn reaching(&self, sum: i64) -> Option<&Row> {
        self.by_sum.find(&self.rows, sum, |row| row.sum)
    }
}

/// Finds the first of the rows, in ascending order of a key, whose key is not below a value.
#[derive(Clone, Debug)]
struct Index {
    /// The smallest key.
    base: i64,
    /// Buckets are 2^shift wide.
    shift: u32,
    /// For each bucket, the first row whose key is not below its start; one more at the end.
    firsts: Vec<u32>,
}

/// A few rows are looked at one by one, more by halving.
const FEW: usize = 8;

impl Index {
    fn new(rows: &[Row], key: impl Fn(&Row) -> i64) -> Index {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Index { base: 0, shift: 0, firsts: vec![0, 0] } };
        let base = key(first);
        let range = key(last).abs_diff(base);
        // One to two buckets for each row.
        let mut shift = 0;
        while (range >> shift) as usize > 2 * rows.len() {
            shift += 1;
        }
        let buckets = (range >> shift) as usize + 1;
        let mut firsts = Vec::with_capacity(buckets + 1);
        let mut at = 0;
        for bucket in 0..buckets {
            let start = base + ((bucket as i64) << shift);
            while at < rows.len() && key(&rows[at]) < start {
                at += 1;
            }
            firsts.push(at as u32);
        }
        firsts.push(rows.len() as u32);
        Index { base, shift, firsts }
    }

    #[inline]
    fn find<'a>(&self, rows: &'a [Row], value: i64, key: impl Fn(&Row) -> i64) -> Option<&'a Row> {
        if value <= self.base {
            return rows.first();
        }
        let bucket = (value.abs_diff(self.base) >> self.shift) as usize;
        let [first, next] = self.firsts.get(bucket..bucket + 2)? else { return None };
        let (first, next) = (*first as usize, *next as usize);
        let among = rows.get(first..next)?;
        let place = if among.len() > FEW {
            among.partition_point(|row| key(row) < value)
        } else {
            among.iter().take_while(|row| key(row) < value).count()
        };
        // What is not in this bucket begins the next one.
        rows.get(first + place)
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
