//! M7: when the channel is quiet, from its own history.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::time::{HOUR_MS, Time};

/// The quietest stretch of a day on the wall clock of the account's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuietHours {
    /// First hour, 0 to 23.
    pub from_hour: u8,
    /// The hour at which it ends, 0 to 23.
    pub to_hour: u8,
    /// Incoming messages that fell into these hours, of all that were counted.
    pub messages: i64,
    pub of: i64,
}

/// How many hours a quiet stretch is long.
const STRETCH: usize = 4;

/// Finds the four quietest hours in a row. `arrivals` are (hours since the epoch, incoming messages).
/// `None` without any history.
pub fn quiet_hours(arrivals: impl IntoIterator<Item = (i64, i64)>, zone: &TimeZone) -> Option<QuietHours> {
    let mut by_hour = [0i64; 24];
    for (hour, count) in arrivals {
        let local = Time(hour * HOUR_MS).zoned(zone).hour();
        if let Some(slot) = by_hour.get_mut(local.max(0) as usize) {
            *slot += count;
        }
    }
    let of: i64 = by_hour.iter().sum();
    if of == 0 {
        return None;
    }
    let stretch = |from: usize| -> i64 { (0..STRETCH).map(|offset| by_hour[(from + offset) % 24]).sum() };
    let from = (0..24).min_by_key(|from| stretch(*from))?;
    Some(QuietHours { from_hour: from as u8, to_hour: ((from + STRETCH) % 24) as u8, messages: stretch(from), of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m7_the_quiet_hours_are_told_on_the_accounts_wall_clock() {
        // 2026-01-05 00:00 UTC is 01:00 in Warsaw; messages arrive from 06:00 to 22:00 local time.
        let midnight = 1_767_571_200_000 / HOUR_MS;
        let arrivals = (0..24).map(|hour| (midnight + hour, if (5..21).contains(&hour) { 10 } else { i64::from(hour != 2) }));
        let zone = crate::domain::time::zone("Europe/Warsaw").unwrap();
        let quiet = quiet_hours(arrivals, &zone).unwrap();
        assert_eq!((quiet.from_hour, quiet.to_hour), (0, 4));
    }

    #[test]
    fn m7_a_channel_without_history_has_no_quiet_hours() {
        assert_eq!(quiet_hours([], &TimeZone::UTC), None);
    }
}
