//! Runs a command and kills it, and all that it started, at a moment of the test's choice.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::random::Random;

/// Longer than any command of a test may take, so that one that hangs fails instead of stopping everything.
const LIMIT: Duration = Duration::from_secs(300);

pub enum When<'a> {
    Never,
    After(Duration),
    /// As soon as a line on stderr contains this.
    StderrLine(&'a str),
}

impl When<'_> {
    /// After a random part of `most`.
    pub fn within(most: Duration, random: &mut Random) -> When<'static> {
        When::After(Duration::from_micros(random.below(most.as_micros() as u64)))
    }
}

pub struct Ran {
    /// By SIGKILL, ours or the fault library's; otherwise it had ended before.
    pub killed: bool,
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    /// For what may have stayed in the background.
    pub mark: Mark,
}

impl Ran {
    /// Panics with what the command said, unless it ended well.
    pub fn expect_success(self) -> Self {
        assert!(self.status.success(), "{}\n{}{}", self.status, self.stdout, self.stderr);
        self
    }
}

/// Known by a variable in their environment: all processes that a command started, in whatever session or group they are.
#[derive(Clone, Debug)]
pub struct Mark(String);

const VARIABLE: &str = "DESKCTL_TEST_MARK";

impl Mark {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Mark(format!("{}-{number}-", std::process::id()))
    }

    /// The living processes with this mark (none where there is no /proc).
    pub fn processes(&self) -> Vec<Pid> {
        let wanted = format!("{VARIABLE}={}", self.0);
        let Ok(folder) = std::fs::read_dir("/proc") else { return Vec::new() };
        let number = |entry: std::fs::DirEntry| entry.file_name().to_str()?.parse().ok();
        let marked = |pid: &i32| {
            let environ = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environ.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
        };
        folder.flatten().filter_map(number).filter(marked).filter_map(Pid::from_raw).collect()
    }

    /// Kills them with SIGKILL, also those that they start meanwhile.
    pub fn kill(&self) {
        loop {
            let found = self.processes();
            if found.is_empty() {
                return;
            }
            for pid in found {
                // It may have ended by itself.
                let _ = kill_process(pid, Signal::KILL);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits until what stayed in the background has ended; false when it has not within `limit`.
    pub fn wait(&self, limit: Duration) -> bool {
        let start = Instant::now();
        while !self.processes().is_empty() {
            if start.elapsed() > limit {
                return false;
            }
            thread::sleep(Duration::from_millis(5));
        }
        true
    }
}

/// Runs the command, without input, and kills it `when` it says.
pub fn run(command: &mut Command, when: When<'_>) -> Ran {
    let mark = Mark::new();
    command.env(VARIABLE, &mark.0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let seen = AtomicBool::new(false);
    let line = if let When::StderrLine(line) = when { Some(line) } else { None };
    let (mut stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    thread::scope(|scope| {
        let out = scope.spawn(move || read_all(&mut stdout));
        let err = scope.spawn(|| read_lines(BufReader::new(stderr), line, &seen));
        let status = watch(&mut child, &when, &seen, &mark);
        let (stdout, stderr) = (out.join().unwrap(), err.join().unwrap());
        Ran { killed: status.signal() == Some(Signal::KILL.as_raw()), status, stdout, stderr, mark }
    })
}

fn watch(child: &mut Child, when: &When<'_>, seen: &AtomicBool, mark: &Mark) -> ExitStatus {
    let start = Instant::now();
    let due = if let When::After(delay) = when { *delay } else { LIMIT };
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        let passed = start.elapsed();
        if passed >= due || seen.load(Ordering::Acquire) {
            child.kill().unwrap();
            mark.kill();
            let status = child.wait().unwrap();
            assert!(passed < LIMIT, "the command hangs");
            return status;
        }
        thread::sleep((due - passed).min(Duration::from_millis(1)));
    }
}

fn read_all(from: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read_lines(mut from: impl BufRead, wanted: Option<&str>, seen: &AtomicBool) -> String {
    let mut all = String::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).unwrap() > 0 {
        let text = String::from_utf8_lossy(&line);
        if wanted.is_some_and(|wanted| text.contains(wanted)) {
            seen.store(true, Ordering::Release);
        }
        all.push_str(&text);
        line.clear();
    }
    all
}
