use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use crate::support::events::{What, acknowledged, commit_points, ended, read_log};
use crate::support::faults::{FaultLib, Kind, Plan};
use crate::support::kill::{Ran, When, run};
use crate::support::random::Random;

use super::stand_in::{BATCHES, Care, check, command, finish};

/// Runs the stand-in in a fresh folder under a plan.
fn run_planned(library: &FaultLib, care: Care, plan: impl Fn(Plan) -> Plan) -> (tempfile::TempDir, Plan, Ran) {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(Plan::new(folder.path()));
    let mut command = command(care, folder.path());
    library.apply(&mut command, &plan);
    let ran = run(&mut command, When::Never);
    (folder, plan, ran)
}

#[test]
fn an_undisturbed_run_is_recorded_call_by_call() {
    let Some(library) = FaultLib::get() else { return };
    let (folder, plan, ran) = run_planned(library, Care::Sound, Plan::logged);
    let ran = ran.expect_success();
    let events = read_log(&plan.log());
    let counted: Vec<u64> = events.iter().map(|event| event.call).filter(|call| *call > 0).collect();
    assert_eq!(counted, (1..=plan.calls()).collect::<Vec<u64>>());
    assert_eq!(acknowledged(&events, events.len()), ran.stdout);
    assert!(commit_points(&events).len() as i64 >= BATCHES);
    assert_eq!((ended(&events, events.len() - 1), ended(&events, events.len())), (None, Some(0)));
    check(folder.path(), &ran.stdout).unwrap();
}

/// tempfile renames through rustix, which makes bare system calls unless it is told to use libc (`Cargo.toml` does).
#[test]
fn renames_and_syncs_of_every_library_are_seen() {
    let Some(library) = FaultLib::get() else { return };
    let (folder, plan, _) = run_planned(library, Care::Sound, Plan::logged);
    let folder = folder.path().canonicalize().unwrap();
    let events = read_log(&plan.log());
    let to_report = |what: &What| matches!(what, What::Rename { to, .. } if *to == folder.join("report.txt"));
    let renamed = events.iter().position(|event| to_report(&event.what)).unwrap();
    assert_eq!(events[renamed + 1].what, What::Sync { path: folder });
}

#[test]
fn every_counted_call_is_reached_and_none_after_it() {
    let Some(library) = FaultLib::get() else { return };
    let (_, clean, _) = run_planned(library, Care::Sound, |plan| plan);
    let total = clean.calls();
    let mut random = Random::new(1);
    for call in random.sample(1, total, 25) {
        let (_, plan, ran) = run_planned(library, Care::Sound, |plan| plan.fail(call, Kind::KillBefore));
        assert!(ran.killed, "call {call} of {total} is not reached");
        assert_eq!(plan.calls(), call);
    }
    let (_, _, ran) = run_planned(library, Care::Sound, |plan| plan.fail(total + 1, Kind::KillBefore));
    ran.expect_success();
}

#[test]
fn a_short_write_takes_half_and_then_the_disk_is_full() {
    let Some(library) = FaultLib::get() else { return };
    let (_, clean, _) = run_planned(library, Care::Sound, Plan::logged);
    let wal = |path: &Path| path.as_os_str().as_encoded_bytes().ends_with(b"-wal");
    let long = |what: &What| matches!(what, What::Write { path, data, .. } if data.len() > 512 && wal(path));
    let call = read_log(&clean.log()).iter().find(|event| long(&event.what)).unwrap().call;
    let (_, plan, ran) = run_planned(library, Care::Sound, |plan| plan.fail(call, Kind::Short).logged());
    assert!(!ran.killed && !ran.status.success());
    let events = read_log(&plan.log());
    let place = events.iter().position(|event| event.call == call).unwrap();
    let (half, rest) = (&events[place], &events[place + 1]);
    assert!(half.error == 0 && matches!(&half.what, What::Write { data, .. } if data.len() >= 256));
    assert_eq!((rest.call, rest.error), (call + 1, rustix::io::Errno::NOSPC.raw_os_error()));
}

#[test]
fn a_process_left_in_the_background_is_counted_and_killed_too() {
    let Some(library) = FaultLib::get() else { return };
    let (folder, plan, ran) = run_planned(library, Care::Detached, Plan::logged);
    let ran = ran.expect_success();
    assert!(ran.mark.wait(Duration::from_secs(60)));
    let events = read_log(&plan.log());
    let processes: BTreeSet<u32> = events.iter().map(|event| event.pid).collect();
    assert_eq!(processes.len(), 2);
    check(folder.path(), &format!("committed {BATCHES}\nreported\n")).unwrap();
    // What the worker says to /dev/null acknowledges nothing.
    assert!(!acknowledged(&events, events.len()).contains("committed"));

    let (folder, _, ran) = run_planned(library, Care::Detached, |plan| plan.fail(20, Kind::KillAfter));
    assert!(ran.mark.wait(Duration::from_secs(60)));
    assert!(!folder.path().join("report.txt").exists());
    finish(folder.path()).unwrap();
}

/// Fails the calls of a run one by one: what was acknowledged is there, the store is sound, and the run can be finished.
fn fail_calls(most: usize) {
    let Some(library) = FaultLib::get() else { return };
    let (_, clean, _) = run_planned(library, Care::Sound, |plan| plan);
    let mut random = Random::new(2);
    for kind in Kind::ALL {
        for sticky in [false, true] {
            for call in random.sample(1, clean.calls(), most) {
                let planned = |plan: Plan| if sticky { plan.fail(call, kind).sticky() } else { plan.fail(call, kind) };
                let (folder, _, ran) = run_planned(library, Care::Sound, planned);
                let case = format!("{kind:?} at call {call}, sticky: {sticky}\n{}{}", ran.stdout, ran.stderr);
                check(folder.path(), &ran.stdout).unwrap_or_else(|wrong| panic!("{wrong}: {case}"));
                finish(folder.path()).unwrap_or_else(|wrong| panic!("unfinished: {wrong}: {case}"));
            }
        }
    }
}

#[test]
fn failing_the_nth_call_leaves_a_sound_store_sampled() {
    fail_calls(8);
}

#[test]
#[ignore = "every call, in every way: minutes"]
fn failing_the_nth_call_leaves_a_sound_store() {
    fail_calls(usize::MAX);
}
