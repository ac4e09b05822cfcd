//! Long sentences in lines that fit.

use unicode_width::UnicodeWidthStr;

/// Breaks the text between words into lines of at most `width` cells; a longer word has a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two  three", 8), ["one two", "three"]);
        assert_eq!(wrap("a averyverylongword b\nc", 6), ["a", "averyverylongword", "b", "c"]);
        assert_eq!(wrap("日本 日本 x", 6), ["日本", "日本 x"]);
        assert!(wrap("", 6).is_empty());
    }
}
