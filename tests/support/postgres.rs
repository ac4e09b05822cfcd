//! A PostgreSQL server of the tests' own, that no test process outlives and that outlives no test process.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use rustix::process::{Pid, Signal, kill_process};

use super::skip;

const USER: &str = "deskctl";
const PATIENCE: Duration = Duration::from_secs(90);

/// Each line on stdin is a port to (re)start the server on. When the test process ends, by whatever death, its end of the pipe
/// closes: then the server is stopped and its folder removed. A server that was killed is waited for, or its process id would
/// still look alive to the next one.
const KEEPER: &str = r#"
folder=$1; shift; server=
stop() { [ -z "$server" ] || { kill -QUIT "$server"; wait "$server"; }; }
while read -r port; do
    stop
    "$@" -p "$port" >>"$folder/log" 2>&1 </dev/null &
    server=$!
done
stop
rm -rf "$folder"
"#;

/// Whether the server syncs what it commits. Without it, a kill of the server is survived all the same, a power cut is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fsync {
    On,
    Off,
}

pub struct PgServer {
    folder: PathBuf,
    port: u16,
    keeper: Mutex<Child>,
}

impl PgServer {
    /// A server of one's own, to be killed; `None` (and said so) where PostgreSQL is not installed.
    pub fn start() -> Option<PgServer> {
        Self::start_with(Fsync::On)
    }

    pub fn start_with(fsync: Fsync) -> Option<PgServer> {
        let Some(programs) = find_programs() else { return skip("PostgreSQL's initdb and postgres are not installed") };
        let account = match unprivileged() {
            Ok(account) => account,
            Err(reason) => return skip(reason),
        };
        Some(launch(&programs, account, fsync))
    }

    /// The server that the tests of a process share, without fsync: for what does not kill it.
    pub fn shared() -> Option<&'static PgServer> {
        static SHARED: OnceLock<Option<PgServer>> = OnceLock::new();
        SHARED.get_or_init(|| PgServer::start_with(Fsync::Off)).as_ref()
    }

    /// Makes an empty database and returns its URL.
    pub fn database(&self) -> String {
        self.create("")
    }

    /// Makes a copy of a database that nobody is connected to any more, and returns its URL.
    pub fn copy(&self, url: &str) -> String {
        self.create(&format!("TEMPLATE {}", database_of(url)))
    }

    fn create(&self, how: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut client = Client::connect(&self.url("postgres"), NoTls).unwrap();
        // The connection of a process that has just ended may linger for a moment.
        let made = wait_until(|| client.batch_execute(&format!("CREATE DATABASE {name} {how}")).is_ok());
        assert!(made, "the database {name} cannot be made: {}", self.log());
        self.url(&name)
    }

    /// Removes a database, whoever is connected to it.
    pub fn remove(&self, url: &str) {
        // Best effort: the server may have been killed on purpose.
        if let Ok(mut client) = Client::connect(&self.url("postgres"), NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database_of(url)));
        }
    }

    /// Offers TLS from now on.
    pub fn offer_tls(&self, certificate: &str, key: &str) {
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            self.put(name, text);
        }
        let mut client = Client::connect(&self.url("postgres"), NoTls).unwrap();
        client.batch_execute("ALTER SYSTEM SET ssl = on").unwrap();
        self.reload(|client| client.query_one("SHOW ssl", &[]).is_ok_and(|row| row.get::<_, &str>(0) == "on"));
    }

    /// Lets nobody into the database without TLS from now on.
    pub fn demand_tls(&self, url: &str) {
        let others = fs::read_to_string(self.folder.join("data/pg_hba.conf")).unwrap();
        self.put("pg_hba.conf", &format!("hostnossl {} all all reject\n{others}", database_of(url)));
        self.reload(|_| Client::connect(url, NoTls).is_err());
    }

    /// A file of the server's own.
    fn put(&self, name: &str, text: &str) {
        let (folder, path) = (self.folder.join("data"), self.folder.join("data").join(name));
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let owner = fs::metadata(folder).unwrap();
        chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    /// Makes the server read its settings again, which it does at some later time.
    fn reload(&self, mut done: impl FnMut(&mut Client) -> bool) {
        Client::connect(&self.url("postgres"), NoTls).unwrap().batch_execute("SELECT pg_reload_conf()").unwrap();
        let mut taken = || Client::connect(&self.url("postgres"), NoTls).is_ok_and(|mut client| done(&mut client));
        assert!(wait_until(&mut taken), "the server does not take its settings: {}", self.log());
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// The process id of the postmaster, while it runs or after it was killed.
    pub fn pid(&self) -> Pid {
        let text = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        Pid::from_raw(text.lines().next().unwrap().trim().parse().unwrap()).unwrap()
    }

    /// Kills the postmaster and all that it started, all at once: it is stopped first, so that it cannot react to their deaths.
    pub fn kill9(&self) {
        let postmaster = self.pid();
        kill_process(postmaster, Signal::STOP).unwrap();
        let mut doomed = children(postmaster);
        doomed.push(postmaster);
        for pid in &doomed {
            // A backend may just have ended by itself.
            let _ = kill_process(*pid, Signal::KILL);
        }
        assert!(wait_until(|| doomed.iter().all(|pid| is_dead(*pid))), "the killed server lives");
    }

    /// Starts the server again after `kill9` (or stops and starts one that runs) and returns once it answers.
    pub fn restart(&self) {
        self.order_start();
        assert!(wait_until(|| self.answers()), "the server does not answer again: {}", self.log());
    }

    fn order_start(&self) {
        let mut keeper = self.keeper.lock().unwrap();
        let stdin = keeper.stdin.as_mut().unwrap();
        writeln!(stdin, "{}", self.port).unwrap();
    }

    /// Asks for the folder too: on a port that was taken meanwhile, another server may answer.
    fn answers(&self) -> bool {
        let Ok(mut client) = Client::connect(&self.url("postgres"), NoTls) else { return false };
        let Ok(row) = client.query_one("SHOW data_directory", &[]) else { return false };
        Path::new(row.get::<_, &str>(0)) == self.folder.join("data")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for PgServer {
    fn drop(&mut self) {
        let Ok(keeper) = self.keeper.get_mut() else { return };
        drop(keeper.stdin.take());
        let _ = keeper.wait();
    }
}

fn database_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}

/// The user and group to run as, where the tests run as root: PostgreSQL refuses to.
#[derive(Clone, Copy)]
pub struct Account {
    pub uid: u32,
    pub gid: u32,
}

/// Whom to be instead of root; nobody else where we are not root anyway.
pub fn unprivileged() -> Result<Option<Account>, &'static str> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let account = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some(Account { uid: numbers.next()?.ok()?, gid: numbers.next()?.ok()? })
    };
    let found = account("postgres").or_else(|| account("nobody"));
    found.map(Some).ok_or("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

/// The folder that holds initdb and postgres: of the PATH, or the newest of those where packages put them.
fn find_programs() -> Option<PathBuf> {
    let has_both = |folder: &PathBuf| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).find(has_both).or_else(|| {
        let versions = ["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt"];
        let folders = versions.iter().filter_map(|parent| fs::read_dir(parent).ok()).flatten().flatten();
        let mut found: Vec<PathBuf> = folders.map(|entry| entry.path().join("bin")).filter(has_both).collect();
        found.sort_by_key(|folder| version(folder));
        found.pop()
    })
}

fn version(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name).and_then(OsStr::to_str).unwrap_or_default();
    name.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or(0)
}

fn launch(programs: &Path, account: Option<Account>, fsync: Fsync) -> PgServer {
    // Not in the target folder: that may lie below a home that the unprivileged user cannot enter.
    let folder = tempfile::Builder::new().prefix("deskctl-postgres-").tempdir().unwrap();
    let folder_path = folder.path().canonicalize().unwrap();
    if let Some(account) = account {
        chown(&folder_path, Some(account.uid), Some(account.gid)).unwrap();
    }
    initialise(programs, account, &folder_path);
    let keeper = Mutex::new(keep(programs, account, &folder_path, fsync));
    // From here on the keeper removes it.
    let _ = folder.keep();
    let mut server = PgServer { folder: folder_path, port: 0, keeper };
    for attempt in 0..5 {
        server.port = free_port();
        server.order_start();
        let taken = |log: String| log.matches("could not create any TCP/IP sockets").count() > attempt as usize;
        if wait_until(|| server.answers() || taken(server.log())) && server.answers() {
            return server;
        }
    }
    panic!("the server does not start: {}", server.log());
}

fn initialise(programs: &Path, account: Option<Account>, folder: &Path) {
    let mut command = Command::new(programs.join("initdb"));
    command.args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "-U", USER, "-D"]).arg(folder.join("data"));
    let output = run_as(&mut command, account, folder).output().unwrap();
    assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
}

fn keep(programs: &Path, account: Option<Account>, folder: &Path, fsync: Fsync) -> Child {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", KEEPER, "keeper"]).arg(folder).arg(programs.join("postgres")).arg("-D").arg(folder.join("data"));
    let fsync = if fsync == Fsync::On { "fsync=on" } else { "fsync=off" };
    for setting in [fsync, "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", "max_connections=100"] {
        command.args(["-c", setting]);
    }
    // A group of its own: an interrupt at the terminal is for the tests, whose end then reaches the keeper.
    command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    run_as(&mut command, account, folder).spawn().unwrap()
}

fn run_as<'a>(command: &'a mut Command, account: Option<Account>, folder: &Path) -> &'a mut Command {
    command.current_dir(folder).env_remove("LD_PRELOAD");
    match account {
        Some(account) => command.uid(account.uid).gid(account.gid),
        None => command,
    }
}

/// Ports that this process has given out. A killed server wants its own again: nobody else may have it meanwhile.
static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Below the ports that the system gives to outgoing connections, so that it stays free until the server takes it again.
fn free_port() -> u16 {
    let mut given = GIVEN.lock().unwrap();
    let first = std::process::id().wrapping_mul(7);
    let ports = (0..12_000).map(|step| 20_000 + (first.wrapping_add(step) % 12_000) as u16);
    let port = ports.into_iter().find(|port| !given.contains(port) && TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap();
    given.insert(port);
    port
}

fn wait_until(mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !done() {
        if start.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
    true
}

/// State and parent of a process, from /proc: what follows the name, which is in brackets and may hold anything.
fn state_and_parent(pid: Pid) -> Option<(char, i32)> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid())).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

fn children(parent: Pid) -> Vec<Pid> {
    // Without /proc, the backends are left to notice the death of their postmaster.
    let folder = fs::read_dir("/proc").into_iter().flatten();
    let pids = folder.flatten().filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    pids.filter(|pid| state_and_parent(*pid).is_some_and(|(_, found)| found == parent.as_raw_pid())).collect()
}

/// A zombie is dead: nobody may be there to bury it.
fn is_dead(pid: Pid) -> bool {
    state_and_parent(pid).is_none_or(|(state, _)| state == 'Z')
}
