//! PostgreSQL's server dies, comes back, or was never there.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use deskctl::store::Location;

use crate::support::kill::{Ran, When, run};
use crate::support::postgres::PgServer;
use crate::support::random::Random;
use crate::support::snapshot::Snapshot;

use super::desk::{Desk, RESUME, START, command, error_of};

/// How often the server is killed per test run, while a migration runs.
const SERVER_KILLS: usize = 4;

/// A store on a server of its own, seeded; and what an undisturbed run makes of a copy.
fn prepare(server: &PgServer) -> (Desk, Snapshot, Duration) {
    let desk = Desk::at(&server.database(), 10);
    desk.done(&["seed", "--conversations", "300", "--seed", "13"]);
    let Location::Postgres { url, .. } = &desk.location else { panic!("no server") };
    let undisturbed = Desk::at(&server.copy(url), 10);
    let began = std::time::Instant::now();
    undisturbed.done(START);
    (desk, undisturbed.snapshot(), began.elapsed())
}

/// Runs a command while the server is killed, and started again if `back` says after how long.
fn run_while_killed(server: &PgServer, command: &mut Command, after: Duration, back: Option<Duration>) -> Ran {
    thread::scope(|scope| {
        let killer = scope.spawn(move || {
            thread::sleep(after);
            server.kill9();
            if let Some(back) = back {
                thread::sleep(back);
                server.restart();
            }
        });
        let ran = run(command, When::Never);
        killer.join().unwrap();
        ran
    })
}

fn expect_unreachable(ran: &Ran, case: &str) {
    assert_eq!((ran.status.code(), error_of(ran)["code"].as_str()), (Some(7), Some("unreachable")), "{case}: {}", ran.stderr);
}

/// The worker sits out a restart, or ends saying that it cannot reach the server; either way the migration can be ended.
#[test]
fn a_server_killed_during_a_run_loses_nothing() {
    let Some(server) = PgServer::start() else { return };
    let (desk, expected, took) = prepare(&server);
    let mut random = Random::new(14);
    let mut args = START;
    for number in 1..=SERVER_KILLS {
        let after = Duration::from_millis(random.below(took.as_millis() as u64 * 2 / 3));
        // Not every time is it back while the worker still waits for it.
        let back = (number % 2 == 1).then_some(Duration::from_millis(300));
        let case = format!("server kill {number} of seed 14, after {after:?}");
        let mut command = desk.command(args);
        command.env("DESKCTL_PATIENCE", if back.is_none() { "1" } else { "200" });
        let ran = run_while_killed(&server, &mut command, after, back);
        if back.is_none() {
            server.restart();
        }
        if !ran.status.success() {
            expect_unreachable(&ran, &case);
        }
        match desk.state().as_str() {
            "none" => args = START,
            "interrupted" | "failed" | "scheduled" => args = RESUME,
            "completed" => break,
            state => panic!("{case}: nobody works, and yet it is {state}"),
        }
    }
    if desk.state() != "completed" {
        desk.done(args);
    }
    desk.expect_all_same("after the last kill of the server");
    assert_eq!(desk.snapshot().difference(&expected), None);
}

/// A worker in the middle of its work reconnects, takes its lock again, and comes to the end by itself.
#[test]
fn a_worker_sits_out_a_restart_of_the_server() {
    let Some(server) = PgServer::start() else { return };
    let (desk, expected, _) = prepare(&server);
    let mut working = desk.command(START);
    working.args(["--progress", "plain"]).env("DESKCTL_PROGRESS_INTERVAL", "0").env("DESKCTL_PATIENCE", "200");
    let working = working.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while desk.status().is_none_or(|status| status["done"].as_i64() < Some(20)) {
        thread::sleep(Duration::from_millis(10));
    }
    server.kill9();
    thread::sleep(Duration::from_millis(500));
    server.restart();
    let output = working.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("waiting: the PostgreSQL server"), "{said}");
    desk.expect_all_same("after a restart of the server");
    assert_eq!(desk.snapshot().difference(&expected), None);
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_unreachable() {
    let port = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let location = Location::Postgres { url: format!("postgres://deskctl@127.0.0.1:{port}/none"), password: None };
    let home = tempfile::tempdir().unwrap();
    for args in [&["channels", "list", "-o", "json"][..], START, RESUME, &["seed", "--conversations", "1", "-o", "json"]] {
        let ran = run(&mut command(&location, home.path(), 1, args), When::Never);
        expect_unreachable(&ran, &format!("{args:?}"));
        assert!(error_of(&ran)["hint"].is_string());
    }
}
