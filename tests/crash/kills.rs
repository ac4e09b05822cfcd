//! `kill -9` at random moments and at every commit.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::events::{commit_points, read_log};
use crate::support::faults::{FaultLib, Kind, Plan};
use crate::support::kill::{When, run};
use crate::support::postgres::PgServer;
use crate::support::random::Random;

use super::desk::{Desk, Origin, RESUME, START, error_of};

/// Kills per test run and engine; the promise is 200 for both together.
const KILLS: u32 = 110;

/// After a kill, at latest after a second, nothing claims to be running.
fn expect_interrupted(desk: &Desk, case: &str) -> Option<String> {
    let began = Instant::now();
    loop {
        let state = desk.status().map(|status| status["state"].as_str().unwrap_or_default().to_owned());
        match state.as_deref() {
            None | Some("interrupted" | "completed") => return state,
            _ if began.elapsed() > Duration::from_secs(1) => panic!("{case}: a second after the kill it is {state:?}"),
            _ => thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// One migration, killed again and again until it comes to its end. Returns the number of kills.
fn kill_and_resume(origin: &Origin, random: &mut Random, case: &str) -> u32 {
    let desk = origin.copy();
    // A part of the whole run at a time, so that each migration is killed several times.
    let most = origin.took / 3 + Duration::from_millis(30);
    let mut kills = 0;
    let mut started = false;
    loop {
        let args = if started { RESUME.to_vec() } else { origin.start() };
        let ran = desk.run(&args, When::within(most, random));
        if !ran.killed {
            assert!(ran.status.success(), "{case}: {args:?} ended with {}: {}", ran.status, ran.stderr);
            break;
        }
        kills += 1;
        match expect_interrupted(&desk, case).as_deref() {
            None => started = false,
            Some("completed") => break,
            Some(_) => started = true,
        }
        // Where the machine is too busy to get anywhere in this time, the rest is done undisturbed.
        if kills > 60 {
            break;
        }
    }
    origin.finish(&desk, case);
    kills
}

fn kill_at_random(origins: &[Origin], kills: u32, first_seed: u64) {
    let (mut done, mut seed) = (0, first_seed);
    while done < kills {
        let origin = &origins[seed as usize % origins.len()];
        done += kill_and_resume(origin, &mut Random::new(seed), &format!("random kills, seed {seed}"));
        seed += 1;
    }
}

fn sizes() -> impl Iterator<Item = (u32, u64, u32)> {
    [(200, 1, 10), (400, 2, 30), (1_500, 3, 150)].into_iter()
}

#[test]
fn kills_at_random_moments_lose_nothing_embedded() {
    let origins: Vec<Origin> = sizes().map(|(conversations, seed, batch)| Origin::sqlite(conversations, seed, batch)).collect();
    kill_at_random(&origins, KILLS, 100);
}

#[test]
fn kills_at_random_moments_lose_nothing_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    let origins: Vec<Origin> = sizes().map(|(conversations, seed, batch)| Origin::postgres(server, conversations, seed, batch)).collect();
    kill_at_random(&origins, KILLS, 200);
}

/// M12: what is long overdue, what is due soon, and what is due in years.
const POLICY: &[&str] = &[
    "sla",
    "set",
    "--first-response",
    "4h",
    "--next-response",
    "8h",
    "--close",
    "9000d",
    "--pause",
    "Support/Waiting on customer",
    "--yes",
];

/// M12: each ticket has exactly the clocks that an undisturbed run gives it.
fn kill_while_clocks_begin(server: Option<&'static PgServer>, kills: u32) {
    let origin = Origin::furnished(server, 400, 8, 20, START, POLICY);
    let clocks = origin.expected.lines().iter().filter(|line| line.starts_with("ticket_slas ")).count();
    assert!(clocks > 300, "clocks of {clocks} tickets");
    kill_at_random(&[origin], kills, 300);
}

#[test]
fn m12_kills_leave_each_ticket_its_clocks_embedded() {
    kill_while_clocks_begin(None, 12);
}

#[test]
fn m12_kills_leave_each_ticket_its_clocks_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    kill_while_clocks_begin(Some(server), 8);
}

#[test]
#[ignore = "thousands of kills on larger accounts: many minutes"]
fn kills_at_random_moments_lose_nothing_at_length() {
    let mut origins = vec![Origin::sqlite(3_000, 4, 20), Origin::sqlite(5_000, 5, 400)];
    if let Some(server) = PgServer::shared() {
        origins.push(Origin::postgres(server, 3_000, 4, 20));
        origins.push(Origin::postgres(server, 5_000, 5, 400));
    }
    kill_at_random(&origins, 2_000, 1_000);
}

/// Kills one run before and one after each of its commits, and finishes both.
fn kill_at_commits(origin: &Origin, sockets: bool) {
    let Some(library) = FaultLib::get() else { return };
    let planned = |desk: &Desk| {
        let plan = Plan::new(desk.path());
        if sockets { plan.sockets() } else { plan }
    };
    let clean = origin.copy();
    let plan = planned(&clean).logged();
    let mut command = clean.command(&origin.start());
    library.apply(&mut command, &plan);
    run(&mut command, When::Never).expect_success();
    let commits = commit_points(&read_log(&plan.log()));
    assert!(commits.len() > 8, "a run has more commits than {commits:?}");
    for (call, kind) in commits.iter().flat_map(|call| [(*call, Kind::KillBefore), (*call, Kind::KillAfter)]) {
        let desk = origin.copy();
        let plan = planned(&desk).fail(call, kind);
        let mut command = desk.command(&origin.start());
        library.apply(&mut command, &plan);
        let ran = run(&mut command, When::Never);
        let case = format!("{kind:?} at call {call}");
        assert!(ran.killed, "{case} was not reached: {}", ran.stderr);
        expect_interrupted(&desk, &case);
        origin.finish(&desk, &case);
    }
}

#[test]
fn a_kill_at_every_commit_loses_nothing_embedded() {
    kill_at_commits(&Origin::sqlite(150, 6, 50), false);
}

#[test]
fn a_kill_at_every_commit_loses_nothing_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    kill_at_commits(&Origin::postgres(server, 150, 6, 50), true);
}

#[test]
#[ignore = "hundreds of commits on both engines: minutes"]
fn a_kill_at_every_commit_of_a_longer_run_loses_nothing() {
    kill_at_commits(&Origin::sqlite(1_000, 7, 20), false);
    if let Some(server) = PgServer::shared() {
        kill_at_commits(&Origin::postgres(server, 1_000, 7, 20), true);
    }
}

const SEED: &[&str] = &["seed", "--conversations", "400", "--seed", "31", "-o", "json"];

/// A load that was killed is closed to everything else, and the same command starts it over.
#[test]
fn a_killed_load_is_started_over() {
    let mut servers = vec![None];
    servers.extend(PgServer::shared().map(Some));
    for server in servers {
        let whole = Desk::empty(server, 1);
        let began = Instant::now();
        whole.done(SEED);
        let took = began.elapsed();
        let expected = whole.snapshot();
        for seed in 0..4 {
            let mut random = Random::new(seed);
            let desk = Desk::empty(server, 1);
            for _ in 0..4 {
                let ran = desk.run(SEED, When::within(took, &mut random));
                let list = desk.run(&["channels", "list", "-o", "json"], When::Never);
                let code = error_of(&list)["code"].as_str().unwrap_or_default().to_owned();
                let closed = ["no_store", "account_loading"].contains(&code.as_str());
                // A kill may come between the last commit and the end.
                assert!(closed || (list.status.success() && desk.snapshot() == expected), "seed {seed}: {}", list.stderr);
                if !ran.killed {
                    assert!(!closed, "seed {seed}: {}: {}", ran.status, ran.stderr);
                }
                if !closed {
                    break;
                }
            }
            let mut last = SEED.to_vec();
            last.push("--if-empty");
            desk.done(&last);
            assert_eq!(desk.snapshot().difference(&expected), None, "seed {seed}");
        }
    }
}
