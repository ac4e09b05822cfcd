//! From where a request comes: the address of the connection, or, behind a proxy that is trusted, the one that the proxy names.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

use crate::error::{Error, Result};
use crate::ops::Origin;

/// The header in which proxies name whom they speak for.
const FORWARDED: &str = "x-forwarded-for";

/// Proxies whose word is taken.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<Network>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Network {
    address: u128,
    mask: u128,
}

impl Network {
    /// An address, or a network as `10.0.0.0/8`.
    fn parse(text: &str) -> Option<Network> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let length = length.unwrap_or(bits);
        if length > bits {
            return None;
        }
        let mask = u128::MAX.checked_shl(bits - length).unwrap_or(0);
        Some(Network { address: number(address) & mask, mask })
    }

    fn holds(&self, address: IpAddr) -> bool {
        number(address) & self.mask == self.address
    }
}

/// Both families in one: an IPv4 address counts as itself however it is written.
fn number(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u128::from(v4.to_ipv6_mapped()),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

impl Proxies {
    /// # Errors
    /// `bad_network` (exit 2).
    pub fn parse(named: &[String]) -> Result<Proxies> {
        let parse = |text: &String| {
            Network::parse(text.trim()).ok_or_else(|| {
                Error::usage("bad_network", format!("\"{text}\" is no address and no network"))
                    .hint("write --trusted-proxy 10.0.0.5 or --trusted-proxy 10.0.0.0/8")
            })
        };
        named.iter().map(parse).collect::<Result<_>>().map(Proxies)
    }

    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// Each proxy adds whom it hears from at the end, and what stands before that anyone may have written: from the end on, the
    /// first address that is no trusted proxy is the client.
    pub fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> Origin {
        let peer = peer.to_canonical();
        let named: Vec<&str> =
            headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).collect();
        let mut client = peer;
        for text in named.iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = read_address(text.trim()) else { break };
            client = address;
        }
        Origin { client, proxy: (client != peer).then_some(peer) }
    }
}

/// Some proxies add a port.
fn read_address(text: &str) -> Option<IpAddr> {
    let address = text.parse::<IpAddr>().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

/// Whoever has one address of an IPv6 network has them all.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(proxies: &[&str], peer: &str, forwarded: &[&str]) -> (String, Option<String>) {
        let proxies = Proxies::parse(&proxies.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).unwrap();
        let mut headers = HeaderMap::new();
        for text in forwarded {
            headers.append(FORWARDED, text.parse().unwrap());
        }
        let found = proxies.origin(peer.parse().unwrap(), &headers);
        (found.client.to_string(), found.proxy.map(|proxy| proxy.to_string()))
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let alone = |address: &str| (address.to_owned(), None);
        let by = |client: &str, proxy: &str| (client.to_owned(), Some(proxy.to_owned()));
        assert_eq!(origin(&[], "10.0.0.5", &["203.0.113.7"]), alone("10.0.0.5"));
        assert_eq!(origin(&["10.0.0.5"], "10.0.0.6", &["203.0.113.7"]), alone("10.0.0.6"));
        assert_eq!(origin(&["10.0.0.5"], "10.0.0.5", &["203.0.113.7"]), by("203.0.113.7", "10.0.0.5"));
        assert_eq!(origin(&["10.0.0.5"], "10.0.0.5", &["1.1.1.1, 203.0.113.7"]), by("203.0.113.7", "10.0.0.5"), "what the client wrote");
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.5", &["203.0.113.7", "10.9.9.9"]), by("203.0.113.7", "10.0.0.5"), "two proxies");
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.5", &["nonsense"]), alone("10.0.0.5"));
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.5", &[]), alone("10.0.0.5"));
        assert_eq!(origin(&["10.0.0.0/8"], "::ffff:10.0.0.5", &["203.0.113.7:4711"]), by("203.0.113.7", "10.0.0.5"));
        assert_eq!(origin(&["fd00::/8"], "fd00::1", &["[2001:db8::1]:80"]), by("2001:db8::1", "fd00::1"));
    }

    #[test]
    fn networks_are_read_or_refused() {
        for good in ["10.0.0.5", "10.0.0.0/8", "0.0.0.0/0", "::/0", "fd00::/8", "10.1.2.3/8"] {
            assert!(Network::parse(good).is_some(), "{good}");
        }
        for bad in ["", "10.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/x", "proxy.example"] {
            assert!(Network::parse(bad).is_none(), "{bad}");
        }
        assert!(!Network::parse("0.0.0.0/0").unwrap().holds("::1".parse().unwrap()), "all of IPv4 is no IPv6");
    }
}
