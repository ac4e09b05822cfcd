//! Connections to the store, shared by all requests: some for reading, others for writing.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::error::{Error, Exit, Result};
use crate::ops::Local;
use crate::store::Location;

/// Which kind of connection a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Read,
    Write,
}

/// All connections.
#[derive(Clone)]
pub struct Pool {
    readers: Arc<Connections>,
    writers: Arc<Connections>,
}

struct Connections {
    location: Location,
    clock: Clock,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Local>>,
}

impl Pool {
    /// `connections` each way. SQLite has one writer at a time in any case; more would only wait in a worse place.
    pub fn new(location: &Location, clock: Clock, connections: usize) -> Pool {
        let writers = if matches!(location, Location::Sqlite(_)) { 1 } else { connections };
        let lane = |count: usize| {
            let (location, permits) = (location.clone(), Arc::new(Semaphore::new(count)));
            Arc::new(Connections { location, clock, permits, idle: Mutex::default() })
        };
        Pool { readers: lane(connections), writers: lane(writers) }
    }

    /// Runs blocking work on a connection, in its turn. Where `repeatable`, it is run once more when the connection turns
    /// out to have been lost while it was idle.
    pub async fn with<T: Send + 'static>(
        &self,
        lane: Lane,
        repeatable: bool,
        mut work: impl FnMut(&mut Local) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let connections = Arc::clone(if lane == Lane::Read { &self.readers } else { &self.writers });
        // The permit goes along: work is not stopped by a client that goes away, and must not be counted as done.
        let permit = Arc::clone(&connections.permits).acquire_owned().await.map_err(Error::unexpected)?;
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
        blocking.await.map_err(|error| Error::failed("unexpected", format!("a request ended in a panic: {error}")))?
    }
}

fn is_lost<T>(done: &Result<T>) -> bool {
    done.as_ref().is_err_and(|error| error.exit() == Exit::Unreachable)
}

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
