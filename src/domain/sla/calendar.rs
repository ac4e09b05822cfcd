//! Which instants are working time, and how much of it lies between two of them, exactly (S3).
//!
//! An instant counts when the wall clock in the calendar's zone shows working time. So time is cut where the zone's offset
//! changes; within a piece the wall clock runs evenly, and the windows of its dates are intersected with it. A wall-clock hour
//! that is skipped lies in no piece and does not count, one that is repeated lies in two and counts twice.
//!
//! Nothing here is bounded by a table: the arithmetic goes on to the ends of the calendar of years (-9999 to 9999), in
//! growing steps, and says so when a target is never reached. [`super::prepared`] answers the usual questions faster.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::holiday::Rule;
use crate::domain::time::{DAY_MS, SECOND_MS, Time, human_seconds};
use crate::error::{Error, Result};

/// The ends of all arithmetic, in milliseconds since the epoch: those of [`Timestamp`].
const FIRST_MS: i64 = -377_705_023_201 * SECOND_MS;
const LAST_MS: i64 = 253_402_207_200 * SECOND_MS;

/// Dates and weekdays come back after 400 years: hours without work for so long, and nothing but rules ahead, never work again.
const PERIOD_MS: i64 = 401 * 366 * DAY_MS;
/// Zones follow plain rules outside of these years, 1800 and 2100.
const HISTORY_MS: (i64, i64) = (-62_091 * DAY_MS, 47_482 * DAY_MS);

/// A window of the wall clock in milliseconds from its day's midnight; over midnight it ends after [`DAY_MS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    pub from: i64,
    pub until: i64,
}

/// A stretch of working time, half-open, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    pub until: i64,
}

/// What a calendar is made of; [`super::Hours::check`] makes it.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub zone: TimeZone,
    pub zone_name: String,
    /// Monday first.
    pub week: [Vec<Window>; 7],
    /// By day number.
    pub overrides: BTreeMap<i64, Vec<Window>>,
    pub extra: BTreeMap<i64, Vec<Window>>,
    pub holidays: Vec<(Rule, Option<String>)>,
}

/// Checked working hours.
#[derive(Clone, Debug)]
pub struct Calendar {
    parts: Parts,
    /// The first and last day that is named; without any, an empty range.
    named: (i64, i64),
}

impl Calendar {
    pub(super) fn new(parts: Parts) -> Calendar {
        let single = parts.holidays.iter().filter_map(|(rule, _)| rule.last_day());
        let days: Vec<i64> = parts.overrides.keys().chain(parts.extra.keys()).copied().chain(single).collect();
        let named = (days.iter().copied().min().unwrap_or(0), days.iter().copied().max().unwrap_or(0));
        Calendar { parts, named }
    }

    pub fn zone(&self) -> &TimeZone {
        &self.parts.zone
    }
    pub fn zone_name(&self) -> &str {
        &self.parts.zone_name
    }

    /// The milliseconds of working time in a plain week: no holidays, no override, no change of the clock.
    pub fn weekly_ms(&self) -> i64 {
        let mut windows: Vec<Window> = Vec::new();
        for (day, list) in self.parts.week.iter().enumerate() {
            let midnight = day as i64 * DAY_MS;
            windows.extend(list.iter().map(|window| Window { from: midnight + window.from, until: midnight + window.until }));
        }
        // What hangs over the end of Sunday falls on Monday.
        let over: Vec<Window> = windows.iter().filter(|window| window.until > 7 * DAY_MS).copied().collect();
        windows.extend(over.iter().map(|window| Window { from: 0, until: window.until - 7 * DAY_MS }));
        windows.iter_mut().for_each(|window| window.until = window.until.min(7 * DAY_MS));
        merge(&mut windows);
        windows.iter().map(|window| window.until - window.from).sum()
    }

    /// How many days of a plain week have a window that begins on them.
    pub fn working_days(&self) -> u32 {
        self.parts.week.iter().filter(|windows| !windows.is_empty()).count() as u32
    }

    /// Due (S3): the earliest instant at which the working time since `start` reaches `worked_ms`; at once where that is 0.
    ///
    /// # Errors
    ///
    /// `never_due`: it is not reached before the year 10000.
    pub fn add(&self, start: Time, worked_ms: i64) -> Result<Time> {
        if worked_ms <= 0 {
            return Ok(start);
        }
        let mut left = worked_ms;
        let mut worked_at = start.0;
        for chunk in forward(start.0, self.last_instant()) {
            for span in self.spans(chunk.from, chunk.until) {
                let length = span.until - span.from;
                if left <= length {
                    return Ok(Time(span.from + left));
                }
                left -= length;
                worked_at = span.until;
            }
            if chunk.until - worked_at.max(self.named.1 * DAY_MS).max(HISTORY_MS.1) > PERIOD_MS {
                break;
            }
        }
        Err(never_due(start, worked_ms, worked_ms - left, "after"))
    }

    /// The latest instant from which `worked_ms` of working time pass until `end`; `end` itself where that is 0.
    ///
    /// # Errors
    ///
    /// `never_due`: there was not so much since the year -9999.
    pub fn subtract(&self, end: Time, worked_ms: i64) -> Result<Time> {
        if worked_ms <= 0 {
            return Ok(end);
        }
        let mut left = worked_ms;
        let mut worked_at = end.0;
        for chunk in backward(end.0, self.first_instant()) {
            for span in self.spans(chunk.from, chunk.until).into_iter().rev() {
                let length = span.until - span.from;
                if left <= length {
                    return Ok(Time(span.until - left));
                }
                left -= length;
                worked_at = span.from;
            }
            if worked_at.min(self.named.0 * DAY_MS).min(HISTORY_MS.0) - chunk.from > PERIOD_MS {
                break;
            }
        }
        Err(never_due(end, worked_ms, worked_ms - left, "before"))
    }

    /// The milliseconds of working time in `[from, until)`; 0 where `until` comes first.
    pub fn between(&self, from: Time, until: Time) -> i64 {
        let until = until.0.min(self.last_instant());
        forward(from.0.max(self.first_instant()), until)
            .flat_map(|chunk| self.spans(chunk.from, chunk.until))
            .map(|span| span.until - span.from)
            .sum()
    }

    pub fn is_working(&self, at: Time) -> bool {
        !self.spans(at.0, at.0.saturating_add(1)).is_empty()
    }

    /// The first working instant at or after `at`; none if there is none before the year 10000.
    pub fn next_working(&self, at: Time) -> Option<Time> {
        // A millisecond later, one of them is used up.
        self.add(at, 1).ok().map(|after| after.plus_ms(-1))
    }

    /// The working time in `[from, until)`, in order, as few spans as possible.
    pub fn spans(&self, from: i64, until: i64) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        self.each_span(from, until, |_, span| match spans.last_mut() {
            Some(last) if last.until == span.from => last.until = span.until,
            _ => spans.push(span),
        });
        spans
    }

    /// The working time in `[from, until)`, in order, by the local date (its day number) on which it counts.
    pub(super) fn each_span(&self, from: i64, until: i64, mut found: impl FnMut(i64, Span)) {
        let (from, until) = (from.max(FIRST_MS), until.min(LAST_MS));
        if from >= until {
            return;
        }
        let holidays = self.holidays(from.div_euclid(DAY_MS) - 2, until.div_euclid(DAY_MS) + 2);
        let mut windows = Vec::new();
        for piece in self.pieces(from, until) {
            let (first, last) = ((piece.from + piece.offset).div_euclid(DAY_MS), (piece.until - 1 + piece.offset).div_euclid(DAY_MS));
            for day in first..=last {
                self.windows_of(day, &holidays, &mut windows);
                let midnight = day * DAY_MS - piece.offset;
                for window in &windows {
                    let span = Span { from: (midnight + window.from).max(piece.from), until: (midnight + window.until).min(piece.until) };
                    if span.from < span.until {
                        found(day, span);
                    }
                }
            }
        }
    }

    /// What of a date's wall clock is working time: merged windows within `[0, 24 h)`.
    fn windows_of(&self, day: i64, holidays: &[i64], windows: &mut Vec<Window>) {
        windows.clear();
        let none: &[Window] = &[];
        let extra = |day: i64| self.parts.extra.get(&day).map_or(none, Vec::as_slice);
        windows.extend(extra(day).iter().map(|window| Window { from: window.from, until: window.until.min(DAY_MS) }));
        if holidays.binary_search(&day).is_err() {
            windows.extend(self.base(day).iter().map(|window| Window { from: window.from, until: window.until.min(DAY_MS) }));
            // What began the evening before.
            let evening = self.base(day - 1).iter().chain(extra(day - 1)).filter(|window| window.until > DAY_MS);
            windows.extend(evening.map(|window| Window { from: 0, until: window.until - DAY_MS }));
        }
        merge(windows);
    }

    /// Whether any of a date's wall clock is working time.
    pub(super) fn works_on(&self, day: i64, holidays: &[i64]) -> bool {
        let mut windows = Vec::new();
        self.windows_of(day, holidays, &mut windows);
        !windows.is_empty()
    }

    /// The windows that begin on a date: its override's, else the week's.
    fn base(&self, day: i64) -> &[Window] {
        self.parts.overrides.get(&day).unwrap_or_else(|| &self.parts.week[weekday_of(day)])
    }

    /// The holidays from one day to another, and perhaps others, in order.
    pub(super) fn holidays(&self, first: i64, last: i64) -> Vec<i64> {
        if self.parts.holidays.is_empty() {
            return Vec::new();
        }
        // A rule's day may lie in the next year or the one before: Easter and 300 days.
        let (first, last) = (date_of(first).year().saturating_sub(1), date_of(last).year().saturating_add(1));
        let mut days = Vec::new();
        self.parts.holidays.iter().for_each(|(rule, _)| rule.days(first, last, &mut days));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The name of the holiday on a day; empty if it has none, `None` if the day is no holiday.
    pub(super) fn holiday_name(&self, day: i64) -> Option<&str> {
        let year = date_of(day).year();
        let mut days = Vec::new();
        let found = self.parts.holidays.iter().filter(|(rule, _)| {
            days.clear();
            rule.days(year.saturating_sub(1), year.saturating_add(1), &mut days);
            days.contains(&day)
        });
        let names: Vec<&str> = found.map(|(_, name)| name.as_deref().unwrap_or_default()).collect();
        names.iter().copied().find(|name| !name.is_empty()).or(names.first().copied())
    }

    /// The days of some years that are holidays, each with its name or an empty one.
    pub fn holidays_in(&self, years: RangeInclusive<i16>) -> BTreeMap<Date, String> {
        let mut found: BTreeMap<Date, String> = BTreeMap::new();
        let mut days = Vec::new();
        for (rule, name) in &self.parts.holidays {
            days.clear();
            rule.days(years.start().saturating_sub(1), years.end().saturating_add(1), &mut days);
            for date in days.iter().map(|day| date_of(*day)).filter(|date| years.contains(&date.year())) {
                let known = found.entry(date).or_default();
                if known.is_empty() {
                    name.as_deref().unwrap_or_default().clone_into(known);
                }
            }
        }
        found
    }

    pub(super) fn is_overridden(&self, day: i64) -> bool {
        self.parts.overrides.contains_key(&day)
    }

    /// Pieces of `[from, until)` with one offset each.
    fn pieces(&self, from: i64, until: i64) -> Vec<Piece> {
        let at = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
        let zone = &self.parts.zone;
        let mut pieces = vec![Piece { from, until, offset: i64::from(zone.to_offset(at(from)).seconds()) * SECOND_MS }];
        for change in zone.following(at(from)) {
            let changes_at = change.timestamp().as_millisecond();
            if changes_at >= until {
                break;
            }
            if let Some(last) = pieces.last_mut() {
                last.until = changes_at;
            }
            pieces.push(Piece { from: changes_at, until, offset: i64::from(change.offset().seconds()) * SECOND_MS });
        }
        pieces
    }

    fn has_weekly(&self) -> bool {
        self.parts.week.iter().any(|windows| !windows.is_empty())
    }
    /// Before it nothing counts.
    fn first_instant(&self) -> i64 {
        if self.has_weekly() { FIRST_MS } else { (self.named.0 - 2) * DAY_MS }
    }
    /// From then on nothing counts.
    fn last_instant(&self) -> i64 {
        if self.has_weekly() { LAST_MS } else { (self.named.1 + 4) * DAY_MS }
    }
}

/// A stretch of time in which the wall clock runs evenly.
struct Piece {
    from: i64,
    until: i64,
    /// Wall clock minus UTC.
    offset: i64,
}

const SMALLEST_STEP: i64 = 35 * DAY_MS;
const LARGEST_STEP: i64 = 1_461 * DAY_MS;

/// `[from, until)` in growing steps: most questions are answered within the first.
fn forward(from: i64, until: i64) -> impl Iterator<Item = Span> {
    let (mut at, mut step) = (from, SMALLEST_STEP);
    std::iter::from_fn(move || {
        let chunk = (at < until).then(|| Span { from: at, until: at.saturating_add(step).min(until) })?;
        at = chunk.until;
        step = (step * 2).min(LARGEST_STEP);
        Some(chunk)
    })
}

fn backward(until: i64, from: i64) -> impl Iterator<Item = Span> {
    forward(until.saturating_neg(), from.saturating_neg()).map(|chunk| Span { from: -chunk.until, until: -chunk.from })
}

fn never_due(at: Time, target_ms: i64, worked_ms: i64, side: &str) -> Error {
    let target = human_seconds(target_ms / SECOND_MS);
    let there = match worked_ms {
        0 => "no working time lies".to_owned(),
        ms => format!("only {} of it lie", human_seconds(ms / SECOND_MS)),
    };
    Error::refused("never_due", "S3", format!("{target} of working time are never reached: {there} {side} {at}"))
        .hint("give the working hours weekly windows, or a shorter target")
}

/// `at` and so many milliseconds, in 24/7 mode.
#[inline]
pub(super) fn within_years(at: Time, ms: i64) -> Result<Time> {
    let sum = at.0.saturating_add(ms);
    if (FIRST_MS..=LAST_MS).contains(&sum) {
        return Ok(Time(sum));
    }
    Err(Error::refused("never_due", "S3", format!("{} from {at} lead out of the calendar of years", human_seconds(ms / SECOND_MS))))
}

/// Sorts windows and joins those that touch or overlap: what overlaps counts once.
fn merge(windows: &mut Vec<Window>) {
    windows.sort_unstable();
    windows.dedup_by(|next, last| {
        let joined = next.from <= last.until;
        if joined {
            last.until = last.until.max(next.until);
        }
        joined
    });
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// The date of a day number; the nearest that there is.
pub(super) fn date_of(day: i64) -> Date {
    let days = jiff::SignedDuration::from_hours(day.clamp(-4_500_000, 3_000_000) * 24);
    Date::constant(1970, 1, 1).saturating_add(days)
}

/// 0 is Monday.
pub(super) fn weekday_of(day: i64) -> usize {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_those_of_the_calendar_of_years() {
        assert_eq!((FIRST_MS, LAST_MS), (Timestamp::MIN.as_second() * SECOND_MS, Timestamp::MAX.as_second() * SECOND_MS));
        assert_eq!(date_of(HISTORY_MS.0 / DAY_MS).to_string(), "1800-01-01");
        assert_eq!(date_of(HISTORY_MS.1 / DAY_MS).to_string(), "2100-01-01");
        assert_eq!(day_number(date_of(20_000)), 20_000);
        assert_eq!(date_of(weekday_of(0) as i64 + 1).weekday(), jiff::civil::Weekday::Monday);
    }
}
