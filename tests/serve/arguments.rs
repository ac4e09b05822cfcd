//! Every argument has a bound, lists and maps too (G23), and no way in takes what a store cannot keep.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use deskctl::domain::bounds::{BODY, ITEMS, LONG, NAME};
use deskctl::ops::capabilities::{ALL, STREAMS};
use deskctl::ops::wire::Arguments;
use deskctl::ops::{Call, Local, tickets};
use serde_json::{Map, Value, json};

use super::desk::{BOSS, Desk, MEMBER, Server, both, wait_until};
use super::http::Request;

/// What may stand at a place of the arguments, and how to say something there.
struct Place<'d> {
    path: Vec<Step>,
    schemas: Vec<&'d Value>,
}

#[derive(Clone)]
enum Step {
    Field(String),
    Item,
}

fn text(bytes: usize) -> String {
    "x".repeat(bytes)
}

/// The schema, those that it refers to, and its alternatives.
fn flat<'d>(document: &'d Value, schema: &'d Value, found: &mut Vec<&'d Value>) {
    if found.iter().any(|known| std::ptr::eq(*known, schema)) {
        return;
    }
    found.push(schema);
    if let Some(target) = schema["$ref"].as_str() {
        flat(document, document.pointer(&target[1..]).unwrap(), found);
    }
    for several in ["anyOf", "oneOf", "allOf"].iter().filter_map(|keyword| schema[*keyword].as_array()) {
        several.iter().for_each(|schema| flat(document, schema, found));
    }
}

fn places<'d>(document: &'d Value, schema: &'d Value, path: &[Step], found: &mut Vec<Place<'d>>) {
    let mut schemas = Vec::new();
    flat(document, schema, &mut schemas);
    let inner: Vec<(Step, &Value)> = schemas
        .iter()
        .flat_map(|schema| {
            let fields = schema["properties"].as_object().into_iter().flatten().map(|(name, inner)| (Step::Field(name.clone()), inner));
            let items = [&schema["items"]].into_iter().filter(|items| items.is_object()).map(|items| (Step::Item, items));
            let first = schema["prefixItems"].as_array().into_iter().flatten().take(1).map(|inner| (Step::Item, inner));
            let others = [&schema["additionalProperties"]].into_iter().filter(|inner| inner.is_object());
            fields.chain(items).chain(first).chain(others.map(|inner| (Step::Field("other".into()), inner))).collect::<Vec<_>>()
        })
        .collect();
    found.push(Place { path: path.to_vec(), schemas });
    // Filters and the like may hold themselves.
    for (step, inner) in inner.into_iter().filter(|_| path.len() < 5) {
        places(document, inner, &[path, &[step]].concat(), found);
    }
}

impl Place<'_> {
    fn is(&self, kind: &str) -> bool {
        self.schemas.iter().any(|schema| match &schema["type"] {
            Value::String(named) => named == kind,
            Value::Array(kinds) => kinds.iter().any(|named| named == kind),
            _ => false,
        })
    }

    fn most(&self, keyword: &str) -> Option<usize> {
        self.schemas.iter().filter_map(|schema| schema[keyword].as_u64()).max().map(|most| most as usize)
    }

    fn is_free_text(&self) -> bool {
        self.is("string") && self.schemas.iter().all(|schema| schema.get("enum").is_none() && schema.get("const").is_none())
    }

    fn is_map(&self) -> bool {
        let open = |schema: &&Value| schema.get("additionalProperties").is_some_and(|others| *others != json!(false));
        self.is("object") && self.schemas.iter().any(open)
    }

    /// Arguments that say this at the place, and nothing else.
    fn saying(&self, value: Value) -> Value {
        self.path.iter().rev().fold(value, |inner, step| match step {
            Step::Field(name) => json!({ name: inner }),
            Step::Item => json!([inner]),
        })
    }

    /// What is too much there, each with the error's code. The bound must be stated.
    fn too_much(&self, name: &str) -> Vec<(Value, &'static str)> {
        let shown: Vec<&str> = self.path.iter().map(|step| if let Step::Field(name) = step { name } else { "[]" }).collect();
        let stated = |keyword| self.most(keyword).unwrap_or_else(|| panic!("{name} {shown:?} states no {keyword}"));
        let mut cases = Vec::new();
        if self.is_free_text() {
            let most = stated("maxLength");
            assert!(most >= NAME || most == 100, "{name} {shown:?}: {most}");
            cases.push((json!("a\0b"), "nul_in_text"));
            // The longest ones are tried elsewhere.
            if most <= LONG {
                cases.push((json!(text(most + 1)), "bad_value"));
            }
        }
        if self.is("array") {
            cases.push((json!(vec![Value::Null; stated("maxItems") + 1]), "too_many"));
        }
        if self.is_map() {
            let most = stated("maxProperties");
            let map = |count: usize| (0..count).map(|n| (n.to_string(), Value::Null)).collect::<Map<_, _>>();
            cases.push((json!(map(most + 1)), "too_many"));
            cases.push((json!({ text(NAME + 1): 1 }), "bad_value"));
            cases.push((json!({ "a\0": 1 }), "nul_in_text"));
        }
        cases
    }
}

/// A way to call by name, whatever it is.
fn called(local: &mut Local, name: &str, arguments: &Value) -> Result<(), String> {
    let json = arguments.to_string();
    let (arguments, call) = (Arguments { json: json.as_bytes(), version: None }, Call::default());
    let done = match ALL.iter().find(|capability| capability.operation == name) {
        Some(capability) => (capability.run)(local, arguments, &call).map(drop),
        None => {
            let stream = STREAMS.iter().find(|capability| capability.stream == name).unwrap();
            (stream.run)(local, arguments, &call, &std::sync::Arc::default(), &mut |_| Ok(()))
        }
    };
    done.map_err(|error| error.code().to_owned())
}

#[test]
fn g23_every_operation_refuses_what_is_too_long_and_its_schema_says_so() {
    let document = deskctl::serve::openapi::document();
    let mut desks = both();
    let mut locals: Vec<Local> = desks.iter_mut().map(|desk| desk.local()).collect();
    let names = ALL.iter().map(|known| known.operation).chain(STREAMS.iter().map(|known| known.stream));
    let mut tried = BTreeMap::new();
    for name in names {
        let kind = if STREAMS.iter().any(|known| known.stream == name) { "streams" } else { "ops" };
        let body = &document["paths"][format!("/deskctl/v1/{kind}/{name}")]["post"]["requestBody"];
        let mut found = Vec::new();
        places(&document, &body["content"]["application/json"]["schema"], &[], &mut found);
        for place in &found {
            for (value, code) in place.too_much(name) {
                let arguments = place.saying(value);
                for local in &mut locals {
                    let shown = arguments.to_string();
                    assert_eq!(called(local, name, &arguments), Err(code.to_owned()), "{name} {:.200}", shown);
                }
                *tried.entry(code).or_insert(0) += 1;
            }
        }
    }
    assert!(tried["bad_value"] > 200 && tried["too_many"] > 50 && tried["nul_in_text"] > 200, "{tried:?}");
}

/// The fields of a message that an index holds, each with a text of so many bytes.
fn messages(bytes: usize) -> Vec<(&'static str, Value)> {
    let of = |before: &str, after: &str| format!("{before}{}{after}", text(bytes - before.len() - after.len()));
    vec![
        ("from", json!(of("", "@example.com"))),
        ("subject", json!(of("s", ""))),
        ("thread", json!(of("t", ""))),
        ("external_id", json!(of("e", ""))),
        ("message_id", json!(of("<", "@example.com>"))),
        ("cc", json!([of("", "@example.com")])),
    ]
}

fn message(field: &str, value: &Value) -> Value {
    let mut message = json!({ "channel": "support@acme.example", "from": "jan@example.com", "text": "hello" });
    message[field] = value.clone();
    message
}

/// The same message as a command line.
fn command(desk: &Desk, field: &str, value: &Value) -> i32 {
    let option = format!("--{}", field.replace('_', "-"));
    let value = value.as_str().or_else(|| value[0].as_str()).unwrap();
    let mut arguments = vec!["conversations", "receive", "support@acme.example", "--text", "hello", &option, value];
    if field != "from" {
        arguments.extend(["--from", "jan@example.com"]);
    }
    desk.command(&arguments).output().unwrap().status.code().unwrap()
}

#[test]
fn g23_what_an_index_holds_is_taken_up_to_its_bound_by_every_way_in() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let mut lines = String::new();
        let mut expected = Vec::new();
        for (bytes, exit) in [(NAME, 0), (NAME + 1, 2)] {
            for (field, value) in messages(bytes) {
                assert_eq!(command(&desk, field, &value), exit, "{field} {bytes}");
                let answer = server.call(&token, "conversations.receive", &message(field, &value));
                assert_eq!(answer.status, if exit == 0 { 200 } else { 400 }, "{field} {bytes} {}", answer.text());
                lines += &format!("{}\n", message(field, &value));
                expected.push(exit == 0);
            }
        }
        std::fs::write(desk.path("lines"), lines).unwrap();
        let done = desk.command(&["conversations", "receive", "--input", desk.path("lines").to_str().unwrap()]).output().unwrap();
        let answers = String::from_utf8(done.stdout).unwrap();
        let taken: Vec<bool> = answers.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["ok"] == true).collect();
        assert_eq!((done.status.code(), taken), (Some(3), expected), "{answers}");
    }
}

#[test]
fn g23_millions_of_ids_cost_a_server_nothing_and_each_counts_once() {
    let desk = Desk::sqlite();
    let (boss, member) = (desk.token(BOSS, &[]), desk.token(MEMBER, &[]));
    let server = Server::start(&desk);
    let ids = format!("{{\"conversations\":[{}1]}}", "1,".repeat(8_000_000));
    let request = Request::op("conversations.reopen", &json!({})).token(&member);
    let mut client = server.client();
    let began = Instant::now();
    client.send((request.head(ids.len()) + &ids).as_bytes()).unwrap();
    let answer = client.answer().unwrap();
    assert_eq!(answer.refusal(), (400, "too_many".into()), "{}", answer.text());
    assert_eq!((&answer.error()["details"]["field"], &answer.error()["details"]["limit"]), (&json!("conversations"), &json!(ITEMS)));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(server.call(&boss, "account.update", &json!({ "name": "Free" })).status, 200, "others write");

    let ids = vec![1; ITEMS];
    for operation in ["conversations.close", "conversations.reopen", "conversations.spam"] {
        let changed = server.call(&boss, operation, &json!({ "conversations": ids })).output();
        assert_eq!(changed.as_array().unwrap().len(), 1, "{operation}");
    }
    let ticket = desk.count("SELECT min(id) FROM tickets WHERE in_help_desk = 1");
    for operation in ["tickets.follow", "tickets.unfollow", "tickets.update", "tickets.delete", "tickets.restore"] {
        let changed = server.call(&boss, operation, &json!({ "tickets": vec![ticket; ITEMS] })).output();
        assert_eq!(changed.as_array().unwrap().len(), 1, "{operation}");
    }
}

#[test]
fn g23_an_idempotency_key_is_bounded_too() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let update = |key: &str| server.ask(&Request::op("account.update", &json!({ "name": "A" })).token(&token).key(key));
        assert_eq!(update(&text(NAME)).status, 200);
        assert_eq!(update(&text(NAME + 1)).refusal(), (400, "bad_value".into()));
        let by_command = desk.command(&["account", "update", "--name", "B", "--idempotency-key", &text(NAME + 1)]).output().unwrap();
        assert_eq!(by_command.status.code(), Some(2));
    }
}

#[test]
fn what_took_too_long_is_rolled_back_as_its_answer_says() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start_with(&desk, &["--timeout", "1"]);
        let before = desk.last_audit();
        let asked = std::thread::scope(|scope| {
            let (holds, held) = std::sync::mpsc::channel();
            let desk = &desk;
            // Another process writes, for longer than the request may take.
            scope.spawn(move || {
                desk.write(|tx| {
                    tx.execute("UPDATE account SET name = name", &[])?;
                    holds.send(()).unwrap();
                    std::thread::sleep(Duration::from_secs(2));
                    Ok(())
                });
            });
            held.recv().unwrap();
            server.call(&token, "account.update", &json!({ "name": "Too late" }))
        });
        assert_eq!(asked.refusal(), (503, "timed_out".into()));
        assert!(asked.text().contains("nothing of it was kept"), "{}", asked.text());
        // The refusal is audited once the work has noticed.
        wait_until("the end of the work", || desk.audit(before).iter().any(|(_, operation, _, _)| operation == "account.update"));
        assert!(desk.audit(before).iter().all(|(_, _, outcome, _)| outcome == "timed_out"), "{:?}", desk.audit(before));
        assert_ne!(server.call(&token, "account.show", &json!({})).output()["name"], "Too late");
        assert_eq!(server.call(&token, "account.update", &json!({ "name": "In time" })).status, 200);
    }
}

/// Searching brings the index up to date, which is a write.
#[test]
fn g22_nothing_is_done_for_who_may_not_call() {
    for desk in both() {
        let mut local = desk.local();
        let search = |local: &mut Local, user: &str| {
            let call = Call { as_user: Some(user.to_owned()), ..Call::default() };
            local
                .run(tickets::Search { text: "printer".into(), ..Default::default() }, &call)
                .map(drop)
                .map_err(|error| error.code().to_owned())
        };
        // More than a search would look at itself.
        desk.write(|tx| {
            (0..300).try_for_each(|_| tx.execute("INSERT INTO search_queue (object, object_id) VALUES ('ticket', 1)", &[]).map(drop))
        });
        let pending = || desk.count("SELECT count(*) FROM search_queue");
        assert_eq!(search(&mut local, MEMBER), Err("not_permitted".into()));
        assert_eq!(pending(), 300);
        search(&mut local, BOSS).unwrap();
        assert_eq!(pending(), 0);
    }
}

#[test]
fn g23_the_longest_message_is_kept_and_none_longer() {
    for desk in both() {
        let mut local = desk.local();
        let mut receive = |field: &str, bytes: usize| called(&mut local, "conversations.receive", &message(field, &json!(text(bytes))));
        assert_eq!(receive("text", BODY), Ok(()));
        for field in ["text", "html"] {
            assert_eq!(receive(field, BODY + 1), Err("bad_value".into()), "{field}");
        }
    }
}
