//! What people write who know another language, and how it is said here.

use super::ast::Operator;
use super::property::{Property, Schema, Type};
use super::time_expr::duration_ms;

/// Words for a value that is missing.
pub(super) fn means_missing(word: &str) -> bool {
    ["none", "null", "nil", "nobody", "no-one", "noone", "unassigned", "empty", "missing", "unset", "n/a"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// For `owner = none` and the like.
pub(super) fn for_missing(property: &Property, typed: &str) -> Option<String> {
    (means_missing(typed) && property.kind != Type::Text).then(|| match property.optional {
        true => format!("did you mean \"{} is not set\"?", property.name),
        false => format!("{} is always set", property.name),
    })
}

/// For `now - 7d`, in one word or several: `-7d`.
pub(super) fn from_now(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '−' || c == '–' { '-' } else { c }).collect();
    let lower = text.to_lowercase();
    let rest = ["now", "today"].into_iter().find_map(|word| lower.strip_prefix(word))?;
    let size = rest.strip_prefix(['-', '+'])?;
    duration_ms(size).map(|_| format!("did you mean \"{rest}\"?"))
}

pub(super) fn operators_of(property: &Property) -> String {
    let fitting = Operator::ALL.into_iter().filter(|operator| property.kind.allows(*operator)).map(Operator::as_str);
    format!("{} takes {}", property.name, fitting.collect::<Vec<_>>().join(", "))
}

pub(super) fn example(schema: &Schema) -> String {
    match schema.shorthands.first() {
        Some(short) => format!("for example {} = {}", short.property.name, short.value),
        None => "a condition is a property, an operator and a value".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::filter::tests::failure;

    #[test]
    fn what_other_languages_say_is_told_as_this_one_says_it() {
        for (text, hint) in [
            ("owner = none", "did you mean \"owner is not set\"?"),
            ("owner != NULL", "did you mean \"owner is not set\"?"),
            ("closed_at = null", "did you mean \"closed_at is not set\"?"),
            ("status = none", "status is always set"),
            ("owner is null", "did you mean \"owner is not set\"?"),
            ("owner is not empty", "did you mean \"owner is set\"?"),
            ("kind = EMAIL or CHAT", "did you mean \"kind in (email, chat)\"?"),
            ("open and kind = EMAIL or chat", "did you mean \"kind in (email, chat)\"?"),
            ("subject = Refund or \"Money back\"", "did you mean \"subject in (\"Refund\", \"Money back\")\"?"),
            ("started_at > now - 7d", "did you mean \"-7d\"?"),
            ("started_at > now-7d", "did you mean \"-7d\"?"),
            ("started_at > today −2w", "did you mean \"-2w\"?"),
            ("started_at < NOW + 2h", "did you mean \"+2h\"?"),
            ("kind = EMIAL", "did you mean \"email\"?"),
        ] {
            let error = failure(text);
            assert_eq!((error.code(), error.hint_text()), ("bad_filter", Some(hint)), "{text}: {error}");
        }
    }
}
