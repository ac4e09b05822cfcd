//! Reads a value by the type of its property.

use std::sync::Arc;

use super::ast::Value;
use super::choices::{Choices, Found, Own};
use super::hints;
use super::problem::{Problem, shown};
use super::property::{Options, Property, Type};
use super::time_expr::{TimeExpr, duration_ms};
use crate::domain::fold::{equals, fold};

/// How many names an error lists where none is near.
const SHOWN_CHOICES: usize = 10;

/// A value as typed: its text, where it stands (in characters), and whether it stood in quotes.
pub(super) struct Typed<'t> {
    pub at: usize,
    pub text: &'t str,
    pub quoted: bool,
}

/// The value that `typed` is for `property`.
pub(super) fn read(property: &Property, typed: &Typed<'_>) -> Result<Value, Problem> {
    let text = typed.text;
    match &property.kind {
        Type::Text => Some(Value::Text(text.to_owned())),
        Type::Enum(options) => return name(property, options, typed),
        Type::Reference(choices) => return reference(property, choices, typed),
        Type::Number => text.parse().ok().map(Value::Number),
        Type::Decimal => text.parse().ok().map(Value::Decimal),
        Type::Time | Type::Date => TimeExpr::parse(text).map(Value::Time),
        Type::Duration { .. } => duration_ms(text).map(Value::Duration),
        Type::Bool => boolean(text).map(Value::Bool),
        Type::User if !typed.quoted && text.eq_ignore_ascii_case("me") => Some(Value::Me),
        Type::User if !typed.quoted && hints::means_missing(text) => None,
        Type::User => Some(Value::Email(text.to_owned())),
    }
    .ok_or_else(|| wrong(property, typed))
}

fn name(property: &Property, options: &Options, typed: &Typed<'_>) -> Result<Value, Problem> {
    let exact = options.names.iter().find(|name| ***name == *typed.text);
    if let Some(name) = exact.or_else(|| options.names.iter().find(|name| equals(typed.text, &fold(name)))) {
        return Ok(Value::Name(Arc::clone(name)));
    }
    let reason = format!("{} is never \"{}\"", property.name, shown(typed.text));
    let problem = Problem::new(typed.at, reason);
    if let Some(hint) = hints::for_missing(property, typed.text) {
        return Err(problem.hint(hint));
    }
    let problem = problem.hint(format!("it is one of {}", options.names.join(", ")));
    Err(problem.suggest(typed.text, options.names.iter().map(|name| &**name)))
}

fn reference(property: &Property, choices: &Choices, typed: &Typed<'_>) -> Result<Value, Problem> {
    let is = |word: &str| typed.text.eq_ignore_ascii_case(word);
    if choices.own == Some(Own::Me) && !typed.quoted && is("me") {
        return Ok(Value::Me);
    }
    let problem = |reason: String| Problem::new(typed.at, reason);
    match choices.find(typed.text) {
        Found::One(choice) => Ok(Value::Ref(choice)),
        Found::Ambiguous(names) => {
            let reason = format!("several have the {} \"{}\"", choices.noun, shown(typed.text));
            Err(problem(reason).hint(format!("it is one of \"{}\"", names.join("\", \""))))
        }
        Found::Unknown if choices.noun == "status" && (is("OPEN") || is("CLOSED")) => {
            let reason = format!("there is no status \"{}\"", shown(typed.text));
            Err(problem(reason).hint(format!(
                "did you mean \"{}\"? It is short for state = {}",
                typed.text.to_lowercase(),
                typed.text.to_uppercase()
            )))
        }
        Found::Unknown => {
            let problem = problem(format!("there is no {} \"{}\"", choices.noun, shown(typed.text)));
            if let Some(hint) = hints::for_missing(property, typed.text) {
                return Err(problem.hint(hint));
            }
            let names = choices.list.iter().map(|choice| &*choice.name);
            let few: Vec<&str> = names.clone().take(SHOWN_CHOICES).collect();
            let more = if choices.list.len() > few.len() { ", …" } else { "" };
            let problem = if few.is_empty() { problem } else { problem.hint(format!("there are {}{more}", few.join(", "))) };
            Err(problem.suggest(typed.text, names))
        }
    }
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
    if let Some(hint) = hints::for_missing(property, typed.text) {
        return problem.hint(hint);
    }
    match &property.kind {
        Type::Time | Type::Date if hints::from_now(typed.text).is_some() => problem.hint(hints::from_now(typed.text).unwrap_or_default()),
        Type::Time | Type::Date if duration_ms(typed.text).is_some() => {
            problem.hint(format!("did you mean \"-{}\", that long ago?", shown(typed.text)))
        }
        Type::Time | Type::Date => problem.suggest(typed.text, ["now", "today", "yesterday"]),
        Type::Duration { .. } if duration_ms(typed.text.trim_start_matches(['-', '+'])).is_some() => problem.hint("a duration has no sign"),
        _ => problem,
    }
}
