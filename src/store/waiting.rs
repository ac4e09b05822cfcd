//! Whether anybody still waits for an answer: work that was given up is rolled back, and work that is being committed is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::error::{Error, Exit, Result};

/// Shared by a call and by whoever waits for it.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<AtomicU8>);

const WAITED_FOR: u8 = 0;
const COMMITTING: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Waiting {
    /// Nobody waits any more. False where that comes too late: the work is being committed, or is done.
    pub fn give_up(&self) -> bool {
        self.0.compare_exchange(WAITED_FOR, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire) != Err(COMMITTING)
    }

    /// Refuses to go on with work that was given up.
    pub(super) fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Acquire) == GIVEN_UP { Err(given_up()) } else { Ok(()) }
    }

    /// The work is about to be committed, which it must not be where it was given up.
    pub(super) fn commit(&self) -> Result<()> {
        match self.0.compare_exchange(WAITED_FOR, COMMITTING, Ordering::AcqRel, Ordering::Acquire) {
            Err(GIVEN_UP) => Err(given_up()),
            _ => Ok(()),
        }
    }
}

/// The code of the error where the time was up.
pub const TIMED_OUT: &str = "timed_out";

fn given_up() -> Error {
    Error::new(Exit::Unreachable, TIMED_OUT, "the time for the request was up, and nothing of it was kept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_up_is_not_committed_and_what_is_committed_cannot_be_given_up() {
        let (early, late) = (Waiting::default(), Waiting::default());
        assert!(early.check().is_ok() && early.give_up() && early.give_up());
        assert!(early.check().is_err() && early.commit().is_err());
        // A transaction that was in another one's way is run, and committed, again.
        assert!(late.commit().is_ok() && late.commit().is_ok() && late.check().is_ok());
        assert!(!late.give_up());
    }
}
