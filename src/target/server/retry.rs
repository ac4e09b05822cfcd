//! When a request is sent again, and when not; and what is known then of whether it was carried out.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How a try of a request failed.
pub struct Failure {
    pub error: Error,
    pub again: Again,
    pub carried: Carried,
}

/// Whether another try may end better. Requests that write carry a key, so any request may be sent again.
pub enum Again {
    No,
    Soon,
    /// The server asks for patience: it says for how long, or not.
    Later(Option<Duration>),
}

/// Whether the request was carried out.
pub enum Carried {
    /// The server's answer holds for every try of it: an earlier one under the same key would have been answered again.
    Told,
    /// Not by this try.
    No,
    Perhaps,
}

impl Failure {
    /// It never reached a server.
    pub fn not_sent(error: Error) -> Failure {
        Failure { error, again: Again::Soon, carried: Carried::No }
    }

    /// The answer did not come, or is none.
    pub fn lost(error: Error) -> Failure {
        Failure { error, again: Again::Soon, carried: Carried::Perhaps }
    }

    /// An answer of the server, and no other will come.
    pub fn told(error: Error) -> Failure {
        Failure { error, again: Again::No, carried: Carried::Told }
    }

    /// The same of this try alone.
    pub fn refused(error: Error) -> Failure {
        Failure { error, again: Again::No, carried: Carried::No }
    }
}

/// How a request ended without an answer.
pub struct Lost {
    pub error: Error,
    /// Some try of it may have been carried out.
    pub in_doubt: bool,
}

impl From<Lost> for Error {
    fn from(lost: Lost) -> Error {
        lost.error
    }
}

/// A server that is not there is not waited for long; one that asks for patience is, and so is one that may have done it.
const TRIES: u32 = 4;
const TRIES_IN_DOUBT: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(60);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// The tries of one request.
pub struct Retry {
    began: Instant,
    /// For all tries together.
    limit: Duration,
    /// Whether it writes: then a lost answer leaves a doubt.
    writes: bool,
    tries: u32,
    pause: Duration,
    in_doubt: bool,
}

impl Retry {
    pub fn new(limit: Duration, writes: bool) -> Retry {
        Retry { began: Instant::now(), limit, writes, tries: 0, pause: FIRST_PAUSE, in_doubt: false }
    }

    /// `request` is told how long this try may take: most of what is left, so that there is time for another one.
    pub fn run<T>(mut self, mut request: impl FnMut(Duration) -> Result<T, Failure>) -> Result<T, Lost> {
        loop {
            let left = self.limit.saturating_sub(self.began.elapsed());
            match request((left / 4 * 3).max(Duration::from_millis(50))) {
                Ok(answer) => return Ok(answer),
                Err(failure) => match self.pause_after(failure) {
                    Ok(pause) => std::thread::sleep(pause),
                    Err(error) => return Err(Lost { error, in_doubt: self.in_doubt && self.writes }),
                },
            }
        }
    }

    /// How long to wait before the next try, or the error to end with.
    fn pause_after(&mut self, Failure { error, again, carried }: Failure) -> Result<Duration> {
        self.tries += 1;
        self.in_doubt = match carried {
            Carried::Told => false,
            Carried::No => self.in_doubt,
            Carried::Perhaps => true,
        };
        let tries = if self.in_doubt && self.writes { TRIES_IN_DOUBT } else { TRIES };
        let pause = match again {
            Again::No => return Err(error),
            Again::Soon if self.tries >= tries => return Err(error),
            Again::Soon | Again::Later(None) => self.pause,
            Again::Later(Some(wait)) => wait,
        };
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        if self.began.elapsed() + pause > self.limit.min(PATIENCE.max(self.limit / 2)) { Err(error) } else { Ok(pause) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Exit;

    const LIMIT: Duration = Duration::from_secs(120);

    fn error() -> Error {
        Error::new(Exit::Unreachable, "unreachable", "no")
    }

    fn run(writes: bool, mut failure: impl FnMut(u32) -> Failure) -> (u32, bool) {
        let mut tries = 0;
        let retry = Retry { pause: Duration::ZERO, ..Retry::new(LIMIT, writes) };
        let lost = retry.run::<()>(|_| {
            tries += 1;
            Err(failure(tries))
        });
        (tries, lost.is_err_and(|lost| lost.in_doubt))
    }

    #[test]
    fn an_absent_server_is_tried_a_few_times() {
        assert_eq!(run(true, |_| Failure::not_sent(error())), (TRIES, false));
    }

    #[test]
    fn an_answer_is_final_and_patience_ends() {
        assert_eq!(run(true, |_| Failure::told(error())), (1, false));
        let later = |wait| Failure { again: Again::Later(Some(wait)), ..Failure::refused(error()) };
        let pause = Retry::new(LIMIT, false).pause_after(later(Duration::from_secs(3)));
        assert_eq!(pause.unwrap(), Duration::from_secs(3));
        assert!(Retry::new(LIMIT, false).pause_after(later(PATIENCE + Duration::from_secs(1))).is_err());
        assert!(Retry::new(Duration::from_secs(2), false).pause_after(later(Duration::from_secs(3))).is_err());
    }

    #[test]
    fn g26_what_may_have_been_done_stays_in_doubt_until_the_server_says() {
        assert_eq!(run(true, |_| Failure::lost(error())), (TRIES_IN_DOUBT, true));
        assert_eq!(run(false, |_| Failure::lost(error())), (TRIES, false), "what reads leaves no doubt");
        let then = |next: fn(Error) -> Failure| move |tries| if tries == 1 { Failure::lost(error()) } else { next(error()) };
        assert_eq!(run(true, then(Failure::not_sent)), (TRIES_IN_DOUBT, true), "the server went away after it");
        assert_eq!(run(true, then(Failure::refused)), (2, true), "a token that was revoked meanwhile says nothing about it");
        assert_eq!(run(true, then(Failure::told)), (2, false));
    }
}
