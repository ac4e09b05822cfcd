//! A deskctl server as a target: the same operations and streams, carried over HTTP.

mod answer;
mod destinations;
mod retry;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ServerUrl;
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};
use crate::ops::{Answer, Call, Operation, Stream};
use crate::protocol::{self, About, Examine, ReadLine, Reply};
use crate::secret::Secret;
use retry::{Failure, Retry};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a server is waited for.
#[derive(Clone, Copy)]
struct Patience {
    /// For an operation, all its tries together.
    operation: Duration,
    /// For the head of a stream, and then for each piece of it: a server writes an empty line where it pauses.
    piece: Duration,
    /// For a line of a stream that says something.
    silence: Duration,
}

/// Another time for an operation, in seconds; a stream has five times as much for each line.
const TIMEOUT: &str = "DESKCTL_TIMEOUT";

impl Patience {
    const USUAL: Patience = Patience::of(120);

    const fn of(seconds: u64) -> Patience {
        let piece = if seconds < 90 { seconds } else { 90 };
        Patience { operation: Duration::from_secs(seconds), piece: Duration::from_secs(piece), silence: Duration::from_secs(5 * seconds) }
    }

    fn from_env() -> Result<Patience> {
        let Some(typed) = std::env::var(TIMEOUT).ok().filter(|typed| !typed.is_empty()) else { return Ok(Patience::USUAL) };
        match typed.trim().parse() {
            Ok(seconds @ 1..=86_400) => Ok(Patience::of(seconds)),
            _ => Err(Error::usage("bad_timeout", format!("{TIMEOUT}: \"{typed}\" is no number of seconds from 1 to 86400"))),
        }
    }
}

/// A server, and who we are there.
pub struct Server {
    url: ServerUrl,
    client: Client,
    token: Option<Secret>,
    patience: Patience,
}

impl Server {
    /// Nothing is sent yet. `token` is needed for all but what the server tells everyone.
    pub fn new(url: ServerUrl, token: Option<Secret>) -> Result<Server> {
        Server::patient(url, token, Patience::from_env()?)
    }

    fn patient(url: ServerUrl, token: Option<Secret>, patience: Patience) -> Result<Server> {
        destinations::check(url.url())?;
        // Fails only where a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .user_agent(concat!("deskctl/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(destinations::Checked))
            .connect_timeout(CONNECT_TIMEOUT)
            // Of the client, for each piece of an answer: a request's own is for the whole of it.
            .timeout(patience.piece);
        // A proxy would read the token of a request that is not encrypted (G9).
        let builder = if url.url().scheme() == "http" { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| Error::failed("no_client", format!("connections cannot be made: {error}")))?;
        Ok(Server { url, client, token, patience })
    }

    /// Whether requests travel unencrypted to another machine.
    pub fn is_exposed(&self) -> bool {
        self.url.url().scheme() == "http" && !destinations::is_loopback(self.url.url())
    }

    pub fn run<O: Operation>(&mut self, operation: O, call: &Call) -> Result<Answer<O::Output>> {
        // A write that is sent again after a broken connection must not be done twice: it has a key in any case.
        let writes = O::WRITES && !call.dry_run;
        let call = if writes && call.idempotency_key.is_none() {
            Call { idempotency_key: Some(random_key()?), ..call.clone() }
        } else {
            call.clone()
        };
        let request = self.request(&format!("{}{}", protocol::OPS, O::NAME), &operation, &call)?;
        let asked =
            Retry::new(self.patience.operation, writes).run(|limit| answer::read(&self.url, self.send(&request, writes, Some(limit))?));
        match asked {
            Ok(reply) => Ok(answer_of(reply)),
            Err(lost) if lost.in_doubt => Err(in_doubt(lost.error, &call)),
            Err(lost) => Err(lost.error),
        }
    }

    pub fn stream<S: Stream>(
        &mut self,
        stream: S,
        call: &Call,
        stop: &Arc<AtomicBool>,
        emit: &mut dyn FnMut(S::Item) -> Result<()>,
    ) -> Result<Answer<S::End>> {
        let request = self.request(&format!("{}{}", protocol::STREAMS, S::NAME), &stream, call)?;
        // Only the beginning is tried again: what was given out cannot be taken back.
        let response = Retry::new(self.patience.operation, false).run(|_| {
            let response = self.send(&request, false, None)?;
            answer::expect_kind(&self.url, &response, answer::LINES).map_err(Failure::lost)?;
            Ok(response)
        })?;
        let stopped = || match stop.load(Ordering::Relaxed) {
            true => Err(Error::new(Exit::Interrupted, "interrupted", "stopped; nothing was changed")),
            false => Ok(()),
        };
        let mut lines = answer::Lines::new(&self.url, response, self.patience.silence);
        loop {
            match lines.next::<ReadLine<S::Item, S::End>>(&stopped)? {
                ReadLine { error: Some(error), .. } => {
                    return Err(protocol::read_error_itself(&error).unwrap_or_else(|| lines.cut_off()));
                }
                ReadLine { end: Some(reply), .. } => return Ok(answer_of(reply)),
                ReadLine { item: Some(item), .. } => emit(item)?,
                ReadLine { .. } => {}
            }
        }
    }

    /// What the server's own checks find, for `doctor`.
    pub fn doctor(&mut self, full: bool, call: &Call) -> Result<Vec<super::doctor::Finding>> {
        let request = self.request(protocol::DOCTOR, &Examine { full }, call)?;
        self.read(&request)
    }

    /// What the server is; needs no token.
    pub fn about(&self) -> Result<About> {
        self.read(&Request { url: self.url.join(protocol::ABOUT), headers: self.headers(None)?, body: None })
    }

    fn read<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        let retry = Retry::new(self.patience.operation, false);
        Ok(retry.run(|limit| answer::read(&self.url, self.send(request, false, Some(limit))?))?)
    }

    /// The server's clock, to the second.
    pub fn time(&self) -> Result<Option<Time>> {
        let request = Request { url: self.url.join("/health"), headers: self.headers(None)?, body: None };
        let response = Retry::new(self.patience.operation, false).run(|limit| self.send(&request, false, Some(limit)))?;
        let date = response.headers().get(reqwest::header::DATE).and_then(|value| value.to_str().ok());
        Ok(date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|at| Time(at.timestamp().as_millisecond())))
    }

    fn request<T: Serialize>(&self, path: &str, body: &T, call: &Call) -> Result<Request> {
        let Some(token) = &self.token else {
            return Err(Error::denied("not_authenticated", format!("{} needs a token", self.url))
                .hint("log in with deskctl login, or set DESKCTL_TOKEN; deskctl tokens create makes a token on the server's machine"));
        };
        let mut headers = self.headers(Some(token))?;
        let mut put = |name: &'static str, value: &str| {
            let value = HeaderValue::from_bytes(value.as_bytes())
                .map_err(|_| Error::usage("bad_header", format!("{name} cannot be sent to a server: it holds control characters")))?;
            headers.insert(HeaderName::from_static(name), value);
            Ok::<(), Error>(())
        };
        if let Some(email) = &call.as_user {
            put(protocol::AS_HEADER, email)?;
        }
        if call.dry_run {
            put(protocol::DRY_RUN_HEADER, "true")?;
        }
        if let Some(key) = &call.idempotency_key {
            put(protocol::KEY_HEADER, key)?;
        }
        let body = without_nulls(serde_json::to_value(body).map_err(Error::unexpected)?);
        Ok(Request { url: self.url.join(path), headers, body: Some(body.to_string()) })
    }

    fn headers(&self, token: Option<&Secret>) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static(protocol::VERSION_HEADER), HeaderValue::from_static(protocol::VERSION));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(token) = token {
            let text = zeroize::Zeroizing::new(format!("Bearer {}", token.expose()));
            // What is not said here: the token itself.
            let mut value = HeaderValue::from_str(&text)
                .map_err(|_| Error::denied("not_authenticated", "the token holds characters that no token has"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }

    /// `limit` is for all of the answer; without one a stream takes as long as it takes.
    fn send(&self, request: &Request, writes: bool, limit: Option<Duration>) -> Result<Response, Failure> {
        let builder = match &request.body {
            Some(body) => self.client.post(request.url.clone()).body(body.clone()),
            None => self.client.get(request.url.clone()),
        };
        let builder = match limit {
            Some(limit) => builder.timeout(limit),
            None => builder,
        };
        let sent = builder.headers(request.headers.clone()).send();
        let response = sent.map_err(|error| self.unreachable(error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(answer::refused(&self.url, response, writes))
    }

    fn unreachable(&self, error: reqwest::Error) -> Failure {
        let sent = !error.is_connect();
        let because = innermost(&error);
        let explained = match destinations::refusal_in(&error) {
            Some(refusal) => return Failure::refused(refusal),
            None if error.is_timeout() => Error::new(Exit::Unreachable, "timed_out", format!("{} did not answer in time", self.url)),
            None => Error::new(Exit::Unreachable, "unreachable", format!("{} cannot be reached: {because}", self.url)),
        };
        let explained = explained.hint("check the address, and that deskctl serve runs there");
        if sent { Failure::lost(explained) } else { Failure::not_sent(explained) }
    }
}

/// The error of a write that may have been done (G26): with the key under which it is done once at most, however often it is asked for.
fn in_doubt(error: Error, call: &Call) -> Error {
    let message = format!("{}; what was asked for may have been done", error.message());
    let code = if error.exit() == Exit::Unreachable { error.code().to_owned() } else { "outcome_unknown".to_owned() };
    let key = call.idempotency_key.clone().unwrap_or_default();
    let within = if key.starts_with(protocol::AUTOMATIC_KEY) { " within the hour" } else { "" };
    let details: Vec<_> = error.details().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let unknown = Error::new(Exit::Unreachable, code, message)
        .hint(format!("ask for the same again{within} under the same key, and it is done once: --idempotency-key {key}"))
        .detail("outcome", "unknown")
        .detail("idempotency_key", key);
    let unknown = details.into_iter().fold(unknown, |unknown, (name, value)| unknown.detail(&name, value));
    unknown.caused_by(error)
}

/// A request that can be sent more than once.
struct Request {
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
}

fn answer_of<T>(reply: Reply<T>) -> Answer<T> {
    Answer { output: reply.output, zone: reply.zone, notices: reply.notices }
}

/// A field that says nothing is left out, so that a server which does not know it yet has nothing to refuse.
fn without_nulls(arguments: Value) -> Value {
    match arguments {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}

fn random_key() -> Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Error::failed("no_randomness", format!("the system gives no random bytes: {error}")))?;
    Ok(random.iter().fold(protocol::AUTOMATIC_KEY.to_owned(), |key, byte| key + &format!("{byte:02x}")))
}

/// The cause at the bottom says most: "Connection refused", "invalid peer certificate".
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;
    use crate::ops::account_document::Export;
    use crate::target::Address;

    /// A server that says each of these after a pause.
    fn slow(pause: Duration, pieces: &'static [&'static str]) -> ServerUrl {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                for piece in pieces {
                    std::thread::sleep(pause);
                    let _ = stream.write_all(piece.as_bytes());
                }
            }
        });
        let Ok(Some(Address::Server(url))) = Address::parse(&format!("http://{address}")) else { panic!() };
        url
    }

    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n";
    const END: &str = r#"{"end":{"zone":"UTC","output":{"counts":{"conversations":0,"messages":0,"tickets":0,"contacts":0,"channels":0,"users":0},"notices":[]}}}
"#;

    fn stream(url: ServerUrl, piece: Duration) -> Result<usize> {
        let mut server = Server::patient(url, Some(Secret::new("dsk_x")), Patience { piece, ..Patience::USUAL })?;
        let mut items = 0;
        server.stream(Export {}, &Call::default(), &Arc::default(), &mut |_| {
            items += 1;
            Ok(())
        })?;
        Ok(items)
    }

    #[test]
    fn a_stream_may_take_longer_than_any_of_its_pauses() {
        const ITEM: &str = "{\"item\":\"x\"}\n";
        let url = slow(Duration::from_millis(150), &[HEAD, ITEM, "\n", ITEM, "\n", ITEM, "\n", ITEM, "\n", END]);
        assert_eq!(stream(url, Duration::from_millis(900)).unwrap(), 4);
    }

    #[test]
    fn g10_a_server_that_falls_silent_is_not_waited_for_for_ever() {
        let url = slow(Duration::from_millis(500), &[HEAD, END]);
        assert_eq!(stream(url, Duration::from_millis(100)).unwrap_err().exit(), Exit::Unreachable);
    }
}
