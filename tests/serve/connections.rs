//! Connections: bounded in all and for each address, known by where they come from, and never in the way of `/health` (G10).

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server, wait_until};
use super::http::{Client, Request};

const HEALTH: &str = "/health";

fn is_healthy(server: &Server) {
    let began = Instant::now();
    assert_eq!(server.ask(&Request::get(HEALTH)).status, 200);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn g10_whoever_only_holds_connections_loses_them() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    // Nothing times out here: what makes room is that others come.
    let server = Server::start_with(&desk, &["--max-connections", "50", "--header-timeout", "600"]);
    let mut first = server.client();
    assert_eq!(first.ask(&Request::get(HEALTH)).unwrap().status, 200);
    let idle: Vec<Client> = (0..120)
        .map(|number| {
            let mut client = server.client();
            match number % 3 {
                0 => assert_eq!(client.ask(&Request::get(HEALTH)).unwrap().status, 200),
                1 => client.send(b"GET /health HTTP/1.1\r\nHo").unwrap(),
                _ => {}
            }
            client
        })
        .collect();
    is_healthy(&server);
    // Those that have just come may still ask for something.
    wait_until("room", || server.call(&token, "account.whoami", &json!({})).status == 200);
    assert!(first.is_closed_within(Duration::from_secs(5)), "it was idle for longest");
    let metrics = server.ask(&Request::get("/metrics")).text();
    let open = metrics.lines().find_map(|line| line.strip_prefix("deskctl_connections ")).unwrap().parse::<usize>().unwrap();
    assert!(open <= 50 + 32, "{open} of {}", idle.len());
}

/// Requests whose bodies do not come.
fn stuck(server: &Server, token: &str, count: usize) -> Vec<Client> {
    let request = Request::op("account.whoami", &json!({})).token(token);
    let metrics = || server.ask(&Request::get("/metrics")).text();
    let clients = (1..=count).map(|number| {
        let mut client = server.client();
        client.send(request.head(100).as_bytes()).unwrap();
        // One after the other: none is taken for idle before the server has seen what is asked on it.
        let wanted = format!("deskctl_requests_in_flight {}\n", number + 1);
        wait_until("the request to be in flight", || metrics().contains(&wanted));
        client
    });
    clients.collect()
}

#[test]
fn g10_health_is_answered_while_all_connections_are_at_work() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start_with(&desk, &["--max-connections", "4", "--max-connections-per-address", "4"]);
    let stuck = stuck(&server, &token, 4);
    is_healthy(&server);
    let refused = server.call(&token, "account.whoami", &json!({}));
    assert_eq!(refused.refusal(), (429, "too_busy".into()));
    assert_eq!((refused.header("retry-after"), refused.header("connection")), (Some("1"), Some("close")));
    // However many hold on to it.
    let spare: Vec<Client> = (0..100).map(|_| server.client()).collect();
    is_healthy(&server);
    drop((stuck, spare));
    wait_until("room", || server.call(&token, "account.whoami", &json!({})).status == 200);
}

#[test]
fn g10_one_address_has_its_share() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start_with(&desk, &["--max-connections", "100", "--max-connections-per-address", "3"]);
    let _stuck = stuck(&server, &token, 3);
    assert_eq!(server.call(&token, "account.whoami", &json!({})).refusal(), (429, "too_busy".into()));
    is_healthy(&server);
    // Behind a proxy there are many.
    let arguments = ["--max-connections", "100", "--max-connections-per-address", "3", "--trusted-proxy", "127.0.0.0/8"];
    let proxied = Server::start_with(&desk, &arguments);
    let _stuck = self::stuck(&proxied, &token, 10);
    proxied.call(&token, "account.whoami", &json!({})).output();
}

/// The lines of the log that a message has.
fn logged(server: &Server, message: &str, id: &str) -> Option<Value> {
    let lines = server.log();
    let found = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    found.into_iter().find(|line| line["message"] == message && line["request_id"] == id)
}

fn wait_for_line(server: &Server, message: &str, id: &str) -> Value {
    wait_until(&format!("\"{message}\" of {id}"), || logged(server, message, id).is_some());
    logged(server, message, id).unwrap()
}

#[test]
fn log_and_audit_say_where_a_request_came_from() {
    for desk in super::desk::both() {
        let token = desk.token(BOSS, &[]);
        for (number, (arguments, client, proxy)) in
            [(&[][..], "127.0.0.1", None), (&["--trusted-proxy", "127.0.0.1"][..], "203.0.113.7", Some("127.0.0.1"))]
                .into_iter()
                .enumerate()
        {
            let server = Server::start_with(&desk, arguments);
            // What is refused again within the minute is counted in one record: each is refused for something of its own.
            let refused = ["account.update", "teams.create"][number];
            for (kind, operation, name) in [("done", "account.update", "Other"), ("refused", refused, "")] {
                let (id, last) = (format!("r{number}-{kind}"), desk.last_audit());
                let request = Request::op(operation, &json!({ "name": name })).token(&token);
                server.ask(&request.with("X-Forwarded-For", "198.51.100.1, 203.0.113.7").with("X-Request-Id", &id));
                let line = wait_for_line(&server, "request", &id);
                assert_eq!((line["client"].as_str(), line["proxy"].as_str()), (Some(client), proxy), "{line}");
                let rows = server.call(&token, "audit.list", &json!({ "page": { "limit": 1 } })).output();
                let row = &rows["items"][0];
                assert!(row["id"].as_i64().unwrap() > last, "{kind}");
                assert_eq!((row["client"].as_str(), row["proxy"].as_str()), (Some(client), proxy), "{row}");
            }
        }
        desk.done(&["account", "update", "--name", "By hand"]);
        let listed: Value = serde_json::from_str(&desk.done(&["audit", "list", "--limit", "1", "-o", "json"])).unwrap();
        assert_eq!(listed[0]["client"], Value::Null, "done on the store itself: {listed}");
    }
}

#[test]
fn the_log_says_how_a_stream_ended_and_how_long_it_took() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let export = Request::stream("account.export", &json!({})).token(&token);
    let whole = server.ask(&export.clone().with("X-Request-Id", "whole"));
    let line = wait_for_line(&server, "stream ended", "whole");
    assert_eq!((&line["outcome"], &line["operation"], &line["client"]), (&json!("done"), &json!("account.export"), &json!("127.0.0.1")));
    assert_eq!(line["bytes"].as_u64(), Some(whole.body.len() as u64));
    assert!(line["duration_ms"].as_f64().unwrap() > 0.0 && line["lines"].as_u64().unwrap() > 10, "{line}");

    desk.write(|tx| tx.execute("ALTER TABLE messages RENAME TO gone", &[]).map(drop));
    let broken = server.ask(&export.clone().with("X-Request-Id", "broken"));
    if broken.status == 200 {
        assert_eq!(wait_for_line(&server, "stream ended", "broken")["outcome"], "unexpected");
    }
    let metrics = server.ask(&Request::get("/metrics")).text();
    assert!(metrics.contains("deskctl_stream_duration_seconds_count{operation=\"account.export\"}"), "{metrics}");
}

#[test]
fn the_log_says_that_a_client_went_away_from_its_stream() {
    let desk = Desk::generated(3_000);
    let token = desk.token(&desk.admin(), &[]);
    let server = Server::start_with(&desk, &["--write-timeout", "1"]);
    let export = Request::stream("account.export", &json!({})).token(&token);
    let mut gone = server.client();
    gone.send(&export.clone().with("X-Request-Id", "gone").bytes()).unwrap();
    gone.line().unwrap();
    drop(gone);
    assert_eq!(wait_for_line(&server, "stream ended", "gone")["outcome"], "client_gone");
}

/// Bodies of streams count as those of operations do, for as long as their streams wait for their turn.
#[test]
fn g10_bodies_of_streams_share_the_bounded_memory() {
    let Some(desk) = Desk::postgres() else { return };
    let token = desk.token(BOSS, &[]);
    let mut server = Server::start(&desk);
    server.call(&token, "account.whoami", &json!({})).output();
    let body = vec![b' '; 60 << 20];
    let head = Request::stream("account.export", &json!({})).token(&token).head(body.len());
    let (address, refused) = (server.address, std::sync::atomic::AtomicBool::new(false));
    // No stream begins while this holds the account.
    desk.write(|tx| {
        tx.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE", &[])?;
        std::thread::scope(|scope| {
            for _ in 0..5 {
                let (head, body, refused) = (&head, &body, &refused);
                scope.spawn(move || {
                    let mut client = Client::connect(address);
                    // Whoever is refused is not listened to until the end.
                    let _ = client.send(head.as_bytes()).and_then(|()| client.send(body));
                    if client.answer().is_ok_and(|answer| answer.refusal() == (429, "too_busy".into())) {
                        refused.store(true, std::sync::atomic::Ordering::Relaxed);
                    }
                });
            }
            wait_until("one to be refused", || refused.load(std::sync::atomic::Ordering::Relaxed));
            // The others need not end.
            server.kill();
        });
        Ok(())
    });
}
