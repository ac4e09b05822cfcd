//! Every route on one screen, and what each does.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

use zeroize::Zeroizing;

use super::pool::Lane;
use super::request::{Admitted, Refusal, Told, admit, frame, in_time};
use super::server::Server;
use super::{body, openapi, streams};
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::ops::capabilities::{ALL, Capability, STREAMS};
use crate::ops::wire::{self, Arguments};
use crate::ops::{Operation, migrations};
use crate::protocol::{self, About, Examine, PROTOCOL, VERSION};
use crate::target::doctor;

pub type Answer = Result<Response, Refusal>;

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
        .route(&format!("{}{{name}}", protocol::OPS), post(operation))
        .route(&format!("{}{{name}}", protocol::STREAMS), post(streams::stream))
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

pub fn with_versions(error: Error, admitted: &Admitted) -> Error {
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
    let work = carry(&server, *capability, &admitted, &parts.headers, content);
    let done = in_time(server.limits.request_timeout, &admitted.call.waiting, work).await;
    if let Err(error) = &done {
        admitted.note_refusal(&server, error);
    }
    let mut response = match done {
        // It may hold a new token, which is not to stay in memory (G17).
        Ok(body) => ([(CONTENT_TYPE, "application/json")], Bytes::from_owner(Zeroizing::new(body))).into_response(),
        Err(error) => Refusal(error).into_response(),
    };
    response.extensions_mut().insert(told);
    Ok(response)
}

pub fn told(operation: &str, admitted: &Admitted) -> Told {
    Told { operation: Some(operation.to_owned()), token: Some(admitted.presented.name.clone()), code: None }
}

pub fn unknown_operation<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let error = unknown("unknown_operation", what, name, known);
    match error.hint_text().map(str::to_owned) {
        Some(near) => Error::not_found("unknown_operation", format!("{}; {near}", error.message())),
        None => error,
    }
}

async fn carry(server: &Arc<Server>, capability: Capability, admitted: &Admitted, headers: &HeaderMap, content: Body) -> Result<Vec<u8>> {
    let (json, memory) = body::read(server, headers, content).await?;
    let lane = if capability.writes { Lane::Write } else { Lane::Read };
    let repeatable = !capability.writes || admitted.call.idempotency_key.is_some() || admitted.call.dry_run;
    let (call, version) = (admitted.call.clone(), admitted.client_version.clone());
    let work = move |local: &mut crate::ops::Local| {
        let _memory = &memory;
        (capability.run)(local, Arguments { json: &json, version: version.as_deref() }, &call)
    };
    let answer = server.pool.with(lane, repeatable, work).await?;
    if [migrations::Start::NAME, migrations::Resume::NAME].contains(&capability.operation) {
        server.wake_worker();
    }
    Ok(answer)
}

/// The server's own checks, for super admins.
async fn run_doctor(State(server): State<Arc<Server>>, request: Request) -> Answer {
    let (parts, content) = request.into_parts();
    let admitted = admit(&server, &parts).await?;
    let (json, _memory) = body::read(&server, &parts.headers, content).await?;
    let Examine { full } = wire::parse("doctor", Arguments { json: &json, version: admitted.client_version.as_deref() })?;
    let (location, clock, call) = (server.location.clone(), server.clock, admitted.call.clone());
    let work = move |local: &mut crate::ops::Local| {
        local.permit(&call, "store.doctor", Permission::SuperAdmin)?;
        Ok(doctor::examine(&location, None, clock.now(), full))
    };
    let findings = server.pool.with(Lane::Stream, true, work).await.inspect_err(|error| admitted.note_refusal(&server, error))?;
    Ok(json_of(&findings)?)
}

fn json_of<T: serde::Serialize>(value: &T) -> Result<Response> {
    let text = serde_json::to_string(value).map_err(Error::unexpected)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
