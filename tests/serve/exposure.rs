//! Who can reach a server (G11), and whom a server reaches (G14).

use std::process::Output;

use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server};
use super::http::Request;
use crate::repo::{expect_none, sources};

fn refused(output: Output, code: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let error: Option<Value> =
        said.lines().filter_map(|line| serde_json::from_str(line).ok()).find(|line: &Value| line["error"].is_object());
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(error.unwrap_or_default()["error"]["code"], code, "{said}");
}

#[test]
fn g11_a_server_listens_on_loopback_unless_told_otherwise() {
    let serve = deskctl::cli::man::tree().into_iter().find(|command| command.get_name().ends_with("serve")).unwrap();
    let listen = serve.get_arguments().find(|argument| argument.get_id() == "listen").unwrap();
    let default: std::net::SocketAddr = listen.get_default_values()[0].to_str().unwrap().parse().unwrap();
    assert!(default.ip().is_loopback(), "{default}");
}

#[test]
fn g11_beyond_loopback_it_needs_tls_or_a_word() {
    let desk = Desk::sqlite();
    let serve = |arguments: &[&str]| desk.command(&[&["serve", "-o", "json"], arguments].concat()).output().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", "[::ffff:0.0.0.0]:0"] {
        refused(serve(&["--listen", address]), "tls_needed");
    }
    let key = desk.path("key.pem").display().to_string();
    assert_ne!(serve(&["--listen", "0.0.0.0:0", "--tls-cert", &key]).status.code(), Some(0), "a certificate without a key");
}

#[test]
fn g11_a_token_is_needed_on_loopback_and_with_insecure_too() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    for arguments in [&[][..], &["--listen", "0.0.0.0:0", "--insecure"], &["--listen", "127.0.0.1:0", "--insecure"]] {
        let mut command = desk.command(&["serve", "--log", "json", "-o", "ndjson"]);
        command.args(if arguments.is_empty() { &["--listen", "127.0.0.1:0"][..] } else { arguments });
        let mut server = Server::spawn(command);
        server.address.set_ip([127, 0, 0, 1].into());
        let whoami = Request::op("account.whoami", &json!({}));
        assert_eq!(server.ask(&whoami).refusal(), (401, "not_authenticated".into()), "{arguments:?}");
        assert_eq!(server.ask(&whoami.token(&token)).output()["email"], BOSS);
    }
}

#[test]
fn g11_host_and_origin_are_checked_and_nothing_is_shared_with_web_pages() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start_with(&desk, &["--host", "desk.example"]);
    let asked = |host: &str, origin: Option<&str>| {
        let request = Request::op("account.whoami", &json!({})).token(&token).without("Host").with("Host", host);
        server.ask(&origin.map_or(request.clone(), |origin| request.with("Origin", origin)))
    };
    let port = server.address.port();
    for host in ["localhost", "127.0.0.1", &format!("127.0.0.1:{port}"), &format!("[::1]:{port}"), "Desk.Example", "desk.example:443"] {
        assert_eq!(asked(host, None).status, 200, "{host}");
        assert_eq!(asked(host, Some("http://desk.example")).status, 200, "{host}");
    }
    for host in ["evil.example", "169.254.169.254", "", "localhost.evil.example", "127.0.0.1.evil.example", "desk.example.evil", "a b"] {
        assert_eq!(asked(host, None).refusal(), (400, "unknown_host".into()), "{host}");
    }
    for origin in ["https://evil.example", "null", "http://10.0.0.1", "file://", "https://desk.example.evil", "javascript:0"] {
        let refused = asked("localhost", Some(origin));
        assert_eq!(refused.refusal(), (403, "unknown_origin".into()), "{origin}");
    }
    // Also where no token is needed, and where a browser asks first.
    let preflight = Request::get("/deskctl/v1/ops/account.whoami").method("OPTIONS").with("Access-Control-Request-Method", "POST");
    for (request, allowed) in [
        (Request::get("/metrics"), 200),
        (Request::get("/deskctl/v1/about"), 200),
        (Request::op("account.whoami", &json!({})).token(&token), 200),
        (preflight, 405),
    ] {
        let answers = [
            server.ask(&request.clone().with("Origin", "http://localhost")),
            server.ask(&request.clone().with("Origin", "https://e.example")),
        ];
        assert_eq!((answers[0].status, answers[1].status), (allowed, 403), "{}", answers[0].text());
        for answer in answers {
            assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control-")), "{:?}", answer.headers);
        }
    }
}

/// Requests go out from one place, which has the policy for addresses. Whoever adds another one thinks of it here.
#[test]
fn g14_nothing_but_the_client_of_servers_fetches_anything() {
    const MEANS: &[&str] =
        &["reqwest", "TcpStream", "UdpSocket", "UnixStream", "ToSocketAddrs", "lookup_host", "hyper::client", "hyper_util::client", "curl"];
    const ALLOWED: &[(&str, &str)] = &[
        ("src/target/server/mod.rs", "reqwest"),
        // Reads what the client was answered.
        ("src/target/server/answer.rs", "reqwest"),
        ("src/target/server/destinations.rs", "reqwest"),
        ("src/target/server/destinations.rs", "ToSocketAddrs"),
        // The text of an address.
        ("src/target/address.rs", "reqwest"),
        // Listens and accepts.
        ("src/serve/listen.rs", "TcpStream"),
    ];
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in source.code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let used = MEANS.iter().filter(|means| line.contains(**means));
            let allowed = |means: &str| ALLOWED.contains(&(source.path.as_str(), means));
            found.extend(used.filter(|means| !allowed(means)).map(|means| format!("{}:{}: {means}", source.path, number + 1)));
        }
    }
    expect_none(&found, "places that reach out into the network");
}
