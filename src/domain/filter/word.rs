//! `contains word`: what a word is, and how patterns with `*` match (HubSpot's CONTAINS_TOKEN).
//!
//! Letters and digits of all scripts make words, and so does every other character but the separators below. Both sides are folded
//! (see [`crate::domain::fold`]) and every run of separators becomes one space, so that looking for a word is looking for a text: ` refund `
//! in ` zwrot refund 12 `. A `*` at an end leaves that end open.

use crate::domain::fold::{Folded, fold};

/// What separates words, in this order (PostgreSQL is given it as one text).
pub const SEPARATORS: &str =
    " \t\n\r\u{b}\u{c}!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~\u{a0}¡§«¶·»¿‐‑‒–—―‘’‚“”„†•…‰‹›\u{2028}\u{2029}\u{202f}\u{3000}、。「」";

/// What is looked for in a text that [`words`] made: the pattern with a space where a word begins or ends.
pub fn needle(pattern: &str) -> String {
    let inner = words(pattern);
    let inner = inner.trim_matches(' ');
    let open = |end: bool| if end { "" } else { " " };
    format!("{}{inner}{}", open(pattern.starts_with('*')), open(pattern.len() > 1 && pattern.ends_with('*')))
}

/// The text folded, each run of separators as one space, and one at each end.
pub fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for c in Folded::new(text) {
        let c = if !c.is_ascii_alphanumeric() && SEPARATORS.contains(c) { ' ' } else { c };
        if c != ' ' || !words.ends_with(' ') {
            words.push(c);
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

/// Whether `text` has what [`needle`] made.
pub fn matches(text: &str, needle: &str) -> bool {
    words(text).contains(needle)
}

/// Refuses a pattern in which there is nothing to look for, or with a `*` inside.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    let inner = pattern.strip_prefix('*').unwrap_or(pattern);
    let inner = inner.strip_suffix('*').unwrap_or(inner);
    if inner.contains('*') {
        return Err("a * stands at the beginning or at the end of a word only".into());
    }
    if words(inner) == " " || fold(inner).is_empty() {
        return Err("there is no word in it".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_unless_a_star_leaves_an_end_open() {
        let text = "Zwrot: „REFUND”, order-77 (Straße)";
        for (pattern, expected) in [
            ("refund", true),
            ("REFUND", true),
            ("refun", false),
            ("refun*", true),
            ("*fund", true),
            ("*efun*", true),
            ("efun*", false),
            ("77", true),
            ("order-77", true),
            ("order", true),
            ("strasse", true),
            ("zwrot refund", true),
            ("zwrot order", false),
        ] {
            assert_eq!(matches(text, &needle(pattern)), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_has_a_word_and_stars_at_its_ends_only() {
        for (pattern, good) in
            [("a", true), ("*a*", true), ("a*b", false), ("*", false), ("**", false), ("", false), ("-", false), ("* *", false)]
        {
            assert_eq!(check(pattern).is_ok(), good, "{pattern:?}");
        }
    }
}
