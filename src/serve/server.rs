//! What all requests share, and how a request's caller is told apart from strangers.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::limits::Buckets;
use super::metrics::Metrics;
use super::pool::{Lane, Pool};
use super::{Limits, hosts::Hosts};
use crate::clock::Clock;
use crate::domain::time::MINUTE_MS;
use crate::domain::token::Presented;
use crate::error::{Error, Exit, Result};
use crate::ops::{Bearer, Call, Caller};
use crate::store::{Location, tokens};

/// What all requests share.
pub struct Server {
    pub pool: Pool,
    pub location: Location,
    pub clock: Clock,
    pub limits: Limits,
    pub hosts: Hosts,
    pub metrics: Arc<Metrics>,
    pub began: Instant,
    /// How much of bodies may be in memory at a time, in KiB.
    pub bodies: Arc<Semaphore>,
    /// Wakes the background worker.
    pub wake: Mutex<std::sync::mpsc::Sender<()>>,
    tokens: Buckets<String>,
    failures: Buckets<IpAddr>,
    /// Tokens that were valid a moment ago: they are not asked for before the body, and no stranger at the same address can
    /// lock them out. The operation's own transaction asks again.
    known: Mutex<HashMap<Presented, Instant>>,
}

/// In KiB: what the bodies of all requests may hold in memory together.
const BODY_MEMORY_KIB: usize = 256 << 10;
/// How long a token counts as known.
const KNOWN_FOR: Duration = Duration::from_secs(60);
/// How often the last use of a token is written.
const USED_EVERY_MS: i64 = 5 * MINUTE_MS;
/// Failed authentications that an address has at once, and then one every so many seconds.
const FAILURES: f64 = 10.0;
const FAILURE_SECONDS: f64 = 6.0;

/// Refused for now.
pub const RATE_LIMITED: &str = "rate_limited";

impl Server {
    pub fn new(pool: Pool, location: Location, clock: Clock, limits: Limits, hosts: Hosts, wake: std::sync::mpsc::Sender<()>) -> Server {
        let rate = f64::from(limits.requests_per_second);
        Server {
            pool,
            location,
            clock,
            hosts,
            metrics: Arc::new(Metrics::new()),
            began: Instant::now(),
            bodies: Arc::new(Semaphore::new(BODY_MEMORY_KIB.max(limits.body_bytes / 1024 + 1))),
            wake: Mutex::new(wake),
            tokens: Buckets::new(rate, 2.0 * rate),
            failures: Buckets::new(1.0 / FAILURE_SECONDS, FAILURES),
            known: Mutex::default(),
            limits,
        }
    }

    /// Lets a caller in, or says why not. Nothing else of the request has been read yet.
    pub async fn admit(self: &Arc<Self>, presented: Option<Presented>, from: IpAddr) -> Result<Presented> {
        if let Some(presented) = &presented
            && self.is_known(presented)
        {
            self.tokens.take(presented.name.clone()).map_err(|wait| too_many("this token calls too often", wait))?;
            return Ok(presented.clone());
        }
        let address = network(from);
        self.failures.look(&address).map_err(|wait| too_many("too many calls without a valid token came from this address", wait))?;
        let call = Call { caller: Caller::Bearer(presented.clone()), ..Call::default() };
        let found = self.pool.with(Lane::Read, true, move |local| local.authenticate(&call)).await;
        match (found, presented) {
            (Ok(bearer), Some(presented)) => {
                self.remember(&presented);
                self.note_use(bearer);
                self.tokens.take(presented.name.clone()).map_err(|wait| too_many("this token calls too often", wait))?;
                Ok(presented)
            }
            (Ok(_), None) => Err(Error::failed("unexpected", "a call without a token was let in")),
            (Err(error), _) => {
                if error.exit() == Exit::Denied {
                    self.count_failure(address);
                }
                Err(error)
            }
        }
    }

    /// The operation's own look said no: the token has been revoked, or has expired.
    pub fn refused(&self, presented: &Presented, from: IpAddr) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(presented);
        self.count_failure(network(from));
    }

    fn count_failure(&self, address: IpAddr) {
        self.metrics.authentication_failures.inc();
        // An address that has none left is refused before it gets here.
        let _ = self.failures.take(address);
    }

    fn is_known(&self, presented: &Presented) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(presented).is_some_and(|since| since.elapsed() < KNOWN_FOR)
    }

    fn remember(&self, presented: &Presented) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, since| since.elapsed() < KNOWN_FOR);
        known.insert(presented.clone(), Instant::now());
    }

    /// Written beside the request, and not often: lists show it roughly.
    fn note_use(self: &Arc<Self>, bearer: Bearer) {
        let now = self.clock.now();
        if bearer.last_used_at.is_some_and(|at| at.plus_ms(USED_EVERY_MS) > now) {
            return;
        }
        let server = Arc::clone(self);
        tokio::spawn(async move {
            let noted = server.pool.with(Lane::Write, true, move |local| {
                let mut tx = local.store.write()?;
                tokens::used(&mut tx, bearer.token, now)?;
                tx.commit()
            });
            if let Err(error) = noted.await {
                tracing::warn!(code = error.code(), "the use of a token could not be noted");
            }
        });
    }

    /// A run has been started or resumed.
    pub fn wake_worker(&self) {
        // A worker that is gone has ended with the server.
        let _ = self.wake.lock().unwrap_or_else(PoisonError::into_inner).send(());
    }
}

/// Whoever has one address of an IPv6 network has them all.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// Exit 7: trying again later is all there is to do, and deskctl's own client does so.
pub fn too_many(what: &str, wait: Duration) -> Error {
    let seconds = wait.as_secs_f64().ceil().clamp(1.0, 3_600.0) as u64;
    Error::new(Exit::Unreachable, RATE_LIMITED, format!("{what}; try again in {seconds} s")).detail("retry_after_seconds", seconds)
}
