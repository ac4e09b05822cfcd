//! Users without access to the help desk, and its tickets: they see nothing of them and change nothing on them, whatever became of
//! the conversations (H2, H11).

use deskctl::domain::ticket::Ticket;
use deskctl::domain::user::Permission;
use deskctl::ops::capabilities::{ALL, STREAMS};
use deskctl::store::tickets;
use serde_json::{Value, json};

use super::desk::{BOSS, Desk, KEEPER, MEMBER, Server, both};
use super::http::Request;
use super::permissions::arguments;

const SECRET: &str = "SECRET-LAMP";
/// Ids and a number that stand for nothing else.
const FIRST: i64 = 7_700_001;
const COUNT: i64 = 73;
/// A conversation that was in the help desk, and whose ticket has stayed there.
const TALK: i64 = 7;
/// One that lies in the help desk.
const INSIDE: i64 = 8;

/// A pipeline of hidden tickets, all of one contact; the first one's conversation was moved back to an inbox.
fn prepared(desk: &Desk) -> (Server, String) {
    let server = Server::start(desk);
    let boss = desk.token(BOSS, &[]);
    let done = |operation: &str, arguments: Value| server.call(&boss, operation, &arguments).output();
    let stages = json!([{ "name": "Kept", "state": "OPEN" }, { "name": "Gone", "state": "CLOSED" }]);
    done("pipelines.create", json!({ "name": "Vault", "stages": stages }));
    done("contacts.create", json!({ "first_name": "Zoe", "email": "zoe@mail.example" }));
    for talk in [TALK, INSIDE] {
        done("conversations.move", json!({ "conversation": talk, "to": "help-desk" }));
    }
    let made = json!({ "name": SECRET, "stage": "Vault/Kept", "contacts": ["zoe@mail.example"], "owner": BOSS, "description": SECRET, "category": SECRET });
    let template = done("tickets.create", made)["id"].as_i64().unwrap();
    desk.write(|tx| {
        let ticket = tickets::look(tx, template)?.unwrap();
        let made: Vec<Ticket> = (0..COUNT - 1).map(|n| Ticket { id: FIRST + n, ..ticket.clone() }).collect();
        tx.insert(&made)?;
        tx.execute("UPDATE conversation_tickets SET ticket_id = $1 WHERE conversation_id = $2", deskctl::args![FIRST, TALK]).map(drop)
    });
    done("conversations.move", json!({ "conversation": TALK, "to": "Support", "assign": "none" }));
    done("tickets.update", json!({ "tickets": [FIRST], "owner": BOSS }));
    (server, boss)
}

/// The arguments by which an operation comes upon what is hidden.
fn towards_the_hidden(name: &str) -> Value {
    let mut asked = arguments(name);
    for (field, value) in asked.as_object_mut().unwrap() {
        match field.as_str() {
            "conversation" => *value = json!(TALK),
            "conversations" => *value = json!([TALK]),
            "contact" => *value = json!("zoe@mail.example"),
            "pipeline" => *value = json!("Vault"),
            "stage" => *value = json!("Kept"),
            _ => {}
        }
    }
    if name == "pipelines.update_stage" {
        asked["state"] = json!("CLOSED");
    }
    asked
}

fn expect_nothing_of_them(text: &str, what: &str) {
    assert!(!text.contains(SECRET), "{what} tells a name: {text}");
    assert!(!text.contains("77000"), "{what} tells an id: {text}");
    for line in text.lines().filter(|line| !line.is_empty()) {
        expect_no_count(&serde_json::from_str(line).unwrap(), what);
    }
}

fn expect_no_count(value: &Value, what: &str) {
    match value {
        Value::Number(number) => assert_ne!(number.as_i64(), Some(COUNT), "{what} tells how many there are"),
        Value::String(text) => {
            let numbers = text.split(|char: char| !char.is_ascii_alphanumeric() && char != '.' && char != ':');
            assert!(!numbers.into_iter().any(|word| word == COUNT.to_string()), "{what} tells how many there are: {text}");
        }
        Value::Array(items) => items.iter().for_each(|item| expect_no_count(item, what)),
        Value::Object(fields) => fields.values().for_each(|value| expect_no_count(value, what)),
        _ => {}
    }
}

#[test]
fn h2_no_answer_tells_of_tickets_that_the_caller_may_not_see() {
    for desk in both() {
        let (server, boss) = prepared(&desk);
        let told = server.call(&boss, "pipelines.show", &json!({ "pipeline": "Vault" })).output();
        assert_eq!(told["stages"][0]["tickets"], COUNT, "whoever sees them is told");
        let callers = [("a member", desk.token(MEMBER, &[])), ("account access", desk.token(KEEPER, &[]))];
        let names = ALL.iter().map(|it| (it.operation, false)).chain(STREAMS.iter().map(|it| (it.stream, true)));
        for (name, is_stream) in names {
            let asked = towards_the_hidden(name);
            for (who, token) in &callers {
                let request = if is_stream { Request::stream(name, &asked) } else { Request::op(name, &asked) };
                let answer = server.ask(&request.token(token).with("Deskctl-Dry-Run", "true"));
                expect_nothing_of_them(&answer.text(), &format!("{name} to {who}"));
            }
        }
        let (_, member) = &callers[0];
        let shown = server.call(member, "conversations.show", &json!({ "conversation": TALK })).output();
        assert_eq!(shown["ticket"], Value::Null);
        assert!(!shown["history"].as_array().unwrap().iter().any(|event| event["property"] == "ticket"), "{shown}");
        let listed = |arguments: Value| {
            let output = server.call(member, "conversations.list", &arguments).output();
            output["items"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert!(listed(json!({ "without_ticket": true, "limit": 1000 })).contains(&TALK), "to a member it is one without a ticket");
        assert!(listed(json!({ "where": "has_ticket = false", "limit": 1000 })).contains(&TALK));
        assert_eq!(listed(json!({ "where": "has_ticket", "limit": 1000 })), Vec::<i64>::new());
    }
}

#[test]
fn h2_counts_of_channels_are_of_what_the_caller_sees() {
    for desk in both() {
        let (server, boss) = prepared(&desk);
        let member = desk.token(MEMBER, &[]);
        let counted = |token: &str| {
            let rows = server.call(token, "channels.list", &json!({ "movable": false })).output();
            let sum = |field: &str| rows.as_array().unwrap().iter().map(|row| row[field].as_i64().unwrap()).sum::<i64>();
            (sum("open") + sum("closed"), sum("without_ticket"))
        };
        let listed =
            server.call(&member, "conversations.list", &json!({ "limit": 1000 })).output()["items"].as_array().unwrap().len() as i64;
        assert_eq!(counted(&member), (listed, listed));
        assert!(counted(&boss).0 > listed && counted(&boss).1 < listed);
    }
}

/// Whoever delivers for a channel need not see what arrives there.
#[test]
fn h2_what_is_received_is_named_to_who_may_see_it() {
    for desk in both() {
        let (server, boss) = prepared(&desk);
        let inside = json!({ "channel": "1", "from": "zoe@mail.example", "text": "x", "thread": "t-1" });
        let first = server.call(&boss, "conversations.receive", &inside).output();
        let id = first["conversation"].as_i64().unwrap();
        server.call(&boss, "conversations.move", &json!({ "conversation": id, "to": "help-desk" })).output();
        let (keeper, few) = (desk.token(KEEPER, &[]), desk.token(BOSS, &["conversations:write"]));
        let seen = server.call(&keeper, "conversations.receive", &inside).output();
        assert_eq!((&seen["conversation"], &seen["message"], &seen["ticket"]), (&Value::Null, &Value::Null, &Value::Null), "{seen}");
        let seen = server.call(&few, "conversations.receive", &inside).output();
        assert_eq!((seen["conversation"].as_i64(), &seen["ticket"]), (Some(id), &Value::Null));
        assert!(server.call(&boss, "conversations.receive", &inside).output()["ticket"].is_i64());
    }
}

/// Contacts are everyone's with account access, tickets are not.
#[test]
fn h2_what_is_in_use_by_hidden_tickets_is_in_use() {
    for desk in both() {
        let (server, boss) = prepared(&desk);
        let asked = json!({ "contact": "zoe@mail.example" });
        let refused = |token: &str| server.call(token, "contacts.delete", &asked).error();
        assert_eq!(refused(&boss)["details"]["counts"]["tickets"], COUNT);
        let told = refused(&desk.token(KEEPER, &[]));
        assert_eq!((&told["code"], &told["details"]["counts"]), (&json!("in_use"), &Value::Null), "{told}");
    }
}

/// Every act on the conversation is done, and what is the ticket's stays as it is.
#[test]
fn h11_acts_on_a_conversation_leave_a_ticket_that_the_caller_may_not_change() {
    let acts = [
        ("conversations.assign", json!({ "conversations": [TALK], "to": MEMBER })),
        ("conversations.spam", json!({ "conversations": [TALK], "spam": true })),
        ("conversations.spam", json!({ "conversations": [TALK], "spam": false })),
        ("conversations.close", json!({ "conversations": [TALK] })),
        ("conversations.reopen", json!({ "conversations": [TALK] })),
        ("conversations.comment", json!({ "conversation": TALK, "text": "hm" })),
        ("conversations.reply", json!({ "conversation": TALK, "text": "hello" })),
        ("conversations.assign", json!({ "conversations": [TALK], "to": "none" })),
    ];
    let kept = |desk: &Desk| {
        let ticket = desk.read(|tx| tickets::look(tx, FIRST)).unwrap();
        // When something was last said is no property of the ticket, but of what was said.
        Ticket { last_activity_at: deskctl::domain::time::Time(0), ..ticket }
    };
    for desk in both() {
        let (server, boss) = prepared(&desk);
        let before = kept(&desk);
        for token in [desk.token(MEMBER, &[]), desk.token(BOSS, &["conversations:write"])] {
            for (name, asked) in &acts {
                let answer = server.call(&token, name, asked);
                expect_nothing_of_them(&answer.text(), name);
                let output = answer.output();
                let one = output.get(0).unwrap_or(&output);
                assert_eq!(one["ticket"], Value::Null, "{name}");
                assert!(one.get("changed").is_none_or(|changed| changed == true), "{name} did nothing: {one}");
                assert_eq!(kept(&desk), before, "{name}");
            }
        }
        // One that may see it and not change it is told so.
        let reading = desk.token(BOSS, &["conversations:write", "tickets:read"]);
        let answer = server.call(&reading, "conversations.assign", &json!({ "conversations": [TALK], "to": BOSS })).json();
        assert!(answer["notices"].to_string().contains("tickets:write"), "{answer}");
        assert_eq!((kept(&desk), &answer["output"][0]["ticket"]), (before.clone(), &json!(FIRST)));
        let started = json!({ "ticket": FIRST, "channel": "1", "text": "x" });
        assert_eq!(server.call(&reading, "conversations.start", &started).refusal(), (403, "scope_missing".into()));
        // Whoever may change it does.
        server.call(&boss, "conversations.spam", &json!({ "conversations": [TALK], "spam": true })).output();
        assert!(kept(&desk).spam);
    }
}

/// Nobody is told more in a notice than at the desk (H12).
#[test]
fn h2_a_mention_names_the_ticket_to_who_may_see_it() {
    for desk in both() {
        let (server, boss) = prepared(&desk);
        assert!(ALL.iter().any(|it| it.operation == "outbox.list" && it.needs == Permission::HelpDesk));
        let asked = json!({ "conversation": TALK, "text": "look", "mention": [MEMBER, super::desk::AGENT] });
        server.call(&boss, "conversations.comment", &asked).output();
        let sql = "SELECT o.text FROM outbox o JOIN users u ON u.id = o.user_id WHERE u.email = $1 AND o.kind = 'mention' ORDER BY o.id DESC LIMIT 1";
        let text = |user: &str| desk.read(|tx| tx.one(sql, deskctl::args![user], |row| row.get::<String>()));
        assert!(text(super::desk::AGENT).contains(SECRET));
        expect_nothing_of_them(&json!(text(MEMBER)).to_string(), "a mention");
    }
}
