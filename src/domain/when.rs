//! A time as people name it: `2026-12-01T02:00:00+01:00`, `2026-12-01 02:00`, `02:00`, `tomorrow 02:00`, `+2h`, `-7d`.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::filter::{TimeExpr, local_ms};
use super::time::Time;

/// A time as typed. Which instant it is depends on the moment at which it is read and on the account's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    typed: String,
    named: Named,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// What filters know, too.
    Expr(TimeExpr),
    /// A time of day; [`Clock`] says of which day.
    Clock(civil::Time),
    /// So many days after today, at midnight or at a time of day.
    Day(i64, Option<civil::Time>),
}

/// Which day a bare time of day such as `02:00` belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The next time that the clock shows it: for what is yet to begin.
    Next,
    /// Today: for what has happened.
    Today,
}

impl When {
    /// The instant, in milliseconds since 1970, seen from `now` in `zone`. A whole day stands for its beginning; a time that
    /// the clock skips is moved past the gap, and of one that it repeats the first is taken.
    pub fn instant(&self, now: Time, zone: &TimeZone, clock: Clock) -> Time {
        let today = now.zoned(zone).date();
        let at = |days: i64, time: civil::Time| {
            let day = today.checked_add(days.days()).unwrap_or(today);
            Time(local_ms(day.to_datetime(time), zone))
        };
        match self.named {
            Named::Expr(expr) => Time(expr.range_at(now, zone).first),
            Named::Day(days, time) => at(days, time.unwrap_or(civil::Time::midnight())),
            Named::Clock(time) => match at(0, time) {
                passed if clock == Clock::Next && passed < now => at(1, time),
                today => today,
            },
        }
    }

    /// The instant at which a span ends that is said to last until then: after the last millisecond of a whole day, else the
    /// instant itself.
    pub fn end(&self, now: Time, zone: &TimeZone) -> Time {
        match self.named {
            Named::Expr(expr) => match expr.range_at(now, zone) {
                range if range.first == range.last => Time(range.first),
                day => Time(day.last.saturating_add(1)),
            },
            Named::Day(days, None) => When { typed: String::new(), named: Named::Day(days + 1, None) }.instant(now, zone, Clock::Today),
            _ => self.instant(now, zone, Clock::Today),
        }
    }
}

impl From<Time> for When {
    fn from(time: Time) -> When {
        When { typed: time.to_string(), named: Named::Expr(TimeExpr::At(time)) }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<When, String> {
        let typed = text.trim();
        let named = time_of_day(typed).map(Named::Clock).or_else(|| day(typed)).or_else(|| TimeExpr::parse(typed).map(Named::Expr));
        named.map(|named| When { typed: typed.to_owned(), named }).ok_or_else(|| {
            format!(
                "\"{typed}\" is not a time: write 2026-12-01T02:00:00+01:00, or in the account's time zone \"2026-12-01 02:00\", 02:00, \"tomorrow 02:00\", +2h or -7d"
            )
        })
    }
}

/// `tomorrow`, `today 02:00`, `yesterday 16:30`. Alone, `today` and `yesterday` are read as in filters.
fn day(text: &str) -> Option<Named> {
    let (word, time) = match text.split_once(char::is_whitespace) {
        Some((word, time)) => (word, Some(time_of_day(time.trim())?)),
        None => (text, None),
    };
    let days = match word.to_ascii_lowercase().as_str() {
        "yesterday" => -1,
        "today" => 0,
        "tomorrow" => 1,
        _ => return None,
    };
    Some(Named::Day(days, time))
}

/// `2:00`, `02:00`, `02:00:30`.
fn time_of_day(text: &str) -> Option<civil::Time> {
    ["%H:%M", "%H:%M:%S"].into_iter().find_map(|form| civil::Time::strptime(form, text).ok())
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.typed)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "RFC 3339, or in the account's time zone: 2026-12-01 02:00, 02:00, tomorrow 02:00, +2h, -7d"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = "Europe/Warsaw";

    /// On 1 December 2026, 10:30 in Warsaw.
    fn read(typed: &str, clock: Clock) -> String {
        let zone = TimeZone::get(ZONE).unwrap();
        let now: Time = "2026-12-01T10:30:00+01:00".parse().unwrap();
        typed.parse::<When>().unwrap().instant(now, &zone, clock).to_string()
    }

    #[test]
    fn times_are_read_in_the_accounts_zone() {
        for (typed, expected) in [
            ("2026-12-01T02:00:00+05:00", "2026-11-30T21:00:00Z"),
            ("2026-12-24 18:00", "2026-12-24T17:00:00Z"),
            ("2026-12-24", "2026-12-23T23:00:00Z"),
            ("tomorrow 02:00", "2026-12-02T01:00:00Z"),
            ("Tomorrow", "2026-12-01T23:00:00Z"),
            ("today 02:00", "2026-12-01T01:00:00Z"),
            ("yesterday 23:59:30", "2026-11-30T22:59:30Z"),
            ("+2h", "2026-12-01T11:30:00Z"),
            ("-7d", "2026-11-24T09:30:00Z"),
            ("now", "2026-12-01T09:30:00Z"),
        ] {
            assert_eq!(read(typed, Clock::Next), expected, "{typed}");
            assert_eq!(read(typed, Clock::Today), expected, "{typed}");
        }
    }

    #[test]
    fn a_bare_time_of_day_is_the_next_one_for_starts_and_todays_for_messages() {
        assert_eq!(read("02:00", Clock::Next), "2026-12-02T01:00:00Z");
        assert_eq!(read("02:00", Clock::Today), "2026-12-01T01:00:00Z");
        assert_eq!(read("23:15", Clock::Next), "2026-12-01T22:15:00Z");
        assert_eq!(read("10:30", Clock::Next), "2026-12-01T09:30:00Z");
    }

    #[test]
    fn what_is_no_time_is_refused_and_the_forms_are_named() {
        for typed in ["", "soon", "25:00", "tomorrow 2", "2h", "2026-13-01", "noon tomorrow", "02:00 tomorrow"] {
            let refused = typed.parse::<When>().unwrap_err();
            assert!(refused.contains("tomorrow 02:00"), "{typed}: {refused}");
        }
    }

    #[test]
    fn a_span_ends_after_its_last_day() {
        let zone = TimeZone::get(ZONE).unwrap();
        let now: Time = "2026-12-01T10:30:00+01:00".parse().unwrap();
        let end = |typed: &str| typed.parse::<When>().unwrap().end(now, &zone).to_string();
        assert_eq!(end("2026-11-30"), "2026-11-30T23:00:00Z");
        assert_eq!(end("today"), "2026-12-01T23:00:00Z");
        assert_eq!(end("-1d"), "2026-11-30T09:30:00Z");
    }
}
