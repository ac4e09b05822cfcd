//! TLS to PostgreSQL: who is trusted, who is not, and that nothing goes around it.

use std::sync::OnceLock;

use deskctl::store::{Location, Store};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

use super::{Place, Said};
use crate::support::postgres::{Fsync, PgServer};

/// The name in the server's certificate; no name service knows it.
const NAME: &str = "db.example";

pub type Authority = CertifiedIssuer<'static, KeyPair>;

pub fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server with a certificate for `NAME`, and the one who signed it.
fn start() -> Option<(PgServer, Authority)> {
    let (server, authority) = (PgServer::start_with(Fsync::Off)?, authority("Authority of the tests"));
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([NAME.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    server.offer_tls(&certificate.pem(), &key.serialize_pem());
    Some((server, authority))
}

/// The one that these tests share.
fn server() -> Option<&'static (PgServer, Authority)> {
    static SERVER: OnceLock<Option<(PgServer, Authority)>> = OnceLock::new();
    SERVER.get_or_init(start).as_ref()
}

/// A folder with the file of the authority, `ca.pem`, and of one who did not sign anything, `stranger.pem`.
fn place(authority: &Authority) -> Place {
    let place = Place::new();
    std::fs::write(place.path("ca.pem"), authority.pem()).unwrap();
    std::fs::write(place.path("stranger.pem"), self::authority("Stranger").pem()).unwrap();
    place
}

/// The URL of the database by another name of its host, which needs no name service.
fn by_name(url: &str, name: &str, more: &str) -> String {
    format!("{}?hostaddr=127.0.0.1&{more}", url.replace("127.0.0.1", name))
}

fn is_encrypted(url: &str) -> bool {
    let mut store = Store::connect(&Location::Postgres { url: url.to_owned(), password: None }).unwrap();
    store.read().unwrap().one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[], |row| row.get()).unwrap()
}

fn whoami(place: &Place, target: &str, env: &[(&str, &str)]) -> Said {
    Said::of(place.command(&["--target", target, "whoami", "-o", "json"]).envs(env.iter().copied()).output().unwrap())
}

#[test]
fn who_asks_for_tls_gets_it_verified() {
    let Some((server, authority)) = server() else { return };
    let (place, url) = (place(authority), server.database());
    let ca = format!("sslrootcert={}", place.path("ca.pem").display());
    for mode in ["sslmode=require&", "sslmode=verify-ca&", "sslmode=verify-full&", ""] {
        assert!(is_encrypted(&by_name(&url, NAME, &format!("{mode}{ca}"))), "{mode}");
    }
    // There is no store yet, and to know that, one has to be let in.
    let required = by_name(&url, NAME, "sslmode=require");
    let [ca, stranger] = ["ca.pem", "stranger.pem"].map(|name| place.path(name).display().to_string());
    for trusting in ["PGSSLROOTCERT", "SSL_CERT_FILE"] {
        assert_eq!(whoami(&place, &required, &[(trusting, &ca)]).error(), "no_store", "{trusting}");
        let refused = whoami(&place, &required, &[(trusting, &stranger)]);
        assert_eq!((refused.code, refused.error().as_str()), (7, "tls_untrusted"), "{trusting}: {}", refused.stderr);
        assert!(refused.stderr.contains("sslrootcert=FILE"), "{}", refused.stderr);
    }
    let told_by_env = whoami(&place, &by_name(&url, NAME, ""), &[("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", &stranger)]);
    assert_eq!(told_by_env.error(), "tls_untrusted");

    for host in ["other.example", "127.0.0.1"] {
        let refused = whoami(&place, &by_name(&url, host, "sslmode=require"), &[("PGSSLROOTCERT", &ca)]);
        assert_eq!((refused.code, refused.error().as_str()), (7, "tls_wrong_host"), "{}", refused.stderr);
        assert!(refused.stderr.contains(host) && refused.stderr.contains(NAME), "{}", refused.stderr);
    }
}

#[test]
fn what_cannot_be_verified_is_refused() {
    let (Some((_, authority)), Some(without_tls)) = (server(), PgServer::shared()) else { return };
    let (place, url) = (place(authority), without_tls.database());
    std::fs::write(place.path("empty.pem"), "no certificate").unwrap();
    for (parameters, code, error) in [
        ("sslmode=require&sslrootcert=ca.pem", 7, "tls_not_offered"),
        ("sslrootcert=missing.pem", 5, "file_not_found"),
        ("sslrootcert=empty.pem", 2, "bad_certificates"),
        ("sslmode=sometimes", 2, "bad_sslmode"),
    ] {
        let refused = whoami(&place, &format!("{url}?{parameters}"), &[]);
        assert_eq!((refused.code, refused.error().as_str()), (code, error), "{}", refused.stderr);
    }
    let system = whoami(&place, &format!("{url}?sslmode=require"), &[("SSL_CERT_FILE", "empty.pem")]);
    assert_eq!((system.code, system.error().as_str()), (1, "no_trusted_certificates"), "{}", system.stderr);
}

#[test]
fn nothing_is_asked_of_a_certificate_by_default() {
    let Some((server, _)) = server() else { return };
    let url = server.database();
    assert!(is_encrypted(&by_name(&url, "unknown.example", "")));
    assert!(is_encrypted(&by_name(&url, "unknown.example", "sslmode=prefer")));
    assert!(!is_encrypted(&by_name(&url, NAME, "sslmode=disable")));
    // Nobody listens within the machine.
    assert!(!is_encrypted(&url));
    if let Some(without_tls) = PgServer::shared() {
        assert!(!is_encrypted(&by_name(&without_tls.database(), "unknown.example", "")));
    }
}

/// A worker waits for a server that went away, and only for that.
#[test]
fn a_server_that_dies_is_one_that_went_away() {
    let Some((server, authority)) = start() else { return };
    let (place, url) = (place(&authority), server.database());
    let url = by_name(&url, NAME, &format!("sslrootcert={}", place.path("ca.pem").display()));
    let mut store = Store::connect(&Location::Postgres { url, password: None }).unwrap();
    server.kill9();
    assert_eq!(store.version().unwrap_err().code(), "unreachable");
    assert_eq!(Store::connect(store.location()).err().unwrap().code(), "unreachable");
    server.restart();
    Store::connect(store.location()).unwrap();
}

#[test]
fn a_migration_and_a_backup_use_nothing_else() {
    let Some((server, authority)) = server() else { return };
    let (place, url) = (place(authority), server.database());
    server.demand_tls(&url);
    let refused = whoami(&place, &url, &[]);
    assert_eq!((refused.code, refused.error().as_str()), (4, "database_login"));
    assert!(refused.stderr.contains("sslmode=require"), "{}", refused.stderr);

    // Kept with the file's whole path, a context works from another folder too.
    place.run(&["contexts", "add", "secure", &by_name(&url, NAME, "sslmode=require&sslrootcert=ca.pem")]).ok();
    place.run(&["contexts", "use", "secure"]).ok();
    let run = |line: &str| {
        let mut command = place.command(&line.split(' ').chain(["-o", "json"]).collect::<Vec<_>>());
        Said::of(command.current_dir("/").output().unwrap()).ok()
    };
    run("seed --profile acme --quiet");
    let backup = place.path("desk.dump").display().to_string();
    run(&format!("backup {backup}"));
    run("migrations start support@acme.example --history all --map open=New --map closed=Closed --yes --quiet");
    run("migrations verify --summary");
    run("doctor");
    run(&format!("restore {backup} --yes"));
    assert_eq!(run("migrations list").json().as_array().unwrap().len(), 0);

    // Without a file of its own, the backup trusts the system's authorities, as the rest does.
    let target = by_name(&url, NAME, "sslmode=require");
    let backup = |name: &str, trusted: &str| {
        let trusted = place.path(trusted);
        Said::of(place.command(&["--target", &target, "backup", name, "-o", "json"]).env("SSL_CERT_FILE", trusted).output().unwrap())
    };
    backup("trusting.dump", "ca.pem").ok();
    assert_eq!(backup("doubting.dump", "stranger.pem").error(), "tls_untrusted");
}
