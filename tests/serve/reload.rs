//! Certificates and the log file, opened anew while the server runs.

use std::os::unix::fs::PermissionsExt;

use rcgen::{CertificateParams, KeyPair};
use rustix::process::{Signal, kill_process};

use super::desk::{BOSS, Desk, Server, wait_until};
use super::http::Request;
use crate::machine::tls::authority;

/// Writes certificate and key of a new authority, and its own certificate under that name.
fn issue(desk: &Desk, ca: &str) -> [String; 2] {
    let (signer, key) = (authority(ca), KeyPair::generate().unwrap());
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &signer).unwrap();
    std::fs::write(desk.path(ca), signer.pem()).unwrap();
    [("cert.pem", certificate.pem()), ("key.pem", key.serialize_pem())].map(|(name, text)| {
        std::fs::write(desk.path(name), text).unwrap();
        desk.path(name).display().to_string()
    })
}

fn is_trusted(desk: &Desk, server: &Server, token: &str, ca: &str) -> bool {
    let mut command = desk.command_at(&server.url, &["whoami"]);
    command.env("DESKCTL_TOKEN", token).env("SSL_CERT_FILE", desk.path(ca)).env_remove("SSL_CERT_DIR");
    command.output().unwrap().status.success()
}

#[test]
fn renewed_certificates_are_taken_up_without_a_word() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let [cert, key] = issue(&desk, "first");
    let server = Server::start_with(&desk, &["--tls-cert", &cert, "--tls-key", &key, "--certificates-every", "1"]);
    assert!(is_trusted(&desk, &server, &token, "first"));
    issue(&desk, "second");
    server.wait_for_log(&["the certificates were read again"]);
    wait_until("the renewed certificate", || is_trusted(&desk, &server, &token, "second"));
    assert!(!is_trusted(&desk, &server, &token, "first"));
    // One that cannot be used leaves the one before in force.
    std::fs::write(&key, "no key").unwrap();
    server.wait_for_log(&["the certificates cannot be read", "bad_certificate"]);
    assert!(is_trusted(&desk, &server, &token, "second"));
}

#[test]
fn sighup_opens_certificates_and_log_anew() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let ([cert, key], log) = (issue(&desk, "first"), desk.path("serve.log"));
    let file = log.display().to_string();
    let server = Server::start_with(&desk, &["--tls-cert", &cert, "--tls-key", &key, "--certificates-every", "86400", "--log-file", &file]);
    assert!(is_trusted(&desk, &server, &token, "first"));
    let read = || std::fs::read_to_string(&log).unwrap_or_default();
    wait_until("the log of the request", || read().contains("account.whoami"));
    assert_eq!(std::fs::metadata(&log).unwrap().permissions().mode() & 0o777, 0o600, "G3");
    assert!(!server.log().contains("account.whoami"), "it is in the file instead");

    std::fs::rename(&log, desk.path("serve.log.1")).unwrap();
    issue(&desk, "second");
    for _ in 0..3 {
        kill_process(server.pid(), Signal::HUP).unwrap();
    }
    wait_until("the new log", || read().contains("the certificates were read again"));
    wait_until("the renewed certificate", || is_trusted(&desk, &server, &token, "second"));
    wait_until("the log of the request", || read().contains("account.whoami"));
    // A log that cannot be opened anew is written on where it was.
    std::fs::rename(&log, desk.path("serve.log.2")).unwrap();
    std::fs::create_dir(&log).unwrap();
    kill_process(server.pid(), Signal::HUP).unwrap();
    wait_until("the failure", || std::fs::read_to_string(desk.path("serve.log.2")).unwrap().contains("cannot be opened anew"));
    let (status, _) = server.stop();
    assert!(status.success());
}

#[test]
fn sighup_does_not_end_a_server_without_either() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    kill_process(server.pid(), Signal::HUP).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(server.ask(&Request::get("/health")).status, 200);
}
