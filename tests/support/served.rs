//! `deskctl serve` as a process of the tests, that ends with the value that stands for it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use deskctl::store::Location;
use serde_json::Value;

/// The program.
pub fn deskctl() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_deskctl"))
}

/// A server that listens.
pub struct Served {
    pub url: String,
    child: Child,
}

impl Served {
    /// Serves a store on a free port; `with` adds to the command: arguments, its home, its clock.
    pub fn start(store: &Location, with: impl FnOnce(&mut Command)) -> Served {
        let mut command = Command::new(deskctl());
        command.args(["serve", "--listen", "127.0.0.1:0", "--quiet", "-o", "ndjson", "--target", &store.to_string()]);
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
        with(&mut command);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("the server does not start: {error}: {line}"));
        Served { url: said["url"].as_str().unwrap().to_owned(), child }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // As a power cut would: what it has answered stands in the store.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
