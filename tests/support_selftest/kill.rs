use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::kill::{When, run};
use crate::support::random::Random;

use super::stand_in::{BATCHES, Care, acknowledged_batches, check, command, finish};

#[test]
fn kills_at_random_moments_leave_a_run_that_can_be_finished() {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    run(&mut command(Care::Sound, folder.path()), When::Never).expect_success();
    let took = start.elapsed();
    let mut random = Random::new(4);
    let mut killed = 0;
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let ran = run(&mut command(Care::Sound, folder.path()), When::within(took, &mut random));
        killed += u32::from(ran.killed);
        check(folder.path(), &ran.stdout).unwrap();
        finish(folder.path()).unwrap();
    }
    assert!(killed > 0);
}

#[test]
fn a_line_on_stderr_triggers_the_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut endless = Command::new("/bin/sh");
    let ran = run(endless.args(["-c", "echo first >&2; echo now it goes on >&2; exec sleep 1000"]), When::StderrLine("goes on"));
    assert!(ran.killed && ran.stderr.contains("first"));
    let ran = run(&mut command(Care::Sound, folder.path()), When::StderrLine("working on batch 3"));
    assert!(acknowledged_batches(&ran.stdout) >= 2);
    finish(folder.path()).unwrap();
}

#[test]
fn a_command_that_ends_first_was_not_killed() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(&mut command(Care::Sound, folder.path()), When::After(Duration::from_secs(120))).expect_success();
    assert!(!ran.killed);
    assert_eq!(acknowledged_batches(&ran.stdout), BATCHES);
}

#[test]
#[cfg(target_os = "linux")]
fn the_kill_reaches_what_the_command_left_in_the_background() {
    let mut parent = Command::new("/bin/sh");
    let script = "setsid sleep 1000 >/dev/null 2>&1 & echo started >&2; exec sleep 1000";
    let ran = run(parent.args(["-c", script]), When::StderrLine("started"));
    assert!(ran.killed);
    assert_eq!(ran.mark.processes(), []);
}
