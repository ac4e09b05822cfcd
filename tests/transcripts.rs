//! Our transcripts of real command lines, on an embedded store, on PostgreSQL, and on servers before them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::thread;

use crate::support::postgres::PgServer;
use crate::support::transcript::{self, Answer, Place, Target};

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    transcript::files_in(&root.join("tests/transcripts"))
}

/// What came of a whole run.
struct Suite {
    /// In the order of the files.
    answers: Vec<Answer>,
    problems: String,
}

impl Suite {
    /// Every file in a home of its own, two at a time.
    fn run<'a>(place: impl Fn(&Path) -> Place<'a> + Sync) -> Suite {
        let left = Mutex::new(files());
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while let Some(file) = { left.lock().unwrap().pop() } {
                        let came = transcript::run(&file, &place(&file));
                        done.lock().unwrap().push((file, came));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap();
        done.sort_by(|(file, _), (other, _)| file.cmp(other));
        let (answers, problems): (Vec<_>, Vec<_>) = done.into_iter().map(|(_, came)| came).unzip();
        Suite { answers: answers.into_iter().flatten().collect(), problems: problems.concat() }
    }

    fn expect_no_problems(&self) {
        let problems = &self.problems;
        assert!(problems.is_empty(), "\n{problems}(renew what is meant with DESKCTL_TRANSCRIPTS=overwrite)");
    }
}

fn on_sqlite() -> &'static Suite {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    SUITE.get_or_init(|| Suite::run(|_| Place { target: Target::Sqlite, database: None }))
}

fn on_postgres() -> Option<&'static Suite> {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    let server = PgServer::shared()?;
    let database = || server.database();
    Some(SUITE.get_or_init(|| Suite::run(|_| Place { target: Target::Postgres, database: Some(&database) })))
}

/// The files whose servers have their stores on PostgreSQL, where it is installed.
const BEFORE_POSTGRES: [&str; 4] = ["acting-as.md", "main-job.md", "tickets.md", "tickets-kept.md"];

fn on_http() -> &'static Suite {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    let server = PgServer::shared();
    let database = || server.unwrap().database();
    let place = |file: &Path| {
        let on_postgres = server.is_some() && BEFORE_POSTGRES.iter().any(|name| file.ends_with(name));
        Place { target: Target::Http, database: if on_postgres { Some(&database as &(dyn Fn() -> String + Sync)) } else { None } }
    };
    SUITE.get_or_init(|| Suite::run(place))
}

#[test]
fn transcripts_on_sqlite() {
    on_sqlite().expect_no_problems();
}

#[test]
fn transcripts_on_postgres() {
    if let Some(suite) = on_postgres() {
        suite.expect_no_problems();
    }
}

#[test]
fn transcripts_on_http() {
    on_http().expect_no_problems();
}

#[test]
fn all_targets_say_the_same() {
    let here = &on_sqlite().answers;
    for (there, target) in [(Some(on_http()), "http"), (on_postgres(), "postgres")] {
        let Some(Suite { answers: there, .. }) = there else { continue };
        let differences = transcript::differences(here, there);
        assert!(differences.is_empty(), "\n{differences}(-: sqlite, +: {target})");
        // What is left out is named in the files, and little.
        assert!(there.len() * 100 > here.len() * 97, "{} of {} commands ran on {target}", there.len(), here.len());
    }
}

/// Commands that no server needs: they are about this machine, or have tests of their own.
const ALONE: [&str; 5] = ["completions", "demo", "login", "logout", "man"];

#[test]
fn every_command_is_run_on_a_server() {
    let mut tree = deskctl::cli::command();
    tree.build();
    let mut left = leaves(&tree, "deskctl");
    left.retain(|leaf| !ALONE.iter().any(|name| *leaf == format!("deskctl {name}")));
    left.retain(|leaf| !on_http().answers.iter().any(|answer| answer.command.contains(leaf)));
    // Each of those about the store is refused in `machine.md`.
    assert_eq!(left, ["deskctl serve", "deskctl store upgrade"], "these are in no transcript");
}

fn leaves(command: &clap::Command, path: &str) -> Vec<String> {
    let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
    let leaves: Vec<String> = verbs.flat_map(|verb| leaves(verb, &format!("{path} {}", verb.get_name()))).collect();
    if leaves.is_empty() { vec![path.to_owned()] } else { leaves }
}

/// One command that is told right, one with another stage, one with another exit code.
const WRONG: &str = "\
<!-- $ deskctl seed --profile acme -->
```console
$ deskctl conversations show 2 --columns id,ticket --as anna.nowak@acme.example
id  2

ticket:
  id            1
  name          Młynek Kivi nie mieli po aktualizacji
  stage         Returns and repairs/In the workshop
  owner         piotr.zielinski@acme.example
  in help desk  no
$ deskctl tickets list --limit 1 --columns id,stage --quiet
ID  STAGE
 3  Waiting on us
$ deskctl channels show 99
error: there is no channel \"99\"
[exit 6]
```
";

#[test]
fn a_changed_stage_name_or_exit_code_fails() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.md");
    std::fs::write(&file, WRONG).unwrap();
    let server = PgServer::shared();
    let database = || server.unwrap().database();
    let embedded = [Target::Sqlite, Target::Http].map(|target| Place { target, database: None });
    let on_postgres = server.map(|_| Place { target: Target::Postgres, database: Some(&database) });
    let mut all = Vec::new();
    for place in embedded.into_iter().chain(on_postgres) {
        let (answers, problems) = transcript::run(&file, &place);
        let wrong: Vec<&str> = problems.lines().filter(|line| line.starts_with(['-', '+'])).collect();
        assert_eq!(
            wrong,
            ["-  3  Waiting on us", "+  3  Waiting on customer", "- [exit 6]", "+ [exit 5]"],
            "on {:?}: {problems}",
            place.target
        );
        all.push(answers);
    }
    // So does the comparison of the targets, where nothing was expected.
    let (first, others) = all.split_first().unwrap();
    for (was, becomes) in [("Waiting", "Wating"), ("[exit 5]", "[exit 6]")] {
        let changed = |answer: &Answer| Answer { text: answer.text.replace(was, becomes), ..answer.clone() };
        for other in others {
            assert_eq!(transcript::differences(first, other), "");
            let changed: Vec<Answer> = other.iter().map(changed).collect();
            assert!(transcript::differences(first, &changed).contains(becomes));
        }
    }
}
