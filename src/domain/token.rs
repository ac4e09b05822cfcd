//! Tokens: how a program shows a server on whose behalf it works, and what it may do there.
//!
//! A token reads `dsk_NAME_SECRET`: 16 hexadecimal digits that name it, and 256 random bits as 43 characters of base64url.
//! A server keeps the name and a hash of the secret, never the secret (G2).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// What every token begins with, so that scanners of repositories and logs can find one that leaked.
pub const PREFIX: &str = "dsk_";
const NAME_BYTES: usize = 8;
const SECRET_BYTES: usize = 32;
/// How many random bytes a token is made of.
pub const RANDOM_BYTES: usize = NAME_BYTES + SECRET_BYTES;
const NAME_CHARS: usize = 2 * NAME_BYTES;
const SECRET_CHARS: usize = 43;

/// A token as its bearer shows it: its name, and the hash of its secret. The secret itself is not in here.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Presented {
    pub name: String,
    hash: blake3::Hash,
}

impl Presented {
    /// Reads a token; `None` when the text cannot be one.
    pub fn parse(text: &str) -> Option<Presented> {
        let rest = text.trim().strip_prefix(PREFIX)?;
        let (name, secret) = rest.split_once('_')?;
        let is_name = name.len() == NAME_CHARS && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let is_secret =
            secret.len() == SECRET_CHARS && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (is_name && is_secret).then(|| Presented { name: name.to_owned(), hash: blake3::hash(secret.as_bytes()) })
    }

    /// What a server keeps of the secret.
    pub fn hash(&self) -> &[u8] {
        self.hash.as_bytes()
    }

    /// Whether this is the secret that was kept, in a time that does not depend on where the two differ (G2).
    pub fn is(&self, kept: &[u8]) -> bool {
        // blake3 compares two hashes in constant time.
        <[u8; 32]>::try_from(kept).is_ok_and(|kept| self.hash == blake3::Hash::from_bytes(kept))
    }
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}_…", self.name)
    }
}

/// The text without the secrets of the tokens in it: people paste one where its name is asked for (G1).
pub fn redacted(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = shown[from..].find(PREFIX).map(|at| from + at) {
        let named = at + PREFIX.len() + NAME_CHARS;
        let end = named + 1 + SECRET_CHARS;
        if shown.get(at..end).is_some_and(|text| Presented::parse(text).is_some()) {
            shown.to_mut().replace_range(named + 1..end, "…");
        }
        from = at + PREFIX.len();
    }
    shown
}

/// Makes a token's text of random bytes.
pub fn mint(random: &Zeroizing<[u8; RANDOM_BYTES]>) -> Zeroizing<String> {
    let (name, secret) = random.split_at(NAME_BYTES);
    // Long enough from the start: text that grows leaves copies behind.
    let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + NAME_CHARS + 1 + SECRET_CHARS));
    text.push_str(PREFIX);
    for byte in name {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    text.push('_');
    URL_SAFE_NO_PAD.encode_string(secret, &mut text);
    text
}

/// Reading, or changing too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    Read,
    Write,
}

/// One thing that a token allows. The permissions of its user hold besides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// `read`, `write`: with every noun.
    All(Right),
    /// `tickets:read`, `migrations:write`: with this noun only.
    Noun(String, Right),
    /// `impersonate`: acting as another user; its user has to be a super admin.
    Impersonate,
}

impl Scope {
    /// What a token may do where nothing else is said: all that its user may do.
    pub fn usual() -> Vec<Scope> {
        vec![Scope::All(Right::Read), Scope::All(Right::Write)]
    }

    /// Whether this scope brings all that the other one does. The right to write brings that to read.
    pub fn covers(&self, other: &Scope) -> bool {
        match (self, other) {
            (Scope::Impersonate, Scope::Impersonate) => true,
            (Scope::All(has), Scope::All(wants) | Scope::Noun(_, wants)) => has >= wants,
            (Scope::Noun(noun, has), Scope::Noun(other, wants)) => noun == other && has >= wants,
            _ => false,
        }
    }
}

/// The scope that an operation asks for: `tickets.update`, which writes, asks for `tickets:write`.
pub fn scope_of(operation: &str, writes: bool) -> Scope {
    let noun = operation.split_once('.').map_or(operation, |(noun, _)| noun);
    Scope::Noun(noun.to_owned(), if writes { Right::Write } else { Right::Read })
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let right = |right: &Right| if *right == Right::Read { "read" } else { "write" };
        match self {
            Scope::All(which) => f.write_str(right(which)),
            Scope::Noun(noun, which) => write!(f, "{noun}:{}", right(which)),
            Scope::Impersonate => f.write_str("impersonate"),
        }
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Scope, String> {
        let right = |text: &str| match text {
            "read" => Some(Right::Read),
            "write" => Some(Right::Write),
            _ => None,
        };
        let known = match text.split_once(':') {
            Some((noun, which)) if !noun.is_empty() && noun.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => {
                right(which).map(|which| Scope::Noun(noun.to_owned(), which))
            }
            Some(_) => None,
            None if text == "impersonate" => Some(Scope::Impersonate),
            None => right(text).map(Scope::All),
        };
        known.ok_or_else(|| format!("\"{text}\" is no scope: write read, write, NOUN:read, NOUN:write (tickets:read) or impersonate"))
    }
}

impl TryFrom<String> for Scope {
    type Error = String;
    fn try_from(text: String) -> Result<Scope, String> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> String {
        scope.to_string()
    }
}

impl JsonSchema for Scope {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scope".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "read, write, NOUN:read, NOUN:write, or impersonate",
            "pattern": "^(read|write|impersonate|[a-z_]+:(read|write))$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(byte: u8) -> Zeroizing<String> {
        mint(&Zeroizing::new([byte; RANDOM_BYTES]))
    }

    #[test]
    fn g2_a_token_is_recognised_by_its_hash_alone() {
        let text = token(7);
        let kept = Presented::parse(&text).unwrap();
        assert_eq!(text.len(), 64);
        assert!(Presented::parse(&text).unwrap().is(kept.hash()));
        assert!(!Presented::parse(&token(8)).unwrap().is(kept.hash()));
        let mut changed = text.to_string();
        let last = changed.pop().unwrap();
        changed.push(if last == 'A' { 'B' } else { 'A' });
        assert!(!Presented::parse(&changed).unwrap().is(kept.hash()));
        assert!(!kept.is(&kept.hash()[1..]));
        let secret = text.rsplit_once('_').unwrap().1;
        assert!(!format!("{kept:?}").contains(secret) && !kept.hash().windows(8).any(|bytes| secret.as_bytes().starts_with(bytes)));
    }

    #[test]
    fn what_is_no_token_is_none() {
        let text = token(255);
        assert!(Presented::parse(&format!(" {}\n", *text)).is_some());
        for wrong in ["", "dsk_", "x", &text[1..], &text[..63], &text.replace("dsk_f", "dsk_F"), &format!("{}x", *text)] {
            assert!(Presented::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn g1_tokens_in_a_text_lose_their_secrets() {
        let (a, b) = (token(1), token(2));
        let secret = |text: &str| text[21..].to_owned();
        let shown = redacted(&format!("ż{}{} dsk_ {}", *a, *a, *b)).into_owned();
        assert!(!shown.contains(&secret(&a)) && !shown.contains(&secret(&b)), "{shown}");
        assert!(shown.contains("dsk_0101010101010101_…") && shown.ends_with("dsk_0202020202020202_…"), "{shown}");
        for text in ["", "dsk_", "tickets", &a[..63], "dsk_żółć"] {
            assert!(matches!(redacted(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn scopes_are_read_as_they_are_written_and_writing_brings_reading() {
        for text in ["read", "write", "tickets:read", "migrations:write", "impersonate"] {
            assert_eq!(text.parse::<Scope>().unwrap().to_string(), text);
        }
        for wrong in ["", "Read", "tickets", "tickets:", ":read", "tickets:delete", "tickets:read:x"] {
            assert!(wrong.parse::<Scope>().is_err(), "{wrong}");
        }
        let covers = |has: &str, wants: &str| has.parse::<Scope>().unwrap().covers(&wants.parse().unwrap());
        assert!(covers("write", "tickets:read") && covers("tickets:write", "tickets:read") && covers("read", "read"));
        assert!(!covers("read", "tickets:write") && !covers("tickets:write", "contacts:read") && !covers("tickets:write", "write"));
        assert!(!covers("write", "impersonate") && !covers("impersonate", "read"));
        assert_eq!(scope_of("tickets.update", true).to_string(), "tickets:write");
    }
}
