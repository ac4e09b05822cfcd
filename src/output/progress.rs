//! Progress of long work on stderr: a bar for people, lines for logs, events for scripts.

use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::domain::time::human_seconds;
use crate::output::escape::{escape_json, escape_line};
use crate::output::rate::{Rate, percent};
use crate::output::table::inline;
use crate::text_enum;

text_enum! {
    /// `--progress`.
    #[derive(Default)]
    pub enum ProgressMode {
        /// A bar on a terminal, else plain.
        #[default]
        Auto = "auto",
        Bar = "bar",
        Plain = "plain",
        Json = "json",
        None = "none",
    }
}

/// The bar on the screen, if there is one: whatever else is printed goes above it.
static ACTIVE: Mutex<Option<ProgressBar>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the bar off the screen while `print` writes.
pub(super) fn without_bar<R>(print: impl FnOnce() -> R) -> R {
    let bar = lock(&ACTIVE).clone();
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

/// Between two lines of a log or two events; `DESKCTL_PROGRESS_INTERVAL` is in seconds.
fn interval() -> Duration {
    let seconds = std::env::var("DESKCTL_PROGRESS_INTERVAL").ok().and_then(|text| text.parse::<f64>().ok());
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or(Duration::from_secs(5))
}

/// A log stays silent about work that is over within this part of an interval.
const SHORT: u32 = 5;

/// A bar that goes sooner only flickers.
const BLINK: Duration = Duration::from_millis(200);

/// How often a bar is redrawn.
const FRAME: Duration = Duration::from_millis(60);

/// Shows how far work has come. Clones show the same; cheap to tell often.
#[derive(Clone)]
pub struct Progress {
    state: Arc<Mutex<State>>,
}

struct State {
    view: View,
    interval: Duration,
    phase: Option<String>,
    done: u64,
    total: Option<u64>,
    rate: Rate,
    /// Nothing is shown before this.
    silent_until: Instant,
    shown: Option<Instant>,
    /// Something happened that was not shown yet.
    pending: bool,
}

enum View {
    Bar(ProgressBar),
    Plain(Box<dyn Write + Send>),
    Json(Box<dyn Write + Send>),
    Silent,
}

impl Progress {
    /// Chooses the view, once.
    pub fn new(mode: ProgressMode, stderr_is_terminal: bool) -> Progress {
        let view = match mode {
            ProgressMode::Auto | ProgressMode::Bar if stderr_is_terminal => View::Bar(new_bar()),
            ProgressMode::Auto | ProgressMode::Bar | ProgressMode::Plain => View::Plain(Box::new(std::io::stderr())),
            ProgressMode::Json => View::Json(Box::new(std::io::stderr())),
            ProgressMode::None => View::Silent,
        };
        Progress::with(view, interval())
    }

    /// Shows nothing.
    pub fn silent() -> Progress {
        Progress::with(View::Silent, Duration::ZERO)
    }

    fn with(view: View, interval: Duration) -> Progress {
        let silence = match view {
            View::Plain(_) => interval / SHORT,
            View::Bar(_) => BLINK,
            View::Json(_) | View::Silent => Duration::ZERO,
        };
        let silent_until = Instant::now() + silence;
        let (phase, done, total, rate) = (None, 0, None, Rate::default());
        let state = State { view, interval, phase, done, total, rate, silent_until, shown: None, pending: false };
        Progress { state: Arc::new(Mutex::new(state)) }
    }

    /// A new phase begins; its counts and its rate start anew.
    pub fn phase(&self, name: &str) {
        lock(&self.state).begin(name);
    }

    /// So much is done, of so much (`None` where the end is not known).
    pub fn update(&self, done: u64, total: impl Into<Option<u64>>) {
        self.update_at(Instant::now(), done, total.into());
    }

    fn update_at(&self, now: Instant, done: u64, total: Option<u64>) {
        let mut state = lock(&self.state);
        state.rate.observe(now, done);
        state.pending |= state.shown.is_none() || (done, total) != (state.done, state.total);
        (state.done, state.total) = (done, total);
        let wait = if matches!(state.view, View::Bar(_)) { FRAME } else { state.interval };
        if !state.is_silent(now) && state.shown.is_none_or(|shown| now.saturating_duration_since(shown) >= wait) {
            state.shown = Some(now);
            state.show();
        }
    }

    /// Something worth a line: an event of its own for scripts, a line in a log, nothing beside a bar.
    pub fn event(&self, name: &str, value: Value) {
        match &mut lock(&self.state).view {
            View::Json(out) => {
                let mut event = Map::from_iter([("event".to_owned(), name.into())]);
                match value {
                    Value::Object(fields) => event.extend(fields.into_iter().filter(|(key, _)| key != "event")),
                    Value::Null => {}
                    other => drop(event.insert("value".to_owned(), other)),
                }
                write_event(out, event.into());
            }
            View::Plain(out) if value.is_null() => write_line(out, &spaced(name)),
            View::Plain(out) => write_line(out, &format!("{}: {}", spaced(name), inline(name, &value, &TimeZone::UTC))),
            View::Bar(_) | View::Silent => {}
        }
    }

    /// Shows where the work ended, and says so; an empty message says nothing.
    pub fn finish(&self, message: &str) {
        lock(&self.state).end(message);
    }
}

impl State {
    fn begin(&mut self, name: &str) {
        if self.phase.as_deref() == Some(name) {
            return;
        }
        self.show_pending();
        self.phase = Some(name.to_owned());
        (self.done, self.total, self.shown, self.rate) = (0, None, None, Rate::default());
        let silent = self.is_silent(Instant::now());
        match &mut self.view {
            View::Plain(_) | View::Bar(_) if silent => {}
            View::Plain(out) => write_line(out, &spaced(name)),
            View::Json(out) => write_event(out, json!({ "event": "phase", "phase": name })),
            View::Bar(_) => self.show(),
            View::Silent => {}
        }
    }

    fn end(&mut self, message: &str) {
        self.show_pending();
        match std::mem::replace(&mut self.view, View::Silent) {
            View::Bar(bar) => {
                bar.finish_and_clear();
                lock(&ACTIVE).take();
                if !message.is_empty() {
                    write_line(&mut std::io::stderr(), &escape_line(message));
                }
            }
            View::Plain(mut out) if !message.is_empty() => write_line(&mut out, &escape_line(message)),
            View::Json(mut out) => write_event(&mut out, json!({ "event": "finished", "message": message })),
            View::Plain(_) | View::Silent => {}
        }
    }

    fn show_pending(&mut self) {
        if self.pending && !self.is_silent(Instant::now()) {
            self.show();
        }
        self.pending = false;
    }

    fn is_silent(&self, now: Instant) -> bool {
        now < self.silent_until
    }

    fn show(&mut self) {
        self.pending = false;
        let text = self.text();
        let event = matches!(self.view, View::Json(_)).then(|| self.to_event());
        let phase = self.phase.as_deref().map(spaced);
        match &mut self.view {
            View::Bar(bar) => draw(bar, phase.as_deref().unwrap_or(""), self.done, self.total, &text),
            View::Plain(_) if text.is_empty() => {}
            View::Plain(out) => write_line(out, &phase.map_or_else(|| text.clone(), |phase| format!("{phase}: {text}"))),
            View::Json(out) => write_event(out, event.unwrap_or_default()),
            View::Silent => {}
        }
    }

    /// `1234 of 45210 (2.7%), 850/s, about 52 s left`.
    fn text(&self) -> String {
        if self.done == 0 && self.total.is_none() {
            return String::new();
        }
        let mut text = self.done.to_string();
        if let Some(total) = self.total {
            text.push_str(&format!(" of {total} ({:.1}%)", percent(self.done, total)));
        }
        match self.rate.per_second() {
            Some(rate) if rate >= 10.0 => text.push_str(&format!(", {rate:.0}/s")),
            Some(rate) => text.push_str(&format!(", {rate:.1}/s")),
            None => {}
        }
        let left = self.total.and_then(|total| self.rate.eta_seconds(self.done, total)).filter(|left| *left > 0);
        if let Some(left) = left {
            text.push_str(&format!(", about {} left", human_seconds(left)));
        }
        text
    }

    fn to_event(&self) -> Value {
        json!({
            "event": "progress",
            "phase": self.phase,
            "done": self.done,
            "total": self.total,
            "percent": self.total.map(|total| percent(self.done, total)),
            "rate_per_second": self.rate.per_second(),
            "eta_seconds": self.total.and_then(|total| self.rate.eta_seconds(self.done, total)),
        })
    }
}

impl Drop for State {
    /// A bar never outlives the work, however that ends.
    fn drop(&mut self) {
        if let View::Bar(bar) = &self.view {
            bar.finish_and_clear();
            lock(&ACTIVE).take();
        }
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
        bar.set_style(style);
    }
    *lock(&ACTIVE) = Some(bar.clone());
    bar
}

/// The bar's inside, in cells.
const BAR: u64 = 24;

/// One message holds all of the line: set one by one, its parts would be drawn half old and half new.
fn draw(bar: &ProgressBar, phase: &str, done: u64, total: Option<u64>, text: &str) {
    let filled = |total: u64| (done.min(total) * BAR).checked_div(total).unwrap_or(BAR) as usize;
    let line = match total {
        Some(total) => {
            let arrow = format!("{}{}", "=".repeat(filled(total)), if filled(total) < BAR as usize { ">" } else { "" });
            format!("{phase} [{arrow:24}] {text}")
        }
        None => format!("{phase} {text}"),
    };
    bar.set_message(line);
    bar.tick();
}

fn spaced(name: &str) -> String {
    escape_line(name).replace('_', " ")
}

/// Progress that nobody can read any more is no reason to stop the work.
fn write_line(out: &mut dyn Write, line: &str) {
    let _ = out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush());
}

fn write_event(out: &mut dyn Write, event: Value) {
    write_line(out, &escape_json(event.to_string()));
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
