//! Rows, one by one, in any format; and which of their fields are shown.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result, nearest};
use crate::output::escape::escape_terminal;
use crate::output::{Format, Notices, OutputOptions, csv as cells, json, table, to_value, write_error};

/// A list under way. Only [`Rows::finish`] completes it: what is dropped earlier is recognisably cut short.
///
/// Every row has every field (null where there is nothing), so that a column is known from the first row on.
pub struct Rows<'a> {
    sink: Sink<'a>,
    options: &'a OutputOptions,
    noun: String,
    defaults: Vec<String>,
    /// Shown in tables and CSV; where neither the command nor the user names any, the fields of the first row.
    columns: Vec<String>,
    checked: bool,
    count: u64,
}

enum Sink<'a> {
    Table(&'a mut dyn Write, Vec<Map<String, Value>>),
    Json(&'a mut dyn Write),
    Ndjson(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
}

impl<'a> Rows<'a> {
    /// Writes to anything, such as an export's file; for one, begin with the default options, not a terminal's.
    pub fn new(out: &'a mut dyn Write, options: &'a OutputOptions, noun: &str, default_columns: &[&str]) -> Rows<'a> {
        let defaults: Vec<String> = default_columns.iter().map(|column| (*column).to_owned()).collect();
        let sink = match options.format {
            Format::Table => Sink::Table(out, Vec::new()),
            Format::Json => Sink::Json(out),
            Format::Ndjson => Sink::Ndjson(out),
            Format::Csv => Sink::Csv(Box::new(csv::Writer::from_writer(out))),
        };
        let columns = options.columns.clone().unwrap_or_else(|| defaults.clone());
        Rows { sink, options, noun: noun.to_owned(), defaults, columns, checked: false, count: 0 }
    }

    /// Writes, or for a table keeps, one row.
    pub fn push<T: Serialize>(&mut self, row: &T) -> Result<()> {
        self.push_value(to_value(row)?)
    }

    pub(super) fn push_value(&mut self, row: Value) -> Result<()> {
        if !self.checked {
            self.check_columns(std::slice::from_ref(&row))?;
        }
        let first = self.count == 0;
        self.count += 1;
        match &mut self.sink {
            Sink::Table(_, rows) => rows.push(object(row)),
            Sink::Json(out) => {
                let start = if first { "[\n  " } else { ",\n  " };
                let text = json::line(&selected(row, self.options.columns.as_deref()));
                write!(out, "{start}{text}").map_err(write_error)?;
            }
            Sink::Ndjson(out) => {
                let text = json::line(&selected(row, self.options.columns.as_deref()));
                writeln!(out, "{text}").map_err(write_error)?;
            }
            Sink::Csv(writer) => {
                if first {
                    write_record(writer, self.options, self.columns.iter().map(|column| Value::from(column.as_str())))?;
                }
                let mut row = object(row);
                write_record(writer, self.options, self.columns.iter().map(|column| take(&mut row, column, &self.columns)))?;
            }
        }
        Ok(())
    }

    /// Passes on what is buffered, for readers that wait for each line.
    pub fn flush(&mut self) -> Result<()> {
        match &mut self.sink {
            Sink::Table(..) => Ok(()),
            Sink::Json(out) | Sink::Ndjson(out) => out.flush(),
            Sink::Csv(writer) => writer.flush(),
        }
        .map_err(write_error)
    }

    /// Ends the list and says how many rows it had.
    pub fn finish(mut self) -> Result<u64> {
        let empty = self.count == 0;
        match &mut self.sink {
            Sink::Table(..) if empty => Notices::new(self.options.quiet).notice(&format!("no {}", self.noun)),
            Sink::Table(out, rows) => {
                let text = table::table(&self.columns, rows, &self.options.look());
                out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(write_error)?;
            }
            Sink::Json(out) => out.write_all(if empty { b"[]\n" } else { b"\n]\n" }).map_err(write_error)?,
            Sink::Csv(writer) if empty => {
                write_record(writer, self.options, self.columns.iter().map(|column| Value::from(column.as_str())))?;
            }
            Sink::Ndjson(_) | Sink::Csv(_) => {}
        }
        self.flush()?;
        Ok(self.count)
    }

    /// Refuses columns that neither the command nor any of `rows` has. Without rows there is no telling: all pass.
    pub(super) fn check_columns(&mut self, rows: &[Value]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.checked = true;
        if self.options.columns.is_none() && !self.columns.is_empty() {
            return Ok(());
        }
        let mut known = table::names(rows.iter().filter_map(Value::as_object));
        if rows.iter().any(|row| !row.is_object()) {
            known.push("value".to_owned());
        }
        if self.options.columns.is_none() {
            self.columns = known;
            return Ok(());
        }
        known.extend(self.defaults.iter().filter(|column| !known.contains(column)).cloned().collect::<Vec<_>>());
        self.columns.iter().try_for_each(|column| check(column, &known))
    }
}

fn check(column: &str, known: &[String]) -> Result<()> {
    if known.iter().any(|name| name == column) {
        return Ok(());
    }
    let near = nearest(column, known.iter().map(String::as_str));
    let hint = match near.as_slice() {
        [] => format!("the columns are {}", known.join(", ")),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    Err(Error::usage("unknown_column", format!("there is no column \"{column}\"")).hint(hint).detail("columns", known))
}

/// The chosen fields of one thing, or all; a field that it does not have is an error.
pub(super) fn select_known(fields: Map<String, Value>, columns: Option<&[String]>) -> Result<Map<String, Value>> {
    let Some(columns) = columns else { return Ok(fields) };
    let known: Vec<String> = fields.keys().cloned().collect();
    columns.iter().try_for_each(|column| check(column, &known))?;
    Ok(object(selected(Value::Object(fields), Some(columns))))
}

fn selected(row: Value, columns: Option<&[String]>) -> Value {
    let Some(columns) = columns else { return row };
    let fields = object(row);
    columns.iter().map(|column| (column.clone(), fields.get(column).cloned().unwrap_or_default())).collect()
}

fn object(row: Value) -> Map<String, Value> {
    match row {
        Value::Object(fields) => fields,
        other => Map::from_iter([("value".to_owned(), other)]),
    }
}

/// The field, moved out where no other column shows it again.
fn take(row: &mut Map<String, Value>, column: &str, columns: &[String]) -> Value {
    let repeated = columns.iter().filter(|other| *other == column).nth(1).is_some();
    let Some(value) = row.get_mut(column) else { return Value::Null };
    if repeated { value.clone() } else { value.take() }
}

fn write_record<W: Write>(writer: &mut csv::Writer<W>, options: &OutputOptions, values: impl Iterator<Item = Value>) -> Result<()> {
    let record = values.map(|value| {
        let cell = cells::cell(&value, options.safe_csv);
        if options.stdout_is_terminal { escape_terminal(&cell).into_owned() } else { cell }
    });
    writer.write_record(record).map_err(|source| match source.into_kind() {
        csv::ErrorKind::Io(source) => write_error(source),
        other => Error::failed("io", format!("cannot write the output: {other:?}")),
    })
}
