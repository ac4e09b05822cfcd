//! The commands about the machine and the target, through the built program.

pub mod backups;
mod contexts;
mod copies;
mod doctor;
mod foreign;
pub mod tls;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use deskctl::domain::time::Time;
use deskctl::domain::user::{Role, Seat, TicketAccess, User};
use deskctl::store::account::Account;
use deskctl::store::{Location, Store, account, users};
use serde_json::Value;
use tempfile::TempDir;

/// 2026-05-01, before any clock of a machine that runs these tests.
const MADE: Time = Time(1_777_593_600_000);

/// A folder of its own, with a configuration that is nobody else's.
pub struct Place {
    folder: TempDir,
}

/// What a command printed, and how it ended.
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
    pub fn ok(self) -> Said {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
    /// The stable code of the error.
    pub fn error(&self) -> String {
        let error: Value = serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
        error["error"]["code"].as_str().unwrap().to_owned()
    }
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        let ours = ["DESKCTL_TARGET", "DESKCTL_AS", "DESKCTL_OUTPUT", "DESKCTL_NOW"];
        for name in ours.into_iter().chain(["PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT", "SSL_CERT_FILE", "SSL_CERT_DIR"]) {
            command.env_remove(name);
        }
        command.env("DESKCTL_CONFIG", self.path("config/config.toml")).env("HOME", self.folder.path());
        command.env("XDG_DATA_HOME", self.path("data")).env("XDG_CONFIG_HOME", self.path("xdg"));
        command
    }
    /// Runs with JSON output.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let arguments = [arguments, &["-o", "json"]].concat();
        Said::of(self.command(&arguments).output().unwrap())
    }
    pub fn run_with_stdin(&self, arguments: &[&str], stdin: &str) -> Said {
        use std::io::Write;
        let mut child = self.command(&[arguments, &["-o", "json"]].concat());
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        Said::of(child.wait_with_output().unwrap())
    }
}

pub fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

pub fn sqlite(path: &Path) -> Location {
    Location::Sqlite(path.to_owned())
}

/// A store with an account of that name, a super admin, and a member.
pub fn make_store(location: &Location, name: &str) -> Store {
    let mut store = Store::create(location, MADE).unwrap();
    let user = |id, email: &str, role| User {
        id,
        email: email.into(),
        name: email.into(),
        role,
        grants: vec![],
        seat: Seat::Core,
        active: true,
        ticket_access: TicketAccess::All,
        unassigned_visible: true,
        team_id: None,
        more_teams: vec![],
    };
    let mut tx = store.write().unwrap();
    let row = Account { name: name.into(), time_zone: "Europe/Helsinki".into(), limits: serde_json::Map::new(), created_at: MADE };
    account::put(&mut tx, &row, false).unwrap();
    for (email, role) in [("admin@example.com", Role::SuperAdmin), ("member@example.com", Role::Member)] {
        let id = tx.new_id("users").unwrap();
        users::put(&mut tx, &user(id, email, role)).unwrap();
    }
    tx.commit().unwrap();
    store
}

pub fn account_name(location: &Location) -> String {
    let mut store = Store::connect(location).unwrap();
    account::get(&mut store.read().unwrap()).unwrap().name
}

#[test]
fn whoami_tells_who_acts_and_where() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    let admin = place.run(&["--target", "a.db", "whoami"]).ok().json();
    assert_eq!((admin["email"].as_str(), admin["role"].as_str()), (Some("admin@example.com"), Some("super_admin")));
    assert_eq!((admin["help_desk_access"].as_bool(), admin["target"].as_str()), (Some(true), Some("sqlite:a.db")));
    let member = place.run(&["--target", "a.db", "whoami", "--as", "Member@example.com"]).ok().json();
    assert_eq!(member["help_desk_access"].as_bool(), Some(false), "H2");
    assert_eq!(place.run(&["--target", "a.db", "whoami", "--as", "nobody@example.com"]).code, 4);
    assert_eq!(place.run(&["whoami"]).code, 5, "without a store");
}

#[test]
fn capabilities_are_listed_without_a_store() {
    let place = Place::new();
    let list = place.run(&["capabilities"]).ok().json();
    let whoami = list.as_array().unwrap().iter().find(|row| row["operation"] == "account.whoami").unwrap().clone();
    assert_eq!((whoami["writes"].as_bool(), whoami["needs"].as_str()), (Some(false), Some("member")));
    assert_eq!(place.run(&["capabilities", "--target", "nowhere"]).error(), "unknown_context");
}

#[test]
fn man_pages_and_completions_are_written() {
    let place = Place::new();
    assert!(place.run(&["man"]).ok().stdout.contains(".SH \"deskctl contexts add\""));
    place.run(&["man", "--dir", "man"]).ok();
    assert!(place.path("man/deskctl-contexts-add.1").exists());
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(place.run(&["completions", shell]).ok().stdout.contains("deskctl"));
    }
    place.run(&["completions", "--all", "made"]).ok();
    assert_eq!(mode(&place.path("made/_deskctl")), 0o644);
    assert_eq!(place.run(&["completions"]).code, 2);
}
