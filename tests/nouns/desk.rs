//! A small account, and the binary at work on it.

use std::path::PathBuf;
use std::process::Command;

use deskctl::clock::Clock;
use deskctl::domain::Id;
use deskctl::domain::bot;
use deskctl::domain::conversation::{Answers, Conversation, Digest, Direction, Status};
use deskctl::domain::document::InboxKind;
use deskctl::domain::migration::History;
use deskctl::domain::pipeline::{Stage, StageState};
use deskctl::domain::ticket::Ticket;
use deskctl::domain::time::Time;
use deskctl::domain::user::{Grant, Role, Seat, TicketAccess, User};
use deskctl::ops::Call;
use deskctl::ops::migrations::Start;
use deskctl::store::account::{self, Account};
use deskctl::store::inboxes::Inbox;
use deskctl::store::pipelines::Pipeline;
use deskctl::store::{Location, Store, Tx, bots, users};
use deskctl::target::Local;
use serde_json::Value;

use crate::support::postgres::PgServer;

pub const BOSS: &str = "boss@acme.example";
/// Account access, no help desk access.
pub const KEEPER: &str = "keeper@acme.example";
/// Help desk access, sees the own tickets only.
pub const AGENT: &str = "agent@acme.example";
const NOW: Time = Time(1_780_000_000_000);

pub struct Desk {
    target: String,
    location: Location,
    /// Removed with the desk.
    _folder: Option<tempfile::TempDir>,
}

/// What a command said.
pub struct Said {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    pub fn json(&self) -> Value {
        assert_eq!(self.exit, 0, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The error's code, after its exit code is as it should be.
    pub fn error(&self, exit: i32) -> Value {
        assert_eq!(self.exit, exit, "{} {}", self.stdout, self.stderr);
        let line = self.stderr.lines().find(|line| line.starts_with("{\"error\"")).unwrap_or_else(|| panic!("no error: {}", self.stderr));
        serde_json::from_str::<Value>(line).unwrap()["error"].clone()
    }

    pub fn refused(&self, exit: i32, code: &str) -> Value {
        let error = self.error(exit);
        assert_eq!(error["code"], code, "{error}");
        error
    }
}

pub fn both() -> Vec<Desk> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("desk.db");
    let sqlite = Desk::make(format!("sqlite:{}", path.display()), Location::Sqlite(path), Some(folder));
    let postgres = PgServer::shared().map(|server| {
        let url = server.database();
        Desk::make(url.clone(), Location::Postgres { url, password: None }, None)
    });
    [Some(sqlite), postgres].into_iter().flatten().collect()
}

impl Desk {
    fn make(target: String, location: Location, folder: Option<tempfile::TempDir>) -> Desk {
        Store::create(&location, NOW).unwrap();
        let desk = Desk { target, location, _folder: folder };
        desk.write(furnish);
        desk
    }

    /// The store, for operations without the binary.
    pub fn local(&self) -> Local {
        Local::open(&self.location, Clock::System).unwrap()
    }

    /// Writes into the store past the operations.
    pub fn write(&self, change: impl FnOnce(&mut Tx<'_>)) {
        let mut store = Store::open(&self.location, NOW).unwrap();
        let mut tx = store.write().unwrap();
        change(&mut tx);
        tx.commit().unwrap();
    }

    /// Schedules a migration without a worker that waits for its time.
    pub fn schedule(&self, channel: &str, map: &[&str]) {
        let start = Start {
            channels: vec![channel.into()],
            history: History::All,
            map: map.iter().map(|rule| (*rule).to_owned()).collect(),
            mute_notifications: false,
            accept: vec![],
            strict: false,
            at: Some(Time(NOW.0 * 2).into()),
            sla_historic: Default::default(),
        };
        let mut local = Local::open(&self.location, Clock::System).unwrap();
        local.run(start, &Call::default()).unwrap();
    }

    /// Runs a command, its answer as JSON.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.run_at("2026-06-01T10:00:00Z", arguments)
    }

    pub fn run_at(&self, now: &str, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_deskctl"))
            .args(["--target", &self.target, "-o", "json"])
            .args(arguments)
            .env("DESKCTL_NOW", now)
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { exit: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(arguments).json()
    }

    /// Names or addresses of a list.
    pub fn column(&self, arguments: &[&str], field: &str) -> Vec<String> {
        let rows = self.json(arguments);
        rows.as_array().unwrap().iter().map(|row| row[field].as_str().map_or_else(|| row[field].to_string(), str::to_owned)).collect()
    }

    /// A conversation with this owner and contact, and a ticket for it where a stage is given.
    pub fn conversation(&self, channel: Id, owner: Option<Id>, contact: Option<Id>, stage: Option<Id>) {
        self.write(|tx| {
            let id = tx.new_id("conversations").unwrap();
            tx.insert(&[conversation(id, channel, owner, contact)]).unwrap();
            if let Some(stage) = stage {
                let ticket = tx.new_id("tickets").unwrap();
                tx.insert(&[self::ticket(ticket, stage, owner)]).unwrap();
                tx.execute("INSERT INTO conversation_tickets (conversation_id, ticket_id) VALUES ($1, $2)", deskctl::args![id, ticket])
                    .unwrap();
            }
        });
    }

    /// A ticket in the help desk with this owner, in the first stage.
    pub fn bare_ticket(&self, tx: &mut Tx<'_>, owner: Option<Id>) {
        let id = tx.new_id("tickets").unwrap();
        tx.insert(&[self::ticket(id, 1, owner)]).unwrap();
    }

    pub fn history(&self, object: deskctl::store::history::Object, id: Id) -> Vec<(String, Option<String>, Option<String>)> {
        let mut store = Store::open(&self.location, NOW).unwrap();
        let mut tx = store.read().unwrap();
        let changes = deskctl::store::history::of(&mut tx, object, id).unwrap();
        changes.into_iter().map(|change| (change.property, change.old_value, change.new_value)).collect()
    }

    pub fn ticket(&self, id: Id) -> Ticket {
        let mut store = Store::open(&self.location, NOW).unwrap();
        let mut tx = store.write().unwrap();
        deskctl::store::tickets::by_id(&mut tx, id).unwrap().unwrap()
    }
}

fn furnish(tx: &mut Tx<'_>) {
    let account = Account { name: "Acme".into(), time_zone: "UTC".into(), limits: serde_json::Map::new(), created_at: NOW };
    account::put(tx, &account, false).unwrap();
    for condition in bot::default_conditions() {
        bots::put(tx, &condition).unwrap();
    }
    let people = [
        (1, BOSS, Role::SuperAdmin, Seat::Service, vec![], TicketAccess::All),
        (2, KEEPER, Role::Member, Seat::Core, vec![Grant::AccountAccess], TicketAccess::All),
        (3, AGENT, Role::Member, Seat::Service, vec![], TicketAccess::Own),
    ];
    for (_, email, role, seat, grants, ticket_access) in people {
        let user = User {
            id: tx.new_id("users").unwrap(),
            email: email.into(),
            name: email.split('@').next().unwrap().into(),
            role,
            grants,
            seat,
            active: true,
            ticket_access,
            unassigned_visible: false,
            team_id: None,
            more_teams: vec![],
        };
        users::put(tx, &user).unwrap();
    }
    for (name, kind) in [("Shared", InboxKind::Inbox), ("Help desk", InboxKind::HelpDesk)] {
        let id = tx.new_id("inboxes").unwrap();
        tx.insert(&[Inbox { id, name: name.into(), kind }]).unwrap();
    }
    let pipeline = Pipeline { id: tx.new_id("pipelines").unwrap(), name: "Support".into(), position: 1 };
    tx.insert(&[pipeline]).unwrap();
    let ids = tx.new_ids("stages", 2).unwrap();
    let stage = |at: usize, name: &str, state| Stage {
        id: ids[at],
        pipeline_id: 1,
        pipeline: "Support".into(),
        name: name.into(),
        state,
        position: at as i64 + 1,
    };
    tx.insert(&[stage(0, "New", StageState::Open), stage(1, "Closed", StageState::Closed)]).unwrap();
}

fn conversation(id: Id, channel: Id, owner: Option<Id>, contact: Option<Id>) -> Conversation {
    Conversation {
        id,
        channel_id: channel,
        inbox_id: 1,
        status: Status::Open,
        spam: false,
        owner_id: owner,
        subject: Some(format!("Question {id}")),
        contact_id: contact,
        company_id: None,
        thread_key: None,
        started_at: NOW,
        closed_at: None,
        last_message_at: NOW,
        last_direction: Direction::Incoming,
        message_count: 0,
        digest: Digest::default(),
        answers: Answers::default(),
    }
}

fn ticket(id: Id, stage: Id, owner: Option<Id>) -> Ticket {
    Ticket {
        id,
        name: format!("Ticket {id}"),
        stage_id: stage,
        open: true,
        owner_id: owner,
        created_at: NOW,
        last_activity_at: NOW,
        in_help_desk: true,
        ..Ticket::default()
    }
}
