//! Holidays: single dates, ranges, and rules that give one date each year.

use std::str::FromStr;

use jiff::civil::{Date, Weekday};

use super::calendar::day_number;

/// When a holiday is, as it is written:
///
/// | written | when |
/// | --- | --- |
/// | `2026-04-06` | that day |
/// | `2026-12-24..2026-12-31` | those days, both ends included |
/// | `12-25` | each year on that day (`02-29` in leap years only) |
/// | `easter`, `easter+1`, `easter-2` | so many days from Easter Sunday of the western churches |
/// | `orthodox easter+1` | the same from Easter Sunday of the orthodox churches |
/// | `4th thu of nov`, `last mon of may` | each year on that weekday of the month |
/// | `fri from 06-19` | each year on the first such weekday on or after that day |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// First and last day.
    Days(Date, Date),
    Yearly {
        month: i8,
        day: i8,
    },
    Easter {
        orthodox: bool,
        offset: i64,
    },
    /// The nth such weekday of a month; -1 is the last.
    Nth {
        nth: i8,
        weekday: Weekday,
        month: i8,
    },
    /// The first such weekday on or after a day of the year.
    From {
        weekday: Weekday,
        month: i8,
        day: i8,
    },
}

/// The days of a range must not be so many that they fill memory.
pub(super) const LONGEST_RANGE: i64 = 3_660;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const COUNTS: [(&str, i8); 6] = [("1st", 1), ("2nd", 2), ("3rd", 3), ("4th", 4), ("5th", 5), ("last", -1)];

impl FromStr for Rule {
    type Err = String;
    fn from_str(text: &str) -> Result<Rule, String> {
        let text = text.trim().to_lowercase();
        if let Some((first, last)) = text.split_once("..") {
            return range(date(first.trim())?, date(last.trim())?);
        }
        if let Some(orthodox) = text.strip_prefix("orthodox ") {
            return easter(orthodox.trim_start(), true);
        }
        if text.starts_with("easter") {
            return easter(&text, false);
        }
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            [nth, weekday, "of", month] => nth_of(nth, weekday, month),
            [weekday, "from", day] => {
                month_day(day).and_then(|(month, day)| Ok(Rule::From { weekday: self::weekday(weekday)?, month, day }))
            }
            [day] if day.len() == "12-25".len() => month_day(day).map(|(month, day)| Rule::Yearly { month, day }),
            [day] => date(day).map(|date| Rule::Days(date, date)),
            _ => Err(no_holiday(&text)),
        }
    }
}

fn no_holiday(text: &str) -> String {
    format!("\"{text}\" is no holiday like 2026-04-06, 12-25, easter+1, \"4th thu of nov\" or \"fri from 06-19\"")
}

fn range(first: Date, last: Date) -> Result<Rule, String> {
    let days = day_number(last) - day_number(first);
    match days {
        ..0 => Err(format!("{first}..{last} ends before it begins")),
        0..=LONGEST_RANGE => Ok(Rule::Days(first, last)),
        _ => Err(format!("{first}..{last} is longer than ten years")),
    }
}

fn easter(text: &str, orthodox: bool) -> Result<Rule, String> {
    let rest = text.strip_prefix("easter").ok_or_else(|| no_holiday(text))?.trim();
    let offset: i64 = match rest {
        "" => 0,
        rest if rest.starts_with(['+', '-']) => rest.replace(' ', "").parse().map_err(|_| no_holiday(text))?,
        _ => return Err(no_holiday(text)),
    };
    if offset.abs() > 200 {
        return Err(format!("\"{text}\" is more than 200 days from Easter"));
    }
    Ok(Rule::Easter { orthodox, offset })
}

fn nth_of(nth: &str, weekday: &str, month: &str) -> Result<Rule, String> {
    let (_, nth) =
        COUNTS.iter().find(|(name, _)| *name == nth).ok_or_else(|| format!("\"{nth}\" is none of 1st, 2nd, 3rd, 4th, 5th, last"))?;
    let at = MONTHS.iter().position(|name| *name == month).ok_or_else(|| format!("\"{month}\" is no month: jan, feb, … dec"))?;
    Ok(Rule::Nth { nth: *nth, weekday: self::weekday(weekday)?, month: at as i8 + 1 })
}

fn weekday(text: &str) -> Result<Weekday, String> {
    let found = WEEKDAYS.iter().find(|(name, _)| *name == text);
    found.map(|(_, weekday)| *weekday).ok_or_else(|| format!("\"{text}\" is no weekday: mon, tue, … sun"))
}

/// A date as `2026-04-06`, and nothing looser.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let bad = || format!("\"{text}\" is no date like 2026-04-06");
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if !shape {
        return Err(bad());
    }
    text.parse().map_err(|_| format!("there is no day {text}"))
}

/// `12-25`.
fn month_day(text: &str) -> Result<(i8, i8), String> {
    // 2000 is a leap year: 02-29 is a day of some years.
    let leap = date(&format!("2000-{text}")).map_err(|_| format!("\"{text}\" is no day of the year like 12-25"))?;
    Ok((leap.month(), leap.day()))
}

impl Rule {
    /// Adds the numbers of its days from one year to another.
    pub(super) fn days(self, first_year: i16, last_year: i16, found: &mut Vec<i64>) {
        match self {
            // However far the range lies from those years: it is short, and asked for rarely.
            Rule::Days(first, last) => found.extend(day_number(first)..=day_number(last)),
            yearly => found.extend((first_year..=last_year).filter_map(|year| yearly.in_year(year))),
        }
    }

    /// Its day in a year, if it has one.
    fn in_year(self, year: i16) -> Option<i64> {
        let new = |month, day| Date::new(year, month, day).ok().map(day_number);
        match self {
            Rule::Days(..) => None,
            Rule::Yearly { month, day } => new(month, day),
            Rule::Easter { orthodox, offset } => Some(easter_sunday(year, orthodox)? + offset),
            Rule::Nth { nth, weekday, month } => Some(day_number(Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?)),
            Rule::From { weekday, month, day } => {
                // 02-29 begins on 03-01 in other years.
                let first = new(month, day).or_else(|| new(3, 1))?;
                Some(first + (i64::from(weekday.to_monday_zero_offset()) - super::calendar::weekday_of(first) as i64).rem_euclid(7))
            }
        }
    }

    /// Whether what another one means is all in this one: a range in a range, a day of any rule, or the very same.
    pub(super) fn includes(self, other: Rule) -> bool {
        match (self, other) {
            (Rule::Days(first, last), Rule::Days(from, until)) => first <= from && until <= last,
            (yearly, Rule::Days(day, until)) if day == until => {
                let year = day.year();
                (year.saturating_sub(1)..=year.saturating_add(1)).any(|year| yearly.in_year(year) == Some(day_number(day)))
            }
            _ => self == other,
        }
    }

    /// Whether it comes back every year.
    pub(super) fn last_day(self) -> Option<i64> {
        match self {
            Rule::Days(_, last) => Some(day_number(last)),
            _ => None,
        }
    }
}

/// Easter Sunday as a day number: Gauss's method in the form of Meeus, Julian and Gregorian.
fn easter_sunday(year: i16, orthodox: bool) -> Option<i64> {
    let y = i64::from(year);
    if orthodox {
        let (a, b, c) = (y.rem_euclid(4), y.rem_euclid(7), y.rem_euclid(19));
        let d = (19 * c + 15) % 30;
        let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
        let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
        let julian = day_number(Date::new(year, month as i8, day as i8).ok()?);
        return Some(julian + y.div_euclid(100) - y.div_euclid(400) - 2);
    }
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l).div_euclid(433);
    let month = (h + l - 7 * m + 90).div_euclid(25);
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    Date::new(year, month as i8, day as i8).ok().map(day_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(rule: &str, year: i16) -> String {
        let mut found = Vec::new();
        rule.parse::<Rule>().unwrap().days(year, year, &mut found);
        found.into_iter().map(|day| super::super::calendar::date_of(day).to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn s3_holidays_by_rule() {
        assert_eq!(days("12-25", 2026), "2026-12-25");
        assert_eq!(days("02-29", 2026), "");
        assert_eq!(days("02-29", 2028), "2028-02-29");
        assert_eq!(days("Easter", 2026), "2026-04-05");
        assert_eq!(days("easter+1", 2024), "2024-04-01");
        assert_eq!(days("easter -2", 2025), "2025-04-18");
        assert_eq!(days("easter", 2038), "2038-04-25");
        assert_eq!(days("easter", 1981), "1981-04-19");
        assert_eq!(days("orthodox easter", 2024), "2024-05-05");
        assert_eq!(days("orthodox easter", 2025), "2025-04-20");
        assert_eq!(days("orthodox easter+1", 2026), "2026-04-13");
        assert_eq!(days("4th thu of nov", 2026), "2026-11-26");
        assert_eq!(days("last mon of may", 2026), "2026-05-25");
        assert_eq!(days("5th mon of feb", 2026), "");
        assert_eq!(days("fri from 06-19", 2026), "2026-06-19");
        assert_eq!(days("sat from 10-31", 2027), "2027-11-06");
        assert_eq!(days("2026-12-30..2027-01-01", 2026), "2026-12-30 2026-12-31 2027-01-01");
    }

    #[test]
    fn what_is_no_holiday_is_told() {
        for (text, said) in [
            ("2026-02-30", "there is no day 2026-02-30"),
            ("13-01", "is no day of the year"),
            ("christmas", "is no date like"),
            ("easter+x", "is no holiday"),
            ("eastern", "is no holiday"),
            ("easter+900", "more than 200 days"),
            ("6th mon of may", "none of 1st"),
            ("1st man of may", "is no weekday"),
            ("1st mon of mai", "is no month"),
            ("2026-12-31..2026-01-01", "ends before it begins"),
            ("2026-12-31..2226-01-01", "longer than ten years"),
            ("", "is no"),
        ] {
            let error = text.parse::<Rule>().unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
