//! Phone numbers as people type them: with and without the code of the country, and what is dialled before it.

use super::{Wanted, covering};

/// A number without the zero before it is looked for from this length on.
const NATIONAL: usize = 5;
/// A whole national number is known by this many digits at its end.
const TAIL: usize = 7;
/// The longest that stands before a national number: the country's code, and a zero that some write after it.
const COUNTRY: usize = 4;

/// The digits that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub digits: String,
}

impl Number {
    /// What may stand anywhere in a stored number: the digits, those after `00`, and those of a national number without its zero.
    pub fn parts(&self) -> Vec<&str> {
        let digits = self.digits.as_str();
        let other = match digits.strip_prefix("00") {
            Some(international) => Some(international),
            None => digits.strip_prefix('0').filter(|national| national.len() >= NATIONAL),
        };
        std::iter::once(digits).chain(other.filter(|other| !other.is_empty())).collect()
    }

    /// Where a stored national number stands that is the end of what was typed with the code of its country.
    pub fn ends_with(&self, stored: &str) -> Option<usize> {
        let national = stored.strip_prefix("00").or_else(|| stored.strip_prefix('0')).unwrap_or(stored);
        let before = self.international().strip_suffix(national)?.len();
        (national.len() >= TAIL && (1..=COUNTRY).contains(&before)).then(|| stored.len() - national.len())
    }

    fn international(&self) -> &str {
        self.digits.strip_prefix("00").unwrap_or(&self.digits)
    }

    /// What to ask an index for.
    pub fn wanted(&self) -> Vec<Wanted> {
        let international = self.international();
        let tail = international.len().checked_sub(TAIL).filter(|before| *before > 0).map(|before| &international[before..]);
        let texts = self.parts().into_iter().chain(tail);
        texts.map(covering).filter(|grams| !grams.is_empty()).map(Wanted::All).collect()
    }
}
