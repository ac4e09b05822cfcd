//! Every text of a document has a bound, at which both engines keep it, and none above it is taken (G23).

use deskctl::bulk::DocumentFile;
use deskctl::domain::bounds::{LONG, MADE, NAME};
use deskctl::domain::document::Document;
use serde_json::{Value, json};

use super::documents::{complete, put};
use super::{Place, deskctl, export, load, with_input};

/// Texts that may be anything, with the most that each may have in bytes.
const TEXTS: &[(&str, usize)] = &[
    ("/account/name", NAME),
    ("/teams/0/id", NAME),
    ("/teams/0/name", NAME),
    ("/users/0/id", NAME),
    ("/users/0/name", NAME),
    ("/users/0/email", NAME),
    ("/pipelines/0/id", NAME),
    ("/pipelines/0/name", NAME),
    ("/pipelines/0/stages/0/id", NAME),
    ("/pipelines/0/stages/0/name", NAME),
    ("/inboxes/0/id", NAME),
    ("/inboxes/0/name", NAME),
    ("/bot_conditions/0/action", NAME),
    ("/bot_conditions/0/why", NAME),
    ("/channels/0/id", NAME),
    ("/channels/0/name", NAME),
    ("/channels/0/address", NAME),
    ("/channels/0/settings/signature", LONG),
    ("/channels/0/settings/routing/skill", NAME),
    ("/channels/0/settings/automation", LONG),
    ("/channels/0/settings/bot/name", NAME),
    ("/channels/0/settings/bot/actions/0", NAME),
    ("/properties/0/label", NAME),
    ("/properties/0/options/0", NAME),
    ("/companies/0/id", NAME),
    ("/companies/0/name", NAME),
    ("/companies/0/domain", NAME),
    ("/contacts/0/id", NAME),
    ("/contacts/0/first_name", NAME),
    ("/contacts/0/last_name", NAME),
    ("/contacts/0/email", NAME),
    ("/contacts/0/phone", NAME),
    ("/contacts/0/mobile_phone", NAME),
    ("/deals/0/id", NAME),
    ("/deals/0/name", NAME),
    ("/tickets/0/id", NAME),
    ("/tickets/0/name", MADE),
    ("/tickets/0/category", NAME),
    ("/tickets/0/description", LONG),
    ("/conversations/0/id", NAME),
    ("/conversations/0/subject", NAME),
    ("/conversations/0/thread", NAME),
    ("/conversations/0/messages/0/author", NAME),
    ("/conversations/0/messages/0/subject", NAME),
    ("/conversations/0/messages/0/external_id", NAME),
    ("/conversations/0/messages/0/message_id", MADE),
    ("/conversations/0/messages/0/references/0", MADE),
    ("/conversations/0/messages/0/cc/0", NAME),
    ("/conversations/0/messages/1/attachments/0/name", NAME),
    ("/conversations/0/messages/1/attachments/0/content_type", NAME),
];

/// A document in which all of these are there.
fn whole() -> Value {
    let mut document = complete();
    // It names teams, stages and hours in a form of its own.
    for section in ["sla", "teams/0/hours", "users/1/hours"] {
        let (parent, key) = section.rsplit_once('/').map_or(("", section), |(parent, key)| (parent, key));
        let parent = if parent.is_empty() { &mut document } else { document.pointer_mut(&format!("/{parent}")).unwrap() };
        parent.as_object_mut().unwrap().remove(key);
    }
    document["properties"].as_array_mut().unwrap().push(json!({ "name": "note", "kind": "text", "created_at": "2026-01-01T00:00:00Z" }));
    put(&mut document, "/tickets/0/properties/note", json!(""));
    put(&mut document, "/tickets/0/properties/region", json!("North"));
    put(&mut document, "/channels/0/settings/automation", json!({ "note": "" }));
    put(&mut document, "/channels/0/settings/bot", json!({ "name": "Bot", "actions": ["greet"] }));
    put(&mut document, "/conversations/0/messages/0/references", json!([""]));
    put(&mut document, "/conversations/0/messages/0/cc", json!([""]));
    document
}

/// A text of so many bytes, that no other place has; an address where one must stand there.
fn text(pointer: &str, bytes: usize) -> String {
    let tail = if pointer.contains("email") || pointer.contains("address") { "@example.com" } else { "" };
    let head = pointer.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    format!("{head}{}{tail}", "x".repeat(bytes - head.len() - tail.len()))
}

/// Puts a text, also where the document refers to it.
fn put_text(document: &mut Value, pointer: &str, bytes: usize) {
    let new = text(pointer, bytes);
    let pointer = if pointer.ends_with("automation") { format!("{pointer}/note") } else { pointer.to_owned() };
    let old = document.pointer(&pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let refers = pointer.ends_with("/id") || pointer.contains("/options/");
    if refers {
        rename(document, &old, &new);
    }
    put(document, &pointer, json!(new));
}

fn rename(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text == old => *text = new.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, old, new)),
        Value::Object(fields) => fields.values_mut().for_each(|value| rename(value, old, new)),
        _ => {}
    }
}

#[test]
fn g23_every_text_at_its_bound_is_kept_by_both_engines_and_goes_from_one_to_the_other() {
    let place = Place::new();
    let mut document = whole();
    for (pointer, most) in TEXTS {
        put_text(&mut document, pointer, *most);
    }
    let mut exports = Vec::new();
    for target in place.on_each_engine() {
        load(&target, &document.to_string()).ok();
        exports.push(export(&target));
        deskctl(&target, &["doctor", "--full"]).ok();
    }
    for (number, target) in place.on_each_engine().into_iter().enumerate() {
        let target = if number == 0 { place.store("other") } else { target };
        let other = exports.get(1 - number).unwrap_or(&exports[0]);
        load(&target, other).ok();
        assert!(export(&target) == *other, "the same bytes, from the other engine");
    }
}

#[test]
fn g23_a_text_above_its_bound_is_refused_with_its_place() {
    let place = Place::new();
    let file = place.path("document.json");
    let read = |document: &Value| {
        std::fs::write(&file, document.to_string()).unwrap();
        let mut read = Document::default();
        DocumentFile::open(&file).and_then(|mut file| file.feed(&mut read))
    };
    read(&whole()).unwrap();
    for (pointer, most) in TEXTS {
        for (bytes, nul) in [(most + 1, false), (100, true)] {
            let mut document = whole();
            put_text(&mut document, pointer, bytes);
            if nul {
                let at = if pointer.ends_with("automation") { format!("{pointer}/note") } else { (*pointer).to_owned() };
                put(&mut document, &at, json!("a\0b"));
            }
            let error = read(&document).unwrap_err();
            let said = if nul { "holds a NUL character".to_owned() } else { format!("is longer than {most} bytes") };
            assert_eq!((error.code(), error.exit().code()), ("bad_document", 2), "{pointer}");
            assert!(error.message().contains(&said), "{pointer}: {:.300}", error.message());
            let section = pointer.split('/').nth(1).unwrap();
            assert!(error.message().starts_with(section), "{pointer}: {:.300}", error.message());
        }
    }
}

/// What stands in a value is the account's own.
#[test]
fn a_custom_text_is_loaded_to_the_letter() {
    let place = Place::new();
    for target in place.on_each_engine() {
        let mut document = whole();
        put(&mut document, "/tickets/0/properties/note", json!("  two\n lines \t"));
        put(&mut document, "/properties/0/options", json!(["North", " South "]));
        put(&mut document, "/tickets/0/properties/region", json!(" South "));
        load(&target, &document.to_string()).ok();
        let mut above = document.clone();
        put(&mut above, "/tickets/0/properties/note", json!(" ".repeat(NAME + 1)));
        let refused = with_input(&place.store("above"), &["seed", "--file", "-", "-o", "json"], &above.to_string());
        assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("bad_document")));
        let exported: Value = serde_json::from_str(&export(&target)).unwrap();
        assert_eq!(exported.pointer("/tickets/0/properties/note"), Some(&json!("  two\n lines \t")));
        assert_eq!(exported.pointer("/tickets/0/properties/region"), Some(&json!(" South ")));
    }
}
