//! What `/metrics` tells, in Prometheus' text form: counts and times, nothing of the account.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::pool::Lane;

/// What a request was for, and how it ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Labels {
    /// The operation's or stream's name, or the route.
    pub operation: String,
    pub status: u16,
}

/// The operation's or stream's name, or the route.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Operation {
    pub operation: String,
}

/// Which connections to the store.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct OfLane {
    pub lane: &'static str,
}

/// The stable code of an error.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Code {
    pub code: String,
}

/// A family of histograms, one for each set of labels.
type Times<L> = Family<L, Histogram, fn() -> Histogram>;

fn times<L: Clone + std::hash::Hash + Eq>() -> Times<L> {
    Family::new_with_constructor(|| Histogram::new(BUCKETS))
}

/// All that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Times<Operation>,
    streams: Times<Operation>,
    waits: Times<OfLane>,
    store_errors: Family<Code, Counter>,
    pub connections_refused: Counter,
    pub worker_rounds: Counter,
    pub worker_errors: Counter,
    /// How far the migration is that this server drives, from 0 to 1.
    pub migration_progress: Gauge<f64, AtomicU64>,
    pub in_flight: Gauge,
    pub connections: Gauge,
    pub rate_limited: Counter,
    pub authentication_failures: Counter,
    /// 1 while this server drives a migration.
    pub migration_running: Gauge,
    pub uptime_seconds: Gauge<f64, AtomicU64>,
}

const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0];

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("deskctl");
        let metrics = Metrics {
            requests: Family::default(),
            seconds: times(),
            streams: times(),
            waits: times(),
            store_errors: Family::default(),
            connections_refused: Counter::default(),
            worker_rounds: Counter::default(),
            worker_errors: Counter::default(),
            migration_progress: Gauge::default(),
            in_flight: Gauge::default(),
            connections: Gauge::default(),
            rate_limited: Counter::default(),
            authentication_failures: Counter::default(),
            migration_running: Gauge::default(),
            uptime_seconds: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Requests answered", metrics.requests.clone());
        registry.register_with_unit("request_duration", "How long requests took", Unit::Seconds, metrics.seconds.clone());
        registry.register_with_unit("stream_duration", "How long streams took to their end", Unit::Seconds, metrics.streams.clone());
        registry.register_with_unit(
            "store_wait",
            "How long work waited for a connection to the store",
            Unit::Seconds,
            metrics.waits.clone(),
        );
        registry.register("store_errors", "Requests that the store failed", metrics.store_errors.clone());
        registry.register("connections_refused", "Connections for which there was no room", metrics.connections_refused.clone());
        registry.register("worker_rounds", "How often the background worker looked for work", metrics.worker_rounds.clone());
        registry.register("worker_errors", "How often the background worker failed", metrics.worker_errors.clone());
        let progress = "How far the migration is that this server drives, from 0 to 1";
        registry.register_with_unit("migration_progress", progress, Unit::Ratios, metrics.migration_progress.clone());
        registry.register("requests_in_flight", "Requests being answered now", metrics.in_flight.clone());
        registry.register("connections", "Open connections", metrics.connections.clone());
        registry.register("rate_limited", "Requests refused with 429", metrics.rate_limited.clone());
        registry.register("authentication_failures", "Requests without a valid token", metrics.authentication_failures.clone());
        registry.register("migration_running", "Whether this server drives a migration", metrics.migration_running.clone());
        registry.register_with_unit("uptime", "Time since the start", Unit::Seconds, metrics.uptime_seconds.clone());
        let version = [("version", crate::protocol::VERSION)];
        registry.register("build", "The version of this server", prometheus_client::metrics::info::Info::new(version));
        Metrics { registry, ..metrics }
    }

    pub fn answered(&self, operation: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Labels { operation: operation.to_owned(), status }).inc();
        self.seconds.get_or_create(&Operation { operation: operation.to_owned() }).observe(took.as_secs_f64());
    }

    pub fn streamed(&self, stream: &str, took: Duration) {
        self.streams.get_or_create(&Operation { operation: stream.to_owned() }).observe(took.as_secs_f64());
    }

    pub fn waited(&self, lane: Lane, took: Duration) {
        let lane = match lane {
            Lane::Read => "read",
            Lane::Write => "write",
            Lane::Stream => "stream",
        };
        self.waits.get_or_create(&OfLane { lane }).observe(took.as_secs_f64());
    }

    pub fn store_failed(&self, code: &str) {
        self.store_errors.get_or_create(&Code { code: code.to_owned() }).inc();
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
