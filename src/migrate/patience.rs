//! How long a worker waits for a store that is busy or away.

use std::time::Duration;

use crate::error::{Error, Result};

/// Failures that waiting may cure: the store was busy, or its server went away.
pub fn is_passing(error: &Error) -> bool {
    error.is_retryable() || error.code() == "unreachable" || error.code() == "store_busy"
}

/// How long a worker waits for a server that went away: a restart with recovery takes its time.
/// `DESKCTL_PATIENCE` says otherwise, in seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// The pauses between retries: short at first, in all as long as patience lasts.
pub struct Patience {
    left: Duration,
    next: Duration,
}

impl Patience {
    pub fn new() -> Result<Patience> {
        let left = match std::env::var("DESKCTL_PATIENCE") {
            Err(_) => PATIENCE,
            Ok(text) => text
                .parse()
                .map(Duration::from_secs)
                .map_err(|_| Error::usage("bad_environment", format!("DESKCTL_PATIENCE: \"{text}\" is no number of seconds")))?,
        };
        Ok(Patience { left, next: Duration::from_millis(200) })
    }

    pub fn next(&mut self) -> Option<Duration> {
        let pause = self.next.min(self.left);
        self.left -= pause;
        self.next = (self.next * 2).min(LONGEST_PAUSE);
        (!pause.is_zero()).then_some(pause)
    }
}
