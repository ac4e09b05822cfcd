//! Connecting, changing and disconnecting channels.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::settings::{SettingsChange, differences};
use super::{ChannelDetail, channel, detail};
use crate::domain::channel::{Channel, Kind, Settings, State};
use crate::domain::document::InboxKind;
use crate::domain::event::{Cause, Difference};
use crate::domain::phone;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::migrations::{self, NoticeOf};
use crate::ops::{Desk, Operation, check, inboxes};
use crate::store::{self, inboxes::Inbox};

/// A channel that an active migration moves may not be disconnected, nor change its inbox or address.
fn refuse_while_migrating(desk: &mut Desk<'_>, channel: &Channel) -> Result<()> {
    match migrations::notice(desk, NoticeOf::Channel(channel.id))? {
        None => Ok(()),
        Some(why) => Err(migrations::in_the_way(desk, "M4", why)?),
    }
}

/// Writes a changed channel and notes each difference in its history.
fn write(desk: &mut Desk<'_>, old: &Channel, new: &Channel) -> Result<()> {
    store::channels::put(&mut desk.tx, new)?;
    let pair = |name: &'static str, old: &str, new: &str| Difference::new(name, Some(old.to_owned()), Some(new.to_owned()));
    let mut changes = differences(&old.settings, &new.settings)?;
    changes.extend([
        pair("name", &old.name, &new.name),
        pair("address", &old.address, &new.address),
        pair("inbox", &old.inbox_id.to_string(), &new.inbox_id.to_string()),
        pair("state", stored(old.state), stored(new.state)),
    ]);
    desk.writer(Cause::Command).note_channel(new.id, changes)
}

/// Migrating is derived, not stored.
fn stored(state: State) -> &'static str {
    if state == State::Disconnected { "disconnected" } else { "connected" }
}

/// An address that fits the kind, lightly: enough to catch what was typed into the wrong place.
fn address(kind: Kind, typed: &str) -> Result<String> {
    let address = check::text("address", typed)?.to_lowercase();
    let like = match kind {
        Kind::Email => return check::email(&address),
        Kind::Calling | Kind::Whatsapp if !like_a_number(&address) => "a phone number like +48 22 123 45 67",
        Kind::FacebookMessenger if address.contains(char::is_whitespace) => "a page's name, without spaces",
        _ => return Ok(address),
    };
    Err(Error::usage("bad_address", format!("\"{typed}\" is no address of a {kind} channel: it is {like}")))
}

/// SIP addresses of calling channels pass too.
fn like_a_number(address: &str) -> bool {
    let digits = address.chars().filter(char::is_ascii_digit).count();
    address.starts_with("sip:") || digits >= 3 && address.chars().all(|c| c.is_ascii_digit() || "+-()/. x".contains(c))
}

/// Connects an address. One that was disconnected is connected again: in its own inbox the channel goes on, with
/// its conversations; elsewhere a new channel begins, and the old one keeps what lies on it (M8).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    pub name: String,
    pub kind: Kind,
    pub address: String,
    pub inbox: String,
    #[serde(flatten)]
    pub settings: SettingsChange,
}

impl Operation for Connect {
    const NAME: &'static str = "channels.connect";
    const WRITES: bool = true;
    type Output = ChannelDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ChannelDetail> {
        let name = check::text("name", &self.name)?;
        let address = address(self.kind, &self.address)?;
        let inbox = inboxes::inbox(desk, &self.inbox)?;
        match store::channels::by_address(&mut desk.tx, &address)? {
            None => {}
            Some(old) if old.state != State::Disconnected => return Err(check::already_exists("channel", &address, old.id)),
            Some(old) if old.inbox_id == inbox.id && old.kind == self.kind => {
                let settings = self.settings.apply(desk, old.kind, old.settings.clone())?;
                let new = Channel { name, state: State::Connected, settings, ..old.clone() };
                write(desk, &old, &new)?;
                return detail(desk, new);
            }
            Some(old) => give_up_address(desk, &old)?,
        }
        let settings = self.settings.apply(desk, self.kind, Settings::default())?;
        let channel = Channel {
            id: desk.tx.new_id("channels")?,
            name,
            kind: self.kind,
            address,
            inbox_id: inbox.id,
            in_help_desk: inbox.kind == InboxKind::HelpDesk,
            inbox: inbox.name,
            state: State::Connected,
            settings,
            moved_by: None,
        };
        store::channels::put(&mut desk.tx, &channel)?;
        take_country(desk, &channel)?;
        let connected = Difference::new("state", None, Some(stored(channel.state).to_owned()));
        desk.writer(Cause::Command).note_channel(channel.id, vec![connected])?;
        detail(desk, channel)
    }
}

/// E4: the first phone line says where numbers are at home, unless the account does.
fn take_country(desk: &mut Desk<'_>, channel: &Channel) -> Result<()> {
    let numbers = matches!(channel.kind, Kind::Calling | Kind::Whatsapp);
    match phone::country_of(&channel.address).filter(|_| numbers) {
        Some(country) if store::account::country(&mut desk.tx)?.is_none() => store::account::put_country(&mut desk.tx, Some(&country)),
        _ => Ok(()),
    }
}

/// Addresses are unique: a disconnected channel steps aside for the one that is connected anew.
fn give_up_address(desk: &mut Desk<'_>, old: &Channel) -> Result<()> {
    refuse_while_migrating(desk, old)?;
    let address = format!("{} (disconnected {})", old.address, old.id);
    desk.notice(format!("the address was disconnected before; channel {} keeps its conversations as \"{address}\"", old.id));
    write(desk, old, &Channel { address, ..old.clone() })
}

/// Changes a channel.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    pub channel: String,
    pub name: Option<String>,
    pub address: Option<String>,
    /// Another conversations inbox; into and out of the help desk only a migration leads, and only in.
    pub inbox: Option<String>,
    #[serde(flatten)]
    pub settings: SettingsChange,
}

impl Operation for Update {
    const NAME: &'static str = "channels.update";
    const WRITES: bool = true;
    type Output = ChannelDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ChannelDetail> {
        let old = channel(desk, &self.channel)?;
        let mut new = old.clone();
        if let Some(name) = &self.name {
            new.name = check::text("name", name)?;
        }
        if let Some(typed) = &self.address {
            new.address = free_address(desk, &old, typed)?;
        }
        if let Some(typed) = &self.inbox {
            let inbox = inboxes::inbox(desk, typed)?;
            refuse_to_move(&old, &inbox)?;
            (new.inbox_id, new.inbox) = (inbox.id, inbox.name);
        }
        if new.address != old.address || new.inbox_id != old.inbox_id {
            refuse_while_migrating(desk, &old)?;
        }
        new.settings = self.settings.apply(desk, old.kind, new.settings)?;
        write(desk, &old, &new)?;
        detail(desk, new)
    }
}

fn free_address(desk: &mut Desk<'_>, channel: &Channel, typed: &str) -> Result<String> {
    let address = address(channel.kind, typed)?;
    match store::channels::by_address(&mut desk.tx, &address)? {
        Some(other) if other.id != channel.id => Err(check::already_exists("channel", &address, other.id)),
        _ => Ok(address),
    }
}

/// M1 and M3: a channel enters the help desk by a migration (or, M8, anew), and never leaves it.
fn refuse_to_move(channel: &Channel, inbox: &Inbox) -> Result<()> {
    let to_help_desk = inbox.kind == InboxKind::HelpDesk;
    let Channel { address, kind, .. } = channel;
    match (channel.in_help_desk, to_help_desk) {
        (true, false) => Err(Error::refused("one_way", "M3", format!("{address} is in the help desk and cannot be moved back"))
            .hint("single conversations can: deskctl conversations move")),
        (false, true) if !kind.can_move() => {
            let message = format!("a {kind} channel cannot move to the help desk");
            let connect = format!("deskctl channels connect --kind {kind} --address {address} --inbox \"{}\" --name NAME", inbox.name);
            Err(Error::refused("kind_cannot_move", "M8", message)
                .hint(format!("disconnect it and connect it anew: deskctl channels disconnect {address}, then {connect}")))
        }
        (false, true) => Err(Error::refused("needs_migration", "M1", format!("{address} moves to the help desk by a migration only"))
            .hint(format!("deskctl migrations plan {address}"))),
        _ => Ok(()),
    }
}

/// Disconnects a channel: no more messages arrive; what lies on it stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Disconnect {
    pub channel: String,
}

impl Operation for Disconnect {
    const NAME: &'static str = "channels.disconnect";
    const WRITES: bool = true;
    type Output = ChannelDetail;

    fn needs(&self) -> Permission {
        Permission::AccountAccess
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ChannelDetail> {
        let old = channel(desk, &self.channel)?;
        refuse_while_migrating(desk, &old)?;
        if old.state == State::Disconnected {
            desk.notice(format!("{} was disconnected already", old.address));
        }
        let new = Channel { state: State::Disconnected, ..old.clone() };
        write(desk, &old, &new)?;
        detail(desk, new)
    }
}
