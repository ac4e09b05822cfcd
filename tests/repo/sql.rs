//! The SQL: parameters in order (SQLite numbers them by first appearance), values bound (G6), no clock but ours.

use super::{expect_none, sources};

/// Where SQL is put together from names that the program itself holds, never from data: the reason is in the file.
const BUILT_FROM_NAMES: &[&str] =
    &["src/store/beside.rs", "src/store/table.rs", "src/store/driver/", "src/store/visibility.rs", "src/store/filter_sql.rs"];

/// Pieces of SQL without any data in them, by file and by the expression that yields them. Constants, `dialect.any_of(n)` and
/// a choice between two literals need no entry.
const PIECES: &[(&str, &str)] = &[
    ("src/migrate/batch.rs", "condition"),
    ("src/migrate/batch.rs", "names"),
    ("src/migrate/verify/subjects.rs", "source"),
    ("src/store/backup/check.rs", "table"),
    ("src/store/channels.rs", "limit.sql"),
    ("src/store/channels.rs", "link"),
    ("src/store/channels.rs", "ticket"),
    ("src/store/deleted.rs", "clauses.sql()"),
    ("src/store/deleted.rs", "limit"),
    ("src/store/export.rs", "table.table()"),
    ("src/store/migration_items.rs", "table"),
    ("src/store/migration_items.rs", "column"),
    ("src/store/migration_items.rs", "cases"),
    ("src/store/migration_items.rs", "next"),
    ("src/store/migration_items.rs", "next + 1"),
    ("src/store/migration_items.rs", "next + 2"),
    ("src/store/few.rs", "column"),
    ("src/store/few.rs", "condition"),
    ("src/store/few.rs", "selects"),
    ("src/store/few.rs", "table"),
    ("src/store/lists.rs", "clauses.sql()"),
    ("src/store/lists.rs", "limit"),
    ("src/store/lists.rs", "link"),
    ("src/store/lists/pages.rs", "beyond"),
    ("src/store/lists/pages.rs", "clauses.sql()"),
    ("src/store/lists/pages.rs", "direction"),
    ("src/store/lists/pages.rs", "key"),
    ("src/store/lists/pages.rs", "limit"),
    ("src/store/lists/pages.rs", "or_missing"),
    ("src/store/lists/pages.rs", "order"),
    ("src/store/lists/pages.rs", "parts.from"),
    ("src/store/load.rs", "places.join(\", \")"),
    ("src/store/load.rs", "table"),
    ("src/sla/sweep.rs", "which"),
    ("src/store/search/documents.rs", "condition.sql"),
    ("src/store/sla/due.rs", "clauses.sql()"),
    ("src/store/sla/due.rs", "kind"),
    ("src/store/sla/due.rs", "limit"),
    ("src/store/sla/history.rs", "seen.sql"),
    ("src/store/sla/report.rs", "channel"),
    ("src/store/sla/report.rs", "clauses.sql()"),
    ("src/store/sla/report.rs", "limit"),
    ("src/store/sla/report.rs", "kind"),
    ("src/store/sla/report.rs", "cells"),
    ("src/store/sla/report.rs", "open"),
    ("src/store/sla/report.rs", "tables"),
    ("src/store/sla/report.rs", "id"),
];

/// A string literal of the source.
struct Literal {
    line: usize,
    text: String,
    /// Where it is the format of `format!`: the arguments that follow it.
    arguments: Option<Vec<String>>,
}

#[test]
fn parameters_appear_in_ascending_order() {
    let mut wrong = Vec::new();
    for source in sources() {
        for literal in literals(&source.code).into_iter().filter(|literal| is_sql(&literal.text)) {
            let numbers = parameters(&literal.text);
            if numbers.first() == Some(&1) && numbers.iter().enumerate().any(|(index, number)| *number != index + 1) {
                wrong.push(format!("{}:{}: {numbers:?} in {}", source.path, literal.line, literal.text));
            }
            if numbers.contains(&1) && numbers.first() != Some(&1) {
                wrong.push(format!("{}:{}: $1 is not the first in {}", source.path, literal.line, literal.text));
            }
        }
    }
    expect_none(&wrong, "parameters out of order");
}

#[test]
fn g6_values_are_bound_and_never_formatted_into_sql() {
    let mut wrong = Vec::new();
    for source in sources() {
        if BUILT_FROM_NAMES.iter().any(|allowed| source.path.starts_with(allowed)) {
            continue;
        }
        for literal in literals(&source.code).into_iter().filter(|literal| is_sql(&literal.text)) {
            let Some(arguments) = &literal.arguments else { continue };
            let known = |piece: &str| is_fixed(piece) || PIECES.contains(&(source.path.as_str(), piece));
            for piece in pieces(&literal.text, arguments).into_iter().filter(|piece| !known(piece)) {
                wrong.push(format!("{}:{}: {piece} is no constant: bind it, make it one, or name it in PIECES", source.path, literal.line));
            }
        }
    }
    expect_none(&wrong, "SQL put together with format!");
}

#[test]
fn the_databases_clock_is_not_asked() {
    let mut wrong = Vec::new();
    // Only to tell whose clock is wrong, this machine's or another's.
    for source in sources().into_iter().filter(|source| !source.path.ends_with("src/migrate/clock.rs")) {
        for literal in literals(&source.code).into_iter().filter(|literal| is_sql(&literal.text)) {
            let text = literal.text.to_lowercase();
            if ["now()", "current_timestamp", "'now'", "clock_timestamp"].iter().any(|clock| text.contains(clock)) {
                wrong.push(format!("{}:{}: {}", source.path, literal.line, literal.text));
            }
        }
    }
    expect_none(&wrong, "SQL that asks the database for the time; take it from the desk");
}

/// A statement, or enough of one to see that it is SQL.
fn is_sql(text: &str) -> bool {
    const WORDS: &[&str] = &["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", " WHERE ", " FROM ", " AND ", "ORDER BY "];
    WORDS.iter().any(|word| text.contains(word)) && text.chars().filter(|c| c.is_uppercase()).count() > 3
}

/// The numbers of `$n`, each at its first appearance.
fn parameters(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices('$') {
        let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        match digits.parse() {
            Ok(number) if !found.contains(&number) => found.push(number),
            _ => {}
        }
    }
    found
}

/// A constant, the dialect's own word for a list, or one of two literals: nothing of it is data.
fn is_fixed(piece: &str) -> bool {
    let name = piece.rsplit("::").next().unwrap_or("");
    let constant = !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    constant
        || piece.starts_with("dialect.any_of(")
        || (piece.starts_with("if ") && piece.ends_with("\" }") && piece.contains("} else { \""))
}

/// What a format string puts in: the names in its braces, and for empty braces the arguments in turn.
fn pieces(text: &str, arguments: &[String]) -> Vec<String> {
    let text = text.replace("{{", "").replace("}}", "");
    let names = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.split(':').next().unwrap_or(""));
    let mut next = arguments.iter();
    names.map(|name| if name.is_empty() { next.next().cloned().unwrap_or_default() } else { name.to_owned() }).collect()
}

/// The arguments after a format string, up to the bracket that closes `format!(`.
fn arguments(rest: &str) -> Vec<String> {
    let (mut found, mut depth, mut quoted) = (vec![String::new()], 0, false);
    for c in rest.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found.iter().map(|argument| argument.trim().to_owned()).filter(|argument| !argument.is_empty()).collect()
}

/// The string literals of Rust code; comments, characters and lifetimes are told apart from them.
fn literals(code: &str) -> Vec<Literal> {
    let bytes = code.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at += code[at..].find('\n').unwrap_or(code.len() - at),
            b'\'' => at += character(&bytes[at..]),
            b'"' => {
                let hashes = bytes[..at].iter().rev().take_while(|byte| **byte == b'#').count();
                let raw = at > hashes && bytes[at - hashes - 1] == b'r' && (hashes > 0 || !is_word(bytes, at - 1));
                let (text, length) = if raw { raw_text(&code[at + 1..], hashes) } else { plain_text(&code[at + 1..]) };
                let formatted = code[..at].trim_end().ends_with("format!(");
                let arguments = formatted.then(|| arguments(&code[at + 1 + length..]));
                found.push(Literal { line: code[..at].lines().count(), text, arguments });
                at += length + 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether the `r` before a quote ends a longer word.
fn is_word(bytes: &[u8], r: usize) -> bool {
    r > 0 && (bytes[r - 1].is_ascii_alphanumeric() || bytes[r - 1] == b'_')
}

/// How many bytes a character literal takes; 1 for a lifetime.
fn character(bytes: &[u8]) -> usize {
    if bytes.get(1) == Some(&b'\\') {
        return 3 + bytes[3.min(bytes.len())..].iter().position(|byte| *byte == b'\'').map_or(0, |end| end + 1);
    }
    let end = bytes.iter().skip(2).take(4).position(|byte| *byte == b'\'');
    end.filter(|end| *end == 0 || bytes[1] >= 0x80).map_or(1, |end| end + 3)
}

fn raw_text(rest: &str, hashes: usize) -> (String, usize) {
    let end = format!("\"{}", "#".repeat(hashes));
    let length = rest.find(&end).unwrap_or(rest.len());
    (rest[..length].to_owned(), length + end.len())
}

/// Up to the closing quote; a line that ends in a backslash goes on without the next line's indentation.
fn plain_text(rest: &str) -> (String, usize) {
    let (mut text, mut escaped) = (String::new(), false);
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => {
                if c != '\n' {
                    text.push(c);
                }
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (text, at + 1),
            c => text.push(c),
        }
    }
    (text, rest.len())
}

#[test]
fn literals_are_found() {
    let code = "let a = \"x \\\" y\"; // \"no\"\nlet c = '\"'; let l: &'static str = r#\"raw \"q\" \"#; format!(\"SELECT {x} {}\", f(1, 2)); '\\'' \"z\"";
    let found: Vec<(usize, String)> = literals(code).into_iter().map(|found| (found.line, found.text)).collect();
    let text = |line, text: &str| (line, text.to_owned());
    assert_eq!(found, [text(1, "x \" y"), text(2, "raw \"q\" "), text(2, "SELECT {x} {}"), text(2, "z")]);
    let formatted = literals(code).into_iter().find_map(|found| found.arguments).unwrap();
    assert_eq!(pieces("{A} {{b}} {c:?} {}", &formatted), ["A", "c", "f(1, 2)"]);
    assert!(is_fixed("a::COLUMNS") && is_fixed("if x { \"<\" } else { \">\" }") && !is_fixed("name"));
    assert_eq!(parameters("a $2 $1 $2 $10"), [2, 1, 10]);
}
