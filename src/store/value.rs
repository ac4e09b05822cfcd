//! What goes into a statement and what comes out of a row, the same for both engines.

use crate::domain::conversation::Digest;
use crate::domain::time::Time;
use crate::error::{Error, Result};

/// One bound parameter, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Anything that can be bound.
pub trait ToArg {
    fn to_arg(&self) -> Arg<'_>;
}

impl ToArg for i64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(*self)
    }
}
impl ToArg for bool {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(i64::from(*self))
    }
}
impl ToArg for Time {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(self.0)
    }
}
impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}
impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}
impl ToArg for [u8] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}
impl ToArg for Vec<u8> {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}
impl ToArg for Digest {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(&self.0)
    }
}
impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}
impl<T: ToArg> ToArg for Option<T> {
    fn to_arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Null, ToArg::to_arg)
    }
}
impl ToArg for Arg<'_> {
    fn to_arg(&self) -> Arg<'_> {
        *self
    }
}

/// Binds values by reference: `args![name, &id]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::store::ToArg::to_arg(&$value)),*][..] };
}

/// A value as it comes out of a row, borrowed from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Anything that can be read from a cell.
pub trait FromCell<'a>: Sized {
    fn from_cell(cell: Cell<'a>) -> Option<Self>;
}

impl<'a> FromCell<'a> for i64 {
    fn from_cell(cell: Cell<'a>) -> Option<i64> {
        match cell {
            Cell::Int(value) => Some(value),
            _ => None,
        }
    }
}
impl<'a> FromCell<'a> for bool {
    fn from_cell(cell: Cell<'a>) -> Option<bool> {
        i64::from_cell(cell).map(|value| value != 0)
    }
}
impl<'a> FromCell<'a> for Time {
    fn from_cell(cell: Cell<'a>) -> Option<Time> {
        i64::from_cell(cell).map(Time)
    }
}
impl<'a> FromCell<'a> for &'a str {
    fn from_cell(cell: Cell<'a>) -> Option<&'a str> {
        match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }
}
impl<'a> FromCell<'a> for String {
    fn from_cell(cell: Cell<'a>) -> Option<String> {
        <&str>::from_cell(cell).map(str::to_owned)
    }
}
impl<'a> FromCell<'a> for Vec<u8> {
    fn from_cell(cell: Cell<'a>) -> Option<Vec<u8>> {
        match cell {
            Cell::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}
impl<'a> FromCell<'a> for Digest {
    fn from_cell(cell: Cell<'a>) -> Option<Digest> {
        match cell {
            Cell::Bytes(bytes) => bytes.try_into().ok().map(Digest),
            _ => None,
        }
    }
}
impl<'a, T: FromCell<'a>> FromCell<'a> for Option<T> {
    fn from_cell(cell: Cell<'a>) -> Option<Option<T>> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

/// Binds and reads a `text_enum!` type by its name.
#[macro_export]
macro_rules! stored_as_text {
    ($($name:ty),+ $(,)?) => { $(
        impl $crate::store::ToArg for $name {
            fn to_arg(&self) -> $crate::store::Arg<'_> {
                $crate::store::Arg::Text(self.as_str())
            }
        }
        impl<'a> $crate::store::FromCell<'a> for $name {
            fn from_cell(cell: $crate::store::Cell<'a>) -> Option<Self> {
                <&str>::from_cell(cell).and_then(Self::parse)
            }
        }
    )+ };
}

use crate::domain::{channel, conversation, document, pipeline, ticket, user};
stored_as_text!(
    channel::Kind,
    channel::State,
    conversation::Status,
    conversation::Direction,
    document::InboxKind,
    pipeline::StageState,
    ticket::Priority,
    ticket::Source,
    user::Availability,
    user::Role,
    user::Seat,
    user::TicketAccess,
);

/// A row, read column by column in the order of the SELECT.
pub struct Row<'r> {
    cells: Cells<'r>,
    next: usize,
}

pub(super) enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl<'r> Row<'r> {
    pub(super) fn new(cells: Cells<'r>) -> Row<'r> {
        Row { cells, next: 0 }
    }

    /// The next column. A type that does not fit means a damaged or foreign store, never a panic.
    pub fn get<T: FromCell<'r>>(&mut self) -> Result<T> {
        let index = self.next;
        self.next += 1;
        let cell = match self.cells {
            Cells::Sqlite(row) => super::driver::sqlite::cell(row, index)?,
            Cells::Postgres(row) => super::driver::postgres::cell(row, index)?,
        };
        T::from_cell(cell).ok_or_else(|| {
            Error::failed("store_corrupt", format!("column {index} of a row holds {cell:?}, which is not what belongs there"))
                .hint("deskctl doctor checks the store")
        })
    }

    /// Passes over columns.
    pub fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    /// The next column, holding JSON as text.
    pub fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T> {
        let text: &str = self.get()?;
        serde_json::from_str(text)
            .map_err(|source| Error::failed("store_corrupt", "a JSON column of the store does not parse").caused_by(source))
    }
}
