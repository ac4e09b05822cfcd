//! Custom properties, deals, followers and mentions in an account's document (H9, H12).

use serde_json::{Value, json};

use super::documents::{complete, put};
use super::{Place, count, deskctl, export, load};

/// With a comment that names a colleague.
fn with_comment() -> Value {
    let mut document = complete();
    let comment =
        json!({ "direction": "comment", "author": "bob@example.com", "at": "2026-01-03T09:00:00Z", "text": "@anna", "mentions": ["u1"] });
    let messages = document.pointer_mut("/conversations/0/messages").unwrap();
    messages.as_array_mut().unwrap().push(comment);
    document
}

#[test]
fn what_belongs_to_tickets_is_loaded_and_written_back_to_the_same_bytes() {
    let place = Place::new();
    let mut exports = Vec::new();
    for target in place.on_each_engine() {
        load(&target, &with_comment().to_string()).ok();
        let shown: Value = serde_json::from_str(&deskctl(&target, &["tickets", "show", "1", "-o", "json"]).ok()).unwrap();
        assert_eq!((&shown["region"], &shown["promised"]), (&json!("South"), &json!("2026-02-01T09:00:00Z")));
        assert_eq!((&shown["paid"], &shown["pieces"], &shown["deals"]), (&json!(true), &json!(-3), &json!(["Lamps", "More"])));
        assert_eq!(shown["followers"], json!(["bob@example.com"]));
        let exported = export(&target);
        let document: Value = serde_json::from_str(&exported).unwrap();
        let at = |pointer: &str| document.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!((at("/deals/0/amount"), at("/deals/0/company"), at("/deals/1/amount")), (json!("1200.50"), json!("co1"), Value::Null));
        assert_eq!((at("/tickets/0/deals"), at("/tickets/0/followers")), (json!(["d1", "d2"]), json!(["u2"])));
        assert_eq!(
            at("/tickets/0/properties"),
            json!({ "paid": true, "pieces": -3, "promised": "2026-02-01T09:00:00Z", "region": "South" })
        );
        assert_eq!((at("/conversations/0/messages/2/mentions"), at("/tickets/1/properties")), (json!(["u1"]), Value::Null));
        let copy = place.store(&format!("copy{}", exports.len()));
        load(&copy, &exported).ok();
        assert!(export(&copy) == exported, "the same bytes again");
        exports.push(document);
    }
    assert!(exports.iter().all(|export| *export == exports[0]), "the engines export alike");
    assert_eq!(count(&place.path("copy0.db"), "mentions"), 1);
}

#[test]
fn what_is_wrong_with_them_is_said_with_its_place() {
    let place = Place::new();
    let target = place.store("a");
    for (pointer, value, expected) in [
        ("/properties/0/name", json!("hs_region"), "properties[0] \"hs_region\": name: \"hs_region\" is the name of a property"),
        ("/properties/1/name", json!("region"), "properties[1] \"region\": name: \"region\" is that of properties[0] too"),
        ("/properties/0/options", json!([]), "properties[0] \"region\": options: an enumeration has options"),
        ("/properties/0/kind", json!("choice"), "properties[0]: unknown variant \"choice\""),
        ("/deals/0/amount", json!("1,5"), "deals[0] \"d1\": amount: \"1,5\" is no amount"),
        ("/deals/0/company", json!("co9"), "deals[0] \"d1\": company: no company \"co9\""),
        ("/deals/1/id", json!("d1"), "deals[1] \"d1\": id: was used before in this section"),
        ("/tickets/0/deals", json!(["d9"]), "tickets[0] \"t1\": deals: no deal \"d9\""),
        ("/tickets/0/followers", json!(["u9"]), "tickets[0] \"t1\": followers: no user \"u9\""),
        ("/tickets/0/properties/region", json!("West"), "tickets[0] \"t1\": properties.region: region is never \"West\""),
        ("/tickets/0/properties/size", json!("L"), "tickets[0] \"t1\": properties.size: there is no such custom property"),
        ("/conversations/0/messages/2/mentions", json!(["u9"]), "conversations[0] \"c1\": messages[2].mentions: no user \"u9\""),
        ("/conversations/0/ticket", Value::Null, "conversations[0] \"c1\": messages[2].mentions: the conversation has no ticket"),
    ] {
        let mut document = with_comment();
        put(&mut document, pointer, value);
        let error = load(&target, &document.to_string()).error();
        assert_eq!(error["code"], "bad_document", "{pointer}: {error}");
        assert!(error["message"].as_str().unwrap().contains(expected), "{pointer}:\n  {}\n  {expected}", error["message"]);
    }
}
