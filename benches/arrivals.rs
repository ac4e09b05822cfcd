//! How long an arriving message waits while a large channel is moved by another process, and how quickly Ctrl-C is answered.
//!
//! `cargo bench --bench arrivals`. BENCH_CONVERSATIONS (1,000,000) changes the size. The whole process is timed, from its
//! start to its end, which is more than the time from asking for the lock to the commit.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use support::{deskctl, header, quantile, row, setting};

fn main() {
    let conversations = setting("BENCH_CONVERSATIONS", 1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let with = |args: &[&str]| {
        let mut command = Command::new(deskctl());
        command.arg("--target").arg(&store).args(args).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(with(&["seed", "--conversations", &conversations.to_string(), "--seed", "1"]).status().unwrap().success());
    let start = ["migrations", "start", "support@example.com", "--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes"];
    let mut run = with(&start).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(2));
    let mut answered = vec![];
    let (mut waits, mut arrivals) = (vec![], 0);
    while run.try_wait().unwrap().is_none() && arrivals < 600 {
        if arrivals == 20 {
            // Interrupted once and resumed: the stop is timed.
            let began = Instant::now();
            kill_process(Pid::from_child(&run), Signal::INT).unwrap();
            assert_eq!(run.wait().unwrap().code(), Some(130));
            answered.push(began.elapsed().as_secs_f64() * 1_000.0);
            run = with(&["migrations", "resume"]).spawn().unwrap();
        }
        let began = Instant::now();
        let id = format!("bench-{arrivals}");
        let received = with(&[
            "conversations",
            "receive",
            "support@example.com",
            "--from",
            "new@example.org",
            "--text",
            "hello",
            "--external-id",
            &id,
        ])
        .status();
        assert!(received.unwrap().success());
        waits.push(began.elapsed().as_secs_f64() * 1_000.0);
        arrivals += 1;
        std::thread::sleep(Duration::from_millis(100).saturating_sub(began.elapsed()));
    }
    assert!(run.wait().unwrap().success());
    header(&format!("Arrivals while {conversations} conversations move: {arrivals} messages, ten a second"));
    let (middle, slow) = (quantile(waits.clone(), 0.5), quantile(waits, 0.99));
    row("a message is received, median", &format!("{middle:.0} ms"), "", true);
    row("a message is received, 99th percentile", &format!("{slow:.0} ms"), "<= 250 ms", slow <= 250.0);
    let stop = quantile(answered, 1.0);
    row("Ctrl-C is answered", &format!("{stop:.0} ms"), "<= 300 ms", stop <= 300.0);
}
