//! From a filter to HubSpot's groups.

use super::ast::{Comparison, Condition, Expr, Test, Value};
use super::eval::EvalContext;
use super::hubspot::{HubspotFilter, around, ends, name, not_expressible};
use super::property::{Key, Property, Type};
use super::time_expr::TimeExpr;
use crate::error::{Error, Result};

/// Filters joined by AND.
type Filters = Vec<HubspotFilter>;

/// More groups than HubSpot ever takes are not worked out.
const ENOUGH: usize = 64;

pub(super) struct Writer {
    /// Whose zone counts; what is relative to its now is never asked.
    pub context: EvalContext,
}

impl Writer {
    /// The groups that together say that `expr` is what `holds` says.
    pub(super) fn any(&self, expr: &Expr, holds: bool) -> Result<Vec<Filters>> {
        let groups = match expr {
            Expr::Not(part) => return self.not(expr, part, holds),
            Expr::Test(condition) => return self.test(condition, holds),
            Expr::And(parts) if holds => self.and(parts)?,
            Expr::Or(parts) if !holds => self.product(parts.iter().map(|part| self.any(part, false)))?,
            Expr::And(parts) | Expr::Or(parts) => {
                let groups: Result<Vec<Vec<Filters>>> = parts.iter().map(|part| self.any(part, holds)).collect();
                groups?.concat()
            }
        };
        if groups.len() > ENOUGH { Err(not_expressible(expr, "it takes too many groups")) } else { Ok(groups) }
    }

    fn not(&self, whole: &Expr, part: &Expr, holds: bool) -> Result<Vec<Filters>> {
        if let (Expr::Test(condition), true) = (part, holds)
            && let Some(pattern) = pattern(&condition.test)
        {
            let filter = filter(&condition.property, "NOT_CONTAINS_TOKEN", Some(pattern));
            return Ok(or_missing(&condition.property, filter));
        }
        self.any(part, !holds).map_err(|error| if error.code() == "not_expressible" { within(whole, error) } else { error })
    }

    /// Every group of one part with every group of the others. A negative test together with `is set` is one filter of HubSpot's.
    fn and(&self, parts: &[Expr]) -> Result<Vec<Filters>> {
        let mut taken = vec![false; parts.len()];
        let mut pairs = vec![false; parts.len()];
        for (index, part) in parts.iter().enumerate() {
            let Some(property) = negative(part).filter(|property| property.optional) else { continue };
            let sets = |other: &usize| {
                !taken[*other] && matches!(&parts[*other], Expr::Test(test) if test.test == Test::Set && test.property.key == property.key)
            };
            let next = Some(index + 1).filter(|next| *next < parts.len()).filter(sets);
            if let Some(set) = next.or_else(|| (0..parts.len()).find(sets)) {
                (taken[set], pairs[index]) = (true, true);
            }
        }
        let left = (0..parts.len()).filter(|index| !taken[*index]);
        self.product(left.map(|index| {
            let groups = self.any(&parts[index], true)?;
            // The group that asks for a missing value comes first.
            Ok(if pairs[index] { groups.into_iter().skip(1).collect() } else { groups })
        }))
    }

    fn product(&self, parts: impl Iterator<Item = Result<Vec<Filters>>>) -> Result<Vec<Filters>> {
        let mut product: Vec<Filters> = vec![Vec::new()];
        for groups in parts {
            let groups = groups?;
            product = product.iter().flat_map(|before| groups.iter().map(move |group| [before.as_slice(), group].concat())).collect();
            product.truncate(ENOUGH + 1);
        }
        Ok(product)
    }

    fn test(&self, condition: &Condition, holds: bool) -> Result<Vec<Filters>> {
        let property = &*condition.property;
        let refuse = |why: &str| {
            let test = Expr::Test(condition.clone());
            not_expressible(&if holds { test } else { Expr::Not(Box::new(test)) }, why)
        };
        let test = if holds {
            condition.test.clone()
        } else {
            opposite(property, &condition.test).ok_or_else(|| refuse("there is no opposite"))?
        };
        if matches!(property.kind, Type::Duration { .. }) {
            return Err(refuse("it counts from now"));
        }
        let plain = |operator, value| Ok(vec![vec![filter(property, operator, value)]]);
        let text = |value: &Value| self.range(property, value).map_err(|why| refuse(&why)).map(|(first, _)| first);
        match &test {
            Test::Set => plain("HAS_PROPERTY", None),
            Test::NotSet => plain("NOT_HAS_PROPERTY", None),
            Test::Is(comparison, value) => {
                let (first, last) = self.range(property, value).map_err(|why| refuse(&why))?;
                if first != last {
                    return self.day(property, *comparison, first, last).ok_or_else(|| refuse("HubSpot knows no days"));
                }
                match comparison {
                    Comparison::Eq => plain("EQ", Some(first)),
                    Comparison::Lt => plain("LT", Some(first)),
                    Comparison::Le => plain("LTE", Some(first)),
                    Comparison::Gt => plain("GT", Some(first)),
                    Comparison::Ge => plain("GTE", Some(first)),
                    Comparison::Ne => Ok(or_missing(property, filter(property, "NEQ", Some(first)))),
                }
            }
            Test::In(values) | Test::NotIn(values) => {
                let day = |value: &Value| matches!(value, Value::Time(TimeExpr::Day(_)));
                if property.kind != Type::Date && values.iter().any(day) {
                    return Err(refuse("HubSpot knows no days"));
                }
                let values = Some(values.iter().map(text).collect::<Result<Vec<_>>>()?);
                let of = |operator| HubspotFilter { values: values.clone(), ..filter(property, operator, None) };
                if matches!(test, Test::In(_)) { Ok(vec![vec![of("IN")]]) } else { Ok(or_missing(property, of("NOT_IN"))) }
            }
            Test::Contains(_) | Test::HasWord(_) => match pattern(&test) {
                Some(pattern) => plain("CONTAINS_TOKEN", Some(pattern)),
                None => Err(refuse("it is more than a word, or a part of one")),
            },
            Test::StartsWith(_) => Err(refuse("HubSpot looks for words only")),
            Test::Between(from, to) => {
                let (first, _) = self.range(property, from).map_err(|why| refuse(&why))?;
                let (_, last) = self.range(property, to).map_err(|why| refuse(&why))?;
                Ok(vec![vec![between(property, first, last)]])
            }
        }
    }

    /// A whole day.
    fn day(&self, property: &Property, comparison: Comparison, first: String, last: String) -> Option<Vec<Filters>> {
        let plain = |operator, value| vec![vec![filter(property, operator, Some(value))]];
        Some(match comparison {
            Comparison::Eq => vec![vec![between(property, first, last)]],
            Comparison::Lt => plain("LT", first),
            Comparison::Le => plain("LTE", last),
            Comparison::Gt => plain("GT", last),
            Comparison::Ge => plain("GTE", first),
            Comparison::Ne => return None,
        })
    }

    /// The first and the last of what a value covers, as HubSpot writes them.
    fn range(&self, property: &Property, value: &Value) -> std::result::Result<(String, String), String> {
        let one = |text: String| Ok((text.clone(), text));
        match value {
            Value::Name(name) if property.key == Key::State => one((**name == *"CLOSED").to_string()),
            Value::Text(text) | Value::Email(text) => one(text.clone()),
            Value::Name(name) => one(name.to_string()),
            Value::Number(number) => one(number.to_string()),
            Value::Decimal(number) => one(number.to_string()),
            Value::Bool(value) => one(value.to_string()),
            Value::Ref(choice) => one(choice.id.to_string()),
            Value::Time(time @ (TimeExpr::At(_) | TimeExpr::Local(_) | TimeExpr::Day(_))) if property.kind == Type::Date => {
                Ok(ends(time.days(&self.context)))
            }
            Value::Time(time @ (TimeExpr::At(_) | TimeExpr::Local(_) | TimeExpr::Day(_))) => Ok(ends(time.range(&self.context))),
            Value::Time(_) | Value::Duration(_) => Err("it is relative to now, and HubSpot takes fixed times only".into()),
            Value::Me | Value::MyTeam => Err("it depends on who asks".into()),
        }
    }
}

fn filter(property: &Property, operator: &str, value: Option<String>) -> HubspotFilter {
    HubspotFilter { property_name: name(property).to_owned(), operator: operator.to_owned(), value, high_value: None, values: None }
}

fn between(property: &Property, first: String, last: String) -> HubspotFilter {
    HubspotFilter { high_value: Some(last), ..filter(property, "BETWEEN", Some(first)) }
}

/// HubSpot's negative operators leave out what is missing.
fn or_missing(property: &Property, negative: HubspotFilter) -> Vec<Filters> {
    if property.optional { vec![vec![filter(property, "NOT_HAS_PROPERTY", None)], vec![negative]] } else { vec![vec![negative]] }
}

fn pattern(test: &Test) -> Option<String> {
    match test {
        Test::Contains(text) => around(text),
        Test::HasWord(pattern) => Some(pattern.clone()),
        _ => None,
    }
}

/// The property of a test that a missing value satisfies.
fn negative(part: &Expr) -> Option<&Property> {
    match part {
        Expr::Test(condition) if matches!(condition.test, Test::Is(Comparison::Ne, _) | Test::NotIn(_)) => Some(&condition.property),
        Expr::Not(inner) => match &**inner {
            Expr::Test(condition) => pattern(&condition.test).map(|_| &*condition.property),
            _ => None,
        },
        _ => None,
    }
}

/// The test that holds where this one does not; none where only `not` says it.
fn opposite(property: &Property, test: &Test) -> Option<Test> {
    let compared = |comparison, value: &Value| Some(Test::Is(comparison, value.clone())).filter(|_| !property.optional);
    match test {
        Test::Set => Some(Test::NotSet),
        Test::NotSet => Some(Test::Set),
        Test::In(values) => Some(Test::NotIn(values.clone())),
        Test::NotIn(values) => Some(Test::In(values.clone())),
        Test::Is(Comparison::Eq, value) => Some(Test::Is(Comparison::Ne, value.clone())),
        Test::Is(Comparison::Ne, value) => Some(Test::Is(Comparison::Eq, value.clone())),
        Test::Is(Comparison::Lt, value) => compared(Comparison::Ge, value),
        Test::Is(Comparison::Le, value) => compared(Comparison::Gt, value),
        Test::Is(Comparison::Gt, value) => compared(Comparison::Le, value),
        Test::Is(Comparison::Ge, value) => compared(Comparison::Lt, value),
        _ => None,
    }
}

/// The same refusal, naming the whole.
fn within(whole: &Expr, error: Error) -> Error {
    not_expressible(whole, error.message().rsplit(": ").next().unwrap_or("it stands under not"))
}
