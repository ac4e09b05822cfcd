//! A server from its start to its end: what it tells of itself, how it stops, and TLS.

use std::io::Write;
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server, succeeded};
use super::http::{Client, Request};

#[test]
fn it_tells_how_it_is_and_nothing_of_the_account() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    assert_eq!(server.ask(&Request::get("/health")).text(), "{\"status\":\"ok\"}");
    assert_eq!(server.ask(&Request::get("/ready")).text(), "{\"status\":\"ready\"}");
    server.call(&token, "account.whoami", &json!({})).output();
    server.call(&token, "tickets.show", &json!({ "ticket": 999_999 }));
    server.call(&token, "Robert'); DROP TABLE tickets;--", &json!({}));
    let about = server.ask(&Request::get("/deskctl/v1/about")).json();
    assert_eq!(about["protocol"], 1);
    let known: Vec<&str> = about["operations"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(known, deskctl::ops::capabilities::ALL.iter().map(|known| known.operation).collect::<Vec<_>>());

    let answer = server.ask(&Request::get("/metrics"));
    assert!(answer.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    let metrics = answer.text();
    for line in [
        "deskctl_requests_total{operation=\"account.whoami\",status=\"200\"} 1",
        "deskctl_requests_total{operation=\"tickets.show\",status=\"404\"} 1",
        "deskctl_requests_total{operation=\"/health\",status=\"200\"} 1",
        "deskctl_requests_in_flight 1",
        "deskctl_migration_running 0",
        "deskctl_request_duration_seconds_count{operation=\"account.whoami\"} 1",
        "deskctl_connections_refused_total 0",
        "deskctl_worker_errors_total 0",
        "deskctl_migration_progress_ratios 0.0",
        "# EOF",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line}\n{metrics}");
    }
    for part in [
        "deskctl_request_duration_seconds_bucket{le=\"0.5\",operation=\"account.whoami\"}",
        "deskctl_store_wait_seconds_count{lane=\"read\"}",
        "deskctl_worker_rounds_total ",
    ] {
        assert!(metrics.contains(part), "{part}\n{metrics}");
    }
    assert!(!metrics.contains("acme") && !metrics.contains("DROP") && !metrics.contains(&token[4..20]), "{metrics}");
}

/// A client that goes away in the middle of its request is not counted for ever.
#[test]
fn a_request_that_is_broken_off_is_counted_off() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    server.call(&token, "account.whoami", &json!({})).output();
    for _ in 0..5 {
        let mut client = server.client();
        client.send(Request::op("account.whoami", &json!({})).token(&token).head(100).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        drop(client);
    }
    super::desk::wait_until("the requests to be counted off", || {
        let metrics = server.ask(&Request::get("/metrics")).text();
        metrics.contains("deskctl_requests_in_flight 1\n") && metrics.contains("deskctl_connections 1\n")
    });
}

#[test]
fn every_answer_has_an_id_and_the_clients_own_where_it_is_plain() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let asked = |id: Option<&str>| {
        let request = Request::op("tickets.show", &json!({ "ticket": 999_999 })).token(&token);
        let answer = server.ask(&id.map_or(request.clone(), |id| request.with("X-Request-Id", id)));
        let told = answer.header("x-request-id").unwrap().to_owned();
        assert_eq!(answer.error()["request_id"], told.as_str());
        told
    };
    let made = [asked(None), asked(None)];
    assert_ne!(made[0], made[1]);
    for plain in ["abc-DEF_123", &"x".repeat(64), "0"] {
        assert_eq!(asked(Some(plain)), plain);
    }
    let hostile = ["", "a b", "a\"b", "<script>", "a;b", "../../etc", &"x".repeat(65), "żółć", "a\tb", "%0d%0aX: y", token.as_str()];
    for hostile in hostile {
        let told = asked(Some(hostile));
        assert!(told != hostile && told.len() == 16 && told.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hostile:?}: {told}");
    }
    server.wait_for_log(&[
        "\"request_id\":\"abc-DEF_123\"",
        "\"operation\":\"tickets.show\"",
        "\"status\":404",
        "\"code\":\"unknown_ticket\"",
    ]);
}

#[test]
fn the_log_is_lines_of_json_whatever_comes() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let token = desk.token(BOSS, &[]);
    server.call(&token, "contacts.show", &json!({ "contact": "a\"b\n{\u{1b}[31m" }));
    server.call(&token, "x\"y", &json!({}));
    server.ask(&Request::get("/%0A%22%7B").token(&token));
    server.ask(&Request::get("/health").without("Host").with("Host", "e\"vil"));
    for garbage in ["\r\n\r\n", "GET", "{\"level\":\"INFO\"}\n\n", "\u{0}\u{1}\u{2}\r\n\r\n"] {
        server.client().send(garbage.as_bytes()).unwrap();
    }
    desk.write(|tx| tx.execute("ALTER TABLE contacts RENAME TO gone", &[]).map(drop));
    server.call(&token, "contacts.show", &json!({ "contact": "1" }));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert!(log.lines().count() > 5);
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(entry["timestamp"].is_string() && entry["level"].is_string() && entry["message"].is_string(), "{line}");
    }
    assert!(log.contains("\"token\":") && log.contains("duration_ms") && !log.contains(&token[21..]));
    assert!(log.lines().next().unwrap().contains("there is no token yet"), "a server that nobody can call says so");
}

#[test]
fn a_server_that_is_told_to_stop_answers_what_has_begun() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let request = Request::op("contacts.create", &json!({ "first_name": "Late" })).token(&token);
    let bytes = request.bytes();
    let (first, rest) = bytes.split_at(bytes.len() - 5);
    let mut running = server.client();
    running.send(first).unwrap();
    // Idle and silent ones are not waited for.
    let mut idle = server.client();
    assert_eq!(idle.ask(&Request::get("/health")).unwrap().status, 200);
    let silent = server.client();
    let (address, began) = (server.address, Instant::now());
    let stopping = std::thread::spawn(move || server.stop());
    super::desk::wait_until("the server to take no more connections", || Client::try_connect(address).is_err());
    std::thread::sleep(Duration::from_millis(200));
    running.send(rest).unwrap();
    let answer = running.answer().unwrap();
    assert_eq!(answer.output()["first_name"], "Late");
    assert_eq!(answer.header("connection"), Some("close"));
    let (status, log) = stopping.join().unwrap();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}: who says nothing is not waited for", began.elapsed());
    drop((idle, silent));
    assert_eq!(desk.count("SELECT count(*) FROM contacts WHERE first_name = 'Late'"), 1);
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let failed = |target: &str, arguments: &[&str]| {
        let output = desk.command_at(target, &[&["serve", "-o", "json"], arguments].concat()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let error = said.lines().find_map(|line| serde_json::from_str::<Value>(line).ok().filter(|line| line["error"].is_object()));
        (output.status.code().unwrap(), error.unwrap_or_else(|| panic!("{said}"))["error"]["code"].as_str().unwrap().to_owned())
    };
    let store = desk.location.to_string();
    let missing = format!("sqlite:{}", desk.path("missing.db").display());
    std::fs::write(desk.path("empty.pem"), "").unwrap();
    let empty = desk.path("empty.pem").display().to_string();
    let nowhere = desk.path("nowhere.pem").display().to_string();
    for (target, arguments, expected) in [
        (store.as_str(), vec!["--listen", server.url.trim_start_matches("http://")], (1, "address_in_use")),
        (missing.as_str(), vec!["--listen", "127.0.0.1:0"], (5, "no_store")),
        (server.url.as_str(), vec!["--listen", "127.0.0.1:0"], (9, "unsupported_by_target")),
        (store.as_str(), vec!["--listen", "127.0.0.1:0", "--tls-cert", &empty, "--tls-key", &empty], (2, "bad_certificate")),
        (store.as_str(), vec!["--listen", "127.0.0.1:0", "--tls-cert", &nowhere, "--tls-key", &nowhere], (5, "file_not_found")),
    ] {
        let (exit, code) = failed(target, &arguments);
        assert_eq!((exit, code.as_str()), expected, "{arguments:?}");
    }
}

/// Certificate and key as files, with the authority's certificate.
fn certificates(desk: &Desk) -> [String; 3] {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let files = [("cert.pem", certificate.pem()), ("key.pem", key.serialize_pem()), ("ca.pem", authority.pem())];
    files.map(|(name, text)| {
        std::fs::write(desk.path(name), text).unwrap();
        desk.path(name).display().to_string()
    })
}

#[test]
fn with_certificates_it_speaks_tls_and_nothing_else() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let [cert, key, authority] = certificates(&desk);
    let server = Server::start_with(&desk, &["--tls-cert", &cert, "--tls-key", &key, "--header-timeout", "1"]);
    assert!(server.url.starts_with("https://"));
    let url = format!("https://localhost:{}", server.address.port());
    let ask = |url: &str, trusted: Option<&str>| {
        let mut command = desk.command_at(url, &["whoami", "-o", "json"]);
        command.env("DESKCTL_TOKEN", &token).env_remove("SSL_CERT_FILE");
        trusted.map(|file| command.env("SSL_CERT_FILE", file));
        command.output().unwrap()
    };
    assert!(succeeded(ask(&url, Some(&authority))).contains(BOSS));
    for (url, trusted) in [(url.as_str(), None), (&server.url, Some(authority.as_str())), (&url.replace("https", "http"), Some(&authority))]
    {
        let refused = ask(url, trusted);
        assert_eq!(refused.status.code(), Some(7), "{url} {trusted:?} {}", String::from_utf8_lossy(&refused.stderr));
    }

    // Whoever does not shake hands is not waited for, and holds up nobody.
    let mut plain = server.client();
    plain.send(&Request::get("/health").bytes()).unwrap();
    assert!(plain.is_closed_within(Duration::from_secs(5)));
    let mut silent = server.client();
    let mut half = server.client();
    half.stream().write_all(&[22, 3, 1, 2, 0]).unwrap();
    for client in [&mut silent, &mut half] {
        assert!(client.is_closed_within(Duration::from_secs(5)));
    }
    assert!(succeeded(ask(&url, Some(&authority))).contains(BOSS));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
}

/// TLS is what it takes to listen beyond loopback.
#[test]
fn g11_with_certificates_it_listens_anywhere() {
    let desk = Desk::sqlite();
    let [cert, key, _] = certificates(&desk);
    let server = Server::spawn(desk.command(&["serve", "--listen", "0.0.0.0:0", "-o", "ndjson", "--tls-cert", &cert, "--tls-key", &key]));
    assert!(server.stop().0.success());
}
