//! Connections: accepted within limits, encrypted where certificates are given, and ended in peace when the server stops.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::connections::{Answering, Connections, Held, Spare};
use super::request::{OneMore, Peer};
use super::server::Server;
use super::tls::Certificates;
use super::{Options, routes};
use crate::error::{Error, Exit, Result};

/// The head of a request: its line and its headers together, in bytes, and their number (G10).
const HEAD_BYTES: usize = 32 << 10;
const HEADERS: usize = 64;
/// How long open requests may take when the server stops.
const GRACE: Duration = Duration::from_secs(30);

/// A bound address.
pub struct Listener {
    tcp: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<Certificates>>,
}

impl Listener {
    pub async fn bind(options: &Options, tls: Option<Arc<Certificates>>) -> Result<Listener> {
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
        let connections = Connections::new(server.limits.connections, server.limits.connections_of_one, server.proxies.clone());
        loop {
            let accepted = tokio::select! {
                () = stopped(stop) => break,
                accepted = accept(&self.tcp) => accepted,
            };
            let Some((stream, peer)) = accepted else { continue };
            let Some(held) = connections.admit(peer.ip()) else {
                server.metrics.connections_refused.inc();
                continue;
            };
            let visitor = Visitor { peer: peer.ip(), held: Arc::new(held), router: router.clone(), server: Arc::clone(&server) };
            let tls = self.tls.as_ref().map(|certificates| certificates.acceptor());
            let watcher = graceful.watcher();
            tokio::spawn(async move {
                let _connected = OneMore::of(&visitor.server.metrics.connections);
                tokio::select! {
                    () = visitor.held.closed() => tracing::debug!("an idle connection made room"),
                    () = answer(stream, tls, &visitor, watcher) => {}
                }
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

/// A connection, and what answers on it.
struct Visitor {
    peer: IpAddr,
    held: Arc<Held>,
    router: Router,
    server: Arc<Server>,
}

async fn accept(tcp: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    match tcp.accept().await {
        Ok(accepted) => Some(accepted),
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
async fn answer(stream: TcpStream, tls: Option<TlsAcceptor>, visitor: &Visitor, watcher: Watcher) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(visitor.server.limits.write_timeout));
    let stream = Box::pin(stream);
    match tls {
        None => converse(stream, visitor, watcher).await,
        Some(acceptor) => match tokio::time::timeout(visitor.server.limits.header_timeout, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => converse(stream, visitor, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS came about"),
            Err(_) => tracing::debug!("no TLS came about in time"),
        },
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, visitor: &Visitor, watcher: Watcher) {
    let service = service_fn(|request: hyper::Request<Incoming>| respond(visitor, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(visitor.server.limits.header_timeout)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended");
    }
}

/// The answer to one request, which is over when its body is out.
async fn respond(visitor: &Visitor, mut request: hyper::Request<Incoming>) -> std::io::Result<hyper::Response<Answering>> {
    let busy = visitor.held.begin().ok_or(std::io::ErrorKind::ConnectionAborted)?;
    request.extensions_mut().insert(Peer(visitor.peer));
    if visitor.held.spare {
        request.extensions_mut().insert(Spare);
    }
    let Ok(mut response) = visitor.router.clone().call(request).await;
    if visitor.held.spare {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response.map(|body| Answering { body, _busy: busy }))
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
