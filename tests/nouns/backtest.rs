//! What another policy would have come to, on histories whose breaches are known by hand.

use super::on_both_engines;

on_both_engines!(
    s5_won_and_lost_breaches_are_those_by_hand,
    s5_the_policy_in_force_differs_in_nothing_from_itself,
    s5_what_is_in_force_is_what_is_explained,
    s3_other_working_hours_can_be_tried,
    s2_what_could_not_be_set_cannot_be_tried,
    h2_everyone_replays_what_they_see,
);

mod checks {
    use std::fs;

    use serde_json::{Value, json};

    use crate::nouns::desk::{AGENT, BOSS, Desk, KEEPER};

    const LATER: &str = "2026-06-02T08:00:00Z";

    /// A day, by the hour: (when, what happens).
    struct Day<'a> {
        desk: &'a Desk,
        conversation: String,
        pub ticket: i64,
    }

    impl Day<'_> {
        fn begin<'a>(desk: &'a Desk, time: &str, subject: &str) -> Day<'a> {
            let arguments = ["conversations", "receive", "form", "--from", "eva@lamps.example", "--subject", subject, "--text", "Hi"];
            let thread = format!("--thread={subject}");
            let received = desk.run_at(&at(time), &[&arguments[..], &[&thread]].concat()).json();
            Day { desk, conversation: received["conversation"].to_string(), ticket: received["ticket"].as_i64().unwrap() }
        }

        fn customer(&self, time: &str) {
            let arguments = ["conversations", "receive", "form", "--from", "eva@lamps.example", "--text", "Well?", "--conversation"];
            self.desk.run_at(&at(time), &[&arguments[..], &[self.conversation.as_str()]].concat()).json();
        }

        fn reply(&self, time: &str) {
            self.desk.run_at(&at(time), &["conversations", "reply", &self.conversation, "--text", "Yes"]).json();
        }

        fn update(&self, time: &str, arguments: &[&str]) {
            let ticket = self.ticket.to_string();
            self.desk.run_at(&at(time), &[&["tickets", "update", &ticket], arguments].concat()).json();
        }
    }

    fn at(time: &str) -> String {
        format!("2026-06-01T{time}:00Z")
    }

    /// 1 h, 2 h and 8 h, around the clock; and two tickets.
    ///
    /// | ticket | what happened |
    /// | --- | --- |
    /// | Answered | made 9:00, answered 9:30; asked 10:00, answered 13:00; asked 14:00, answered 14:30; closed 20:00 |
    /// | Forgotten | made 9:00 |
    fn two_tickets(desk: &Desk) -> [i64; 2] {
        let now = at("08:00");
        desk.run_at(&now, &["sla", "set", "--first-response", "1h", "--next-response", "2h", "--close", "8h"]).json();
        desk.run_at(&now, &["channels", "connect", "--name", "Form", "--kind", "form", "--address", "form", "--inbox", "Help desk"]).json();
        let [answered, forgotten] = ["Answered", "Forgotten"].map(|subject| Day::begin(desk, "09:00", subject));
        answered.reply("09:30");
        answered.customer("10:00");
        answered.reply("13:00");
        answered.customer("14:00");
        answered.reply("14:30");
        answered.update("20:00", &["--close"]);
        [answered.ticket, forgotten.ticket]
    }

    fn backtest(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
        let rows = desk.run_at(LATER, &[&["sla", "backtest"], arguments].concat()).json();
        rows.as_array().unwrap().clone()
    }

    /// What changed: ticket, clock, and the last field as it is asked for.
    fn brief(rows: &[Value], field: &str) -> Vec<(Value, Value, Value, Value)> {
        rows.iter().map(|row| (row["change"].clone(), row["ticket"].clone(), row["kind"].clone(), row[field].clone())).collect()
    }

    pub fn s5_won_and_lost_breaches_are_those_by_hand(desk: &Desk) {
        let [answered, forgotten] = two_tickets(desk).map(Value::from);
        let rows = backtest(desk, &["--first-response", "20m", "--next-response", "4h", "--close", "12h"]);
        // The clock goes on while commands run: only minutes count.
        let minutes = |row: &Value| (row["late_before_ms"].as_f64().unwrap() / 60_000.0).round() as i64;
        let won: Vec<_> =
            rows.iter().map(|row| (row["change"].clone(), row["ticket"].clone(), row["kind"].clone(), minutes(row))).collect();
        let of = |change: &str, kind: &str, late: i64| (json!(change), answered.clone(), json!(kind), late);
        assert_eq!(won, [of("lost", "first_response", -30), of("won", "next_response", 60), of("won", "close", 180)]);
        let (next, shown) = (&rows[1], |field: &str| rows[1][field].as_str().map(|text| text[..16].to_owned()).unwrap());
        assert_eq!(
            (&next["instance"], &next["status_before"], &next["status_after"]),
            (&json!(1), &json!("completed_late"), &json!("completed_on_time"))
        );
        assert_eq!(shown("started_at"), "2026-06-01T10:00");
        assert_eq!(shown("due_before_at"), "2026-06-01T12:00");
        assert_eq!(shown("due_after_at"), "2026-06-01T14:00");
        assert_eq!(shown("ended_at"), "2026-06-01T13:00");

        // What is overdue now is a breach as well, and what has no target is none.
        let rows = backtest(desk, &["--close", "1d", "--without", "first_response"]);
        let close = |ticket: &Value| (json!("won"), ticket.clone(), json!("close"), Value::Null);
        let first = (json!("won"), forgotten.clone(), json!("first_response"), Value::Null);
        let rows: Vec<_> =
            brief(&rows, "status_after").into_iter().map(|(change, ticket, kind, _)| (change, ticket, kind, Value::Null)).collect();
        assert_eq!(rows, [close(&answered), first, close(&forgotten)]);

        let totals = desk.run_at(LATER, &["sla", "backtest", "--set", "--close", "12h", "-o", "ndjson"]);
        assert_eq!(totals.stderr.trim(), "2 tickets: 4 breaches now, 3 then; 1 won, 0 lost");
        let one = desk.run_at(LATER, &["sla", "backtest", "--close", "1d", "--limit", "1"]);
        assert_eq!(one.json().as_array().unwrap().len(), 1);
        assert!(one.stderr.contains("1 of 2 clocks shown"), "{}", one.stderr);
        // Closed without an answer, it stays one.
        desk.run_at(&at("23:00"), &["tickets", "update", &forgotten.to_string(), "--close"]).json();
        let rows = backtest(desk, &["--first-response", "20h"]);
        assert_eq!(brief(&rows, "status_after"), [(json!("won"), forgotten.clone(), json!("first_response"), json!("cancelled"))]);
        // Nothing was set.
        assert_eq!(desk.json(&["sla", "show"])["policy"]["rules"][0]["targets"]["close"]["within"], "8h");
    }

    pub fn s5_the_policy_in_force_differs_in_nothing_from_itself(desk: &Desk) {
        two_tickets(desk);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        fs::write(&file, desk.json(&["sla", "show"]).to_string()).unwrap();
        let file = file.to_str().unwrap();
        assert_eq!(backtest(desk, &[file]), [Value::Null; 0]);
        assert_eq!(backtest(desk, &["--close", "8h"]), [Value::Null; 0]);
        assert_eq!(brief(&backtest(desk, &[file, "--close", "12h"]), "instance").len(), 1);
        let said = desk.run_at(LATER, &["sla", "backtest"]);
        said.refused(2, "usage");
        // Only those that were made in time.
        for (span, count) in [("--since=2026-06-01", 2), ("--since=2026-06-02", 0), ("--until=2026-06-01", 2), ("--until=2026-05-31", 0)] {
            assert_eq!(backtest(desk, &["--close", "1d", span]).len(), count, "{span}");
        }
        assert_eq!(backtest(desk, &["--close", "1d", "--since", "2026-06-01T09:00:00Z", "--until", "2026-06-01T10:00:00Z"]).len(), 2);
        assert_eq!(backtest(desk, &["--close", "1d", "--since", "2026-06-01T12:00:00+02:00"]).len(), 0);
        for typed in ["soon", "2026-02-30"] {
            desk.run_at(LATER, &["sla", "backtest", "--close", "1d", "--until", typed]).refused(2, "bad_time");
        }
    }

    /// Without any target all breaches are won: they are those that `sla explain` knows.
    pub fn s5_what_is_in_force_is_what_is_explained(desk: &Desk) {
        let tickets = two_tickets(desk);
        desk.run_at(&at("21:00"), &["tickets", "update", &tickets[1].to_string(), "--priority", "HIGH"]).json();
        let off = backtest(desk, &["--off", "true"]);
        let mut explained = Vec::new();
        for ticket in tickets {
            let targets = desk.run_at(LATER, &["sla", "explain", &ticket.to_string()]).json()["targets"].clone();
            for standing in targets.as_array().unwrap().iter().map(|target| &target["standing"]) {
                if ["completed_late", "overdue"].contains(&standing["status"].as_str().unwrap()) {
                    explained.push((
                        json!(ticket),
                        standing["kind"].clone(),
                        standing["instance"].clone(),
                        standing["due_at"].clone(),
                        standing["status"].clone(),
                    ));
                }
            }
        }
        let told: Vec<_> = off
            .iter()
            .map(|row| {
                (
                    row["ticket"].clone(),
                    row["kind"].clone(),
                    row["instance"].clone(),
                    row["due_before_at"].clone(),
                    row["status_before"].clone(),
                )
            })
            // Explained is the latest next response only.
            .filter(|row| row.1 != "next_response")
            .collect();
        assert_eq!(told, explained);
        assert_eq!((told.len(), off.len()), (3, 4));
    }

    pub fn s3_other_working_hours_can_be_tried(desk: &Desk) {
        let [answered, forgotten] = two_tickets(desk);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mornings.json");
        fs::write(&file, json!({ "zone": "UTC", "week": { "mon": [["08:00", "11:30"]], "tue": [["08:00", "11:30"]] } }).to_string())
            .unwrap();
        let given = format!("mornings={}", file.display());
        // Of the day, two and a half hours count: no target is used up just at closing time, which the running clock would blur.
        let rows = backtest(desk, &["--hours", "mornings", "--hours-file", &given]);
        let won: Vec<_> = brief(&rows, "instance").into_iter().map(|(change, ticket, kind, _)| (change, ticket, kind)).collect();
        let won_of = |ticket: i64, kind: &str| (json!("won"), json!(ticket), json!(kind));
        assert_eq!(won, [won_of(answered, "next_response"), won_of(answered, "close"), won_of(forgotten, "close")]);
        let unused = desk.run_at(LATER, &["sla", "backtest", "--hours-file", &given]);
        assert_eq!(unused.json(), json!([]));
        assert!(unused.stderr.contains("no rule of the other policy counts by the working hours \"mornings\""), "{}", unused.stderr);

        // In the place of those of that name.
        desk.json(&["sla", "hours", "set", "Office", "--day", "mon-sun=00:00-24:00"]);
        desk.json(&["sla", "set", "--hours", "Office"]);
        let given = format!("office={}", file.display());
        assert_eq!(backtest(desk, &["--hours-file", &given]).len(), 3);
        assert_eq!(desk.json(&["sla", "hours", "show", "office"])["weekly_hours"], 168.0);
    }

    pub fn s2_what_could_not_be_set_cannot_be_tried(desk: &Desk) {
        let refused = |arguments: &[&str], exit: i32, code: &str| {
            desk.run_at(LATER, &[&["sla", "backtest"], arguments].concat()).refused(exit, code);
        };
        refused(&["--close", "4h", "--hours", "office"], 6, "unknown_hours");
        refused(&["--close", "4h", "--close-due-soon", "5h"], 6, "lead_longer_than_target");
        refused(&["--by", "team", "--value", "Sals", "--close", "4h"], 5, "unknown_team");
        refused(&["--close", "4h", "--pause", "Nowhere"], 5, "unknown_stage");
        refused(&["nowhere.json"], 5, "file_not_found");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hours.json");
        for (hours, exit, code) in
            [(json!({ "zone": "Europe/Nowhere", "week": {} }), 2, "unknown_zone"), (json!({ "zone": "UTC", "week": {} }), 6, "never_due")]
        {
            fs::write(&file, hours.to_string()).unwrap();
            refused(&["--close", "4h", "--hours", "x", "--hours-file", &format!("x={}", file.display())], exit, code);
        }
        // Without a policy there is nothing to win.
        assert_eq!(backtest(desk, &["--close", "4h"]), [Value::Null; 0]);
    }

    pub fn h2_everyone_replays_what_they_see(desk: &Desk) {
        let [answered, _] = two_tickets(desk);
        desk.run_at(LATER, &["sla", "backtest", "--close", "1d", "--as", KEEPER]).refused(4, "not_permitted");
        assert_eq!(backtest(desk, &["--close", "1d", "--as", AGENT]), [Value::Null; 0]);
        Day { desk, conversation: String::new(), ticket: answered }.update("20:00", &["--owner", AGENT]);
        assert_eq!(
            brief(&backtest(desk, &["--close", "1d", "--as", AGENT]), "kind"),
            [(json!("won"), json!(answered), json!("close"), json!("close"))]
        );
        assert_eq!(backtest(desk, &["--close", "1d", "--as", BOSS]).len(), 2);
        // Spam, and what lies outside of the help desk, has no SLA.
        desk.write(|tx| {
            tx.execute("UPDATE tickets SET spam = 1 WHERE id = $1", deskctl::args![answered]).unwrap();
        });
        assert_eq!(backtest(desk, &["--close", "1d"]).len(), 1);
        desk.write(|tx| {
            tx.execute("UPDATE tickets SET in_help_desk = 0", &[]).unwrap();
        });
        assert_eq!(backtest(desk, &["--close", "1d"]).len(), 0);
    }
}
