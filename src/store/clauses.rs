//! Conditions of a statement that is put together.

use super::filter_sql;
use super::lists::Owner;
use super::visibility::Condition;
use super::{Arg, Dialect, ToArg};

/// Conditions joined by AND, whose parameters are numbered as they come.
pub(super) struct Clauses<'a> {
    parts: Vec<String>,
    pub(super) args: Vec<Arg<'a>>,
}

impl<'a> Clauses<'a> {
    /// The viewer's condition comes first: its parameters are numbered from 1.
    pub(super) fn new(visible: &'a Condition) -> Clauses<'a> {
        Clauses { parts: vec![visible.sql.clone()], args: visible.args().collect() }
    }

    pub(super) fn plain(&mut self, sql: &str) {
        self.parts.push(sql.to_owned());
    }

    /// Each `?` in `sql` stands for the next value.
    pub(super) fn bind(&mut self, sql: &str, values: &[Arg<'a>]) {
        let part = self.numbers(sql, values);
        self.parts.push(part);
    }

    /// A filter's condition.
    pub(super) fn matching(&mut self, condition: &'a filter_sql::Condition) {
        let part = self.number(condition);
        self.parts.push(part);
    }

    /// The SQL of an expression whose values are bound, to be used as often as needed.
    pub(super) fn number(&mut self, expression: &'a filter_sql::Condition) -> String {
        expression.numbered(&mut self.args)
    }

    fn numbers(&mut self, sql: &str, values: &[Arg<'a>]) -> String {
        let mut part = String::with_capacity(sql.len() + 4);
        let mut values = values.iter();
        for c in sql.chars() {
            match values.as_slice().first() {
                Some(value) if c == '?' => {
                    self.args.push(*value);
                    part.push_str(&format!("${}", self.args.len()));
                    values.next();
                }
                _ => part.push(c),
            }
        }
        part
    }

    pub(super) fn bind_if(&mut self, sql: &str, value: &'a Option<impl ToArg>) {
        if let Some(value) = value {
            self.bind(sql, &[value.to_arg()]);
        }
    }

    pub(super) fn owner(&mut self, column: &str, owner: &'a Option<Owner>) {
        match owner {
            None => {}
            Some(Owner::Nobody) => self.plain(&format!("{column} IS NULL")),
            Some(Owner::User(id)) => self.bind(&format!("{column} = ?"), &[id.to_arg()]),
        }
    }

    /// Only these, where a list of ids is given.
    pub(super) fn ids(&mut self, column: &str, dialect: Dialect, ids: &'a Option<String>) {
        if let Some(ids) = ids {
            self.args.push(ids.to_arg());
            self.plain(&format!("{column} {}", dialect.any_of(self.args.len())));
        }
    }

    pub(super) fn limit(&mut self, limit: &'a i64) -> String {
        self.args.push(limit.to_arg());
        format!("LIMIT ${}", self.args.len())
    }

    pub(super) fn sql(&self) -> String {
        self.parts.join(" AND ")
    }
}
