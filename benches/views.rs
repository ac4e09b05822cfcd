//! What views cost inside the process: pages of each default view at any depth, counts, and filters that no index serves.
//!
//! `cargo bench --bench views`. BENCH_TICKETS (1,000,000) changes its size.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use deskctl::clock::Clock;
use deskctl::domain::view::DefaultView;
use deskctl::ops::Call;
use deskctl::ops::views::{Count, Run};
use deskctl::store::Location;
use deskctl::target::Local;
use support::{deskctl, has, header, median, migrate_with, row, run, setting};

/// Rows per page.
const PAGE: i64 = 50;
/// Pages that are timed of each view.
const PAGES: usize = 60;

/// An account whose tickets lie in the help desk: two thirds open, a third of all nobody's.
fn seed(folder: &Path, tickets: u64) -> PathBuf {
    let path = folder.join(format!("{tickets}.db"));
    let conversations = (tickets * 10 / 9 + 1).to_string();
    run(Command::new(deskctl()).arg("--target").arg(&path).args(["seed", "--conversations", &conversations, "--seed", "1", "--quiet"]));
    migrate_with(&path.display().to_string(), "support@example.com", &["--map", "closed=Closed"]);
    path
}

struct Measured {
    first: f64,
    later: f64,
    count: f64,
    tickets: i64,
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let result = work();
    (began.elapsed().as_secs_f64() * 1_000.0, result)
}

/// Milliseconds for one view: its first page, pages as deep as it goes, its count.
fn measure(local: &mut Local, call: &Call, view: DefaultView) -> Measured {
    let mut page = |after: Option<String>, limit: i64| {
        let run = Run { view: view.as_str().to_owned(), after, limit };
        timed(|| local.run(run, call).unwrap().output)
    };
    let first: Vec<f64> = (0..PAGES).map(|_| page(None, PAGE).0).collect();
    let (mut later, mut after) = (vec![], None);
    while later.len() < PAGES {
        let (_, jumped) = page(after, 1_000);
        let Some(next) = jumped.next else { break };
        let (took, shown) = page(Some(next), PAGE);
        later.push(took);
        let Some(next) = shown.next else { break };
        after = Some(next);
    }
    let count = || Count { view: Some(view.as_str().to_owned()), ..Count::default() };
    let counts: Vec<(f64, i64)> = (0..10)
        .map(|_| {
            let (took, counted) = timed(|| local.run(count(), call).unwrap().output);
            (took, counted.tickets)
        })
        .collect();
    let tickets = counts.first().map_or(0, |(_, tickets)| *tickets);
    Measured { first: median(first), later: median(later), count: median(counts.into_iter().map(|(took, _)| took).collect()), tickets }
}

fn default_views(small: &Path, large: &Path, call: &Call) {
    let open = |path: &Path| Local::open(&Location::Sqlite(path.to_owned()), Clock::System).unwrap();
    let (mut small, mut large) = (open(small), open(large));
    header("default views, milliseconds inside the process, SQLite, medians");
    for view in DefaultView::ALL {
        let (few, many) = (measure(&mut small, call, view), measure(&mut large, call, view));
        let name = view.name();
        println!("{name} ({} tickets here, {} there)", many.tickets, few.tickets);
        let times = |part: f64| format!("{part:.2} ms");
        row("  the first page", &times(many.first), "<= 1 ms", many.first <= 1.0);
        row("  the same / on ten thousand tickets", &format!("{:.2}", many.first / few.first), "<= 2", many.first <= 2.0 * few.first);
        if !many.later.is_nan() {
            row("  later pages, as deep as it goes", &times(many.later), "<= 1 ms", many.later <= 1.0);
        }
        row("  its count, up to 10,000", &times(many.count), "<= 25 ms", many.count <= 25.0);
    }
}

/// Filters that look at every ticket, with what says the same in the sqlite3 shell.
const UNSERVED: [(&str, &str); 3] = [
    (
        "priority in (HIGH, URGENT) and created_at >= 2025-06-01T00:00:00Z",
        "t.priority IN ('HIGH', 'URGENT') AND t.created_at >= 1748736000000",
    ),
    ("source = EMAIL and owner is not set", "t.source = 'EMAIL' AND t.owner_id IS NULL"),
    ("name contains refund", "lower(t.name) LIKE '%refund%'"),
];

/// What the sqlite3 shell says to a script.
fn in_the_shell(store: &Path, script: &str) -> String {
    let mut shell = Command::new("sqlite3");
    let mut child = shell.arg("-readonly").arg(store).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

fn filters(large: &Path, call: &Call) {
    if !has("sqlite3") {
        println!("skipped: the sqlite3 shell is the reference, and it is not installed");
        return;
    }
    let mut local = Local::open(&Location::Sqlite(large.to_owned()), Clock::System).unwrap();
    header("filters without an index: counting all that match / the bare SQL in the sqlite3 shell");
    for (filter, sql) in UNSERVED {
        let bare = format!(".timer on\nSELECT count(*) FROM tickets t WHERE t.in_help_desk = 1 AND t.spam = 0 AND {sql};\n");
        let ratios = (0..5).map(|_| {
            let count = Count { filter: Some(filter.to_owned()), exact: true, ..Count::default() };
            let (ours, counted) = timed(|| local.run(count, call).unwrap().output);
            let said = in_the_shell(large, &bare);
            assert!(said.starts_with(&counted.tickets.to_string()), "{filter}: {} and {said}", counted.tickets);
            let real = said.split("real ").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap();
            ours / (real * 1_000.0)
        });
        let ratio = median(ratios.collect());
        row(filter, &format!("{ratio:.2}"), "<= 1.5", ratio <= 1.5);
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let tickets = setting("BENCH_TICKETS", 1_000_000);
    let (small, large) = (seed(folder.path(), 10_000), seed(folder.path(), tickets));
    let call = Call::default();
    default_views(&small, &large, &call);
    filters(&large, &call);
}
