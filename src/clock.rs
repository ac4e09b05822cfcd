//! Where the time comes from. Everything else takes it as an argument.

use std::time::Instant;

use crate::domain::time::Time;
use crate::error::{Error, Result};

/// The system's clock, or one that starts at a given moment (`DESKCTL_NOW`, for reproducible runs and tests).
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    System,
    Started { at: Time, when: Instant },
}

impl Clock {
    /// `DESKCTL_NOW` when it is set, else the system's clock.
    pub fn from_env() -> Result<Clock> {
        match std::env::var("DESKCTL_NOW") {
            Err(_) => Ok(Clock::System),
            Ok(text) => text
                .parse()
                .map(|at| Clock::Started { at, when: Instant::now() })
                .map_err(|reason| Error::usage("bad_environment", format!("DESKCTL_NOW: {reason}"))),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else gets the time from")]
    pub fn now(&self) -> Time {
        match self {
            Clock::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Time(since.as_millis() as i64)
            }
            Clock::Started { at, when } => at.plus_ms(when.elapsed().as_millis() as i64),
        }
    }
}
