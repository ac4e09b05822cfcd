//! Migration runs: their row, their phases, the records of what they moved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::locks::{self, Purpose};
use super::{Location, Mode, Row, Store, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::Digest;
use crate::domain::migration::{Agents, FrozenMap, History, Outcome, Phase, RunState};
use crate::domain::sla::historic::Choice;
use crate::domain::time::Time;
use crate::error::{Error, Result};

crate::stored_as_text!(History, RunState, Phase, Outcome);

/// A migration, as its row tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub id: Id,
    pub channel_id: Id,
    pub history: History,
    /// Absent without history.
    pub map: Option<FrozenMap>,
    /// Who had help desk access when the run was prepared.
    pub agents: Agents,
    /// The channel as it was (M10).
    pub channel_before: Channel,
    pub help_desk_id: Id,
    pub muted: bool,
    /// Channels that follow with the same choices.
    pub next_channels: Vec<Id>,
    /// Warnings that were accepted.
    pub accepted: Vec<String>,
    pub state: RunState,
    pub phase: Phase,
    pub last_error: Option<String>,
    /// The last conversation and channel row before the commit that moved the channel (M6).
    pub boundary: Option<Boundary>,
    /// 0: open conversations; 1: all others.
    pub pass: i64,
    pub cursor: Id,
    pub counts: Counts,
    pub fence: i64,
    /// Milliseconds spent on moving history.
    pub busy_ms: i64,
    pub start_at: Option<Time>,
    pub started_at: Time,
    pub updated_at: Time,
    pub finished_at: Option<Time>,
    pub started_by: Id,
    pub log: Option<String>,
    /// Servers drive it: any of them takes it over when its worker is gone.
    pub served: bool,
    /// What becomes of the SLAs of history (M12).
    pub sla_historic: Choice,
}

/// Where history ends: everything up to these ids was there before the channel moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    pub conversation: Id,
    pub channel_row: Id,
}

/// What a run has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    pub total: i64,
    pub done: i64,
    pub tickets_created: i64,
    pub tickets_moved: i64,
    pub unassigned: i64,
    pub batches: i64,
}

const COLUMNS: &str = "id, channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, accepted, state, phase, last_error, \
     boundary_conversation, boundary_channel_row, pass, cursor, total, done, tickets_created, tickets_moved, unassigned, batches, fence, busy_ms, \
     start_at, started_at, updated_at, finished_at, started_by, log, served, sla_historic";

fn read(row: &mut Row<'_>) -> Result<Run> {
    Ok(Run {
        id: row.get()?,
        channel_id: row.get()?,
        history: row.get()?,
        map: row.json()?,
        agents: row.json()?,
        channel_before: row.json()?,
        help_desk_id: row.get()?,
        muted: row.get()?,
        next_channels: row.json()?,
        accepted: row.json()?,
        state: row.get()?,
        phase: row.get()?,
        last_error: row.get()?,
        boundary: match (row.get::<Option<Id>>()?, row.get::<Option<Id>>()?) {
            (Some(conversation), Some(channel_row)) => Some(Boundary { conversation, channel_row }),
            _ => None,
        },
        pass: row.get()?,
        cursor: row.get()?,
        counts: Counts {
            total: row.get()?,
            done: row.get()?,
            tickets_created: row.get()?,
            tickets_moved: row.get()?,
            unassigned: row.get()?,
            batches: row.get()?,
        },
        fence: row.get()?,
        busy_ms: row.get()?,
        start_at: row.get()?,
        started_at: row.get()?,
        updated_at: row.get()?,
        finished_at: row.get()?,
        started_by: row.get()?,
        log: row.get()?,
        served: row.get()?,
        sla_historic: row.get::<&str>()?.parse().map_err(|reason: String| Error::failed("store_corrupt", reason))?,
    })
}

/// Every run, newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Run>> {
    tx.query(&format!("SELECT {COLUMNS} FROM migrations ORDER BY id DESC"), &[], read)
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Run>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM migrations WHERE id = $1"), args![id], read)
}

/// The one active run: scheduled, running, interrupted or failed (M4).
pub fn active(tx: &mut Tx<'_>) -> Result<Option<Run>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM migrations WHERE active = 1"), &[], read)
}

/// The first run of the start that this one belongs to: of several channels, the next one's run is made by the commit that completes
/// the one before, so that the runs of a start follow each other.
pub fn first_of_start(tx: &mut Tx<'_>, run: &Run) -> Result<Id> {
    let sql = format!("SELECT {COLUMNS} FROM migrations WHERE id < $1 ORDER BY id DESC LIMIT 1");
    let mut first = (run.id, run.channel_id, run.next_channels.clone());
    while let Some(before) = tx.optional(&sql, args![first.0], read)?
        && before.last_error.is_none()
        && before.next_channels.split_first() == Some((&first.1, &first.2[..]))
    {
        first = (before.id, before.channel_id, before.next_channels);
    }
    Ok(first.0)
}

pub fn latest(tx: &mut Tx<'_>) -> Result<Option<Run>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM migrations ORDER BY id DESC LIMIT 1"), &[], read)
}

/// Writes a new run. The unique index on `active` refuses a second one (M4).
pub fn insert(tx: &mut Tx<'_>, run: &Run) -> Result<()> {
    let json = |value: serde_json::Value| value.to_string();
    tx.execute(
        "INSERT INTO migrations (id, channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, accepted, state, phase, \
         active, pass, cursor, total, done, tickets_created, tickets_moved, unassigned, batches, fence, busy_ms, start_at, started_at, updated_at, started_by, log, served, sla_historic) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, 0, 0, $13, 0, 0, 0, 0, 0, 0, 0, $14, $15, $16, $17, $18, $19, $20)",
        args![
            run.id,
            run.channel_id,
            run.history,
            json(serde_json::json!(run.map)),
            json(serde_json::json!(run.agents)),
            json(serde_json::json!(run.channel_before)),
            run.help_desk_id,
            run.muted,
            json(serde_json::json!(run.next_channels)),
            json(serde_json::json!(run.accepted)),
            run.state,
            run.phase,
            run.counts.total,
            run.start_at,
            run.started_at,
            run.updated_at,
            run.started_by,
            run.log,
            run.served,
            run.sla_historic.to_string()
        ],
    )?;
    Ok(())
}

/// Removes a run whose channel has not moved; `false` where it has, also meanwhile.
pub fn withdraw(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let sql = "DELETE FROM migrations WHERE id = $1 AND active = 1 AND boundary_conversation IS NULL";
    if tx.execute(sql, args![id])? == 0 {
        return Ok(false);
    }
    tx.execute("DELETE FROM migration_phases WHERE run_id = $1", args![id])?;
    Ok(true)
}

/// Adds to what a super admin accepts of a run.
pub fn accept(tx: &mut Tx<'_>, run: &Run, codes: &[String]) -> Result<()> {
    let accepted: Vec<&String> = run.accepted.iter().chain(codes.iter().filter(|code| !run.accepted.contains(code))).collect();
    tx.execute("UPDATE migrations SET accepted = $1 WHERE id = $2", args![serde_json::json!(accepted).to_string(), run.id]).map(drop)
}

/// Why the channels that were to follow a run do not.
pub fn note_end_of_sequence(tx: &mut Tx<'_>, run: Id, why: &str) -> Result<()> {
    tx.execute("UPDATE migrations SET last_error = $1 WHERE id = $2", args![why, run]).map(drop)
}

/// A worker that lost its run to another one must not commit.
fn fenced(updated: u64) -> Result<()> {
    if updated == 1 {
        return Ok(());
    }
    Err(locks::locked("another worker has taken over this migration; this one stops").hint("deskctl migrations status"))
}

/// A worker takes the run over: from now on only its own fencing number commits.
pub fn take_over(tx: &mut Tx<'_>, id: Id, now: Time) -> Result<i64> {
    tx.execute(
        "UPDATE migrations SET fence = fence + 1, state = 'running', last_error = NULL, updated_at = $1 WHERE id = $2",
        args![now, id],
    )?;
    tx.one("SELECT fence FROM migrations WHERE id = $1", args![id], |row| row.get())
}

/// Enters a phase, and notes when and by whom.
pub fn enter_phase(tx: &mut Tx<'_>, run: &Run, phase: Phase, now: Time) -> Result<()> {
    fenced(tx.execute(
        "UPDATE migrations SET phase = $1, updated_at = $2 WHERE id = $3 AND fence = $4",
        args![phase, now, run.id, run.fence],
    )?)?;
    note_phase(tx, run.id, phase.as_str(), now)
}

/// Notes a point of the timeline: a phase, a take-over, an end.
pub fn note_phase(tx: &mut Tx<'_>, run: Id, phase: &str, now: Time) -> Result<()> {
    let position: i64 =
        tx.one("SELECT coalesce(max(position), 0) + 1 FROM migration_phases WHERE run_id = $1", args![run], |row| row.get())?;
    let worker = format!("pid {}", std::process::id());
    tx.execute(
        "INSERT INTO migration_phases (run_id, position, phase, at, worker) VALUES ($1, $2, $3, $4, $5)",
        args![run, position, phase, now, worker],
    )?;
    Ok(())
}

/// One point of a run's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseEntry {
    pub phase: String,
    pub at: Time,
    pub worker: String,
}

pub fn phases(tx: &mut Tx<'_>, run: Id) -> Result<Vec<PhaseEntry>> {
    tx.query("SELECT phase, at, worker FROM migration_phases WHERE run_id = $1 ORDER BY position", args![run], |row| {
        Ok(PhaseEntry { phase: row.get()?, at: row.get()?, worker: row.get()? })
    })
}

/// What the preparing worker freezes: the access that counts for this run.
pub fn set_agents(tx: &mut Tx<'_>, run: &Run, agents: &Agents) -> Result<()> {
    let agents = serde_json::json!(agents).to_string();
    fenced(tx.execute("UPDATE migrations SET agents = $1 WHERE id = $2 AND fence = $3", args![agents, run.id, run.fence])?)
}

/// The commit that moves the channel (M6).
pub fn set_boundary(tx: &mut Tx<'_>, run: &Run, boundary: Boundary, total: i64) -> Result<()> {
    fenced(tx.execute(
        "UPDATE migrations SET boundary_conversation = $1, boundary_channel_row = $2, total = $3 WHERE id = $4 AND fence = $5",
        args![boundary.conversation, boundary.channel_row, total, run.id, run.fence],
    )?)?;
    let seal = seal(tx, run.id)?;
    tx.execute("UPDATE migrations SET seal = $1 WHERE id = $2", args![seal, run.id]).map(drop)
}

/// Columns of what was chosen and frozen. They are read as they are stored: what a later program adds to its JSON changes nothing.
const SEALED: &str = "channel_id, history, map, agents, channel_before, help_desk_id, muted, next_channels, accepted, sla_historic, \
     boundary_conversation, boundary_channel_row, started_at, start_at, started_by";

/// The digest of what was chosen and frozen.
pub fn seal(tx: &mut Tx<'_>, run: Id) -> Result<Digest> {
    let digest = |row: &mut Row<'_>| {
        let mut hasher = blake3::Hasher::new();
        for _ in SEALED.split(',') {
            let value = row.get::<Option<super::filter_sql::Value>>()?;
            hasher.update(format!("{value:?}\n").as_bytes());
        }
        Ok(Digest::of(&hasher))
    };
    tx.one(&format!("SELECT {SEALED} FROM migrations WHERE id = $1"), args![run], digest)
}

/// The seal that was put on a run when its channel moved; none on one from before there were seals.
pub fn sealed(tx: &mut Tx<'_>, run: Id) -> Result<Option<Digest>> {
    tx.one("SELECT seal FROM migrations WHERE id = $1", args![run], |row| row.get())
}

/// Moves the cursor of moving_history, and counts what this batch did.
pub fn advance(tx: &mut Tx<'_>, run: &Run, pass: i64, cursor: Id, by: &Counts, busy_ms: i64, now: Time) -> Result<()> {
    fenced(tx.execute(
        "UPDATE migrations SET pass = $1, cursor = $2, done = done + $3, tickets_created = tickets_created + $4, tickets_moved = tickets_moved + $5, \
         unassigned = unassigned + $6, batches = batches + 1, busy_ms = busy_ms + $7, updated_at = $8 WHERE id = $9 AND fence = $10",
        args![pass, cursor, by.done, by.tickets_created, by.tickets_moved, by.unassigned, busy_ms, now, run.id, run.fence],
    )?)
}

/// Counts what a pulled conversation added, without moving the cursor.
pub fn count(tx: &mut Tx<'_>, run: Id, by: &Counts) -> Result<()> {
    tx.execute(
        "UPDATE migrations SET done = done + $1, tickets_created = tickets_created + $2, tickets_moved = tickets_moved + $3, unassigned = unassigned + $4 \
         WHERE id = $5",
        args![by.done, by.tickets_created, by.tickets_moved, by.unassigned, run],
    )?;
    Ok(())
}

/// What a run keeps of the error that stopped it: its code and what it said.
pub fn as_last_error(error: &Error) -> String {
    format!("{}: {}", error.code(), error.message())
}

pub fn set_failed(tx: &mut Tx<'_>, run: &Run, error: &Error, now: Time) -> Result<()> {
    let said = as_last_error(error);
    fenced(tx.execute(
        "UPDATE migrations SET state = 'failed', last_error = $1, updated_at = $2 WHERE id = $3 AND fence = $4",
        args![said, now, run.id, run.fence],
    )?)
}

pub fn set_completed(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<()> {
    fenced(tx.execute(
        "UPDATE migrations SET state = 'completed', active = NULL, total = done, finished_at = $1, updated_at = $2 WHERE id = $3 AND fence = $4",
        args![now, now, run.id, run.fence],
    )?)
}

pub fn set_log(tx: &mut Tx<'_>, id: Id, log: &str) -> Result<()> {
    tx.execute("UPDATE migrations SET log = $1 WHERE id = $2", args![log, id])?;
    Ok(())
}

/// Hands a run to the servers: one of them will drive it, a failed one too.
pub fn hand_to_servers(tx: &mut Tx<'_>, run: &Run, now: Time) -> Result<()> {
    let state = if run.state == RunState::Failed { RunState::Running } else { run.state };
    tx.execute(
        "UPDATE migrations SET served = 1, state = $1, last_error = NULL, updated_at = $2 WHERE id = $3 AND active = 1",
        args![state, now, run.id],
    )
    .map(drop)
}

/// A run and what it really is: a stored "running" whose worker is gone is interrupted, and so is a start that nobody waits for.
pub fn really(tx: &mut Tx<'_>, location: &Location, run: Run, now: Time) -> Result<(Run, RunState)> {
    let just_started = run.state == RunState::Scheduled && now < run.updated_at.plus_ms(GRACE_MS);
    if !matches!(run.state, RunState::Scheduled | RunState::Running) || just_started {
        let state = run.state;
        return Ok((run, state));
    }
    if locks::is_held(tx, location, Purpose::Worker)? {
        let waits = run.state == RunState::Scheduled && run.start_at.is_some_and(|at| at > now);
        return Ok((run, if waits { RunState::Scheduled } else { RunState::Running }));
    }
    // The worker may have finished after the row was read: only a row that is read now tells.
    let mut store = Store::connect(location)?;
    let newer = by_id(&mut store.tx(Mode::Read)?, run.id)?.filter(|newer| newer.state != run.state);
    Ok(newer.map_or((run, RunState::Interrupted), |newer| {
        let state = newer.state;
        (newer, state)
    }))
}

/// How long after the commit of a start its worker may take to come; `status` is right within a second.
const GRACE_MS: i64 = 500;

/// Adds to what users will be told at the end; user 0 stands for tickets without an owner.
pub fn add_notices(tx: &mut Tx<'_>, run: Id, assigned: impl IntoIterator<Item = (Id, i64)>) -> Result<()> {
    for (user, count) in assigned {
        tx.execute(
            "INSERT INTO migration_notices (run_id, user_id, assigned) VALUES ($1, $2, $3) \
             ON CONFLICT (run_id, user_id) DO UPDATE SET assigned = migration_notices.assigned + excluded.assigned",
            args![run, user, count],
        )?;
    }
    Ok(())
}

/// Tickets per user, as `add_notices` counted them.
pub fn notices(tx: &mut Tx<'_>, run: Id) -> Result<Vec<(Id, i64)>> {
    tx.query("SELECT user_id, assigned FROM migration_notices WHERE run_id = $1 ORDER BY user_id", args![run], |row| {
        Ok((row.get()?, row.get()?))
    })
}
