//! The account, users, teams, the audit.

use super::on_both_engines;

on_both_engines!(
    the_account_keeps_a_sound_zone_and_known_limits,
    users_live_from_creation_to_deletion,
    h2_the_list_says_who_has_help_desk_access,
    whoever_owns_something_is_deactivated_not_deleted,
    the_last_super_admin_stays,
    h6_teams_have_members_and_stay_while_they_do,
    h7_whoever_is_available_works_in_the_own_or_the_teams_hours,
    h7_hours_in_use_stay,
    h7_everyone_sets_the_own_availability_and_nothing_else,
    only_super_admins_write_users_and_read_the_audit,
    the_audit_is_paged_and_filtered,
    a_dry_run_changes_nothing_and_a_key_answers_twice,
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, BOSS, Desk, KEEPER};

    pub fn the_account_keeps_a_sound_zone_and_known_limits(desk: &Desk) {
        let shown = desk.json(&["account", "update", "--name", "Acme Oy", "--time-zone", "Europe/Helsinki", "--limit", "custom_views=50"]);
        assert_eq!((&shown["name"], &shown["limits"]["custom_views"]), (&"Acme Oy".into(), &50.into()));
        assert_eq!(desk.json(&["account", "show"])["time_zone"], "Europe/Helsinki");
        desk.run(&["account", "update", "--time-zone", "Europe/Atlantis"]).refused(2, "bad_time_zone");
        desk.run(&["account", "update", "--limit", "custom_view=5"]).refused(5, "unknown_limit");
        desk.run(&["account", "update", "--name", "X", "--as", KEEPER]).refused(4, "not_permitted");
        let shown = desk.json(&["account", "update", "--limit", "custom_views=none"]);
        assert!(shown["limits"].as_object().unwrap().is_empty());
    }

    pub fn users_live_from_creation_to_deletion(desk: &Desk) {
        desk.json(&["teams", "create", "Support"]);
        desk.json(&["teams", "create", "Billing"]);
        let args = ["users", "create", "Anna@Acme.Example", "--name", "Anna", "--seat", "service", "--team", "support"];
        let anna = desk.json(&[&args[..], &["--more-team", "Billing", "--permission", "custom_views,account_access"]].concat());
        assert_eq!(anna["email"], "anna@acme.example");
        assert_eq!(anna["permissions"], serde_json::json!(["account_access", "custom_views"]));
        assert_eq!((&anna["team"], &anna["more_teams"][0]), (&"Support".into(), &"Billing".into()));
        desk.run(&["users", "create", "anna@acme.example", "--name", "Other"]).refused(6, "already_exists");
        desk.run(&["users", "create", "anna", "--name", "Other"]).refused(2, "bad_email");
        let nearest = desk.run(&["users", "show", "ana@acme.example"]).refused(5, "unknown_user");
        assert!(nearest["hint"].as_str().unwrap().contains("anna@acme.example"));
        let anna =
            desk.json(&["users", "update", "anna@acme.example", "--permission", "none", "--team", "", "--email", "anna2@acme.example"]);
        assert_eq!(
            (&anna["permissions"], &anna["team"], &anna["email"]),
            (&serde_json::json!([]), &().into(), &"anna2@acme.example".into())
        );
        desk.run(&["users", "delete", "anna2@acme.example"]).refused(2, "confirmation_required");
        desk.json(&["users", "delete", "anna2@acme.example", "--yes"]);
        assert_eq!(desk.column(&["users", "list"], "email"), [BOSS, KEEPER, AGENT]);
    }

    pub fn h2_the_list_says_who_has_help_desk_access(desk: &Desk) {
        assert_eq!(desk.column(&["users", "list"], "help_desk_access"), ["true", "false", "true"]);
        assert_eq!(desk.column(&["users", "list", "--help-desk-access", "false"], "email"), [KEEPER]);
        assert_eq!(desk.json(&["users", "update", AGENT, "--deactivate"])["help_desk_access"], false);
        assert_eq!(desk.column(&["users", "list", "--active", "false"], "email"), [AGENT]);
        let hidden = desk.run(&["users", "list", "--as", AGENT]);
        hidden.refused(4, "unknown_user");
    }

    pub fn whoever_owns_something_is_deactivated_not_deleted(desk: &Desk) {
        desk.conversation(1, Some(3), None, Some(1));
        let refused = desk.run(&["users", "delete", AGENT, "--yes"]).refused(6, "in_use");
        assert_eq!(refused["details"]["counts"], serde_json::json!({ "conversations": 1, "tickets": 1 }));
        assert!(refused["hint"].as_str().unwrap().contains("--deactivate"));
    }

    pub fn the_last_super_admin_stays(desk: &Desk) {
        for arguments in [&["update", BOSS, "--role", "member"][..], &["update", BOSS, "--deactivate"], &["delete", BOSS, "--yes"]] {
            desk.run(&[&["users"], arguments].concat()).refused(6, "last_super_admin");
        }
        desk.json(&["users", "update", KEEPER, "--role", "super_admin"]);
        desk.json(&["users", "update", BOSS, "--role", "member"]);
        desk.run(&["users", "update", KEEPER, "--active", "false"]).refused(6, "last_super_admin");
    }

    pub fn h6_teams_have_members_and_stay_while_they_do(desk: &Desk) {
        desk.json(&["teams", "create", "Support"]);
        desk.run(&["teams", "create", "support"]).refused(6, "already_exists");
        desk.json(&["users", "update", AGENT, "--team", "Support"]);
        desk.json(&["users", "update", KEEPER, "--more-team", "Support"]);
        let shown = desk.json(&["teams", "show", "Support"]);
        assert_eq!((&shown["members"][0]["email"], &shown["members"][0]["main"]), (&AGENT.into(), &true.into()));
        assert_eq!((&shown["members"][1]["email"], &shown["members"][1]["main"]), (&KEEPER.into(), &false.into()));
        let refused = desk.run(&["teams", "delete", "Support", "--yes"]).refused(6, "in_use");
        assert_eq!(refused["details"]["counts"], serde_json::json!({ "main_members": 1, "further_members": 1 }));
        desk.json(&["users", "update", AGENT, "--team", ""]);
        desk.json(&["users", "update", KEEPER, "--more-team", ""]);
        assert_eq!(desk.json(&["teams", "update", "Support", "--name", "Help"])["name"], "Help");
        desk.json(&["teams", "delete", "Help", "--yes"]);
        desk.run(&["teams", "show", "Help"]).refused(5, "unknown_team");
    }

    /// The agent's own hours, those of the main team, and whether the agent works at a time.
    fn agent_at(desk: &Desk, now: &str) -> (Value, Value, Value) {
        let mut shown = desk.run_at(now, &["users", "show", AGENT]).json();
        (shown["hours"].take(), shown["team_hours"].take(), shown["working_now"].take())
    }

    pub fn h7_whoever_is_available_works_in_the_own_or_the_teams_hours(desk: &Desk) {
        // A Monday, before and within the night in Helsinki.
        let (noon, night) = ("2026-06-01T09:00:00Z", "2026-06-01T20:00:00Z");
        let expected = |own: Value, team: Value, at_noon: bool, at_night: bool| {
            assert_eq!(agent_at(desk, noon), (own.clone(), team.clone(), at_noon.into()));
            assert_eq!(agent_at(desk, night), (own, team, at_night.into()));
        };
        expected(Value::Null, Value::Null, true, true);
        desk.json(&["sla", "hours", "set", "Office", "--zone", "Europe/Helsinki", "--day", "mon-fri=09:00-17:00"]);
        desk.json(&["sla", "hours", "set", "Nights", "--zone", "Europe/Helsinki", "--day", "mon-sun=22:00-06:00"]);
        desk.json(&["teams", "create", "Support"]);
        assert_eq!(desk.json(&["teams", "update", "Support", "--hours", "OFFICE"])["hours"], "Office");
        desk.json(&["users", "update", AGENT, "--more-team", "Support"]);
        expected(Value::Null, Value::Null, true, true);
        desk.json(&["users", "update", AGENT, "--more-team", "", "--team", "Support"]);
        expected(Value::Null, json!("Office"), true, false);
        assert_eq!(desk.json(&["users", "update", AGENT, "--hours", "nights"])["hours"], "Nights");
        expected(json!("Nights"), json!("Office"), false, true);
        desk.json(&["users", "update", AGENT, "--availability", "away"]);
        expected(json!("Nights"), json!("Office"), false, false);
        desk.json(&["users", "update", AGENT, "--hours", "none", "--availability", "available", "--deactivate"]);
        expected(Value::Null, json!("Office"), false, false);
        desk.json(&["teams", "update", "Support", "--hours", "none"]);
        desk.json(&["users", "update", AGENT, "--activate"]);
        expected(Value::Null, Value::Null, true, true);
        assert_eq!(desk.json(&["users", "list"])[2]["availability"], "available");
        desk.run(&["users", "update", AGENT, "--hours", "ofice"]).refused(5, "unknown_hours");
        desk.run(&["teams", "update", "Support", "--hours", "ofice"]).refused(5, "unknown_hours");
        desk.run(&["sla", "hours", "set", "None"]).refused(2, "bad_value");
    }

    pub fn h7_hours_in_use_stay(desk: &Desk) {
        desk.json(&["sla", "hours", "set", "Office", "--day", "mon-fri=09:00-17:00"]);
        desk.json(&["teams", "create", "Support"]);
        desk.json(&["teams", "update", "Support", "--hours", "Office"]);
        let made = desk.json(&["users", "create", "x@acme.example", "--name", "X", "--hours", "Office", "--availability", "away"]);
        assert_eq!((&made["hours"], &made["availability"]), (&json!("Office"), &json!("away")));
        let refused = desk.run(&["sla", "hours", "remove", "Office", "--yes"]).refused(6, "in_use");
        assert_eq!(refused["details"]["counts"], json!({ "users": 1, "teams": 1 }));
        // Their name stays; the team's and the user's other properties may change.
        assert_eq!(desk.json(&["teams", "update", "Support", "--name", "Help"])["hours"], "Office");
        assert_eq!(desk.json(&["users", "update", "x@acme.example", "--name", "Y"])["hours"], "Office");
        desk.json(&["teams", "update", "Help", "--hours", ""]);
        desk.json(&["users", "delete", "x@acme.example", "--yes"]);
        desk.json(&["sla", "hours", "remove", "Office", "--yes"]);
    }

    pub fn h7_everyone_sets_the_own_availability_and_nothing_else(desk: &Desk) {
        desk.json(&["sla", "hours", "set", "Office", "--day", "mon-fri=09:00-17:00"]);
        let away = desk.json(&["users", "update", AGENT, "--availability", "away", "--as", AGENT]);
        assert_eq!((&away["availability"], &away["working_now"]), (&json!("away"), &json!(false)));
        let refused = |arguments: &[&str]| {
            let error = desk.run(&[&["users", "update"], arguments, &["--as", AGENT]].concat()).refused(4, "not_permitted");
            assert_eq!(error["details"]["permission"], "super admin");
        };
        refused(&[KEEPER, "--availability", "away"]);
        refused(&[AGENT, "--hours", "Office"]);
        refused(&[AGENT, "--availability", "available", "--hours", "none"]);
        refused(&[AGENT, "--availability", "available", "--seat", "core"]);
        refused(&[AGENT, "--availability", "available", "--email", "other@acme.example"]);
        refused(&[AGENT]);
        assert_eq!(desk.json(&["users", "show", AGENT])["availability"], "away");
        assert_eq!(desk.json(&["users", "show", KEEPER])["availability"], "available");
        desk.json(&["users", "update", AGENT, "--deactivate"]);
        desk.run(&["users", "update", AGENT, "--availability", "available", "--as", AGENT]).refused(4, "unknown_user");
    }

    pub fn only_super_admins_write_users_and_read_the_audit(desk: &Desk) {
        let arguments = [
            &["users", "create", "x@acme.example", "--name", "X"][..],
            &["users", "update", AGENT, "--name", "X"],
            &["teams", "create", "X"],
            &["audit", "list"],
        ];
        for arguments in arguments {
            let refused = desk.run(&[arguments, &["--as", KEEPER]].concat()).refused(4, "not_permitted");
            assert_eq!(refused["details"]["permission"], "super admin");
        }
    }

    pub fn the_audit_is_paged_and_filtered(desk: &Desk) {
        desk.json(&["teams", "create", "One"]);
        desk.json(&["teams", "create", "Two"]);
        desk.json(&["users", "update", AGENT, "--team", "One"]);
        desk.run(&["teams", "create", "two"]).refused(6, "already_exists");
        assert_eq!(desk.column(&["audit", "list"], "operation"), ["teams.create", "users.update", "teams.create", "teams.create"]);
        assert_eq!(desk.column(&["audit", "list", "--operation", "teams."], "outcome"), ["already_exists", "done", "done"]);
        assert_eq!(desk.column(&["audit", "list", "--actor", "BOSS@acme.example"], "id").len(), 4);
        assert_eq!(desk.column(&["audit", "list", "--actor", AGENT], "id").len(), 0);
        let first = desk.run(&["audit", "list", "--limit", "3"]);
        assert!(first.stderr.contains("3 shown; more with --after 2, or --all"), "{}", first.stderr);
        assert_eq!(desk.column(&["audit", "list", "--after", "2"], "id"), ["1"]);
        assert_eq!(desk.column(&["audit", "list", "--all"], "id"), ["4", "3", "2", "1"]);
    }

    pub fn a_dry_run_changes_nothing_and_a_key_answers_twice(desk: &Desk) {
        desk.json(&["teams", "create", "Ghost", "--dry-run"]);
        assert!(desk.column(&["teams", "list"], "name").is_empty());
        let first = desk.json(&["teams", "create", "One", "--idempotency-key", "k"]);
        assert_eq!(desk.json(&["teams", "create", "One", "--idempotency-key", "k"]), first);
        desk.run(&["teams", "create", "Other", "--idempotency-key", "k"]).refused(6, "idempotency_key_reused");
    }
}
