//! The README's and our own transcripts of real command lines, on both engines.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use crate::support::postgres::PgServer;
use crate::support::transcript::{self, Target};

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = transcript::files_in(&root.join("tests/transcripts"));
    files.push(root.join("README.md"));
    files
}

/// Every file in a home of its own, two at a time; all that is wrong is told at once.
fn run_all(target: &(impl Fn() -> Target<'static> + Sync)) {
    let left = Mutex::new(files());
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(file) = { left.lock().unwrap().pop() } {
                    if let Err(problems) = transcript::run(&file, &target()) {
                        wrong.lock().unwrap().push(problems);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "\n{}(renew what is meant with DESKCTL_TRANSCRIPTS=overwrite)", wrong.join("\n"));
}

#[test]
fn transcripts_on_sqlite() {
    run_all(&|| Target::Sqlite);
}

#[test]
fn transcripts_on_postgres() {
    let Some(server) = PgServer::shared() else { return };
    run_all(&|| Target::Postgres(Box::new(|| server.database())));
}
