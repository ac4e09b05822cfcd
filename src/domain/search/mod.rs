//! Searching tickets (V5): what is searched, how words match, and what an index has to hold to find it.
//!
//! One meaning for both engines: [`Query::find`] decides, on the ticket as it is. An index only proposes: whatever `find` accepts
//! has the [`tokens`] that [`Query::wanted`] asks for, and the engines compare nothing but whole tokens made here.

mod fold;
mod found;
mod query;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::Id;
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
        let number = self.phone.as_ref().or(self.mobile_phone.as_ref());
        self.name().or_else(|| self.email.clone()).or_else(|| number.cloned())
    }

    /// First and last name as one text, so that both can be typed as one phrase.
    fn name(&self) -> Option<String> {
        match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => first.as_ref().or(last.as_ref()).cloned(),
        }
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

    /// The texts that are searched by words.
    fn texts(&self) -> Vec<(Field, String)> {
        let mut texts = vec![(Field::Name, self.name.clone())];
        texts.extend(self.people.iter().filter_map(|person| Some((Field::Contact, person.name()?))));
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

/// A token of the index. The first letter says what it is: `w` a word, `p` the beginning of one, `g` three characters of a number
/// or address, `i` an id, `c` a contact, `m` a company, `s` spam. Only letters and digits of any script come out of this, and
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
        for word in fold::words(&text) {
            if beginnings {
                tokens.extend(beginnings_of(&word.text));
            }
            tokens.insert(word_token(&word.text));
        }
        if matches!(field, Field::Email | Field::Domain) {
            tokens.extend(grams(&fold::folded(&text).0));
        }
    }
    let id = document.id.to_string();
    tokens.extend(grams(&id));
    tokens.insert(token('i', &id));
    for (_, number) in document.phones() {
        tokens.extend(grams(&fold::digits(number).0));
    }
    tokens.extend(document.people.iter().map(|person| of_contact(person.id)));
    tokens.extend(document.company.iter().map(|firm| of_company(firm.id)));
    if document.spam {
        tokens.insert(SPAM.to_owned());
    }
    tokens.into_iter().collect::<Vec<_>>().join(" ")
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

/// The first characters of a text.
fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}
