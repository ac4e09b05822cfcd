//! Text from data, made harmless for a terminal (G8): what could move the cursor, recolour, hide or
//! reorder text becomes visible as `\x1b` or `\u{202e}`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

/// Control characters, and the invisible ones that reorder or break lines.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}

fn push_escaped(text: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = if c.is_ascii() { write!(text, "\\x{:02x}", c as u32) } else { write!(text, "\\u{{{:x}}}", c as u32) };
}

/// Escapes control and bidi-control characters; newlines and tabs stay, as a message may have several lines.
pub fn escape_terminal(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| is_unsafe(c) && c != '\n' && c != '\t';
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if harmful(c) { push_escaped(&mut escaped, c) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

/// The same for text that has to stay on one line: a newline becomes `⏎`, a tab a space.
pub fn escape_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => escaped.push('⏎'),
            '\t' => escaped.push(' '),
            c if is_unsafe(c) => push_escaped(&mut escaped, c),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Rewrites the characters in question inside JSON text as `\u009b`: the same document, but harmless when looked at.
pub(super) fn escape_json(json: String) -> String {
    let harmful = |c: char| is_unsafe(c) && c != '\n';
    if !json.contains(harmful) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        // Those outside strings are newlines only, and all of them are in the basic plane.
        let _ = if harmful(c) { write!(escaped, "\\u{:04x}", c as u32) } else { escaped.write_char(c) };
    }
    escaped
}

/// Writes JSON text line by line, harmless when looked at.
pub(super) struct EscapedLines<'w> {
    out: &'w mut dyn Write,
    line: Vec<u8>,
}

impl<'w> EscapedLines<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> EscapedLines<'w> {
        EscapedLines { out, line: Vec::new() }
    }
}

impl Write for EscapedLines<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            let lines: Vec<u8> = self.line.drain(..=end).collect();
            let text = String::from_utf8_lossy(&lines).into_owned();
            self.out.write_all(escape_json(text).as_bytes())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_bidi_characters_become_visible() {
        assert_eq!(escape_terminal("a\x1b[31mred\x07"), "a\\x1b[31mred\\x07");
        assert_eq!(escape_terminal("gpj.\u{202e}exe"), "gpj.\\u{202e}exe");
        assert_eq!(escape_terminal("\u{9b}2J \u{7f}"), "\\u{9b}2J \\x7f");
        assert_eq!(escape_terminal("two\nlines\r"), "two\nlines\\x0d");
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        assert!(matches!(escape_terminal("Zażółć 票 👩‍👩‍👧"), Cow::Borrowed(_)));
        assert!(matches!(escape_line("Zażółć 票 👩‍👩‍👧"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(escape_line("a\r\nb\nc\td\re\u{2028}f"), "a⏎b⏎c d\\x0de\\u{2028}f");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            prop_assert!(!escape_line(&text).contains(is_unsafe));
            prop_assert!(!escape_terminal(&text).contains(|c| is_unsafe(c) && c != '\n' && c != '\t'));
        }

        #[test]
        fn json_means_the_same(text in any::<String>()) {
            let json = escape_json(serde_json::to_string(&text).unwrap());
            prop_assert!(!json.contains(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
