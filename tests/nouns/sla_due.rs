//! What is due, and how well targets were met, on both engines.

use super::on_both_engines;

on_both_engines!(
    s5_pages_of_due_targets_lose_nothing_and_double_nothing,
    s4_due_soon_counts_the_lead_over_the_weekend,
    s5_everyone_sees_the_due_targets_of_their_tickets,
    s5_weeks_of_reports_are_those_of_the_accounts_zone,
    s5_a_stage_that_closes_stops_its_tickets_clocks,
    s2_a_policy_for_open_tickets_keeps_what_has_elapsed,
    s3_hours_that_open_tickets_count_by_stay,
    s5_a_loaded_account_has_its_clocks_and_a_second_load_no_more,
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, Desk};

    fn make(desk: &Desk, now: &str, name: &str, more: &[&str]) -> Value {
        let arguments = [&["tickets", "create", "--name", name, "--stage", "New"], more].concat();
        desk.run_at(now, &arguments).json()["id"].clone()
    }

    fn names(rows: &Value) -> Vec<String> {
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", row["name"].as_str().unwrap(), row["target"].as_str().unwrap()))
            .collect()
    }

    fn due(desk: &Desk, now: &str, arguments: &[&str]) -> Vec<String> {
        names(&desk.run_at(now, &[&["sla", "due"], arguments].concat()).json())
    }

    pub fn s5_pages_of_due_targets_lose_nothing_and_double_nothing(desk: &Desk) {
        desk.json(&["sla", "set", "--first-response", "1h", "--close", "1h"]);
        for name in ["A", "B", "C"] {
            make(desk, "2026-06-01T10:00:00Z", name, &[]);
        }
        // All at the same time.
        desk.write(|tx| {
            let at = 1_780_311_600_000_i64;
            tx.execute("UPDATE ticket_clocks SET first_response_due_at = $1, close_due_at = $2", deskctl::args![at, at]).unwrap();
        });
        let expected = ["A close", "A first_response", "B close", "B first_response", "C close", "C first_response"];
        assert_eq!(due(desk, "2026-06-02T10:00:00Z", &["--all"]), expected);
        for limit in ["1", "2", "3", "4", "5", "6"] {
            let (mut told, mut after) = (Vec::new(), String::new());
            loop {
                let place = format!("--after={after}");
                let mut arguments = vec!["sla", "due", "--limit", limit];
                if !after.is_empty() {
                    arguments.push(&place);
                }
                let page = desk.run_at("2026-06-02T10:00:00Z", &arguments);
                told.extend(names(&page.json()));
                match page.stderr.split("--after ").nth(1) {
                    Some(rest) => after = rest.split([',', ' ', '\n']).next().unwrap().to_owned(),
                    None => break,
                }
            }
            assert_eq!(told, expected, "{limit}");
        }
    }

    pub fn s4_due_soon_counts_the_lead_over_the_weekend(desk: &Desk) {
        desk.json(&["sla", "hours", "set", "office", "--day", "mon-fri=09:00-17:00"]);
        desk.json(&["sla", "set", "--close", "4h", "--close-due-soon", "2h", "--hours", "office"]);
        // A Friday: an hour is left of it, the rest is due on Monday at 12:00.
        make(desk, "2026-06-05T16:00:00Z", "Weekend", &[]);
        assert_eq!(due(desk, "2026-06-05T16:30:00Z", &[]), [""; 0]);
        assert_eq!(due(desk, "2026-06-08T09:30:00Z", &[]), [""; 0]);
        assert_eq!(due(desk, "2026-06-08T10:01:00Z", &[]), ["Weekend close"]);
        // One that is due soon on Friday evening is due two working days later.
        desk.json(&["sla", "set", "--close", "8h", "--close-due-soon", "7h"]);
        make(desk, "2026-06-05T14:00:00Z", "Long", &[]);
        for now in ["2026-06-05T15:01:00Z", "2026-06-05T22:00:00Z", "2026-06-07T22:00:00Z"] {
            assert_eq!(due(desk, now, &[]), ["Long close"], "{now}");
        }
        assert_eq!(due(desk, "2026-06-06T10:00:00Z", &["--within", "1d"]), [""; 0]);
        assert_eq!(due(desk, "2026-06-06T10:00:00Z", &["--within", "3d"]), ["Weekend close", "Long close"]);
    }

    pub fn s5_everyone_sees_the_due_targets_of_their_tickets(desk: &Desk) {
        desk.json(&["sla", "set", "--close", "1h"]);
        let [now, later] = ["2026-06-01T10:00:00Z", "2026-06-02T10:00:00Z"];
        make(desk, now, "Mine", &["--owner", AGENT]);
        make(desk, now, "Nobody's", &[]);
        make(desk, now, "Outside", &["--outside"]);
        let spam = make(desk, now, "Spam", &[]);
        desk.write(|tx| {
            tx.execute("UPDATE tickets SET spam = 1 WHERE id = $1", deskctl::args![spam.as_i64()]).unwrap();
            tx.execute("UPDATE ticket_clocks SET close_due_at = NULL WHERE ticket_id = $1", deskctl::args![spam.as_i64()]).unwrap();
        });
        // The clock goes on while commands run: which was made first is not said.
        let mut all = due(desk, later, &[]);
        all.sort();
        assert_eq!(all, ["Mine close", "Nobody's close"]);
        assert_eq!(due(desk, later, &["--as", AGENT]), ["Mine close"]);
        assert_eq!(due(desk, later, &["--owner", "none"]), ["Nobody's close"]);
        let report = desk.run_at(later, &["sla", "report", "--as", AGENT]).json();
        assert_eq!((&report[0]["target"], &report[0]["late"], report.as_array().unwrap().len()), (&json!("close"), &json!(1), 1));
    }

    pub fn s5_weeks_of_reports_are_those_of_the_accounts_zone(desk: &Desk) {
        desk.write(|tx| {
            tx.execute("UPDATE account SET time_zone = $1", deskctl::args!["Asia/Tokyo"]).unwrap();
        });
        desk.json(&["sla", "set", "--close", "30d"]);
        // Sunday evening in Tokyo, and Monday morning; the year 2026 has 53 weeks.
        for (number, closed) in ["2027-01-03T14:00:00Z", "2027-01-03T16:00:00Z"].into_iter().enumerate() {
            let ticket = make(desk, "2026-12-20T10:00:00Z", &number.to_string(), &[]).to_string();
            desk.run_at(closed, &["tickets", "update", &ticket, "--close"]).json();
        }
        let weeks = |arguments: &[&str]| {
            let rows =
                desk.run_at("2027-01-05T10:00:00Z", &[&["sla", "report", "--by", "week", "--kind", "close"], arguments].concat()).json();
            rows.as_array().unwrap().iter().map(|row| (row["group"].clone(), row["on_time"].clone())).collect::<Vec<_>>()
        };
        let [last, first] = [vec![(json!("2026-W53"), json!(1))], vec![(json!("2027-W01"), json!(1))]];
        assert_eq!(weeks(&[]), [last.clone(), first.clone()].concat());
        assert_eq!(weeks(&["--since", "2027-01-04"]), first);
        assert_eq!(weeks(&["--until", "2027-01-03"]), last);
        assert_eq!(weeks(&["--until", "2027-01-03T16:00:00Z"]), last);
        assert_eq!(weeks(&["--since", "2027-01-03T16:00:00Z"]), first);
    }

    pub fn s5_a_stage_that_closes_stops_its_tickets_clocks(desk: &Desk) {
        desk.json(&["pipelines", "add-stage", "Support", "Waiting", "--state", "OPEN"]);
        desk.json(&["sla", "set", "--close", "4h"]);
        let ticket = make(desk, "2026-06-01T10:00:00Z", "Still", &[]).to_string();
        desk.run_at("2026-06-01T10:30:00Z", &["tickets", "update", &ticket, "--stage", "Waiting"]).json();
        let close = |now: &str| desk.run_at(now, &["sla", "explain", &ticket]).json()["targets"][0]["standing"]["status"].clone();
        desk.run_at("2026-06-01T11:00:00Z", &["pipelines", "update-stage", "Support", "Waiting", "--state", "CLOSED"]).json();
        assert_eq!(close("2026-06-02T11:00:00Z"), "completed_on_time");
        assert_eq!(due(desk, "2026-06-02T11:00:00Z", &[]), [""; 0]);
        desk.run_at("2026-06-02T11:00:00Z", &["pipelines", "update-stage", "Support", "Waiting", "--state", "OPEN"]).json();
        assert_eq!(close("2026-06-02T13:59:00Z"), "active");
        assert_eq!(close("2026-06-02T14:01:00Z"), "overdue");
        // Neither does the history take it for closed since it came to that stage.
        assert_eq!(desk.run_at("2026-06-02T12:30:00Z", &["sla", "backtest", "--close", "3h"]).json(), json!([]));
        assert_eq!(desk.run_at("2026-06-02T12:30:00Z", &["sla", "backtest", "--close", "2h"]).json()[0]["change"], "lost");
    }

    /// Cleared for open tickets and set again, nothing is lost; what was missed once stays one miss.
    pub fn s2_a_policy_for_open_tickets_keeps_what_has_elapsed(desk: &Desk) {
        desk.json(&["sla", "set", "--close", "4h"]);
        let ticket = make(desk, "2026-06-01T10:00:00Z", "Old", &[]).to_string();
        let done = make(desk, "2026-06-01T10:00:00Z", "Done", &[]).to_string();
        desk.run_at("2026-06-01T11:00:00Z", &["tickets", "update", &done, "--close"]).json();
        let standing = |ticket: &str, now: &str| desk.run_at(now, &["sla", "explain", ticket]).json()["targets"][0]["standing"].clone();
        let before = standing(&done, "2026-06-01T12:00:00Z");
        let set = |now: &str, close: &str| desk.run_at(now, &["sla", "set", "--close", close, "--apply-to", "open"]).json();
        let minute = |time: &Value| time.as_str().unwrap()[..16].to_owned();
        desk.run_at("2026-06-01T12:00:00Z", &["sla", "clear", "--apply-to", "open"]).json();
        assert_eq!(due(desk, "2026-06-02T10:00:00Z", &[]), [""; 0]);
        // Five hours have elapsed: it is missed when the target is set.
        set("2026-06-01T15:00:00Z", "4h");
        let missed = standing(&ticket, "2026-06-01T15:30:00Z");
        assert_eq!((minute(&missed["due_at"]), minute(&missed["breached_at"])), ("2026-06-01T14:00".into(), "2026-06-01T15:00".into()));
        set("2026-06-01T16:00:00Z", "2h");
        let still = standing(&ticket, "2026-06-01T16:30:00Z");
        assert_eq!((minute(&still["due_at"]), still["breached_at"].clone()), ("2026-06-01T12:00".into(), missed["breached_at"].clone()));
        let breaches = desk.run_at("2026-06-01T17:00:00Z", &["sla", "report", "--breaches"]).json();
        assert_eq!(breaches.as_array().unwrap().len(), 1, "{breaches}");
        // What was closed keeps its own.
        assert_eq!(standing(&done, "2026-06-01T17:00:00Z"), before);
        desk.run_at("2026-06-01T18:00:00Z", &["tickets", "update", &ticket, "--close"]).json();
        let report = desk.run_at("2026-06-01T19:00:00Z", &["sla", "report", "--kind", "close"]).json();
        assert_eq!((&report[0]["on_time"], &report[0]["late"], &report[0]["judged"]), (&json!(1), &json!(1), &json!(2)));
    }

    pub fn s3_hours_that_open_tickets_count_by_stay(desk: &Desk) {
        desk.json(&["sla", "hours", "set", "office", "--day", "mon-fri=09:00-17:00"]);
        desk.json(&["sla", "set", "--close", "4h", "--hours", "office"]);
        let ticket = make(desk, "2026-06-01T10:00:00Z", "Old", &[]).to_string();
        desk.json(&["sla", "set", "--hours", "24/7"]);
        let error = desk.run(&["sla", "hours", "remove", "office", "--yes"]).refused(6, "in_use");
        assert_eq!(error["details"]["counts"]["open_tickets"], 1, "{error}");
        desk.run_at("2026-06-01T10:30:00Z", &["tickets", "update", &ticket, "--close"]).json();
        desk.json(&["sla", "hours", "remove", "office", "--yes"]);
    }

    pub fn s5_a_loaded_account_has_its_clocks_and_a_second_load_no_more(desk: &Desk) {
        desk.json(&["sla", "set", "--first-response", "1h", "--close", "4h"]);
        make(desk, "2026-06-01T10:00:00Z", "Open", &[]);
        make(desk, "2026-06-01T10:00:00Z", "Outside", &["--outside"]);
        let done = make(desk, "2026-06-01T10:00:00Z", "Done", &[]).to_string();
        desk.run_at("2026-06-01T16:00:00Z", &["tickets", "update", &done, "--close"]).json();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("account.json");
        let file = file.to_str().unwrap();
        let exported = desk.run(&["export", "account", file]);
        assert_eq!(exported.exit, 0, "{}", exported.stderr);
        let later = "2026-06-02T10:00:00Z";
        let told = |desk: &Desk| [due(desk, later, &[]), names_of_report(desk, later)];
        let before = told(desk);
        assert_eq!(before[0], ["Open first_response", "Open close"]);
        for _ in 0..2 {
            desk.run_at(later, &["seed", "--file", file, "--replace", "--yes"]).json();
            assert_eq!(told(desk), before);
        }
    }

    fn names_of_report(desk: &Desk, now: &str) -> Vec<String> {
        let rows = desk.run_at(now, &["sla", "report"]).json();
        rows.as_array().unwrap().iter().map(Value::to_string).collect()
    }
}
