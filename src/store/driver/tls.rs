//! TLS to PostgreSQL: what the URL and the environment ask for, and whom we trust.
//!
//! `disable` is plain. `prefer`, the default, encrypts where the server can and asks nobody who it is, which helps against those who
//! listen only; on this machine itself it is plain. `require`, `verify-ca` and `verify-full` are one: the certificate and the host's
//! name are verified. libpq's `require` verifies nothing, and its `verify-ca` no name: each lets another server answer.

mod explain;

use std::ffi::OsStr;
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use base64::Engine;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use postgres::config::{Host, SslMode, SslNegotiation};
use postgres::{Client, Config, NoTls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{self, CryptoProvider};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tempfile::NamedTempFile;
use tokio_postgres_rustls::MakeRustlsConnect;

pub use explain::explain;

use crate::error::{Error, Result, io_error};

/// The parameters of the URL that are read here, and taken out of it: the driver would refuse some of their values.
const MODE: &str = "sslmode";
const ROOTS: &str = "sslrootcert";

/// What a path in a URL need not escape.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Disable,
    Prefer,
    Verify,
}

/// How to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    mode: Mode,
    /// The authorities to trust; without it, those of the system.
    roots: Option<PathBuf>,
}

impl Tls {
    /// What the URL says, or else PGSSLMODE and PGSSLROOTCERT; and the URL without it.
    pub fn of(url: &str) -> Result<(String, Tls)> {
        let (rest, mode, roots) = take_out(url);
        Ok((rest, Tls::asked(mode, roots, |name| std::env::var_os(name).filter(|value| !value.is_empty()))?))
    }

    /// Whoever names authorities, and no mode, wants them asked.
    fn asked<V: AsRef<OsStr>>(mode: Option<String>, roots: Option<PathBuf>, env: impl Fn(&str) -> Option<V>) -> Result<Tls> {
        let from_env = |name| env(name).map(|value| value.as_ref().to_string_lossy().into_owned());
        let mode = match (mode, &roots) {
            (Some(mode), _) => named(MODE, &mode)?,
            (None, Some(_)) => Mode::Verify,
            (None, None) => from_env("PGSSLMODE").map_or(Ok(Mode::Prefer), |mode| named("PGSSLMODE", &mode))?,
        };
        let roots = roots.or_else(|| env("PGSSLROOTCERT").map(|value| PathBuf::from(value.as_ref())));
        Ok(Tls { mode, roots: roots.filter(|roots| roots != Path::new("system")) })
    }

    pub fn connect(&self, config: &mut Config) -> Result<Client> {
        name_addresses(config);
        match self.mode {
            Mode::Disable => plain(config),
            // Nobody listens in between, and a handshake takes longer than most commands.
            Mode::Prefer if hosts_are(config, is_here) => plain(config),
            Mode::Prefer => {
                let anyone = Arc::new(Anyone(provider()));
                let how = builder()?.dangerous().with_custom_certificate_verifier(anyone).with_no_client_auth();
                match encrypted(config, SslMode::Prefer, how) {
                    // As libpq: without TLS, where it does not come about.
                    Err(error) if explain(&error).is_some() => plain(config),
                    connected => connected.map_err(super::postgres::explain),
                }
            }
            // As libpq: PostgreSQL has no TLS there, and the file's permissions say who answers.
            Mode::Verify if hosts_are(config, |host| matches!(host, Host::Unix(_))) => plain(config),
            Mode::Verify => {
                let how = builder()?.with_root_certificates(self.trusted()?).with_no_client_auth();
                encrypted(config, SslMode::Require, how).map_err(super::postgres::explain)
            }
        }
    }

    fn certificates(&self) -> Result<Vec<CertificateDer<'static>>> {
        let Some(path) = &self.roots else { return Ok(rustls_native_certs::load_native_certs().certs) };
        let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
        read.map_err(|error| match error {
            pem::Error::Io(error) => io_error("read the trusted certificates in", path, error),
            error => bad_roots(path).caused_by(io::Error::other(error.to_string())),
        })
    }

    fn trusted(&self) -> Result<Arc<RootCertStore>> {
        /// Hundreds of files, which a process reads once.
        static SYSTEM: OnceLock<Arc<RootCertStore>> = OnceLock::new();
        if let (None, Some(system)) = (&self.roots, SYSTEM.get()) {
            return Ok(Arc::clone(system));
        }
        let mut trusted = RootCertStore::empty();
        trusted.add_parsable_certificates(self.certificates()?);
        let trusted = Arc::new(trusted);
        match &self.roots {
            Some(path) if trusted.is_empty() => Err(bad_roots(path)),
            None if trusted.is_empty() => Err(Error::failed("no_trusted_certificates", "this system trusts no certificate authority")
                .hint("install them (Debian: ca-certificates), or name your own: sslrootcert=FILE in the URL, or PGSSLROOTCERT")),
            Some(_) => Ok(trusted),
            None => Ok(Arc::clone(SYSTEM.get_or_init(|| trusted))),
        }
    }

    /// Makes one of PostgreSQL's own programs connect as we do, for a URL that `of` gave. What is returned has to live as
    /// long as the program runs.
    pub fn impose(&self, program: &mut Command) -> Result<Option<NamedTempFile>> {
        let mode = match self.mode {
            Mode::Disable => "disable",
            Mode::Prefer => "prefer",
            Mode::Verify => "verify-full",
        };
        program.env("PGSSLMODE", mode).env_remove("PGSSLROOTCERT");
        match (self.mode, &self.roots) {
            (Mode::Verify, Some(path)) => drop(program.env("PGSSLROOTCERT", path)),
            (Mode::Verify, None) => {
                // libpq knows the system's authorities only since version 16.
                let file = pem_file(&self.certificates()?).map_err(|error| io_error("write into", &std::env::temp_dir(), error))?;
                program.env("PGSSLROOTCERT", file.path());
                return Ok(Some(file));
            }
            _ => {}
        }
        Ok(None)
    }
}

/// A URL that means the same from every folder.
pub fn absolute(url: &str) -> Result<String> {
    let (rest, mode, roots) = take_out(url);
    let Some(roots) = roots.filter(|roots| roots != Path::new("system")) else { return Ok(url.to_owned()) };
    let roots = std::path::absolute(&roots).map_err(|error| io_error("find", &roots, error))?;
    let mode = mode.map(|mode| format!("{MODE}={}&", percent_encode(mode.as_bytes(), PATH))).unwrap_or_default();
    let mark = if rest.contains('?') { '&' } else { '?' };
    Ok(format!("{rest}{mark}{mode}{ROOTS}={}", percent_encode(roots.as_os_str().as_bytes(), PATH)))
}

/// The URL without what it says about TLS, and that.
fn take_out(url: &str) -> (String, Option<String>, Option<PathBuf>) {
    let (mut mode, mut roots) = (None, None);
    let Some((base, parameters)) = url.split_once('?') else { return (url.to_owned(), mode, roots) };
    let mut others = Vec::new();
    for parameter in parameters.split('&') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match &*percent_decode_str(name).decode_utf8_lossy() {
            MODE => mode = Some(percent_decode_str(value).decode_utf8_lossy().into_owned()),
            ROOTS => roots = Some(PathBuf::from(OsStr::from_bytes(&percent_decode_str(value).collect::<Vec<_>>()))),
            _ => others.push(parameter),
        }
    }
    let rest = if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
    (rest, mode, roots)
}

fn named(parameter: &str, mode: &str) -> Result<Mode> {
    match mode {
        "disable" => Ok(Mode::Disable),
        "allow" | "prefer" => Ok(Mode::Prefer),
        "require" | "verify-ca" | "verify-full" => Ok(Mode::Verify),
        _ => Err(Error::usage("bad_sslmode", format!("{parameter}: there is no mode \"{mode}\""))
            .hint("use disable, prefer (the default), or require, which verifies the server's certificate and name")),
    }
}

/// An address without a name is the name to verify.
fn name_addresses(config: &mut Config) {
    if config.get_hosts().is_empty() {
        for address in config.get_hostaddrs().to_vec() {
            config.host(&address.to_string());
        }
    }
}

fn hosts_are(config: &Config, wanted: fn(&Host) -> bool) -> bool {
    config.get_hosts().iter().all(wanted) && config.get_hostaddrs().iter().all(|address| wanted(&Host::Tcp(address.to_string())))
}

/// By what is written: asking the name service is left to the connection.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
    }
}

fn plain(config: &mut Config) -> Result<Client> {
    config.ssl_mode(SslMode::Disable).connect(NoTls).map_err(super::postgres::explain)
}

fn encrypted(config: &mut Config, mode: SslMode, mut how: ClientConfig) -> Result<Client, postgres::Error> {
    if config.get_ssl_negotiation() == SslNegotiation::Direct {
        how.alpn_protocols = vec![b"postgresql".to_vec()];
    }
    config.ssl_mode(mode).connect(MakeRustlsConnect::new(how))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(crypto::ring::default_provider())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>> {
    ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().map_err(Error::unexpected)
}

fn pem_file(certificates: &[CertificateDer<'_>]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    for certificate in certificates {
        writeln!(file, "-----BEGIN CERTIFICATE-----")?;
        for line in certificate.chunks(48) {
            writeln!(file, "{}", base64::prelude::BASE64_STANDARD.encode(line))?;
        }
        writeln!(file, "-----END CERTIFICATE-----")?;
    }
    file.flush()?;
    Ok(file)
}

fn bad_roots(path: &Path) -> Error {
    Error::usage("bad_certificates", format!("{} holds no certificate of an authority", path.display()))
        .hint("name a file in PEM format: -----BEGIN CERTIFICATE----- …")
}

/// Takes every certificate, but only from who has its key: a password that is bound to the channel (SCRAM) then reaches nobody else.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str, env: &[(&str, &str)]) -> Tls {
        let (_, mode, roots) = take_out(url);
        Tls::asked(mode, roots, |name| env.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())).unwrap()
    }

    #[test]
    fn the_url_goes_before_the_environment() {
        let (file, env) = (Some(PathBuf::from("f")), [("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", "f")]);
        assert_eq!(asked("postgres://h/d", &[]), Tls { mode: Mode::Prefer, roots: None });
        assert_eq!(asked("postgres://h/d", &env), Tls { mode: Mode::Verify, roots: file.clone() });
        assert_eq!(asked("postgres://h/d", &env[1..]), Tls { mode: Mode::Prefer, roots: file });
        assert_eq!(asked("postgres://h/d?sslmode=disable", &env).mode, Mode::Disable);
        assert_eq!(asked("postgres://h/d?sslrootcert=g%20h", &env), Tls { mode: Mode::Verify, roots: Some("g h".into()) });
        assert_eq!(asked("postgres://h/d?ssl%6dode=require&sslrootcert=system", &env), Tls { mode: Mode::Verify, roots: None });
    }

    #[test]
    fn only_what_is_about_tls_is_taken_out() {
        let rest = |url: &str| take_out(url).0;
        assert_eq!(rest("postgres://h/d"), "postgres://h/d");
        assert_eq!(rest("postgres://h/d?sslmode=require"), "postgres://h/d");
        assert_eq!(rest("postgres://h/d?a=1&sslrootcert=x&b=2"), "postgres://h/d?a=1&b=2");
    }

    #[test]
    fn a_url_is_made_the_same_from_everywhere() {
        let here = std::env::current_dir().unwrap();
        let there = absolute("postgres://h/d?sslmode=require&a=1&sslrootcert=my%20ca.pem").unwrap();
        assert_eq!(asked(&there, &[]), Tls { mode: Mode::Verify, roots: Some(here.join("my ca.pem")) });
        assert!(there.starts_with("postgres://h/d?a=1&sslmode=require&sslrootcert=/"), "{there}");
        for same in ["postgres://h/d", "postgres://h/d?sslmode=require&sslrootcert=system"] {
            assert_eq!(absolute(same).unwrap(), same);
        }
    }

    #[test]
    fn what_stays_on_the_machine_is_known() {
        let here = |url: &str| hosts_are(&url.parse().unwrap(), is_here);
        for url in ["postgres://localhost/d", "postgres://127.0.0.2/d", "postgres://[::1]/d", "postgres://%2Frun%2Fp/d"] {
            assert!(here(url), "{url}");
        }
        for url in ["postgres://db/d", "postgres://localhost,db/d", "postgres://10.0.0.1/d", "postgres://db/d?hostaddr=127.0.0.1"] {
            assert!(!here(url), "{url}");
        }
    }

    #[test]
    fn postgres_own_programs_verify_as_we_do() {
        let imposed = |url: &str| {
            let mut program = Command::new("pg_dump");
            assert!(asked(url, &[("PGSSLROOTCERT", "f")]).impose(&mut program).unwrap().is_none());
            let value =
                |name: &str| program.get_envs().find(|(known, _)| *known == name).unwrap().1.map(|value| value.display().to_string());
            (value("PGSSLMODE").unwrap(), value("PGSSLROOTCERT"))
        };
        assert_eq!(imposed("postgres://h/d?sslmode=require"), ("verify-full".into(), Some("f".into())));
        assert_eq!(imposed("postgres://h/d"), ("prefer".into(), None));
        assert_eq!(imposed("postgres://h/d?sslmode=disable"), ("disable".into(), None));
    }

    #[test]
    fn certificates_are_written_as_they_are_read() {
        let made = ["a", "b"].map(|name| rcgen::generate_simple_self_signed([name.to_owned()]).unwrap().cert.der().clone());
        let file = pem_file(&made).unwrap();
        let tls = Tls { mode: Mode::Verify, roots: Some(file.path().to_owned()) };
        assert_eq!(tls.certificates().unwrap(), made);
    }
}
