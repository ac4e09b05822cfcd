//! The visible text of an HTML message.

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];
/// Elements whose content nobody sees.
const UNSEEN: &[&str] = &["script", "style", "head", "title", "template"];

/// What a reader sees: tags gone, blocks on lines of their own, entities decoded, scripts, styles and comments left out.
pub fn visible_text(html: &str) -> String {
    let html = html.replace(['\r', '\n'], " ");
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        decode_into(&mut text, &rest[..start]);
        rest = after_markup(&mut text, &rest[start..]);
    }
    decode_into(&mut text, rest);
    tidy(&text)
}

/// Steps over the tag or comment that `rest` begins with; a `<` that begins neither is text.
fn after_markup<'a>(text: &mut String, rest: &'a str) -> &'a str {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    let inner = &rest[1..];
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        text.push('<');
        return inner;
    }
    let Some(end) = tag_end(inner) else { return "" };
    let (tag, after) = (&inner[..end], &inner[end + 1..]);
    let closing = tag.starts_with('/');
    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if BLOCKS.contains(&name.as_str()) {
        text.push('\n');
    }
    if !closing && !tag.ends_with('/') && UNSEEN.contains(&name.as_str()) {
        return after_element(after, &name);
    }
    after
}

/// Where the tag ends: a `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
        None
    })
}

/// What follows the closing tag of `name`.
fn after_element<'a>(content: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(found) = content[from..].find("</") {
        let tag = &content[from + found + 2..];
        if tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return tag.find('>').map_or("", |end| &tag[end + 1..]);
        }
        from += found + 2;
    }
    ""
}

fn decode_into(text: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        let entity = &rest[start + 1..];
        let end = entity.char_indices().take(12).find(|(_, c)| *c == ';').map(|(at, _)| at);
        match end.and_then(|end| entity_char(&entity[..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                text.push(c);
                rest = &entity[end + 1..];
            }
            None => {
                text.push('&');
                rest = entity;
            }
        }
    }
    text.push_str(rest);
}

fn entity_char(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| *c != '\0');
    if let Some(digits) = name.strip_prefix('#') {
        return match digits.strip_prefix(['x', 'X']) {
            Some(hex) => number(hex, 16),
            None => number(digits, 10),
        };
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "euro" => '€',
        _ => return None,
    })
}

/// One space between words, no empty lines at the ends, at most one in between.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::visible_text;

    #[test]
    fn blocks_separate_and_inline_tags_do_not() {
        assert_eq!(visible_text("<p>Hello\r\n<b>wor</b>ld</p><p>again<br>now</p>"), "Hello world\nagain\nnow");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(visible_text("a<!-- no --><style>x > y{}</style><script>if (1<2) {}</SCRIPT >b<i title='>'>c</i>"), "abc");
    }

    #[test]
    fn entities_are_decoded_and_broken_markup_is_survived() {
        assert_eq!(visible_text("&lt;b&gt; &amp;amp; &#233;&#x105; &bogus; 1 < 2 &"), "<b> &amp; éą &bogus; 1 < 2 &");
        for broken in ["<", "<a", "<!--", "<script>", "&#;", "&#x110000;", "<p title=\"", "</"] {
            visible_text(broken);
        }
        assert_eq!(visible_text("<style>é"), "");
    }
}
