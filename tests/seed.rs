//! `init`, `seed` and `export account`, through the program, on both engines.

mod bounds;
mod documents;
mod people;
mod replacing;
mod tickets;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::postgres::PgServer;

/// What a run of the program came to.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// The error object, for runs with `-o json`.
    fn error(&self) -> Value {
        let line = self.stderr.lines().last().unwrap_or_default();
        serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("no error: {}", self.stderr))["error"].clone()
    }
}

fn command(target: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    command.args(["--target", target, "--progress", "none"]).args(arguments);
    command.env("DESKCTL_NOW", "2026-11-05T10:00:00Z").env_remove("DESKCTL_AS").env_remove("DESKCTL_OUTPUT");
    command
}

fn deskctl(target: &str, arguments: &[&str]) -> Ran {
    with_input(target, arguments, "")
}

fn with_input(target: &str, arguments: &[&str], input: &str) -> Ran {
    let mut child = command(target, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever refuses early does not read it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of a test's own, and stores in it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn store(&self, name: &str) -> String {
        format!("sqlite:{}", self.path(&format!("{name}.db")).display())
    }

    /// An empty target on SQLite, and one on PostgreSQL where that is installed.
    fn on_each_engine(&self) -> Vec<String> {
        std::iter::once(self.store("a")).chain(PgServer::shared().map(PgServer::database)).collect()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }
}

fn export(target: &str) -> String {
    deskctl(target, &["export", "account"]).ok()
}

fn load(target: &str, document: &str) -> Ran {
    with_input(target, &["seed", "--file", "-", "-o", "json"], document)
}

fn sql(path: &Path, statements: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

fn count(path: &Path, table: &str) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// Seeds, exports, loads the export and exports again.
fn round_trip(target: &str, other: &str, source: &[&str]) -> String {
    deskctl(target, &[&["seed"], source].concat()).ok();
    let first = export(target);
    load(other, &first).ok();
    assert!(export(other) == first, "the second export differs");
    first
}

#[test]
fn an_export_loads_back_to_the_same_bytes_on_both_engines() {
    let place = Place::new();
    for (name, source) in [("acme", &["--profile", "acme"][..]), ("generated", &["--conversations", "2000", "--seed", "7"])] {
        let on_sqlite = round_trip(&place.store(name), &place.store(&format!("{name}-again")), source);
        if let Some(server) = PgServer::shared() {
            let on_postgres = round_trip(&server.database(), &server.database(), source);
            assert!(on_postgres == on_sqlite, "{name}: the engines export different bytes");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_account_and_another_one_another() {
    let place = Place::new();
    let generated = |name: &str, seed: &str| {
        deskctl(&place.store(name), &["seed", "--conversations", "300", "--seed", seed]).ok();
        export(&place.store(name))
    };
    assert!(generated("a", "1") == generated("b", "1"));
    assert!(generated("c", "2") != generated("d", "1"));
}

#[test]
fn rows_that_are_gone_leave_no_gap_in_an_export() {
    let place = Place::new();
    deskctl(&place.store("a"), &["seed", "--conversations", "200", "--seed", "3"]).ok();
    sql(
        &place.path("a.db"),
        "DELETE FROM conversation_tickets WHERE ticket_id IN (2, 3, 7); DELETE FROM tickets WHERE id IN (2, 3, 7); \
         UPDATE conversations SET contact_id = NULL WHERE contact_id = 5; UPDATE tickets SET contact_id = NULL WHERE contact_id = 5; \
         DELETE FROM conversation_contacts WHERE contact_id = 5; DELETE FROM ticket_contacts WHERE contact_id = 5; \
         DELETE FROM contacts WHERE id = 5;",
    );
    let first = export(&place.store("a"));
    load(&place.store("b"), &first).ok();
    assert!(export(&place.store("b")) == first);
}

#[test]
fn an_account_is_only_replaced_when_that_is_said() {
    let place = Place::new();
    let store = place.store("a");
    deskctl(&store, &["seed", "--profile", "acme"]).ok();
    let acme = export(&store);
    let generate = ["seed", "--conversations", "10", "-o", "json"];

    let refused = deskctl(&store, &generate);
    assert_eq!((refused.code, &refused.error()["code"]), (6, &json!("not_empty")));
    let kept = deskctl(&store, &[&generate[..], &["--if-empty"]].concat());
    assert_eq!((kept.code, kept.stdout.as_str()), (0, ""));
    let asked = deskctl(&store, &[&generate[..], &["--replace"]].concat());
    assert_eq!((asked.code, &asked.error()["code"]), (2, &json!("confirmation_required")));
    let member = deskctl(&store, &[&generate[..], &["--replace", "--yes", "--as", "nobody@acme.example"]].concat());
    assert_eq!(member.code, 4);
    let rehearsed = deskctl(&store, &[&generate[..], &["--replace", "--dry-run"]].concat()).ok();
    assert!(rehearsed.contains("\"conversations\": 10"), "{rehearsed}");
    assert!(export(&store) == acme, "none of these changes anything");

    let replaced = deskctl(&store, &[&generate[..], &["--replace", "--yes"]].concat()).ok();
    assert_eq!(serde_json::from_str::<Value>(&replaced).unwrap()["conversations"], 10);
    deskctl(&place.store("b"), &["seed", "--conversations", "10"]).ok();
    assert!(export(&store) == export(&place.store("b")), "nothing of the old account is left");
}

#[test]
fn a_load_that_fails_leaves_the_store_empty() {
    let place = Place::new();
    let (store, file) = (place.store("a"), place.path("a.db"));
    let mut document = documents::complete();
    document["conversations"][1]["owner"] = json!("u9");
    let path = place.write("bad.json", &document.to_string());
    let ran = deskctl(&store, &["seed", "--file", &path, "--replace", "--yes", "-o", "json"]);
    assert_eq!((ran.code, &ran.error()["code"]), (2, &json!("bad_document")));
    for table in ["account", "users", "channels", "contacts", "conversations", "messages", "blobs", "load_refs"] {
        assert_eq!(count(&file, table), 0, "{table}");
    }
    let listed = deskctl(&store, &["channels", "list", "-o", "json"]);
    assert_eq!((listed.code, &listed.error()["code"]), (5, &json!("no_store")));
    assert_eq!(count(&file, "audit WHERE operation = 'seed' AND outcome = 'bad_document'"), 1);
    load(&store, &documents::complete().to_string()).ok();
}

#[test]
fn a_document_that_is_no_json_is_noticed_before_anything_is_replaced() {
    let place = Place::new();
    deskctl(&place.store("a"), &["seed", "--profile", "acme"]).ok();
    let before = export(&place.store("a"));
    let path = place.write("bad.json", &before[..before.len() / 2]);
    let ran = deskctl(&place.store("a"), &["seed", "--file", &path, "--replace", "--yes"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(export(&place.store("a")) == before);
}

#[test]
fn an_account_is_closed_while_it_is_loaded_and_a_killed_load_is_started_over() {
    use deskctl::store::locks::{self, Purpose};
    let place = Place::new();
    let (store, file) = (place.store("a"), place.path("a.db"));
    deskctl(&store, &["seed", "--profile", "acme"]).ok();
    let acme = export(&store);
    sql(&file, "UPDATE account SET loading = 1; DELETE FROM conversations WHERE id > 20; INSERT INTO load_refs VALUES ('contact', 'x', 1)");

    let closed = deskctl(&store, &["channels", "list", "-o", "json"]);
    assert_eq!((closed.code, &closed.error()["code"]), (11, &json!("account_loading")));
    let location = deskctl::store::Location::Sqlite(file.clone());
    let living = locks::take(&location, Purpose::Worker, || locks::locked("taken")).unwrap();
    let second = deskctl(&store, &["seed", "--profile", "acme", "-o", "json"]);
    assert_eq!((second.code, &second.error()["code"]), (11, &json!("locked")));
    drop(living);
    deskctl(&store, &["seed", "--profile", "acme", "--if-empty"]).ok();
    assert!(export(&store) == acme);
    assert_eq!(count(&file, "load_refs"), 0);
}

#[test]
fn a_load_killed_at_any_moment_is_started_over() {
    let place = Place::new();
    let generate = ["seed", "--conversations", "12000", "--seed", "5"];
    deskctl(&place.store("whole"), &generate).ok();
    let whole = export(&place.store("whole"));
    for milliseconds in [30, 150, 400] {
        let store = place.store(&format!("killed-{milliseconds}"));
        let mut child = command(&store, &generate).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        deskctl(&store, &[&generate[..], &["--if-empty"]].concat()).ok();
        assert!(export(&store) == whole, "killed after {milliseconds} ms");
    }
}

#[test]
fn an_interrupted_load_leaves_the_store_empty_and_says_so() {
    use rustix::process::{Pid, Signal, kill_process};
    let place = Place::new();
    for store in place.on_each_engine() {
        let arguments = ["seed", "--conversations", "400000", "-o", "json"];
        let mut child = command(&store, &arguments).stderr(Stdio::piped()).spawn().unwrap();
        while deskctl(&store, &["channels", "list"]).code != 11 {
            assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        }
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(deskctl(&store, &["channels", "list"]).code, 5);
    }
}

#[test]
fn a_dry_run_makes_no_store() {
    let place = Place::new();
    let path = place.write("account.json", &documents::complete().to_string());
    let ran = deskctl(&place.store("a"), &["seed", "--file", &path, "--dry-run"]);
    assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert!(ran.ok().contains("conversations  2"));
    assert!(!place.path("a.db").exists());
    assert_eq!(load(&place.store("a"), "{").code, 2);
    assert!(!place.path("a.db").exists(), "nor does a document that is no JSON");
}

#[test]
fn the_published_schema_describes_the_document() {
    let place = Place::new();
    let schema: Value = serde_json::from_str(&deskctl(&place.store("none"), &["seed", "--schema"]).ok()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    deskctl(&place.store("a"), &["seed", "--profile", "acme"]).ok();
    let acme: Value = serde_json::from_str(&export(&place.store("a"))).unwrap();
    let errors: Vec<String> = validator.iter_errors(&acme).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(validator.is_valid(&documents::complete()));
    for (pointer, value) in [
        ("/conversations/0/status", json!("NEW")),
        ("/conversations/0/messages/0/attachment", json!([])),
        ("/channels/0/kind", json!("fax")),
        ("/users/0/role", json!(1)),
        ("/tickets", json!({})),
        ("/agents", json!([])),
    ] {
        let mut wrong = documents::complete();
        documents::put(&mut wrong, pointer, value);
        assert!(!validator.is_valid(&wrong), "{pointer}");
    }
}

#[test]
fn an_export_to_a_file_is_private_and_needs_a_super_admin() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let store = place.store("a");
    load(&store, &documents::complete().to_string()).ok();
    let path = place.path("out.json");
    let counts = deskctl(&store, &["export", "account", path.to_str().unwrap(), "-o", "json"]).ok();
    assert_eq!(serde_json::from_str::<Value>(&counts).unwrap()["messages"], 3);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(&path).unwrap() == export(&store));
    let member = deskctl(&store, &["export", "account", "--as", "bob@example.com", "-o", "json"]);
    assert_eq!((member.code, &member.error()["code"]), (4, &json!("not_permitted")));
    assert_eq!(deskctl(&place.store("none"), &["export", "account"]).code, 5);
}

#[test]
fn init_makes_an_account_once() {
    let place = Place::new();
    for store in &place.on_each_engine() {
        let arguments = ["init", "--name", "Acme", "--time-zone", "Europe/Warsaw", "--admin", "Anna@Acme.example", "-o", "json"];
        let made: Value = serde_json::from_str(&deskctl(store, &arguments).ok()).unwrap();
        assert_eq!((&made["created"], &made["admin"]), (&json!(true), &json!("anna@acme.example")));
        let again: Value = serde_json::from_str(&deskctl(store, &arguments).ok()).unwrap();
        assert_eq!((&again["created"], &again["name"]), (&json!(false), &json!("Acme")));
        deskctl(store, &["init"]).ok();
        for other in [["--name", "Other"], ["--admin", "other@acme.example"]] {
            assert_eq!(deskctl(store, &[&["init"], &other[..]].concat()).code, 6, "{other:?}");
        }
        let document: Value = serde_json::from_str(&export(store)).unwrap();
        assert_eq!(document["pipelines"][0]["name"], "Support");
        let stages: Vec<&str> =
            document["pipelines"][0]["stages"].as_array().unwrap().iter().map(|stage| stage["name"].as_str().unwrap()).collect();
        assert_eq!(stages, ["New", "Waiting on contact", "Waiting on us", "Closed"]);
        let inboxes: Vec<&str> = document["inboxes"].as_array().unwrap().iter().map(|inbox| inbox["kind"].as_str().unwrap()).collect();
        assert_eq!(inboxes, ["inbox", "help_desk"]);
        assert_eq!(document["bot_conditions"][0]["action"], "hand_over");
    }
    assert_eq!(deskctl(&place.store("b"), &["init", "--time-zone", "Mars/Base"]).code, 2);
    assert!(!place.path("b.db").exists());
}
