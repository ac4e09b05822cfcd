//! The background worker: drives the migrations that are the servers' to drive, and takes over from a server that is gone.
//!
//! There is one on each server. The worker's lock decides which of them drives; the others look again a second later.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::metrics::Metrics;
use crate::clock::Clock;
use crate::domain::Id;
use crate::domain::migration::RunState;
use crate::error::{Error, Exit, Result};
use crate::migrate::worker::{Driven, Watch, Worker};
use crate::store::migrations::{self, Run};
use crate::store::{Location, Store, locks, search};

/// How often is looked for a run that nobody drives.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After an error, so that a store that is away is not asked all the time.
const AFTER_ERROR: Duration = Duration::from_secs(5);

/// How a worker ends whose run is not there any more: it was unscheduled while this waited for its start.
const UNSCHEDULED: &str = "unknown_migration";

/// What a background worker works with.
pub struct Background {
    pub location: Location,
    pub clock: Clock,
    pub metrics: Arc<Metrics>,
    /// Set when the server stops: the run is left at its next safe point.
    pub stop: Arc<AtomicBool>,
    /// A message comes when a run has been started or resumed.
    pub wake: Receiver<()>,
}

impl Background {
    /// Works until the server stops.
    pub fn run(self) {
        let mut store = None;
        while !self.stop.load(Ordering::Relaxed) {
            self.metrics.worker_rounds.inc();
            let pause = match self.work(&mut store) {
                Ok(()) => LOOK_EVERY,
                Err(error) if error.exit() == Exit::Interrupted => return,
                Err(error) if error.exit() == Exit::Locked => LOOK_EVERY,
                // Its start was taken back while it waited for it.
                Err(error) if error.exit() == Exit::NotFound => LOOK_EVERY,
                Err(error) => {
                    store = None;
                    self.metrics.worker_errors.inc();
                    tracing::error!(code = error.code(), message = error.message(), "the background worker failed");
                    AFTER_ERROR
                }
            };
            if let Err(RecvTimeoutError::Disconnected) = self.wake.recv_timeout(pause) {
                return;
            }
        }
    }

    /// Drives whatever there is to drive now.
    fn work(&self, store: &mut Option<Store>) -> Result<()> {
        let store = match store {
            Some(store) => store,
            None => store.insert(Store::open(&self.location, self.clock.now())?),
        };
        while let Some(id) = self.due(store)? {
            self.metrics.migration_running.set(1);
            self.metrics.migration_progress.set(0.0);
            let mut watch = Logged { phase: None, metrics: &self.metrics };
            let driven = Worker { store, clock: self.clock, interrupted: &self.stop, watch: &mut watch, slowly: false }.drive(id);
            self.metrics.migration_running.set(0);
            match driven {
                Ok(Driven { completed, refused }) => {
                    completed.iter().for_each(|id| tracing::info!(migration = id, "the migration is completed"));
                    if let Some(error) = refused {
                        tracing::warn!(code = error.code(), message = error.message(), "the next channel was not started");
                    }
                }
                Err(error) if error.code() == UNSCHEDULED => tracing::info!(migration = id, "the migration was unscheduled"),
                Err(error) => return Err(error),
            }
        }
        // Where it cannot be written now, the next look does; searches find what is pending anyway.
        if let Err(error) = search::drain(store, &mut |_| !self.stop.load(Ordering::Relaxed)) {
            tracing::warn!(code = error.code(), message = error.message(), "the search index was not brought up to date");
        }
        Ok(())
    }

    /// The active run, where it is a server's to drive and nobody does. A failed one waits for its `resume`.
    fn due(&self, store: &mut Store) -> Result<Option<Id>> {
        let mut tx = store.read()?;
        let Some(run) = migrations::active(&mut tx)? else { return Ok(None) };
        let wanted = run.served && matches!(run.state, RunState::Scheduled | RunState::Running);
        let free = wanted && !locks::is_held(&mut tx, &self.location, locks::Purpose::Worker)?;
        Ok(free.then_some(run.id))
    }
}

/// A run's progress: its phases in the server's log, how far it is in the metrics.
struct Logged<'a> {
    phase: Option<String>,
    metrics: &'a Metrics,
}

impl Watch for Logged<'_> {
    fn phase(&mut self, run: &Run) {
        let phase = run.phase.to_string();
        if self.phase.as_ref() != Some(&phase) {
            tracing::info!(migration = run.id, phase, done = run.counts.done, total = run.counts.total, "a migration goes on");
            self.phase = Some(phase);
        }
    }

    fn progress(&mut self, run: &Run) {
        let total = run.counts.total.max(run.counts.done).max(1);
        self.metrics.migration_progress.set(run.counts.done as f64 / total as f64);
    }

    fn waiting(&mut self, error: &Error) {
        tracing::warn!(code = error.code(), message = error.message(), "a migration waits");
    }

    fn verified(&mut self, _: &Run, _: u64) {}
}
