//! How fast work goes, and how long it will still take.

use std::time::{Duration, Instant};

/// Shorter spans say little about the rate.
const SPAN: Duration = Duration::from_millis(250);
/// How long the past counts, in seconds.
const MEMORY: f64 = 10.0;

/// The measured rate, smoothed: the plain average at first, later mostly the last seconds.
#[derive(Debug, Default)]
pub(super) struct Rate {
    started: Option<Instant>,
    last: Option<(Instant, u64)>,
    per_second: Option<f64>,
}

impl Rate {
    /// Takes note of how much is done; the first time only tells where work goes on from.
    pub fn observe(&mut self, now: Instant, done: u64) {
        let Some((then, before)) = self.last.filter(|(_, before)| *before <= done) else {
            *self = Rate { started: Some(now), last: Some((now, done)), per_second: None };
            return;
        };
        let span = now.saturating_duration_since(then);
        if span < SPAN {
            return;
        }
        let seconds = span.as_secs_f64();
        let whole = self.started.map_or(seconds, |started| now.saturating_duration_since(started).as_secs_f64());
        let weight = (seconds / whole).max(1.0 - (-seconds / MEMORY).exp());
        let current = (done - before) as f64 / seconds;
        let smoothed = self.per_second.map_or(current, |rate| rate + (current - rate) * weight);
        self.per_second = Some(smoothed);
        self.last = Some((now, done));
    }

    /// Per second, with one decimal; unknown until there was something to measure.
    pub fn per_second(&self) -> Option<f64> {
        self.per_second.map(|rate| (rate * 10.0).round() / 10.0)
    }

    /// Whole seconds, rounded up; unknown without a rate, and while nothing moves.
    pub fn eta_seconds(&self, done: u64, total: u64) -> Option<i64> {
        let left = total.saturating_sub(done);
        if left == 0 {
            return Some(0);
        }
        let rate = self.per_second.filter(|rate| *rate > 0.001)?;
        Some((left as f64 / rate).ceil() as i64)
    }
}

/// With one decimal, rounded down: 100.0 is only said when all is done.
pub(super) fn percent(done: u64, total: u64) -> f64 {
    if done >= total {
        return 100.0;
    }
    (u128::from(done) * 1_000 / u128::from(total)) as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_what_was_measured_since_the_start_of_this_run() {
        let start = Instant::now();
        let mut rate = Rate::default();
        rate.observe(start, 40_000);
        assert_eq!(rate.per_second(), None);
        assert_eq!(rate.eta_seconds(40_000, 50_000), None);
        for tenth in 1..=100u64 {
            rate.observe(start + Duration::from_millis(tenth * 100), 40_000 + tenth * 50);
        }
        assert_eq!(rate.per_second(), Some(500.0));
        assert_eq!(rate.eta_seconds(45_000, 50_000), Some(10));
        assert_eq!(rate.eta_seconds(50_000, 50_000), Some(0));
    }

    #[test]
    fn a_change_of_pace_shows_without_jumping() {
        let start = Instant::now();
        let mut rate = Rate::default();
        for second in 0..=60u64 {
            rate.observe(start + Duration::from_secs(second), second * 100);
        }
        rate.observe(start + Duration::from_secs(61), 6_000);
        let shaken = rate.per_second().unwrap();
        assert!((85.0..100.0).contains(&shaken), "{shaken}");
        for second in 62..=121u64 {
            rate.observe(start + Duration::from_secs(second), 6_000 + (second - 61) * 10);
        }
        let settled = rate.per_second().unwrap();
        assert!((9.0..11.0).contains(&settled), "{settled}");
    }

    #[test]
    fn percent_rounds_down() {
        assert_eq!(percent(0, 0), 100.0);
        assert_eq!(percent(0, 3), 0.0);
        assert_eq!(percent(2, 3), 66.6);
        assert_eq!(percent(99_999, 100_000), 99.9);
        assert_eq!(percent(5, 5), 100.0);
    }
}
