//! `migrations status`, `list`, `unschedule`, and the notice that a running migration shows everywhere (M20).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find;
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::migration::{FrozenMap, History, Phase, RunState};
use crate::domain::sla::historic::Choice;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::{Desk, Operation};
use crate::store::migrations::{self, Counts, Run};
use crate::store::users;

/// Where a migration stands (M18).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MigrationStatus")]
pub struct Status {
    pub id: Id,
    pub channel: String,
    pub state: RunState,
    pub last_error: Option<String>,
    pub phase: Phase,
    pub history: History,
    /// `status or filter -> Pipeline/Stage`, in the order in which they are asked.
    pub map: Vec<String>,
    /// M12: what becomes of the SLAs of history; absent without history.
    #[serde(default)]
    pub sla_historic: Option<Choice>,
    pub total: i64,
    pub done: i64,
    pub tickets_created: i64,
    pub tickets_moved: i64,
    pub unassigned: i64,
    pub percent: f64,
    pub rate_per_second: Option<f64>,
    pub eta_seconds: Option<i64>,
    pub notifications_muted: bool,
    pub start_at: Option<Time>,
    pub started_at: Time,
    pub updated_at: Time,
    pub finished_at: Option<Time>,
    pub started_by: String,
    /// Channels that follow with the same choices.
    pub next_channels: i64,
    /// The first migration of the same start, which may have named several channels.
    #[serde(default)]
    pub first_of_start: Id,
    pub log: Option<String>,
    /// Raised by every worker that takes over.
    pub takeovers: i64,
}

/// Tells a run as its status, with the state that it really is in.
pub fn status(desk: &mut Desk<'_>, run: Run) -> Result<Status> {
    let location = desk.location.clone();
    let (run, state) = migrations::really(&mut desk.tx, &location, run, desk.now)?;
    let started_by = users::by_id(&mut desk.tx, run.started_by)?.map_or_else(|| format!("user {}", run.started_by), |user| user.email);
    // H2: how far it is everyone may know (M20), how much it is only those who see all of it.
    let counts = if desk.visibility() == Visibility::Everything { run.counts } else { Counts::default() };
    let rate = (run.busy_ms > 0 && counts.done > 0).then(|| counts.done as f64 * 1_000.0 / run.busy_ms as f64);
    let left = (counts.total - counts.done).max(0);
    let first_of_start = migrations::first_of_start(&mut desk.tx, &run)?;
    Ok(Status {
        id: run.id,
        channel: run.channel_before.address.clone(),
        state,
        last_error: run.last_error.clone(),
        phase: run.phase,
        history: run.history,
        map: run.map.as_ref().map(described).unwrap_or_default(),
        sla_historic: (run.history == History::All).then_some(run.sla_historic),
        total: counts.total,
        done: counts.done,
        tickets_created: counts.tickets_created,
        tickets_moved: counts.tickets_moved,
        unassigned: counts.unassigned,
        percent: percent(&run),
        rate_per_second: rate.map(|rate| rate.round()),
        eta_seconds: rate.filter(|_| state == RunState::Running).map(|rate| (left as f64 / rate).ceil() as i64),
        notifications_muted: run.muted,
        start_at: run.start_at,
        started_at: run.started_at,
        updated_at: run.updated_at,
        finished_at: run.finished_at,
        started_by,
        next_channels: run.next_channels.len() as i64,
        first_of_start,
        log: run.log,
        takeovers: run.fence,
    })
}

fn described(map: &FrozenMap) -> Vec<String> {
    let rules = map.rules.iter().map(|rule| format!("{} -> {}", rule.when, rule.to.name));
    rules.chain([format!("open -> {}", map.open.name), format!("closed -> {}", map.closed.name)]).collect()
}

fn percent(run: &Run) -> f64 {
    match (run.state, run.counts.total) {
        (RunState::Completed, _) => 100.0,
        (_, 0) => 0.0,
        (_, total) => (run.counts.done as f64 * 1_000.0 / total as f64).floor() / 10.0,
    }
}

/// Shows one migration: the given one, else the active one, else the latest.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub id: Option<Id>,
}

impl Operation for Show {
    const NAME: &'static str = "migrations.status";
    const WRITES: bool = false;
    type Output = Status;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Status> {
        let run = find(desk, self.id)?;
        status(desk, run)
    }
}

/// Lists every migration, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "migrations.list";
    const WRITES: bool = false;
    type Output = Vec<Status>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<Status>> {
        let runs = migrations::all(&mut desk.tx)?;
        runs.into_iter().map(|run| status(desk, run)).collect()
    }
}

/// Takes back a migration whose channel has not moved, also one that failed before; after that there is no way back (M20, G21).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unschedule {
    pub id: Id,
}

impl Operation for Unschedule {
    const NAME: &'static str = "migrations.unschedule";
    const WRITES: bool = true;
    type Output = Status;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Status> {
        let run = find(desk, Some(self.id))?;
        if run.state == RunState::Completed || !migrations::withdraw(&mut desk.tx, self.id)? {
            return Err(Error::refused(
                "already_started",
                "M20",
                format!("migration {} has moved its channel; once moved it cannot be stopped", self.id),
            )
            .hint(format!("deskctl migrations status {} shows where it stands", self.id)));
        }
        // Whatever state it was in, it is in none any more.
        let told = Run { state: RunState::Unscheduled, ..run };
        status(desk, told)
    }
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeOf {
    Channel(Id),
    Inbox(Id),
}

/// M20: what every user is told while a migration touches this channel or inbox.
pub fn notice(desk: &mut Desk<'_>, of: NoticeOf) -> Result<Option<String>> {
    let Some(run) = migrations::active(&mut desk.tx)? else { return Ok(None) };
    let touched = match of {
        NoticeOf::Channel(id) => run.channel_id == id || run.next_channels.contains(&id),
        NoticeOf::Inbox(id) => run.channel_before.inbox_id == id || run.help_desk_id == id,
    };
    if !touched {
        return Ok(None);
    }
    let address = &run.channel_before.address;
    Ok(Some(match run.state {
        RunState::Scheduled => format!("channel {address} is scheduled to move to the help desk (migration {})", run.id),
        _ => format!("channel {address} is moving to the help desk (migration {}, {:.1} %)", run.id, percent(&run)),
    }))
}
