//! What `--target` can say.

use std::fmt;
use std::path::PathBuf;

use reqwest::Url;

use crate::error::{Error, Exit, Result};
use crate::secret::Secret;
use crate::store::Location;

/// A target by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Store(Location),
    Server(ServerUrl),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Store(location) => location.fmt(f),
            Address::Server(url) => url.fmt(f),
        }
    }
}

impl Address {
    /// `sqlite:PATH`, a path ending in `.db`, `postgres://USER@HOST/DB`, or a server's `https://HOST`. `None` when the text
    /// is none of these and may be the name of a context.
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
            return Ok(Some(Address::Store(Location::Postgres {
                url: text.to_owned(),
                password: std::env::var("PGPASSWORD").ok().map(Secret::new),
            })));
        }
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
            return ServerUrl::parse(text).map(|url| Some(Address::Server(url)));
        }
        if text == "hubspot" || text.starts_with("hubspot+") {
            return Err(Error::new(Exit::Unsupported, "unsupported_target", format!("this deskctl cannot work with {text} yet"))
                .hint(format!("use {FORMS}")));
        }
        if text.contains("://") {
            return Err(Error::usage("bad_target", format!("\"{text}\" is no target that deskctl knows")).hint(format!("write {FORMS}")));
        }
        if text.ends_with(".db") {
            return Ok(Some(Address::Store(Location::Sqlite(PathBuf::from(text)))));
        }
        Ok(None)
    }
}

/// How targets are written, for hints.
pub const FORMS: &str = "sqlite:PATH, postgres://USER@HOST/DB or https://HOST";

/// The address of a deskctl server, in one spelling: a scheme, a host, perhaps a port and a path, no slash at the end.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUrl(Url);

impl ServerUrl {
    fn parse(text: &str) -> Result<ServerUrl> {
        refuse_password(text)?;
        let bad = |why: String| {
            Error::usage("bad_target", format!("the target is no server's address: {why}"))
                .hint("write https://HOST or http://127.0.0.1:PORT")
        };
        let url = Url::parse(text).map_err(|error| bad(error.to_string()))?;
        if !url.username().is_empty() {
            return Err(bad("it names a user".into()).hint("log in with deskctl login; the token says who you are"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("it has a part after ? or #".into()));
        }
        Ok(ServerUrl(url))
    }

    /// The address of a path of the server.
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{path}"));
        url
    }

    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A password in a URL ends up in `ps`, shell histories and logs (G1).
fn refuse_password(url: &str) -> Result<()> {
    let authority = url.split("://").nth(1).unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    let credentials = authority.rsplit_once('@').map_or("", |(credentials, _)| credentials);
    if credentials.contains(':') || url.contains("password=") {
        let hint = if url.starts_with("http") {
            "log in with deskctl login, or set DESKCTL_TOKEN"
        } else {
            "set PGPASSWORD, use ~/.pgpass, or keep it in a context (deskctl contexts add)"
        };
        return Err(
            Error::usage("password_in_url", "a password does not belong into the target's URL: others can read it there").hint(hint)
        );
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
        assert_eq!(Address::parse("hubspot").unwrap_err().exit(), Exit::Unsupported);
    }

    #[test]
    fn a_server_has_one_spelling() {
        let server = |text: &str| Address::parse(text).unwrap().unwrap().to_string();
        assert_eq!(server("HTTPS://Desk.Example:443/"), "https://desk.example");
        assert_eq!(server("http://127.0.0.1:8420"), "http://127.0.0.1:8420");
        assert_eq!(server("https://example.com/desk/"), "https://example.com/desk");
        let Some(Address::Server(url)) = Address::parse("https://example.com/desk/").unwrap() else { panic!() };
        assert_eq!(url.join("/health").as_str(), "https://example.com/desk/health");
        for wrong in ["https://", "https://me@host", "https://host?x=1", "https://host/#x"] {
            assert_eq!(Address::parse(wrong).unwrap_err().code(), "bad_target", "{wrong}");
        }
    }

    #[test]
    fn g1_a_password_in_the_url_is_refused() {
        for url in
            ["postgres://me:secret@host/db", "postgres://me@host/db?password=secret", "https://me:secret@host", "http://:secret@host"]
        {
            let error = Address::parse(url).unwrap_err();
            assert_eq!(error.code(), "password_in_url");
            assert!(!format!("{error:?}").contains("secret"));
        }
        assert!(Address::parse("postgres://me@host/db").is_ok());
    }
}
