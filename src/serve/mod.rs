//! `deskctl serve`: the same operations over HTTP, for a team and for CI.
//!
//! Asynchronous at this edge only: a request is admitted, read and answered here, and runs on a connection of the pool as
//! the blocking code that it is on the command line.

mod body;
mod clients;
mod connections;
mod hosts;
mod limits;
mod listen;
mod log_file;
pub mod metrics;
pub mod openapi;
pub mod pool;
mod request;
mod routes;
mod server;
mod strangers;
mod streams;
mod tls;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ops::Local;
use crate::store::Location;
use listen::Listener;
pub use log_file::LogFile;
use server::Server;
use tls::Certificates;
use worker::Background;

/// What a server may be asked for, and for how long (G10, G18).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub body_bytes: usize,
    pub connections: usize,
    /// From one address.
    pub connections_of_one: usize,
    /// Of each token; twice as many at once.
    pub requests_per_second: u32,
    /// For all of a request, its body included.
    pub request_timeout: Duration,
    /// For the head of a request, and for the pause between two.
    pub header_timeout: Duration,
    /// For a client that does not take its answer.
    pub write_timeout: Duration,
}

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    pub listen: SocketAddr,
    pub store: Location,
    pub clock: Clock,
    /// Certificate chain and key, as PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Beyond loopback without TLS.
    pub insecure: bool,
    /// Names under which the server answers, beside its addresses.
    pub hosts: Vec<String>,
    /// Addresses and networks of proxies whose word is taken for where a request comes from.
    pub trusted_proxies: Vec<String>,
    /// Set by SIGHUP: certificates and log file are to be opened anew.
    pub reload: Arc<AtomicBool>,
    /// How often is looked whether the certificates were renewed.
    pub certificates_every: Duration,
    pub log: Option<Arc<LogFile>>,
    /// Connections to the store.
    pub store_connections: usize,
    pub limits: Limits,
}

/// Serves until `stop` is set. `ready` is told the address once connections are accepted.
pub fn serve(options: Options, stop: &Arc<AtomicBool>, ready: impl FnOnce(&str) -> Result<()>) -> Result<()> {
    refuse_exposure(&options)?;
    // A store that is not there, or is too old, is an error of the start and not of the first request.
    Local::open(&options.store, options.clock)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::unexpected)?;
    let certificates = options.tls.as_ref().map(|(chain, key)| Certificates::load(chain, key).map(Arc::new)).transpose()?;
    let (wake, woken) = std::sync::mpsc::channel();
    let server = Arc::new(Server::new(&options, wake)?);
    let background = Background {
        location: options.store.clone(),
        clock: options.clock,
        metrics: Arc::clone(&server.metrics),
        stop: Arc::clone(stop),
        wake: woken,
    };
    let worker = std::thread::Builder::new().name("worker".into()).spawn(move || background.run()).map_err(Error::unexpected)?;
    // `ready` may look into the store, whose PostgreSQL client must not be called from within the runtime.
    let served = runtime.block_on(Listener::bind(&options, certificates.clone())).and_then(|listener| {
        runtime.spawn(upkeep(certificates, options.reload, options.certificates_every, options.log));
        ready(&listener.url())?;
        runtime.block_on(listener.run(Arc::clone(&server), stop));
        Ok(())
    });
    // Whatever ended it: the worker leaves its run at a safe point, and another server may take it over.
    stop.store(true, Ordering::Relaxed);
    server.wake_worker();
    runtime.shutdown_timeout(Duration::from_secs(1));
    if worker.join().is_err() {
        tracing::error!("the background worker panicked");
    }
    served
}

/// Opens anew what the server is told to, and takes up certificates that were renewed.
async fn upkeep(certificates: Option<Arc<Certificates>>, reload: Arc<AtomicBool>, every: Duration, log: Option<Arc<LogFile>>) {
    let mut looked = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let told = reload.swap(false, Ordering::Relaxed);
        if !told && looked.elapsed() < every {
            continue;
        }
        looked = Instant::now();
        let (certificates, log) = (certificates.clone(), log.clone().filter(|_| told));
        // Files may lie on a disk that is slow.
        let done = tokio::task::spawn_blocking(move || {
            log.inspect(|log| log.reopen());
            match certificates {
                Some(certificates) if told => certificates.renew(),
                Some(certificates) => certificates.renew_if_changed(),
                None => {}
            }
        });
        if done.await.is_err() {
            tracing::error!("opening files anew panicked");
        }
    }
}

/// Tokens travel with every request: beyond this machine only encrypted, unless someone takes that upon themselves (G11).
fn refuse_exposure(options: &Options) -> Result<()> {
    if options.listen.ip().is_loopback() || options.tls.is_some() || options.insecure {
        return Ok(());
    }
    Err(Error::usage("tls_needed", format!("{} can be reached from other machines, and tokens would travel unencrypted", options.listen))
        .hint("give --tls-cert FILE and --tls-key FILE, listen on 127.0.0.1 behind a proxy, or say --insecure"))
}
