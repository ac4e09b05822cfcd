//! `seed --replace`: the old account lives until the new one is whole.

use std::process::Stdio;
use std::time::Duration;

use deskctl::store::{Location, Store, account};
use serde_json::{Value, json};

use super::{Place, command, deskctl, documents, export};
use crate::support::random::Random;

fn location(target: &str) -> Location {
    match target.strip_prefix("sqlite:") {
        Some(path) => Location::Sqlite(path.into()),
        None => Location::Postgres { url: target.to_owned(), password: None },
    }
}

/// No folder, no file and no schema of a load.
fn nothing_is_left(target: &str) {
    let rows: Value = serde_json::from_str(&deskctl(target, &["doctor", "-o", "json"]).stdout).unwrap();
    let leftovers = rows.as_array().unwrap().iter().find(|row| row["check"] == "leftovers").unwrap();
    assert_eq!(leftovers["status"], "ok", "{target}: {leftovers}");
}

fn audited(target: &str) -> Vec<(String, String)> {
    let rows: Value = serde_json::from_str(&deskctl(target, &["audit", "list", "-o", "json"]).ok()).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(|row| (text(row, "operation"), text(row, "outcome"))).collect()
}

#[test]
fn a_load_that_fails_leaves_the_account_as_it_was() {
    let place = Place::new();
    let wrong: [(&str, &str, Value); 4] = [
        ("an unknown field", "/conversations/1/e-mail", json!("x")),
        ("an unknown owner", "/conversations/1/owner", json!("u9")),
        ("a second super admin's role", "/users/0/role", json!("king")),
        ("a channel that is not there", "/conversations/0/channels/0/channel", json!("nowhere")),
    ];
    for target in place.on_each_engine() {
        deskctl(&target, &["seed", "--profile", "acme"]).ok();
        let before = export(&target);
        for (case, pointer, value) in &wrong {
            let mut document = documents::complete();
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            document.pointer_mut(parent).unwrap()[key] = value.clone();
            let path = place.write("bad.json", &document.to_string());
            let ran = deskctl(&target, &["seed", "--file", &path, "--replace", "--yes", "-o", "json"]);
            assert_eq!((ran.code, &ran.error()["code"]), (2, &json!("bad_document")), "{case}: {}", ran.stderr);
            assert!(export(&target) == before, "{target}: {case}");
            nothing_is_left(&target);
        }
        assert_eq!(audited(&target)[0], ("seed".into(), "bad_document".into()));
    }
}

#[test]
fn whoever_has_the_store_open_sees_one_change_and_the_audit_stays() {
    let place = Place::new();
    for target in place.on_each_engine() {
        deskctl(&target, &["seed", "--profile", "acme"]).ok();
        let mut open = Store::connect(&location(&target)).unwrap();
        let name = |open: &mut Store| account::get(&mut open.read().unwrap()).unwrap().name;
        let count =
            |open: &mut Store| -> i64 { open.read().unwrap().one("SELECT count(*) FROM conversations", &[], |row| row.get()).unwrap() };
        let (old, many) = (name(&mut open), count(&mut open));
        deskctl(&target, &["seed", "--conversations", "30", "--seed", "4", "--replace", "--yes"]).ok();
        assert!(name(&mut open) != old && count(&mut open) == 30 && many > 30, "{target}");
        let mut tx = open.write().unwrap();
        tx.script("UPDATE account SET name = 'written'").unwrap();
        tx.commit().unwrap();
        assert_eq!(name(&mut Store::connect(&location(&target)).unwrap()), "written");
        assert_eq!(audited(&target), [("seed".into(), "done".into()), ("seed".into(), "done".into())]);
        // Ids begin anew, and new rows get ids beyond them.
        deskctl(&target, &["teams", "create", "New"]).ok();
        nothing_is_left(&target);
        deskctl(&target, &["doctor", "--full"]).ok();
    }
}

#[test]
fn a_load_killed_at_any_moment_leaves_the_account_as_it_was() {
    let place = Place::new();
    let generate = ["seed", "--conversations", "3000", "--seed", "5", "--replace", "--yes"];
    let mut random = Random::new(47);
    for target in place.on_each_engine() {
        deskctl(&target, &["seed", "--profile", "acme"]).ok();
        let old = export(&target);
        let began = std::time::Instant::now();
        deskctl(&target, &generate).ok();
        let whole = began.elapsed();
        let new = export(&target);
        deskctl(&target, &["seed", "--profile", "acme", "--replace", "--yes"]).ok();
        let mut survived = 0;
        for kill in 0..8 {
            let after = whole.mul_f64(0.1) + Duration::from_micros(random.below(whole.as_micros() as u64));
            let mut child = command(&target, &generate).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(after);
            child.kill().unwrap();
            child.wait().unwrap();
            let found = export(&target);
            assert!(found == old || found == new, "{target}: kill {kill} after {after:?}");
            survived += i32::from(found == old);
            if found == new {
                deskctl(&target, &["seed", "--profile", "acme", "--replace", "--yes"]).ok();
            }
        }
        assert!(survived > 0, "{target}: no kill came before the end");
        deskctl(&target, &generate).ok();
        assert!(export(&target) == new, "{target}");
        nothing_is_left(&target);
    }
}
