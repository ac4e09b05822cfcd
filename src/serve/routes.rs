//! Every route on one screen, and what each does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use http_body_util::channel::Channel;
use tokio::sync::mpsc;

use super::openapi;
use super::pool::Lane;
use super::request::{Admitted, Refusal, RequestId, Told, admit, body, frame, last_line, timed_out};
use super::server::Server;
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::ops::call::NOT_AUTHENTICATED;
use crate::ops::capabilities::{ALL, Capability, STREAMS, StreamCapability};
use crate::ops::wire::{self, Arguments};
use crate::protocol::{self, About, Examine, PROTOCOL, VERSION};
use crate::target::doctor;

type Answer = Result<Response, Refusal>;

/// Every route.
pub fn router(server: Arc<Server>) -> Router {
    Router::new()
        // For load balancers, monitoring and those who build clients: nothing of the account, so no token is needed.
        .route("/health", get(|| async { json(&serde_json::json!({ "status": "ok" })) }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(|| async { ([(CONTENT_TYPE, "application/json")], openapi::text()) }))
        .route(protocol::ABOUT, get(about))
        // The operations, by the same structs that the command line sends.
        .route("/deskctl/v1/ops/{name}", post(operation))
        .route("/deskctl/v1/streams/{name}", post(stream))
        .route(protocol::DOCTOR, post(run_doctor))
        .fallback(any(no_route))
        .method_not_allowed_fallback(no_method)
        .layer(from_fn_with_state(Arc::clone(&server), frame))
        .with_state(server)
}

fn json(value: &serde_json::Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Whether the store answers.
async fn ready(State(server): State<Arc<Server>>) -> Answer {
    let asked = server.pool.with(Lane::Read, true, |local| crate::store::account::get(&mut local.store.read()?).map(drop));
    match tokio::time::timeout(Duration::from_secs(5), asked).await {
        Ok(Ok(())) => Ok(json(&serde_json::json!({ "status": "ready" }))),
        // Why is for the log: this is told to everyone.
        failed => {
            if let Ok(Err(error)) = failed {
                tracing::warn!(code = error.code(), message = error.message(), "not ready");
            }
            let body = serde_json::json!({ "status": "unready" }).to_string();
            Ok((StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "application/json")], body).into_response())
        }
    }
}

async fn metrics(State(server): State<Arc<Server>>) -> Response {
    server.metrics.uptime_seconds.set(server.began.elapsed().as_secs_f64());
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], server.metrics.text()).into_response()
}

async fn about() -> Response {
    let about = About {
        version: VERSION.into(),
        protocol: PROTOCOL,
        operations: ALL.iter().map(|capability| capability.operation.to_owned()).collect(),
        streams: STREAMS.iter().map(|stream| stream.stream.to_owned()).collect(),
    };
    json(&serde_json::json!(about))
}

/// Strangers learn nothing about which paths there are (G13).
async fn no_route(State(server): State<Arc<Server>>, request: Request) -> Answer {
    let (parts, _) = request.into_parts();
    let admitted = admit(&server, &parts).await?;
    let what = parts.uri.path();
    let error = Error::not_found("unknown_path", format!("there is nothing at {what}"));
    Err(with_versions(error, &admitted).into())
}

async fn no_method(request: Request) -> Answer {
    let message = format!("{} is not for {}", request.method(), request.uri().path());
    let mut response = Refusal(Error::usage("wrong_method", message)).into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    Ok(response)
}

fn with_versions(error: Error, admitted: &Admitted) -> Error {
    wire::versions(error, Arguments { json: b"", version: admitted.client_version.as_deref() })
}

/// Runs one operation: one transaction.
async fn operation(State(server): State<Arc<Server>>, Path(name): Path<String>, request: Request) -> Answer {
    let (parts, content) = request.into_parts();
    let admitted = admit(&server, &parts).await?;
    let Some(capability) = ALL.iter().find(|capability| capability.operation == name) else {
        return Err(with_versions(unknown_operation("operation", &name, ALL.iter().map(|known| known.operation)), &admitted).into());
    };
    let told = told(capability.operation, &admitted);
    let limit = server.limits.request_timeout;
    let done = tokio::time::timeout(limit, carry(&server, *capability, &admitted, &parts.headers, content)).await;
    let done = done.unwrap_or_else(|_| Err(timed_out(limit.as_secs())));
    if let Err(error) = &done
        && error.code() == NOT_AUTHENTICATED
    {
        server.refused(&admitted.presented, admitted.peer);
    }
    let mut response = match done {
        Ok(body) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => Refusal(error).into_response(),
    };
    response.extensions_mut().insert(told);
    Ok(response)
}

fn told(operation: &str, admitted: &Admitted) -> Told {
    Told { operation: Some(operation.to_owned()), token: Some(admitted.presented.name.clone()), code: None }
}

fn unknown_operation<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let error = unknown("unknown_operation", what, name, known);
    match error.hint_text().map(str::to_owned) {
        Some(near) => Error::not_found("unknown_operation", format!("{}; {near}", error.message())),
        None => error,
    }
}

async fn carry(server: &Arc<Server>, capability: Capability, admitted: &Admitted, headers: &HeaderMap, content: Body) -> Result<Vec<u8>> {
    let (json, memory) = body(server, headers, content).await?;
    let lane = if capability.writes { Lane::Write } else { Lane::Read };
    let repeatable = !capability.writes || admitted.call.idempotency_key.is_some() || admitted.call.dry_run;
    let (call, version) = (admitted.call.clone(), admitted.client_version.clone());
    let work = move |local: &mut crate::ops::Local| {
        let _memory = &memory;
        (capability.run)(local, Arguments { json: &json, version: version.as_deref() }, &call)
    };
    let answer = server.pool.with(lane, repeatable, work).await?;
    if ["migrations.start", "migrations.resume"].contains(&capability.operation) {
        server.wake_worker();
    }
    Ok(answer)
}

/// Lines that wait for a slow client.
const LINES: usize = 16;
/// An empty line this often tells the client that there is still someone there.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Gives out one stream. Once it has begun, an error is its last line.
async fn stream(State(server): State<Arc<Server>>, Path(name): Path<String>, request: Request) -> Answer {
    let (parts, content) = request.into_parts();
    let admitted = admit(&server, &parts).await?;
    let Some(capability) = STREAMS.iter().find(|capability| capability.stream == name) else {
        return Err(with_versions(unknown_operation("stream", &name, STREAMS.iter().map(|known| known.stream)), &admitted).into());
    };
    let told = told(capability.stream, &admitted);
    let id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default();
    let (json, _) = body(&server, &parts.headers, content).await?;
    let (sender, mut lines) = mpsc::channel(LINES);
    let stop = Arc::new(AtomicBool::new(false));
    tokio::spawn(give_out(Arc::clone(&server), *capability, admitted, json, sender, Arc::clone(&stop)));
    // What comes first decides the status: a refusal before the first line is an answer like any other.
    let first = match tokio::time::timeout(HEARTBEAT, lines.recv()).await {
        Err(_) => b"\n".to_vec(),
        Ok(Some(Ok(line))) => line,
        Ok(Some(Err(error))) => return Err(error.into()),
        Ok(None) => return Err(Error::failed("unexpected", "a stream ended without an end").into()),
    };
    let mut response = ([(CONTENT_TYPE, "application/x-ndjson")], forwarded(first, lines, stop, id, &server)).into_response();
    response.extensions_mut().insert(told);
    Ok(response)
}

/// Does the work of a stream on a connection of the pool.
async fn give_out(
    server: Arc<Server>,
    capability: StreamCapability,
    admitted: Admitted,
    json: Bytes,
    sender: mpsc::Sender<Result<Vec<u8>>>,
    stop: Arc<AtomicBool>,
) {
    let lines = sender.clone();
    let work = move |local: &mut crate::ops::Local| {
        let arguments = Arguments { json: &json, version: admitted.client_version.as_deref() };
        (capability.run)(local, arguments, &admitted.call, &stop, &mut |line| {
            lines.blocking_send(Ok(line)).map_err(|_| Error::failed("client_gone", "the client went away"))
        })
    };
    if let Err(error) = server.pool.with(Lane::Read, false, work).await {
        // Nobody may be listening any more.
        let _ = sender.send(Err(error)).await;
    }
}

/// Passes the lines on to the client, with an empty one now and then; a client that takes none for too long is let go.
fn forwarded(first: Vec<u8>, mut lines: mpsc::Receiver<Result<Vec<u8>>>, stop: Arc<AtomicBool>, id: RequestId, server: &Server) -> Body {
    let (mut to_client, channel) = Channel::<Bytes, std::io::Error>::new(1);
    let patience = server.limits.write_timeout;
    tokio::spawn(async move {
        let mut next = Some(first);
        while let Some(line) = next {
            match tokio::time::timeout(patience, to_client.send_data(Bytes::from(line))).await {
                Ok(Ok(())) => {}
                _ => break,
            }
            next = match tokio::time::timeout(HEARTBEAT, lines.recv()).await {
                Err(_) => Some(b"\n".to_vec()),
                Ok(Some(Ok(line))) => Some(line),
                Ok(Some(Err(error))) => Some(last_line(&error, &id)),
                Ok(None) => None,
            };
        }
        // Ends the reading too, where the client has gone.
        stop.store(true, Ordering::Relaxed);
    });
    Body::new(channel)
}

/// The server's own checks, for super admins.
async fn run_doctor(State(server): State<Arc<Server>>, request: Request) -> Answer {
    let (parts, content) = request.into_parts();
    let admitted = admit(&server, &parts).await?;
    let (json, _) = body(&server, &parts.headers, content).await?;
    let Examine { full } = wire::parse("doctor", Arguments { json: &json, version: admitted.client_version.as_deref() })?;
    let (location, clock, call) = (server.location.clone(), server.clock, admitted.call);
    let work = move |local: &mut crate::ops::Local| {
        local.permit(&call, "store.doctor", Permission::SuperAdmin)?;
        Ok(doctor::examine(&location, None, clock.now(), full))
    };
    let findings = server.pool.with(Lane::Read, true, work).await?;
    Ok(json_of(&findings)?)
}

fn json_of<T: serde::Serialize>(value: &T) -> Result<Response> {
    let text = serde_json::to_string(value).map_err(Error::unexpected)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
