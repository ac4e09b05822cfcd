//! A request on its way in and out: its id, its caller, its body, the form of its answer, and its line in the log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::metrics::gauge::Gauge;

use super::connections::Spare;
use super::server::Server;
use crate::domain::token::{self, Presented};
use crate::error::{Error, Exit, Result};
use crate::ops::call::NOT_AUTHENTICATED;
use crate::ops::{Call, Caller, Origin};
use crate::protocol::{self, AS_HEADER, DRY_RUN_HEADER, KEY_HEADER, REQUEST_ID_HEADER, VERSION, VERSION_HEADER};
use crate::store::{TIMED_OUT, Waiting};

/// The address that a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What the log tells of a request beside its status; handlers fill it in. Never a secret (G1).
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub operation: Option<String>,
    pub token: Option<String>,
    pub code: Option<String>,
}

/// A caller who was let in, and how they call.
pub struct Admitted {
    pub call: Call,
    pub presented: Presented,
    pub client_version: Option<String>,
    pub origin: Origin,
}

impl Admitted {
    /// The operation's own look at the token may say no: it has expired meanwhile, or was revoked.
    pub fn note_refusal(&self, server: &Server, error: &Error) {
        if error.code() == NOT_AUTHENTICATED {
            server.refused(&self.presented, self.origin.client);
        }
    }
}

/// An error as the answer to a request.
pub struct Refusal(pub Error);

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        // The frame around all requests writes the body: it knows the request's id.
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

fn status_of(error: &Error) -> StatusCode {
    StatusCode::from_u16(protocol::status_of(error)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The frame around all requests.
pub async fn frame(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(request.headers());
    let (method, path) = (request.method().clone(), route(&request));
    let in_flight = OneMore::of(&server.metrics.in_flight);
    let origin = origin(&server, &request);
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(origin);
    let response = match server.hosts.check(request.uri(), request.headers()).and_then(|()| expect_room(&request)) {
        Ok(()) => next.run(request).await,
        Err(error) => Refusal(error).into_response(),
    };
    drop(in_flight);
    let response = finish(response, &id.0);
    let told = response.extensions().get::<Told>().cloned().unwrap_or_default();
    let status = response.status().as_u16();
    let took = began.elapsed();
    let operation = told.operation.unwrap_or(path);
    server.metrics.answered(&operation, status, took);
    if status == 429 {
        server.metrics.rate_limited.inc();
    }
    tracing::info!(
        request_id = id.0,
        method = method.as_str(),
        operation,
        status,
        client = %origin.client,
        proxy = origin.proxy.map(tracing::field::display),
        token = told.token,
        code = told.code,
        duration_ms = took.as_secs_f64() * 1_000.0,
        "request"
    );
    response
}

fn origin(server: &Server, request: &Request) -> Origin {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    server.proxies.origin(peer, request.headers())
}

/// What is answered however many are connected: how the server does, and nothing else.
const ALWAYS: &[&str] = &["/health", "/ready", "/metrics"];

fn expect_room(request: &Request) -> Result<()> {
    if request.extensions().get::<Spare>().is_none() || ALWAYS.contains(&request.uri().path()) {
        return Ok(());
    }
    Err(Error::new(Exit::Unreachable, "too_busy", "as many clients are connected as the server takes; try again in 1 s")
        .detail("retry_after_seconds", 1))
}

/// One more of something that is counted, until it ends: also where it is broken off in the middle.
pub struct OneMore<'a>(&'a Gauge);

impl OneMore<'_> {
    pub fn of(gauge: &Gauge) -> OneMore<'_> {
        gauge.inc();
        OneMore(gauge)
    }
}

impl Drop for OneMore<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The pattern that matched, not what was typed: that could hold anything.
fn route(request: &Request) -> String {
    request.extensions().get::<axum::extract::MatchedPath>().map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned())
}

/// A request's id.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The client's id where it is a plain one, else a new one. A token is none: ids are logged (G1).
fn request_id(headers: &HeaderMap) -> RequestId {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let plain = |id: &&str| !id.is_empty() && id.len() <= 64 && id.bytes().all(is_plain) && !id.contains(token::PREFIX);
    let given = headers.get(REQUEST_ID_HEADER).and_then(|value| value.to_str().ok()).filter(plain);
    RequestId(given.map_or_else(new_id, str::to_owned))
}

fn new_id() -> String {
    let mut random = [0; 8];
    // Without random bytes the ids are all alike, which is no reason not to answer.
    let _ = getrandom::fill(&mut random);
    format!("{:016x}", u64::from_be_bytes(random))
}

/// Writes the body of an error, and what every answer carries.
fn finish(mut response: Response, id: &str) -> Response {
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        let mut told = response.extensions_mut().remove::<Told>().unwrap_or_default();
        told.code = Some(error.code().to_owned());
        let status = response.status();
        let shown = shown(&error, id);
        let mut answer = (status, [(CONTENT_TYPE, "application/json")], protocol::error_body(&shown, id).to_string()).into_response();
        if let Some(seconds) = error.details().get("retry_after_seconds").and_then(serde_json::Value::as_u64) {
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer.extensions_mut().insert(told);
        response = answer;
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID_HEADER, id);
    }
    headers.insert(VERSION_HEADER, HeaderValue::from_static(VERSION));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Errors whose messages name files, or quote the engine's own words.
pub const INSIDE: &[&str] = &["unexpected", "store", "store_corrupt", "io", "disk_full", "read_only", "store_busy", "conflict"];

/// What went wrong inside is for the log; the caller gets the id to ask about (G13).
pub fn shown(error: &Error, id: &str) -> Error {
    let inside = INSIDE.contains(&error.code());
    if inside || protocol::status_of(error) >= 500 {
        tracing::error!(request_id = id, code = error.code(), message = error.message(), causes = ?error.causes(), "a request failed");
    }
    let message = if inside { format!("the server failed; its log says why, under request {id}") } else { error.message().to_owned() };
    let copy = Error::new(error.exit(), error.code().to_owned(), message);
    let copy = match error.hint_text() {
        Some(hint) => copy.hint(hint),
        None => copy,
    };
    let details = if inside { None } else { Some(error.details()) };
    details.into_iter().flatten().fold(copy, |copy, (key, value)| copy.detail(key, value.clone()))
}

/// Lets the caller in, and reads how they call.
pub async fn admit(server: &Arc<Server>, request: &Parts) -> Result<Admitted> {
    let headers = &request.headers;
    let origin = request.extensions.get::<Origin>().copied();
    let origin = origin.ok_or_else(|| Error::failed("unexpected", "a request came from nowhere"))?;
    let presented = bearer(headers);
    let limit = server.limits.request_timeout;
    let presented =
        tokio::time::timeout(limit, server.admit(presented, origin.client)).await.unwrap_or_else(|_| Err(timed_out(limit.as_secs())))?;
    let call = Call {
        caller: Caller::Bearer(Some(presented.clone())),
        as_user: text(headers, AS_HEADER)?,
        dry_run: match text(headers, DRY_RUN_HEADER)?.as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => return Err(Error::usage("bad_header", format!("{DRY_RUN_HEADER}: \"{other}\" is neither true nor false"))),
        },
        idempotency_key: text(headers, KEY_HEADER)?,
        waiting: Waiting::default(),
        origin: Some(origin),
    };
    Ok(Admitted { call, presented, client_version: text(headers, VERSION_HEADER)?, origin })
}

/// The token of `Authorization: Bearer …`, where there is one that can be one.
fn bearer(headers: &HeaderMap) -> Option<Presented> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Presented::parse(token) } else { None }
}

fn text(headers: &HeaderMap, name: &str) -> Result<Option<String>> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| Error::usage("bad_header", format!("{name} is not UTF-8")))?;
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// The refusal of what took too long, and was given up.
pub fn timed_out(seconds: u64) -> Error {
    Error::new(Exit::Unreachable, TIMED_OUT, format!("the request was not done in {seconds} s, and nothing of it was kept"))
        .hint("ask again when there is less to do, or for less at a time")
}

/// The store does not say whether it has committed.
fn perhaps_done(seconds: u64) -> Error {
    Error::new(Exit::Unreachable, TIMED_OUT, format!("the request was not done in {seconds} s, but may be done later"))
        .hint("ask again with the same idempotency key: it tells what became of it")
        .detail("outcome", "unknown")
}

/// How long a commit that has begun is waited for beyond the request's time.
const COMMIT: Duration = Duration::from_secs(10);

/// Does work within the time that a request has. What is not done by then is rolled back, and the answer says so; what is being
/// committed is waited for.
pub async fn in_time<T>(limit: Duration, waiting: &Waiting, work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut work = std::pin::pin!(work);
    if let Ok(done) = tokio::time::timeout(limit, &mut work).await {
        return done;
    }
    if waiting.give_up() {
        return Err(timed_out(limit.as_secs()));
    }
    tokio::time::timeout(COMMIT, work).await.unwrap_or_else(|_| Err(perhaps_done(limit.as_secs())))
}
