//! The rules of moving a channel, one by one, through the built binary, on both engines.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::postgres::PgServer;

/// One account on one engine.
pub struct Desk {
    pub target: String,
    _folder: Option<tempfile::TempDir>,
}

pub const MAP: &[&str] = &["--map", "open=New", "--map", "closed=Closed"];

impl Desk {
    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_deskctl")).arg("--target").arg(&self.target).args(args).output().unwrap()
    }

    pub fn exit(&self, args: &[&str]) -> i32 {
        self.run(args).status.code().unwrap()
    }

    /// The answer as JSON; the command must succeed.
    pub fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["-o", "json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The error's code and the exit code.
    pub fn refusal(&self, args: &[&str]) -> (String, i32, Value) {
        let output = self.run(&[args, &["-o", "json"]].concat());
        let error = String::from_utf8_lossy(&output.stderr);
        let last =
            error.lines().rev().find(|line| line.starts_with("{\"error\"")).unwrap_or_else(|| panic!("{args:?} was not refused: {error}"));
        let error: Value = serde_json::from_str(last).unwrap();
        (error["error"]["code"].as_str().unwrap().to_owned(), output.status.code().unwrap(), error["error"].clone())
    }

    pub fn start(&self, channel: &str, more: &[&str]) -> Value {
        self.json(&[&["migrations", "start", channel, "--yes", "--quiet"], more].concat())
    }

    pub fn move_with_history(&self, channel: &str) -> Value {
        self.start(channel, &[&["--history", "all"], MAP].concat())
    }

    pub fn findings(&self, args: &[&str]) -> Vec<Value> {
        let output = self.run(&[&["migrations", "plan"], args, &["-o", "json"]].concat());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["plans"].as_array().unwrap().iter().flat_map(|plan| plan["findings"].as_array().unwrap().clone()).collect()
    }

    pub fn finding(&self, args: &[&str], code: &str) -> Value {
        self.findings(args).into_iter().find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("the plan does not find {code}"))
    }
}

/// Runs a test on each engine, with the acme account.
pub fn on_each_engine(test: impl Fn(&Desk)) {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("sqlite:{}", folder.path().join("desk.db").display());
    let mut desks = vec![Desk { target, _folder: Some(folder) }];
    desks.extend(PgServer::shared().map(|server| Desk { target: server.database(), _folder: None }));
    for desk in desks {
        desk.json(&["seed", "--profile", "acme", "--quiet"]);
        test(&desk);
    }
}

#[test]
fn m2_the_history_is_all_or_none() {
    on_each_engine(|desk| {
        assert_eq!(desk.exit(&["migrations", "start", "website-chat", "--yes"]), 2, "a choice is needed");
        assert_eq!(desk.exit(&["migrations", "start", "website-chat", "--history", "some", "--yes"]), 2, "nothing in between");
        let all = desk.move_with_history("website-chat");
        assert_eq!((&all["done"], &all["total"]), (&all["total"], &48.into()));
        let none = desk.start("billing@acme.example", &["--history", "none"]);
        assert_eq!((&none["done"], &none["tickets_created"]), (&0.into(), &0.into()));
    });
}

#[test]
fn m4_one_channel_at_a_time_and_the_refusal_says_which() {
    on_each_engine(|desk| {
        let start =
            ["migrations", "start", "website-chat", "--history", "none", "--yes", "--quiet", "--detach", "--at", "2099-01-01T00:00:00Z"];
        let scheduled = desk.json(&start);
        let (code, exit, error) = desk.refusal(&["migrations", "start", "contact-form", "--history", "none", "--yes"]);
        assert_eq!((code.as_str(), exit), ("migration_active", 6));
        assert!(error["message"].as_str().unwrap().contains("website-chat"), "{error}");
        assert_eq!(desk.finding(&["contact-form"], "migration_active")["level"], "blocking");
        desk.json(&["migrations", "unschedule", &scheduled["id"].to_string()]);
        assert_eq!(desk.start("contact-form", &["--history", "none"])["state"], "completed");
    });
}

#[test]
fn m5_agents_without_access_are_named_those_who_worked_here_first() {
    on_each_engine(|desk| {
        let finding = desk.finding(&["support@acme.example"], "agents_without_access");
        assert_eq!((&finding["level"], &finding["rule"]), (&"warning".into(), &"M5".into()));
        let users: Vec<&str> = finding["details"]["users"].as_array().unwrap().iter().map(|user| user.as_str().unwrap()).collect();
        assert_eq!(users.len(), 4);
        let worked_here = finding["details"]["involved"].as_u64().unwrap() as usize;
        assert!(users[..worked_here].iter().any(|user| user.contains("ewa.kaminska")), "{users:?}");
        assert!(!users.iter().any(|user| user.contains("sanna.laine")), "inactive users are not asked for");
    });
}

#[test]
fn m9_one_notice_per_user_with_counts_and_muted_ones_are_kept_as_muted() {
    on_each_engine(|desk| {
        desk.move_with_history("website-chat");
        desk.start("contact-form", &[&["--history", "all", "--mute-notifications"], MAP].concat());
        let notices = desk.json(&["outbox", "list", "--all"]);
        let of = |channel: &str| -> Vec<&Value> {
            notices.as_array().unwrap().iter().filter(|notice| notice["text"].as_str().unwrap().contains(channel)).collect()
        };
        let (told, muted) = (of("website-chat"), of("contact-form"));
        let mut users: Vec<&Value> = told.iter().map(|notice| &notice["user"]).collect();
        let before = users.len();
        users.sort_by_key(|user| user.to_string());
        users.dedup();
        assert!(before > 0 && users.len() == before, "one notice each");
        assert!(told.iter().all(|notice| notice["state"] == "pending"));
        assert!(!muted.is_empty() && muted.iter().all(|notice| notice["state"] == "muted"));
    });
}

#[test]
fn m10_the_settings_are_kept_as_they_are() {
    on_each_engine(|desk| {
        let before = desk.json(&["channels", "show", "support@acme.example"]);
        desk.move_with_history("support@acme.example");
        let after = desk.json(&["channels", "show", "support@acme.example"]);
        assert!(before["settings"]["signature"].is_string(), "acme's main channel has a signature to keep");
        assert_eq!(before["settings"], after["settings"]);
    });
}

#[test]
fn m12_what_a_user_may_see_holds_for_moved_tickets() {
    on_each_engine(|desk| {
        desk.move_with_history("support@acme.example");
        let all = desk.json(&["tickets", "list", "--limit", "1000"]);
        let own = desk.json(&["tickets", "list", "--limit", "1000", "--as", "tom.baker@acme.example"]);
        let (all, own) = (all.as_array().unwrap(), own.as_array().unwrap());
        assert!(own.len() < all.len());
        assert!(own.iter().all(|ticket| ticket["owner"] == "tom.baker@acme.example" || ticket["owner"].is_null()), "own tickets only");
    });
}

#[test]
fn m17_once_moved_the_choice_to_bring_the_history_is_gone() {
    on_each_engine(|desk| {
        desk.start("website-chat", &["--history", "none"]);
        let again = [&["migrations", "start", "website-chat", "--history", "all", "--yes"], MAP].concat();
        let (code, exit, error) = desk.refusal(&again);
        assert_eq!((code.as_str(), exit), ("already_moved", 6));
        assert!(error["message"].as_str().unwrap().contains("M17"), "{error}");
    });
}

#[test]
fn m18_m20_the_progress_is_told_and_a_started_run_cannot_be_taken_back() {
    on_each_engine(|desk| {
        let done = desk.move_with_history("website-chat");
        assert_eq!((&done["state"], &done["percent"]), (&"completed".into(), &100.0.into()));
        let (code, exit, _) = desk.refusal(&["migrations", "unschedule", &done["id"].to_string()]);
        assert_eq!((code.as_str(), exit), ("already_started", 6));
    });
}

#[test]
fn m19_the_channel_is_seen_in_the_help_desk_and_no_longer_in_the_inbox() {
    on_each_engine(|desk| {
        desk.move_with_history("support@acme.example");
        let in_inbox = desk.json(&["channels", "list", "--inbox", "Support"]);
        assert!(in_inbox.as_array().unwrap().iter().all(|channel| channel["address"] != "support@acme.example"));
        let channel = desk.json(&["channels", "show", "support@acme.example"]);
        assert_eq!((&channel["in_help_desk"], &channel["movable"]), (&true.into(), &false.into()));
    });
}

#[test]
fn m22_a_form_names_the_email_channels_that_answer_it() {
    on_each_engine(|desk| {
        let finding = desk.finding(&["contact-form"], "form_companions");
        assert_eq!(finding["details"]["channels"][0], "support@acme.example");
        assert!(finding["message"].as_str().unwrap().contains("17 conversations"), "{finding}");
        assert!(desk.findings(&["support@acme.example"]).iter().all(|finding| finding["code"] != "form_companions"));
    });
}

/// B: the conditions are data; an administrator who changes them changes which bots may move.
#[test]
fn b_the_conditions_for_bots_can_be_edited() {
    on_each_engine(|desk| {
        let start = ["migrations", "start", "shop-chat", "--history", "none", "--yes"];
        let (code, exit, error) = desk.refusal(&start);
        assert_eq!((code.as_str(), exit), ("bot_in_the_way", 6));
        let reasons = error["details"]["reasons"].as_array().unwrap();
        assert_eq!(reasons.len(), 2, "each action in the way is named (M15): {error}");
        for action in ["create_ticket", "book_meeting"] {
            desk.json(&["bots", "conditions", "set", action, "--allowed", "true", "--why", "checked by hand"]);
        }
        assert_eq!(desk.start("shop-chat", &["--history", "none"])["state"], "completed");
    });
}

#[test]
fn m13_owners_without_access_are_lost_and_each_is_reported() {
    on_each_engine(|desk| {
        let status = desk.move_with_history("support@acme.example");
        assert_eq!((&status["total"], &status["tickets_created"], &status["unassigned"]), (&352.into(), &187.into(), &60.into()));
        let report = desk.json(&["migrations", "report"]);
        let lost = report["exceptions"].as_array().unwrap().iter().filter(|exception| exception["code"] == "owner_lost").count();
        assert_eq!(lost, 60);
        let made: i64 = report["made"].as_array().unwrap().iter().map(|flow| flow["conversations"].as_i64().unwrap()).sum();
        assert_eq!(made, 187);
        assert_eq!(report["verification"]["same"], 352);
    });
}
