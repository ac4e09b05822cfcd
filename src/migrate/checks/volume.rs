//! How much moves, how long it takes, when is a quiet time, who hears about it.

use std::collections::HashSet;

use super::warnings::owners;
use super::{ChannelCounts, Estimate, Flow, some};
use crate::args;
use crate::domain::Id;
use crate::domain::channel::{Channel, RoutingMode};
use crate::domain::conversation::Status;
use crate::domain::migration::{Finding, FrozenMap, History, QuietHours, quiet_hours};
use crate::domain::time::human_seconds;
use crate::domain::user::User;
use crate::error::Result;
use crate::store::{Tx, users};

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

/// M13, M16: what moves, or stays.
pub fn finding(counts: &ChannelCounts, history: History) -> Finding {
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

/// M13: tickets that several conversations share.
pub fn shared_tickets(tx: &mut Tx<'_>, channel: &Channel) -> Result<Option<Finding>> {
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

/// M7: from the channel's own history.
pub fn quiet(tx: &mut Tx<'_>, channel: &Channel) -> Result<Option<QuietHours>> {
    let arrivals = tx.query(
        "SELECT at / 3600000, count(*) FROM messages WHERE channel_id = $1 AND direction = 'incoming' GROUP BY 1",
        args![channel.id],
        |row| Ok((row.get()?, row.get()?)),
    )?;
    let account = crate::store::account::get(tx)?;
    let zone = crate::domain::time::zone(&account.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(quiet_hours(arrivals, &zone))
}

/// M7 as a finding.
pub fn quiet_finding(quiet: &QuietHours) -> Finding {
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

/// M9: how many people would get a notice.
pub fn notified(tx: &mut Tx<'_>, channel: &Channel, history: History, counts: &ChannelCounts) -> Result<i64> {
    if history == History::None || counts.without_ticket == 0 {
        return Ok(0);
    }
    let agents: HashSet<Id> = users::all(tx)?.iter().filter(|user| user.has_help_desk_access()).map(|user| user.id).collect();
    let mut told: HashSet<Id> = owners(tx, channel.id)?.into_keys().filter(|owner| agents.contains(owner)).collect();
    told.extend(hearers(tx, channel)?);
    Ok(told.len() as i64)
}

/// Without finer rules the flow follows from the counts alone; with them only `--full` can tell.
pub fn simple_flow(map: &FrozenMap, counts: &ChannelCounts) -> Vec<Flow> {
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

/// How long the move takes, from what this store measured.
pub fn estimate(tx: &mut Tx<'_>, conversations: i64) -> Result<Estimate> {
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

/// The estimate as a finding.
pub fn duration(estimate: &Estimate) -> Finding {
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
