//! The bodies of requests: how large each may be, and how much of all of them may be in memory at a time (G10).

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::request::timed_out;
use super::server::Server;
use crate::error::{Error, Exit, Result};

/// In KiB: what the bodies of all requests may hold in memory together.
const ALL_KIB: usize = 256 << 10;
/// In bytes: what every body may hold besides, so that large ones do not keep out the usual ones. The number of connections
/// bounds how often.
const EACH: usize = 64 << 10;

/// The memory for bodies.
pub struct Memory(Arc<Semaphore>);

/// A share of it, given back when it is dropped.
#[derive(Default)]
pub struct Share {
    kib: usize,
    held: Option<OwnedSemaphorePermit>,
}

impl Memory {
    /// At least the largest body finds room.
    pub fn new(largest: usize) -> Memory {
        Memory(Arc::new(Semaphore::new(ALL_KIB.max(largest / 1024 + 1))))
    }

    /// Makes room as a body comes in, not before: one that is announced and never sent keeps nobody out. What finds no room
    /// is refused rather than left waiting: two that wait for each other would wait for ever.
    fn grow(&self, share: &mut Share, bytes: usize) -> Result<()> {
        let wanted = bytes.saturating_sub(EACH).div_ceil(1024);
        let more = wanted.saturating_sub(share.kib);
        if more == 0 {
            return Ok(());
        }
        let permit = u32::try_from(more).ok().and_then(|more| Arc::clone(&self.0).try_acquire_many_owned(more).ok()).ok_or_else(full)?;
        match &mut share.held {
            Some(held) => held.merge(permit),
            None => share.held = Some(permit),
        }
        share.kib = wanted;
        Ok(())
    }
}

fn full() -> Error {
    Error::new(Exit::Unreachable, "too_busy", "the server holds as many large requests as it can; try again in 1 s")
        .detail("retry_after_seconds", 1)
}

/// Reads the body, within the limits for one, for all of them, and for the time that it takes.
pub async fn read(server: &Arc<Server>, headers: &HeaderMap, body: Body) -> Result<(Bytes, Share)> {
    expect_plain_json(headers)?;
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|length| length > server.limits.body_bytes) {
        return Err(too_large(server));
    }
    let limit = server.limits.request_timeout;
    tokio::time::timeout(limit, collect(server, body)).await.unwrap_or_else(|_| Err(timed_out(limit.as_secs())))
}

fn expect_plain_json(headers: &HeaderMap) -> Result<()> {
    let is_json = |value: &HeaderValue| {
        value.to_str().is_ok_and(|text| text.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")))
    };
    let unsupported = |message: &str| Error::usage("unsupported_media_type", message);
    if !headers.get(CONTENT_TYPE).is_some_and(is_json) {
        return Err(unsupported("the body has to be application/json"));
    }
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(unsupported("the body has to come uncompressed"));
    }
    Ok(())
}

fn too_large(server: &Server) -> Error {
    Error::usage("body_too_large", format!("the body is larger than {} bytes", server.limits.body_bytes))
}

async fn collect(server: &Arc<Server>, mut body: Body) -> Result<(Bytes, Share)> {
    let (mut whole, mut share) = (Vec::new(), Share::default());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::usage("bad_body", "the body broke off"))?;
        // Trailers say nothing here.
        let Ok(data) = frame.into_data() else { continue };
        if whole.len() + data.len() > server.limits.body_bytes {
            return Err(too_large(server));
        }
        server.bodies.grow(&mut share, whole.len() + data.len())?;
        whole.extend_from_slice(&data);
    }
    Ok((whole.into(), share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g10_large_bodies_share_a_bounded_memory_and_small_ones_need_none() {
        let memory = Memory::new(0);
        let mut shares: Vec<Share> = Vec::new();
        for _ in 0..4 {
            let mut share = Share::default();
            for bytes in [1, 1 << 20, 64 << 20] {
                memory.grow(&mut share, bytes).unwrap();
            }
            shares.push(share);
        }
        // Each of them had its first 64 KiB for nothing.
        assert_eq!(memory.0.available_permits(), 4 * 64);
        assert_eq!(memory.grow(&mut Share::default(), 1 << 20).unwrap_err().code(), "too_busy");
        memory.grow(&mut Share::default(), EACH).unwrap();
        shares.pop();
        memory.grow(&mut Share::default(), 1 << 20).unwrap();
    }

    #[test]
    fn g10_the_largest_body_always_finds_room() {
        Memory::new(1 << 30).grow(&mut Share::default(), 1 << 30).unwrap();
    }
}
