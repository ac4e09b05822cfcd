//! How PostgreSQL compares texts as [`fold`] does, whatever its version, its locale and its tables of letters.
//!
//! It folds no more than a search needs: only letters whose folding has a letter of what is looked for are replaced (`translate` for
//! those that stay one letter, `replace` for those that become more, such as `ß`). All others cannot be part of what is found,
//! folded or not, because what is looked for is folded, and folding leaves folded letters as they are.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::filter::fold::fold;
use crate::domain::filter::word::SEPARATORS;

/// `{}` is the text folded; the parameters are the separators, as many spaces, and what [`crate::domain::filter::word::needle`] made.
pub const HAS_WORD: &str = "strpos(regexp_replace(' ' || translate({}, ?, ?) || ' ', ' +', ' ', 'g'), ?) > 0";

/// Beyond it no letter has case.
const LAST: char = '\u{1ffff}';

/// The separators of words, and a space for each.
pub fn separators() -> impl Iterator<Item = String> {
    [SEPARATORS.to_owned(), " ".repeat(SEPARATORS.chars().count())].into_iter()
}

/// What folds a text as far as a search needs it.
#[derive(Debug, Default, PartialEq)]
pub struct Folding {
    /// Each of these letters becomes the one at its place in `to`.
    pub from: String,
    pub to: String,
    /// Letters that become several.
    pub longer: Vec<(String, String)>,
}

/// What folds for `wanted`, which is folded.
pub fn folding(wanted: &str) -> Folding {
    let mut sources: Vec<(char, &str)> =
        wanted.chars().flat_map(|c| folded_to().get(&c).into_iter().flatten()).map(|(c, to)| (*c, &**to)).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut folding = Folding::default();
    for (from, to) in sources {
        if to.chars().count() == 1 {
            folding.from.push(from);
            folding.to.push_str(to);
        } else {
            folding.longer.push((from.to_string(), to.to_owned()));
        }
    }
    folding
}

/// By each letter, those whose folding has it without being it, with their folding.
fn folded_to() -> &'static HashMap<char, Vec<(char, String)>> {
    static FOLDED_TO: OnceLock<HashMap<char, Vec<(char, String)>>> = OnceLock::new();
    FOLDED_TO.get_or_init(|| {
        let mut by_letter: HashMap<char, Vec<(char, String)>> = HashMap::new();
        for from in char::MIN..=LAST {
            let mut buffer = [0; 4];
            let to = fold(from.encode_utf8(&mut buffer));
            let mut letters: Vec<char> = to.chars().filter(|to| *to != from).collect();
            letters.dedup();
            for letter in letters {
                by_letter.entry(letter).or_default().push((from, to.clone()));
            }
        }
        by_letter
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_beyond_the_last_folds() {
        for c in LAST..=char::MAX {
            assert_eq!(fold(&c.to_string()), c.to_string());
        }
    }

    #[test]
    fn only_what_is_looked_for_is_folded() {
        let folding = folding("łą");
        assert_eq!((folding.from.as_str(), folding.to.as_str(), folding.longer.len()), ("ĄŁ", "ął", 0));
        let folding = super::folding("s");
        assert_eq!((folding.from.as_str(), folding.to.as_str()), ("Sſ", "ss"));
        assert!(folding.longer.contains(&("ß".to_owned(), "ss".to_owned())));
    }
}
