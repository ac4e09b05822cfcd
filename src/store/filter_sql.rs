//! A filter as a condition in SQL, for both engines, with the meaning that [`Prepared::matches`] has in memory (V3).
//!
//! Everything that a filter says is a bound parameter (G6); the columns come from the table below. A test on a missing value is
//! NULL in SQL, which counts as false where all else is AND and OR: so `not` is carried inwards to the tests, and a test that must not
//! hold is `(…) IS NOT TRUE`. Texts are folded by a function of ours on SQLite; on PostgreSQL see [`super::filter_text`].

use super::Dialect;
use super::contact_sql;
use super::filter_text::{self as text, Folding};
use crate::domain::decimal::Decimal;
use crate::domain::filter::{Check, Key, Prepared, Property, Range, Type};
use crate::domain::pipeline::StageState;
use crate::domain::ticket::properties;
use crate::error::{Error, Result};

/// PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766; some are for the list itself.
const MOST_VALUES: usize = 30_000;

/// A condition whose `?` stand for `values`, in order.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

/// A value to be bound.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Int(i64),
    Text(String),
}

impl<'a> super::FromCell<'a> for Value {
    fn from_cell(cell: super::Cell<'a>) -> Option<Value> {
        match cell {
            super::Cell::Int(number) => Some(Value::Int(number)),
            super::Cell::Text(text) => Some(Value::Text(text.to_owned())),
            _ => None,
        }
    }
}

impl super::ToArg for Value {
    fn to_arg(&self) -> super::Arg<'_> {
        match self {
            Value::Int(number) => super::Arg::Int(*number),
            Value::Text(text) => super::Arg::Text(text),
        }
    }
}

/// What a filter is about: which columns its properties are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `tickets t`, with its first contact `p` and its company `f`, each where there is one.
    Tickets,
    /// `conversations c`, with its link to a ticket `l` and its contact `p`, each where there is one.
    Conversations,
    /// The record `migration_items i` of a conversation `c` from before its move, with its contact `p` and what was true of its
    /// channel, `b`. Users are known by their ids ([`Prepared::with_users`]).
    Records,
}

impl Condition {
    /// Its SQL with its values numbered from those on that are bound already.
    pub(super) fn numbered<'a>(&'a self, args: &mut Vec<super::Arg<'a>>) -> String {
        let mut values = self.values.iter();
        let mut sql = String::with_capacity(self.sql.len() + 16);
        for c in self.sql.chars() {
            match values.as_slice().first() {
                Some(value) if c == '?' => {
                    args.push(super::ToArg::to_arg(value));
                    sql.push_str(&format!("${}", args.len()));
                    values.next();
                }
                _ => sql.push(c),
            }
        }
        sql
    }
}

/// The condition for `filter`.
///
/// # Errors
/// `filter_too_large` (exit 2) where it has more values than a statement can take.
pub fn condition(filter: &Prepared, source: Source, dialect: Dialect) -> Result<Condition> {
    let mut writer = Writer { source, dialect, values: Vec::new(), lacking: None };
    let sql = writer.expr(filter, true);
    if let Some(name) = writer.lacking {
        return Err(Error::failed("no_such_column", format!("filters know \"{name}\", and the store has no such column")));
    }
    if writer.values.len() > MOST_VALUES {
        return Err(Error::usage("filter_too_large", format!("the filter has more than {MOST_VALUES} values")).hint("name fewer of them"));
    }
    Ok(Condition { sql, values: writer.values })
}

/// Whether what a list is sorted by, for `property`, is a text.
pub fn sorts_by_text(property: &Property) -> bool {
    matches!(property.kind, Type::Text | Type::Decimal) || matches!(property.key, Key::Owner | Key::Channel)
}

/// What a list is sorted by, for `property`.
pub(super) fn sort_key(property: &Property, dialect: Dialect) -> Condition {
    let mut writer = Writer { source: Source::Tickets, dialect, values: Vec::new(), lacking: None };
    let sql = writer.sort_key(property);
    Condition { sql, values: writer.values }
}

const FIRST_CHANNEL: &str = "(SELECT c.channel_id FROM conversations c \
     WHERE c.id = (SELECT min(l.conversation_id) FROM conversation_tickets l WHERE l.ticket_id = t.id))";
/// Who wrote last on a ticket, comments included.
const LAST_DIRECTION: &str = "(SELECT m.direction FROM conversation_tickets l JOIN messages m ON m.conversation_id = l.conversation_id \
     WHERE l.ticket_id = t.id ORDER BY m.at DESC, m.id DESC LIMIT 1)";
/// Who wrote the last message on a ticket; comments are none.
pub(super) const LAST_MESSAGE: &str = "(SELECT nullif(c.last_direction, 'comment') FROM conversation_tickets l JOIN conversations c ON c.id = l.conversation_id \
     WHERE l.ticket_id = t.id ORDER BY c.last_message_at DESC, c.id DESC LIMIT 1)";

struct Writer {
    source: Source,
    dialect: Dialect,
    values: Vec<Value>,
    /// A property that the source does not have: no schema leads there.
    lacking: Option<String>,
}

impl Writer {
    /// What is true where `filter` is what `holds` says.
    fn expr(&mut self, filter: &Prepared, holds: bool) -> String {
        match filter {
            Prepared::All(parts) => self.join(parts, holds, holds),
            Prepared::Any(parts) => self.join(parts, holds, !holds),
            Prepared::Not(part) => self.expr(part, !holds),
            Prepared::Test { property, check, negated } => self.test(property, check, holds != *negated),
        }
    }

    /// Balanced, because SQLite bounds the depth of what it reads.
    fn join(&mut self, parts: &[Prepared], holds: bool, all: bool) -> String {
        match parts {
            [] => if all { "1 = 1" } else { "1 = 0" }.to_owned(),
            [only] => self.expr(only, holds),
            many => {
                let (left, right) = many.split_at(many.len() / 2);
                let left = self.join(left, holds, all);
                let right = self.join(right, holds, all);
                format!("({left} {} {right})", if all { "AND" } else { "OR" })
            }
        }
    }

    fn test(&mut self, property: &Property, check: &Check, holds: bool) -> String {
        match check {
            Check::Present => return format!("{} IS {}", self.fact(property), if holds { "NOT NULL" } else { "NULL" }),
            // What is always there is one or the other, and by either there may be an index.
            Check::Bool(wanted) if !holds && !property.optional => return self.test(property, &Check::Bool(!wanted), true),
            _ => {}
        }
        let condition = self.check(property, check);
        if holds { condition } else { format!("({condition}) IS NOT TRUE") }
    }

    /// True, false, or NULL where the value is missing.
    fn check(&mut self, property: &Property, check: &Check) -> String {
        match check {
            Check::Present => format!("{} IS NOT NULL", self.fact(property)),
            Check::Within(ranges) => self.within(property, ranges),
            Check::Decimals(ranges) => self.decimals(property, ranges),
            Check::Names(names) if property.key == Key::State => {
                let states: Vec<Value> = names.iter().map(|name| Value::Int(i64::from(**name == *StageState::Open.as_str()))).collect();
                self.one_of(property, states)
            }
            Check::Names(names) => self.one_of(property, names.iter().map(|name| Value::Text(name.to_string())).collect()),
            Check::Ids(ids) => self.one_of(property, ids.iter().copied().map(Value::Int).collect()),
            // Indexes of what is spam, or in the help desk, are found by these very words.
            Check::Bool(wanted) => format!("{} = {}", self.fact(property), if *wanted { "1" } else { "0" }),
            Check::Texts(texts) => match texts.as_slice() {
                [] => "1 = 0".to_owned(),
                [only] => self.search(property, only, "deskctl_equals", "{} = ?"),
                texts => {
                    let folded = self.folded(property, &texts.concat(), false);
                    format!("{folded} {}", self.list(texts.iter().cloned().map(Value::Text).collect()))
                }
            },
            Check::Contains(wanted) => self.search(property, wanted, "deskctl_contains", "strpos({}, ?) > 0"),
            Check::StartsWith(wanted) => self.search(property, wanted, "deskctl_starts_with", "starts_with({}, ?)"),
            Check::HasWord(wanted) => self.search(property, wanted, "deskctl_has_word", text::HAS_WORD),
        }
    }

    fn within(&mut self, property: &Property, ranges: &[Range]) -> String {
        if !ranges.is_empty() && ranges.iter().all(|range| range.first == range.last) {
            return self.one_of(property, ranges.iter().map(|range| Value::Int(range.first)).collect());
        }
        match ranges {
            [] => "1 = 0".to_owned(),
            [only] => self.range(property, *only),
            many => {
                let (left, right) = many.split_at(many.len() / 2);
                let left = self.within(property, left);
                format!("({left} OR {})", self.within(property, right))
            }
        }
    }

    /// Numbers are stored as texts in their order.
    fn decimals(&mut self, property: &Property, ranges: &[(Decimal, Decimal)]) -> String {
        if ranges.iter().all(|(first, last)| first == last) {
            return self.one_of(property, ranges.iter().map(|(first, _)| Value::Text(first.stored())).collect());
        }
        let mut range = |(first, last): &(Decimal, Decimal)| {
            let fact = self.fact(property);
            format!("{fact} BETWEEN {} AND {}", self.bind(Value::Text(first.stored())), self.bind(Value::Text(last.stored())))
        };
        let ranges: Vec<String> = ranges.iter().map(&mut range).collect();
        format!("({})", ranges.join(" OR "))
    }

    fn range(&mut self, property: &Property, range: Range) -> String {
        if range.first > range.last {
            return "1 = 0".to_owned();
        }
        let fact = self.fact(property);
        match (range.first, range.last) {
            (i64::MIN, i64::MAX) => format!("{fact} IS NOT NULL"),
            (i64::MIN, last) => format!("{fact} <= {}", self.bind(Value::Int(last))),
            (first, i64::MAX) => format!("{fact} >= {}", self.bind(Value::Int(first))),
            (first, last) => format!("{fact} BETWEEN {} AND {}", self.bind(Value::Int(first)), self.bind(Value::Int(last))),
        }
    }

    fn one_of(&mut self, property: &Property, values: Vec<Value>) -> String {
        if values.is_empty() {
            return "1 = 0".to_owned();
        }
        format!("{} {}", self.fact(property), self.list(values))
    }

    fn list(&mut self, values: Vec<Value>) -> String {
        let places: Vec<&str> = values.into_iter().map(|value| self.bind(value)).collect();
        if places.len() == 1 { "= ?".to_owned() } else { format!("IN ({})", places.join(", ")) }
    }

    /// By our own function on SQLite; by `postgres` on PostgreSQL, where `{}` is the text folded as far as `wanted` needs it.
    fn search(&mut self, property: &Property, wanted: &str, sqlite: &str, postgres: &str) -> String {
        let words = postgres == text::HAS_WORD;
        let (template, fact) = match self.dialect {
            Dialect::Sqlite => (format!("{sqlite}({{}}, ?)"), self.fact(property)),
            Dialect::Postgres => (postgres.to_owned(), self.folded(property, wanted, words)),
        };
        if words && self.dialect == Dialect::Postgres {
            self.values.extend(text::separators().map(Value::Text));
        }
        self.bind(Value::Text(wanted.to_owned()));
        template.replace("{}", &fact)
    }

    /// The property's text folded: wholly on SQLite, on PostgreSQL as far as `wanted`, which is folded, needs it.
    fn folded(&mut self, property: &Property, wanted: &str, words: bool) -> String {
        if self.dialect == Dialect::Sqlite {
            return format!("deskctl_fold({})", self.fact(property));
        }
        let folding = Folding::new(wanted, words);
        self.values.extend([folding.from, folding.to].map(Value::Text));
        let mut sql = "translate(x.v, ?, ?)".to_owned();
        for (from, to) in folding.longer {
            self.values.extend([from, to].map(Value::Text));
            sql = format!("replace({sql}, ?, ?)");
        }
        let fact = self.fact(property);
        // A text of as many bytes as characters is ASCII.
        format!("(SELECT CASE WHEN octet_length(x.v) = char_length(x.v) THEN lower(x.v) ELSE {sql} END FROM (SELECT {fact} AS v) x)")
    }

    fn bind(&mut self, value: Value) -> &'static str {
        self.values.push(value);
        "?"
    }

    /// The property's value, NULL where it is missing.
    fn fact(&mut self, property: &Property) -> String {
        if let Key::Custom(id) = property.key {
            self.values.push(Value::Int(id));
            let column = if matches!(property.kind, Type::Text | Type::Enum(_) | Type::Decimal) { "text_value" } else { "number_value" };
            return format!("(SELECT v.{column} FROM ticket_values v WHERE v.ticket_id = t.id AND v.property_id = ?)");
        }
        let column = match self.source {
            Source::Tickets => ticket(property.key),
            Source::Conversations => conversation(property.key).map(str::to_owned),
            Source::Records => record(property.key),
        };
        column.unwrap_or_else(|| {
            self.lacking = Some(property.name.to_string());
            "NULL".to_owned()
        })
    }

    fn sort_key(&mut self, property: &Property) -> String {
        match (&property.kind, property.key) {
            (_, Key::Owner) => "(SELECT u.email FROM users u WHERE u.id = t.owner_id)".to_owned(),
            (_, Key::Channel) => format!("(SELECT h.address FROM channels h WHERE h.id = {FIRST_CHANNEL})"),
            (_, Key::State) => "1 - t.open".to_owned(),
            (Type::Text, _) => format!("lower({})", self.fact(property)),
            (Type::Enum(options), _) => {
                let names = options.names.iter().map(|name| Value::Text(name.to_string())).collect();
                self.ranked(property, names)
            }
            (Type::Reference(choices), _) => {
                let ids = choices.list.iter().map(|choice| Value::Int(choice.id)).collect();
                self.ranked(property, ids)
            }
            _ => self.fact(property),
        }
    }

    /// Where the value stands in `values`; after all of them, if it is none of them.
    fn ranked(&mut self, property: &Property, values: Vec<Value>) -> String {
        let fact = self.fact(property);
        let last = values.len();
        let ranks: Vec<String> =
            values.into_iter().enumerate().map(|(rank, value)| format!("WHEN {} THEN {rank}", self.bind(value))).collect();
        if ranks.is_empty() {
            return format!("CAST(CASE WHEN {fact} IS NOT NULL THEN {last} END AS BIGINT)");
        }
        // NULL is equal to nothing, so that only the second CASE tells a missing value from an unknown one.
        let again = self.fact(property);
        format!("CAST(coalesce(CASE {fact} {} END, CASE WHEN {again} IS NOT NULL THEN {last} END) AS BIGINT)", ranks.join(" "))
    }
}

/// The property of a ticket; none for keys that tickets do not have.
fn ticket(key: Key) -> Option<String> {
    if let Some(property) = properties::of_key(key) {
        return Some(format!("t.{}", property.column));
    }
    let sql = match key {
        Key::Pipeline => "(SELECT s.pipeline_id FROM stages s WHERE s.id = t.stage_id)",
        Key::State => "t.open",
        Key::Contact => contact_sql::NAME,
        Key::ContactEmail => "p.email",
        Key::ContactPhone => "coalesce(p.phone, p.mobile_phone)",
        Key::Company => "f.name",
        Key::CompanyDomain => "f.domain",
        Key::Channel => FIRST_CHANNEL,
        Key::LastDirection => LAST_DIRECTION,
        Key::LastMessageDirection => LAST_MESSAGE,
        Key::ConversationCount => "(SELECT count(*) FROM conversation_tickets l WHERE l.ticket_id = t.id)",
        _ => return None,
    };
    Some(sql.to_owned())
}

fn conversation(key: Key) -> Option<&'static str> {
    Some(match key {
        Key::Status => "c.status",
        Key::Owner => "(SELECT u.email FROM users u WHERE u.id = c.owner_id)",
        Key::StartedAt => "c.started_at",
        Key::ClosedAt => "c.closed_at",
        Key::LastMessageAt => "c.last_message_at",
        Key::Kind => "(SELECT h.kind FROM channels h WHERE h.id = c.channel_id)",
        Key::Subject => "c.subject",
        Key::Channel => "(SELECT h.address FROM channels h WHERE h.id = c.channel_id)",
        Key::Contact => contact_sql::NAME,
        Key::HasTicket => "(CASE WHEN l.ticket_id IS NULL THEN 0 ELSE 1 END)",
        Key::Spam => "c.spam",
        Key::MessageCount => "c.message_count",
        _ => return None,
    })
}

/// Of an old record, which lacks what has come since, what is true today.
fn record(key: Key) -> Option<String> {
    let column = match key {
        Key::Status => "i.status",
        Key::Owner => "i.owner_id",
        Key::ClosedAt => "(CASE WHEN i.last_message_at IS NOT NULL THEN i.closed_at WHEN i.status = 'CLOSED' THEN c.closed_at END)",
        Key::LastMessageAt => "coalesce(i.last_message_at, c.last_message_at)",
        Key::Kind => "b.kind",
        Key::Channel => "b.address",
        Key::Contact => return Some(format!("(CASE WHEN i.last_message_at IS NOT NULL THEN i.contact ELSE {} END)", contact_sql::NAME)),
        Key::HasTicket => "(CASE WHEN i.ticket_id IS NULL THEN 0 ELSE 1 END)",
        Key::Spam => "i.spam",
        Key::MessageCount => "i.message_count",
        // What never changes stands on the conversation.
        same => conversation(same)?,
    };
    Some(column.to_owned())
}
