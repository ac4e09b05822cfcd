//! Who shows no valid token, and how often they may (G18).

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::clients::network;
use super::limits::Buckets;
use super::pool::{Lane, Pool};
use super::server::too_many;
use crate::domain::token::Presented;
use crate::error::Result;
use crate::ops::Local;
use crate::store::tokens;

/// Failed authentications that an address has at once, and then one every so many seconds.
const FAILURES: f64 = 10.0;
const FAILURE_SECONDS: f64 = 6.0;
/// How long a token counts as known.
const KNOWN_FOR: Duration = Duration::from_secs(60);
/// How often the names of all tokens are looked up, at most.
const NAMES_EVERY: Duration = Duration::from_secs(1);

/// What tells strangers from callers.
pub struct Strangers {
    failures: Buckets<IpAddr>,
    /// Of one token's name from one address: whoever knows a name may not guess its secret more often either.
    guesses: Buckets<(IpAddr, String)>,
    /// Tokens that were valid a moment ago: they are not asked for before the body, and no stranger at the same address can
    /// lock them out. The operation's own transaction asks again.
    known: Mutex<HashMap<Presented, Instant>>,
    /// The names of all tokens, as of then.
    names: tokio::sync::Mutex<Option<(Instant, HashSet<String>)>>,
}

impl Strangers {
    pub fn new() -> Strangers {
        let rate = 1.0 / FAILURE_SECONDS;
        Strangers {
            failures: Buckets::new(rate, FAILURES),
            guesses: Buckets::new(rate, FAILURES),
            known: Mutex::default(),
            names: tokio::sync::Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Presented, Instant>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn knows(&self, presented: &Presented) -> bool {
        self.known().get(presented).is_some_and(|since| since.elapsed() < KNOWN_FOR)
    }

    pub fn remember(&self, presented: &Presented) {
        let mut known = self.known();
        known.retain(|_, since| since.elapsed() < KNOWN_FOR);
        known.insert(presented.clone(), Instant::now());
    }

    pub fn forget(&self, presented: &Presented) {
        self.known().remove(presented);
    }

    /// Counts a failure.
    pub fn failed(&self, presented: Option<&Presented>, from: IpAddr) {
        let address = network(from);
        if let Some(presented) = presented {
            // Whoever has none left is refused before it gets here.
            let _ = self.guesses.take((address, presented.name.clone()));
        }
        let _ = self.failures.take(address);
    }

    /// Refuses whoever has failed too often. An address that has no failures left may still show a token that there is:
    /// others at the same address, behind one proxy perhaps, are not locked out by a stranger.
    pub async fn admit(&self, presented: Option<&Presented>, from: IpAddr, pool: &Pool) -> Result<()> {
        let Err(wait) = self.failures.look(&network(from)) else { return Ok(()) };
        let there = match presented {
            Some(presented) => self.is_name(&presented.name, pool).await?,
            None => false,
        };
        self.may_guess(presented.filter(|_| there), from, wait)
    }

    /// The same once more with the store at hand, in its turn: of many that came at once, some may have failed meanwhile.
    pub fn admit_now(&self, presented: Option<&Presented>, from: IpAddr, local: &mut Local) -> Result<()> {
        let Err(wait) = self.failures.look(&network(from)) else { return Ok(()) };
        let there = match presented {
            Some(presented) => tokens::bearer(&mut local.store.read()?, &presented.name)?.is_some(),
            None => false,
        };
        self.may_guess(presented.filter(|_| there), from, wait)
    }

    fn may_guess(&self, named: Option<&Presented>, from: IpAddr, wait: Duration) -> Result<()> {
        let wait = match named.map(|presented| self.guesses.look(&(network(from), presented.name.clone()))) {
            Some(Ok(())) => return Ok(()),
            Some(Err(wait)) => wait,
            None => wait,
        };
        Err(too_many("too many calls without a valid token came from this address", wait))
    }

    async fn is_name(&self, name: &str, pool: &Pool) -> Result<bool> {
        let mut names = self.names.lock().await;
        if let Some((since, names)) = names.as_ref()
            && (names.contains(name) || since.elapsed() < NAMES_EVERY)
        {
            return Ok(names.contains(name));
        }
        let looked_up = pool.with(Lane::Read, true, |local| tokens::names(&mut local.store.read()?)).await?;
        let found = looked_up.contains(name);
        *names = Some((Instant::now(), looked_up));
        Ok(found)
    }
}
