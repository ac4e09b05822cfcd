//! A deskctl server as a target: the same operations and streams, carried over HTTP.

mod destinations;
mod retry;

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{StatusCode, Url};
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

/// The longest answer to an operation, and the longest line of a stream, in bytes: more is no deskctl server (G10).
const LONGEST_ANSWER: u64 = 64 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// For the head of an answer, and then for each piece of it, never for the whole: a stream takes as long as it takes. A server
/// ends an operation before this, and writes an empty line where a stream pauses.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(90);

/// A server, and who we are there.
pub struct Server {
    url: ServerUrl,
    client: Client,
    token: Option<Secret>,
}

impl Server {
    /// Nothing is sent yet. `token` is needed for all but what the server tells everyone.
    pub fn new(url: ServerUrl, token: Option<Secret>) -> Result<Server> {
        Server::patient(url, token, ANSWER_TIMEOUT)
    }

    fn patient(url: ServerUrl, token: Option<Secret>, answer_timeout: Duration) -> Result<Server> {
        destinations::check(url.url())?;
        // Fails only where a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .user_agent(concat!("deskctl/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(destinations::Checked))
            .connect_timeout(CONNECT_TIMEOUT)
            // Of the client: a request's own timeout would end long streams.
            .timeout(answer_timeout);
        // A proxy would read the token of a request that is not encrypted (G9).
        let builder = if url.url().scheme() == "http" { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| Error::failed("no_client", format!("connections cannot be made: {error}")))?;
        Ok(Server { url, client, token })
    }

    /// Whether requests travel unencrypted to another machine.
    pub fn is_exposed(&self) -> bool {
        self.url.url().scheme() == "http" && !destinations::is_loopback(self.url.url())
    }

    pub fn run<O: Operation>(&mut self, operation: O, call: &Call) -> Result<Answer<O::Output>> {
        // A write that is sent again after a broken connection must not be done twice: it has a key in any case.
        let call = if O::WRITES && !call.dry_run && call.idempotency_key.is_none() {
            Call { idempotency_key: Some(random_key()?), ..call.clone() }
        } else {
            call.clone()
        };
        let request = self.request(&format!("{}{}", protocol::OPS, O::NAME), &operation, &call)?;
        let body = Retry::new().run(|| {
            let response = self.send(&request)?;
            read_whole(response).map_err(Failure::Broken)
        })?;
        self.parse::<Reply<O::Output>>(&body).map(answer)
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
        let response = Retry::new().run(|| self.send(&request))?;
        let mut lines = BufReader::with_capacity(64 << 10, response);
        let mut line = Vec::new();
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::new(Exit::Interrupted, "interrupted", "stopped; nothing was changed"));
            }
            line.clear();
            let read = lines.by_ref().take(LONGEST_ANSWER).read_until(b'\n', &mut line).map_err(|error| self.cut_off(Some(error)))?;
            if read == 0 || line.last() != Some(&b'\n') {
                return Err(self.cut_off(None));
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match self.parse::<ReadLine<S::Item, S::End>>(&line)? {
                ReadLine { error: Some(error), .. } => {
                    return Err(protocol::read_error_itself(&error).unwrap_or_else(|| self.cut_off(None)));
                }
                ReadLine { end: Some(reply), .. } => return Ok(answer(reply)),
                ReadLine { item: Some(item), .. } => emit(item)?,
                ReadLine { .. } => {}
            }
        }
    }

    /// What the server's own checks find, for `doctor`.
    pub fn doctor(&mut self, full: bool, call: &Call) -> Result<Vec<super::doctor::Finding>> {
        let request = self.request(protocol::DOCTOR, &Examine { full }, call)?;
        let body = Retry::new().run(|| read_whole(self.send(&request)?).map_err(Failure::Broken))?;
        self.parse(&body)
    }

    /// What the server is; needs no token.
    pub fn about(&self) -> Result<About> {
        let request = Request { url: self.url.join(protocol::ABOUT), headers: self.headers(None)?, body: None };
        let body = Retry::new().run(|| read_whole(self.send(&request)?).map_err(Failure::Broken))?;
        self.parse(&body)
    }

    /// The server's clock, to the second.
    pub fn time(&self) -> Result<Option<Time>> {
        let request = Request { url: self.url.join("/health"), headers: self.headers(None)?, body: None };
        let response = Retry::new().run(|| self.send(&request))?;
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

    fn send(&self, request: &Request) -> Result<Response, Failure> {
        let builder = match &request.body {
            Some(body) => self.client.post(request.url.clone()).body(body.clone()),
            None => self.client.get(request.url.clone()),
        };
        let sent = builder.headers(request.headers.clone()).send();
        let response = sent.map_err(|error| self.unreachable(error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.refused(response))
    }

    fn unreachable(&self, error: reqwest::Error) -> Failure {
        let sent = !error.is_connect();
        let because = innermost(&error);
        let explained = match destinations::refusal_in(&error) {
            Some(refusal) => return Failure::Final(refusal),
            None if error.is_timeout() => Error::new(Exit::Unreachable, "timed_out", format!("{} did not answer in time", self.url)),
            None => Error::new(Exit::Unreachable, "unreachable", format!("{} cannot be reached: {because}", self.url)),
        };
        let explained = explained.hint("check the address, and that deskctl serve runs there");
        if sent { Failure::Broken(explained) } else { Failure::NotSent(explained) }
    }

    /// What an answer other than 2xx means.
    fn refused(&self, response: Response) -> Failure {
        let status = response.status();
        let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
        if status.is_redirection() {
            return Failure::Final(self.redirected(&response));
        }
        let body = read_whole(response).ok().and_then(|body| serde_json::from_slice::<Value>(&body).ok());
        let error = body.as_ref().and_then(protocol::read_error).unwrap_or_else(|| self.no_server(status));
        match (status, wait) {
            (StatusCode::TOO_MANY_REQUESTS, wait) => Failure::Later(error, wait.map(Duration::from_secs)),
            (StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT, Some(wait)) => {
                Failure::Later(error, Some(Duration::from_secs(wait)))
            }
            (StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT, None) => Failure::Broken(error),
            _ => Failure::Final(error),
        }
    }

    /// The token is for this host only, so a redirect is never followed (G9).
    fn redirected(&self, response: &Response) -> Error {
        let to = response.headers().get(reqwest::header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("elsewhere");
        Error::new(Exit::Unreachable, "redirected", format!("{} redirects to {to}, and a token is not sent there", self.url))
            .hint("if that is the server, name it as the target")
    }

    fn no_server(&self, status: StatusCode) -> Error {
        let message = format!("{} answered {status} in a form that no deskctl server has", self.url);
        Error::new(Exit::Unreachable, "no_deskctl_server", message).hint("check the address: deskctl serve prints it when it starts")
    }

    fn cut_off(&self, error: Option<std::io::Error>) -> Error {
        let cut = Error::new(Exit::Unreachable, "cut_off", format!("{} broke the answer off before its end", self.url))
            .hint("run the command again");
        match error {
            Some(error) => cut.caused_by(error),
            None => cut,
        }
    }

    fn parse<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T> {
        serde_json::from_slice(body).map_err(|error| {
            let about = format!("{} answered in a form that this deskctl {} does not know", self.url, protocol::VERSION);
            Error::failed("unknown_answer", about)
                .hint("compare the versions with deskctl doctor, and take the same one on both sides")
                .caused_by(error)
        })
    }
}

/// A request that can be sent more than once.
struct Request {
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
}

fn answer<T>(reply: Reply<T>) -> Answer<T> {
    Answer { output: reply.output, zone: reply.zone, notices: reply.notices }
}

/// A field that says nothing is left out, so that a server which does not know it yet has nothing to refuse.
fn without_nulls(arguments: Value) -> Value {
    match arguments {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}

fn read_whole(response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    let url = response.url().clone();
    response
        .take(LONGEST_ANSWER + 1)
        .read_to_end(&mut body)
        .map_err(|error| Error::new(Exit::Unreachable, "cut_off", format!("{url} broke the answer off before its end")).caused_by(error))?;
    if body.len() as u64 > LONGEST_ANSWER {
        let message = format!("{url} answered with more than {} MiB", LONGEST_ANSWER >> 20);
        return Err(Error::failed("answer_too_long", message).hint("ask for less at a time (--limit)"));
    }
    Ok(body)
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
    use std::io::Write;

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

    fn stream(url: ServerUrl, answer_timeout: Duration) -> Result<usize> {
        let mut server = Server::patient(url, Some(Secret::new("dsk_x")), answer_timeout)?;
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
