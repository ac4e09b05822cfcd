//! Seeded stores on both engines, and servers on them as processes of their own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use deskctl::clock::Clock;
use deskctl::domain::time::Time;
use deskctl::domain::token::Scope;
use deskctl::ops::{Call, Local, tokens};
use deskctl::store::{Location, Store, Tx};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::http::{Answer, Client, Request};
use crate::support::postgres::PgServer;

/// A super admin.
pub const BOSS: &str = "anna.nowak@acme.example";
/// An agent who sees all tickets.
pub const AGENT: &str = "piotr.zielinski@acme.example";
/// An agent who sees the own tickets, and those of nobody.
pub const SELLER: &str = "tom.baker@acme.example";
/// No more than a member.
pub const MEMBER: &str = "ewa.kaminska@acme.example";
/// Account access, and no help desk access.
pub const KEEPER: &str = "olli.heikkinen@acme.example";

/// A store of its own, and the home of whoever works with it.
pub struct Desk {
    pub location: Location,
    server: Option<&'static PgServer>,
    folder: TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let (Some(server), Location::Postgres { url, .. }) = (self.server, &self.location) {
            server.remove(url);
        }
    }
}

/// The account of the acme profile, once on each engine, to be copied.
fn seeded(server: Option<&'static PgServer>) -> &'static Desk {
    static SQLITE: OnceLock<Desk> = OnceLock::new();
    static POSTGRES: OnceLock<Desk> = OnceLock::new();
    let cell = if server.is_some() { &POSTGRES } else { &SQLITE };
    cell.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let location = match server {
            None => Location::Sqlite(folder.path().join("desk.db")),
            Some(server) => Location::Postgres { url: server.database(), password: None },
        };
        let desk = Desk { location, server, folder };
        desk.done(&["seed", "--profile", "acme"]);
        desk
    })
}

/// On SQLite and, where it is installed, on PostgreSQL.
pub fn both() -> Vec<Desk> {
    std::iter::once(Desk::sqlite()).chain(Desk::postgres()).collect()
}

impl Desk {
    pub fn sqlite() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("desk.db");
        std::fs::copy(seeded(None).folder.path().join("desk.db"), &file).unwrap();
        Desk { location: Location::Sqlite(file), server: None, folder }
    }

    pub fn postgres() -> Option<Desk> {
        let server = PgServer::shared()?;
        let Location::Postgres { url, .. } = &seeded(Some(server)).location else { return None };
        let location = Location::Postgres { url: server.copy(url), password: None };
        Some(Desk { location, server: Some(server), folder: tempfile::tempdir().unwrap() })
    }

    /// An empty embedded store, for accounts of another size.
    pub fn generated(conversations: u32) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { location: Location::Sqlite(folder.path().join("desk.db")), server: None, folder };
        desk.done(&["seed", "--conversations", &conversations.to_string(), "--seed", "7"]);
        desk
    }

    /// The super admin of a generated account.
    pub fn admin(&self) -> String {
        self.read(deskctl::store::users::first_super_admin).unwrap().email
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with the store as its target.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_at(&self.location.to_string(), arguments)
    }

    /// The program with any target, in an environment of the test's own.
    pub fn command_at(&self, target: &str, arguments: &[&str]) -> Command {
        let mut command = program(self.folder.path());
        command.args(["--target", target, "--progress", "none"]).args(arguments);
        command
    }

    /// Runs a command that must end well on the store, and returns its output.
    pub fn done(&self, arguments: &[&str]) -> String {
        succeeded(self.command(arguments).output().unwrap())
    }

    /// A token of that user, made on the store itself. No scopes: the usual ones.
    pub fn token(&self, user: &str, scopes: &[&str]) -> String {
        self.token_until(user, scopes, None)
    }

    pub fn token_until(&self, user: &str, scopes: &[&str], expires_at: Option<Time>) -> String {
        let scopes: Vec<Scope> = scopes.iter().map(|scope| scope.parse().unwrap()).collect();
        let create = tokens::Create {
            user: Some(user.into()),
            scopes,
            label: String::new(),
            expires_at: expires_at.map(Into::into),
            expires_in_seconds: None,
        };
        let made = self.local().run(create, &Call::default()).unwrap().output;
        made.token.unwrap().expose().to_owned()
    }

    pub fn local(&self) -> Local {
        Local::open(&self.location, Clock::System).unwrap()
    }

    /// Reads past the operations.
    pub fn read<T>(&self, read: impl FnOnce(&mut Tx<'_>) -> deskctl::error::Result<T>) -> T {
        let mut store = Store::connect(&self.location).unwrap();
        read(&mut store.read().unwrap()).unwrap()
    }

    /// Writes past the operations.
    pub fn write(&self, write: impl FnOnce(&mut Tx<'_>) -> deskctl::error::Result<()>) {
        let mut store = Store::connect(&self.location).unwrap();
        let mut tx = store.write().unwrap();
        write(&mut tx).unwrap();
        tx.commit().unwrap();
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.read(|tx| tx.one(sql, &[], |row| row.get()))
    }

    /// The audit since an id: who, which operation, how it ended, on whose behalf; as often as it says.
    pub fn audit(&self, after: i64) -> Vec<(String, String, String, Option<String>)> {
        let sql = "SELECT times, actor, operation, outcome, acting_for FROM audit WHERE id > $1 ORDER BY id";
        let records = self.read(|tx| {
            tx.query(sql, deskctl::args![after], |row| Ok((row.get::<i64>()? as usize, (row.get()?, row.get()?, row.get()?, row.get()?))))
        });
        records.into_iter().flat_map(|(times, record)| vec![record; times]).collect()
    }

    pub fn last_audit(&self) -> i64 {
        self.count("SELECT coalesce(max(id), 0) FROM audit")
    }
}

pub fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"DESKCTL_")) {
        command.env_remove(name);
    }
    for name in ["XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command.env("HOME", home).stdin(Stdio::null());
    command
}

pub fn succeeded(output: Output) -> String {
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A server at work. It is killed with the test.
pub struct Server {
    child: Child,
    pub url: String,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Server {
    pub fn start(desk: &Desk) -> Server {
        Server::start_with(desk, &[])
    }

    pub fn start_with(desk: &Desk, arguments: &[&str]) -> Server {
        Server::spawn(desk.command(&[&["serve", "--listen", "127.0.0.1:0", "--log", "json", "-o", "ndjson"], arguments].concat()))
    }

    /// Starts it by a command of the test's own, and waits until it listens.
    pub fn spawn(mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log: Arc<Mutex<String>> = Arc::default();
        let (stderr, kept) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        let reader = std::thread::spawn(move || {
            for line in stderr.split(b'\n').map_while(Result::ok) {
                let mut log = kept.lock().unwrap();
                log.push_str(&String::from_utf8_lossy(&line));
                log.push('\n');
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no server: {line} {}", log.lock().unwrap()));
        let url = listening["url"].as_str().unwrap().to_owned();
        let address = url.rsplit('/').next().unwrap().parse().unwrap();
        Server { child, url, address, log, reader: Some(reader) }
    }

    pub fn client(&self) -> Client {
        Client::connect(self.address)
    }

    /// One request on a connection of its own.
    pub fn ask(&self, request: &Request<'_>) -> Answer {
        self.client().ask(request).unwrap()
    }

    /// One operation.
    pub fn call(&self, token: &str, operation: &str, arguments: &Value) -> Answer {
        self.ask(&Request::op(operation, arguments).token(token))
    }

    /// What it has written to its log.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until a line of the log holds all of these.
    pub fn wait_for_log(&self, parts: &[&str]) {
        let found = || self.log().lines().any(|line| parts.iter().all(|part| line.contains(part)));
        wait_until(&format!("a line of the log with {parts:?}"), found);
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(mut self) -> (ExitStatus, String) {
        kill_process(self.pid(), Signal::TERM).unwrap();
        let status = self.wait();
        (status, self.log())
    }

    pub fn wait(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                if let Some(reader) = self.reader.take() {
                    reader.join().unwrap();
                }
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "the server does not stop: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "waited for {what} in vain");
        std::thread::sleep(Duration::from_millis(10));
    }
}
