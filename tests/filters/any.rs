//! Any filter that an account can have.

use std::sync::Arc;

use deskctl::domain::filter::{Comparison, Condition, Expr, Operator, Own, Property, Schema, Test, TimeExpr, Type, Unit, Value, reversed};
use deskctl::domain::time::Time;
use jiff::civil::Date;
use proptest::prelude::*;

use super::world::{NOW, PIECES, USERS, decimal};

const DAY: i64 = 86_400_000;

pub fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..4).prop_map(|pieces| pieces.concat())
}

/// A word as `contains word` takes it, with stars.
fn pattern() -> impl Strategy<Value = String> {
    (any::<bool>(), prop::sample::select(PIECES), prop::sample::select(vec!["", "a", "ß", " s"]), any::<bool>()).prop_map(
        |(before, word, more, after)| {
            let word = format!("{}{more}x", word.replace('*', ""));
            let word = word.trim_end_matches(if word.chars().filter(|c| c.is_alphanumeric()).count() > 1 { 'x' } else { '\0' }).to_owned();
            format!("{}{word}{}", if before { "*" } else { "" }, if after { "*" } else { "" })
        },
    )
}

fn time() -> impl Strategy<Value = TimeExpr> {
    let near = NOW.0 - 6 * DAY..NOW.0 + 2 * DAY;
    prop_oneof![
        near.prop_map(|ms| TimeExpr::At(Time(ms / 3_600_000 * 3_600_000))),
        (22i8..=29).prop_map(|day| TimeExpr::Day(Date::new(2026, 3, day).unwrap())),
        (22i8..=29, 0i8..24).prop_map(|(day, hour)| TimeExpr::Local(Date::new(2026, 3, day).unwrap().at(hour, 0, 0, 0))),
        (-6 * 24..24i64).prop_map(|hours| TimeExpr::FromNow(hours * 3_600_000)),
        prop::sample::select(vec![TimeExpr::Today, TimeExpr::Yesterday]),
        prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]).prop_map(TimeExpr::StartOf),
    ]
}

fn value(kind: &Type) -> BoxedStrategy<Value> {
    match kind {
        Type::Text => text().prop_map(Value::Text).boxed(),
        Type::Enum(options) => prop::sample::select(options.names.to_vec()).prop_map(Value::Name).boxed(),
        Type::Number => (-2i64..12).prop_map(Value::Number).boxed(),
        Type::Decimal => (-20i64..100).prop_map(|tenths| Value::Decimal(decimal(tenths))).boxed(),
        Type::Time | Type::Date => time().prop_map(Value::Time).boxed(),
        Type::Duration { .. } => (0i64..150).prop_map(|hours| Value::Duration(hours * 3_600_000)).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::User => {
            let emails = USERS.iter().map(|(_, email, _)| Value::Email((*email).to_owned()));
            prop::sample::select(emails.chain([Value::Me, Value::Email("me".into())]).collect::<Vec<_>>()).boxed()
        }
        Type::Reference(choices) => {
            let mut values: Vec<Value> = choices.list.iter().cloned().map(Value::Ref).collect();
            // One that is gone.
            values.push(Value::Ref(choices.by_id(77)));
            values.extend(choices.own.map(|own| if own == Own::Me { Value::Me } else { Value::MyTeam }));
            prop::sample::select(values).boxed()
        }
    }
}

fn test(property: &Property, operator: Operator, mut values: Vec<Value>, text: String, pattern: String) -> Test {
    if operator == Operator::Between && reversed(property, &values[0], &values[1]) {
        values.swap(0, 1);
    }
    let [first, second] = [values[0].clone(), values[1].clone()];
    match operator {
        Operator::Eq => Test::Is(Comparison::Eq, first),
        Operator::Ne => Test::Is(Comparison::Ne, first),
        Operator::Lt => Test::Is(Comparison::Lt, first),
        Operator::Le => Test::Is(Comparison::Le, first),
        Operator::Gt => Test::Is(Comparison::Gt, first),
        Operator::Ge => Test::Is(Comparison::Ge, first),
        Operator::In => Test::In(values),
        Operator::NotIn => Test::NotIn(values),
        Operator::Contains => Test::Contains(text),
        Operator::HasWord => Test::HasWord(pattern),
        Operator::StartsWith => Test::StartsWith(text),
        Operator::Set => Test::Set,
        Operator::NotSet => Test::NotSet,
        Operator::Between => Test::Between(first, second),
    }
}

pub fn condition(properties: Vec<Arc<Property>>) -> impl Strategy<Value = Expr> {
    let fitting = prop::sample::select(properties).prop_flat_map(|property| {
        let operators: Vec<_> = Operator::ALL.into_iter().filter(|operator| property.kind.allows(*operator)).collect();
        let values = prop::collection::vec(value(&property.kind), 2..4);
        (Just(property), prop::sample::select(operators), values, text(), pattern())
    });
    fitting.prop_map(|(property, operator, values, text, pattern)| {
        let test = test(&property, operator, values, text, pattern);
        Expr::Test(Condition { property, test })
    })
}

pub fn expr(schema: &Schema) -> impl Strategy<Value = Expr> {
    condition(schema.properties.clone()).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::all),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::any),
            inner.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
}
