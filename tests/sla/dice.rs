//! Random numbers that come again, and random working hours.

use deskctl::domain::time::Time;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::slow::{Slot, Spec};

/// SplitMix64: the same seed gives the same cases.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// In `[low, high)`.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low) as u64) as i64
    }
    pub fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[(self.next() % among.len() as u64) as usize]
    }
}

/// Gaps and folds of an hour, of half an hour and of two; half-hour and quarter-hour zones; changes at midnight; skipped days.
pub const ZONES: &[&str] = &[
    "Europe/Warsaw",
    "Europe/Helsinki",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Caracas",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kwajalein",
    "Antarctica/Troll",
    "UTC",
];

/// A moment of interest in a zone: mostly a change of its clock.
pub fn moment(dice: &mut Dice, zone: &TimeZone) -> Time {
    let somewhere = Timestamp::from_second(dice.within(640_000_000, 2_200_000_000)).unwrap();
    let change = zone.following(somewhere).next().map(|change| change.timestamp().as_millisecond());
    let apia = zone.iana_name() == Some("Pacific/Apia") && dice.one_in(2);
    match change {
        // The night of 29 to 31 December 2011.
        _ if apia => Time(1_325_239_200_000),
        Some(change) if !dice.one_in(5) => Time(change / 60_000 * 60_000),
        _ => Time(somewhere.as_millisecond() / 60_000 * 60_000),
    }
}

/// Random hours whose boundaries are multiples of `unit` seconds, with special dates near a moment.
pub fn spec(dice: &mut Dice, zone: &str, near: Date, unit: i64) -> Spec {
    let mut week: [Vec<Slot>; 7] = Default::default();
    let busy = dice.within(1, 8);
    for day in &mut week {
        if dice.within(0, 7) < busy {
            *day = slots(dice, unit);
        }
    }
    let day = |dice: &mut Dice| near.saturating_add(jiff::Span::new().days(dice.within(-4, 5)));
    let overrides = (0..dice.within(0, 3)).map(|_| (day(dice), if dice.one_in(4) { vec![] } else { slots(dice, unit) })).collect();
    let extra = (0..dice.within(0, 3)).map(|_| (day(dice), slot(dice, unit))).collect();
    let holidays = (0..dice.within(0, 4)).map(|_| day(dice)).collect();
    Spec { zone: zone.to_owned(), week, overrides, extra, holidays }.without_repeats()
}

fn slots(dice: &mut Dice, unit: i64) -> Vec<Slot> {
    (0..dice.within(1, 4)).map(|_| slot(dice, unit)).collect()
}

/// Seconds from midnight: plain, overnight, to 24:00, or short.
fn slot(dice: &mut Dice, unit: i64) -> Slot {
    let most = 86_400 / unit;
    loop {
        let start = dice.within(0, most) * unit;
        let end = match dice.within(0, 4) {
            0 => 86_400,
            1 => (start + dice.within(1, 60) * unit).min(86_400),
            _ => dice.within(0, most + 1) * unit,
        };
        if start != end {
            return (start, end);
        }
    }
}
