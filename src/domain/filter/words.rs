//! What a filter means, in words.

use super::Filter;
use super::ast::{Comparison, Condition, Expr, Test, Value};
use super::property::{Key, Property, Type};
use super::time_expr::{TimeExpr, Unit};
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};

impl<S> Filter<S> {
    /// In plain English, such as `status is Waiting on us, and priority is HIGH or URGENT`.
    pub fn words(&self) -> String {
        expr(self.expr(), true)
    }
}

/// `top`: not inside another expression, so that commas can tell the parts apart.
fn expr(part: &Expr, top: bool) -> String {
    let (parts, join) = match part {
        Expr::And(parts) => (parts, "and"),
        Expr::Or(parts) => (parts, "or"),
        Expr::Not(inner) => return format!("not ({})", expr(inner, false)),
        Expr::Test(test) => return condition(test),
    };
    let words: Vec<String> = parts.iter().map(|part| expr(part, false)).collect();
    if top { words.join(&format!(", {join} ")) } else { format!("({})", words.join(&format!(" {join} "))) }
}

fn condition(condition: &Condition) -> String {
    let property = &*condition.property;
    let name = label(property);
    // Where nothing is missing, nothing need be said of it.
    let or_none = if property.optional { ", or there is none" } else { "" };
    match &condition.test {
        Test::Is(comparison, Value::Bool(value)) => {
            boolean(property, (*comparison == Comparison::Eq) == *value, *comparison == Comparison::Ne)
        }
        Test::Is(comparison, value) if property.key == Key::State || property.key == Key::Status && matches!(value, Value::Name(_)) => {
            let not = if *comparison == Comparison::Ne { "not " } else { "" };
            format!("it is {not}{}", value.to_string().to_lowercase())
        }
        Test::Is(comparison, value) => {
            let or_none = if *comparison == Comparison::Ne { or_none } else { "" };
            format!("{name} is {}{}{or_none}", relation(*comparison, &property.kind, value), words(value))
        }
        Test::In(values) => format!("{name} is {}", list(values, "or")),
        Test::NotIn(values) if values.len() == 1 => format!("{name} is not {}{or_none}", list(values, "or")),
        Test::NotIn(values) => format!("{name} is neither {}{or_none}", list(values, "nor")),
        Test::Contains(text) => format!("{name} contains \"{text}\""),
        Test::HasWord(pattern) => match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (None, None) => format!("{name} has the word \"{pattern}\""),
            (None, Some(start)) => format!("{name} has a word that begins with \"{start}\""),
            (Some(end), None) => format!("{name} has a word that ends with \"{end}\""),
            (Some(_), Some(_)) => format!("{name} has a word with \"{}\" in it", pattern.trim_matches('*')),
        },
        Test::StartsWith(text) => format!("{name} begins with \"{text}\""),
        Test::Set => format!("there is a {name}"),
        Test::NotSet => format!("there is no {name}"),
        Test::Between(from, to) => format!("{name} is between {} and {}", words(from), words(to)),
    }
}

fn boolean(property: &Property, value: bool, missing_too: bool) -> String {
    let not = if value { "" } else { "not " };
    match property.key {
        Key::Spam => format!("it is {not}spam"),
        Key::InHelpDesk => format!("it is {not}in the help desk"),
        Key::HasTicket => if value { "it has a ticket" } else { "it has no ticket" }.to_owned(),
        _ => {
            let or_none = if missing_too && property.optional { ", or nothing is said" } else { "" };
            format!("{} is {}{or_none}", label(property), if value { "yes" } else { "no" })
        }
    }
}

fn label(property: &Property) -> String {
    match property.key {
        Key::CreatedAt => "time of creation".to_owned(),
        Key::ClosedAt => "time of closing".to_owned(),
        Key::StartedAt => "time of its beginning".to_owned(),
        Key::LastActivityAt => "last activity".to_owned(),
        Key::LastMessageAt => "last message".to_owned(),
        Key::Custom(_) => property.help.to_string(),
        _ => property.name.replace('_', " "),
    }
}

fn relation(comparison: Comparison, kind: &Type, value: &Value) -> &'static str {
    let day = matches!(value, Value::Time(TimeExpr::Day(_)));
    match (comparison, kind) {
        (Comparison::Eq, _) if day => "on ",
        (Comparison::Ne, _) if day => "not on ",
        (Comparison::Eq, _) => "",
        (Comparison::Ne, _) => "not ",
        (Comparison::Lt, Type::Time | Type::Date) => "before ",
        (Comparison::Le, Type::Time | Type::Date) => "not after ",
        (Comparison::Gt, Type::Time | Type::Date) => "after ",
        (Comparison::Ge, Type::Time | Type::Date) => "not before ",
        (Comparison::Lt, Type::Enum(_)) => "lower than ",
        (Comparison::Gt, Type::Enum(_)) => "higher than ",
        (Comparison::Lt, _) => "less than ",
        (Comparison::Gt, _) => "more than ",
        (Comparison::Le, _) => "at most ",
        (Comparison::Ge, _) => "at least ",
    }
}

fn list(values: &[Value], join: &str) -> String {
    let values: Vec<String> = values.iter().map(words).collect();
    match values.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {join} {last}", rest.join(", ")),
        _ => values.concat(),
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Email(text) => text.clone(),
        Value::Ref(choice) => choice.name.to_string(),
        Value::Name(name) => name.to_string(),
        Value::Time(time) => time_words(*time),
        Value::Duration(ms) => duration(*ms),
        Value::Me => "me".to_owned(),
        Value::Number(_) | Value::Decimal(_) | Value::Bool(_) | Value::MyTeam => value.to_string(),
    }
}

fn time_words(time: TimeExpr) -> String {
    match time {
        TimeExpr::FromNow(0) => "now".to_owned(),
        TimeExpr::FromNow(ms) if ms < 0 => format!("{} ago", duration(ms.saturating_neg())),
        TimeExpr::FromNow(ms) => format!("{} from now", duration(ms)),
        TimeExpr::StartOf(Unit::Day) => "the start of today".to_owned(),
        TimeExpr::StartOf(unit) => format!("the start of this {}", unit.as_str()),
        other => other.to_string(),
    }
}

fn duration(ms: i64) -> String {
    let units = [(DAY_MS, "day"), (HOUR_MS, "hour"), (MINUTE_MS, "minute"), (SECOND_MS, "second")];
    let (size, unit) = units.into_iter().find(|(size, _)| ms != 0 && ms % size == 0).unwrap_or((SECOND_MS, "second"));
    let count = ms / size;
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
