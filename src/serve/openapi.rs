//! The OpenAPI document, made from the operations themselves: what is in it cannot be out of date.

mod schemas;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use self::schemas::Schemas;
use crate::domain::token::scope_of;
use crate::domain::user::Permission;
use crate::ops::capabilities::{ALL, Capability, STREAMS, StreamCapability};
use crate::protocol::{
    ABOUT, AS_HEADER, About, DOCTOR, DRY_RUN_HEADER, Examine, KEY_HEADER, OPS, REQUEST_ID_HEADER, VERSION, VERSION_HEADER,
};
use crate::protocol::{PROTOCOL, STREAMS as STREAMS_PATH};
use crate::target::doctor;

/// The document as `/openapi.json` gives it out.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| document().to_string())
}

/// The document: OpenAPI 3.1, whose schemas are JSON Schema 2020-12.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = fixed_paths(&mut schemas);
    paths.extend(ALL.iter().map(|capability| (format!("{OPS}{}", capability.operation), operation(capability, &mut schemas))));
    paths.extend(STREAMS.iter().map(|capability| (format!("{STREAMS_PATH}{}", capability.stream), stream(capability, &mut schemas))));
    let schemas = schemas.into_components(&mut paths);
    let names = ALL.iter().map(|known| known.operation).chain(STREAMS.iter().map(|known| known.stream));
    let nouns: BTreeSet<&str> = names.map(noun).chain(["server"]).collect();
    let tags: Vec<Value> = nouns.into_iter().map(|noun| json!({ "name": noun })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "deskctl",
            "version": VERSION,
            "description": ABOUT_THE_API,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "security": [{ "bearer": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "description": "A token of deskctl tokens create." } },
            "parameters": parameters(),
            "headers": answer_headers(),
            "responses": refusals(),
            "schemas": schemas,
        },
    })
}

const ABOUT_THE_API: &str = "What the deskctl command does with a server, anyone may do: each operation is one POST of its arguments.\n\n\
    Fields that are null may be left out. Unknown operations and fields are refused; answers may have more fields than are described \
    here. Errors carry a stable `code` and the exit code of the command line.\n\n\
    A text's `maxLength` counts bytes of UTF-8; no text holds a NUL. A list names each thing once.";

/// The word of a name before its first dot.
fn noun(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// What a call asks for, and what it is for: the text of its arguments' schema, which is the operation's own comment.
fn described(name: &str, writes: bool, needs: Permission, arguments: &mut Value) -> Map<String, Value> {
    let text = arguments.as_object_mut().and_then(|schema| schema.remove("description"));
    let text = text.as_ref().and_then(Value::as_str).unwrap_or_default();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let summary = line.split_once(". ").map_or(line.as_str(), |(first, _)| first).trim_end_matches('.');
    let needs = format!("Needs {}; a token needs the scope `{}`.", needs.name(), scope_of(name, writes));
    Map::from_iter([
        ("operationId".to_owned(), name.into()),
        ("tags".to_owned(), json!([noun(name)])),
        ("summary".to_owned(), summary.into()),
        ("description".to_owned(), format!("{text}\n\n{needs}").into()),
    ])
}

/// A body of JSON; where nothing is required, none is.
fn body(arguments: Value) -> Value {
    let required = arguments.get("required").is_some();
    json!({ "required": required, "content": { "application/json": { "schema": arguments } } })
}

fn operation(capability: &Capability, schemas: &mut Schemas) -> Value {
    let mut arguments = schemas.request(capability.arguments);
    let mut call = described(capability.operation, capability.writes, capability.needs, &mut arguments);
    let headers: &[&str] = if capability.writes { &["As", "DryRun", "IdempotencyKey"] } else { &["As"] };
    let reply = reply(schemas.answer(capability.output));
    call.insert("parameters".into(), header_refs(headers));
    call.insert("requestBody".into(), body(arguments));
    call.insert("responses".into(), answers(success("application/json", reply)));
    json!({ "post": call })
}

/// Lines of JSON. The whole of them is no JSON, so that its form is told as that of a text's content.
fn stream(capability: &StreamCapability, schemas: &mut Schemas) -> Value {
    let mut arguments = schemas.request(capability.arguments);
    let mut call = described(capability.stream, false, capability.needs, &mut arguments);
    let line = json!({
        "description": "A line; empty ones, now and then, say that the server is at work. The last one is `end` or `error`: \
            without it the stream was cut off.",
        "oneOf": [
            single("item", schemas.answer(capability.item)),
            single("end", reply(schemas.answer(capability.end))),
            { "$ref": "#/components/schemas/Error" },
        ],
    });
    let lines = json!({ "type": "string", "contentMediaType": "application/x-ndjson", "contentSchema": line });
    call.insert("parameters".into(), header_refs(&["As"]));
    call.insert("requestBody".into(), body(arguments));
    call.insert("responses".into(), answers(success("application/x-ndjson", lines)));
    json!({ "post": call })
}

/// An object with this one field.
fn single(name: &str, schema: Value) -> Value {
    json!({ "type": "object", "properties": { name: schema }, "required": [name] })
}

/// An output with what belongs to every one.
fn reply(output: Value) -> Value {
    json!({
        "type": "object",
        "properties": {
            "output": output,
            "zone": { "type": "string", "description": "The account's time zone, for those who show local times." },
            "notices": { "type": "array", "items": { "type": "string" }, "description": "What the user should be told besides." },
        },
        "required": ["output", "zone", "notices"],
    })
}

fn success(media_type: &str, schema: Value) -> Value {
    json!({ "description": "Done", "headers": header_refs_of_answers(&[]), "content": { media_type: { "schema": schema } } })
}

fn header_refs(names: &[&str]) -> Value {
    let always = ["Version", "RequestId"];
    names.iter().chain(&always).map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}

fn header_refs_of_answers(names: &[&str]) -> Value {
    let refer = |name: &str| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    names.iter().copied().chain([VERSION_HEADER, REQUEST_ID_HEADER]).map(refer).collect::<Map<_, _>>().into()
}

/// Headers of requests, by the names under which operations refer to them.
fn parameters() -> Value {
    let header = |name: &str, schema: Value, description: &str| json!({ "name": name, "in": "header", "schema": schema, "description": description });
    let text = || json!({ "type": "string" });
    json!({
        "As": header(AS_HEADER, text(), "Acts as this user, by email address: for super admins' tokens with the scope `impersonate`."),
        "DryRun": header(DRY_RUN_HEADER, json!({ "type": "boolean" }), "A rehearsal: run, shown and rolled back."),
        "IdempotencyKey": header(KEY_HEADER, text(), "The same key with the same arguments brings the first answer again, for 30 days."),
        "Version": header(VERSION_HEADER, text(), "The client's version; errors about what a server does not know tell both."),
        "RequestId": header(REQUEST_ID_HEADER, text(), "An id of the client's own: up to 64 letters, digits, `-` and `_`."),
    })
}

/// Headers of answers.
fn answer_headers() -> Value {
    json!({
        VERSION_HEADER: { "schema": { "type": "string" }, "description": "The server's version." },
        REQUEST_ID_HEADER: { "schema": { "type": "string" }, "description": "The request's id, as in the server's log." },
        "retry-after": { "schema": { "type": "integer", "minimum": 1 }, "description": "When to come again, in seconds." },
        "www-authenticate": { "schema": { "type": "string" } },
    })
}

/// What an operation may answer besides: status, name, description, and a header of its own.
const REFUSALS: &[(u16, &str, &str, &[&str])] = &[
    (400, "BadRequest", "The arguments are wrong (exit 2)", &[]),
    (401, "NotAuthenticated", "No valid token came with the request (exit 4)", &["www-authenticate"]),
    (403, "NotPermitted", "The user or the token may not do this (exit 4)", &[]),
    (404, "NotFound", "There is no such thing, or no such operation (exit 5)", &[]),
    (409, "Refused", "A rule of the domain is against it (exit 6), or something stands in the way (exits 3, 8, 9, 10)", &[]),
    (413, "TooLarge", "The body is too large (exit 2)", &[]),
    (415, "WrongMediaType", "The body is no uncompressed application/json (exit 2)", &[]),
    (423, "Locked", "Something else is at work on the same thing (exit 11)", &[]),
    (429, "TooMany", "Too many requests (exit 7)", &["retry-after"]),
    (500, "Failed", "The server failed; its log says why (exit 1)", &[]),
    (503, "Unavailable", "The store could not be reached, or the time was up (exit 7)", &[]),
];

fn refusals() -> Value {
    let refusal = |(_, name, description, headers): &(u16, &str, &str, &[&str])| {
        let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } });
        let response = json!({ "description": description, "headers": header_refs_of_answers(headers), "content": content });
        ((*name).to_owned(), response)
    };
    REFUSALS.iter().map(refusal).collect::<Map<_, _>>().into()
}

/// All the answers of a call that comes with a token.
fn answers(success: Value) -> Value {
    let refer = |(status, name, ..): &(u16, &str, &str, &[&str])| (status.to_string(), refusal_ref(name));
    [("200".to_owned(), success)].into_iter().chain(REFUSALS.iter().map(refer)).collect::<Map<_, _>>().into()
}

fn refusal_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/responses/{name}") })
}

/// The paths that are no operations.
fn fixed_paths(schemas: &mut Schemas) -> Map<String, Value> {
    let status = |text: &str| json!({ "type": "object", "properties": { "status": { "const": text } }, "required": ["status"] });
    let json_type = "application/json";
    let metrics = success("application/openmetrics-text", json!({ "type": "string" }));
    let mut ready = open_to_all("ready", "Whether the store answers", success(json_type, status("ready")));
    ready["get"]["responses"]["503"] = json!({ "description": "Not now", "content": { json_type: { "schema": status("unready") } } });
    let about = schemas.answer(|generator| generator.subschema_for::<About>());
    let paths = [
        ("/health", open_to_all("health", "Whether the server is there", success(json_type, status("ok")))),
        ("/ready", ready),
        ("/metrics", open_to_all("metrics", "Counts and times in Prometheus' text form", metrics)),
        ("/openapi.json", open_to_all("openapi", "This document", success(json_type, json!({ "type": "object" })))),
        (ABOUT, open_to_all("about", "The server's version, protocol, operations and streams", success(json_type, about))),
        (DOCTOR, doctor_path(schemas)),
    ];
    paths.into_iter().map(|(path, item)| (path.to_owned(), item)).collect()
}

/// A path that needs no token: it tells nothing of the account.
fn open_to_all(id: &str, summary: &str, success: Value) -> Value {
    let responses = json!({ "200": success, "400": refusal_ref("BadRequest"), "403": refusal_ref("NotPermitted") });
    json!({ "get": { "operationId": id, "tags": ["server"], "summary": summary, "security": [], "responses": responses } })
}

fn doctor_path(schemas: &mut Schemas) -> Value {
    let mut arguments = schemas.request(Examine::json_schema);
    let mut call = described("store.doctor", false, Permission::SuperAdmin, &mut arguments);
    let findings = schemas.answer(|generator| generator.subschema_for::<Vec<doctor::Finding>>());
    call["tags"] = json!(["server"]);
    call.insert("parameters".into(), header_refs(&["As"]));
    call.insert("requestBody".into(), body(arguments));
    call.insert("responses".into(), answers(success("application/json", findings)));
    json!({ "post": call })
}

/// The number in the paths is the one that the document is of.
const _: () = assert!(PROTOCOL == 1);

#[cfg(test)]
mod tests;
