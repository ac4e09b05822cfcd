//! How words match (V5), and that an index of tokens proposes whatever matches.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn eva() -> Document {
    Document {
        id: 12_345,
        name: "Zepsuta żółta lampa (e-mail #77)".into(),
        description: Some("Lamppu säädä ei pala, Straße 5".into()),
        spam: false,
        people: vec![Person {
            id: 5,
            first_name: Some("Eva".into()),
            last_name: Some("Łoś".into()),
            email: Some("eva.los@lamps.example".into()),
            phone: Some("+48 600-100-200".into()),
            mobile_phone: None,
        }],
        company: Some(Firm { id: 9, name: "Lamps & Sons Oy".into(), domain: Some("lamps.example".into()) }),
    }
}

fn found(text: &str) -> Option<Found> {
    Query::parse(text).ok()?.find(&eva())
}

/// Whether an index would propose a ticket with these tokens.
fn proposes(wanted: &Wanted, tokens: &BTreeSet<&str>, beginnings: bool) -> bool {
    match wanted {
        Wanted::Token(token) => tokens.contains(token.as_str()),
        Wanted::Beginning(text) if beginnings => Wanted::beginning(text).iter().any(|token| tokens.contains(token.as_str())),
        Wanted::Beginning(text) => tokens.iter().any(|token| token.starts_with(&Wanted::beginning_of_token(text))),
        Wanted::All(all) => all.iter().all(|wanted| proposes(wanted, tokens, beginnings)),
        Wanted::Any(any) => any.iter().any(|wanted| proposes(wanted, tokens, beginnings)),
    }
}

#[test]
fn v5_words_match_from_their_beginning_and_parts_of_numbers_and_addresses_anywhere() {
    for (text, matches) in [
        ("lampa", true),
        ("LAMP", true),
        ("lamp*", true),
        ("ampa", false),
        ("zolta", true),
        ("żółty", false),
        ("saada", true),
        ("säädä", true),
        ("strasse", true),
        ("eva los", true),
        ("los eva lampa", true),
        ("\"eva łoś\"", true),
        ("\"łoś eva\"", false),
        ("\"lamp\"", false),
        ("\"lamp*\"", true),
        ("\"żółta lampa\"", true),
        ("e-mail", true),
        ("e-ma", true),
        ("sons oy", true),
        ("12345", true),
        ("#12345", true),
        ("234", true),
        ("23", false),
        ("600100200", true),
        ("+48600", true),
        ("+48 600 100", true),
        ("100-200", true),
        ("600100201", false),
        ("lamps.ex", true),
        ("los@la", true),
        ("S.EXAMPLE", true),
        ("xample", true),
        ("l", false),
        ("5", true),
        ("lampa sofa", false),
    ] {
        assert_eq!(found(text).is_some(), matches, "{text}");
    }
}

#[test]
fn v5_numbers_names_and_words_are_found_as_people_type_them() {
    let person = |change: fn(&mut Person, &str), text: &str| {
        let mut person = Person { id: 1, ..Person::default() };
        change(&mut person, text);
        Document { id: 9_999_999, people: vec![person], ..Document::default() }
    };
    let phone = |text: &str| person(|person, text| person.phone = Some(text.to_owned()), text);
    let named = |text: &str| Document { id: 9_999_999, name: text.to_owned(), ..Document::default() };
    let called = |text: &str| {
        let names = |person: &mut Person, text: &str| {
            let (first, last) = text.split_once(' ').unwrap();
            (person.first_name, person.last_name) = (Some(first.to_owned()), Some(last.to_owned()));
        };
        person(names, text)
    };
    for (document, typed, expected) in [
        (phone("0049 30 123456"), "+49 30 123456", true),
        (phone("0049 30 123456"), "030 123456", true),
        (phone("0049 30 123456"), "030 12345", true),
        (phone("+49 (0)30 123456"), "+49 30 123456", true),
        (phone("+49 30 123456"), "+49 (0)30 123456", true),
        (phone("030 1234567"), "+49 30 1234567", true),
        (phone("030 1234567"), "0049301234567", true),
        (phone("030 1234567"), "+49 31 1234567", false),
        (phone("+48 600 100 200"), "0048600100200", true),
        (phone("0048600100200"), "+48 600 100 200", true),
        (phone("(212) 555-0100"), "+1 212 555 0100", true),
        (phone("０３－１２３４－５６７８"), "0312345678", true),
        (phone("03-1234-5678"), "０３－１２３４", true),
        (phone("٠٣١٢٣٤٥٦٧٨"), "0312345678", true),
        (phone("0301"), "+49 30 0301", false),
        (named("ﾃﾞｽｸｺﾙ"), "ｽｸ", true),
        (named("ﾃﾞｽｸｺﾙ"), "デスクコル", true),
        (named("デスクコル"), "ﾃﾞｽｸ", true),
        (named("テスト"), "デ", false),
        (called("太郎 山田"), "山田太郎", true),
        (called("太郎 山田"), "\"山田太郎\"", true),
        (called("太郎 山田"), "太郎山田", true),
        (called("길동 홍"), "홍길동", true),
        (called("길동 홍"), "길동홍", true),
        (called("Jane Doe"), "\"doe jane\"", false),
        (named("O'Brien's lamp"), "obrien", true),
        (named("O’Brien"), "O'Brien", true),
        (named("obrien"), "O'Brien", true),
        (named("don't"), "dont", true),
        (named("dont"), "don’t", true),
        (named("Köln"), "koeln", true),
        (named("Ko\u{308}ln"), "KOELN", true),
        (named("Koeln"), "Köln", true),
        (named("Köln"), "koln", true),
        (named("Müller-Lüdenscheidt"), "\"mueller luedenscheidt\"", true),
        (named("Crash in v2.10.3"), "2.10.3", true),
        (named("Crash in v2.10.3"), "v2.10", true),
        (named("Crash in v2.10.3"), "2.1", false),
    ] {
        let query = Query::parse(typed).unwrap();
        assert_eq!(query.find(&document).is_some(), expected, "{typed} in {document:?}");
        let tokens = tokens(&document, true);
        let tokens: BTreeSet<&str> = tokens.split(' ').collect();
        assert!(!expected || proposes(&query.wanted(), &tokens, true), "{typed} in {document:?}: {:?}", query.wanted());
    }
}

#[test]
fn v5_a_name_in_another_form_is_shown_only_where_it_was_found_so() {
    let person = Person { id: 1, first_name: Some("太郎".into()), last_name: Some("山田".into()), ..Person::default() };
    let document = Document { id: 1, people: vec![person], ..Document::default() };
    let texts =
        |typed: &str| Query::parse(typed).unwrap().find(&document).unwrap().hits.into_iter().map(|hit| hit.text).collect::<Vec<_>>();
    assert_eq!(texts("山田"), ["太郎 山田"]);
    assert_eq!(texts("山田太郎"), ["山田太郎"]);
}

#[test]
fn v5_what_was_found_is_marked_in_the_text() {
    let marked = |text: &str| -> Vec<(String, String)> {
        let hits = found(text).map(|found| found.hits).unwrap_or_default();
        hits.iter()
            .flat_map(|hit| {
                hit.spans.iter().map(|(from, to)| (hit.field.to_string(), hit.text.chars().skip(*from).take(to - from).collect()))
            })
            .collect()
    };
    assert_eq!(marked("zolt"), [("name".to_owned(), "żółt".to_owned())]);
    assert_eq!(marked("600100"), [("phone".to_owned(), "600-100".to_owned())]);
    assert_eq!(marked("saada"), [("description".to_owned(), "säädä".to_owned())]);
    assert_eq!(marked("los@l"), [("email".to_owned(), "los@l".to_owned())]);
    let long = Hit { field: Field::Description, text: format!("{} lamp {}", "a ".repeat(50), "b ".repeat(50)), spans: vec![(101, 105)] };
    let short = long.excerpt(40);
    let (from, to) = short.spans[0];
    assert_eq!(short.text.chars().skip(from).take(to - from).collect::<String>(), "lamp");
    assert_eq!(short.text.chars().count(), 42);
}

#[test]
fn v5_what_fits_better_weighs_more() {
    let score = |text: &str| found(text).map_or(0, |found| found.score);
    assert!(score("12345") > score("eva.los@lamps.example"));
    assert!(score("lampa") > score("lamp"));
    assert!(score("eva.los@lamps.example") > score("lamps.ex"));
    assert!(score("żółta") > score("zolta"));
    assert!(score("sons") > score("pala"));
}

#[test]
fn texts_that_cannot_be_searched_for_are_refused() {
    assert_eq!(Query::parse("  "), Err(Refusal::Empty));
    assert_eq!(Query::parse("-- & \"\""), Err(Refusal::Empty));
    assert_eq!(Query::parse(&"word ".repeat(21)), Err(Refusal::TooLong));
    assert_eq!(Query::parse(&"w".repeat(501)), Err(Refusal::TooLong));
}

#[test]
fn no_token_is_taken_apart_by_an_engine() {
    let tokens = tokens(&eva(), true);
    for token in tokens.split(' ') {
        assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || !c.is_ascii()), "{token}");
    }
}

const TEXT: &str = "[aAbłŁäöß.@ 'v1２デﾃﾞ山홍-]{0,12}";

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), TEXT.prop_map(Some), ".{0,6}".prop_map(Some)]
}

fn document() -> impl Strategy<Value = Document> {
    let person = (1..4_i64, text(), text(), text(), prop_oneof![Just(None), "[+]?[0-9０() -]{0,12}".prop_map(Some)]);
    let person = person.prop_map(|(id, first_name, last_name, email, phone)| Person {
        id,
        first_name,
        last_name,
        email,
        phone,
        ..Person::default()
    });
    let firm = (1..4_i64, TEXT, text()).prop_map(|(id, name, domain)| Firm { id, name, domain });
    (1..50_000_i64, TEXT, text(), proptest::collection::vec(person, 0..3), proptest::option::of(firm))
        .prop_map(|(id, name, description, people, company)| Document { id, name, description, spam: false, people, company })
}

proptest! {
    #[test]
    fn v5_an_index_proposes_whatever_is_found(document in document(), typed in prop_oneof![
        "[abłäöes0-9.@'v \"*ﾃﾞ山-]{1,8}", "[+]?[0-9 ()]{6,14}", ".{1,6}", "a{1,70}"
    ]) {
        if let Ok(query) = Query::parse(&typed)
            && query.find(&document).is_some()
        {
            for beginnings in [true, false] {
                let tokens = tokens(&document, beginnings);
                let tokens: BTreeSet<&str> = tokens.split(' ').collect();
                prop_assert!(proposes(&query.wanted(), &tokens, beginnings), "{:?} {:?}", query, tokens);
            }
        }
    }

    #[test]
    fn spans_lie_in_their_texts(document in document(), typed in "[abłäs0-9.@ \"*-]{1,6}") {
        if let Some(found) = Query::parse(&typed).ok().and_then(|query| query.find(&document)) {
            for hit in found.hits {
                let hit = hit.excerpt(5);
                let length = hit.text.chars().count();
                prop_assert!(hit.spans.iter().all(|(from, to)| from < to && *to <= length), "{:?}", hit);
            }
        }
    }
}
