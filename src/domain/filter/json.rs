//! deskctl's own JSON of a filter: everything that its text can say, and what belongs to the account by id.
//!
//! ```json
//! {"and": [
//!   {"property": "status", "operator": "=", "value": {"id": 3, "name": "Waiting on us"}},
//!   {"property": "priority", "operator": "in", "values": ["HIGH", "URGENT"]},
//!   {"not": {"property": "owner", "operator": "=", "value": {"who": "me"}}},
//!   {"property": "created_at", "operator": "between", "from": "-7d", "to": "today"},
//!   {"property": "closed_at", "operator": "is not set"}
//! ]}
//! ```
//!
//! The id counts and the name is for people: a stage that got a new name is written with it the next time, and a filter on one that is
//! gone means `#3`, which nothing is.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::ast::{Condition, Expr, Operator, Test, Value};
use super::problem::{Problem, shown};
use super::property::{Property, Schema, Type};
use super::value::{Typed, read};
use super::{Filter, MAX_DEPTH, comparison};
use crate::domain::decimal::Decimal;
use crate::error::{Error, Result};

impl<S> Filter<S> {
    /// deskctl's own JSON.
    pub fn to_json(&self) -> Json {
        expr_to_json(self.expr())
    }

    /// Reads deskctl's own JSON.
    ///
    /// # Errors
    /// `bad_filter` (exit 2) with the `path` of what is wrong.
    pub fn from_json(json: &Json, schema: &Schema) -> Result<Filter<S>> {
        let expr = Reader { schema, path: Vec::new() }.expr(json)?;
        Filter::from_expr_in(expr, schema)
    }
}

fn expr_to_json(expr: &Expr) -> Json {
    match expr {
        Expr::And(parts) => json!({ "and": parts.iter().map(expr_to_json).collect::<Vec<_>>() }),
        Expr::Or(parts) => json!({ "or": parts.iter().map(expr_to_json).collect::<Vec<_>>() }),
        Expr::Not(part) => json!({ "not": expr_to_json(part) }),
        Expr::Test(condition) => condition_to_json(condition),
    }
}

fn condition_to_json(condition: &Condition) -> Json {
    let mut json = json!({ "property": condition.property.name, "operator": condition.test.operator().as_str() });
    match &condition.test {
        Test::Set | Test::NotSet => {}
        Test::Is(_, value) => json["value"] = value_to_json(value),
        Test::In(values) | Test::NotIn(values) => json["values"] = values.iter().map(value_to_json).collect(),
        Test::Contains(text) | Test::HasWord(text) | Test::StartsWith(text) => json["value"] = text.as_str().into(),
        Test::Between(from, to) => {
            json["from"] = value_to_json(from);
            json["to"] = value_to_json(to);
        }
    }
    json
}

fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Email(text) => text.as_str().into(),
        Value::Name(name) => (**name).into(),
        Value::Number(number) => (*number).into(),
        Value::Decimal(number) => number.json(),
        Value::Bool(value) => (*value).into(),
        Value::Time(_) | Value::Duration(_) => value.to_string().into(),
        Value::Me | Value::MyTeam => json!({ "who": value.to_string() }),
        Value::Ref(choice) => json!({ "id": choice.id, "name": &*choice.name }),
    }
}

/// Knows where it is, for messages.
struct Reader<'s> {
    schema: &'s Schema,
    path: Vec<String>,
}

impl Reader<'_> {
    fn at<T>(&mut self, step: impl ToString, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.path.push(step.to_string());
        let found = read(self)?;
        self.path.pop();
        Ok(found)
    }

    fn bad(&self, reason: impl Into<String>) -> Error {
        self.problem(Problem::new(0, reason))
    }

    fn problem(&self, problem: Problem) -> Error {
        problem.into_error_at(&self.path)
    }

    fn expr(&mut self, json: &Json) -> Result<Expr> {
        if self.path.len() > 3 * MAX_DEPTH {
            return Err(self.bad(format!("it is nested more than {MAX_DEPTH} deep")));
        }
        let object = self.object(json)?;
        for (join, make) in [("and", Expr::all as fn(Vec<Expr>) -> Expr), ("or", Expr::any)] {
            if let Some(parts) = object.get(join) {
                self.only(object, &[join])?;
                return self.at(join, |reader| Ok(make(reader.list(parts, Reader::expr)?)));
            }
        }
        if let Some(part) = object.get("not") {
            self.only(object, &["not"])?;
            return self.at("not", |reader| Ok(Expr::Not(Box::new(reader.expr(part)?))));
        }
        self.condition(object)
    }

    fn condition(&mut self, object: &Map<String, Json>) -> Result<Expr> {
        let name = self.text(object, "property")?;
        let Some(property) = self.schema.property(name).map(Arc::clone) else {
            let problem = Problem::new(0, format!("a {} has no property \"{}\"", self.schema.object, shown(name)));
            return Err(self.problem(problem.suggest(name, self.schema.names())));
        };
        let typed = self.text(object, "operator")?;
        let known = Operator::ALL.into_iter().find(|operator| operator.as_str() == typed);
        let Some(operator) = known.filter(|operator| property.kind.allows(*operator)) else {
            let fitting: Vec<_> =
                Operator::ALL.into_iter().filter(|operator| property.kind.allows(*operator)).map(Operator::as_str).collect();
            let problem = Problem::new(0, format!("\"{}\" does not fit {}", shown(typed), property.name));
            return Err(self.problem(problem.hint(format!("{} takes {}", property.name, fitting.join(", ")))));
        };
        let fields: &[&str] = match operator {
            Operator::Set | Operator::NotSet => &[],
            Operator::In | Operator::NotIn => &["values"],
            Operator::Between => &["from", "to"],
            _ => &["value"],
        };
        self.only(object, &[&["property", "operator"], fields].concat())?;
        let test = self.test(object, &property, operator)?;
        Ok(Expr::Test(Condition { property, test }))
    }

    fn test(&mut self, object: &Map<String, Json>, property: &Property, operator: Operator) -> Result<Test> {
        let value = |reader: &mut Self, field: &str| match object.get(field) {
            Some(json) => reader.at(field, |reader| reader.value(property, json)),
            None => Err(reader.bad(format!("\"{field}\" is missing"))),
        };
        Ok(match operator {
            Operator::Set => Test::Set,
            Operator::NotSet => Test::NotSet,
            Operator::In | Operator::NotIn => {
                let values = object.get("values").unwrap_or(&Json::Null);
                let values = self.at("values", |reader| reader.list(values, |reader, json| reader.value(property, json)))?;
                if operator == Operator::In { Test::In(values) } else { Test::NotIn(values) }
            }
            Operator::Between => Test::Between(value(self, "from")?, value(self, "to")?),
            Operator::Contains => Test::Contains(self.text(object, "value")?.to_owned()),
            Operator::HasWord => Test::HasWord(self.text(object, "value")?.to_owned()),
            Operator::StartsWith => Test::StartsWith(self.text(object, "value")?.to_owned()),
            other => match comparison(other) {
                Some(comparison) => Test::Is(comparison, value(self, "value")?),
                None => return Err(self.bad(format!("\"{}\" cannot stand here", other.as_str()))),
            },
        })
    }

    fn value(&mut self, property: &Property, json: &Json) -> Result<Value> {
        match (&property.kind, json) {
            (Type::Number, Json::Number(number)) if number.is_i64() => Ok(Value::Number(number.as_i64().unwrap_or_default())),
            (Type::Bool, Json::Bool(value)) => Ok(Value::Bool(*value)),
            (Type::Decimal, Json::Number(number)) => match Decimal::from_json(number) {
                Some(number) => Ok(Value::Decimal(number)),
                None => Err(self.bad(format!("{} needs {}", property.name, property.kind.describe()))),
            },
            (Type::Number | Type::Decimal | Type::Bool, _) => {
                Err(self.bad(format!("{} needs {}", property.name, property.kind.describe())))
            }
            (_, Json::String(text)) => read(property, &Typed { at: 0, text, quoted: true }).map_err(|problem| self.problem(problem)),
            (Type::User | Type::Reference(_), Json::Object(object)) => self.person_or_place(property, object),
            _ => Err(self.bad(format!("{} needs {}, as a text", property.name, property.kind.describe()))),
        }
    }

    /// `{"who": "me"}`, `{"who": "my team"}`, `{"id": 7}`, the last with a name for people.
    fn person_or_place(&mut self, property: &Property, object: &Map<String, Json>) -> Result<Value> {
        match (object.get("who").and_then(Json::as_str), object.get("id").and_then(Json::as_i64), &property.kind) {
            (Some("me"), None, Type::User) => Ok(Value::Me),
            (Some(who), None, Type::Reference(choices)) => match (who, choices.own) {
                ("me", Some(super::Own::Me)) => Ok(Value::Me),
                ("my team", Some(super::Own::Team)) => Ok(Value::MyTeam),
                _ => Err(self.bad(format!("{} is never \"{}\"", property.name, shown(who)))),
            },
            (None, Some(id), Type::Reference(choices)) => {
                self.only(object, &["id", "name"])?;
                Ok(Value::Ref(choices.by_id(id)))
            }
            _ => Err(self.bad(format!("{} needs {{\"id\": …}}, or {{\"who\": …}}", property.name))),
        }
    }

    fn list<T>(&mut self, json: &Json, mut read: impl FnMut(&mut Self, &Json) -> Result<T>) -> Result<Vec<T>> {
        match json.as_array().filter(|list| !list.is_empty()) {
            Some(list) => list.iter().enumerate().map(|(index, json)| self.at(index, |reader| read(reader, json))).collect(),
            None => Err(self.bad("a list belongs here, and not an empty one")),
        }
    }

    fn object<'j>(&self, json: &'j Json) -> Result<&'j Map<String, Json>> {
        let example = "{\"property\": …, \"operator\": …, \"value\": …}";
        json.as_object().ok_or_else(|| self.bad("an object belongs here").hint(format!("such as {example}")))
    }

    fn text<'j>(&self, object: &'j Map<String, Json>, field: &str) -> Result<&'j str> {
        object.get(field).and_then(Json::as_str).ok_or_else(|| self.bad(format!("\"{field}\" is missing, or no text")))
    }

    fn only(&self, object: &Map<String, Json>, fields: &[&str]) -> Result<()> {
        match object.keys().find(|key| !fields.contains(&key.as_str())) {
            Some(unknown) => Err(self.bad(format!("\"{}\" does not belong here", shown(unknown)))),
            None => Ok(()),
        }
    }
}
