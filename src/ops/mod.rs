//! Operations: each thing that deskctl can do, as plain data with a typed answer.
//!
//! From that one idea follow the permission check, the audit, `--dry-run`, idempotency keys, and the same command on
//! an embedded store and on a server. Adding a capability is one struct here, one in `cli`, nothing else.

pub mod account;
pub mod account_document;
pub mod arrival;
pub mod audit;
pub mod bots;
pub mod capabilities;
pub mod channels;
pub mod check;
pub mod companies;
pub mod contacts;
pub mod conversations;
pub mod inboxes;
pub mod machine;
pub mod migrations;
pub mod names;
pub mod outbox;
pub mod page;
pub mod pipelines;
pub mod teams;
pub mod tickets;
pub mod users;

use jiff::tz::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::access::Visibility;
use crate::domain::time::{self, Time};
use crate::domain::user::{Permission, User};
use crate::error::{Error, Result};
use crate::store::account::Account;
use crate::store::{self, Location, Tx};

/// One thing that deskctl can do.
pub trait Operation: Clone + Serialize + DeserializeOwned {
    /// Stable: it names the operation in the audit and on the wire.
    const NAME: &'static str;
    /// Whether it changes anything: then it is audited, and can be rehearsed.
    const WRITES: bool;
    type Output: Serialize + DeserializeOwned;

    /// What it asks of whoever runs it; checked before `run`.
    fn needs(&self) -> Permission;

    /// Does it, inside the transaction of `desk`, which commits only if this succeeds.
    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output>;
}

/// What an operation works with: one transaction, who acts, and when.
pub struct Desk<'s> {
    pub tx: Tx<'s>,
    pub actor: User,
    pub account: Account,
    pub now: Time,
    /// Where the store lies: worker locks are kept beside it.
    pub location: Location,
    /// Things to tell the user besides the answer (M20); they go to stderr.
    pub notices: Vec<String>,
}

impl Desk<'_> {
    pub fn zone(&self) -> Result<TimeZone> {
        time::zone(&self.account.time_zone).map_err(|reason| Error::failed("bad_time_zone", format!("the account's zone: {reason}")))
    }

    /// What the acting user may see (H2).
    pub fn visibility(&self) -> Visibility {
        Visibility::of(&self.actor)
    }

    pub fn notice(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notices.contains(&text) {
            self.notices.push(text);
        }
    }

    pub fn require(&self, permission: Permission) -> Result<()> {
        require(&self.actor, permission)
    }
}

/// The one place where permissions are checked.
fn require(actor: &User, permission: Permission) -> Result<()> {
    if actor.may(permission) {
        return Ok(());
    }
    Err(Error::denied("not_permitted", format!("{} may not do this: it needs {}", actor.email, permission.name()))
        .hint("ask a super admin, or act as another user with --as EMAIL")
        .detail("permission", permission.name()))
}

/// Who acts, if they may: for streams, which are no operations.
pub fn permitted(tx: &mut Tx<'_>, as_user: Option<&str>, permission: Permission) -> Result<User> {
    let actor = actor(tx, as_user)?;
    require(&actor, permission)?;
    Ok(actor)
}

/// How an operation is called.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// `--as EMAIL`
    pub as_user: Option<String>,
    /// Run, show, roll back.
    pub dry_run: bool,
    pub idempotency_key: Option<String>,
}

/// An operation's output, and what to tell the user besides.
#[derive(Debug)]
pub struct Answer<T> {
    pub output: T,
    /// The account's time zone: tables show local times.
    pub zone: String,
    pub notices: Vec<String>,
}

/// Who acts: the named user, else the first super admin. Unknown and inactive users are refused alike.
pub fn actor(tx: &mut Tx<'_>, as_user: Option<&str>) -> Result<User> {
    let found = match as_user {
        Some(email) => store::users::by_email(tx, email)?,
        None => store::users::first_super_admin(tx)?,
    };
    match (found, as_user) {
        (Some(user), _) if user.active => Ok(user),
        (_, Some(email)) => Err(Error::denied("unknown_user", format!("there is no active user {email} to act as"))),
        (_, None) => {
            Err(Error::denied("no_super_admin", "the account has no active super admin").hint("act as another user with --as EMAIL"))
        }
    }
}

/// The desk for one call: the account is open, the user may act, the permission is there. Streams begin here too.
pub fn open<'s>(mut tx: Tx<'s>, location: Location, now: Time, call: &Call, needs: Permission) -> Result<Desk<'s>> {
    let account = store::account::get(&mut tx)?;
    let actor = actor(&mut tx, call.as_user.as_deref())?;
    let desk = Desk { tx, actor, account, now, location, notices: Vec::new() };
    desk.require(needs)?;
    Ok(desk)
}

/// Runs an operation in `tx` and commits, or rolls back for a rehearsal.
pub fn run<O: Operation>(operation: O, tx: Tx<'_>, location: Location, now: Time, call: &Call) -> Result<Answer<O::Output>> {
    let mut desk = open(tx, location, now, call, operation.needs())?;
    let arguments = arguments(&operation)?;
    if let Some(answer) = known_answer::<O>(&mut desk, call, &arguments)? {
        return Ok(Answer { output: answer, zone: desk.account.time_zone, notices: desk.notices });
    }
    let output = operation.run(&mut desk)?;
    let zone = desk.account.time_zone.clone();
    if O::WRITES && !call.dry_run {
        keep_records::<O>(&mut desk, call, arguments, &output)?;
        desk.tx.commit()?;
    }
    Ok(Answer { output, zone, notices: desk.notices })
}

fn arguments<O: Operation>(operation: &O) -> Result<serde_json::Value> {
    serde_json::to_value(operation).map_err(Error::unexpected)
}

fn known_answer<O: Operation>(desk: &mut Desk<'_>, call: &Call, arguments: &serde_json::Value) -> Result<Option<O::Output>> {
    let (true, Some(key)) = (O::WRITES, &call.idempotency_key) else { return Ok(None) };
    match store::audit::first_answer(&mut desk.tx, key, O::NAME, arguments, desk.now)? {
        Some(answer) => serde_json::from_value(answer).map(Some).map_err(Error::unexpected),
        None => Ok(None),
    }
}

/// The audit record and the kept answer, in the transaction of the change itself (G15).
fn keep_records<O: Operation>(desk: &mut Desk<'_>, call: &Call, arguments: serde_json::Value, output: &O::Output) -> Result<()> {
    if let Some(key) = &call.idempotency_key {
        let answer = serde_json::to_value(output).map_err(Error::unexpected)?;
        store::audit::keep_answer(&mut desk.tx, key, O::NAME, &arguments, &answer, desk.now)?;
    }
    let entry = entry(&desk.actor.email, O::NAME, arguments, "done", desk.now);
    store::audit::add(&mut desk.tx, &entry)
}

/// Longer texts are shortened in the audit: the messages and files themselves lie in their own tables.
const AUDITED_CHARS: usize = 1_000;

fn abridged(arguments: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match arguments {
        Value::String(text) => match text.char_indices().nth(AUDITED_CHARS) {
            Some(_) => format!("{}… ({} bytes)", text.chars().take(100).collect::<String>(), text.len()).into(),
            None => text.into(),
        },
        Value::Array(items) => items.into_iter().map(abridged).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, abridged(value))).collect(),
        other => other,
    }
}

fn entry(actor: &str, operation: &str, arguments: serde_json::Value, outcome: &str, at: Time) -> store::audit::Entry {
    store::audit::Entry {
        id: 0,
        at,
        actor: actor.to_owned(),
        acting_for: None,
        operation: operation.to_owned(),
        arguments: abridged(arguments),
        outcome: outcome.to_owned(),
    }
}

/// Audits a write that was refused or failed, in a transaction of its own: its own one was rolled back.
pub fn audit_failure<O: Operation>(operation: &O, mut tx: Tx<'_>, now: Time, call: &Call, error: &Error) -> Result<()> {
    let actor = actor(&mut tx, call.as_user.as_deref())?;
    store::audit::add(&mut tx, &entry(&actor.email, O::NAME, arguments(operation)?, error.code(), now))?;
    tx.commit()
}
