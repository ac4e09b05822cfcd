//! `deskctl demo`

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::{App, drive};
use crate::bulk::{self, Present};
use crate::domain::Id;
use crate::error::{Error, Exit, Result, io_error};
use crate::store::{Location, Store, migrations};

/// Show the whole tour on a scratch store: seed, plan, a refusal, a move with a message arriving meanwhile, verify, report
///
/// Every command that it shows is really run, as it stands there. The scratch store stays, to try things on. With
/// --target, an empty database is taken instead; a store with an account is refused.
#[derive(Args)]
#[command(after_help = "Examples:\n  deskctl demo\n  deskctl demo --target postgres://desk@localhost/empty\n  deskctl demo -o json")]
pub struct Arguments {}

const CHANNEL: &str = "support@acme.example";
const CHOICES: [&str; 6] = ["--history", "all", "--map", "open=New", "--map", "closed=Closed"];

/// How long one step may take before the demo gives up on it.
const PATIENCE: Duration = Duration::from_secs(120);

/// What scripts get.
#[derive(Serialize)]
struct Summary {
    store: String,
    report: PathBuf,
    /// The conversation that arrived while its channel moved.
    arrived: Id,
    seconds: f64,
    steps: Vec<Step>,
}

/// A command that was run, and how it ended.
#[derive(Serialize)]
struct Step {
    command: String,
    exit: i32,
    seconds: f64,
}

pub fn run(_: Arguments, app: &mut App) -> Result<Exit> {
    let folder = tempfile::Builder::new().prefix("deskctl-demo-").tempdir();
    let folder = folder.map_err(|error| io_error("make a folder in", &std::env::temp_dir(), error))?;
    let location = location(app, folder.path())?;
    if let Present::Account(account) = bulk::present(&location, app.clock.now())? {
        return Err(Error::new(
            Exit::Refused,
            "not_empty",
            format!("this store holds the account \"{}\": the demo wants an empty one", account.name),
        )
        .hint("without --target, the demo makes a scratch store"));
    }
    let interrupted = drive::interrupt_flag()?;
    // From here on the folder stays: it is what the last words speak of.
    let folder = folder.keep();
    let mut tour = Tour { app, store: location.to_string(), location, folder, interrupted, steps: Vec::new() };
    let began = Instant::now();
    let arrived = tour.walk()?;
    let seconds = began.elapsed().as_secs_f64();
    tour.last_words(seconds)?;
    if tour.app.out.format() != crate::output::Format::Table {
        let summary = Summary { store: tour.store, report: tour.folder.join("report.html"), arrived, seconds, steps: tour.steps };
        app.out.one(&summary)?;
    }
    Ok(Exit::Done)
}

/// A typed --target, else a scratch store: neither a context nor the environment makes a real store a stage.
fn location(app: &App, folder: &Path) -> Result<Location> {
    let typed = std::env::args().any(|argument| argument == "--target" || argument.starts_with("--target="));
    if typed { app.location() } else { Ok(Location::Sqlite(folder.join("desk.db"))) }
}

struct Tour<'a> {
    app: &'a mut App,
    location: Location,
    store: String,
    folder: PathBuf,
    interrupted: Arc<AtomicBool>,
    steps: Vec<Step>,
}

impl Tour<'_> {
    /// All of it; answers with the conversation that arrived meanwhile.
    fn walk(&mut self) -> Result<Id> {
        self.say("deskctl moves a channel from a shared inbox to the help desk. You see how, on a scratch store:\n")?;
        self.say(&format!("  {}\n", self.store))?;
        self.say("Each command below is run on it as it is shown. What you see is what it prints.\n")?;
        self.heading("An account with two years of history")?;
        self.step(&["seed", "--profile", "acme"], 0)?;
        self.heading("Its channels: what lies on them, and which of them can move")?;
        self.step(&["channels", "list"], 0)?;
        self.heading("What would moving the support mailbox do? What should be known before?")?;
        self.step(&[&["migrations", "plan", CHANNEL][..], &CHOICES].concat(), 0)?;
        self.heading("Not everything can move: a WhatsApp channel is refused, with what to do instead")?;
        self.step(&[&["migrations", "start", "+48605550100"][..], &CHOICES, &["--yes"]].concat(), 6)?;
        self.heading("The move. Meanwhile, another process takes in a customer's mail on the moving channel")?;
        self.say("(352 conversations take a tenth of a second; --slowly does a few at a time and pauses, so that you see it.)\n")?;
        let arrived = self.move_and_receive()?;
        self.heading("Is everything where it should be? Counted from the data itself, message by message")?;
        self.step(&["migrations", "verify"], 0)?;
        self.heading("The mail that arrived meanwhile: in the help desk, with a ticket, like any new one")?;
        let id = arrived.to_string();
        self.step(&["conversations", "show", &id, "--columns", "id,subject,status,channel,inbox,ticket"], 0)?;
        self.heading("A second start of the same is refused: moving is one way")?;
        self.step(&[&["migrations", "start", CHANNEL][..], &CHOICES, &["--yes"]].concat(), 6)?;
        self.heading("A report for those who were not here")?;
        let report = self.folder.join("report.html").display().to_string();
        self.step(&["migrations", "report", "--html", &report], 0)?;
        Ok(arrived)
    }

    /// The move in the foreground, and in the middle of it a message from another process, told when the move has ended.
    fn move_and_receive(&mut self) -> Result<Id> {
        let start = [&["migrations", "start", CHANNEL][..], &CHOICES, &["--yes", "--slowly", "--quiet"]].concat();
        let receive = [
            "conversations",
            "receive",
            CHANNEL,
            "--from",
            "Maria Virtanen <maria@example.com>",
            "--subject",
            "Kahvinkeitin vuotaa",
            "--text",
            "Hei, uusi keitin vuotaa pöydälle. Mitä teen?",
            "-o",
            "json",
        ];
        self.show_command(&start)?;
        let began = Instant::now();
        let mut moving = self.spawn(&start, false)?;
        let reached = self.wait_for_half(&mut moving)?;
        let began_receiving = Instant::now();
        let (notices, answer, received) = self.capture(&receive)?;
        let took = began_receiving.elapsed();
        self.wait(moving, &start, began, 0)?;
        self.say(&format!("\nIn the middle of it ({reached}), the other process:\n"))?;
        self.show_command(&receive)?;
        self.say(&notices)?;
        self.say(&answer)?;
        self.note(&receive, received, took, 0)?;
        let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
        match (answer["conversation"].as_i64(), answer["ticket"].as_i64()) {
            (Some(conversation), Some(_)) => Ok(conversation),
            _ => Err(self.failed("the message that arrived meanwhile got no ticket")),
        }
    }

    /// Waits until a third of the history has moved; says how far it is.
    fn wait_for_half(&mut self, moving: &mut Child) -> Result<String> {
        let began = Instant::now();
        let mut store = Store::open(&self.location, self.app.clock.now())?;
        loop {
            let run = migrations::latest(&mut store.read()?)?;
            if let Some(run) = run
                && run.counts.done * 3 > run.counts.total
                && run.counts.total > 0
            {
                return Ok(format!("after {} of {} conversations", run.counts.done, run.counts.total));
            }
            let ended = moving.try_wait().map_err(Error::unexpected)?;
            if ended.is_some() || began.elapsed() > PATIENCE || self.interrupted.load(Ordering::Relaxed) {
                self.stop(moving);
                return Err(self.failed("the move ended before it was in the middle"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Shows a command, runs it, and expects it to end with this exit code.
    fn step(&mut self, arguments: &[&str], expected: i32) -> Result<()> {
        self.show_command(arguments)?;
        let began = Instant::now();
        let child = self.spawn(arguments, false)?;
        self.wait(child, arguments, began, expected)
    }

    /// The command as a process of its own. Its output goes where the demo's own goes; scripts get the summary only.
    fn spawn(&self, arguments: &[&str], captured: bool) -> Result<Child> {
        let program = std::env::current_exe().map_err(Error::unexpected)?;
        let mut command = Command::new(&program);
        command.args(arguments).env("DESKCTL_TARGET", &self.store);
        for variable in ["DESKCTL_AS", "DESKCTL_OUTPUT"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null());
        if captured {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        } else if !self.shows() {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        command.spawn().map_err(|error| io_error("run", &program, error))
    }

    /// What the command says, first on stderr, then on stdout; all at once, because a progress bar is on the screen.
    fn capture(&self, arguments: &[&str]) -> Result<(String, String, i32)> {
        let output = self.spawn(arguments, true)?.wait_with_output().map_err(Error::unexpected)?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok((text(output.stderr), text(output.stdout), output.status.code().unwrap_or(-1)))
    }

    /// Waits for the command's end; an interrupt is passed on, and ends the tour.
    fn wait(&mut self, mut child: Child, arguments: &[&str], began: Instant, expected: i32) -> Result<()> {
        loop {
            if let Some(status) = child.try_wait().map_err(Error::unexpected)? {
                return self.note(arguments, status.code().unwrap_or(-1), began.elapsed(), expected);
            }
            if self.interrupted.load(Ordering::Relaxed) || began.elapsed() > PATIENCE {
                self.stop(&mut child);
                return Err(self.failed("the command was stopped"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Asks the command to stop at its next safe point, and waits until it has.
    fn stop(&self, child: &mut Child) {
        if let Ok(None) = child.try_wait()
            && let Some(pid) = rustix::process::Pid::from_raw(child.id().cast_signed())
        {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        let _ = child.wait();
    }

    fn note(&mut self, arguments: &[&str], exit: i32, took: Duration, expected: i32) -> Result<()> {
        self.steps.push(Step { command: shell(arguments), exit, seconds: took.as_secs_f64() });
        if exit != expected {
            return Err(self.failed(&format!("it was to end with exit code {expected}, and ended with {exit}: {}", shell(arguments))));
        }
        if expected != 0 {
            self.say(&format!("(exit code {exit})\n"))?;
        }
        Ok(())
    }

    fn failed(&self, what: &str) -> Error {
        let error = if self.interrupted.load(Ordering::Relaxed) {
            Error::new(Exit::Interrupted, "interrupted", "the demo was interrupted")
        } else {
            Error::failed("demo_failed", format!("the demo did not go as it should: {what}"))
        };
        error.hint(format!("its store stays; a move that has begun goes on with: deskctl migrations resume --target {}", self.store))
    }

    fn last_words(&mut self, seconds: f64) -> Result<()> {
        let report = self.folder.join("report.html");
        self.heading(&format!("Done, in {seconds:.0} seconds. All of it went as shown"))?;
        let words = format!(
            "The report:  file://{}\nThe store:   {}\n\n\
             Go on with it:\n  export DESKCTL_TARGET='{}'\n  deskctl migrations plan --all\n  \
             deskctl migrations start contact-form --history none\n  deskctl outbox list\n  deskctl --help\n",
            report.display(),
            self.store,
            self.store
        );
        self.say(&words)
    }

    /// With a format for scripts, only the summary is printed.
    fn shows(&self) -> bool {
        self.app.out.format() == crate::output::Format::Table
    }

    fn heading(&mut self, text: &str) -> Result<()> {
        if std::io::stdout().is_terminal() && self.shows() && !self.steps.is_empty() {
            // Time to read what stands there.
            std::thread::sleep(Duration::from_millis(600));
        }
        self.say(&format!("\n## {text}\n\n"))
    }

    fn show_command(&mut self, arguments: &[&str]) -> Result<()> {
        self.say(&format!("$ {}\n", shell(arguments)))
    }

    fn say(&mut self, text: &str) -> Result<()> {
        if self.shows() { self.app.out.raw(text) } else { Ok(()) }
    }
}

/// The command as one would type it.
fn shell(arguments: &[&str]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=.,:/@+".contains(c);
    let quoted = arguments.iter().map(|word| match word.chars().all(plain) {
        true => (*word).to_owned(),
        false => format!("\"{word}\""),
    });
    std::iter::once("deskctl".to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
}
