//! `login`, `logout`, and which token a command shows.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use deskctl::config::Config;

use super::desk::{AGENT, BOSS, Desk, Server};
use super::fake::{Said, TOKEN, client};
use crate::machine::mode;

/// A server, and somebody who has not logged in yet.
struct Visitor {
    desk: Desk,
    server: Server,
    token: String,
}

impl Visitor {
    fn new() -> Visitor {
        let desk = Desk::sqlite();
        let (server, token) = (Server::start(&desk), desk.token(BOSS, &[]));
        Visitor { desk, server, token }
    }

    fn config(&self) -> PathBuf {
        self.desk.path("config/deskctl.toml")
    }

    /// The token that is kept for the server.
    fn kept(&self) -> Option<String> {
        Config::load(&self.config()).unwrap().logins.remove(&self.server.url).map(|secret| secret.expose().to_owned())
    }

    /// Runs a command with that on stdin, and perhaps a token in its environment.
    fn run(&self, arguments: &[&str], stdin: &str, env: Option<&str>) -> Said {
        let mut command = client(&self.desk.path("."), &self.server.url, &[arguments, &["-o", "json"]].concat());
        command.env_remove("DESKCTL_TOKEN").env("DESKCTL_CONFIG", self.config());
        if let Some(token) = env {
            command.env("DESKCTL_TOKEN", token);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that reads nothing may have ended.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let said = Said::of(child.wait_with_output().unwrap());
        for secret in [self.token.as_str(), stdin.trim()].into_iter().filter(|secret| secret.len() > 10) {
            let secret = secret.get(21..).unwrap_or(secret);
            assert!(!said.stdout.contains(secret) && !said.stderr.contains(secret), "G1: {said:?}");
        }
        said
    }

    fn login(&self, token: &str) -> Said {
        self.run(&["login", "--with-token"], &format!("{token}\n"), None)
    }

    fn whoami(&self, env: Option<&str>) -> Said {
        self.run(&["whoami"], "", env)
    }
}

#[test]
fn g1_g3_a_token_from_stdin_is_tried_and_kept_in_a_private_file() {
    let visitor = Visitor::new();
    assert_eq!(visitor.whoami(None).refusal(), (4, "not_authenticated".into()));
    let said = visitor.login(&format!("  {} \t", visitor.token)).ok();
    let told: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!((told["email"].as_str(), told["account"].as_str()), (Some(BOSS), Some("Acme Coffee")));
    assert_eq!((visitor.kept(), mode(&visitor.config())), (Some(visitor.token.clone()), 0o600));
    assert_eq!(mode(visitor.config().parent().unwrap()), 0o700);
    assert!(visitor.whoami(None).ok().stdout.contains(BOSS));
    // Nothing that shows the configuration shows the token.
    for arguments in [&["contexts", "list"][..], &["doctor"], &["tokens", "list"], &["audit", "list"]] {
        visitor.run(arguments, "", None).ok();
    }
    assert!(!visitor.server.log().contains(&visitor.token[21..]));
    let audited = visitor.desk.read(|tx| tx.query("SELECT arguments FROM audit", &[], |row| row.get::<String>()));
    assert!(audited.iter().all(|arguments| !arguments.contains(&visitor.token[21..])));

    // A file that was open to others is closed again.
    std::fs::set_permissions(visitor.config(), std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert!(visitor.whoami(None).ok().stderr.contains("chmod 600"));
    visitor.login(&visitor.token).ok();
    assert_eq!(mode(&visitor.config()), 0o600);
}

#[test]
fn a_wrong_token_is_refused_and_not_kept() {
    let visitor = Visitor::new();
    let revoked = visitor.desk.token(AGENT, &[]);
    visitor.desk.done(&["tokens", "revoke", "2", "--yes"]);
    // Beyond ten an address has to wait.
    for wrong in [TOKEN, "dsk_", "secret of somebody", &revoked, &visitor.token[..63], &format!("{}x", visitor.token)] {
        assert_eq!(visitor.login(wrong).refusal(), (4, "not_authenticated".into()), "{wrong}");
        assert!(!visitor.config().exists(), "{wrong}");
    }
    assert_eq!(visitor.login("").refusal(), (2, "empty_token".into()));
    assert_eq!(visitor.run(&["login"], &visitor.token, None).refusal(), (2, "no_terminal".into()));
    assert_eq!(visitor.run(&["login", "--with-token", "--dry-run"], &visitor.token, None).ok().exit, 0);
    assert!(!visitor.config().exists());

    // One that was kept before stays.
    visitor.login(&visitor.token).ok();
    assert_eq!(visitor.login(TOKEN).exit, 4);
    assert_eq!(visitor.kept(), Some(visitor.token.clone()));
    visitor.desk.done(&["tokens", "revoke", "1", "--yes"]);
    assert_eq!(visitor.whoami(None).refusal(), (4, "not_authenticated".into()), "revoked at once");
}

#[test]
fn a_token_in_the_environment_goes_before_the_kept_one() {
    let visitor = Visitor::new();
    let agents = visitor.desk.token(AGENT, &[]);
    visitor.login(&visitor.token).ok();
    assert!(visitor.whoami(Some(&agents)).ok().stdout.contains(AGENT));
    assert!(visitor.whoami(Some(&format!(" {agents}\n"))).ok().stdout.contains(AGENT));
    assert!(visitor.whoami(Some("")).ok().stdout.contains(BOSS), "an empty one is none");
    assert_eq!(visitor.whoami(Some(TOKEN)).exit, 4, "a wrong one is not passed over");
    let odd = visitor.whoami(Some("dsk_ż\u{1}secret"));
    assert!(odd.exit == 4 && !odd.stderr.contains("secret"), "{odd:?}");
    // Whoever logs in means the token that they write.
    let said = visitor.run(&["login", "--with-token"], &visitor.token, Some(&agents)).ok();
    assert!(said.stdout.contains(BOSS));
}

#[test]
fn logging_out_forgets_the_token_here() {
    let visitor = Visitor::new();
    visitor.login(&visitor.token).ok();
    assert!(visitor.run(&["logout", "--dry-run"], "", None).ok().stderr.contains("dry run"));
    assert!(visitor.kept().is_some());
    assert!(visitor.run(&["logout"], "", None).ok().stderr.contains("deskctl tokens revoke"));
    assert_eq!((visitor.kept(), visitor.whoami(None).exit), (None, 4));
    assert!(visitor.run(&["logout"], "", None).ok().stderr.contains("there was no token"));
    assert!(visitor.whoami(Some(&visitor.token)).ok().stdout.contains(BOSS), "the token itself goes on working");
}

#[test]
fn g1_a_token_is_no_argument_and_a_store_needs_none() {
    let visitor = Visitor::new();
    let secret = &visitor.token[21..];
    let typed = visitor.run(&["login", &visitor.token], "", None);
    assert_eq!(typed.exit, 2);
    assert!(!typed.stderr.contains(secret), "{typed:?}");
    for target in [
        visitor.desk.location.to_string(),
        format!("https://me:{}@127.0.0.1:1", visitor.token),
        format!("http://{}@127.0.0.1:1", visitor.token),
    ] {
        let said = Said::of(client(&visitor.desk.path("."), &target, &["login", "--with-token", "-o", "json"]).output().unwrap());
        assert!(said.exit == 2 && !said.stderr.contains(secret), "{said:?}");
    }
    let store = Said::of(visitor.desk.command(&["login", "--with-token", "-o", "json"]).output().unwrap());
    assert_eq!(store.refusal(), (2, "no_server".into()));
}
