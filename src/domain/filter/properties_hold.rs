//! Property tests: what is written reads back, and nothing that is typed makes it panic.

use jiff::civil::{Date, DateTime};
use proptest::prelude::*;

use super::tests::{Sample, context, filter};
use super::*;
use crate::domain::time::Time;

fn any_time() -> impl Strategy<Value = TimeExpr> {
    let date = (0i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let local = (date.clone(), 0i8..24, 0i8..60, 0i8..60, 0i32..1000)
        .prop_map(|(date, hour, minute, second, ms)| DateTime::from_parts(date, jiff::civil::time(hour, minute, second, ms * 1_000_000)));
    prop_oneof![
        (-62_000_000_000_000i64..250_000_000_000_000).prop_map(|ms| TimeExpr::At(Time(ms))),
        local.prop_map(TimeExpr::Local),
        date.prop_map(TimeExpr::Day),
        (-1_000_000_000i64..1_000_000_000).prop_map(|seconds| TimeExpr::FromNow(seconds * 1000)),
        prop::sample::select(vec![TimeExpr::Today, TimeExpr::Yesterday]),
        prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]).prop_map(TimeExpr::StartOf),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\\x00]{0,12}", "(?i)and|or|not|me|now|\"|\\\\|łódź|in \\(", any::<String>().prop_map(|text| text.replace('\0', ""))]
}

fn any_value(kind: Type) -> BoxedStrategy<Value> {
    match kind {
        Type::Text => any_text().prop_map(Value::Text).boxed(),
        Type::Enum(options) => prop::sample::select(options.names.to_vec()).prop_map(Value::Name).boxed(),
        Type::Reference(_) | Type::Date | Type::Decimal => unreachable!("conversations have none"),
        Type::Number => any::<i64>().prop_map(Value::Number).boxed(),
        Type::Time => any_time().prop_map(Value::Time).boxed(),
        Type::Duration { .. } => (0i64..1_000_000_000).prop_map(|seconds| Value::Duration(seconds * 1000)).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::User => prop_oneof![Just(Value::Me), any_text().prop_map(Value::Email)].boxed(),
    }
}

fn any_condition() -> impl Strategy<Value = Expr> {
    let fitting = prop::sample::select(CONVERSATIONS.properties.clone()).prop_flat_map(|property| {
        let operators: Vec<_> = Operator::ALL.into_iter().filter(|operator| property.kind.allows(*operator)).collect();
        let values = prop::collection::vec(any_value(property.kind.clone()), 2..4);
        (Just(property), prop::sample::select(operators), values, "[^\\x00]{1,9}")
    });
    fitting.prop_map(|(property, operator, mut values, text)| {
        if operator == Operator::Between && reversed(&property, &values[0], &values[1]) {
            values.swap(0, 1);
        }
        let [first, second] = [values[0].clone(), values[1].clone()];
        let test = match operator {
            Operator::Eq => Test::Is(Comparison::Eq, first),
            Operator::Ne => Test::Is(Comparison::Ne, first),
            Operator::Lt => Test::Is(Comparison::Lt, first),
            Operator::Le => Test::Is(Comparison::Le, first),
            Operator::Gt => Test::Is(Comparison::Gt, first),
            Operator::Ge => Test::Is(Comparison::Ge, first),
            Operator::In => Test::In(values),
            Operator::NotIn => Test::NotIn(values),
            Operator::Contains => Test::Contains(text),
            Operator::HasWord => Test::HasWord(format!("{}w", text.replace('*', ""))),
            Operator::StartsWith => Test::StartsWith(text),
            Operator::Set => Test::Set,
            Operator::NotSet => Test::NotSet,
            Operator::Between => Test::Between(first, second),
        };
        Expr::Test(Condition { property, test })
    })
}

fn any_expr() -> impl Strategy<Value = Expr> {
    any_condition().prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::all),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::any),
            inner.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(expr in any_expr()) {
        let text = expr.to_string();
        let read = Filter::<Conversations>::parse(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.expr(), &expr);
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn v3_negated_operators_are_plain_negations(expr in any_condition(), known in any::<bool>()) {
        let Expr::Test(condition) = expr else { unreachable!() };
        let opposite = match condition.test.clone() {
            Test::Is(Comparison::Eq, value) => Test::Is(Comparison::Ne, value),
            Test::In(values) => Test::NotIn(values),
            Test::Set => Test::NotSet,
            _ => return Ok(()),
        };
        let opposite = Expr::Test(Condition { property: condition.property.clone(), test: opposite });
        let holds = |expr: &Expr| eval::prepare(expr, &context()).matches(&Sample(known));
        prop_assert_ne!(holds(&Expr::Test(condition)), holds(&opposite));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Filter::<Conversations>::parse(&text);
        let _ = read_map_argument(&text);
    }

    #[test]
    fn no_words_make_it_panic(words in prop::collection::vec(prop::sample::select(vec![
        "open", "status", "age", "started_at", "owner", "subject", "spam", "message_count", "=", "!=", "<", ">=", "in", "not",
        "is", "set", "between", "and", "or", "(", ")", ",", "contains", "starts", "with", "start", "of", "week", "-7d", "7d", "me",
        "5", "\"", "\"x\"", "\\", "2026-03-28", "2026-03-28T16:00", "+", "-", "-d", "ł", "9999-12-31", "-9223372036854775807s",
    ]), 0..12), glue in prop::sample::select(vec![" ", ""])) {
        let text = words.join(glue);
        if let Ok(read) = Filter::<Conversations>::parse(&text) {
            prop_assert_eq!(&filter(&read.to_string()), &read);
            let edges = [Time(i64::MIN), Time(0), Time(i64::MAX), context().now];
            for now in edges {
                read.prepare(&EvalContext { now, ..context() }).matches(&Sample(true));
            }
        }
        let _ = read_map_argument(&text);
    }
}
