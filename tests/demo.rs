//! `deskctl demo`, as a newcomer and as a script runs it, on both engines.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use crate::support::postgres::PgServer;

fn demo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    // A store in the environment is no stage.
    command
        .arg("demo")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("DESKCTL_TARGET", "real.db");
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What it says at its end, checked.
fn summary(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", said(output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let report = PathBuf::from(summary["report"].as_str().unwrap());
    assert!(std::fs::read_to_string(report).unwrap().starts_with("<!doctype html>"));
    assert!(summary["seconds"].as_f64().unwrap() < 30.0, "{summary}");
    summary
}

#[test]
fn the_demo_goes_as_shown() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(folder.path(), &[]).output().unwrap();
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    for part in [
        "$ deskctl seed --profile acme",
        "(exit code 6)",
        "In the middle of it (after",
        "\"in_help_desk\": true",
        "no differences",
        "All of it went as shown",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(!folder.path().join("real.db").exists());
}

#[test]
fn for_scripts_the_demo_is_a_summary_and_a_store_with_an_account_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--target", "sqlite:stage.db", "-o", "json"];
    let summary = summary(&demo(folder.path(), &arguments).output().unwrap());
    assert_eq!(summary["store"], "sqlite:stage.db");
    assert!(summary["steps"].as_array().unwrap().iter().any(|step| step["exit"] == 6));
    let again = demo(folder.path(), &arguments).output().unwrap();
    assert_eq!(again.status.code(), Some(6), "{}", said(&again));
    assert!(said(&again).contains("not_empty"), "{}", said(&again));
}

#[test]
fn the_demo_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let url = server.database();
    let summary = summary(&demo(folder.path(), &["--target", &url, "-o", "json"]).output().unwrap());
    assert_eq!(summary["store"], url);
}

#[test]
fn an_interrupt_ends_the_demo_and_its_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = demo(folder.path(), &["--target", "sqlite:stage.db"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(2));
    let pid = rustix::process::Pid::from_raw(child.id().cast_signed()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    // Nobody is left at work on the store: it can be locked, and the move goes on, if it had begun.
    let deskctl = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_deskctl"))
            .args(arguments)
            .args(["--target", "sqlite:stage.db"])
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let resumed = deskctl(&["migrations", "resume"]);
    assert!([Some(0), Some(5)].contains(&resumed.status.code()), "{}", said(&resumed));
}
