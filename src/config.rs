//! The configuration file: named targets, and which of them is the current one.
//!
//! It may hold PostgreSQL passwords, so it is its owner's alone (0600 in a folder of 0700: G3), and nothing here ever
//! puts a password into a message (G1).

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use toml::{Table, Value};
use zeroize::Zeroizing;

use crate::error::{Error, Result, io_error, unknown};
use crate::output::AtomicFile;
use crate::secret::Secret;
use crate::store::Location;
use crate::store::driver::tls;
use crate::target::{Address, FORMS};

/// A named target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// As `--target` takes it.
    pub target: String,
    /// PostgreSQL's password, where it is kept here.
    pub password: Option<Secret>,
}

impl Context {
    /// Where the context works. Its own password is meant for it, so it goes before PGPASSWORD.
    pub fn address(&self) -> Result<Address> {
        match Address::parse(&self.target)? {
            Some(Address::Store(Location::Postgres { url, password })) => {
                Ok(Address::Store(Location::Postgres { url, password: self.password.clone().or(password) }))
            }
            Some(address) => Ok(address),
            None => Err(no_target(&self.target)),
        }
    }
}

/// The configuration, as far as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The context that works where `--target` is not given.
    pub current: Option<String>,
    pub contexts: BTreeMap<String, Context>,
    /// Tokens by the address of their server, as `deskctl login` keeps them.
    pub logins: BTreeMap<String, Secret>,
}

/// `DESKCTL_CONFIG`, else `deskctl/config.toml` in the user's configuration directory; `None` without a home.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("DESKCTL_CONFIG").filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("deskctl").join("config.toml"))
}

/// A warning where others can read the file and what is secret in it (G3).
pub fn open_to_others(path: &Path) -> Option<String> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o077 != 0).then(|| format!("{} is open to others (mode {:o}); close it with: chmod 600 {0}", path.display(), mode & 0o777))
}

impl Config {
    /// Reads the file; one that is not there is an empty configuration.
    pub fn load(path: &Path) -> Result<Config> {
        match std::fs::read_to_string(path) {
            Ok(text) => Config::parse(&Zeroizing::new(text)).map_err(|reason| {
                Error::usage("bad_config", format!("the configuration file {} is wrong: {reason}", path.display()))
                    .hint("correct the file; deskctl contexts add shows by example what belongs into it")
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
            Err(error) => Err(io_error("read the configuration file", path, error)),
        }
    }

    /// Parsed by hand, key by key: a library's message might quote the line that holds a password.
    pub fn parse(text: &str) -> Result<Config, String> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            format!("line {line} is no TOML")
        })?;
        let mut config = Config::default();
        for (key, value) in table {
            match (key.as_str(), value) {
                ("current", Value::String(name)) => config.current = Some(name),
                ("current", _) => return Err("current must be the name of a context, in quotes".into()),
                ("contexts", Value::Table(contexts)) => {
                    for (name, value) in contexts {
                        check_name(&name)?;
                        let context = parse_context(&name, value)?;
                        config.contexts.insert(name, context);
                    }
                }
                ("contexts", _) => return Err("contexts must be tables: [contexts.NAME]".into()),
                ("logins", Value::Table(logins)) => {
                    for (server, value) in logins {
                        let Value::String(token) = value else { return Err(format!("logins.\"{server}\" must be a token, in quotes")) };
                        config.logins.insert(server, Secret::new(token));
                    }
                }
                ("logins", _) => return Err("logins must be a table: [logins]".into()),
                (key, _) => return Err(format!("unknown key \"{key}\"; known are current, contexts and logins")),
            }
        }
        Ok(config)
    }

    /// Writes the file whole or not at all, readable by its owner only.
    pub fn save(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
            made.map_err(|error| io_error("make the folder", folder, error))?;
        }
        let mut file = AtomicFile::create(path)?;
        file.write_all(Zeroizing::new(self.render()).as_bytes()).map_err(|error| io_error("write", path, error))?;
        file.commit()
    }

    fn render(&self) -> String {
        let mut contexts = Table::new();
        for (name, context) in &self.contexts {
            let mut table = Table::from_iter([("target".to_owned(), Value::String(context.target.clone()))]);
            if let Some(password) = &context.password {
                table.insert("password".to_owned(), Value::String(password.expose().to_owned()));
            }
            contexts.insert(name.clone(), Value::Table(table));
        }
        let mut root = Table::new();
        if let Some(current) = &self.current {
            root.insert("current".to_owned(), Value::String(current.clone()));
        }
        root.insert("contexts".to_owned(), Value::Table(contexts));
        if !self.logins.is_empty() {
            let logins = self.logins.iter().map(|(server, token)| (server.clone(), Value::String(token.expose().to_owned())));
            root.insert("logins".to_owned(), Value::Table(logins.collect()));
        }
        root.to_string()
    }

    /// The context of that name, or the nearest names.
    pub fn context(&self, name: &str) -> Result<&Context> {
        self.contexts.get(name).ok_or_else(|| {
            let error = unknown("unknown_context", "context", name, self.contexts.keys().map(String::as_str));
            if error.hint_text().is_some() {
                return error;
            }
            error.hint(format!("write {FORMS}, or make a context: deskctl contexts add NAME TARGET"))
        })
    }
}

fn parse_context(name: &str, value: Value) -> Result<Context, String> {
    let Value::Table(table) = value else { return Err(format!("contexts.{name} must be a table: [contexts.{name}]")) };
    let (mut target, mut password) = (None, None);
    for (key, value) in table {
        match (key.as_str(), value) {
            ("target", Value::String(text)) => target = Some(text),
            ("password", Value::String(text)) => password = Some(Secret::new(text)),
            ("target" | "password", _) => return Err(format!("contexts.{name}.{key} must be text, in quotes")),
            (key, _) => return Err(format!("unknown key \"{key}\" in contexts.{name}; known are target and password")),
        }
    }
    Ok(Context { target: target.ok_or_else(|| format!("contexts.{name} has no target"))?, password })
}

/// A name must not be taken for a target, and must be writable without quotes everywhere.
pub fn check_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > 64 || name.starts_with(['-', '.']) || !name.chars().all(plain) {
        return Err(format!("\"{name}\" is no name for a context: letters, digits, - _ and . make one, up to 64"));
    }
    match Address::parse(name) {
        Ok(None) => Ok(()),
        _ => Err(format!("\"{name}\" is no name for a context: it looks like a target")),
    }
}

fn no_target(text: &str) -> Error {
    Error::usage("bad_target", format!("\"{text}\" is no target")).hint(format!("write {FORMS}"))
}

/// A target as a context keeps it: checked, and a relative path made absolute, since it will be used from anywhere.
pub fn kept_target(typed: &str) -> Result<String> {
    match Address::parse(typed)? {
        Some(Address::Store(Location::Sqlite(path))) => {
            let path = std::path::absolute(&path).map_err(|error| io_error("find", &path, error))?;
            Ok(format!("sqlite:{}", path.display()))
        }
        Some(Address::Store(Location::Postgres { url, .. })) => tls::absolute(&url),
        Some(Address::Server(url)) => Ok(url.to_string()),
        None => Err(no_target(typed)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn example() -> Config {
        let context = |target: &str, password: Option<&str>| Context { target: target.into(), password: password.map(Secret::new) };
        Config {
            current: Some("prod".into()),
            contexts: BTreeMap::from([
                ("prod".into(), context("postgres://me@host/db", Some("s\"e'cret\n"))),
                ("try.it".into(), context("sqlite:/x/y z.db", None)),
            ]),
            logins: BTreeMap::from([("https://desk.example:8420".into(), Secret::new("dsk_\"x"))]),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Config::parse(&example().render()).unwrap(), example());
        assert_eq!(Config::parse("").unwrap(), Config::default());
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        for (text, named) in [
            ("curent = \"x\"", "curent"),
            ("[contexts.a]\ntarget = \"x.db\"\ntoken = \"s3cret\"", "token"),
            ("[contexts.a]\npassword = \"s3cret\"", "no target"),
            ("contexts = 3", "[contexts.NAME]"),
            ("current = 3", "current"),
            ("[logins]\n\"https://x\" = 3", "https://x"),
            ("[contexts.\"a.db\"]\ntarget = \"x.db\"", "looks like a target"),
        ] {
            let reason = Config::parse(text).unwrap_err();
            assert!(reason.contains(named) && !reason.contains("s3cret"), "{text}: {reason}");
        }
    }

    #[test]
    fn g1_no_message_quotes_a_password() {
        for text in ["[contexts.a]\ntarget = \"x.db\"\npassword = s3cret", "[contexts.a]\ntarget = \"x.db\"\npassword = [\"s3cret\"]"] {
            let reason = Config::parse(text).unwrap_err();
            assert!(!reason.contains("s3cret"), "{reason}");
        }
        assert!(Config::parse("\n\npassword = s3cret").unwrap_err().contains("line 3"));
        assert!(!format!("{:?}", example()).contains("cret\\n"));
    }

    #[test]
    fn g3_the_file_and_its_folder_are_private() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("made/config.toml");
        example().save(&path).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(open_to_others(&path), None);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(open_to_others(&path).unwrap().contains("chmod 600"));
        assert_eq!(Config::load(&path).unwrap(), example());
    }

    #[test]
    fn a_name_is_never_a_target() {
        assert!(check_name("staging").is_ok() && check_name("eu-1.test_2").is_ok());
        for name in ["", "a.db", "sqlite:x", "postgres://x", "hubspot", "a b", "-x", "ż", "a/b"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_contexts_own_password_is_used() {
        let Address::Store(Location::Postgres { password, .. }) = example().contexts["prod"].address().unwrap() else { panic!() };
        assert_eq!(password, Some(Secret::new("s\"e'cret\n")));
    }
}
