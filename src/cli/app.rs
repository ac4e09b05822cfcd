//! What every command works with: global options, the target, output, questions.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::args::Global;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::ops::{Call, Operation};
use crate::output::{Notices, Output, OutputOptions, Progress, ProgressMode};
use crate::store::Location;
use crate::target::{Address, Local};

/// One run of the command line.
pub struct App {
    pub global: Global,
    pub clock: Clock,
    pub out: Output,
    pub notices: Notices,
    pub(super) target: Option<Local>,
    location: OnceCell<Location>,
    told: HashSet<String>,
}

impl App {
    pub fn new(global: Global) -> Result<App> {
        let options =
            OutputOptions { format: global.output, columns: global.columns.clone(), quiet: global.quiet, ..OutputOptions::detect() };
        let notices = Notices::new(global.quiet).as_events(global.progress == ProgressMode::Json);
        Ok(App {
            clock: Clock::from_env()?,
            out: Output::new(options),
            notices,
            global,
            target: None,
            location: OnceCell::new(),
            told: HashSet::new(),
        })
    }

    /// Where this run works: `--target`, else the current context, else the embedded store.
    pub fn location(&self) -> Result<Location> {
        if let Some(location) = self.location.get() {
            return Ok(location.clone());
        }
        let found = self.find_location()?;
        Ok(self.location.get_or_init(|| found).clone())
    }

    fn find_location(&self) -> Result<Location> {
        let typed = self.global.target.as_deref().filter(|typed| !typed.is_empty());
        if let Some(typed) = typed
            && let Some(Address::Store(location)) = Address::parse(typed)?
        {
            return Ok(location);
        }
        let config = self.config()?;
        match typed.or(config.current.as_deref()) {
            Some(name) => config.context(name)?.location(),
            None => default_location(),
        }
    }

    fn config(&self) -> Result<Config> {
        let Some(path) = config::path() else { return Ok(Config::default()) };
        if let Some(warning) = config::open_to_others(&path) {
            self.notices.warning(&warning);
        }
        Config::load(&path)
    }

    /// The target, opened on first use.
    pub fn local(&mut self) -> Result<&mut Local> {
        if self.target.is_none() {
            self.target = Some(Local::open(&self.location()?, self.clock)?);
        }
        self.target.as_mut().ok_or_else(|| Error::failed("unexpected", "the target is not open"))
    }

    /// How the global options say that operations are called.
    pub fn call(&self) -> Call {
        Call { as_user: self.global.as_user.clone(), dry_run: self.global.dry_run, idempotency_key: self.global.idempotency_key.clone() }
    }

    /// Runs an operation on the target, and tells its notices.
    pub fn run<O: Operation>(&mut self, operation: O) -> Result<O::Output> {
        let output = self.run_as(operation, &self.call())?;
        if O::WRITES && self.global.dry_run {
            self.tell("dry run: nothing was written");
        }
        Ok(output)
    }

    /// Runs an operation and takes it back: to be refused before a question, not after it.
    pub fn rehearse<O: Operation>(&mut self, operation: O) -> Result<O::Output> {
        self.run_as(operation, &Call { dry_run: true, ..self.call() })
    }

    fn run_as<O: Operation>(&mut self, operation: O, call: &Call) -> Result<O::Output> {
        let answer = self.local()?.run(operation, call)?;
        if let Ok(zone) = crate::domain::time::zone(&answer.zone) {
            self.out.set_zone(zone);
        }
        for notice in &answer.notices {
            self.tell(notice);
        }
        Ok(answer.output)
    }

    /// Tells a notice once, however many operations a command takes.
    fn tell(&mut self, notice: &str) {
        if self.told.insert(notice.to_owned()) {
            self.notices.notice(notice);
        }
    }

    /// Notes where a detached worker writes its log, so that `status` can name it.
    pub fn set_log(&mut self, id: crate::domain::Id, log: &std::path::Path) -> Result<()> {
        let mut tx = self.local()?.store.write()?;
        crate::store::migrations::set_log(&mut tx, id, &log.display().to_string())?;
        tx.commit()
    }

    pub fn progress(&self) -> Progress {
        Progress::new(self.global.progress, std::io::stderr().is_terminal())
    }

    /// Asks before what cannot be undone. Without a terminal only `--yes` answers (G19).
    pub fn confirm(&self, what: &str) -> Result<()> {
        if self.global.yes || self.global.dry_run {
            return Ok(());
        }
        let refused =
            |message: String| Error::usage("confirmation_required", message).hint("add --yes to do it, or --dry-run to rehearse it");
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(refused(format!("{what}: this cannot be undone, and there is no terminal to ask at")));
        }
        let mut stderr = std::io::stderr();
        let _ = write!(stderr, "{what}. This cannot be undone. Go on? [y/N] ");
        let _ = stderr.flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        match (read, answer.trim().to_lowercase().as_str()) {
            (Ok(_), "y" | "yes") => Ok(()),
            _ => Err(refused("not confirmed; nothing was done".into())),
        }
    }
}

/// `deskctl/desk.db` in the user's data directory.
pub fn default_location() -> Result<Location> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Error::failed("no_home", "there is no home directory to keep the default store in").hint("name one with --target sqlite:PATH")
    })?;
    let path: PathBuf = strategy.data_dir().join("deskctl").join("desk.db");
    Ok(Location::Sqlite(path))
}
