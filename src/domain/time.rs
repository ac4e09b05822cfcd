//! Points in time, as milliseconds since the epoch inside and RFC 3339 outside.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

pub const SECOND_MS: i64 = 1_000;
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// How far a time may be ahead of the clock (E1): clocks differ a little, and a mail is dated where it was written.
pub const AHEAD_MS: i64 = 5 * MINUTE_MS;

impl Time {
    /// Whether it is too far ahead of the clock to be true (E1).
    pub fn is_ahead_of(self, clock: Time) -> bool {
        self > clock.plus_ms(AHEAD_MS)
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub fn plus_ms(self, ms: i64) -> Time {
        Time(self.0.saturating_add(ms))
    }

    /// The wall clock in `zone`, as tables show it: `2026-03-28 16:00`.
    pub fn local(self, zone: &TimeZone) -> String {
        self.timestamp().to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    pub fn zoned(self, zone: &TimeZone) -> ZonedDateTime {
        self.timestamp().to_zoned_datetime(zone.clone())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for Time {
    type Err = String;
    /// RFC 3339 with an offset, such as `2026-03-28T16:00:00+01:00`; without one the instant would be a guess.
    fn from_str(text: &str) -> Result<Time, String> {
        let timestamp: Timestamp =
            text.parse().map_err(|_| format!("\"{text}\" is no time like 2026-03-28T16:00:00+01:00 (an offset or Z is needed)"))?;
        Ok(Time(timestamp.as_millisecond()))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time", "description": "RFC 3339 with an offset" })
    }
}

/// An IANA zone by name; the error names a way to find the right one.
pub fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| format!("\"{name}\" is no IANA time zone such as Europe/Warsaw or UTC"))
}

/// A duration as people read it: `3 min 20 s`, `2 h 5 min`.
pub fn human_seconds(seconds: i64) -> String {
    match seconds {
        s if s < 60 => format!("{s} s"),
        s if s < 3_600 => format!("{} min {} s", s / 60, s % 60),
        s => format!("{} h {} min", s / 3_600, s % 3_600 / 60),
    }
}

/// Parses `90s`, `30m`, `4h`, `2d` into milliseconds; a day is always 24 hours (S4).
pub fn parse_duration_ms(text: &str) -> Result<i64, String> {
    let bad = || format!("\"{text}\" is no duration like 90s, 30m, 4h or 2d");
    let unit = text.chars().last().ok_or_else(bad)?;
    let factor = match unit {
        's' => SECOND_MS,
        'm' => MINUTE_MS,
        'h' => HOUR_MS,
        'd' => DAY_MS,
        'w' => 7 * DAY_MS,
        _ => return Err(bad()),
    };
    let number: i64 = text[..text.len() - 1].parse().map_err(|_| bad())?;
    number.checked_mul(factor).filter(|ms| *ms >= 0).ok_or_else(bad)
}
