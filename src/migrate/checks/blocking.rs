//! What stops a migration, whatever the choices.

use crate::domain::Id;
use crate::domain::bot;
use crate::domain::channel::{Channel, State};
use crate::domain::migration::Finding;
use crate::error::Result;
use crate::migrate::cure;
use crate::store::{Tx, bots, channels, migrations};

/// Everything that stops a migration of this channel, whatever the choices.
pub fn blocking(tx: &mut Tx<'_>, channel: &Channel) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let address = &channel.address;
    match channel.moved_by {
        Some(run) if channel.in_help_desk => findings.push(Finding::blocking(
            "already_moved",
            "M17",
            format!(
                "{address} was moved by migration {run}; moving is one way (M3), and the choice to bring its history along is gone (M17)"
            ),
        )),
        _ if channel.in_help_desk => {
            findings.push(Finding::blocking(
                "already_in_help_desk",
                "M3",
                format!("{address} is in the help desk already; moving is one way"),
            ));
        }
        _ => {}
    }
    if !channel.kind.can_move() && !channel.in_help_desk {
        findings.push(cannot_move(tx, channel)?);
    }
    if channel.state == State::Disconnected {
        let message = format!("{address} is disconnected: no message can arrive on it, and there is nothing to move it for");
        findings.push(Finding::blocking("channel_disconnected", "M1", message));
    }
    if let Some(bot) = &channel.settings.bot {
        let reasons = bot::reasons_against(bot, &bots::conditions(tx)?);
        if !reasons.is_empty() {
            let message = format!("the bot \"{}\" cannot be carried over: {}", bot.name, reasons.join("; "));
            findings.push(Finding::blocking("bot_in_the_way", "M15", message).detail("reasons", reasons));
        }
    }
    if tx.optional("SELECT id FROM inboxes WHERE kind = 'help_desk'", &[], |row| row.get::<Id>())?.is_none() {
        findings.push(Finding::blocking("no_help_desk", "H1", "this account has no help desk to move to"));
    }
    Ok(findings)
}

/// M8: WhatsApp and Facebook Messenger are disconnected and connected anew; the refusal gives the steps.
fn cannot_move(tx: &mut Tx<'_>, channel: &Channel) -> Result<Finding> {
    let help_desk = tx.optional("SELECT name FROM inboxes WHERE kind = 'help_desk'", &[], |row| row.get::<String>())?;
    let steps = vec![
        format!("deskctl channels disconnect {}", channel.address),
        format!(
            "deskctl channels connect --kind {} --address {} --name \"{}\" --inbox \"{}\"",
            channel.kind,
            channel.address,
            channel.name,
            help_desk.as_deref().unwrap_or("Help desk")
        ),
        "answer what is still open in the old inbox there: conversations of such a channel stay where they are".to_owned(),
    ];
    let message = format!(
        "{} is a {} channel, and these cannot move: it is disconnected from its inbox and connected to the help desk anew",
        channel.address, channel.kind
    );
    Ok(Finding::blocking("kind_cannot_move", "M8", message).detail("steps", steps))
}

/// M4: one channel at a time.
pub fn active(tx: &mut Tx<'_>) -> Result<Option<Finding>> {
    let Some(active) = migrations::active(tx)? else { return Ok(None) };
    let message = format!("migration {} of {} is {}; one channel moves at a time", active.id, active.channel_before.address, active.state);
    let finding = Finding::blocking("migration_active", "M4", message).detail("migration", active.id);
    Ok(Some(finding.detail("cure", cure(&active))))
}

/// Every channel that nothing stops.
pub fn movable(tx: &mut Tx<'_>) -> Result<Vec<Channel>> {
    let mut movable = Vec::new();
    for channel in channels::all(tx)? {
        if blocking(tx, &channel)?.is_empty() {
            movable.push(channel);
        }
    }
    Ok(movable)
}
