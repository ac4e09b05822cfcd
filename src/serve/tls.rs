//! Certificates: read at the start, read again when the server is told to or when their files have changed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::error::{Error, Result, io_error};

/// The certificates in force.
pub struct Certificates {
    chain: PathBuf,
    key: PathBuf,
    current: RwLock<TlsAcceptor>,
    /// The files as they were when they were last read.
    seen: Mutex<Stamp>,
}

/// What tells a renewed file from the one before.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Certificates {
    pub fn load(chain: &Path, key: &Path) -> Result<Certificates> {
        let seen = Mutex::new(stamp(chain, key));
        let current = RwLock::new(acceptor(chain, key)?);
        Ok(Certificates { chain: chain.to_owned(), key: key.to_owned(), current, seen })
    }

    /// For one connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads them again where a file has changed. A chain that was renewed before its key does not go with it, and is taken up once
    /// both are there.
    pub fn renew_if_changed(&self) {
        let now = stamp(&self.chain, &self.key);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen != now {
            *seen = now;
            drop(seen);
            self.renew();
        }
    }

    /// Reads them again. What cannot be read leaves those in force that are.
    pub fn renew(&self) {
        match acceptor(&self.chain, &self.key) {
            Ok(renewed) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed;
                tracing::info!(chain = %self.chain.display(), "the certificates were read again");
            }
            Err(error) => {
                tracing::error!(
                    code = error.code(),
                    message = error.message(),
                    "the certificates cannot be read; those before stay in force"
                );
            }
        }
    }
}

fn stamp(chain: &Path, key: &Path) -> Stamp {
    [chain, key].map(|path| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.modified().ok()?, file.len()))
    })
}

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
