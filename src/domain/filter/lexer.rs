//! Cuts a filter's text into words, quoted texts and symbols.

use std::iter::Peekable;
use std::str::CharIndices;

use super::problem::Problem;

/// A piece of the text and where it begins, in characters.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub at: usize,
    pub kind: TokenKind<'t>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'t> {
    /// A property, a keyword or a bare value.
    Word(&'t str),
    /// A text that stood in quotes, without them.
    Quoted(String),
    /// `( ) , = != < <= > >=`
    Symbol(&'static str),
    End,
}

/// The text as tokens; the last is always [`TokenKind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Problem> {
    let mut lexer = Lexer { text, chars: text.char_indices().peekable(), at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_space();
        let at = lexer.at;
        let kind = lexer.token()?;
        let ended = kind == TokenKind::End;
        tokens.push(Token { at, kind });
        if ended {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn peek(&mut self) -> Option<char> {
        self.chars.peek().map(|(_, c)| *c)
    }

    fn bump(&mut self) {
        self.chars.next();
        self.at += 1;
    }

    /// The byte where the next character begins.
    fn byte(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |(byte, _)| *byte)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.bump();
        }
        found
    }

    fn token(&mut self) -> Result<TokenKind<'t>, Problem> {
        let at = self.at;
        let Some(c) = self.peek() else { return Ok(TokenKind::End) };
        let symbol = match c {
            '"' => return self.quoted(),
            '\'' | '“' | '”' | '„' | '«' => {
                return Err(Problem::new(at, format!("{c} does not quote")).hint("quote texts with \"…\""));
            }
            '(' => "(",
            ')' => ")",
            ',' => ",",
            '=' => "=",
            '<' => "<",
            '>' => ">",
            '!' if self.text[self.byte()..].starts_with("!=") => "!=",
            _ => return self.word(),
        };
        for _ in symbol.chars() {
            self.bump();
        }
        self.longer(symbol, at).map(TokenKind::Symbol)
    }

    /// `<` may go on as `<=`; `==` and `<>` are what others write for `=` and `!=`.
    fn longer(&mut self, symbol: &'static str, at: usize) -> Result<&'static str, Problem> {
        match symbol {
            "<" if self.take('=') => Ok("<="),
            ">" if self.take('=') => Ok(">="),
            "<" if self.take('>') => Err(Problem::new(at, "<> is no operator").hint("did you mean \"!=\"?")),
            "=" if self.take('=') => Err(Problem::new(at, "== is no operator").hint("did you mean \"=\"?")),
            other => Ok(other),
        }
    }

    fn word(&mut self) -> Result<TokenKind<'t>, Problem> {
        let start = self.byte();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || matches!(c, '"' | '(' | ')' | ',' | '=' | '<' | '>') {
                break;
            }
            if c == '!' && self.text[self.byte()..].starts_with("!=") {
                break;
            }
            if c == '\0' {
                return Err(Problem::new(self.at, "a NUL character cannot be part of a filter"));
            }
            self.bump();
        }
        let end = self.byte();
        Ok(TokenKind::Word(&self.text[start..end]))
    }

    fn quoted(&mut self) -> Result<TokenKind<'t>, Problem> {
        let start = self.at;
        self.bump();
        let mut content = String::new();
        while let Some(c) = self.peek() {
            let at = self.at;
            self.bump();
            match c {
                '"' => return Ok(TokenKind::Quoted(content)),
                '\\' => match self.peek() {
                    Some(escaped @ ('"' | '\\')) => {
                        self.bump();
                        content.push(escaped);
                    }
                    _ => {
                        let problem = Problem::new(at, "in quotes, \\ stands only before \" or \\");
                        return Err(problem.hint("write \\\\ for a backslash"));
                    }
                },
                '\0' => return Err(Problem::new(at, "a NUL character cannot be part of a filter")),
                other => content.push(other),
            }
        }
        Err(Problem::new(start, "this quote is never closed"))
    }
}
