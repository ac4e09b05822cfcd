//! `migrations plan`: what would happen, and what stands in the way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::bounds;
use crate::domain::channel::Channel;
use crate::domain::filter::{read_map_argument, split_map_argument};
use crate::domain::migration::{self, FrozenMap, History, MapRule, MapTarget};
use crate::domain::sla;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::migrate::checks::{self, Choice};
use crate::migrate::rehearse;
use crate::ops::{Desk, Operation, channels, filters, pipelines};
use crate::store;

/// Plans a migration. Without a history both choices are shown.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Ids or addresses; empty: every movable channel, in the proposed order.
    #[serde(default)]
    pub channels: Vec<String>,
    pub history: Option<History>,
    /// As given to `--map`.
    #[serde(default)]
    #[schemars(inner(length(max = bounds::LONG)))]
    pub map: Vec<String>,
    /// Decide every conversation, without writing, instead of estimating from counts.
    #[serde(default)]
    pub full: bool,
    /// M12: what becomes of the SLAs of history: `apply`, `restart`, `exempt`, or `open=…,closed=…`.
    #[serde(default)]
    pub sla_historic: sla::historic::Choice,
}

/// One plan for each channel and choice.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlanAnswer {
    pub blocked: bool,
    pub plans: Vec<checks::Plan>,
}

impl Operation for Plan {
    const NAME: &'static str = "migrations.plan";
    const WRITES: bool = false;
    type Output = PlanAnswer;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PlanAnswer> {
        let channels = if self.channels.is_empty() {
            let movable = checks::movable(&mut desk.tx)?;
            order(desk, movable)?
        } else {
            named_channels(desk, &self.channels)?
        };
        if let Some(history) = self.history {
            check_sla_historic(history, self.sla_historic)?;
        }
        let map = if self.map.is_empty() { None } else { Some(freeze(desk, &self.map)?) };
        let choices: &[History] = match self.history {
            Some(History::All) => &[History::All],
            Some(History::None) => &[History::None],
            None => &[History::All, History::None],
        };
        let mut plans = Vec::new();
        for channel in &channels {
            for history in choices {
                let choice = Choice {
                    history: *history,
                    map: map.as_ref().filter(|_| *history == History::All),
                    thorough: true,
                    sla_historic: self.sla_historic,
                    now: desk.now,
                };
                let mut plan = checks::plan(&mut desk.tx, channel, &choice)?;
                if self.full
                    && let (History::All, Some(map)) = (history, &map)
                {
                    plan.flow = rehearse::flow(&mut desk.tx, channel, map)?.flow;
                }
                plans.push(plan);
            }
        }
        Ok(PlanAnswer { blocked: plans.iter().any(|plan| plan.blocked), plans })
    }
}

/// The channels that were named, each once: a second run of the same channel could never run (M4, G21).
pub fn named_channels(desk: &mut Desk<'_>, typed: &[String]) -> Result<Vec<Channel>> {
    let mut found: Vec<Channel> = Vec::new();
    for name in typed {
        let channel = channels::channel(desk, name)?;
        if let Some(first) = found.iter().position(|other| other.id == channel.id) {
            let message = format!("\"{}\" and \"{name}\" are the same channel, {}", typed[first], channel.address);
            return Err(Error::usage("channel_twice", message).hint("name each channel once").detail("channel", channel.address));
        }
        found.push(channel);
    }
    Ok(found)
}

/// `--all`: each form before the email channels that answer it (M22), else by what is smallest: trust grows with each.
fn order(desk: &mut Desk<'_>, mut channels: Vec<Channel>) -> Result<Vec<Channel>> {
    let sight = desk.sight();
    let counts = store::channels::counts(&mut desk.tx, &sight)?;
    let size = |channel: &Channel| counts.get(&channel.id).map_or(0, |counts| counts.open + counts.closed);
    channels.sort_by_key(|channel| (size(channel), channel.id));
    let mut ordered: Vec<Channel> = Vec::new();
    for channel in &channels {
        let companions = checks::companion_addresses(&mut desk.tx, channel)?;
        if !companions.is_empty() {
            ordered.push(channel.clone());
            ordered.extend(channels.iter().filter(|other| companions.contains(&other.address)).cloned());
        }
    }
    ordered.extend(channels);
    let mut seen = std::collections::HashSet::new();
    ordered.retain(|channel| seen.insert(channel.id));
    Ok(ordered)
}

/// What a map argument is about.
enum Entry<'a> {
    Open(&'a str),
    Closed(&'a str),
    Rule,
}

fn entry(argument: &str) -> Entry<'_> {
    match split_map_argument(argument).map(|(when, stage)| (when.trim().to_lowercase(), stage)) {
        Some((when, stage)) if when == "open" => Entry::Open(stage),
        Some((when, stage)) if when == "closed" => Entry::Closed(stage),
        _ => Entry::Rule,
    }
}

/// M13: with history the administrator chooses both stages; without, there is nothing to map. Checked before all else.
pub fn check_map_shape(history: History, map: &[String]) -> Result<()> {
    let usage = |code, message: &str| {
        Error::usage(code, message)
            .hint("write --map open=STAGE --map closed=STAGE; finer rules go before them: --map 'closed and last_message_at < -365d=STAGE'")
    };
    let (mut open, mut closed) = (0, 0);
    for argument in map {
        match entry(argument) {
            Entry::Open(_) => open += 1,
            Entry::Closed(_) => closed += 1,
            Entry::Rule => {}
        }
    }
    match history {
        History::None if !map.is_empty() => Err(Error::usage("map_without_history", "with --history none there is nothing to map")
            .hint("leave --map out, or choose --history all")),
        History::None => Ok(()),
        History::All if map.is_empty() => Err(usage("map_missing", "--history all needs a map from conversation status to ticket status")),
        History::All if open == 0 || closed == 0 => {
            let lacking = if open == 0 { "open" } else { "closed" };
            Err(usage("map_incomplete", &format!("the map has no {lacking}=STAGE; both open= and closed= must be there")))
        }
        History::All if open > 1 || closed > 1 => Err(usage("map_ambiguous", "open= and closed= may each be given once")),
        History::All => Ok(()),
    }
}

/// M12: without history nothing becomes of its SLAs.
pub fn check_sla_historic(history: History, choice: sla::historic::Choice) -> Result<()> {
    if history == History::All || choice == sla::historic::Choice::default() {
        return Ok(());
    }
    Err(Error::usage(
        "sla_historic_without_history",
        "with --history none no ticket of history comes to the help desk, and none gets clocks",
    )
    .hint("leave --sla-historic out, or choose --history all"))
}

/// Resolves the map's stages and freezes it at this moment.
pub fn freeze(desk: &mut Desk<'_>, arguments: &[String]) -> Result<FrozenMap> {
    check_map_shape(History::All, arguments)?;
    let (mut open, mut closed, mut rules) = (None, None, Vec::new());
    for argument in arguments {
        match entry(argument) {
            Entry::Open(stage) => open = Some(target(desk, stage)?),
            Entry::Closed(stage) => closed = Some(target(desk, stage)?),
            Entry::Rule => {
                let (when, stage) = read_map_argument(argument)?;
                filters::check_users(desk, &when)?;
                rules.push(MapRule { when, to: target(desk, stage)? });
            }
        }
    }
    let missing = || Error::usage("map_incomplete", "both open= and closed= must be there");
    let mut map = FrozenMap {
        rules,
        open: open.ok_or_else(missing)?,
        closed: closed.ok_or_else(missing)?,
        at: desk.now,
        zone: desk.account.time_zone.clone(),
        me: desk.actor.email.clone(),
        users: None,
    };
    let users = store::users::all(&mut desk.tx)?;
    map.freeze_users(&migration::users(users.iter().map(|user| (user.id, user.email.as_str()))));
    Ok(map)
}

fn target(desk: &mut Desk<'_>, typed: &str) -> Result<MapTarget> {
    pipelines::stage(desk, typed).map(|stage| MapTarget::from(&stage))
}
