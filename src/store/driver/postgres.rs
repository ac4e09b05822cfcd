//! PostgreSQL: connection, statements, bulk writes by UNNEST, errors.

use std::collections::HashMap;
use std::error::Error as _;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type as PgType, to_sql_checked};
use postgres::{Client, Statement};

use super::tls::{self, Tls};
use super::{Dialect, Mode, Rendered, pgpass};
use crate::error::{Error, Exit, Result};
use crate::secret::Secret;
use crate::store::table::{Record, Table, Type};
use crate::store::value::{Arg, Cell, Cells, Row};

/// Rows per UNNEST statement: measured best between 5,000 and 10,000.
const ROWS_PER_STATEMENT: usize = 5_000;

/// So many statements are kept prepared.
const MOST_STATEMENTS: usize = 1_000;

pub struct Conn {
    client: Client,
    statements: HashMap<String, Statement>,
    rendered: Rendered,
    in_transaction: bool,
}

impl Conn {
    /// Connects; the password comes from PGPASSWORD, ~/.pgpass or the context, never from the URL.
    pub fn open(url: &str, password: Option<&Secret>) -> Result<Conn> {
        let (url, tls) = Tls::of(url)?;
        let mut config: postgres::Config = url.parse().map_err(|error: postgres::Error| {
            Error::usage("bad_target", format!("the target is no PostgreSQL URL: {error}")).hint("write postgres://USER@HOST/DB")
        })?;
        if let Some(password) = password.cloned().or_else(|| password_from_file(&config)) {
            config.password(password.expose());
        }
        config.application_name("deskctl").connect_timeout(std::time::Duration::from_secs(10));
        let client = tls.connect(&mut config)?;
        Ok(Conn { client, statements: HashMap::new(), rendered: Rendered::default(), in_transaction: false })
    }

    pub fn begin(&mut self, mode: Mode) -> Result<()> {
        self.script(match mode {
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Mode::Write(_) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        })?;
        self.in_transaction = true;
        Ok(())
    }

    pub fn commit(&mut self) -> Result<()> {
        self.in_transaction = false;
        self.script("COMMIT")
    }

    pub fn rollback(&mut self) {
        if std::mem::take(&mut self.in_transaction) {
            let _ = self.client.batch_execute("ROLLBACK");
        }
    }

    pub fn script(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(explain)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        // Filters make statements without end.
        if self.statements.len() >= MOST_STATEMENTS {
            self.statements.clear();
        }
        let rendered = self.rendered.get(Dialect::Postgres, sql);
        let statement = self.client.prepare(rendered).map_err(|error| explain_statement(error, rendered))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub fn execute(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        self.client.execute(&statement, &args).map_err(|error| explain_statement(error, sql))
    }

    pub fn each(&mut self, sql: &str, args: &[Arg<'_>], visit: &mut dyn FnMut(&mut Row<'_>) -> Result<()>) -> Result<()> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, args).map_err(|error| explain_statement(error, sql))?;
        while let Some(row) = rows.next().map_err(explain)? {
            visit(&mut Row::new(Cells::Postgres(&row)))?;
        }
        Ok(())
    }

    pub fn write_rows<R: Record>(&mut self, table: &'static Table, sql: &str, rows: &[R]) -> Result<()> {
        for rows in rows.chunks(ROWS_PER_STATEMENT) {
            let arrays = columns(table, rows);
            let statement = self.prepare(sql)?;
            let arrays: Vec<&(dyn ToSql + Sync)> = arrays.iter().map(|array| array as _).collect();
            self.client.execute(&statement, &arrays).map_err(|error| explain_statement(error, sql))?;
        }
        Ok(())
    }

    pub fn new_ids(&mut self, table: &'static str, count: usize) -> Result<Vec<i64>> {
        let mut ids = Vec::with_capacity(count);
        let sequence = format!("{table}_id_seq");
        let sql = "SELECT nextval(CAST(CAST($1 AS text) AS regclass)) FROM generate_series(1, $2)";
        self.each(sql, &[Arg::Text(&sequence), Arg::Int(count as i64)], &mut |row| {
            ids.push(row.get()?);
            Ok(())
        })?;
        Ok(ids)
    }

    pub fn client(&mut self) -> &mut Client {
        &mut self.client
    }
}

/// What ~/.pgpass says, where nothing else says a password. A socket goes by the name of localhost there.
fn password_from_file(config: &postgres::Config) -> Option<Secret> {
    use postgres::config::Host;
    let user = config.get_user()?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host,
        _ => "localhost",
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    pgpass::find(&pgpass::Wanted { host, port, database: config.get_dbname().unwrap_or(user), user })
}

/// One column of many rows, as an array parameter.
#[derive(Debug)]
enum Column<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<&'a str>>),
    Bytes(Vec<Option<&'a [u8]>>),
}

fn columns<'a, R: Record>(table: &Table, rows: &'a [R]) -> Vec<Column<'a>> {
    let mut columns: Vec<Column<'a>> = table
        .columns
        .iter()
        .map(|(_, ty)| match ty {
            Type::Int => Column::Int(Vec::with_capacity(rows.len())),
            Type::Text => Column::Text(Vec::with_capacity(rows.len())),
            Type::Bytes => Column::Bytes(Vec::with_capacity(rows.len())),
        })
        .collect();
    let mut args = Vec::with_capacity(columns.len());
    for row in rows {
        row.bind(&mut args);
        for (column, arg) in columns.iter_mut().zip(args.drain(..)) {
            match (column, arg) {
                (Column::Int(values), Arg::Int(value)) => values.push(Some(value)),
                (Column::Text(values), Arg::Text(text)) => values.push(Some(text)),
                (Column::Bytes(values), Arg::Bytes(bytes)) => values.push(Some(bytes)),
                (Column::Int(values), _) => values.push(None),
                (Column::Text(values), _) => values.push(None),
                (Column::Bytes(values), _) => values.push(None),
            }
        }
    }
    columns
}

type SqlResult = std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl ToSql for Column<'_> {
    fn to_sql(&self, ty: &PgType, out: &mut postgres::types::private::BytesMut) -> SqlResult {
        match self {
            Column::Int(values) => values.to_sql(ty, out),
            Column::Text(values) => values.to_sql(ty, out),
            Column::Bytes(values) => values.to_sql(ty, out),
        }
    }
    fn accepts(_: &PgType) -> bool {
        true
    }
    to_sql_checked!();
}

impl ToSql for Arg<'_> {
    fn to_sql(&self, ty: &PgType, out: &mut postgres::types::private::BytesMut) -> SqlResult {
        match self {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Int(value) if *ty == PgType::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Arg::Int(value) => value.to_sql(ty, out),
            Arg::Text(text) => text.to_sql(ty, out),
            Arg::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }
    fn accepts(_: &PgType) -> bool {
        true
    }
    to_sql_checked!();
}

/// Reads one column without copying it.
pub fn cell<'r>(row: &'r postgres::Row, index: usize) -> Result<Cell<'r>> {
    let ty = row.columns().get(index).map(|column| column.type_().clone());
    let read = || -> std::result::Result<Cell<'r>, postgres::Error> {
        Ok(match ty {
            Some(PgType::INT8) => row.try_get::<_, Option<i64>>(index)?.map_or(Cell::Null, Cell::Int),
            Some(PgType::INT4) => row.try_get::<_, Option<i32>>(index)?.map_or(Cell::Null, |value| Cell::Int(value.into())),
            Some(PgType::BOOL) => row.try_get::<_, Option<bool>>(index)?.map_or(Cell::Null, |value| Cell::Int(value.into())),
            Some(PgType::BYTEA) => row.try_get::<_, Option<&[u8]>>(index)?.map_or(Cell::Null, Cell::Bytes),
            _ => row.try_get::<_, Option<&str>>(index)?.map_or(Cell::Null, Cell::Text),
        })
    };
    read().map_err(Error::unexpected)
}

fn explain_statement(error: postgres::Error, sql: &str) -> Error {
    match error.as_db_error() {
        Some(db) if db.code().code().starts_with("42") => {
            Error::unexpected(anyhow::Error::new(error).context(format!("a statement failed: {sql}")))
        }
        _ => explain(error),
    }
}

/// PostgreSQL's own codes, in words that say what to do.
pub fn explain(error: postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        if let Some(explained) = tls::explain(&error) {
            return explained.caused_by(error);
        }
        let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        // The library has no kind of its own for it.
        if cause == "password missing" {
            return Error::denied("database_login", "the PostgreSQL server asks for a password, and there is none")
                .hint("set PGPASSWORD or ~/.pgpass (0600), or keep it in a context; a password in the URL is refused");
        }
        return Error::new(Exit::Unreachable, "unreachable", format!("the PostgreSQL server cannot be reached or went away: {cause}"))
            .hint("check the address and that the server runs, then try again (a migration: deskctl migrations resume)")
            .caused_by(error);
    };
    let said = db.message().to_owned();
    let explained = match db.code().code() {
        "40001" | "40P01" => Error::new(Exit::Locked, "store_busy", format!("another transaction was in the way: {said}")).retryable(),
        // Two arrivals of one message, or of one thread's first two: run again, the second finds what the first wrote.
        "23505" => Error::new(Exit::Refused, "conflict", format!("the store refused a row that is already there: {said}")).retryable(),
        "53100" => Error::failed("disk_full", format!("the PostgreSQL server's disk is full: {said}")),
        "25006" => Error::failed("read_only", format!("the PostgreSQL server takes no writes: {said}")),
        "3D000" => Error::not_found("no_store", said).hint("create the database (createdb NAME), then run deskctl init"),
        "42P01" => Error::not_found("no_store", "this database holds no deskctl store").hint("make one with deskctl init"),
        "42501" => Error::denied("database_permission", said),
        "28000" if said.ends_with("no encryption") || said.ends_with("SSL off") => {
            Error::denied("database_login", said).hint("the server may want TLS: add sslmode=require to the URL")
        }
        code if code.starts_with("28") => {
            Error::denied("database_login", said).hint("set PGPASSWORD or ~/.pgpass; a password in the URL is refused")
        }
        code if code.starts_with("57P") || code.starts_with("08") => {
            Error::new(Exit::Unreachable, "unreachable", format!("the PostgreSQL server went away: {said}"))
                .hint("try again when it is back")
        }
        code => Error::failed("store", format!("PostgreSQL refused ({code}): {said}")),
    };
    explained.caused_by(error)
}
