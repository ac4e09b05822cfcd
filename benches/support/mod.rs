//! Measuring whole processes: wall time, CPU time and peak memory, as the kernel counts them.

#![allow(dead_code, clippy::unwrap_used, clippy::print_stdout)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

/// What one process used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    pub wall: f64,
    /// User and system seconds.
    pub cpu: f64,
    pub peak_mb: f64,
}

/// The binary under test, built by `cargo bench` itself.
pub fn deskctl() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_deskctl"))
}

/// A number from the environment: BENCH_CONVERSATIONS, BENCH_ROUNDS.
pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// CPU seconds of a living or just ended process.
pub fn cpu_of(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
    let fields: Vec<&str> = after.split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    // Fields 14 and 15 of the whole line, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_of(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Watches a child to its end; the CPU time is read before it is reaped.
pub fn watch(mut child: Child, began: Instant) -> Used {
    let pid = Pid::from_child(&child);
    let mut peak = 0.0;
    loop {
        peak = f64::max(peak, peak_of(child.id()));
        let ended = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG).unwrap();
        if ended.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let used = Used { wall: began.elapsed().as_secs_f64(), cpu: cpu_of(child.id()), peak_mb: peak };
    assert!(child.wait().unwrap().success(), "the measured command failed");
    used
}

/// Runs a command to its end, output thrown away.
pub fn run(command: &mut Command) -> Used {
    let began = Instant::now();
    watch(command.stdout(Stdio::null()).spawn().unwrap(), began)
}

/// Runs a SQL script in an engine's own shell.
pub fn shell(command: &mut Command, script: &str) -> Used {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    watch(child, began)
}

/// A migration in the foreground, cut where verification begins.
pub struct Migration {
    pub moving: Used,
    pub verifying: Used,
    /// Telling the search index, once the migration is completed.
    pub indexing: Used,
}

/// Runs `migrations start` and tells moving and verifying apart by its JSON events.
pub fn migrate(target: &str, channel: &str) -> Migration {
    migrate_with(target, channel, &["--map", "closed=Closed"])
}

/// The same with further arguments; what becomes of closed conversations must be among them.
pub fn migrate_with(target: &str, channel: &str, more: &[&str]) -> Migration {
    let began = Instant::now();
    let mut child = Command::new(deskctl())
        .args(["--target", target, "migrations", "start", channel, "--history", "all", "--map", "open=New"])
        .args(more)
        .args(["--yes", "--progress", "json"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = child.id();
    let events = BufReader::new(child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || {
        let (mut moved, mut verified) = (Used::default(), Used::default());
        for line in events.lines().map_while(Result::ok) {
            if moved.wall == 0.0 && line.contains("\"phase\"") && line.contains("verifying") {
                moved = Used { wall: began.elapsed().as_secs_f64(), cpu: cpu_of(pid), peak_mb: peak_of(pid) };
            }
            if verified.wall == 0.0 && line.contains("\"phase\"") && line.contains("indexing") {
                verified = Used { wall: began.elapsed().as_secs_f64(), cpu: cpu_of(pid), peak_mb: peak_of(pid) };
            }
        }
        (moved, verified)
    });
    let all = watch(child, began);
    let (moving, verified) = reader.join().unwrap();
    let verified = if verified.wall == 0.0 { Used { ..all } } else { verified };
    assert!(moving.wall > 0.0, "no verifying phase was seen");
    let verifying = Used { wall: verified.wall - moving.wall, cpu: verified.cpu - moving.cpu, peak_mb: all.peak_mb };
    let indexing = Used { wall: all.wall - verified.wall, cpu: all.cpu - verified.cpu, peak_mb: all.peak_mb };
    Migration { moving: Used { peak_mb: all.peak_mb, ..moving }, verifying, indexing }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The p-th quantile, 0 to 1.
pub fn quantile(mut values: Vec<f64>, p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = ((values.len() as f64 * p).ceil() as usize).clamp(1, values.len().max(1)) - 1;
    values.get(index).copied().unwrap_or(f64::NAN)
}

/// One line of the printed table: what, measured, goal.
pub fn row(what: &str, measured: &str, goal: &str, kept: bool) {
    println!("{:<62} {:>16} {:>14}  {}", what, measured, goal, if kept { "ok" } else { "MISSED" });
}

pub fn header(title: &str) {
    println!("\n{title}\n{:<62} {:>16} {:>14}", "", "measured", "goal");
}

pub fn copy(from: &Path, to: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", to.display()));
    }
    std::fs::copy(from, to).unwrap();
    std::fs::File::open(to).unwrap().sync_all().unwrap();
}
