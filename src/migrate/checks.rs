//! What a plan looks at, and what it finds. `start` asks the same questions.

mod blocking;

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::args;
use crate::domain::Id;
use crate::domain::channel::{Channel, Kind, RoutingMode};
use crate::domain::conversation::Status;
use crate::domain::migration::{Finding, FrozenMap, History, QuietHours, quiet_hours};
use crate::domain::time::human_seconds;
use crate::domain::user::User;
use crate::error::Result;
use crate::store::{Tx, channels, migrations, users};

pub use blocking::blocking;

/// What lies on the channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChannelCounts {
    pub total: i64,
    pub open: i64,
    pub closed: i64,
    pub with_ticket: i64,
    pub without_ticket: i64,
    pub spam: i64,
    /// Moved by hand before (H11): they only get what they lack.
    pub in_help_desk: i64,
    /// Without a ticket, by status: what the map will be asked about.
    pub open_without_ticket: i64,
    pub closed_without_ticket: i64,
}

/// How long it will take, from what this store has measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub low_seconds: i64,
    pub high_seconds: i64,
    /// `measured` on this store, or `assumed` before its first migration.
    pub source: String,
}

/// How many conversations without a ticket go from a status to a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    pub status: Status,
    pub stage: String,
    pub conversations: i64,
}

/// The answer of `migrations plan` for one channel and one choice of history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub channel: String,
    pub kind: Kind,
    pub history: History,
    pub blocked: bool,
    pub counts: ChannelCounts,
    pub flow: Vec<Flow>,
    pub estimate: Estimate,
    pub quiet_hours: Option<QuietHours>,
    /// How many people would be notified (M9).
    pub notified: i64,
    pub findings: Vec<Finding>,
}

/// `1 ticket`, `2 tickets`.
fn some(count: i64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What the administrator chose.
pub struct Choice<'a> {
    pub history: History,
    pub map: Option<&'a FrozenMap>,
    /// Also what only a plan tells: quiet hours, companions, who answered.
    pub thorough: bool,
}

/// All findings for one channel and one choice.
pub fn plan(tx: &mut Tx<'_>, channel: &Channel, choice: &Choice<'_>) -> Result<Plan> {
    let counts = counts(tx, channel.id)?;
    let users = users::all(tx)?;
    let mut findings = blocking(tx, channel)?;
    if let Some(active) = migrations::active(tx)? {
        let message =
            format!("migration {} of {} is {}; one channel moves at a time", active.id, active.channel_before.address, active.state);
        findings.push(Finding::blocking("migration_active", "M4", message).detail("migration", active.id));
    }
    findings.extend(without_access(tx, channel, &users, choice.thorough)?);
    findings.extend(ticket_creation_off(channel));
    findings.push(volume(&counts, choice.history));
    let notified = notified(tx, channel, choice.history, &counts)?;
    if choice.history == History::All {
        findings.extend(owners_lost(tx, channel, &users)?);
        findings.extend(choice.map.map(map_warnings).unwrap_or_default());
        findings.extend(shared_tickets(tx, channel)?);
        findings.push(
            Finding::info(
                "notifications",
                "M9",
                format!("{} would get one notice each, unless notifications are muted", some(notified, "user")),
            )
            .detail("people", notified),
        );
    }
    let quiet = if choice.thorough { quiet(tx, channel)? } else { None };
    if choice.thorough {
        findings.extend(companions(tx, channel)?);
        findings.extend(quiet.as_ref().map(quiet_finding));
    }
    let estimate = estimate(tx, if choice.history == History::All { counts.total } else { 0 })?;
    findings.push(duration(&estimate));
    findings.sort_by_key(|finding| finding.level);
    Ok(Plan {
        channel: channel.address.clone(),
        kind: channel.kind,
        history: choice.history,
        blocked: findings.iter().any(|finding| finding.level == crate::domain::migration::Level::Blocking),
        counts,
        flow: choice.map.map(|map| simple_flow(map, &counts)).unwrap_or_default(),
        estimate,
        quiet_hours: quiet,
        notified,
        findings,
    })
}

/// Counts what lies on a channel, in one pass.
pub fn counts(tx: &mut Tx<'_>, channel: Id) -> Result<ChannelCounts> {
    let mut counts = ChannelCounts::default();
    tx.each(
        "SELECT c.status, c.spam, CASE WHEN l.ticket_id IS NULL THEN 0 ELSE 1 END, CASE WHEN n.kind = 'help_desk' THEN 1 ELSE 0 END, count(*) \
         FROM conversations c JOIN inboxes n ON n.id = c.inbox_id LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
         WHERE c.channel_id = $1 GROUP BY 1, 2, 3, 4",
        args![channel],
        |row| {
            let (status, spam, ticket, help_desk, n): (Status, bool, bool, bool, i64) = (row.get()?, row.get()?, row.get()?, row.get()?, row.get()?);
            let count = |condition: bool| if condition { n } else { 0 };
            counts.total += n;
            counts.open += count(status == Status::Open);
            counts.closed += count(status == Status::Closed);
            counts.with_ticket += count(ticket);
            counts.without_ticket += count(!ticket);
            counts.spam += count(spam);
            counts.in_help_desk += count(help_desk);
            counts.open_without_ticket += count(status == Status::Open && !ticket);
            counts.closed_without_ticket += count(status == Status::Closed && !ticket);
            Ok(())
        },
    )?;
    Ok(counts)
}

fn volume(counts: &ChannelCounts, history: History) -> Finding {
    let what = match history {
        History::All => format!(
            "{} to move: {} open, {} closed; {} with a ticket, {} that get one; {} of them spam; {} in the help desk already",
            some(counts.total, "conversation"),
            counts.open,
            counts.closed,
            counts.with_ticket,
            counts.without_ticket,
            counts.spam,
            counts.in_help_desk
        ),
        History::None => {
            format!("{} and their tickets stay in the inbox for good, and so do later replies to them", some(counts.total, "conversation"))
        }
    };
    let rule = if history == History::All { "M13" } else { "M16" };
    Finding::info("conversations", rule, what).detail("total", counts.total)
}

/// M5: each active agent without access by name, first those who own conversations of this channel or answered there.
fn without_access(tx: &mut Tx<'_>, channel: &Channel, users: &[User], thorough: bool) -> Result<Option<Finding>> {
    let lacking: Vec<&User> = users.iter().filter(|user| user.active && !user.has_help_desk_access()).collect();
    if lacking.is_empty() {
        return Ok(None);
    }
    let mut involved: HashSet<Id> = owners(tx, channel.id)?.into_keys().collect();
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

fn owners(tx: &mut Tx<'_>, channel: Id) -> Result<BTreeMap<Id, i64>> {
    let rows = tx.query(
        "SELECT owner_id, count(*) FROM conversations WHERE channel_id = $1 AND owner_id IS NOT NULL GROUP BY owner_id",
        args![channel],
        |row| Ok((row.get()?, row.get()?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// M13: owners without access are lost, by name and number.
fn owners_lost(tx: &mut Tx<'_>, channel: &Channel, users: &[User]) -> Result<Option<Finding>> {
    let owners = owners(tx, channel.id)?;
    let lost: Vec<(&User, i64)> = users
        .iter()
        .filter(|user| !user.has_help_desk_access())
        .filter_map(|user| owners.get(&user.id).map(|count| (user, *count)))
        .collect();
    if lost.is_empty() {
        return Ok(None);
    }
    let total: i64 = lost.iter().map(|(_, count)| count).sum();
    let named: Vec<String> = lost.iter().map(|(user, count)| format!("{} <{}>: {count}", user.name, user.email)).collect();
    let message =
        format!("{} will have no owner any more, for want of help desk access: {}", some(total, "conversation"), named.join(", "));
    Ok(Some(Finding::warning("owners_lost", "M13", message).detail("conversations", total).detail("owners", named)))
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

fn shared_tickets(tx: &mut Tx<'_>, channel: &Channel) -> Result<Option<Finding>> {
    let shared: i64 = tx.one(
        "SELECT count(*) FROM (SELECT l.ticket_id FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
         WHERE c.channel_id = $1 AND EXISTS (SELECT 1 FROM conversation_tickets o WHERE o.ticket_id = l.ticket_id AND o.conversation_id <> l.conversation_id) \
         GROUP BY l.ticket_id) AS shared",
        args![channel.id],
        |row| row.get(),
    )?;
    let message = format!(
        "{} belong{} to several conversations: a ticket moves with the first; a conversation of another channel stays there",
        some(shared, "ticket"),
        if shared == 1 { "s" } else { "" }
    );
    Ok((shared > 0).then(|| Finding::info("shared_tickets", "M13", message).detail("tickets", shared)))
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

fn quiet(tx: &mut Tx<'_>, channel: &Channel) -> Result<Option<QuietHours>> {
    let arrivals = tx.query(
        "SELECT at / 3600000, count(*) FROM messages WHERE channel_id = $1 AND direction = 'incoming' GROUP BY 1",
        args![channel.id],
        |row| Ok((row.get()?, row.get()?)),
    )?;
    let account = crate::store::account::get(tx)?;
    let zone = crate::domain::time::zone(&account.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(quiet_hours(arrivals, &zone))
}

fn quiet_finding(quiet: &QuietHours) -> Finding {
    let message = format!(
        "the quietest time is from {:02}:00 to {:02}:00 (account time): {} of {} incoming messages",
        quiet.from_hour, quiet.to_hour, quiet.messages, quiet.of
    );
    Finding::info("quiet_hours", "M7", message)
}

/// Who hears about tickets without an owner: those the channel's routing names, else all with access who may see them.
pub fn hearers(tx: &mut Tx<'_>, channel: &Channel) -> Result<Vec<Id>> {
    let routing = &channel.settings.routing;
    let named = |user: &User| match routing.mode {
        RoutingMode::NoOne | RoutingMode::Skill => false,
        RoutingMode::Users => routing.users.contains(&user.id),
        RoutingMode::Teams => user.teams().any(|team| routing.teams.contains(&team)),
    };
    let agents: Vec<User> = users::all(tx)?.into_iter().filter(User::has_help_desk_access).collect();
    let chosen: Vec<Id> = agents.iter().filter(|user| named(user)).map(|user| user.id).collect();
    if !chosen.is_empty() {
        return Ok(chosen);
    }
    Ok(agents.iter().filter(|user| user.is_super_admin() || user.unassigned_visible).map(|user| user.id).collect())
}

fn notified(tx: &mut Tx<'_>, channel: &Channel, history: History, counts: &ChannelCounts) -> Result<i64> {
    if history == History::None || counts.without_ticket == 0 {
        return Ok(0);
    }
    let agents: HashSet<Id> = users::all(tx)?.iter().filter(|user| user.has_help_desk_access()).map(|user| user.id).collect();
    let mut told: HashSet<Id> = owners(tx, channel.id)?.into_keys().filter(|owner| agents.contains(owner)).collect();
    told.extend(hearers(tx, channel)?);
    Ok(told.len() as i64)
}

/// Without finer rules the flow follows from the counts alone; with them only `--full` can tell.
fn simple_flow(map: &FrozenMap, counts: &ChannelCounts) -> Vec<Flow> {
    if !map.rules.is_empty() {
        return Vec::new();
    }
    let flow = |status, stage: &str, conversations| Flow { status, stage: stage.to_owned(), conversations };
    vec![
        flow(Status::Open, &map.open.name, counts.open_without_ticket),
        flow(Status::Closed, &map.closed.name, counts.closed_without_ticket),
    ]
}

/// Conversations per second when nothing was measured yet: slow and quick machines.
const ASSUMED: (f64, f64) = (20_000.0, 120_000.0);

fn estimate(tx: &mut Tx<'_>, conversations: i64) -> Result<Estimate> {
    let measured: (i64, i64) = tx.one(
        "SELECT CAST(coalesce(sum(done), 0) AS BIGINT), CAST(coalesce(sum(busy_ms), 0) AS BIGINT) FROM migrations WHERE done > 1000",
        &[],
        |row| Ok((row.get()?, row.get()?)),
    )?;
    let seconds = |rate: f64| (conversations as f64 / rate).ceil() as i64;
    Ok(match measured {
        (done, busy_ms) if done > 0 && busy_ms > 0 => {
            let rate = done as f64 * 1_000.0 / busy_ms as f64;
            Estimate { low_seconds: seconds(rate * 1.3), high_seconds: seconds(rate * 0.5), source: "measured".into() }
        }
        _ => Estimate { low_seconds: seconds(ASSUMED.1), high_seconds: seconds(ASSUMED.0), source: "assumed".into() },
    })
}

fn duration(estimate: &Estimate) -> Finding {
    let source =
        if estimate.source == "measured" { "measured on this store" } else { "assumed: no migration was measured on this store yet" };
    let range = match (estimate.low_seconds, estimate.high_seconds) {
        (_, 0) => return Finding::info("duration", "M18", "it takes less than a second"),
        (_, 1) => "a second or less".to_owned(),
        (low, high) if low == high => human_seconds(high),
        (low, high) => format!("{} to {}", human_seconds(low), human_seconds(high)),
    };
    let message = format!("it takes about {range}, and the verification about as long again ({source})");
    Finding::info("duration", "M18", message)
}

/// What else a channel would bring along: the order for `plan --all` puts companions together.
pub fn movable(tx: &mut Tx<'_>) -> Result<Vec<Channel>> {
    let mut movable = Vec::new();
    for channel in channels::all(tx)? {
        if blocking(tx, &channel)?.is_empty() {
            movable.push(channel);
        }
    }
    Ok(movable)
}
