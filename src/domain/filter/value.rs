//! Reads a value by the type of its property.

use super::ast::Value;
use super::problem::{Problem, shown};
use super::property::{Property, Type};
use super::time_expr::{TimeExpr, duration_ms};

/// A value as typed: its text, where it stands (in characters), and whether it stood in quotes.
pub(super) struct Typed<'t> {
    pub at: usize,
    pub text: &'t str,
    pub quoted: bool,
}

/// The value that `typed` is for `property`.
pub(super) fn read(property: &'static Property, typed: &Typed<'_>) -> Result<Value, Problem> {
    let text = typed.text;
    match property.kind {
        Type::Text => Some(Value::Text(text.to_owned())),
        Type::Enum(names) => return name(property, names, typed),
        Type::Number => text.parse().ok().map(Value::Number),
        Type::Time => TimeExpr::parse(text).map(Value::Time),
        Type::Duration { .. } => duration_ms(text).map(Value::Duration),
        Type::Bool => boolean(text).map(Value::Bool),
        Type::User if !typed.quoted && text.eq_ignore_ascii_case("me") => Some(Value::Me),
        Type::User => Some(Value::Email(text.to_owned())),
    }
    .ok_or_else(|| wrong(property, typed))
}

fn name(property: &Property, names: &'static [&'static str], typed: &Typed<'_>) -> Result<Value, Problem> {
    if let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(typed.text)) {
        return Ok(Value::Name(name));
    }
    let reason = format!("{} is never \"{}\"", property.name, shown(typed.text));
    let problem = Problem::new(typed.at, reason).hint(format!("it is one of {}", names.join(", ")));
    Err(problem.suggest(typed.text, names.iter().copied()))
}

fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("true") || is("yes") {
        Some(true)
    } else if is("false") || is("no") {
        Some(false)
    } else {
        None
    }
}

fn wrong(property: &Property, typed: &Typed<'_>) -> Problem {
    let reason = format!("{} needs {}, not \"{}\"", property.name, property.kind.describe(), shown(typed.text));
    let problem = Problem::new(typed.at, reason);
    match property.kind {
        Type::Time if duration_ms(typed.text).is_some() => problem.hint(format!("did you mean \"-{}\", that long ago?", shown(typed.text))),
        Type::Time => problem.suggest(typed.text, ["now", "today", "yesterday"]),
        Type::Duration { .. } if duration_ms(typed.text.trim_start_matches(['-', '+'])).is_some() => problem.hint("a duration has no sign"),
        _ => problem,
    }
}
