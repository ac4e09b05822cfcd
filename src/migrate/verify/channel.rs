//! M10, M19: the channel is in the help desk and its settings are what they were, or what the history explains.

use serde_json::{Map, Value};

use super::{Problem, Verdict};
use crate::domain::channel::{Channel, State};
use crate::error::Result;
use crate::store::history::{self, Change, Object};
use crate::store::migrations::{self, Run};
use crate::store::{Tx, channels};

/// The channel, and what was frozen for the run.
pub fn verify(tx: &mut Tx<'_>, run: &Run, tell: &mut dyn FnMut(Verdict) -> Result<()>) -> Result<()> {
    let changes = history::of(tx, Object::Channel, run.channel_id)?;
    let mut problems = match channels::by_id(tx, run.channel_id)? {
        None => vec![Problem::new("channel_lost", format!("channel {} is gone", run.channel_before.address))],
        Some(channel) => problems(run, &channel, &changes),
    };
    let sealed = migrations::sealed(tx, run.id)?;
    if sealed.is_some() && sealed != Some(migrations::seal(tx, run.id)?) {
        let message = format!("what was chosen for migration {} is not what it was when the channel moved", run.id);
        problems.push(Problem::new("run_changed", message));
    }
    if problems.is_empty() { Ok(()) } else { tell(Verdict::of_run(problems)) }
}

fn problems(run: &Run, channel: &Channel, changes: &[Change]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let address = &channel.address;
    if channel.inbox_id != run.help_desk_id {
        problems.push(Problem::new("channel_not_moved", format!("channel {address} is not in the help desk")));
    }
    if channel.moved_by != Some(run.id) {
        problems.push(Problem::new("moved_by", format!("channel {address} does not say that migration {} moved it", run.id)));
    }
    let help_desk = run.help_desk_id.to_string();
    if !changes.iter().any(|change| change.property == "inbox" && change.new_value.as_ref() == Some(&help_desk)) {
        problems.push(Problem::new("history", format!("the history of channel {address} does not say that it came to the help desk")));
    }
    let (before, now) = (fields(&run.channel_before), fields(channel));
    for (name, value) in &now {
        if before.get(name) != Some(value) && !explained(changes, name, value) {
            let message = format!("{name} of channel {address} is not what it was before the move");
            problems.push(Problem::new("setting_changed", message));
        }
    }
    problems
}

/// Whether the newest noted change of a setting says so.
fn explained(changes: &[Change], name: &str, value: &Value) -> bool {
    let noted = changes.iter().rev().find(|change| change.property == name).and_then(|change| change.new_value.as_deref());
    let as_json = value.to_string();
    noted.is_some_and(|noted| noted == value.as_str().unwrap_or(&as_json) || noted == as_json)
}

/// What must not change: name, kind, address, state and every setting, by name.
fn fields(channel: &Channel) -> Map<String, Value> {
    let mut fields = match serde_json::json!(channel.settings) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    for optional in ["signature", "bot", "automation"] {
        fields.entry(optional).or_insert(Value::Null);
    }
    fields.insert("name".into(), channel.name.clone().into());
    fields.insert("kind".into(), channel.kind.as_str().into());
    fields.insert("address".into(), channel.address.clone().into());
    // Whether it is migrating is derived, and not a state of its own.
    let state = if channel.state == State::Disconnected { "disconnected" } else { "connected" };
    fields.insert("state".into(), state.into());
    fields
}
