//! Stores that older versions made: they upgrade, are sound, and what was moved in them is verified as before.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::postgres::PgServer;
use crate::support::served::deskctl;

/// After the last change of these stores.
const NOW: &str = "2026-11-20T10:00:00Z";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stores").join(name)
}

fn unpacked(name: &str) -> Vec<u8> {
    let output = Command::new("gzip").arg("-dc").stdin(File::open(fixture(name)).unwrap()).output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty(), "{name} cannot be unpacked");
    output.stdout
}

fn run(target: &str, home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(deskctl());
    command.args(["--target", target]).args(arguments).stdin(Stdio::null());
    command.env_clear().env("HOME", home).env("DESKCTL_NOW", NOW).env("PATH", std::env::var_os("PATH").unwrap());
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What holds of every old store once it is upgraded.
fn check(target: &str, home: &Path) {
    for arguments in [&["doctor", "--full"][..], &["migrations", "verify", "1", "--summary"], &["sla", "report"], &["views", "run", "Big"]]
    {
        let output = run(target, home, arguments);
        assert_eq!(output.status.code(), Some(0), "{target} {arguments:?}: {}", said(&output));
    }
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = run(target, home, &[arguments, &["-o", "json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&output)))
    };
    assert_eq!(json(&["conversations", "list"]).as_array().unwrap().len(), 569);
    assert_eq!(json(&["tickets", "show", "7"])["priority"], "HIGH");
    assert_eq!(json(&["tickets", "list", "--deleted"])[0]["id"], 5);
    let answer =
        ["conversations", "receive", "support@acme.example", "--from", "maria@example.com", "--text", "Hei", "--in-reply-to", "<a@t>"];
    assert_eq!(json(&answer)["conversation"], 569, "the mails of an old store are known by their ids");
    assert_eq!(run(target, home, &["migrations", "verify", "1"]).status.code(), Some(0));
}

#[test]
fn a_store_of_schema_10_on_sqlite_upgrades_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("desk.db");
    std::fs::write(&store, unpacked("schema-10.db.gz")).unwrap();
    check(&format!("sqlite:{}", store.display()), home.path());
}

#[test]
fn a_store_of_schema_10_on_postgres_upgrades_when_told() {
    let Some(server) = PgServer::shared() else { return };
    let home = tempfile::tempdir().unwrap();
    let url = server.database();
    let dump = home.path().join("dump.sql");
    std::fs::write(&dump, unpacked("schema-10.sql.gz")).unwrap();
    let loaded = Command::new("psql").args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&dump).arg(&url).output().unwrap();
    assert!(loaded.status.success(), "{}", said(&loaded));
    let upgraded = run(&url, home.path(), &["store", "upgrade", "--yes"]);
    assert_eq!(upgraded.status.code(), Some(0), "{}", said(&upgraded));
    check(&url, home.path());
}
