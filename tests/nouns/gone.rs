//! Tickets that were merged (H10) or deleted, and what verify says of them after their channel has moved.

use super::on_both_engines;

on_both_engines!(
    h10_one_ticket_lives_on_and_holds_both_histories,
    h10_a_merged_ticket_leads_to_the_one_that_lives_on,
    h10_what_was_merged_or_is_not_seen_cannot_be_merged,
    h10_the_clocks_of_a_merged_ticket_end,
    h10_a_backtest_knows_what_was_said_before_the_merge,
    a_deleted_ticket_comes_back_with_all_it_had,
    a_deleted_ticket_is_nowhere_but_among_the_deleted,
    m14_what_the_customer_writes_after_a_deletion_gets_a_new_ticket,
    verify_understands_merging_and_deleting_what_was_moved,
    m20_nothing_is_merged_while_its_channel_moves,
);

mod checks {
    use deskctl::store::history::Object;
    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, BOSS, Desk, KEEPER};
    use crate::nouns::tickets::{MAIL, create, furnish, ids, receive, show};

    pub fn h10_one_ticket_lives_on_and_holds_both_histories(desk: &Desk) {
        furnish(desk);
        desk.json(&["properties", "create", "serial", "--kind", "text"]);
        desk.json(&["deals", "create", "Lights"]);
        let one = receive(desk, "10:00", &[])["ticket"].to_string();
        let other = receive(desk, "11:00", &["--subject", "Again"])["ticket"].to_string();
        let given =
            ["--priority", "HIGH", "--set", "serial=7", "--add-contact", "eva@example.com", "--add-deal", "Lights", "--owner", BOSS];
        desk.json(&[&["tickets", "update", &other], &given[..]].concat());
        desk.json(&["tickets", "follow", &other, "--as", BOSS]);
        desk.json(&["conversations", "comment", "2", "--text", "See @agent@acme.example", "--mention", BOSS]);
        desk.json(&["tickets", "update", &one, "--category", "lamps"]);
        desk.run(&["tickets", "merge", &one, &other]).refused(2, "confirmation_required");
        let merged = desk.json(&["tickets", "merge", &one, &other, "--yes"]);
        assert_eq!(merged["merged"], json!([2]));
        let shown = show(desk, 1);
        assert_eq!((&shown["priority"], &shown["category"], &shown["serial"]), (&json!("HIGH"), &json!("lamps"), &json!("7")));
        assert_eq!(
            (&shown["contacts"], &shown["deals"], &shown["followers"]),
            (&json!(["Jan", "Eva"]), &json!(["Lights"]), &json!([BOSS]))
        );
        assert_eq!((ids(&shown["conversations"]), shown["messages"].as_array().unwrap().len()), (vec![1, 2], 3));
        let told: Vec<(i64, &str)> = shown["history"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| (event["ticket"].as_i64().unwrap(), event["property"].as_str().unwrap()))
            .collect();
        for expected in [
            (1, "created"),
            (2, "created"),
            (1, "category"),
            (1, "serial"),
            (1, "deals"),
            (2, "priority"),
            (2, "merged_into"),
            (1, "merged"),
        ] {
            assert!(told.contains(&expected), "{expected:?} in {told:?}");
        }
        assert_eq!(ids(&desk.json(&["tickets", "list"])), [1]);
        assert_eq!(desk.json(&["conversations", "show", "2"])["ticket"]["id"], 1);
        desk.write(|tx| {
            let of = |tx: &mut deskctl::store::Tx<'_>, sql: &str| tx.query(sql, &[], |row| row.get::<i64>()).unwrap();
            assert_eq!(of(tx, "SELECT ticket_id FROM mentions ORDER BY user_id"), [1], "the agent cannot see it");
            assert_eq!(of(tx, "SELECT ticket_id FROM ticket_followers"), [1]);
        });
        // The next message comes to the one that lives on.
        assert_eq!(receive(desk, "12:00", &["--conversation", "2"])["ticket"], 1);
    }

    pub fn h10_a_merged_ticket_leads_to_the_one_that_lives_on(desk: &Desk) {
        for name in ["A", "B", "C"] {
            create(desk, name, &[]);
        }
        desk.json(&["tickets", "merge", "2", "1", "--yes"]);
        desk.json(&["tickets", "merge", "3", "2", "--yes"]);
        let shown = desk.run(&["tickets", "show", "1"]);
        assert!(shown.stderr.contains("ticket 1 was merged into ticket 3"), "{}", shown.stderr);
        assert_eq!((&shown.json()["id"], &shown.json()["merged"]), (&json!(3), &json!([2])));
        let of: Vec<i64> =
            desk.json(&["tickets", "history", "1"]).as_array().unwrap().iter().map(|row| row["ticket"].as_i64().unwrap()).collect();
        assert!([1, 2, 3].iter().all(|id| of.contains(id)), "{of:?}");
        let refused = desk.run(&["tickets", "update", "1", "--close"]).refused(6, "ticket_merged");
        assert_eq!(refused["details"]["ticket"], 3);
        desk.run(&["tickets", "restore", "1"]).refused(6, "ticket_merged");
        desk.run(&["tickets", "delete", "1", "--yes"]).refused(6, "ticket_merged");
        assert_eq!(desk.json(&["tickets", "list", "--deleted"]), json!([]));
        desk.json(&["tickets", "delete", "3", "--yes"]);
        assert_eq!(show(desk, 1)["deleted_by"], BOSS, "it leads there still");
    }

    pub fn h10_what_was_merged_or_is_not_seen_cannot_be_merged(desk: &Desk) {
        create(desk, "Mine", &["--owner", AGENT]);
        create(desk, "Theirs", &["--owner", BOSS]);
        let merge = |more: &[&str]| desk.run(&[&["tickets", "merge", "--yes"], more].concat());
        merge(&["1", "1"]).refused(2, "same_ticket");
        merge(&["1", "2", "2"]).refused(2, "same_ticket");
        merge(&["1", "99"]).refused(5, "unknown_ticket");
        for pair in [["1", "2"], ["2", "1"]] {
            let hidden = merge(&[pair[0], pair[1], "--as", AGENT]).refused(5, "unknown_ticket");
            assert_eq!(hidden["message"], "there is no ticket 2", "H2");
        }
        merge(&["1", "2", "--as", KEEPER]).refused(4, "not_permitted");
        merge(&["1", "2"]).json();
        merge(&["1", "2"]).refused(6, "ticket_merged");
        desk.run(&["tickets", "show", "2", "--as", AGENT]).json();
    }

    pub fn h10_the_clocks_of_a_merged_ticket_end(desk: &Desk) {
        furnish(desk);
        desk.run_at("2026-06-01T05:00:00Z", &["sla", "set", "--first-response", "1h", "--close", "4h"]).json();
        receive(desk, "10:00", &[]);
        receive(desk, "10:10", &[]);
        let due = || desk.run_at("2026-06-01T10:20:00Z", &["sla", "due", "--within", "1d"]).json();
        assert_eq!(due().as_array().unwrap().len(), 4);
        desk.run_at("2026-06-01T10:20:00Z", &["tickets", "merge", "1", "2", "--yes"]).json();
        let rows = due();
        let of: Vec<i64> = rows.as_array().unwrap().iter().map(|row| row["ticket"].as_i64().unwrap()).collect();
        assert_eq!(of, [1, 1]);
        let sla = desk.run_at("2026-06-01T10:20:00Z", &["tickets", "show", "2"]).json()["sla"].clone();
        assert_eq!(sla.as_array().unwrap().len(), 2);
        assert!(sla[0]["due_at"].as_str().unwrap().starts_with("2026-06-01T11:00:00"), "{sla}");
    }

    pub fn h10_a_backtest_knows_what_was_said_before_the_merge(desk: &Desk) {
        furnish(desk);
        desk.run_at("2026-06-01T05:00:00Z", &["sla", "set", "--next-response", "2h"]).json();
        let reply = |now: &str, id: &str| desk.run_at(now, &["conversations", "reply", id, "--text", "Yes"]).json();
        receive(desk, "10:00", &[]);
        reply("2026-06-01T10:05:00Z", "1");
        receive(desk, "10:10", &[]);
        reply("2026-06-01T10:20:00Z", "2");
        receive(desk, "10:30", &["--conversation", "2"]);
        desk.run_at("2026-06-01T14:00:00Z", &["tickets", "merge", "1", "2", "--yes"]).json();
        let won = || desk.run_at("2026-06-02T08:00:00Z", &["sla", "backtest", "--without", "next_response"]).json();
        assert_eq!(won(), json!([]), "what waited was the other ticket's");
        receive(desk, "15:00", &["--conversation", "2"]);
        assert_eq!(won().as_array().unwrap().len(), 1);
    }

    pub fn a_deleted_ticket_comes_back_with_all_it_had(desk: &Desk) {
        furnish(desk);
        desk.json(&["properties", "create", "serial", "--kind", "text"]);
        desk.json(&["deals", "create", "Lights"]);
        desk.run_at("2026-06-01T05:00:00Z", &["sla", "set", "--close", "4h"]).json();
        receive(desk, "09:00", &[]);
        let given =
            ["--priority", "HIGH", "--set", "serial=7", "--add-contact", "eva@example.com", "--add-deal", "Lights", "--owner", "me"];
        desk.json(&[&["tickets", "update", "1"], &given[..]].concat());
        desk.json(&["tickets", "follow", "1"]);
        let parts = |shown: &Value| {
            let mut shown = shown.clone();
            shown["history"].take();
            shown["sla"][0]["used_ms"].take();
            shown
        };
        let before = parts(&show(desk, 1));
        desk.json(&["tickets", "delete", "1", "--yes"]);
        let deleted = show(desk, 1);
        assert_eq!((&deleted["deleted_by"], &deleted["name"], &deleted["serial"]), (&json!(BOSS), &before["name"], &json!("7")));
        desk.run(&["tickets", "restore", "2"]).refused(5, "unknown_ticket");
        desk.json(&["tickets", "restore", "1"]);
        assert_eq!(parts(&show(desk, 1)), before);
        desk.run(&["tickets", "restore", "1"]).refused(6, "not_deleted");
        let changes: Vec<String> =
            desk.history(Object::Ticket, 1).into_iter().map(|change| change.0).filter(|name| name == "deleted").collect();
        assert_eq!(changes.len(), 2);
        // What it referred to may be gone meanwhile, and the bin does not keep it for ever.
        desk.json(&["tickets", "delete", "1", "--yes"]);
        desk.json(&["contacts", "delete", "eva@example.com", "--yes"]);
        desk.json(&["deals", "delete", "Lights", "--yes"]);
        let later = |now: &str, line: &[&str]| desk.run_at(now, line);
        later("2026-08-31T10:00:00Z", &["tickets", "restore", "1"]).refused(6, "deleted_too_long_ago");
        assert_eq!(later("2026-08-31T10:00:00Z", &["tickets", "list", "--deleted"]).json(), json!([]));
        let back = later("2026-08-30T09:00:00Z", &["tickets", "restore", "1"]).json();
        assert_eq!((&back[0]["contacts"], &back[0]["deals"]), (&json!(["Jan"]), &json!([])));
        desk.json(&["tickets", "delete", "1", "--yes"]);
        create(desk, "Other", &[]);
        later("2026-12-01T10:00:00Z", &["tickets", "delete", "2", "--yes"]).json();
        later("2026-12-01T10:00:00Z", &["tickets", "show", "1"]).refused(5, "unknown_ticket");
    }

    pub fn a_deleted_ticket_is_nowhere_but_among_the_deleted(desk: &Desk) {
        furnish(desk);
        desk.run_at("2026-06-01T05:00:00Z", &["sla", "set", "--close", "1h"]).json();
        receive(desk, "09:00", &[]);
        desk.json(&["tickets", "delete", "1", "--yes"]);
        for line in [&["tickets", "list"][..], &["tickets", "list", "--everywhere"], &["sla", "due"], &["sla", "report", "--breaches"]] {
            assert_eq!(desk.json(line), json!([]), "{line:?}");
        }
        let gone = desk.run(&["tickets", "update", "1", "--close"]).refused(5, "ticket_deleted");
        assert!(gone["hint"].as_str().unwrap().contains("tickets restore 1"), "{gone}");
        assert_eq!(desk.json(&["conversations", "show", "1"])["ticket"], Value::Null);
        assert_eq!(desk.run(&["doctor"]).exit, 0, "nothing refers to what is not there");
        let exported: Value = serde_json::from_str(&desk.run(&["export", "account"]).stdout).unwrap();
        assert_eq!(exported["tickets"], json!([]));
    }

    pub fn m14_what_the_customer_writes_after_a_deletion_gets_a_new_ticket(desk: &Desk) {
        furnish(desk);
        receive(desk, "09:00", &[]);
        desk.json(&["tickets", "delete", "1", "--yes"]);
        assert_eq!(desk.json(&["conversations", "reply", "1", "--text", "Hello"])["ticket"], Value::Null);
        assert_eq!(receive(desk, "10:00", &["--conversation", "1"])["ticket"], 2);
        let back = desk.json(&["tickets", "restore", "1"]);
        assert_eq!(back[0]["conversations"], json!([]), "its conversation has another ticket by now");
        assert_eq!(ids(&desk.json(&["tickets", "list"])), [2, 1]);
    }

    /// Five conversations in an inbox, the last two with tickets.
    fn in_an_inbox(desk: &Desk) {
        let connect = ["channels", "connect", "--name", "M", "--kind", "email", "--address", MAIL, "--inbox", "Shared"];
        desk.run_at("2026-06-01T05:00:00Z", &connect).json();
        for minute in 10..15 {
            if minute == 13 {
                desk.json(&["channels", "update", "1", "--ticket-creation", "on"]);
            }
            receive(desk, &format!("09:{minute}"), &[]);
        }
    }

    pub fn verify_understands_merging_and_deleting_what_was_moved(desk: &Desk) {
        in_an_inbox(desk);
        let start = ["migrations", "start", MAIL, "--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes", "--quiet"];
        desk.run_at("2026-06-01T12:00:00Z", &start).json();
        let ticket = |conversation: i64| desk.json(&["conversations", "show", &conversation.to_string()])["ticket"]["id"].to_string();
        let of: Vec<String> = (1..=5).map(ticket).collect();
        let verify = || {
            let said = desk.run_at("2026-06-01T14:00:00Z", &["migrations", "verify", "1"]);
            assert_eq!(said.exit, 0, "{} {}", said.stdout, said.stderr);
        };
        verify();
        // Made by the run into made by the run, one that was there into one that was made, and the other way round.
        desk.json(&["tickets", "merge", &of[0], &of[1], "--yes"]);
        verify();
        desk.json(&["tickets", "merge", &of[0], &of[3], "--yes"]);
        verify();
        desk.json(&["tickets", "merge", &of[4], &of[0], "--yes"]);
        verify();
        for id in [&of[2], &of[4]] {
            desk.json(&["tickets", "delete", id, "--yes"]);
        }
        verify();
        desk.run_at(
            "2026-06-01T13:00:00Z",
            &["conversations", "receive", MAIL, "--from", "jan@example.com", "--text", "x", "--conversation", "3"],
        )
        .json();
        desk.json(&["tickets", "restore", &of[4]]);
        verify();
        desk.json(&["tickets", "restore", &of[2]]);
        verify();
        // What nothing explains is still found.
        desk.write(|tx| assert_eq!(tx.execute("UPDATE conversation_tickets SET ticket_id = 3 WHERE conversation_id = 1", &[]).unwrap(), 1));
        assert_eq!(desk.run_at("2026-06-01T14:00:00Z", &["migrations", "verify", "1"]).exit, 8);
    }

    pub fn m20_nothing_is_merged_while_its_channel_moves(desk: &Desk) {
        in_an_inbox(desk);
        desk.schedule(MAIL, &["open=New", "closed=Closed"]);
        desk.run(&["tickets", "merge", "1", "2", "--yes"]).refused(6, "migration_active");
        desk.json(&["tickets", "delete", "1", "--yes"]);
        desk.run(&["tickets", "restore", "1"]).refused(6, "migration_active");
    }
}
