//! What `--target` can say.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::store::Location;

/// A target by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Store(Location),
}

impl Address {
    /// `sqlite:PATH`, a path ending in `.db`, or `postgres://USER@HOST/DB`. `None` when the text is none of these
    /// and may be the name of a context.
    pub fn parse(text: &str) -> Result<Option<Address>> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(Error::usage("bad_target", "sqlite: needs the path of a file").hint("write sqlite:PATH"));
            }
            return Ok(Some(Address::Store(Location::Sqlite(PathBuf::from(path)))));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            refuse_password(text)?;
            return Ok(Some(Address::Store(Location::Postgres { url: text.to_owned(), password: std::env::var("PGPASSWORD").ok() })));
        }
        if text.starts_with("http://") || text.starts_with("https://") || text == "hubspot" || text.starts_with("hubspot+") {
            return Err(Error::new(
                crate::error::Exit::Unsupported,
                "unsupported_target",
                format!("this deskctl cannot work with {text} yet"),
            )
            .hint("use sqlite:PATH or postgres://USER@HOST/DB"));
        }
        if text.contains("://") {
            return Err(Error::usage("bad_target", format!("\"{text}\" is no target that deskctl knows"))
                .hint("write sqlite:PATH or postgres://USER@HOST/DB"));
        }
        if text.ends_with(".db") {
            return Ok(Some(Address::Store(Location::Sqlite(PathBuf::from(text)))));
        }
        Ok(None)
    }
}

/// A password in a URL ends up in `ps`, shell histories and logs (G1).
fn refuse_password(url: &str) -> Result<()> {
    let authority = url.split("://").nth(1).unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
    let credentials = authority.rsplit_once('@').map_or("", |(credentials, _)| credentials);
    if credentials.contains(':') || url.contains("password=") {
        return Err(Error::usage("password_in_url", "a password does not belong into the target's URL: others can read it there")
            .hint("set PGPASSWORD, use ~/.pgpass, or keep it in a context (deskctl contexts add)"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_urls_are_told_apart() {
        let sqlite = |path: &str| Some(Address::Store(Location::Sqlite(PathBuf::from(path))));
        assert_eq!(Address::parse("sqlite:a.db").unwrap(), sqlite("a.db"));
        assert_eq!(Address::parse("/x/y.db").unwrap(), sqlite("/x/y.db"));
        assert_eq!(Address::parse("staging").unwrap(), None);
        assert!(Address::parse("ftp://x").is_err());
    }

    #[test]
    fn g1_a_password_in_the_url_is_refused() {
        for url in ["postgres://me:secret@host/db", "postgres://me@host/db?password=secret"] {
            let error = Address::parse(url).unwrap_err();
            assert_eq!(error.code(), "password_in_url");
            assert!(!format!("{error:?}").contains("secret"));
        }
        assert!(Address::parse("postgres://me@host/db").is_ok());
    }
}
