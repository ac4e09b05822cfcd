//! When a request is sent again, and when not.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How a request failed.
pub enum Failure {
    /// It never reached the server.
    NotSent(Error),
    /// It may have been carried out, or not. Requests that write carry a key, so they may be sent again too.
    Broken(Error),
    /// The server asks for patience: it says for how long, or not.
    Later(Error, Option<Duration>),
    /// An answer, and no other will come.
    Final(Error),
}

/// A server that is not there is not waited for long; one that asks for patience is.
const TRIES: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(60);
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// The tries of one request.
pub struct Retry {
    began: Instant,
    tries: u32,
    pause: Duration,
}

impl Retry {
    pub fn new() -> Retry {
        Retry { began: Instant::now(), tries: 0, pause: FIRST_PAUSE }
    }

    pub fn run<T>(mut self, mut request: impl FnMut() -> Result<T, Failure>) -> Result<T> {
        loop {
            match request() {
                Ok(answer) => return Ok(answer),
                Err(failure) => std::thread::sleep(self.pause_after(failure)?),
            }
        }
    }

    /// How long to wait before the next try, or the error to end with.
    fn pause_after(&mut self, failure: Failure) -> Result<Duration> {
        self.tries += 1;
        let (error, pause) = match failure {
            Failure::Final(error) => return Err(error),
            Failure::NotSent(error) | Failure::Broken(error) if self.tries >= TRIES => return Err(error),
            Failure::NotSent(error) | Failure::Broken(error) => (error, self.pause),
            Failure::Later(error, wait) => (error, wait.unwrap_or(self.pause)),
        };
        self.pause = (self.pause * 2).min(Duration::from_secs(4));
        if self.began.elapsed() + pause > PATIENCE { Err(error) } else { Ok(pause) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Exit;

    fn error() -> Error {
        Error::new(Exit::Unreachable, "unreachable", "no")
    }

    #[test]
    fn an_absent_server_is_tried_a_few_times() {
        let mut tries = 0;
        let failed: Result<()> = Retry { pause: Duration::ZERO, ..Retry::new() }.run(|| {
            tries += 1;
            Err(Failure::NotSent(error()))
        });
        assert_eq!((failed.unwrap_err().code(), tries), ("unreachable", TRIES));
    }

    #[test]
    fn an_answer_is_final_and_patience_ends() {
        let mut tries = 0;
        let failed: Result<()> = Retry::new().run(|| {
            tries += 1;
            Err(Failure::Final(error()))
        });
        assert!(failed.is_err() && tries == 1);
        let later = Retry::new().pause_after(Failure::Later(error(), Some(Duration::from_secs(3))));
        assert_eq!(later.unwrap(), Duration::from_secs(3));
        assert!(Retry::new().pause_after(Failure::Later(error(), Some(PATIENCE + Duration::from_secs(1)))).is_err());
    }
}
