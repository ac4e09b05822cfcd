//! Where requests may go (G9): over http and https only, and never to the addresses at which clouds keep credentials,
//! whatever name leads there.

use std::net::{IpAddr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::error::{Error, Exit, Result};

/// Set to `1`, requests may go to metadata and link-local addresses too.
const ALLOW: &str = "DESKCTL_ALLOW_METADATA";

/// Refuses a URL whose host is written as a forbidden address. Names are looked at when they are resolved.
pub fn check(url: &Url) -> Result<()> {
    match literal(url) {
        Some(ip) if is_forbidden(ip) => Err(refusal(ip)),
        _ => Ok(()),
    }
}

fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether the host is this machine.
pub fn is_loopback(url: &Url) -> bool {
    literal(url).map_or(url.host_str() == Some("localhost"), |ip| ip.to_canonical().is_loopback())
}

/// Link-local addresses hold the metadata services of most clouds; the others are named here.
fn is_forbidden(ip: IpAddr) -> bool {
    const EC2: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    let forbidden = match ip.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_link_local() || v4.octets() == [100, 100, 100, 200] || v4.octets() == [168, 63, 129, 16] || v4.is_broadcast()
        }
        IpAddr::V6(v6) => v6.is_unicast_link_local() || v6 == EC2,
    };
    forbidden && std::env::var(ALLOW).as_deref() != Ok("1")
}

fn refusal(ip: IpAddr) -> Error {
    Error::new(
        Exit::Denied,
        "forbidden_address",
        format!("{ip} is an address of the machine's surroundings, where credentials may be kept"),
    )
    .hint(format!("name the server by another address; {ALLOW}=1 allows this one"))
}

/// Resolves names as the system does, without forbidden addresses.
pub struct Checked;

/// Carries the refusal through the client's own errors.
#[derive(Debug)]
struct Forbidden(IpAddr);

impl std::fmt::Display for Forbidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the name leads to {}", self.0)
    }
}

impl std::error::Error for Forbidden {}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let looked_up = tokio::task::spawn_blocking(move || (host, 0).to_socket_addrs().map(Iterator::collect)).await?;
            let found: Vec<SocketAddr> = looked_up?;
            match found.iter().find(|address| is_forbidden(address.ip())) {
                Some(address) => Err(Forbidden(address.ip()).into()),
                None => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

/// The refusal, where that is why a request failed.
pub fn refusal_in(error: &reqwest::Error) -> Option<Error> {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if let Some(Forbidden(ip)) = error.downcast_ref() {
            return Some(refusal(*ip));
        }
        cause = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g9_metadata_addresses_are_refused_in_every_spelling() {
        for url in [
            "http://169.254.169.254/",
            "http://169.254.1.1:8420",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://100.100.100.200/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
        ] {
            assert_eq!(check(&Url::parse(url).unwrap()).unwrap_err().code(), "forbidden_address", "{url}");
        }
        for url in ["http://127.0.0.1:8420", "https://desk.example", "http://10.0.0.1", "http://[::1]:1"] {
            check(&Url::parse(url).unwrap()).unwrap();
        }
    }

    #[test]
    fn g9_a_name_that_leads_there_is_refused_too() {
        let refused = Error::unexpected(Forbidden("169.254.169.254".parse().unwrap()));
        assert!(refused.message().contains("169.254.169.254"));
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        let loopback = |url: &str| is_loopback(&Url::parse(url).unwrap());
        assert!(loopback("http://localhost:1") && loopback("http://127.8.0.1") && loopback("http://[::1]"));
        assert!(!loopback("http://localhost.example") && !loopback("http://10.0.0.1"));
    }
}
