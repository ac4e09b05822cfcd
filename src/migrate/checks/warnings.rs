//! What an administrator should read before moving a channel, and can be required to accept.

use std::collections::{BTreeMap, HashSet};

use super::{Choice, some};
use crate::args;
use crate::domain::Id;
use crate::domain::channel::{Channel, Kind};
use crate::domain::migration::{Finding, FrozenMap, History};
use crate::domain::user::User;
use crate::error::Result;
use crate::store::{self, Tx, users};

/// How many conversations of the channel each user owns.
pub type Owners = BTreeMap<Id, i64>;

/// All warnings for one channel and one choice.
pub fn warnings(tx: &mut Tx<'_>, channel: &Channel, choice: &Choice<'_>) -> Result<Vec<Finding>> {
    let users = users::all(tx)?;
    let lacking: Vec<Id> = users.iter().filter(|user| !user.has_help_desk_access()).map(|user| user.id).collect();
    let owners = if lacking.is_empty() { Owners::new() } else { owners_among(tx, channel.id, &lacking)? };
    let mut findings = Vec::new();
    findings.extend(without_access(tx, channel, &users, &owners, choice.thorough)?);
    findings.extend(sla_missing(tx)?);
    findings.extend(ticket_creation_off(channel));
    findings.extend(companions(tx, channel)?);
    if choice.history == History::All {
        findings.extend(owners_lost(&users, &owners));
        findings.extend(choice.map.map(map_warnings).unwrap_or_default());
    }
    Ok(findings)
}

/// How many conversations of the channel these users own: one pass, in which only theirs are counted.
fn owners_among(tx: &mut Tx<'_>, channel: Id, users: &[Id]) -> Result<Owners> {
    let dialect = tx.dialect();
    let sql =
        format!("SELECT owner_id, count(*) FROM conversations WHERE channel_id = $1 AND owner_id {} GROUP BY owner_id", dialect.any_of(2));
    let rows = tx.query(&sql, args![channel, dialect.id_list(users)], |row| Ok((row.get()?, row.get()?)))?;
    Ok(rows.into_iter().collect())
}

/// How many conversations of the channel each user owns.
pub fn owners(tx: &mut Tx<'_>, channel: Id) -> Result<Owners> {
    let rows = tx.query(
        "SELECT owner_id, count(*) FROM conversations WHERE channel_id = $1 AND owner_id IS NOT NULL GROUP BY owner_id",
        args![channel],
        |row| Ok((row.get()?, row.get()?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// M5: each active agent without access by name, first those who own conversations of this channel or answered there.
fn without_access(tx: &mut Tx<'_>, channel: &Channel, users: &[User], owners: &Owners, thorough: bool) -> Result<Option<Finding>> {
    let lacking: Vec<&User> = users.iter().filter(|user| user.active && !user.has_help_desk_access()).collect();
    if lacking.is_empty() {
        return Ok(None);
    }
    let mut involved: HashSet<Id> = owners.keys().copied().collect();
    if thorough {
        let authors: Vec<String> =
            tx.query("SELECT DISTINCT author FROM messages WHERE channel_id = $1 AND direction = 'outgoing'", args![channel.id], |row| {
                row.get()
            })?;
        involved.extend(users.iter().filter(|user| authors.contains(&user.email)).map(|user| user.id));
    }
    let (first, others): (Vec<&User>, Vec<&User>) = lacking.into_iter().partition(|user| involved.contains(&user.id));
    let name = |user: &&User| format!("{} <{}>", user.name, user.email);
    let named: Vec<String> = first.iter().chain(&others).map(name).collect();
    let message = format!(
        "{} without help desk access ({} of them worked on this channel): {}",
        some(named.len() as i64, "active user"),
        first.len(),
        named.join(", ")
    );
    Ok(Some(Finding::warning("agents_without_access", "M5", message).detail("users", named).detail("involved", first.len())))
}

/// M5: SLAs should be set up before.
fn sla_missing(tx: &mut Tx<'_>) -> Result<Option<Finding>> {
    if store::sla::newest(tx)?.is_some_and(|revision| revision.policy.is_some()) {
        return Ok(None);
    }
    let message = "no SLA policy is in force: tickets in the help desk have no targets; set them first, for example with \
         deskctl sla set --first-response 4h --close 3d";
    Ok(Some(Finding::warning("sla_missing", "M5", message)))
}

/// M13: owners without access are lost, by name and number.
fn owners_lost(users: &[User], owners: &Owners) -> Option<Finding> {
    let lost: Vec<(&User, i64)> = users
        .iter()
        .filter(|user| !user.has_help_desk_access())
        .filter_map(|user| owners.get(&user.id).map(|count| (user, *count)))
        .collect();
    if lost.is_empty() {
        return None;
    }
    let total: i64 = lost.iter().map(|(_, count)| count).sum();
    let named: Vec<String> = lost.iter().map(|(user, count)| format!("{} <{}>: {count}", user.name, user.email)).collect();
    let message =
        format!("{} will have no owner any more, for want of help desk access: {}", some(total, "conversation"), named.join(", "));
    Some(Finding::warning("owners_lost", "M13", message).detail("conversations", total).detail("owners", named))
}

/// M11: in the help desk every new conversation gets a ticket, whatever the setting says.
fn ticket_creation_off(channel: &Channel) -> Option<Finding> {
    let message =
        "ticket creation is switched off for this channel; the setting is kept, but in the help desk every new conversation gets a ticket";
    (!channel.settings.ticket_creation.enabled).then(|| Finding::warning("ticket_creation_off", "M11", message))
}

/// `open=` to a CLOSED stage and `closed=` to an OPEN one are likely mistakes.
fn map_warnings(map: &FrozenMap) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !map.open.open {
        let message = format!("open conversations get tickets in \"{}\", a CLOSED stage", map.open.name);
        findings.push(Finding::warning("open_to_closed_stage", "M13", message));
    }
    if map.closed.open {
        let message = format!("closed conversations get tickets in \"{}\", an OPEN stage", map.closed.name);
        findings.push(Finding::warning("closed_to_open_stage", "M13", message));
    }
    findings
}

/// M22: the email channels that answer this form's submissions, with how many conversations, and still in an inbox.
fn answering(tx: &mut Tx<'_>, channel: &Channel) -> Result<Vec<(String, i64)>> {
    if channel.kind != Kind::Form {
        return Ok(Vec::new());
    }
    tx.query(
        "SELECT h.address, count(DISTINCT f.conversation_id) FROM conversation_channels f \
         JOIN conversation_channels e ON e.conversation_id = f.conversation_id AND e.channel_id <> f.channel_id \
         JOIN channels h ON h.id = e.channel_id JOIN inboxes n ON n.id = h.inbox_id \
         WHERE f.channel_id = $1 AND h.kind = 'email' AND n.kind <> 'help_desk' GROUP BY h.address ORDER BY 2 DESC, 1",
        args![channel.id],
        |row| Ok((row.get()?, row.get()?)),
    )
}

/// The addresses that should move together with this form.
pub fn companion_addresses(tx: &mut Tx<'_>, channel: &Channel) -> Result<Vec<String>> {
    Ok(answering(tx, channel)?.into_iter().map(|(address, _)| address).collect())
}

fn companions(tx: &mut Tx<'_>, channel: &Channel) -> Result<Option<Finding>> {
    let found = answering(tx, channel)?;
    if found.is_empty() {
        return Ok(None);
    }
    let named: Vec<String> = found.iter().map(|(address, count)| format!("{address} ({})", some(*count, "conversation"))).collect();
    let message = format!("submissions of this form are answered on email channels that stay behind; move these too: {}", named.join(", "));
    let addresses: Vec<String> = found.into_iter().map(|(address, _)| address).collect();
    Ok(Some(Finding::warning("form_companions", "M22", message).detail("channels", addresses)))
}
