//! Driving a migration from the command line: in the foreground, detached, or watching another process do it.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::migration_text::{self, Shape};
use super::{App, migrations};
use crate::domain::Id;
use crate::domain::migration::{History, Phase, RunState};
use crate::domain::when::When;
use crate::error::{Error, Exit, Result, io_error};
use crate::migrate::checks::SlaOutlook;
use crate::migrate::worker::{Driven, Watch, Worker};
use crate::ops::migrations::{PlanAnswer, Show, Start, Status};
use crate::output::Progress;
use crate::store::migrations::Run;
use crate::store::{Location, Store, driver::sqlite, locks, search};

/// Set by the first Ctrl-C, SIGTERM or SIGHUP; a second one ends the process at once, which is safe too.
pub fn interrupt_flag() -> Result<Arc<AtomicBool>> {
    flag_on(&[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP])
}

/// Set by the first of these signals; a second one ends the process at once.
pub fn flag_on(signals: &[i32]) -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in super::signals::not_ignored(signals) {
        let registered = signal_hook::flag::register_conditional_shutdown(signal, i32::from(Exit::Interrupted.code()), Arc::clone(&flag))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&flag)));
        registered.map_err(|error| Error::unexpected(anyhow::Error::new(error).context("signals cannot be caught")))?;
    }
    Ok(flag)
}

/// Refuses what start would refuse, says what will happen, with numbers, and asks (G19).
pub fn ask_to_start(operation: &mut Start, app: &mut App) -> Result<()> {
    if app.global.yes {
        return Ok(());
    }
    let rehearsed = app.rehearse(operation.clone())?;
    // The notice has said when it starts; whoever answers late must not get the next day's 02:00.
    if operation.at.is_some() {
        operation.at = rehearsed.start_at.map(When::from);
    }
    let plan = app.run(operation.plan())?;
    let conversations: i64 = plan.plans.iter().map(|plan| plan.counts.total).sum();
    let what = match operation.history {
        History::All => format!(
            "{} and {conversations} conversations move to the help desk, one way{}",
            operation.channels.join(", "),
            about_slas(&plan)
        ),
        History::None => {
            format!("{} moves to the help desk, one way; {conversations} conversations stay behind for good", operation.channels.join(", "))
        }
    };
    app.confirm(&what)
}

/// M12: what becomes of the SLAs of history, where a policy is in force.
fn about_slas(plan: &PlanAnswer) -> String {
    let outlooks: Vec<&SlaOutlook> = plan.plans.iter().filter_map(|plan| plan.sla.as_ref()).collect();
    let Some(first) = outlooks.first() else { return String::new() };
    let overdue: i64 = outlooks.iter().map(|outlook| outlook.overdue()).sum();
    let overdue = match overdue {
        0 => "no ticket is overdue at once".to_owned(),
        1 => "1 ticket is overdue at once".to_owned(),
        n => format!("{n} tickets are overdue at once"),
    };
    format!("; SLAs of history: {} ({overdue})", first.chosen)
}

/// Shows a run's progress as it goes on.
struct Shown {
    progress: Progress,
    phase: Option<String>,
}

impl Watch for Shown {
    fn phase(&mut self, run: &Run) {
        let name = match run.state {
            RunState::Scheduled => "waiting for the start".to_owned(),
            RunState::Completed => "completed".to_owned(),
            _ => run.phase.to_string(),
        };
        if self.phase.as_deref() != Some(&name) {
            self.progress.phase(&name);
            self.phase = Some(name);
        }
        if run.phase == Phase::MovingHistory {
            self.progress(run);
        }
    }

    fn progress(&mut self, run: &Run) {
        self.progress.update(run.counts.done.max(0) as u64, Some(run.counts.total.max(run.counts.done) as u64));
    }

    fn waiting(&mut self, error: &Error) {
        self.progress.event("waiting", error.message().into());
    }

    fn verified(&mut self, run: &Run, conversations: u64) {
        self.progress.update(conversations, (run.history == History::All).then_some(run.counts.total.max(0) as u64));
    }
}

/// Drives the run in this process.
pub fn in_foreground(id: Id, slowly: bool, shape: Shape, app: &mut App) -> Result<Exit> {
    let status = drive(id, slowly, shape, app)?;
    migration_text::started(&status, shape, app)?;
    Ok(migrations::exit_of(&status, app))
}

fn drive(id: Id, slowly: bool, shape: Shape, app: &mut App) -> Result<Status> {
    let interrupted = interrupt_flag()?;
    let mut shown = Shown { progress: app.progress(), phase: None };
    let clock = app.clock;
    let store = &mut app.local()?.store;
    let driven = Worker { store, clock, interrupted: &interrupted, watch: &mut shown, slowly }.drive(id);
    let Driven { completed, refused } = driven?;
    index(store, &interrupted, &mut shown.progress);
    let last = completed.last().copied().unwrap_or(id);
    for earlier in completed.iter().filter(|id| **id != last) {
        let status = app.run(Show { id: Some(*earlier) })?;
        app.notices.notice(&moved(&status));
    }
    let status = app.run(Show { id: Some(last) })?;
    shown.progress.finish(&moved(&status));
    if let Some(error) = refused {
        migration_text::started(&status, shape, app)?;
        return Err(error);
    }
    Ok(status)
}

/// The migration is over; what is left is to tell the search index. Searches find what it lacks, so that nothing is lost where this
/// fails or is interrupted.
fn index(store: &mut Store, interrupted: &Arc<AtomicBool>, progress: &mut Progress) {
    let pending = store.read().and_then(|mut tx| search::pending(&mut tx)).unwrap_or(0);
    if pending > 0 {
        progress.phase("indexing for search");
        let _ = search::drain(store, &mut |done| {
            progress.update(done, Some(done.max(pending.max(0) as u64)));
            !interrupted.load(Ordering::Relaxed)
        });
    }
}

/// How a migration ended, in a sentence.
pub fn moved(status: &Status) -> String {
    let Status { channel, done, tickets_created, .. } = status;
    match status.history {
        History::All => {
            format!("{channel} moved with {done} conversations, {tickets_created} tickets were made, and all of it is verified")
        }
        History::None => format!("{channel} moved; its history stays in the inbox"),
    }
}

/// How long the starter waits for the worker's first committed sign of life.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Starts the same program again as a worker that outlives this terminal, and returns once it has committed its take-over.
pub fn detach(id: Id, shape: Shape, app: &mut App) -> Result<Exit> {
    let before = app.run(Show { id: Some(id) })?;
    let log = log_path(app, id)?;
    let mut worker = spawn(id, app, &log)?;
    let began = Instant::now();
    loop {
        let status = app.run(Show { id: Some(id) })?;
        let waits = status.state == RunState::Scheduled && status.start_at.is_some_and(|at| at > app.clock.now());
        let ended = worker.try_wait().map_err(|error| io_error("wait for the worker of", &log, error))?;
        if status.takeovers > before.takeovers || status.state == RunState::Completed || (waits && ended.is_none() && has_worker(app)?) {
            let status = Status { log: Some(log.display().to_string()), ..status };
            migration_text::started(&status, shape, app)?;
            return Ok(Exit::Done);
        }
        if let Some(code) = ended {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            let exit = if code.code() == Some(i32::from(Exit::Locked.code())) { Exit::Locked } else { Exit::Failed };
            let message = format!("the worker ended before it began: {}", said.trim().lines().last().unwrap_or("it said nothing"));
            return Err(Error::new(exit, "worker_failed", message).hint(format!("deskctl migrations resume {id}")));
        }
        if began.elapsed() > SIGN_OF_LIFE {
            return Err(Error::failed("worker_silent", format!("the worker gave no sign of life in {} s", SIGN_OF_LIFE.as_secs()))
                .hint(format!("read {}, then deskctl migrations status {id}", log.display())));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A worker that waits for its start has nothing to commit yet, but holds the lock.
fn has_worker(app: &mut App) -> Result<bool> {
    let store = &mut app.local()?.store;
    let location = store.location().clone();
    locks::is_held(&mut store.read()?, &location, locks::Purpose::Worker)
}

/// The worker's log lies beside an embedded store, else in the user's state directory; 0600 (G3).
fn log_path(app: &App, id: Id) -> Result<std::path::PathBuf> {
    use etcetera::BaseStrategy;
    match app.location()? {
        Location::Sqlite(path) => Ok(sqlite::beside(&std::path::absolute(&path).unwrap_or(path), &format!("migration-{id}.log"))),
        Location::Postgres { .. } => {
            let strategy = etcetera::choose_base_strategy()
                .map_err(|_| Error::failed("no_home", "there is no home directory to keep the worker's log in"))?;
            let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("deskctl");
            crate::store::make_private_folder(&folder)?;
            Ok(folder.join(format!("migration-{id}.log")))
        }
    }
}

fn spawn(id: Id, app: &mut App, log: &std::path::Path) -> Result<std::process::Child> {
    let file = sqlite::private_file(log)?;
    let _ = file.set_len(0);
    let copy = file.try_clone().map_err(|error| io_error("open", log, error))?;
    let program = std::env::current_exe()
        .map_err(|error| Error::unexpected(anyhow::Error::new(error).context("this program's own path is unknown")))?;
    let mut command = Command::new(program);
    command.args(["migrations", "resume", &id.to_string(), "--worker", "--progress", "plain"]);
    if let Some(target) = &app.global.target {
        command.args(["--target", target]);
    }
    if let Some(user) = &app.global.as_user {
        command.args(["--as", user]);
    }
    app.set_log(id, log)?;
    command.stdin(Stdio::null()).stdout(file).stderr(copy);
    command.spawn().map_err(|error| io_error("start a worker with", log, error))
}

/// The detached worker: a session of its own, none of the caller's descriptors, no terminal.
pub fn as_detached_worker(id: Option<Id>, app: &mut App) -> Result<Exit> {
    // Fails only where the process leads a group already, and then it has what this is for.
    let _ = rustix::process::setsid();
    close_inherited();
    let status = app.run(Show { id })?;
    drive(status.id, false, Shape::Object, app)?;
    Ok(Exit::Done)
}

/// Closes what the caller left open, so that `$(…)` and pipes around the starter end. Called before anything is opened.
#[expect(unsafe_code, reason = "descriptors above 2 belong to nobody here: the program has just been started")]
fn close_inherited() {
    use std::os::fd::{FromRawFd, OwnedFd};
    let Ok(entries) = std::fs::read_dir("/proc/self/fd") else { return };
    let open: Vec<i32> = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(|fd| *fd > 2).collect();
    for fd in open {
        // The listing itself is among them and closed by now.
        if std::path::Path::new(&format!("/proc/self/fd/{fd}")).exists() {
            // SAFETY: nothing in this process owns the descriptor yet.
            drop(unsafe { OwnedFd::from_raw_fd(fd) });
        }
    }
}
