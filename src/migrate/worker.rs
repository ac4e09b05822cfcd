//! The worker: takes the run over and drives it, transaction by transaction, until it is completed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::batch::{self, Mover};
use super::patience::{Patience, is_passing};
use super::steps::{self, After};
use super::{clock, cure, verify};
use crate::clock::Clock;
use crate::domain::Id;
use crate::domain::migration::{Phase, RunState};
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};
use crate::store::locks::{self, Held, Purpose};
use crate::store::migrations::{self, Run};
use crate::store::{Mode, Store, Turn};

/// Who watches a run go on.
pub trait Watch {
    fn phase(&mut self, run: &Run);
    fn progress(&mut self, run: &Run);
    /// Something went wrong that waiting may cure.
    fn waiting(&mut self, _error: &Error) {}
    /// So many conversations are verified.
    fn verified(&mut self, run: &Run, conversations: u64);
}

/// The refusal to drive a run that a living worker drives.
pub fn driven_already(id: Id) -> Error {
    locks::locked(format!("a worker is driving migration {id} already"))
        .hint(format!("watch it: deskctl migrations status {id} --watch"))
        .detail("migration", id)
}

/// The code of the refusal to drive a run that is completed.
pub const ALREADY_COMPLETED: &str = "already_completed";

/// The code of the failure of a run whose channel has moved, but not as it should have.
pub const VERIFICATION_FAILED: &str = "verification_failed";

/// What came of driving a run, and those of further channels.
#[derive(Default)]
pub struct Driven {
    pub completed: Vec<Id>,
    /// Why the next channel's run did not come to be.
    pub refused: Option<Error>,
}

/// Batches aim at this long, so that progress moves and agents are not locked out.
const TARGET: Duration = Duration::from_millis(100);
const FIRST_BATCH: i64 = 2_000;
const SMALLEST: i64 = 200;
const LARGEST: i64 = 20_000;

/// For those who watch: so many at a time, and so long a pause.
const SLOW_BATCH: i64 = 8;
const SLOW_PAUSE: Duration = Duration::from_millis(100);

/// How often a verification tells how far it is, in conversations.
const TELL_EVERY: u64 = 1_000;

/// Drives one run, and the runs of further channels that follow it.
pub struct Worker<'a> {
    pub store: &'a mut Store,
    pub clock: Clock,
    /// Set by Ctrl-C: stop at the next safe point.
    pub interrupted: &'a Arc<AtomicBool>,
    pub watch: &'a mut dyn Watch,
    /// A few conversations at a time, with a pause after each batch: to be watched.
    pub slowly: bool,
}

impl Worker<'_> {
    /// Takes the worker's lock: exit 11 while another worker lives. A starter that just lost its race is waited for.
    pub fn lock(store: &Store, id: Id) -> Result<Held> {
        let taken = || driven_already(id);
        let mut tries = 0;
        loop {
            match locks::take(store.location(), Purpose::Worker, taken) {
                Err(error) if error.exit() == Exit::Locked && tries < 10 => {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(20));
                }
                result => return result,
            }
        }
    }

    /// Drives `id` to its end, and the runs that follow it.
    pub fn drive(&mut self, id: Id) -> Result<Driven> {
        let mut lock = Self::lock(self.store, id)?;
        self.store.tune_for_bulk()?;
        self.store.stop_statements_on(self.interrupted)?;
        let mut driven = Driven::default();
        let mut next = Some(id);
        while let Some(id) = next.take() {
            match self.drive_one(id, &mut lock)? {
                After::Nothing => {}
                After::Run(run) => next = Some(run.id),
                After::Refused(error) => driven.refused = Some(error),
            }
            driven.completed.push(id);
        }
        self.store.after_bulk();
        Ok(driven)
    }

    fn drive_one(&mut self, id: Id, lock: &mut Held) -> Result<After> {
        let accepted = self.reread(id)?.accepted;
        clock::refuse_set_back(&mut self.store.read()?, self.clock.now(), &accepted)?;
        self.wait_for_start(id)?;
        let mut run = self.take_over(id)?;
        let mut patience = Patience::new()?;
        loop {
            let done = run.counts.done;
            let error = match self.advance(&mut run, lock) {
                Ok(after) => return Ok(after),
                Err(error) => error,
            };
            // Whatever went forward since the last failure earns the full patience again.
            if run.counts.done > done {
                patience = Patience::new()?;
            }
            run = self.wait_out(&run, error, lock, &mut patience)?;
        }
    }

    /// After a failure that waiting may cure: reconnects, and reads anew where the run stands, as long as patience lasts.
    fn wait_out(&mut self, run: &Run, mut error: Error, lock: &mut Held, patience: &mut Patience) -> Result<Run> {
        loop {
            let pause = if is_passing(&error) { patience.next() } else { None };
            let Some(pause) = pause else { return Err(self.fail(run, error)) };
            self.watch.waiting(&error);
            self.pause(run, pause)?;
            match self.reconnect(lock).and_then(|()| self.reread(run.id)) {
                Ok(run) => return Ok(run),
                Err(again) => error = again,
            }
        }
    }

    /// Sleeps, but not through an interrupt.
    fn pause(&self, run: &Run, pause: Duration) -> Result<()> {
        let until = Instant::now() + pause;
        loop {
            self.stop_if_interrupted(run)?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(Duration::from_millis(100)));
        }
    }

    /// Runs the phases from where the run stands.
    fn advance(&mut self, run: &mut Run, lock: &mut Held) -> Result<After> {
        loop {
            self.stop_if_interrupted(run)?;
            self.watch.phase(run);
            match run.phase {
                Phase::Preparing => self.step(run, steps::prepare)?,
                Phase::MovingChannel => self.step(run, steps::move_channel)?,
                Phase::MovingHistory => self.move_history(run, lock)?,
                Phase::CatchingUp => self.catch_up(run)?,
                Phase::Verifying => return self.verify_and_complete(run),
            }
            *run = self.reread(run.id)?;
        }
    }

    fn step(&mut self, run: &Run, step: impl FnOnce(&mut crate::store::Tx<'_>, &Run, Time) -> Result<()>) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write()?;
        step(&mut tx, run, now)?;
        tx.commit()
    }

    /// Pass 0 moves the open conversations, pass 1 all that have no record yet.
    fn move_history(&mut self, run: &mut Run, lock: &mut Held) -> Result<()> {
        let boundary = run.boundary.ok_or_else(|| Error::failed("store_corrupt", format!("migration {} lost its boundary", run.id)))?;
        let frozen = run.clone();
        let mut mover = Mover::new(&mut self.store.tx(Mode::Read)?, &frozen, self.clock.now())?;
        let fixed = if self.slowly { Some(SLOW_BATCH) } else { fixed_batch()? };
        let mut limit = fixed.unwrap_or(FIRST_BATCH);
        while run.pass <= 1 {
            self.stop_if_interrupted(run)?;
            let began = Instant::now();
            let now = self.clock.now();
            let mut tx = self.store.tx(Mode::Write(Turn::Bulk))?;
            let moved = mover.batch(&mut tx, run.pass, run.cursor, boundary, limit, now)?;
            let (pass, cursor) = moved.last.map_or((run.pass + 1, 0), |last| (run.pass, last));
            let busy_ms = began.elapsed().as_millis() as i64;
            migrations::advance(&mut tx, run, pass, cursor, &moved.counts, busy_ms, now)?;
            if pass > 1 {
                migrations::enter_phase(&mut tx, run, Phase::CatchingUp, now)?;
            }
            tx.commit()?;
            run.pass = pass;
            run.cursor = cursor;
            add(run, &moved.counts);
            self.watch.progress(run);
            limit = fixed.unwrap_or_else(|| next_limit(limit, moved.counts.done, began.elapsed()));
            if self.slowly {
                std::thread::sleep(SLOW_PAUSE);
            }
            lock.check()?;
        }
        Ok(())
    }

    /// What arrived meanwhile is in the help desk already (M11); this looks for history that was overlooked.
    fn catch_up(&mut self, run: &Run) -> Result<()> {
        let boundary = run.boundary.ok_or_else(|| Error::failed("store_corrupt", format!("migration {} lost its boundary", run.id)))?;
        // Counted before the write begins: nothing becomes history any more, and others may write meanwhile.
        let remaining = batch::remaining(&mut self.store.read()?, run, boundary)?;
        self.step(run, |tx, run, now| {
            if remaining > 0 {
                migrations::advance(tx, run, 1, 0, &migrations::Counts::default(), 0, now)?;
                return migrations::enter_phase(tx, run, Phase::MovingHistory, now);
            }
            migrations::enter_phase(tx, run, Phase::Verifying, now)
        })
    }

    fn verify_and_complete(&mut self, run: &Run) -> Result<After> {
        let mut tx = self.store.read()?;
        let mut count = 0;
        let mut told = |_: &verify::Verdict| {
            count += 1;
            if count % TELL_EVERY == 0 {
                self.watch.verified(run, count);
            }
            Ok(())
        };
        let summary = verify::verify(&mut tx, run, &mut told, &|| self.interrupted.load(Ordering::Relaxed))?;
        drop(tx);
        // Accepted or not, `verify` goes on to show them.
        if summary.differences() > 0 && !run.accepted.iter().any(|code| code == VERIFICATION_FAILED) {
            return Err(Error::failed(
                VERIFICATION_FAILED,
                format!("{} of {} conversations are not as they should be", summary.differences(), summary.total()),
            )
            .hint(format!("see each: deskctl migrations verify {}", run.id)));
        }
        self.stop_if_interrupted(run)?;
        let now = self.clock.now();
        let mut tx = self.store.write()?;
        let next = steps::complete(&mut tx, run, now)?;
        tx.commit()?;
        let ended = self.reread(run.id)?;
        self.watch.phase(&ended);
        Ok(next)
    }

    fn take_over(&mut self, id: Id) -> Result<Run> {
        let now = self.clock.now();
        let mut tx = self.store.write()?;
        let run = find(&mut tx, id)?;
        if run.state == RunState::Completed {
            return Err(Error::refused(ALREADY_COMPLETED, "M20", format!("migration {id} is completed already")));
        }
        migrations::take_over(&mut tx, id, now)?;
        migrations::note_phase(&mut tx, id, if run.fence == 0 { run.phase.as_str() } else { "resumed" }, now)?;
        tx.commit()?;
        self.reread(id)
    }

    fn reread(&mut self, id: Id) -> Result<Run> {
        find(&mut self.store.read()?, id)
    }

    /// A connection that broke is made anew; the lock with it, or another worker may have taken it.
    fn reconnect(&mut self, lock: &mut Held) -> Result<()> {
        if matches!(lock, Held::File(_)) {
            return Ok(());
        }
        let location = self.store.location().clone();
        *self.store = Store::connect(&location)?;
        if lock.check().is_err() {
            *lock = locks::take(&location, Purpose::Worker, || locks::locked("another worker has taken over this migration"))?;
        }
        Ok(())
    }

    /// Notes the failure, and says how to go on.
    fn fail(&mut self, run: &Run, error: Error) -> Error {
        if error.exit() == Exit::Interrupted {
            return self.stop_if_interrupted(run).err().unwrap_or(error);
        }
        if error.exit() == Exit::Locked {
            // No other worker is at it where the run was taken back.
            return self.reread(run.id).err().filter(|gone| gone.exit() == Exit::NotFound).unwrap_or(error);
        }
        // Where even this cannot be written, the run shows as interrupted, which is as true.
        let now = self.clock.now();
        if let Ok(mut tx) = self.store.write()
            && migrations::set_failed(&mut tx, run, &error, now).is_ok()
        {
            let _ = tx.commit();
        }
        let last_error = Some(migrations::as_last_error(&error));
        let cure = cure(&Run { state: RunState::Failed, last_error, ..run.clone() });
        let hint = match error.hint_text() {
            Some(hint) => format!("{hint}; {cure}"),
            None => cure,
        };
        error.hint(hint)
    }

    fn stop_if_interrupted(&self, run: &Run) -> Result<()> {
        if !self.interrupted.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(Error::new(
            Exit::Interrupted,
            "interrupted",
            format!("stopped at a safe point: {} of {} conversations are moved", run.counts.done, run.counts.total),
        )
        .hint(format!("the migration stays active; go on with deskctl migrations resume {}", run.id))
        .detail("migration", run.id))
    }

    fn wait_for_start(&mut self, id: Id) -> Result<()> {
        loop {
            let run = self.reread(id)?;
            let wait_ms = run.start_at.map_or(0, |at| at.0 - self.clock.now().0);
            if run.state != RunState::Scheduled || wait_ms <= 0 {
                return Ok(());
            }
            self.watch.phase(&run);
            self.pause(&run, Duration::from_millis(wait_ms.clamp(1, 200) as u64))?;
        }
    }
}

fn find(tx: &mut crate::store::Tx<'_>, id: Id) -> Result<Run> {
    migrations::by_id(tx, id)?.ok_or_else(|| {
        Error::not_found("unknown_migration", format!("there is no migration {id}, or it was taken back")).hint("deskctl migrations list")
    })
}

fn add(run: &mut Run, by: &migrations::Counts) {
    run.counts.done += by.done;
    run.counts.tickets_created += by.tickets_created;
    run.counts.tickets_moved += by.tickets_moved;
    run.counts.unassigned += by.unassigned;
    run.counts.batches += 1;
}

/// `DESKCTL_BATCH=n`: every batch takes n conversations. For tests, which want many commits in a small migration.
fn fixed_batch() -> Result<Option<i64>> {
    let Ok(text) = std::env::var("DESKCTL_BATCH") else { return Ok(None) };
    match text.parse() {
        Ok(size) if size > 0 => Ok(Some(size)),
        _ => Err(Error::usage("bad_environment", format!("DESKCTL_BATCH: \"{text}\" is no number of conversations above 0"))),
    }
}

/// Steers towards batches of `TARGET`, by at most a factor of two at a time.
fn next_limit(limit: i64, done: i64, took: Duration) -> i64 {
    if done < limit || took.is_zero() {
        return limit;
    }
    let ideal = limit as f64 * TARGET.as_secs_f64() / took.as_secs_f64();
    (ideal as i64).clamp(limit / 2, limit * 2).clamp(SMALLEST, LARGEST)
}
