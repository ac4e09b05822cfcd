//! What every command works with: global options, the target, output, questions.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use etcetera::BaseStrategy;
use zeroize::Zeroizing;

use super::args::Global;
use super::repeat;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::error::{Error, Exit, Result};
use crate::ops::{Call, Caller, Local, Operation, Stream};
use crate::output::{Notices, Output, OutputOptions, Progress, ProgressMode};
use crate::secret::Secret;
use crate::store::Location;
use crate::target::{Address, Server, ServerUrl, Target};

/// One run of the command line.
pub struct App {
    pub global: Global,
    pub clock: Clock,
    pub out: Output,
    pub notices: Notices,
    target: Option<Target>,
    address: OnceCell<Address>,
    /// Writes that this run has asked for.
    written: u32,
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
            written: 0,
            address: OnceCell::new(),
            told: HashSet::new(),
        })
    }

    /// Where this run works: `--target`, else the current context, else the embedded store.
    pub fn address(&self) -> Result<Address> {
        if let Some(address) = self.address.get() {
            return Ok(address.clone());
        }
        let found = self.find_address()?;
        Ok(self.address.get_or_init(|| found).clone())
    }

    fn find_address(&self) -> Result<Address> {
        let typed = self.global.target.as_deref().filter(|typed| !typed.is_empty());
        if let Some(typed) = typed
            && let Some(address) = Address::parse(typed)?
        {
            return Ok(address);
        }
        let config = self.config()?;
        match typed.or(config.current.as_deref()) {
            Some(name) => config.context(name)?.address(),
            None => default_location().map(Address::Store),
        }
    }

    /// The store, for what works on one itself and on nothing else.
    pub fn location(&self) -> Result<Location> {
        match self.address()? {
            Address::Store(location) => Ok(location),
            Address::Server(url) => Err(unsupported(&url)),
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
    pub fn target(&mut self) -> Result<&mut Target> {
        if self.target.is_none() {
            self.target = Some(match self.address()? {
                Address::Store(location) => Target::Store(Box::new(Local::open(&location, self.clock)?)),
                Address::Server(url) => Target::Server(Box::new(self.server(url)?)),
            });
        }
        self.target.as_mut().ok_or_else(|| Error::failed("unexpected", "the target is not open"))
    }

    /// The store, opened on first use, for what works on one itself and on nothing else.
    pub fn local(&mut self) -> Result<&mut Local> {
        self.location()?;
        match self.target()? {
            Target::Store(local) => Ok(local),
            Target::Server(_) => Err(Error::failed("unexpected", "the target is no store")),
        }
    }

    /// Whether this run works with a server.
    pub fn on_server(&self) -> Result<bool> {
        Ok(matches!(self.address()?, Address::Server(_)))
    }

    fn server(&self, url: ServerUrl) -> Result<Server> {
        let token = self.token(&url)?;
        let shown = url.to_string();
        let server = Server::new(url, token)?;
        if server.is_exposed() {
            self.notices.warning(&format!("{shown} is not encrypted: the token and all data can be read on the way there"));
        }
        Ok(server)
    }

    /// `DESKCTL_TOKEN`, else the one that `deskctl login` keeps for this server.
    fn token(&self, url: &ServerUrl) -> Result<Option<Secret>> {
        match std::env::var("DESKCTL_TOKEN").map(Zeroizing::new) {
            Ok(token) if !token.trim().is_empty() => Ok(Some(Secret::new(token.trim()))),
            _ => Ok(self.config()?.logins.remove(&url.to_string())),
        }
    }

    /// How the global options say that operations are called.
    pub fn call(&self) -> Call {
        Call {
            caller: Caller::Owner,
            as_user: self.global.as_user.clone(),
            dry_run: self.global.dry_run,
            idempotency_key: self.global.idempotency_key.clone(),
            ..Call::default()
        }
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
        if O::WRITES && !call.dry_run {
            self.written += 1;
        }
        // A key stands for one write: with several there is no line that repeats one of them alone.
        let alone = self.written == 1;
        let done = self.target()?.run(operation, call);
        let answer = done.map_err(|error| if alone { repeat::explained(error) } else { error })?;
        self.take_notices(&answer.zone, &answer.notices);
        Ok(answer.output)
    }

    /// Prints a stream: `print` takes its items from the source and gives them out. Ctrl-C ends it.
    pub fn stream<S: Stream, T>(&mut self, stream: S, print: impl FnOnce(&mut Output, &mut Source<'_, S>) -> Result<T>) -> Result<T> {
        let call = Call { as_user: self.global.as_user.clone(), ..Call::default() };
        let stop = super::drive::interrupt_flag()?;
        self.target()?;
        let App { target, out, .. } = &mut *self;
        let target = target.as_mut().ok_or_else(|| Error::failed("unexpected", "the target is not open"))?;
        let mut source = Source { target, stream, call, stop, told: None };
        let printed = print(out, &mut source)?;
        if let Some((zone, notices)) = source.told {
            self.take_notices(&zone, &notices);
        }
        Ok(printed)
    }

    fn take_notices(&mut self, zone: &str, notices: &[String]) {
        if let Ok(zone) = crate::domain::time::zone(zone) {
            self.out.set_zone(zone);
        }
        for notice in notices {
            self.tell(notice);
        }
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
        self.confirm_with(what, "this cannot be undone")
    }

    /// Asks before what reaches far and can be taken back: `consequence` says how, as in "they can be restored for 90 days".
    pub fn confirm_with(&self, what: &str, consequence: &str) -> Result<()> {
        if self.global.yes || self.global.dry_run {
            return Ok(());
        }
        let refused =
            |message: String| Error::usage("confirmation_required", message).hint("add --yes to do it, or --dry-run to rehearse it");
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(refused(format!("{what}: {consequence}, and there is no terminal to ask at")));
        }
        let mut stderr = std::io::stderr();
        let _ = write!(stderr, "{what}: {consequence}. Go on? [y/N] ");
        let _ = stderr.flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        match (read, answer.trim().to_lowercase().as_str()) {
            (Ok(_), "y" | "yes") => Ok(()),
            _ => Err(refused("not confirmed; nothing was done".into())),
        }
    }
}

/// A stream that is about to be printed.
pub struct Source<'a, S> {
    target: &'a mut Target,
    stream: S,
    call: Call,
    stop: Arc<AtomicBool>,
    /// The account's zone and the notices, once it has ended.
    told: Option<(String, Vec<String>)>,
}

impl<S: Stream> Source<'_, S> {
    pub fn each(&mut self, mut emit: impl FnMut(S::Item) -> Result<()>) -> Result<S::End> {
        let answer = self.target.stream(self.stream.clone(), &self.call, &self.stop, &mut emit)?;
        self.told = Some((answer.zone, answer.notices));
        Ok(answer.output)
    }
}

fn unsupported(url: &ServerUrl) -> Error {
    Error::new(Exit::Unsupported, "unsupported_by_target", format!("this works on a store itself, and {url} is a server"))
        .hint("run it on the server's machine, with its store as the target")
}

/// `deskctl/desk.db` in the user's data directory.
pub fn default_location() -> Result<Location> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Error::failed("no_home", "there is no home directory to keep the default store in").hint("name one with --target sqlite:PATH")
    })?;
    let path: PathBuf = strategy.data_dir().join("deskctl").join("desk.db");
    Ok(Location::Sqlite(path))
}
