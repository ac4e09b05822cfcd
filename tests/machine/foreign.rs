//! What is no deskctl store: nothing is added to it, and it is replaced only when that is said (G19).

use deskctl::store::Location;
use rusqlite::Connection;

use super::{Place, account_name, make_store, sqlite};
use crate::support::postgres::PgServer;

const TABLES: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO customers VALUES (1, 'Jane'); \
     CREATE TABLE schema_versions (version INTEGER, name TEXT);";

/// Databases of something else, on each engine, and what shows that they are as they were.
fn foreign(place: &Place) -> Vec<(String, Box<dyn Fn() -> i64>)> {
    let path = place.path("shop.db");
    Connection::open(&path).unwrap().execute_batch(TABLES).unwrap();
    let read = move || Connection::open(&path).unwrap().query_row("SELECT count(*) FROM customers", [], |row| row.get(0)).unwrap();
    let mut found: Vec<(String, Box<dyn Fn() -> i64>)> = vec![("shop.db".to_owned(), Box::new(read))];
    if let Some(server) = PgServer::shared() {
        let url = server.database();
        let connect = |url: &str| postgres::Client::connect(url, postgres::NoTls).unwrap();
        connect(&url).batch_execute(TABLES).unwrap();
        let target = url.clone();
        found.push((target, Box::new(move || connect(&url).query_one("SELECT count(*) FROM customers", &[]).unwrap().get(0))));
    }
    found
}

#[test]
fn g19_nothing_is_added_to_a_database_of_something_else() {
    let place = Place::new();
    for (target, rows) in foreign(&place) {
        let before = std::fs::read(place.path("shop.db")).unwrap();
        for arguments in [
            &["init"][..],
            &["seed", "--profile", "acme"],
            &["seed", "--profile", "acme", "--replace", "--yes"],
            &["seed", "--profile", "acme", "--dry-run"],
            &["channels", "list"],
            &["store", "upgrade", "--yes"],
            &["serve", "--listen", "127.0.0.1:0"],
            &["backup", "x.backup"],
        ] {
            let said = place.run(&[&["--target", &target], arguments].concat());
            assert_eq!((said.code, said.error().as_str()), (6, "not_a_store"), "{target} {arguments:?}: {}", said.stderr);
            assert!(said.stderr.contains("customers"), "it is named: {}", said.stderr);
        }
        assert_eq!(place.run(&["--target", &target, "doctor"]).code, 1);
        assert_eq!(rows(), 1);
        assert!(std::fs::read(place.path("shop.db")).unwrap() == before, "{target}");
    }
}

#[test]
fn g19_whatever_is_there_is_replaced_only_when_that_is_said() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    place.run(&["--target", "a.db", "backup", "x.backup"]).ok();
    foreign(&place);
    std::fs::write(place.path("letter.txt"), "Dear Jane, ".repeat(50)).unwrap();
    std::fs::write(place.path("short"), "x").unwrap();
    Connection::open(place.path("bare.db")).unwrap().execute_batch("PRAGMA user_version = 7").unwrap();
    for name in ["shop.db", "letter.txt", "short", "bare.db"] {
        let before = std::fs::read(place.path(name)).unwrap();
        let target = format!("sqlite:{name}");
        let restore = ["--target", &target, "restore", "x.backup"];
        let said = place.run(&restore);
        assert_eq!((said.code, said.error().as_str()), (2, "confirmation_required"), "{name}");
        assert!(said.stderr.contains(name), "it is named: {}", said.stderr);
        place.run(&[&restore[..], &["--dry-run"]].concat()).ok();
        assert!(std::fs::read(place.path(name)).unwrap() == before, "{name}");
        place.run(&[&restore[..], &["--yes"]].concat()).ok();
        assert_eq!(account_name(&sqlite(&place.path(name))), "A", "{name}");
    }
    std::fs::write(place.path("empty.db"), "").unwrap();
    place.run(&["--target", "empty.db", "restore", "x.backup"]).ok();
    for (target, rows) in foreign(&Place::new()).into_iter().skip(1) {
        make_store(&Location::Postgres { url: PgServer::shared().unwrap().database(), password: None }, "A");
        let said = place.run(&["--target", &target, "restore", "x.backup"]);
        assert!(said.code != 0 && rows() == 1, "{}", said.stderr);
    }
}

#[test]
fn what_is_no_store_is_no_source_either_and_is_named() {
    let place = Place::new();
    foreign(&place);
    std::fs::write(place.path("letter.txt"), "Dear Jane, ".repeat(50)).unwrap();
    for name in ["shop.db", "letter.txt"] {
        let said = place.run(&["--target", "new.db", "restore", name, "--yes"]);
        assert_eq!((said.code, said.error().as_str()), (1, "backup_damaged"), "{name}");
        assert!(said.stderr.contains(name) && !place.path("new.db").exists(), "{}", said.stderr);
    }
    // Before anything is asked.
    make_store(&sqlite(&place.path("a.db")), "A");
    assert_eq!(place.run(&["--target", "a.db", "restore", "nothing"]).error(), "file_not_found");
    assert_eq!(place.run(&["--target", "a.db", "restore", "shop.db"]).error(), "backup_damaged");
}
