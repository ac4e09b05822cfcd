//! Due times in working hours: the table against a walk over days in the same run, and what preparing the table takes.
//!
//! `cargo bench --bench sla`. BENCH_DUE_TIMES (200,000) and BENCH_ROUNDS (7) change its size.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::hint::black_box;
use std::time::Instant;

use deskctl::domain::sla::{Calendar, Hours, Prepared};
use deskctl::domain::time::{DAY_MS, HOUR_MS, SECOND_MS, Time};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use support::{header, median, row, setting};

const NOW: Time = Time(1_795_164_000_000);

/// A desk with a lunch break and some holidays by rule and by date.
fn hours() -> Hours {
    let day = |_: usize| r#"[["09:00","12:30"],["13:00","17:00"]]"#;
    let week = ["mon", "tue", "wed", "thu", "fri"].iter().enumerate().map(|(at, name)| format!("\"{name}\":{}", day(at)));
    let holidays = r#"["01-01","01-20","02-17","05-26","06-19","07-04","09-01","10-13","11-11","4th thu of nov","12-25"]"#;
    let text = format!(r#"{{"zone":"America/New_York","week":{{{}}},"holidays":{holidays}}}"#, week.collect::<Vec<_>>().join(","));
    serde_json::from_str(&text).unwrap()
}

/// What one writes without a table: day after day, its windows by the zone's rules, until the target is used up.
struct DayWalk {
    zone: TimeZone,
    holidays: std::collections::HashSet<Date>,
}

impl DayWalk {
    fn new(calendar: &Calendar) -> DayWalk {
        let days = calendar.breakdown(NOW.plus_ms(-1_500 * DAY_MS), NOW.plus_ms(2_000 * DAY_MS));
        let weekday = |date: &Date| date.weekday().to_monday_zero_offset() < 5;
        let off = days.iter().filter(|day| day.worked_ms == 0).map(|day| day.date.parse().unwrap());
        DayWalk { zone: calendar.zone().clone(), holidays: off.filter(weekday).collect() }
    }

    fn add(&self, start: Time, mut left: i64) -> Time {
        let mut date = start.zoned(&self.zone).date();
        loop {
            if date.weekday().to_monday_zero_offset() < 5 && !self.holidays.contains(&date) {
                for ((h1, m1), (h2, m2)) in [((9, 0), (12, 30)), ((13, 0), (17, 0))] {
                    let at = |h, m| self.zone.to_timestamp(date.at(h, m, 0, 0)).unwrap().as_millisecond();
                    let (from, until) = (at(h1, m1).max(start.0), at(h2, m2));
                    if from < until {
                        if left <= until - from {
                            return Time(from + left);
                        }
                        left -= until - from;
                    }
                }
            }
            date = date.tomorrow().unwrap();
        }
    }
}

/// The same questions for both: starts in any order within three years, targets from an hour to ninety days of the clock.
fn questions(count: u64) -> Vec<(Time, i64)> {
    let mut seed = 42_u64;
    let mut random = |most: i64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % most as u64) as i64
    };
    (0..count).map(|_| (NOW.plus_ms(-random(3 * 365 * 86_400) * SECOND_MS), HOUR_MS + random(90 * 24 * 3_600) * SECOND_MS)).collect()
}

fn nanoseconds(questions: &[(Time, i64)], mut due: impl FnMut(Time, i64) -> Time) -> f64 {
    let began = Instant::now();
    for (start, target) in questions {
        black_box(due(black_box(*start), black_box(*target)));
    }
    began.elapsed().as_nanos() as f64 / questions.len() as f64
}

fn main() {
    let rounds = setting("BENCH_ROUNDS", 7);
    let long = questions(setting("BENCH_DUE_TIMES", 200_000));
    // What is usual: targets of one to eighty hours of work.
    let usual: Vec<(Time, i64)> = long.iter().map(|(start, target)| (*start, HOUR_MS + target % (80 * HOUR_MS))).collect();
    let calendar = hours().check().unwrap();
    let table = Prepared::around(calendar.clone(), NOW);
    let walk = DayWalk::new(&calendar);
    for (start, target) in usual.iter().chain(&long).step_by(101) {
        assert_eq!(table.add(*start, *target).unwrap(), walk.add(*start, *target));
    }
    let (mut usual_ns, mut long_ns, mut ratio, mut long_ratio, mut preparing) = (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..rounds {
        let ours = nanoseconds(&usual, |start, target| table.add(start, target).unwrap());
        let theirs = nanoseconds(&usual[..usual.len() / 20], |start, target| walk.add(start, target));
        let ours_long = nanoseconds(&long, |start, target| table.add(start, target).unwrap());
        long_ratio.push(nanoseconds(&long[..long.len() / 100], |start, target| walk.add(start, target)) / ours_long);
        long_ns.push(ours_long);
        let began = Instant::now();
        black_box(Prepared::around(hours().check().unwrap(), NOW));
        preparing.push(began.elapsed().as_secs_f64() * 1_000.0);
        println!("  {ours:.1} ns, day walk {theirs:.0} ns, preparing {:.2} ms", preparing[preparing.len() - 1]);
        usual_ns.push(ours);
        ratio.push(theirs / ours);
    }
    header(&format!("A due time in working hours, from a table of {} spans, median of {rounds} rounds", table.len()));
    let goal = |what: &str, value: f64, unit: &str, most: f64| {
        row(what, &format!("{value:.1} {unit}"), &format!("<= {most} {unit}"), value <= most)
    };
    goal("targets of 1 to 80 working hours", median(usual_ns), "ns", 25.0);
    goal("targets of up to 90 days of working time", median(long_ns), "ns", 25.0);
    goal("preparing twenty years", median(preparing), "ms", 5.0);
    let long_ratio = median(long_ratio);
    row("a walk over days / the table, up to 90 days", &format!("{long_ratio:.0} x"), ">= 30 x", long_ratio >= 30.0);
    println!("{:<62} {:>16}", "the same, 1 to 80 working hours", format!("{:.0} x", median(ratio)));
}
