//! What a contact goes by.

/// A text without the space around it; none where that is all.
pub fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// The parts of a contact that can name it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    pub first: Option<&'a str>,
    pub last: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub mobile: Option<&'a str>,
}

impl Names<'_> {
    /// How people call them: the name, else the address, else the number. What is blank is not there.
    pub fn display(self) -> Option<String> {
        let address = || filled(self.email).or(filled(self.phone)).or(filled(self.mobile)).map(str::to_owned);
        self.full().or_else(address)
    }

    /// First and last name as one text.
    pub fn full(self) -> Option<String> {
        match (filled(self.first), filled(self.last)) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => first.or(last).map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn blank_parts_name_nobody() {
        for blank in ["", " ", "\u{a0}", "\t\n", "\u{3000}"] {
            let all = Names { first: Some(blank), last: Some(blank), email: Some(blank), phone: Some(blank), mobile: Some("1") };
            assert_eq!(all.display().as_deref(), Some("1"));
            assert_eq!(Names { last: Some("Doe"), ..all }.display().as_deref(), Some("Doe"));
            assert_eq!(Names { email: Some("a@b"), ..all }.display().as_deref(), Some("a@b"));
            assert_eq!(Names { mobile: None, ..all }.display(), None);
        }
    }
}
