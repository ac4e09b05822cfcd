//! How texts are compared, in filters and in searches: without regard to case, marks on letters, and forms of letters.
//!
//! Both sides are folded character by character: to lower case by way of upper case, which is Unicode's case folding but for a few
//! rare letters, and to the compatibility decomposition without marks. So `żółw`, composed or decomposed, is `zolw`; `Straße` is
//! `STRASSE`; full-width digits are digits, half-width katakana are katakana, digits of other scripts are those of ASCII. Vowel signs
//! of Indic scripts and the voicing marks of kana are letters to their readers, and stay. Spaces and punctuation count.

use std::str::Chars;
use std::sync::LazyLock;

use unicode_normalization::char::decompose_compatible;

/// `text` folded.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    Folded::new(text).collect()
}

/// A number by which an index finds texts that fold to the same; seldom do others have it too.
pub fn key(text: &str) -> i64 {
    key_of_folded(&fold(text))
}

/// [`key`] of a text that [`fold`] made.
pub fn key_of_folded(folded: &str) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(folded.as_bytes()).as_bytes()[..8]);
    i64::from_le_bytes(first)
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
pub struct Folded<'a> {
    text: Chars<'a>,
    /// What is left of the character before, the last first.
    pending: Vec<char>,
}

impl<'a> Folded<'a> {
    pub fn new(text: &'a str) -> Folded<'a> {
        Folded { text: text.chars(), pending: Vec::new() }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            if let Some(c) = self.pending.pop() {
                return Some(c);
            }
            let c = self.text.next()?;
            if c.is_ascii() {
                return Some(c.to_ascii_lowercase());
            }
            match known(c) {
                Some(Known::One(folded)) => return Some(folded),
                Some(Known::Nothing) => {}
                _ => {
                    fold_char(c, |folded| self.pending.push(folded));
                    self.pending.reverse();
                }
            }
        }
    }
}

/// Gives `take` what a character folds to: nothing, one character or several.
pub fn fold_char(c: char, mut take: impl FnMut(char)) {
    parts(c, |part| {
        if !is_dropped(part) {
            take(part);
        }
    });
}

/// The same with the marks that folding drops.
pub fn parts(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    // Lower case by way of upper case is Unicode's case folding but for a few rare letters.
    for c in c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        decompose_compatible(c, |part| {
            for c in part.to_lowercase() {
                match plain(c) {
                    Some(plain) => plain.chars().for_each(&mut take),
                    None => take(digit(c).unwrap_or(c)),
                }
            }
        });
    }
}

/// Marks that are put on letters, such as accents and the vowel points of Hebrew and Arabic, and what is not seen at all. Those that
/// may stand in any order are among them: no others are, so that canonically equal texts fold to the same.
pub fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Letters whose mark Unicode does not take apart.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ß' => "ss",
        'ς' => "σ",
        // The iota below a letter is one beside it in capitals.
        '\u{345}' => "ι",
        _ => return None,
    })
}

/// The zeros of other scripts, each followed by its other digits.
const ZEROS: [char; 16] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}',
    '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}',
];

fn digit(c: char) -> Option<char> {
    let value = |zero: char| (c as u32).checked_sub(zero as u32).filter(|value| *value < 10);
    ZEROS.into_iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

/// What a character folds to, as far as it is kept in a table.
#[derive(Clone, Copy)]
enum Known {
    Nothing,
    One(char),
    More,
}

/// How many characters are in the table: the alphabets of Europe.
const KNOWN: u32 = 0x590;

fn known(c: char) -> Option<Known> {
    static FOLDINGS: LazyLock<Vec<Known>> =
        LazyLock::new(|| (0..KNOWN).map(|code| char::from_u32(code).map_or(Known::More, look)).collect());
    FOLDINGS.get(c as usize).copied()
}

fn look(c: char) -> Known {
    let mut known = Known::Nothing;
    fold_char(c, |folded| known = if matches!(known, Known::Nothing) { Known::One(folded) } else { Known::More });
    known
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn case_marks_and_forms_never_count_and_the_rest_does() {
        for (a, b, equal) in [
            ("Refund", "rEFUND", true),
            ("ŁÓDŹ", "łódź", true),
            ("żółw", "z\u{307}o\u{301}łw", true),
            ("żółw", "zolw", true),
            ("STRASSE", "Straße", true),
            ("straẞe", "STRASSE", true),
            ("ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς", true),
            ("İstanbul", "ISTANBUL", true),
            ("ısı", "ISI", true),
            ("saada", "säädä", true),
            ("０３－１２", "03-12", true),
            ("٠٣", "03", true),
            ("ﾃﾞｽｸ", "デスク", true),
            ("ハ", "バ", false),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", true),
            ("שָׁלוֹם", "שלום", true),
            ("مُحَمَّد", "محمد", true),
            ("हिन्दी", "हनद", false),
            ("ﬁne", "fine", true),
            ("soft\u{ad}ware", "software", true),
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
            let mut parts = String::new();
            fold_char(c, |part| parts.push(part));
            assert_eq!(once, parts, "{c:?}");
        }
    }

    #[test]
    fn every_character_folds_as_its_other_forms_do() {
        // Beyond it nothing has another form.
        for c in char::MIN..='\u{2fa1d}' {
            let folded = fold(&c.to_string());
            for form in [c.nfd().collect::<String>(), c.nfkd().collect(), c.nfc().collect(), c.nfkc().collect()] {
                assert_eq!(fold(&form), folded, "{c:?} {form:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn searching_agrees_with_searching_in_the_folded_text(text in "[aAsSßẞ iİıżﾃﾞ]{0,8}", part in "[aAsSßẞ iİızﾞ]{0,3}") {
            let (whole, part) = (fold(&text), fold(&part));
            prop_assert_eq!(contains(&text, &part), whole.contains(&part));
            prop_assert_eq!(starts_with(&text, &part), whole.starts_with(&part));
            prop_assert_eq!(equals(&text, &part), whole == part);
        }
    }
}
