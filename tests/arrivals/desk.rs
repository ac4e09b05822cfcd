//! A small account to try things on.

use std::time::Instant;

use deskctl::clock::Clock;
use deskctl::domain::Id;
use deskctl::domain::channel::{Channel, Kind, Routing, RoutingMode, Settings, State, TicketCreation};
use deskctl::domain::document::InboxKind;
use deskctl::domain::pipeline::{Stage, StageState};
use deskctl::domain::time::Time;
use deskctl::domain::user::{Grant, Role, Seat, TicketAccess, User};
use deskctl::error::Result;
use deskctl::ops::conversations::{self, ConversationDetail, Receive, Reply};
use deskctl::ops::tickets::{self, TicketDetail};
use deskctl::ops::{Call, Operation};
use deskctl::store::account::Account;
use deskctl::store::inboxes::Inbox;
use deskctl::store::outbox::Notice;
use deskctl::store::pipelines::Pipeline;
use deskctl::store::users::Team;
use deskctl::store::{self, Location, Store, Tx};
use deskctl::target::Local;

use crate::support::postgres::PgServer;

/// An account with an inbox, the help desk, a channel of each sort, and users who see more or less.
pub struct Desk {
    pub local: Local,
    pub location: Location,
    _folder: tempfile::TempDir,
}

/// Runs a test on SQLite, and on PostgreSQL where it is installed.
pub fn on_both_engines(test: impl Fn(&mut Desk)) {
    test(&mut Desk::embedded());
    if let Some(server) = PgServer::shared() {
        let location = Location::Postgres { url: server.database(), password: None };
        test(&mut Desk::make(location, tempfile::tempdir().unwrap()));
    }
}

pub const START: &str = "2026-03-02T09:00:00Z";

pub fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn user(id: Id, name: &str, seat: Seat) -> User {
    User {
        id,
        email: format!("{name}@acme.example"),
        name: name.to_owned(),
        role: Role::Member,
        grants: vec![],
        seat,
        active: true,
        ticket_access: TicketAccess::All,
        unassigned_visible: true,
        team_id: Some(1),
        more_teams: vec![],
    }
}

fn users() -> Vec<User> {
    vec![
        User { role: Role::SuperAdmin, team_id: None, ..user(1, "boss", Seat::Service) },
        user(2, "anna", Seat::Service),
        User { ticket_access: TicketAccess::Team, ..user(3, "tom", Seat::Service) },
        User { ticket_access: TicketAccess::Own, unassigned_visible: false, team_id: Some(2), ..user(4, "olga", Seat::Service) },
        // No help desk access.
        user(5, "max", Seat::Core),
        User { grants: vec![Grant::AccountAccess, Grant::SalesAccess], team_id: Some(2), ..user(6, "ada", Seat::Core) },
    ]
}

fn channel(id: Id, address: &str, kind: Kind, inbox_id: Id, creation: TicketCreation) -> Channel {
    Channel {
        id,
        name: address.to_owned(),
        kind,
        address: address.to_owned(),
        inbox_id,
        inbox: String::new(),
        state: State::Connected,
        in_help_desk: false,
        settings: Settings { ticket_creation: creation, ..Settings::default() },
        moved_by: None,
    }
}

fn channels() -> Vec<Channel> {
    let off = TicketCreation { enabled: false, stage: None };
    let routed = Routing { mode: RoutingMode::Users, users: vec![2, 5], ..Routing::default() };
    let mut routed_chat = channel(4, "chat", Kind::Chat, 2, TicketCreation { enabled: true, stage: Some(2) });
    routed_chat.settings.routing = routed;
    let mut gone = channel(5, "gone@acme.example", Kind::Email, 1, off.clone());
    gone.state = State::Disconnected;
    vec![
        channel(1, "mail@acme.example", Kind::Email, 1, off.clone()),
        channel(2, "contact-form", Kind::Form, 1, TicketCreation { enabled: true, stage: Some(2) }),
        // M11: in the help desk a ticket is made although the setting is off.
        channel(3, "desk@acme.example", Kind::Email, 2, off),
        routed_chat,
        gone,
    ]
}

fn stage(id: Id, pipeline_id: Id, name: &str, state: StageState) -> Stage {
    Stage { id, pipeline_id, pipeline: String::new(), name: name.to_owned(), state, position: id }
}

fn fill(tx: &mut Tx<'_>) -> Result<()> {
    let account = Account { name: "Acme".into(), time_zone: "Europe/Warsaw".into(), limits: Default::default(), created_at: time(START) };
    store::account::put(tx, &account, false)?;
    tx.insert(&[Team { id: 1, name: "Support".into(), hours_id: None }, Team { id: 2, name: "Sales".into(), hours_id: None }])?;
    users().iter().try_for_each(|user| store::users::put(tx, user))?;
    tx.insert(&[Pipeline { id: 1, name: "Support".into(), position: 1 }, Pipeline { id: 2, name: "Other".into(), position: 2 }])?;
    use StageState::{Closed, Open};
    tx.insert(&[
        stage(1, 1, "New", Open),
        stage(2, 1, "Waiting", Open),
        stage(3, 1, "Closed", Closed),
        stage(4, 2, "New", Open),
        stage(5, 2, "Done", Closed),
    ])?;
    let inbox = |id, name: &str, kind| Inbox { id, name: name.to_owned(), kind };
    tx.insert(&[inbox(1, "Inbox", InboxKind::Inbox), inbox(2, "Help desk", InboxKind::HelpDesk), inbox(3, "Sales", InboxKind::Inbox)])?;
    channels().iter().try_for_each(|channel| store::channels::put(tx, channel))?;
    // PostgreSQL does not count ids that were given by hand.
    for table in ["users", "channels"] {
        tx.new_ids(table, 10)?;
    }
    Ok(())
}

impl Desk {
    pub fn embedded() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        Desk::make(Location::Sqlite(folder.path().join("desk.db")), folder)
    }

    fn make(location: Location, folder: tempfile::TempDir) -> Desk {
        let mut store = Store::create(&location, time(START)).unwrap();
        let mut tx = store.write().unwrap();
        fill(&mut tx).unwrap();
        tx.commit().unwrap();
        let clock = Clock::Started { at: time(START), when: Instant::now() };
        Desk { local: Local { store, clock }, location, _folder: folder }
    }

    pub fn run<O: Operation>(&mut self, operation: O) -> Result<O::Output> {
        self.run_as("boss", operation)
    }

    pub fn run_as<O: Operation>(&mut self, user: &str, operation: O) -> Result<O::Output> {
        let call = Call { as_user: Some(format!("{user}@acme.example")), ..Call::default() };
        self.local.run(operation, &call).map(|answer| answer.output)
    }

    /// As a super admin, who sees all that arrives.
    pub fn receive(&mut self, message: Receive) -> Arrived {
        let received = self.run(message).unwrap();
        Arrived {
            conversation: received.conversation.unwrap(),
            message: received.message.unwrap(),
            ticket: received.ticket,
            new_conversation: received.new_conversation,
            no_contact: received.no_contact,
            duplicate: received.duplicate,
            reopened: received.reopened,
            in_help_desk: received.in_help_desk,
        }
    }

    pub fn reply(&mut self, conversation: Id, channel: Option<&str>) {
        let channel = channel.map(str::to_owned);
        self.run(Reply { conversation, text: "answer".into(), channel, ..Reply::default() }).unwrap();
    }

    pub fn conversation(&mut self, id: Id) -> ConversationDetail {
        self.run(conversations::Show { conversation: id }).unwrap()
    }

    pub fn ticket(&mut self, id: Id) -> TicketDetail {
        self.run(tickets::Show::of(id)).unwrap().detail
    }

    /// Whom the outbox holds notices for, by user id.
    pub fn told(&mut self) -> Vec<Id> {
        let notices: Vec<Notice> = store::outbox::page(&mut self.local.store.read().unwrap(), &Default::default(), Id::MAX, 1_000).unwrap();
        let mut users: Vec<Id> = notices.iter().map(|notice| notice.user_id).collect();
        users.sort_unstable();
        users
    }

    pub fn count(&mut self, table: &str) -> i64 {
        let mut tx = self.local.store.read().unwrap();
        tx.one(&format!("SELECT count(*) FROM {table}"), &[], |row| row.get()).unwrap()
    }
}

/// A message from Jan on `channel`.
pub fn message(channel: &str) -> Receive {
    Receive {
        channel: channel.into(),
        from: "Jan Kowalski <Jan@Example.com>".into(),
        text: "It does not light.".into(),
        ..Receive::default()
    }
}

/// The code of the error that must have come.
pub fn code<T>(result: Result<T>) -> String {
    result.err().expect("it must be refused").code().to_owned()
}

/// What became of a message, to someone who sees it.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Why the sender is nobody's contact.
    pub no_contact: Option<String>,
    pub conversation: Id,
    pub message: Id,
    pub ticket: Option<Id>,
    pub new_conversation: bool,
    pub duplicate: bool,
    pub reopened: bool,
    pub in_help_desk: bool,
}
