//! Several at once: two starts, two resumes, signals, detached workers, several channels.

use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use deskctl::domain::time::Time;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::kill::{Ran, When};
use crate::support::postgres::PgServer;
use crate::support::random::Random;

use super::desk::{Desk, Origin, RESUME, START, error_of};

/// Conversations enough to do something while they move one by one.
pub const LONG: u32 = 1_000;

/// Both engines' origins; PostgreSQL's where it is installed.
fn origins(conversations: u32, seed: u64, batch: u32) -> Vec<Origin> {
    let mut origins = vec![Origin::sqlite(conversations, seed, batch)];
    if let Some(server) = PgServer::shared() {
        origins.push(Origin::postgres(server, conversations, seed, batch));
    }
    origins
}

fn at_once(desk: &Desk, args: &[&str]) -> [Ran; 2] {
    thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| desk.run(args, When::Never)));
        both.map(|one| one.join().unwrap())
    })
}

pub fn spawn(desk: &Desk, args: &[&str]) -> Child {
    let mut command = desk.command(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until a worker has got somewhere.
pub fn wait_for_work(desk: &Desk) {
    let began = Instant::now();
    while desk.status().is_none_or(|status| status["done"] == 0) {
        assert!(began.elapsed() < Duration::from_secs(30), "the worker does not begin");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn of_two_starts_at_once_one_wins() {
    for origin in origins(LONG, 15, 1_000) {
        for round in 0..3 {
            let desk = origin.slow_copy();
            let mut ran = at_once(&desk, &origin.start());
            ran.sort_by_key(|ran| ran.status.code());
            let [won, lost] = ran;
            assert!(won.status.success(), "round {round}: {}", won.stderr);
            assert_eq!((lost.status.code(), error_of(&lost)["code"].as_str()), (Some(6), Some("migration_active")), "{}", lost.stderr);
            origin.finish(&desk, &format!("two starts at once, round {round}"));
        }
    }
}

#[test]
fn of_two_resumes_at_once_one_works() {
    for origin in origins(LONG, 16, 1_000) {
        let desk = origin.slow_copy();
        let mut working = spawn(&desk, START);
        wait_for_work(&desk);
        working.kill().unwrap();
        working.wait().unwrap();
        let mut ran = at_once(&desk, RESUME);
        ran.sort_by_key(|ran| ran.status.code());
        let [worked, refused] = ran;
        assert!(worked.status.success(), "{}", worked.stderr);
        assert_eq!((refused.status.code(), error_of(&refused)["code"].as_str()), (Some(11), Some("locked")), "{}", refused.stderr);
        origin.finish(&desk, "two resumes at once");
    }
}

#[test]
fn a_running_migration_is_not_resumed_and_reads_interrupted_once_it_is_killed() {
    for origin in origins(LONG, 17, 1_000) {
        let desk = origin.slow_copy();
        let mut working = spawn(&desk, START);
        wait_for_work(&desk);
        let ran = desk.run(RESUME, When::Never);
        assert_eq!(ran.status.code(), Some(11), "{}", ran.stderr);
        let ran = desk.run(START, When::Never);
        assert_eq!(ran.status.code(), Some(6), "{}", ran.stderr);
        let ran = desk.run(&["migrations", "status", "-o", "json"], When::Never);
        assert_eq!(ran.status.code(), Some(8), "{}", ran.stdout);
        working.kill().unwrap();
        working.wait().unwrap();
        let killed = Instant::now();
        while desk.state() != "interrupted" {
            assert!(killed.elapsed() < Duration::from_secs(1), "a second after the kill it is {}", desk.state());
            thread::sleep(Duration::from_millis(20));
        }
        for args in [&["migrations", "status"][..], &["migrations", "wait"]] {
            let ran = desk.run(args, When::Never);
            assert_eq!(ran.status.code(), Some(1), "{}", ran.stderr);
        }
        // The line to resume is on stderr, which --quiet keeps to itself.
        let mut loud = Command::new(env!("CARGO_BIN_EXE_deskctl"));
        let said = loud.args(["--target", &desk.location.to_string(), "migrations", "status"]).output().unwrap();
        assert!(String::from_utf8_lossy(&said.stderr).contains("deskctl migrations resume 1"));
        origin.finish(&desk, "killed while it ran");
    }
}

#[test]
fn signals_stop_a_run_at_a_safe_point_and_say_how_to_go_on() {
    for origin in origins(LONG, 18, 1_000) {
        for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
            let desk = origin.slow_copy();
            let working = spawn(&desk, START);
            wait_for_work(&desk);
            let began = Instant::now();
            kill_process(Pid::from_child(&working), signal).unwrap();
            let output = working.wait_with_output().unwrap();
            // 300 ms are promised; a busy test machine gets some more.
            assert!(began.elapsed() < Duration::from_millis(1_500), "{signal:?} was answered after {:?}", began.elapsed());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(130), "{signal:?}: {said}");
            assert!(said.contains("deskctl migrations resume 1") && output.stdout.is_empty(), "{signal:?}: {said}");
            assert_eq!(desk.state(), "interrupted");
            origin.finish(&desk, &format!("{signal:?}"));
        }
    }
}

fn file_of_log(status: &Value) -> std::path::PathBuf {
    status["log"].as_str().unwrap_or_else(|| panic!("no log: {status}")).into()
}

/// In a shell with further descriptors open, inside `$(…)`, in a session that then ends.
#[test]
fn a_detached_worker_lets_its_caller_go_and_outlives_it() {
    for origin in origins(LONG, 19, 1_000) {
        let desk = origin.slow_copy();
        let mut start = START.to_vec();
        start.push("--detach");
        let program = desk.command(&start);
        let words = program.get_args().map(|word| format!("'{}'", word.to_str().unwrap())).collect::<Vec<_>>().join(" ");
        let script =
            format!("exec 3>&1 4</dev/null; answer=$('{}' {words} 2>&1); printf '%s' \"$answer\"", program.get_program().to_str().unwrap());
        let mut shell = Command::new("setsid");
        shell.args(["/bin/sh", "-c", &script]);
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let began = Instant::now();
        let shell = shell.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let session = Pid::from_child(&shell);
        let output = shell.wait_with_output().unwrap();
        let took = began.elapsed();
        let _ = rustix::process::kill_process_group(session, Signal::HUP);
        let said = String::from_utf8_lossy(&output.stdout);
        let answer: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("no answer: {said}"));
        assert_eq!(answer["id"], 1);
        let running = desk.status().unwrap();
        assert_eq!(running["state"], "running", "it was over after {took:?}: too small a migration for this test");
        let log = std::fs::metadata(file_of_log(&running)).unwrap();
        assert_eq!(log.permissions().mode() & 0o777, 0o600);
        let ran = desk.run(&["migrations", "wait", "--timeout", "0s", "-o", "json"], When::Never);
        assert_eq!(ran.status.code(), Some(8), "{}", ran.stderr);
        let ran = desk.run(&["migrations", "wait", "--timeout", "2m", "-o", "json"], When::Never);
        assert_eq!(ran.status.code(), Some(0), "{}", ran.stderr);
        origin.finish(&desk, "detached");
    }
}

#[test]
fn a_killed_detached_worker_is_resumed_detached() {
    let origin = Origin::sqlite(LONG, 20, 1_000);
    let desk = origin.slow_copy();
    let mut start = START.to_vec();
    start.push("--detach");
    let ran = desk.run(&start, When::Never).expect_success();
    wait_for_work(&desk);
    ran.mark.kill();
    assert_eq!(desk.state(), "interrupted");
    let ran = desk.run(&["migrations", "resume", "--detach", "-o", "json"], When::Never).expect_success();
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(answer["takeovers"], 2);
    // One that runs already is not taken over by a further one.
    let again = desk.run(&["migrations", "resume", "--detach", "-o", "json"], When::Never);
    assert!(matches!(again.status.code(), Some(11)) || desk.state() == "completed", "{}", again.stderr);
    desk.done(&["migrations", "wait", "--timeout", "2m"]);
    origin.finish(&desk, "resumed detached");
}

fn time(value: &Value) -> Time {
    value.as_str().unwrap_or_default().parse().unwrap()
}

fn in_seconds(seconds: i64) -> String {
    deskctl::clock::Clock::System.now().plus_ms(seconds * 1_000).to_string()
}

#[test]
fn a_scheduled_start_begins_by_itself_and_can_be_taken_back_before() {
    for origin in origins(100, 21, 50) {
        let desk = origin.copy();
        let before = desk.snapshot();
        let later = in_seconds(600);
        let mut start = origin.start();
        start.extend(["--detach", "--at", &later]);
        let ran = desk.run(&start, When::Never).expect_success();
        assert_eq!(desk.state(), "scheduled");
        desk.done(&["migrations", "unschedule", "1"]);
        assert_eq!(desk.state(), "none");
        assert!(ran.mark.wait(Duration::from_secs(10)), "the worker waits for a start that was taken back");
        // But for the audit, as if nothing had been.
        let audited = |line: &&String| !line.starts_with("audit");
        let after = desk.snapshot();
        assert!(after.lines().iter().filter(audited).eq(before.lines().iter().filter(audited)));

        let soon = in_seconds(4);
        let mut start = origin.start();
        start.extend(["--detach", "--at", &soon]);
        desk.run(&start, When::Never).expect_success();
        desk.done(&["migrations", "wait", "--timeout", "1m"]);
        let status = desk.status().unwrap();
        assert!(time(&status["updated_at"]) >= soon.parse().unwrap(), "it began before {soon}: {status}");
        desk.expect_all_same("a scheduled start");
    }
}

#[test]
fn a_scheduled_start_whose_worker_was_killed_says_so() {
    let origin = Origin::sqlite(100, 22, 50);
    let desk = origin.copy();
    let soon = in_seconds(5);
    let mut start = origin.start();
    start.extend(["--detach", "--at", &soon]);
    let ran = desk.run(&start, When::Never).expect_success();
    ran.mark.kill();
    thread::sleep(Duration::from_millis(900));
    assert_eq!(desk.state(), "interrupted");
    // Resuming waits for the start too.
    desk.done(RESUME);
    assert!(time(&desk.status().unwrap()["updated_at"]) >= soon.parse().unwrap());
    desk.expect_all_same("a killed waiting worker");
}

/// Three channels with one start, killed in between: each is moved, in order, and the whole is as undisturbed.
#[test]
fn several_channels_move_one_after_the_other_through_kills() {
    let mut start = START.to_vec();
    start.splice(3..3, ["website-chat", "contact-form"]);
    let mut origins = vec![Origin::moved_by(None, 400, 23, 20, &start)];
    if let Some(server) = PgServer::shared() {
        origins.push(Origin::moved_by(Some(server), 400, 23, 20, &start));
    }
    for origin in origins {
        for seed in 0..3 {
            let mut random = Random::new(seed);
            let desk = origin.copy();
            for _ in 0..4 {
                let args = if desk.status().is_none() { origin.start() } else { RESUME.to_vec() };
                let ran = desk.run(&args, When::within(origin.took, &mut random));
                if !ran.killed {
                    break;
                }
            }
            let case = format!("three channels, seed {seed}");
            origin.finish(&desk, &case);
            let list: Vec<Value> = serde_json::from_str(&desk.done(&["migrations", "list", "-o", "json"])).unwrap();
            let moved: Vec<&str> = list.iter().rev().filter_map(|run| run["channel"].as_str()).collect();
            assert_eq!(moved, [super::desk::CHANNEL, "website-chat", "contact-form"], "{case}");
            // PostgreSQL hands out no number twice: a start that was killed before its commit leaves a gap.
            for run in &list {
                desk.done(&["migrations", "verify", &run["id"].to_string(), "--summary"]);
            }
        }
    }
}
