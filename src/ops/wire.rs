//! Operations and streams as a server carries them: by name, from JSON to JSON.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::de::DeserializeOwned;

use super::{Answer, Call, Local, Operation, Stream, bounds};
use crate::error::{Error, Result};
use crate::protocol::{Line, Reply, VERSION};

/// The arguments as they came.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    pub json: &'a [u8],
    /// The version of whoever wrote them, where it is known.
    pub version: Option<&'a str>,
}

/// Runs the operation that these are the arguments of, and gives the answer as JSON.
pub fn run<O: Operation>(local: &mut Local, arguments: Arguments<'_>, call: &Call) -> Result<Vec<u8>> {
    bounds::check::<O>(O::NAME, arguments.json)?;
    let operation: O = parse(O::NAME, arguments)?;
    let answer = local.run(operation, call)?;
    serde_json::to_vec(&reply(answer)).map_err(Error::unexpected)
}

/// Gives out the stream that these are the arguments of: a line of JSON for each item, and one for the end.
pub fn stream<S: Stream>(
    local: &mut Local,
    arguments: Arguments<'_>,
    call: &Call,
    stop: &Arc<AtomicBool>,
    line: &mut dyn FnMut(Vec<u8>) -> Result<()>,
) -> Result<()> {
    bounds::check::<S>(S::NAME, arguments.json)?;
    let stream: S = parse(S::NAME, arguments)?;
    let answer = local.stream(stream, call, stop, &mut |item| line(to_line::<S>(&Line::Item(item))?))?;
    line(to_line::<S>(&Line::End(reply(answer)))?)
}

fn reply<T>(answer: Answer<T>) -> Reply<T> {
    Reply { output: answer.output, zone: answer.zone, notices: answer.notices }
}

fn to_line<S: Stream>(line: &Line<S::Item, S::End>) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec(line).map_err(Error::unexpected)?;
    text.push(b'\n');
    Ok(text)
}

/// Reads arguments. Nothing is ignored: a field that this version does not know may be the one that matters.
pub fn parse<T: DeserializeOwned>(name: &str, arguments: Arguments<'_>) -> Result<T> {
    let json = if arguments.json.trim_ascii().is_empty() { b"{}" } else { arguments.json };
    let mut unknown = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let parsed = serde_ignored::deserialize(&mut deserializer, |path| unknown.push(path.to_string()))
        .and_then(|parsed| deserializer.end().map(|()| parsed));
    match (parsed, unknown.as_slice()) {
        (Ok(parsed), []) => Ok(parsed),
        (Ok(_), fields) => Err(versions(Error::usage("unknown_field", format!("{name} has no field {}", fields.join(", "))), arguments)
            .detail("fields", fields)),
        (Err(error), _) => {
            // serde itself refuses unknown fields beside flattened ones.
            let code = if error.to_string().starts_with("unknown field") { "unknown_field" } else { "bad_arguments" };
            Err(versions(Error::usage(code, format!("these are no arguments of {name}: {error}")), arguments))
        }
    }
}

/// Both versions, since the difference may be the reason.
pub fn versions(error: Error, arguments: Arguments<'_>) -> Error {
    let client = arguments.version.unwrap_or("unknown");
    error
        .hint(format!("the server is deskctl {VERSION}, the client is deskctl {client}; GET /openapi.json describes what the server knows"))
        .detail("server_version", VERSION)
        .detail("client_version", client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::channels::List;
    use crate::protocol::Examine;

    fn parsed(json: &str) -> Result<List> {
        parse("channels.list", Arguments { json: json.as_bytes(), version: Some("9.9.9") })
    }

    #[test]
    fn an_unknown_field_is_refused_with_both_versions() {
        let error = parsed(r#"{"inbox": null, "kind": null, "movable": false, "colour": 1}"#).unwrap_err();
        assert_eq!(error.code(), "unknown_field");
        assert!(error.message().contains("colour"));
        assert!(error.hint_text().unwrap().contains("9.9.9") && error.hint_text().unwrap().contains(VERSION));
    }

    #[test]
    fn nothing_at_all_is_what_goes_without_saying() {
        let examine = |json: &str| parse::<Examine>("doctor", Arguments { json: json.as_bytes(), version: None });
        assert!(!examine("").unwrap().full && !examine("{}").unwrap().full && examine(r#"{"full": true}"#).unwrap().full);
        assert_eq!(examine(r#"{"deep": true}"#).unwrap_err().code(), "unknown_field");
        assert_eq!(examine(r#"{"full": "yes"}"#).unwrap_err().code(), "bad_arguments");
    }

    #[test]
    fn g10_nesting_is_bounded() {
        let deep = format!("{{\"inbox\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parsed(&deep).unwrap_err().code(), "bad_arguments");
        assert_eq!(parsed("{} {}").unwrap_err().code(), "bad_arguments");
    }
}
