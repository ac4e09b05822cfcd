//! Client and server of different versions within one protocol.

use deskctl::ops::capabilities;
use deskctl::protocol::VERSION;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::desk::{BOSS, Desk, Server};
use super::fake::{Fake, Said, answer, ask, client};
use super::http::{Client, Request};

const LATER: &str = "9.9.9";

/// Both versions are named: the difference may be the reason.
fn names_both(error: &Value) {
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains(LATER) && hint.contains(VERSION), "{error}");
    assert_eq!((error["details"]["client_version"].as_str(), error["details"]["server_version"].as_str()), (Some(LATER), Some(VERSION)));
}

#[test]
fn what_a_server_does_not_know_it_refuses_by_name() {
    let desk = Desk::sqlite();
    let (server, token) = (Server::start(&desk), desk.token(BOSS, &[]));
    let asked = |request: Request<'static>| server.ask(&request.token(&token).with("Deskctl-Version", LATER));
    for request in [Request::op("channels.lst", &json!({})), Request::stream("migrations.verfy", &json!({}))] {
        let answer = asked(request);
        assert_eq!((answer.refusal(), answer.error()["exit"].as_i64()), ((404, "unknown_operation".into()), Some(5)));
        names_both(&answer.error());
        assert!(answer.error()["message"].as_str().unwrap().contains("did you mean"), "{}", answer.text());
    }
    let unknown_value = asked(Request::op("channels.list", &json!({ "kind": "telepathy" })));
    assert_eq!(unknown_value.refusal(), (400, "bad_arguments".into()));
    names_both(&unknown_value.error());

    // What the command line makes of it, when the server is the older one.
    let body = asked(Request::op("account.whoamI", &json!({}))).text().replace(LATER, "8.8.8");
    let older = Fake::always(answer("404 Not Found", "Content-Type: application/json\r\n", &body));
    let said = ask(&older.url, &["whoami"]);
    assert_eq!(said.refusal(), (5, "unknown_operation".into()));
    assert!(said.error()["hint"].as_str().unwrap().contains("8.8.8"), "{said:?}");
    let about = json!({ "version": "0.0.1", "protocol": 1, "operations": ["channels.list"], "streams": [], "later": true });
    let older = Fake::always(super::fake::json(&about));
    let known = ask(&older.url, &["capabilities"]).ok();
    let known: Vec<Value> = serde_json::from_str(&known.stdout).unwrap();
    let supported: Vec<&Value> = known.iter().filter(|row| row["supported"] == true).map(|row| &row["operation"]).collect();
    assert_eq!(supported, ["channels.list"]);
}

/// The least arguments that a schema allows.
fn least(schema: &Value, all: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return least(all.pointer(name.trim_start_matches('#')).unwrap(), all);
    }
    let choice = ["oneOf", "anyOf"].iter().find_map(|choice| schema[choice].as_array()?.first());
    match (schema["enum"].as_array(), choice, schema["type"].as_str()) {
        (Some(values), ..) => values[0].clone(),
        (_, Some(choice), _) => least(choice, all),
        (.., Some("string")) if schema["format"] == "date-time" => json!("2026-11-20T09:00:00Z"),
        (.., Some("string")) => schema.get("const").cloned().unwrap_or_else(|| json!("x")),
        (.., Some("integer" | "number")) => json!(1),
        (.., Some("boolean")) => json!(true),
        (.., Some("array")) => json!([]),
        _ => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            required.map(|name| (name.to_owned(), least(&schema["properties"][name], all))).collect::<Map<_, _>>().into()
        }
    }
}

/// Every operation and stream, as requests with the least arguments.
fn requests() -> Vec<(String, Value)> {
    let least_of = |arguments: fn(&mut SchemaGenerator) -> Schema| {
        let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
        let mut schema = arguments(&mut generator).to_value();
        schema["$defs"] = generator.take_definitions(true).into();
        least(&schema, &schema)
    };
    let operations = capabilities::ALL.iter().map(|known| (format!("ops/{}", known.operation), least_of(known.arguments)));
    let streams = capabilities::STREAMS.iter().map(|known| (format!("streams/{}", known.stream), least_of(known.arguments)));
    operations.chain(streams).collect()
}

#[test]
fn no_operation_ignores_a_field_that_it_does_not_know() {
    let desk = Desk::sqlite();
    let (server, token) = (Server::start(&desk), desk.token(BOSS, &[]));
    let ask = |name: &str, arguments: &Value| {
        let request = Request::post(&format!("/deskctl/v1/{name}"), arguments).token(&token).with("Deskctl-Version", LATER);
        server.ask(&request.with("Deskctl-Dry-Run", "true"))
    };
    for (name, least) in requests() {
        let mut more = least.clone();
        more["later_field"] = json!(1);
        let answer = ask(&name, &more);
        assert_eq!(answer.refusal(), (400, "unknown_field".into()), "{name}: {}", answer.text());
        assert!(answer.error()["exit"] == 2 && answer.error()["message"].as_str().unwrap().contains("later_field"), "{}", answer.text());
        names_both(&answer.error());
        // And what the schema calls optional is so.
        let answer = ask(&name, &least);
        assert!(!["bad_arguments", "unknown_field"].contains(&answer.refusal().1.as_str()), "{name} {least}: {}", answer.text());
    }
}

/// An older client leaves out what it does not know yet; so does this one with what says nothing.
#[test]
fn fewer_fields_are_enough() {
    let desk = Desk::sqlite();
    let (server, token) = (Server::start(&desk), desk.token(BOSS, &[]));
    let lists = capabilities::ALL.iter().filter(|known| known.operation.ends_with(".list"));
    for list in lists {
        let answer = server.ask(&Request::op(list.operation, &json!({})).token(&token));
        assert_eq!(answer.status, 200, "{}: {}", list.operation, answer.text());
    }
    let verify = server.ask(&Request::stream("migrations.verify", &json!({})).token(&token));
    assert_eq!(verify.refusal(), (404, "unknown_migration".into()), "{}", verify.text());
    // Nor need a client say what it is.
    let made = server.call(&token, "contacts.create", &json!({ "email": "a@example.com" }));
    assert_eq!(made.output()["email"], "a@example.com");

    let fake = Fake::always(Vec::new());
    for arguments in
        [&["channels", "list"][..], &["contacts", "update", "1", "--phone", "112"], &["tickets", "update", "1", "--stage", "New"]]
    {
        ask(&fake.url, arguments);
    }
    let asked = fake.asked();
    assert!(!asked.is_empty() && asked.iter().all(|asked| !asked.body.contains("null")), "{asked:?}");
    assert!(asked.iter().all(|asked| asked.header("deskctl-version") == Some(VERSION)));
}

/// What a later version might add to every object of an answer. Automation settings are the account's own, whatever they are.
fn with_more(value: Value) -> Value {
    match value {
        // What stands beside a ticket's fields is a custom property.
        Value::Object(fields) if fields.contains_key("in_help_desk") => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, with_more(value))).collect())
        }
        Value::Object(fields) => {
            let more = [("later".to_owned(), json!({ "a": [1, null] })), ("zzz".to_owned(), json!("more"))];
            let known = fields.into_iter().map(|(name, value)| if name == "automation" { (name, value) } else { (name, with_more(value)) });
            Value::Object(known.chain(more).collect())
        }
        Value::Array(items) => items.into_iter().map(with_more).collect(),
        other => other,
    }
}

/// A server of a later version: the real one, whose answers say more.
fn later(server: &Server) -> Fake {
    let address = server.address;
    Fake::start(move |_, asked| {
        let mut client = Client::connect(address);
        client.send(format!("{}\r\n{}", asked.head, asked.body).as_bytes()).unwrap();
        let came = client.answer().unwrap();
        let more = |line: &str| serde_json::from_str(line).map_or(line.to_owned(), |value| with_more(value).to_string());
        // A stream has lines of its own, and perhaps some of a kind that nobody knows yet.
        let unknown = if asked.head.contains("/streams/") { "{\"later\":1}\n" } else { "" };
        let body: String = came.text().lines().map(|line| format!("{unknown}{}\n", more(line))).collect();
        let headers = format!("Content-Type: {}\r\nX-Later: 1\r\n", came.header("content-type").unwrap());
        answer(&format!("{} As it says", came.status), &headers, &body)
    })
}

#[test]
fn what_a_later_server_says_beyond_is_ignored() {
    let desk = Desk::sqlite();
    let (server, token) = (Server::start(&desk), desk.token(BOSS, &["read", "write", "impersonate"]));
    let later = later(&server);
    let run = |target: &str, line: &str| {
        let arguments: Vec<&str> = line.split(' ').collect();
        let said = Said::of(
            client(&desk.path("."), target, &arguments).current_dir(desk.path(".")).env("DESKCTL_TOKEN", &token).output().unwrap(),
        );
        Said { stdout: said.stdout.replace(target, "URL"), stderr: said.stderr.replace(target, "URL"), ..said }
    };
    for line in [
        "migrations start contact-form --history all --map open=New --map closed=Closed --yes --quiet --columns state",
        "whoami",
        "account show -o json --columns name",
        "channels list",
        "channels show support@acme.example",
        "channels show 99 -o json --columns id",
        "conversations list --limit 5",
        "conversations show 2",
        "conversations attachment 1569 --to file.png",
        "tickets list --limit 5",
        "tickets show 1",
        "tickets show 1 --as tom.baker@acme.example",
        "contacts list --limit 5",
        "companies show 1",
        "users list",
        "teams show 1",
        "inboxes list",
        "pipelines show 1",
        "bots conditions list",
        "migrations plan website-chat --history none",
        "migrations plan shop-chat --history none",
        "migrations list",
        "migrations status",
        "migrations verify -o json",
        "migrations verify --summary",
        "migrations report",
        "outbox list",
        "audit list --columns id,actor,operation,outcome",
        "tokens list --columns id,user,scopes",
        "export account",
        "store info",
        "capabilities",
    ] {
        // The second time around, to have both after the migration.
        let through = run(&later.url, line);
        let directly = run(&server.url, line);
        if !line.contains("start") {
            assert_eq!(through, directly, "{line}");
        } else {
            through.ok();
        }
    }
    assert!(later.asked().len() > 30);
}
