//! Moving a large channel on PostgreSQL, against psql writing the same rows in one transaction.
//!
//! `BENCH_POSTGRES=postgres://USER@HOST cargo bench --bench postgres`: a server on which databases may be made.
//! BENCH_CONVERSATIONS (1,000,000) and BENCH_ROUNDS (5) change its size.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::process::Command;

use support::{deskctl, header, median, migrate, row, run, setting, shell};

const REFERENCE: &str = include_str!("reference_postgres.sql");

fn psql(server: &str, database: &str, script: &str) -> support::Used {
    shell(Command::new("psql").args(["--quiet", "--set", "ON_ERROR_STOP=1", "--dbname"]).arg(format!("{server}/{database}")), script)
}

fn main() {
    let Ok(server) = std::env::var("BENCH_POSTGRES") else {
        println!("skipped: BENCH_POSTGRES names no server (postgres://USER@HOST)");
        return;
    };
    let conversations = setting("BENCH_CONVERSATIONS", 1_000_000);
    let rounds = setting("BENCH_ROUNDS", 5);
    psql(&server, "postgres", "DROP DATABASE IF EXISTS deskctl_bench_base; CREATE DATABASE deskctl_bench_base;");
    let base = format!("{server}/deskctl_bench_base");
    let used = run(Command::new(deskctl()).args([
        "--target",
        &base,
        "seed",
        "--conversations",
        &conversations.to_string(),
        "--seed",
        "1",
        "--quiet",
    ]));
    println!("seeded {conversations} conversations in {:.1} s", used.wall);
    psql(&server, "deskctl_bench_base", "VACUUM ANALYZE; CHECKPOINT;");
    let again = "DROP DATABASE IF EXISTS deskctl_bench_work; CREATE DATABASE deskctl_bench_work TEMPLATE deskctl_bench_base; CHECKPOINT;";
    let mut wall = vec![];
    for _ in 0..rounds {
        psql(&server, "postgres", again);
        let ours = migrate(&format!("{server}/deskctl_bench_work"), "support@example.com");
        psql(&server, "postgres", again);
        let theirs = psql(&server, "deskctl_bench_work", REFERENCE);
        println!(
            "  moving {:.2} s (client cpu {:.2}), reference {:.2} s, verifying {:.2} s",
            ours.moving.wall, ours.moving.cpu, theirs.wall, ours.verifying.wall
        );
        wall.push(ours.moving.wall / theirs.wall);
    }
    header(&format!("Moving a channel: {conversations} conversations in the store, PostgreSQL, median of {rounds} paired runs"));
    let middle = median(wall);
    row("wall time / one transaction in psql", &format!("{middle:.2} x"), "<= 1.2 x", middle <= 1.2);
}
