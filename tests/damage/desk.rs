//! An account whose support channel has moved: with an SLA policy, and a ticket on which everything hangs that can.

use std::collections::BTreeMap;
use std::process::Command;

use deskctl::clock::Clock;
use deskctl::migrate::verify::{self, Sign};
use deskctl::store::{Location, Mode, Store, Turn, Tx, migrations};

use crate::support::postgres::PgServer;

pub const START: &[&str] = &[
    "migrations",
    "start",
    "support@acme.example",
    "--history",
    "all",
    "--map",
    "subject contains invoice=Waiting on us",
    "--map",
    "open=New",
    "--map",
    "closed=Closed",
    "--yes",
    "--quiet",
];

/// What verify says of one conversation, or of the channel.
#[derive(Debug, PartialEq)]
pub struct Found {
    pub sign: Sign,
    pub conversation: Option<i64>,
    pub codes: Vec<String>,
    pub messages: Vec<String>,
}

pub struct Desk {
    pub location: Location,
    /// Rows to damage, by the names that `kinds` uses.
    ids: BTreeMap<&'static str, i64>,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub fn embedded() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        Desk::furnished(Location::Sqlite(folder.path().join("desk.db")), folder)
    }

    pub fn on(server: &PgServer) -> Desk {
        Desk::furnished(Location::Postgres { url: server.database(), password: None }, tempfile::tempdir().unwrap())
    }

    /// Loaded, not moved.
    pub fn unmoved(location: Location, folder: tempfile::TempDir) -> Desk {
        let desk = Desk { location, ids: BTreeMap::new(), _folder: folder };
        desk.done(&["seed", "--profile", "acme", "--quiet"]);
        desk
    }

    fn furnished(location: Location, folder: tempfile::TempDir) -> Desk {
        let mut desk = Desk::unmoved(location, folder);
        let ticket = desk.number(
            "SELECT min(l.ticket_id) FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
             JOIN channels h ON h.id = c.channel_id JOIN tickets t ON t.id = l.ticket_id \
             WHERE h.address = 'support@acme.example' AND t.in_help_desk = 0 AND t.open = 1 AND c.spam = 0 AND t.closed_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM conversation_tickets o WHERE o.ticket_id = l.ticket_id AND o.conversation_id <> l.conversation_id)",
        );
        let id = ticket.to_string();
        desk.done(&["properties", "create", "region", "--kind", "text"]);
        desk.done(&["properties", "create", "bought", "--kind", "date"]);
        desk.done(&["deals", "create", "Spring order"]);
        desk.done(&[
            "tickets",
            "update",
            &id,
            "--set",
            "region=North",
            "--set",
            "bought=2026-03-28",
            "--add-deal",
            "Spring order",
            "--add-contact",
            "1",
            "--add-contact",
            "2",
        ]);
        desk.done(&["tickets", "follow", &id]);
        // As a document brings it: without a history.
        desk.done(&["properties", "create", "plan", "--kind", "text"]);
        desk.write(&format!(
            "INSERT INTO ticket_values (ticket_id, property_id, text_value) SELECT {id}, id, 'Gold' FROM properties WHERE name = 'plan'"
        ));
        let conversation = desk.number(&format!("SELECT conversation_id FROM conversation_tickets WHERE ticket_id = {ticket}"));
        desk.done(&["conversations", "comment", &conversation.to_string(), "--text", "See here", "--mention", "anna.nowak@acme.example"]);
        desk.done(&["sla", "set", "--first-response", "4h", "--next-response", "8h", "--close", "3d"]);
        std::thread::sleep(std::time::Duration::from_millis(5));
        desk.done(START);
        desk.done(&[
            "conversations",
            "receive",
            "support@acme.example",
            "--from",
            "Jan <jan@new.example>",
            "--subject",
            "A new question",
            "--text",
            "Hello",
            "--thread",
            "new-1",
        ]);
        desk.done(&[
            "conversations",
            "receive",
            "support@acme.example",
            "--from",
            "Jan <jan@new.example>",
            "--text",
            "Again",
            "--thread",
            "new-2",
        ]);
        desk.find_rows(ticket, conversation);
        desk
    }

    fn find_rows(&mut self, ticket: i64, conversation: i64) {
        let made = "SELECT min(i.conversation_id) FROM migration_items i JOIN conversations c ON c.id = i.conversation_id \
             JOIN conversation_tickets l ON l.conversation_id = c.id JOIN ticket_clocks k ON k.ticket_id = l.ticket_id \
             WHERE i.outcome = 'made' AND i.spam = 0 AND i.owner_id IS NOT NULL AND c.owner_id IS NOT NULL AND c.subject IS NOT NULL";
        let c = self.number(&format!("{made} AND i.status = 'OPEN' AND k.close_due_at IS NOT NULL"));
        let closed = self.number(&format!("{made} AND i.status = 'CLOSED' AND c.closed_at IS NOT NULL AND k.close_ended_at IS NOT NULL"));
        let of = |sql: &str| self.number(sql);
        let ticket_of =
            |conversation: i64| of(&format!("SELECT ticket_id FROM conversation_tickets WHERE conversation_id = {conversation}"));
        let message_of = |conversation: i64| of(&format!("SELECT min(id) FROM messages WHERE conversation_id = {conversation}"));
        let arrived = of("SELECT min(conversation_id) FROM messages WHERE text = 'Hello'");
        let attached = "SELECT min(a.message_id) FROM attachments a JOIN messages m ON m.id = a.message_id JOIN migration_items i ON i.conversation_id = m.conversation_id";
        let ids = [
            ("c", c),
            ("t", ticket_of(c)),
            ("m", message_of(c)),
            ("d", closed),
            ("s", ticket_of(closed)),
            ("k", conversation),
            ("v", ticket),
            ("a", arrived),
            ("b", ticket_of(arrived)),
            ("n", message_of(arrived)),
            ("f", of(attached)),
            ("h", of("SELECT id FROM channels WHERE address = 'support@acme.example'")),
            ("o", of("SELECT min(c.id) FROM conversations c JOIN channels h ON h.id = c.channel_id WHERE h.address = 'shop-chat'")),
            ("r", of("SELECT max(id) FROM migrations")),
            (
                "u",
                of(
                    "SELECT min(i.conversation_id) FROM migration_items i JOIN conversations c ON c.id = i.conversation_id WHERE i.owner_id IS NOT NULL AND c.owner_id IS NULL",
                ),
            ),
            (
                "g",
                of(
                    "SELECT coalesce(min(i.conversation_id), 0) FROM migration_items i JOIN conversation_contacts g ON g.conversation_id = i.conversation_id",
                ),
            ),
            ("p", of("SELECT max(message_id) FROM mentions")),
        ];
        self.ids = ids.into_iter().collect();
    }

    /// `{c}` and the like as the ids that they stand for.
    pub fn filled(&self, sql: &str) -> String {
        self.ids.iter().fold(sql.to_owned(), |sql, (name, id)| sql.replace(&format!("{{{name}}}"), &id.to_string()))
    }

    pub fn done(&self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
        let output = command.arg("--target").arg(self.location.to_string()).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Whether a command did what it was asked; a refusal is an answer too.
    pub fn tried(&self, args: &[&str]) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
        let output = command.arg("--target").arg(self.location.to_string()).args(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{args:?}: {said}");
        output.status.success()
    }

    pub fn store(&self) -> Store {
        Store::open(&self.location, Clock::System.now()).unwrap()
    }

    fn write(&self, sql: &str) {
        let mut store = self.store();
        let mut tx = store.write().unwrap();
        tx.execute(sql, &[]).unwrap();
        tx.commit().unwrap();
    }

    pub fn number(&self, sql: &str) -> i64 {
        self.store().read().unwrap().one(sql, &[], |row| row.get::<Option<i64>>()).unwrap().unwrap_or_else(|| panic!("nothing: {sql}"))
    }

    /// What verify finds after these statements, in a transaction that is rolled back.
    pub fn found_after(&self, statements: &[&str]) -> Vec<Found> {
        let mut store = self.store();
        let mut tx = store.tx(Mode::Write(Turn::Interactive)).unwrap();
        for sql in statements {
            match tx.execute(sql, &[]) {
                Ok(0) => return vec![nothing("nothing to damage")],
                Ok(_) => {}
                Err(error) => return vec![broken(&error)],
            }
        }
        found(&mut tx)
    }
}

/// What verify finds besides `=`.
pub fn found(tx: &mut Tx<'_>) -> Vec<Found> {
    let run = match migrations::latest(tx) {
        Ok(run) => run.expect("a run"),
        Err(error) => return vec![broken(&error)],
    };
    let mut found = Vec::new();
    let mut report = |verdict: &verify::Verdict| {
        if verdict.sign != Sign::Same {
            found.push(Found {
                sign: verdict.sign,
                conversation: verdict.conversation,
                codes: verdict.problems.iter().map(|problem| problem.code.clone()).collect(),
                messages: verdict.problems.iter().map(|problem| problem.message.clone()).collect(),
            });
        }
        Ok(())
    };
    let verified = verify::verify(tx, &run, &mut report, &|| false);
    if let Err(error) = verified {
        found.push(broken(&error));
    }
    found
}

fn nothing(why: &str) -> Found {
    Found { sign: Sign::Same, conversation: None, codes: Vec::new(), messages: vec![why.to_owned()] }
}

/// A row that cannot be read at all is an error, with a code of its own.
fn broken(error: &deskctl::error::Error) -> Found {
    Found { sign: Sign::Wrong, conversation: None, codes: vec![error.code().to_owned()], messages: vec![error.message().to_owned()] }
}
