//! What is wrong with a filter's text, and where: the reason, the text, and a caret under the place.

use unicode_width::UnicodeWidthChar;

use crate::error::{Error, nearest};

/// How much of a long text is shown before and after the place, in characters.
const SHOWN: usize = 60;

/// A fault in a filter's text.
#[derive(Debug)]
pub(super) struct Problem {
    /// Where, in characters from the start.
    at: usize,
    reason: String,
    hint: Option<String>,
    near: Vec<String>,
}

impl Problem {
    pub(super) fn new(at: usize, reason: impl Into<String>) -> Problem {
        Problem { at, reason: reason.into(), hint: None, near: Vec::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    /// Suggests the nearest of `names`; where none is near, the hint given before stays.
    pub(super) fn suggest<'a>(mut self, typed: &str, names: impl IntoIterator<Item = &'a str>) -> Problem {
        self.near = nearest(typed, names);
        match self.near.as_slice() {
            [] => self,
            [one] => {
                let hint = format!("did you mean \"{one}\"?");
                self.hint(hint)
            }
            many => {
                let hint = format!("did you mean one of \"{}\"?", many.join("\", \""));
                self.hint(hint)
            }
        }
    }

    /// An error with the nearest of `names`; where none is near, with all of them.
    pub(super) fn nearest<'a>(error: Error, typed: &str, names: impl Iterator<Item = &'a str> + Clone) -> Error {
        let near = nearest(typed, names.clone());
        match near.as_slice() {
            [] => error.hint(format!("there is {}", names.collect::<Vec<_>>().join(", "))),
            many => error.hint(format!("did you mean \"{}\"?", many.join("\" or \""))).detail("nearest", near),
        }
    }

    /// The error that people and scripts see: `bad_filter`, exit 2.
    pub(super) fn into_error(self, text: &str) -> Error {
        let (line, caret) = excerpt(text, self.at);
        let message = format!("the filter cannot be read: {}\n  {line}\n  {caret}", self.reason);
        let error = Error::usage("bad_filter", message).detail("position", self.at);
        self.advise(error)
    }

    /// The same for what is wrong in JSON, at `path`.
    pub(super) fn into_error_at(self, path: &[String]) -> Error {
        let path = format!("/{}", path.join("/"));
        let place = if path.len() > 1 { format!("at {}: ", shown(&path)) } else { String::new() };
        let error = Error::usage("bad_filter", format!("the filter's JSON cannot be read: {place}{}", self.reason)).detail("path", path);
        self.advise(error)
    }

    fn advise(self, mut error: Error) -> Error {
        if let Some(hint) = self.hint {
            error = error.hint(hint);
        }
        if self.near.is_empty() { error } else { error.detail("nearest", self.near) }
    }
}

/// A word as a message quotes it: not longer than a line, nothing that a terminal obeys.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).map(printable).collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}

fn printable(c: char) -> char {
    if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { ' ' } else { c }
}

/// The text around `at` in one line, and the line with the caret.
fn excerpt(text: &str, at: usize) -> (String, String) {
    let from = at.saturating_sub(SHOWN);
    let mut line = String::new();
    if from > 0 {
        line.push('…');
    }
    let mut column = line.chars().count();
    let mut cut = false;
    for (index, c) in text.chars().map(printable).enumerate().skip(from) {
        if index >= at + SHOWN {
            cut = true;
            break;
        }
        if index < at {
            column += c.width().unwrap_or(0);
        }
        line.push(c);
    }
    if cut {
        line.push('…');
    }
    (line, format!("{}^", " ".repeat(column)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let long = "x".repeat(200);
        for (text, at, line, caret) in [
            ("abc", 1, "abc", " ^"),
            ("abc", 3, "abc", "   ^"),
            ("日本 x", 3, "日本 x", "     ^"),
            ("a\n\u{1b}b", 3, "a  b", "   ^"),
            (&long, 100, &format!("…{}…", "x".repeat(120)), &format!("{}^", " ".repeat(61))),
        ] {
            assert_eq!(excerpt(text, at), (line.to_owned(), caret.to_owned()), "{text:?}");
        }
    }
}
