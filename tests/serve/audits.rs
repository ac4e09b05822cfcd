//! The audit stays small and readable, whatever is sent (G1, G23).

use deskctl::domain::abridged::RECORD;
use serde_json::{Value, json};

use super::desk::{BOSS, Desk, MEMBER, Server, both};
use super::http::Request;

/// The longest record, in bytes.
fn longest(desk: &Desk) -> i64 {
    desk.count(
        "SELECT max(octet_length(arguments) + octet_length(actor) + octet_length(operation) + octet_length(outcome) \
         + coalesce(octet_length(acting_for), 0)) FROM audit",
    )
}

/// As much as the bounds of arguments let through.
fn heavy() -> Value {
    json!({ "channel": "support@acme.example", "from": "jan@example.com", "text": "ł".repeat(100_000),
        "references": vec!["r".repeat(1_000); 1_000], "cc": vec!["c".repeat(900); 900] })
}

#[test]
fn g23_a_record_is_small_whatever_was_asked_and_whoever_was_refused() {
    for desk in both() {
        let (boss, member) = (desk.token(BOSS, &[]), desk.token(MEMBER, &[]));
        let server = Server::start(&desk);
        assert_eq!(server.call(&boss, "conversations.receive", &heavy()).status, 200);
        assert_eq!(server.call(&member, "conversations.receive", &heavy()).status, 403);
        let as_other = Request::op("conversations.receive", &heavy()).token(&boss).with("Deskctl-As", &"n".repeat(20_000));
        assert_eq!(server.ask(&as_other).status, 403);
        let free = json!({ "limits": (0..1_000).map(|n| (n.to_string(), json!("x".repeat(10_000)))).collect::<serde_json::Map<_, _>>() });
        assert_eq!(server.call(&member, "account.update", &free).status, 403);
        assert!(longest(&desk) <= RECORD as i64, "{}", longest(&desk));
        let shown = server.call(&boss, "audit.list", &json!({})).output();
        let of = |outcome: &str| shown["items"].as_array().unwrap().iter().find(|row| row["outcome"] == outcome).unwrap().clone();
        assert_eq!(of("done")["arguments"]["from"], "jan@example.com");
        assert!(of("done")["arguments"]["text"].as_str().unwrap().ends_with("… (200000 bytes)"), "{shown}");
        assert_eq!(of("not_permitted")["actor"], MEMBER);
    }
}

#[test]
fn g23_a_flood_of_refusals_is_a_record_a_minute() {
    for desk in both() {
        let (boss, member) = (desk.token(BOSS, &[]), desk.token(MEMBER, &[]));
        let server = Server::start(&desk);
        let before = desk.last_audit();
        let mut client = server.client();
        for n in 0..60 {
            let request = Request::op("account.update", &json!({ "name": format!("name {n}") })).token(&member);
            assert_eq!(client.ask(&request.with("Deskctl-As", &format!("x{n}@acme.example"))).unwrap().status, 403);
            assert_eq!(client.ask(&Request::op("audit.list", &json!({})).token(&member)).unwrap().status, 403);
        }
        // The minute may have turned meanwhile.
        let records = desk.count(&format!("SELECT count(*) FROM audit WHERE id > {before}"));
        assert!((2..=4).contains(&records), "{records}");
        assert_eq!(desk.count("SELECT CAST(sum(times) AS bigint) FROM audit WHERE outcome = 'not_permitted'"), 120);
        let listed = server.call(&boss, "audit.list", &json!({ "actor": MEMBER })).output();
        let times: i64 = listed["items"].as_array().unwrap().iter().map(|row| row["times"].as_i64().unwrap_or(1)).sum();
        assert_eq!(times, 120);
        // What was done is told each time.
        for _ in 0..3 {
            assert_eq!(server.call(&boss, "account.update", &json!({ "name": "Same" })).status, 200);
        }
        assert_eq!(desk.audit(before).iter().filter(|(actor, ..)| actor == BOSS).count(), 3);
    }
}

#[test]
fn a_page_of_the_audit_ends_where_it_is_large_and_shows_what_earlier_versions_kept() {
    for desk in both() {
        let boss = desk.token(BOSS, &[]);
        desk.write(|tx| {
            for n in 0..600 {
                let (arguments, operation) = (json!({ "text": "x".repeat(3_000) }).to_string(), format!("old.{n}"));
                tx.execute(
                    "INSERT INTO audit (at, actor, acting_for, operation, arguments, outcome) VALUES (0, 'x', $1, $2, $3, 'done')",
                    deskctl::args!["y".repeat(30_000), operation, arguments],
                )?;
            }
            let huge = json!({ "ids": vec![1; 3_000_000] }).to_string();
            tx.execute(
                "INSERT INTO audit (at, actor, operation, arguments, outcome) VALUES (0, 'x', 'old.huge', $1, 'done')",
                deskctl::args![huge],
            )
            .map(drop)
        });
        let server = Server::start(&desk);
        let (mut after, mut seen, mut pages) = (Value::Null, 0, 0);
        loop {
            let answer = server.call(&boss, "audit.list", &json!({ "operation": "old.", "page": { "limit": 1_000, "after": after } }));
            assert!(answer.body.len() < 3 << 20, "{}", answer.body.len());
            let page = answer.output();
            (seen, pages) = (seen + page["items"].as_array().unwrap().len(), pages + 1);
            if pages == 1 {
                assert_eq!(page["items"][0]["arguments"], json!({ "…": "6000009 bytes" }));
            }
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert!(seen == 601 && pages > 1, "{seen} {pages}");
        let all = desk.done(&["audit", "list", "--operation", "old.", "--all", "-o", "ndjson"]);
        assert_eq!(all.lines().count(), 601);
    }
}
