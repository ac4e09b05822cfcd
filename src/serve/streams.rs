//! Streams over HTTP: lines of JSON for as long as there are any, and as long as the client takes them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use http_body_util::channel::Channel;
use tokio::sync::mpsc;

use super::body::{self, Share};
use super::pool::Lane;
use super::request::{Admitted, RequestId, admit, shown};
use super::routes::{Answer, told, unknown_operation, with_versions};
use super::server::Server;
use crate::error::{Error, Result};
use crate::ops::capabilities::{STREAMS, StreamCapability};
use crate::ops::wire::Arguments;
use crate::protocol;

/// Lines that wait for a slow client.
const LINES: usize = 16;
/// An empty line this often tells the client that there is still someone there.
const HEARTBEAT: Duration = Duration::from_secs(10);

type Lines = mpsc::Receiver<Result<Vec<u8>>>;

/// Gives out one stream. Once it has begun, an error is its last line.
pub async fn stream(State(server): State<Arc<Server>>, Path(name): Path<String>, request: Request) -> Answer {
    let began = Instant::now();
    let (parts, content) = request.into_parts();
    let admitted = Arc::new(admit(&server, &parts).await?);
    let Some(capability) = STREAMS.iter().find(|capability| capability.stream == name) else {
        return Err(with_versions(unknown_operation("stream", &name, STREAMS.iter().map(|known| known.stream)), &admitted).into());
    };
    let told = told(capability.stream, &admitted);
    let id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let body = body::read(&server, &parts.headers, content).await?;
    let (sender, mut lines) = mpsc::channel(LINES);
    let ends = Ends(Arc::default());
    tokio::spawn(give_out(Arc::clone(&server), *capability, Arc::clone(&admitted), body, sender, Arc::clone(&ends.0)));
    // What comes first decides the status: a refusal before the first line is an answer like any other.
    let first = match tokio::time::timeout(HEARTBEAT, lines.recv()).await {
        Err(_) => b"\n".to_vec(),
        Ok(Some(Ok(line))) => line,
        Ok(Some(Err(error))) => {
            admitted.note_refusal(&server, &error);
            return Err(error.into());
        }
        Ok(None) => return Err(Error::failed("unexpected", "a stream ended without an end").into()),
    };
    let log = StreamLog { server: Arc::clone(&server), stream: capability.stream, admitted, id, began, lines: 0, bytes: 0 };
    let body = forwarded(first, lines, ends, log);
    let mut response = ([(CONTENT_TYPE, "application/x-ndjson")], body).into_response();
    response.extensions_mut().insert(told);
    Ok(response)
}

/// Ends the reading when nobody waits for it any more, however that comes about.
struct Ends(Arc<AtomicBool>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does the work of a stream on a connection of the pool.
async fn give_out(
    server: Arc<Server>,
    capability: StreamCapability,
    admitted: Arc<Admitted>,
    (json, memory): (Bytes, Share),
    sender: mpsc::Sender<Result<Vec<u8>>>,
    stop: Arc<AtomicBool>,
) {
    let lines = sender.clone();
    let work = move |local: &mut crate::ops::Local| {
        // Its share of the memory for bodies is given back with the body.
        let _memory = &memory;
        let arguments = Arguments { json: &json, version: admitted.client_version.as_deref() };
        (capability.run)(local, arguments, &admitted.call, &stop, &mut |line| {
            lines.blocking_send(Ok(line)).map_err(|_| Error::failed("client_gone", "the client went away"))
        })
    };
    if let Err(error) = server.pool.with(Lane::Stream, false, work).await {
        // Nobody may be listening any more.
        let _ = sender.send(Err(error)).await;
    }
}

/// What the log tells of a stream when it has ended: the line of its request was written when it began.
struct StreamLog {
    server: Arc<Server>,
    stream: &'static str,
    admitted: Arc<Admitted>,
    id: String,
    began: Instant,
    lines: u64,
    bytes: usize,
}

impl StreamLog {
    /// `outcome` is `done`, or the code of the error.
    fn ended(&self, outcome: &str) {
        let took = self.began.elapsed();
        self.server.metrics.streamed(self.stream, took);
        tracing::info!(
            request_id = self.id,
            operation = self.stream,
            outcome,
            lines = self.lines,
            bytes = self.bytes,
            client = %self.admitted.origin.client,
            token = self.admitted.presented.name,
            duration_ms = took.as_secs_f64() * 1_000.0,
            "stream ended"
        );
    }
}

/// Passes the lines on to the client, with an empty one now and then; a client that takes none for too long is let go.
fn forwarded(first: Vec<u8>, mut lines: Lines, ends: Ends, mut log: StreamLog) -> Body {
    let (mut to_client, channel) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        let _ends = ends;
        let patience = log.server.limits.write_timeout;
        let (mut next, mut outcome) = (Some(first), "done".to_owned());
        while let Some(line) = next {
            log.lines += 1;
            log.bytes += line.len();
            match tokio::time::timeout(patience, to_client.send_data(Bytes::from(line))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return log.ended("client_gone"),
                Err(_) => return log.ended("client_too_slow"),
            }
            next = match tokio::time::timeout(HEARTBEAT, lines.recv()).await {
                Err(_) => Some(b"\n".to_vec()),
                Ok(Some(Ok(line))) => Some(line),
                Ok(Some(Err(error))) => {
                    outcome = error.code().to_owned();
                    Some(last_line(&error, &log.id))
                }
                Ok(None) => None,
            };
        }
        log.ended(&outcome);
    });
    Body::new(channel)
}

fn last_line(error: &Error, id: &str) -> Vec<u8> {
    let mut line = protocol::error_body(&shown(error, id), id).to_string().into_bytes();
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_fails_ends_with_the_error_and_the_id_to_ask_about() {
        let line = |error: Error| serde_json::from_slice::<serde_json::Value>(&last_line(&error, "r1")).unwrap();
        let refused = line(Error::refused("kind_cannot_move", "M8", "it cannot move"));
        assert_eq!((&refused["error"]["code"], &refused["error"]["request_id"]), (&"kind_cannot_move".into(), &"r1".into()));
        assert_eq!(refused.as_object().unwrap().len(), 1);
        let failed = line(Error::failed("store", "SELECT secret")).to_string();
        assert!(failed.contains("under request r1") && !failed.contains("SELECT"), "G13: {failed}");
    }
}
