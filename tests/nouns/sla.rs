//! The SLA policy, working hours, and what they come to for a ticket.

use super::on_both_engines;

on_both_engines!(
    s6_super_admins_set_targets_and_hours,
    s2_what_a_policy_names_can_be_renamed,
    s2_a_value_has_one_rule,
    s2_what_the_policy_names_cannot_be_removed,
    s3_hours_in_use_stay_fit_for_use,
    s5_a_ticket_has_the_policy_of_its_time,
    s5_answers_and_stages_drive_the_clocks,
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, Desk, KEEPER};

    /// The clock goes on while commands run.
    fn minute(at: &Value) -> &str {
        &at.as_str().unwrap()[..16]
    }

    pub fn s6_super_admins_set_targets_and_hours(desk: &Desk) {
        desk.run(&["sla", "set", "--close", "4h", "--as", KEEPER]).refused(4, "not_permitted");
        desk.run(&["sla", "clear", "--as", KEEPER]).refused(4, "not_permitted");
        desk.run(&["sla", "hours", "set", "office", "--day", "mon=09:00-17:00", "--as", KEEPER]).refused(4, "not_permitted");
        assert_eq!(desk.json(&["sla", "show", "--as", AGENT])["policy"], Value::Null);
        desk.json(&["sla", "hours", "set", "Office", "--day", "mon-fri=09:00-17:00"]);
        desk.json(&["sla", "hours", "set", "office", "--day", "fri=09:00-15:00"]);
        assert_eq!(desk.column(&["sla", "hours", "list", "--as", AGENT], "weekly_hours"), ["38.0"]);
        let shown = desk.json(&["sla", "set", "--close", "4h", "--hours", "OFFICE", "--apply-to", "open"]);
        assert_eq!(
            (&shown["policy"]["hours"], &shown["apply_to"], &shown["set_by"]),
            (&json!("Office"), &json!("open"), &json!("boss@acme.example"))
        );
        desk.run(&["sla", "set", "--close", "4d", "--dry-run"]).json();
        assert_eq!(desk.json(&["sla", "show"])["policy"]["rules"][0]["targets"]["close"]["within"], "4h");
        assert_eq!(desk.json(&["sla", "clear"])["policy"], Value::Null);
    }

    pub fn s2_what_a_policy_names_can_be_renamed(desk: &Desk) {
        desk.json(&["teams", "create", "Sales"]);
        desk.run(&["sla", "set", "--by", "team", "--value", "Sals", "--close", "4h"]).refused(5, "unknown_team");
        desk.json(&["sla", "set", "--by", "team", "--value", "sales", "--close", "4h", "--pause", "New", "--pause-target", "close"]);
        desk.json(&["teams", "update", "Sales", "--name", "Partners"]);
        desk.json(&["pipelines", "update-stage", "Support", "New", "--name", "Fresh"]);
        let policy = &desk.json(&["sla", "show"])["policy"];
        assert_eq!(policy["rules"][0]["values"], json!(["Partners"]));
        assert_eq!(policy["pauses"], json!([{ "pipeline": "Support", "stage": "Fresh", "targets": ["close"] }]));
    }

    pub fn s2_a_value_has_one_rule(desk: &Desk) {
        desk.json(&["sla", "set", "--close", "4d", "--first-response", "8h"]);
        desk.json(&["sla", "set", "--by", "priority", "--value", "HIGH", "--value", "URGENT", "--close", "1d"]);
        let shown = desk.json(&["sla", "set", "--value", "urgent", "--without", "first_response", "--position", "1"]);
        let rules: Vec<_> =
            shown["policy"]["rules"].as_array().unwrap().iter().map(|rule| (rule["values"].clone(), rule["targets"].clone())).collect();
        let (day, eight) = (json!({ "within": "1d" }), json!({ "within": "8h" }));
        assert_eq!(
            rules,
            [
                (json!(["URGENT"]), json!({ "close": day })),
                (json!(["HIGH"]), json!({ "first_response": eight, "close": day })),
                (Value::Null, json!({ "first_response": eight, "close": { "within": "4d" } })),
            ]
        );
        desk.run(&["sla", "set", "--by", "category", "--value", "x", "--off", "true"]).refused(6, "other_property");
        desk.run(&["sla", "set", "--value", "x", "--off", "true"]).refused(5, "bad_value");
        desk.run(&["sla", "set", "--close", "4h", "--close-due-soon", "5h"]).refused(6, "lead_longer_than_target");
    }

    pub fn s2_what_the_policy_names_cannot_be_removed(desk: &Desk) {
        desk.json(&["teams", "create", "Sales"]);
        desk.json(&["pipelines", "create", "Returns", "--stage", "New=OPEN", "--stage", "Waiting=OPEN"]);
        let refused = |arguments: &[&str], what: &str, count: &str| {
            let error = desk.run(arguments).refused(6, "in_use");
            assert_eq!(error["details"]["counts"][count], 1, "{error}");
            assert!(error["message"].as_str().unwrap().starts_with(&format!("the {what} \"")), "{error}");
        };
        desk.json(&["sla", "set", "--by", "team", "--value", "Sales", "--close", "4h", "--pause", "Returns/Waiting"]);
        refused(&["teams", "delete", "Sales", "--yes"], "team", "SLA_rules");
        refused(&["pipelines", "remove-stage", "Returns", "Waiting", "--yes"], "stage", "SLA_pauses");
        refused(&["pipelines", "delete", "Returns", "--yes"], "pipeline", "SLA_pauses");
        desk.json(&["sla", "clear"]);
        desk.json(&["teams", "delete", "Sales", "--yes"]);
        desk.json(&["sla", "set", "--by", "pipeline", "--value", "Returns", "--close", "4h"]);
        desk.json(&["pipelines", "remove-stage", "Returns", "Waiting", "--yes"]);
        refused(&["pipelines", "delete", "Returns", "--yes"], "pipeline", "SLA_rules");
    }

    pub fn s3_hours_in_use_stay_fit_for_use(desk: &Desk) {
        desk.run(&["sla", "set", "--close", "4h", "--hours", "office"]).refused(6, "unknown_hours");
        desk.json(&["sla", "hours", "set", "office", "--day", "mon-fri=09:00-17:00", "--zone", "Europe/Helsinki"]);
        desk.json(&["sla", "set", "--close", "4h", "--hours", "office"]);
        desk.run(&["sla", "hours", "set", "office", "--day", "mon-sun=closed"]).refused(6, "never_due");
        desk.run(&["sla", "hours", "set", "office", "--zone", "Europe/Nowhere"]).refused(2, "unknown_zone");
        desk.run(&["sla", "hours", "add", "office", "--holiday", "never"]).refused(2, "bad_holiday");
        desk.run(&["sla", "hours", "remove", "office", "--yes"]).refused(6, "in_use");
        desk.run(&["sla", "hours", "show", "offices"]).refused(5, "unknown_hours");
        desk.json(&["sla", "set", "--off", "true"]);
        desk.run(&["sla", "hours", "remove", "office", "--yes"]).refused(6, "in_use");
        desk.json(&["sla", "set", "--hours", "24/7"]);
        desk.json(&["sla", "hours", "remove", "office", "--yes"]);
    }

    pub fn s5_a_ticket_has_the_policy_of_its_time(desk: &Desk) {
        let made = desk.run_at("2026-06-01T10:00:00Z", &["tickets", "create", "--name", "Old", "--stage", "New"]).json();
        let id = made["id"].to_string();
        let explain = |now: &str| desk.run_at(now, &["sla", "explain", &id]).json();
        assert_eq!(
            explain("2026-06-01T10:30:00Z")["no_sla"],
            "the ticket is older than the policy, which was not set for open tickets too"
        );
        desk.run_at("2026-06-01T11:00:00Z", &["sla", "set", "--close", "4h"]).json();
        assert_eq!(explain("2026-06-01T11:30:00Z")["targets"], json!([]));
        desk.run_at("2026-06-01T12:00:00Z", &["sla", "set", "--close", "4h", "--apply-to", "open"]).json();
        // What had elapsed before counts.
        let standing = &explain("2026-06-01T13:00:00Z")["targets"][0]["standing"];
        assert_eq!((&standing["status"], minute(&standing["due_at"])), (&json!("active"), "2026-06-01T14:00"));
        desk.run_at("2026-06-01T13:00:00Z", &["sla", "clear"]).json();
        assert_eq!(explain("2026-06-01T15:00:00Z")["targets"][0]["standing"]["status"], "overdue");
        desk.run_at("2026-06-01T16:00:00Z", &["sla", "clear", "--apply-to", "open"]).json();
    }

    pub fn s5_answers_and_stages_drive_the_clocks(desk: &Desk) {
        desk.json(&["sla", "set", "--first-response", "1h", "--first-response-due-soon", "15m", "--close", "4h"]);
        let made = desk.run_at("2026-06-01T12:00:00Z", &["tickets", "create", "--name", "Broken", "--stage", "New"]).json();
        let id = made["id"].to_string();
        let told = |now: &str| {
            let explained = desk.run_at(now, &["sla", "explain", &id]).json();
            let standings = explained["targets"].as_array().unwrap().iter().map(|target| target["standing"].clone());
            standings.map(|standing| (standing["status"].clone(), minute(&standing["due_at"]).to_owned())).collect::<Vec<_>>()
        };
        let (one, four) = ("2026-06-01T13:00".to_owned(), "2026-06-01T16:00".to_owned());
        assert_eq!(told("2026-06-01T12:50:00Z"), [(json!("due_soon"), one.clone()), (json!("active"), four.clone())]);
        desk.run_at("2026-06-01T15:00:00Z", &["tickets", "update", &id, "--close"]).json();
        assert_eq!(told("2026-06-01T19:00:00Z"), [(json!("cancelled"), one), (json!("completed_on_time"), four)]);
        // Reopened, it goes on from three hours.
        desk.run_at("2026-06-01T20:00:30Z", &["tickets", "update", &id, "--reopen"]).json();
        let close = told("2026-06-01T20:30:00Z").pop().unwrap();
        assert_eq!(close, (json!("active"), "2026-06-01T21:00".to_owned()));
        desk.run_at("2026-06-01T20:30:00Z", &["sla", "explain", &id, "--as", AGENT]).refused(5, "unknown_ticket");
    }
}
