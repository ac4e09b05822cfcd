//! What is said on stderr: notices, warnings, errors.

use std::io::{IsTerminal, Write};

use serde_json::json;

use crate::domain::token;
use crate::error::Error;
use crate::output::escape::{escape_json, escape_terminal};
use crate::output::{BROKEN_PIPE, Format, colour_allowed, progress};

/// Tells people what happens, beside the data; silent with `--quiet`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notices {
    quiet: bool,
    as_events: bool,
}

impl Notices {
    /// `quiet` is `--quiet`.
    pub fn new(quiet: bool) -> Notices {
        Notices { quiet, as_events: false }
    }

    /// With `--progress json` stderr is read line by line as JSON; notices are events there.
    #[must_use]
    pub fn as_events(self, as_events: bool) -> Notices {
        Notices { as_events, ..self }
    }

    /// Says what happened, or what to know.
    pub fn notice(&self, text: &str) {
        self.say("notice", "", text);
    }

    /// The same for what may go wrong; also silent when quiet.
    pub fn warning(&self, text: &str) {
        self.say("warning", "warning: ", text);
    }

    fn say(&self, event: &str, prefix: &str, text: &str) {
        if !self.quiet {
            to_stderr(&self.render(event, prefix, text));
        }
    }

    fn render(&self, event: &str, prefix: &str, text: &str) -> String {
        if self.as_events {
            return escape_json(json!({ "event": event, "message": text }).to_string()) + "\n";
        }
        format!("{prefix}{}\n", escape_terminal(text))
    }
}

/// Reports an error on stderr: text for people, or one JSON object with the JSON formats. A closed pipe is none.
pub fn error(error: &Error, format: Format) {
    if error.code() != BROKEN_PIPE {
        let text = render_error(error, format, std::io::stderr().is_terminal() && colour_allowed());
        // What was typed stands in many errors, and people paste tokens where none belongs (G1).
        to_stderr(&token::redacted(&text));
    }
}

fn render_error(error: &Error, format: Format, colour: bool) -> String {
    if format.is_json() {
        return escape_json(error.to_json().to_string()) + "\n";
    }
    let heading = if colour { "\x1b[1;31merror:\x1b[0m" } else { "error:" };
    let mut text = format!("{heading} {}\n", several_lines(error.message()));
    for cause in error.causes() {
        text.push_str(&format!("  caused by: {}\n", several_lines(&cause)));
    }
    if let Some(hint) = error.hint_text() {
        text.push_str(&format!("hint: {}\n", several_lines(hint)));
    }
    text
}

/// Further lines are indented, so that none of them can pass for a message of its own.
fn several_lines(text: &str) -> String {
    escape_terminal(text.trim_end()).replace('\n', "\n  ").replace("\n  \n", "\n\n")
}

/// Writes to stderr with the progress bar out of the way; there is nobody to tell if that fails.
fn to_stderr(text: &str) {
    progress::without_bar(|| {
        let mut stderr = std::io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Error {
        Error::usage("bad_filter", "cannot read the filter\nstatus ~ \x1b[2J\n       ^")
            .hint("use =")
            .caused_by(anyhow::anyhow!("inner").context("outer"))
    }

    #[test]
    fn errors_for_people() {
        let text = "error: cannot read the filter\n  status ~ \\x1b[2J\n         ^\n  caused by: outer\n  caused by: inner\nhint: use =\n";
        assert_eq!(render_error(&sample(), Format::Table, false), text);
        assert_eq!(render_error(&sample(), Format::Csv, false), text);
        assert!(render_error(&sample(), Format::Table, true).starts_with("\x1b[1;31merror:\x1b[0m cannot"));
    }

    #[test]
    fn errors_for_scripts_are_one_line_of_json() {
        let text = render_error(&sample(), Format::Ndjson, true);
        assert_eq!(text.lines().count(), 1);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value, sample().to_json());
        assert_eq!(value["error"]["code"], "bad_filter");
    }

    #[test]
    fn notices() {
        let notices = Notices::new(false);
        assert_eq!(notices.render("warning", "warning: ", "a\x07"), "warning: a\\x07\n");
        assert_eq!(notices.as_events(true).render("notice", "", "a"), "{\"event\":\"notice\",\"message\":\"a\"}\n");
    }
}
