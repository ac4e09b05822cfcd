//! Tables that are written in bulk: their columns once, and the SQL that follows from them.

use std::sync::OnceLock;

use super::value::Arg;

/// A column's type, as far as bulk writing must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Int,
    Text,
    Bytes,
}

impl Type {
    fn array(self) -> &'static str {
        match self {
            Type::Int => "bigint[]",
            Type::Text => "text[]",
            Type::Bytes => "bytea[]",
        }
    }
}

/// A table (or the part of it that one record type writes). For updates the first column is the key.
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Type)],
    /// How many of the first columns make a row the same one, where rows are put over others.
    pub keys: usize,
    sql: OnceLock<Sql>,
}

struct Sql {
    insert: String,
    update: String,
    unnest_insert: String,
    unnest_update: String,
    put: String,
    unnest_put: String,
}

/// A row that knows how to bind itself, in the order of its table's columns.
pub trait Record {
    const TABLE: &'static Table;
    fn bind<'a>(&'a self, args: &mut Vec<Arg<'a>>);
}

impl Table {
    pub const fn new(name: &'static str, columns: &'static [(&'static str, Type)], keys: usize) -> Table {
        Table { name, columns, keys, sql: OnceLock::new() }
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    fn sql(&self) -> &Sql {
        self.sql.get_or_init(|| {
            let (table, names, key) = (self.name, self.names(), self.columns[0].0);
            let set = |value: &dyn Fn(usize, &str) -> String| {
                let pairs: Vec<String> =
                    self.columns.iter().enumerate().skip(1).map(|(i, (name, _))| format!("{name} = {}", value(i, name))).collect();
                pairs.join(", ")
            };
            let arrays: Vec<String> = self.columns.iter().enumerate().map(|(i, (_, ty))| format!("${}::{}", i + 1, ty.array())).collect();
            let arrays = arrays.join(", ");
            // SQLite numbers `$n` by first appearance; `?n` keeps the key first although it stands last.
            let sqlite_set = set(&|i, _| format!("?{}", i + 1));
            let insert = format!("INSERT INTO {table} ({names}) VALUES ({})", self.placeholders());
            let unnest_insert = format!("INSERT INTO {table} ({names}) SELECT * FROM UNNEST({arrays})");
            let over = self.over();
            Sql {
                put: format!("{insert} {over}"),
                unnest_put: format!("{unnest_insert} {over}"),
                insert,
                update: format!("UPDATE {table} SET {sqlite_set} WHERE {key} = ?1"),
                unnest_insert,
                unnest_update: format!(
                    "UPDATE {table} SET {} FROM UNNEST({arrays}) AS new({names}) WHERE {table}.{key} = new.{key}",
                    set(&|_, name| format!("new.{name}"))
                ),
            }
        })
    }

    /// What puts a row over the one with the same key.
    fn over(&self) -> String {
        let names = |columns: &[(&'static str, Type)]| columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let (keys, others) = self.columns.split_at(self.keys);
        let set: Vec<String> = names(others).iter().map(|name| format!("{name} = excluded.{name}")).collect();
        format!("ON CONFLICT ({}) DO UPDATE SET {}", names(keys).join(", "), set.join(", "))
    }

    pub(super) fn insert_sql(&self) -> &str {
        &self.sql().insert
    }
    pub(super) fn update_sql(&self) -> &str {
        &self.sql().update
    }
    pub(super) fn unnest_insert_sql(&self) -> &str {
        &self.sql().unnest_insert
    }
    pub(super) fn unnest_update_sql(&self) -> &str {
        &self.sql().unnest_update
    }
    pub(super) fn put_sql(&self) -> &str {
        &self.sql().put
    }
    pub(super) fn unnest_put_sql(&self) -> &str {
        &self.sql().unnest_put
    }
}

/// A row that knows how to read itself: its columns, and their values in that order.
pub trait Readable: Sized {
    /// For SELECT, with the table's usual short name.
    const COLUMNS: &'static str;
    fn read(row: &mut super::Row<'_>) -> super::Result<Self>;
}

/// Declares a struct whose fields are columns, once: how it is written, which columns are read, and how. A part of a row that is a
/// struct of its own comes after a semicolon.
#[macro_export]
macro_rules! row {
    ($type:ident => $table:literal as $short:literal { $($columns:tt)+ }) => {
        $crate::row!($type => $table as $short [1] { $($columns)+ });
    };
    ($type:ident => $table:literal as $short:literal [$keys:literal] {
        $($column:ident: $kind:ident),+ $(,)? $(; $part:ident: $of:ident { $($inner:ident: $inner_kind:ident),+ $(,)? })?
    }) => {
        $crate::record!(row: $type => $table [$keys] {
            $($column: $kind = row.$column),+ $(, $($inner: $inner_kind = row.$part.$inner),+)?
        });
        impl $crate::store::Readable for $type {
            const COLUMNS: &'static str = {
                let each = concat!($($short, ".", stringify!($column), ", "),+ $(, $($short, ".", stringify!($inner), ", "),+)?);
                each.split_at(each.len() - 2).0
            };
            fn read(row: &mut $crate::store::Row<'_>) -> $crate::error::Result<Self> {
                Ok($type { $($column: row.get()?),+ $(, $part: $of { $($inner: row.get()?),+ })? })
            }
        }
    };
}

/// Declares how a struct is written: the table, and each column with its type and the expression that yields it. The key is the
/// first column, or as many of them as stand in brackets. Numbers that are worked out come after a semicolon.
#[macro_export]
macro_rules! record {
    ($row:ident: $type:ty => $table:literal { $($columns:tt)+ }) => {
        $crate::record!($row: $type => $table [1] { $($columns)+ });
    };
    ($row:ident: $type:ty => $table:literal [$keys:literal] {
        $($column:ident: $kind:ident = $value:expr),+ $(,)? $(; $($computed:ident = $number:expr),+ $(,)?)?
    }) => {
        impl $crate::store::Record for $type {
            const TABLE: &'static $crate::store::Table = {
                static TABLE: $crate::store::Table =
                    $crate::store::Table::new($table, &[
                        $((stringify!($column), $crate::store::Type::$kind)),+
                        $($(, (stringify!($computed), $crate::store::Type::Int))+)?
                    ], $keys);
                &TABLE
            };
            fn bind<'a>(&'a self, args: &mut Vec<$crate::store::Arg<'a>>) {
                let $row = self;
                $(args.push($crate::store::ToArg::to_arg(&$value));)+
                $($({
                    let number: Option<i64> = $number;
                    args.push(number.map_or($crate::store::Arg::Null, $crate::store::Arg::Int));
                })+)?
            }
        }
    };
}
