//! HubSpot's `filterGroups`: groups joined by OR, of filters joined by AND.
//!
//! From there to a filter nothing is lost: a filter that was read from them writes the same groups again (values as texts, times as
//! milliseconds). The other way all is written that can be said so: what stands under `not`, or an `or` inside an `and`, is spread
//! over groups where these suffice; else `not_expressible` names the part.
//!
//! HubSpot's negative operators leave out what lacks the property, ours do not (V3): `NEQ` is `x != 1 and x is set`, where `x` can
//! be missing at all. `CONTAINS_TOKEN` is `contains word`; between two stars it is `contains`.

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::ast::{Comparison, Condition, Expr, Test, Value};
use super::eval::{EvalContext, Range};
use super::problem::{Problem, shown};
use super::property::{Key, Property, Schema, Type};
use super::time_expr::TimeExpr;
use super::{Filter, word};
use crate::domain::fold::fold;
use crate::domain::ticket::properties;
use crate::domain::time::Time;
use crate::error::{Error, Exit, Result};

/// How many groups HubSpot takes, filters in a group, and filters in all.
const MOST: (usize, usize, usize) = (5, 6, 18);

/// HubSpot's names of what is no column of tickets; columns have theirs in the registry, and others go by their own.
const NAMES: &[(Key, &str)] = &[
    (Key::Pipeline, "hs_pipeline"),
    (Key::State, "hs_is_closed"),
    (Key::Channel, "hs_originating_channel_instance_id"),
    (Key::ConversationCount, "hs_num_associated_conversations"),
];

/// What HubSpot's search takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FilterGroups {
    /// Joined by OR.
    pub filter_groups: Vec<Group>,
}

/// Filters joined by AND.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// One or more.
    pub filters: Vec<HubspotFilter>,
}

/// One of HubSpot's filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubspotFilter {
    /// HubSpot's name of the property.
    pub property_name: String,
    /// `EQ`, `NEQ` …
    pub operator: String,
    /// Of operators with one value; the lower end of `BETWEEN`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "scalar")]
    pub value: Option<String>,
    /// The upper end of `BETWEEN`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "scalar")]
    pub high_value: Option<String>,
    /// Of `IN` and `NOT_IN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// A text, a number or a truth value, as its text.
fn scalar<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<String>, D::Error> {
    match Json::deserialize(deserializer)? {
        Json::String(text) => Ok(Some(text)),
        Json::Number(number) => Ok(Some(number.to_string())),
        Json::Bool(value) => Ok(Some(value.to_string())),
        _ => Err(serde::de::Error::custom("a value is a text, a number or a truth value")),
    }
}

impl<S> Filter<S> {
    /// Reads `{"filterGroups": […]}`.
    ///
    /// # Errors
    /// `bad_filter` (exit 2) with the `path` of what is wrong.
    pub fn from_filter_groups(groups: &FilterGroups, schema: &Schema) -> Result<Filter<S>> {
        check_limits(groups).map_err(|reason| bad(&[], Problem::new(0, reason)))?;
        let mut any = Vec::new();
        for (index, group) in groups.filter_groups.iter().enumerate() {
            let mut all = Vec::new();
            for (place, filter) in group.filters.iter().enumerate() {
                let path = ["filterGroups".into(), index.to_string(), "filters".into(), place.to_string()];
                all.push(read(filter, schema).map_err(|problem| bad(&path, problem))?);
            }
            any.push(Expr::all(all));
        }
        Filter::from_expr_in(Expr::any(any), schema)
    }

    /// As `filterGroups`; days and wall clock times are those of `zone`.
    ///
    /// # Errors
    /// `not_expressible` (exit 6) with the `part` that HubSpot's form has no words for.
    pub fn to_filter_groups(&self, zone: &TimeZone) -> Result<FilterGroups> {
        let writer = super::hubspot_write::Writer { context: EvalContext::new(Time(0), zone.clone()) };
        let groups = writer.any(self.expr(), true)?;
        let groups = FilterGroups { filter_groups: groups.into_iter().map(|filters| Group { filters }).collect() };
        check_limits(&groups).map_err(|reason| not_expressible(self.expr(), &reason))?;
        Ok(groups)
    }
}

fn check_limits(groups: &FilterGroups) -> std::result::Result<(), String> {
    let (most_groups, most_filters, most) = MOST;
    let sizes: Vec<usize> = groups.filter_groups.iter().map(|group| group.filters.len()).collect();
    if sizes.is_empty() || sizes.contains(&0) {
        return Err("a group without filters, or no group at all, filters nothing".into());
    }
    if sizes.len() > most_groups || sizes.iter().any(|size| *size > most_filters) || sizes.iter().sum::<usize>() > most {
        return Err(format!("HubSpot takes at most {most_groups} groups of {most_filters} filters, {most} filters in all"));
    }
    Ok(())
}

fn bad(path: &[String], problem: Problem) -> Error {
    problem.into_error_at(path)
}

pub(super) fn not_expressible(part: &Expr, why: &str) -> Error {
    let part = part.to_string();
    Error::new(Exit::Refused, "not_expressible", format!("HubSpot's filterGroups cannot say \"{}\": {why}", shown(&part)))
        .detail("part", part)
}

/// HubSpot's name of a property.
pub(super) fn name(property: &Property) -> &str {
    let column = properties::of_key(property.key).and_then(|column| column.filtered.as_ref()?.hubspot);
    let other = || NAMES.iter().find(|(key, _)| *key == property.key).map(|(_, name)| *name);
    column.or_else(other).unwrap_or(&property.name)
}

fn find<'s>(typed: &str, schema: &'s Schema) -> std::result::Result<&'s Arc<Property>, Problem> {
    let fitting = |property: &&Arc<Property>| !matches!(property.kind, Type::Duration { .. });
    schema.properties.iter().filter(fitting).find(|property| name(property) == typed).ok_or_else(|| {
        let names = schema.properties.iter().filter(fitting).map(|property| name(property));
        Problem::new(0, format!("there is no property \"{}\" here", shown(typed))).suggest(typed, names)
    })
}

fn read(filter: &HubspotFilter, schema: &Schema) -> std::result::Result<Expr, Problem> {
    let property = find(&filter.property_name, schema)?;
    let missing = |field: &str| Problem::new(0, format!("{} needs \"{field}\"", filter.operator));
    let one = || filter.value.as_deref().ok_or_else(|| missing("value"));
    let many = || filter.values.as_deref().filter(|values| !values.is_empty()).ok_or_else(|| missing("values"));
    let list = || many()?.iter().map(|text| value(property, text)).collect::<std::result::Result<Vec<_>, _>>();
    let is = |comparison| Ok(Test::Is(comparison, value(property, one()?)?));
    let test = match filter.operator.as_str() {
        "EQ" => is(Comparison::Eq)?,
        "NEQ" => is(Comparison::Ne)?,
        "LT" => is(Comparison::Lt)?,
        "LTE" => is(Comparison::Le)?,
        "GT" => is(Comparison::Gt)?,
        "GTE" => is(Comparison::Ge)?,
        "BETWEEN" => {
            let high = filter.high_value.as_deref().ok_or_else(|| missing("highValue"))?;
            Test::Between(value(property, one()?)?, value(property, high)?)
        }
        "IN" => Test::In(list()?),
        "NOT_IN" => Test::NotIn(list()?),
        "HAS_PROPERTY" => Test::Set,
        "NOT_HAS_PROPERTY" => Test::NotSet,
        "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN" => token(one()?)?,
        other => {
            let known = ["EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"];
            let known = known.into_iter().chain(["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"]);
            return Err(Problem::new(0, format!("HubSpot has no operator \"{}\"", shown(other))).suggest(other, known));
        }
    };
    if !property.kind.allows(test.operator()) {
        return Err(Problem::new(0, format!("{} does not fit {}", filter.operator, filter.property_name)));
    }
    superfluous(filter, &test)?;
    let condition = |test| Expr::Test(Condition { property: Arc::clone(property), test });
    let negative = match &test {
        Test::Is(Comparison::Ne, _) | Test::NotIn(_) => condition(test),
        _ if filter.operator == "NOT_CONTAINS_TOKEN" => Expr::Not(Box::new(condition(test))),
        _ => return Ok(condition(test)),
    };
    Ok(if property.optional { Expr::all(vec![negative, condition(Test::Set)]) } else { negative })
}

/// What would not come back is refused.
fn superfluous(filter: &HubspotFilter, test: &Test) -> std::result::Result<(), Problem> {
    let (value, high, values) = match test {
        Test::Set | Test::NotSet => (false, false, false),
        Test::In(_) | Test::NotIn(_) => (false, false, true),
        Test::Between(..) => (true, true, false),
        _ => (true, false, false),
    };
    let fits = value == filter.value.is_some() && high == filter.high_value.is_some() && values == filter.values.is_some();
    if fits { Ok(()) } else { Err(Problem::new(0, format!("{} takes no such values", filter.operator))) }
}

fn token(pattern: &str) -> std::result::Result<Test, Problem> {
    word::check(pattern).map_err(|reason| Problem::new(0, reason))?;
    Ok(match inside(pattern) {
        Some(text) => Test::Contains(text.to_owned()),
        None => Test::HasWord(pattern.to_owned()),
    })
}

/// What stands between two stars, where looking for it in words is the same as in the text.
fn inside(pattern: &str) -> Option<&str> {
    let text = pattern.strip_prefix('*')?.strip_suffix('*')?;
    let folded = fold(text);
    (!folded.is_empty() && !folded.chars().any(|c| word::SEPARATORS.contains(c))).then_some(text)
}

/// The pattern of `CONTAINS_TOKEN` for a text; none where it has more than a word, or a part of one.
pub(super) fn around(text: &str) -> Option<String> {
    let pattern = format!("*{text}*");
    inside(&pattern).is_some().then_some(pattern)
}

fn value(property: &Property, text: &str) -> std::result::Result<Value, Problem> {
    let wrong = || Problem::new(0, format!("{} needs {}, not \"{}\"", name(property), property.kind.describe(), shown(text)));
    let closed = |text: &str| match text {
        "true" => Some("CLOSED"),
        "false" => Some("OPEN"),
        _ => None,
    };
    let found = match &property.kind {
        Type::Text => Some(Value::Text(text.to_owned())),
        Type::User => Some(Value::Email(text.to_owned())),
        Type::Enum(_) if property.key == Key::State => closed(text).map(|name| Value::Name(name.into())),
        Type::Enum(options) => options.rank(text).and_then(|rank| options.names.get(rank)).map(|name| Value::Name(Arc::clone(name))),
        Type::Number => text.parse().ok().map(Value::Number),
        Type::Decimal => text.parse().ok().map(Value::Decimal),
        Type::Time => time(text).map(|time| Value::Time(TimeExpr::At(time))),
        Type::Date => time(text).and_then(day).map(|day| Value::Time(TimeExpr::Day(day))),
        Type::Bool => text.parse().ok().map(Value::Bool),
        Type::Reference(choices) => text.parse().ok().filter(|id| choices.has(*id)).map(|id| Value::Ref(choices.by_id(id))),
        Type::Duration { .. } => None,
    };
    found.ok_or_else(|| match &property.kind {
        Type::Reference(choices) => Problem::new(0, format!("no {} has the id \"{}\"", choices.noun, shown(text))),
        _ => wrong(),
    })
}

/// The day of which it is the midnight in UTC.
fn day(time: Time) -> Option<jiff::civil::Date> {
    let time = time.zoned(&TimeZone::UTC);
    (time.time() == jiff::civil::Time::midnight()).then(|| time.date())
}

/// Milliseconds since the epoch, RFC 3339, or a date, which is its midnight in UTC.
fn time(text: &str) -> Option<Time> {
    if let Ok(ms) = text.parse::<i64>() {
        // What no calendar has could not be written back.
        return Some(Time(ms)).filter(|time| time.to_string().parse() == Ok(*time));
    }
    let midnight = || format!("{text}T00:00:00Z").parse().ok();
    text.parse().ok().or_else(midnight)
}

/// The texts of a range's ends.
pub(super) fn ends(range: Range) -> (String, String) {
    (range.first.to_string(), range.last.to_string())
}
