//! The document is whole, and says what the server does.

use std::collections::BTreeSet;

use super::*;
use crate::error::Error;
use crate::protocol;

/// Everything in a document, with the key it stands under.
fn walk<'v>(value: &'v Value, seen: &mut impl FnMut(&'v str, &'v Value)) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            seen(key, value);
            walk(value, seen);
        }),
        Value::Array(items) => items.iter().for_each(|item| walk(item, seen)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_everything_is_referred_to() {
    let document = document();
    let mut referred: BTreeSet<&str> = BTreeSet::new();
    walk(&document, &mut |key, value| {
        if key == "$ref" {
            let target = value.as_str().unwrap();
            assert!(document.pointer(target.strip_prefix('#').unwrap()).is_some(), "{target} leads nowhere");
            referred.insert(target);
        }
    });
    for kind in ["schemas", "parameters", "headers", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            assert!(referred.contains(format!("#/components/{kind}/{name}").as_str()), "nothing refers to the {kind} {name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{name} is no name of a component");
        }
    }
}

#[test]
fn every_operation_and_stream_is_there() {
    let document = document();
    let listed = ALL.iter().map(|known| (OPS, known.operation)).chain(STREAMS.iter().map(|known| (STREAMS_PATH, known.stream)));
    for (path, name) in listed {
        let call = &document["paths"][format!("{path}{name}")]["post"];
        assert_eq!(call["operationId"], name);
        assert!(!call["summary"].as_str().unwrap().is_empty(), "{name} has no comment to tell what it does");
        assert_eq!(call["requestBody"]["content"]["application/json"]["schema"]["additionalProperties"], false, "{name}");
    }
    assert_eq!(document["paths"].as_object().unwrap().len(), ALL.len() + STREAMS.len() + 6);
    let mut ids = BTreeSet::new();
    walk(&document["paths"], &mut |key, value| {
        assert!(key != "operationId" || ids.insert(value.as_str().unwrap()), "{value} is there twice")
    });
    let tags = document["tags"].as_array().unwrap();
    let tags: Vec<&str> = tags.iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut used = BTreeSet::new();
    walk(&document["paths"], &mut |key, value| {
        if key == "tags" {
            used.insert(value[0].as_str().unwrap());
        }
    });
    assert_eq!(tags, Vec::from_iter(used));
}

#[test]
fn every_schema_is_one() {
    let document = document();
    let mut count = 0;
    let mut check = |schema: &Value| {
        if let Err(error) = jsonschema::meta::validate(schema) {
            panic!("{schema} is no schema: {error}");
        }
        count += 1;
    };
    document["components"]["schemas"].as_object().unwrap().values().for_each(&mut check);
    walk(&document["paths"], &mut |key, value| {
        if ["schema", "contentSchema"].contains(&key) {
            check(value);
        }
    });
    assert!(count > ALL.len(), "{count}");
}

#[test]
fn it_is_the_same_each_time() {
    assert_eq!(document().to_string(), text());
    assert_eq!(document()["info"]["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn errors_are_as_it_says() {
    let document = document();
    let validator = jsonschema::validator_for(&document["components"]["schemas"]["Error"]).unwrap();
    let error = Error::refused("kind_cannot_move", "M8", "it cannot move").hint("do it by hand").detail("steps", vec!["one"]);
    assert!(validator.is_valid(&protocol::error_body(&error, "r1")));
    assert!(!validator.is_valid(&error.to_json()), "without the request's id it is another error");
    for (code, exit) in [("x", crate::error::Exit::Refused), ("rate_limited", crate::error::Exit::Unreachable)] {
        let status = protocol::status_of(&Error::new(exit, code, "no")).to_string();
        assert!(document["paths"]["/deskctl/v1/ops/channels.list"]["post"]["responses"].get(&status).is_some(), "{status}");
    }
}
