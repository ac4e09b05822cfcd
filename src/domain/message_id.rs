//! Message-IDs as RFC 5322 has them in headers: in brackets, several in one header, with comments and white space around them. Whoever
//! passes them on leaves the brackets out, folds long ones, or adds who wrote what when: all that is no part of the id (E3).

use std::collections::HashSet;

use super::bounds::{MADE, NAME};
use super::header::{Piece, pieces};

/// The ids that a header names, in its order, each once, as `<left@right>`.
pub fn all(header: &str) -> Vec<String> {
    let read = pieces(header);
    let in_brackets: Vec<String> = read.iter().filter_map(in_brackets).collect();
    each_once(if in_brackets.is_empty() { bare(&read) } else { in_brackets })
}

fn each_once(mut ids: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}

/// The ids of several headers, as if they were one.
pub fn all_of<'a>(headers: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    each_once(headers.into_iter().flat_map(|header| all(header)).collect())
}

/// References as they are kept: what holds no id as it came.
pub fn kept(references: &[String]) -> Vec<String> {
    let read = |header: &String| Some(all(header)).filter(|ids| !ids.is_empty()).unwrap_or_else(|| vec![header.clone()]);
    references.iter().flat_map(read).collect()
}

/// A mail's own id. A text in which there is none stands for itself, so that such a mail is known again too.
pub fn own(header: &str) -> Option<String> {
    let kept = || Some(header.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty() && text.len() <= MADE);
    all(header).into_iter().next().or_else(kept)
}

fn in_brackets(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Angle(inside) => id(inside),
        _ => None,
    }
}

/// Words with an `@`; a header of one word is an id without one too.
fn bare(read: &[Piece]) -> Vec<String> {
    let texts = read.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let words: Vec<&str> = texts.flat_map(|text| text.split([' ', '\t', '\r', '\n', ',', ';'])).filter(|word| !word.is_empty()).collect();
    let one = words.len() == 1;
    words.into_iter().filter(|word| one || word.contains('@')).filter_map(id).collect()
}

/// White space inside comes from folding; quotes around a plain left side say nothing.
fn id(inside: &str) -> Option<String> {
    let text: String = inside.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>')).collect();
    let plain = |local: &str| local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
    let text = match text.strip_prefix('"').and_then(|rest| rest.split_once("\"@")) {
        Some((local, domain)) if !local.is_empty() && plain(local) => format!("{local}@{domain}"),
        _ => text,
    };
    let id = format!("<{text}>");
    // No line of a mail holds a longer one.
    (!text.is_empty() && id.len() <= NAME).then_some(id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn e3_one_id_however_it_is_written() {
        for written in [
            "<a@t>",
            "a@t",
            " <a@t> ",
            "<a@t> (Jane, Mon)",
            "(a (nested) comment) <a@t>",
            "<a\r\n @t>",
            "<a@t",
            "a@t>",
            "<<a@t>>",
            "<\"a\"@t>",
            "Your message of \"Mon <x>\" <a@t>",
            "Jane's mail (:-) of Monday <a@t>",
            "<a@t> <a@t>",
            "<a@t>,",
        ] {
            assert_eq!(all(written), ["<a@t>"], "{written:?}");
            assert_eq!(own(written).as_deref(), Some("<a@t>"), "{written:?}");
        }
    }

    #[test]
    fn e3_several_ids_in_one_header_and_none() {
        assert_eq!(all("<x@y> <a@t>"), ["<x@y>", "<a@t>"]);
        assert_eq!(all("<x@y><a@t>\r\n\t(last) <b@t>"), ["<x@y>", "<a@t>", "<b@t>"]);
        assert_eq!(all("x@y, a@t"), ["<x@y>", "<a@t>"]);
        assert_eq!(all("<no-at-sign>"), ["<no-at-sign>"]);
        assert_eq!(all("A@T"), ["<A@T>"], "letters count");
        assert_eq!(all("<\"a(b\"@t>"), ["<\"a(b\"@t>"], "a quoted left side that needs its quotes");
        assert_eq!(all("Your message of Monday"), Vec::<String>::new());
        assert_eq!(own("Your  message of Monday").as_deref(), Some("Your message of Monday"));
        assert_eq!((all(" "), own(" "), own("<>")), (vec![], None, Some("<>".to_owned())));
    }

    proptest! {
        #[test]
        fn e3_what_was_read_reads_as_itself(header in "[a-c@<>()\"\\\\ ,;:\\r\\n]{0,24}") {
            let ids = all(&header);
            prop_assert_eq!(&all(&ids.join(" ")), &ids);
            for id in &ids {
                prop_assert_eq!(all(id), vec![id.clone()]);
            }
        }
    }
}
