//! Where the commands of a transcript run: a home folder with nothing in it, an empty store, and perhaps a server before it.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use deskctl::domain::time::Time;
use deskctl::domain::token::{self, Presented, RANDOM_BYTES, Right, Scope};
use deskctl::store::tokens::{self, Token};
use deskctl::store::{Location, Store, account, users};
use zeroize::Zeroizing;

use super::{Place, Target};
use crate::support::served::{Served, deskctl};

/// The clock of all transcripts: shortly after the last message of the acme profile.
const NOW: &str = "2026-11-20T09:00:00Z";
/// The same moment as tables show it: the accounts of the transcripts live in Warsaw.
const NOW_LOCAL: &str = "2026-11-20 10:00";
/// However slow the machine is, progress is not part of a transcript.
pub const ENVIRONMENT: [(&str, &str); 2] = [("DESKCTL_NOW", NOW), ("DESKCTL_PROGRESS_INTERVAL", "3600")];

/// Stands in the PATH before the program itself and chooses its configuration, and by it the target: by an option or the
/// environment, the target would show in the usage lines of errors. Commands about the machine work on the store itself,
/// and those about configurations on the one that the home has.
const WRAPPER: &str = r#"#!/bin/sh
words= value=
for word do
    if [ -n "$value" ]; then value=; continue; fi
    case $word in
        --target|--as|-o|--output|--columns|--progress|--idempotency-key) value=1 ;;
        -*) ;;
        *) words="$words $word" ;;
    esac
done
case "$words " in
    " completions "*|" contexts "*|" demo "*|" login "*|" logout "*|" man "*) exec PROGRAM "$@" ;;
    " backup "*|" init "*|" restore "*|" seed "*|" serve "*|" store upgrade "*) config=STORE ;;
    *) config=TARGET ;;
esac
[ -e $config ] || { echo "there is no server as long as the store holds no account"; exit 99; }
DESKCTL_CONFIG=$config exec PROGRAM "$@"
"#;

pub struct Home {
    target: Target,
    folder: tempfile::TempDir,
    /// What the commands must not see: the wrapper and its configurations.
    behind: tempfile::TempDir,
    store: Location,
    server: Option<Served>,
}

impl Home {
    pub fn new(place: &Place) -> Home {
        let [folder, behind] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let store = match place.database {
            None => Location::Sqlite(folder.path().join(".local/share/deskctl/desk.db")),
            Some(database) => Location::Postgres { url: database(), password: None },
        };
        let home = Home { target: place.target, folder, behind, store, server: None };
        let [own, target] = ["store.toml", "target.toml"].map(|name| home.behind.path().join(name));
        match &home.store {
            Location::Postgres { url, .. } => configure(&own, url, ""),
            Location::Sqlite(_) => private(&own, ""),
        }
        if home.target != Target::Http {
            fs::copy(&own, &target).unwrap();
        }
        let path = |path: &Path| format!("'{}'", path.display());
        let wrapper = WRAPPER.replace("PROGRAM", &path(deskctl())).replace("STORE", &path(&own)).replace("TARGET", &path(&target));
        private(&home.behind.path().join("deskctl"), &wrapper);
        fs::set_permissions(home.behind.path().join("deskctl"), fs::Permissions::from_mode(0o700)).unwrap();
        home
    }

    /// Runs a line as a shell does. Answers with what it said, without what differs from run to run and from target to
    /// target, and how it ended.
    pub fn run(&mut self, line: &str) -> (String, i32) {
        self.prepare();
        // On the default target nothing stands between the shell and the program.
        let programs = if self.target == Target::Sqlite { deskctl().parent().unwrap() } else { self.behind.path() };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&path));
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", line]).current_dir(self.folder.path()).env_clear();
        shell.env("PATH", std::env::join_paths(paths).unwrap()).env("HOME", self.folder.path()).envs(ENVIRONMENT);
        shell.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer);
        let mut child = shell.spawn().unwrap();
        // It holds the other end of the pipe.
        drop(shell);
        let mut output = Vec::new();
        reader.read_to_end(&mut output).unwrap();
        let exit = child.wait().unwrap().code().unwrap_or(-1);
        (self.neutral(&String::from_utf8_lossy(&output)), exit)
    }

    /// Once there is an account: the token, on all targets alike, so that it makes no difference; and the server.
    fn prepare(&mut self) {
        let Some(token) = self.token() else { return };
        if self.target != Target::Http || self.server.is_some() {
            return;
        }
        let served = Served::start(&self.store, |command| {
            command.env("HOME", self.folder.path()).envs(ENVIRONMENT);
        });
        configure(&self.behind.path().join("target.toml"), &served.url, &token);
        self.server = Some(served);
    }

    /// The first super admin's token, put in without a trace in the audit.
    fn token(&self) -> Option<Zeroizing<String>> {
        let text = token::mint(&Zeroizing::new([1; RANDOM_BYTES]));
        let mut store = Store::connect(&self.store).ok()?;
        store.version().unwrap()?;
        let mut tx = store.write().unwrap();
        let user = match account::find(&mut tx).unwrap() {
            Some((_, false)) => users::first_super_admin(&mut tx).unwrap()?.id,
            _ => return None,
        };
        let shown = Presented::parse(&text).unwrap();
        if tokens::bearer(&mut tx, &shown.name).unwrap().is_none() {
            let scopes = vec![Scope::All(Right::Read), Scope::All(Right::Write), Scope::Impersonate];
            let token = Token {
                // Before all that the commands may make.
                id: 0,
                secret_hash: shown.hash().to_vec(),
                name: shown.name,
                user_id: user,
                label: "transcripts".into(),
                scopes,
                created_at: NOW.parse::<Time>().unwrap(),
                created_by: user,
                expires_at: None,
                last_used_at: None,
                revoked_at: None,
                made_with: None,
            };
            tokens::insert(&mut tx, &token).unwrap();
            tx.commit().unwrap();
        }
        Some(text)
    }

    fn neutral(&self, output: &str) -> String {
        let mut output = output.replace(&self.store.to_string(), "[STORE]");
        if let Some(server) = &self.server {
            output = output.replace(&server.url, "[STORE]");
        }
        at_one_moment(&output.replace(&self.folder.path().display().to_string(), "[HOME]"))
    }
}

/// The clock goes on: within a transcript's ten minutes, a time is now.
pub fn at_one_moment(output: &str) -> String {
    let output = without(output, &NOW[..NOW.len() - "0:00Z".len()], |rest| rest.find('Z').filter(|at| *at <= "0:00.000".len()), "[NOW]");
    without(&output, &NOW_LOCAL[..NOW_LOCAL.len() - 1], |rest| rest.starts_with(|next: char| next.is_ascii_digit()).then_some(0), NOW_LOCAL)
}

/// With `instead` in the place of each `start` that is followed by an end, the last byte of which `end` finds.
fn without(text: &str, start: &str, end: impl Fn(&str) -> Option<usize>, instead: &str) -> String {
    let mut neutral = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        let length = end(after);
        neutral.push_str(before);
        neutral.push_str(if length.is_some() { instead } else { start });
        rest = &after[length.map_or(0, |at| at + 1)..];
    }
    neutral + rest
}

fn private(path: &Path, text: &str) {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// Writes a configuration with that target as its only and current one.
fn configure(path: &Path, target: &str, token: &str) {
    let logins = if token.is_empty() { String::new() } else { format!("[logins]\n\"{target}\" = \"{token}\"\n") };
    private(path, &format!("current = \"it\"\n[contexts.it]\ntarget = \"{target}\"\n{logins}"));
}
