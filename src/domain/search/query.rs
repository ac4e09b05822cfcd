//! What somebody searches for.

use super::number::Number;
use super::{BEGINNINGS, PART, covering, head, pair_token, token, word_token, words};

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
    /// The ways in which it may be written: any of them will do.
    pub spellings: Vec<Spelling>,
    /// Where it is nothing but a number, as ids and phones are.
    pub number: Option<Number>,
    /// To be found within an address.
    pub part: Option<String>,
    /// Of a number that was typed with spaces: its pieces, which may also be found one by one.
    pub apart: Vec<Term>,
}

/// Words, folded, that must stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub open: bool,
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
        let pieces = pieces(text);
        let terms = terms(&pieces);
        match terms.len() {
            0 => Err(Refusal::Empty),
            _ if pieces.len() > MOST || text.chars().count() > LONGEST => Err(Refusal::TooLong),
            _ => Ok(Query { terms }),
        }
    }

    /// The id that was typed and nothing else: this very ticket comes first.
    pub fn id(&self) -> Option<i64> {
        match self.terms.as_slice() {
            [term] if term.apart.is_empty() => term.number.as_ref()?.digits.parse().ok(),
            _ => None,
        }
    }

    /// What to ask an index for.
    pub fn wanted(&self) -> Wanted {
        Wanted::All(self.terms.iter().map(Term::wanted).collect())
    }
}

/// One for each piece; pieces of numbers side by side are one number, such as `+49 30 123456`.
fn terms(pieces: &[(String, bool)]) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = pieces;
    while let Some(((piece, quoted), others)) = rest.split_first() {
        let run = rest.iter().take_while(|(piece, quoted)| !quoted && words::is_number(piece)).count();
        if run < 2 {
            terms.extend(Term::read(piece, *quoted));
            rest = others;
            continue;
        }
        let (run, after) = rest.split_at(run);
        let apart: Vec<Term> = run.iter().filter_map(|(piece, _)| Term::read(piece, false)).collect();
        let joined = run.iter().map(|(piece, _)| piece.as_str()).collect::<Vec<_>>().join(" ");
        match Term::read(&joined, true).filter(|_| apart.len() > 1) {
            Some(term) => terms.push(Term { apart, ..term }),
            None => terms.extend(apart),
        }
        rest = after;
    }
    terms
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
        let may_go_on = !quoted || piece.trim().ends_with('*');
        let spellings: Vec<Spelling> = spellings(bare).into_iter().map(|words| Spelling::new(words, may_go_on)).collect();
        let digits = Some(words::digits(bare).0).filter(|digits| words::is_number(bare) && !digits.is_empty());
        let number = digits.map(|digits| Number { digits });
        let part = Some(words::folded(bare).0).filter(|part| !quoted && part.chars().count() >= PART);
        let part = part.filter(|part| part.chars().any(char::is_alphanumeric));
        let empty = spellings.is_empty() && number.is_none() && part.is_none();
        (!empty).then(|| Term { typed: bare.to_lowercase(), spellings, number, part, apart: Vec::new() })
    }

    fn wanted(&self) -> Wanted {
        let mut ways: Vec<Wanted> = self.spellings.iter().map(Spelling::wanted).collect();
        if let Some(number) = &self.number {
            ways.extend(self.apart.is_empty().then(|| Wanted::Token(token('i', &number.digits))));
            ways.extend(number.wanted());
        }
        if !self.apart.is_empty() {
            ways.push(Wanted::All(self.apart.iter().map(Term::wanted).collect()));
        }
        ways.extend(self.part.as_deref().map(part_wanted).filter(|wanted| *wanted != Wanted::All(Vec::new())));
        let mut different: Vec<Wanted> = Vec::new();
        for way in ways {
            if !different.contains(&way) {
                different.push(way);
            }
        }
        Wanted::Any(different)
    }
}

impl Spelling {
    fn new(words: Vec<String>, may_go_on: bool) -> Spelling {
        // One letter begins too many words to be of use.
        let long = words.last().is_some_and(|word| word.chars().count() >= *BEGINNINGS.start());
        Spelling { words, open: long && may_go_on }
    }

    fn wanted(&self) -> Wanted {
        let Some((last, others)) = self.words.split_last() else { return Wanted::Any(Vec::new()) };
        let whole = if self.open { others } else { &self.words[..] };
        let mut wanted: Vec<Wanted> = whole.windows(2).map(|pair| Wanted::Token(pair_token(&pair[0], &pair[1]))).collect();
        if let [only] = whole {
            wanted.push(Wanted::Token(word_token(only)));
        }
        if self.open {
            wanted.push(Wanted::Beginning(last.clone()));
        }
        Wanted::All(wanted)
    }
}

/// The ways in which what was typed may be written in a text: as it is, with apostrophes that join, with digraphs.
fn spellings(bare: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for words in [Some(words::words(bare)), words::joined(bare)].into_iter().flatten() {
        let plain = words.iter().map(|word| word.text.clone()).collect();
        let digraphs = words.iter().map(|word| word.digraphs.as_ref().unwrap_or(&word.text).clone()).collect();
        for spelling in [plain, digraphs] {
            if !words.is_empty() && !all.contains(&spelling) {
                all.push(spelling);
            }
        }
    }
    all
}

/// A part of an address has grams; the words within it are whole, and rarer.
fn part_wanted(part: &str) -> Wanted {
    let words = words::words(part);
    let [first, .., last] = words.as_slice() else { return Wanted::All(covering(part)) };
    let ends = last.end == part.chars().count();
    let mut wanted: Vec<Wanted> = words[1..words.len() - 1].iter().map(|word| Wanted::Token(word_token(&word.text))).collect();
    match last.text.chars().count() {
        _ if !ends => wanted.push(Wanted::Token(word_token(&last.text))),
        length if length >= *BEGINNINGS.start() => wanted.push(Wanted::Beginning(last.text.clone())),
        _ => {}
    }
    // Up to the second word: the first may be the end of a longer one.
    let second = words.get(1).map_or(first.end, |word| word.start);
    wanted.extend(covering(head(part, second)));
    if wanted.is_empty() { Wanted::All(covering(part)) } else { Wanted::All(wanted) }
}
