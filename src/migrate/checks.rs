//! What a plan looks at, and what it finds. `start` asks the same questions, but counts only what can refuse it.

mod blocking;
mod outlook;
mod volume;
mod warnings;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::channel::{Channel, Kind};
use crate::domain::conversation::Status;
use crate::domain::migration::{Finding, FrozenMap, History, Level, QuietHours};
use crate::domain::sla;
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::Tx;

pub use blocking::{blocking, movable};
pub use outlook::{ChoiceOutlook, Effect, SlaOutlook, TargetEffect};
pub use volume::hearers;
pub use warnings::companion_addresses;

/// What lies on the channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    pub low_seconds: i64,
    pub high_seconds: i64,
    /// `measured` on this store, or `assumed` before its first migration.
    pub source: String,
}

/// How many conversations without a ticket go from a status to a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    pub status: Status,
    pub stage: String,
    pub conversations: i64,
}

/// The answer of `migrations plan` for one channel and one choice of history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// M12: with history, where an SLA policy is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla: Option<SlaOutlook>,
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
    /// What becomes of the SLAs of history (M12).
    pub sla_historic: sla::historic::Choice,
    pub now: Time,
}

/// What can refuse a start: blocking findings and warnings, the worst first.
pub fn obstacles(tx: &mut Tx<'_>, channel: &Channel, choice: &Choice<'_>) -> Result<Vec<Finding>> {
    let mut findings = blocking(tx, channel)?;
    if let Some(active) = blocking::active(tx)? {
        // A channel that is on its way looks as if it had been moved already: what counts is that it is on its way.
        let on_its_way = channel.moved_by.is_some() && active.details.get("migration") == Some(&channel.moved_by.into());
        findings.insert(if on_its_way { 0 } else { findings.len() }, active);
    }
    findings.extend(warnings::warnings(tx, channel, choice)?);
    findings.sort_by_key(|finding| finding.level);
    Ok(findings)
}

/// All findings for one channel and one choice.
pub fn plan(tx: &mut Tx<'_>, channel: &Channel, choice: &Choice<'_>) -> Result<Plan> {
    let mut findings = obstacles(tx, channel, choice)?;
    let counts = volume::counts(tx, channel.id)?;
    findings.push(volume::finding(&counts, choice.history));
    let notified = volume::notified(tx, channel, choice.history, &counts)?;
    if choice.history == History::All {
        findings.extend(volume::shared_tickets(tx, channel)?);
        let message = format!("{} would get one notice each, unless notifications are muted", some(notified, "user"));
        findings.push(Finding::info("notifications", "M9", message).detail("people", notified));
    }
    let sla = if choice.history == History::All { outlook::outlook(tx, channel, choice)? } else { None };
    findings.extend(sla.as_ref().map(SlaOutlook::finding));
    let quiet = volume::quiet(tx, channel)?;
    findings.extend(quiet.as_ref().map(volume::quiet_finding));
    let estimate = volume::estimate(tx, if choice.history == History::All { counts.total } else { 0 })?;
    findings.push(volume::duration(&estimate));
    Ok(Plan {
        channel: channel.address.clone(),
        kind: channel.kind,
        history: choice.history,
        blocked: findings.iter().any(|finding| finding.level == Level::Blocking),
        counts,
        flow: choice.map.map(|map| volume::simple_flow(map, &counts)).unwrap_or_default(),
        estimate,
        quiet_hours: quiet,
        notified,
        sla,
        findings,
    })
}
