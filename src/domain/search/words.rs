//! How search reads text: in words, folded as filters fold them ([`crate::domain::fold`]), and in the other ways in which people
//! write the same word.
//!
//! `Köln` is also `koeln`, `v2` also `2`, and an apostrophe separates words or joins them: `O'Brien` is `o brien` and `obrien`. Finns
//! and Swedes count `ä`, `ö` and `å` as letters of their own; whoever has no such keys must find them too, and ranking by relevance
//! puts the exact spelling first.

use unicode_normalization::char::is_combining_mark;

use crate::domain::fold::{Folded, fold_char, is_dropped, parts};

/// A word of a text, folded, and which characters of the text it is (counted in `char`s, end excluded).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// With German (and Scandinavian) digraphs for its umlauts.
    pub digraphs: Option<String>,
    /// A version without its `v`.
    pub version: Option<String>,
    pub start: usize,
    pub end: usize,
}

impl Word {
    /// Every way to write it.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [Some(&self.text), self.digraphs.as_ref(), self.version.as_ref()].into_iter().flatten().map(String::as_str)
    }

    pub fn is(&self, wanted: &str) -> bool {
        self.spellings().any(|spelling| spelling == wanted)
    }

    pub fn begins_with(&self, wanted: &str) -> bool {
        self.spellings().any(|spelling| spelling.starts_with(wanted))
    }
}

/// The words of a text, in order: letters, digits and what is written on them; all else separates words.
pub fn words(text: &str) -> Vec<Word> {
    Reader::read(text, false)
}

/// The same with apostrophes that join; none where there is none.
pub fn joined(text: &str) -> Option<Vec<Word>> {
    text.contains(is_apostrophe).then(|| Reader::read(text, true))
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    /// The last word with digraphs.
    digraphs: String,
    /// Whether the last word may go on.
    inside: bool,
}

impl Reader {
    fn read(text: &str, join: bool) -> Vec<Word> {
        let mut reader = Reader::default();
        for (at, c) in text.chars().enumerate() {
            if is_apostrophe(c) {
                reader.inside &= join;
                continue;
            }
            parts(c, |part| reader.take(at, part));
            if matches!(c, 'ø' | 'Ø') {
                reader.digraphs.push('e');
            }
        }
        reader.finish();
        reader.words.retain(|word| !word.text.is_empty());
        reader.words
    }

    fn take(&mut self, at: usize, part: char) {
        if is_dropped(part) {
            return self.mark(at, part);
        }
        if is_voicing(part) {
            // It belongs to the kana before it, which stands alone.
            if let Some(word) = self.words.last_mut().filter(|word| word.end >= at) {
                word.text.push(part);
                word.end = at + 1;
                self.digraphs.push(part);
            }
            return;
        }
        if !is_of_words(part) {
            self.inside = false;
            return;
        }
        let alone = stands_alone(part);
        if !self.inside || alone {
            self.finish();
            self.words.push(Word { start: at, end: at, ..Word::default() });
        }
        self.inside = !alone;
        if let Some(word) = self.words.last_mut() {
            word.text.push(part);
            word.end = at + 1;
            self.digraphs.push(part);
        }
    }

    fn mark(&mut self, at: usize, mark: char) {
        let Some(word) = self.words.last_mut().filter(|_| self.inside) else { return };
        word.end = at + 1;
        match (self.digraphs.chars().last(), mark) {
            (Some('a' | 'o' | 'u'), '\u{308}') => self.digraphs.push('e'),
            (Some('a'), '\u{30a}') => self.digraphs.push('a'),
            _ => {}
        }
    }

    /// Ends the last word.
    fn finish(&mut self) {
        let digraphs = std::mem::take(&mut self.digraphs);
        let Some(word) = self.words.last_mut() else { return };
        word.version = word.text.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned);
        word.digraphs = Some(digraphs).filter(|digraphs| *digraphs != word.text);
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '′' | 'ʼ' | 'ʻ' | '＇')
}

fn is_of_words(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The marks that make voiced kana.
fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// Scripts without spaces between words: each character is a word, and several typed ones must stand side by side.
pub fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a name is written in Chinese, Japanese or Korean, where the family's comes first and no space need stand between.
pub fn is_east_asian(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek().is_some()
        && letters.all(|c| stands_alone(c) && c >= '\u{3040}' || is_hangul(c) || ('\u{ff66}'..='\u{ff9f}').contains(&c))
}

pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A text folded as a whole, punctuation and all: for addresses, which are searched by any part of them. With the place of each
/// folded character in the text.
pub fn folded(text: &str) -> (String, Vec<usize>) {
    let mut whole = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        fold_char(c, |folded| {
            whole.push(folded);
            places.push(at);
        });
    }
    (whole, places)
}

/// The digits of a text, each with its place: a number is the same with and without `+`, spaces and hyphens, and without the `(0)`
/// that is not dialled from abroad.
pub fn digits(text: &str) -> (String, Vec<usize>) {
    let (whole, places) = folded(text);
    let chars: Vec<char> = whole.chars().collect();
    let trunk = |at: usize| at > 0 && chars[at - 1..].starts_with(&['(', '0', ')']) && chars[..at].iter().any(char::is_ascii_digit);
    let found = chars.iter().enumerate().filter(|(at, c)| c.is_ascii_digit() && !trunk(*at));
    found.map(|(at, c)| (*c, places[at])).unzip()
}

/// Whether a text is nothing but a number, as ids and phones are.
pub fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_digit() || "+-()./# \u{2010}\u{2012}\u{2013}\u{2014}\u{2212}\u{30fc}".contains(c);
    Folded::new(text).all(fits)
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
            ("ﾃﾞｽｸ デスク", "テ\u{3099} ス ク テ\u{3099} ス ク"),
            ("１２ Ａ℀", "12 aa c"),
        ] {
            assert_eq!(texts(text).join(" "), folded, "{text}");
        }
    }

    #[test]
    fn v5_words_have_the_other_spellings_that_people_type() {
        let spellings = |text: &str| {
            words(text).iter().flat_map(|word| word.spellings().skip(1).map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        assert_eq!(spellings("Köln, Mu\u{308}ller ÅBO Søren"), ["koeln", "mueller", "aabo", "soeren"]);
        assert_eq!(spellings("v2.10.3 vat v"), ["2"]);
        let joined = |text: &str| joined(text).map(|words| words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "));
        assert_eq!(joined("O’Brien don't 'quoted' "), Some("obrien dont quoted".to_owned()));
        assert_eq!(joined("plain"), None);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let found = words("Ała, Straße!");
        assert_eq!((found[0].start, found[0].end), (0, 3));
        assert_eq!((found[1].start, found[1].end, found[1].text.as_str()), (5, 11, "strasse"));
        assert_eq!(digits("+48 600"), ("48600".to_owned(), vec![1, 2, 4, 5, 6]));
        assert_eq!(digits("+49 (0)30"), ("4930".to_owned(), vec![1, 2, 7, 8]));
        assert_eq!(digits("(0)30").0, "030");
        assert_eq!(folded("Æ@b"), ("ae@b".to_owned(), vec![0, 0, 1, 2]));
    }
}
