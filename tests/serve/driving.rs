//! Migrations that servers drive: started, scheduled, taken over.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::desk::{BOSS, Desk, Server, both, succeeded, wait_until};
use super::http::Request;

/// Nine tenths of what the generator makes.
const CHANNEL: &str = "support@example.com";

fn start(channel: &str) -> Value {
    json!({
        "channels": [channel], "history": "all", "map": ["open=New", "closed=Closed"],
        "mute_notifications": false, "accept": [], "strict": false,
    })
}

/// A server whose batches are of one conversation, so that there is time to get in between.
fn slow(desk: &Desk) -> Server {
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0", "--log", "json", "-o", "ndjson", "--store-connections", "2"]);
    command.env("DESKCTL_BATCH", "1");
    Server::spawn(command)
}

fn status(server: &Server, token: &str) -> Value {
    server.call(token, "migrations.status", &json!({})).output()
}

fn wait_for_state(server: &Server, token: &str, state: &str) -> Value {
    let mut last = Value::Null;
    wait_until(&format!("the migration to be {state}"), || {
        last = status(server, token);
        assert!(last["state"] != "failed", "{last}\n{}", server.log());
        last["state"] == state
    });
    last
}

/// Every conversation once, as it should be, told by the server itself.
fn expect_all_same(server: &Server, token: &str) {
    let verified = server.ask(&Request::stream("migrations.verify", &json!({ "verdicts": "all" })).token(token)).text();
    let lines: Vec<Value> = verified.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect();
    let (end, items) = lines.split_last().unwrap();
    assert!(end["end"].is_object(), "{end}");
    assert!(items.len() > 50 && items.iter().all(|line| line["item"]["sign"] == "="), "{end}");
}

fn runs(server: &Server) -> bool {
    server.ask(&Request::get("/metrics")).text().contains("deskctl_migration_running 1\n")
}

#[test]
fn what_is_started_at_a_server_is_driven_by_it() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let begun = server.call(&token, "migrations.start", &start("billing@acme.example")).output();
        assert_eq!(begun["state"], "scheduled");
        let ended = wait_for_state(&server, &token, "completed");
        assert_eq!((&ended["percent"], &ended["total"], &ended["takeovers"]), (&json!(100.0), &json!(50), &json!(1)));
        server.wait_for_log(&["a migration goes on", "moving_history"]);
        server.wait_for_log(&["the migration is completed"]);
        let again = server.call(&token, "migrations.start", &start("billing@acme.example"));
        assert_eq!(again.status, 409, "{}", again.text());
        let verified = desk.command_at(&server.url, &["migrations", "verify", "-o", "json"]).env("DESKCTL_TOKEN", &token).output().unwrap();
        assert!(succeeded(verified).contains("\"="));

        // The command line waits for a server as it does for its own worker.
        let mut moving = desk.command_at(&server.url, &["migrations", "start", "website-chat", "--history", "all", "-o", "json"]);
        moving.args(["--map", "open=New", "--map", "closed=Closed", "--yes", "--quiet"]).env("DESKCTL_TOKEN", &token);
        let moved: Value = serde_json::from_str(&succeeded(moving.output().unwrap())).unwrap();
        assert_eq!(moved["state"], "completed");
        // And whoever may not start one starts none.
        let agent = desk.token(super::desk::AGENT, &[]);
        assert_eq!(server.call(&agent, "migrations.start", &start("contact-form")).status, 403);
    }
}

/// The server dies by `kill -9` in the midst of it: one that stands by, or that is started later, takes over by itself.
#[test]
fn another_server_takes_over_from_one_that_was_killed() {
    let generated = Desk::generated(600);
    let admin = generated.admin();
    let mut desks = vec![(generated, admin.as_str(), CHANNEL)];
    desks.extend(Desk::postgres().map(|desk| (desk, BOSS, "support@acme.example")));
    for (desk, user, channel) in desks {
        let token = desk.token(user, &[]);
        let mut servers = vec![slow(&desk), slow(&desk)];
        servers[0].call(&token, "migrations.start", &start(channel)).output();
        wait_until("the migration to be on its way", || status(&servers[0], &token)["done"].as_i64() > Some(10));
        let driver = servers.iter().position(runs).unwrap();
        servers.remove(driver).kill();
        let mut standing_by = servers.remove(0);
        let killed_at = status(&standing_by, &token);
        assert_ne!(killed_at["state"], "completed", "it was too quick for this test: {killed_at}");
        wait_until("the second server to take over", || status(&standing_by, &token)["takeovers"] == 2);
        wait_until("it to go on", || status(&standing_by, &token)["done"].as_i64() > killed_at["done"].as_i64());
        standing_by.kill();
        // Nobody is left; then one comes.
        let third = Server::start(&desk);
        let ended = wait_for_state(&third, &token, "completed");
        assert_eq!(ended["done"], ended["total"], "{ended}");
        // On a busy machine the second one may have been done before it was killed.
        assert!([2, 3].contains(&ended["takeovers"].as_i64().unwrap()), "{ended}");
        expect_all_same(&third, &token);
    }
}

#[test]
fn a_server_that_stops_leaves_its_migration_at_a_safe_point() {
    let desk = Desk::generated(600);
    let admin = desk.admin();
    let token = desk.token(&admin, &[]);
    let first = slow(&desk);
    first.call(&token, "migrations.start", &start(CHANNEL)).output();
    wait_until("the migration to be on its way", || status(&first, &token)["done"].as_i64() > Some(5));
    let began = Instant::now();
    let (ended, log) = first.stop();
    assert_eq!(ended.code(), Some(0), "{log}");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let second = Server::start(&desk);
    wait_for_state(&second, &token, "completed");
    expect_all_same(&second, &token);
}

#[test]
fn a_scheduled_start_waits_for_its_time_and_can_be_taken_back() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let at = |ms: i64| {
        let mut arguments = start("billing@acme.example");
        arguments["at"] = json!(deskctl::clock::Clock::System.now().plus_ms(ms));
        arguments
    };
    let far = server.call(&token, "migrations.start", &at(3_600_000)).output();
    wait_until("the server to wait for the start", || runs(&server));
    let taken_back = server.call(&token, "migrations.unschedule", &json!({ "id": far["id"] }));
    assert_eq!(taken_back.status, 200, "{}", taken_back.text());
    let began = Instant::now();
    server.call(&token, "migrations.start", &at(2_000)).output();
    std::thread::sleep(Duration::from_millis(1_000));
    assert_eq!(status(&server, &token)["state"], "scheduled");
    wait_for_state(&server, &token, "completed");
    assert!(began.elapsed() >= Duration::from_millis(2_000), "{:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    let log = server.log();
    assert!(!log.contains("the background worker failed"), "taking a start back is no failure: {log}");
}

#[test]
fn of_two_servers_one_drives_and_both_answer() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let servers = [slow(&desk), slow(&desk)];
        servers[1].call(&token, "migrations.start", &start("support@acme.example")).output();
        wait_until("one of them to drive", || servers.iter().any(runs));
        let (mut driven, mut answered) = (0, 0);
        for _ in 0..20 {
            let driving = servers.iter().filter(|server| runs(server)).count();
            assert!(driving <= 1);
            driven += driving;
            for server in &servers {
                let shown = status(server, &token);
                answered += i32::from(["scheduled", "running", "completed"].contains(&shown["state"].as_str().unwrap()));
                server.call(&token, "contacts.create", &json!({ "first_name": "Meanwhile" })).output();
            }
        }
        assert!(driven > 0 && answered == 40, "{driven} {answered}");
        let ended = wait_for_state(&servers[0], &token, "completed");
        assert_eq!(ended["takeovers"], 1, "{ended}");
        expect_all_same(&servers[1], &token);
    }
}

/// What a command line drives itself stays its own, until someone hands it to a server.
#[test]
fn a_run_of_the_command_line_is_taken_over_only_when_told_to() {
    let desk = Desk::generated(600);
    let admin = desk.admin();
    let token = desk.token(&admin, &[]);
    let server = Server::start(&desk);
    let mut command =
        desk.command(&["migrations", "start", CHANNEL, "--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes"]);
    let mut driving =
        command.env("DESKCTL_BATCH", "1").stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
    wait_until("the migration to be on its way", || {
        let shown = server.call(&token, "migrations.status", &json!({}));
        shown.status == 200 && shown.output()["done"].as_i64() > Some(5)
    });
    let resume = |server: &Server| server.call(&token, "migrations.resume", &json!({}));
    assert_eq!(resume(&server).refusal(), (423, "locked".into()), "its worker lives");
    driving.kill().unwrap();
    driving.wait().unwrap();
    let left = wait_for_state(&server, &token, "interrupted");
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(status(&server, &token)["done"], left["done"]);
    resume(&server).output();
    wait_for_state(&server, &token, "completed");
    expect_all_same(&server, &token);
}
