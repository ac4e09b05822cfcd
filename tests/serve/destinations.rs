//! Where a client goes with its token, and where not (G9).

use std::path::PathBuf;

use deskctl::protocol::VERSION;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;

use super::desk::{BOSS, Desk, Server};
use super::fake::{Fake, Said, TOKEN, answer, ask, client, json};
use crate::machine::tls::{Authority, authority};

fn about() -> Vec<u8> {
    json(&json!({ "version": VERSION, "protocol": 1, "operations": [], "streams": [] }))
}

#[test]
fn g9_a_redirect_is_not_followed_and_takes_no_token_along() {
    let elsewhere = Fake::always(about());
    let other_name = elsewhere.url.replace("127.0.0.1", "localhost");
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        for to in [&elsewhere.url, &other_name, "ftp://127.0.0.1/", "//127.0.0.1/x", "http://169.254.169.254/", ""] {
            let from = Fake::always(answer(status, &format!("Location: {to}/deskctl/v1/ops/account.whoami\r\n"), ""));
            let said = ask(&from.url, &["whoami"]);
            assert_eq!((said.refusal(), from.asked().len()), ((7, "redirected".into()), 1), "{status} {to}: {said:?}");
            assert!(said.error()["message"].as_str().unwrap().contains(to), "{said:?}");
        }
    }
    assert!(!elsewhere.was_met());
}

#[test]
fn g9_a_token_goes_to_its_own_server_only() {
    let (ours, theirs) = (Fake::always(about()), Fake::always(about()));
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, format!("[contexts]\n[logins]\n\"{}\" = \"{TOKEN}\"\n", ours.url)).unwrap();
    let run = |target: &str, arguments: &[&str]| {
        let mut command = client(home.path(), target, &[arguments, &["-o", "json"]].concat());
        Said::of(command.env_remove("DESKCTL_TOKEN").env("DESKCTL_CONFIG", &config).output().unwrap())
    };
    // Not to another port or name, nor to another path of the same host.
    for target in [&theirs.url, &ours.url.replace("127.0.0.1", "localhost"), &format!("{}/other", ours.url)] {
        assert_eq!(run(target, &["whoami"]).refusal(), (4, "not_authenticated".into()), "{target}");
    }
    assert!(!theirs.was_met() && !ours.was_met());
    // What needs none gets none, not even at its own server.
    run(&ours.url, &["capabilities"]).ok();
    assert_eq!(ours.asked()[0].header("authorization"), None);
    assert_eq!(run(&ours.url, &["whoami"]).refusal(), (1, "unknown_answer".into()));
    assert_eq!(ours.asked()[1].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}

#[test]
fn g9_targets_are_http_or_https_only() {
    for target in ["ftp://127.0.0.1", "file:///etc/passwd", "gopher://127.0.0.1", "ws://127.0.0.1", "javascript://x", "unix:///run/x"] {
        assert_eq!(ask(target, &["whoami"]).refusal(), (2, "bad_target".into()), "{target}");
    }
}

#[test]
fn g9_metadata_addresses_are_not_called() {
    for target in
        ["http://169.254.169.254", "https://169.254.169.254:8420/desk", "http://[fd00:ec2::254]", "http://2852039166", "http://[fe80::1]:1"]
    {
        let began = std::time::Instant::now();
        for arguments in [&["whoami"][..], &["capabilities"], &["login", "--with-token"]] {
            assert_eq!(
                ask(target, arguments).refusal().1,
                if arguments[0] == "login" { "empty_token" } else { "forbidden_address" },
                "{target}"
            );
        }
        assert!(began.elapsed().as_secs() < 5, "nothing was tried");
    }
}

/// The proxy would see the token of a request that is not encrypted; of others it sees where they go.
#[test]
fn g9_a_proxy_sees_no_token() {
    let (server, proxy) = (Fake::always(about()), Fake::always(answer("502 Bad Gateway", "", "")));
    let home = tempfile::tempdir().unwrap();
    let run = |target: &str| {
        let mut command = client(home.path(), target, &["whoami", "-o", "json"]);
        for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env(name, &proxy.url);
        }
        Said::of(command.output().unwrap())
    };
    run(&server.url);
    assert!(server.was_met() && !proxy.was_met());
    assert_eq!(run("https://desk.example").exit, 7);
    let asked = proxy.asked();
    assert!(!asked.is_empty(), "an encrypted request may go through a proxy");
    assert!(
        asked.iter().all(|asked| asked.head.starts_with("CONNECT desk.example:443") && asked.header("authorization").is_none()),
        "{asked:?}"
    );
}

/// A desk with the files of an authority (`ca.pem`), and a server whose certificate it signed for these names.
struct Secured {
    desk: Desk,
    server: Server,
    token: String,
}

impl Secured {
    fn start(signer: &Authority, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Secured {
        let desk = Desk::sqlite();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, signer).unwrap();
        for (name, text) in [("ca.pem", signer.pem()), ("cert.pem", certificate.pem()), ("key.pem", key.serialize_pem())] {
            std::fs::write(desk.path(name), text).unwrap();
        }
        let [certificate, key] = ["cert.pem", "key.pem"].map(|name| desk.path(name).display().to_string());
        let server = Server::start_with(&desk, &["--tls-cert", &certificate, "--tls-key", &key]);
        let token = desk.token(BOSS, &[]);
        Secured { desk, server, token }
    }

    fn whoami(&self, target: &str, trusted: Option<PathBuf>) -> Said {
        let mut command = client(&self.desk.path("."), target, &["whoami", "-o", "json"]);
        if let Some(trusted) = trusted {
            command.env("SSL_CERT_FILE", trusted);
        }
        Said::of(command.env("DESKCTL_TOKEN", &self.token).output().unwrap())
    }

    fn port(&self) -> u16 {
        self.server.address.port()
    }
}

fn refused_as_untrusted(said: &Said) {
    assert_eq!(said.refusal(), (7, "unreachable".into()));
    assert!(said.error()["message"].as_str().unwrap().contains("certificate"), "{said:?}");
}

#[test]
fn g9_a_certificate_is_verified() {
    let secured = Secured::start(&authority("Authority of the tests"), &["localhost", "127.0.0.1"], |_| {});
    let [ca, stranger] = ["ca.pem", "stranger.pem"].map(|name| secured.desk.path(name));
    std::fs::write(&stranger, authority("Stranger").pem()).unwrap();
    assert!(secured.server.url.starts_with("https://127.0.0.1:"));
    for target in [secured.server.url.clone(), format!("https://localhost:{}", secured.port())] {
        let said = secured.whoami(&target, Some(ca.clone())).ok();
        assert!(said.stdout.contains(BOSS) && said.stderr.is_empty(), "{said:?}");
        refused_as_untrusted(&secured.whoami(&target, None));
        refused_as_untrusted(&secured.whoami(&target, Some(stranger.clone())));
    }
    // The server has seen no token but in the requests that were meant for it.
    let log = secured.server.log();
    assert_eq!(log.matches("\"operation\":\"account.whoami\"").count(), 2, "{log}");

    // Half of them speaks TLS.
    let plainly = secured.whoami(&format!("http://127.0.0.1:{}", secured.port()), Some(ca.clone()));
    assert_eq!(plainly.exit, 7, "{plainly:?}");
    let plain = Server::start(&secured.desk);
    assert_eq!(secured.whoami(&plain.url.replace("http:", "https:"), Some(ca)).refusal(), (7, "unreachable".into()));
}

#[test]
fn g9_a_certificate_of_another_name_or_time_is_refused() {
    let signer = authority("Authority of the tests");
    let other = Secured::start(&signer, &["desk.example"], |_| {});
    refused_as_untrusted(&other.whoami(&other.server.url, Some(other.desk.path("ca.pem"))));
    let expired = Secured::start(&signer, &["127.0.0.1"], |params| {
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
    });
    refused_as_untrusted(&expired.whoami(&expired.server.url, Some(expired.desk.path("ca.pem"))));
}

#[test]
fn g11_a_server_that_cannot_use_its_certificate_does_not_start() {
    let desk = Desk::sqlite();
    let [own, others] = [(); 2].map(|()| KeyPair::generate().unwrap());
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&own).unwrap();
    for (name, text) in [
        ("cert.pem", certificate.pem()),
        ("own.pem", own.serialize_pem()),
        ("others.pem", others.serialize_pem()),
        ("text.pem", "text".into()),
    ] {
        std::fs::write(desk.path(name), text).unwrap();
    }
    for (certificate, key, exit, code) in [
        ("cert.pem", "others.pem", 2, "bad_certificate"),
        ("text.pem", "own.pem", 2, "bad_certificate"),
        ("cert.pem", "text.pem", 2, "bad_certificate"),
        ("cert.pem", "cert.pem", 2, "bad_certificate"),
        ("missing.pem", "own.pem", 5, "file_not_found"),
    ] {
        let [certificate, key] = [certificate, key].map(|name| desk.path(name).display().to_string());
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--tls-cert", &certificate, "--tls-key", &key, "--quiet", "-o", "json"];
        let said = Said::of(desk.command(&arguments).output().unwrap());
        assert_eq!((said.refusal(), said.stdout.as_str()), ((exit, code.into()), ""), "{certificate} {key}");
    }
}
