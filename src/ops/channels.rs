//! Channels: list and show; connect, update and disconnect are in `write`, their settings in `settings`.

mod settings;
mod write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::migrations::{self, NoticeOf};
use super::{Desk, Operation, inboxes};
use crate::domain::Id;
use crate::domain::bot::{self, BotCondition};
use crate::domain::channel::{Channel, Kind, Settings, State};
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::store;

pub use settings::SettingsChange;
pub use write::{Connect, Disconnect, Update};

/// A channel as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelRow {
    pub id: Id,
    pub name: String,
    pub kind: Kind,
    pub address: String,
    pub inbox: String,
    pub state: State,
    pub in_help_desk: bool,
    pub open: i64,
    pub closed: i64,
    pub without_ticket: i64,
    pub movable: bool,
    pub not_movable_reason: Option<String>,
}

/// Lists channels with what lies on them and whether they can move.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    pub inbox: Option<String>,
    pub kind: Option<Kind>,
    #[serde(default)]
    pub movable: bool,
}

impl Operation for List {
    const NAME: &'static str = "channels.list";
    const WRITES: bool = false;
    type Output = Vec<ChannelRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<ChannelRow>> {
        let inbox = self.inbox.as_deref().map(|typed| inboxes::inbox(desk, typed)).transpose()?;
        let mut rows = rows(desk, |channel| {
            inbox.as_ref().is_none_or(|inbox| channel.inbox_id == inbox.id) && self.kind.is_none_or(|kind| channel.kind == kind)
        })?;
        rows.retain(|row| row.movable || !self.movable);
        Ok(rows)
    }
}

/// The channel that an id or address means. Tells the user when it is being moved (M20).
pub fn channel(desk: &mut Desk<'_>, typed: &str) -> Result<Channel> {
    match store::channels::find(&mut desk.tx, typed)? {
        Some(channel) => {
            if let Some(notice) = migrations::notice(desk, NoticeOf::Channel(channel.id))? {
                desk.notice(notice);
            }
            Ok(channel)
        }
        None => {
            let channels = store::channels::all(&mut desk.tx)?;
            // The name is not what identifies a channel: where it is meant, its address is told.
            if let Some(named) = channels.iter().find(|channel| channel.name.to_lowercase() == typed.trim().to_lowercase()) {
                return Err(Error::not_found("unknown_channel", format!("there is no channel with the address \"{typed}\""))
                    .hint(format!("the channel named \"{}\" has the address {}", named.name, named.address)));
            }
            Err(unknown("unknown_channel", "channel", typed, channels.iter().map(|channel| channel.address.as_str())))
        }
    }
}

/// Why a channel cannot move, in one sentence; `None` when it can.
pub fn not_movable_reason(channel: &Channel, conditions: &[BotCondition]) -> Option<String> {
    if channel.in_help_desk {
        return Some("it is in the help desk already (M3)".into());
    }
    if !channel.kind.can_move() {
        return Some("must be connected anew (M8)".into());
    }
    if channel.state == State::Disconnected {
        return Some("it is disconnected".into());
    }
    let reasons = channel.settings.bot.as_ref().map(|bot| bot::reasons_against(bot, conditions)).unwrap_or_default();
    (!reasons.is_empty()).then(|| format!("its bot stands in the way (M15): {}", reasons.join("; ")))
}

/// Rows of the wanted channels, with counts of what the viewer may see (H2).
pub(super) fn rows(desk: &mut Desk<'_>, wanted: impl Fn(&Channel) -> bool) -> Result<Vec<ChannelRow>> {
    let sight = desk.sight();
    let channels = store::channels::all(&mut desk.tx)?;
    let conditions = store::bots::conditions(&mut desk.tx)?;
    let counts = store::channels::counts(&mut desk.tx, &sight)?;
    let migrating = store::migrations::active(&mut desk.tx)?.filter(|run| run.boundary.is_some()).map(|run| run.channel_id);
    let rows = channels.into_iter().filter(wanted).map(|channel| {
        let reason = not_movable_reason(&channel, &conditions);
        let counts = counts.get(&channel.id).copied().unwrap_or_default();
        ChannelRow {
            id: channel.id,
            name: channel.name,
            kind: channel.kind,
            address: channel.address,
            inbox: channel.inbox,
            state: if migrating == Some(channel.id) { State::Migrating } else { channel.state },
            in_help_desk: channel.in_help_desk,
            open: counts.open,
            closed: counts.closed,
            without_ticket: counts.without_ticket,
            movable: reason.is_none(),
            not_movable_reason: reason,
        }
    });
    Ok(rows.collect())
}

/// How many channels have settings that this holds of.
pub(super) fn using(desk: &mut Desk<'_>, holds: impl Fn(&Settings) -> bool) -> Result<i64> {
    let channels = store::channels::all(&mut desk.tx)?;
    Ok(channels.iter().filter(|channel| holds(&channel.settings)).count() as i64)
}

/// A channel with its settings; users, teams and stages in them by their names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelDetail {
    #[serde(flatten)]
    pub row: ChannelRow,
    pub settings: Settings<String>,
}

fn detail(desk: &mut Desk<'_>, channel: Channel) -> Result<ChannelDetail> {
    let gone = || Error::not_found("unknown_channel", "the channel is gone");
    let row = rows(desk, |candidate| candidate.id == channel.id)?.pop().ok_or_else(gone)?;
    Ok(ChannelDetail { row, settings: settings::by_name(desk, channel.settings)? })
}

/// Shows one channel.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub channel: String,
}

impl Operation for Show {
    const NAME: &'static str = "channels.show";
    const WRITES: bool = false;
    type Output = ChannelDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ChannelDetail> {
        let channel = channel(desk, &self.channel)?;
        detail(desk, channel)
    }
}
