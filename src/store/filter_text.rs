//! How PostgreSQL compares texts as [`fold`] does, whatever its version, its locale and its tables of letters.
//!
//! It folds no more than a search needs: marks are taken away, and of all other characters only those are replaced whose folding can
//! be a part of what is looked for (`translate` for those that become one character, `replace` for those that become several, such as
//! `ß`). No other can: what is looked for is folded, and folding leaves folded characters as they are. Most texts are ASCII, and
//! spared all of it.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::filter::word::SEPARATORS;
use crate::domain::fold::fold;

/// `{}` is the text folded; the parameters are the separators, as many spaces, and what [`crate::domain::filter::word::needle`] made.
pub const HAS_WORD: &str = "strpos(regexp_replace(' ' || translate({}, ?, ?) || ' ', ' +', ' ', 'g'), ?) > 0";

/// Beyond it nothing folds.
const LAST: char = '\u{2fa1d}';

/// The separators of words, and a space for each.
pub fn separators() -> impl Iterator<Item = String> {
    [SEPARATORS.to_owned(), " ".repeat(SEPARATORS.chars().count())].into_iter()
}

/// What folds a text as far as a search needs it.
#[derive(Debug, Default, PartialEq)]
pub struct Folding {
    /// Each of these characters becomes the one at its place in `to`; those beyond its end are taken away.
    pub from: String,
    pub to: String,
    /// Characters that become several.
    pub longer: Vec<(String, String)>,
}

impl Folding {
    /// What folds for `wanted`, which is folded; `words`: a text in which runs of separators are spaces.
    pub fn new(wanted: &str, words: bool) -> Folding {
        let table = table();
        let mut letters: Vec<char> = wanted.chars().collect();
        letters.sort_unstable();
        letters.dedup();
        let by_letter = if words { &table.by_letter_of_words } else { &table.by_letter };
        let mut sources: Vec<usize> = letters.iter().flat_map(|c| by_letter.get(c).into_iter().flatten().copied()).collect();
        sources.sort_unstable();
        sources.dedup();
        let mut folding = Folding::default();
        for (from, to) in sources.into_iter().filter_map(|source| table.sources.get(source)) {
            if to.chars().count() == 1 {
                folding.from.push(*from);
                folding.to.push_str(to);
            } else if overlap(&if words { spaced(to) } else { to.clone() }, wanted) {
                folding.longer.push((from.to_string(), to.clone()));
            }
        }
        folding.from.push_str(&table.dropped);
        folding
    }
}

/// Whether a place of `wanted` in a text can have a part of `part`.
fn overlap(part: &str, wanted: &str) -> bool {
    let touches = |before: &str, after: &str| after.char_indices().skip(1).any(|(end, _)| before.ends_with(&after[..end]));
    wanted.contains(part) || part.contains(wanted) || touches(part, wanted) || touches(wanted, part)
}

fn spaced(text: &str) -> String {
    text.chars().map(|c| if SEPARATORS.contains(c) { ' ' } else { c }).collect()
}

/// Every character that folds to something else.
struct Table {
    sources: Vec<(char, String)>,
    /// Those that fold to nothing.
    dropped: String,
    /// By each character of their foldings, places in `sources`.
    by_letter: HashMap<char, Vec<usize>>,
    /// The same with a space for each separator.
    by_letter_of_words: HashMap<char, Vec<usize>>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table =
            Table { sources: Vec::new(), dropped: String::new(), by_letter: HashMap::new(), by_letter_of_words: HashMap::new() };
        for from in char::MIN..=LAST {
            let mut buffer = [0; 4];
            let from_text: &str = from.encode_utf8(&mut buffer);
            let to = fold(from_text);
            if to.is_empty() {
                table.dropped.push(from);
            } else if to != from_text {
                table.enter(from, to);
            }
        }
        table
    })
}

impl Table {
    fn enter(&mut self, from: char, to: String) {
        let place = self.sources.len();
        for (index, text) in [(&mut self.by_letter, to.clone()), (&mut self.by_letter_of_words, spaced(&to))] {
            text.chars().for_each(|letter| index.entry(letter).or_default().push(place));
        }
        self.sources.push((from, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_beyond_the_last_folds() {
        for c in ('\u{2fa1e}'..=char::MAX).filter(|c| !('\u{e0000}'..='\u{e0fff}').contains(c)) {
            assert_eq!(fold(&c.to_string()), c.to_string());
        }
    }

    #[test]
    fn only_what_is_looked_for_is_folded() {
        let pairs = |wanted: &str| {
            let folding = Folding::new(wanted, false);
            let single: String = folding.from.chars().take(folding.to.chars().count()).collect();
            (single, folding.longer)
        };
        let (single, longer) = pairs("ж");
        assert_eq!((single.as_str(), longer.len()), ("ЖӁӂӜӝ𞀶𞁗", 0), "{longer:?}");
        let (single, longer) = pairs("s");
        assert!(single.contains('S') && single.contains('ſ') && single.contains('ś') && !single.contains('T'));
        assert!(longer.contains(&("ß".to_owned(), "ss".to_owned())));
        assert!(!pairs("mos").1.contains(&("ß".to_owned(), "kg".to_owned())));
    }

    #[test]
    fn a_part_overlaps_at_either_end_inside_and_around() {
        for (part, wanted, expected) in [
            ("ss", "mass", true),
            ("kg", "5k", true),
            ("kg", "gram", true),
            ("abc", "b", true),
            ("kg", "k g", false),
            ("kg", "gk", true),
            ("kg", "akb", false),
        ] {
            assert_eq!(overlap(part, wanted), expected, "{part} {wanted}");
        }
    }
}
