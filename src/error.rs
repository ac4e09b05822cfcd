//! The one error type: a stable code, the exit code of the command line, what happened, and what to do next.

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value, json};

/// The result of nearly everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the process exits with; scripts depend on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Partly = 3,
    Denied = 4,
    NotFound = 5,
    Refused = 6,
    Unreachable = 7,
    Pending = 8,
    Unsupported = 9,
    Blocked = 10,
    Locked = 11,
    Interrupted = 130,
}

impl Exit {
    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Option<Exit> {
        use Exit::*;
        let all = [Done, Failed, Usage, Partly, Denied, NotFound, Refused, Unreachable, Pending, Unsupported, Blocked, Locked, Interrupted];
        all.into_iter().find(|exit| exit.code() == code)
    }
}

/// An error that a person or a script can act on. Kept behind a box: errors are rare and large.
pub struct Error(Box<Inner>);

struct Inner {
    code: Cow<'static, str>,
    exit: Exit,
    message: String,
    hint: Option<String>,
    details: Map<String, Value>,
    source: Option<anyhow::Error>,
    retryable: bool,
}

impl Error {
    /// `code` is stable and machine-readable; `message` says what happened, to what, and why.
    pub fn new(exit: Exit, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            code: code.into(),
            exit,
            message: message.into(),
            hint: None,
            details: Map::new(),
            source: None,
            retryable: false,
        }))
    }

    pub fn usage(code: &'static str, message: impl Into<String>) -> Error {
        Error::new(Exit::Usage, code, message)
    }
    pub fn denied(code: &'static str, message: impl Into<String>) -> Error {
        Error::new(Exit::Denied, code, message)
    }
    pub fn not_found(code: &'static str, message: impl Into<String>) -> Error {
        Error::new(Exit::NotFound, code, message)
    }
    /// A rule of the domain says no; `rule` is its id in the documentation (M8, H2 …).
    pub fn refused(code: &'static str, rule: &str, message: impl Into<String>) -> Error {
        Error::new(Exit::Refused, code, message).detail("rule", rule)
    }
    pub fn failed(code: &'static str, message: impl Into<String>) -> Error {
        Error::new(Exit::Failed, code, message)
    }
    /// Something that should not happen: the cause chain is kept and shown.
    pub fn unexpected(source: impl Into<anyhow::Error>) -> Error {
        let source = source.into();
        let mut error = Error::new(Exit::Failed, "unexpected", source.to_string());
        error.0.source = Some(source);
        error
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.0.hint = Some(hint.into());
        self
    }
    pub fn detail(mut self, key: &str, value: impl Into<Value>) -> Error {
        self.0.details.insert(key.to_owned(), value.into());
        self
    }
    pub fn caused_by(mut self, source: impl Into<anyhow::Error>) -> Error {
        self.0.source = Some(source.into());
        self
    }
    /// Marks a failure that running the same transaction again may cure.
    pub fn retryable(mut self) -> Error {
        self.0.retryable = true;
        self
    }

    pub fn code(&self) -> &str {
        &self.0.code
    }
    pub fn exit(&self) -> Exit {
        self.0.exit
    }
    pub fn message(&self) -> &str {
        &self.0.message
    }
    pub fn hint_text(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
    pub fn details(&self) -> &Map<String, Value> {
        &self.0.details
    }
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// The chain below this error, outermost first, without repeating the message itself.
    pub fn causes(&self) -> Vec<String> {
        let Some(source) = &self.0.source else { return Vec::new() };
        let mut causes: Vec<String> = source.chain().map(ToString::to_string).collect();
        causes.dedup();
        // What the message says already need not be said again.
        causes.retain(|cause| !self.0.message.contains(cause.as_str()));
        causes
    }

    /// The object that scripts read on stderr.
    pub fn to_json(&self) -> Value {
        let mut error = json!({ "code": self.code(), "message": self.message() });
        if let Some(hint) = self.hint_text() {
            error["hint"] = hint.into();
        }
        if !self.details().is_empty() {
            error["details"] = Value::Object(self.details().clone());
        }
        let causes = self.causes();
        if !causes.is_empty() {
            error["causes"] = causes.into();
        }
        json!({ "error": error })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.message)?;
        for cause in self.causes() {
            write!(f, "\n  caused by: {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<anyhow::Error> for Error {
    fn from(source: anyhow::Error) -> Error {
        match source.downcast::<Error>() {
            Ok(error) => error,
            Err(source) => Error::unexpected(source),
        }
    }
}

/// Names the file in an I/O failure, and tells the cases apart that a person can mend. What is an [`Error`] already stays it.
pub fn io_error(what: &str, path: &std::path::Path, source: std::io::Error) -> Error {
    use std::io::ErrorKind;
    let source = match source.downcast::<Error>() {
        Ok(error) => return error,
        Err(source) => source,
    };
    let message = format!("cannot {what} {}: {source}", path.display());
    let error = match source.kind() {
        ErrorKind::NotFound => Error::not_found("file_not_found", message),
        ErrorKind::PermissionDenied => Error::denied("file_permission", message),
        ErrorKind::StorageFull => Error::failed("disk_full", message).hint("free some space, then run the command again"),
        ErrorKind::ReadOnlyFilesystem => Error::failed("read_only", message).hint("name a place that can be written"),
        _ if source.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => {
            Error::failed("io", message).hint("check the disk, then run the command again (a migration: deskctl migrations resume)")
        }
        _ => Error::failed("io", message),
    };
    error.caused_by(source)
}

/// The code of the error that says that nobody reads stdout any more: exit 0, and nothing is said.
pub const BROKEN_PIPE: &str = "broken_pipe";

/// A failure to write data, as an error; a closed pipe is a quiet end.
pub fn write_error(source: std::io::Error) -> Error {
    let source = match source.downcast::<Error>() {
        Ok(error) => return error,
        Err(source) => source,
    };
    match source.kind() {
        std::io::ErrorKind::BrokenPipe => Error::new(Exit::Done, BROKEN_PIPE, "the reader of the output is gone"),
        std::io::ErrorKind::StorageFull => Error::failed("disk_full", format!("cannot write the output: {source}")),
        _ => Error::failed("io", format!("cannot write the output: {source}")).caused_by(source),
    }
}

/// The nearest names to what was typed, for "did you mean"; only ever called with names the user may see.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let typed = typed.to_lowercase();
    let mut scored: Vec<(f64, &str)> =
        names.into_iter().map(|name| (similarity(&typed, &name.to_lowercase()), name)).filter(|(score, _)| *score > 0.72).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// From 0 to 1. In short words two letters that changed places are too much for Jaro and Winkler.
fn similarity(typed: &str, name: &str) -> f64 {
    let swapped = typed.chars().count() > 2 && strsim::osa_distance(typed, name) == 1;
    strsim::jaro_winkler(typed, name).max(if swapped { 0.8 } else { 0.0 })
}

/// A `not_found` error with the nearest names as its hint.
pub fn unknown<'a>(code: &'static str, what: &str, typed: &str, names: impl IntoIterator<Item = &'a str>) -> Error {
    let error = Error::not_found(code, format!("there is no {what} \"{typed}\""));
    let near = nearest(typed, names);
    match near.as_slice() {
        [] => error,
        [one] => error.hint(format!("did you mean \"{one}\"?")).detail("nearest", near),
        many => error.hint(format!("did you mean one of \"{}\"?", many.join("\", \""))).detail("nearest", near),
    }
}
