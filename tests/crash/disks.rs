//! Disks that fail, fill up or lose what was not synced, under every call of a run.

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::crash::{Policy, crash_image, snapshot};
use crate::support::events::{acknowledged, ended, read_log};
use crate::support::faults::{FaultLib, Kind, Plan};
use crate::support::kill::{Ran, When, run};
use crate::support::random::Random;
use crate::support::snapshot::Snapshot;

use super::desk::{Desk, Origin, error_of};

/// Calls that fail in CI, for each kind of failure, once and for good.
const CALLS: usize = 9;
/// Moments at which the power is cut in CI, each in several ways.
const CUTS: usize = 10;

/// How a call fails here; kills are `kills.rs`'s.
const FAILURES: [Kind; 3] = [Kind::Eio, Kind::Enospc, Kind::Short];

/// What a failing disk may be called.
const CODES: [&str; 3] = ["disk_full", "io", "read_only"];

fn run_planned(library: &FaultLib, mut command: Command, plan: &Plan) -> Ran {
    library.apply(&mut command, plan);
    run(&mut command, When::Never)
}

/// The calls to fail: a few, or each of them, in every way.
fn cases(calls: u64, most: usize, seed: u64) -> Vec<(u64, Kind, bool)> {
    let mut random = Random::new(seed);
    let mut cases = Vec::new();
    for kind in FAILURES {
        for sticky in [false, true] {
            cases.extend(random.sample(1, calls, most).into_iter().map(|call| (call, kind, sticky)));
        }
    }
    cases
}

fn failing(desk: &Desk, (call, kind, sticky): (u64, Kind, bool)) -> Plan {
    let plan = Plan::new(desk.path()).fail(call, kind);
    if sticky { plan.sticky() } else { plan }
}

/// A command that did not end well says why, in the words of the contract.
fn expect_clear_error(ran: &Ran, case: &str) {
    let error = error_of(ran);
    let code = error["code"].as_str().unwrap_or("nothing");
    assert_eq!(ran.status.code(), Some(1), "{case}: {}: {}", ran.status, ran.stderr);
    assert!(CODES.contains(&code) && error["hint"].is_string(), "{case}: says {code}: {}", ran.stderr);
}

fn fail_calls_of_a_run(origin: &Origin, most: usize) {
    let Some(library) = FaultLib::get() else { return };
    let clean = origin.copy();
    let plan = Plan::new(clean.path());
    run_planned(library, clean.command(&origin.start()), &plan).expect_success();
    let mut failed = BTreeSet::new();
    for case in cases(plan.calls(), most, 8) {
        let desk = origin.copy();
        let ran = run_planned(library, desk.command(&origin.start()), &failing(&desk, case));
        let case = format!("{case:?} of {}", plan.calls());
        if ran.status.success() {
            // A failure that could be done without, such as of tidying up at the end.
            assert_eq!(desk.state(), "completed", "{case}");
        } else {
            expect_clear_error(&ran, &case);
            failed.insert(case.clone());
        }
        origin.finish(&desk, &case);
    }
    assert!(failed.len() > most, "hardly anything failed: {failed:?}");
}

#[test]
fn a_run_whose_disk_fails_can_be_resumed_sampled() {
    fail_calls_of_a_run(&Origin::sqlite(120, 9, 40), CALLS);
}

#[test]
#[ignore = "every call, in every way: many minutes"]
fn a_run_whose_disk_fails_can_be_resumed() {
    fail_calls_of_a_run(&Origin::sqlite(300, 9, 40), usize::MAX);
}

/// A command that makes an account, and what it makes.
struct Load {
    args: &'static [&'static str],
    expected: Snapshot,
}

impl Load {
    fn seed() -> Load {
        Load::of(&["seed", "--conversations", "60", "--seed", "3", "-o", "json"])
    }

    fn init() -> Load {
        Load::of(&["init", "--admin", "anna@example.com", "-o", "json"])
    }

    fn of(args: &'static [&'static str]) -> Load {
        let desk = Desk::empty(None, 1);
        desk.done(args);
        Load { args, expected: desk.snapshot() }
    }

    /// Whether the account is there and whole; what is there in part fails the test.
    fn is_done(&self, desk: &Desk, case: &str) -> bool {
        let ran = desk.run(&["channels", "list", "-o", "json"], When::Never);
        if ran.status.success() {
            self.expect_whole(desk, case);
            return true;
        }
        let code = error_of(&ran)["code"].as_str().unwrap_or_default().to_owned();
        assert!(["no_store", "no_account", "account_loading"].contains(&code.as_str()), "{case}: {}", ran.stderr);
        false
    }

    fn expect_whole(&self, desk: &Desk, case: &str) {
        if let Some(difference) = desk.snapshot().difference(&self.expected) {
            panic!("{case}: {difference}");
        }
    }

    /// The same command again makes it whole.
    fn finish(&self, desk: &Desk, case: &str) {
        if !self.is_done(desk, case) {
            let ran = desk.run(self.args, When::Never);
            assert!(ran.status.success(), "{case}: again it ended with {}: {}", ran.status, ran.stderr);
            self.expect_whole(desk, case);
        }
    }
}

fn fail_calls_of_a_load(load: &Load, most: usize) {
    let Some(library) = FaultLib::get() else { return };
    let clean = Desk::empty(None, 1);
    let plan = Plan::new(clean.path());
    run_planned(library, clean.command(load.args), &plan).expect_success();
    for case in cases(plan.calls(), most, 10) {
        let desk = Desk::empty(None, 1);
        let ran = run_planned(library, desk.command(load.args), &failing(&desk, case));
        let case = format!("{:?}: {case:?} of {}", load.args, plan.calls());
        let done = load.is_done(&desk, &case);
        if ran.status.success() {
            assert!(done, "{case}: acknowledged, and not there");
        } else {
            expect_clear_error(&ran, &case);
        }
        load.finish(&desk, &case);
    }
}

#[test]
fn a_load_whose_disk_fails_is_whole_or_nothing_sampled() {
    fail_calls_of_a_load(&Load::seed(), CALLS);
    fail_calls_of_a_load(&Load::init(), CALLS / 2);
}

#[test]
#[ignore = "every call, in every way: minutes"]
fn a_load_whose_disk_fails_is_whole_or_nothing() {
    fail_calls_of_a_load(&Load::seed(), usize::MAX);
    fail_calls_of_a_load(&Load::init(), usize::MAX);
}

/// Runs a command once, and calls `check` with the desk after each power cut, what was acknowledged by then, and how it ended.
fn cut_power(desk: &Desk, args: &[&str], cuts: usize, mixtures: u64, mut check: impl FnMut(tempfile::TempDir, &str, Option<i32>, String)) {
    let Some(library) = FaultLib::get() else { return };
    let base = snapshot(desk.path());
    let plan = Plan::new(desk.path()).logged();
    run_planned(library, desk.command(args), &plan).expect_success();
    let events = read_log(&plan.log());
    let mut moments = Random::new(11).sample(0, events.len() as u64, cuts);
    // The end, when all is acknowledged, is never left out.
    moments.push(events.len() as u64);
    for cut in moments {
        let cut = cut as usize;
        for policy in Policy::several(mixtures) {
            let image = crash_image(base.path(), desk.path(), &events, cut, policy);
            let case = format!("power cut after event {cut} of {}, {policy:?}", events.len());
            check(image, &acknowledged(&events, cut), ended(&events, cut), case);
        }
    }
}

fn cut_power_of_a_run(origin: &Origin, cuts: usize, mixtures: u64) {
    cut_power(&origin.copy(), &origin.start(), cuts, mixtures, |image, said, code, case| {
        let desk = origin.image(image);
        if said.contains("completed") || code == Some(0) {
            assert_eq!(desk.state(), "completed", "{case}: it was acknowledged");
        }
        origin.finish(&desk, &case);
    });
}

#[test]
fn a_power_cut_during_a_run_loses_nothing_sampled() {
    cut_power_of_a_run(&Origin::sqlite(100, 12, 30), CUTS, 1);
}

#[test]
#[ignore = "every moment, in many ways: many minutes"]
fn a_power_cut_during_a_run_loses_nothing() {
    cut_power_of_a_run(&Origin::sqlite(150, 12, 20), usize::MAX, 4);
}

fn cut_power_of_a_load(load: &Load, cuts: usize, mixtures: u64) {
    cut_power(&Desk::empty(None, 1), load.args, cuts, mixtures, |image, said, code, case| {
        let desk = Desk::in_folder(image, 1);
        let done = load.is_done(&desk, &case);
        assert!(done || (said.is_empty() && code != Some(0)), "{case}: it was acknowledged");
        load.finish(&desk, &case);
    });
}

#[test]
fn a_power_cut_during_a_load_leaves_all_or_nothing_sampled() {
    cut_power_of_a_load(&Load::seed(), CUTS, 1);
    cut_power_of_a_load(&Load::init(), CUTS / 2, 1);
}

#[test]
#[ignore = "every moment, in many ways: minutes"]
fn a_power_cut_during_a_load_leaves_all_or_nothing() {
    cut_power_of_a_load(&Load::seed(), usize::MAX, 4);
    cut_power_of_a_load(&Load::init(), usize::MAX, 4);
}
