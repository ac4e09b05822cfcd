//! What all requests share, and how a request's caller is told apart from strangers.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::body::Memory;
use super::clients::Proxies;
use super::limits::Buckets;
use super::metrics::Metrics;
use super::pool::{Lane, Pool};
use super::strangers::Strangers;
use super::{Limits, Options, hosts::Hosts};
use crate::clock::Clock;
use crate::domain::time::MINUTE_MS;
use crate::domain::token::Presented;
use crate::error::{Error, Exit, Result};
use crate::ops::{Bearer, Call, Caller, Local};
use crate::store::{Location, tokens};

/// What all requests share.
pub struct Server {
    pub pool: Pool,
    pub location: Location,
    pub clock: Clock,
    pub limits: Limits,
    pub hosts: Hosts,
    pub proxies: Proxies,
    pub metrics: Arc<Metrics>,
    pub began: Instant,
    /// Where bodies are kept as they come in.
    pub bodies: Memory,
    /// Wakes the background worker.
    pub wake: Mutex<std::sync::mpsc::Sender<()>>,
    tokens: Buckets<String>,
    strangers: Strangers,
}

/// How often the last use of a token is written.
const USED_EVERY_MS: i64 = 5 * MINUTE_MS;

/// Refused for now.
pub const RATE_LIMITED: &str = "rate_limited";

impl Server {
    pub fn new(options: &Options, wake: std::sync::mpsc::Sender<()>) -> Result<Server> {
        let limits = options.limits;
        let rate = f64::from(limits.requests_per_second);
        let metrics = Arc::new(Metrics::new());
        Ok(Server {
            pool: Pool::new(&options.store, options.clock, options.store_connections, Arc::clone(&metrics)),
            location: options.store.clone(),
            clock: options.clock,
            hosts: Hosts::new(options.listen.ip(), &options.hosts),
            proxies: Proxies::parse(&options.trusted_proxies)?,
            metrics,
            began: Instant::now(),
            bodies: Memory::new(limits.body_bytes),
            wake: Mutex::new(wake),
            tokens: Buckets::new(rate, 2.0 * rate),
            strangers: Strangers::new(),
            limits,
        })
    }

    /// Lets a caller in, or says why not. Nothing else of the request has been read yet.
    pub async fn admit(self: &Arc<Self>, presented: Option<Presented>, from: IpAddr) -> Result<Presented> {
        let known = presented.as_ref().is_some_and(|presented| self.strangers.knows(presented));
        if !known {
            self.strangers.admit(presented.as_ref(), from, &self.pool).await?;
            let (server, shown) = (Arc::clone(self), presented.clone());
            let authenticate = move |local: &mut Local| server.authenticate(local, shown.as_ref(), from);
            if let Some(bearer) = self.pool.with(Lane::Read, true, authenticate).await? {
                self.note_use(bearer);
            }
        }
        let presented = presented.ok_or_else(|| Error::failed("unexpected", "a call without a token was let in"))?;
        self.tokens.take(presented.name.clone()).map_err(|wait| too_many("this token calls too often", wait))?;
        Ok(presented)
    }

    /// Whose token it is; `None` where another request with the same token has just found that out.
    fn authenticate(&self, local: &mut Local, presented: Option<&Presented>, from: IpAddr) -> Result<Option<Bearer>> {
        if presented.is_some_and(|presented| self.strangers.knows(presented)) {
            return Ok(None);
        }
        self.strangers.admit_now(presented, from, local)?;
        let call = Call { caller: Caller::Bearer(presented.cloned()), ..Call::default() };
        let found = local.authenticate(&call);
        match (&found, presented) {
            (Ok(_), Some(presented)) => self.strangers.remember(presented),
            (Err(error), _) if error.exit() == Exit::Denied => self.count_failure(presented, from),
            _ => {}
        }
        found.map(Some)
    }

    /// The operation's own look said no: the token has been revoked, or has expired.
    pub fn refused(&self, presented: &Presented, from: IpAddr) {
        self.strangers.forget(presented);
        self.count_failure(Some(presented), from);
    }

    fn count_failure(&self, presented: Option<&Presented>, from: IpAddr) {
        self.metrics.authentication_failures.inc();
        self.strangers.failed(presented, from);
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

/// Exit 7: trying again later is all there is to do, and deskctl's own client does so.
pub fn too_many(what: &str, wait: Duration) -> Error {
    let seconds = wait.as_secs_f64().ceil().clamp(1.0, 3_600.0) as u64;
    Error::new(Exit::Unreachable, RATE_LIMITED, format!("{what}; try again in {seconds} s")).detail("retry_after_seconds", seconds)
}
