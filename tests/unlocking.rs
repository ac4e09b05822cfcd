//! What could keep an account locked (G21): runs that can never run, odd values, clocks, late messages. On both engines.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use deskctl::store::{Location, Store};
use serde_json::Value;

use crate::moving::{Desk, MAP, on_each_engine};

fn store(desk: &Desk) -> Store {
    let location = match desk.target.strip_prefix("sqlite:") {
        Some(path) => Location::Sqlite(path.into()),
        None => Location::Postgres { url: desk.target.clone(), password: None },
    };
    Store::connect(&location).unwrap()
}

fn sql(desk: &Desk, statements: &str) {
    let mut store = store(desk);
    let mut tx = store.write().unwrap();
    tx.script(statements).unwrap();
    tx.commit().unwrap();
}

fn number(desk: &Desk, sql: &str) -> i64 {
    store(desk).read().unwrap().one(sql, &[], |row| row.get()).unwrap()
}

fn at(desk: &Desk, now: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_deskctl")).env("DESKCTL_NOW", now).arg("--target").arg(&desk.target).args(args).output().unwrap()
}

fn started<'a>(channels: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [&["migrations", "start"], channels, &["--history", "none", "--yes", "--quiet"], more].concat()
}

/// A start far ahead, whose worker waits; then what `change` does to the store, and the start comes.
fn overtaken(desk: &Desk, channels: &[&str], change: &str) {
    desk.json(&started(channels, &["--detach", "--at", "2099-01-01T00:00:00Z"]));
    sql(desk, change);
    sql(desk, "UPDATE migrations SET start_at = 0");
}

#[test]
fn m4_a_channel_that_is_named_twice_is_refused_before_anything_is_written() {
    on_each_engine(|desk| {
        let id = desk.json(&["channels", "show", "billing@acme.example"])["id"].to_string();
        for channels in [
            &["billing@acme.example", "website-chat", "billing@acme.example"][..],
            &["billing@acme.example", &id],
            &[&id, "BILLING@acme.example"],
            &["website-chat", &id, &id],
        ] {
            let (code, exit, error) = desk.refusal(&started(channels, &[]));
            assert_eq!((code.as_str(), exit), ("channel_twice", 2), "{channels:?}: {error}");
            let plan = [&["migrations", "plan"], channels].concat();
            assert_eq!(desk.refusal(&plan).0, "channel_twice");
        }
        assert_eq!(desk.json(&["migrations", "list"]), Value::Array(Vec::new()));
        assert_eq!(desk.start("contact-form", &["--history", "none"])["state"], "completed");
    });
}

/// What deskctl wrote when a channel was named twice: a failed run of a channel that has moved.
const SECOND_RUN: &str = "INSERT INTO migrations (id, channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, \
     accepted, state, phase, active, last_error, pass, cursor, total, done, tickets_created, tickets_moved, unassigned, batches, fence, busy_ms, \
     start_at, started_at, updated_at, started_by, served, sla_historic) \
     SELECT 2000, channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, accepted, 'failed', 'preparing', 1, \
     'blocked: it was moved', 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, start_at, started_at, updated_at, started_by, served, sla_historic \
     FROM migrations WHERE id = 1";

#[test]
fn g21_a_store_that_was_locked_is_unlocked_and_every_refusal_says_how() {
    on_each_engine(|desk| {
        desk.start("website-chat", &["--history", "none"]);
        sql(desk, SECOND_RUN);
        let says_the_cure = |args: &[&str]| {
            let (code, _, error) = desk.refusal(args);
            assert_eq!(code, "migration_active", "{args:?}");
            assert!(error["hint"].as_str().unwrap().contains("deskctl migrations unschedule 2000"), "{args:?}: {error}");
        };
        says_the_cure(&started(&["contact-form"], &[]));
        says_the_cure(&["channels", "disconnect", "website-chat", "--yes"]);
        assert_eq!(desk.exit(&["migrations", "resume", "--quiet"]), 6);
        let doctor = String::from_utf8(desk.run(&["doctor", "-o", "json"]).stdout).unwrap();
        assert!(doctor.contains("deskctl migrations unschedule 2000"), "{doctor}");
        assert_eq!(desk.json(&["migrations", "unschedule", "2000"])["state"], "unscheduled");
        assert_eq!(desk.start("contact-form", &["--history", "none"])["state"], "completed");
    });
}

#[test]
fn g21_a_run_that_failed_before_its_channel_moved_is_taken_back() {
    on_each_engine(|desk| {
        overtaken(desk, &["website-chat"], "UPDATE channels SET state = 'disconnected' WHERE address = 'website-chat'");
        assert_eq!(desk.exit(&["migrations", "wait", "--timeout", "30s", "--quiet"]), 1);
        assert_eq!(desk.json(&["migrations", "unschedule", "1"])["state"], "unscheduled");
        assert_eq!(desk.start("contact-form", &["--history", "none"])["state"], "completed");
    });
}

#[test]
fn g21_a_next_channel_that_cannot_move_any_more_gets_no_run() {
    on_each_engine(|desk| {
        let gone = "UPDATE channels SET state = 'disconnected' WHERE address = 'website-chat'";
        overtaken(desk, &["contact-form", "website-chat", "billing@acme.example"], gone);
        desk.run(&["migrations", "wait", "1", "--timeout", "30s", "--quiet"]);
        let runs = desk.json(&["migrations", "list"]);
        assert_eq!((runs.as_array().unwrap().len(), &runs[0]["state"]), (1, &"completed".into()), "{runs}");
        assert!(runs[0]["last_error"].as_str().unwrap().contains("website-chat, was not started"), "{runs}");
        assert_eq!(desk.start("billing@acme.example", &["--history", "none"])["state"], "completed");
    });
}

#[test]
fn g21_a_super_admin_ends_a_run_that_verify_refuses() {
    on_each_engine(|desk| {
        desk.start("website-chat", &[&["--history", "all"], MAP].concat());
        // Damaged between the last batch and the verification.
        sql(desk, "UPDATE migrations SET state = 'failed', active = 1, phase = 'verifying', last_error = 'verification_failed: 1'");
        sql(desk, "UPDATE tickets SET name = 'damaged' WHERE made_by_run = 1");
        let (code, exit, error) = desk.refusal(&["migrations", "resume", "--quiet"]);
        assert_eq!((code.as_str(), exit), ("verification_failed", 1));
        assert!(error["hint"].as_str().unwrap().contains("resume 1 --accept verification_failed"), "{error}");
        desk.json(&["migrations", "resume", "1", "--accept", "verification_failed", "--quiet"]);
        assert_eq!(desk.json(&["migrations", "status"])["state"], "completed");
        assert_eq!(desk.exit(&["migrations", "verify", "--quiet"]), 8, "it goes on to say so");
    });
}

/// Values that decide differently where one place trims and another does not, looks at half of it, or takes NULL for empty.
fn odd() -> Vec<String> {
    let long = "x".repeat(100_000);
    ["", " ", "\u{a0}", "\t", "\u{3000} \u{2003}", "\u{1}", "\u{200b}", "  in the middle  ", "NULL", "'", &long].map(str::to_owned).to_vec()
}

/// In every column that a batch reads, beside each other in all combinations that the ids give.
fn spoil(desk: &Desk) {
    let quoted = |value: &str| format!("'{}'", value.replace('\'', "''"));
    let columns = [("conversations", "subject"), ("contacts", "first_name"), ("contacts", "last_name"), ("contacts", "phone")];
    let mut script = String::from("UPDATE contacts SET email = NULL WHERE id % 2 = 0;");
    for (step, (table, column)) in columns.iter().enumerate() {
        let count = odd().len() + 1;
        for (number, value) in odd().iter().enumerate() {
            script += &format!("UPDATE {table} SET {column} = {} WHERE (id / {}) % {count} = {number};", quoted(value), step * step + 1);
        }
        script += &format!("UPDATE {table} SET {column} = NULL WHERE (id / {}) % {count} = {};", step * step + 1, count - 1);
    }
    script +=
        "UPDATE conversations SET closed_at = NULL WHERE id % 3 = 0; UPDATE conversations SET closed_at = started_at WHERE id % 5 = 0;";
    sql(desk, &script);
}

#[test]
fn m13_odd_values_make_no_migration_fail_and_name_no_ticket_blank() {
    on_each_engine(|desk| {
        sql(
            desk,
            "DELETE FROM conversation_tickets; DELETE FROM ticket_slas; DELETE FROM ticket_clocks; UPDATE tickets SET made_for = NULL",
        );
        spoil(desk);
        let rules = ["--map", "subject contains \"middle\"=New", "--map", "contact is set and closed=Closed"];
        for (channel, rules) in [("website-chat", &rules[..]), ("support@acme.example", &[]), ("contact-form", &rules[..2])] {
            let done = desk.start(channel, &[&["--history", "all"], rules, MAP].concat());
            assert_eq!(done["state"], "completed", "{done}");
            assert_eq!(desk.exit(&["migrations", "verify", "--quiet"]), 0);
        }
        let blank = "SELECT count(*) FROM tickets WHERE made_by_run IS NOT NULL AND (trim(name) = '' OR name = 'Conversation with ')";
        assert_eq!(number(desk, blank), 0);
        let named = "SELECT count(*) FROM tickets t JOIN conversations c ON c.id = t.made_for JOIN contacts k ON k.id = c.contact_id \
             WHERE t.made_by_run IS NOT NULL AND c.subject = ' ' AND k.email LIKE '%@%' AND t.name = 'Conversation with an unknown contact'";
        assert_eq!(number(desk, named), 0, "a blank subject is none: the contact names the ticket");
    });
}

#[test]
fn an_entry_from_a_clock_that_was_ahead_is_named_and_can_be_passed() {
    on_each_engine(|desk| {
        let created = at(desk, "2040-01-01T00:00:00Z", &["contacts", "create", "--email", "early@a.example"]);
        assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
        // What comes later does not hide it.
        desk.json(&["contacts", "create", "--email", "late@a.example"]);
        let doctor = desk.run(&["doctor", "-o", "json"]);
        let found: Value = serde_json::from_slice(&doctor.stdout).unwrap();
        let clock = found.as_array().unwrap().iter().find(|check| check["check"] == "clock").unwrap();
        assert!(clock["status"] != "ok" && clock["message"].as_str().unwrap().contains("2040-01-01"), "{clock}");
        if desk.target.starts_with("sqlite") {
            let (code, exit, error) = desk.refusal(&started(&["website-chat"], &[]));
            assert_eq!((code.as_str(), exit), ("clock_set_back", 1));
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("contacts.create") && message.contains("2040-01-01"), "{error}");
            assert!(error["hint"].as_str().unwrap().contains("--accept clock_set_back"), "{error}");
            desk.json(&started(&["website-chat"], &["--accept", "clock_set_back"]));
        } else {
            desk.json(&started(&["website-chat"], &[]));
        }
        assert_eq!(desk.json(&["migrations", "status"])["state"], "completed");
    });
}

/// A conversation without messages gets an old one: the last message is that, for the rule and for the verification.
#[test]
fn a_late_message_decides_as_it_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    on_each_engine(|desk| {
        let file = folder.path().join("desk.json");
        let _ = std::fs::remove_file(&file);
        desk.json(&["export", "account", file.to_str().unwrap()]);
        let mut account: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let channels = account["channels"].as_array().unwrap();
        let chat = channels.iter().find(|channel| channel["address"] == "website-chat").unwrap()["id"].clone();
        let is_silent = |c: &Value| c["status"] == "OPEN" && c["ticket"].is_null() && c["channels"][0]["channel"] == chat;
        let silent = account["conversations"].as_array_mut().unwrap().iter_mut().find(|c| is_silent(c)).unwrap();
        silent["messages"] = Value::Array(Vec::new());
        silent["thread"] = "silent".into();
        std::fs::write(&file, account.to_string()).unwrap();
        desk.json(&["seed", "--file", file.to_str().unwrap(), "--replace", "--yes", "--quiet"]);
        let old = ["--from", "jane@a.example", "--text", "Hello", "--thread", "silent", "--at", "2020-01-01T00:00:00Z"];
        desk.json(&[&["conversations", "receive", "website-chat"], &old[..]].concat());
        let rule = ["--history", "all", "--map", "last_message_at < -365d=Closed"];
        assert_eq!(desk.start("website-chat", &[&rule, MAP].concat())["state"], "completed");
    });
}

#[test]
fn nohup_protects_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("sqlite:{}", folder.path().join("desk.db").display());
    let deskctl = || Command::new(env!("CARGO_BIN_EXE_deskctl"));
    assert!(deskctl().args(["--target", &target, "seed", "--profile", "acme", "--quiet"]).status().unwrap().success());
    let args =
        ["--target", &target, "migrations", "start", "website-chat", "--history", "all", "--yes", "--slowly", "--quiet", "-o", "json"];
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_deskctl")]).args(args).args(MAP);
    let mut working = shell.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    let pid = rustix::process::Pid::from_child(&working);
    rustix::process::kill_process(pid, rustix::process::Signal::HUP).unwrap();
    assert!(working.wait().unwrap().success());
}

#[test]
fn g22_no_file_before_the_permission() {
    on_each_engine(|desk| {
        // A folder that is not there tells whether a file was tried before the permission.
        for command in [&["export", "account", "no-folder/a.json"][..], &["migrations", "report", "--html", "no-folder/a.html"]] {
            assert_eq!(desk.exit(&[command, &["--as", "tom.baker@acme.example"]].concat()), 4, "{command:?}");
        }
        assert_eq!(desk.exit(&["export", "account", "no-folder/a.json"]), 5, "the folder is not there");
    });
}

#[test]
fn g22_no_backup_before_the_permission() {
    on_each_engine(|desk| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("before.backup");
        let backup = file.to_str().unwrap();
        let start = started(&["website-chat"], &["--backup", backup]);
        assert_eq!(desk.exit(&[&start[..], &["--as", "tom.baker@acme.example"]].concat()), 4);
        assert_eq!(desk.exit(&started(&["no-such-channel"], &["--backup", backup])), 5);
        assert!(!Path::new(backup).exists());
        desk.json(&start);
        assert!(Path::new(backup).exists());
        let audit = desk.json(&["audit", "list", "--operation", "store.backup"]);
        assert_eq!((audit.as_array().unwrap().len(), &audit[0]["outcome"]), (1, &"done".into()), "{audit}");
    });
}
