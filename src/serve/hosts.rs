//! Under which names the server answers, so that no web page can reach it through a name of its own (G11).

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Uri};

use crate::error::{Error, Result};

/// The names under which the server answers.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    /// Beyond loopback the machine's own addresses are not known; an address, unlike a name, cannot be turned on it.
    any_address: bool,
}

impl Hosts {
    /// `named` are those that the administrator gave.
    pub fn new(listens_on: IpAddr, named: &[String]) -> Hosts {
        let mut names: Vec<String> = named.iter().map(|name| name.trim().trim_end_matches('.').to_lowercase()).collect();
        names.push("localhost".into());
        Hosts { names, any_address: !listens_on.is_loopback() }
    }

    fn knows(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_lowercase();
        match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(ip) => self.any_address || ip.is_loopback(),
            Err(_) => self.names.contains(&host),
        }
    }

    /// Refuses a request that was meant for another host, or that a web page of another host sent.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<()> {
        let named = headers.get(HOST).map(|value| value.to_str().unwrap_or_default());
        let host = uri.host().or_else(|| named.map(without_port)).unwrap_or_default();
        if !self.knows(host) {
            return Err(Error::usage("unknown_host", format!("this server does not answer for the host \"{host}\""))
                .hint("if that is its name, start it with deskctl serve --host NAME"));
        }
        match headers.get(ORIGIN).map(|value| value.to_str().unwrap_or_default()) {
            Some(origin) if !self.knows(origin.split_once("://").map_or(origin, |(_, rest)| without_port(rest))) => {
                Err(Error::denied("unknown_origin", format!("web pages of {origin} may not call this server")))
            }
            _ => Ok(()),
        }
    }
}

fn without_port(authority: &str) -> &str {
    let end = authority.rfind(']').map_or(0, |at| at + 1);
    match authority[end..].find(':') {
        Some(at) => &authority[..end + at],
        None => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(hosts: &Hosts, host: &str, origin: Option<&str>) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        hosts.check(&Uri::from_static("/health"), &headers).map_err(|error| error.code().to_owned())
    }

    #[test]
    fn g11_on_loopback_only_loopback_names_are_answered() {
        let hosts = Hosts::new("127.0.0.1".parse().unwrap(), &["desk.example".into()]);
        for host in ["127.0.0.1:8420", "localhost:8420", "LOCALHOST", "[::1]:8420", "desk.example", "desk.example.:443"] {
            checked(&hosts, host, None).unwrap();
        }
        for host in ["evil.example", "10.0.0.1:8420", "localhost.evil.example", "", "127.0.0.1.evil.example:8420"] {
            assert_eq!(checked(&hosts, host, None).unwrap_err(), "unknown_host", "{host}");
        }
    }

    #[test]
    fn g11_pages_of_others_are_refused() {
        let hosts = Hosts::new("127.0.0.1".parse().unwrap(), &[]);
        checked(&hosts, "localhost", Some("http://localhost:3000")).unwrap();
        for origin in ["https://evil.example", "null", "http://10.0.0.1", "https://localhost.evil.example:8420"] {
            assert_eq!(checked(&hosts, "localhost", Some(origin)).unwrap_err(), "unknown_origin", "{origin}");
        }
    }

    #[test]
    fn g11_beyond_loopback_names_must_be_given() {
        let hosts = Hosts::new("0.0.0.0".parse().unwrap(), &["desk.example".into()]);
        checked(&hosts, "10.0.0.1:8420", None).unwrap();
        checked(&hosts, "desk.example:8420", None).unwrap();
        assert!(checked(&hosts, "evil.example", None).is_err());
    }
}
