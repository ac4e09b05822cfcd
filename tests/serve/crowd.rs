//! A thousand clients at once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::json;

use super::desk::{AGENT, BOSS, Desk, Server};
use super::http::{Client, Request};

const CLIENTS: usize = 1_000;
/// One in so many writes too.
const WRITERS: usize = 20;

/// Both ends of every connection are files of someone's, and the usual limit of 1,024 is a soft one.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).unwrap();
}

#[derive(Default)]
struct Seen {
    reads: Vec<Duration>,
    writes: Vec<Duration>,
    too_many: usize,
}

/// One client, on one connection for all of its time.
fn visit(server: &Server, token: &str, number: usize, until: Instant) -> Seen {
    let mut client = Client::connect(server.address);
    let mut seen = Seen::default();
    for round in number.. {
        let writes = number.is_multiple_of(WRITERS) && round.is_multiple_of(2);
        let request = match round % 3 {
            _ if writes => Request::op("contacts.create", &json!({ "first_name": format!("{number}-{round}") })),
            0 => Request::op("account.whoami", &json!({})),
            1 => Request::op("tickets.show", &json!({ "ticket": round % 200 + 1 })),
            _ => Request::op("contacts.list", &json!({ "page": { "limit": 10 } })),
        };
        let began = Instant::now();
        if began > until {
            break;
        }
        let answer = client.ask(&request.token(token)).unwrap_or_else(|error| panic!("client {number}, round {round}: {error}"));
        match answer.status {
            200 if writes => seen.writes.push(began.elapsed()),
            200 => seen.reads.push(began.elapsed()),
            429 => {
                seen.too_many += 1;
                let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
                std::thread::sleep(Duration::from_secs(wait));
            }
            status => panic!("client {number}, round {round}: {status} {}", answer.text()),
        }
    }
    seen
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    format!("{} (p50 {:.0?}, p99 {:.0?}, slowest {:.0?})", times.len(), at(0.5), at(0.99), times.last().copied().unwrap_or_default())
}

fn crowd(time: Duration) {
    raise_file_limit();
    let desk = Desk::sqlite();
    let tokens = [BOSS, AGENT, BOSS, AGENT].map(|user| desk.token(user, &[]));
    let server = Server::start_with(&desk, &["--quiet"]);
    let connected = AtomicU64::new(0);
    let until = Instant::now() + time;
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let visits: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (server, token, connected) = (&server, &tokens[number % tokens.len()], &connected);
                let visit = move || {
                    connected.fetch_add(1, Ordering::Relaxed);
                    visit(server, token, number, until)
                };
                std::thread::Builder::new().stack_size(256 << 10).spawn_scoped(scope, visit).unwrap()
            })
            .collect();
        visits.into_iter().map(|visit| visit.join().unwrap()).collect()
    });
    assert_eq!(connected.into_inner(), CLIENTS as u64);
    assert!(seen.iter().all(|seen| !seen.reads.is_empty() || !seen.writes.is_empty()), "someone got nothing");
    let too_many: usize = seen.iter().map(|seen| seen.too_many).sum();
    let (reads, writes): (Vec<_>, Vec<_>) = seen.into_iter().map(|seen| (seen.reads, seen.writes)).unzip();
    let writes = writes.concat();
    let written = writes.len() as i64;
    eprintln!("{CLIENTS} clients in {time:?}: reads {}, writes {}, too many {too_many}", percentiles(reads.concat()), percentiles(writes));
    assert_eq!(desk.count("SELECT count(*) FROM audit WHERE operation = 'contacts.create'"), written);
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
}

#[test]
fn a_thousand_clients_see_no_error_beyond_429() {
    crowd(Duration::from_secs(10));
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_clients_see_no_error_beyond_429_for_a_minute() {
    crowd(Duration::from_secs(60));
}
