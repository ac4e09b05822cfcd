//! What somebody searches for.

use super::{BEGINNINGS, PART, fold, grams, head, token, word_token};

/// The longest text that is searched for, in characters, and the most words.
const LONGEST: usize = 500;
const MOST: usize = 20;

/// Why a text cannot be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no word in it.
    Empty,
    TooLong,
}

/// What is searched for: all of these must be found, each anywhere in the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
}

/// One word, or several in quotation marks or joined by punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was typed, in lower case.
    pub typed: String,
    /// Folded; they must stand side by side.
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub open: bool,
    /// Where it is nothing but a number, as ids and phones are.
    pub digits: Option<String>,
    /// To be found within an address.
    pub part: Option<String>,
}

/// What an index must hold of a ticket for it to be found. More may be proposed: [`Query::find`](super::Query::find) decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Token(String),
    /// A word that begins like this, of two characters or more.
    Beginning(String),
    All(Vec<Wanted>),
    Any(Vec<Wanted>),
}

impl Wanted {
    /// The tokens for a beginning where every beginning is a token, as [`super::tokens`] makes them on request.
    pub fn beginning(text: &str) -> Vec<String> {
        let whole = (text.chars().count() <= *BEGINNINGS.end()).then(|| word_token(text));
        whole.into_iter().chain([token('p', head(text, *BEGINNINGS.end()))]).collect()
    }

    /// The beginning of the tokens of all words that begin like this.
    pub fn beginning_of_token(text: &str) -> String {
        word_token(text)
    }
}

impl Query {
    /// Reads what was typed: words match from their beginning, those in quotation marks as they are and side by side.
    pub fn parse(text: &str) -> Result<Query, Refusal> {
        let terms: Vec<Term> = pieces(text).into_iter().filter_map(|(piece, quoted)| Term::read(&piece, quoted)).collect();
        match terms.len() {
            0 => Err(Refusal::Empty),
            _ if terms.len() > MOST || text.chars().count() > LONGEST => Err(Refusal::TooLong),
            _ => Ok(Query { terms }),
        }
    }

    /// The id that was typed and nothing else: this very ticket comes first.
    pub fn id(&self) -> Option<i64> {
        match self.terms.as_slice() {
            [term] => term.digits.as_ref()?.parse().ok(),
            _ => None,
        }
    }

    /// What to ask an index for.
    pub fn wanted(&self) -> Wanted {
        Wanted::All(self.terms.iter().map(Term::wanted).collect())
    }
}

/// As many grams as cover the part: those between them would cost an index more than they rule out.
fn covering(part: &str) -> Vec<String> {
    let all: Vec<String> = grams(part).collect();
    let last = all.len().saturating_sub(1);
    all.into_iter().enumerate().filter(|(at, _)| at % PART == 0 || *at == last).map(|(_, gram)| gram).collect()
}

/// The text in pieces, and which of them stood in quotation marks.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let mut pieces = vec![(String::new(), false)];
    let mut quoted = false;
    for c in text.chars() {
        let mark = matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
        if mark {
            quoted = !quoted;
        }
        if mark || (c.is_whitespace() && !quoted) {
            pieces.push((String::new(), quoted));
        } else if let Some((piece, _)) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.retain(|(piece, _)| !piece.trim().is_empty());
    pieces
}

impl Term {
    fn read(piece: &str, quoted: bool) -> Option<Term> {
        let bare = piece.trim().trim_end_matches('*');
        let words: Vec<String> = fold::words(bare).into_iter().map(|word| word.text).collect();
        // One letter begins too many words to be of use.
        let long = words.last().is_some_and(|word| word.chars().count() >= *BEGINNINGS.start());
        let open = long && (!quoted || piece.trim().ends_with('*'));
        let numeric = bare.chars().all(|c| c.is_ascii_digit() || "+-()./# ".contains(c));
        let digits = Some(fold::digits(bare).0).filter(|digits| numeric && !digits.is_empty());
        let part = Some(fold::folded(bare).0).filter(|part| !quoted && part.chars().count() >= PART);
        let part = part.filter(|part| part.chars().any(char::is_alphanumeric));
        let empty = words.is_empty() && digits.is_none() && part.is_none();
        (!empty).then(|| Term { typed: bare.to_lowercase(), words, open, digits, part })
    }

    fn wanted(&self) -> Wanted {
        let mut ways = Vec::new();
        if let Some((last, others)) = self.words.split_last() {
            let mut words: Vec<Wanted> = others.iter().map(|word| Wanted::Token(word_token(word))).collect();
            words.push(if self.open { Wanted::Beginning(last.clone()) } else { Wanted::Token(word_token(last)) });
            ways.push(Wanted::All(words));
        }
        if let Some(digits) = &self.digits {
            ways.push(Wanted::Token(token('i', digits)));
        }
        for part in [&self.digits, &self.part].into_iter().flatten() {
            let parts: Vec<Wanted> = covering(part).into_iter().map(Wanted::Token).collect();
            if !parts.is_empty() && !ways.contains(&Wanted::All(parts.clone())) {
                ways.push(Wanted::All(parts));
            }
        }
        Wanted::Any(ways)
    }
}
