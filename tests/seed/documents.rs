//! Documents, right and wrong.

use serde_json::{Value, json};

use super::{Place, count, deskctl, export, load, sql};

/// A small document with something of everything.
pub fn complete() -> Value {
    let message = |at: &str, text: &str| json!({ "direction": "incoming", "author": "kim@example.com", "at": at, "text": text });
    let mut with_file = message("2026-01-03T10:00:00Z", "see below");
    with_file["external_id"] = json!("x1");
    with_file["attachments"] = json!([
        { "name": "a.txt", "content_type": "text/plain", "content_base64": "aGVsbG8=" },
        { "name": "b.txt", "content_type": "text/plain", "content_base64": "aGVsbG8=" },
        { "name": "empty", "content_type": "text/plain", "content_base64": "" }
    ]);
    json!({
        "deskctl_account": 1,
        "account": { "name": "Test", "time_zone": "Europe/Helsinki", "limits": { "custom_views": 5 } },
        "teams": [{ "id": "t", "name": "First line", "hours": "NIGHTS" }],
        "users": [
            { "id": "u1", "email": "Anna@example.com", "name": "Anna", "role": "super_admin", "team": "t", "more_teams": ["t"] },
            { "id": "u2", "email": "bob@example.com", "name": "Bob", "hours": "Office", "availability": "away" }
        ],
        "pipelines": [{ "id": "p", "name": "Help", "stages": [
            { "id": "s1", "name": "New", "state": "OPEN" }, { "id": "s2", "name": "Done", "state": "CLOSED" }
        ] }],
        "inboxes": [{ "id": "i", "name": "Shared", "kind": "inbox" }, { "id": "h", "name": "Desk", "kind": "help_desk" }],
        "bot_conditions": [{ "action": "hand_over", "allowed": true }],
        "channels": [
            { "id": "mail", "name": "Mail", "kind": "email", "address": "Help@example.com", "inbox": "i", "settings": {
                "signature": "Yours", "routing": { "mode": "users", "users": ["u2"], "teams": ["t"] },
                "ticket_creation": { "enabled": true, "stage": "s1" } } },
            { "id": "form", "name": "Form", "kind": "form", "address": "form-1", "inbox": "i", "connected": false }
        ],
        "sla": sla(),
        "properties": [
            { "name": "region", "label": "Sales region", "kind": "enumeration", "options": ["North", "South"],
              "created_at": "2026-01-01T00:00:00Z" },
            { "name": "promised", "kind": "datetime", "created_at": "2026-01-01T00:00:00Z" },
            { "name": "paid", "kind": "bool", "created_at": "2026-01-01T00:00:00Z" },
            { "name": "pieces", "kind": "number", "created_at": "2026-01-01T00:00:00Z" }
        ],
        "companies": [{ "id": "co", "name": "Kim Ltd", "domain": "kim.example" }],
        "deals": [
            { "id": "d1", "name": "Lamps", "amount": "1200.5", "company": "co", "created_at": "2026-01-01T00:00:00Z" },
            { "id": "d2", "name": "More", "created_at": "2026-01-01T00:00:00Z" }
        ],
        "contacts": [{ "id": "k1", "email": "Kim@example.com", "company": "co" }, { "id": "k2", "first_name": "Lee" }],
        "tickets": [
            { "id": "t1", "name": "Broken", "stage": "s2", "owner": "u1", "created_at": "2026-01-01T00:00:00Z",
              "closed_at": "2026-02-01T00:00:00Z", "contacts": ["k1", "k2"], "priority": "HIGH",
              "deals": ["d2", "d1"], "followers": ["u2"],
              "properties": { "region": "south", "promised": "2026-02-01T10:00:00+01:00", "paid": true, "pieces": -3 } },
            { "id": "t2", "name": "Alone", "stage": "s2", "created_at": "2026-01-01T00:00:00Z", "closed_at": "2026-01-02T00:00:00Z" }
        ],
        "conversations": [
            { "id": "c1", "channels": [{ "channel": "mail", "since": "2026-01-02T00:00:00Z" }, { "channel": "form", "since": "2026-01-01T00:00:00Z" }],
              "status": "OPEN", "owner": "u1", "contacts": ["k1", "k2"], "thread": "<1>", "ticket": "t1",
              "messages": [message("2026-01-01T12:00:00Z", "hello"), with_file] },
            { "id": "c2", "channels": [{ "channel": "mail", "since": "2026-01-05T00:00:00Z" }], "status": "CLOSED",
              "closed_at": "2026-01-04T00:00:00Z", "messages": [message("2026-01-05T10:00:00Z", "Привет")] }
        ]
    })
}

fn sla() -> Value {
    json!({
        "hours": [
            { "name": "office", "hours": { "zone": "Europe/Helsinki", "week": { "mon": [["09:00", "17:00"]] },
                "holidays": ["12-25", { "on": "easter+1", "name": "Easter Monday" }], "overrides": [{ "date": "2026-12-24" }] } },
            { "name": "Nights", "hours": { "zone": "UTC", "week": { "mon": [["22:00", "06:00"]] } } }
        ],
        "policy": {
            "by": "team", "hours": "OFFICE",
            "rules": [
                { "values": ["first line"], "targets": { "close": { "within": "4h", "due_soon": "30m" } }, "hours": "24/7" },
                { "targets": { "first_response": { "within": "1d" } } }
            ],
            "pauses": [{ "pipeline": "Help", "stage": "New", "targets": ["close"] }]
        },
        "apply_to": "open", "set_at": "2026-01-01T08:00:00Z"
    })
}

/// Sets what a JSON pointer names; the last part may be new.
pub fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}")) {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        fields => fields[key] = value,
    }
}

/// What is wrong: where, with what, and what is said of it.
fn wrong_documents() -> Vec<(&'static str, Value, &'static str)> {
    let second_channel = json!({ "id": "mail", "name": "M", "kind": "email", "address": "m2", "inbox": "i" });
    vec![
        ("/deskctl_account", json!(2), "the document is of version 2; this deskctl reads version 1"),
        ("/conversation", json!([]), "there is no section \"conversation\" in an account document"),
        ("/account/time_zone", json!("Mars/Base"), "account: time_zone: \"Mars/Base\" is no IANA time zone"),
        ("/account/name", json!(" "), "account: name: is empty"),
        ("/users/0/role", json!("member"), "users: an account needs an active user whose role is super_admin"),
        ("/users/1/email", json!("ANNA@example.com"), "users[1] \"u2\": email: \"anna@example.com\" is that of users[0] too"),
        ("/users/1/email", json!("bob"), "users[1] \"u2\": email: \"bob\" is no email address"),
        ("/users/1/id", json!("u1"), "users[1] \"u1\": id: \"u1\" is that of users[0] too"),
        ("/users/1/name", json!(""), "users[1] \"u2\": name: is empty"),
        ("/users/0/more_teams", json!(["x"]), "users[0] \"u1\": more_teams: no team \"x\""),
        ("/users/0/seats", json!("core"), "users[0]: unknown field \"seats\""),
        ("/channels/0/settings/routing/usrs", json!([]), "channels[0]: unknown field \"settings.routing.usrs\""),
        ("/pipelines/0/stages/1/id", json!("s1"), "pipelines[0] \"p\": stages[1].id: \"s1\" is that of pipelines[0] too"),
        ("/inboxes/0/kind", json!("help_desk"), "inboxes[1] \"h\": kind: inboxes[0] is the help desk, and an account has one"),
        (
            "/channels/1/address",
            json!("HELP@example.com"),
            "channels[1] \"form\": address: \"help@example.com\" is that of channels[0] too",
        ),
        ("/channels/1", second_channel, "channels[1] \"mail\": id: \"mail\" is that of channels[0] too"),
        ("/channels/0/inbox", json!("x"), "channels[0] \"mail\": inbox: no inbox \"x\""),
        ("/channels/0/settings/routing/users", json!(["u9"]), "channels[0] \"mail\": settings.routing.users: no user \"u9\""),
        (
            "/channels/0/settings/ticket_creation/stage",
            json!("s9"),
            "channels[0] \"mail\": settings.ticket_creation.stage: no stage \"s9\"",
        ),
        ("/channels/0/setting", json!({}), "channels[0]: unknown field \"setting\""),
        ("/channels/0/settings/signatur", json!(""), "channels[0]: unknown field \"settings.signatur\""),
        (
            "/channels/0/settings/bot",
            json!({ "name": "b", "actions": [], "action": 1 }),
            "channels[0]: unknown field \"settings.bot.action\"",
        ),
        ("/contacts/0/company", json!("co9"), "contacts[0] \"k1\": company: no company \"co9\""),
        ("/contacts/1/id", json!("k1"), "contacts[1] \"k1\": id: was used before in this section"),
        ("/contacts/1/first_name", json!("L\u{0}"), "contacts[1] \"k2\": first_name: holds a NUL character"),
        ("/tickets/1/stage", json!("s9"), "tickets[1] \"t2\": stage: no stage \"s9\""),
        ("/tickets/1/name", json!(""), "tickets[1] \"t2\": name: is empty"),
        ("/tickets/0/contacts", json!(["k1", "k1"]), "tickets[0] \"t1\": contacts: \"k1\" is named twice"),
        ("/conversations/0/owner", json!("u9"), "conversations[0] \"c1\": owner: no user \"u9\""),
        ("/conversations/0/channels", json!([]), "conversations[0] \"c1\": channels: is empty"),
        ("/conversations/0/channels/1/channel", json!("x"), "conversations[0] \"c1\": channels[1].channel: no channel \"x\""),
        ("/conversations/0/ticket", json!("t9"), "conversations[0] \"c1\": ticket: no ticket \"t9\""),
        ("/conversations/0/contacts", json!(["k9"]), "conversations[0] \"c1\": contacts: no contact \"k9\""),
        ("/conversations/1/id", json!("c1"), "conversations[1] \"c1\": id: was used before in this section"),
        (
            "/conversations/1/thread",
            json!("<1>"),
            "conversations[1] \"c2\": thread: \"<1>\" is that of an earlier conversation on the same channel",
        ),
        ("/conversations/1/status", json!("NEW"), "conversations[1]: unknown variant \"NEW\""),
        ("/conversations/1/started_at", json!("2026-01-01"), "conversations[1]: \"2026-01-01\" is no time"),
        (
            "/conversations/1/messages/0/channel",
            json!("form"),
            "conversations[1] \"c2\": messages[0].channel: the conversation was never on channel \"form\"",
        ),
        ("/conversations/1/messages/0/channel", json!("x"), "conversations[1] \"c2\": messages[0].channel: no channel \"x\""),
        (
            "/conversations/1/messages/0/external_id",
            json!("x1"),
            "conversations[1] \"c2\": messages[0].external_id: \"x1\" is that of an earlier message",
        ),
        ("/conversations/1/messages/0/bot", json!(true), "conversations[1] \"c2\": messages[0].bot: a bot writes outgoing messages only"),
        ("/conversations/1/messages/0/text", json!("a\u{0}"), "conversations[1] \"c2\": messages[0].text: holds a NUL character"),
        ("/conversations/1/messages/0/attachment", json!([]), "conversations[1]: unknown field \"attachment\""),
        (
            "/conversations/0/messages/1/attachments/0/content_base64",
            json!("aGVsbG8"),
            "conversations[0] \"c1\": messages[1].attachments[0].content_base64: is no base64 with padding",
        ),
        ("/tickets", json!({}), "tickets: invalid type: map, expected a list"),
    ]
}

/// The same of working hours and the SLA policy.
fn wrong_slas() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/users/1/hours", json!("Offices"), "users[1] \"u2\": hours: there are no working hours \"Offices\" in sla.hours"),
        ("/teams/0/hours", json!("24/7"), "teams[0] \"t\": hours: there are no working hours \"24/7\" in sla.hours"),
        ("/users/1/availability", json!("busy"), "users[1]: unknown variant \"busy\""),
        ("/sla/hour", json!([]), "sla: unknown field \"hour\""),
        ("/sla/hours/1/name", json!("OFFICE"), "sla.hours[1] \"OFFICE\": name: \"office\" is that of sla.hours[0] too"),
        ("/sla/hours/1/name", json!("24/7"), "sla.hours[1] \"24/7\": name: 24/7 means no working hours at all"),
        ("/sla/hours/0/hours/zone", json!("Mars/Base"), "sla.hours[0] \"office\": hours: working hours, zone: \"Mars/Base\""),
        ("/sla/hours/0/hours/week", json!({ "mon": [["9", "17"]] }), "sla.hours[0] \"office\": hours: working hours, week.mon[0]: \"9\""),
        ("/sla/hours/0/hours/week", json!({}), "sla: policy: rule 2 (all other tickets): "),
        ("/sla/policy/hours", json!("home"), "there are no working hours \"home\""),
        ("/sla/policy/rules/0/values", json!(["Sales"]), "sla: policy: there is no team \"Sales\""),
        ("/sla/policy/rules/0/targets/close/due_soon", json!("5h"), "sla: policy: rule 1 (team first line): "),
        ("/sla/policy/rules/0/targets/close/within", json!("soon"), "sla: "),
        ("/sla/policy/pauses/0/stage", json!("Old"), "sla: policy: there is no stage \"Help/Old\""),
        ("/sla/apply_to", json!("all"), "sla: unknown variant \"all\""),
    ]
}

#[test]
fn what_is_wrong_with_a_document_is_said_with_its_place() {
    let place = Place::new();
    for target in place.on_each_engine() {
        for (pointer, value, expected) in wrong_documents().into_iter().chain(wrong_slas()) {
            let mut document = complete();
            put(&mut document, pointer, value);
            let ran = load(&target, &document.to_string());
            let error = ran.error();
            assert_eq!((ran.code, &error["code"]), (2, &json!("bad_document")), "{pointer}: {error}");
            assert!(error["message"].as_str().unwrap().contains(expected), "{pointer}:\n  {}\n  {expected}", error["message"]);
        }
        assert_eq!(deskctl(&target, &["channels", "list"]).code, 5, "nothing is left of any of them");
    }
}

#[test]
fn what_is_no_document_is_said_with_line_and_column() {
    let place = Place::new();
    let told = |text: &str| load(&place.store("a"), text).error();
    let error = told("{\n\"deskctl_account\": 1,\n\"users\": [}");
    assert_eq!((&error["details"]["line"], &error["details"]["column"]), (&json!(3), &json!(11)), "{error}");
    for (text, expected) in [
        ("", "stdin ends too early"),
        ("[]", "expected an account document, which is a JSON object"),
        ("{}", "stdin is no account document: it has no \"deskctl_account\": 1"),
        ("{\"deskctl_account\":1,\"users\":[],\"users\":[]}", "the section users is there twice"),
        ("{\"deskctl_account\":1} x", "stdin is no JSON: trailing characters"),
    ] {
        let error = told(text);
        assert_eq!(error["code"], "bad_document");
        assert!(error["message"].as_str().unwrap().contains(expected), "{error}");
    }
    let hint = told("{\"deskctl_account\":1,\"user\":[]}")["hint"].clone();
    assert!(hint.as_str().unwrap().contains("\"users\""), "{hint}");
    for (pointer, meant) in [("/conversations/0/messages/0/txt", "\"text\""), ("/channels/0/settings/routing/user", "\"users\"")] {
        let mut document = complete();
        put(&mut document, pointer, json!(""));
        let error = told(&document.to_string());
        assert!(error["hint"].as_str().unwrap().contains(meant), "{error}");
        assert!(error["details"]["line"] == 1 && error["details"]["column"].as_u64() > Some(100), "{error}");
    }
}

#[test]
fn sections_may_come_in_any_order() {
    let place = Place::new();
    load(&place.store("a"), &complete().to_string()).ok();
    let expected = export(&place.store("a"));
    let sections = complete().as_object().unwrap().clone();
    let backwards: serde_json::Map<String, Value> = sections.into_iter().rev().collect();
    // A byte order mark, as some editors write it.
    let text = format!("\u{feff}{}", Value::Object(backwards));
    load(&place.store("b"), &text).ok();
    assert!(export(&place.store("b")) == expected);
}

#[test]
fn what_a_document_leaves_open_is_filled_in() {
    let place = Place::new();
    load(&place.store("a"), &complete().to_string()).ok();
    let document: Value = serde_json::from_str(&export(&place.store("a"))).unwrap();
    let at = |pointer: &str| document.pointer(pointer).cloned().unwrap_or(Value::Null);
    assert_eq!(at("/users/0/email"), "anna@example.com");
    assert_eq!(at("/sla/hours/0/name"), "Nights", "by name");
    assert_eq!(
        (at("/teams/0/hours"), at("/users/1/hours"), at("/users/1/availability")),
        (json!("Nights"), json!("office"), json!("away"))
    );
    assert_eq!((at("/users/0/hours"), at("/users/0/availability")), (Value::Null, Value::Null), "what is so by default is not said");
    assert_eq!(
        (at("/sla/policy/hours"), at("/sla/policy/rules/0/values")),
        (json!("office"), json!(["First line"])),
        "as they are written"
    );
    assert_eq!((at("/sla/set_at"), at("/sla/apply_to")), (json!("2026-01-01T08:00:00Z"), json!("open")));
    assert_eq!(at("/channels/0/address"), "help@example.com");
    assert_eq!(at("/tickets/0/last_activity_at"), "2026-01-03T10:00:00Z", "the last message of its conversation");
    assert_eq!(at("/tickets/1/last_activity_at"), "2026-01-02T00:00:00Z", "without a conversation, its closing");
    assert_eq!(at("/conversations/0/started_at"), "2026-01-01T00:00:00Z", "the first channel by time");
    assert_eq!(at("/conversations/0/messages/0/channel"), "ch2", "the channel of that time");
    assert_eq!(at("/conversations/0/messages/1/channel"), "ch1");
    assert_eq!(at("/conversations/0/inbox"), "i1");
    assert_eq!(at("/conversations/1/closed_at"), "2026-01-04T00:00:00Z", "real data: closed before it started");
    assert_eq!(at("/conversations/0/messages/1/attachments/1/content_base64"), "aGVsbG8=");
    assert_eq!(count(&place.path("a.db"), "blobs"), 2, "each content is stored once");
    let newest: i64 = rusqlite::Connection::open(place.path("a.db"))
        .unwrap()
        .query_row("SELECT channel_id FROM conversations WHERE id = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(newest, 1, "M21: the newest channel by time, not the one that is listed last");
}

#[test]
fn the_smallest_document_gets_what_an_account_needs() {
    let place = Place::new();
    let smallest = json!({ "deskctl_account": 1, "users": [{ "id": "u", "email": "a@b", "name": "A", "role": "super_admin" }] });
    load(&place.store("a"), &smallest.to_string()).ok();
    let listed = deskctl(&place.store("a"), &["channels", "list", "-o", "json"]).ok();
    assert_eq!(listed, "[]\n");
    let document: Value = serde_json::from_str(&export(&place.store("a"))).unwrap();
    assert_eq!(document["inboxes"].as_array().unwrap().len(), 2);
    assert_eq!(document["pipelines"][0]["stages"].as_array().unwrap().len(), 4);
}

/// Who wrote the outgoing messages, as the store has it and as the export says it: (author, a bot, said so).
fn written_by(place: &Place, name: &str) -> Vec<(String, bool, Option<bool>)> {
    let document: Value = serde_json::from_str(&export(&place.store(name))).unwrap();
    let messages = document.pointer("/conversations/0/messages").unwrap().as_array().unwrap();
    let connection = rusqlite::Connection::open(place.path(&format!("{name}.db"))).unwrap();
    let mut stored = connection.prepare("SELECT by_bot FROM messages WHERE conversation_id = 1 ORDER BY id").unwrap();
    let stored: Vec<bool> = stored.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let told = messages.iter().zip(stored).map(|(message, by_bot)| {
        assert_ne!(message["direction"], "comment");
        (message["author"].as_str().unwrap().to_owned(), by_bot, message.get("bot").and_then(Value::as_bool))
    });
    told.collect()
}

#[test]
fn a_bots_message_stays_a_bots_when_the_bot_has_another_name() {
    let place = Place::new();
    let mut document = complete();
    let outgoing = |author: &str, bot: Option<bool>| {
        let mut message = json!({ "direction": "outgoing", "author": author, "at": "2026-01-04T10:00:00Z", "text": "t" });
        if let Some(bot) = bot {
            message["bot"] = json!(bot);
        }
        message
    };
    let messages = [("Mail", None), ("Anna", None), ("Mail", Some(false)), ("Robo", Some(true)), ("Mail", Some(true))];
    put(&mut document, "/conversations/0/messages", messages.map(|(author, bot)| outgoing(author, bot)).to_vec().into());
    load(&place.store("a"), &document.to_string()).ok();
    let row = |author: &str, by_bot, said| (author.to_owned(), by_bot, said);
    let expected = [
        row("Mail", true, None),
        row("Anna", false, None),
        row("Mail", false, Some(false)),
        row("Robo", true, Some(true)),
        row("Mail", true, None),
    ];
    assert_eq!(written_by(&place, "a"), expected, "the author tells, where the document does not say otherwise");
    sql(&place.path("a.db"), "UPDATE channels SET name = 'Anna' WHERE name = 'Mail'");
    let renamed = [
        row("Mail", true, Some(true)),
        row("Anna", false, Some(false)),
        row("Mail", false, None),
        row("Robo", true, Some(true)),
        row("Mail", true, Some(true)),
    ];
    assert_eq!(written_by(&place, "a"), renamed);
    load(&place.store("b"), &export(&place.store("a"))).ok();
    assert_eq!(written_by(&place, "b"), renamed);
    assert!(export(&place.store("b")) == export(&place.store("a")));
}

#[test]
fn what_the_account_keeps_of_slas_is_in_its_document() {
    let place = Place::new();
    let mut exports = Vec::new();
    for target in place.on_each_engine() {
        load(&target, &complete().to_string()).ok();
        // What is gone is not named, and a policy that was taken away is not there.
        deskctl(&target, &["teams", "create", "Sales"]).ok();
        deskctl(&target, &["sla", "set", "--value", "Sales", "--close", "1h"]).ok();
        deskctl(&target, &["sla", "hours", "set", "émigré", "--zone", "UTC", "--day", "mon=09:00-10:00"]).ok();
        let exported = export(&target);
        let copy = place.store(&format!("copy{}", exports.len()));
        load(&copy, &exported).ok();
        assert!(export(&copy) == exported, "the same bytes again");
        let mut document: Value = serde_json::from_str(&exported).unwrap();
        assert_eq!(document["sla"]["policy"]["rules"][1]["values"], json!(["Sales"]));
        assert!(document["sla"]["set_at"].take() != Value::Null);
        deskctl(&target, &["sla", "clear"]).ok();
        let cleared: Value = serde_json::from_str(&export(&target)).unwrap();
        assert_eq!((&cleared["sla"]["policy"], cleared["sla"]["hours"].as_array().unwrap().len()), (&Value::Null, 3));
        exports.push((document, cleared));
    }
    assert!(exports.iter().all(|export| *export == exports[0]), "the engines export alike");
    let copy = place.store("copy");
    load(&copy, &exports[0].1.to_string()).ok();
    let again: Value = serde_json::from_str(&export(&copy)).unwrap();
    assert_eq!(again["sla"], exports[0].1["sla"]);
}
