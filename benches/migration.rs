//! Moving a large channel, against the engine's own shell writing the same rows in one transaction.
//!
//! `cargo bench --bench migration`. BENCH_CONVERSATIONS (1,000,000) and BENCH_ROUNDS (5) change its size. Every figure is a
//! ratio to a reference in the same run: machines differ, and the same machine differs from hour to hour.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Used, copy, deskctl, header, median, migrate, row, run, setting, shell};

/// The same final rows, computed in SQL from the same store: tickets, links, before-records, history, conversations.
const REFERENCE: &str = include_str!("reference_sqlite.sql");
/// A bare select of every row that verify reads.
const VERIFY_READS: &str = include_str!("verify_reads.sql");

fn seed(folder: &Path, conversations: u64) -> std::path::PathBuf {
    let path = folder.join(format!("base-{conversations}.db"));
    if !path.exists() {
        let used = run(Command::new(deskctl()).arg("--target").arg(&path).args([
            "seed",
            "--conversations",
            &conversations.to_string(),
            "--seed",
            "1",
            "--quiet",
        ]));
        println!("seeded {conversations} conversations in {:.1} s, {:.0} MB at most", used.wall, used.peak_mb);
    }
    path
}

fn sqlite_shell(store: &Path, script: &str) -> Used {
    shell(Command::new("sqlite3").arg(store), script)
}

/// Batches committed per second of moving history, by the run's own timeline.
fn commits_per_second(store: &Path) -> f64 {
    let sql = "SELECT batches * 1000.0 / max(1, (SELECT at FROM migration_phases WHERE phase = 'catching_up') - \
               (SELECT at FROM migration_phases WHERE phase = 'moving_history')) FROM migrations";
    let output = Command::new("sqlite3").arg(store).arg(sql).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0.0)
}

fn main() {
    if !support::has("sqlite3") {
        println!("skipped: the sqlite3 shell is the reference, and it is not installed");
        return;
    }
    let conversations = setting("BENCH_CONVERSATIONS", 1_000_000);
    let rounds = setting("BENCH_ROUNDS", 5);
    let folder = tempfile::tempdir().unwrap();
    let base = seed(folder.path(), conversations);
    let small = seed(folder.path(), conversations / 10);
    let work = folder.path().join("work.db");
    let (mut wall, mut cpu, mut verify, mut growth, mut commits, mut peak) = (vec![], vec![], vec![], vec![], vec![], 0.0);
    for _ in 0..rounds {
        copy(&base, &work);
        let ours = migrate(&work.display().to_string(), "support@example.com");
        commits.push(commits_per_second(&work));
        let reads = sqlite_shell(&work, VERIFY_READS);
        copy(&base, &work);
        let theirs = sqlite_shell(&work, REFERENCE);
        copy(&small, &work);
        let tenth = migrate(&work.display().to_string(), "support@example.com");
        println!(
            "  moving {:.2} s (cpu {:.2}), reference {:.2} s (cpu {:.2}), verifying {:.2} s, its rows {:.2} s, a tenth {:.2} s",
            ours.moving.wall, ours.moving.cpu, theirs.wall, theirs.cpu, ours.verifying.wall, reads.wall, tenth.moving.wall
        );
        wall.push(ours.moving.wall / theirs.wall);
        cpu.push(ours.moving.cpu / theirs.cpu);
        verify.push(ours.verifying.wall / reads.wall);
        growth.push(ours.moving.wall / tenth.moving.wall);
        peak = f64::max(peak, ours.moving.peak_mb);
    }
    header(&format!("Moving a channel: {conversations} conversations in the store, SQLite, median of {rounds} paired runs"));
    let times = |values: Vec<f64>, what: &str, goal: f64| {
        let middle = median(values);
        row(what, &format!("{middle:.2} x"), &format!("<= {goal} x"), middle <= goal);
    };
    times(wall, "wall time / one transaction in the sqlite3 shell", 1.35);
    times(cpu, "CPU time / the same", 1.2);
    times(verify, "verifying / a bare select of the rows it reads", 2.0);
    times(growth, "time / a tenth of the conversations", 13.0);
    let rate = median(commits);
    row("durable commits per second", &format!("{rate:.1}"), ">= 5", rate >= 5.0);
    row("peak memory", &format!("{peak:.0} MB"), "<= 96 MB", peak <= 96.0);
}
