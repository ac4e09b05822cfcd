//! Connections: accepted within limits, encrypted where certificates are given, and ended in peace when the server stops.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::request::{OneMore, Peer};
use super::server::Server;
use super::{Options, routes};
use crate::error::{Error, Exit, Result, io_error};

/// The head of a request: its line and its headers together, in bytes, and their number (G10).
const HEAD_BYTES: usize = 32 << 10;
const HEADERS: usize = 64;
/// How long open requests may take when the server stops.
const GRACE: Duration = Duration::from_secs(30);

/// A bound address.
pub struct Listener {
    tcp: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl Listener {
    pub async fn bind(options: &Options) -> Result<Listener> {
        let tls = options.tls.as_ref().map(|(chain, key)| acceptor(chain, key)).transpose()?;
        raise_file_limit();
        let tcp = TcpListener::bind(options.listen).await.map_err(|error| cannot_listen(options.listen, &error))?;
        let address = tcp.local_addr().map_err(|error| cannot_listen(options.listen, &error))?;
        Ok(Listener { tcp, address, tls })
    }

    /// Where it can be reached.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.tls.is_some() { "https" } else { "http" }, self.address)
    }

    /// Answers until `stop` is set, and then what has begun.
    pub async fn run(self, server: Arc<Server>, stop: &AtomicBool) {
        let router = routes::router(Arc::clone(&server));
        let graceful = Arc::new(GracefulShutdown::new());
        let slots = Arc::new(Semaphore::new(server.limits.connections));
        loop {
            // The queue of the system holds those that come while all slots are taken.
            let accepted = tokio::select! {
                () = stopped(stop) => break,
                accepted = accept(&self.tcp, &slots) => accepted,
            };
            let Some((stream, peer, slot)) = accepted else { continue };
            let (router, server, tls, graceful) = (router.clone(), Arc::clone(&server), self.tls.clone(), Arc::clone(&graceful));
            let watcher = graceful.watcher();
            tokio::spawn(async move {
                let (_slot, _connected) = (slot, OneMore::of(&server.metrics.connections));
                answer(stream, peer, tls, router, &server, watcher).await;
            });
        }
        tracing::info!("stopping: no further connections");
        // Whoever comes now is refused, rather than left waiting for a server that goes.
        drop(self.tcp);
        if let Ok(graceful) = Arc::try_unwrap(graceful) {
            // What has not ended by then is cut off.
            let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
        }
    }
}

async fn accept(tcp: &TcpListener, slots: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.ok()?;
    match tcp.accept().await {
        Ok((stream, peer)) => Some((stream, peer, slot)),
        Err(error) => {
            // Too many open files, or a client that went away at once: neither ends the server.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn stopped(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Answers the requests of one connection.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    server: &Server,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(server.limits.write_timeout));
    let stream = Box::pin(stream);
    match tls {
        None => converse(stream, peer, router, server, watcher).await,
        Some(acceptor) => match tokio::time::timeout(server.limits.header_timeout, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => converse(stream, peer, router, server, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS came about"),
            Err(_) => tracing::debug!("no TLS came about in time"),
        },
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    server: &Server,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(server.limits.header_timeout)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended");
    }
}

/// Reads certificates and key.
fn acceptor(chain: &Path, key: &Path) -> Result<TlsAcceptor> {
    // Fails only where a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bad = |path: &Path, error: &dyn std::fmt::Display| {
        Error::usage("bad_certificate", format!("{} cannot be used for TLS: {error}", path.display()))
            .hint("give PEM files: the certificate chain, the server's own first, and its private key")
    };
    for path in [chain, key] {
        std::fs::File::open(path).map_err(|error| io_error("read", path, error))?;
    }
    let certificates =
        CertificateDer::pem_file_iter(chain).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| bad(chain, &error))?;
    if certificates.is_empty() {
        return Err(bad(chain, &"it holds no certificate"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| bad(key, &error))?;
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(certificates, secret).map_err(|error| bad(key, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Every connection is a file; the usual limit of 1,024 is a soft one.
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Best effort: with fewer files there are fewer connections.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Error {
    let code = if error.kind() == std::io::ErrorKind::AddrInUse { "address_in_use" } else { "cannot_listen" };
    Error::new(Exit::Failed, code, format!("cannot listen on {address}: {error}")).hint("choose another address with --listen ADDRESS:PORT")
}
