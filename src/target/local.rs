//! The store as a target: an operation is one transaction.

use crate::clock::Clock;
use crate::domain::user::Permission;
use crate::error::{Error, Exit, Result};
use crate::ops::{self, Answer, Call, Desk, Operation};
use crate::store::{Location, Mode, Store, Turn};

/// How often a transaction that was in another one's way is run again.
const TRIES: u32 = 8;

/// An open store that operations run on.
pub struct Local {
    pub store: Store,
    pub clock: Clock,
}

impl Local {
    pub fn open(location: &Location, clock: Clock) -> Result<Local> {
        Ok(Local { store: Store::open(location, clock.now())?, clock })
    }

    pub fn run<O: Operation>(&mut self, operation: O, call: &Call) -> Result<Answer<O::Output>> {
        let mode = if O::WRITES { Mode::Write(Turn::Interactive) } else { Mode::Read };
        let mut tries = 0;
        loop {
            tries += 1;
            let location = self.store.location().clone();
            let tx = self.store.tx(mode)?;
            match ops::run(operation.clone(), tx, location, self.clock.now(), call) {
                Err(error) if error.is_retryable() && tries < TRIES => continue,
                Err(error) => {
                    if O::WRITES && !call.dry_run {
                        self.audit_failure(&operation, call, &error);
                    }
                    return Err(error);
                }
                answer => return answer,
            }
        }
    }

    /// The other kind beside operations: rows out of one call, from one read snapshot.
    pub fn stream<T>(&mut self, call: &Call, needs: Permission, stream: impl FnOnce(&mut Desk<'_>) -> Result<T>) -> Result<T> {
        let location = self.store.location().clone();
        let now = self.clock.now();
        let mut desk = ops::open(self.store.read()?, location, now, call, needs)?;
        stream(&mut desk)
    }

    /// A refusal is audited too. Where even that cannot be written, the first error is the one that counts.
    fn audit_failure<O: Operation>(&mut self, operation: &O, call: &Call, error: &Error) {
        let writable = !matches!(error.exit(), Exit::Unreachable | Exit::Locked)
            && !["disk_full", "read_only", "store_corrupt", "io"].contains(&error.code());
        if writable && let Ok(tx) = self.store.write() {
            let _ = ops::audit_failure(operation, tx, self.clock.now(), call, error);
        }
    }
}
