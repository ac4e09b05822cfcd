//! What is wanted of the index, in the words of either engine. Tokens are letters and digits only (domain/search), so that quoting
//! them is enough; the whole is a bound parameter.

use crate::domain::search::Wanted;
use crate::store::Dialect;

pub fn expression(dialect: Dialect, wanted: &Wanted) -> String {
    match (dialect, wanted) {
        (Dialect::Sqlite, Wanted::Token(token)) => format!("\"{token}\""),
        (Dialect::Postgres, Wanted::Token(token)) => format!("'{token}'"),
        (Dialect::Sqlite, Wanted::Beginning(text)) => {
            let tokens = Wanted::beginning(text).into_iter().map(Wanted::Token).collect();
            expression(dialect, &Wanted::Any(tokens))
        }
        (Dialect::Postgres, Wanted::Beginning(text)) => format!("'{}':*", Wanted::beginning_of_token(text)),
        (Dialect::Sqlite, Wanted::All(all)) => joined(dialect, all, " AND "),
        (Dialect::Postgres, Wanted::All(all)) => joined(dialect, all, " & "),
        (Dialect::Sqlite, Wanted::Any(any)) => joined(dialect, any, " OR "),
        (Dialect::Postgres, Wanted::Any(any)) => joined(dialect, any, " | "),
    }
}

fn joined(dialect: Dialect, parts: &[Wanted], word: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|part| expression(dialect, part)).collect();
    format!("({})", parts.join(word))
}
