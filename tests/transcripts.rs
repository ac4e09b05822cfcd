//! The README's and our own transcripts of real command lines, on an embedded store, on PostgreSQL, and on servers before them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::thread;

use crate::support::postgres::PgServer;
use crate::support::transcript::{self, Answer, Place, Target};

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = transcript::files_in(&root.join("tests/transcripts"));
    files.push(root.join("README.md"));
    files
}

/// What came of a whole run.
struct Suite {
    /// In the order of the files.
    answers: Vec<Answer>,
    problems: String,
}

impl Suite {
    /// Every file in a home of its own, two at a time.
    fn run(place: Place) -> Suite {
        let left = Mutex::new(files());
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while let Some(file) = { left.lock().unwrap().pop() } {
                        let came = transcript::run(&file, &place);
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
    SUITE.get_or_init(|| Suite::run(Place { target: Target::Sqlite, database: None }))
}

fn on_postgres() -> Option<&'static Suite> {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    let server = PgServer::shared()?;
    Some(SUITE.get_or_init(|| Suite::run(Place { target: Target::Postgres, database: Some(&|| server.database()) })))
}

fn on_http() -> &'static Suite {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    SUITE.get_or_init(|| Suite::run(Place { target: Target::Http, database: None }))
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
