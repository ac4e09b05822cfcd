//! M12: what becomes of the SLAs of history when its channel moves, with due times known by hand.

use super::on_both_engines;

on_both_engines!(
    m12_apply_runs_from_the_create_date,
    m12_restart_runs_from_the_move,
    m12_exempt_stays_exempt,
    m12_open_and_closed_are_chosen_apart,
    m12_the_plan_counts_what_each_choice_makes_overdue,
    m12_verify_knows_lost_and_unwanted_clocks,
    m5_the_plan_warns_where_no_sla_is_set,
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::{BOSS, Desk};

    const CHANNEL: &str = "mail@acme.example";
    /// When the channel moves.
    const MOVE: &str = "2026-06-01T12:00:00Z";
    const UNANSWERED: i64 = 1;
    const ANSWERED: i64 = 2;
    const IN_TIME: i64 = 3;
    const LATE: i64 = 4;
    /// It had a ticket before, in the inbox.
    const WITH_TICKET: i64 = 5;

    /// One conversation of each kind; the policy is in force before anything moves.
    fn history(desk: &Desk) {
        let at = |now: &str, arguments: &[&str]| desk.run_at(&format!("2026-06-01T{now}:00Z"), arguments).json();
        at("05:00", &["channels", "connect", "--kind", "email", "--address", CHANNEL, "--name", "Mail", "--inbox", "Shared"]);
        at("05:00", &["sla", "set", "--first-response", "1h", "--next-response", "2h", "--close", "4h"]);
        let receive = |now: &str, more: &[&str]| at(now, &[&["conversations", "receive", CHANNEL, "--text", "Help"], more].concat());
        let reply = |now: &str, id: &str| at(now, &["conversations", "reply", id, "--text", "Done", "--as", BOSS]);
        receive("10:00", &["--from", "ann@example.com"]);
        receive("10:30", &["--from", "bob@example.com", "--thread", "bob"]);
        reply("11:00", "2");
        receive("11:15", &["--from", "bob@example.com", "--thread", "bob"]);
        receive("09:00", &["--from", "cas@example.com"]);
        reply("09:30", "3");
        at("10:00", &["conversations", "close", "3"]);
        receive("06:00", &["--from", "dot@example.com"]);
        reply("08:00", "4");
        at("11:00", &["conversations", "close", "4"]);
        at("10:45", &["channels", "update", "1", "--ticket-creation", "on"]);
        let received = receive("10:45", &["--from", "eve@example.com"]);
        assert_eq!((&received["ticket"], &received["in_help_desk"]), (&json!(1), &json!(false)));
        at("10:50", &["channels", "update", "1", "--ticket-creation", "off"]);
    }

    fn start(desk: &Desk, more: &[&str]) -> Value {
        let start = ["migrations", "start", CHANNEL, "--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes", "--quiet"];
        desk.run_at(MOVE, &[&start[..], more].concat()).json()
    }

    /// Kind, status and due time of each target of a conversation's ticket a minute after the move.
    fn standings(desk: &Desk, conversation: i64) -> Vec<[String; 3]> {
        let shown = desk.run_at("2026-06-01T12:01:00Z", &["conversations", "show", &conversation.to_string()]).json();
        let ticket = shown["ticket"].as_i64().or(shown["ticket"]["id"].as_i64()).unwrap_or_else(|| panic!("no ticket: {shown}"));
        let explained = desk.run_at("2026-06-01T12:01:00Z", &["sla", "explain", &ticket.to_string()]).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let standing = |target: &Value| {
            let standing = &target["standing"];
            [text(&standing["kind"]), text(&standing["status"]), text(&standing["due_at"])[..16].to_owned()]
        };
        explained["targets"].as_array().unwrap().iter().map(standing).collect()
    }

    fn expect(desk: &Desk, conversation: i64, expected: &[[&str; 3]]) {
        let found = standings(desk, conversation);
        let found: Vec<[&str; 3]> = found.iter().map(|standing| standing.each_ref().map(String::as_str)).collect();
        assert_eq!(found, expected, "conversation {conversation}");
    }

    fn verify(desk: &Desk) -> Vec<String> {
        let said = desk.run_at("2026-06-01T12:02:00Z", &["migrations", "verify"]);
        let verdicts: Value = serde_json::from_str(&said.stdout).unwrap();
        let problems = verdicts.as_array().unwrap().iter().flat_map(|verdict| verdict["problems"].as_array().unwrap().clone());
        problems.map(|problem| problem.as_str().unwrap().split(':').next().unwrap().to_owned()).collect()
    }

    const APPLIED_CLOSED: [[&str; 3]; 2] =
        [["first_response", "completed_late", "2026-06-01T07:00"], ["close", "completed_late", "2026-06-01T10:00"]];

    pub fn m12_apply_runs_from_the_create_date(desk: &Desk) {
        history(desk);
        let status = start(desk, &[]);
        assert_eq!(status["sla_historic"], "apply");
        expect(desk, UNANSWERED, &[["first_response", "overdue", "2026-06-01T11:00"], ["close", "active", "2026-06-01T14:00"]]);
        let answered = [
            ["first_response", "completed_on_time", "2026-06-01T11:30"],
            ["next_response", "active", "2026-06-01T13:15"],
            ["close", "active", "2026-06-01T14:30"],
        ];
        expect(desk, ANSWERED, &answered);
        let in_time = [["first_response", "completed_on_time", "2026-06-01T10:00"], ["close", "completed_on_time", "2026-06-01T13:00"]];
        expect(desk, IN_TIME, &in_time);
        expect(desk, LATE, &APPLIED_CLOSED);
        expect(desk, WITH_TICKET, &[["first_response", "overdue", "2026-06-01T11:45"], ["close", "active", "2026-06-01T14:45"]]);
        let report = desk.json(&["migrations", "report"]);
        assert_eq!(report["sla"], json!({ "choice": "apply", "with_clocks": 5, "exempt": 0, "overdue": 2 }));
    }

    pub fn m12_restart_runs_from_the_move(desk: &Desk) {
        history(desk);
        assert_eq!(start(desk, &["--sla-historic", "restart"])["sla_historic"], "restart");
        let fresh = [["first_response", "active", "2026-06-01T13:00"], ["close", "active", "2026-06-01T16:00"]];
        expect(desk, UNANSWERED, &fresh);
        expect(desk, ANSWERED, &[["next_response", "active", "2026-06-01T14:00"], ["close", "active", "2026-06-01T16:00"]]);
        expect(desk, IN_TIME, &[]);
        expect(desk, LATE, &[]);
        expect(desk, WITH_TICKET, &fresh);
        assert_eq!(verify(desk), [""; 0]);
    }

    pub fn m12_exempt_stays_exempt(desk: &Desk) {
        history(desk);
        start(desk, &["--sla-historic", "exempt"]);
        desk.run_at("2026-06-01T12:00:30Z", &["sla", "set", "--close", "1h", "--apply-to", "open"]).json();
        desk.run_at("2026-06-01T12:00:40Z", &["conversations", "reply", "1", "--text", "Here"]).json();
        for conversation in [UNANSWERED, ANSWERED, IN_TIME, LATE, WITH_TICKET] {
            expect(desk, conversation, &[]);
        }
        assert_eq!(verify(desk), [""; 0]);
        let report = desk.json(&["migrations", "report"]);
        assert_eq!(report["sla"], json!({ "choice": "exempt", "with_clocks": 0, "exempt": 5, "overdue": 0 }));
    }

    pub fn m12_open_and_closed_are_chosen_apart(desk: &Desk) {
        history(desk);
        start(desk, &["--sla-historic", "closed=apply,open=exempt"]);
        expect(desk, UNANSWERED, &[]);
        expect(desk, WITH_TICKET, &[]);
        expect(desk, LATE, &APPLIED_CLOSED);
        assert_eq!(verify(desk), [""; 0]);
    }

    pub fn m12_the_plan_counts_what_each_choice_makes_overdue(desk: &Desk) {
        history(desk);
        let plan = |more: &[&str]| desk.run_at(MOVE, &[&["migrations", "plan", CHANNEL, "--history", "all"], more].concat()).json();
        let map = ["--map", "open=New", "--map", "closed=Closed"];
        let answer = plan(&map);
        let sla = &answer["plans"][0]["sla"];
        let target = |kind: &str, overdue: i64, missed: i64| json!({ "target": kind, "overdue": overdue, "missed": missed });
        let open = json!({ "tickets": 3, "overdue": 2, "missed": 0,
            "targets": [target("first_response", 2, 0), target("next_response", 0, 0), target("close", 0, 0)] });
        let closed = json!({ "tickets": 2, "overdue": 0, "missed": 1,
            "targets": [target("first_response", 0, 1), target("next_response", 0, 0), target("close", 0, 1)] });
        assert_eq!(sla["choices"][0], json!({ "choice": "apply", "open": open, "closed": closed }));
        for (number, choice) in [(1, "restart"), (2, "exempt")] {
            let found = &sla["choices"][number];
            let counted = |of: &str| (found[of]["tickets"].clone(), found[of]["overdue"].clone(), found[of]["missed"].clone());
            assert_eq!(found["choice"], choice);
            assert_eq!((counted("open"), counted("closed")), ((json!(3), json!(0), json!(0)), (json!(2), json!(0), json!(0))));
        }
        let finding = |answer: &Value| {
            let findings = answer["plans"][0]["findings"].as_array().unwrap().clone();
            findings.into_iter().find(|finding| finding["code"] == "sla_historic").unwrap()
        };
        let found = finding(&answer);
        assert_eq!((&found["level"], &found["rule"], &found["details"]["overdue"]), (&json!("info"), &json!("M12"), &json!(2)));
        // Without a map the first stages are assumed; a choice is told first.
        assert_eq!(&plan(&[])["plans"][0]["sla"], sla);
        let chosen = finding(&plan(&["--sla-historic", "open=restart,closed=apply"]));
        assert_eq!((&chosen["details"]["overdue"], &chosen["details"]["missed"]), (&json!(0), &json!(1)));
        let none = ["migrations", "plan", CHANNEL, "--history", "none"];
        assert_eq!(desk.run_at(MOVE, &none).json()["plans"][0]["sla"], Value::Null);
        desk.run_at(MOVE, &[&none[..], &["--sla-historic", "exempt"]].concat()).refused(2, "sla_historic_without_history");
    }

    pub fn m12_verify_knows_lost_and_unwanted_clocks(desk: &Desk) {
        history(desk);
        start(desk, &["--sla-historic", "open=apply,closed=exempt"]);
        assert_eq!(verify(desk), [""; 0]);
        let ticket_of = |tx: &mut deskctl::store::Tx<'_>, conversation: i64| {
            let sql = "SELECT ticket_id FROM conversation_tickets WHERE conversation_id = $1";
            tx.one(sql, deskctl::args![conversation], |row| row.get::<i64>()).unwrap()
        };
        desk.write(|tx| {
            let (lost, exempt) = (ticket_of(tx, UNANSWERED), ticket_of(tx, LATE));
            tx.execute("UPDATE ticket_clocks SET close_started_at = NULL WHERE ticket_id = $1", deskctl::args![lost]).unwrap();
            tx.execute("DELETE FROM ticket_slas WHERE ticket_id = $1", deskctl::args![exempt]).unwrap();
        });
        assert_eq!(verify(desk), ["sla_clocks_lost", "sla_not_exempt"]);
    }

    pub fn m5_the_plan_warns_where_no_sla_is_set(desk: &Desk) {
        desk.json(&["channels", "connect", "--kind", "email", "--address", CHANNEL, "--name", "Mail", "--inbox", "Shared"]);
        let codes = || {
            let answer = desk.json(&["migrations", "plan", CHANNEL]);
            let findings = answer["plans"].as_array().unwrap().iter().flat_map(|plan| plan["findings"].as_array().unwrap().clone());
            let warnings = findings.filter(|finding| finding["level"] == "warning" && finding["rule"] == "M5");
            warnings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let both = |code: &str| vec![code.to_owned(); 2];
        let warned = |codes: Vec<String>| codes.into_iter().filter(|code| code == "sla_missing").collect::<Vec<_>>();
        assert_eq!(warned(codes()), both("sla_missing"));
        let strict = ["migrations", "start", CHANNEL, "--history", "none", "--strict", "--yes", "--quiet"];
        let accepted = [&strict[..], &["--accept", "ticket_creation_off", "--accept", "agents_without_access"]].concat();
        let refused = desk.run(&accepted).refused(10, "warnings_not_accepted");
        assert_eq!(refused["details"]["codes"], json!(["sla_missing"]));
        desk.json(&["sla", "set", "--close", "4h"]);
        assert_eq!(warned(codes()), both("")[..0]);
        desk.json(&["sla", "clear"]);
        desk.json(&[&accepted[..], &["--accept", "sla_missing"]].concat());
    }
}
