//! Copies of stores that are in use or damaged, and what killed processes leave (G20, G21).

use std::time::{Duration, Instant};

use deskctl::store::{Location, Store};
use rusqlite::Connection;

use super::{Place, account_name, make_store, sqlite};
use crate::support::postgres::PgServer;

fn script(location: &Location, sql: &str) {
    let mut store = Store::connect(location).unwrap();
    let mut tx = store.write().unwrap();
    tx.script(sql).unwrap();
    tx.commit().unwrap();
}

/// What is in the write-ahead log only, because someone has the store open, is restored too.
#[test]
fn g20_restoring_from_a_store_in_use_takes_all_that_was_committed() {
    let place = Place::new();
    let from = sqlite(&place.path("a.db"));
    let mut open = make_store(&from, "A");
    for (name, rounds) in [("new.db", 1), ("new.db", 2), ("other.db", 3)] {
        let mut tx = open.write().unwrap();
        tx.script(&format!("UPDATE account SET name = 'round {rounds}'")).unwrap();
        tx.commit().unwrap();
        place.run(&["--target", name, "restore", "a.db", "--yes"]).ok();
        assert_eq!(account_name(&sqlite(&place.path(name))), format!("round {rounds}"));
    }
}

/// Writers go on while copies are made: each is sound, and is one moment of the store.
#[test]
fn g20_copies_of_a_store_that_is_written_to_are_sound() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let place = Place::new();
    let from = sqlite(&place.path("a.db"));
    let mut store = make_store(&from, "A");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !done.load(Ordering::Relaxed) {
                round += 1;
                let mut tx = store.write().unwrap();
                tx.script(&format!("UPDATE account SET name = '{round}'; UPDATE users SET name = '{round}'")).unwrap();
                tx.commit().unwrap();
            }
        });
        for copy in 0..5 {
            let name = format!("copy-{copy}.db");
            let restored = place.run(&["--target", &name, "restore", "a.db", "--yes"]);
            if restored.code != 0 {
                done.store(true, Ordering::Relaxed);
            }
            restored.ok();
            let copied = Connection::open(place.path(&name)).unwrap();
            let one = |sql: &str| copied.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
            assert_eq!(one("SELECT min(name) FROM users"), one("SELECT name FROM account"), "one moment");
            assert_eq!(one("PRAGMA integrity_check"), "ok");
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn no_backup_is_written_of_a_damaged_store() {
    let place = Place::new();
    let path = place.path("a.db");
    drop(make_store(&sqlite(&path), "A"));
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / 8_192;
    let mut refused = 0;
    for page in 1..pages {
        let mut bytes = whole.clone();
        bytes[8_192 * page..8_192 * page + 4_000].fill(0x5a);
        std::fs::write(&path, &bytes).unwrap();
        let said = place.run(&["--target", "a.db", "backup", "x.backup"]);
        if said.code == 0 {
            // What is written can be restored.
            place.run(&["--target", "new.db", "restore", "x.backup", "--dry-run"]).ok();
            std::fs::remove_file(place.path("x.backup")).unwrap();
            continue;
        }
        refused += 1;
        assert_eq!((said.code, said.error().as_str()), (1, "store_corrupt"), "page {page}: {}", said.stderr);
        assert!(!place.path("x.backup").exists(), "page {page}");
    }
    assert!(refused > pages / 2, "{refused} of {pages}");
}

#[test]
fn a_damaged_store_says_what_can_still_be_read() {
    let place = Place::new();
    let path = place.path("a.db");
    place.run(&["--target", "a.db", "seed", "--conversations", "50"]).ok();
    let connection = Connection::open(&path).unwrap();
    let root: i64 = connection.query_row("SELECT rootpage FROM sqlite_master WHERE name = 'messages'", [], |row| row.get(0)).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let end = 8_192 * usize::try_from(root).unwrap();
    bytes[end - 8_192..end].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let said = place.run(&["--target", "a.db", "backup", "x.backup"]);
    assert_eq!((said.code, said.error().as_str()), (1, "store_corrupt"), "{}", said.stderr);
    let error: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    let details = &error["error"]["details"];
    assert_eq!(details["unreadable"], serde_json::json!(["messages"]), "{error}");
    assert!(details["readable"].as_array().unwrap().len() > 20, "{error}");
}

/// Whoever owns the store restores where nobody else can: with an audit record that says so.
#[test]
fn g21_an_account_without_a_super_admin_is_restored_by_its_owner() {
    let place = Place::new();
    let mut locations = vec![sqlite(&place.path("a.db"))];
    locations.extend(PgServer::shared().map(|server| Location::Postgres { url: server.database(), password: None }));
    for (index, location) in locations.iter().enumerate() {
        make_store(location, "A");
        let (target, file) = (location.to_string(), format!("{index}.backup"));
        place.run(&["--target", &target, "backup", &file]).ok();
        script(location, "UPDATE users SET role = 'member'");
        assert_eq!(place.run(&["--target", &target, "backup", "none"]).error(), "no_super_admin");
        let restore = ["--target", &target, "restore", &file];
        assert_eq!(place.run(&restore).error(), "confirmation_required");
        let as_member = [&restore[..], &["--yes", "--as", "member@example.com"]].concat();
        assert_eq!(place.run(&as_member).error(), "not_permitted");
        place.run(&[&restore[..], &["--yes"]].concat()).ok();
        let audit = place.run(&["--target", &target, "audit", "list"]).ok().json();
        let actor = audit[0]["actor"].as_str().unwrap();
        assert_eq!(audit[0]["operation"], "store.restore");
        assert!(actor.starts_with("user ") || actor.starts_with("database role "), "{audit}");
    }
}

#[test]
fn what_killed_processes_left_is_named_and_swept() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    std::fs::write(place.path(".deskctl-dead.part"), "half a backup").unwrap();
    std::fs::create_dir(place.path("a.db-loading")).unwrap();
    let leftovers = || {
        let rows = place.run(&["--target", "a.db", "doctor"]).ok().json();
        rows.as_array().unwrap().iter().find(|row| row["check"] == "leftovers").unwrap().clone()
    };
    let said = leftovers().to_string();
    assert!(said.contains("warning") && said.contains(".deskctl-dead.part") && said.contains("a.db-loading"), "{said}");
    place.run(&["--target", "a.db", "backup", "x.backup"]).ok();
    assert!(!place.path(".deskctl-dead.part").exists());
    place.run(&["--target", "a.db", "restore", "x.backup", "--yes"]).ok();
    assert_eq!(leftovers()["status"], "ok");
}

/// A reader that sits keeps nobody from writing: the end of long work does not wait for it.
#[test]
fn a_sitting_reader_keeps_nobody_from_writing() {
    let place = Place::new();
    let location = sqlite(&place.path("a.db"));
    make_store(&location, "A");
    place.run(&["--target", "a.db", "backup", "x.backup"]).ok();
    let mut reader = Store::connect(&location).unwrap();
    let mut sitting = reader.read().unwrap();
    let _: i64 = sitting.one("SELECT count(*) FROM users", &[], |row| row.get()).unwrap();
    script(&location, "UPDATE account SET name = 'B'");
    std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            let began = Instant::now();
            place.run(&["--target", "a.db", "restore", "x.backup", "--yes"]).ok();
            place.run(&["--target", "a.db", "seed", "--conversations", "20", "--replace", "--yes"]).ok();
            began.elapsed()
        });
        let mut writer = Store::connect(&location).unwrap();
        let mut longest = Duration::ZERO;
        while !work.is_finished() {
            let began = Instant::now();
            let mut tx = writer.write().unwrap();
            tx.script("UPDATE account SET time_zone = time_zone").unwrap();
            tx.commit().unwrap();
            longest = longest.max(began.elapsed());
            std::thread::sleep(Duration::from_millis(5));
        }
        let took = work.join().unwrap();
        assert!(took < Duration::from_secs(20), "both took {took:?}");
        // 250 ms is what `receive` may take; this is a machine that is busy with other tests.
        assert!(longest < Duration::from_secs(2), "a writer waited {longest:?}");
    });
}

#[test]
fn a_changed_text_is_found_by_a_full_examination() {
    let place = Place::new();
    let mut locations = vec![sqlite(&place.path("a.db"))];
    locations.extend(PgServer::shared().map(|server| Location::Postgres { url: server.database(), password: None }));
    for location in locations {
        let target = location.to_string();
        let full = || {
            let rows = place.run(&["--target", &target, "doctor", "--full"]).json();
            rows.as_array().unwrap().iter().find(|row| row["check"] == "messages").unwrap().clone()
        };
        place.run(&["--target", &target, "seed", "--profile", "acme"]).ok();
        assert_eq!(full()["status"], "ok", "{}", full());
        for change in [
            "UPDATE messages SET text = 'forged' WHERE id = 5",
            "DELETE FROM messages WHERE id = 9",
            "UPDATE messages SET author = 'x' WHERE id = 12",
        ] {
            place.run(&["--target", &target, "seed", "--profile", "acme", "--replace", "--yes"]).ok();
            script(&location, change);
            assert_eq!(full()["status"], "error", "{target}: {change}");
        }
    }
}
