//! Answers: whether they are a deskctl server's, and what they say. Nothing of them is believed before that (G9, G10).

use std::io::{BufRead, BufReader, Read};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::blocking::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::retry::{Again, Carried, Failure};
use crate::error::{Error, Exit, Result};
use crate::protocol;
use crate::target::ServerUrl;

/// The longest answer to an operation, and the longest line of a stream, in bytes: more is no deskctl server (G10).
const LONGEST_ANSWER: u64 = 64 << 20;

pub const JSON: &str = "application/json";
pub const LINES: &str = "application/x-ndjson";

/// A whole answer to an operation.
pub fn read<T: DeserializeOwned>(url: &ServerUrl, response: Response) -> Result<T, Failure> {
    expect_kind(url, &response, JSON).map_err(Failure::lost)?;
    let body = read_whole(url, response).map_err(Failure::lost)?;
    parse(url, &body).map_err(|error| match error.exit() {
        Exit::Unreachable => Failure::lost(error),
        // It is the server's answer, and no other version of it will come.
        _ => Failure { error, again: Again::No, carried: Carried::Perhaps },
    })
}

/// What answers that is no deskctl server: a captive portal, a proxy, something else at that address.
fn no_server(url: &ServerUrl, what: &str) -> Error {
    let message = format!("{url} answered {what}, as no deskctl server does");
    Error::new(Exit::Unreachable, "no_deskctl_server", message)
        .hint("check the address (deskctl serve prints it when it starts), and that no proxy or login page stands before it")
}

/// An answer of this kind, as it is.
pub fn expect_kind(url: &ServerUrl, response: &Response, kind: &str) -> Result<()> {
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if let Some(coding) = header(CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(no_server(url, &format!("in {coding}")));
    }
    let said = header(CONTENT_TYPE).and_then(|value| value.split(';').next()).unwrap_or_default();
    if said.trim().eq_ignore_ascii_case(kind) {
        return Ok(());
    }
    let said = if said.is_empty() { format!("{} without a content type", response.status()) } else { format!("in {said}") };
    Err(no_server(url, &said))
}

fn cut_off(url: &ServerUrl, error: Option<std::io::Error>) -> Error {
    let cut = Error::new(Exit::Unreachable, "cut_off", format!("{url} broke the answer off before its end")).hint("run the command again");
    match error {
        Some(error) => cut.caused_by(error),
        None => cut,
    }
}

fn read_whole(url: &ServerUrl, response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    response.take(LONGEST_ANSWER + 1).read_to_end(&mut body).map_err(|error| cut_off(url, Some(error)))?;
    if body.len() as u64 > LONGEST_ANSWER {
        let message = format!("{url} answered with more than {} MiB", LONGEST_ANSWER >> 20);
        return Err(Error::failed("answer_too_long", message).hint("ask for less at a time (--limit)"));
    }
    Ok(body)
}

/// Broken JSON is nobody's answer; JSON that says something else is that of another version.
fn parse<T: DeserializeOwned>(url: &ServerUrl, body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| {
        if !error.is_data() {
            return no_server(url, "with broken JSON").caused_by(error);
        }
        let about = format!("{url} answered in a form that this deskctl {} does not know", protocol::VERSION);
        Error::failed("unknown_answer", about)
            .hint("compare the versions with deskctl doctor, and take the same one on both sides")
            .caused_by(error)
    })
}

/// What an answer other than 2xx means.
pub fn refused(url: &ServerUrl, response: Response, writes: bool) -> Failure {
    let status = response.status();
    let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let wait = wait.map(Duration::from_secs);
    if status.is_redirection() {
        return Failure::refused(redirected(url, &response));
    }
    let ours = expect_kind(url, &response, JSON).is_ok();
    let body = read_whole(url, response).ok().filter(|_| ours).and_then(|body| serde_json::from_slice::<Value>(&body).ok());
    match body.as_ref().and_then(protocol::read_error) {
        Some(error) => answered(status, wait, error, writes),
        None => strange(status, wait, no_server(url, &status.to_string())),
    }
}

/// An error that a deskctl server wrote.
fn answered(status: StatusCode, wait: Option<Duration>, error: Error, writes: bool) -> Failure {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Failure { again: Again::Later(wait), ..Failure::refused(error) },
        StatusCode::SERVICE_UNAVAILABLE if wait.is_some() => Failure { again: Again::Later(wait), ..Failure::lost(error) },
        StatusCode::SERVICE_UNAVAILABLE if writes && may_be_done(&error) => Failure::lost(error),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::LOCKED => Failure::refused(error),
        status if status.is_server_error() => Failure::refused(error),
        _ => Failure::told(error),
    }
}

/// It says so, or the store went away, perhaps while it committed.
fn may_be_done(error: &Error) -> bool {
    error.details().get("outcome").is_some_and(|outcome| outcome == "unknown") || error.code() == "store_away"
}

/// An error that something between here and there wrote, or something else at that address.
fn strange(status: StatusCode, wait: Option<Duration>, error: Error) -> Failure {
    match (status, wait) {
        (StatusCode::TOO_MANY_REQUESTS, _) => Failure { again: Again::Later(wait), ..Failure::refused(error) },
        (StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT, Some(_)) => {
            Failure { again: Again::Later(wait), ..Failure::lost(error) }
        }
        (status, _) if status.is_server_error() => Failure::lost(error),
        _ => Failure::refused(error),
    }
}

fn redirected(url: &ServerUrl, response: &Response) -> Error {
    let to = response.headers().get(reqwest::header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("elsewhere");
    Error::new(Exit::Unreachable, "redirected", format!("{url} redirects to {to}, and a token is not sent there"))
        .hint("if that is the server, name it as the target")
}

/// The lines of a stream.
pub struct Lines<'a> {
    url: &'a ServerUrl,
    reader: BufReader<Response>,
    line: Vec<u8>,
    /// How long may pass without a line that says something: bytes that come in drops, and empty lines, say nothing.
    silence: Duration,
}

impl<'a> Lines<'a> {
    pub fn new(url: &'a ServerUrl, response: Response, silence: Duration) -> Lines<'a> {
        Lines { url, reader: BufReader::with_capacity(64 << 10, response), line: Vec::new(), silence }
    }

    /// The next line that says something. `stopped` is asked after each piece that comes.
    pub fn next<T: DeserializeOwned>(&mut self, stopped: &dyn Fn() -> Result<()>) -> Result<T> {
        let began = Instant::now();
        self.line.clear();
        loop {
            stopped()?;
            if began.elapsed() > self.silence {
                let message = format!("{} said nothing more for {} s", self.url, self.silence.as_secs());
                return Err(
                    Error::new(Exit::Unreachable, "timed_out", message).hint("run the command again; DESKCTL_TIMEOUT=SECONDS waits longer")
                );
            }
            if self.read_piece()? {
                if !self.line.trim_ascii().is_empty() {
                    return parse(self.url, &self.line);
                }
                self.line.clear();
            }
        }
    }

    /// Whether the line is whole now.
    fn read_piece(&mut self) -> Result<bool> {
        let piece = self.reader.fill_buf().map_err(|error| cut_off(self.url, Some(error)))?;
        let end = piece.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(piece.len(), |at| at + 1);
        if taken == 0 || (self.line.len() + taken) as u64 > LONGEST_ANSWER {
            return Err(cut_off(self.url, None));
        }
        self.line.extend_from_slice(&piece[..taken]);
        self.reader.consume(taken);
        Ok(end.is_some())
    }

    pub fn cut_off(&self) -> Error {
        cut_off(self.url, None)
    }
}
