//! Everything that a client sends is bounded, in size and in time (G10).

use std::time::Duration;

use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server};
use super::http::{Client, Request};

/// The smallest limit that there is.
const MIB: usize = 1 << 20;

fn small(desk: &Desk) -> Server {
    Server::start_with(desk, &["--max-body", "1"])
}

fn padded(bytes: usize) -> Value {
    json!({ "name": "x".repeat(bytes), "limits": {} })
}

fn chunked(request: &Request<'_>, chunk: &[u8], count: usize) -> Vec<u8> {
    let head = request.head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let mut bytes = head.into_bytes();
    for _ in 0..count {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

#[test]
fn g10_a_body_is_bounded_by_what_it_says_and_by_what_it_is() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = small(&desk);
    let update = Request::op("account.update", &padded(1)).token(&token);
    let too_large = (413, "body_too_large".to_owned());

    // It is refused by what it says, before anything of it is there.
    let mut client = server.client();
    client.send(update.head(MIB + 1).as_bytes()).unwrap();
    assert_eq!(client.answer().unwrap().refusal(), too_large);
    client.send(update.head(usize::MAX).as_bytes()).ok();
    assert!(client.is_closed_within(Duration::from_secs(5)), "what would come is no request");
    assert_eq!(server.ask(&Request::op("account.update", &padded(MIB - 100)).token(&token)).status, 400, "a name of 1 MiB is too long");

    // In chunks it says nothing.
    let mut client = server.client();
    client.send(&chunked(&update, &[b' '; 1 << 16], 20)).ok();
    assert_eq!(client.answer().unwrap().refusal(), too_large);
    let fits = chunked(&Request::op("account.show", &json!({})).token(&token), b"{    }", 1);
    let mut client = server.client();
    client.send(&fits).unwrap();
    assert_eq!(client.answer().unwrap().status, 200);
    let mut trailing = chunked(&Request::op("account.show", &json!({})).token(&token), &[b' '; 1 << 10], 100);
    trailing.truncate(trailing.len() - 2);
    trailing.extend(b"Trailer: x\r\n\r\n");
    client.send(&trailing).unwrap();
    assert_eq!(client.answer().unwrap().status, 200, "spaces are no arguments, trailers say nothing");

    // Without a token the body is not even looked at.
    let mut client = server.client();
    client.send(update.without("Authorization").head(MIB + 1).as_bytes()).unwrap();
    assert_eq!(client.answer().unwrap().status, 401);
}

#[test]
fn g10_a_head_is_bounded() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let health = Request::get("/health");
    assert_eq!(server.ask(&health.clone().with("X-Filler", &"x".repeat(16 << 10))).status, 200);
    // One read beyond the limit may still find its end.
    assert_eq!(server.ask(&health.clone().with("X-Filler", &"x".repeat(65 << 10))).status, 431);
    let many = (0..60).fold(health.clone(), |request, _| request.with("X-Filler", "x"));
    assert_eq!(server.ask(&many).status, 200);
    assert_eq!(server.ask(&(0..64).fold(many, |request, _| request.with("X-Filler", "x"))).status, 431);
    let long = server.ask(&Request::get(&format!("/{}", "x".repeat(70 << 10))));
    assert!([414, 431].contains(&long.status), "{}", long.status);
    assert_eq!(server.ask(&health).status, 200);
}

#[test]
fn g10_nesting_pages_and_encodings_are_bounded() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let raw = |operation: &str, body: &str| {
        let request = Request::op(operation, &json!({})).token(&token);
        let mut client = server.client();
        client.send((request.head(body.len()) + body).as_bytes()).unwrap();
        client.answer().unwrap()
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let deep = format!("{{\"limits\": {}1{}}}", open.repeat(50_000), close.repeat(50_000));
        assert_eq!(raw("account.update", &deep).refusal(), (400, "bad_arguments".into()), "{open}");
        let deep = format!("{}{}", open.repeat(200), close.repeat(200));
        assert_eq!(raw("account.show", &deep).refusal(), (400, "bad_arguments".into()), "{open}");
    }
    for body in ["", "{}", " {} ", "null", "[]", "7", "\"x\"", "{", "{}{}", "\0", "\u{feff}{}", "{\"a\":1,\"a\":2}"] {
        let status = raw("account.show", body).status;
        assert!([200, 400].contains(&status), "{body:?}: {status}");
    }

    let page = |operation: &str, arguments: Value| {
        let output = server.call(&token, operation, &arguments).output();
        output["items"].as_array().unwrap().len()
    };
    desk.write(|tx| {
        for _ in 0..1_100 {
            let audited = deskctl::store::audit::Entry {
                id: 0,
                at: deskctl::domain::time::Time(0),
                actor: "x".into(),
                acting_for: None,
                operation: "x.y".into(),
                arguments: json!({}),
                outcome: "done".into(),
                times: 1,
                client: None,
                proxy: None,
            };
            deskctl::store::audit::add(tx, &audited)?;
        }
        Ok(())
    });
    for limit in [1_000, 1_001, 1_000_000, i64::MAX] {
        assert_eq!(page("audit.list", json!({ "page": { "limit": limit } })), 1_000, "{limit}");
    }
    for limit in [0, -1, i64::MIN] {
        assert_eq!(page("audit.list", json!({ "page": { "limit": limit } })), 1, "{limit}");
    }
    for (operation, arguments) in [
        ("tickets.list", json!({ "everywhere": true, "spam": false, "limit": i64::MAX })),
        ("conversations.list", json!({ "page": { "limit": i64::MAX } })),
        ("contacts.list", json!({ "page": { "limit": i64::MAX, "after": i64::MAX } })),
        ("companies.list", json!({ "page": { "limit": i64::MIN, "after": i64::MIN } })),
        ("outbox.list", json!({ "page": { "limit": 1_000_000_000 } })),
    ] {
        let answer = server.call(&token, operation, &arguments);
        assert!(answer.status == 400 || answer.output()["items"].as_array().unwrap().len() <= 1_000, "{operation}");
    }

    let show = Request::op("account.show", &json!({})).token(&token);
    for encoding in ["gzip", "br", "deflate", "identity", "zstd"] {
        assert_eq!(server.ask(&show.clone().with("Content-Encoding", encoding)).refusal(), (415, "unsupported_media_type".into()));
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "multipart/form-data", ""] {
        let refused = server.ask(&show.clone().without("Content-Type").with("Content-Type", kind));
        assert_eq!(refused.refusal(), (415, "unsupported_media_type".into()), "{kind}");
    }
    assert_eq!(server.ask(&show.clone().without("Content-Type").with("Content-Type", "Application/JSON; charset=utf-8")).status, 200);
}

#[test]
fn g10_idle_and_slow_connections_are_closed_in_time() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start_with(&desk, &["--header-timeout", "1", "--timeout", "1"]);
    let whoami = Request::op("account.whoami", &json!({})).token(&token);
    let limit = Duration::from_secs(6);

    let mut silent = server.client();
    let mut half = server.client();
    half.send(b"POST /deskctl/v1/ops/acc").unwrap();
    let mut idle = server.client();
    assert_eq!(idle.ask(&whoami).unwrap().status, 200);
    // The body never comes, or never ends; for an operation, a stream, and the doctor.
    let mut bodies: Vec<Client> = Vec::new();
    for request in [
        whoami.clone(),
        Request::stream("account.export", &json!({})).token(&token),
        Request::post("/deskctl/v1/doctor", &json!({})).token(&token),
    ] {
        let mut never = server.client();
        never.send(request.head(100).as_bytes()).unwrap();
        bodies.push(never);
        let mut endless = server.client();
        let head = request.head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
        endless.send(format!("{head}1\r\n{{\r\n").as_bytes()).unwrap();
        bodies.push(endless);
    }
    // One byte now and then is no excuse.
    let mut drip = server.client();
    let dripping = std::thread::spawn(move || {
        for byte in whoami.bytes().iter().take(200) {
            if drip.send(&[*byte]).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the whole head could be dripped in");
    });
    for mut client in bodies {
        assert_eq!(client.answer().unwrap().refusal(), (503, "timed_out".into()));
        assert!(client.is_closed_within(limit), "what comes later is no request");
    }
    for client in [&mut silent, &mut half, &mut idle] {
        assert!(client.is_closed_within(limit));
    }
    dripping.join().unwrap();
    assert_eq!(server.ask(&Request::get("/health")).status, 200);
}

/// A client that asks for much and takes nothing of it is let go, and others stream meanwhile.
#[test]
fn g10_a_client_that_takes_no_answer_is_let_go() {
    // More than the system takes in for a client.
    let desk = Desk::generated(8_000);
    let token = desk.token(&desk.admin(), &[]);
    let server = Server::start_with(&desk, &["--write-timeout", "1", "--store-connections", "1"]);
    let export = Request::stream("account.export", &json!({})).token(&token);
    let stalled: Vec<Client> = (0..3)
        .map(|_| {
            let mut client = server.client();
            client.send(&export.bytes()).unwrap();
            client
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    // Reading goes on beside them.
    assert_eq!(server.call(&token, "account.whoami", &json!({})).status, 200);
    let mut reading = server.client();
    let answer = reading.ask(&export).unwrap();
    assert_eq!(answer.status, 200);
    let last = answer.text().lines().last().unwrap_or_default().to_owned();
    assert!(last.starts_with("{\"end\""), "{}", &last[..last.len().min(200)]);
    drop(stalled);
}
