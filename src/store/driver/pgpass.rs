//! PostgreSQL's password file, as its own programs read it: `host:port:database:user:password`, a line each.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::secret::Secret;

/// For whom a password is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub host: &'a str,
    pub port: u16,
    pub database: &'a str,
    pub user: &'a str,
}

/// The password in `PGPASSFILE`, else in `~/.pgpass`. A file that others can read is not used, as PostgreSQL's own
/// programs do not use it either.
pub fn find(wanted: &Wanted<'_>) -> Option<Secret> {
    use std::os::unix::fs::PermissionsExt;
    let path = path()?;
    let metadata = std::fs::metadata(&path).ok()?;
    let private = metadata.is_file() && metadata.permissions().mode() & 0o077 == 0;
    if private { find_in(&Zeroizing::new(std::fs::read_to_string(&path).ok()?), wanted) } else { None }
}

fn path() -> Option<PathBuf> {
    let named = std::env::var_os("PGPASSFILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pgpass")))
}

/// The first line that fits wins.
fn find_in(text: &str, wanted: &Wanted<'_>) -> Option<Secret> {
    let port = wanted.port.to_string();
    let wanted = [wanted.host, &port, wanted.database, wanted.user];
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = fields(line).into_iter();
        let fits = wanted.iter().all(|wanted| fields.next().is_some_and(|field| field.is_any || *field.text == **wanted));
        fields.next().filter(|password| fits && !password.text.is_empty()).map(|password| Secret::new(password.text.as_str()))
    })
}

#[derive(Default)]
struct Field {
    text: Zeroizing<String>,
    /// A bare `*`.
    is_any: bool,
}

/// Five fields, of which the last takes the rest of the line; `\\:` and `\\\\` stand for the characters themselves.
fn fields(line: &str) -> Vec<Field> {
    let mut fields = vec![Field::default()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        let last = fields.len() == 5;
        let Some(field) = fields.last_mut() else { break };
        match character {
            '\\' => field.text.extend(characters.next()),
            ':' if !last => fields.push(Field::default()),
            '*' if field.text.is_empty() => {
                field.text.push('*');
                field.is_any = true;
                continue;
            }
            other => field.text.push(other),
        }
        if let Some(field) = fields.last_mut().filter(|field| *field.text != "*") {
            field.is_any = false;
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# a comment\nother:5432:db:me:wrong\ndb.example:5432:desk:me:s3:cr\\\\et\n*:*:*:you:\\:colon\n::1:x\nhost:*:de*:me:no\n";

    fn found(host: &str, port: u16, database: &str, user: &str) -> Option<String> {
        find_in(TEXT, &Wanted { host, port, database, user }).map(|password| password.expose().to_owned())
    }

    #[test]
    fn the_first_line_that_fits_wins() {
        assert_eq!(found("db.example", 5432, "desk", "me").as_deref(), Some("s3:cr\\et"));
        assert_eq!(found("anywhere", 1, "any", "you").as_deref(), Some(":colon"));
        assert_eq!(found("db.example", 5433, "desk", "me"), None);
        assert_eq!(found("host", 5432, "desk", "me"), None);
    }
}
