use std::collections::BTreeSet;
use std::time::Duration;

use postgres::{Client, NoTls};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::support::events::{commit_points, read_log};
use crate::support::faults::{FaultLib, Kind, Plan};
use crate::support::kill::{Ran, When, run};
use crate::support::postgres::PgServer;

use super::stand_in::{BATCHES, Care, acknowledged_batches, command};

fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap()
}

fn make_rows(url: &str) {
    connect(url).batch_execute("CREATE TABLE rows (batch bigint, row bigint, PRIMARY KEY (batch, row))").unwrap();
}

fn batches(url: &str) -> i64 {
    let row = connect(url).query_one("SELECT count(*), coalesce(max(batch), 0) FROM rows", &[]).unwrap();
    let (rows, batches): (i64, i64) = (row.get(0), row.get(1));
    assert_eq!(rows, batches * 12);
    batches
}

#[test]
fn each_database_of_the_shared_server_is_new() {
    let Some(server) = PgServer::shared() else { return };
    let urls: BTreeSet<String> = (0..3).map(|_| server.database()).collect();
    assert_eq!(urls.len(), 3);
    for url in &urls {
        make_rows(url);
        assert_eq!(batches(url), 0);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_never_runs_as_root() {
    let Some(server) = PgServer::shared() else { return };
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid().as_raw_pid())).unwrap();
    let uids = status.lines().find(|line| line.starts_with("Uid:")).unwrap();
    assert!(uids.split_whitespace().skip(1).all(|uid| uid != "0"), "{uids}");
}

#[test]
fn a_killed_server_restarts_with_what_was_committed() {
    let Some(server) = PgServer::start() else { return };
    let url = server.database();
    make_rows(&url);
    for round in 1..=2 {
        let mut client = connect(&url);
        client.execute("INSERT INTO rows SELECT $1, g FROM generate_series(1, 12) g", &[&round]).unwrap();
        server.kill9();
        assert!(client.simple_query("SELECT 1").is_err());
        assert!(Client::connect(&url, NoTls).is_err());
        server.restart();
        assert_eq!(batches(&url), round);
    }
}

fn run_client(library: &FaultLib, url: &str, plan: &Plan) -> Ran {
    let mut command = command(Care::Postgres, plan.watched());
    command.env("STAND_IN_URL", url);
    library.apply(&mut command, plan);
    run(&mut command, When::Never)
}

/// Killed before COMMIT is sent, the client leaves the batch undone; killed right after, the server may do it. Then it finishes.
#[test]
fn a_client_killed_at_every_commit_point_can_be_started_again() {
    let (Some(library), Some(server)) = (FaultLib::get(), PgServer::shared()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let prepare = || {
        let url = server.database();
        make_rows(&url);
        url
    };
    let clean = Plan::new(folder.path()).sockets().logged();
    run_client(library, &prepare(), &clean).expect_success();
    let commits = commit_points(&read_log(&clean.log()));
    assert_eq!(commits.len() as i64, BATCHES);
    for (call, kind) in commits.iter().flat_map(|call| [(*call, Kind::KillBefore), (*call, Kind::KillAfter)]) {
        let url = prepare();
        let ran = run_client(library, &url, &Plan::new(folder.path()).sockets().fail(call, kind));
        assert!(ran.killed, "{kind:?} at call {call}");
        assert!(batches(&url) >= acknowledged_batches(&ran.stdout));
        run_client(library, &url, &Plan::new(folder.path())).expect_success();
        assert_eq!(batches(&url), BATCHES);
    }
}

/// Not a test: a process with a server, to be killed.
#[test]
fn holder() {
    let Ok(report) = std::env::var("HOLD_A_SERVER") else { return };
    let Some(server) = PgServer::start() else { return };
    std::fs::write(report, server.pid().as_raw_pid().to_string()).unwrap();
    eprintln!("holding");
    std::thread::sleep(Duration::from_secs(1000));
}

#[test]
fn no_server_outlives_its_tests_even_when_they_are_killed() {
    if PgServer::shared().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("pid");
    let mut holder = std::process::Command::new(std::env::current_exe().unwrap());
    holder.args(["--exact", "support_selftest::postgres::holder", "--nocapture"]).env("HOLD_A_SERVER", &report);
    // Only the holder is killed here, not its marked children: those must notice by themselves.
    let mut holder = holder.spawn().unwrap();
    let pid = loop {
        std::thread::sleep(Duration::from_millis(50));
        if let Some(pid) = std::fs::read_to_string(&report).ok().and_then(|text| Pid::from_raw(text.parse().ok()?)) {
            break pid;
        }
        assert!(holder.try_wait().unwrap().is_none(), "the holder ended");
    };
    test_kill_process(pid).unwrap();
    kill_process(Pid::from_child(&holder), Signal::KILL).unwrap();
    holder.wait().unwrap();
    let gone = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        test_kill_process(pid).is_err()
    });
    assert!(gone, "the server {pid:?} outlives its tests");
}
