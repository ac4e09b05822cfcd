//! Holidays of iCalendar files.

use deskctl::domain::sla::ics::{Found, read};
use deskctl::error::Error;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

fn file(events: &str) -> String {
    let events = events.replace("(a)\n", "BEGIN:VEVENT\nUID:a\n").replace("(b)\n", "BEGIN:VEVENT\nUID:b\n");
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

fn found(events: &str) -> Found {
    found_in("UTC", events)
}

fn found_in(zone: &str, events: &str) -> Found {
    read(file(events).as_bytes(), "f.ics", 2025..=2036, &TimeZone::get(zone).unwrap()).unwrap()
}

fn holidays(events: &str) -> String {
    holidays_in("UTC", events)
}

fn holidays_in(zone: &str, events: &str) -> String {
    let holidays = found_in(zone, events).holidays;
    let text = holidays.iter().map(|holiday| match holiday.name() {
        Some(name) => format!("{}={name}", holiday.on()),
        None => holiday.on().to_owned(),
    });
    text.collect::<Vec<_>>().join(" ")
}

fn refused(content: &[u8]) -> Error {
    let error = read(content, "f.ics", 2025..=2036, &TimeZone::UTC).unwrap_err();
    assert_eq!(error.code(), "bad_calendar", "{error}");
    error
}

#[test]
fn s3_all_day_events_are_holidays() {
    let one = |more: &str| holidays(&format!("(a)\nDTSTART;VALUE=DATE:20261224\n{more}END:VEVENT\n"));
    assert_eq!(one(""), "2026-12-24");
    assert_eq!(one("SUMMARY:Wigilia\n"), "2026-12-24=Wigilia");
    assert_eq!(one("SUMMARY;LANGUAGE=pl:Dzień\\, drugi\\n\n  i trzeci\n"), "2026-12-24=Dzień, drugi i trzeci");
    assert_eq!(one("DTEND;VALUE=DATE:20261225\n"), "2026-12-24");
    assert_eq!(one("DTEND;VALUE=DATE:20261224\n"), "2026-12-24");
    assert_eq!(one("DTEND;VALUE=DATE:20270101\n"), "2026-12-24..2026-12-31");
    assert_eq!(one("DURATION:P1W\n"), "2026-12-24..2026-12-30");
    assert_eq!(one("EMPTY:\nX-NOTE;A=\"b:c;d\":e\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM\n"), "2026-12-24");
    assert_eq!(holidays("begin:vevent\ndtstart:20261224\nsummary:Eve\nend:vevent\n"), "2026-12-24=Eve");
}

#[test]
fn s3_events_at_a_time_and_cancelled_ones_are_none() {
    let found = found(
        "(a)\nDTSTART:20261224T100000Z\nEND:VEVENT\n(b)\nDTSTART;TZID=Europe/Warsaw:20261224T100000\nEND:VEVENT\n\
         (a)\nDTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED\nEND:VEVENT\n",
    );
    assert_eq!((found.holidays.len(), found.timed, found.cancelled), (0, 2, 1));
}

#[test]
fn s3_what_comes_back_is_worked_out_for_some_years() {
    let each = |more: &str| holidays(&format!("(a)\nDTSTART;VALUE=DATE:{more}END:VEVENT\n"));
    let years = |text: &str| text.split(' ').map(|on| on[..4].to_owned()).collect::<Vec<_>>().join(" ");
    let all = each("19970511\nRRULE:FREQ=YEARLY\n");
    assert_eq!(years(&all), "2025 2026 2027 2028 2029 2030 2031 2032 2033 2034 2035 2036");
    assert!(all.starts_with("2025-05-11 2026-05-11"));
    assert_eq!(each("20260511\nRRULE:FREQ=YEARLY;COUNT=2\n"), "2026-05-11 2027-05-11");
    assert_eq!(each("20260511\nRRULE:FREQ=YEARLY;UNTIL=20280511\n"), "2026-05-11 2027-05-11 2028-05-11");
    assert_eq!(each("20260511\nRRULE:FREQ=YEARLY;UNTIL=20280511T000000Z;\n"), "2026-05-11 2027-05-11 2028-05-11");
    assert_eq!(each("20240229\nRRULE:FREQ=YEARLY\n"), "2028-02-29 2032-02-29 2036-02-29");
    assert_eq!(each("20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2\n"), "2026-11-26 2027-11-25");
    assert_eq!(each("20260102\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260103\n"), "2026-01-02 2026-01-04");
    assert_eq!(each("20260102\nRRULE:FREQ=YEARLY;COUNT=2\nDTEND;VALUE=DATE:20260104\n"), "2026-01-02..2026-01-03 2027-01-02..2027-01-03");
    assert_eq!(each("20260102\nRDATE;VALUE=DATE:20260303,20260404\n"), "2026-01-02 2026-03-03 2026-04-04");
    // One of them lies on another day, and one is cancelled.
    let moved = "(a)\nDTSTART;VALUE=DATE:20260511\nRRULE:FREQ=YEARLY;COUNT=3\nEND:VEVENT\n\
                 (a)\nRECURRENCE-ID;VALUE=DATE:20270511\nDTSTART;VALUE=DATE:20270512\nSUMMARY:Moved\nEND:VEVENT\n\
                 (a)\nRECURRENCE-ID;VALUE=DATE:20280511\nDTSTART;VALUE=DATE:20280511\nSTATUS:CANCELLED\nEND:VEVENT\n\
                 (b)\nRECURRENCE-ID;VALUE=DATE:20260511\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n";
    assert_eq!(holidays(moved), "2026-01-01 2026-05-11 2027-05-12=Moved");
}

#[test]
fn s3_outlook_and_exchange_write_days_as_instants_of_their_zone() {
    let daily = "(a)\nDTSTART;VALUE=DATE:20270216\nRRULE:FREQ=DAILY;UNTIL=20270222T230000Z\nEXDATE:20270217T230000Z\nEND:VEVENT\n";
    assert_eq!(holidays_in("Europe/Warsaw", daily), "2027-02-16 2027-02-17 2027-02-19 2027-02-20 2027-02-21 2027-02-22 2027-02-23");
    let yearly = "(a)\nDTSTART;VALUE=DATE:20260622\nRRULE:FREQ=YEARLY;UNTIL=20280621T220000Z\nEND:VEVENT\n";
    assert_eq!(holidays_in("Europe/Warsaw", yearly), "2026-06-22 2027-06-22 2028-06-22");
    let utc = "(a)\nDTSTART;TZID=\"tzone://Microsoft/Utc\";VALUE=DATE:20270215T230000\nEXDATE;TZID=Etc/UTC:20270301T230000\nEND:VEVENT\n";
    assert_eq!(holidays_in("Europe/Warsaw", utc), "2027-02-16");
}

const ZONES: [&str; 16] = [
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Europe/Warsaw",
    "Europe/London",
    "UTC",
    "Atlantic/Azores",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
];

/// Days from the first of a series to its seventh, without the second and fifth; the fourth lies elsewhere, and one is added.
fn series(first: Date, write: &dyn Fn(Date) -> String, is_date: bool) -> String {
    let day = |days: i64| write(first.checked_add(jiff::Span::new().days(days)).unwrap());
    let (value, mark) = if is_date { (";VALUE=DATE", "") } else { ("", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n") };
    format!(
        "(a)\nDTSTART{value}:{}\nDTEND{value}:{}\n{mark}RRULE:FREQ=DAILY;UNTIL={}\nEXDATE:{},{}\nRDATE:{}\nEND:VEVENT\n\
         (a)\nRECURRENCE-ID:{}\nDTSTART{value}:{}\n{mark}SUMMARY:Moved\nEND:VEVENT\n",
        day(0),
        day(1),
        day(6),
        day(1),
        day(4),
        day(20),
        day(3),
        day(30),
    )
}

/// The same events with every day as a date, as the instant at which it begins in the zone, and by the wall clock.
#[test]
fn s3_a_day_is_the_same_day_however_it_is_written_in_every_zone() {
    // Winter, summer, and weeks in which clocks change.
    for first in [date(2026, 1, 5), date(2026, 3, 27), date(2026, 6, 22), date(2026, 10, 23)] {
        let day = |days: i64| first.checked_add(jiff::Span::new().days(days)).unwrap();
        let wanted = [0, 2, 5, 6, 20].map(|days| day(days).to_string()).join(" ") + &format!(" {}=Moved", day(30));
        let as_date = |date: Date| date.strftime("%Y%m%d").to_string();
        let wall_clock = |date: Date| date.strftime("%Y%m%dT000000").to_string();
        for zone in ZONES {
            let tz = TimeZone::get(zone).unwrap();
            let begins = |date: Date| tz.to_timestamp(date.at(0, 0, 0, 0)).unwrap().to_zoned_datetime(TimeZone::UTC);
            let instant = |date: Date| begins(date).strftime("%Y%m%dT%H%M%SZ").to_string();
            let ways = [("a date", &as_date as &dyn Fn(Date) -> String), ("an instant", &instant), ("by the wall clock", &wall_clock)];
            for ((how, write), is_date) in ways.into_iter().flat_map(|way| [(way, true), (way, false)]) {
                assert_eq!(holidays_in(zone, &series(first, write, is_date)), wanted, "{zone}, as {how}, {is_date}");
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let event = |line: &str| file(&format!("(a)\n{line}\nEND:VEVENT\n"));
    for (content, line, said) in [
        (String::new(), 1, "is empty"),
        ("hello".into(), 1, "no line of iCalendar"),
        ("hello: world".into(), 1, "begins with BEGIN:VCALENDAR"),
        ("BEGIN:VEVENT\nEND:VEVENT".into(), 1, "does not belong here"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n".into(), 2, "the file is cut off"),
        ("BEGIN:VCALENDAR\nEND:VEVENT\n".into(), 2, "ends what did not begin"),
        (format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(100_000)), 11, "does not belong here"),
        (event("SUMMARY:x"), 3, "begins on no date"),
        (event("DTSTART;VALUE=DATE:20260230"), 5, "begins on no date (DTSTART \"20260230\")"),
        (event("DTSTART:20260203\n\n\nDTEND:20260201"), 8, "ends before it begins"),
        (event("DTSTART:20260203\nDTEND:tomorrow"), 6, "\"tomorrow\" is no date"),
        (event("DTSTART:20260203\nDTEND:29990101"), 6, "longer than ten years"),
        (event("DTSTART:20260203\nDURATION:long"), 6, "is no length"),
        (event("DTSTART:99991231\nDURATION:P9D"), 5, "after the last year"),
        (event("DTSTART:20260203\nRRULE:FREQ=SOMETIMES"), 6, "FREQ=SOMETIMES"),
        (event("DTSTART:20260203\nRRULE:FREQ=HOURLY"), 6, "within a day"),
        (event("DTSTART:20260203\nEXDATE:never"), 6, "\"never\" is no date"),
        (event("no property"), 5, "\"no property\" is no line"),
    ] {
        let error = refused(content.as_bytes());
        assert!(error.message().contains(said), "{error}");
        assert!(error.message().starts_with(&format!("f.ics, line {line}: ")), "{error}");
    }
    let mut latin = file("(a)\nSUMMARY:Dzie\nEND:VEVENT\n").into_bytes();
    let at = latin.iter().position(|byte| *byte == b'z').unwrap();
    latin[at] = 0xf1;
    assert!(refused(&latin).message().contains("the text is not UTF-8"));
    assert_eq!(found("(a)\nDTSTART:20260203\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n").holidays.len(), 0);
}

#[test]
fn a_line_may_be_folded_within_a_character() {
    let whole = file("(a)\nDTSTART:20260203\nSUMMARY:Dzień\nEND:VEVENT\n").into_bytes();
    let at = whole.iter().position(|byte| *byte == 0xc5).unwrap() + 1;
    let folded = [&whole[..at], b"\r\n ", &whole[at..]].concat();
    assert_eq!(read(&folded, "f.ics", 2025..=2036, &TimeZone::UTC).unwrap().holidays[0].name(), Some("Dzień"));
}

/// Whatever is done to a file: an answer or an error, never a panic.
#[test]
fn spoilt_files_do_no_harm() {
    let whole = std::fs::read("fixtures/holidays.ics").unwrap();
    assert_eq!(read(&whole, "f", 2025..=2036, &TimeZone::UTC).unwrap().holidays.len(), 4);
    for at in (0..whole.len()).step_by(3) {
        let _ = read(&whole[..at], "f", 2025..=2036, &TimeZone::UTC);
        for byte in [b'0', b'9', b';', b':', b'\n', b'=', b'"', 0, 0xff] {
            let mut spoilt = whole.clone();
            spoilt[at] = byte;
            let _ = read(&spoilt, "f", 2025..=2036, &TimeZone::UTC);
        }
    }
}
