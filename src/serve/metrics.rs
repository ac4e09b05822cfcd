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

/// What a request was for, and how it ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Labels {
    /// The operation's or stream's name, or the route.
    pub operation: String,
    pub status: u16,
}

/// All that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    pub in_flight: Gauge,
    pub connections: Gauge,
    pub rate_limited: Counter,
    pub authentication_failures: Counter,
    /// 1 while this server drives a migration.
    pub migration_running: Gauge,
    pub uptime_seconds: Gauge<f64, AtomicU64>,
}

const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0, 60.0];

impl Metrics {
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("deskctl");
        let metrics = Metrics {
            requests: Family::default(),
            seconds: Histogram::new(BUCKETS),
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
        self.seconds.observe(took.as_secs_f64());
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
