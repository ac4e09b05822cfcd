//! A filter's forms: text, deskctl's own JSON, HubSpot's `filterGroups`, and words.

use deskctl::domain::filter::{Filter, FilterGroups, Schema, TicketNames, Tickets};
use deskctl::error::Error;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use super::any;
use super::world::{World, context};

fn schema() -> Schema {
    World::new(1).schema()
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Warsaw").unwrap()
}

fn filter(given: &str, schema: &Schema) -> Filter<Tickets> {
    Filter::read(given, schema).unwrap_or_else(|error| panic!("{given}: {error}"))
}

fn failure(given: &str) -> Error {
    Filter::<Tickets>::read(given, &schema()).err().unwrap_or_else(|| panic!("{given} should not be read"))
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() })
}

#[test]
fn v3_text_and_own_json_say_everything_and_come_back() {
    let schema = schema();
    let law = |expr| {
        let filter = Filter::<Tickets>::from_expr_in(expr, &schema).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&Filter::parse_in(&filter.to_string(), &schema).unwrap(), &filter);
        let json = filter.to_json().to_string();
        prop_assert_eq!(&Filter::read(&json, &schema).map_err(|error| TestCaseError::fail(format!("{json}: {error}")))?, &filter);
        prop_assert!(!filter.words().is_empty());
        Ok(())
    };
    runner(600).run(&any::expr(&schema), law).unwrap();
}

/// Any groups that HubSpot takes.
fn groups() -> impl Strategy<Value = Json> {
    let text = prop::sample::select(vec!["x", "ß", "", "a b", "*", "\"quoted\"", "5"]);
    let one = |name: &'static str, values: Vec<&'static str>, operators: Vec<&'static str>| {
        (prop::sample::select(operators), prop::collection::vec(prop::sample::select(values), 2..4)).prop_map(move |(operator, values)| {
            let mut filter = json!({ "propertyName": name, "operator": operator });
            match operator {
                "IN" | "NOT_IN" => filter["values"] = values.into(),
                "BETWEEN" => {
                    let (low, high) = if values[0] <= values[1] { (values[0], values[1]) } else { (values[1], values[0]) };
                    filter["value"] = low.into();
                    filter["highValue"] = high.into();
                }
                "HAS_PROPERTY" | "NOT_HAS_PROPERTY" => {}
                _ => filter["value"] = values[0].into(),
            }
            filter
        })
    };
    let equal = vec!["EQ", "NEQ", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"];
    let ordered = vec!["LT", "LTE", "GT", "GTE", "BETWEEN", "EQ", "NEQ", "IN", "HAS_PROPERTY"];
    let tokens = ["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"];
    let words = (prop::sample::select(vec!["subject", "content", "hs_ticket_category", "note"]), prop::sample::select(tokens.to_vec()));
    let words = (words, prop::sample::select(vec!["refund", "refund*", "*fund", "*fun*", "*a b*", "ß"]));
    let filter = prop_oneof![
        one("hs_ticket_priority", vec!["LOW", "HIGH", "URGENT"], equal.clone()),
        one("hs_pipeline_stage", vec!["1", "2", "4"], equal.clone()),
        one("hubspot_owner_id", vec!["1", "3"], equal.clone()),
        one("hs_is_closed", vec!["true", "false"], vec!["EQ", "NEQ", "IN", "HAS_PROPERTY"]),
        one("size", vec!["small", "ß"], equal.clone()),
        one("createdate", vec!["1700000000000", "1774710000001"], ordered.clone()),
        one("closed_date", vec!["1700000000000", "1774710000001"], ordered.clone()),
        one("due", vec!["1774656000000", "1774742400000"], ordered.clone()),
        one("weight", vec!["1", "5", "7"], ordered),
        one("spam", vec!["true", "false"], vec!["EQ", "NEQ"]),
        (
            prop::sample::select(vec!["subject", "hs_ticket_category", "note"]),
            prop::sample::select(equal),
            prop::collection::vec(text, 1..3)
        )
            .prop_map(|(name, operator, values)| match operator {
                "IN" | "NOT_IN" => json!({ "propertyName": name, "operator": operator, "values": values }),
                "EQ" | "NEQ" => json!({ "propertyName": name, "operator": operator, "value": values[0] }),
                _ => json!({ "propertyName": name, "operator": operator }),
            }),
        words.prop_map(|((name, operator), value)| json!({ "propertyName": name, "operator": operator, "value": value })),
    ];
    let group = prop::collection::vec(filter, 1..=6).prop_map(|filters| json!({ "filters": filters }));
    let few = |groups: &Vec<Json>| groups.iter().map(|group| group["filters"].as_array().unwrap().len()).sum::<usize>() <= 18;
    prop::collection::vec(group, 1..=5).prop_filter("HubSpot takes 18 filters", few).prop_map(|groups| json!({ "filterGroups": groups }))
}

#[test]
fn v3_filter_groups_go_to_text_and_back_without_loss() {
    let schema = schema();
    let law = |groups: Json| {
        let read =
            Filter::<Tickets>::read(&groups.to_string(), &schema).map_err(|error| TestCaseError::fail(format!("{groups}: {error}")))?;
        let typed = Filter::<Tickets>::parse_in(&read.to_string(), &schema).unwrap();
        let written = typed.to_filter_groups(&zone()).map_err(|error| TestCaseError::fail(format!("{groups}: {error}")))?;
        prop_assert_eq!(serde_json::to_value(&written).unwrap(), groups, "{}", typed);
        Ok(())
    };
    runner(800).run(&groups(), law).unwrap();
}

#[test]
fn v3_what_filter_groups_can_say_means_the_same() {
    let world = World::new(3);
    let schema = world.schema();
    let law = |expr| {
        let filter = Filter::<Tickets>::from_expr_in(expr, &schema).unwrap();
        let Ok(groups) = filter.to_filter_groups(&zone()) else { return Ok(()) };
        let Ok(read) = Filter::<Tickets>::from_filter_groups(&groups, &schema) else {
            // A stage that is gone has no id that HubSpot would know.
            prop_assert!(filter.to_string().contains("#77"), "{}", filter);
            return Ok(());
        };
        let (one, other) = (filter.prepare(&context()), read.prepare(&context()));
        for made in &world.tickets {
            prop_assert_eq!(one.matches(&made.texts()), other.matches(&made.texts()), "{} became {}", filter, read);
        }
        Ok(())
    };
    runner(1_000).run(&any::expr(&schema), law).unwrap();
}

#[test]
fn v3_what_hubspot_cannot_say_is_named() {
    let schema = schema();
    for (text, part) in [
        ("open and created_at > -7d", "created_at > -7d"),
        ("open and owner = me", "owner = me"),
        ("team = my team", "team = my team"),
        ("age > 3d", "age > 3d"),
        ("name starts with Re", "name starts with \"Re\""),
        ("spam and name contains \"a b\"", "name contains \"a b\""),
        ("open and not (closed_at < 2026-03-28T10:00)", "not closed_at < 2026-03-28T10:00:00"),
        ("created_at != 2026-03-28", "created_at != 2026-03-28"),
        ("id in (1) or id in (2) or id in (3) or id in (4) or id in (5) or id in (6)", "id in (1) or id in (2)"),
    ] {
        let error = filter(text, &schema).to_filter_groups(&zone()).unwrap_err();
        assert_eq!(error.code(), "not_expressible", "{text}");
        assert!(error.details()["part"].as_str().unwrap().starts_with(part), "{text}: {error}");
        assert!(error.message().contains(part), "{text}: {error}");
    }
}

#[test]
fn v3_what_can_be_said_is_spread_over_groups() {
    let schema = schema();
    for (text, expected) in [
        ("open", json!([[["hs_is_closed", "EQ", "false"]]])),
        ("priority != LOW", json!([[["hs_ticket_priority", "NOT_HAS_PROPERTY"]], [["hs_ticket_priority", "NEQ", "LOW"]]])),
        ("priority != LOW and priority is set", json!([[["hs_ticket_priority", "NEQ", "LOW"]]])),
        (
            "(spam or closed) and id = 1",
            json!([[["spam", "EQ", "true"], ["hs_object_id", "EQ", "1"]], [["hs_is_closed", "EQ", "true"], ["hs_object_id", "EQ", "1"]]]),
        ),
        ("not (spam or closed)", json!([[["spam", "NEQ", "true"], ["hs_is_closed", "NEQ", "true"]]])),
        ("name contains refund", json!([[["subject", "CONTAINS_TOKEN", "*refund*"]]])),
        // A day in Warsaw, before the clocks go forward.
        ("created_at > 2026-03-28", json!([[["createdate", "GT", "1774738799999"]]])),
        ("status = New or status = 4", json!(null)),
    ] {
        let Ok(read) = Filter::<Tickets>::read(text, &schema) else {
            assert_eq!(expected, Json::Null, "{text}");
            continue;
        };
        let groups = read.to_filter_groups(&zone()).unwrap();
        let row = |found: &deskctl::domain::filter::HubspotFilter| {
            let parts = [Some(found.property_name.clone()), Some(found.operator.clone()), found.value.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Vec<String>>> = groups.filter_groups.iter().map(|group| group.filters.iter().map(row).collect()).collect();
        assert_eq!(json!(rows), expected, "{text}");
    }
}

#[test]
fn v3_json_that_is_no_filter_says_where_and_why() {
    for (given, reason, path) in [
        ("{", "EOF", ""),
        ("{}", "\"property\" is missing", "/"),
        ("[]", "filters nothing", "/"),
        ("{\"and\":[]}", "not an empty one", "/and"),
        ("{\"and\":[{\"property\":\"stauts\",\"operator\":\"=\"}]}", "no property \"stauts\"", "/and/0"),
        ("{\"property\":\"name\",\"operator\":\"<\",\"value\":\"x\"}", "\"<\" does not fit name", "/"),
        ("{\"property\":\"id\",\"operator\":\"=\",\"value\":\"5\"}", "id needs a whole number", "/value"),
        ("{\"not\":{\"property\":\"status\",\"operator\":\"=\",\"value\":\"Nwe\"}}", "there is no status \"Nwe\"", "/not/value"),
        ("{\"property\":\"spam\",\"operator\":\"=\",\"value\":true,\"x\":1}", "\"x\" does not belong here", "/"),
        ("{\"property\":\"owner\",\"operator\":\"=\",\"value\":{\"who\":\"my team\"}}", "owner is never \"my team\"", "/value"),
        ("{\"filterGroups\":[{\"filters\":[]}]}", "filters nothing", "/"),
        (
            "[{\"filters\":[{\"propertyName\":\"status\",\"operator\":\"EQ\",\"value\":\"1\"}]}]",
            "no property \"status\"",
            "/filterGroups/0/filters/0",
        ),
        (
            "[{\"filters\":[{\"propertyName\":\"subject\",\"operator\":\"LIKE\",\"value\":\"1\"}]}]",
            "no operator \"LIKE\"",
            "/filterGroups/0/filters/0",
        ),
        (
            "[{\"filters\":[{\"propertyName\":\"hs_pipeline_stage\",\"operator\":\"EQ\",\"value\":\"99\"}]}]",
            "no status has the id \"99\"",
            "/filterGroups/0/filters/0",
        ),
        ("[{\"filters\":[{\"propertyName\":\"subject\",\"operator\":\"EQ\"}]}]", "EQ needs \"value\"", "/filterGroups/0/filters/0"),
        (
            "[{\"filters\":[{\"propertyName\":\"subject\",\"operator\":\"EQ\",\"value\":\"a\",\"values\":[]}]}]",
            "takes no such values",
            "/filterGroups/0/filters/0",
        ),
        (
            "{\"filters\":[{\"propertyName\":\"subject\",\"operator\":\"CONTAINS_TOKEN\",\"value\":\"a*b\"}]}",
            "at the beginning or at the end",
            "/filterGroups/0/filters/0",
        ),
    ] {
        let error = failure(given);
        assert_eq!(error.code(), "bad_filter", "{given}");
        assert!(error.message().contains(reason), "{given}: {error}");
        assert!(path.is_empty() || error.details()["path"] == path, "{given}: {:?}", error.details());
    }
    let seven: Vec<Json> = (0..7).map(|_| json!({ "propertyName": "spam", "operator": "EQ", "value": "true" })).collect();
    assert!(failure(&json!([{ "filters": seven }]).to_string()).message().contains("at most 5 groups of 6 filters, 18 filters in all"));
    assert!(
        failure(&format!("{}{{\"property\":\"spam\",\"operator\":\"is set\"}}{}", "{\"not\":".repeat(100), "}".repeat(100)))
            .message()
            .contains("deep")
    );
}

#[test]
fn v3_a_stage_keeps_its_place_in_a_filter_under_a_new_name_and_when_it_is_gone() {
    let mut world = World::new(2);
    let stored = filter("status in (\"Waiting on us\", \"Support/New\") and owner = Boss", &world.schema()).to_json();
    world.names.stages[0].name = "Waiting for us".into();
    world.names.stages.remove(1);
    // A name that now means another stage does not change what was meant.
    world.names.stages[1].name = "Waiting on us".into();
    let read = Filter::<Tickets>::from_json(&stored, &world.schema()).unwrap();
    assert_eq!(read.to_string(), "status in (\"Waiting for us\", \"#1\") and owner = \"boss@acme.example\"");
    assert_eq!(Filter::parse_in(&read.to_string(), &world.schema()).unwrap(), read);
    assert_eq!(read.to_json()["and"][0]["values"][0], json!({ "id": 3, "name": "Waiting for us" }));
}

#[test]
fn v3_names_are_read_in_any_case_and_must_mean_one_thing() {
    let schema = schema();
    for (text, canonical) in [
        ("status = \"waiting ON us\"", "status = \"Waiting on us\""),
        ("status = Support/New", "status = \"Support/New\""),
        ("status = 3", "status = \"Waiting on us\""),
        // A stage that is called by another one's number goes by its full name.
        ("status = \"A/1\"", "status = \"A/1\""),
        ("status = C", "status = \"C\""),
        ("status = \"B/C\"", "status = \"B/C\""),
        ("owner = Boss", "owner = \"boss@acme.example\""),
        ("owner = łukasz@ACME.example", "owner = \"łukasz@acme.example\""),
        ("owner = me", "owner = me"),
        // The user whom a colleague named me.
        ("owner = \"me\"", "owner = \"tom@acme.example\""),
        ("team = my team", "team = my team"),
        ("team = \"my team\"", "team = \"my team\""),
        ("team in (my team, \"and\", Support)", "team in (my team, \"and\", \"Support\")"),
        ("channel = chat", "channel = \"chat\""),
        ("priority >= high and size = SMALL and size = small", "priority >= HIGH and size = small and size = small"),
        ("name contains word", "name contains \"word\""),
        ("name contains word and vip", "name contains \"word\" and vip = true"),
        ("name contains word refund*", "name contains word \"refund*\""),
        ("closed or open", "state = CLOSED or state = OPEN"),
    ] {
        assert_eq!(filter(text, &schema).to_string(), canonical, "{text}");
        assert_eq!(filter(canonical, &schema).to_string(), canonical, "{text}");
    }
    for (text, reason, hint) in [
        ("status = New", "several have the status \"New\"", "\"Support/New\", \"A/B/New\""),
        ("status = A/B/C", "several have the status \"A/B/C\"", "\"C\", \"B/C\""),
        ("owner = Anna", "several have the user \"Anna\"", "anna@acme.example"),
        ("status = \"Waiting on them\"", "there is no status", "did you mean \"Waiting on us\"?"),
        ("status = open", "there is no status \"open\"", "state = OPEN"),
        ("team = Suport", "there is no team", "did you mean \"Support\"?"),
        ("owner = nobody@x.example", "there is no user", "there are boss@acme.example"),
        ("nmae = x", "a ticket has no property", "did you mean \"name\"?"),
        ("size = huge", "size is never \"huge\"", "it is one of small"),
        ("name contains word \"a*b\"", "at the beginning or at the end", "contains"),
        ("status > New", "\">\" does not fit status", "status takes ="),
    ] {
        let error = failure(text);
        assert_eq!(error.code(), "bad_filter", "{text}");
        assert!(error.message().contains(reason), "{text}: {error}");
        assert!(error.message().contains('^'), "{text}: {error}");
        assert!(error.hint_text().unwrap_or_default().contains(hint), "{text}: {:?}", error.hint_text());
    }
}

#[test]
fn v3_a_filter_is_said_in_words() {
    let schema = schema();
    for (text, words) in [
        (
            "status = \"Waiting on us\" and priority in (HIGH, URGENT) and created_at > -7d and owner = me",
            "status is Waiting on us, and priority is HIGH or URGENT, and time of creation is after 7 days ago, and owner is me",
        ),
        ("open or spam and not in_help_desk", "it is open, or (it is spam and not (it is in the help desk))"),
        ("owner != me", "owner is not me, or there is none"),
        ("category not in (a, b)", "category is neither \"a\" nor \"b\", or there is none"),
        ("state != OPEN and spam != true", "it is not open, and it is not spam"),
        ("closed_at is not set and team is set", "there is no time of closing, and there is a team"),
        ("priority >= HIGH and age < 90m", "priority is at least HIGH, and age is less than 90 minutes"),
        (
            "created_at = 2026-03-28 and last_activity_at >= start of week",
            "time of creation is on 2026-03-28, and last activity is not before the start of this week",
        ),
        ("name contains x and note contains word refund*", "name contains \"x\", and NOTE has a word that begins with \"refund\""),
        ("due < today and due != 2026-03-28", "DUE is before today, and DUE is not on 2026-03-28, or there is none"),
        ("id between 1 and 5 and vip", "id is between 1 and 5, and VIP is yes"),
    ] {
        assert_eq!(filter(text, &schema).words(), words, "{text}");
    }
}

#[test]
fn an_account_without_anything_has_a_schema() {
    let schema = TicketNames::default().schema();
    assert!(Filter::<Tickets>::read("open and owner is not set and channel is set", &schema).is_ok());
    assert!(serde_json::from_value::<FilterGroups>(json!({ "filterGroups": [] })).is_ok());
}
