//! Laws of working time that hold whatever the hours are (S3).

use deskctl::domain::sla::{Base, Calendar, Hours, Prepared};
use deskctl::domain::time::{DAY_MS, HOUR_MS, SECOND_MS, Time};
use proptest::prelude::*;

use super::dice::{self, Dice, ZONES};

const FIRST: i64 = 640_000_000 * SECOND_MS;
const LAST: i64 = 2_200_000_000 * SECOND_MS;

/// Hours in any zone, and a table over some years about a moment.
fn prepared() -> impl Strategy<Value = Prepared> {
    any::<u64>().prop_map(|seed| {
        let mut dice = Dice(seed);
        let zone = dice.pick(ZONES);
        let tz = jiff::tz::TimeZone::get(zone).unwrap();
        let near = dice::moment(&mut dice, &tz);
        let mut spec = dice::spec(&mut dice, zone, near.zoned(&tz).date(), 60);
        spec.week[0].push((9 * 3_600, 17 * 3_600));
        Prepared::new(spec.calendar(), near.plus_ms(-400 * DAY_MS), near.plus_ms(400 * DAY_MS))
    })
}

fn instants() -> impl Strategy<Value = Time> {
    (FIRST..LAST).prop_map(Time)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s3_what_is_added_lies_between(hours in prepared(), start in instants(), ms in 0..90 * DAY_MS) {
        let due = hours.add(start, ms).unwrap();
        prop_assert!(due >= start);
        prop_assert_eq!(hours.between(start, due), ms);
        // Due is the earliest such instant.
        if ms > 0 {
            prop_assert_eq!(hours.between(start, due.plus_ms(-1)), ms - 1);
        }
    }

    #[test]
    fn s3_adding_then_subtracting_comes_back(hours in prepared(), start in instants(), ms in 1..90 * DAY_MS) {
        let due = hours.add(start, ms).unwrap();
        let back = hours.subtract(due, ms).unwrap();
        // To the instant where the work began.
        prop_assert_eq!(back, hours.next_working(start).unwrap());
        prop_assert_eq!(hours.add(back, ms).unwrap(), due);
    }

    #[test]
    fn s3_an_interval_can_be_split_anywhere(hours in prepared(), start in instants(), a in 0..40 * DAY_MS, b in 0..40 * DAY_MS) {
        prop_assert_eq!(hours.add(hours.add(start, a).unwrap(), b).unwrap(), hours.add(start, a + b).unwrap());
        let (middle, end) = (start.plus_ms(a), start.plus_ms(a + b));
        prop_assert_eq!(hours.between(start, middle) + hours.between(middle, end), hours.between(start, end));
    }

    #[test]
    fn s3_later_starts_and_longer_targets_are_due_later(hours in prepared(), start in instants(), later in 0..9 * DAY_MS, ms in 0..9 * DAY_MS, more in 1..9 * DAY_MS) {
        prop_assert!(hours.add(start, ms).unwrap() <= hours.add(start.plus_ms(later), ms).unwrap());
        prop_assert!(hours.add(start, ms).unwrap() < hours.add(start, ms + more).unwrap());
    }

    #[test]
    fn s3_the_table_says_what_the_calendar_says(hours in prepared(), start in instants(), ms in 0..90 * DAY_MS) {
        prop_assert_eq!(hours.add(start, ms).unwrap(), hours.calendar().add(start, ms).unwrap());
        prop_assert_eq!(hours.subtract(start, ms).unwrap(), hours.calendar().subtract(start, ms).unwrap());
        prop_assert_eq!(hours.is_working(start), hours.calendar().is_working(start));
        prop_assert_eq!(hours.between(start, start.plus_ms(ms)), hours.calendar().between(start, start.plus_ms(ms)));
        prop_assert_eq!(hours.next_working(start), hours.calendar().next_working(start));
    }

    #[test]
    fn s3_a_calendar_without_end_is_the_wall_clock(zone in 0..ZONES.len(), start in instants(), ms in 0..900 * DAY_MS) {
        let whole = r#"[["00:00","24:00"]]"#;
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("\"{day}\":{whole}")).join(",");
        let calendar = calendar(&format!(r#"{{"zone":"{}","week":{{{days}}}}}"#, ZONES[zone]));
        prop_assert_eq!(calendar.add(start, ms).unwrap(), Base::Always.add(start, ms).unwrap());
        prop_assert_eq!(calendar.between(start, start.plus_ms(ms)), ms);
        prop_assert_eq!(calendar.subtract(start, ms).unwrap(), start.plus_ms(-ms));
        let overnight = r#"[["17:45","17:44"],["17:44","17:45"]]"#;
        let days = days.replace(whole, overnight);
        let same = self::calendar(&format!(r#"{{"zone":"{}","week":{{{days}}}}}"#, ZONES[zone]));
        prop_assert_eq!(same.add(start, ms).unwrap(), start.plus_ms(ms));
    }
}

pub fn calendar(hours: &str) -> Calendar {
    serde_json::from_str::<Hours>(hours).unwrap().check().unwrap()
}

#[test]
fn s3_targets_beyond_the_table_are_exact() {
    let week = r#"{"zone":"Europe/Warsaw","week":{"wed":[["12:00","13:00"]]},"holidays":["easter+1","12-25"]}"#;
    let start: Time = "2026-01-01T00:00:00Z".parse().unwrap();
    let table = Prepared::new(calendar(week), start.plus_ms(-DAY_MS), start.plus_ms(30 * DAY_MS));
    // An hour a week: ninety days of work take 41 years.
    let due = table.add(start, 90 * DAY_MS).unwrap();
    assert_eq!(due, table.calendar().add(start, 90 * DAY_MS).unwrap());
    assert_eq!(table.between(start, due), 90 * DAY_MS);
    assert!(due.to_string().starts_with("2067-"), "{due}");
    assert_eq!(table.subtract(due, 90 * DAY_MS).unwrap(), table.next_working(start).unwrap());
    assert_eq!(table.calendar().weekly_ms(), HOUR_MS);
}
