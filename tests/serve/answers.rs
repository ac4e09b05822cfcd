//! Answers that are none, or not whole: what the client makes of them.

use serde_json::json;

use super::fake::{Asked, Fake, Said, answer, ask, client, json};

const HTML: &str = "Content-Type: text/html\r\n";
const JSON: &str = "Content-Type: application/json\r\n";
const PAGE: &str = "<html><body>Something else lives here</body></html>";

fn whoami() -> Vec<u8> {
    let output = json!({
        "email": "a@example.com", "name": "A", "role": "member", "permissions": [], "seat": "core", "help_desk_access": false,
        "ticket_access": "all", "unassigned_visible": true, "account": "Acme", "schema_version": 3,
    });
    json(&json!({ "output": output, "zone": "UTC", "notices": [] }))
}

fn error(status: &str, body: &serde_json::Value) -> Vec<u8> {
    answer(status, "Content-Type: application/json\r\n", &json!({ "error": body }).to_string())
}

#[test]
fn what_is_no_deskctl_server_is_told_apart() {
    for (answered, exit, code) in [
        (answer("200 OK", HTML, PAGE), 7, "no_deskctl_server"),
        (json(&json!([1, 2])), 1, "unknown_answer"),
        (json(&json!({ "output": { "email": 7 }, "zone": "UTC" })), 1, "unknown_answer"),
        (answer("200 OK", "", ""), 7, "no_deskctl_server"),
        (answer("204 No Content", "", ""), 7, "no_deskctl_server"),
        (answer("200 OK", JSON, "{\"output\": "), 7, "no_deskctl_server"),
        (answer("200 OK", JSON, "<html>"), 7, "no_deskctl_server"),
        (answer("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "{}"), 7, "no_deskctl_server"),
        (error("500 Internal Server Error", &json!({ "code": "odd", "message": "odd", "exit": 0 })), 7, "no_deskctl_server"),
        (error("500 Internal Server Error", &json!({ "code": "broken_pipe", "message": "odd", "exit": 1 })), 7, "no_deskctl_server"),
        (answer("511 Network Authentication Required", HTML, PAGE), 7, "no_deskctl_server"),
        (answer("404 Not Found", HTML, PAGE), 7, "no_deskctl_server"),
        (answer("401 Unauthorized", HTML, PAGE), 7, "no_deskctl_server"),
        (answer("500 Internal Server Error", HTML, PAGE), 7, "no_deskctl_server"),
        (error("404 Not Found", &json!("a text")), 7, "no_deskctl_server"),
        (b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), 7, "unreachable"),
    ] {
        let fake = Fake::always(answered.clone());
        let said = ask(&fake.url, &["whoami"]);
        assert_eq!(said.refusal(), (exit, code.into()), "{}", String::from_utf8_lossy(&answered));
        assert!(said.stdout.is_empty() && said.error()["message"].as_str().unwrap().contains(&fake.url), "{said:?}");
    }
}

#[test]
fn a_servers_error_ends_as_it_would_on_a_store() {
    for (status, body, exit) in [
        (
            "409 Conflict",
            json!({ "code": "kind_cannot_move", "message": "no", "hint": "do this", "details": { "rule": "M8" }, "exit": 6 }),
            6,
        ),
        ("423 Locked", json!({ "code": "locked", "message": "busy", "exit": 11 }), 11),
        ("409 Conflict", json!({ "code": "warnings_not_accepted", "message": "no", "exit": 10 }), 10),
        // Of a later version: an exit code that is not known means failure, and so does none.
        ("418 I'm a teapot", json!({ "code": "tea", "message": "no coffee", "exit": 77, "later": { "x": 1 } }), 1),
        ("400 Bad Request", json!({ "code": "odd", "message": "odd" }), 1),
    ] {
        let fake = Fake::always(error(status, &body));
        let said = ask(&fake.url, &["whoami"]);
        assert_eq!((said.exit, fake.asked().len()), (exit, 1), "an answer is final: {said:?}");
        for field in ["code", "message", "hint", "details"] {
            assert_eq!(said.error()[field], body[field], "{field}");
        }
    }
}

#[test]
fn a_server_that_asks_for_patience_is_asked_again() {
    for status in ["503 Service Unavailable", "429 Too Many Requests", "502 Bad Gateway", "504 Gateway Timeout"] {
        let busy = answer(status, "Retry-After: 1\r\n", "");
        let fake = Fake::start(move |number, _| if number == 0 { busy.clone() } else { whoami() });
        let began = std::time::Instant::now();
        let said = ask(&fake.url, &["whoami"]).ok();
        assert!(said.stdout.contains("a@example.com") && said.stderr.is_empty(), "{said:?}");
        assert_eq!(fake.asked().len(), 2);
        assert!(began.elapsed().as_secs() >= 1, "Retry-After is kept");
    }
    // For how long is not said, and it goes on and on.
    let fake = Fake::always(answer("503 Service Unavailable", HTML, PAGE));
    assert_eq!(ask(&fake.url, &["whoami"]).refusal(), (7, "no_deskctl_server".into()));
    assert_eq!(fake.asked().len(), 4);
    // Longer than anyone waits.
    let fake = Fake::always(answer("429 Too Many Requests", "Retry-After: 3600\r\n", ""));
    assert_eq!((ask(&fake.url, &["whoami"]).exit, fake.asked().len()), (7, 1));
}

/// A write may have been carried out before the connection broke: it is asked again under the same key only.
#[test]
fn a_write_is_sent_again_under_the_same_key() {
    let name = json!({ "name": "Later", "time_zone": "UTC", "limits": {}, "created_at": "2026-11-20T09:00:00Z" });
    let done = json(&json!({ "output": name, "zone": "UTC", "notices": [] }));
    let broken = move |number: usize, _: &Asked| match number {
        // Nothing, and then half of an answer.
        0 => Vec::new(),
        1 => done[..done.len() - 9].to_vec(),
        _ => done.clone(),
    };
    let fake = Fake::start(broken);
    ask(&fake.url, &["account", "update", "--name", "Later"]).ok();
    let asked = fake.asked();
    let keys: Vec<&str> = asked.iter().map(|asked| asked.header("idempotency-key").unwrap()).collect();
    assert_eq!((keys.len(), keys[0].len() >= 32), (3, true), "{keys:?}");
    assert!(keys.iter().all(|key| *key == keys[0]) && asked.iter().all(|request| request.body == asked[0].body));

    let fake = Fake::always(whoami());
    ask(&fake.url, &["whoami"]);
    assert_eq!(fake.asked()[0].header("idempotency-key"), None, "reading needs none");
    let fake = Fake::always(Vec::new());
    ask(&fake.url, &["account", "update", "--name", "Later", "--idempotency-key", "mine"]);
    assert!(fake.asked().iter().all(|asked| asked.header("idempotency-key") == Some("mine")));
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    let whole = whoami();
    for length in [0, 10, whole.len() - 1] {
        let part = whole[..length].to_vec();
        let fake = Fake::always(part);
        let said = ask(&fake.url, &["whoami"]);
        let code = if length < 20 { "unreachable" } else { "cut_off" };
        assert_eq!((said.refusal(), said.stdout.as_str()), ((7, code.into()), ""), "{length} bytes");
        assert_eq!(fake.asked().len(), 4, "what reads may be asked again");
    }
}

/// The lines of a verification up to one of them, and how the answer ends then.
fn verification(lines: &[serde_json::Value], end: &str) -> Fake {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let chunk = format!("{:x}\r\n{text}\r\n{end}", text.len());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let stream = format!("{head}{chunk}").into_bytes();
    let status = json!({
        "id": 1, "channel": "c", "state": "completed", "last_error": null, "phase": "verifying", "history": "none", "map": [], "total": 1,
        "done": 1, "tickets_created": 0, "tickets_moved": 0, "unassigned": 0, "percent": 100.0, "rate_per_second": 1.0, "eta_seconds": null,
        "notifications_muted": false, "start_at": null, "started_at": "2026-11-20T09:00:00Z", "updated_at": "2026-11-20T09:00:00Z",
        "finished_at": null, "started_by": "a@example.com", "next_channels": 0, "log": null, "takeovers": 1, "first_of_start": 1,
    });
    let shown = json(&json!({ "output": status, "zone": "UTC", "notices": [] }));
    Fake::start(move |_, asked| if asked.head.contains("/streams/") { stream.clone() } else { shown.clone() })
}

fn item(conversation: i64) -> serde_json::Value {
    json!({ "item": { "sign": "=", "conversation": conversation, "ticket": null, "changed_since": false, "arrival": false, "problems": [] } })
}

fn end() -> serde_json::Value {
    let summary = json!({ "same": 2, "missing": 0, "unexpected": 0, "wrong": 0, "changed_since": 0, "arrivals": 0 });
    json!({ "end": { "output": { "migration": 1, "summary": summary }, "zone": "UTC", "notices": [] } })
}

#[test]
fn a_stream_that_breaks_off_is_no_success() {
    let good = verification(&[item(1), json!({}), item(2), end()], "0\r\n\r\n");
    assert!(ask(&good.url, &["migrations", "verify", "1"]).ok().stderr.contains("2 ="));

    // In the middle of a chunk, between two, and with a proper end of the body.
    for end in ["20\r\n{\"item\":", "", "0\r\n\r\n", "8\r\n{\"end\": \r\n0\r\n\r\n"] {
        let fake = verification(&[item(1), item(2)], end);
        let json = ask(&fake.url, &["migrations", "verify", "1"]);
        assert_eq!(json.refusal(), (7, "cut_off".into()), "{end:?}");
        assert!(serde_json::from_str::<serde_json::Value>(&json.stdout).is_err(), "half a list is no list: {}", json.stdout);
        assert!(!json.stderr.contains("0 ! wrong"), "{}", json.stderr);
        assert_eq!(fake.asked().iter().filter(|asked| asked.head.contains("/streams/")).count(), 1, "what is out cannot be taken back");
        for format in ["table", "ndjson", "csv"] {
            let home = tempfile::tempdir().unwrap();
            let said = Said::of(client(home.path(), &fake.url, &["migrations", "verify", "1", "--all", "-o", format]).output().unwrap());
            assert!(said.exit == 7 && said.stderr.contains("broke the answer off") && !said.stderr.contains("0 ! wrong"), "{said:?}");
        }
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let fake = verification(&[json!({ "item": "eyJh" })], "0\r\n\r\n");
    let home = tempfile::tempdir().unwrap();
    for arguments in
        [&["export", "account", "out.json", "-o", "json"][..], &["conversations", "attachment", "1", "--to", "out.json", "-o", "json"]]
    {
        let said = Said::of(client(home.path(), &fake.url, arguments).current_dir(home.path()).output().unwrap());
        assert_ne!(said.exit, 0, "{arguments:?} {said:?}");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "{arguments:?}");
    }
}

#[test]
fn an_error_in_the_midst_of_a_stream_is_the_answer() {
    let lost = json!({ "error": { "code": "schema_old", "message": "upgrade it", "exit": 1, "request_id": "r1" } });
    let said = ask(&verification(&[item(1), lost], "0\r\n\r\n").url, &["migrations", "verify", "1"]);
    assert_eq!(said.refusal(), (1, "schema_old".into()));
    let unknown = ask(&verification(&[json!({ "item": 7 }), end()], "0\r\n\r\n").url, &["migrations", "verify", "1"]);
    assert_eq!(unknown.refusal(), (1, "unknown_answer".into()));
}

#[test]
fn nobody_there_is_unreachable() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = ask(&format!("http://{nobody}"), &["whoami"]);
    assert_eq!(said.refusal(), (7, "unreachable".into()));
    assert!(said.error()["hint"].as_str().unwrap().contains("deskctl serve"), "{said:?}");
}
