//! The way of real data, on the extract of our own making: a ticket export becomes an account, whose channels move one after the other.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::skip;

/// `deskctl`, with nothing of whoever runs the tests.
fn deskctl(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    command.args(arguments).current_dir(folder).env_clear().env("HOME", folder);
    command.output().unwrap()
}

/// What it prints, once it has ended with `exit`.
fn expect(folder: &Path, arguments: &[&str], exit: i32) -> String {
    let output = deskctl(folder, arguments);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(exit), "deskctl {}\n{out}{err}", arguments.join(" "));
    if exit == 0 { out } else { err }
}

/// The account that the script makes of the sample; `None` without Python.
fn account(folder: &Path) -> Option<()> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut python = Command::new("python3");
    python.arg(format!("{root}/docs/import/csv_to_account.py")).arg(format!("{root}/fixtures/tickets_sample.csv"));
    let Ok(output) = python.arg("account.json").args(["--zone", "Europe/Warsaw"]).current_dir(folder).output() else {
        return skip("python3 cannot be started");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

#[test]
fn a_ticket_export_becomes_an_account_whose_channels_move() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let Some(()) = account(folder) else { return };
    expect(folder, &["seed", "--file", "account.json"], 0);
    let choices = ["--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes"];
    let movable =
        expect(folder, &["channels", "list", "--movable", "-o", "ndjson", "--columns", "address,kind,open,closed,without_ticket"], 0);
    let mut kinds = Vec::new();
    for line in movable.lines() {
        let channel: serde_json::Value = serde_json::from_str(line).unwrap();
        let address = channel["address"].as_str().unwrap();
        kinds.push(channel["kind"].as_str().unwrap().to_owned());
        let moved = expect(folder, &[&["migrations", "start", address, "-o", "json"][..], &choices].concat(), 0);
        let moved: serde_json::Value = serde_json::from_str(&moved).unwrap();
        assert_eq!(moved["done"].as_i64(), Some(channel["open"].as_i64().unwrap() + channel["closed"].as_i64().unwrap()), "{channel}");
        assert_eq!(moved["tickets_created"], channel["without_ticket"], "M13: {channel}");
        let verified = expect(folder, &["migrations", "verify", "-o", "ndjson", "--columns", "sign"], 0);
        assert!(verified.lines().all(|line| line == r#"{"sign":"="}"#), "{address}: {verified}");
        assert_eq!(verified.lines().count() as i64, moved["done"].as_i64().unwrap());
    }
    kinds.sort();
    assert_eq!(kinds, ["calling", "chat", "email"]);
    let pages = expect(folder, &["channels", "list", "--kind", "facebook_messenger", "-o", "ndjson", "--columns", "address"], 0);
    let page: serde_json::Value = serde_json::from_str(&pages).unwrap();
    let refusal = expect(folder, &[&["migrations", "start", page["address"].as_str().unwrap(), "-o", "json"][..], &choices].concat(), 6);
    let error = refusal.lines().find(|line| line.starts_with("{\"error\"")).unwrap();
    let error: serde_json::Value = serde_json::from_str(error).unwrap();
    assert_eq!((&error["error"]["code"], &error["error"]["details"]["rule"]), (&"kind_cannot_move".into(), &"M8".into()));
}
