use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct File {
    name: String,
    #[schemars(length(max = 20))]
    short: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Html {
    Is(bool),
    Markup(#[schemars(length(max = 2_000))] String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Sent {
    #[schemars(length(max = 3))]
    few: Vec<i64>,
    ids: Vec<i64>,
    files: Vec<File>,
    html: Option<Html>,
    set: BTreeMap<String, String>,
    free: serde_json::Map<String, Value>,
    #[schemars(inner(length(max = 5)))]
    words: Vec<String>,
    inner: Option<Box<Sent>>,
}

fn checked(json: &Value) -> Result<(), (String, What)> {
    let bounds = of::<Sent>(Stated { lists: true });
    bounds.check(json.to_string().as_bytes()).map_err(|exceeded| (exceeded.field, exceeded.what))
}

fn text(bytes: usize) -> String {
    "x".repeat(bytes)
}

#[test]
fn g23_every_place_has_its_bound() {
    let map = |count: usize| (0..count).map(|n| (n.to_string(), "x".into())).collect::<serde_json::Map<String, Value>>();
    let list = |count: usize| vec![1; count];
    let cases = [
        ("few", json!({ "few": list(3) }), json!({ "few": list(4) }), What::List(3)),
        ("ids", json!({ "ids": list(ITEMS) }), json!({ "ids": list(ITEMS + 1) }), What::List(ITEMS)),
        (
            "files[1].name",
            json!({ "files": [{}, { "name": text(NAME) }] }),
            json!({ "files": [{}, { "name": text(NAME + 1) }] }),
            What::Text(NAME),
        ),
        ("files[0].short", json!({ "files": [{ "short": text(20) }] }), json!({ "files": [{ "short": text(21) }] }), What::Text(20)),
        ("html", json!({ "html": text(2_000) }), json!({ "html": text(2_001) }), What::Text(2_000)),
        ("set.a", json!({ "set": { "a": text(NAME) } }), json!({ "set": { "a": text(NAME + 1) } }), What::Text(NAME)),
        ("set", json!({ "set": map(ITEMS) }), json!({ "set": map(ITEMS + 1) }), What::Map(ITEMS)),
        ("free", json!({ "free": map(ITEMS) }), json!({ "free": map(ITEMS + 1) }), What::Map(ITEMS)),
        (
            "free.a[0].b",
            json!({ "free": { "a": [{ "b": text(LONG) }] } }),
            json!({ "free": { "a": [{ "b": text(LONG + 1) }] } }),
            What::Text(LONG),
        ),
        ("free.a", json!({ "free": { "a": list(ITEMS) } }), json!({ "free": { "a": list(ITEMS + 1) } }), What::List(ITEMS)),
        ("words[0]", json!({ "words": [text(5)] }), json!({ "words": [text(6)] }), What::Text(5)),
        (
            "inner.inner.few",
            json!({ "inner": { "inner": { "few": list(3) } } }),
            json!({ "inner": { "inner": { "few": list(4) } } }),
            What::List(3),
        ),
        ("set", json!({ "set": { text(NAME): "" } }), json!({ "set": { text(NAME + 1): "" } }), What::Text(NAME)),
        // Bytes count, not characters.
        (
            "files[0].name",
            json!({ "files": [{ "name": "ł".repeat(500) }] }),
            json!({ "files": [{ "name": "ł".repeat(501) }] }),
            What::Text(NAME),
        ),
        ("free.a", json!({ "free": { "a": "b" } }), json!({ "free": { "a": "b\0" } }), What::Nul),
        ("html", json!({ "html": true }), json!({ "html": "\0" }), What::Nul),
        ("", json!({}), json!({ "a\0": 1 }), What::Nul),
    ];
    for (field, fits, exceeds, what) in cases {
        assert_eq!(checked(&fits), Ok(()), "{field}");
        assert_eq!(checked(&exceeds), Err((field.to_owned(), what)));
    }
}

#[test]
fn what_is_no_json_is_left_to_its_reader() {
    let bounds = of::<Sent>(Stated { lists: true });
    let deep = "[".repeat(100_000);
    for json in ["", "{", "null", "7", "[]", r#"{"few": "x"}"#, deep.as_str()] {
        assert_eq!(bounds.check(json.as_bytes()), Ok(()), "{json:.20}");
    }
    // What comes before it counts.
    assert!(bounds.check(br#"{"few": [1, 2, 3, 4"#).is_err());
}

#[test]
fn the_lists_of_documents_have_no_bound_but_their_own() {
    let bounds = of::<Sent>(Stated { lists: false });
    let check = |json: Value| bounds.check(json.to_string().as_bytes());
    assert_eq!(check(json!({ "ids": vec![1; 5_000], "free": { "a": vec![1; 5_000] } })), Ok(()));
    assert!(check(json!({ "few": [1, 2, 3, 4] })).is_err());
    assert!(check(json!({ "words": vec!["x"; 5_000] })).is_ok());
}

#[test]
fn half_a_character_is_none() {
    assert_eq!((cut("żółw", 3), cut("żółw", 100), cut("ab", 1)), ("ż", "żółw", "a"));
    assert_eq!(distinct(&[3, 1, 3, 2, 1]), [3, 1, 2]);
}
