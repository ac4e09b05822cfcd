//! Stores that cannot be written, that are damaged, or that are not what they should be: a clear error, and nothing is lost.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use deskctl::clock::Clock;
use deskctl::store::Store;

use crate::support::faults::{FaultLib, Kind, Plan};
use crate::support::kill::{Ran, When, run};
use crate::support::postgres::{PgServer, unprivileged};
use crate::support::skip;

use super::desk::{Desk, Origin, RESUME, START, error_of};
use super::races::{LONG, spawn, wait_for_work};

const LIST: &[&str] = &["channels", "list", "-o", "json"];
const SEED: &[&str] = &["seed", "--conversations", "5", "-o", "json"];
const INIT: &[&str] = &["init", "-o", "json"];

fn expect_error(ran: &Ran, exit: i32, codes: &[&str], case: &str) {
    let error = error_of(ran);
    let code = error["code"].as_str().unwrap_or("nothing");
    assert_eq!(ran.status.code(), Some(exit), "{case}: {}: {}", ran.status, ran.stderr);
    assert!(codes.contains(&code) && error["hint"].is_string() && ran.stdout.is_empty(), "{case}: {}", ran.stderr);
}

/// A real disk that is full, where we may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(kilobytes: u64) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k,mode=700"), "tmpfs"]).arg(folder.path());
        mount.output().is_ok_and(|output| output.status.success()).then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// The step that met the full disk is undone; once there is room, the run goes on.
#[test]
fn a_full_disk_stops_a_run_that_goes_on_once_there_is_room() {
    const ROOM: usize = 16 << 20;
    let origin = Origin::sqlite(300, 24, 20);
    let copy = origin.copy();
    let size = fs::metadata(copy.file()).unwrap().len() as usize;
    let Some(disk) = SmallDisk::mount(((size + ROOM) / 1024) as u64) else { return full_for_the_program_alone(&origin) };
    let desk = origin.copy_into(disk.0.path());
    let ballast = disk.0.path().join("ballast");
    // Enough for a start, and for a few batches.
    fs::write(&ballast, vec![1; ROOM - (600 << 10)]).unwrap();
    expect_error(&desk.run(&origin.start(), When::Never), 1, &["disk_full"], "a start on a disk that gets full");
    let full = desk.status().unwrap();
    assert!(full["done"].as_i64() > Some(0) && full["state"] != "completed", "{full}");
    fs::remove_file(&ballast).unwrap();
    origin.finish(&desk, "after a full disk");
}

fn full_for_the_program_alone(origin: &Origin) {
    let Some(library) = FaultLib::get() else { return };
    let desk = origin.copy();
    let plan = Plan::new(desk.path()).fail(60, Kind::Enospc).sticky();
    let mut start = desk.command(&origin.start());
    library.apply(&mut start, &plan);
    expect_error(&run(&mut start, When::Never), 1, &["disk_full"], "a start on a full disk");
    origin.finish(&desk, "after a full disk");
}

/// The program as a user who is not root, whom permissions do not stop.
struct Plain {
    program: tempfile::TempDir,
    account: Option<(u32, u32)>,
}

impl Plain {
    fn new() -> Option<Plain> {
        let account = match unprivileged() {
            Ok(account) => account.map(|account| (account.uid, account.gid)),
            Err(reason) => return skip(reason),
        };
        // Where the program lies, that user may have no access.
        let program = tempfile::tempdir().unwrap();
        fs::copy(env!("CARGO_BIN_EXE_deskctl"), program.path().join("deskctl")).unwrap();
        fs::set_permissions(program.path(), Permissions::from_mode(0o755)).unwrap();
        Some(Plain { program, account })
    }

    fn give(&self, path: &Path) {
        if let Some((uid, gid)) = self.account {
            chown(path, Some(uid), Some(gid)).unwrap();
        }
    }

    fn run(&self, desk: &Desk, args: &[&str]) -> Ran {
        let prepared = desk.command(args);
        let mut command = Command::new(self.program.path().join("deskctl"));
        command.args(prepared.get_args()).current_dir("/");
        for (name, value) in prepared.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some((uid, gid)) = self.account {
            command.uid(uid).gid(gid);
        }
        run(&mut command, When::Never)
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_may_not_be_written_is_said_and_left_alone() {
    let Some(plain) = Plain::new() else { return };
    let origin = Origin::sqlite(60, 25, 20);
    // File, folder, and what is said.
    for (file, folder, exit, code) in [(0o400, 0o700, 1, "read_only"), (0o600, 0o500, 1, "read_only"), (0o000, 0o700, 4, "file_permission")]
    {
        let desk = origin.copy();
        plain.give(&desk.file());
        plain.give(desk.path());
        set_mode(&desk.file(), file);
        set_mode(desk.path(), folder);
        let before = fs::read(desk.file()).unwrap();
        let case = format!("file {file:o} in a folder {folder:o}");
        for args in [START, SEED] {
            let ran = plain.run(&desk, args);
            // An account that can be read refuses to be loaded over.
            if !(args == SEED && error_of(&ran)["code"] == "not_empty") {
                expect_error(&ran, exit, &[code], &format!("{case}: {args:?}"));
            }
        }
        let list = plain.run(&desk, LIST);
        if !list.status.success() {
            expect_error(&list, exit, &[code], &format!("{case}: list"));
        }
        set_mode(desk.path(), 0o700);
        set_mode(&desk.file(), 0o600);
        assert!(fs::read(desk.file()).unwrap() == before, "{case}: it was changed");
        origin.finish(&desk, &case);
    }
}

#[test]
fn what_is_no_store_is_refused_and_left_as_it_is() {
    let mut garbage = b"not a store at all ".repeat(5_000);
    garbage.truncate(65_536);
    for (bytes, case) in [(garbage.clone(), "garbage"), (garbage[..10].to_vec(), "ten bytes of garbage")] {
        let desk = Desk::empty(None, 1);
        fs::write(desk.file(), &bytes).unwrap();
        for args in [LIST, START, RESUME, SEED, INIT] {
            expect_error(&desk.run(args, When::Never), 1, &["store_corrupt"], &format!("{case}: {args:?}"));
            assert!(fs::read(desk.file()).unwrap() == bytes, "{case}: {args:?} changed it");
        }
    }
    let desk = Desk::empty(None, 1);
    fs::write(desk.file(), b"").unwrap();
    for args in [LIST, START, RESUME] {
        expect_error(&desk.run(args, When::Never), 5, &["no_store"], &format!("an empty file: {args:?}"));
    }
    desk.done(INIT);
    desk.done(LIST);
}

/// A command on a damaged store works as on a whole one, or says what is wrong; it never breaks down, and reading changes nothing.
fn expect_no_breakdown(origin: &Origin, whole: &str, damage: impl FnOnce(&mut Vec<u8>), case: &str) -> bool {
    let desk = origin.copy();
    let mut bytes = fs::read(desk.file()).unwrap();
    damage(&mut bytes);
    fs::write(desk.file(), &bytes).unwrap();
    let list = desk.run(LIST, When::Never);
    assert!(fs::read(desk.file()).unwrap() == bytes, "{case}: reading changed it");
    if list.status.success() {
        assert_eq!(list.stdout, whole, "{case}");
    } else {
        expect_error(&list, list.status.code().unwrap_or(-1), &["store_corrupt", "no_store", "read_only"], case);
    }
    let start = desk.run(&origin.start(), When::Never);
    if !start.status.success() {
        expect_error(&start, start.status.code().unwrap_or(-1), &["store_corrupt", "no_store", "read_only", "verification_failed"], case);
    }
    start.status.success()
}

#[test]
fn a_damaged_store_is_told_from_a_whole_one() {
    let origin = Origin::sqlite(60, 26, 20);
    let copy = origin.copy();
    let whole = copy.done(LIST);
    let size = fs::metadata(copy.file()).unwrap().len() as usize;
    for length in [1, 15, 99, 100, 512, 4_096, 8_192, 16_384, size / 2, size - 8_192, size - 1] {
        let survived = expect_no_breakdown(&origin, &whole, |bytes| bytes.truncate(length), &format!("cut off after {length} bytes"));
        assert!(!survived, "cut off after {length} bytes, and the migration is said to be done");
    }
    for place in 0..100 {
        expect_no_breakdown(&origin, &whole, |bytes| bytes[place] ^= 0xff, &format!("byte {place} is wrong"));
    }
}

#[test]
fn a_store_of_a_newer_version_is_left_to_the_newer_program() {
    let mut origins = vec![Origin::sqlite(60, 27, 20)];
    if let Some(server) = PgServer::shared() {
        origins.push(Origin::postgres(server, 60, 27, 20));
    }
    for origin in origins {
        let desk = origin.copy();
        script(&desk, "INSERT INTO schema_versions (version, name, checksum, applied_at) VALUES (999, 'later', '', 0)");
        let before = desk.snapshot();
        for args in [LIST, START, RESUME, SEED, INIT] {
            expect_error(&desk.run(args, When::Never), 1, &["schema_newer"], &format!("{args:?}"));
        }
        assert_eq!(desk.snapshot().difference(&before), None);
        script(&desk, "DELETE FROM schema_versions WHERE version = 999");
        origin.finish(&desk, "after a newer version");
    }
}

pub fn script(desk: &Desk, sql: &str) {
    let mut store = Store::connect(&desk.location).unwrap();
    let mut tx = store.write().unwrap();
    tx.script(sql).unwrap();
    tx.commit().unwrap();
}

#[test]
fn a_clock_set_back_starts_and_resumes_nothing() {
    let mut origins = vec![Origin::sqlite(LONG, 28, 1_000)];
    if let Some(server) = PgServer::shared() {
        origins.push(Origin::postgres(server, LONG, 28, 1_000));
    }
    for origin in origins {
        let desk = origin.slow_copy();
        let back = (Clock::System.now().plus_ms(-3_600_000)).to_string();
        let set_back = |args: &[&str]| {
            let before = desk.snapshot();
            let ran = run(desk.command(args).env("DESKCTL_NOW", &back), When::Never);
            expect_error(&ran, 1, &["clock_set_back"], &format!("{args:?}"));
            assert_eq!(desk.snapshot().difference(&before), None, "{args:?}");
        };
        set_back(&origin.start());
        let mut working = spawn(&desk, START);
        wait_for_work(&desk);
        working.kill().unwrap();
        working.wait().unwrap();
        set_back(RESUME);
        origin.finish(&desk, "after a clock set back");
    }
}
