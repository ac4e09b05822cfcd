//! Whoever a message comes from: `Name <address>`, an address, or a number.

/// A sender's address and, where it was given, the name before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// An email address, a phone number, or what else a channel calls people by; never empty.
    pub address: String,
    pub name: Option<String>,
}

impl Sender {
    /// Reads `Jan Kowalski <jan@example.com>`, `"Kowalski, Jan" <jan@example.com>` or the bare address. `None` without an address.
    pub fn parse(typed: &str) -> Option<Sender> {
        let typed = typed.trim();
        let (name, address) = match typed.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"').trim(), address.trim()),
            None => ("", typed),
        };
        let usable = !address.is_empty() && !address.contains(['<', '>', '\n', '\r', '\0']);
        usable.then(|| Sender { address: address.to_owned(), name: (!name.is_empty()).then(|| name.to_owned()) })
    }

    pub fn is_email(&self) -> bool {
        self.address.contains('@')
    }

    /// First and last name; `Last, First` is turned round.
    pub fn names(&self) -> (Option<String>, Option<String>) {
        let some = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        let Some(name) = &self.name else { return (None, None) };
        match (name.split_once(','), name.split_once(' ')) {
            (Some((last, first)), _) => (some(first), some(last)),
            (None, Some((first, last))) => (some(first), some(last)),
            (None, None) => (some(name), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> (String, Option<String>, Option<String>) {
        let sender = Sender::parse(typed).unwrap();
        let (first, last) = sender.names();
        (sender.address, first, last)
    }

    #[test]
    fn names_and_addresses_are_told_apart() {
        let jan = || ("jan@example.com".to_owned(), Some("Jan".to_owned()), Some("Kowalski".to_owned()));
        assert_eq!(names("Jan Kowalski <jan@example.com>"), jan());
        assert_eq!(names("\"Kowalski, Jan\" <jan@example.com>"), jan());
        assert_eq!(names(" +48 600 100 200 "), ("+48 600 100 200".into(), None, None));
        assert_eq!(names("<a@b>"), ("a@b".into(), None, None));
        for empty in ["", "  ", "Jan <>", "a<b", "a\n<b>c"] {
            assert_eq!(Sender::parse(empty), None, "{empty:?}");
        }
    }
}
