//! What is kept of a call beside its change: the audit record and the answer of an idempotency key, in one transaction (G15).

use serde_json::Value;
use zeroize::Zeroizing;

use super::call::{Acting, Call, Caller, acting};
use super::{Desk, Operation};
use crate::domain::time::Time;
use crate::domain::token;
use crate::error::{Error, Result};
use crate::protocol::AUTOMATIC_KEY;
use crate::store::{Tx, audit};

pub fn arguments<O: serde::Serialize>(operation: &O) -> Result<Value> {
    serde_json::to_value(operation).map_err(Error::unexpected)
}

/// The same as text, which may hold a secret (G17).
pub fn json<O: serde::Serialize>(operation: &O) -> Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(operation).map(Zeroizing::new).map_err(Error::unexpected)
}

/// Keys are each user's own: nobody gets the answer that another one was given (G12).
fn own_key(desk: &Desk<'_>, key: &str) -> String {
    // Whoever takes a token for a key does not want it kept (G2).
    format!("{}/{}", desk.actor.id, token::redacted(key))
}

pub fn known_answer<O: Operation>(desk: &mut Desk<'_>, call: &Call, arguments: &Value) -> Result<Option<O::Output>> {
    let (true, Some(key)) = (O::WRITES, &call.idempotency_key) else { return Ok(None) };
    let own = own_key(desk, key);
    match audit::first_answer(&mut desk.tx, &own, O::NAME, arguments, desk.now)? {
        Some(answer) => serde_json::from_value(answer).map(Some).map_err(Error::unexpected),
        None => Ok(None),
    }
}

/// The audit record and the kept answer of a change that is about to be committed.
pub fn keep<O: Operation>(desk: &mut Desk<'_>, call: &Call, arguments: Value, output: &O::Output) -> Result<()> {
    if let Some(key) = &call.idempotency_key {
        let answer = serde_json::to_value(O::kept(output)).map_err(Error::unexpected)?;
        let own = own_key(desk, key);
        let automatic = key.starts_with(AUTOMATIC_KEY);
        audit::keep_answer(&mut desk.tx, &own, O::NAME, &arguments, &answer, automatic, desk.now)?;
    }
    let entry = came_from(call, entry(desk.acting().names(), O::NAME, arguments, "done", desk.now));
    audit::add(&mut desk.tx, &entry)
}

pub fn entry((actor, acting_for): (String, Option<String>), operation: &str, arguments: Value, outcome: &str, at: Time) -> audit::Entry {
    audit::Entry {
        id: 0,
        at,
        actor,
        acting_for,
        operation: operation.to_owned(),
        arguments,
        outcome: outcome.to_owned(),
        times: 1,
        client: None,
        proxy: None,
    }
}

fn came_from(call: &Call, entry: audit::Entry) -> audit::Entry {
    let Some(origin) = call.origin else { return entry };
    audit::Entry { client: Some(origin.client.to_string()), proxy: origin.proxy.map(|proxy| proxy.to_string()), ..entry }
}

/// Audits a call that was refused or failed, in a transaction of its own: its own one was rolled back.
pub fn audit_failure(name: &str, arguments: Value, mut tx: Tx<'_>, now: Time, call: &Call, error: &Error) -> Result<()> {
    let names = match acting(&mut tx, call, now) {
        Ok(acting) => acting.names(),
        Err(failure) => match &call.caller {
            Caller::Owner => return Err(failure),
            Caller::Bearer(_) => stranger(&mut tx, call, now),
        },
    };
    let entry = came_from(call, entry(names, name, arguments, error.code(), now));
    match call.caller {
        Caller::Owner => audit::add(&mut tx, &entry)?,
        Caller::Bearer(_) => audit::count(&mut tx, &entry)?,
    }
    tx.commit()
}

/// Whose call it was that could not act: the token's user, where only whom they wanted to be is the obstacle.
fn stranger(tx: &mut Tx<'_>, call: &Call, now: Time) -> (String, Option<String>) {
    let as_themselves = Call { as_user: None, ..call.clone() };
    let wanted = call.as_user.clone();
    match (acting(tx, &as_themselves, now), &call.caller) {
        (Ok(Acting { user, .. }), _) => (user.email, wanted),
        (_, Caller::Bearer(Some(presented))) => (format!("token {}", presented.name), wanted),
        _ => ("nobody".to_owned(), wanted),
    }
}
