//! When people write: by day more than by night, on working days more than on weekends (M7 finds it again).

use jiff::tz::TimeZone;

use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Time};
use crate::seed::random::Random;

/// The daily and weekly rhythm of an account's customers and agents, in local time.
pub struct Rhythm<'a> {
    pub zone: &'a TimeZone,
    pub begins: Time,
    pub ends: Time,
    /// How much comes in each hour of the day, from midnight on.
    pub by_hour: &'a [u64],
    /// How much comes on each day of the week, Monday first.
    pub by_weekday: &'a [u64],
}

impl Rhythm<'_> {
    /// A time at which a customer begins to write.
    pub fn start(&self, random: &mut Random) -> Time {
        let days = ((self.ends.0 - self.begins.0) / DAY_MS).max(1);
        let most = self.by_weekday.iter().copied().max().unwrap_or_default();
        let mut day = self.begins.plus_ms(random.between(0, days - 1) * DAY_MS);
        while random.below(most) >= self.weight_of_day(day) && most > 0 {
            day = self.begins.plus_ms(random.between(0, days - 1) * DAY_MS);
        }
        let hours: Vec<usize> = (0..self.by_hour.len()).collect();
        let hour = random.weighted(&hours, |hour| self.by_hour[*hour]).copied().unwrap_or_default() as i64;
        let wall = day.plus_ms(hour * HOUR_MS + random.between(0, 3_599) * SECOND_MS);
        let offset = i64::from(wall.zoned(self.zone).offset().seconds());
        wall.plus_ms(-offset * SECOND_MS).max(self.begins)
    }

    fn weight_of_day(&self, day: Time) -> u64 {
        let weekday = day.plus_ms(DAY_MS / 2).zoned(self.zone).weekday().to_monday_zero_offset();
        self.by_weekday.get(weekday as usize).copied().unwrap_or_default()
    }

    /// The first time from `at` on, hour by hour, at which an agent works: Monday to Friday, 8 to 17.
    pub fn next_working(&self, at: Time) -> Time {
        self.first(at, |weekday, hour| weekday < 5 && (8..17).contains(&hour))
    }

    /// The first time from `at` on at which a customer is awake.
    pub fn next_waking(&self, at: Time) -> Time {
        self.first(at, |_, hour| (7..22).contains(&hour))
    }

    fn first(&self, mut at: Time, fits: impl Fn(i8, i8) -> bool) -> Time {
        loop {
            let local = at.zoned(self.zone);
            if fits(local.weekday().to_monday_zero_offset(), local.hour()) {
                return at;
            }
            at = at.plus_ms(HOUR_MS);
        }
    }
}

/// A delay between `low` and `high` minutes, to the second.
pub fn minutes(random: &mut Random, low: i64, high: i64) -> i64 {
    random.between(low * MINUTE_MS / SECOND_MS, high * MINUTE_MS / SECOND_MS) * SECOND_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::zone;

    #[test]
    fn agents_answer_on_working_days_by_the_local_clock() {
        let zone = zone("Europe/Warsaw").expect("a zone");
        let rhythm = Rhythm { zone: &zone, begins: Time(0), ends: Time(DAY_MS), by_hour: &[1; 24], by_weekday: &[1; 7] };
        let next = |text: &str| rhythm.next_working(text.parse().expect("a time")).to_string();
        assert_eq!(next("2026-03-27T15:10:00Z"), "2026-03-27T15:10:00Z", "Friday, 16:10 in winter time");
        assert_eq!(next("2026-03-27T16:10:00Z"), "2026-03-30T06:10:00Z", "Monday, 8:10 in summer time");
    }

    #[test]
    fn nothing_starts_in_hours_or_on_days_of_weight_0() {
        let zone = zone("Europe/Warsaw").expect("a zone");
        let mut by_hour = [0; 24];
        by_hour[9] = 1;
        let rhythm =
            Rhythm { zone: &zone, begins: Time(0), ends: Time(700 * DAY_MS), by_hour: &by_hour, by_weekday: &[1, 0, 0, 0, 0, 0, 0] };
        let mut random = Random::at(1, 1, 1);
        for _ in 0..50 {
            let local = rhythm.start(&mut random).zoned(&zone);
            assert_eq!((local.hour(), local.weekday()), (9, jiff::civil::Weekday::Monday));
        }
    }
}
