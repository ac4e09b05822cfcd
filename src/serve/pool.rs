//! Connections to the store, shared by all requests: some for reading, some for writing, some for streams.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::Semaphore;

use super::metrics::Metrics;
use super::request::INSIDE;
use crate::clock::Clock;
use crate::error::{Error, Exit, Result};
use crate::ops::Local;
use crate::store::{Location, TIMED_OUT};

/// Which kind of connection a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Read,
    Write,
    /// Reading for as long as a client takes: kept apart, so that slow ones hold up nobody but each other.
    Stream,
}

/// All connections.
#[derive(Clone)]
pub struct Pool {
    readers: Arc<Connections>,
    writers: Arc<Connections>,
    streams: Arc<Connections>,
    metrics: Arc<Metrics>,
}

struct Connections {
    location: Location,
    clock: Clock,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Local>>,
}

impl Pool {
    /// `connections` each way, and half as many for streams. SQLite has one writer at a time in any case; more would only wait in a worse place.
    pub fn new(location: &Location, clock: Clock, connections: usize, metrics: Arc<Metrics>) -> Pool {
        let writers = if matches!(location, Location::Sqlite(_)) { 1 } else { connections };
        let lane = |count: usize| {
            let (location, permits) = (location.clone(), Arc::new(Semaphore::new(count)));
            Arc::new(Connections { location, clock, permits, idle: Mutex::default() })
        };
        Pool { readers: lane(connections), writers: lane(writers), streams: lane(connections.div_ceil(2)), metrics }
    }

    /// Runs blocking work on a connection, in its turn. Where `repeatable`, it is run once more when the connection turns
    /// out to have been lost while it was idle.
    pub async fn with<T: Send + 'static>(
        &self,
        lane: Lane,
        repeatable: bool,
        mut work: impl FnMut(&mut Local) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let connections = Arc::clone(match lane {
            Lane::Read => &self.readers,
            Lane::Write => &self.writers,
            Lane::Stream => &self.streams,
        });
        // The permit goes along: work is not stopped by a client that goes away, and must not be counted as done.
        let came = Instant::now();
        let permit = Arc::clone(&connections.permits).acquire_owned().await.map_err(Error::unexpected)?;
        self.metrics.waited(lane, came.elapsed());
        let blocking = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let (mut local, kept) = connections.take()?;
            let mut done = work(&mut local);
            if repeatable && kept && is_lost(&done) {
                connections.clear();
                local = connections.open()?;
                done = work(&mut local);
            }
            if !is_lost(&done) {
                connections.give_back(local);
            }
            done
        });
        let done = blocking.await.map_err(|error| Error::failed("unexpected", format!("a request ended in a panic: {error}")))?;
        done.map_err(away).inspect_err(|error| {
            if INSIDE.contains(&error.code()) || error.code() == STORE_AWAY {
                self.metrics.store_failed(error.code());
            }
        })
    }
}

fn is_lost<T>(done: &Result<T>) -> bool {
    done.as_ref().is_err_and(|error| error.exit() == Exit::Unreachable && error.code() != TIMED_OUT)
}

/// A store that cannot be worked with is nothing that the caller asked for, or could mend: where it lies and why it is away
/// is for the log (G13).
fn away(error: Error) -> Error {
    const AWAY: &[&str] = &[
        "unreachable",
        "no_store",
        "schema_old",
        "schema_newer",
        "database_login",
        "database_permission",
        "file_permission",
        "file_not_found",
    ];
    if AWAY.contains(&error.code()) || error.code().starts_with("tls_") {
        return Error::new(Exit::Unreachable, STORE_AWAY, "the server cannot reach its store")
            .hint("try again when it is back")
            .caused_by(error);
    }
    error
}

/// The code of the error where the store is away.
pub const STORE_AWAY: &str = "store_away";

impl Connections {
    fn open(&self) -> Result<Local> {
        Local::open(&self.location, self.clock)
    }

    /// A connection, and whether it was there already.
    fn take(&self) -> Result<(Local, bool)> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Ok((self.open()?, false)), |local| Ok((local, true)))
    }

    fn give_back(&self, local: Local) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(local);
    }

    /// What was lost with one connection was lost with all.
    fn clear(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
