//! Following a run that another process or a server drives.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::migration_text::{self, Shape};
use super::{App, drive, migrations};
use crate::domain::Id;
use crate::domain::migration::RunState;
use crate::error::{Error, Exit, Result};
use crate::ops::migrations::{Show, Status, Timeline};
use crate::output::Progress;

/// How often is looked.
const PAUSE: Duration = Duration::from_millis(200);
/// The first looks come sooner: small migrations are over by then.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
/// How long a server that went away is waited for: it may be restarted, and the run goes on.
const PATIENCE: Duration = Duration::from_secs(60);

/// Shows the phases that a run has entered since the last look, none left out.
struct Follower {
    progress: Progress,
    phases: usize,
    waited: bool,
}

impl Follower {
    fn new(app: &App) -> Follower {
        Follower { progress: app.progress(), phases: 0, waited: false }
    }

    fn look(&mut self, status: &Status, app: &mut App) -> Result<()> {
        if status.state == RunState::Scheduled && !std::mem::replace(&mut self.waited, true) {
            self.progress.phase("waiting for the start");
        }
        let timeline = app.run(Timeline { id: status.id })?;
        for entry in timeline.iter().skip(self.phases).filter(|entry| entry.phase != "resumed") {
            self.progress.phase(&entry.phase);
        }
        self.phases = timeline.len();
        if !timeline.is_empty() {
            self.progress.update(status.done.max(0) as u64, Some(status.total.max(status.done) as u64));
        }
        Ok(())
    }
}

/// Follows a run until it ends or time is up.
pub fn watch(status: Status, timeout_ms: Option<i64>, app: &mut App) -> Result<Status> {
    let mut follower = Follower::new(app);
    follow(status, timeout_ms, &mut follower, app)
}

/// The same with the runs of further channels that come after it.
pub fn watch_sequence(mut status: Status, timeout_ms: Option<i64>, app: &mut App) -> Result<Status> {
    let began = Instant::now();
    loop {
        let left_ms = timeout_ms.map(|limit| (limit - began.elapsed().as_millis() as i64).max(0));
        status = watch(status, left_ms, app)?;
        match next_run(&status, app)? {
            Some(next) => status = next,
            None => return Ok(status),
        }
    }
}

fn follow(mut status: Status, timeout_ms: Option<i64>, follower: &mut Follower, app: &mut App) -> Result<Status> {
    let interrupted = drive::interrupt_flag()?;
    let began = Instant::now();
    let mut pause = FIRST_PAUSE;
    follower.look(&status, app)?;
    while matches!(status.state, RunState::Scheduled | RunState::Running) {
        if interrupted.load(Ordering::Relaxed) {
            return Err(Error::new(Exit::Interrupted, "interrupted", format!("stopped watching; migration {} goes on", status.id))
                .hint(format!("watch it again with deskctl migrations status {} --watch", status.id)));
        }
        if timeout_ms.is_some_and(|limit| began.elapsed().as_millis() as i64 >= limit) {
            break;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(PAUSE);
        status = patiently(app, |app| {
            let status = app.run(Show { id: Some(status.id) })?;
            follower.look(&status, app)?;
            Ok(status)
        })?;
    }
    Ok(status)
}

/// Looks again for a while where the server is away.
fn patiently<T>(app: &mut App, mut look: impl FnMut(&mut App) -> Result<T>) -> Result<T> {
    let began = Instant::now();
    loop {
        match look(app) {
            Err(error) if error.exit() == Exit::Unreachable && began.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            looked => return looked,
        }
    }
}

/// Follows a run that a server drives, and those of further channels that come after it, as if this process drove them.
pub fn to_the_end(first: Id, shape: Shape, app: &mut App) -> Result<Exit> {
    let mut status = app.run(Show { id: Some(first) })?;
    let mut follower = Follower::new(app);
    loop {
        status = until_it_ends(status, &mut follower, app)?;
        let Some(next) = next_run(&status, app)? else { break };
        app.notices.notice(&drive::moved(&status));
        (status, follower.phases, follower.waited) = (next, 0, false);
    }
    if status.state == RunState::Completed {
        follower.progress.finish(&drive::moved(&status));
    }
    if status.state == RunState::Failed {
        return Err(failure(&status));
    }
    migration_text::started(&status, shape, app)?;
    Ok(migrations::exit_of(&status, app))
}

/// The server takes an interrupted run over by itself, so that is no end.
fn until_it_ends(mut status: Status, follower: &mut Follower, app: &mut App) -> Result<Status> {
    let mut alone = Instant::now();
    loop {
        status = follow(status, None, follower, app)?;
        if status.state != RunState::Interrupted || alone.elapsed() > PATIENCE {
            return Ok(status);
        }
        std::thread::sleep(PAUSE);
        status = patiently(app, |app| app.run(Show { id: Some(status.id) }))?;
        if status.state != RunState::Interrupted {
            alone = Instant::now();
        }
    }
}

/// The run that was started when this one completed, where it was not the last of its start.
fn next_run(status: &Status, app: &mut App) -> Result<Option<Status>> {
    if status.state != RunState::Completed || status.next_channels == 0 {
        return Ok(None);
    }
    let latest = app.run(Show { id: None })?;
    Ok((latest.id > status.id).then_some(latest))
}

/// As the worker's own process would say it.
fn failure(status: &Status) -> Error {
    let message = status.last_error.clone().unwrap_or_else(|| "the migration failed".into());
    Error::failed("migration_failed", message).hint(format!("when the cause is cured: deskctl migrations resume {}", status.id))
}

/// How long a server may take to begin.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Returns once a server's worker has taken the run over, or waits for its start.
pub fn begun(before: Status, shape: Shape, app: &mut App) -> Result<Exit> {
    let began = Instant::now();
    loop {
        let status = app.run(Show { id: Some(before.id) })?;
        let waits = status.state == RunState::Scheduled && status.start_at.is_some_and(|at| at > app.clock.now());
        if status.takeovers > before.takeovers || matches!(status.state, RunState::Completed | RunState::Failed) || waits {
            migration_text::started(&status, shape, app)?;
            return Ok(Exit::Done);
        }
        if began.elapsed() > SIGN_OF_LIFE {
            return Err(Error::failed(
                "worker_silent",
                format!("no server took migration {} over in {} s", before.id, SIGN_OF_LIFE.as_secs()),
            )
            .hint(format!("look at the server's log, then deskctl migrations status {}", before.id)));
        }
        std::thread::sleep(FIRST_PAUSE);
    }
}
