//! Policies: first match, and what is wrong with one, told before it is kept (S1, S2, S4).

use deskctl::domain::migration::Level;
use deskctl::domain::sla::policy::Length;
use deskctl::domain::sla::policy_checks::{check, meaning};
use deskctl::domain::sla::{Base, Hours, Policy, Prepared};
use serde_json::{Value, json};

use super::desk::{at, office, policy, terms};

fn findings(policy: Value) -> Vec<(Level, String, String)> {
    let policy: Policy = serde_json::from_value(policy).unwrap();
    let office = office();
    let never = serde_json::from_value::<Hours>(json!({ "zone": "UTC" })).unwrap().check().unwrap();
    let never = Base::Hours(Box::new(Prepared::bare(never)));
    let hours = |name: &str| match name {
        "office" => Some(&office),
        "never" => Some(&never),
        _ => None,
    };
    check(&policy, hours, at(0)).into_iter().map(|finding| (finding.level, finding.code, finding.message)).collect()
}

fn codes(policy: Value) -> Vec<String> {
    findings(policy).into_iter().map(|(_, code, _)| code).collect()
}

#[test]
fn s2_the_first_rule_that_matches_decides() {
    let policy = policy(60, 120, 600);
    let terms = terms(&policy);
    for (value, rule) in
        [(Some("HIGH"), Some(0)), (Some("high"), Some(0)), (Some("LOW"), Some(1)), (Some("other"), Some(2)), (None, Some(2))]
    {
        assert_eq!((policy.rule_for(value), terms.rule_for(value)), (rule, rule), "{value:?}");
    }
    let mut without_rest = policy.clone();
    without_rest.rules.pop();
    let terms = super::desk::terms(&without_rest);
    assert_eq!((without_rest.rule_for(None), terms.rule_for(None), terms.rule_for(Some("x"))), (None, None, None));
    assert_eq!((without_rest.rule_for(Some("High")), terms.rule_for(Some("hIGH"))), (Some(0), Some(0)));
}

#[test]
fn s1_s4_what_is_wrong_with_a_policy_is_told() {
    let close = |within: &str, lead: &str| json!({ "close": { "within": within, "due_soon": lead } });
    let four_hours = close("4h", "30m");
    let all = |targets: &Value| json!({ "rules": [{ "targets": targets }] });
    assert_eq!(codes(all(&four_hours)), [""; 0]);
    assert_eq!(codes(all(&close("30m", "4h"))), ["lead_longer_than_target"]);
    assert_eq!(codes(all(&close("30m", "30m"))), ["lead_is_target"]);
    assert_eq!(codes(json!({ "rules": [{ "targets": { "close": { "within": "0m" } } }] })), ["bad_target"]);
    assert_eq!(codes(json!({ "rules": [{}] })), ["no_targets"]);
    assert_eq!(codes(json!({ "rules": [] })), ["no_rules"]);
    assert_eq!(codes(json!({ "rules": [{ "values": ["HIGH"], "targets": four_hours }] })), ["no_property"]);
    assert_eq!(codes(json!({ "hours": "never", "rules": [{ "targets": four_hours }] })), ["never_due"]);
    assert_eq!(codes(json!({ "hours": "nights", "rules": [{ "targets": four_hours }] })), ["unknown_hours"]);
    assert_eq!(codes(json!({ "hours": "never", "rules": [{ "targets": four_hours, "hours": "24/7" }] })), [""; 0]);
    let by = |rules: Value| json!({ "by": "priority", "rules": rules });
    assert_eq!(codes(by(json!([{ "targets": four_hours }, { "values": ["HIGH"], "targets": four_hours }]))), ["shadowed_rule"]);
    assert_eq!(codes(by(json!([{ "values": ["HIGH"], "off": true }, { "values": ["high"], "targets": four_hours }]))), ["shadowed_rule"]);
    let some = by(json!([{ "values": ["HIGH"], "off": true }, { "values": ["LOW", "HIGH"], "targets": four_hours }]));
    let (level, code, message) = findings(some).pop().unwrap();
    assert_eq!((level, code.as_str()), (Level::Warning, "shadowed_value"));
    assert_eq!(message, "rule 2 (priority LOW, HIGH) never sees HIGH: rule 1 (priority HIGH) takes it before");
}

#[test]
fn s4_a_day_is_24_hours_and_its_meaning_is_shown() {
    let (level, code, message) =
        findings(json!({ "hours": "office", "rules": [{ "targets": { "close": { "within": "2d" } } }] })).remove(0);
    assert_eq!((level, code.as_str()), (Level::Info, "length_of_a_day"));
    assert_eq!(message, "the rule for all tickets: 2d of time to close is 48 h of working time, about 6 working days of 8 h");
    assert_eq!(meaning(&Base::Always, "2d".parse().unwrap()), None);
    for (text, same) in [("90m", "90m"), ("120m", "2h"), ("24h", "1d"), ("7d", "7d"), ("1w", "7d"), ("0s", "0s"), ("61s", "61s")] {
        assert_eq!(text.parse::<Length>().unwrap().to_string(), same);
    }
    assert!("soon".parse::<Length>().is_err());
}

#[test]
fn a_policy_comes_back_as_it_was_written() {
    let policy = policy(60, 120, 600);
    assert_eq!(serde_json::from_value::<Policy>(json!(policy)).unwrap(), policy);
    let wrong = json!({ "rules": [{ "target": {} }] });
    assert!(serde_json::from_value::<Policy>(wrong).unwrap_err().to_string().contains("unknown field `target`"));
}
