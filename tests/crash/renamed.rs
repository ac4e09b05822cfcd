//! What a decision reads is kept with it: users and contacts that have other names in the midst of a move, or after it, change
//! neither what later batches do nor what `verify` says.

use deskctl::store::Store;

use crate::support::kill::When;
use crate::support::postgres::PgServer;

use super::damage::script;
use super::desk::{CHANNEL, Desk, Origin, RESUME};
use super::races::{spawn, wait_for_work};

/// `u05` by address, `me` by being the starter, contacts by name; a third of the conversations has no subject (see [`unnamed`]).
const START: &[&str] = &[
    "migrations",
    "start",
    CHANNEL,
    "--history",
    "all",
    "--map",
    "owner in (u05@example.com, u06@example.com)=Waiting on us",
    "--map",
    "owner = me=Waiting on customer",
    "--map",
    "owner is not set and contact contains a=Waiting on customer",
    "--map",
    "open=New",
    "--map",
    "closed=Closed",
    "--yes",
    "-o",
    "json",
];

const EVERYONE_IS_RENAMED: &str = "UPDATE users SET email = 'x' || email; \
     UPDATE contacts SET first_name = 'Bob', last_name = 'Bobson', email = NULL, phone = NULL, mobile_phone = NULL";

/// Tickets that were made, by stage and owner.
fn made(desk: &Desk, by_contact: bool) -> Vec<(i64, Option<i64>, i64)> {
    let contact = if by_contact { "1 = 1" } else { "owner_id IS NOT NULL" };
    let sql =
        format!("SELECT stage_id, owner_id, count(*) FROM tickets WHERE made_by_run IS NOT NULL AND {contact} GROUP BY 1, 2 ORDER BY 1, 2");
    let mut store = Store::connect(&desk.location).unwrap();
    store.read().unwrap().query(&sql, &[], |row| Ok((row.get()?, row.get()?, row.get()?))).unwrap()
}

fn unnamed(desk: &Desk) {
    script(desk, "UPDATE conversations SET subject = NULL WHERE id % 3 = 0");
}

fn renamed(origin: &Origin) {
    let undisturbed = origin.copy();
    unnamed(&undisturbed);
    undisturbed.run(START, When::Never).expect_success();
    undisturbed.expect_all_same("before anyone is renamed");
    let expected = made(&undisturbed, true);
    assert!(expected.len() > 4, "the rules take some: {expected:?}");
    script(&undisturbed, EVERYONE_IS_RENAMED);
    undisturbed.expect_all_same("all are renamed after the move");

    let desk = origin.slow_copy();
    unnamed(&desk);
    let mut working = spawn(&desk, START);
    wait_for_work(&desk);
    working.kill().unwrap();
    working.wait().unwrap();
    assert_ne!(desk.state(), "completed", "it was to be stopped in the midst");
    script(&desk, EVERYONE_IS_RENAMED);
    desk.run(RESUME, When::Never).expect_success();
    desk.expect_all_same("all are renamed in the midst");
    // Which contact was called what when its conversation moved is up to the batch; whose it was is not.
    assert_eq!(made(&desk, false), made(&undisturbed, false), "users are who they were when the map was frozen");
}

#[test]
fn whoever_is_renamed_during_or_after_a_move_changes_nothing() {
    renamed(&Origin::sqlite(300, 41, 20));
    if let Some(server) = PgServer::shared() {
        renamed(&Origin::postgres(server, 300, 41, 20));
    }
}
