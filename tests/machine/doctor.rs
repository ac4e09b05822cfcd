//! `deskctl doctor`: every check, also where there is little to check.

use std::os::unix::fs::PermissionsExt;

use deskctl::store::locks::{self, Purpose};
use deskctl::store::{Location, account};
use serde_json::Value;

use super::{Place, make_store, sqlite};
use crate::support::postgres::PgServer;

const CHECKS: [&str; 14] = [
    "target",
    "schema",
    "account",
    "file_modes",
    "disk",
    "clock",
    "time_zones",
    "integrity",
    "references",
    "messages",
    "runs",
    "search",
    "leftovers",
    "contacts",
];

/// The rows, which are all there whatever is wrong, by their exit code.
fn examine(place: &Place, arguments: &[&str]) -> (i32, Vec<Value>) {
    let said = place.run(&[arguments, &["doctor"]].concat());
    let rows = said.json().as_array().unwrap().clone();
    let names: Vec<&str> = rows.iter().map(|row| row["check"].as_str().unwrap()).collect();
    assert_eq!(names, CHECKS);
    (said.code, rows)
}

fn status(rows: &[Value], check: &str) -> String {
    let row = rows.iter().find(|row| row["check"] == check).unwrap();
    format!("{}: {}", row["status"].as_str().unwrap(), row["message"].as_str().unwrap())
}

#[test]
fn a_sound_store_passes_every_check() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    for full in [&["--target", "a.db"][..], &["--target", "a.db", "--full"]] {
        let arguments = [&full[..2], &["doctor"], &full[2..]].concat();
        let said = place.run(&arguments).ok();
        assert!(said.json().as_array().unwrap().iter().all(|row| row["status"] == "ok"), "{}", said.stdout);
    }
}

#[test]
fn a_missing_and_a_damaged_store_are_rows_too() {
    let place = Place::new();
    let (code, rows) = examine(&place, &["--target", "missing.db"]);
    assert!(code == 1 && status(&rows, "target").starts_with("error"), "{rows:?}");
    assert!(!place.path("missing.db").exists(), "doctor makes nothing");
    std::fs::write(place.path("junk.db"), "this is no database at all, but long enough to be looked at ".repeat(99)).unwrap();
    assert_eq!(examine(&place, &["--target", "junk.db"]).0, 1);

    let path = place.path("torn.db");
    drop(make_store(&sqlite(&path), "A"));
    let mut bytes = std::fs::read(&path).unwrap();
    let pages = bytes.len() / 8_192;
    bytes[8_192 * (pages / 2)..8_192 * (pages / 2 + 2)].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    let (code, rows) = examine(&place, &["--target", "torn.db"]);
    assert!(code == 1 && status(&rows, "integrity").starts_with("error"), "{rows:?}");
}

#[test]
fn g3_files_that_are_open_to_others_are_named() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    std::fs::set_permissions(place.path("a.db"), std::fs::Permissions::from_mode(0o640)).unwrap();
    let (code, rows) = examine(&place, &["--target", "a.db"]);
    assert!(code == 0 && status(&rows, "file_modes").starts_with("warning") && status(&rows, "file_modes").contains("a.db (640)"));
}

#[test]
fn a_clock_that_was_set_back_is_told() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    // A write that is audited now.
    place.run(&["--target", "a.db", "backup", "b"]).ok();
    for now in ["2026-01-01T00:00:00Z", "1999-01-01T00:00:00Z"] {
        let output = place.command(&["--target", "a.db", "doctor", "-o", "json"]).env("DESKCTL_NOW", now).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{now}");
        let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert!(status(&rows, "clock").starts_with("error"), "{rows:?}");
    }
}

#[test]
fn references_to_nothing_stalled_runs_and_cut_off_loads_are_found() {
    let place = Place::new();
    let mut locations = vec![sqlite(&place.path("a.db"))];
    locations.extend(PgServer::shared().map(|server| Location::Postgres { url: server.database(), password: None }));
    for location in locations {
        let target = location.to_string();
        let mut store = make_store(&location, "A");
        let mut tx = store.write().unwrap();
        tx.script("INSERT INTO conversation_tickets (conversation_id, ticket_id) VALUES (77, 78)").unwrap();
        tx.script(STALLED).unwrap();
        let (row, _) = account::find(&mut tx).unwrap().unwrap();
        account::put(&mut tx, &row, true).unwrap();
        tx.commit().unwrap();
        let (code, rows) = examine(&place, &["--target", &target]);
        assert_eq!(code, 1);
        let references = status(&rows, "references");
        for orphan in ["conversation_tickets.conversation_id (1)", "conversation_tickets.ticket_id (1)", "migrations.channel_id (1)"] {
            assert!(references.starts_with("error") && references.contains(orphan), "{references}");
        }
        assert!(status(&rows, "runs").starts_with("warning: migration 5 of"), "M18: {}", status(&rows, "runs"));
        assert!(status(&rows, "account").starts_with("error: loading the account A was cut off"));

        let held = locks::take(&location, Purpose::Worker, || locks::locked("taken")).unwrap();
        let (_, rows) = examine(&place, &["--target", &target]);
        assert!(status(&rows, "runs").contains("is at work") && status(&rows, "account").contains("is being loaded"), "{rows:?}");
        drop(held);
    }
}

/// A run whose worker is gone, on a channel that is gone too.
const STALLED: &str = "INSERT INTO migrations (id, channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, \
     accepted, state, phase, active, pass, cursor, total, done, tickets_created, tickets_moved, unassigned, fence, batches, busy_ms, \
     started_at, updated_at, started_by) VALUES (5, 99, 'none', 'null', '{}', '{}', 1, 0, '[]', '[]', 'running', 'preparing', 1, 0, 0, 0, 0, \
     0, 0, 0, 1, 0, 0, 1777593600000, 1777593600000, 1)";

#[test]
fn an_older_and_a_newer_schema_are_told() {
    let place = Place::new();
    let mut store = make_store(&sqlite(&place.path("a.db")), "A");
    let mut tx = store.write().unwrap();
    tx.script("INSERT INTO schema_versions (version, name, checksum, applied_at) VALUES (99, 'later', 'x', 0)").unwrap();
    tx.commit().unwrap();
    let (code, rows) = examine(&place, &["--target", "a.db"]);
    assert!(code == 1 && status(&rows, "schema").starts_with("error"), "{rows:?}");
    let mut tx = store.write().unwrap();
    tx.script("DELETE FROM schema_versions WHERE version = 99; UPDATE schema_versions SET checksum = 'other' WHERE version = 1").unwrap();
    tx.commit().unwrap();
    assert!(status(&examine(&place, &["--target", "a.db"]).1, "schema").contains("the steps 1 are not those"));
}
