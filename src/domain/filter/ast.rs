//! The typed syntax tree of a filter, and how it writes itself back as canonical text.

use std::fmt::{self, Display};
use std::sync::Arc;

use super::choices::Choice;
use super::property::Property;
use super::time_expr::{TimeExpr, write_duration};
use crate::domain::decimal::Decimal;

/// A filter's tree. [`Expr::all`] and [`Expr::any`] keep it in normal form: no `And` directly in an `And`, no `Or`
/// directly in an `Or`, and neither with fewer than two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All parts hold.
    And(Vec<Expr>),
    /// At least one part holds.
    Or(Vec<Expr>),
    /// The part does not hold: plain negation of its result, so `not (x = 1)` is true where `x` is missing.
    Not(Box<Expr>),
    /// One condition.
    Test(Condition),
}

impl Expr {
    /// All of `parts`, in normal form. Without parts it has no text, and no filter can be made of it.
    pub fn all(parts: Vec<Expr>) -> Expr {
        let flat = parts.into_iter().flat_map(|part| match part {
            Expr::And(inner) => inner,
            other => vec![other],
        });
        Expr::one_or(flat.collect(), Expr::And)
    }

    /// At least one of `parts`, in normal form. Without parts it has no text, and no filter can be made of it.
    pub fn any(parts: Vec<Expr>) -> Expr {
        let flat = parts.into_iter().flat_map(|part| match part {
            Expr::Or(inner) => inner,
            other => vec![other],
        });
        Expr::one_or(flat.collect(), Expr::Or)
    }

    fn one_or(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                join(parts)
            }
            None => join(parts),
        }
    }

    /// Every condition in the tree, from left to right.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().flat_map(Expr::conditions).collect(),
            Expr::Not(part) => part.conditions(),
            Expr::Test(condition) => vec![condition],
        }
    }
}

/// One condition: a property and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The property.
    pub property: Arc<Property>,
    /// What is asked of it.
    pub test: Test,
}

/// What a condition asks. A missing value satisfies `!=`, [`Test::NotIn`] and [`Test::NotSet`] and nothing else (V3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `= != < <= > >=`
    Is(Comparison, Value),
    /// Equal to one of these.
    In(Vec<Value>),
    /// Equal to none of these.
    NotIn(Vec<Value>),
    /// The text occurs anywhere in it.
    Contains(String),
    /// It has a word that is this, or begins or ends with it where a `*` stands there (see [`super::word`]).
    HasWord(String),
    /// It begins with the text.
    StartsWith(String),
    /// It has a value.
    Set,
    /// It has none.
    NotSet,
    /// From the first to the second, both included.
    Between(Value, Value),
}

/// The comparisons that take one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// The comparison as an operator.
    pub fn operator(self) -> Operator {
        match self {
            Comparison::Eq => Operator::Eq,
            Comparison::Ne => Operator::Ne,
            Comparison::Lt => Operator::Lt,
            Comparison::Le => Operator::Le,
            Comparison::Gt => Operator::Gt,
            Comparison::Ge => Operator::Ge,
        }
    }
}

/// Every operator, without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in (…)`
    In,
    /// `not in (…)`
    NotIn,
    /// `contains`
    Contains,
    /// `contains word`
    HasWord,
    /// `starts with`
    StartsWith,
    /// `is set`
    Set,
    /// `is not set`
    NotSet,
    /// `between … and …`
    Between,
}

impl Operator {
    /// Every operator, in the order in which help lists them.
    pub const ALL: [Operator; 14] = [
        Operator::Eq,
        Operator::Ne,
        Operator::Lt,
        Operator::Le,
        Operator::Gt,
        Operator::Ge,
        Operator::In,
        Operator::NotIn,
        Operator::Contains,
        Operator::HasWord,
        Operator::StartsWith,
        Operator::Set,
        Operator::NotSet,
        Operator::Between,
    ];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Eq => "=",
            Operator::Ne => "!=",
            Operator::Lt => "<",
            Operator::Le => "<=",
            Operator::Gt => ">",
            Operator::Ge => ">=",
            Operator::In => "in",
            Operator::NotIn => "not in",
            Operator::Contains => "contains",
            Operator::HasWord => "contains word",
            Operator::StartsWith => "starts with",
            Operator::Set => "is set",
            Operator::NotSet => "is not set",
            Operator::Between => "between",
        }
    }
}

/// A value, typed by its property when the filter is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a text property, as typed.
    Text(String),
    /// Of an enumeration: the name as the property's table has it.
    Name(Arc<str>),
    /// Of a property of whole numbers.
    Number(i64),
    /// Of a property of any numbers.
    Decimal(Decimal),
    /// Of a time property; relative ones stay relative.
    Time(TimeExpr),
    /// Of a duration property, in milliseconds.
    Duration(i64),
    /// Of a boolean property.
    Bool(bool),
    /// Of a user property: an email address, as typed.
    Email(String),
    /// Of a user property: whoever asks.
    Me,
    /// Of a property that refers to something of the account. The id counts; the name is for people.
    Ref(Choice),
    /// Of a team property: the main team of whoever asks.
    MyTeam,
}

/// Where an expression stands, which decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Top,
    InOr,
    InAnd,
    InNot,
}

impl Expr {
    fn write(&self, f: &mut fmt::Formatter<'_>, place: Place) -> fmt::Result {
        let (parts, word, inside, bare) = match self {
            Expr::And(parts) => (parts, " and ", Place::InAnd, matches!(place, Place::Top | Place::InOr)),
            Expr::Or(parts) => (parts, " or ", Place::InOr, place == Place::Top),
            Expr::Not(part) => {
                f.write_str("not ")?;
                return part.write(f, Place::InNot);
            }
            Expr::Test(condition) => return condition.fmt(f),
        };
        if !bare {
            f.write_str("(")?;
        }
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                f.write_str(word)?;
            }
            part.write(f, inside)?;
        }
        if bare { Ok(()) } else { f.write_str(")") }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Place::Top)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.property.name, self.test.operator().as_str())?;
        match &self.test {
            Test::Set | Test::NotSet => Ok(()),
            Test::Is(_, value) => write!(f, " {value}"),
            Test::Contains(text) | Test::HasWord(text) | Test::StartsWith(text) => {
                f.write_str(" ")?;
                write_quoted(f, text)
            }
            Test::Between(from, to) => write!(f, " {from} and {to}"),
            Test::In(values) | Test::NotIn(values) => {
                f.write_str(" (")?;
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str(")")
            }
        }
    }
}

impl Test {
    /// Its values; searched texts are none.
    pub fn values(&self) -> Vec<&Value> {
        match self {
            Test::Is(_, value) => vec![value],
            Test::In(values) | Test::NotIn(values) => values.iter().collect(),
            Test::Between(from, to) => vec![from, to],
            _ => Vec::new(),
        }
    }

    /// The operator, without its values.
    pub fn operator(&self) -> Operator {
        match self {
            Test::Is(comparison, _) => comparison.operator(),
            Test::In(_) => Operator::In,
            Test::NotIn(_) => Operator::NotIn,
            Test::Contains(_) => Operator::Contains,
            Test::HasWord(_) => Operator::HasWord,
            Test::StartsWith(_) => Operator::StartsWith,
            Test::Set => Operator::Set,
            Test::NotSet => Operator::NotSet,
            Test::Between(..) => Operator::Between,
        }
    }
}

impl fmt::Display for Value {
    /// Free text is always quoted, so that it can never be read as a keyword.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) | Value::Email(text) => write_quoted(f, text),
            Value::Name(name) if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => f.write_str(name),
            Value::Name(name) => write_quoted(f, name),
            Value::Number(number) => number.fmt(f),
            Value::Decimal(number) => number.fmt(f),
            Value::Time(time) => time.fmt(f),
            Value::Duration(ms) => write_duration(f, *ms),
            Value::Bool(value) => value.fmt(f),
            Value::Me => f.write_str("me"),
            Value::Ref(choice) => write_quoted(f, &choice.name),
            Value::MyTeam => f.write_str("my team"),
        }
    }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for part in text.split_inclusive(['"', '\\']) {
        match part.strip_suffix(['"', '\\']) {
            Some(before) => write!(f, "{before}\\{}", &part[before.len()..])?,
            None => f.write_str(part)?,
        }
    }
    f.write_str("\"")
}
