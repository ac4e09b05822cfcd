//! Writes whose answer is lost: asked again under one key, and where it stays unknown, said so with the line that repeats it safely
//! (G26). And answers that are nobody's, or never end.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server, both};
use super::fake::{Fake, Said, answer, ask, client};

const JSON: &str = "Content-Type: application/json\r\n";
const CREATE: &[&str] = &["contacts", "create", "--last-name", "O'Neil & Sons"];

fn error(status: &str, code: &str, exit: u8) -> Vec<u8> {
    answer(status, JSON, &json!({ "error": { "code": code, "message": "no", "exit": exit } }).to_string())
}

/// A way to the server on which the first answers are lost after the server gave them, or the requests before.
fn lossy(server: &Server, lost: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (address, seen) = (server.address, Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let number = counted.fetch_add(1, Ordering::Relaxed);
            std::thread::spawn(move || pass(stream, TcpStream::connect(address).unwrap(), number < lost));
        }
    });
    (url, seen)
}

fn pass(client: TcpStream, server: TcpStream, lose: bool) {
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    std::thread::spawn(move || drop(std::io::copy(&mut from_client, &mut to_server)));
    let (mut from_server, mut to_client) = (server, client);
    if lose {
        // It has been answered, and so done.
        let _ = from_server.read(&mut [0; 16]);
        let _ = to_client.shutdown(std::net::Shutdown::Both);
        return;
    }
    let _ = std::io::copy(&mut from_server, &mut to_client);
}

fn contacts(desk: &Desk) -> i64 {
    desk.count("SELECT count(*) FROM contacts WHERE last_name LIKE 'O''Neil%'")
}

fn run(desk: &Desk, url: &str, token: &str, timeout: &str) -> Said {
    let arguments = [CREATE, &["-o", "json"]].concat();
    Said::of(client(&desk.path("."), url, &arguments).env("DESKCTL_TOKEN", token).env("DESKCTL_TIMEOUT", timeout).output().unwrap())
}

#[test]
fn g26_a_write_whose_answer_is_lost_is_done_once_and_answered() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let (url, seen) = lossy(&server, 3);
        let said = run(&desk, &url, &token, "60").ok();
        assert!(said.stdout.contains("O'Neil"), "{said:?}");
        assert_eq!((contacts(&desk), seen.load(Ordering::Relaxed)), (1, 4));
    }
}

#[test]
fn g26_what_stays_unknown_is_said_with_the_line_that_repeats_it_safely() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let (url, _) = lossy(&server, usize::MAX);
        let said = run(&desk, &url, &token, "3");
        assert_eq!(said.exit, 7, "{said:?}");
        let (error, details) = (said.error(), said.error()["details"].clone());
        assert!(error["message"].as_str().unwrap().contains("may have been done"), "{error}");
        assert_eq!(details["outcome"], "unknown");
        let (key, line) = (details["idempotency_key"].as_str().unwrap(), details["repeat"].as_str().unwrap());
        assert!(line.contains(key) && error["hint"].as_str().unwrap().contains(line), "{error}");
        assert_eq!(contacts(&desk), 1, "it was done");

        // As it is said, but by a way that loses nothing: the first answer, and no second contact.
        let line = line.replace(&url, &server.url).replacen("deskctl", env!("CARGO_BIN_EXE_deskctl"), 1);
        for _ in 0..2 {
            let again = Command::new("sh").args(["-c", &line]).env("DESKCTL_TOKEN", &token).env("HOME", desk.path(".")).output().unwrap();
            assert!(Said::of(again).ok().stdout.contains("O'Neil"));
            assert_eq!(contacts(&desk), 1);
        }
    }
}

/// Whatever comes after an answer that was lost, unless the server itself says what became of it.
#[test]
fn g26_a_doubt_is_not_forgotten() {
    let html = answer("502 Bad Gateway", "Content-Type: text/html\r\n", "<html>");
    let after: [(&str, Vec<u8>); 8] = [
        ("500 of the server", error("500 Internal Server Error", "unexpected", 1)),
        ("503 of the server", error("503 Service Unavailable", "store_away", 7)),
        ("a request that took too long", error("503 Service Unavailable", "timed_out", 7)),
        ("a proxy", html),
        ("a token that was revoked", error("401 Unauthorized", "not_authenticated", 4)),
        ("a permission that was lost", error("403 Forbidden", "not_permitted", 4)),
        ("a redirection", answer("302 Found", "Location: https://elsewhere.example/\r\n", "")),
        ("nobody", Vec::new()),
    ];
    for (what, then) in after {
        let fake = Fake::start(move |number, _| if number == 0 { Vec::new() } else { then.clone() });
        let said = ask(&fake.url, CREATE);
        let told = (said.exit, said.error()["details"]["outcome"].clone());
        assert_eq!(told, (7, json!("unknown")), "{what}: {said:?}");
        let keys: Vec<String> = fake.asked().iter().map(|asked| asked.header("idempotency-key").unwrap().to_owned()).collect();
        assert!(keys.len() > 1 && keys.iter().all(|key| *key == keys[0] && said.error()["details"]["idempotency_key"] == **key), "{what}");
    }
    // These say that it was not done.
    for (what, then) in
        [("a refusal", error("409 Conflict", "already_exists", 6)), ("wrong arguments", error("400 Bad Request", "bad_value", 2))]
    {
        let fake = Fake::start(move |number, _| if number == 0 { Vec::new() } else { then.clone() });
        let said = ask(&fake.url, CREATE);
        assert!(said.exit != 7 && said.error()["details"]["outcome"].is_null(), "{what}: {said:?}");
    }
    // And nothing is in doubt where nothing got there, where nothing is written, or where it is a rehearsal.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fake = Fake::always(Vec::new());
    for (url, arguments) in [
        (format!("http://{nobody}"), CREATE.to_vec()),
        (fake.url.clone(), vec!["whoami"]),
        (fake.url.clone(), [CREATE, &["--dry-run"]].concat()),
    ] {
        let said = ask(&url, &arguments);
        assert!(said.exit == 7 && said.error()["details"]["outcome"].is_null(), "{said:?}");
    }
}

/// Everything that answers and is no deskctl server, to what reads, what writes, and streams.
#[test]
fn what_is_no_deskctl_server_ends_with_a_code_of_its_own() {
    let page = "<html><body>Please log in to the hotel's network</body></html>";
    let strange = [
        answer("200 OK", "Content-Type: text/html\r\n", page),
        answer("200 OK", JSON, page),
        answer("200 OK", JSON, "{\"output\": {\"id\": 1"),
        answer("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "\u{1f}\u{8b}"),
        answer("200 OK", "Content-Type: text/plain\r\n", "{\"output\": {}}"),
        answer("200 OK", "", "{}"),
        answer("500 Internal Server Error", JSON, &json!({ "error": { "code": "x", "message": "x", "exit": 0 } }).to_string()),
        answer("500 Internal Server Error", JSON, &json!({ "error": { "code": "broken_pipe", "message": "x" } }).to_string()),
        answer("503 Service Unavailable", "Content-Type: text/html\r\n", page),
    ];
    for bytes in strange {
        for (arguments, writes) in [(&["whoami"][..], false), (CREATE, true), (&["export", "account", "-"], false)] {
            let fake = Fake::always(bytes.clone());
            let said = ask(&fake.url, arguments);
            assert_eq!(said.refusal(), (7, "no_deskctl_server".into()), "{arguments:?} {}", String::from_utf8_lossy(&bytes));
            assert!(fake.asked().len() > 1, "it is asked again: {arguments:?}");
            assert_eq!(said.error()["details"]["outcome"] == "unknown", writes, "{said:?}");
        }
    }
    // In the midst of a stream nothing can be asked again.
    for line in ["<html>\n", "{\"item\": \n", "{\"error\": {\"code\": \"x\", \"message\": \"x\", \"exit\": 0}}\n"] {
        let fake = Fake::always(answer("200 OK", "Content-Type: application/x-ndjson\r\n", line));
        let said = ask(&fake.url, &["export", "account", "-"]);
        assert_eq!(said.exit, 7, "{line} {said:?}");
    }
}

/// Says this for ever, a piece at a time.
fn endless(head: &'static str, piece: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let mut said = stream.write_all(head.as_bytes());
                while said.is_ok() {
                    std::thread::sleep(Duration::from_millis(100));
                    said = stream.write_all(piece.as_bytes());
                }
            });
        }
    });
    url
}

#[test]
fn g10_an_answer_that_never_ends_is_not_waited_for() {
    const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"output\": \"";
    const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n";
    let cases: [(&str, &str, &str, &[&str]); 6] = [
        ("drops of an answer", ANSWER, "x", &["whoami"]),
        ("drops of a head", "HTTP/1.1 200 OK\r\n", "X-A: b\r\n", &["whoami"]),
        ("drops of an error", "HTTP/1.1 500 No\r\nContent-Type: application/json\r\n\r\n{", " ", &["whoami"]),
        ("drops of a write's answer", ANSWER, "x", CREATE),
        ("empty lines of a stream", STREAM, "\n", &["export", "account", "-"]),
        ("drops of a line", STREAM, "x", &["export", "account", "-"]),
    ];
    std::thread::scope(|scope| {
        for (what, head, piece, arguments) in cases {
            scope.spawn(move || {
                let (url, home, began) = (endless(head, piece), tempfile::tempdir().unwrap(), Instant::now());
                let arguments = [arguments, &["-o", "json"]].concat();
                let said = Said::of(client(home.path(), &url, &arguments).env("DESKCTL_TIMEOUT", "1").output().unwrap());
                assert_eq!(said.exit, 7, "{what}: {said:?}");
                assert!(began.elapsed() < Duration::from_secs(30), "{what}: {:?}", began.elapsed());
                let in_doubt = said.error()["details"]["outcome"] == "unknown";
                assert_eq!(in_doubt, arguments[0] == "contacts", "{what}: {said:?}");
            });
        }
    });
    let said = Said::of(
        client(std::path::Path::new("/"), "http://127.0.0.1:1", &["whoami", "-o", "json"]).env("DESKCTL_TIMEOUT", "soon").output().unwrap(),
    );
    assert_eq!((said.refusal(), Value::is_string(&said.error()["message"])), ((2, "bad_timeout".into()), true));
}
