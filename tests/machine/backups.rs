//! `deskctl backup`, `restore` and `store` (G20).

use std::os::unix::fs::{PermissionsExt, symlink};

use deskctl::domain::time::Time;
use deskctl::store::locks::{self, Purpose};
use deskctl::store::{Location, Row, Store, Tx, account, audit, schema};
use serde_json::{Value, json};

use super::{Place, account_name, make_store, mode, sqlite};
use crate::support::postgres::PgServer;

/// Both engines, each with a store of an account "A".
fn locations(place: &Place) -> Vec<Location> {
    let mut locations = vec![sqlite(&place.path("a.db"))];
    locations.extend(PgServer::shared().map(|server| Location::Postgres { url: server.database(), password: None }));
    for location in &locations {
        make_store(location, "A");
    }
    locations
}

fn rename(location: &Location, name: &str) {
    let mut store = Store::connect(location).unwrap();
    let mut tx = store.write().unwrap();
    let (row, _) = account::find(&mut tx).unwrap().unwrap();
    account::put(&mut tx, &account::Account { name: name.into(), ..row }, false).unwrap();
    tx.commit().unwrap();
}

fn audited(location: &Location) -> Vec<(String, String)> {
    let mut store = Store::connect(location).unwrap();
    let entries = audit::page(&mut store.read().unwrap(), &Default::default(), i64::MAX, 10).unwrap();
    entries.into_iter().map(|entry| (entry.operation, entry.outcome)).collect()
}

#[test]
fn g20_a_backup_brings_the_store_back() {
    let place = Place::new();
    for (index, location) in locations(&place).iter().enumerate() {
        let (target, file) = (location.to_string(), format!("{index}.backup"));
        let made = place.run(&["--target", &target, "backup", &file]).ok().json();
        assert!(made["bytes"].as_i64().unwrap() > 1_000, "{made}");
        assert_eq!(mode(&place.path(&file)), 0o600, "G3");
        rename(location, "B");
        let restore = ["--target", &target, "restore", &file];
        assert_eq!(place.run(&restore).error(), "confirmation_required", "G19");
        place.run(&[&restore[..], &["--dry-run"]].concat()).ok();
        assert_eq!(account_name(location), "B");
        // Someone who has the store open sees the restored one, and writes into it.
        let mut open = Store::connect(location).unwrap();
        assert_eq!(account::get(&mut open.read().unwrap()).unwrap().name, "B");
        place.run(&[&restore[..], &["--yes"]].concat()).ok();
        assert_eq!(account_name(location), "A");
        assert_eq!(account::get(&mut open.read().unwrap()).unwrap().name, "A");
        assert_eq!(audited(location)[0], ("store.restore".into(), "done".into()));
        place.run(&["--target", &target, "doctor"]).ok();
    }
}

#[test]
fn a_backup_goes_to_a_new_place_too() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    place.run(&["--target", "a.db", "backup", "x.backup"]).ok();
    place.run(&["--target", "folder/new.db", "restore", "x.backup"]).ok();
    assert_eq!(account_name(&sqlite(&place.path("folder/new.db"))), "A");
    assert_eq!((mode(&place.path("folder/new.db")), mode(&place.path("folder"))), (0o600, 0o700));
    assert_eq!(audited(&sqlite(&place.path("folder/new.db")))[0].0, "store.restore");

    // A damaged store is replaced, although nobody can be asked for permission.
    std::fs::write(place.path("bad.db"), vec![7; 100_000]).unwrap();
    assert_eq!(place.run(&["--target", "bad.db", "restore", "x.backup"]).error(), "confirmation_required");
    place.run(&["--target", "bad.db", "restore", "x.backup", "--yes"]).ok();
    assert_eq!((account_name(&sqlite(&place.path("bad.db"))).as_str(), mode(&place.path("bad.db"))), ("A", 0o600));
}

#[test]
fn what_is_there_is_never_overwritten_by_a_backup() {
    let place = Place::new();
    std::fs::write(place.path("precious"), "data").unwrap();
    symlink(place.path("elsewhere"), place.path("link")).unwrap();
    for location in locations(&place) {
        let target = location.to_string();
        for file in ["precious", "link"] {
            assert_eq!(place.run(&["--target", &target, "backup", file]).error(), "file_exists", "{file}");
        }
        assert_eq!(place.run(&["--target", &target, "backup", "no/such/folder/b"]).code, 5);
        assert_eq!(audited(&location)[0], ("store.backup".into(), "file_not_found".into()));
    }
    assert_eq!(std::fs::read_to_string(place.path("precious")).unwrap(), "data");
    assert!(!place.path("elsewhere").exists());
    let left: Vec<_> = std::fs::read_dir(place.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let place = Place::new();
    for (index, location) in locations(&place).iter().enumerate() {
        let (target, file) = (location.to_string(), format!("{index}.backup"));
        place.run(&["--target", &target, "backup", &file]).ok();
        let whole = std::fs::read(place.path(&file)).unwrap();
        let mut torn = whole.clone();
        let middle = torn.len() / 2;
        torn[middle..middle + 9_000.min(middle)].fill(0x5a);
        let cut = whole[..whole.len() / 3].to_vec();
        for (name, bytes) in [("torn", torn), ("cut", cut), ("empty", vec![]), ("text", b"no backup".to_vec())] {
            std::fs::write(place.path(name), bytes).unwrap();
            let said = place.run(&["--target", &target, "restore", name, "--yes"]);
            assert_eq!(said.code, 1, "{target} {name}: {}", said.stderr);
            assert_eq!(account_name(location), "A", "{name}");
        }
        assert_eq!(place.run(&["--target", &target, "restore", "nothing", "--yes"]).code, 5);
        assert_eq!(place.run(&["--target", &target, "restore", ".", "--yes"]).error(), "not_a_file");
    }
    assert_eq!(place.run(&["--target", "a.db", "restore", "a.db", "--yes"]).error(), "same_file");
}

#[test]
fn restoring_waits_for_no_worker_and_asks_for_a_super_admin() {
    let place = Place::new();
    for (index, location) in locations(&place).iter().enumerate() {
        let (target, file) = (location.to_string(), format!("{index}.backup"));
        let backup = ["--target", &target, "backup", &file];
        assert_eq!(place.run(&[&backup[..], &["--as", "member@example.com"]].concat()).code, 4);
        assert!(!place.path(&file).exists());
        place.run(&backup).ok();
        let restore = ["--target", &target, "restore", &file, "--yes"];
        assert_eq!(place.run(&[&restore[..], &["--as", "member@example.com"]].concat()).error(), "not_permitted");
        let held = locks::take(location, Purpose::Worker, || locks::locked("taken")).unwrap();
        assert_eq!(place.run(&restore).code, 11);
        drop(held);
        place.run(&restore).ok();
    }
}

#[test]
fn the_store_is_shown_and_is_current() {
    let place = Place::new();
    for location in locations(&place) {
        let target = location.to_string();
        let info = place.run(&["--target", &target, "store", "info"]).ok().json();
        assert_eq!((info["account"].as_str(), info["users"].as_i64()), (Some("A"), Some(2)));
        assert!(info["size_bytes"].as_i64().unwrap() > 0);
        let current = place.run(&["--target", &target, "store", "upgrade"]).ok();
        assert!(current.stderr.contains("the store is current") && current.json()["upgraded"] == false);
    }
}

#[test]
fn the_program_says_which_folder_it_cannot_write_to() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    std::fs::create_dir(place.path("closed")).unwrap();
    std::fs::set_permissions(place.path("closed"), std::fs::Permissions::from_mode(0o500)).unwrap();
    let said = place.run(&["--target", "a.db", "backup", "closed/b"]);
    // Root writes anywhere.
    assert!(said.code == 0 || said.error() == "file_permission", "{}", said.stderr);
}

#[test]
fn an_older_store_is_upgraded_when_someone_says_so() {
    let place = Place::new();
    for location in locations(&place) {
        let target = location.to_string();
        make_older(&location, schema::current() - 1);
        let embedded = matches!(location, Location::Sqlite(_));
        if !embedded {
            assert_eq!(place.run(&["--target", &target, "whoami"]).error(), "schema_old");
        }
        let upgrade = ["--target", &target, "store", "upgrade"];
        assert_eq!(place.run(&upgrade).error(), "confirmation_required");
        assert_eq!(place.run(&[&upgrade[..], &["--as", "member@example.com", "--yes"]].concat()).error(), "not_permitted");
        let done = place.run(&[&upgrade[..], &["--yes"]].concat()).ok().json();
        assert_eq!((done["upgraded"].as_bool(), done["from_version"].as_i64()), (Some(true), Some(schema::current() - 1)));
        assert_eq!(audited(&location)[0], ("store.upgrade".into(), "done".into()));
        place.run(&["--target", &target, "doctor"]).ok();
        let kept = std::fs::read_dir(place.path(".")).unwrap().flatten();
        let backups = kept.filter(|entry| entry.file_name().to_string_lossy().ends_with(".backup")).count();
        assert_eq!(backups, 1, "an embedded store is backed up before, and only that");
    }
}

/// What is kept of each message and conversation for the clocks.
fn kept(location: &Location) -> Vec<[Option<i64>; 6]> {
    let mut store = Store::connect(location).unwrap();
    let mut tx = store.read().unwrap();
    let mut rows: Vec<_> =
        tx.query("SELECT id, by_bot FROM messages ORDER BY id", &[], |row| Ok([row.get()?, row.get()?, None, None, None, None])).unwrap();
    let sql = "SELECT id, first_reply_at, no_reply_since, first_answer_at, no_answer_since FROM conversations ORDER BY id";
    let conversation = |row: &mut Row<'_>| Ok([row.get()?, None, row.get()?, row.get()?, row.get()?, row.get()?]);
    rows.extend(tx.query(sql, &[], conversation).unwrap());
    rows
}

/// A small account as a document: messages in no order of time, some at the same time, by bots of all sorts of names.
fn account_with_bots() -> String {
    let quoted = r#"A "\\" bot's % name"#;
    let channel = |id: &str, name: &str, bot: Option<&str>| {
        let bot = bot.map(|name| json!({ "name": name, "actions": ["hand_over"] }));
        json!({ "id": id, "name": name, "kind": "chat", "address": id, "inbox": "i", "settings": { "bot": bot } })
    };
    let authors = ["Chat", "Robo", "anna@example.com", quoted];
    let message = |number: i64, at: i64| {
        let direction = ["incoming", "outgoing", "comment", "outgoing", "incoming"][(number * at + number / 3) as usize % 5];
        let author = authors[(number + at) as usize % authors.len()];
        json!({ "direction": direction, "author": author, "at": Time(at * 60_000), "text": "t", "channel": format!("ch{}", number % 3) })
    };
    let conversation = |number: i64| {
        let channels: Vec<Value> = (0..3).map(|n| json!({ "channel": format!("ch{n}"), "since": Time(n) })).collect();
        let messages: Vec<Value> = (0..number % 9).map(|n| message(number + n, (number * 7 + n * n * 5) % 6 + 1)).collect();
        json!({ "id": format!("c{number}"), "status": "OPEN", "channels": channels, "messages": messages })
    };
    let document = json!({
        "deskctl_account": 1,
        "users": [{ "id": "u", "email": "anna@example.com", "name": "A", "role": "super_admin" }],
        "inboxes": [{ "id": "i", "name": "Inbox", "kind": "inbox" }],
        "channels": [channel("ch0", "Chat", None), channel("ch1", "Chat", Some("Robo")), channel("ch2", "Robo", Some(quoted))],
        "conversations": (0..120).map(conversation).collect::<Vec<_>>(),
    });
    document.to_string()
}

#[test]
fn a_store_of_version_4_gets_what_is_kept_for_the_clocks() {
    let place = Place::new();
    std::fs::write(place.path("account.json"), account_with_bots()).unwrap();
    for location in locations(&place) {
        let target = location.to_string();
        for source in [&["--file", "account.json"][..], &["--profile", "acme"]] {
            place.run(&[&["--target", &target, "seed", "--replace", "--yes"], source].concat()).ok();
            let before = kept(&location);
            let different = |at: usize| before.iter().filter_map(|row| row[at]).collect::<std::collections::HashSet<_>>().len();
            assert!(different(1) == 2 && (2..6).all(|at| different(at) > 4), "{source:?}: there is something to keep");
            make_older(&location, 4);
            place.run(&["--target", &target, "store", "upgrade", "--yes"]).ok();
            assert!(kept(&location) == before, "{target} {source:?}");
        }
    }
}

/// Takes the steps of the schema after `version` back, as a store of that version has it.
pub fn make_older(location: &Location, version: i64) {
    let mut store = Store::connect(location).unwrap();
    let mut tx = store.write().unwrap();
    for step in schema::STEPS.iter().rev().filter(|step| step.version > version) {
        take_back(&mut tx, step);
    }
    tx.commit().unwrap();
}

fn take_back(tx: &mut Tx<'_>, step: &schema::Step) {
    // Backwards: views before their tables.
    for statement in step.sql.rsplit(';') {
        let words: Vec<&str> = statement.lines().filter(|line| !line.starts_with("--")).flat_map(str::split_whitespace).collect();
        let undo = match words.as_slice() {
            ["CREATE", "TABLE", table, ..] => format!("DROP TABLE {table}"),
            ["CREATE", "VIEW", view, ..] => format!("DROP VIEW {view}"),
            ["CREATE", "INDEX", index, ..] | ["CREATE", "UNIQUE", "INDEX", index, ..] => format!("DROP INDEX {index}"),
            ["{search_index}"] => "DROP TABLE search_index".to_owned(),
            _ => continue,
        };
        tx.script(&undo).unwrap();
    }
    for change in step.sql.lines().filter_map(|line| line.strip_prefix("ALTER TABLE ")) {
        let words: Vec<&str> = change.split(' ').collect();
        tx.script(&format!("ALTER TABLE {} DROP COLUMN {}", words[0], words[3])).unwrap();
    }
    tx.script(&format!("DELETE FROM schema_versions WHERE version = {}", step.version)).unwrap();
}
