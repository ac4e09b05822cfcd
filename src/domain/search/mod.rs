//! Searching tickets (V5): what is searched, how words match, and what an index has to hold to find it.
//!
//! One meaning for both engines: [`Query::find`] decides, on the ticket as it is. An index only proposes: whatever `find` accepts
//! has the [`tokens`] that [`Query::wanted`] asks for, and the engines compare nothing but whole tokens made here.

mod found;
mod number;
mod query;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use super::Id;
use super::contact::Names;
pub use found::{Field, Found, Hit};
pub use query::{Query, Refusal, Wanted};

/// So much of a description is searched, in characters.
const DESCRIPTION: usize = 50_000;
/// Of a longer word the index knows the beginning.
const WORD: usize = 60;
/// The beginnings of words that are tokens of their own, so that what begins like this is found as fast as a whole word.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 2..=15;
/// Parts of numbers and addresses are found from this length on.
const PART: usize = 3;

/// A contact, as far as it is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub id: Id,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile_phone: Option<String>,
}

impl Person {
    /// How people call them: the name, else the address, else the number.
    pub fn display_name(&self) -> Option<String> {
        self.names().display()
    }

    fn names(&self) -> Names<'_> {
        Names {
            first: self.first_name.as_deref(),
            last: self.last_name.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            mobile: self.mobile_phone.as_deref(),
        }
    }

    /// The name as it is written without a space, where that is usual: the family's name first, in Korean also last.
    fn joined_names(&self) -> Vec<String> {
        let (Some(first), Some(last)) = (&self.first_name, &self.last_name) else { return Vec::new() };
        if !words::is_east_asian(first) || !words::is_east_asian(last) {
            return Vec::new();
        }
        let mut names = vec![format!("{last}{first}")];
        if first.chars().chain(last.chars()).any(words::is_hangul) {
            names.push(format!("{first}{last}"));
        }
        names
    }

    /// First and last name as one text, so that both can be typed as one phrase.
    fn name(&self) -> Option<String> {
        self.names().full()
    }
}

/// A company, as far as it is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    pub id: Id,
    pub name: String,
    pub domain: Option<String>,
}

/// All that is searched of one ticket (V5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub id: Id,
    pub name: String,
    pub description: Option<String>,
    pub spam: bool,
    /// Every contact, the first one first.
    pub people: Vec<Person>,
    pub company: Option<Firm>,
}

impl Document {
    /// The part of the description that is searched.
    fn description(&self) -> Option<&str> {
        let text = self.description.as_deref()?;
        let end = text.char_indices().nth(DESCRIPTION).map_or(text.len(), |(end, _)| end);
        Some(&text[..end])
    }

    /// The texts that are searched by words. What [`Person::joined_names`] adds to a contact stands right after it.
    fn texts(&self) -> Vec<(Field, String)> {
        let mut texts = vec![(Field::Name, self.name.clone())];
        for person in &self.people {
            texts.extend(person.name().into_iter().chain(person.joined_names()).map(|name| (Field::Contact, name)));
        }
        texts.extend(self.people.iter().filter_map(|person| Some((Field::Email, person.email.clone()?))));
        if let Some(firm) = &self.company {
            texts.push((Field::Company, firm.name.clone()));
            texts.extend(firm.domain.clone().map(|domain| (Field::Domain, domain)));
        }
        texts.extend(self.phones().map(|(field, number)| (field, number.to_owned())));
        texts.extend(self.description().map(|text| (Field::Description, text.to_owned())));
        texts
    }

    /// The numbers that are searched by any of their digits.
    fn phones(&self) -> impl Iterator<Item = (Field, &str)> {
        self.people.iter().flat_map(|person| {
            let phone = person.phone.as_deref().map(|number| (Field::Phone, number));
            phone.into_iter().chain(person.mobile_phone.as_deref().map(|number| (Field::MobilePhone, number)))
        })
    }
}

/// A token of the index. The first letter says what it is: `w` a word, `p` the beginning of one, `b` two words side by side, `g` three
/// characters of a number or address, `i` an id, `c` a contact, `m` a company, `s` spam. Only letters and digits of any script come out of this, and
/// characters of a private area in the place of punctuation: no engine takes a token apart.
fn token(kind: char, text: &str) -> String {
    let plain = |c: char| if c.is_ascii() && !c.is_ascii_alphanumeric() { char::from_u32(0xe000 + c as u32).unwrap_or('_') } else { c };
    std::iter::once(kind).chain(text.chars().map(plain)).collect()
}

/// What every ticket of this contact has in the index.
pub fn of_contact(id: Id) -> String {
    format!("c{id}")
}

/// What every ticket of this company has in the index.
pub fn of_company(id: Id) -> String {
    format!("m{id}")
}

/// What spam has in the index.
pub const SPAM: &str = "s1";

/// The tokens of a ticket, separated by spaces; with the beginnings of its words where the engine cannot find them by itself.
pub fn tokens(document: &Document, beginnings: bool) -> String {
    let mut tokens = BTreeSet::new();
    for (field, text) in document.texts() {
        for words in [Some(words::words(&text)), words::joined(&text)].into_iter().flatten() {
            words_into(&words, beginnings, &mut tokens);
        }
        if matches!(field, Field::Email | Field::Domain) {
            tokens.extend(grams(&words::folded(&text).0));
        }
    }
    let id = document.id.to_string();
    tokens.extend(grams(&id));
    tokens.insert(token('i', &id));
    for (_, number) in document.phones() {
        tokens.extend(grams(&words::digits(number).0));
    }
    tokens.extend(document.people.iter().map(|person| of_contact(person.id)));
    tokens.extend(document.company.iter().map(|firm| of_company(firm.id)));
    if document.spam {
        tokens.insert(SPAM.to_owned());
    }
    tokens.into_iter().collect::<Vec<_>>().join(" ")
}

/// The tokens of words, one after the other, and of each two that stand side by side.
fn words_into(words: &[words::Word], beginnings: bool, tokens: &mut BTreeSet<String>) {
    for word in words {
        for spelling in word.spellings() {
            if beginnings {
                tokens.extend(beginnings_of(spelling));
            }
            tokens.insert(word_token(spelling));
        }
    }
    for pair in words.windows(2) {
        for first in pair[0].spellings() {
            tokens.extend(pair[1].spellings().map(|second| pair_token(first, second)));
        }
    }
}

/// Short, because there are as many as words; two pairs that share one cost a look.
fn pair_token(first: &str, second: &str) -> String {
    let digest = blake3::hash(format!("{first} {second}").as_bytes());
    let [a, b, c, d, ..] = *digest.as_bytes();
    format!("b{:x}", u32::from_be_bytes([a, b, c, d]))
}

fn word_token(word: &str) -> String {
    token('w', head(word, WORD))
}

/// The beginnings of a word that are shorter than it.
fn beginnings_of(word: &str) -> impl Iterator<Item = String> {
    let ends = word.char_indices().map(|(end, _)| end).enumerate();
    ends.filter(|(length, _)| BEGINNINGS.contains(length)).map(|(_, end)| token('p', &word[..end]))
}

/// Every three characters that stand side by side.
fn grams(text: &str) -> impl Iterator<Item = String> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let found: Vec<String> = ends.windows(PART + 1).map(|window| token('g', &text[window[0]..window[PART]])).collect();
    found.into_iter()
}

/// As many grams as cover the part: those between them would cost an index more than they rule out.
fn covering(part: &str) -> Vec<Wanted> {
    let all: Vec<String> = grams(part).collect();
    let last = all.len().saturating_sub(1);
    let needed = all.into_iter().enumerate().filter(|(at, _)| at % PART == 0 || *at == last);
    needed.map(|(_, gram)| Wanted::Token(gram)).collect()
}

/// The first characters of a text.
fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}
