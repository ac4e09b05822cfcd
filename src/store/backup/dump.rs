//! PostgreSQL's own programs: dumps, and what restores them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, Result, io_error};
use crate::secret::Secret;
use crate::store::driver::tls::Tls;
use crate::store::{Location, beside, schema};

/// How a dump in PostgreSQL's own format begins.
const MAGIC: &[u8] = b"PGDMP";

/// A dump whose table of contents was read. The file is held open: another one of its name is not taken for it.
pub struct Dump {
    file: File,
    name: PathBuf,
}

/// Writes a dump, and reads its table of contents again.
pub(super) fn write(location: &Location, to: &Path) -> Result<()> {
    let Location::Postgres { url, password } = location else { return Ok(()) };
    let target = to.display().to_string();
    // What is being loaded beside the account is none of it.
    let beside = format!("--exclude-schema={}", beside::SCHEMA);
    let how = ["--format=custom", "--no-owner", &beside, "--file", &target];
    connected_tool("pg_dump", url, password.as_ref(), &how, Stdio::null()).map_err(|error| match error.code() {
        "tool_failed" => error.hint("no backup was written; where the server cannot read its own pages, its log tells more"),
        _ => error,
    })?;
    Dump::open(to, password.as_ref()).map(drop)
}

impl Dump {
    /// The dump's own table of contents, and the schema versions in it; neither needs a server.
    pub(super) fn open(from: &Path, password: Option<&Secret>) -> Result<Dump> {
        let damaged = |said: &str| {
            Error::failed("backup_damaged", format!("the backup {} cannot be restored: {said}", from.display()))
                .hint("nothing was changed; take another backup")
        };
        let not_read = |error| io_error("read the backup", from, error);
        let mut file = File::open(from).map_err(not_read)?;
        let mut magic = Vec::new();
        file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(not_read)?;
        if magic != MAGIC {
            return Err(damaged("it is no dump of a PostgreSQL store"));
        }
        let dump = Dump { file, name: from.to_owned() };
        let mut command = Command::new("pg_restore");
        command.args(["--data-only", "--table=schema_versions", "--file=-"]);
        let versions = private_tool(command, password, dump.stdin()?).map_err(|error| match error.code() {
            "tool_failed" => damaged("it is damaged, or is no backup of a PostgreSQL store").caused_by(error),
            _ => error,
        })?;
        let rows = versions.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
        let newest = rows.filter_map(|row| row.split('\t').next()?.parse::<i64>().ok()).max();
        schema::refuse_newer(newest.ok_or_else(|| damaged("it holds no deskctl store"))?)?;
        Ok(dump)
    }

    pub(super) fn restore(&self, url: &str, password: Option<&Secret>) -> Result<()> {
        let how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"];
        connected_tool("pg_restore", url, password, &how, self.stdin()?)
    }

    /// The file from its beginning.
    fn stdin(&self) -> Result<Stdio> {
        let again = || {
            let mut file = self.file.try_clone()?;
            file.seek(SeekFrom::Start(0))?;
            Ok(Stdio::from(file))
        };
        again().map_err(|error| io_error("read the backup", &self.name, error))
    }
}

/// Runs one of PostgreSQL's own programs on a database, verifying the server as we do ourselves.
fn connected_tool(program: &str, url: &str, password: Option<&Secret>, args: &[&str], stdin: Stdio) -> Result<()> {
    let (url, tls) = Tls::of(url)?;
    let mut command = Command::new(program);
    let _trusted = tls.impose(&mut command)?;
    command.args(["--dbname", &url]).args(args);
    private_tool(command, password, stdin).map(drop)
}

/// Runs one of PostgreSQL's own programs and gives what it prints; the password goes by the environment, never by an
/// argument (G1).
fn private_tool(mut command: Command, password: Option<&Secret>, stdin: Stdio) -> Result<String> {
    let program = command.get_program().display().to_string();
    command.stdin(stdin);
    if let Some(password) = password {
        command.env("PGPASSWORD", password.expose());
    }
    let output = command.output().map_err(|error| {
        Error::failed("tool_missing", format!("{program} cannot be run: {error}"))
            .hint("install PostgreSQL's client programs (Debian: postgresql-client)")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::failed("tool_failed", format!("{program} failed: {}", said.trim())))
}
