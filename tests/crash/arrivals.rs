//! Messages that arrive, from other processes, while a migration runs; both are killed again and again.
//!
//! Each message is there once, each thread is one conversation with one ticket or none, and where it lies and in which stage its
//! ticket stands is what M6 and M11 say, by whether it began before or after the commit that moved the channel.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use deskctl::args;
use deskctl::store::Store;
use serde_json::Value;

use crate::support::kill::When;
use crate::support::postgres::PgServer;
use crate::support::random::Random;

use super::desk::{CHANNEL, Desk, Origin, RESUME};

/// Messages per migration.
const MESSAGES: u64 = 24;
/// Kills of the worker per migration, at most.
const KILLS: u32 = 8;

/// One message: a new thread, or a further message of an earlier one; both in threads of our own.
struct Message {
    number: u64,
    thread: u64,
}

impl Message {
    /// Every third continues the thread before its own.
    fn new(number: u64) -> Message {
        Message { number, thread: if number % 3 == 2 { number - 1 } else { number } }
    }

    fn words(&self) -> Vec<String> {
        let (thread, external, text) = (format!("t-{}", self.thread), format!("m-{}", self.number), format!("message {}", self.number));
        let words = [
            "conversations",
            "receive",
            CHANNEL,
            "--from",
            "jan@example.com",
            "--text",
            &text,
            "--thread",
            &thread,
            "--external-id",
            &external,
        ];
        words.into_iter().chain(["-o", "json"]).map(str::to_owned).collect()
    }
}

/// Sends a message until it is acknowledged, through kills; now and then once more after that.
fn send(desk: &Desk, message: &Message, random: &mut Random, case: &str) {
    let words = message.words();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    loop {
        let when = if random.chance(3) { When::within(Duration::from_millis(60), random) } else { When::Never };
        let ran = desk.run(&words, when);
        if ran.killed {
            continue;
        }
        assert!(ran.status.success(), "{case}: message {}: {}: {}", message.number, ran.status, ran.stderr);
        if !random.chance(4) {
            break;
        }
    }
    let again: Value = serde_json::from_str(&desk.done(&words)).unwrap();
    assert_eq!(again["duplicate"], true, "{case}: message {} was acknowledged: {again}", message.number);
}

/// Drives the migration through kills until messages have stopped coming, and then to its end.
fn migrate_through_kills(desk: &Desk, start: &[&str], origin: &Origin, random: &mut Random, over: &AtomicBool, case: &str) {
    let mut kills = 0;
    loop {
        let args = if desk.status().is_none() { start.to_vec() } else { RESUME.to_vec() };
        let when = if kills < KILLS { When::within(origin.took / 3 + Duration::from_millis(40), random) } else { When::Never };
        let ran = desk.run(&args, when);
        kills += u32::from(ran.killed);
        assert!(ran.killed || ran.status.success(), "{case}: {args:?}: {}: {}", ran.status, ran.stderr);
        if desk.state() == "completed" {
            break;
        }
    }
    while !over.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(10));
    }
}

/// A thread of ours as it lies in the store in the end.
#[derive(Debug)]
struct Arrived {
    conversation: i64,
    messages: i64,
    tickets: i64,
    stage: Option<String>,
    in_help_desk: bool,
    /// The migration made its ticket.
    made_by_run: bool,
}

fn arrived(desk: &Desk) -> (Vec<Arrived>, i64) {
    let mut store = Store::connect(&desk.location).unwrap();
    let mut tx = store.read().unwrap();
    let doubled: i64 =
        tx.one("SELECT count(*) - count(DISTINCT external_id) FROM messages WHERE external_id LIKE 'm-%'", &[], |row| row.get()).unwrap();
    assert_eq!(doubled, 0, "a message is there twice");
    let sql = "SELECT c.id, \
         (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id), \
         (SELECT count(*) FROM tickets t WHERE t.made_for = c.id), \
         s.name, i.kind, t.made_by_run \
         FROM conversations c JOIN inboxes i ON i.id = c.inbox_id \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LEFT JOIN tickets t ON t.id = l.ticket_id \
         LEFT JOIN stages s ON s.id = t.stage_id \
         WHERE c.id IN (SELECT conversation_id FROM messages WHERE external_id LIKE 'm-%') ORDER BY c.id";
    let read = |row: &mut deskctl::store::Row<'_>| {
        let (conversation, messages, tickets) = (row.get()?, row.get()?, row.get()?);
        let (stage, kind, made_by) = (row.get()?, row.get::<String>()?, row.get::<Option<i64>>()?);
        Ok(Arrived { conversation, messages, tickets, stage, in_help_desk: kind == "help_desk", made_by_run: made_by.is_some() })
    };
    let arrived = tx.query(sql, args![], read).unwrap();
    let boundary = tx.one("SELECT boundary_conversation FROM migrations", &[], |row| row.get()).unwrap();
    (arrived, boundary)
}

/// Returns how many of our threads began before the move.
fn check(desk: &Desk, history: &str, case: &str) -> usize {
    let (arrived, boundary) = arrived(desk);
    let threads = (0..MESSAGES).filter(|number| number % 3 != 2).count();
    assert_eq!(arrived.len(), threads, "{case}: conversations of ours: {arrived:?}");
    assert_eq!(arrived.iter().map(|thread| thread.messages).sum::<i64>(), MESSAGES as i64, "{case}: {arrived:?}");
    for thread in &arrived {
        let old = thread.conversation <= boundary;
        let expected = match (old, history) {
            // M16: it stays where it was, with the ticket that it had not.
            (true, "none") => (0, None, false, false),
            // M13: a ticket in the mapped stage.
            (true, _) => (1, Some("Waiting on us"), true, true),
            // M11: a ticket in the first open stage, made on arrival.
            (false, _) => (1, Some("New"), true, false),
        };
        let found = (thread.tickets, thread.stage.as_deref(), thread.in_help_desk, thread.made_by_run);
        assert_eq!(found, expected, "{case}: begun {} the move: {thread:?}", if old { "before" } else { "after" });
    }
    arrived.iter().filter(|thread| thread.conversation <= boundary).count()
}

fn arrive_while_killed(origin: &Origin, history: &str, seed: u64) -> usize {
    let case = format!("arrivals, history {history}, seed {seed}");
    let desk = origin.copy();
    // Before the move there are no tickets; after it there are, also so (M11).
    desk.done(&["channels", "update", CHANNEL, "--ticket-creation", "off", "--ticket-stage", ""]);
    let mut start = vec!["migrations", "start", CHANNEL, "--history", history, "--yes", "-o", "json"];
    if history == "all" {
        start.extend(["--map", "open=Waiting on us", "--map", "closed=Closed"]);
    }
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let (desk, over, name) = (&desk, &over, &case);
        scope.spawn(move || {
            let mut random = Random::new(seed ^ 0xa11);
            // Whatever a failing assertion says, the other side must come to its end.
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                (0..MESSAGES).for_each(|number| send(desk, &Message::new(number), &mut random, name));
            }));
            over.store(true, Ordering::Release);
            if let Err(panic) = result {
                std::panic::resume_unwind(panic);
            }
        });
        let mut random = Random::new(seed);
        thread::sleep(Duration::from_millis(100 + random.below(400)));
        migrate_through_kills(desk, &start, origin, &mut random, over, name);
    });
    desk.expect_all_same(&case);
    check(&desk, history, &case)
}

fn arrive(origin: &Origin, seeds: std::ops::Range<u64>) {
    for history in ["all", "none"] {
        let before: usize = seeds.clone().map(|seed| arrive_while_killed(origin, history, seed)).sum();
        let all = seeds.clone().count() * (0..MESSAGES).filter(|number| number % 3 != 2).count();
        assert!(0 < before && before < all, "history {history}: {before} of {all} threads began before the move");
    }
}

#[test]
fn what_arrives_during_kills_arrives_once_embedded() {
    arrive(&Origin::sqlite(300, 29, 10), 0..3);
}

#[test]
fn what_arrives_during_kills_arrives_once_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    arrive(&Origin::postgres(server, 300, 29, 10), 0..3);
}

#[test]
#[ignore = "many seeds on both engines: many minutes"]
fn what_arrives_during_kills_arrives_once_at_length() {
    arrive(&Origin::sqlite(1_000, 30, 10), 100..150);
    if let Some(server) = PgServer::shared() {
        arrive(&Origin::postgres(server, 1_000, 30, 10), 100..150);
    }
}
