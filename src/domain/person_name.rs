//! A person's name as mails and other messages give it (E5).

use mail_parser::parsers::MessageStream;

/// The name as it was given: its encoded words decoded, the quotes around it gone. `None` where nothing is left.
pub fn given(raw: &str) -> Option<String> {
    let name = one_line(&decoded(&unquoted(&one_line(raw))));
    (!name.is_empty()).then_some(name)
}

/// First and last name, where the split is sure: exactly two words of a script that parts names by spaces, no comma, no digit.
/// Else the whole is the first.
pub fn first_and_last(name: &str) -> (Option<String>, Option<String>) {
    let words: Vec<&str> = name.split_whitespace().collect();
    let sure = !name.chars().any(|c| c == ',' || c.is_numeric() || family_name_first(c));
    match words.as_slice() {
        [] => (None, None),
        [first, last] if sure => (Some((*first).to_owned()), Some((*last).to_owned())),
        _ => (Some(name.trim().to_owned()), None),
    }
}

/// Han, Kana and Hangul.
fn family_name_first(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// Encoded words (RFC 2047) as what they mean: `=?UTF-8?B?xYHDs2TFug==?=` is Łódź.
pub fn decoded(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let line = format!("{}\n", one_line(text));
    MessageStream::new(line.as_bytes()).parse_unstructured().into_text().map_or_else(|| text.to_owned(), |text| text.into_owned())
}

/// Without the quotes around the whole, and the backslashes that they need inside.
fn unquoted(text: &str) -> String {
    let inside = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
    if let Some(inside) = inside('\'') {
        return inside.trim().to_owned();
    }
    let Some(inside) = inside('"') else { return text.to_owned() };
    let (mut name, mut chars) = (String::new(), inside.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => name.extend(chars.next()),
            // It ends before the end: those were not quotes around the whole.
            '"' => return text.to_owned(),
            c => name.push(c),
        }
    }
    name.trim().to_owned()
}

/// White space and control characters as single spaces.
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e5_names_are_kept_as_given() {
        for (raw, name) in [
            ("ACME Widgets, Inc.", "ACME Widgets, Inc."),
            ("\"Jane Doe, PhD\"", "Jane Doe, PhD"),
            ("\"O\\'Brien \\\"Jim\\\" \\\\ Co\"", "O'Brien \"Jim\" \\ Co"),
            ("\"A\" and \"B\"", "\"A\" and \"B\""),
            ("'Jan Kowalski'", "Jan Kowalski"),
            ("  Jan \r\n  Kowalski ", "Jan Kowalski"),
            ("=?UTF-8?B?xYHDs2TFug==?=", "Łódź"),
            ("=?UTF-8?Q?J=C3=B3zef?= =?UTF-8?Q?_Nowak?=", "Józef Nowak"),
            ("\"=?utf-8?q?J=C3=B3zef?=\"", "Józef"),
            ("Jan =?UTF-8?Q?=C5=BB=C3=B3=C5=82w?= Co", "Jan Żółw Co"),
            ("=?ISO-8859-2?Q?=A3=F3d=BC?=", "Łódź"),
            ("=?windows-1250?Q?=A3=F3d=9F?=", "Łódź"),
            ("=?ISO-2022-JP?B?GyRCOzNFREJATzobKEI=?=", "山田太郎"),
            ("=?UTF-8?B?broken", "=?UTF-8?B?broken"),
            ("O'Brien", "O'Brien"),
        ] {
            assert_eq!(given(raw).as_deref(), Some(name), "{raw:?}");
        }
        for nothing in ["", "  ", "\"\"", "''", "\r\n"] {
            assert_eq!(given(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn e5_names_are_split_only_where_that_is_sure() {
        let split = |name: &str| {
            let (first, last) = first_and_last(name);
            (first.unwrap_or_default(), last.unwrap_or_default())
        };
        assert_eq!(split("Jan Kowalski"), ("Jan".into(), "Kowalski".into()));
        for whole in [
            "ACME Widgets, Inc.",
            "Jane Doe, PhD",
            "Kowalski, Jan",
            "Maria da Silva",
            "Prince",
            "山田 太郎",
            "김 철수",
            "Team 24",
            "Tuesday ２４",
        ] {
            assert_eq!(split(whole), (whole.to_owned(), String::new()));
        }
        assert_eq!(first_and_last(" "), (None, None));
    }
}
