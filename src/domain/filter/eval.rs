//! What a filter means: evaluation in memory, cheap enough to run for every conversation of an account.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::ast::{Comparison, Condition, Expr, Test, Value};
use super::property::{Key, Options, Property, Type};
use super::word;
use crate::domain::Id;
use crate::domain::decimal::Decimal;
use crate::domain::fold;
use crate::domain::time::Time;

/// What the relative parts of a filter are relative to.
#[derive(Clone, Debug)]
pub struct EvalContext {
    /// The moment of evaluation.
    pub now: Time,
    /// The account's time zone: where days begin.
    pub zone: TimeZone,
    /// The email address of whoever asks. Without one nobody is `me`: `owner = me` holds for nothing, `owner != me` for all.
    pub me: Option<String>,
    /// The id of whoever asks, for properties that keep ids.
    pub user: Option<Id>,
    /// Their main team: `my team`.
    pub team: Option<Id>,
}

impl EvalContext {
    /// A context in which nobody is `me`.
    pub fn new(now: Time, zone: TimeZone) -> EvalContext {
        EvalContext { now, zone, me: None, user: None, team: None }
    }

    /// The same for the user with this email address.
    pub fn with_me(self, email: impl Into<String>) -> EvalContext {
        EvalContext { me: Some(email.into()), ..self }
    }

    /// The same for the user with this id and main team.
    pub fn with_user(self, user: Id, team: Option<Id>) -> EvalContext {
        EvalContext { user: Some(user), team, ..self }
    }
}

/// The value of one property of one object. One of another type than the property's counts as missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact<'a> {
    /// It has none.
    Missing,
    /// Of a text or user property, or an enumeration's exact name.
    Text(&'a str),
    /// Of a property of whole numbers.
    Number(i64),
    /// Of a property of any numbers.
    Decimal(Decimal),
    /// Of a time property.
    Time(Time),
    /// Of a boolean property.
    Bool(bool),
    /// Of a property that refers to something of the account.
    Id(Id),
}

impl<'a> From<Option<&'a str>> for Fact<'a> {
    fn from(text: Option<&'a str>) -> Fact<'a> {
        text.map_or(Fact::Missing, Fact::Text)
    }
}

impl From<Option<Id>> for Fact<'_> {
    fn from(id: Option<Id>) -> Self {
        id.map_or(Fact::Missing, Fact::Id)
    }
}

impl From<Option<Time>> for Fact<'_> {
    fn from(time: Option<Time>) -> Self {
        time.map_or(Fact::Missing, Fact::Time)
    }
}

/// An object that can be filtered: it knows its facts. Asked once per condition that has to be decided.
pub trait Facts {
    /// The fact for `property.key`; [`Fact::Missing`] for keys that the object does not have. Durations are never asked.
    fn fact(&self, property: &Property) -> Fact<'_>;
}

/// Whole numbers (or milliseconds since the epoch) from first to last, both included; empty where `first > last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lowest.
    pub first: i64,
    /// The highest.
    pub last: i64,
}

impl Range {
    const EMPTY: Range = Range { first: 1, last: 0 };

    fn holds(self, number: i64) -> bool {
        self.first <= number && number <= self.last
    }

    /// The numbers that compare so with a value that covers `self`.
    fn compared(self, comparison: Comparison) -> Range {
        let to = |last| Range { first: i64::MIN, last };
        let from = |first| Range { first, last: i64::MAX };
        match comparison {
            Comparison::Eq | Comparison::Ne => self,
            Comparison::Lt => self.first.checked_sub(1).map_or(Range::EMPTY, to),
            Comparison::Le => to(self.last),
            Comparison::Gt => self.last.checked_add(1).map_or(Range::EMPTY, from),
            Comparison::Ge => from(self.first),
        }
    }

    /// The instants whose distance to `now` lies in `self`.
    fn before(self, now: Time) -> Range {
        if self.first > self.last {
            return Range::EMPTY;
        }
        let first = if self.last == i64::MAX { i64::MIN } else { now.0.saturating_sub(self.last) };
        let last = if self.first == i64::MIN { i64::MAX } else { now.0.saturating_sub(self.first) };
        Range { first, last }
    }
}

/// A filter with everything relative resolved: the same answer for the same facts, at any time, without allocating. What SQL
/// is made from too, so that both mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// All parts hold.
    All(Vec<Prepared>),
    /// At least one part holds.
    Any(Vec<Prepared>),
    /// The part does not hold.
    Not(Box<Prepared>),
    /// `value exists and check` is not `negated`; so a missing value satisfies exactly the negated tests (V3).
    Test {
        /// Whose fact is asked: never a duration, but the time it counts from.
        property: Arc<Property>,
        /// What its value must satisfy.
        check: Check,
        /// For `!=`, `not in` and `is not set`.
        negated: bool,
    },
}

/// What a value that exists must satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing more.
    Present,
    /// A number, or a time in milliseconds since the epoch, lies in one of these.
    Within(Vec<Range>),
    /// A number lies in one of these: from first to last, both included.
    Decimals(Vec<(Decimal, Decimal)>),
    /// It is exactly one of these names.
    Names(Vec<Arc<str>>),
    /// It is one of these.
    Ids(Vec<Id>),
    /// Folded, it is one of these (see [`crate::domain::fold`]).
    Texts(Vec<String>),
    /// Folded, it contains this.
    Contains(String),
    /// Its words have this (see [`super::word::needle`]).
    HasWord(String),
    /// Folded, it begins with this.
    StartsWith(String),
    /// It is this.
    Bool(bool),
}

impl Prepared {
    /// Whether the object with these facts passes.
    pub fn matches<F: Facts + ?Sized>(&self, facts: &F) -> bool {
        match self {
            Prepared::All(parts) => parts.iter().all(|part| part.matches(facts)),
            Prepared::Any(parts) => parts.iter().any(|part| part.matches(facts)),
            Prepared::Not(part) => !part.matches(facts),
            Prepared::Test { property, check, negated } => check.holds(property, facts.fact(property)) != *negated,
        }
    }
}

impl Prepared {
    /// The same with users by id: of each address that a test names, folded, `id_of` tells whose it is. For what is decided later,
    /// when a user may have another address.
    pub fn with_users(self, id_of: &mut dyn FnMut(&str) -> Option<Id>) -> Prepared {
        let mut all = |parts: Vec<Prepared>| parts.into_iter().map(|part| part.with_users(id_of)).collect();
        match self {
            Prepared::All(parts) => Prepared::All(all(parts)),
            Prepared::Any(parts) => Prepared::Any(all(parts)),
            Prepared::Not(part) => Prepared::Not(Box::new(part.with_users(id_of))),
            Prepared::Test { property, check: Check::Texts(addresses), negated } if property.kind == Type::User => {
                let check = Check::Ids(addresses.iter().filter_map(|address| id_of(address)).collect());
                Prepared::Test { property, check, negated }
            }
            test @ Prepared::Test { .. } => test,
        }
    }

    /// Whether a test asks for this.
    pub fn asks_for(&self, key: Key) -> bool {
        match self {
            Prepared::All(parts) | Prepared::Any(parts) => parts.iter().any(|part| part.asks_for(key)),
            Prepared::Not(part) => part.asks_for(key),
            Prepared::Test { property, .. } => property.key == key,
        }
    }
}

impl Check {
    fn holds(&self, property: &Property, fact: Fact<'_>) -> bool {
        match (self, fact) {
            (Check::Present, fact) => fits(&property.kind, fact),
            (Check::Within(ranges), Fact::Number(number) | Fact::Time(Time(number))) => ranges.iter().any(|range| range.holds(number)),
            (Check::Decimals(ranges), Fact::Decimal(number)) => ranges.iter().any(|(first, last)| (*first..=*last).contains(&number)),
            (Check::Names(names), Fact::Text(text)) => names.iter().any(|name| **name == *text),
            (Check::Ids(ids), Fact::Id(id)) => ids.contains(&id),
            (Check::Texts(texts), Fact::Text(text)) => texts.iter().any(|wanted| fold::equals(text, wanted)),
            (Check::Contains(wanted), Fact::Text(text)) => fold::contains(text, wanted),
            (Check::HasWord(wanted), Fact::Text(text)) => word::matches(text, wanted),
            (Check::StartsWith(wanted), Fact::Text(text)) => fold::starts_with(text, wanted),
            (Check::Bool(wanted), Fact::Bool(value)) => value == *wanted,
            _ => false,
        }
    }
}

fn fits(kind: &Type, fact: Fact<'_>) -> bool {
    match fact {
        Fact::Missing => false,
        Fact::Text(_) => matches!(kind, Type::Text | Type::Enum(_) | Type::User),
        Fact::Number(_) => *kind == Type::Number,
        Fact::Decimal(_) => *kind == Type::Decimal,
        Fact::Time(_) => kind.is_time(),
        Fact::Bool(_) => *kind == Type::Bool,
        Fact::Id(_) => matches!(kind, Type::Reference(_) | Type::User),
    }
}

/// Resolves `expr` in `context`.
pub(super) fn prepare(expr: &Expr, context: &EvalContext) -> Prepared {
    let all = |parts: &[Expr]| parts.iter().map(|part| prepare(part, context)).collect();
    match expr {
        Expr::And(parts) => Prepared::All(all(parts)),
        Expr::Or(parts) => Prepared::Any(all(parts)),
        Expr::Not(part) => Prepared::Not(Box::new(prepare(part, context))),
        Expr::Test(condition) => prepare_test(condition, context),
    }
}

fn prepare_test(condition: &Condition, context: &EvalContext) -> Prepared {
    let kind = &condition.property.kind;
    let check = match &condition.test {
        Test::Set | Test::NotSet => Check::Present,
        Test::Contains(text) => Check::Contains(fold::fold(text)),
        Test::HasWord(pattern) => Check::HasWord(word::needle(pattern)),
        Test::StartsWith(text) => Check::StartsWith(fold::fold(text)),
        Test::Is(comparison, value) => one_of(kind, *comparison, std::slice::from_ref(value), context),
        Test::In(values) | Test::NotIn(values) => one_of(kind, Comparison::Eq, values, context),
        Test::Between(from, to) if matches!(kind, Type::Enum(_)) => between_names(kind, from, to),
        Test::Between(from, to) if *kind == Type::Decimal => Check::Decimals(decimal(from).zip(decimal(to)).into_iter().collect()),
        Test::Between(from, to) => Check::Within(match (range(kind, from, context), range(kind, to, context)) {
            (Some(from), Some(to)) => vec![in_time(kind, Range { first: from.first, last: to.last }, context)],
            _ => Vec::new(),
        }),
    };
    let negated = matches!(condition.test, Test::NotSet | Test::NotIn(_) | Test::Is(Comparison::Ne, _));
    let property = match kind {
        Type::Duration { since } => since,
        _ => &condition.property,
    };
    Prepared::Test { property: Arc::clone(property), check, negated }
}

fn one_of(kind: &Type, comparison: Comparison, values: &[Value], context: &EvalContext) -> Check {
    match kind {
        Type::Enum(options) => Check::Names(values.iter().filter_map(name).flat_map(|name| compared(options, comparison, name)).collect()),
        Type::Reference(_) => Check::Ids(values.iter().filter_map(|value| id(value, context)).collect()),
        Type::Text | Type::User => Check::Texts(values.iter().filter_map(|value| text(value, context)).map(fold::fold).collect()),
        Type::Bool => Check::Bool(values.contains(&Value::Bool(true))),
        Type::Decimal => Check::Decimals(values.iter().filter_map(decimal).map(|value| decimals(comparison, value)).collect()),
        Type::Number | Type::Time | Type::Date | Type::Duration { .. } => {
            let ranges = values.iter().filter_map(|value| range(kind, value, context));
            Check::Within(ranges.map(|range| in_time(kind, range.compared(comparison), context)).collect())
        }
    }
}

/// A duration is compared by the instant at which it began, so that its fact needs no clock.
fn in_time(kind: &Type, range: Range, context: &EvalContext) -> Range {
    if matches!(kind, Type::Duration { .. }) { range.before(context.now) } else { range }
}

/// The names that compare so with `name`.
fn compared(options: &Options, comparison: Comparison, name: &Arc<str>) -> Vec<Arc<str>> {
    let at = options.rank(name);
    let fits = |rank: usize| match comparison {
        Comparison::Eq | Comparison::Ne => Some(rank) == at,
        Comparison::Lt => at.is_some_and(|at| rank < at),
        Comparison::Le => at.is_some_and(|at| rank <= at),
        Comparison::Gt => at.is_some_and(|at| rank > at),
        Comparison::Ge => at.is_some_and(|at| rank >= at),
    };
    if at.is_none() && matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return vec![Arc::clone(name)];
    }
    options.names.iter().enumerate().filter(|(rank, _)| fits(*rank)).map(|(_, name)| Arc::clone(name)).collect()
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

/// The numbers that compare so with `value`.
fn decimals(comparison: Comparison, value: Decimal) -> (Decimal, Decimal) {
    match comparison {
        Comparison::Eq | Comparison::Ne => (value, value),
        Comparison::Lt => (Decimal::LOWEST, value.before()),
        Comparison::Le => (Decimal::LOWEST, value),
        Comparison::Gt => (value.after(), Decimal::HIGHEST),
        Comparison::Ge => (value, Decimal::HIGHEST),
    }
}

fn between_names(kind: &Type, from: &Value, to: &Value) -> Check {
    let (Type::Enum(options), Some(from), Some(to)) = (kind, name(from), name(to)) else { return Check::Names(Vec::new()) };
    let upper = compared(options, Comparison::Le, to);
    Check::Names(compared(options, Comparison::Ge, from).into_iter().filter(|name| upper.contains(name)).collect())
}

fn id(value: &Value, context: &EvalContext) -> Option<Id> {
    match value {
        Value::Ref(choice) => Some(choice.id),
        Value::Me => context.user,
        Value::MyTeam => context.team,
        _ => None,
    }
}

fn name(value: &Value) -> Option<&Arc<str>> {
    match value {
        Value::Name(name) => Some(name),
        _ => None,
    }
}

fn text<'a>(value: &'a Value, context: &'a EvalContext) -> Option<&'a str> {
    match value {
        Value::Text(text) | Value::Email(text) => Some(text),
        Value::Me => context.me.as_deref(),
        _ => None,
    }
}

fn range(kind: &Type, value: &Value, context: &EvalContext) -> Option<Range> {
    match value {
        Value::Number(number) | Value::Duration(number) => Some(Range { first: *number, last: *number }),
        Value::Time(time) if *kind == Type::Date => Some(time.days(context)),
        Value::Time(time) => Some(time.range(context)),
        _ => None,
    }
}
