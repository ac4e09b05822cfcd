//! Views: the default ones (V1), and those that people make (V2).

use super::on_both_engines;

on_both_engines!(
    v1_default_views_show_what_their_filters_say,
    v1_mentions_and_followed_tickets_are_views,
    v1_without_a_seat_there_are_three_views,
    v2_a_view_is_seen_by_whom_it_is_shared_with,
    v2_making_views_needs_the_permission,
    v2_the_subscription_limits_custom_views,
    v2_a_view_survives_renamed_stages_and_tells_what_is_gone,
    v2_a_view_that_names_what_is_gone_is_broken,
    v1_a_comment_is_written_last_and_is_no_message,
    v2_what_others_see_is_not_taken_from_them_unasked,
    v2_a_view_has_an_order_columns_and_pages,
    v2_names_are_unique_and_no_default_ones,
    v2_what_a_shared_view_needs_stays,
    h2_a_view_never_widens_what_one_sees,
    v3_a_filter_is_explained_in_all_its_forms,
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, BOSS, Desk, KEEPER};
    use crate::nouns::tickets::{create, furnish, ids, receive};

    /// One of each kind: 1 nobody's, 2 the boss's, 3 the agent's, 4 closed, 5 the team's, 6 spam, 7 answered, 8 not in the help desk.
    fn tickets(desk: &Desk) {
        furnish(desk);
        desk.json(&["teams", "create", "Service"]);
        desk.json(&["users", "update", BOSS, "--team", "Service"]);
        create(desk, "Nobody's", &[]);
        create(desk, "The boss's", &["--owner", BOSS]);
        create(desk, "The agent's", &["--owner", AGENT]);
        create(desk, "Closed", &[]);
        desk.json(&["tickets", "update", "4", "--close"]);
        create(desk, "The team's", &["--team", "Service"]);
        assert_eq!(receive(desk, "10:00", &["--subject", "Spam"])["ticket"], 6);
        desk.json(&["conversations", "spam", "1"]);
        assert_eq!(receive(desk, "10:01", &["--subject", "Answered", "--thread", "x"])["ticket"], 7);
        desk.run_at("2026-06-01T10:05:00Z", &["conversations", "reply", "2", "--text", "Yes"]).json();
        create(desk, "Outside", &["--outside"]);
    }

    fn run(desk: &Desk, view: &str, who: &str) -> Vec<i64> {
        let mut found = ids(&desk.json(&["views", "run", view, "--as", who]));
        found.sort_unstable();
        found
    }

    fn names(rows: &Value) -> Vec<&str> {
        rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
    }

    pub fn v1_default_views_show_what_their_filters_say(desk: &Desk) {
        tickets(desk);
        let expected: [(&str, &[i64]); 7] = [
            ("Unassigned", &[1, 5, 7]),
            ("Assigned to me", &[2]),
            ("My team's open", &[2, 5]),
            ("My team's unassigned", &[5]),
            ("All open", &[1, 2, 3, 5, 7]),
            ("Sent", &[7]),
            ("Spam", &[6]),
        ];
        let rows = desk.json(&["views", "list"]);
        for (view, expected) in expected {
            assert_eq!(run(desk, view, BOSS), expected, "{view}");
            let row = rows.as_array().unwrap().iter().find(|row| row["name"] == view).unwrap();
            let mut listed = ids(&desk.json(&["tickets", "list", "--where", row["filter"].as_str().unwrap()]));
            listed.sort_unstable();
            assert_eq!(listed, expected, "{row}");
            let counted = desk.json(&["views", "count", view]);
            assert_eq!(counted, json!({ "tickets": expected.len(), "exact": true }), "{view}");
        }
        // Who has no main team has no team's tickets.
        assert_eq!(run(desk, "my-teams-open", AGENT), [0; 0]);
    }

    pub fn v1_mentions_and_followed_tickets_are_views(desk: &Desk) {
        tickets(desk);
        desk.json(&["conversations", "comment", "2", "--text", "Please look", "--mention", BOSS]);
        desk.json(&["tickets", "follow", "3", "4"]);
        assert_eq!(run(desk, "My mentions", BOSS), [7]);
        assert_eq!(run(desk, "Following", BOSS), [3, 4]);
        assert_eq!(run(desk, "Following", AGENT), [0; 0]);
    }

    pub fn v1_without_a_seat_there_are_three_views(desk: &Desk) {
        tickets(desk);
        desk.json(&["users", "update", KEEPER, "--permission", "service_access", "--unassigned-visible", "true"]);
        assert_eq!(names(&desk.json(&["views", "list", "--as", KEEPER])), ["All open", "My mentions", "Following"]);
        assert_eq!(run(desk, "All open", KEEPER).len(), 5);
        desk.run(&["views", "run", "Unassigned", "--as", KEEPER]).refused(4, "no_seat");
        desk.json(&["views", "create", "Mine", "--where", "owner = me", "--sharing", "everyone"]);
        assert_eq!(run(desk, "Mine", KEEPER), [0; 0]);
    }

    pub fn v2_a_view_is_seen_by_whom_it_is_shared_with(desk: &Desk) {
        tickets(desk);
        desk.json(&["views", "create", "Private", "--where", "open"]);
        let shared = desk.json(&["views", "create", "Team's", "--where", "open", "--sharing", "team"]);
        assert_eq!((&shared["teams"], &shared["seen_by_others"]), (&json!(["Service"]), &json!(0)));
        let all = desk.json(&["views", "create", "Everyone's", "--where", "open", "--sharing", "everyone"]);
        assert_eq!(all["seen_by_others"], 1, "the keeper has no help desk access");
        let custom = |who: &str| {
            let rows = desk.json(&["views", "list", "--as", who]);
            rows.as_array()
                .unwrap()
                .iter()
                .filter(|row| !row["id"].is_null())
                .map(|row| row["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(custom(BOSS), ["Everyone's", "Private", "Team's"]);
        assert_eq!(custom(AGENT), ["Everyone's"]);
        desk.run(&["views", "show", "Private", "--as", AGENT]).refused(5, "unknown_view");
        desk.run(&["views", "run", "1", "--as", AGENT]).refused(5, "unknown_view");
        desk.json(&["users", "update", AGENT, "--team", "Service"]);
        assert_eq!(custom(AGENT), ["Everyone's", "Team's"]);
        // A further team is not the main one.
        desk.json(&["teams", "create", "Sales"]);
        desk.json(&["users", "update", AGENT, "--team", "Sales", "--more-team", "Service"]);
        assert_eq!(custom(AGENT), ["Everyone's"]);
    }

    pub fn v2_making_views_needs_the_permission(desk: &Desk) {
        desk.run(&["views", "create", "Mine", "--where", "open", "--as", AGENT]).refused(4, "not_permitted");
        desk.json(&["users", "update", AGENT, "--permission", "custom_views"]);
        desk.json(&["views", "create", "Mine", "--where", "open", "--sharing", "everyone", "--as", AGENT]);
        desk.json(&["views", "create", "Boss's", "--where", "open", "--sharing", "everyone"]);
        desk.run(&["views", "update", "Boss's", "--name", "X", "--as", AGENT]).refused(4, "not_yours");
        desk.run(&["views", "delete", "Boss's", "--yes", "--as", AGENT]).refused(4, "not_yours");
        assert_eq!(desk.json(&["views", "update", "Mine", "--name", "Theirs"])["owner"], AGENT);
        desk.run(&["views", "delete", "Unassigned", "--yes"]).refused(6, "default_view");
        desk.run(&["views", "list", "--as", KEEPER]).error(4);
    }

    pub fn v2_the_subscription_limits_custom_views(desk: &Desk) {
        desk.json(&["account", "update", "--limit", "custom_views=1"]);
        desk.json(&["views", "create", "One", "--where", "open"]);
        desk.run(&["views", "create", "Two", "--where", "open"]).refused(6, "view_limit");
        desk.json(&["views", "update", "One", "--name", "Another"]);
        desk.json(&["views", "delete", "Another", "--yes"]);
        desk.json(&["views", "create", "Two", "--where", "open"]);
    }

    pub fn v2_a_view_survives_renamed_stages_and_tells_what_is_gone(desk: &Desk) {
        tickets(desk);
        desk.json(&["properties", "create", "region", "--kind", "enumeration", "--option", "North"]);
        desk.json(&["tickets", "update", "1", "--set", "region=North"]);
        desk.json(&["views", "create", "News", "--where", "status = New and region = North"]);
        desk.json(&["pipelines", "update-stage", "Support", "New", "--name", "Fresh"]);
        assert_eq!(desk.json(&["views", "show", "News"])["filter"], "status = \"Fresh\" and region = North");
        assert_eq!(run(desk, "News", BOSS), [1]);
        desk.json(&["properties", "delete", "region", "--yes"]);
        desk.run(&["views", "run", "News"]).refused(6, "broken_view");
        desk.json(&["views", "update", "News", "--where", "status = Fresh and owner is not set"]);
    }

    pub fn v2_a_view_that_names_what_is_gone_is_broken(desk: &Desk) {
        tickets(desk);
        desk.json(&["teams", "create", "Gone"]);
        desk.json(&["users", "create", "gone@acme.example", "--name", "Gone"]);
        desk.json(&["pipelines", "create", "Gone", "--stage", "Later=OPEN", "--stage", "Done=CLOSED"]);
        desk.json(&["properties", "create", "size", "--kind", "enumeration", "--option", "Gone", "--option", "Big"]);
        desk.json(&["properties", "create", "gone", "--kind", "number"]);
        let views = [
            ("team", "team = Gone", ""),
            ("user", "owner != gone@acme.example", ""),
            ("stage", "status in (Gone/Later, Support/New)", ""),
            ("pipeline", "open and not (pipeline = Gone or spam)", ""),
            ("option", "size not in (Gone, Big)", ""),
            ("property", "gone > 1.5", ""),
            ("order", "open", "gone:desc"),
        ];
        for (name, filter, sort) in views {
            desk.json(&["views", "create", name, "--where", filter, "--sort", sort]);
            desk.json(&["views", "run", name]);
        }
        desk.json(&["teams", "delete", "Gone", "--yes"]);
        desk.json(&["users", "delete", "gone@acme.example", "--yes"]);
        desk.json(&["pipelines", "delete", "Gone", "--yes"]);
        desk.json(&["properties", "update", "size", "--remove-option", "Gone"]);
        desk.json(&["properties", "delete", "gone", "--yes"]);
        for (name, ..) in views {
            for command in ["run", "count", "explain"] {
                let error = desk.run(&["views", command, name]).refused(6, "broken_view");
                assert!(error["hint"].as_str().unwrap().contains("views update"), "{name}: {error}");
            }
            desk.json(&["views", "show", name]);
        }
        assert_eq!(desk.json(&["views", "list"]).as_array().unwrap().len(), 9 + views.len());
        desk.run(&["views", "create", "New", "--where", "team = \"#99\""]).refused(2, "bad_filter");
    }

    pub fn v1_a_comment_is_written_last_and_is_no_message(desk: &Desk) {
        tickets(desk);
        let filtered = |filter: &str| ids(&desk.json(&["tickets", "list", "--where", filter, "--sort", "id"]));
        assert_eq!((filtered("last_direction = outgoing"), filtered("last_direction = comment")), (vec![7], vec![]));
        desk.run_at("2026-06-01T10:10:00Z", &["conversations", "comment", "2", "--text", "Odd"]).json();
        assert_eq!((filtered("last_direction = outgoing"), filtered("last_direction = comment")), (vec![], vec![7]));
        assert_eq!(filtered("last_direction != comment"), [1, 2, 3, 4, 5]);
        assert_eq!((filtered("last_message_direction = outgoing"), run(desk, "Sent", BOSS)), (vec![7], vec![7]));
    }

    pub fn v2_what_others_see_is_not_taken_from_them_unasked(desk: &Desk) {
        desk.json(&["views", "create", "Shared", "--where", "open", "--sharing", "everyone"]);
        desk.run(&["views", "delete", "Shared"]).refused(2, "confirmation_required");
        desk.run(&["views", "update", "Shared", "--sharing", "private"]).refused(2, "confirmation_required");
        desk.json(&["views", "update", "Shared", "--where", "closed"]);
        desk.json(&["views", "update", "Shared", "--sharing", "private", "--yes"]);
        desk.json(&["views", "update", "Shared", "--sharing", "everyone"]);
    }

    pub fn v2_a_view_has_an_order_columns_and_pages(desk: &Desk) {
        tickets(desk);
        desk.json(&["views", "create", "By name", "--where", "open", "--sort", "name", "--column", "id,name"]);
        let all = desk.json(&["views", "run", "By name"]);
        assert_eq!(names(&all), ["Answered", "Nobody's", "The agent's", "The boss's", "The team's"]);
        let (mut told, mut after) = (Vec::new(), String::new());
        loop {
            let place = format!("--after={after}");
            let mut arguments = vec!["views", "run", "By name", "--limit", "2"];
            if !after.is_empty() {
                arguments.push(&place);
            }
            let page = desk.run(&arguments);
            told.extend(ids(&page.json()));
            let Some(rest) = page.stderr.split("--after ").nth(1) else { break };
            after = rest.split([',', ' ', '\n']).next().unwrap().to_owned();
        }
        assert_eq!(told, ids(&all));
        desk.run(&["views", "run", "All open", "--after", &after]).refused(2, "bad_page");
        desk.run(&["views", "update", "By name", "--column", "nmae"]).refused(5, "unknown_column");
        desk.run(&["views", "update", "By name", "--sort", "nmae"]).refused(2, "bad_sort");
        assert_eq!(desk.json(&["views", "update", "By name", "--sort", "", "--column", ""])["columns"], json!([]));
    }

    pub fn v2_names_are_unique_and_no_default_ones(desk: &Desk) {
        desk.run(&["views", "create", "all open", "--where", "open"]).refused(6, "already_exists");
        desk.run(&["views", "create", "12", "--where", "open"]).refused(2, "bad_name");
        desk.json(&["views", "create", "Mine", "--where", "open", "--sharing", "everyone"]);
        desk.run(&["views", "create", "MINE", "--where", "open"]).refused(6, "already_exists");
        desk.json(&["users", "update", AGENT, "--permission", "custom_views"]);
        // Each has one of the name; the own one is meant.
        desk.json(&["views", "create", "Mine", "--where", "closed", "--sharing", "everyone", "--as", AGENT]);
        assert_eq!(desk.json(&["views", "show", "mine", "--as", AGENT])["filter"], "state = CLOSED");
        assert_eq!(desk.json(&["views", "show", "mine"])["filter"], "state = OPEN");
        let error = desk.run(&["views", "run", "Unasigned"]).refused(5, "unknown_view");
        assert!(error["hint"].as_str().unwrap().contains("Unassigned"), "{error}");
    }

    pub fn v2_what_a_shared_view_needs_stays(desk: &Desk) {
        desk.json(&["teams", "create", "Service"]);
        desk.json(&["users", "update", AGENT, "--permission", "custom_views"]);
        desk.json(&["views", "create", "Own", "--where", "open", "--as", AGENT]);
        desk.json(&["views", "create", "Team's", "--where", "open", "--team", "Service", "--as", AGENT]);
        assert_eq!(desk.run(&["teams", "delete", "Service", "--yes"]).refused(6, "in_use")["details"]["counts"]["views"], 1);
        assert_eq!(desk.run(&["users", "delete", AGENT, "--yes"]).refused(6, "in_use")["details"]["counts"]["shared_views"], 1);
        desk.json(&["views", "delete", "Team's", "--yes", "--as", AGENT]);
        desk.json(&["users", "delete", AGENT, "--yes"]);
        desk.json(&["teams", "delete", "Service", "--yes"]);
        desk.write(|tx| assert_eq!(tx.one("SELECT count(*) FROM views", &[], |row| row.get::<i64>()).unwrap(), 0));
    }

    pub fn h2_a_view_never_widens_what_one_sees(desk: &Desk) {
        tickets(desk);
        desk.json(&["views", "create", "All", "--where", "open or closed", "--sharing", "everyone"]);
        for view in ["All", "All open"] {
            assert_eq!(run(desk, view, AGENT), [3], "{view}");
            assert_eq!(desk.json(&["views", "count", view, "--as", AGENT])["tickets"], 1, "{view}");
            assert_eq!(desk.json(&["views", "explain", view, "--as", AGENT])["tickets"], 1, "{view}");
        }
        assert_eq!(desk.json(&["views", "count", "--where", "name contains boss", "--as", AGENT])["tickets"], 0);
        assert_eq!(run(desk, "Spam", AGENT), [0; 0]);
    }

    pub fn v3_a_filter_is_explained_in_all_its_forms(desk: &Desk) {
        tickets(desk);
        let told = desk.json(&["views", "explain", "--where", "open and priority is not set"]);
        assert_eq!(
            (&told["filter"], &told["tickets"], &told["exact"]),
            (&json!("state = OPEN and priority is not set"), &json!(5), &json!(true))
        );
        assert!(told["words"].as_str().unwrap().contains("priority"), "{told}");
        let groups = told["filter_groups"].to_string();
        assert_eq!(desk.json(&["views", "count", "--where", &groups])["tickets"], 5);
        assert_eq!(desk.json(&["views", "count", "--where", &told["json"].to_string()])["tickets"], 5);
        let nested = desk.json(&["views", "explain", "--where", "not (name contains boss and not open)"]);
        assert!(nested["filter_groups"].is_null() != nested["not_expressible"].is_null(), "{nested}");
        let own = desk.json(&["views", "explain", "Following"]);
        assert_eq!((&own["filter"], &own["json"]), (&Value::Null, &Value::Null));
        desk.run(&["views", "count"]).error(2);
        let error = desk.run(&["views", "explain", "--where", "opn"]).refused(2, "bad_filter");
        assert!(error["message"].as_str().unwrap().contains('^'), "{error}");
    }
}
