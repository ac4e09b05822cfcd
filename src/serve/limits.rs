//! Rates: how often each token may call, and how often each address may fail to show a valid one (G18).

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A token bucket for each key: `rate` a second, up to `burst` at once.
pub struct Buckets<K> {
    rate: f64,
    burst: f64,
    levels: Mutex<HashMap<K, Level>>,
}

#[derive(Clone, Copy)]
struct Level {
    left: f64,
    at: Instant,
}

/// More keys than this are not kept: those that are full again go first.
const MOST_KEYS: usize = 100_000;

impl<K: Eq + Hash> Buckets<K> {
    pub fn new(rate: f64, burst: f64) -> Buckets<K> {
        Buckets { rate, burst, levels: Mutex::default() }
    }

    fn levels(&self) -> MutexGuard<'_, HashMap<K, Level>> {
        self.levels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn level(&self, levels: &HashMap<K, Level>, key: &K, now: Instant) -> f64 {
        levels.get(key).map_or(self.burst, |level| self.refilled(level, now))
    }

    fn refilled(&self, level: &Level, now: Instant) -> f64 {
        (level.left + now.saturating_duration_since(level.at).as_secs_f64() * self.rate).min(self.burst)
    }

    /// How long until there is one left; zero where there is.
    fn wait(&self, left: f64) -> Duration {
        Duration::try_from_secs_f64((1.0 - left).max(0.0) / self.rate).unwrap_or(Duration::MAX)
    }

    /// Takes one, or says how long to wait for it.
    pub fn take(&self, key: K) -> Result<(), Duration> {
        self.take_at(key, Instant::now())
    }

    fn take_at(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut levels = self.levels();
        let left = self.level(&levels, &key, now);
        if left < 1.0 {
            return Err(self.wait(left));
        }
        if levels.len() >= MOST_KEYS && !levels.contains_key(&key) {
            levels.retain(|_, level| self.refilled(level, now) < self.burst);
            // All of them in use: a flood of keys. Starting over costs less than memory without end.
            if levels.len() >= MOST_KEYS {
                levels.clear();
            }
        }
        levels.insert(key, Level { left: left - 1.0, at: now });
        Ok(())
    }

    /// Whether there is one left, without taking it.
    pub fn look(&self, key: &K) -> Result<(), Duration> {
        let left = self.level(&self.levels(), key, Instant::now());
        if left < 1.0 { Err(self.wait(left)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g18_a_burst_is_let_through_and_then_the_rate() {
        let buckets = Buckets::new(2.0, 3.0);
        let start = Instant::now();
        for _ in 0..3 {
            buckets.take_at("a", start).unwrap();
        }
        let wait = buckets.take_at("a", start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(500));
        buckets.take_at("b", start).unwrap();
        assert!(buckets.take_at("a", start + wait).is_ok());
        assert!(buckets.take_at("a", start + wait).is_err());
        // Never more than a burst, however long the pause.
        let later = start + Duration::from_secs(3_600);
        assert_eq!((0..10).filter(|_| buckets.take_at("a", later).is_ok()).count(), 3);
    }

    #[test]
    fn g10_the_number_of_keys_is_bounded() {
        let buckets = Buckets::new(0.001, 2.0);
        let now = Instant::now();
        for key in 0..MOST_KEYS + 10 {
            buckets.take_at(key, now).unwrap();
        }
        assert!(buckets.levels().len() <= MOST_KEYS);
    }
}
