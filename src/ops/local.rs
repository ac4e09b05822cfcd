//! The store as a target: an operation is one transaction.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Answer, Call, Caller, Demand, Operation, Stream, bounds, records};
use crate::clock::Clock;
use crate::error::{Error, Exit, Result};
use crate::store::{Location, Mode, Store, TIMED_OUT, Turn};

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
        // Whoever may not call is told so by the call itself.
        if O::PREPARES && self.may(Demand { operation: O::NAME, writes: O::WRITES, needs: operation.needs() }, call)? {
            O::prepare(&mut self.store)?;
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let location = self.store.location().clone();
            let tx = self.store.tx(mode)?;
            match super::run(operation.clone(), tx, location, self.clock.now(), call) {
                Err(error) if error.is_retryable() && tries < TRIES => continue,
                Err(error) => {
                    if O::WRITES && !call.dry_run || is_refusal_of_bearer(call, &error) {
                        self.audit_failure(O::NAME, &operation, call, &error);
                    }
                    return Err(error);
                }
                answer => return answer,
            }
        }
    }

    fn may(&mut self, demand: Demand, call: &Call) -> Result<bool> {
        let location = self.store.location().clone();
        Ok(super::open(self.store.read()?, location, self.clock.now(), call, demand).is_ok())
    }

    /// Gives out a stream's items, from one read snapshot. Setting `stop` ends it at its next safe point.
    pub fn stream<S: Stream>(
        &mut self,
        stream: S,
        call: &Call,
        stop: &Arc<AtomicBool>,
        emit: &mut dyn FnMut(S::Item) -> Result<()>,
    ) -> Result<Answer<S::End>> {
        let location = self.store.location().clone();
        let now = self.clock.now();
        let demand = Demand { operation: S::NAME, writes: false, needs: stream.needs() };
        let arguments = records::arguments(&stream)?;
        let run = |store: &mut Store| {
            let mut desk = super::open(store.read()?, location, now, call, demand)?;
            bounds::check::<S>(S::NAME, &records::json(&stream)?)?;
            desk.stop = Arc::clone(stop);
            let output = stream.run(&mut desk, emit)?;
            Ok(Answer { output, zone: desk.account.time_zone, notices: desk.notices })
        };
        let answer = run(&mut self.store);
        if let Err(error) = &answer
            && is_refusal_of_bearer(call, error)
        {
            self.audit_failure(S::NAME, &arguments, call, error);
        }
        answer
    }

    /// Refuses who may not do something that is neither operation nor stream.
    pub fn permit(&mut self, call: &Call, operation: &'static str, needs: crate::domain::user::Permission) -> Result<()> {
        let location = self.store.location().clone();
        let now = self.clock.now();
        let demand = Demand { operation, writes: false, needs };
        let refused = super::open(self.store.read()?, location, now, call, demand).map(drop);
        if let Err(error) = &refused
            && is_refusal_of_bearer(call, error)
        {
            self.audit_failure(operation, &serde_json::json!({}), call, error);
        }
        refused
    }

    /// Whose token this is, before anything else is read of a request.
    pub fn authenticate(&mut self, call: &Call) -> Result<super::Bearer> {
        let found = super::call::acting(&mut self.store.read()?, call, self.clock.now());
        match found {
            Ok(acting) => acting.bearer.ok_or_else(|| Error::failed("unexpected", "the call came with no token")),
            Err(error) => {
                self.audit_failure("tokens.authenticate", &serde_json::json!({}), call, &error);
                Err(error)
            }
        }
    }

    /// A refusal is audited too. Where even that cannot be written, the first error is the one that counts.
    fn audit_failure<T: serde::Serialize>(&mut self, name: &str, arguments: &T, call: &Call, error: &Error) {
        let writable = (error.code() == TIMED_OUT || !matches!(error.exit(), Exit::Unreachable | Exit::Locked))
            && !["disk_full", "read_only", "store_corrupt", "io"].contains(&error.code());
        if writable
            && let Ok(arguments) = records::arguments(arguments)
            && let Ok(tx) = self.store.write()
        {
            let _ = records::audit_failure(name, arguments, tx, self.clock.now(), call, error);
        }
    }
}

/// At a server every refusal is audited, of reading too.
fn is_refusal_of_bearer(call: &Call, error: &Error) -> bool {
    matches!(call.caller, Caller::Bearer(_)) && error.exit() == Exit::Denied
}
