//! The only place that knows which engine it is: SQLite or PostgreSQL behind one connection type.

mod functions;
mod pgpass;
pub mod postgres;
pub mod sqlite;
pub mod tls;

use std::collections::HashMap;

use super::table::{Record, Table};
use super::value::{Arg, Row};
use crate::error::Result;

/// An open connection to either engine.
pub enum Conn {
    Sqlite(Box<sqlite::Conn>),
    Postgres(Box<postgres::Conn>),
}

/// How a write transaction takes its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A person or an arriving message: goes first.
    Interactive,
    /// One batch of long work: lets everyone who waits go first.
    Bulk,
}

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One consistent snapshot, no writes.
    Read,
    Write(Turn),
}

impl Conn {
    pub fn begin(&mut self, mode: Mode) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.begin(mode),
            Conn::Postgres(conn) => conn.begin(mode),
        }
    }

    pub fn commit(&mut self) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.commit(),
            Conn::Postgres(conn) => conn.commit(),
        }
    }

    /// Best effort: a connection that cannot roll back is broken, and the engine rolls back by itself.
    pub fn rollback(&mut self) {
        match self {
            Conn::Sqlite(conn) => conn.rollback(),
            Conn::Postgres(conn) => conn.rollback(),
        }
    }

    pub fn execute(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        match self {
            Conn::Sqlite(conn) => conn.execute(sql, args),
            Conn::Postgres(conn) => conn.execute(sql, args),
        }
    }

    pub fn each(&mut self, sql: &str, args: &[Arg<'_>], visit: &mut dyn FnMut(&mut Row<'_>) -> Result<()>) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.each(sql, args, visit),
            Conn::Postgres(conn) => conn.each(sql, args, visit),
        }
    }

    /// Several statements without parameters, such as a schema step.
    pub fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.script(sql),
            Conn::Postgres(conn) => conn.script(sql),
        }
    }

    pub fn insert<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.write_rows(R::TABLE.insert_sql(), R::TABLE.columns.len(), rows),
            Conn::Postgres(conn) => conn.write_rows(R::TABLE, R::TABLE.unnest_insert_sql(), rows),
        }
    }

    /// Updates rows by their first column, the key, setting all further columns of the record's table description.
    pub fn update<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.write_rows(R::TABLE.update_sql(), R::TABLE.columns.len(), rows),
            Conn::Postgres(conn) => conn.write_rows(R::TABLE, R::TABLE.unnest_update_sql(), rows),
        }
    }

    /// Inserts rows, or puts them over those with the same key.
    pub fn put<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        match self {
            Conn::Sqlite(conn) => conn.write_rows(R::TABLE.put_sql(), R::TABLE.columns.len(), rows),
            Conn::Postgres(conn) => conn.write_rows(R::TABLE, R::TABLE.unnest_put_sql(), rows),
        }
    }

    /// Fresh ids for a table, ascending, never given twice.
    pub fn new_ids(&mut self, table: &'static str, count: usize) -> Result<Vec<i64>> {
        match self {
            Conn::Sqlite(conn) => conn.new_ids(table, count),
            Conn::Postgres(conn) => conn.new_ids(table, count),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Conn::Sqlite(_) => Dialect::Sqlite,
            Conn::Postgres(_) => Dialect::Postgres,
        }
    }
}

/// The few words in which the two engines differ, written as `{token}` in SQL and in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    fn tokens(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Dialect::Sqlite => &[
                ("{id}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
                ("{int}", "INTEGER"),
                ("{text}", "TEXT"),
                ("{bytes}", "BLOB"),
                ("{strict}", "STRICT"),
                ("{clustered}", "STRICT, WITHOUT ROWID"),
                ("{for_update}", ""),
                ("{for_update of c}", ""),
                ("{for_share}", ""),
                (
                    "{search_index}",
                    "CREATE VIRTUAL TABLE search_index USING fts5(tokens, tokenize = 'ascii', content = '', contentless_delete = 1, detail = none);",
                ),
                ("{forget_search_index}", "INSERT INTO search_index (search_index) VALUES ('delete-all');"),
            ],
            Dialect::Postgres => &[
                ("{id}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
                ("{int}", "BIGINT"),
                ("{text}", "TEXT COLLATE \"C\""),
                ("{bytes}", "BYTEA"),
                ("{strict}", "WITH (fillfactor = 90)"),
                ("{clustered}", ""),
                ("{for_update}", "FOR UPDATE"),
                ("{for_update of c}", "FOR UPDATE OF c"),
                ("{for_share}", "FOR SHARE"),
                (
                    "{search_index}",
                    "CREATE TABLE search_index (ticket_id BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL); \
                     CREATE INDEX search_index_tokens ON search_index USING gin (tokens);",
                ),
                ("{forget_search_index}", "TRUNCATE search_index;"),
            ],
        }
    }

    /// SQL for this engine. Row locks (`{for_update}`) are PostgreSQL's; SQLite has one writer anyway.
    pub fn render(self, sql: &str) -> String {
        self.tokens().iter().fold(sql.to_owned(), |sql, (token, text)| sql.replace(token, text))
    }
}

/// A list of ids as one parameter.
impl Dialect {
    /// The right side of `column …`, true for the ids in parameter `$n`.
    pub fn any_of(self, n: usize) -> String {
        match self {
            Dialect::Sqlite => format!("IN (SELECT value FROM json_each(${n}))"),
            Dialect::Postgres => format!("= ANY (CAST(CAST(${n} AS text) AS bigint[]))"),
        }
    }

    /// The parameter for `any_of`.
    pub fn id_list(self, ids: &[i64]) -> String {
        let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        match self {
            Dialect::Sqlite => format!("[{list}]"),
            Dialect::Postgres => format!("{{{list}}}"),
        }
    }
}

/// Rendered SQL by source text, so that tokens cost nothing after the first use.
#[derive(Default)]
pub(super) struct Rendered(HashMap<String, String>);

impl Rendered {
    pub fn get<'a>(&'a mut self, dialect: Dialect, sql: &'a str) -> &'a str {
        if !sql.contains('{') {
            return sql;
        }
        self.0.entry(sql.to_owned()).or_insert_with(|| dialect.render(sql))
    }
}

impl Table {
    pub(super) fn placeholders(&self) -> String {
        (1..=self.columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
    }
}
