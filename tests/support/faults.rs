//! Counts, records and fails the calls by which a program changes files. See `faults/calls.c` for what it covers.
//!
//! ```ignore
//! let Some(lib) = FaultLib::get() else { return };
//! let plan = Plan::new(dir).fail(7, Kind::Enospc).logged();
//! lib.apply(&mut command, &plan);
//! command.status().unwrap();
//! plan.calls(); read_log(&plan.log());
//! ```

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::skip;

/// What happens to the call that is to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It fails with EIO and has no effect.
    Eio,
    /// It fails with ENOSPC and has no effect.
    Enospc,
    /// A write takes half of its bytes and the next call fails with ENOSPC; any other call fails with ENOSPC.
    Short,
    /// The process is killed instead of making the call.
    KillBefore,
    /// The process is killed as soon as the call is done.
    KillAfter,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Eio, Kind::Enospc, Kind::Short, Kind::KillBefore, Kind::KillAfter];

    fn name(self) -> &'static str {
        match self {
            Kind::Eio => "eio",
            Kind::Enospc => "enospc",
            Kind::Short => "short",
            Kind::KillBefore => "kill",
            Kind::KillAfter => "exit",
        }
    }
}

/// What is to be done to one run. The count goes over all processes that the command starts; it begins at 0 with each plan.
pub struct Plan {
    watched: PathBuf,
    scratch: tempfile::TempDir,
    fail: Option<(u64, Kind)>,
    sticky: bool,
    logged: bool,
    sockets: bool,
}

impl Plan {
    /// Only counts the calls on what lies under `watched`.
    pub fn new(watched: &Path) -> Self {
        let watched = watched.canonicalize().unwrap();
        let scratch = tempfile::tempdir().unwrap();
        Plan { watched, scratch, fail: None, sticky: false, logged: false, sockets: false }
    }

    /// The `call`-th counted call (from 1) meets `kind`.
    pub fn fail(mut self, call: u64, kind: Kind) -> Self {
        self.fail = Some((call, kind));
        self
    }

    /// All later calls meet it too: the disk stays full.
    pub fn sticky(mut self) -> Self {
        self.sticky = true;
        self
    }

    /// Records the calls. One log belongs to one run from one snapshot: a kill from outside may cost its last record.
    pub fn logged(mut self) -> Self {
        self.logged = true;
        self
    }

    /// What is sent through sockets counts as well: how a client of PostgreSQL is killed before or after each message.
    pub fn sockets(mut self) -> Self {
        self.sockets = true;
        self
    }

    pub fn watched(&self) -> &Path {
        &self.watched
    }

    pub fn log(&self) -> PathBuf {
        self.scratch.path().join("log")
    }

    fn counter(&self) -> PathBuf {
        self.scratch.path().join("count")
    }

    /// How many calls were counted so far, also while the run goes on.
    pub fn calls(&self) -> u64 {
        let bytes = std::fs::read(self.counter()).unwrap_or_default();
        bytes.first_chunk().map_or(0, |count| u64::from_ne_bytes(*count))
    }
}

pub struct FaultLib {
    library: PathBuf,
}

impl FaultLib {
    /// The library, compiled once per process; `None` (and said so) where it cannot be.
    pub fn get() -> Option<&'static FaultLib> {
        static LIBRARY: OnceLock<Result<FaultLib, String>> = OnceLock::new();
        match LIBRARY.get_or_init(compile) {
            Ok(library) => Some(library),
            Err(reason) => skip(reason),
        }
    }

    pub fn apply(&self, command: &mut Command, plan: &Plan) {
        for name in ["FAULT_LOG", "FAULT_FAIL", "FAULT_KIND", "FAULT_STICKY", "FAULT_SOCKETS"] {
            command.env_remove(name);
        }
        command.env("LD_PRELOAD", &self.library).env("FAULT_DIR", &plan.watched).env("FAULT_COUNT", plan.counter());
        let settings: [(&str, Option<OsString>); 5] = [
            ("FAULT_LOG", plan.logged.then(|| plan.log().into())),
            ("FAULT_FAIL", plan.fail.map(|(call, _)| call.to_string().into())),
            ("FAULT_KIND", plan.fail.map(|(_, kind)| kind.name().into())),
            ("FAULT_STICKY", plan.sticky.then(|| "1".into())),
            ("FAULT_SOCKETS", plan.sockets.then(|| "1".into())),
        ];
        for (name, value) in settings {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
    }
}

fn compile() -> Result<FaultLib, String> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        return Err("the fault library needs Linux with glibc".into());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    // Compiled aside and renamed: another test process may be loading the one that is there.
    let built = tempfile::Builder::new().prefix("faults-").suffix(".so").tempfile_in(folder).map_err(|e| e.to_string())?;
    let output = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-U_FORTIFY_SOURCE", "-o"])
        .arg(built.path())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/faults/calls.c"))
        .output()
        .map_err(|error| format!("the fault library needs a C compiler, cc: {error}"))?;
    // A compiler that is there and refuses is a fault of the library, not a reason to skip.
    assert!(output.status.success(), "cc: {}", String::from_utf8_lossy(&output.stderr));
    let library = folder.join("libfaults.so");
    built.persist(&library).map_err(|error| error.to_string())?;
    Ok(FaultLib { library })
}
