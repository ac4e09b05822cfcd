//! Who is connected: how many, from where, and which of them are idle. Whoever only holds connections loses them to those who come
//! after, and `/health` is answered however many there are (G10).

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;

use super::clients::{Proxies, network};

/// Connections beyond all others, on which only the server itself can be asked about.
const SPARE: usize = 32;

/// A connection that has just come is not idle yet: its request is on the way.
const FRESH: Duration = Duration::from_millis(500);

/// Marks a request that came by a spare connection.
#[derive(Clone, Copy, Debug)]
pub struct Spare;

/// All connections.
pub struct Connections {
    most: usize,
    most_of_one: usize,
    /// Many clients come by these addresses.
    proxies: Proxies,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    held: HashMap<u64, One>,
}

struct One {
    network: IpAddr,
    spare: bool,
    /// Since when nothing is asked on it; none while something is.
    idle_since: Option<Instant>,
    /// Whether anything was asked on it yet.
    asked: bool,
    close: Arc<Notify>,
    closing: bool,
}

impl One {
    fn is_idle(&self) -> bool {
        self.idle_since.is_some_and(|since| self.asked || self.spare || since.elapsed() >= FRESH)
    }
}

/// A connection's place, until it is dropped.
pub struct Held {
    connections: Arc<Connections>,
    id: u64,
    pub spare: bool,
    close: Arc<Notify>,
}

impl Connections {
    pub fn new(most: usize, most_of_one: usize, proxies: Proxies) -> Arc<Connections> {
        Arc::new(Connections { most, most_of_one, proxies, open: Mutex::default() })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection. Where all are taken, the one that is idle for longest makes room, of the same address where
    /// that has as many as one may have. Where nobody is idle it is a spare one; none where those are all at work too.
    pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Held> {
        let network = network(peer);
        let one_of_many = self.proxies.trusts(peer);
        let mut open = self.open();
        let of_one = |open: &Open| if one_of_many { 0 } else { open.count(|one| !one.spare && one.network == network) };
        if of_one(&open) >= self.most_of_one {
            open.close_idle(|one| !one.spare && one.network == network);
        }
        if open.count(|one| !one.spare) >= self.most {
            open.close_idle(|one| !one.spare);
        }
        let spare = of_one(&open) >= self.most_of_one || open.count(|one| !one.spare) >= self.most;
        if spare && open.count(|one| one.spare) >= SPARE && !open.close_idle(|one| one.spare) {
            return None;
        }
        let close = Arc::new(Notify::new());
        let id = open.next;
        open.next += 1;
        let one = One { network, spare, idle_since: Some(Instant::now()), asked: false, close: Arc::clone(&close), closing: false };
        open.held.insert(id, one);
        Some(Held { connections: Arc::clone(self), id, spare, close })
    }
}

impl Open {
    fn count(&self, counts: impl Fn(&One) -> bool) -> usize {
        self.held.values().filter(|one| !one.closing && counts(one)).count()
    }

    /// Closes one that is idle, if any is.
    fn close_idle(&mut self, may: impl Fn(&One) -> bool) -> bool {
        let idle = self.held.values_mut().filter(|one| !one.closing && one.is_idle() && may(one));
        let Some(longest) = idle.min_by_key(|one| one.idle_since) else { return false };
        longest.closing = true;
        longest.close.notify_one();
        true
    }
}

impl Held {
    /// Waits until it has to make room.
    pub async fn closed(&self) {
        self.close.notified().await;
    }

    /// A request has come; none where the connection is being closed.
    pub fn begin(self: &Arc<Self>) -> Option<Busy> {
        let mut open = self.connections.open();
        let one = open.held.get_mut(&self.id).filter(|one| !one.closing)?;
        one.idle_since = None;
        one.asked = true;
        Some(Busy(Arc::clone(self)))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.connections.open().held.remove(&self.id);
    }
}

/// A request that is being answered.
pub struct Busy(Arc<Held>);

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(one) = self.0.connections.open().held.get_mut(&self.0.id) {
            one.idle_since = Some(Instant::now());
        }
    }
}

/// The body of an answer, with which the answering ends.
pub struct Answering {
    pub body: Body,
    /// Dropped with the body.
    pub _busy: Busy,
}

impl hyper::body::Body for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    /// One on which something was asked, and answered.
    fn used(connections: &Arc<Connections>, last: u8) -> Arc<Held> {
        let held = admitted(connections, last);
        drop(held.begin());
        held
    }

    fn admitted(connections: &Arc<Connections>, last: u8) -> Arc<Held> {
        Arc::new(connections.admit(address(last)).unwrap())
    }

    #[test]
    fn g10_the_longest_idle_connection_makes_room() {
        let connections = Connections::new(3, 3, Proxies::default());
        let (first, second, third) = (used(&connections, 1), used(&connections, 2), used(&connections, 3));
        let working = first.begin().unwrap();
        let fourth = admitted(&connections, 4);
        assert!(!fourth.spare && second.begin().is_none(), "the second was idle for longest");
        let (_third, _fourth) = (third.begin().unwrap(), fourth.begin().unwrap());
        assert!(admitted(&connections, 5).spare, "all of them are at work");
        drop(working);
        assert!(!admitted(&connections, 5).spare && first.begin().is_none());
    }

    #[test]
    fn g10_a_connection_that_has_just_come_has_its_chance() {
        let connections = Connections::new(1, 1, Proxies::default());
        let fresh = admitted(&connections, 1);
        assert!(admitted(&connections, 2).spare && fresh.begin().is_some());
    }

    #[test]
    fn g10_an_address_displaces_nobody_but_itself() {
        let connections = Connections::new(10, 2, Proxies::default());
        let other = used(&connections, 9);
        let greedy: Vec<_> = (0..20).map(|_| used(&connections, 1)).collect();
        assert_eq!(greedy.iter().filter(|held| held.begin().is_some()).count(), 2);
        assert!(other.begin().is_some());
        let behind = Connections::new(10, 2, Proxies::parse(&["10.0.0.0/24".into()]).unwrap());
        let held: Vec<_> = (0..10).map(|_| admitted(&behind, 1)).collect();
        assert_eq!(held.iter().filter(|held| held.begin().is_some()).count(), 10, "by a proxy many come");
    }

    #[test]
    fn g10_spare_connections_are_bounded_too() {
        let connections = Connections::new(1, 1, Proxies::default());
        let only = admitted(&connections, 1);
        let _working = only.begin().unwrap();
        let spare: Vec<_> = (0..SPARE).map(|_| admitted(&connections, 2)).collect();
        assert!(spare.iter().skip(1).all(|held| held.spare));
        let asked: Vec<_> = (0..2 * SPARE).map(|_| admitted(&connections, 3)).collect();
        assert!(asked.last().unwrap().begin().is_some(), "whoever comes last is answered");
    }
}
