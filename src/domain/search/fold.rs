//! How search reads text: in words, without regard to case and to the marks on letters.
//!
//! `Żółw` is found by `zolw`, `säädä` by `saada`, `Straße` by `strasse`: both sides are folded, so that typed marks and left out
//! ones find the same. Finns and Swedes count `ä`, `ö` and `å` as letters of their own; whoever has no such keys must find them
//! too, and ranking by relevance puts the exact spelling first.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A word of a text, folded, and which characters of the text it is (counted in `char`s, end excluded).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in order: letters, digits and what is written on them; all else separates words.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut inside = false;
    for (at, c) in text.chars().enumerate() {
        if !is_of_words(c) {
            inside = false;
            continue;
        }
        let alone = stands_alone(c);
        if !inside || alone {
            words.push(Word { text: String::new(), start: at, end: at });
        }
        inside = !alone;
        if let Some(word) = words.last_mut() {
            fold_into(c, &mut word.text);
            word.end = at + 1;
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

fn is_of_words(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// Scripts without spaces between words: each character is a word, and several typed ones must stand side by side.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A text folded as a whole, punctuation and all: for addresses, which are searched by any part of them. With the place of each
/// folded character in the text.
pub fn folded(text: &str) -> (String, Vec<usize>) {
    let mut whole = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let before = whole.len();
        fold_into(c, &mut whole);
        places.extend(whole[before..].chars().map(|_| at));
    }
    (whole, places)
}

/// The digits of a text, each with its place: a number is the same with and without `+`, spaces and hyphens.
pub fn digits(text: &str) -> (String, Vec<usize>) {
    text.chars().enumerate().filter(|(_, c)| c.is_ascii_digit()).map(|(at, c)| (c, at)).unzip()
}

fn fold_into(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    // Lower case by way of upper case is Unicode's case folding but for a few rare letters.
    for c in c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        decompose_compatible(c, |part| {
            if !is_mark(part) {
                for c in part.to_lowercase().filter(|c| !is_mark(*c)) {
                    match plain(c) {
                        Some(plain) => folded.push_str(plain),
                        None => folded.push(c),
                    }
                }
            }
        });
    }
}

/// Marks that are put on letters, such as accents. Vowel signs of Indic scripts, which are letters to their readers, stay.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
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
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn v5_accents_are_folded_as_people_expect() {
        for (text, folded) in [
            ("Żółw ŁÓDŹ gęś ćma", "zolw lodz ges cma"),
            ("säädä Öljy Åbo", "saada oljy abo"),
            ("Cafe\u{301} naïve Straße STRASSE", "cafe naive strasse strasse"),
            ("Ærø smørrebrød İstanbul ısı", "aero smorrebrod istanbul isi"),
            ("ὈΔΥΣΣΕΎΣ ὀδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("e-mail/#12 don't ﬁne", "e mail 12 don t fine"),
            ("हिन्दी 漢字", "हिन्दी 漢 字"),
        ] {
            assert_eq!(texts(text).join(" "), folded, "{text}");
        }
    }

    #[test]
    fn every_character_folds_to_something_that_stays() {
        for c in char::MIN..=char::MAX {
            let mut once = String::new();
            fold_into(c, &mut once);
            let mut twice = String::new();
            once.chars().for_each(|c| fold_into(c, &mut twice));
            assert_eq!(once, twice, "{c:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let found = words("Ała, Straße!");
        assert_eq!((found[0].start, found[0].end), (0, 3));
        assert_eq!((found[1].start, found[1].end, found[1].text.as_str()), (5, 11, "strasse"));
        assert_eq!(digits("+48 600"), ("48600".to_owned(), vec![1, 2, 4, 5, 6]));
        assert_eq!(folded("Æ@b"), ("ae@b".to_owned(), vec![0, 0, 1, 2]));
    }
}
