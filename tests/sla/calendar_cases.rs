//! S3 case by case, and what is wrong with hours, told.

use deskctl::domain::sla::Hours;
use deskctl::domain::sla::breakdown::Note;
use deskctl::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Time};

use super::calendar_laws::calendar;

fn due(hours: &str, start: &str, ms: i64) -> String {
    calendar(hours).add(start.parse().unwrap(), ms).unwrap().to_string()
}

#[test]
fn s3_a_target_used_up_at_closing_time_is_due_then() {
    let hours = r#"{"zone":"Europe/Warsaw","week":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]]}}"#;
    assert_eq!(due(hours, "2026-11-16T09:00:00+01:00", 8 * HOUR_MS), "2026-11-16T16:00:00Z");
    assert_eq!(due(hours, "2026-11-16T09:00:00+01:00", 8 * HOUR_MS + 1), "2026-11-17T08:00:00.001Z");
    assert_eq!(due(hours, "2026-11-16T17:00:00+01:00", 1), "2026-11-17T08:00:00.001Z");
    // Target 0 is due at the start, working or not.
    assert_eq!(due(hours, "2026-11-15T03:00:00.5Z", 0), "2026-11-15T03:00:00.5Z");
}

#[test]
fn s3_hours_that_are_skipped_or_repeated() {
    let nights = r#"{"zone":"Europe/Warsaw","week":{"sun":[["01:30","03:30"]]}}"#;
    // 29 March 2026: 02:00 to 03:00 is skipped; an hour is left.
    assert_eq!(due(nights, "2026-03-29T00:00:00Z", HOUR_MS), "2026-03-29T01:30:00Z");
    // 25 October: 02:00 to 03:00 comes twice; three hours.
    assert_eq!(due(nights, "2026-10-24T12:00:00Z", 3 * HOUR_MS), "2026-10-25T02:30:00Z");
    let skipped = r#"{"zone":"Europe/Warsaw","week":{"sun":[["02:15","02:45"]]}}"#;
    assert_eq!(due(skipped, "2026-03-28T12:00:00Z", 10 * MINUTE_MS), "2026-04-05T00:25:00Z");
    // Apia had no 30 December 2011, a Friday.
    let fridays = r#"{"zone":"Pacific/Apia","week":{"fri":[["09:00","10:00"]]}}"#;
    assert_eq!(due(fridays, "2011-12-25T00:00:00Z", HOUR_MS), "2012-01-05T20:00:00Z");
}

#[test]
fn s3_overrides_extra_windows_and_holidays() {
    let days = r#""mon":[["09:00","17:00"]],"tue":[["22:00","06:00"]],"wed":[["09:00","17:00"]]"#;
    let with = |more: &str| format!(r#"{{"zone":"UTC","week":{{{days}}},{more}}}"#);
    let worked =
        |hours: &str| calendar(hours).between("2026-11-16T00:00:00Z".parse().unwrap(), "2026-11-19T00:00:00Z".parse().unwrap()) / MINUTE_MS;
    assert_eq!(worked(&with(r#""holidays":[]"#)), 24 * 60);
    // An override replaces the windows that begin on its date; the night before still ends there.
    assert_eq!(worked(&with(r#""overrides":[{"date":"2026-11-18","windows":[["10:00","11:00"]]}]"#)), (8 + 8 + 1) * 60);
    assert_eq!(worked(&with(r#""overrides":[{"date":"2026-11-16"}]"#)), 16 * 60);
    // A holiday takes away what falls on it, the end of the night before included, and nothing of the next day.
    assert_eq!(worked(&with(r#""holidays":["2026-11-18"]"#)), (8 + 2) * 60);
    assert_eq!(worked(&with(r#""holidays":["2026-11-17"]"#)), (8 + 6 + 8) * 60);
    // Only an extra window of that date beats it; one of the day before does not reach into it.
    assert_eq!(worked(&with(r#""holidays":["11-18"],"extra":[{"date":"2026-11-18","start":"12:00","end":"12:30"}]"#)), 10 * 60 + 30);
    assert_eq!(worked(&with(r#""holidays":["11-18"],"extra":[{"date":"2026-11-17","start":"21:00","end":"12:30"}]"#)), (8 + 3) * 60);
    assert_eq!(worked(&with(r#""holidays":["2026-11-18"],"overrides":[{"date":"2026-11-18","windows":[["00:00","24:00"]]}]"#)), 10 * 60);
    // What overlaps counts once.
    assert_eq!(
        worked(&with(
            r#""extra":[{"date":"2026-11-16","start":"08:00","end":"10:00"},{"date":"2026-11-16","start":"08:30","end":"17:30"}]"#
        )),
        24 * 60 + 90
    );
}

#[test]
fn s3_a_target_that_is_never_reached_is_an_error_that_says_so() {
    let at: Time = "2026-11-16T00:00:00Z".parse().unwrap();
    let every_day = (1..=12).map(|month| format!(r#""2026-{month:02}-01..2026-{month:02}-28""#)).collect::<Vec<_>>().join(",");
    for hours in [
        r#"{"zone":"UTC"}"#.to_owned(),
        r#"{"zone":"UTC","week":{"mon":[]},"extra":[{"date":"2026-11-17","start":"10:00","end":"10:30"}]}"#.to_owned(),
        r#"{"zone":"UTC","overrides":[{"date":"2025-11-17","windows":[["09:00","17:00"]]}]}"#.to_owned(),
        format!(r#"{{"zone":"UTC","extra":[{{"date":"2026-11-17","start":"10:00","end":"10:30"}}],"holidays":[{every_day}]}}"#),
    ] {
        let error = calendar(&hours).add(at, HOUR_MS).unwrap_err();
        assert_eq!(error.code(), "never_due", "{hours}");
        assert_eq!(error.details()["rule"], "S3");
        assert!(error.message().contains("are never reached"), "{}", error.message());
    }
    // Every weekday is a holiday by rule, for ever: found out in 400 years, not by waiting.
    let rules: Vec<String> =
        (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))).map(|(month, day)| format!("{month:02}-{day:02}")).collect();
    let exists = |rule: &String| jiff::civil::Date::new(2000, rule[..2].parse().unwrap(), rule[3..].parse().unwrap()).is_ok();
    let holidays: Vec<String> = rules.into_iter().filter(exists).collect();
    let hours = serde_json::json!({ "zone": "Europe/Warsaw", "week": { "mon": [["09:00", "17:00"]] }, "holidays": holidays });
    assert_eq!(calendar(&hours.to_string()).add(at, 1).unwrap_err().code(), "never_due");
    assert_eq!(calendar(&hours.to_string()).subtract(at, 1).unwrap_err().code(), "never_due");
    // Rare is not never.
    let rare = r#"{"zone":"UTC","extra":[{"date":"9999-12-01","start":"10:00","end":"11:00"}]}"#;
    assert_eq!(due(rare, "2026-01-01T00:00:00Z", HOUR_MS), "9999-12-01T11:00:00Z");
    assert_eq!(calendar(rare).next_working(at).unwrap().to_string(), "9999-12-01T10:00:00Z");
}

#[test]
fn s3_what_is_wrong_with_hours_is_told_with_its_place() {
    for (hours, code, at) in [
        (r#"{"zone":"Europe/Warschau"}"#, "unknown_zone", "zone"),
        (r#"{"zone":""}"#, "unknown_zone", "zone"),
        (r#"{"zone":"localtime"}"#, "unknown_zone", "zone"),
        (r#"{"zone":"Etc/Unknown"}"#, "unknown_zone", "zone"),
        (r#"{"zone":"UTC","week":{"mon":[["09:00","25:00"]]}}"#, "bad_window", "week.mon[0]"),
        (r#"{"zone":"UTC","week":{"tue":[["09:00","10:00"],["9","10:00"]]}}"#, "bad_window", "week.tue[1]"),
        (r#"{"zone":"UTC","week":{"tue":[["09:60","10:00"]]}}"#, "bad_window", "week.tue[0]"),
        (r#"{"zone":"UTC","week":{"tue":[["09:00","24:01"]]}}"#, "bad_window", "week.tue[0]"),
        (r#"{"zone":"UTC","week":{"tue":[["24:00","10:00"]]}}"#, "bad_window", "week.tue[0]"),
        (r#"{"zone":"UTC","week":{"tue":[["+9:00","10:00"]]}}"#, "bad_window", "week.tue[0]"),
        (r#"{"zone":"UTC","week":{"sun":[["09:00","09:00"]]}}"#, "empty_window", "week.sun[0]"),
        (r#"{"zone":"UTC","overrides":[{"date":"2026-02-30"}]}"#, "bad_date", "overrides[0]"),
        (r#"{"zone":"UTC","overrides":[{"date":"2026-02-03"},{"date":"2026-02-03"}]}"#, "duplicate_date", "overrides[1]"),
        (r#"{"zone":"UTC","overrides":[{"date":"2026-02-03","windows":[["x","y"]]}]}"#, "bad_window", "overrides[0].windows[0]"),
        (r#"{"zone":"UTC","extra":[{"date":"26-02-03","start":"09:00","end":"10:00"}]}"#, "bad_date", "extra[0]"),
        (r#"{"zone":"UTC","extra":[{"date":"2026-02-03","start":"09:00","end":""}]}"#, "bad_window", "extra[0]"),
        (r#"{"zone":"UTC","holidays":["2026-04-06","someday"]}"#, "bad_holiday", "holidays[1]"),
    ] {
        let error = serde_json::from_str::<Hours>(hours).unwrap().check().unwrap_err();
        assert_eq!((error.code(), error.details()["at"].as_str()), (code, Some(at)), "{hours}: {error}");
    }
    let many = format!(r#"{{"zone":"UTC","week":{{"mon":[{}]}}}}"#, vec![r#"["09:00","10:00"]"#; 101].join(","));
    assert_eq!(serde_json::from_str::<Hours>(&many).unwrap().check().unwrap_err().code(), "too_many_windows");
}

#[test]
fn the_breakdown_names_days_and_why_they_did_not_count() {
    let hours = calendar(
        r#"{"zone":"Europe/Warsaw","week":{"fri":[["09:00","12:00"],["13:00","17:00"]],"mon":[["09:00","17:00"]]},
        "overrides":[{"date":"2026-04-07","windows":[["10:00","11:00"]]}],"holidays":[{"on":"easter+1","name":"Easter Monday"}]}"#,
    );
    let start: Time = "2026-04-03T11:00:00+02:00".parse().unwrap();
    let due = hours.add(start, 6 * HOUR_MS).unwrap();
    assert_eq!(due.to_string(), "2026-04-07T09:00:00Z");
    let days = hours.breakdown(start, due);
    let short: Vec<_> = days.iter().map(|day| (day.date.as_str(), day.windows.len(), day.worked_ms / HOUR_MS, day.note.clone())).collect();
    assert_eq!(
        short,
        [
            ("2026-04-03", 2, 5, None),
            ("2026-04-04", 0, 0, Some(Note::Closed)),
            ("2026-04-05", 0, 0, Some(Note::Closed)),
            ("2026-04-06", 0, 0, Some(Note::Holiday("Easter Monday".into()))),
            ("2026-04-07", 1, 1, Some(Note::Overridden)),
        ]
    );
    assert_eq!(hours.breakdown(start, start.plus_ms(90_000 * DAY_MS)).len(), 3_700);
}
