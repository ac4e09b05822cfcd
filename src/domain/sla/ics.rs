//! Holidays from an iCalendar file (RFC 5545): its all-day events, as dates.
//!
//! What repeats is worked out for a span of years and kept as dates: the file is not looked at again. Lines are unfolded
//! and events are found here, so that an error names its line; what an event says is read by `icalendar`, and when it
//! comes back by `rrule`.
//!
//! A day may be written as an instant: Exchange writes the midnight of its zone in UTC, which east of it is another date. Such
//! instants are dates in the calendar's zone.

use std::collections::HashSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

use icalendar::parser::{Component, Property};
use jiff::Span;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rrule::RRuleSet;

use super::calendar::{date_of, day_number};
use super::holiday::LONGEST_RANGE;
use super::hours::{Holiday, MOST_DATES};
use crate::error::{Error, Result};

/// Alarms in events in calendars are three.
const DEEPEST: usize = 10;
/// A longer name is cut, in characters.
const LONGEST_NAME: usize = 200;

const DAY_SECONDS: i64 = 86_400;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Found {
    /// In order, each date or range once.
    pub holidays: Vec<Holiday>,
    /// Events with a time of day: they are no holidays.
    pub timed: usize,
    pub cancelled: usize,
}

/// Programs that write a time of day where they mean whole days say so here.
const WHOLE_DAY_MARKS: [&str; 2] = ["X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"];

/// Reads the holidays of a file for a calendar in `zone`; `name` is what errors call it. What comes back is worked out for these
/// years.
///
/// # Errors
///
/// `bad_calendar`, with the line in its message and in its detail `line`.
pub fn read(content: &[u8], name: &str, years: RangeInclusive<i16>, zone: &TimeZone) -> Result<Found> {
    let file = File { name, years, zone };
    let lines = file.lines(content)?;
    let blocks = file.events(&lines)?;
    let texts: Vec<String> = blocks.iter().map(|lines| joined(lines)).collect();
    let events = blocks.iter().zip(&texts).map(|(lines, text)| file.event(lines, text)).collect::<Result<Vec<_>>>()?;
    let moved: HashSet<(String, Date)> = events.iter().filter_map(Event::replaces).collect();
    let mut found = Found::default();
    let mut dates: Vec<(Date, Date, String)> = Vec::new();
    for event in &events {
        if event.text("STATUS").eq_ignore_ascii_case("CANCELLED") {
            found.cancelled += 1;
        } else if let Some(start) = event.start()? {
            let name = event.name();
            let days = event.length(start)?;
            for first in event.occurrences(start, &moved)? {
                dates.push((first, event.last(first, days)?, name.clone()));
            }
        } else {
            found.timed += 1;
        }
        if dates.len() > MOST_DATES {
            return Err(event.wrong("BEGIN", format!("more than {MOST_DATES} dates are too many for one calendar")));
        }
    }
    // Stable: of two events on the same days the first gives the name.
    dates.sort_by_key(|(first, last, _)| (*first, *last));
    dates.dedup_by_key(|(first, last, _)| (*first, *last));
    found.holidays = dates.into_iter().map(holiday).collect();
    Ok(found)
}

fn holiday((first, last, name): (Date, Date, String)) -> Holiday {
    let on = if first == last { first.to_string() } else { format!("{first}..{last}") };
    if name.is_empty() { Holiday::Plain(on) } else { Holiday::Named { on, name } }
}

struct File<'f> {
    name: &'f str,
    years: RangeInclusive<i16>,
    zone: &'f TimeZone,
}

/// A line with what it goes on with on the next ones.
struct Line {
    number: usize,
    text: String,
}

impl Line {
    /// `SUMMARY` of `SUMMARY;LANGUAGE=pl:Wigilia`.
    fn property(&self) -> &str {
        self.text.split([':', ';']).next().unwrap_or_default()
    }
    /// `VEVENT` of `BEGIN:VEVENT`, in capitals.
    fn after(&self, property: &str) -> Option<String> {
        let (name, value) = self.text.split_once(':')?;
        name.eq_ignore_ascii_case(property).then(|| value.trim().to_ascii_uppercase())
    }
}

/// The text of an event; names are compared as they stand by the library, which therefore gets them in capitals.
fn joined(lines: &[Line]) -> String {
    let text = |line: &Line| match ["BEGIN", "END"].into_iter().find_map(|mark| Some((mark, line.after(mark)?))) {
        Some((mark, name)) => format!("{mark}:{name}\n"),
        None => format!("{}\n", line.text),
    };
    lines.iter().map(text).collect()
}

impl File<'_> {
    fn wrong(&self, line: usize, reason: impl Display) -> Error {
        Error::usage("bad_calendar", format!("{}, line {line}: {reason}", self.name)).detail("line", line as i64)
    }

    /// Unfolded before they are taken for text: a line may be folded within a character.
    fn lines(&self, content: &[u8]) -> Result<Vec<Line>> {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
        for (number, raw) in (1..).zip(content.split(|byte| *byte == b'\n')) {
            let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
            match (raw, lines.last_mut()) {
                ([b' ' | b'\t', rest @ ..], Some((_, line))) => line.extend_from_slice(rest),
                _ if raw.trim_ascii().is_empty() => {}
                _ => lines.push((number, raw.to_vec())),
            }
        }
        let text = |(number, line)| match String::from_utf8(line) {
            Ok(text) if !text.contains(':') => Err(self.wrong(number, format!("\"{}\" is no line of iCalendar", shortened(&text)))),
            Ok(text) => Ok(Line { number, text }),
            Err(_) => Err(self.wrong(number, "the text is not UTF-8")),
        };
        lines.into_iter().map(text).collect()
    }

    /// The lines of each event.
    fn events<'l>(&self, lines: &'l [Line]) -> Result<Vec<&'l [Line]>> {
        let mut events = Vec::new();
        let mut open: Vec<(String, usize)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if let Some(name) = line.after("BEGIN") {
                open.push((name, at));
                if open[0].0 != "VCALENDAR" || open.len() > DEEPEST {
                    return Err(self.wrong(line.number, format!("{} does not belong here", line.text)));
                }
            } else if let Some(name) = line.after("END") {
                let begun = open.pop().filter(|(begun, _)| *begun == name);
                let (_, from) = begun.ok_or_else(|| self.wrong(line.number, format!("{} ends what did not begin", line.text)))?;
                if name == "VEVENT" && open.len() == 1 {
                    events.push(&lines[from..=at]);
                }
            } else if open.is_empty() {
                return Err(self.wrong(line.number, "this is no iCalendar: it begins with BEGIN:VCALENDAR"));
            }
        }
        match open.last() {
            Some((name, at)) => Err(self.wrong(lines[*at].number, format!("BEGIN:{name} has no end: the file is cut off"))),
            None if lines.is_empty() => Err(self.wrong(1, "the file is empty")),
            None => Ok(events),
        }
    }

    fn event<'e>(&'e self, lines: &'e [Line], text: &'e str) -> Result<Event<'e>> {
        let component = Component::try_from(text);
        let component = component.map_err(|_| self.wrong(lines[0].number, "the event that begins here cannot be read"))?;
        Ok(Event { file: self, lines, component })
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// `20260406` and what begins so.
fn date(text: &str) -> Option<Date> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

/// A date, or a time by the wall clock, whose date it is; an instant (`20270217T230000Z`) is the date that it falls on in `zone`.
fn day(text: &str, utc: bool, zone: &TimeZone) -> Option<Date> {
    let text = text.trim();
    let instant = text.strip_suffix(['Z', 'z']).or(Some(text).filter(|text| utc && text.len() > 8));
    let Some(instant) = instant else { return date(text) };
    let at: DateTime = instant.parse().ok()?;
    Some(TimeZone::UTC.to_timestamp(at).ok()?.to_zoned_datetime(zone.clone()).date())
}

/// Whether the times of a property are in UTC without a Z.
fn is_utc(property: &Property<'_>) -> bool {
    let zone = property.params.iter().find(|param| param.key.as_str().eq_ignore_ascii_case("TZID"));
    let name = zone.and_then(|zone| zone.val.as_ref()).map_or("", |name| name.as_str().trim_matches('"'));
    // `Etc/UTC`, `tzone://Microsoft/Utc`.
    name.rsplit('/').next().is_some_and(|last| ["UTC", "GMT"].iter().any(|utc| last.eq_ignore_ascii_case(utc)))
}

struct Event<'e> {
    file: &'e File<'e>,
    lines: &'e [Line],
    component: Component<'e>,
}

impl Event<'_> {
    /// An error at the line of a property.
    fn wrong(&self, property: &str, reason: impl Display) -> Error {
        let line = self.lines.iter().find(|line| line.property().eq_ignore_ascii_case(property)).unwrap_or(&self.lines[0]);
        self.file.wrong(line.number, reason)
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Property<'_>> {
        self.component.properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
    }

    /// The value of a property; empty without it.
    fn text(&self, name: &str) -> &str {
        self.all(name).next().map_or("", |property| property.val.as_str().trim())
    }

    /// The day that a property names.
    fn day(&self, name: &str) -> Option<Date> {
        self.all(name).next().and_then(|property| day(property.val.as_str(), is_utc(property), self.file.zone))
    }

    fn name(&self) -> String {
        let Some(summary) = self.all("SUMMARY").next() else { return String::new() };
        let text = summary.val.clone().unescape_text();
        let text: String = text.as_str().chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NAME).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The day of an all-day event; `None` for one with a time of day.
    fn start(&self) -> Result<Option<Date>> {
        let text = self.text("DTSTART");
        let start = self.day("DTSTART");
        let start = start.ok_or_else(|| self.wrong("DTSTART", format!("the event begins on no date (DTSTART \"{}\")", shortened(text))))?;
        Ok((text.len() == 8 || self.is_marked_whole_day()).then_some(start))
    }

    /// A start with a time of day is a day all the same, where the file says so.
    fn is_marked_whole_day(&self) -> bool {
        let is_date = |property: &Property<'_>| {
            let mut params = property.params.iter().filter(|param| param.key.as_str().eq_ignore_ascii_case("VALUE"));
            params.any(|param| param.val.as_ref().is_some_and(|value| value.as_str().eq_ignore_ascii_case("DATE")))
        };
        self.all("DTSTART").any(is_date) || WHOLE_DAY_MARKS.iter().any(|mark| self.text(mark).eq_ignore_ascii_case("TRUE"))
    }

    /// How many days it takes: until the day before DTEND.
    fn length(&self, start: Date) -> Result<i64> {
        let (end, duration) = (self.text("DTEND"), self.text("DURATION"));
        let days = if !end.is_empty() {
            let end = self.day("DTEND").ok_or_else(|| self.wrong("DTEND", format!("\"{}\" is no date", shortened(end))))?;
            day_number(end) - day_number(start)
        } else if !duration.is_empty() {
            let span: Span = duration.parse().map_err(|_| self.wrong("DURATION", format!("\"{}\" is no length", shortened(duration))))?;
            i64::from(span.get_weeks()) * 7 + i64::from(span.get_days())
        } else {
            1
        };
        match days {
            ..0 => Err(self.wrong("DTEND", "the event ends before it begins")),
            // Some programs write the same day where they mean the next one.
            0..=LONGEST_RANGE => Ok(days.max(1)),
            _ => Err(self.wrong("DTEND", "the event is longer than ten years")),
        }
    }

    fn last(&self, first: Date, days: i64) -> Result<Date> {
        let number = day_number(first) + days - 1;
        let last = date_of(number);
        let exact = day_number(last) == number;
        if exact { Ok(last) } else { Err(self.wrong("DTSTART", "the event ends after the last year that there is")) }
    }

    /// The repeated event, and its day, in whose place this one is.
    fn replaces(&self) -> Option<(String, Date)> {
        Some((self.text("UID").to_owned(), self.day("RECURRENCE-ID")?))
    }

    fn dates(&self, name: &str) -> Result<Vec<Date>> {
        let listed = self.all(name).flat_map(|property| property.val.as_str().split(',').map(|text| (text, is_utc(property))));
        let read = |(text, utc): (&str, bool)| {
            // Of a period, the beginning.
            let begin = text.split('/').next().unwrap_or(text);
            day(begin, utc, self.file.zone).ok_or_else(|| self.wrong(name, format!("\"{}\" is no date", shortened(text))))
        };
        listed.map(read).collect()
    }

    /// The days on which it begins. What repeats is limited to the file's years.
    fn occurrences(&self, start: Date, moved: &HashSet<(String, Date)>) -> Result<Vec<Date>> {
        if self.replaces().is_some() {
            return Ok(vec![start]);
        }
        let mut found = self.dates("RDATE")?;
        let rules: Vec<&str> = self.all("RRULE").map(|property| property.val.as_str()).collect();
        if rules.is_empty() {
            found.push(start);
        }
        for rule in rules {
            self.repeat(start, rule, &mut found)?;
        }
        let (except, uid) = (self.dates("EXDATE")?, self.text("UID"));
        found.retain(|date| !except.contains(date) && !moved.contains(&(uid.to_owned(), *date)));
        Ok(found)
    }

    fn repeat(&self, start: Date, rule: &str, found: &mut Vec<Date>) -> Result<()> {
        let parts: Vec<String> = rule.split(';').filter(|part| !part.is_empty()).map(|part| whole_days(part, self.file.zone)).collect();
        if ["HOURLY", "MINUTELY", "SECONDLY"].iter().any(|often| parts.contains(&format!("FREQ={often}"))) {
            return Err(self.wrong("RRULE", "an event of whole days cannot come back within a day"));
        }
        let text = format!("DTSTART:{}T000000Z\nRRULE:{}", start.strftime("%Y%m%d"), parts.join(";"));
        let set: RRuleSet = text.parse().map_err(|error| self.wrong("RRULE", format!("{}: {error}", shortened(rule))))?;
        let set = set.limit();
        let years = &self.file.years;
        let days = (&set).into_iter().map(|at| date_of(at.timestamp().div_euclid(DAY_SECONDS)));
        let days = days.skip_while(|date| date.year() < *years.start()).take_while(|date| date.year() <= *years.end());
        found.extend(days.take(MOST_DATES + 1));
        Ok(())
    }
}

/// UNTIL as a time, as the library wants it: the day counts to its end.
fn whole_days(part: &str, zone: &TimeZone) -> String {
    let part = part.trim().to_ascii_uppercase();
    match part.strip_prefix("UNTIL=").and_then(|until| day(until, false, zone)) {
        Some(day) => format!("UNTIL={}T235959Z", day.strftime("%Y%m%d")),
        None => part,
    }
}
