//! `deskctl serve`

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use tracing_subscriber::fmt::writer::BoxMakeWriter;

use super::{App, drive};
use crate::error::{Error, Exit, Result};
use crate::serve::{Limits, LogFile, Options, serve};
use crate::text_enum;

text_enum! {
    /// How the log is written.
    pub enum LogFormat { Json = "json", Text = "text" }
}

/// Serve a store over HTTP, for a team and for CI
///
/// Every command that is not about the machine itself works with `--target http://…` as it does on the store. Each request
/// needs a token (deskctl tokens create). Migrations that are started here are driven here, and go on after a restart.
#[derive(Args)]
#[command(
    after_help = "The address is printed on stdout once connections are accepted; the log goes to stderr. SIGTERM ends it in peace, SIGHUP reads the
certificates again and opens the log file anew.
GET /health, /ready, /metrics and /openapi.json need no token.

Examples:
  deskctl serve
  deskctl --target postgres://desk@db.example/desk serve --listen 0.0.0.0:8420 --tls-cert chain.pem --tls-key key.pem --host desk.example
  deskctl serve --listen 127.0.0.1:0 -o json | jq -r .url"
)]
pub struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// The certificate chain, as a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, as a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Listen beyond this machine without TLS; tokens are needed all the same
    #[arg(long)]
    insecure: bool,
    /// A proxy whose X-Forwarded-For header is believed: its address, or its network as 10.0.0.0/8
    #[arg(long = "trusted-proxy", value_name = "ADDRESS|NETWORK")]
    trusted_proxies: Vec<String>,
    /// A name under which clients reach the server
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Requests a second for each token; twice as many at once
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// How long a request may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    timeout: u64,
    /// How large a request's body may be, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    max_body: u16,
    /// How many clients may be connected at a time
    #[arg(long, value_name = "N", default_value_t = 4_096, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    max_connections: u32,
    /// How many of them from one address; by default half of all, at most 1,024
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    max_connections_per_address: Option<u32>,
    /// How long a client may take for the head of a request, and between two, in seconds
    #[arg(long, value_name = "SECONDS", hide = true, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    header_timeout: u64,
    /// How long a client may take none of its answer, in seconds
    #[arg(long, value_name = "SECONDS", hide = true, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    write_timeout: u64,
    /// Connections to the store, each for reading and for writing, and half as many for streams
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    store_connections: u16,
    /// How to write the log: json or text
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = super::args::named::<LogFormat>(LogFormat::NAMES))]
    log: LogFormat,
    /// Add the log to a file instead of stderr; SIGHUP opens it anew
    #[arg(long, value_name = "FILE")]
    log_file: Option<PathBuf>,
    /// How often to look whether the certificates were renewed, in seconds
    #[arg(long, value_name = "SECONDS", hide = true, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    certificates_every: u64,
}

#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
    target: String,
    pid: u32,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let store = app.location()?;
    let stop = drive::flag_on(&[SIGINT, SIGTERM])?;
    let reload = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGHUP, Arc::clone(&reload)).map_err(Error::unexpected)?;
    let log = arguments.log_file.as_deref().map(LogFile::open).transpose()?.map(Arc::new);
    start_log(arguments.log, log.clone(), app)?;
    let most = arguments.max_connections as usize;
    keep_memory_private();
    let options = Options {
        listen: arguments.listen,
        clock: app.clock,
        tls: arguments.tls_cert.zip(arguments.tls_key),
        insecure: arguments.insecure,
        hosts: arguments.hosts,
        trusted_proxies: arguments.trusted_proxies,
        reload,
        certificates_every: Duration::from_secs(arguments.certificates_every),
        log,
        store_connections: arguments.store_connections.into(),
        limits: Limits {
            body_bytes: usize::from(arguments.max_body) << 20,
            connections: most,
            connections_of_one: arguments.max_connections_per_address.map_or((most / 2).clamp(1, 1_024), |of_one| of_one as usize),
            requests_per_second: arguments.rate,
            request_timeout: Duration::from_secs(arguments.timeout),
            header_timeout: Duration::from_secs(arguments.header_timeout),
            write_timeout: Duration::from_secs(arguments.write_timeout),
        },
        store: store.clone(),
    };
    serve(options, &stop, |url| {
        warn_without_tokens(app)?;
        tracing::info!(url, target = store.to_string(), version = crate::protocol::VERSION, "listening");
        app.out.one(&Listening { url, target: store.to_string(), pid: std::process::id() })
    })?;
    Ok(Exit::Done)
}

/// Tokens pass through this process: no other of the same user may look into its memory, and no core file of it is written (G17).
fn keep_memory_private() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    #[cfg(target_os = "linux")]
    let hidden = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    #[cfg(not(target_os = "linux"))]
    let hidden = rustix::io::Result::Ok(());
    if let Err(error) = hidden.and(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })) {
        tracing::warn!(%error, "the memory of this process could not be closed to others");
    }
}

/// A server that nobody can call is set up half.
fn warn_without_tokens(app: &mut App) -> Result<()> {
    let mut tx = app.local()?.store.read()?;
    let any = crate::store::tokens::all(&mut tx, None)?.iter().any(|token| token.revoked_at.is_none());
    drop(tx);
    if !any {
        tracing::warn!("there is no token yet, and every request needs one: deskctl tokens create --user EMAIL");
    }
    Ok(())
}

fn start_log(format: LogFormat, file: Option<Arc<LogFile>>, app: &App) -> Result<()> {
    let level = if app.global.quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let to = match file {
        Some(file) => BoxMakeWriter::new(file),
        None => BoxMakeWriter::new(std::io::stderr),
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(to).with_target(false);
    let started = match format {
        LogFormat::Json => log.json().flatten_event(true).try_init(),
        LogFormat::Text => log.with_ansi(false).try_init(),
    };
    started.map_err(|error| Error::failed("unexpected", format!("the log cannot be written: {error}")))
}
