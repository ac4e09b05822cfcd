//! The pieces of a structured header field (RFC 5322, 3.2 and 3.4): what stands in angle brackets, comments, quoted strings, the rest.

/// One piece, without the marks around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    /// `"…"`, its escapes resolved.
    Quoted(String),
    /// `(…)`, with the comments inside it.
    Comment(String),
    /// `<…>`
    Angle(String),
}

/// Reads a field. Marks that are never closed are letters like others, but for `<`, which then reaches to the end.
pub fn pieces(field: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = field;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let read = match c {
            '"' => quoted(after).map(|(inside, left)| (Piece::Quoted(inside), left)),
            '(' => comment(after).map(|(inside, left)| (Piece::Comment(inside), left)),
            '<' => Some(angle(after)),
            _ => None,
        };
        match read {
            Some((piece, left)) => {
                flush(&mut text, &mut pieces);
                pieces.push(piece);
                rest = left;
            }
            None => {
                text.push(c);
                rest = after;
            }
        }
    }
    flush(&mut text, &mut pieces);
    pieces
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.trim().is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
    text.clear();
}

/// Up to the closing quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut inside = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((inside, &text[at + 1..])),
            '\\' => inside.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => inside.push(c),
        }
    }
    None
}

/// Up to the bracket that closes it.
fn comment(text: &str) -> Option<(String, &str)> {
    let (mut inside, mut depth) = (String::new(), 1);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match c {
            ')' if depth == 0 => return Some((inside, &text[at + 1..])),
            '\\' => inside.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => inside.push(c),
        }
    }
    None
}

/// Up to the last of the brackets that close it.
fn angle(text: &str) -> (Piece, &str) {
    let end = text.find('>').unwrap_or(text.len());
    (Piece::Angle(text[..end].trim_start_matches('<').to_owned()), text[end..].trim_start_matches('>'))
}
