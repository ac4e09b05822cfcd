//! Times as a filter names them: absolute, or relative to the moment of evaluation in the account's zone.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::eval::{EvalContext, Range};
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Time, parse_duration_ms};

/// A point or a day in time. Days (`2026-03-28`, `today`, `yesterday`) are whole days: `=` asks whether the instant lies in
/// the day, `<` before it, `>` after it, `<=` and `>=` include it. All others are instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeExpr {
    /// RFC 3339 with an offset.
    At(Time),
    /// A wall clock time in the account's zone, to the millisecond. One that the clock skips is moved past the gap, one that
    /// it repeats is the first.
    Local(DateTime),
    /// A day in the account's zone.
    Day(Date),
    /// Milliseconds from now, negative in the past; a day is 24 hours. Zero is `now`.
    FromNow(i64),
    /// The day that holds now.
    Today,
    /// The day before.
    Yesterday,
    /// The first instant of the current day, week, month or year.
    StartOf(Unit),
}

/// What `start of` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// From midnight.
    Day,
    /// From Monday.
    Week,
    /// From the first.
    Month,
    /// From 1 January.
    Year,
}

impl Unit {
    const ALL: [Unit; 4] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }
}

impl TimeExpr {
    /// Reads a time as typed; `None` where it is none.
    pub fn parse(text: &str) -> Option<TimeExpr> {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("now") {
            return Some(TimeExpr::FromNow(0));
        }
        if is("today") {
            return Some(TimeExpr::Today);
        }
        if is("yesterday") {
            return Some(TimeExpr::Yesterday);
        }
        start_of(text).or_else(|| relative(text)).or_else(|| absolute(text))
    }

    /// The milliseconds that it covers, first and last included: one for an instant, all of the day for a day.
    pub fn range(self, context: &EvalContext) -> Range {
        self.range_at(context.now, &context.zone)
    }

    /// The same, seen from `now` in `zone`.
    pub fn range_at(self, now: Time, zone: &TimeZone) -> Range {
        let today = || now.zoned(zone).date();
        let day = |date: Date| Range { first: day_start(date, zone), last: next_day_start(date, zone).saturating_sub(1) };
        let instant = |ms: i64| Range { first: ms, last: ms };
        match self {
            TimeExpr::At(time) => instant(time.0),
            TimeExpr::Local(local) => instant(local_ms(local, zone)),
            TimeExpr::Day(date) => day(date),
            TimeExpr::FromNow(ms) => instant(now.plus_ms(ms).0),
            TimeExpr::Today => day(today()),
            TimeExpr::Yesterday => day(today().yesterday().unwrap_or(Date::MIN)),
            TimeExpr::StartOf(unit) => instant(day_start(first_day(today(), unit), zone)),
        }
    }
}

impl TimeExpr {
    /// The days that it falls on in the account's zone, as their midnights in UTC.
    pub fn days(self, context: &EvalContext) -> Range {
        let range = self.range(context);
        let day = |ms: i64| match ms {
            i64::MIN | i64::MAX => ms,
            ms => day_start(Time(ms).zoned(&context.zone).date(), &TimeZone::UTC),
        };
        Range { first: day(range.first), last: day(range.last) }
    }
}

fn start_of(text: &str) -> Option<TimeExpr> {
    let mut words = text.split_whitespace();
    let (start, of, unit) = (words.next()?, words.next()?, words.next()?);
    if !start.eq_ignore_ascii_case("start") || !of.eq_ignore_ascii_case("of") || words.next().is_some() {
        return None;
    }
    Unit::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(unit)).map(TimeExpr::StartOf)
}

fn relative(text: &str) -> Option<TimeExpr> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    duration_ms(size).map(|ms| TimeExpr::FromNow(sign * ms))
}

/// `90s`, `30m`, `4h`, `30d`, `2w` in milliseconds; digits and a unit, no sign.
pub(super) fn duration_ms(text: &str) -> Option<i64> {
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| parse_duration_ms(text).ok()).flatten()
}

fn absolute(text: &str) -> Option<TimeExpr> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(TimeExpr::At(Time(time.as_millisecond())));
    }
    let (year, rest) = text.split_at_checked(4)?;
    let known = |c: char| c.is_ascii_digit() || "-T: .".contains(c);
    if !year.chars().all(|c| c.is_ascii_digit()) || !rest.starts_with('-') || !rest.chars().all(known) {
        return None;
    }
    if rest.len() == "-03-28".len() {
        return text.parse().ok().map(TimeExpr::Day);
    }
    let local: DateTime = text.parse().ok()?;
    // What is finer than the store's milliseconds could not be written back.
    let whole = local.subsec_nanosecond() / 1_000_000 * 1_000_000;
    local.with().subsec_nanosecond(whole).build().ok().map(TimeExpr::Local)
}

fn first_day(today: Date, unit: Unit) -> Date {
    match unit {
        Unit::Day => today,
        Unit::Week => today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).unwrap_or(Date::MIN),
        Unit::Month => today.first_of_month(),
        Unit::Year => today.first_of_year(),
    }
}

fn next_day_start(date: Date, zone: &TimeZone) -> i64 {
    date.tomorrow().map_or(i64::MAX, |next| day_start(next, zone))
}

fn day_start(date: Date, zone: &TimeZone) -> i64 {
    local_ms(date.at(0, 0, 0, 0), zone)
}

/// The instant, in milliseconds, at which clocks in `zone` show it; past the ends of the calendar it is before or after everything.
pub fn local_ms(local: DateTime, zone: &TimeZone) -> i64 {
    match zone.to_timestamp(local) {
        Ok(timestamp) => timestamp.as_millisecond(),
        Err(_) if local.year() < 0 => i64::MIN,
        Err(_) => i64::MAX,
    }
}

impl fmt::Display for TimeExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeExpr::At(time) => time.fmt(f),
            TimeExpr::Local(local) => local.fmt(f),
            TimeExpr::Day(date) => date.fmt(f),
            TimeExpr::FromNow(0) => f.write_str("now"),
            TimeExpr::FromNow(ms) => {
                f.write_str(if *ms < 0 { "-" } else { "+" })?;
                write_duration(f, ms.saturating_abs())
            }
            TimeExpr::Today => f.write_str("today"),
            TimeExpr::Yesterday => f.write_str("yesterday"),
            TimeExpr::StartOf(unit) => write!(f, "start of {}", unit.as_str()),
        }
    }
}

/// Milliseconds in the largest unit that divides them, `30d` or `90m`; parts of a second are not shown.
pub(super) fn write_duration(f: &mut fmt::Formatter<'_>, ms: i64) -> fmt::Result {
    for (size, unit) in [(DAY_MS, 'd'), (HOUR_MS, 'h'), (MINUTE_MS, 'm')] {
        if ms != 0 && ms % size == 0 {
            return write!(f, "{}{unit}", ms / size);
        }
    }
    write!(f, "{}s", ms / SECOND_MS)
}
