//! What the program prints, and nothing else prints: data to stdout, everything said about it to stderr.
//!
//! Commands hand over serialisable rows; the format, the columns, the zone and the terminal are known only here.

mod bar;
pub mod csv;
pub mod escape;
pub mod file;
mod json;
pub mod notice;
mod number;
pub mod progress;
mod rate;
mod rows;
mod table;
mod wrap;

use std::io::{BufWriter, IsTerminal, Write};

use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::text_enum;

pub use crate::error::{BROKEN_PIPE, write_error};
pub use bar::bar;
pub use file::{AtomicFile, DeferredFile};
pub use notice::{Notices, error};
pub use number::grouped;
pub use progress::{Progress, ProgressMode};
pub use rows::Rows;
pub(crate) use table::cut;

/// Longer lines are hard to read.
const WIDEST_TEXT: usize = 100;

text_enum! {
    /// How data is printed: `--output`.
    #[derive(Default)]
    pub enum Format {
        #[default]
        Table = "table",
        Json = "json",
        Ndjson = "ndjson",
        Csv = "csv",
    }
}

impl Format {
    /// Whether scripts read it as JSON; errors are JSON too then.
    pub fn is_json(self) -> bool {
        matches!(self, Format::Json | Format::Ndjson)
    }
}

/// Everything that decides how data looks.
#[derive(Clone, Debug)]
pub struct OutputOptions {
    /// `--output`.
    pub format: Format,
    /// `--columns`: chooses and orders.
    pub columns: Option<Vec<String>>,
    /// The account's zone, for times in tables.
    pub zone: TimeZone,
    /// Tables are fitted, and control characters escaped, only for people who look on.
    pub stdout_is_terminal: bool,
    /// The terminal's width in cells.
    pub width: usize,
    /// Whether table headers may stand out; never off a terminal.
    pub colour: bool,
    /// No notices on stderr.
    pub quiet: bool,
    /// Whether CSV cells that a spreadsheet would run are defused (G7).
    pub safe_csv: bool,
}

impl Default for OutputOptions {
    /// For a file or a pipe: nothing is cut, coloured or escaped beyond what the format itself needs.
    fn default() -> OutputOptions {
        OutputOptions {
            format: Format::Table,
            columns: None,
            zone: TimeZone::UTC,
            stdout_is_terminal: false,
            width: 80,
            colour: false,
            quiet: false,
            safe_csv: true,
        }
    }
}

impl OutputOptions {
    /// The defaults, with the terminal as it is: its width, and colour unless `NO_COLOR` is set.
    pub fn detect() -> OutputOptions {
        let stdout = std::io::stdout();
        let stdout_is_terminal = stdout.is_terminal();
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let size = rustix::termios::tcgetwinsize(&stdout).ok().map(|size| usize::from(size.ws_col)).filter(|width| *width > 0);
        let width = size.or_else(columns).unwrap_or(80);
        OutputOptions { stdout_is_terminal, width, colour: stdout_is_terminal && colour_allowed(), ..OutputOptions::default() }
    }

    /// Whether [`emphasized`] parts of texts will stand out: in tables on a terminal with colours.
    pub fn emphasis(&self) -> bool {
        self.format == Format::Table && self.colour && self.stdout_is_terminal
    }

    fn look(&self) -> table::Look<'_> {
        let width = self.stdout_is_terminal.then_some(self.width);
        table::Look { zone: &self.zone, width, colour: self.colour && self.stdout_is_terminal }
    }
}

/// The text with marks around these parts (counted in characters, ends excluded), which only tables with [`OutputOptions::emphasis`]
/// understand.
pub fn emphasized(text: &str, spans: &[(usize, usize)]) -> String {
    let mut marked = String::with_capacity(text.len() + spans.len() * 8);
    for (at, c) in text.chars().enumerate() {
        if spans.iter().any(|span| span.0 == at) {
            marked.push(table::EMPHASIS.0);
        }
        marked.push(c);
        if spans.iter().any(|span| span.1 == at + 1) {
            marked.push(table::EMPHASIS.1);
        }
    }
    marked
}

/// What `NO_COLOR` and the kind of the terminal say.
fn colour_allowed() -> bool {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !no_colour && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Where data goes. Built once, from the options of the command line.
pub struct Output {
    options: OutputOptions,
    out: Box<dyn Write + Send>,
}

impl Output {
    /// Writes to stdout.
    pub fn new(options: OutputOptions) -> Output {
        Output::to(options, Box::new(BufWriter::new(Stdout)))
    }

    /// Writes elsewhere, for tests and captures.
    pub fn to(mut options: OutputOptions, out: Box<dyn Write + Send>) -> Output {
        for column in options.columns.iter_mut().flatten() {
            *column = column.trim().to_owned();
        }
        Output { options, out }
    }

    /// What it was built from.
    pub fn options(&self) -> &OutputOptions {
        &self.options
    }
    /// `--output`, for what depends on it elsewhere.
    pub fn format(&self) -> Format {
        self.options.format
    }
    /// The zone is known only once the account is open.
    pub fn set_zone(&mut self, zone: TimeZone) {
        self.options.zone = zone;
    }

    /// Prints a list; `noun` is what an empty table says there are none of ("no channels").
    ///
    /// Tables and CSV show `default_columns` unless `--columns` says otherwise, JSON every field.
    pub fn list<T: Serialize>(&mut self, noun: &str, rows: &[T], default_columns: &[&str]) -> Result<()> {
        let values = rows.iter().map(to_value).collect::<Result<Vec<Value>>>()?;
        let mut writer = self.rows(noun, default_columns);
        writer.check_columns(&values)?;
        for value in values {
            writer.push_value(value)?;
        }
        writer.finish().map(drop)
    }

    /// Prints rows as they come: JSON, JSON lines and CSV in constant memory, a table at its end.
    pub fn rows(&mut self, noun: &str, default_columns: &[&str]) -> Rows<'_> {
        Rows::new(&mut *self.out, &self.options, noun, default_columns)
    }

    /// Prints one thing: in a table `field  value` lines, and what is nested under its own heading.
    pub fn one<T: Serialize>(&mut self, value: &T) -> Result<()> {
        let value = to_value(value)?;
        let fields = match (&self.options.format, value) {
            (Format::Csv, value) => return self.list("", &[value], &[]),
            (Format::Table, Value::Array(items)) => return self.list("entries", &items, &[]),
            (_, Value::Object(fields)) => fields,
            (Format::Table, value) => Map::from_iter([("value".to_owned(), value)]),
            (format, value) => {
                let text = if *format == Format::Json { json::pretty(&value)? } else { json::line(&value) };
                return self.write(&format!("{text}\n"));
            }
        };
        let fields = rows::select_known(fields, self.options.columns.as_deref())?;
        let text = match self.options.format {
            Format::Ndjson => json::line(&Value::Object(fields)) + "\n",
            Format::Json => json::pretty(&Value::Object(fields))? + "\n",
            Format::Table | Format::Csv => table::record(&fields, &self.options.look()),
        };
        self.write(&text)
    }

    /// Prints a paragraph, in a table's place: wrapped to the terminal (at most 100 cells), every line indented by so much.
    pub fn paragraph(&mut self, indent: usize, text: &str) -> Result<()> {
        let widest = if self.options.stdout_is_terminal { self.options.width.min(WIDEST_TEXT) } else { WIDEST_TEXT };
        let lines = wrap::wrap(&escape::escape_terminal(text), widest.saturating_sub(indent).max(20));
        let text: String = lines.iter().map(|line| format!("{:indent$}{line}\n", "")).collect();
        self.write(&text)
    }

    /// Prints data as it is: documents, HTML, completions. Only a terminal is spared its control characters.
    pub fn raw(&mut self, text: &str) -> Result<()> {
        if self.options.stdout_is_terminal { self.write(&escape::escape_terminal(text)) } else { self.write(text) }
    }

    /// For a JSON document that is written bit by bit, and ends with a newline.
    pub fn document(&mut self) -> Box<dyn Write + '_> {
        if self.options.stdout_is_terminal { Box::new(escape::EscapedLines::new(&mut *self.out)) } else { Box::new(&mut *self.out) }
    }

    /// Prints content that need not be text, piece by piece; a terminal gets it as harmless text.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        if self.options.stdout_is_terminal {
            return self.raw(&String::from_utf8_lossy(bytes));
        }
        self.out.write_all(bytes).and_then(|()| self.out.flush()).map_err(write_error)
    }

    /// Prints one JSON line whatever the format, and passes it on at once: an answer that a script waits for.
    pub fn json_line<T: Serialize>(&mut self, value: &T) -> Result<()> {
        let line = json::line(&to_value(value)?);
        self.write(&format!("{line}\n"))
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(write_error)
    }
}

/// Stdout, with an active progress bar out of the way.
struct Stdout;

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        progress::without_bar(|| std::io::stdout().lock().write(bytes))
    }
    fn flush(&mut self) -> std::io::Result<()> {
        progress::without_bar(|| std::io::stdout().lock().flush())
    }
}

fn to_value<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(Error::unexpected)
}

#[cfg(test)]
#[path = "output_tests.rs"]
mod tests;
