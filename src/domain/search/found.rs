//! Whether a ticket is what somebody searches for, where, and how well it fits.

use super::query::{Query, Spelling, Term};
use super::words::{self, Word};
use super::{Document, PART};

crate::text_enum! {
    /// Where something was found, the weightiest first.
    pub enum Field {
        Id = "id",
        Name = "name",
        Contact = "contact",
        Email = "email",
        Phone = "phone",
        MobilePhone = "mobile_phone",
        Company = "company",
        Domain = "domain",
        Description = "description",
    }
}

/// A text in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub field: Field,
    pub text: String,
    /// Which characters were meant: from, and up to but without; ascending, not overlapping.
    pub spans: Vec<(usize, usize)>,
}

/// A ticket that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Field by field, the weightiest first.
    pub hits: Vec<Hit>,
    /// The higher, the better it fits.
    pub score: u32,
}

/// A text, prepared for several words.
struct Text {
    field: Field,
    text: String,
    words: Vec<Word>,
    /// The same with apostrophes that join words.
    joined: Option<Vec<Word>>,
    /// The characters that are searched by any part of them, and their places in the text.
    whole: (String, Vec<usize>),
    spans: Vec<(usize, usize)>,
}

impl Query {
    /// Looks whether all that is searched for is in the ticket.
    pub fn find(&self, document: &Document) -> Option<Found> {
        let mut texts = prepare(document);
        let mut score = 0;
        for term in &self.terms {
            score += term.best(&mut texts)?;
        }
        Some(Found { hits: hits(texts), score })
    }
}

/// The texts in which something was found; a contact's name in another form only where it was not found in the first.
fn hits(texts: Vec<Text>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for text in texts.into_iter().filter(|text| !text.spans.is_empty()) {
        let same_letters = |hit: &Hit| hit.field == Field::Contact && text.field == Field::Contact && same_letters(&hit.text, &text.text);
        if !hits.last().is_some_and(same_letters) {
            hits.push(Hit { field: text.field, text: text.text, spans: joined(text.spans) });
        }
    }
    hits
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

fn prepare(document: &Document) -> Vec<Text> {
    let id = document.id.to_string();
    let mut texts =
        vec![Text { field: Field::Id, words: Vec::new(), joined: None, whole: words::digits(&id), text: id, spans: Vec::new() }];
    for (field, text) in document.texts() {
        let whole = match field {
            Field::Email | Field::Domain => words::folded(&text),
            Field::Phone | Field::MobilePhone => words::digits(&text),
            _ => (String::new(), Vec::new()),
        };
        texts.push(Text { field, words: words::words(&text), joined: words::joined(&text), whole, text, spans: Vec::new() });
    }
    texts.sort_by_key(|text| text.field);
    texts
}

impl Term {
    /// Marks where it is in the texts, and says how well it fits where it does best.
    fn best(&self, texts: &mut [Text]) -> Option<u32> {
        let best = texts.iter_mut().map(|text| self.mark(text)).max().unwrap_or(0);
        match self.apart.as_slice() {
            _ if best > 0 => Some(best),
            [] => None,
            apart => apart.iter().map(|term| term.best(texts)).sum(),
        }
    }

    /// Marks where it is in the text, and says how well it fits: 0 where it is not there at all.
    fn mark(&self, text: &mut Text) -> u32 {
        match text.field {
            Field::Id if !self.apart.is_empty() => 0,
            Field::Id => match &self.number {
                Some(number) if number.digits == text.whole.0 => {
                    text.spans.push((0, text.text.len()));
                    1_000
                }
                Some(number) => mark_part(&number.digits, text, 20),
                None => 0,
            },
            Field::Phone | Field::MobilePhone => self.mark_number(text).max(self.mark_words(text)),
            Field::Email | Field::Domain => {
                let by_part = self.part.as_ref().map_or(0, |part| mark_part(part, text, 40));
                by_part.max(self.mark_words(text))
            }
            _ => self.mark_words(text),
        }
    }

    fn mark_number(&self, text: &mut Text) -> u32 {
        let Some(number) = &self.number else { return 0 };
        let best = number.parts().into_iter().map(|part| mark_part(part, text, 40)).max().unwrap_or(0);
        match number.ends_with(&text.whole.0) {
            Some(first) if best == 0 => {
                let places = &text.whole.1;
                text.spans.extend(places.get(first).zip(places.last()).map(|(first, last)| (*first, last + 1)));
                60
            }
            _ => best,
        }
    }

    fn mark_words(&self, text: &mut Text) -> u32 {
        let mut best = 0;
        for spelling in &self.spellings {
            for words in [Some(&text.words), text.joined.as_ref()].into_iter().flatten() {
                best = best.max(spelling.mark(&self.typed, words, (text.field, &text.text), &mut text.spans));
            }
        }
        best
    }
}

impl Spelling {
    /// Its words side by side, the last one perhaps going on.
    fn mark(&self, typed: &str, words: &[Word], (field, text): (Field, &str), spans: &mut Vec<(usize, usize)>) -> u32 {
        let Some((last, others)) = self.words.split_last() else { return 0 };
        let mut best = 0;
        for window in words.windows(self.words.len()) {
            let (end, before) = (&window[window.len() - 1], &window[..window.len() - 1]);
            let fits = if self.open { end.begins_with(last) } else { end.is(last) };
            if !fits || before.iter().zip(others).any(|(word, wanted)| !word.is(wanted)) {
                continue;
            }
            // Of a word that goes on, what was typed; folding may have made the typed part longer than it is in the text.
            let whole = end.is(last);
            let length = if whole { end.end - end.start } else { last.chars().count().min(end.end - end.start) };
            let (from, to) = (window[0].start, end.start + length);
            let spelt: String = text.chars().skip(from).take(to - from).flat_map(char::to_lowercase).collect();
            best = best.max(weight(field) + if whole { 10 } else { 0 } + if spelt == typed { 5 } else { 0 });
            spans.push((from, to));
        }
        best
    }
}

/// Every place of a part of a number or address; the whole of it weighs double.
fn mark_part(part: &str, text: &mut Text, weight: u32) -> u32 {
    let (whole, places) = &text.whole;
    if part.chars().count() < PART {
        return 0;
    }
    let mut best = 0;
    for (at, _) in whole.match_indices(part) {
        let first = whole[..at].chars().count();
        let last = first + part.chars().count() - 1;
        text.spans.push((places[first], places[last] + 1));
        best = best.max(if part.len() == whole.len() { 2 * weight } else { weight });
    }
    best
}

fn weight(field: Field) -> u32 {
    match field {
        Field::Name => 40,
        Field::Contact | Field::Company => 30,
        Field::Description => 10,
        _ => 20,
    }
}

/// Spans in order, those that touch made one.
fn joined(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

impl Hit {
    /// At most about so many characters of the text around the first place, on one line.
    pub fn excerpt(mut self, characters: usize) -> Hit {
        let length = self.text.chars().count();
        let flat = |c: char| if c.is_whitespace() { ' ' } else { c };
        if length <= characters {
            self.text = self.text.chars().map(flat).collect();
            return self;
        }
        let first = self.spans.first().map_or(0, |span| span.0);
        let from = first.saturating_sub(characters / 4).min(length - characters);
        let to = from + characters;
        let before = if from > 0 { "…" } else { "" };
        let after = if to < length { "…" } else { "" };
        let middle: String = self.text.chars().skip(from).take(characters).map(flat).collect();
        self.text = format!("{before}{middle}{after}");
        let shift = usize::from(from > 0);
        let inside = self.spans.iter().filter(|(start, end)| *end > from && *start < to);
        self.spans = inside.map(|(start, end)| (start.max(&from) - from + shift, end.min(&to) - from + shift)).collect();
        self
    }
}
