//! Seeded stores on both engines, copied for each try, and the commands that the tests run on them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use deskctl::store::Location;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::kill::{Ran, When, run};
use crate::support::postgres::PgServer;
use crate::support::snapshot::Snapshot;

/// The generator's main channel: nine tenths of its conversations.
pub const CHANNEL: &str = "support@example.com";

/// The move that nearly every test makes.
pub const START: &[&str] =
    &["migrations", "start", CHANNEL, "--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes", "-o", "json"];
pub const RESUME: &[&str] = &["migrations", "resume", "-o", "json"];

/// A store to copy from, and what an undisturbed run of `start` makes of it.
pub struct Origin {
    desk: Desk,
    server: Option<&'static PgServer>,
    start: Vec<String>,
    /// Conversations per batch.
    pub batch: u32,
    pub expected: Snapshot,
    /// How long the undisturbed run took.
    pub took: Duration,
}

impl Origin {
    pub fn sqlite(conversations: u32, seed: u64, batch: u32) -> Origin {
        Origin::moved_by(None, conversations, seed, batch, START)
    }

    pub fn postgres(server: &'static PgServer, conversations: u32, seed: u64, batch: u32) -> Origin {
        Origin::moved_by(Some(server), conversations, seed, batch, START)
    }

    pub fn moved_by(server: Option<&'static PgServer>, conversations: u32, seed: u64, batch: u32, start: &[&str]) -> Origin {
        Origin::furnished(server, conversations, seed, batch, start, &[])
    }

    /// The same after another command.
    pub fn furnished(
        server: Option<&'static PgServer>,
        conversations: u32,
        seed: u64,
        batch: u32,
        start: &[&str],
        before: &[&str],
    ) -> Origin {
        let desk = Desk::empty(server, batch);
        desk.done(&["seed", "--conversations", &conversations.to_string(), "--seed", &seed.to_string()]);
        if !before.is_empty() {
            desk.done(before);
        }
        let start: Vec<String> = start.iter().map(|word| (*word).to_owned()).collect();
        let mut origin = Origin { expected: desk.snapshot(), desk, server, start, batch, took: Duration::ZERO };
        let undisturbed = origin.copy();
        let began = Instant::now();
        undisturbed.run(&origin.start(), When::Never).expect_success();
        origin.took = began.elapsed();
        undisturbed.expect_all_same("an undisturbed run");
        origin.expected = undisturbed.snapshot();
        origin
    }

    pub fn start(&self) -> Vec<&str> {
        self.start.iter().map(String::as_str).collect()
    }

    pub fn copy(&self) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let location = match (&self.desk.location, self.server) {
            (Location::Postgres { url, .. }, Some(server)) => Location::Postgres { url: server.copy(url), password: None },
            _ => {
                std::fs::copy(self.desk.file(), folder.path().join("desk.db")).unwrap();
                Location::Sqlite(folder.path().join("desk.db"))
            }
        };
        Desk { location, server: self.server, batch: self.batch, folder }
    }

    /// A copy on which a worker takes its time, a commit for each conversation: for what is to happen meanwhile.
    pub fn slow_copy(&self) -> Desk {
        let mut desk = self.copy();
        desk.batch = 1;
        desk
    }

    /// A copy of an embedded store in another folder.
    pub fn copy_into(&self, folder: &Path) -> Desk {
        let mut desk = self.copy();
        desk.location = Location::Sqlite(folder.join("desk.db"));
        std::fs::copy(desk.file(), folder.join("desk.db")).unwrap();
        desk
    }

    /// The files of a power cut as a desk of their own.
    pub fn image(&self, folder: TempDir) -> Desk {
        Desk::in_folder(folder, self.batch)
    }

    /// Goes on until the migration is completed, and compares.
    pub fn finish(&self, desk: &Desk, case: &str) {
        self.go_on(desk, case);
        desk.expect_all_same(case);
        if let Some(difference) = desk.snapshot().difference(&self.expected) {
            panic!("{case}: after resuming, {difference}");
        }
    }

    /// Starts if that was not done, and resumes, undisturbed.
    fn go_on(&self, desk: &Desk, case: &str) {
        for _ in 0..10 {
            let args = match desk.status() {
                None => self.start(),
                Some(status) if status["state"] == "completed" && status["next_channels"] == 0 => return,
                Some(_) => RESUME.to_vec(),
            };
            let ran = run(&mut command(&desk.location, desk.path(), self.batch, &args), When::Never);
            assert!(ran.status.success(), "{case}: {args:?} ended with {}: {}", ran.status, ran.stderr);
        }
        panic!("{case}: resuming does not come to an end");
    }
}

/// A store that a test works on. Its folder is also the home of whoever works with it.
pub struct Desk {
    pub location: Location,
    server: Option<&'static PgServer>,
    batch: u32,
    pub folder: TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let (Some(server), Location::Postgres { url, .. }) = (self.server, &self.location) {
            server.remove(url);
        }
    }
}

impl Desk {
    /// No store yet: an embedded one, or one on the server.
    pub fn empty(server: Option<&'static PgServer>, batch: u32) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let location = match server {
            None => Location::Sqlite(folder.path().join("desk.db")),
            Some(server) => Location::Postgres { url: server.database(), password: None },
        };
        Desk { location, server, batch, folder }
    }

    pub fn in_folder(folder: TempDir, batch: u32) -> Desk {
        Desk { location: Location::Sqlite(folder.path().join("desk.db")), server: None, batch, folder }
    }

    /// On a server of the test's own, which may be killed: nothing is tidied up there.
    pub fn at(url: &str, batch: u32) -> Desk {
        let location = Location::Postgres { url: url.to_owned(), password: None };
        Desk { location, server: None, batch, folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The embedded store's file.
    pub fn file(&self) -> PathBuf {
        self.path().join("desk.db")
    }

    pub fn command(&self, args: &[&str]) -> Command {
        command(&self.location, self.path(), self.batch, args)
    }

    pub fn run(&self, args: &[&str], when: When<'_>) -> Ran {
        run(&mut self.command(args), when)
    }

    /// Runs a command that must end well, and returns its output.
    pub fn done(&self, args: &[&str]) -> String {
        self.run(args, When::Never).expect_success().stdout
    }

    /// Where the newest migration stands; `None` where there was none yet.
    pub fn status(&self) -> Option<Value> {
        let ran = self.run(&["migrations", "status", "-o", "json"], When::Never);
        match ran.status.code() {
            Some(5) => {
                assert_eq!(error_of(&ran)["code"], "unknown_migration", "{}", ran.stderr);
                None
            }
            Some(0 | 1 | 8) => {
                Some(serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("no status: {}{}", ran.stdout, ran.stderr)))
            }
            _ => panic!("status ended with {}: {}", ran.status, ran.stderr),
        }
    }

    pub fn state(&self) -> String {
        self.status().map_or_else(|| "none".to_owned(), |status| status["state"].as_str().unwrap_or_default().to_owned())
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.location)
    }

    pub fn expect_all_same(&self, case: &str) {
        let ran = self.run(&["migrations", "verify", "-o", "ndjson"], When::Never);
        let wrong: Vec<&str> = ran.stdout.lines().filter(|line| !line.contains("\"sign\":\"=\"")).collect();
        assert!(ran.status.success() && wrong.is_empty() && !ran.stdout.is_empty(), "{case}: {}: {wrong:?} {}", ran.status, ran.stderr);
    }
}

/// The program, in an environment of the test's own.
pub fn command(location: &Location, home: &Path, batch: u32, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"DESKCTL_")) {
        command.env_remove(name);
    }
    for name in ["XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command.env("HOME", home).env("DESKCTL_BATCH", batch.to_string());
    command.args(["--target", &location.to_string(), "--progress", "none", "--quiet"]).args(args);
    command
}

/// The error object that a command run with `-o json` left on stderr.
pub fn error_of(ran: &Ran) -> Value {
    let line = ran.stderr.lines().find(|line| line.starts_with("{\"error\"")).unwrap_or_default();
    serde_json::from_str::<Value>(line).map_or(Value::Null, |object| object["error"].clone())
}
