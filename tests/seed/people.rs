//! Times, ids, addresses and numbers in an account's document are read as those of messages are (E1, E3, E4).

use serde_json::{Value, json};

use super::documents::{complete, put};
use super::{Place, deskctl, export, load};

/// Every time of the document that has passed, by its place and by how an error names it.
const TIMES: &[(&str, &str)] = &[
    ("/sla/set_at", "sla: set_at"),
    ("/properties/1/created_at", "properties[1] \"promised\": created_at"),
    ("/deals/0/created_at", "deals[0] \"d1\": created_at"),
    ("/tickets/0/created_at", "tickets[0] \"t1\": created_at"),
    ("/tickets/0/closed_at", "tickets[0] \"t1\": closed_at"),
    ("/tickets/0/last_activity_at", "tickets[0] \"t1\": last_activity_at"),
    ("/conversations/0/started_at", "conversations[0] \"c1\": started_at"),
    ("/conversations/1/closed_at", "conversations[1] \"c2\": closed_at"),
    ("/conversations/0/channels/1/since", "conversations[0] \"c1\": channels[1].since"),
    ("/conversations/0/messages/1/at", "conversations[0] \"c1\": messages[1].at"),
];

#[test]
fn e1_nothing_in_a_document_has_happened_in_the_future() {
    let place = Place::new();
    for target in place.on_each_engine() {
        for (pointer, named) in TIMES {
            let mut document = complete();
            put(&mut document, pointer, json!("2096-03-17T05:32:00Z"));
            let ran = load(&target, &document.to_string());
            let message = ran.error()["message"].to_string().replace('\\', "");
            assert_eq!(ran.code, 2, "{pointer}: {message}");
            assert!(message.contains(&format!("{named}: 2096-03-17T05:32:00Z is ahead of the clock")), "{pointer}: {message}");
        }
        // A document that was written by a clock ahead of this one says so, and so does the answer.
        let mut document = complete();
        put(&mut document, "/conversations/0/messages/1/at", json!("2027-01-01T00:00:00Z"));
        put(&mut document, "/account/as_of", json!("2027-01-01T00:00:00Z"));
        let ran = load(&target, &document.to_string());
        assert!(ran.stderr.contains("the document's own clock (2027-01-01T00:00:00Z) is ahead of this one"), "{}", ran.stderr);
        let said: Value = serde_json::from_str(&ran.ok()).unwrap();
        assert_eq!(said["as_of"], "2027-01-01T00:00:00Z");
    }
}

#[test]
fn e4_addresses_and_numbers_of_a_document_that_are_none_are_kept_as_text() {
    let place = Place::new();
    for target in place.on_each_engine() {
        let mut document = complete();
        put(
            &mut document,
            "/contacts",
            json!([
                { "id": "k1", "email": " Mailto:Kim@Example.com " },
                { "id": "k2", "email": "a@x.example, b@x.example", "phone": "undisclosed-recipients:;" },
                { "id": "k3", "first_name": "Ann", "email": "@", "phone": "+48 600 100 200", "mobile_phone": "ask Jan" },
                { "id": "k4", "email": "Jane Doe <jane@bücher.example>" },
                { "id": "k5", "email": "lee@xn--bcher-kva.example", "phone": "" }
            ]),
        );
        let ran = load(&target, &document.to_string());
        assert!(ran.stderr.contains("4 of the contacts' addresses and numbers are none"), "{}", ran.stderr);
        assert_eq!(serde_json::from_str::<Value>(&ran.ok()).unwrap()["kept_as_text"], 4);
        let exported = export(&target);
        let written: Value = serde_json::from_str(&exported).unwrap();
        assert_eq!(
            written["contacts"],
            json!([
                { "id": "k1", "email": "kim@example.com" },
                { "id": "k2", "first_name": "a@x.example, b@x.example; undisclosed-recipients:;",
                  "other_address": "a@x.example, b@x.example; undisclosed-recipients:;" },
                { "id": "k3", "first_name": "Ann", "phone": "+48 600 100 200", "other_address": "@; ask Jan" },
                { "id": "k4", "first_name": "Jane", "last_name": "Doe", "email": "jane@bücher.example" },
                { "id": "k5", "email": "lee@bücher.example" }
            ])
        );
        let copy = place.store("copy");
        load(&copy, &exported).ok();
        assert!(export(&copy) == exported, "the same bytes again");
        std::fs::remove_file(copy.trim_start_matches("sqlite:")).unwrap();
        let shown = deskctl(&target, &["contacts", "show", "jane@xn--bcher-kva.example", "-o", "json"]).ok();
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap()["id"], 4);
    }
}

#[test]
fn e3_e4_a_loaded_mail_and_caller_are_known_again() {
    let place = Place::new();
    for target in place.on_each_engine() {
        let mut document = complete();
        put(&mut document, "/contacts/0/phone", json!("09 1234567"));
        put(&mut document, "/account/country", json!("FI"));
        put(&mut document, "/conversations/0/messages/0/message_id", json!("a@t (Kim)"));
        put(&mut document, "/conversations/0/messages/0/channel", json!("mail"));
        put(&mut document, "/conversations/1/messages/0/references", json!([" <unseen@t>"]));
        put(
            &mut document,
            "/channels/1",
            json!({ "id": "form", "name": "Line", "kind": "calling", "address": "+35891112222", "inbox": "i" }),
        );
        load(&target, &document.to_string()).ok();
        let receive = |arguments: &[&str]| -> Value {
            let line = [&["conversations", "receive"], arguments, &["--text", "Hi", "-o", "json"]].concat();
            serde_json::from_str(&deskctl(&target, &line).ok()).unwrap()
        };
        let known = receive(&["help@example.com", "--from", "kim@example.com", "--in-reply-to", "a@t"]);
        assert_eq!((&known["conversation"], &known["new_conversation"]), (&json!(1), &json!(false)));
        let shares = receive(&["help@example.com", "--from", "kim@example.com", "--reference", "unseen@t"]);
        assert_eq!(shares["conversation"], 2);
        let call = receive(&["+35891112222", "--from", "+358 9 1234567"]);
        let shown = deskctl(&target, &["conversations", "show", &call["conversation"].to_string(), "-o", "json"]).ok();
        assert!(shown.contains("kim@example.com"), "{shown}");
        assert!(export(&target).contains("\"message_id\":\"<a@t>\""));
    }
}
