//! `--map FILTER=STAGE`: where the filter ends and the stage begins.

use super::problem::shown;
use super::{CONVERSATIONS, Filter};
use crate::error::{Error, Result};

/// So many `=` at most are tried, from the right: more cannot be meant.
const TRIED: usize = 32;

/// Splits `FILTER=STAGE` at the last `=` outside quotes that leaves a filter on conversations before it and a stage after it.
/// Both come without the space around them, a stage that stands in quotes without these. `None` where there is no such place.
pub fn split_map_argument(text: &str) -> Option<(&str, &str)> {
    candidates(text).into_iter().find(|(filter, stage)| !stage.is_empty() && read(filter).is_ok())
}

/// [`split_map_argument`] with the filter read.
///
/// # Errors
/// `bad_map` (exit 2) where the stage is missing, `bad_filter` (exit 2) where what stands before the last `=` is no filter.
pub fn read_map_argument(text: &str) -> Result<(Filter, &str)> {
    if let Some((filter, stage)) = split_map_argument(text) {
        return Ok((read(filter)?, stage));
    }
    let incomplete = || Error::usage("bad_map", format!("\"{}\" names no stage", shown(text))).hint("write FILTER=STAGE, such as open=New");
    if read(text).is_ok() {
        return Err(incomplete());
    }
    match candidates(text).first() {
        Some((filter, stage)) if !filter.is_empty() && !stage.is_empty() => read(filter).map(|filter| (filter, *stage)),
        _ => Err(incomplete()),
    }
}

/// In any form: as text or as JSON.
fn read(filter: &str) -> Result<Filter> {
    Filter::read(filter, &CONVERSATIONS)
}

/// The text before and after each `=` that stands outside quotes and is no part of `!=`, `<=` or `>=`; the last comes first.
fn candidates(text: &str) -> Vec<(&str, &str)> {
    let (mut quoted, mut escaped) = (false, false);
    let mut before = ' ';
    let mut places = Vec::new();
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '=' if !quoted && !matches!(before, '!' | '<' | '>') => places.push(index),
            _ => {}
        }
        before = c;
    }
    let split = |place: usize| (text[..place].trim(), unquoted(text[place + 1..].trim()));
    places.into_iter().rev().take(TRIED).map(split).collect()
}

fn unquoted(stage: &str) -> &str {
    let inner = stage.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains(['"', '\\'])).map_or(stage, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_follows_the_last_equals_sign_that_leaves_a_filter() {
        for (text, expected) in [
            ("open=New", Some(("open", "New"))),
            (" closed = Archive / Closed ", Some(("closed", "Archive / Closed"))),
            ("closed and last_message_at < -365d=Archive/Closed", Some(("closed and last_message_at < -365d", "Archive/Closed"))),
            ("owner = \"a@b.c\"=Pipeline/Stage", Some(("owner = \"a@b.c\"", "Pipeline/Stage"))),
            ("owner=a@b.c=Waiting on us", Some(("owner=a@b.c", "Waiting on us"))),
            ("subject = \"x = y\"=New", Some(("subject = \"x = y\"", "New"))),
            ("subject contains \"a\\\"=b\"=New", Some(("subject contains \"a\\\"=b\"", "New"))),
            ("open=A=B", Some(("open", "A=B"))),
            ("open=\"A=B\"", Some(("open", "A=B"))),
            ("open=\"Waiting on us\"", Some(("open", "Waiting on us"))),
            ("open=5\" pipe = x", Some(("open", "5\" pipe = x"))),
            ("age >= 30d=Old", Some(("age >= 30d", "Old"))),
            ("spam=Trash", Some(("spam", "Trash"))),
            ("not spam=New", Some(("not spam", "New"))),
            ("spam=true=Trash", Some(("spam=true", "Trash"))),
            (
                "not (subject contains word refund* or started_at in (today, yesterday))=New",
                Some(("not (subject contains word refund* or started_at in (today, yesterday))", "New")),
            ),
            (
                r#"{"property":"subject","operator":"=","value":"a=b"}=New"#,
                Some((r#"{"property":"subject","operator":"=","value":"a=b"}"#, "New")),
            ),
            ("open=Zażółć gęślą", Some(("open", "Zażółć gęślą"))),
            ("status = OPEN", None),
            ("age >= 30d", None),
            ("open=", None),
            ("=New", None),
            ("open", None),
            ("", None),
            ("stauts = OPEN=New", None),
        ] {
            assert_eq!(split_map_argument(text), expected, "{text}");
        }
    }

    #[test]
    fn an_argument_that_does_not_split_says_why() {
        for (text, code, part) in [
            ("status = OPEN", "bad_map", "names no stage"),
            ("open=", "bad_map", "names no stage"),
            ("open", "bad_map", "names no stage"),
            ("=New", "bad_map", "names no stage"),
            ("stauts = OPEN=New", "bad_filter", "no property \"stauts\""),
            ("opne=New", "bad_filter", "no property \"opne\""),
        ] {
            let error = read_map_argument(text).unwrap_err();
            assert_eq!(error.code(), code, "{text}");
            assert!(error.message().contains(part), "{text}: {error}");
        }
        let (filter, stage) = read_map_argument("open=New").unwrap();
        assert_eq!((filter.to_string().as_str(), stage), ("status = OPEN", "New"));
    }

    #[test]
    fn many_equals_signs_take_no_time() {
        assert_eq!(split_map_argument(&"=".repeat(60_000)), None);
        assert!(read_map_argument(&"x=".repeat(60_000)).is_err());
    }
}
