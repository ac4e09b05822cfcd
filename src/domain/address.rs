//! Whose a message is: one parser of email addresses for every way in, and what each kind of channel calls people by (E4, E6).

use unicode_normalization::UnicodeNormalization;

use super::channel::Kind;
use super::header::{Piece, pieces};
use super::{person_name, phone};

/// One person's email address.
#[derive(Clone, Debug, PartialEq)]
pub struct Mailbox {
    /// In lower case, an international domain in its own letters: the form in which addresses are kept and compared.
    pub email: String,
    /// As it was written, without what stood around it.
    pub written: String,
    pub name: Option<String>,
}

impl Mailbox {
    /// Reads `jan@x.example`, `Jan <jan@x.example>`, `jan@x.example (Jan)`, `mailto:jan@x.example`; else says what it is instead.
    pub fn parse(typed: &str) -> Result<Mailbox, &'static str> {
        let typed = person_name::one_line(typed);
        let parts = parts(&typed)?;
        let written = plain(&parts.address);
        let email = canonical(written).ok_or(NO_ADDRESS)?;
        let name = parts.name.and_then(|raw| person_name::given(&raw)).filter(|name| canonical(name).as_ref() != Some(&email));
        Ok(Mailbox { email, written: written.to_owned(), name })
    }

    /// As [`Mailbox::parse`], for a contact: what answers for machines is nobody's.
    pub fn of_person(typed: &str) -> Result<Mailbox, &'static str> {
        let mailbox = Mailbox::parse(typed)?;
        let local = mailbox.email.split('@').next().unwrap_or_default();
        if ["mailer-daemon", "postmaster"].contains(&local) { Err("is an automatic sender") } else { Ok(mailbox) }
    }
}

/// An email address as it is kept; also from one that was stored before it was read so.
fn canonical(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let wrong = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;,\\\"@".contains(c);
    if local.is_empty() || (!quoted && local.contains(wrong)) {
        return None;
    }
    let local: String = local.nfc().collect();
    Some(format!("{}@{}", local.to_lowercase(), canonical_domain(domain)?))
}

fn canonical_domain(domain: &str) -> Option<String> {
    if domain.starts_with('[') && domain.ends_with(']') {
        let inside = &domain[1..domain.len() - 1];
        let literal = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_alphanumeric() || ".:".contains(c));
        return literal.then(|| domain.to_lowercase());
    }
    let ascii = ascii_domain(domain)?;
    if ascii.split('.').any(str::is_empty) {
        return None;
    }
    let (unicode, read) = idna::domain_to_unicode(&ascii);
    Some(if read.is_ok() { unicode } else { ascii })
}

fn ascii_domain(domain: &str) -> Option<String> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::URL).ok().map(|ascii| ascii.into_owned())
}

/// The two forms of an address in which a store may hold it: as it is kept today, and with the domain in ASCII.
pub fn forms(typed: &str) -> [String; 2] {
    let typed = typed.trim();
    let kept = canonical(plain(typed)).unwrap_or_else(|| typed.to_lowercase());
    let ascii = kept.rsplit_once('@').and_then(|(local, domain)| Some(format!("{local}@{}", ascii_domain(domain)?)));
    [kept.clone(), ascii.unwrap_or(kept)]
}

/// Without the scheme before a copied link and what follows the address in it, and without single quotes around it.
fn plain(address: &str) -> &str {
    let address = address.trim();
    let address = match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => address[7..].split('?').next().unwrap_or_default(),
        _ => address,
    };
    address.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(address).trim()
}

/// What is called what in a field with one address.
struct Parts {
    name: Option<String>,
    address: String,
}

/// Parts a field with one address. A comma or colon that was not quoted belongs to the name where only one address follows.
fn parts(field: &str) -> Result<Parts, &'static str> {
    let read = pieces(field);
    let outside = written(read.iter().filter(|piece| matches!(piece, Piece::Text(_))));
    if outside.ends_with(';') && outside.contains(':') {
        return Err("is a group");
    }
    let items = items(&read);
    match items.iter().filter(|item| bears_address(item)).count() {
        0 if items.is_empty() => Err("is empty"),
        0 => Err(NO_ADDRESS),
        1 if items.last().is_some_and(|item| bears_address(item)) => one(&read, &items[items.len() - 1]),
        _ => Err("is several addresses"),
    }
}

const NO_ADDRESS: &str = "is no email address like anna@example.com";

/// What stands between commas and semicolons, as far as that is anything.
fn items(read: &[Piece]) -> Vec<Vec<Piece>> {
    let mut items = vec![Vec::new()];
    for piece in read {
        let Piece::Text(text) = piece else {
            items.last_mut().into_iter().for_each(|item: &mut Vec<Piece>| item.push(piece.clone()));
            continue;
        };
        for (index, part) in text.split([',', ';']).enumerate() {
            if index > 0 {
                items.push(Vec::new());
            }
            items.last_mut().into_iter().for_each(|item| item.push(Piece::Text(part.to_owned())));
        }
    }
    items.retain(|item| item.iter().any(|piece| matches!(piece, Piece::Angle(_))) || !written(item).is_empty());
    items
}

fn bears_address(item: &[Piece]) -> bool {
    item.iter().any(|piece| matches!(piece, Piece::Angle(_))) || canonical(plain(&written(item))).is_some()
}

fn one(read: &[Piece], last: &[Piece]) -> Result<Parts, &'static str> {
    let comment = read.iter().find_map(|piece| if let Piece::Comment(inside) = piece { Some(inside.clone()) } else { None });
    let angle = read.iter().enumerate().find_map(|(at, piece)| if let Piece::Angle(inside) = piece { Some((at, inside)) } else { None });
    let Some((at, inside)) = angle else { return Ok(Parts { name: comment, address: written(last) }) };
    if inside.trim().is_empty() {
        return Err("is empty");
    }
    let name = Some(written(&read[..at])).filter(|name| !name.is_empty());
    Ok(Parts { name: name.or(comment), address: inside.clone() })
}

/// Pieces as they were written, without comments and what stands in angle brackets.
fn written<'p>(read: impl IntoIterator<Item = &'p Piece>) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Quoted(inside) => format!("\"{}\"", inside.replace('\\', "\\\\").replace('"', "\\\"")),
        Piece::Comment(_) | Piece::Angle(_) => String::new(),
    };
    read.into_iter().map(text).collect::<String>().trim().to_owned()
}

/// By what a channel knows the person who writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Address {
    Email(String),
    /// A number as it was written, and in the form in which numbers are compared.
    Phone {
        written: String,
        number: String,
    },
    /// What a chat or a page calls its visitor.
    Visitor(String),
}

/// Who sent a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// The author of the message: the address as it was written, or the whole where it is no person's.
    pub author: String,
    pub name: Option<String>,
    /// Or why it is not one person's (E4).
    pub address: Result<Address, &'static str>,
}

impl Sender {
    /// Reads who sent a message by a channel of this kind; `country` is where its numbers are at home. `None` where nobody is named.
    pub fn parse(typed: &str, kind: Kind, country: Option<&str>) -> Option<Sender> {
        let whole = person_name::one_line(typed);
        if whole.is_empty() {
            return None;
        }
        let number = || number(&whole, country);
        let mailbox = || {
            Mailbox::of_person(&whole).map(|mailbox| Sender {
                author: mailbox.written,
                name: mailbox.name,
                address: Ok(Address::Email(mailbox.email)),
            })
        };
        let known = match kind {
            Kind::Email => mailbox(),
            Kind::Form => mailbox().or_else(|why| number().ok_or(why)),
            Kind::Calling | Kind::Whatsapp => number().ok_or("is no phone number").or_else(|why| mailbox().map_err(|_| why)),
            Kind::Chat | Kind::FacebookMessenger => {
                mailbox().or_else(|_| Ok(number().filter(|_| whole.contains('+')).unwrap_or_else(|| visitor(&whole))))
            }
        };
        Some(known.unwrap_or_else(|why| Sender { author: whole, name: None, address: Err(why) }))
    }
}

/// `+48 600 100 200`, `Jan <+48 600 100 200>`, `sip:600100200@pbx.example`
fn number(whole: &str, country: Option<&str>) -> Option<Sender> {
    let (name, written) = match parts(whole) {
        Ok(Parts { name, address }) if whole.contains('<') => (name, address),
        _ => (None, whole.to_owned()),
    };
    let sip = written.strip_prefix("sip:").map(|rest| rest.split(['@', ';']).next().unwrap_or_default());
    let number = phone::comparable(sip.unwrap_or(&written), country)?;
    let name = name.and_then(|raw| person_name::given(&raw)).filter(|name| phone::comparable(name, country).as_ref() != Some(&number));
    Some(Sender { author: written.clone(), name, address: Ok(Address::Phone { written, number }) })
}

fn visitor(whole: &str) -> Sender {
    Sender { author: whole.to_owned(), name: None, address: Ok(Address::Visitor(whole.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> (String, Option<String>) {
        let mailbox = Mailbox::of_person(typed).unwrap_or_else(|why| panic!("{typed:?} {why}"));
        (mailbox.email, mailbox.name)
    }

    #[test]
    fn e4_one_address_however_it_is_written() {
        for written in [
            "jan@x.example",
            " Jan@X.Example ",
            "mailto:jan@x.example",
            "MAILTO:jan@x.example?subject=Hi",
            "<jan@x.example>",
            "<mailto:jan@x.example>",
            "'jan@x.example'",
            "jan@x.example.",
            "jan@x.example,",
            "jan@x.example <jan@x.example>",
            "\"jan@x.example\" <JAN@x.example>",
        ] {
            assert_eq!(read(written), ("jan@x.example".into(), None), "{written:?}");
        }
        for (written, name) in [
            ("Jan Kowalski <jan@x.example>", "Jan Kowalski"),
            ("\"Kowalski, Jan\" <jan@x.example>", "Kowalski, Jan"),
            ("Kowalski, Jan <jan@x.example>", "Kowalski, Jan"),
            ("ACME Widgets, Inc. <jan@x.example>", "ACME Widgets, Inc."),
            ("jan@x.example (Jan)", "Jan"),
            ("<jan@x.example> (Jan)", "Jan"),
            ("Jan (the boss) <jan@x.example>", "Jan"),
            ("Re: Jan <jan@x.example>", "Re: Jan"),
            ("=?UTF-8?Q?J=C3=B3zef?= <jan@x.example>", "Józef"),
            ("Ann via ann@y.example <jan@x.example>", "Ann via ann@y.example"),
        ] {
            assert_eq!(read(written), ("jan@x.example".into(), Some(name.into())), "{written:?}");
        }
        for (written, email) in [
            ("jan@bücher.example", "jan@bücher.example"),
            ("jan@xn--bcher-kva.example", "jan@bücher.example"),
            ("jan@BÜCHER.example", "jan@bücher.example"),
            ("jan@bu\u{308}cher.example", "jan@bücher.example"),
            ("Żółw@x.example", "żółw@x.example"),
            ("\"a b\"@x.example", "\"a b\"@x.example"),
            ("jan@[192.0.2.1]", "jan@[192.0.2.1]"),
            ("a@b", "a@b"),
            ("o'brien+tag=1@x_y.example", "o'brien+tag=1@x_y.example"),
        ] {
            assert_eq!(read(written).0, email, "{written:?}");
        }
    }

    #[test]
    fn e4_what_is_no_persons_address_says_what_it_is() {
        for (typed, why) in [
            ("a@x.example, b@x.example", "is several addresses"),
            ("a@x.example; b@x.example", "is several addresses"),
            ("A <a@x.example>, B <b@x.example>", "is several addresses"),
            ("a@x.example, B <b@x.example>", "is several addresses"),
            ("B <b@x.example>, a@x.example", "is several addresses"),
            ("undisclosed-recipients:;", "is a group"),
            ("Team: a@x.example, b@x.example;", "is a group"),
            ("", "is empty"),
            ("<>", "is empty"),
            ("Jan <>", "is empty"),
            ("MAILER-DAEMON@x.example", "is an automatic sender"),
            ("Mail <postmaster@x.example>", "is an automatic sender"),
        ] {
            assert_eq!(Mailbox::of_person(typed), Err(why), "{typed:?}");
        }
        for typed in [
            "\"\"",
            "@",
            "@x.example",
            "jan@",
            "jan",
            "MAILER-DAEMON",
            "a@b@c",
            "a b@c",
            "jan@x y.example",
            "jan@x..example",
            "jan@.example",
            "a\0b@c",
            "jan@xn--a\u{e9}.example",
        ] {
            assert!(Mailbox::of_person(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn e6_each_kind_of_channel_knows_people_in_its_own_way() {
        let address = |typed: &str, kind| Sender::parse(typed, kind, Some("PL")).unwrap().address;
        let phone = |written: &str| Ok(Address::Phone { written: written.into(), number: "+48600100200".into() });
        assert_eq!(address("600100200", Kind::Calling), phone("600100200"));
        assert_eq!(address("48600100200", Kind::Whatsapp), phone("48600100200"));
        assert_eq!(address("sip:600100200@pbx.example", Kind::Calling), phone("sip:600100200@pbx.example"));
        assert_eq!(address("jan@x.example", Kind::Calling), Ok(Address::Email("jan@x.example".into())));
        assert_eq!(address("600100200", Kind::Form), phone("600100200"));
        assert!(address("600100200", Kind::Email).is_err(), "a mail never knows anyone by a number");
        assert!(address("anonymous", Kind::Calling).is_err());
        assert_eq!(address("visitor-7", Kind::Chat), Ok(Address::Visitor("visitor-7".into())));
        assert_eq!(address("1234567890123456", Kind::FacebookMessenger), Ok(Address::Visitor("1234567890123456".into())));
        assert_eq!(address("+48 600 100 200", Kind::Chat), phone("+48 600 100 200"));
        let named = Sender::parse("Jan Kowalski <600 100 200>", Kind::Calling, Some("PL")).unwrap();
        assert_eq!((named.name.as_deref(), named.author.as_str()), (Some("Jan Kowalski"), "600 100 200"));
        assert_eq!(Sender::parse(" \r\n", Kind::Email, None), None);
    }

    #[test]
    fn both_forms_of_an_address_are_looked_for() {
        assert_eq!(forms(" Jan@xn--bcher-kva.example"), ["jan@bücher.example", "jan@xn--bcher-kva.example"]);
        assert_eq!(forms("not an address"), ["not an address", "not an address"]);
    }
}
