use std::path::Path;

use crate::support::crash::{Policy, crash_image, snapshot};
use crate::support::events::{Event, What, acknowledged, read_log};
use crate::support::faults::{FaultLib, Plan};
use crate::support::kill::{When, run};
use crate::support::random::Random;

use super::stand_in::{Care, check, command, finish};

fn record(library: &FaultLib, care: Care, folder: &Path) -> Vec<Event> {
    let plan = Plan::new(folder).logged();
    let mut command = command(care, folder);
    library.apply(&mut command, &plan);
    run(&mut command, When::Never).expect_success();
    read_log(&plan.log())
}

/// Cuts the power at some moments of a run, in several ways; what is wrong afterwards, if anything.
fn cut_power(library: &FaultLib, care: Care, cuts: usize, mixtures: u64, resume: bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let base = snapshot(folder.path());
    let events = record(library, care, folder.path());
    let mut wrong = Vec::new();
    for cut in Random::new(3).sample(0, events.len() as u64, cuts) {
        for policy in Policy::several(mixtures) {
            let image = crash_image(base.path(), folder.path(), &events, cut as usize, policy);
            let mut found = check(image.path(), &acknowledged(&events, cut as usize));
            if resume && found.is_ok() {
                found = finish(image.path());
            }
            wrong.extend(found.err().map(|found| format!("after event {cut}, {policy:?}: {found}")));
        }
    }
    wrong
}

#[test]
fn a_power_cut_keeps_what_was_acknowledged_and_the_run_can_be_finished_sampled() {
    let Some(library) = FaultLib::get() else { return };
    assert_eq!(cut_power(library, Care::Sound, 15, 2, true), Vec::<String>::new());
}

#[test]
#[ignore = "every moment, in many ways: minutes"]
fn a_power_cut_keeps_what_was_acknowledged_and_the_run_can_be_finished() {
    let Some(library) = FaultLib::get() else { return };
    assert_eq!(cut_power(library, Care::Sound, usize::MAX, 6, true), Vec::<String>::new());
}

#[test]
fn an_acknowledged_commit_that_was_not_synced_is_found_out() {
    let Some(library) = FaultLib::get() else { return };
    let wrong = cut_power(library, Care::UnsyncedStore, 40, 1, false);
    assert!(wrong.iter().any(|found| found.contains("batches acknowledged")), "{wrong:?}");
}

#[test]
fn a_file_renamed_into_place_without_a_sync_is_found_out() {
    let Some(library) = FaultLib::get() else { return };
    let wrong = cut_power(library, Care::UnsyncedReport, usize::MAX, 1, false);
    assert!(wrong.iter().any(|found| found.contains("the report is damaged")), "{wrong:?}");
}

#[test]
fn the_image_with_nothing_lost_is_the_folder_as_the_run_left_it() {
    let Some(library) = FaultLib::get() else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("kept")).unwrap();
    std::fs::write(folder.path().join("kept/file"), "as before").unwrap();
    let base = snapshot(folder.path());
    let events = record(library, Care::Sound, folder.path());
    let all_kept = Policy::several(0)[1];
    let image = crash_image(base.path(), folder.path(), &events, events.len(), all_kept);
    for name in ["kept/file", "store.db", "report.txt"] {
        let [rebuilt, real] = [image.path(), folder.path()].map(|parent| std::fs::read(parent.join(name)).unwrap());
        assert!(rebuilt == real, "{name} differs");
    }
}

/// Without a sync, a write of three sectors arrives in more than two ways: that is, also in part.
#[test]
fn unsynced_writes_are_lost_torn_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("file");
    std::fs::write(&path, vec![b'a'; 1536]).unwrap();
    let write = What::Write { path: path.clone(), offset: 0, data: vec![b'b'; 1536] };
    let base = snapshot(folder.path());
    let outcomes = |whats: &[What], error: i32| {
        let of =
            |what: &What| Event { call: 1, pid: 1, error: if matches!(what, What::Sync { .. }) { error } else { 0 }, what: what.clone() };
        let events: Vec<Event> = whats.iter().map(of).collect();
        let images = Policy::several(30).into_iter().map(|policy| crash_image(base.path(), folder.path(), &events, events.len(), policy));
        images.map(|image| std::fs::read(image.path().join("file")).unwrap()).collect::<std::collections::BTreeSet<_>>()
    };
    let sync = What::Sync { path };
    assert!(outcomes(std::slice::from_ref(&write), 0).len() > 3);
    assert_eq!(outcomes(&[write.clone(), sync.clone()], 0).len(), 1);
    // A sync that failed leaves all open.
    assert!(outcomes(&[write, sync], 5).len() > 3);
}
