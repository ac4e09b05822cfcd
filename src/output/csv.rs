//! CSV cells, and spreadsheet formulas defused without losing anything (G7).

use std::borrow::Cow;

use serde_json::Value;

/// Whether `text` begins, after any number of `'`, with a character that spreadsheets take for a formula.
fn begins_dangerously(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Puts a `'` before a cell that a spreadsheet would run. A cell that already looks defused gets one more, so
/// that [`undo`] gives back every text exactly.
pub fn defuse(text: &str) -> Cow<'_, str> {
    if begins_dangerously(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes back what [`defuse`] did: importing an export gives the same text.
pub fn undo(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| begins_dangerously(text)).unwrap_or(text)
}

/// A JSON value as a cell: null is empty, numbers and booleans as they are, lists and objects as JSON.
pub(super) fn cell(value: &Value, safe: bool) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if safe => defuse(text).into_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn formulas_are_defused_and_come_back() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+48 123", "'+48 123"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
        ] {
            assert_eq!(defuse(text), safe);
            assert_eq!(undo(safe), text);
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in ["", "a=b", "'quoted'", "'", "''", "5", " =1"] {
            assert_eq!(defuse(text), text);
            assert_eq!(undo(text), text);
        }
    }

    #[test]
    fn numbers_are_no_text() {
        assert_eq!(cell(&json!(-5), true), "-5");
        assert_eq!(cell(&json!("-5"), true), "'-5");
        assert_eq!(cell(&json!("-5"), false), "-5");
        assert_eq!(cell(&Value::Null, true), "");
        assert_eq!(cell(&json!(true), true), "true");
        assert_eq!(cell(&json!(["a", 1]), true), r#"["a",1]"#);
    }

    /// Texts made mostly of the characters in question, which random strings would seldom hit.
    fn tricky() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "['=+@\t\r＝＋－＠a-]{0,6}", "'{0,4}[=+@\t\r＝＋－＠-].{0,5}"]
    }

    proptest! {
        #[test]
        fn undo_gives_back_every_text(text in tricky()) {
            let safe = defuse(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
            prop_assert_eq!(undo(&safe), &text);
        }

        #[test]
        fn exporting_again_what_was_imported_does_not_pile_up(text in tricky()) {
            let once = defuse(&text).into_owned();
            prop_assert_eq!(defuse(undo(&once)).into_owned(), once);
        }
    }
}
