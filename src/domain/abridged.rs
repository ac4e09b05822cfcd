//! What the audit keeps of a call: enough to know it again, never a secret (G1), and never more than a record may cost (G23).

use serde_json::{Map, Value, json};

use super::bounds::cut;
use super::token::redacted;

/// The most that a record takes, in bytes.
pub const RECORD: usize = 4 << 10;
/// The most that its arguments take of it, as JSON.
const ARGUMENTS: usize = 3_000;
/// The most that a name takes: who called, and as whom.
const NAME: usize = 320;
/// The most that is kept of a text that is too long for a record.
const BEGINNING: usize = 100;
/// How long texts may be, and how many items lists and maps may have: the first of these by which all of it fits is taken.
const STEPS: [(usize, usize); 4] = [(1_000, usize::MAX), (1_000, 50), (200, 20), (50, 3)];

/// The arguments, as far as a record has room for them: the whole of them where it has.
pub fn arguments(arguments: &Value) -> Value {
    let shorter = STEPS.iter().map(|(text, items)| shortened(arguments, *text, *items));
    let mut fitting = shorter.filter(|shorter| shorter.to_string().len() <= ARGUMENTS);
    fitting.next().unwrap_or_else(|| left_out(arguments.to_string().len()))
}

/// Stands for arguments that are not shown.
pub fn left_out(bytes: usize) -> Value {
    json!({ "…": format!("{bytes} bytes") })
}

/// A name as it was given, which may be anything.
pub fn name(typed: &str) -> String {
    cut(&redacted(cut(typed, 4 * NAME)), NAME).to_owned()
}

fn shortened(value: &Value, text: usize, items: usize) -> Value {
    match value {
        Value::String(long) if long.len() > text => {
            format!("{}… ({} bytes)", cut(&redacted(cut(long, 4 * BEGINNING)), BEGINNING.min(text)), long.len()).into()
        }
        Value::String(short) => redacted(short).into(),
        Value::Array(list) => {
            let shown = list.iter().take(items).map(|item| shortened(item, text, items));
            let more = (list.len() > items).then(|| format!("… ({} items)", list.len()).into());
            shown.chain(more).collect()
        }
        Value::Object(fields) => {
            // An operation has more fields than a list has to show items.
            let most = items.max(30);
            let shown =
                fields.iter().take(most).map(|(name, value)| (cut(&redacted(name), text).to_owned(), shortened(value, text, items)));
            let more = (fields.len() > most).then(|| ("…".to_owned(), format!("{} fields", fields.len()).into()));
            Value::Object(shown.chain(more).collect::<Map<_, _>>())
        }
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept_as_it_is() {
        for value in [json!({}), json!({ "a": [1, "x", null], "b": { "c": true } }), json!({ "ids": (1_000..1_500).collect::<Vec<_>>() })] {
            assert_eq!(arguments(&value), value);
        }
    }

    #[test]
    fn g23_whatever_comes_takes_no_more_than_its_share() {
        let long = "ł\"\n".repeat(1_000_000);
        let map = |count: usize, value: Value| (0..count).map(|n| (n.to_string(), value.clone())).collect::<Map<_, _>>();
        let nested = (0..100).fold(json!(long), |inner, _| json!([inner, map(3, json!(long.len()))]));
        for (value, shows) in [
            (json!({ "text": long }), "bytes)"),
            (json!({ "ids": vec![7; 1_000_000] }), "… (1000000 items)"),
            (json!({ "set": map(100_000, json!("x")) }), "100000 fields"),
            (json!({ "a": vec![json!({ "b": vec![long.as_str(); 3] }); 100] }), "… (100 items)"),
            (json!(map(1_000, json!(vec![long.get(..300); 100]))), "bytes"),
            (json!({ long.as_str(): 1 }), ""),
            (nested, "bytes"),
        ] {
            let short = arguments(&value).to_string();
            assert!(short.len() <= ARGUMENTS && short.contains(shows), "{} {short:.300}", short.len());
        }
        const { assert!(ARGUMENTS + 3 * NAME < RECORD) };
        assert_eq!(name(&long).len(), NAME);
    }

    #[test]
    fn g1_no_part_of_it_shows_a_secret() {
        let token = super::super::token::mint(&zeroize::Zeroizing::new([7; super::super::token::RANDOM_BYTES]));
        let secret = &token[21..];
        let padded = |before: usize| "x".repeat(before) + &token + &"y".repeat(5_000);
        for before in [0, 30, 70, 90, 99, 100, 370, 399] {
            let value = json!({ "a": padded(before), token.as_str(): [token.as_str()] });
            let shown = format!("{} {}", arguments(&value), name(&padded(before)));
            assert!(!(0..secret.len() - 12).any(|at| shown.contains(&secret[at..at + 12])), "{before}: {shown}");
        }
    }
}
