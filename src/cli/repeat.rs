//! The line by which a command is repeated whose write may have been done (G26).

use std::ffi::OsString;

use serde_json::Value;

use crate::error::Error;
use crate::protocol::AUTOMATIC_KEY;

/// Says how to repeat it safely, where that is in doubt.
pub fn explained(error: Error) -> Error {
    let text = |name: &str| error.details().get(name).and_then(Value::as_str);
    let (Some("unknown"), Some(key)) = (text("outcome"), text("idempotency_key")) else { return error };
    let within = if key.starts_with(AUTOMATIC_KEY) { " within the hour" } else { "" };
    let Some(line) = line(std::env::args_os().skip(1), key) else { return error };
    error.hint(format!("run this{within}, and it is done once: {line}")).detail("repeat", line)
}

/// The command as it was typed, with the key. None where it cannot be written as text.
fn line(arguments: impl Iterator<Item = OsString>, key: &str) -> Option<String> {
    let typed: Vec<String> = arguments.map(|argument| argument.into_string().ok()).collect::<Option<_>>()?;
    let keyed = typed.iter().any(|word| word == "--idempotency-key" || word.starts_with("--idempotency-key="));
    let own = if keyed { Vec::new() } else { vec!["--idempotency-key".to_owned(), key.to_owned()] };
    let words: Vec<String> = own.iter().chain(&typed).map(|word| quoted(word)).collect();
    Some(format!("deskctl {}", words.join(" ")))
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "_@%+=:,./-".contains(char);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> String {
        line(words.iter().map(OsString::from), "k1").unwrap()
    }

    #[test]
    fn g26_a_line_repeats_what_was_typed_under_the_same_key() {
        assert_eq!(
            of(&["contacts", "create", "--last-name", "O'Neil & Co"]),
            r"deskctl --idempotency-key k1 contacts create --last-name 'O'\''Neil & Co'"
        );
        assert_eq!(of(&["teams", "create", "Ops", "--idempotency-key", "k1"]), "deskctl teams create Ops --idempotency-key k1");
        assert_eq!(of(&["teams", "create", "--", ""]), "deskctl --idempotency-key k1 teams create -- ''");
    }
}
