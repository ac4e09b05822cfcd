//! Operations: each thing that deskctl can do, as plain data with a typed answer.
//!
//! From that one idea follow the permission check, the audit, `--dry-run`, idempotency keys, and the same command on
//! an embedded store and on a server. Adding a capability is one struct here, one in `cli`, nothing else.

pub mod account;
pub mod account_document;
pub mod arrival;
pub mod audit;
pub mod bots;
mod bounds;
pub mod call;
pub mod capabilities;
pub mod channels;
pub mod check;
pub mod companies;
pub mod contacts;
pub mod conversations;
pub mod deals;
pub mod filters;
pub mod inboxes;
mod local;
mod lookup;
pub mod machine;
pub mod migrations;
pub mod names;
pub mod outbox;
pub mod page;
pub mod pipelines;
pub mod properties;
mod records;
pub mod sla;
mod stream;
pub mod teams;
pub mod tickets;
pub mod tokens;
pub mod users;
pub mod views;
pub mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use call::{Acting, Bearer, Call, Caller, Demand, Origin};
pub use local::Local;
pub use stream::Stream;

use crate::domain::access::{Sight, Visibility};
use crate::domain::event::{Actor, Cause};
use crate::domain::time::{self, Time};
use crate::domain::token::scope_of;
use crate::domain::user::{Permission, User};
use crate::domain::when::{self, When};
use crate::error::{Error, Result};
use crate::lifecycle::Writer;
use crate::store::account::Account;
use crate::store::{self, Location, Store, Tx};

/// One thing that deskctl can do. Its JSON, and that of its output, is described by a schema.
pub trait Operation: Clone + Serialize + DeserializeOwned + JsonSchema {
    /// Stable: it names the operation in the audit and on the wire.
    const NAME: &'static str;
    /// Whether it changes anything: then it is audited, and can be rehearsed.
    const WRITES: bool;
    type Output: Clone + Serialize + DeserializeOwned + JsonSchema;

    /// What it asks of whoever runs it; checked before `run`.
    fn needs(&self) -> Permission;

    /// Whether the store has to do something first.
    const PREPARES: bool = false;

    /// What the store has to do first, in transactions of its own, for those who may call (G22).
    fn prepare(_: &mut Store) -> Result<()> {
        Ok(())
    }

    /// Does it, inside the transaction of `desk`, which commits only if this succeeds.
    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output>;

    /// What is kept of the answer for an idempotency key; less, where it holds a secret (G2).
    fn kept(output: &Self::Output) -> Self::Output {
        output.clone()
    }
}

/// What an operation works with: one transaction, who acts, and when.
pub struct Desk<'s> {
    pub tx: Tx<'s>,
    pub actor: User,
    /// The token that the call came with, at a server.
    pub bearer: Option<Bearer>,
    pub account: Account,
    pub now: Time,
    /// Where the store lies: worker locks are kept beside it.
    pub location: Location,
    /// Things to tell the user besides the answer (M20); they go to stderr.
    pub notices: Vec<String>,
    /// Set when nobody waits for the answer any more.
    stop: Arc<AtomicBool>,
}

impl<'s> Desk<'s> {
    pub fn zone(&self) -> Result<TimeZone> {
        time::zone(&self.account.time_zone).map_err(|reason| Error::failed("bad_time_zone", format!("the account's zone: {reason}")))
    }

    /// The instant of a time that a user named, in the account's zone.
    pub fn instant(&self, when: &When, clock: when::Clock) -> Result<Time> {
        Ok(when.instant(self.now, &self.zone()?, clock))
    }

    /// Makes changes of tickets and conversations in the acting user's name.
    pub fn writer(&mut self, cause: Cause) -> Writer<'_, 's> {
        Writer { tx: &mut self.tx, at: self.now, actor: Actor::User(self.actor.id), cause }
    }

    /// Which tickets the acting user may see (H2).
    pub fn visibility(&self) -> Visibility {
        Visibility::of(&self.actor)
    }

    /// Which conversations the acting user may see (H2).
    pub fn sight(&self) -> Sight {
        Sight::of(&self.actor)
    }

    /// Whether this call tells of the tickets of conversations that it may see: as `tickets.show` would, to this user and this token.
    pub fn shows_tickets(&self) -> bool {
        self.actor.may(Permission::HelpDesk) && call::has_scope(self.bearer.as_ref(), "tickets.show", false)
    }

    /// Whether this call may change them, as `tickets.update` would.
    pub fn changes_tickets(&self) -> bool {
        self.shows_tickets() && call::has_scope(self.bearer.as_ref(), "tickets.update", true)
    }

    /// Refuses a token without the scope for changing tickets.
    pub fn require_ticket_scope(&self) -> Result<()> {
        self.bearer.as_ref().map_or(Ok(()), |bearer| call::require_scope(bearer, &scope_of("tickets.update", true)))
    }

    pub fn notice(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notices.contains(&text) {
            self.notices.push(text);
        }
    }

    pub fn require(&self, permission: Permission) -> Result<()> {
        call::require(&self.actor, permission)
    }

    /// Whether the call came through a server.
    pub fn is_served(&self) -> bool {
        self.bearer.is_some()
    }

    /// Whether long reading should end.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// For long reading that cannot hold the desk meanwhile.
    pub fn stop_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    fn acting(&self) -> Acting {
        Acting { user: self.actor.clone(), bearer: self.bearer.clone() }
    }
}

/// An operation's output, and what to tell the user besides.
#[derive(Debug, Serialize)]
pub struct Answer<T> {
    pub output: T,
    /// The account's time zone: tables show local times.
    pub zone: String,
    pub notices: Vec<String>,
}

/// The desk for one call: the caller is known and may do it, and the account is open. Streams begin here too.
pub fn open<'s>(tx: Tx<'s>, location: Location, now: Time, call: &Call, demand: Demand) -> Result<Desk<'s>> {
    let mut tx = tx.waited_for(&call.waiting);
    // Strangers do not learn whether the account is open; owners learn it before all else.
    let (acting, account) = match &call.caller {
        Caller::Owner => {
            let account = store::account::get(&mut tx)?;
            (call::acting(&mut tx, call, now)?, account)
        }
        Caller::Bearer(_) => (call::acting(&mut tx, call, now)?, store::account::get(&mut tx)?),
    };
    acting.require(&demand)?;
    let Acting { user: actor, bearer } = acting;
    Ok(Desk { tx, actor, bearer, account, now, location, notices: Vec::new(), stop: Arc::default() })
}

/// Runs an operation in `tx` and commits, or rolls back for a rehearsal.
pub fn run<O: Operation>(operation: O, tx: Tx<'_>, location: Location, now: Time, call: &Call) -> Result<Answer<O::Output>> {
    let demand = Demand { operation: O::NAME, writes: O::WRITES, needs: operation.needs() };
    let mut desk = open(tx, location, now, call, demand)?;
    bounds::check::<O>(O::NAME, &records::json(&operation)?)?;
    if !O::WRITES {
        let output = operation.run(&mut desk)?;
        return Ok(Answer { output, zone: desk.account.time_zone, notices: desk.notices });
    }
    bounds::check_key(call.idempotency_key.as_deref())?;
    let arguments = records::arguments(&operation)?;
    if let Some(answer) = records::known_answer::<O>(&mut desk, call, &arguments)? {
        return Ok(Answer { output: answer, zone: desk.account.time_zone, notices: desk.notices });
    }
    let output = operation.run(&mut desk)?;
    let zone = desk.account.time_zone.clone();
    if !call.dry_run {
        records::keep::<O>(&mut desk, call, arguments, &output)?;
        desk.tx.commit()?;
    }
    Ok(Answer { output, zone, notices: desk.notices })
}
