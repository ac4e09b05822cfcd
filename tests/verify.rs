//! `verify` finds what is wrong: one of each kind is spoiled in the database itself, and verify names exactly that.

use std::process::{Command, Output};

use deskctl::clock::Clock;
use deskctl::store::{Location, Store};
use serde_json::Value;

use crate::support::postgres::PgServer;

/// A store with the acme account whose support channel has moved.
struct Moved {
    target: String,
    _folder: Option<tempfile::TempDir>,
}

fn deskctl(target: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_deskctl")).arg("--target").arg(target).args(args).output().unwrap()
}

fn done(target: &str, args: &[&str]) -> Output {
    let output = deskctl(target, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

impl Moved {
    fn sqlite() -> Moved {
        let folder = tempfile::tempdir().unwrap();
        let target = format!("sqlite:{}", folder.path().join("desk.db").display());
        Moved { target, _folder: Some(folder) }.moved()
    }

    fn postgres(server: &PgServer) -> Moved {
        Moved { target: server.database(), _folder: None }.moved()
    }

    fn moved(self) -> Moved {
        done(&self.target, &["seed", "--profile", "acme", "--quiet"]);
        let start = [
            "migrations",
            "start",
            "support@acme.example",
            "--history",
            "all",
            "--map",
            "open=New",
            "--map",
            "closed=Closed",
            "--yes",
            "--quiet",
        ];
        done(&self.target, &start);
        self
    }

    fn location(&self) -> Location {
        match self.target.strip_prefix("sqlite:") {
            Some(path) => Location::Sqlite(path.into()),
            None => Location::Postgres { url: self.target.clone(), password: None },
        }
    }

    fn sql(&self, statements: &[&str]) {
        let mut store = Store::open(&self.location(), Clock::System.now()).unwrap();
        let mut tx = store.write().unwrap();
        for sql in statements {
            tx.script(sql).unwrap();
        }
        tx.commit().unwrap();
    }

    fn number(&self, sql: &str) -> i64 {
        let mut store = Store::open(&self.location(), Clock::System.now()).unwrap();
        store.read().unwrap().one(sql, &[], |row| row.get()).unwrap()
    }

    /// What verify finds besides `=`: (sign, conversation, problem codes).
    fn differences(&self) -> Vec<(String, Option<i64>, Vec<String>)> {
        let output = deskctl(&self.target, &["migrations", "verify", "-o", "ndjson"]);
        let verdicts: Vec<Value> =
            String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(verdicts.len() > 300, "every conversation is told, not only {}", verdicts.len());
        let wrong: Vec<_> = verdicts
            .iter()
            .filter(|verdict| verdict["sign"] != "=")
            .map(|verdict| {
                let problems = verdict["problems"].as_array().unwrap();
                let codes = problems.iter().map(|problem| problem.as_str().unwrap().split(':').next().unwrap().to_owned()).collect();
                (verdict["sign"].as_str().unwrap().to_owned(), verdict["conversation"].as_i64(), codes)
            })
            .collect();
        assert_eq!(output.status.code(), Some(if wrong.is_empty() { 0 } else { 8 }));
        wrong
    }
}

/// One way to spoil a store: what is done to it, and what verify must say: sign, code, and whether it names the conversation.
struct Spoil {
    name: &'static str,
    /// `{c}` is a conversation whose ticket was made, `{t}` that ticket, `{m}` its first message.
    sql: &'static [&'static str],
    sign: &'static str,
    code: &'static str,
    names_conversation: bool,
}

const SPOILS: &[Spoil] = &[
    Spoil {
        name: "ticket dropped",
        sql: &["DELETE FROM tickets WHERE id = {t}"],
        sign: "-",
        code: "ticket_lost",
        names_conversation: true,
    },
    Spoil {
        name: "link dropped",
        sql: &["DELETE FROM conversation_tickets WHERE conversation_id = {c}"],
        sign: "-",
        code: "ticket_lost",
        names_conversation: true,
    },
    Spoil {
        name: "ticket doubled",
        sql: &[
            "DROP INDEX tickets_made_for",
            "INSERT INTO tickets (id, name, stage_id, open, owner_id, team_id, source, contact_id, company_id, created_at, closed_at, last_activity_at, spam, in_help_desk, made_for, made_by_run) \
             SELECT 999999, name, stage_id, open, owner_id, team_id, source, contact_id, company_id, created_at, closed_at, last_activity_at, spam, in_help_desk, made_for, made_by_run FROM tickets WHERE id = {t}",
        ],
        sign: "+",
        code: "ticket_doubled",
        names_conversation: true,
    },
    Spoil {
        name: "stage",
        sql: &["UPDATE tickets SET stage_id = stage_id + 1 WHERE id = {t}"],
        sign: "!",
        code: "stage",
        names_conversation: true,
    },
    Spoil { name: "owner", sql: &["UPDATE tickets SET owner_id = 999 WHERE id = {t}"], sign: "!", code: "owner", names_conversation: true },
    Spoil {
        name: "conversation's owner",
        sql: &["UPDATE conversations SET owner_id = 999 WHERE id = {c}"],
        sign: "!",
        code: "owner",
        names_conversation: true,
    },
    Spoil {
        name: "create date",
        sql: &["UPDATE tickets SET created_at = created_at + 1000 WHERE id = {t}"],
        sign: "!",
        code: "create_date",
        names_conversation: true,
    },
    Spoil {
        name: "ticket's name",
        sql: &["UPDATE tickets SET name = 'x' WHERE id = {t}"],
        sign: "!",
        code: "name",
        names_conversation: true,
    },
    Spoil {
        name: "status",
        sql: &["UPDATE conversations SET status = CASE status WHEN 'OPEN' THEN 'CLOSED' ELSE 'OPEN' END WHERE id = {c}"],
        sign: "!",
        code: "status",
        names_conversation: true,
    },
    Spoil {
        name: "message text",
        sql: &["UPDATE messages SET text = 'something else' WHERE id = {m}"],
        sign: "!",
        code: "message_changed",
        names_conversation: true,
    },
    Spoil {
        name: "message lost",
        sql: &["DELETE FROM messages WHERE id = {m}"],
        sign: "!",
        code: "message_lost",
        names_conversation: true,
    },
    Spoil {
        name: "attachment lost",
        sql: &["DELETE FROM attachments WHERE message_id = {a}"],
        sign: "!",
        code: "attachment_lost",
        names_conversation: false,
    },
    Spoil {
        name: "attachment's name",
        sql: &[
            "UPDATE attachments SET name = 'other.txt' WHERE message_id = {a} AND position = (SELECT min(position) FROM attachments WHERE message_id = {a})",
        ],
        sign: "!",
        code: "message_changed",
        names_conversation: false,
    },
    Spoil {
        name: "setting",
        sql: &["UPDATE channels SET settings = replace(settings, 'signature\":\"', 'signature\":\"x') WHERE id = {h}"],
        sign: "!",
        code: "setting_changed",
        names_conversation: false,
    },
    Spoil {
        name: "a conversation of another channel",
        sql: &["UPDATE conversations SET inbox_id = (SELECT id FROM inboxes WHERE kind = 'help_desk') WHERE id = {o}"],
        sign: "+",
        code: "foreign_conversation",
        names_conversation: false,
    },
    Spoil {
        name: "conversation lost",
        sql: &["DELETE FROM conversations WHERE id = {c}"],
        sign: "-",
        code: "conversation_lost",
        names_conversation: true,
    },
    Spoil {
        name: "put back into the inbox",
        sql: &["UPDATE conversations SET inbox_id = 1 WHERE id = {c}"],
        sign: "!",
        code: "not_in_help_desk",
        names_conversation: true,
    },
    Spoil {
        name: "first reply",
        sql: &["UPDATE conversations SET first_reply_at = coalesce(first_reply_at, 0) + 1 WHERE id = {c}"],
        sign: "!",
        code: "first_reply_at",
        names_conversation: true,
    },
    Spoil {
        name: "waiting for a reply since",
        sql: &["UPDATE conversations SET no_reply_since = coalesce(no_reply_since, 0) + 1 WHERE id = {c}"],
        sign: "!",
        code: "no_reply_since",
        names_conversation: true,
    },
    Spoil {
        name: "first answer",
        sql: &["UPDATE conversations SET first_answer_at = coalesce(first_answer_at, 0) + 1 WHERE id = {c}"],
        sign: "!",
        code: "first_answer_at",
        names_conversation: true,
    },
    Spoil {
        name: "waiting for an answer since",
        sql: &["UPDATE conversations SET no_answer_since = coalesce(no_answer_since, 0) + 1 WHERE id = {c}"],
        sign: "!",
        code: "no_answer_since",
        names_conversation: true,
    },
];

fn spoil_and_find(moved: &Moved, spoil: &Spoil) {
    let conversation = moved.number("SELECT min(i.conversation_id) FROM migration_items i JOIN conversations c ON c.id = i.conversation_id WHERE i.outcome = 'made' AND i.owner_id IS NOT NULL AND c.owner_id IS NOT NULL");
    let of = |sql: &str| moved.number(&sql.replace("{c}", &conversation.to_string()));
    let ticket = of("SELECT ticket_id FROM conversation_tickets WHERE conversation_id = {c}");
    let message = of("SELECT min(id) FROM messages WHERE conversation_id = {c}");
    let attached = of(
        "SELECT min(a.message_id) FROM attachments a JOIN messages m ON m.id = a.message_id JOIN migration_items i ON i.conversation_id = m.conversation_id",
    );
    let channel = of("SELECT id FROM channels WHERE address = 'support@acme.example'");
    let other = of("SELECT min(c.id) FROM conversations c JOIN channels h ON h.id = c.channel_id WHERE h.address = 'shop-chat'");
    let fill = |sql: &str| {
        [("{c}", conversation), ("{t}", ticket), ("{m}", message), ("{a}", attached), ("{h}", channel), ("{o}", other)]
            .iter()
            .fold(sql.to_owned(), |sql, (name, id)| sql.replace(name, &id.to_string()))
    };
    let statements: Vec<String> = spoil.sql.iter().map(|sql| fill(sql)).collect();
    moved.sql(&statements.iter().map(String::as_str).collect::<Vec<_>>());
    let found = moved.differences();
    let [(sign, named, codes)] = found.as_slice() else { panic!("{}: one difference expected, found {found:?}", spoil.name) };
    assert_eq!((sign.as_str(), codes.as_slice()), (spoil.sign, &[spoil.code.to_owned()][..]), "{}", spoil.name);
    if spoil.names_conversation {
        assert_eq!(*named, Some(conversation), "{}", spoil.name);
    }
}

#[test]
fn verify_names_each_kind_of_damage_on_sqlite() {
    let clean = Moved::sqlite();
    assert_eq!(clean.differences(), []);
    let Location::Sqlite(original) = clean.location() else { unreachable!() };
    for spoil in SPOILS {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("desk.db");
        std::fs::copy(&original, &copy).unwrap();
        spoil_and_find(&Moved { target: format!("sqlite:{}", copy.display()), _folder: Some(folder) }, spoil);
    }
}

#[test]
fn verify_names_each_kind_of_damage_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    for spoil in SPOILS {
        spoil_and_find(&Moved::postgres(server), spoil);
    }
}

#[test]
fn verify_says_what_follows_from_whose_message_it_was() {
    let moved = Moved::sqlite();
    let chosen = "SELECT min(i.conversation_id) FROM migration_items i JOIN conversations c ON c.id = i.conversation_id \
         WHERE c.first_reply_at = c.first_answer_at AND 1 = \
         (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.direction = 'outgoing')";
    let conversation = moved.number(chosen);
    moved.sql(&[&format!("UPDATE messages SET by_bot = 1 WHERE direction = 'outgoing' AND conversation_id = {conversation}")]);
    let codes = vec!["first_reply_at".to_owned(), "no_reply_since".to_owned()];
    assert_eq!(moved.differences(), [("!".to_owned(), Some(conversation), codes)]);
}

#[test]
fn verify_finds_a_changed_content_of_an_attachment() {
    let moved = Moved::sqlite();
    moved.sql(&["UPDATE blob_pieces SET bytes = zeroblob(length(bytes))"]);
    let found = moved.differences();
    assert!(!found.is_empty());
    assert!(found.iter().all(|(sign, _, codes)| sign == "!" && codes.iter().all(|code| code == "attachment_changed")), "{found:?}");
}
