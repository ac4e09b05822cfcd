//! What the SLA clocks of tickets cost: a migration with them against the same one without, another policy for every open
//! ticket, what is due, and how well targets were met.
//!
//! `cargo bench --bench clocks`. BENCH_CONVERSATIONS (1,000,000), BENCH_TICKETS (1,000,000) and BENCH_ROUNDS (5) change its size.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use support::{Used, copy, deskctl, has, header, median, migrate_with, row, run, setting, shell};

const CHANNEL: &str = "support@example.com";

fn desk(store: &Path, arguments: &[&str]) -> Used {
    run(Command::new(deskctl()).arg("--target").arg(store).args(arguments).arg("--quiet"))
}

fn seed(folder: &Path, name: &str, conversations: u64) -> PathBuf {
    let path = folder.join(name);
    desk(&path, &["seed", "--conversations", &conversations.to_string(), "--seed", "1"]);
    path
}

/// Working hours, three targets with leads, and a rule of their own for urgent tickets.
fn set_policy(store: &Path, first_response: &str) -> Used {
    desk(store, &["sla", "hours", "set", "office", "--zone", "Europe/Warsaw", "--day", "mon-fri=09:00-17:00"]);
    let lead = ["--first-response-due-soon", "30m", "--next-response", "8h", "--close", "5d", "--close-due-soon", "1d"];
    desk(store, &[&["sla", "set", "--first-response", first_response, "--hours", "office"][..], &lead].concat());
    desk(store, &["sla", "set", "--by", "priority", "--value", "URGENT", "--first-response", "30m", "--apply-to", "open"])
}

/// How much more CPU time each choice takes for the same move.
fn moving(folder: &Path, rounds: u64) {
    let conversations = setting("BENCH_CONVERSATIONS", 1_000_000);
    let plain = seed(folder, "plain.db", conversations);
    let with_policy = folder.join("policy.db");
    copy(&plain, &with_policy);
    set_policy(&with_policy, "4h");
    let work = folder.join("work.db");
    let choices = [("restart", 10.0), ("exempt", 10.0), ("apply", 25.0)];
    let mut more = [vec![], vec![], vec![]];
    for _ in 0..rounds {
        let used = |base: &Path, choice: &str| {
            copy(base, &work);
            let migration = migrate_with(&work.display().to_string(), CHANNEL, &["--map", "closed=Closed", "--sla-historic", choice]);
            (migration.moving.cpu, migration.moving.cpu + migration.verifying.cpu)
        };
        let without = used(&plain, "apply");
        print!("  without SLA: cpu {:.2} s, {:.2} s of it for moving", without.1, without.0);
        for ((choice, _), more) in choices.iter().zip(&mut more) {
            let with = used(&with_policy, choice);
            print!(", {choice} {:.2} s, {:.2} s", with.1, with.0);
            more.push((with.1 / without.1 - 1.0) * 100.0);
        }
        println!();
    }
    header(&format!("SLA in a migration: {conversations} conversations in the store, SQLite, median of {rounds} paired runs"));
    for ((choice, most), more) in choices.into_iter().zip(more) {
        let middle = median(more);
        row(
            &format!("more CPU time until it is verified with {choice}"),
            &format!("{middle:.1} %"),
            &format!("<= {most:.0} %"),
            middle <= most,
        );
    }
}

/// A million open tickets: another policy for all of them, and what is due of them.
fn open_tickets(folder: &Path, rounds: u64) {
    let tickets = setting("BENCH_TICKETS", 1_000_000);
    // Nine conversations of ten lie on the channel.
    let store = seed(folder, "open.db", tickets * 10 / 9 + 1);
    migrate_with(&store.display().to_string(), CHANNEL, &["--map", "closed=New"]);
    let first = set_policy(&store, "4h");
    println!("  first clocks for all: {:.1} s, {:.0} MB", first.wall, first.peak_mb);
    let (mut again, mut peak, mut due, mut soon) = (vec![], first.peak_mb, vec![], vec![]);
    for round in 0..rounds {
        let hours = format!("{}h", 5 + round);
        let used = desk(&store, &["sla", "set", "--first-response", &hours, "--apply-to", "open"]);
        again.push(used.wall);
        peak = f64::max(peak, used.peak_mb);
        let timed = |arguments: &[&str]| {
            let began = Instant::now();
            desk(&store, arguments);
            began.elapsed().as_secs_f64() * 1_000.0
        };
        let nothing = timed(&["whoami"]);
        due.push(timed(&["sla", "due"]) - nothing);
        soon.push(timed(&["sla", "due", "--within", "2h", "--owner", "me"]) - nothing);
    }
    header(&format!("{tickets} open tickets in the help desk, SQLite, median of {rounds} rounds"));
    println!("{:<62} {:>16}", "another policy for all of them", format!("{:.1} s", median(again)));
    row("its memory", &format!("{peak:.0} MB"), "<= 128 MB", peak <= 128.0);
    let (due, soon) = (median(due), median(soon));
    row("sla due, beyond what whoami takes", &format!("{due:.1} ms"), "<= 10 ms", due <= 10.0);
    println!("{:<62} {:>16}", "sla due --within 2h --owner me, beyond the same", format!("{soon:.1} ms"));
}

/// A million tickets of history: how well targets were met, against a bare count by the sqlite3 shell.
fn reports(folder: &Path, rounds: u64) {
    let tickets = setting("BENCH_TICKETS", 1_000_000);
    let store = seed(folder, "reports.db", tickets * 10 / 9 + 1);
    set_policy(&store, "4h");
    migrate_with(&store.display().to_string(), CHANNEL, &["--map", "closed=Closed"]);
    desk(&store, &["users", "create", "few@example.com", "--name", "Few", "--seat", "service", "--ticket-access", "own"]);
    desk(&store, &["tickets", "update", "400001", "400002", "400003", "--owner", "few@example.com"]);
    let timed = |work: &dyn Fn()| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64() * 1_000.0
    };
    let asked: [(&str, &[&str], f64); 4] = [
        ("sla report", &["sla", "report"], 1_000.0),
        ("sla report --by channel", &["sla", "report", "--by", "channel"], 1_500.0),
        ("sla report of a user who sees three tickets", &["sla", "report", "--as", "few@example.com"], 20.0),
        ("50 breaches", &["sla", "report", "--breaches", "--limit", "50"], 20.0),
    ];
    let bare = "SELECT first_response_outcome, close_outcome, count(*) FROM ticket_clocks GROUP BY 1, 2;\n";
    let (mut took, mut counting) = (asked.map(|_| vec![]), vec![]);
    for _ in 0..rounds {
        let nothing = timed(&|| _ = desk(&store, &["whoami"]));
        for ((_, arguments, _), took) in asked.iter().zip(&mut took) {
            took.push(timed(&|| _ = desk(&store, arguments)) - nothing);
        }
        if has("sqlite3") {
            counting.push(timed(&|| _ = shell(Command::new("sqlite3").arg("-readonly").arg(&store), bare)));
        }
    }
    header(&format!("{tickets} tickets of history with clocks, SQLite, median of {rounds} rounds, beyond what whoami takes"));
    let counting = median(counting);
    for ((what, _, most), took) in asked.into_iter().zip(took) {
        let took = median(took);
        row(what, &format!("{took:.1} ms"), &format!("<= {most:.0} ms"), took <= most);
        println!("{:<62} {:>16}", "  the same / a bare count by two outcomes", format!("{:.2}", took / counting));
    }
}

fn main() {
    let rounds = setting("BENCH_ROUNDS", 5);
    let folder = tempfile::tempdir().unwrap();
    moving(folder.path(), rounds);
    open_tickets(folder.path(), rounds);
    reports(folder.path(), rounds);
}
