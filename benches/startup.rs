//! How quickly a command answers, against programs that do nothing, and the size of the binary.
//!
//! `cargo bench --bench startup`. Spawns are interleaved, so that a busy moment hits both sides.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use support::{deskctl, header, median, row, setting};

fn spawn_ms(command: &mut Command) -> f64 {
    let began = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success());
    began.elapsed().as_secs_f64() * 1_000.0
}

/// The median of both, and their ratio.
fn compare(spawns: u64, ours: impl Fn() -> Command, theirs: impl Fn() -> Command) -> (f64, f64) {
    let (mut a, mut b) = (vec![], vec![]);
    for _ in 0..spawns {
        a.push(spawn_ms(&mut ours()));
        b.push(spawn_ms(&mut theirs()));
    }
    (median(a), median(b))
}

fn main() {
    let spawns = setting("BENCH_SPAWNS", 200);
    header(&format!("Starting up, median of {spawns} interleaved spawns"));
    let version = || {
        let mut command = Command::new(deskctl());
        command.arg("--version");
        command
    };
    let (ours, theirs) = compare(spawns, version, || Command::new("/bin/true"));
    row(
        &format!("deskctl --version ({ours:.2} ms) / /bin/true ({theirs:.2} ms)"),
        &format!("{:.2} x", ours / theirs),
        "<= 2.5 x",
        ours / theirs <= 2.5,
    );
    if support::has("sqlite3") {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("small.db");
        support::run(Command::new(deskctl()).arg("--target").arg(&store).args(["seed", "--profile", "acme", "--quiet"]));
        let (ours, theirs) = compare(spawns, || list(&store), || select(&store));
        let what = format!("channels list ({ours:.2} ms) / a select in the sqlite3 shell ({theirs:.2} ms)");
        row(&what, &format!("{:.2} x", ours / theirs), "<= 1.5 x", ours / theirs <= 1.5);
    }
    let megabytes = std::fs::metadata(deskctl()).unwrap().len() as f64 / 1e6;
    row("the release binary", &format!("{megabytes:.1} MB"), "<= 15 MB", megabytes <= 15.0);
}

fn list(store: &Path) -> Command {
    let mut command = Command::new(deskctl());
    command.arg("--target").arg(store).args(["channels", "list"]);
    command
}

fn select(store: &Path) -> Command {
    let mut command = Command::new("sqlite3");
    command.arg(store).arg(
        "SELECT c.id, c.kind, c.address, i.name, c.state, (SELECT count(*) FROM conversations v WHERE v.channel_id = c.id) \
         FROM channels c JOIN inboxes i ON i.id = c.inbox_id ORDER BY c.id",
    );
    command
}
