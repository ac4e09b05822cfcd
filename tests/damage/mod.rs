//! `verify` and every column of every table that a move touches: each is changed behind the program's back in a store whose
//! channel has moved, and `verify` names what is wrong, or `docs/verify.md` says why it cannot know.
//!
//! The columns are asked of the store itself, so that a new one must be put into one of the two lists.

mod desk;
mod honest;
mod kinds;

use std::collections::BTreeSet;

use deskctl::store::Location;

use crate::support::postgres::PgServer;

use desk::Desk;
use kinds::{CANNOT_KNOW, DERIVED, Kind, NAMED, REMOVED, UNTOUCHED};

fn columns(desk: &Desk) -> BTreeSet<(String, String)> {
    let sql = match desk.location {
        Location::Sqlite(_) => {
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search_index%'"
        }
        Location::Postgres { .. } => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
             WHERE table_schema = ANY (current_schemas(false)) AND table_name NOT LIKE 'search_index%' AND table_name <> 'sla_clocks'"
        }
    };
    let mut store = desk.store();
    store.read().unwrap().query(sql, &[], |row| Ok((row.get()?, row.get()?))).unwrap().into_iter().collect()
}

fn of(kind: &Kind) -> (String, String) {
    let (table, column) = kind.column.split_once('.').unwrap();
    (table.to_owned(), column.to_owned())
}

#[test]
fn every_column_that_a_move_touches_is_named_or_stands_in_the_docs() {
    let desk = Desk::embedded();
    let listed: BTreeSet<(String, String)> = NAMED.iter().chain(CANNOT_KNOW).map(of).collect();
    let left_alone = |table: &str| UNTOUCHED.contains(&table) || DERIVED.contains(&table);
    let columns = columns(&desk);
    let in_neither: Vec<_> =
        columns.iter().filter(|(table, column)| !left_alone(table) && !listed.contains(&(table.clone(), column.clone()))).collect();
    assert!(in_neither.is_empty(), "in neither list: {in_neither:?}");
    let gone: Vec<_> = listed.iter().filter(|column| !columns.contains(*column)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/verify.md")).unwrap();
    let columns = CANNOT_KNOW.iter().map(|kind| kind.column).filter(|column| !NAMED.iter().any(|named| named.column == *column));
    let missing: Vec<&str> = columns.chain(DERIVED.iter().copied()).filter(|what| !docs.contains(&format!("`{what}`"))).collect();
    assert!(missing.is_empty(), "docs/verify.md does not say why verify cannot know {missing:?}");
}

/// Each row of each kind; only the first row of each where `quick`.
fn each_kind_is_named(desk: &Desk, quick: bool) {
    assert_eq!(desk.found_after(&[]), Vec::new() as Vec<desk::Found>, "a whole store");
    let mut blind = Vec::new();
    for kind in NAMED {
        for row in kind.rows.iter().take(if quick { 1 } else { usize::MAX }) {
            let (table, column) = of(kind);
            let sql = desk.filled(&format!("UPDATE {table} SET {column} = {} WHERE {row}", kind.set));
            check(desk, &[&sql], kind.code, &mut blind);
        }
    }
    for (statements, code) in REMOVED {
        let statements: Vec<String> = statements.iter().map(|sql| desk.filled(sql)).collect();
        check(desk, &statements.iter().map(String::as_str).collect::<Vec<_>>(), code, &mut blind);
    }
    assert!(blind.is_empty(), "not named:\n{}", blind.join("\n"));
}

fn check(desk: &Desk, statements: &[&str], code: &str, blind: &mut Vec<String>) {
    let found = desk.found_after(statements);
    if !found.iter().any(|found| found.codes.iter().any(|found| found == code)) {
        blind.push(format!("{statements:?}: {code} expected, found {found:?}"));
    }
}

#[test]
fn each_kind_of_damage_is_named() {
    each_kind_is_named(&Desk::embedded(), true);
}

#[test]
fn each_kind_of_damage_is_named_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    each_kind_is_named(&Desk::on(server), true);
}

#[test]
#[ignore = "every row of every kind, on both engines: minutes"]
fn each_kind_of_damage_is_named_on_each_kind_of_row() {
    each_kind_is_named(&Desk::embedded(), false);
    if let Some(server) = PgServer::shared() {
        each_kind_is_named(&Desk::on(server), false);
    }
}

/// What the docs say that it cannot know, it does not find either: else the docs say too little.
#[test]
fn what_verify_cannot_know_is_as_the_docs_say() {
    let desk = Desk::embedded();
    let mut named = Vec::new();
    for kind in CANNOT_KNOW.iter().filter(|kind| !kind.set.is_empty()) {
        let (table, column) = of(kind);
        for row in kind.rows {
            let sql = desk.filled(&format!("UPDATE {table} SET {column} = {} WHERE {row}", kind.set));
            let found = desk.found_after(&[&sql]);
            if !found.is_empty() {
                named.push(format!("{sql}: {found:?}"));
            }
        }
    }
    assert!(named.is_empty(), "verify finds more than docs/verify.md says:\n{}", named.join("\n"));
}
