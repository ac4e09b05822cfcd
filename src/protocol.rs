//! What a deskctl server and its clients have agreed on: paths, headers, and the form of answers and errors.
//!
//! Within one protocol number both may be of different versions. A server refuses operations and fields that it does not
//! know; a client leaves fields that say nothing out, and ignores what an answer says beyond what it knows. Whatever is
//! added later is therefore optional on both sides; whatever cannot be, raises the number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::error::{BROKEN_PIPE, Error, Exit};

/// The number in every path.
pub const PROTOCOL: u32 = 1;
/// This program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub const OPS: &str = "/deskctl/v1/ops/";
pub const STREAMS: &str = "/deskctl/v1/streams/";
pub const DOCTOR: &str = "/deskctl/v1/doctor";
/// What the server is: version, protocol, operations.
pub const ABOUT: &str = "/deskctl/v1/about";

/// The version of whoever sends the message.
pub const VERSION_HEADER: &str = "deskctl-version";
/// The email address of the user to act as.
pub const AS_HEADER: &str = "deskctl-as";
/// `true` for a rehearsal.
pub const DRY_RUN_HEADER: &str = "deskctl-dry-run";
pub const KEY_HEADER: &str = "idempotency-key";
/// How keys begin that a client makes up by itself, to be able to ask again after a broken connection.
pub const AUTOMATIC_KEY: &str = "auto-";
pub const REQUEST_ID_HEADER: &str = "x-request-id";

/// The answer to an operation, and the last line of a stream.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reply<T> {
    pub output: T,
    pub zone: String,
    #[serde(default)]
    pub notices: Vec<String>,
}

/// One line of a stream; instead of an end there may be an error, as answers have it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line<I, E> {
    Item(I),
    /// Everything is out. A stream without it was cut off.
    End(Reply<E>),
}

/// A line of a stream as a client reads it: servers of later versions may say more in it, and write lines of other kinds.
#[derive(Debug, Deserialize)]
pub struct ReadLine<I, E> {
    pub item: Option<I>,
    pub end: Option<Reply<E>>,
    pub error: Option<Value>,
}

/// What a server says about itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct About {
    pub version: String,
    pub protocol: u32,
    pub operations: Vec<String>,
    pub streams: Vec<String>,
}

/// Runs the server's own checks of its store and its machine.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Examine {
    /// Takes the time to read everything.
    #[serde(default)]
    pub full: bool,
}

/// The HTTP status that goes with an error.
pub fn status_of(error: &Error) -> u16 {
    match (error.exit(), error.code()) {
        (_, "not_authenticated") => 401,
        (_, "rate_limited" | "too_busy") => 429,
        (_, "body_too_large") => 413,
        (_, "unsupported_media_type") => 415,
        (_, "timed_out") => 503,
        (Exit::Usage, _) => 400,
        (Exit::Denied, _) => 403,
        (Exit::NotFound, _) => 404,
        (Exit::Refused | Exit::Blocked | Exit::Pending | Exit::Unsupported | Exit::Partly, _) => 409,
        (Exit::Locked, _) => 423,
        (Exit::Unreachable | Exit::Interrupted, _) => 503,
        (Exit::Failed | Exit::Done, _) => 500,
    }
}

/// An error as servers write it: what the command line shows, the exit code, and the request's id. Causes stay in the log (G13).
pub fn error_body(error: &Error, request_id: &str) -> Value {
    let mut body = json!({ "code": error.code(), "message": error.message() });
    if let Some(hint) = error.hint_text() {
        body["hint"] = hint.into();
    }
    if !error.details().is_empty() {
        body["details"] = Value::Object(error.details().clone());
    }
    body["exit"] = error.exit().code().into();
    body["request_id"] = request_id.into();
    json!({ "error": body })
}

/// The error that a server wrote as its answer.
pub fn read_error(body: &Value) -> Option<Error> {
    read_error_itself(body.get("error")?)
}

/// The error without the object around it. One that ends well is none: whatever wrote it, it was no deskctl server.
pub fn read_error_itself(error: &Value) -> Option<Error> {
    let text = |key: &str| error.get(key).and_then(Value::as_str);
    if error.get("exit").and_then(Value::as_u64) == Some(Exit::Done.code().into()) || text("code") == Some(BROKEN_PIPE) {
        return None;
    }
    let exit = error.get("exit").and_then(Value::as_u64).and_then(|code| Exit::from_code(u8::try_from(code).ok()?)).unwrap_or(Exit::Failed);
    let read = Error::new(exit, text("code")?.to_owned(), text("message")?);
    let read = match text("hint") {
        Some(hint) => read.hint(hint),
        None => read,
    };
    let none = Map::new();
    let details = error.get("details").and_then(Value::as_object).unwrap_or(&none);
    let read = details.iter().fold(read, |read, (key, value)| read.detail(key, value.clone()));
    // Of use to whoever asks the server's administrator what went wrong.
    match (exit, text("request_id")) {
        (Exit::Failed | Exit::Unreachable, Some(id)) => Some(read.detail("request_id", id)),
        _ => Some(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_survives_the_wire() {
        let error = Error::refused("kind_cannot_move", "M8", "it cannot move").hint("do it by hand").detail("steps", vec!["one", "two"]);
        let read = read_error(&error_body(&error, "r1")).unwrap();
        assert_eq!(read.to_json(), error.to_json());
        assert_eq!((read.exit(), status_of(&read)), (Exit::Refused, 409));
    }

    #[test]
    fn the_last_line_of_a_stream_is_an_error_like_any_other() {
        let error = Error::refused("kind_cannot_move", "M8", "it cannot move").detail("steps", vec!["one"]);
        let line: ReadLine<Value, Value> = serde_json::from_value(error_body(&error, "r1")).unwrap();
        assert!(line.item.is_none() && line.end.is_none());
        let told = line.error.unwrap();
        assert_eq!(told["request_id"], "r1");
        assert_eq!(read_error_itself(&told).unwrap().to_json(), error.to_json());
    }

    #[test]
    fn g13_causes_stay_behind() {
        let error = Error::unexpected(anyhow::anyhow!("SELECT secret").context("a statement failed"));
        assert!(!error_body(&error, "r1").to_string().contains("SELECT"));
    }
}
