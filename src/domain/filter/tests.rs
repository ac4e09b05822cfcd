//! Tests of the language as a whole: what it reads, what it means, how it fails.

use std::sync::Arc;

use super::*;
use crate::domain::time::Time;
use crate::error::Exit;
use jiff::tz::TimeZone;

pub(super) fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(super) fn failure(text: &str) -> Error {
    Filter::<Conversations>::parse(text).err().unwrap_or_else(|| panic!("{text} should not be read"))
}

pub(super) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// In Warsaw, on the Saturday before the clocks go forward.
pub(super) fn context() -> EvalContext {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    EvalContext::new(time("2026-03-28T16:00:00+01:00"), zone).with_me("Ada@Acme.pl")
}

/// A conversation of which everything is known, or nothing.
pub(super) struct Sample(pub bool);

impl Facts for Sample {
    fn fact(&self, property: &Property) -> Fact<'_> {
        if !self.0 {
            return Fact::Missing;
        }
        match property.key {
            Key::Status => Fact::Text("CLOSED"),
            Key::Owner => Fact::Text("ada@acme.pl"),
            Key::StartedAt => Fact::Time(time("2026-03-21T16:00:00+01:00")),
            Key::ClosedAt => Fact::Time(time("2026-03-28T00:00:00+01:00")),
            Key::LastMessageAt => Fact::Time(time("2026-03-27T23:59:59.999+01:00")),
            Key::Kind => Fact::Text("facebook_messenger"),
            Key::Subject => Fact::Text("Zwrot: Łódź \"Straße\""),
            Key::Channel => Fact::Text("support@acme.pl"),
            Key::Contact => Fact::Text("Jan Kowalski"),
            Key::HasTicket => Fact::Bool(true),
            Key::Spam => Fact::Bool(false),
            Key::MessageCount => Fact::Number(5),
            other => panic!("{other:?} is not asked of a conversation"),
        }
    }
}

fn matches(text: &str) -> bool {
    filter(text).prepare(&context()).matches(&Sample(true))
}

fn matches_nothing_known(text: &str) -> bool {
    filter(text).prepare(&context()).matches(&Sample(false))
}

#[test]
fn text_becomes_canonical() {
    for (text, canonical) in [
        ("open", "status = OPEN"),
        ("CLOSED", "status = CLOSED"),
        ("Status=open", "status = OPEN"),
        ("spam", "spam = true"),
        ("not has_ticket", "not has_ticket = true"),
        ("spam = NO", "spam = false"),
        ("closed and last_message_at < -365d", "status = CLOSED and last_message_at < -365d"),
        ("open or closed and spam", "status = OPEN or status = CLOSED and spam = true"),
        ("(open or closed) and spam", "(status = OPEN or status = CLOSED) and spam = true"),
        ("((open)) or ((closed or spam))", "status = OPEN or status = CLOSED or spam = true"),
        ("not not (open and spam)", "not not (status = OPEN and spam = true)"),
        ("owner = me", "owner = me"),
        ("owner = \"me\"", "owner = \"me\""),
        ("owner IN (ME, a@b.c)", "owner in (me, \"a@b.c\")"),
        ("owner is SET AND subject IS NOT set", "owner is set and subject is not set"),
        ("kind not in (email,FORM)", "kind not in (email, form)"),
        ("subject starts with re:", "subject starts with \"re:\""),
        ("subject contains \"a \\\"b\\\" \\\\ c\"", "subject contains \"a \\\"b\\\" \\\\ c\""),
        ("subject!=and-or", "subject != \"and-or\""),
        ("subject = \"and\"", "subject = \"and\""),
        ("subject = set", "subject = \"set\""),
        ("subject = \"\"", "subject = \"\""),
        ("message_count between -1 and 5 and open", "message_count between -1 and 5 and status = OPEN"),
        ("message_count in (1)", "message_count in (1)"),
        ("age>=2w", "age >= 14d"),
        ("age < 90m", "age < 90m"),
        ("age < 0d", "age < 0s"),
        ("started_at > START of Week", "started_at > start of week"),
        ("started_at > \"start of  month\"", "started_at > start of month"),
        ("started_at between yesterday and now", "started_at between yesterday and now"),
        ("started_at > -0d", "started_at > now"),
        ("started_at <= +2h", "started_at <= +2h"),
        ("started_at = 2026-03-28", "started_at = 2026-03-28"),
        ("started_at = 2026-03-28T16:00", "started_at = 2026-03-28T16:00:00"),
        ("started_at = \"2026-03-28 16:00\"", "started_at = 2026-03-28T16:00:00"),
        ("started_at = 2026-03-28T16:00:00+01:00", "started_at = 2026-03-28T15:00:00Z"),
    ] {
        let read = filter(text);
        assert_eq!(read.to_string(), canonical, "{text}");
        assert_eq!(filter(canonical), read, "{text}");
    }
}

#[test]
fn a_filter_is_its_text_in_json() {
    let read: Filter = serde_json::from_str("\"open and owner = me\"").unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"status = OPEN and owner = me\"");
    assert!(serde_json::from_str::<Filter>("\"open and\"").is_err());
}

#[test]
fn conditions_mean_what_they_say() {
    for (text, expected) in [
        ("closed", true),
        ("open", false),
        ("status in (OPEN, CLOSED)", true),
        ("kind = Facebook_Messenger", true),
        ("kind not in (email, chat)", true),
        ("has_ticket and not spam", true),
        ("has_ticket != true", false),
        ("owner = me", true),
        ("owner != me", false),
        ("owner = \"me\"", false),
        ("owner = ADA@acme.PL", true),
        ("owner in (bob@acme.pl, me)", true),
        ("subject contains łódź", true),
        ("subject contains STRASSE", true),
        ("subject contains lodz", true),
        ("subject starts with \"ZWROT: ł\"", true),
        ("subject starts with łódź", false),
        ("subject = \"zwrot: łódź \\\"strasse\\\"\"", true),
        ("channel = Support@Acme.PL", true),
        ("channel in (x, SUPPORT@acme.pl)", true),
        ("contact contains kowal", true),
        ("message_count = 5", true),
        ("message_count < 5", false),
        ("message_count <= 5", true),
        ("message_count > 5", false),
        ("message_count >= 5", true),
        ("message_count between 5 and 5", true),
        ("message_count in (1, 5)", true),
        ("message_count not in (1, 5)", false),
        ("message_count < -9223372036854775808", false),
        ("message_count > 9223372036854775807", false),
        ("open and open or closed", true),
        ("open and (open or closed)", false),
        ("not open and closed", true),
        ("not (open or closed)", false),
    ] {
        assert_eq!(matches(text), expected, "{text}");
    }
}

#[test]
fn times_are_relative_to_now_in_the_zone_of_the_account() {
    for (text, expected) in [
        // closed_at is the first instant of 28 March in Warsaw, last_message_at the last of the 27th.
        ("closed_at = 2026-03-28", true),
        ("closed_at = today", true),
        ("closed_at >= today", true),
        ("closed_at > today", false),
        ("closed_at < today", false),
        ("closed_at <= today", true),
        ("closed_at > yesterday", true),
        ("last_message_at > yesterday", false),
        ("closed_at = start of day", true),
        ("closed_at between today and now", true),
        ("last_message_at = yesterday", true),
        ("last_message_at <= yesterday", true),
        ("last_message_at != today", true),
        ("last_message_at < today", true),
        ("last_message_at between 2026-03-27 and 2026-03-27", true),
        ("last_message_at < 2026-03-28T00:00", true),
        ("closed_at < 2026-03-28T00:00", false),
        ("closed_at = 2026-03-27T23:00:00Z", true),
        // started_at is exactly seven days ago, in the week before this one.
        ("started_at = -7d", true),
        ("started_at < -7d", false),
        ("started_at <= -1w", true),
        ("started_at < start of week", true),
        ("closed_at > start of week", true),
        ("started_at > start of month", true),
        ("started_at > start of year", true),
        ("started_at < now and started_at < +2h", true),
        ("age >= 7d", true),
        ("age > 7d", false),
        ("age <= 7d", true),
        ("age < 7d", false),
        ("age between 6d and 8d", true),
        ("age between 8d and 9d", false),
        ("age is set", true),
    ] {
        assert_eq!(matches(text), expected, "{text}");
    }
}

#[test]
fn days_follow_the_clock_changes() {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    for (date, hours) in [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)] {
        let day = TimeExpr::parse(date).unwrap().range(&EvalContext::new(Time(0), zone.clone()));
        assert_eq!(day.last - day.first + 1, hours * 3_600_000, "{date}");
    }
}

#[test]
fn v3_a_missing_value_satisfies_the_negative_operators_only() {
    for (test, expected) in [
        ("status = OPEN", false),
        ("status != OPEN", true),
        ("status in (OPEN)", false),
        ("status not in (OPEN)", true),
        ("status is set", false),
        ("status is not set", true),
        ("owner = me", false),
        ("owner != me", true),
        ("owner not in (me)", true),
        ("started_at < now", false),
        ("started_at <= now", false),
        ("started_at > -7d", false),
        ("started_at >= -7d", false),
        ("started_at != today", true),
        ("started_at between yesterday and today", false),
        ("age < 1d", false),
        ("age > 1d", false),
        ("age is not set", true),
        ("subject contains x", false),
        ("subject starts with x", false),
        ("subject = \"\"", false),
        ("message_count < 9", false),
        ("message_count != 9", true),
        ("spam", false),
        ("spam = false", false),
        ("spam != true", true),
        ("not (status = OPEN)", true),
        ("not (status != OPEN)", false),
        ("not (message_count < 9)", true),
    ] {
        assert_eq!(matches_nothing_known(test), expected, "{test}");
    }
}

#[test]
fn v3_a_value_of_the_wrong_type_counts_as_missing() {
    struct Odd;
    impl Facts for Odd {
        fn fact(&self, _: &Property) -> Fact<'_> {
            Fact::Bool(true)
        }
    }
    for (text, expected) in [("status is set", false), ("status != OPEN", true), ("message_count >= 0", false), ("spam is set", true)] {
        assert_eq!(filter(text).prepare(&context()).matches(&Odd), expected, "{text}");
    }
}

#[test]
fn without_a_user_nobody_is_me() {
    let nobody = EvalContext { me: None, ..context() };
    assert!(!filter("owner = me").prepare(&nobody).matches(&Sample(true)));
    assert!(filter("owner != me").prepare(&nobody).matches(&Sample(true)));
}

#[test]
fn v3_operators_and_values_fit_the_type() {
    for (text, position, reason, hint) in [
        ("", 0, "a condition is missing here", "status = OPEN"),
        ("  ", 2, "a condition is missing here", ""),
        ("open and", 8, "a condition is missing here", ""),
        ("and open", 0, "missing before \"and\"", ""),
        ("stauts = OPEN", 0, "no property \"stauts\"", "did you mean \"status\"?"),
        ("opne", 0, "no property \"opne\"", "open"),
        ("zzz = 1", 0, "no property \"zzz\"", "it has status, owner"),
        ("status = OPNE", 9, "status is never \"OPNE\"", "did you mean \"OPEN\"?"),
        ("status = zzz", 9, "status is never", "OPEN, CLOSED"),
        ("status < OPEN", 7, "\"<\" does not fit status", "status takes =, !=, in, not in, is set, is not set"),
        ("subject > a", 8, "\">\" does not fit subject", "contains"),
        ("age = 3d", 4, "\"=\" does not fit age", "<"),
        ("spam contains x", 5, "\"contains\" does not fit spam", "="),
        ("status", 6, "an operator is missing after status", "status takes"),
        ("status and open", 7, "an operator is missing after status", ""),
        ("status is OPEN", 7, "\"is\" goes on as", "status ="),
        ("subject contain x", 8, "\"contain\" is no operator", "contains"),
        ("message_count betwen 1 and 2", 14, "is no operator", "between"),
        ("status == OPEN", 7, "== is no operator", "="),
        ("status <> OPEN", 7, "<> is no operator", "!="),
        ("status =", 8, "a value is missing at the end", ""),
        ("status = and open", 9, "a value is missing before \"and\"", "in quotes"),
        ("status = )", 9, "a value is missing before \")\"", ""),
        ("open = x", 5, "no operator fits \"open\"", "status"),
        ("message_count = many", 16, "a whole number", ""),
        ("message_count = 99999999999999999999", 16, "a whole number", ""),
        ("message_count between 5 and 1", 22, "nothing is between 5 and 1", "lower"),
        ("message_count between 5", 23, "goes on with \"and\"", ""),
        ("age > 30", 6, "a duration such as", ""),
        ("age > -30d", 6, "a duration such as", "no sign"),
        ("age > 9999999999999999d", 6, "a duration such as", ""),
        ("started_at > 30d", 13, "a time such as", "-30d"),
        ("started_at > tody", 13, "a time such as", "today"),
        ("started_at > 2026-02-30", 13, "a time such as", ""),
        ("started_at > start of weak", 13, "a time such as", "start of week"),
        ("started_at > start", 13, "a time such as", "start of week"),
        ("started_at > 2026-03-28 16:00", 24, "\"and\" or \"or\" is missing", "quotes"),
        ("spam = maybe", 7, "true or false", ""),
        ("subject contains \"\"", 17, "empty text", "is set"),
        ("kind in email", 8, "a list in parentheses", ""),
        ("kind in ()", 9, "a value is missing", ""),
        ("kind in (email", 14, "the list goes on", ""),
        ("kind in (email,)", 15, "a value is missing", ""),
        ("(open", 0, "this ( is never closed", ""),
        ("open)", 4, "no ( for this )", ""),
        ("open closed", 5, "\"and\" or \"or\" is missing", ""),
        ("open && closed", 5, "cannot follow", "and"),
        ("subject = \"x", 10, "never closed", ""),
        ("subject = \"a\\n\"", 12, "\\ stands only before", ""),
        ("subject = 'x'", 10, "does not quote", "\"…\""),
        ("subject = „x”", 10, "does not quote", ""),
        ("\"status\" = OPEN", 0, "without quotes", ""),
        ("subject = \"a\0\"", 12, "NUL", ""),
        ("łódź = 1", 0, "no property \"łódź\"", ""),
        ("subject = łódź and stauts = OPEN", 19, "no property \"stauts\"", "status"),
    ] {
        let error = failure(text);
        assert_eq!((error.code(), error.exit()), ("bad_filter", Exit::Usage), "{text}");
        assert_eq!(error.details()["position"], position, "{text}: {error}");
        assert!(error.message().contains(reason), "{text}: {error}");
        assert!(hint.is_empty() || error.hint_text().is_some_and(|found| found.contains(hint)), "{text}: {:?}", error.hint_text());
    }
}

#[test]
fn the_message_points_at_the_place() {
    let error = failure("subject = łódź and stauts = OPEN");
    let expected = "the filter cannot be read: a conversation has no property \"stauts\"\n  \
                    subject = łódź and stauts = OPEN\n                     ^";
    assert_eq!(error.message(), expected);
    assert_eq!(error.hint_text(), Some("did you mean \"status\"?"));
    assert_eq!(error.details()["nearest"][0], "status");
}

#[test]
fn depth_and_length_are_bounded() {
    assert!(Filter::<Conversations>::parse(&format!("{}open{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH))).is_ok());
    let deepest = filter(&format!("{}open", "not ".repeat(MAX_DEPTH)));
    assert_eq!(filter(&deepest.to_string()), deepest);
    assert!(failure(&"(".repeat(60_000)).message().contains("nested more than"));
    assert!(failure(&"not ".repeat(16_000)).message().contains("nested more than"));
    assert!(failure(&"x".repeat(MAX_LENGTH + 1)).message().contains("longer than"));
    // Short as typed, too long as it would be stored.
    let typed = vec!["open"; 8_000].join(" or ");
    assert!(typed.len() < MAX_LENGTH && failure(&typed).message().contains("longer than"));
}

#[test]
fn a_tree_that_was_built_is_checked() {
    let condition = |name: &str, test| Expr::Test(Condition { property: Arc::clone(CONVERSATIONS.property(name).unwrap()), test });
    let open = condition("status", Test::Is(Comparison::Eq, Value::Name("OPEN".into())));
    let few = condition("message_count", Test::Is(Comparison::Lt, Value::Number(3)));
    let wrong = condition("message_count", Test::Is(Comparison::Lt, Value::Text("x".into())));
    let built = |expr: &Expr| Filter::<Conversations>::from_expr(expr.clone());
    assert_eq!(built(&Expr::all(vec![open.clone(), few.clone()])).unwrap(), filter("open and message_count < 3"));
    for bad in [wrong, Expr::And(vec![]), Expr::all(vec![]), Expr::Or(vec![open.clone()]), Expr::And(vec![Expr::And(vec![open, few])])] {
        assert_eq!(built(&bad).unwrap_err().code(), "bad_filter", "{bad:?}");
    }
}

#[test]
fn a_filter_names_the_facts_it_needs() {
    assert_eq!(filter("age > 1d and (open or started_at > now) and spam").keys(), [Key::Status, Key::StartedAt, Key::Spam]);
}

#[test]
fn the_table_is_consistent() {
    let mut names: Vec<_> = CONVERSATIONS.names().collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CONVERSATIONS.names().count());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
    assert!(["and", "or", "not"].iter().all(|word| !names.contains(word)));
    for short in &CONVERSATIONS.shorthands {
        assert!(matches!(&short.property.kind, Type::Enum(options) if options.rank(short.value).is_some()));
    }
}
