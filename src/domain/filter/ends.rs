//! Whether the ends of `between` are the wrong way round.

use jiff::tz::{TimeZone, offset};

use super::ast::Value;
use super::eval::EvalContext;
use super::property::{Property, Type};
use super::time_expr::TimeExpr;
use crate::domain::time::Time;

/// Moments at which relative times are looked at: beginnings, ends and middles of days, months and years.
const MOMENTS: [i64; 6] = [951_782_400_000, 1_704_067_199_999, 1_704_067_200_000, 1_709_208_000_000, 1_774_710_000_000, 4_102_401_600_000];

/// Whether nothing is ever between the two, for whoever asks at any time.
pub fn reversed(property: &Property, from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) | (Value::Duration(from), Value::Duration(to)) => from > to,
        (Value::Decimal(from), Value::Decimal(to)) => from > to,
        (Value::Name(from), Value::Name(to)) => match &property.kind {
            Type::Enum(options) => options.rank(from) > options.rank(to),
            _ => false,
        },
        (Value::Time(from), Value::Time(to)) => contexts().all(|context| after(property, *from, *to, &context)),
        _ => false,
    }
}

fn after(property: &Property, from: TimeExpr, to: TimeExpr, context: &EvalContext) -> bool {
    if property.kind == Type::Date {
        return from.days(context).first > to.days(context).last;
    }
    from.range(context).first > to.range(context).last
}

fn contexts() -> impl Iterator<Item = EvalContext> {
    let zones = [-12, 0, 14].map(|hours| TimeZone::fixed(offset(hours)));
    MOMENTS.into_iter().flat_map(move |now| zones.clone().map(|zone| EvalContext::new(Time(now), zone)))
}

#[cfg(test)]
mod tests {
    use crate::domain::filter::tests::{failure, filter};

    #[test]
    fn the_ends_of_between_stand_in_their_order() {
        for (text, cure) in [
            ("started_at between today and yesterday", "started_at between yesterday and today"),
            ("started_at between now and -7d", "started_at between -7d and now"),
            ("started_at between 2026-03-02 and 2026-03-01T16:00", "started_at between 2026-03-01T16:00:00 and 2026-03-02"),
            ("started_at between start of month and -40d", "started_at between -40d and start of month"),
            ("message_count between 3 and 2", "message_count between 2 and 3"),
            ("age between 2d and 3h", "age between 3h and 2d"),
        ] {
            let error = failure(text);
            let hint = format!("the lower end comes first: {cure}");
            assert_eq!((error.code(), error.hint_text()), ("bad_filter", Some(hint.as_str())), "{text}: {error}");
            filter(cure);
        }
        // Nobody knows when it will be asked.
        for text in ["started_at between today and -1h", "started_at between now and 2020-01-01", "started_at between today and today"] {
            filter(text);
        }
    }
}
