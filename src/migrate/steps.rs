//! The phases of a run before and after its history, each one transaction.

use crate::args;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::event::{Actor, Difference};
use crate::domain::migration::{Agents, History, Phase, RunState};
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};
use crate::migrate::checks;
use crate::store::history::{self, Object};
use crate::store::migrations::{self, Boundary, Run};
use crate::store::outbox::{self, Notice, NoticeKind, OutboxState};
use crate::store::{Tx, audit, channels, users};

/// Checks once more what `start` checked, and freezes who has access.
pub fn prepare(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<()> {
    refuse_blocked(tx, run)?;
    let agents: Agents =
        users::all(tx)?.into_iter().filter(|user| user.has_help_desk_access()).map(|user| (user.id, user.team_id)).collect();
    migrations::set_agents(tx, run, &agents)?;
    migrations::enter_phase(tx, run, Phase::MovingChannel, now)
}

fn refuse_blocked(tx: &mut Tx<'_>, run: &Run) -> Result<()> {
    let channel =
        channels::by_id(tx, run.channel_id)?.ok_or_else(|| Error::not_found("unknown_channel", "the channel of this migration is gone"))?;
    match checks::blocking(tx, &channel)?.into_iter().next() {
        Some(finding) => Err(Error::refused("blocked", &finding.rule, finding.message)),
        None => Ok(()),
    }
}

/// M6: the commit that moves the channel decides what is history. Settings stay as they are (M10).
pub fn move_channel(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<()> {
    // Waits for messages that are being written on the channel; those that come later see it in the help desk.
    tx.one("SELECT id FROM channels WHERE id = $1 {for_update}", args![run.channel_id], |row| row.get::<i64>())?;
    // There may have been days since it was prepared.
    refuse_blocked(tx, run)?;
    let boundary = Boundary {
        conversation: tx.one("SELECT coalesce(max(id), 0) FROM conversations", &[], |row| row.get())?,
        channel_row: tx.one("SELECT coalesce(max(id), 0) FROM conversation_channels", &[], |row| row.get())?,
    };
    let total = match run.history {
        History::None => 0,
        History::All => tx.one("SELECT count(*) FROM conversations WHERE channel_id = $1", args![run.channel_id], |row| row.get())?,
    };
    migrations::set_boundary(tx, run, boundary, total)?;
    tx.execute("UPDATE channels SET inbox_id = $1, moved_by = $2 WHERE id = $3", args![run.help_desk_id, run.id, run.channel_id])?;
    let actor = Actor::Run { run: run.id, started_by: run.started_by };
    let moved = Difference::new("inbox", Some(run.channel_before.inbox_id.to_string()), Some(run.help_desk_id.to_string()));
    history::note(tx, Object::Channel, run.channel_id, now, actor, &[moved])?;
    let next = if run.history == History::All { Phase::MovingHistory } else { Phase::Verifying };
    migrations::enter_phase(tx, run, next, now)
}

/// Ends the run: one notice per user (M9), the audit record, and the next channel's run where several were asked for.
pub fn complete(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<After> {
    notify(tx, run, now)?;
    migrations::set_completed(tx, run, now)?;
    migrations::note_phase(tx, run.id, "completed", now)?;
    let actor = users::by_id(tx, run.started_by)?.map_or_else(|| "?".to_owned(), |user| user.email);
    audit::add(
        tx,
        &audit::Entry {
            id: 0,
            at: now,
            actor,
            acting_for: None,
            operation: "migrations.complete".into(),
            arguments: serde_json::json!({ "migration": run.id, "channel": run.channel_before.address }),
            outcome: "done".into(),
            times: 1,
            client: None,
            proxy: None,
        },
    )?;
    next_run(tx, run, now)
}

/// M9: one notice per user with counts. Muted ones are kept as muted; unassigned tickets are told to those the
/// channel's routing names, else to everyone with access who may see unassigned tickets.
fn notify(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<()> {
    let counts = migrations::notices(tx, run.id)?;
    let unassigned = counts.iter().find(|(user, _)| *user == 0).map_or(0, |(_, count)| *count);
    let hearers = if unassigned > 0 { checks::hearers(tx, &run.channel_before)? } else { Vec::new() };
    let mut told: Vec<_> = counts.iter().filter(|(user, _)| *user != 0).map(|(user, _)| *user).chain(hearers.iter().copied()).collect();
    told.sort_unstable();
    told.dedup();
    let state = if run.muted { OutboxState::Muted } else { OutboxState::Pending };
    let notices = told.into_iter().map(|user| {
        let assigned = counts.iter().find(|(id, _)| *id == user).map_or(0, |(_, count)| *count);
        let mut parts = Vec::new();
        if assigned > 0 {
            parts.push(format!("{assigned} assigned to you"));
        }
        if unassigned > 0 && hearers.contains(&user) {
            parts.push(format!("{unassigned} unassigned"));
        }
        Notice {
            id: 0,
            at: now,
            kind: NoticeKind::Migration,
            user_id: user,
            text: format!("{} moved to the help desk. New tickets: {}", run.channel_before.address, parts.join(", ")),
            state,
            run_id: Some(run.id),
            ticket_id: None,
        }
    });
    let notices: Vec<Notice> = notices.collect();
    if notices.is_empty() { Ok(()) } else { outbox::put(tx, notices) }
}

/// What follows a run that is completed.
pub enum After {
    Nothing,
    Run(Box<Run>),
    Refused(Error),
}

/// Several channels run one after the other with the same choices; the next one begins in the commit that ends this one. What
/// cannot move any more gets no run, which would be active for good (G21): the sequence ends there.
fn next_run(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<After> {
    let Some((next, rest)) = run.next_channels.split_first() else { return Ok(After::Nothing) };
    let channel = match next_channel(tx, *next)? {
        Ok(channel) => channel,
        Err(error) => {
            let error = error.hint("the channels before it are moved; start this one, and those after it, anew when it can move");
            migrations::note_end_of_sequence(tx, run.id, &migrations::as_last_error(&error))?;
            return Ok(After::Refused(error));
        }
    };
    let id = tx.new_id("migrations")?;
    let next = Run {
        id,
        channel_id: channel.id,
        channel_before: channel,
        next_channels: rest.to_vec(),
        state: RunState::Scheduled,
        phase: Phase::Preparing,
        last_error: None,
        boundary: None,
        pass: 0,
        cursor: 0,
        counts: migrations::Counts::default(),
        fence: 0,
        busy_ms: 0,
        start_at: Some(now),
        started_at: now,
        updated_at: now,
        finished_at: None,
        ..run.clone()
    };
    migrations::insert(tx, &next)?;
    Ok(After::Run(Box::new(next)))
}

/// The channel, or why it cannot move.
fn next_channel(tx: &mut Tx<'_>, id: Id) -> Result<Result<Channel>> {
    let Some(channel) = channels::by_id(tx, id)? else {
        return Ok(Err(Error::not_found("unknown_channel", format!("the next channel, {id}, was not started: it is gone"))));
    };
    Ok(match checks::blocking(tx, &channel)?.into_iter().next() {
        None => Ok(channel),
        Some(finding) => {
            let message = format!("the next channel, {}, was not started: {}", channel.address, finding.message);
            Err(Error::new(Exit::Refused, finding.code, message).detail("rule", finding.rule).detail("channel", channel.address))
        }
    })
}
