//! Why no TLS came about, and what to do about it.

use std::error::Error as _;
use std::io;

use rustls::CertificateError;

use crate::error::{Error, Exit};

fn failed(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(Exit::Unreachable, code, message)
}

/// The words of a connection's failure that is about TLS; `None` when it is about something else.
pub fn explain(error: &postgres::Error) -> Option<Error> {
    let source = error.source()?;
    if source.to_string() == "server does not support TLS" {
        return Some(
            failed("tls_not_offered", "the PostgreSQL server does not offer TLS")
                .hint("turn it on there (ssl = on); on a network without strangers, sslmode=disable does without"),
        );
    }
    Some(match source.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref()? {
        rustls::Error::InvalidCertificate(reason) => refused(reason),
        other => failed("tls_failed", format!("no TLS came about with the PostgreSQL server: {other}"))
            .hint("TLS 1.2 or 1.3 is needed; the server's log may say more"),
    })
}

fn refused(reason: &CertificateError) -> Error {
    use CertificateError as E;
    let untrusted = |said: String, hint| {
        let message = format!("the PostgreSQL server's certificate is not trusted: {said}");
        failed("tls_untrusted", message).hint(hint)
    };
    match reason {
        E::NotValidForName | E::NotValidForNameContext { .. } => {
            failed("tls_wrong_host", format!("this may be another server than the one that was meant: {reason}"))
                .hint("use a name that the certificate has, or give the server a certificate for this one (as a subjectAltName)")
        }
        E::UnknownIssuer => untrusted(
            "the authority that signed it is unknown here".into(),
            "name the file of that authority: sslrootcert=FILE in the URL, or PGSSLROOTCERT",
        ),
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => {
            untrusted(reason.to_string(), "renew it on the server, or set the clock that is wrong")
        }
        E::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => untrusted(
            "it is that of an authority, not of a server".into(),
            "give the server one that is not an authority's (openssl req -x509 -addext basicConstraints=CA:FALSE …)",
        ),
        E::Other(other) => untrusted(other.to_string(), "give the server a certificate of version 3, for the authentication of a server"),
        _ => untrusted(reason.to_string(), "give the server another certificate"),
    }
}
