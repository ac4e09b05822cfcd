//! Phone numbers: which text is one, and the international form in which they are compared (E4).

use phonenumber::country::Id as Region;
use phonenumber::{Mode, PhoneNumber};
use unicode_normalization::UnicodeNormalization;

/// A country by its two letters (ISO 3166), as `PL`.
pub fn country(typed: &str) -> Result<String, String> {
    let code = typed.trim().to_uppercase();
    match code.parse::<Region>() {
        Ok(_) if code.len() == 2 => Ok(code),
        _ => Err(format!("\"{typed}\" is no country like PL or FI")),
    }
}

/// The country of a number in international form.
pub fn country_of(number: &str) -> Option<String> {
    let number = valid(&digits(number)?.0, None)?;
    number.country().id().map(|region| format!("{region:?}"))
}

/// The form in which a number is compared: `+48600100200`, with `;ext=5` where there is an extension. What no country has, such as the
/// extension of a colleague, is compared by its digits. `None` for what is no phone number.
pub fn comparable(typed: &str, country: Option<&str>) -> Option<String> {
    let (number, extension) = digits(typed)?;
    let region = country.and_then(|code| code.parse::<Region>().ok());
    // Some phone systems leave the plus out: a number that only so exists is meant so.
    let known = valid(&number, region).or_else(|| if number.starts_with(['+', '0']) { None } else { valid(&format!("+{number}"), None) });
    let number = known.map_or(number, |known| known.format().mode(Mode::E164).to_string());
    Some(if extension.is_empty() { number } else { format!("{number};ext={extension}") })
}

fn valid(number: &str, region: Option<Region>) -> Option<PhoneNumber> {
    phonenumber::parse(region, number).ok().filter(PhoneNumber::is_valid)
}

/// The digits of a number, with the plus before them, and those of its extension.
fn digits(typed: &str) -> Option<(String, String)> {
    let text: String = typed.nfkc().filter(|c| !is_invisible(*c)).collect::<String>().trim().to_lowercase();
    let text = text.strip_prefix("tel:").unwrap_or(&text);
    let (number, extension) = split_extension(text);
    // A trunk prefix beside the country's code: +49 (0)30 123456.
    let number = if number.starts_with('+') { number.replacen("(0)", "", 1) } else { number.to_owned() };
    let plus = number.starts_with('+');
    let number = number.strip_prefix('+').unwrap_or(&number);
    let separator = |c: char| c.is_whitespace() || "-()/.\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains(c);
    if !number.chars().chain(extension.chars()).all(|c| c.is_ascii_digit() || separator(c)) {
        return None;
    }
    let only = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (number, extension) = (only(number), only(extension));
    // The shortest numbers in use have three digits (112); E.164 has up to 15, and some prefixes for dialling abroad five more.
    (3..=20).contains(&number.len()).then(|| (if plus { format!("+{number}") } else { number }, extension))
}

fn split_extension(text: &str) -> (&str, &str) {
    for mark in [";ext=", "ext.", "ext", "#", "x"] {
        if let Some((number, extension)) = text.split_once(mark)
            && extension.chars().any(|c| c.is_ascii_digit())
        {
            return (number, extension);
        }
    }
    (text, "")
}

/// Marks of direction and width that come with copied numbers.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e4_one_number_however_it_is_written() {
        for written in [
            "+48 600 100 200",
            "0048600100200",
            "600100200",
            "(600) 100-200",
            "tel:+48600100200",
            "48600100200",
            "+48-600-100-200",
            "+48 (0)600 100 200",
            "６００１００２００",
            "＋48 600 100 200",
            "+48\u{a0}600\u{2011}100\u{2011}200",
            "\u{202a}+48600100200\u{202c}",
        ] {
            assert_eq!(comparable(written, Some("PL")).as_deref(), Some("+48600100200"), "{written:?}");
        }
        for (written, country, number) in [
            ("030 123456", "DE", "+4930123456"),
            ("+49 (0)30 123456", "PL", "+4930123456"),
            ("0049 30 123456", "DE", "+4930123456"),
            ("011 48 600 100 200", "US", "+48600100200"),
            ("040 123 4567", "FI", "+358401234567"),
            ("+48 22 555 01 00 ext. 5", "PL", "+48225550100;ext=5"),
            ("+48225550100;ext=5", "PL", "+48225550100;ext=5"),
        ] {
            assert_eq!(comparable(written, Some(country)).as_deref(), Some(number), "{written:?}");
        }
        assert_eq!(comparable("48600100200", None).as_deref(), Some("+48600100200"), "WhatsApp writes them so");
        assert_eq!(comparable("600 100 200", None).as_deref(), Some("600100200"), "of no known country");
        assert_eq!(comparable("112", Some("PL")).as_deref(), Some("112"));
    }

    #[test]
    fn e4_what_is_no_number() {
        for text in [
            "",
            "12",
            "visitor-7",
            "MAILER-DAEMON",
            "undisclosed-recipients:;",
            "anonymous",
            "600 100 200 Jan",
            "a1b2c3",
            "+",
            "1\u{0}234",
            "()-/.",
        ] {
            assert_eq!(comparable(text, Some("PL")), None, "{text:?}");
        }
    }

    #[test]
    fn countries_are_known_by_two_letters() {
        assert_eq!((country(" pl ").as_deref(), country_of("+48 22 555 01 00").as_deref()), (Ok("PL"), Some("PL")));
        assert!(country("Poland").is_err() && country("XX").is_err() && country("").is_err());
        assert_eq!(country_of("22 555 01 00"), None);
    }
}
