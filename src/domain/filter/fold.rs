//! How filters compare text: without regard to case.
//!
//! Both sides are folded character by character to lower case by way of upper case, which is Unicode's full case folding but
//! for a few rare letters: `ß` = `ss` = `ẞ`, `ς` = `σ`, and the Turkish dotted and dotless `i` are equal to `i`. Diacritics and
//! white space count, nothing is trimmed, and composed and decomposed letters differ. Nothing is allocated to compare.

use std::str::Chars;
use std::sync::LazyLock;

/// `text` folded, as a store keeps it in a column of its own so that SQL compares as [`equals`], [`contains`] and
/// [`starts_with`] do.
pub fn fold(text: &str) -> String {
    Folded::new(text).collect()
}

/// Whether `text` folds to `folded`, which [`fold`] made.
pub fn equals(text: &str, folded: &str) -> bool {
    if text.is_ascii() { text.eq_ignore_ascii_case(folded) } else { Folded::new(text).eq(folded.chars()) }
}

/// Whether `text`, folded, begins with `folded`, which [`fold`] made.
pub fn starts_with(text: &str, folded: &str) -> bool {
    if text.is_ascii() {
        return text.get(..folded.len()).is_some_and(|head| head.eq_ignore_ascii_case(folded));
    }
    begins(Folded::new(text), folded)
}

/// Whether `folded`, which [`fold`] made, occurs anywhere in `text`, folded.
pub fn contains(text: &str, folded: &str) -> bool {
    let mut wanted = folded.chars();
    let Some(first) = wanted.next() else { return true };
    if text.is_ascii() {
        let (text, wanted) = (text.as_bytes(), folded.as_bytes());
        return wanted.len() <= text.len() && text.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted));
    }
    let mut text = Folded::new(text);
    while let Some(c) = text.next() {
        if c == first && begins(text.clone(), wanted.as_str()) {
            return true;
        }
    }
    false
}

fn begins(mut text: Folded<'_>, folded: &str) -> bool {
    folded.chars().all(|wanted| text.next() == Some(wanted))
}

/// The characters of a text, folded.
#[derive(Clone)]
pub(super) struct Folded<'a> {
    text: Chars<'a>,
    /// What is left of the character before, the last first: none folds to more than three.
    pending: [char; 2],
    left: usize,
}

impl<'a> Folded<'a> {
    pub(super) fn new(text: &'a str) -> Folded<'a> {
        Folded { text: text.chars(), pending: ['\0'; 2], left: 0 }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if self.left > 0 {
            self.left -= 1;
            return self.pending.get(self.left).copied();
        }
        let c = self.text.next()?;
        if c.is_ascii() {
            return Some(c.to_ascii_lowercase());
        }
        if let Some(Some(folded)) = known().get(c as usize) {
            return Some(*folded);
        }
        let mut folded = unicode(c);
        let first = folded.next();
        match (folded.next(), folded.next()) {
            (Some(second), None) => (self.pending[0], self.left) = (second, 1),
            (Some(second), Some(third)) => (self.pending, self.left) = ([third, second], 2),
            (None, _) => {}
        }
        first
    }
}

/// What a character folds to, by the tables of Unicode.
fn unicode(c: char) -> impl Iterator<Item = char> {
    let turkish = (c == 'İ').then_some('i');
    let others = c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    turkish.into_iter().chain(others.take(if turkish.is_some() { 0 } else { usize::MAX })).fuse()
}

/// How many characters are known without these tables: the alphabets of Europe.
const KNOWN: u32 = 0x590;

/// What each of them folds to, where that is one character.
fn known() -> &'static [Option<char>] {
    static KNOWN_FOLDINGS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
        let only = |c: char| {
            let mut folded = unicode(c);
            folded.next().filter(|_| folded.next().is_none())
        };
        (0..KNOWN).map(|code| char::from_u32(code).and_then(only)).collect()
    });
    &KNOWN_FOLDINGS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_never_counts_and_the_rest_does() {
        for (a, b, equal) in [
            ("Refund", "rEFUND", true),
            ("ŁÓDŹ", "łódź", true),
            ("STRASSE", "Straße", true),
            ("straẞe", "STRASSE", true),
            ("ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς", true),
            ("İstanbul", "ISTANBUL", true),
            ("ısı", "ISI", true),
            ("saada", "säädä", false),
            ("a b", "a  b", false),
            ("a", "a ", false),
            ("", "a", false),
        ] {
            assert_eq!(equals(a, &fold(b)), equal, "{a:?} {b:?}");
            assert_eq!(equals(b, &fold(a)), equal, "{b:?} {a:?}");
        }
    }

    #[test]
    fn every_character_folds_to_something_that_stays() {
        for c in char::MIN..=char::MAX {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c:?}");
            assert_eq!(once, unicode(c).collect::<String>(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn searching_agrees_with_searching_in_the_folded_text(text in "[aAsSßẞ iİı]{0,8}", part in "[aAsSßẞ iİı]{0,3}") {
            let (whole, part) = (fold(&text), fold(&part));
            prop_assert_eq!(contains(&text, &part), whole.contains(&part));
            prop_assert_eq!(starts_with(&text, &part), whole.starts_with(&part));
            prop_assert_eq!(equals(&text, &part), whole == part);
        }
    }
}
