//! Working hours as people write them; [`Hours::check`] makes the calendar, or says what is wrong and where.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Parts, Window, day_number};
use super::holiday::{self, Rule};
use crate::domain::time::{self, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use crate::error::{Error, Result};

/// A window of the wall clock, `["09:00","17:00"]`: half-open, `24:00` is an end, an end before its start means the next day.
pub type Slot = (String, String);

/// More than anybody works with, and few enough that each answer stays quick.
const MOST_SLOTS: usize = 100;
pub const MOST_DATES: usize = 20_000;

/// Working hours (S3): weekly windows in a zone, and what differs on single dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The IANA zone whose wall clock counts, such as Europe/Warsaw.
    pub zone: String,
    #[serde(default)]
    pub week: Week,
    /// Dates whose weekly windows are replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MOST_DATES))]
    pub overrides: Vec<Override>,
    /// Windows besides the others; only these beat a holiday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MOST_DATES))]
    pub extra: Vec<Extra>,
    /// Dates that do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MOST_DATES))]
    pub holidays: Vec<Holiday>,
}

/// The windows of each day; a day without any does not count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    pub mon: Vec<Slot>,
    pub tue: Vec<Slot>,
    pub wed: Vec<Slot>,
    pub thu: Vec<Slot>,
    pub fri: Vec<Slot>,
    pub sat: Vec<Slot>,
    pub sun: Vec<Slot>,
}

impl Week {
    /// Monday first.
    pub fn days(&self) -> [(&'static str, &[Slot]); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

impl Week {
    /// A day by its name, `mon` to `sun`.
    pub fn day_mut(&mut self, name: &str) -> Option<&mut Vec<Slot>> {
        Some(match name {
            "mon" => &mut self.mon,
            "tue" => &mut self.tue,
            "wed" => &mut self.wed,
            "thu" => &mut self.thu,
            "fri" => &mut self.fri,
            "sat" => &mut self.sat,
            "sun" => &mut self.sun,
            _ => return None,
        })
    }
}

/// A date with windows of its own in place of the weekly ones; none closes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub date: String,
    #[serde(default)]
    pub windows: Vec<Slot>,
}

/// A window on one date besides the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    pub date: String,
    pub start: String,
    pub end: String,
}

/// A holiday: when (see [`super::holiday::Rule`]), and perhaps its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Holiday {
    Plain(String),
    Named { on: String, name: String },
}

impl Holiday {
    pub fn on(&self) -> &str {
        match self {
            Holiday::Plain(on) | Holiday::Named { on, .. } => on,
        }
    }
    pub fn name(&self) -> Option<&str> {
        match self {
            Holiday::Plain(_) => None,
            Holiday::Named { name, .. } => Some(name),
        }
    }
}

impl Hours {
    /// The calendar that they mean.
    ///
    /// # Errors
    ///
    /// `unknown_zone`, `bad_window`, `empty_window`, `bad_date`, `duplicate_date`, `bad_holiday`, `too_many_windows`; each says
    /// where (`week.mon[0]`) in its detail `at`.
    pub fn check(&self) -> Result<Calendar> {
        let zone = zone(&self.zone).map_err(|reason| wrong("unknown_zone", "zone", &reason))?;
        let mut week: [Vec<Window>; 7] = Default::default();
        for ((name, slots), windows) in self.week.days().into_iter().zip(&mut week) {
            *windows = all_windows(slots, &format!("week.{name}"))?;
        }
        if self.overrides.len() + self.extra.len() + self.holidays.len() > MOST_DATES {
            return Err(wrong("too_many_windows", "hours", &format!("more than {MOST_DATES} dates are too many for one calendar")));
        }
        let names = self.holidays.iter().map(|holiday| holiday.name().map(str::to_owned));
        let holidays = rules(&self.holidays)?.into_iter().zip(names).collect();
        Ok(Calendar::new(Parts { zone, zone_name: self.zone.clone(), week, overrides: self.overrides()?, extra: self.extra()?, holidays }))
    }

    /// Those of some holidays that are not there already, by a date, a range or a yearly rule; each once.
    ///
    /// # Errors
    ///
    /// `bad_holiday`.
    pub fn new_holidays(&self, given: Vec<Holiday>) -> Result<Vec<Holiday>> {
        let known = rules(&self.holidays)?;
        let rules = rules(&given)?;
        let mut taken = HashSet::new();
        let new =
            |(holiday, rule): &(Holiday, Rule)| !known.iter().any(|known| known.includes(*rule)) && taken.insert(holiday.on().to_owned());
        Ok(given.into_iter().zip(rules).filter(new).map(|(holiday, _)| holiday).collect())
    }

    fn overrides(&self) -> Result<BTreeMap<i64, Vec<Window>>> {
        let mut found = BTreeMap::new();
        for (at, one) in self.overrides.iter().enumerate() {
            let place = format!("overrides[{at}]");
            let day = day_number(date(&one.date, &place)?);
            if found.insert(day, all_windows(&one.windows, &format!("{place}.windows"))?).is_some() {
                return Err(wrong("duplicate_date", &place, &format!("{} has two overrides: write all its windows in one", one.date)));
            }
        }
        Ok(found)
    }

    fn extra(&self) -> Result<BTreeMap<i64, Vec<Window>>> {
        let mut found: BTreeMap<i64, Vec<Window>> = BTreeMap::new();
        for (at, one) in self.extra.iter().enumerate() {
            let place = format!("extra[{at}]");
            let windows = found.entry(day_number(date(&one.date, &place)?)).or_default();
            windows.push(window(&one.start, &one.end, &place)?);
            check_count(windows.len(), &place)?;
        }
        Ok(found)
    }
}

/// A zone that is the same on every machine: no link to its own zone, no zone of unknown rules, none with leap seconds.
fn zone(name: &str) -> std::result::Result<TimeZone, String> {
    let lower = name.to_lowercase();
    let local = ["localtime", "posixrules", "factory", "etc/unknown"].contains(&lower.as_str());
    if local || lower.starts_with("right/") || lower.starts_with("posix/") {
        return Err(format!("\"{name}\" is no IANA time zone such as Europe/Warsaw or UTC"));
    }
    time::zone(name)
}

fn rules(holidays: &[Holiday]) -> Result<Vec<Rule>> {
    let rule = |(at, holiday): (usize, &Holiday)| {
        holiday.on().parse().map_err(|reason: String| wrong("bad_holiday", &format!("holidays[{at}]"), &reason))
    };
    holidays.iter().enumerate().map(rule).collect()
}

fn wrong(code: &'static str, at: &str, reason: &str) -> Error {
    Error::usage(code, format!("working hours, {at}: {reason}")).detail("at", at)
}

fn date(text: &str, at: &str) -> Result<Date> {
    holiday::date(text).map_err(|reason| wrong("bad_date", at, &reason))
}

fn check_count(count: usize, at: &str) -> Result<()> {
    if count <= MOST_SLOTS {
        return Ok(());
    }
    Err(wrong("too_many_windows", at, &format!("more than {MOST_SLOTS} windows a day are too many")))
}

fn all_windows(slots: &[Slot], at: &str) -> Result<Vec<Window>> {
    check_count(slots.len(), at)?;
    slots.iter().enumerate().map(|(index, (start, end))| window(start, end, &format!("{at}[{index}]"))).collect()
}

/// A window in milliseconds from its day's midnight; over midnight it ends after [`DAY_MS`].
fn window(start: &str, end: &str, at: &str) -> Result<Window> {
    let time = |text| time_of_day(text).map_err(|reason| wrong("bad_window", at, &reason));
    let (from, until) = (time(start)?, time(end)?);
    if from == DAY_MS {
        return Err(wrong("bad_window", at, "24:00 is an end, not a start: write 00:00 of the next day"));
    }
    if from == until {
        let reason = format!("{start} to {end} is empty");
        return Err(wrong("empty_window", at, &reason).hint("a whole day is 00:00 to 24:00"));
    }
    Ok(Window { from, until: if until < from { until + DAY_MS } else { until } })
}

/// `09:00`, `17:30:15`, `24:00` in milliseconds from midnight.
fn time_of_day(text: &str) -> Result<i64, String> {
    let bad = || format!("\"{text}\" is no time of day like 09:00 (24:00 is the end of a day)");
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return Err(bad());
    }
    let mut sum = 0;
    for (part, (unit, most)) in parts.iter().zip([(HOUR_MS, 24), (MINUTE_MS, 59), (SECOND_MS, 59)]) {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = part.parse().ok().filter(|number| digits && *number <= most).ok_or_else(bad)?;
        // 9:00 is read, 09:5 is not.
        if part.len() == 1 && unit != HOUR_MS {
            return Err(bad());
        }
        sum += number * unit;
    }
    if sum <= DAY_MS { Ok(sum) } else { Err(bad()) }
}
