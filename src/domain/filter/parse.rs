//! From text to the tree: recursive descent, `or` below `and` below `not`.

use std::sync::Arc;

use super::MAX_DEPTH;
use super::ast::{Comparison, Condition, Expr, Operator, Test, Value};
use super::choices::Own;
use super::ends::reversed;
use super::hints;
use super::lexer::{Token, TokenKind, tokens};
use super::problem::{Problem, shown};
use super::property::{Property, Schema, Type};
use super::value::{Typed, read};
use super::word;

/// Reads a whole text as a filter on the objects of `schema`.
pub(super) fn parse(text: &str, schema: &Schema) -> Result<Expr, Problem> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0, schema, last: None };
    let expr = parser.or()?;
    match parser.peek() {
        Token { kind: TokenKind::End, .. } => Ok(expr),
        token => Err(unexpected(token)),
    }
}

/// What is left over after a complete condition.
fn unexpected(token: &Token<'_>) -> Problem {
    let problem = |text: &str| Problem::new(token.at, format!("\"{}\" cannot follow here: \"and\" or \"or\" is missing", shown(text)));
    match &token.kind {
        TokenKind::Symbol(")") => Problem::new(token.at, "there is no ( for this )"),
        TokenKind::Symbol(symbol) => problem(symbol),
        TokenKind::Word("&&") => problem("&&").hint("did you mean \"and\"?"),
        TokenKind::Word("||") => problem("||").hint("did you mean \"or\"?"),
        TokenKind::Word(word) => problem(word).hint("put a value with spaces in quotes"),
        TokenKind::Quoted(text) => problem(text),
        TokenKind::End => Problem::new(token.at, "the filter ends too early"),
    }
}

struct Parser<'t, 's> {
    /// Never empty: the last is the end.
    tokens: Vec<Token<'t>>,
    next: usize,
    depth: usize,
    schema: &'s Schema,
    /// The condition before, where it is `=`.
    last: Option<(Arc<Property>, Value)>,
}

impl<'t, 's> Parser<'t, 's> {
    fn peek_at(&self, ahead: usize) -> &Token<'t> {
        &self.tokens[(self.next + ahead).min(self.tokens.len() - 1)]
    }

    fn peek(&self) -> &Token<'t> {
        self.peek_at(0)
    }

    fn advance(&mut self) -> Token<'t> {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn word_at(&self, ahead: usize, wanted: &str) -> bool {
        matches!(self.peek_at(ahead).kind, TokenKind::Word(word) if word.eq_ignore_ascii_case(wanted))
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = self.word_at(0, wanted);
        self.next += usize::from(found);
        found
    }

    fn take_symbol(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek().kind, TokenKind::Symbol(symbol) if symbol == wanted);
        self.next += usize::from(found);
        found
    }

    fn or(&mut self) -> Result<Expr, Problem> {
        let mut parts = vec![self.and()?];
        while self.take_word("or") {
            parts.push(self.and()?);
        }
        Ok(Expr::any(parts))
    }

    fn and(&mut self) -> Result<Expr, Problem> {
        let mut parts = vec![self.part()?];
        while self.take_word("and") {
            parts.push(self.part()?);
        }
        Ok(Expr::all(parts))
    }

    /// `not …`, `( … )` or a condition. The first two nest, so they are counted.
    fn part(&mut self) -> Result<Expr, Problem> {
        let at = self.peek().at;
        if self.take_word("not") {
            self.deeper(at)?;
            let part = self.part()?;
            self.depth -= 1;
            return Ok(Expr::Not(Box::new(part)));
        }
        if self.take_symbol("(") {
            self.deeper(at)?;
            let expr = self.or()?;
            if !self.take_symbol(")") {
                return Err(match self.peek() {
                    Token { kind: TokenKind::End, .. } => Problem::new(at, "this ( is never closed"),
                    token => unexpected(token),
                });
            }
            self.depth -= 1;
            return Ok(expr);
        }
        self.condition().map(Expr::Test)
    }

    fn deeper(&mut self, at: usize) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Problem::new(at, format!("( and not are nested more than {MAX_DEPTH} deep")));
        }
        Ok(())
    }

    fn condition(&mut self) -> Result<Condition, Problem> {
        let token = self.advance();
        let name = match token.kind {
            TokenKind::Word(word) if !is_reserved(word) => word,
            TokenKind::Quoted(text) => {
                let problem = Problem::new(token.at, "a property stands here, without quotes");
                let hint = self.in_list(&text);
                return Err(match hint {
                    Some(hint) => problem.hint(hint),
                    None => problem,
                });
            }
            TokenKind::End => return Err(Problem::new(token.at, "a condition is missing here").hint(hints::example(self.schema))),
            TokenKind::Word(found) | TokenKind::Symbol(found) => {
                return Err(Problem::new(token.at, format!("a condition is missing before \"{found}\"")).hint(hints::example(self.schema)));
            }
        };
        if let Some(property) = self.schema.property(name) {
            let condition = self.test(property).map(|test| Condition { property: Arc::clone(property), test })?;
            self.last = match &condition.test {
                Test::Is(Comparison::Eq, value) => Some((Arc::clone(property), value.clone())),
                _ => None,
            };
            return Ok(condition);
        }
        let Some(short) = self.schema.shorthand(name) else {
            let problem = Problem::new(token.at, format!("a {} has no property \"{}\"", self.schema.object, shown(name)));
            if let Some(hint) = self.in_list(name) {
                return Err(problem.hint(hint));
            }
            let names: Vec<_> = self.schema.properties.iter().map(|property| &*property.name).collect();
            return Err(problem.hint(format!("it has {}", names.join(", "))).suggest(name, self.schema.names()));
        };
        if self.at_operator() {
            let long = format!("{} = {}", short.property.name, short.value);
            let problem = Problem::new(self.peek().at, format!("no operator fits \"{}\", which is short for {long}", short.word));
            return Err(problem.hint(format!("write {} and an operator", short.property.name)));
        }
        let value = Value::Name(short.value.into());
        Ok(Condition { property: Arc::clone(&short.property), test: Test::Is(Comparison::Eq, value) })
    }

    /// For `priority = HIGH or MEDIUM`, where a further value stands in the place of a condition.
    fn in_list(&self, text: &str) -> Option<String> {
        let (property, value) = self.last.as_ref()?;
        let further = read(property, &Typed { at: 0, text, quoted: true }).ok()?;
        let follows = self.next >= 2 && matches!(self.tokens[self.next - 2].kind, TokenKind::Word(word) if word.eq_ignore_ascii_case("or"));
        (follows && !self.at_operator()).then(|| format!("did you mean \"{} in ({value}, {further})\"?", property.name))
    }

    /// Whether an operator follows, so that a bare word is the left side of a test.
    fn at_operator(&self) -> bool {
        match self.peek().kind {
            TokenKind::Symbol(symbol) => !matches!(symbol, "(" | ")" | ","),
            TokenKind::Word(_) => ["not", "in", "is", "contains", "starts", "between"].iter().any(|word| self.word_at(0, word)),
            _ => false,
        }
    }

    fn test(&mut self, property: &Property) -> Result<Test, Problem> {
        if property.kind == Type::Bool && !self.at_operator() {
            return Ok(Test::Is(Comparison::Eq, Value::Bool(true)));
        }
        let at = self.peek().at;
        let operator = self.operator(property)?;
        if !property.kind.allows(operator) {
            let reason = format!("\"{}\" does not fit {}", operator.as_str(), property.name);
            return Err(Problem::new(at, reason).hint(hints::operators_of(property)));
        }
        match operator {
            Operator::Eq => self.is(Comparison::Eq, property),
            Operator::Ne => self.is(Comparison::Ne, property),
            Operator::Lt => self.is(Comparison::Lt, property),
            Operator::Le => self.is(Comparison::Le, property),
            Operator::Gt => self.is(Comparison::Gt, property),
            Operator::Ge => self.is(Comparison::Ge, property),
            Operator::In => self.list(property).map(Test::In),
            Operator::NotIn => self.list(property).map(Test::NotIn),
            Operator::Contains => self.search_text().map(Test::Contains),
            Operator::HasWord => self.word_pattern().map(Test::HasWord),
            Operator::StartsWith => self.search_text().map(Test::StartsWith),
            Operator::Set => Ok(Test::Set),
            Operator::NotSet => Ok(Test::NotSet),
            Operator::Between => self.between(property),
        }
    }

    fn is(&mut self, comparison: Comparison, property: &Property) -> Result<Test, Problem> {
        self.value(property).map(|value| Test::Is(comparison, value))
    }

    fn operator(&mut self, property: &Property) -> Result<Operator, Problem> {
        let words: [(&[&str], Operator); 8] = [
            (&["in"], Operator::In),
            (&["not", "in"], Operator::NotIn),
            (&["contains", "word"], Operator::HasWord),
            (&["contains"], Operator::Contains),
            (&["starts", "with"], Operator::StartsWith),
            (&["is", "set"], Operator::Set),
            (&["is", "not", "set"], Operator::NotSet),
            (&["between"], Operator::Between),
        ];
        for (words, operator) in words {
            // `contains word` may go on with the end: then "word" is what it contains.
            let fits = operator != Operator::HasWord || self.value_follows(words.len());
            if fits && words.iter().enumerate().all(|(ahead, word)| self.word_at(ahead, word)) {
                self.next += words.len();
                return Ok(operator);
            }
        }
        let token = self.advance();
        let problem = |reason: String| Problem::new(token.at, reason).hint(hints::operators_of(property));
        let name = &property.name;
        match token.kind {
            TokenKind::Symbol(symbol) => match Operator::ALL.into_iter().find(|operator| operator.as_str() == symbol) {
                Some(operator) => Ok(operator),
                None => Err(problem(format!("an operator is missing after {name}"))),
            },
            TokenKind::Word(word) if word.eq_ignore_ascii_case("is") && self.missing_follows().is_some() => {
                let not = self.missing_follows().unwrap_or_default();
                Err(problem("\"is\" goes on as \"is set\" or \"is not set\"".into()).hint(format!("did you mean \"{name} is {not}set\"?")))
            }
            TokenKind::Word(word) if word.eq_ignore_ascii_case("is") => {
                Err(problem("\"is\" goes on as \"is set\" or \"is not set\"".into()).hint(format!("did you mean \"{name} =\"?")))
            }
            TokenKind::Word(word) if !is_reserved(word) => {
                let fitting = Operator::ALL.into_iter().filter(|operator| property.kind.allows(*operator)).map(Operator::as_str);
                Err(problem(format!("\"{}\" is no operator", shown(word))).suggest(word, fitting))
            }
            _ => Err(problem(format!("an operator is missing after {name}"))),
        }
    }

    /// After `is`: whether `null` or `not null` follows, and what stands before `set` to say so.
    fn missing_follows(&self) -> Option<&'static str> {
        let word = |ahead| match self.peek_at(ahead).kind {
            TokenKind::Word(word) => word,
            _ => "",
        };
        let negated = self.word_at(0, "not");
        hints::means_missing(word(usize::from(negated))).then_some(if negated { "" } else { "not " })
    }

    fn between(&mut self, property: &Property) -> Result<Test, Problem> {
        let at = self.peek().at;
        let from = self.value(property)?;
        if !self.take_word("and") {
            return Err(Problem::new(self.peek().at, format!("between {from} goes on with \"and\" and the upper end")));
        }
        let to = self.value(property)?;
        if reversed(property, &from, &to) {
            let problem = Problem::new(at, format!("nothing is between {from} and {to}"));
            return Err(problem.hint(format!("the lower end comes first: {} between {to} and {from}", property.name)));
        }
        Ok(Test::Between(from, to))
    }

    fn list(&mut self, property: &Property) -> Result<Vec<Value>, Problem> {
        if !self.take_symbol("(") {
            return Err(Problem::new(self.peek().at, "a list in parentheses belongs here, such as (a, b)"));
        }
        let mut values = vec![self.value(property)?];
        while self.take_symbol(",") {
            values.push(self.value(property)?);
        }
        if !self.take_symbol(")") {
            return Err(Problem::new(self.peek().at, "the list goes on with , or ends with )"));
        }
        Ok(values)
    }

    /// The text after `contains` or `starts with`, which everything would match if it were empty.
    fn search_text(&mut self) -> Result<String, Problem> {
        let token = self.value_token("a text")?;
        match token.kind {
            TokenKind::Word(text) => Ok(text.to_owned()),
            TokenKind::Quoted(text) if !text.is_empty() => Ok(text),
            _ => Err(Problem::new(token.at, "every text contains the empty text").hint("did you mean \"is set\"?")),
        }
    }

    fn value(&mut self, property: &Property) -> Result<Value, Problem> {
        let token = self.value_token(property.kind.describe())?;
        let at = token.at;
        match token.kind {
            TokenKind::Word(word) if property.kind.is_time() && word.eq_ignore_ascii_case("start") => self.start_of(property, at),
            TokenKind::Word(word) if property.kind.is_time() && self.sum(word).is_some() => {
                let problem = Problem::new(at, "times are not added up");
                Err(problem.hint(self.sum(word).unwrap_or_default()))
            }
            TokenKind::Word(word) if is_team(property) && word.eq_ignore_ascii_case("my") && self.take_word("team") => Ok(Value::MyTeam),
            TokenKind::Word(text) => read(property, &Typed { at, text, quoted: false }),
            TokenKind::Quoted(text) => read(property, &Typed { at, text: &text, quoted: true }),
            _ => Err(Problem::new(at, "a value is missing")),
        }
    }

    /// A hint for `now - 7d`, whose first word was taken.
    fn sum(&self, word: &str) -> Option<String> {
        let words = (0..2).map_while(|ahead| match self.peek_at(ahead).kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        });
        let words: Vec<&str> = words.collect();
        (1..=words.len()).find_map(|count| hints::from_now(&format!("{word}{}", words[..count].concat())))
    }

    /// `start of month`: the one value of several words.
    fn start_of(&mut self, property: &Property, at: usize) -> Result<Value, Problem> {
        let mut text = "start".to_owned();
        for _ in 0..2 {
            if let TokenKind::Word(word) = self.peek().kind {
                self.next += 1;
                text.push(' ');
                text.push_str(word);
            }
        }
        read(property, &Typed { at, text: &text, quoted: false })
            .map_err(|problem| problem.hint("it is start of day, start of week, start of month or start of year"))
    }

    /// What stands after `contains word`: a word, with `*` where it may go on.
    fn word_pattern(&mut self) -> Result<String, Problem> {
        let at = self.peek().at;
        let text = self.search_text()?;
        word::check(&text).map_err(|reason| Problem::new(at, reason).hint("write contains \"…\" to look for any text"))?;
        Ok(text)
    }

    /// Whether a value stands that many tokens ahead.
    fn value_follows(&self, ahead: usize) -> bool {
        match self.tokens.get(self.next + ahead).map(|token| &token.kind) {
            Some(TokenKind::Word(word)) => !is_reserved(word),
            Some(TokenKind::Quoted(_)) => true,
            _ => false,
        }
    }

    /// The next token if it can be a value; `and`, `or` and `not` are values in quotes only.
    fn value_token(&mut self, what: &str) -> Result<Token<'t>, Problem> {
        let token = self.peek();
        match &token.kind {
            TokenKind::Quoted(_) => Ok(self.advance()),
            TokenKind::Word(word) if !is_reserved(word) => Ok(self.advance()),
            TokenKind::End => Err(Problem::new(token.at, format!("a value is missing at the end: {what}"))),
            TokenKind::Word(found) => {
                let problem = Problem::new(token.at, format!("a value is missing before \"{found}\": {what}"));
                Err(problem.hint(format!("put \"{found}\" in quotes if it is the value")))
            }
            TokenKind::Symbol(found) => Err(Problem::new(token.at, format!("a value is missing before \"{found}\": {what}"))),
        }
    }
}

fn is_team(property: &Property) -> bool {
    matches!(&property.kind, Type::Reference(choices) if choices.own == Some(Own::Team))
}

fn is_reserved(word: &str) -> bool {
    ["and", "or", "not"].iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}
