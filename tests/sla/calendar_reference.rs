//! The engine against the slow reference, on tens of thousands of random cases (S3).
//!
//! `DESKCTL_SLA_ROUNDS` (default 1) multiplies the calendars; `DESKCTL_SLA_SEED` chooses others.

use deskctl::domain::sla::{Calendar, Prepared};
use deskctl::domain::time::{DAY_MS, HOUR_MS, Time};

use super::dice::{self, Dice, ZONES};
use super::slow::{Film, Spec};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Asks engine and reference the same things. The table covers a part only, so that questions begin and end outside of it too.
fn agree(dice: &mut Dice, spec: &Spec, film: &Film, questions: usize) -> usize {
    let calendar = spec.calendar();
    let length = film.until() - film.from;
    let table_from = film.from - dice.within(-length / 3, length);
    let table_until = film.until() + dice.within(-length / 3, length);
    let prepared = Prepared::new(calendar.clone(), Time(table_from), Time(table_until));
    let mut decided = 0;
    for _ in 0..questions {
        let start = dice.within(film.from, film.until());
        // Also what is used up exactly at the end of a window.
        let other = dice.within(start, film.until() + 1);
        let target = if dice.one_in(2) { film.between(start, other) } else { dice.within(0, length / 2) };
        let said = || format!("{} from {} for {target} ms", spec.document(), Time(start));
        let due = film.due(start, target);
        decided += usize::from(due.is_some());
        for (who, found) in [("calendar", calendar.add(Time(start), target)), ("table", prepared.add(Time(start), target))] {
            match due {
                Some(due) => assert_eq!(found.unwrap(), Time(due), "{who}: {}", said()),
                // Beyond the film, or never.
                None => assert!(found.is_err() || found.unwrap().0 > film.until(), "{who}: {}", said()),
            }
        }
        let back = film.back(start, target);
        for (who, found) in [("calendar", calendar.subtract(Time(start), target)), ("table", prepared.subtract(Time(start), target))] {
            match back {
                Some(back) => assert_eq!(found.unwrap(), Time(back), "back, {who}: {}", said()),
                None => assert!(found.is_err() || found.unwrap().0 < film.from, "back, {who}: {}", said()),
            }
        }
        assert_eq!(prepared.between(Time(start), Time(other)), film.between(start, other), "table, until {}: {}", Time(other), said());
        check_instant(&calendar, &prepared, film, start);
    }
    let all = (Time(film.from), Time(film.until()));
    assert_eq!(calendar.between(all.0, all.1), film.between(film.from, film.until()), "{}", spec.document());
    let days = calendar.breakdown(all.0, all.1);
    assert_eq!(days.iter().map(|day| day.worked_ms).sum::<i64>(), film.between(film.from, film.until()), "{}", spec.document());
    decided
}

fn check_instant(calendar: &Calendar, prepared: &Prepared, film: &Film, at: i64) {
    let counts = film.counts_at(at);
    assert_eq!((calendar.is_working(Time(at)), prepared.is_working(Time(at))), (counts, counts), "at {}", Time(at));
    if let Some(next) = film.next(at) {
        assert_eq!(
            (calendar.next_working(Time(at)), prepared.next_working(Time(at))),
            (Some(Time(next)), Some(Time(next))),
            "at {}",
            Time(at)
        );
    }
}

fn film(dice: &mut Dice, zone: &str, half: i64, unit: i64) -> (Spec, Film) {
    let tz = jiff::tz::TimeZone::get(zone).unwrap();
    let near = dice::moment(dice, &tz);
    let spec = dice::spec(dice, zone, near.zoned(&tz).date(), unit);
    let film = Film::new(&spec, near.plus_ms(-half), near.plus_ms(half), unit);
    (spec, film)
}

#[test]
fn s3_agrees_with_a_reference_that_steps_by_the_minute() {
    let mut dice = Dice(setting("DESKCTL_SLA_SEED", 1));
    let rounds = setting("DESKCTL_SLA_ROUNDS", 1);
    let mut decided = 0;
    for round in 0..3 * rounds * ZONES.len() as u64 {
        let (spec, film) = film(&mut dice, ZONES[round as usize % ZONES.len()], 6 * DAY_MS, 60);
        decided += agree(&mut dice, &spec, &film, 500);
    }
    assert!(decided as u64 > 20_000 * rounds, "only {decided} cases had an answer within the film");
}

#[test]
fn s3_agrees_with_a_reference_that_steps_by_the_second() {
    let mut dice = Dice(setting("DESKCTL_SLA_SEED", 1) + 1_000_000);
    // Monrovia was 44 minutes and 30 seconds behind until 1972.
    let zones = ["Europe/Warsaw", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "America/Havana", "Asia/Kathmandu"];
    for round in 0..2 * setting("DESKCTL_SLA_ROUNDS", 1) as usize * zones.len() {
        let (spec, film) = film(&mut dice, zones[round % zones.len()], 6 * HOUR_MS, 1);
        agree(&mut dice, &spec, &film, 150);
    }
}

#[test]
fn s3_offsets_of_odd_seconds_count_too() {
    let mut dice = Dice(5);
    let change = Time("1972-01-07T00:44:30Z".parse::<Time>().unwrap().0);
    for _ in 0..3 {
        let near = jiff::civil::date(1972, 1, 7);
        let spec = dice::spec(&mut dice, "Africa/Monrovia", near, 1);
        let film = Film::new(&spec, change.plus_ms(-5 * HOUR_MS), change.plus_ms(5 * HOUR_MS), 1);
        agree(&mut dice, &spec, &film, 100);
    }
}
