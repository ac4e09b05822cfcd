//! Tables for people: columns two spaces apart, numbers to the right, fitted to the terminal.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::{Alignment, Padding, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::time::Time;
use crate::output::escape::{escape_line, escape_terminal};

/// How tables are drawn.
pub(super) struct Look<'a> {
    /// The zone in which times are shown.
    pub zone: &'a TimeZone,
    /// The widest line, in terminal cells; `None` cuts nothing.
    pub width: Option<usize>,
    /// Whether headers may stand out.
    pub colour: bool,
}

/// Around what stands out within a cell: invisible characters without width, until the table is drawn.
pub(super) const EMPHASIS: (char, char) = ('\u{2061}', '\u{2062}');

const GAP: usize = 2;
/// Text columns are not cut shorter than this.
const NARROWEST: usize = 6;
/// Cutting a column of this width gains nothing.
const SHORT: usize = 8;

type Row = Map<String, Value>;

/// The rows under a header; no trailing spaces, a newline after each line.
pub(super) fn table(columns: &[String], rows: &[Row], look: &Look) -> String {
    let mut builder = Builder::with_capacity(rows.len() + 1, columns.len());
    let texts: Vec<Vec<String>> = columns.iter().map(|column| column_texts(column, rows, look.zone)).collect();
    let widths: Vec<usize> = texts.iter().map(|cells| cells.iter().map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let numeric: Vec<bool> = columns.iter().map(|column| is_numeric(column, rows)).collect();
    let keeps = |index: usize| numeric[index] || widths[index] <= SHORT || is_time(&columns[index]) || is_identifier(&columns[index]);
    let rigid: Vec<bool> = (0..columns.len()).map(keeps).collect();
    let limit = look.width.and_then(|width| widest_text(&widths, &rigid, width));
    for line in 0..=rows.len() {
        builder.push_record(texts.iter().zip(&rigid).map(|(cells, rigid)| match limit {
            Some(limit) if !rigid => closed(cut(&cells[line], limit)),
            _ => cells[line].clone(),
        }));
    }
    let mut table = builder.build();
    table.with(Style::empty()).with(Padding::new(0, GAP, 0, 0));
    for (index, _) in numeric.iter().enumerate().filter(|(_, numeric)| **numeric) {
        table.modify(Columns::one(index), Alignment::right());
    }
    let mut text = String::new();
    for (number, line) in table.to_string().lines().enumerate() {
        let line = line.trim_end_matches(' ');
        if number == 0 && look.colour {
            text.push_str(&format!("\x1b[1m{line}\x1b[0m\n"));
        } else {
            text.push_str(&drawn(line, look));
            text.push('\n');
        }
    }
    text
}

/// A text that was cut within an emphasized part: the part ends with it.
fn closed(mut text: String) -> String {
    if text.rfind(EMPHASIS.0) > text.rfind(EMPHASIS.1) {
        text.push(EMPHASIS.1);
    }
    text
}

/// A line with what stands out in bold, where there are colours.
fn drawn<'a>(line: &'a str, look: &Look) -> Cow<'a, str> {
    if !look.colour || !line.contains(EMPHASIS.0) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace(EMPHASIS.0, "\x1b[1m").replace(EMPHASIS.1, "\x1b[22m"))
}

/// The header, and below it the column's cells.
fn column_texts(column: &str, rows: &[Row], zone: &TimeZone) -> Vec<String> {
    let header = escape_line(&label(column)).to_uppercase();
    let cells = rows.iter().map(|row| inline(column, row.get(column).unwrap_or(&Value::Null), zone));
    std::iter::once(header).chain(cells).collect()
}

fn label(column: &str) -> String {
    column.replace('_', " ")
}

fn is_time(column: &str) -> bool {
    column.ends_with("_at")
}

/// What people copy to name a thing in the next command is of no use cut.
fn is_identifier(column: &str) -> bool {
    ["address", "email", "code"].contains(&column)
}

/// Whether all values that there are, and at least one, are numbers.
fn is_numeric(column: &str, rows: &[Row]) -> bool {
    let mut values = rows.iter().filter_map(|row| row.get(column)).filter(|value| !value.is_null()).peekable();
    values.peek().is_some() && values.all(Value::is_number)
}

/// The length to which text columns are cut so that the line fits: only the widest become narrower.
fn widest_text(widths: &[usize], rigid: &[bool], line: usize) -> Option<usize> {
    let gaps = GAP * widths.len().saturating_sub(1);
    if widths.iter().sum::<usize>() + gaps <= line {
        return None;
    }
    let fixed: usize = widths.iter().zip(rigid).filter(|(_, rigid)| **rigid).map(|(width, _)| width).sum();
    let mut texts: Vec<usize> = widths.iter().zip(rigid).filter(|(_, rigid)| !**rigid).map(|(width, _)| *width).collect();
    texts.sort_unstable();
    let mut room = line.saturating_sub(fixed + gaps);
    let mut left = texts.len();
    for width in texts {
        if width * left > room {
            return Some((room / left).max(NARROWEST));
        }
        room -= width;
        left -= 1;
    }
    None
}

/// The text in at most `limit` terminal cells, its end replaced by `…` where it is longer.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if text.width() <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 0;
    for c in text.chars() {
        // The emoji selector makes the character before it wide.
        used += if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) };
        if used >= limit {
            break;
        }
        short.push(c);
    }
    while short.ends_with(['\u{200d}', ' ']) {
        short.pop();
    }
    short.push('…');
    short
}

/// A value on one line: times in the zone, null as `-`, lists joined by commas.
pub(super) fn inline(name: &str, value: &Value, zone: &TimeZone) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => match text.parse::<Time>() {
            Ok(time) if is_time(name) => time.local(zone),
            _ => escape_line(text).into_owned(),
        },
        Value::Array(items) if items.is_empty() => "-".to_owned(),
        Value::Array(items) => {
            let separator = if items.iter().any(Value::is_object) { "; " } else { ", " };
            items.iter().map(|item| inline(name, item, zone)).collect::<Vec<_>>().join(separator)
        }
        Value::Object(fields) if fields.is_empty() => "-".to_owned(),
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(name, value)| format!("{}={}", escape_line(name), inline(name, value, zone)));
            pairs.collect::<Vec<_>>().join(", ")
        }
    }
}

/// One thing: a line `field  value` each, then what is nested, under its own heading.
pub(super) fn record(fields: &Row, look: &Look) -> String {
    let (nested, flat): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| is_nested(value));
    let widest = flat.iter().map(|(name, _)| escape_line(name).width()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, value) in flat {
        let label = label(&escape_line(name));
        let indent = " ".repeat(widest + GAP);
        let padding = " ".repeat((widest + GAP).saturating_sub(label.width()));
        let value = value_lines(name, value, look.zone).replace('\n', &format!("\n{indent}"));
        text.push_str(format!("{label}{padding}{value}").trim_end_matches(' '));
        text.push('\n');
    }
    for (name, value) in nested {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}:\n{}", label(&escape_line(name)), indented(&section(name, value, look))));
    }
    text
}

fn is_nested(value: &Value) -> bool {
    match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Text of several lines stays so where there is room for it.
fn value_lines(name: &str, value: &Value, zone: &TimeZone) -> String {
    match value {
        Value::String(text) if text.trim_end().contains('\n') => escape_terminal(text.replace("\r\n", "\n").trim_end()).into_owned(),
        other => inline(name, other, zone),
    }
}

fn section(name: &str, value: &Value, look: &Look) -> String {
    let inner = Look { width: look.width.map(|width| width.saturating_sub(GAP)), ..*look };
    match value {
        Value::Object(fields) => record(fields, &inner),
        Value::Array(items) => {
            let rows: Vec<Row> = items.iter().filter_map(|item| item.as_object().cloned()).collect();
            table(&names(&rows), &rows, &inner)
        }
        other => inline(name, other, look.zone) + "\n",
    }
}

/// Every field name of the rows, in the order in which they first come.
pub(super) fn names<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in rows.into_iter().flat_map(Map::keys) {
        if seen.insert(name.as_str()) {
            names.push(name.clone());
        }
    }
    names
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
