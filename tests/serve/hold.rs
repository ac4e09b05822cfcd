//! Clients that mean harm, by the dozen, while others work (G10).

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::desk::{BOSS, Desk, Server};
use super::http::{Client, Request};
use crate::support::random::Random;

/// What the harmful ones know of the server: its address, and for some of them a token.
struct Target<'a> {
    server: &'a Server,
    token: &'a str,
    stop: &'a AtomicBool,
    sent: &'a AtomicU32,
}

type Harm = fn(&Target<'_>, &mut Random);

fn connection(target: &Target<'_>) -> Option<TcpStream> {
    let stream = TcpStream::connect_timeout(&target.server.address, Duration::from_secs(5)).ok()?;
    stream.set_read_timeout(Some(Duration::from_millis(200))).ok()?;
    stream.set_write_timeout(Some(Duration::from_millis(200))).ok()?;
    target.sent.fetch_add(1, Ordering::Relaxed);
    Some(stream)
}

/// Sends it, and reads a little of whatever comes.
fn say(target: &Target<'_>, bytes: &[u8]) {
    let Some(mut stream) = connection(target) else { return };
    // It may be closed in the middle, and rightly so.
    let _ = stream.write_all(bytes);
    let _ = stream.read(&mut [0; 1024]);
}

fn whoami(target: &Target<'_>) -> Request<'static> {
    Request::op("account.whoami", &json!({})).token(target.token)
}

/// A byte at a time.
fn slowloris(target: &Target<'_>, _: &mut Random) {
    let Some(mut stream) = connection(target) else { return };
    for byte in whoami(target).bytes() {
        if target.stop.load(Ordering::Relaxed) || stream.write_all(&[byte]).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A large body that is announced, and comes in drops.
fn slow_body(target: &Target<'_>, random: &mut Random) {
    let Some(mut stream) = connection(target) else { return };
    let operation = Request::op("account.update", &json!({})).token(target.token);
    let head = operation.head(60 << 20);
    let head = if random.chance(2) { head } else { head.replace(&format!("Content-Length: {}", 60 << 20), "Transfer-Encoding: chunked") };
    let _ = stream.write_all(head.as_bytes());
    while !target.stop.load(Ordering::Relaxed) && stream.write_all(b"1\r\n \r\n").is_ok() {
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Takes nothing of a long answer.
fn deaf(target: &Target<'_>, _: &mut Random) {
    let Some(mut stream) = connection(target) else { return };
    let _ = stream.write_all(&Request::stream("account.export", &json!({})).token(target.token).bytes());
    while !target.stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Takes a long answer in drops.
fn sipping(target: &Target<'_>, _: &mut Random) {
    let Some(mut stream) = connection(target) else { return };
    let _ = stream.write_all(&Request::stream("account.export", &json!({})).token(target.token).bytes());
    while !target.stop.load(Ordering::Relaxed) && stream.read(&mut [0; 16]).is_ok_and(|read| read > 0) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Closed for writing, or left lying about, or gone in the middle.
fn half_open(target: &Target<'_>, random: &mut Random) {
    let bytes = whoami(target).bytes();
    let Some(mut stream) = connection(target) else { return };
    let _ = stream.write_all(&bytes[..random.below(bytes.len() as u64) as usize]);
    match random.below(3) {
        0 => drop(stream.shutdown(Shutdown::Write)),
        1 => std::thread::sleep(Duration::from_millis(300)),
        _ => return,
    }
    let _ = stream.read(&mut [0; 1024]);
}

fn oversized(target: &Target<'_>, random: &mut Random) {
    let filler = "x".repeat(100 << 10);
    match random.below(4) {
        0 => say(target, whoami(target).with("X-Filler", &filler).bytes().as_slice()),
        1 => say(target, (0..5_000).fold("GET /health HTTP/1.1\r\n".to_owned(), |head, n| head + &format!("X-{n}: y\r\n")).as_bytes()),
        2 => say(target, whoami(target).head(usize::MAX).as_bytes()),
        _ => say(target, format!("GET /{filler} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()),
    }
}

fn noise(target: &Target<'_>, random: &mut Random) {
    let bytes: Vec<u8> = (0..random.below(4_000)).map(|_| random.below(256) as u8).collect();
    say(target, &bytes);
}

/// A good request with some of its bytes changed, left out or doubled.
fn mutilated(target: &Target<'_>, random: &mut Random) {
    let mut bytes = whoami(target).bytes();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() as u64) as usize;
        match random.below(3) {
            0 => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.remove(at)),
            _ => bytes.insert(at, bytes[at]),
        }
    }
    say(target, &bytes);
}

fn badly_framed(target: &Target<'_>, random: &mut Random) {
    let chunked = whoami(target).head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let twice = whoami(target).head(2).replace("Content-Length: 2", "Content-Length: 2\r\nTransfer-Encoding: chunked");
    let several = [
        format!("{chunked}zz\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}FFFFFFFFFFFFFFFFF\r\n{{}}"),
        format!("{chunked}-1\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}2;{}\r\n{{}}\r\n0\r\n\r\n", "x".repeat(100 << 10)),
        format!("{chunked}2\r\n{{}}XX0\r\n\r\n"),
        format!("{twice}2\r\n{{}}\r\n0\r\n\r\n"),
        whoami(target).head(2).replace("Content-Length: 2", "Content-Length: 2\r\nContent-Length: 3") + "{}",
        whoami(target).head(2).replace("Content-Length: 2", "Content-Length: -2") + "{}",
        whoami(target).head(2).replace("Content-Length: 2", "Content-Length: 0x2") + "{}",
        chunked.replace("chunked", "gzip, chunked") + "0\r\n\r\n",
        chunked.replace("chunked", "chunked, identity") + "0\r\n\r\n",
    ];
    say(target, several[random.below(several.len() as u64) as usize].as_bytes());
}

/// Good requests and garbage in one breath.
fn pipelined(target: &Target<'_>, random: &mut Random) {
    let mut bytes = Vec::new();
    for _ in 0..20 {
        bytes.extend(whoami(target).bytes());
    }
    bytes.extend((0..200).map(|_| random.below(256) as u8));
    bytes.extend(whoami(target).bytes());
    say(target, &bytes);
}

fn odd(target: &Target<'_>, random: &mut Random) {
    let several = [
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.0\r\n\r\n",
        "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /health\r\n\r\n",
        "get /health HTTP/1.1\nHost: localhost\n\n",
        "TRACE /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /deskctl/v1/ops/%FF%FE HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /deskctl/v1/ops/%00 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET //health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
    ];
    say(target, several[random.below(several.len() as u64) as usize].as_bytes());
}

const HARMS: &[Harm] = &[
    slowloris,
    slowloris,
    slowloris,
    slow_body,
    slow_body,
    slow_body,
    deaf,
    deaf,
    deaf,
    sipping,
    sipping,
    half_open,
    half_open,
    oversized,
    noise,
    mutilated,
    mutilated,
    badly_framed,
    pipelined,
    odd,
];

/// Each of the harmful ones by two threads; ten normal clients among them get what they ask for.
#[test]
fn harmful_clients_do_not_keep_normal_ones_from_their_answers() {
    // An export of it is more than the system takes in for a client.
    let desk = Desk::generated(8_000);
    let token = desk.token(&desk.admin(), &[]);
    // They share one token, whose rate is not what is tried here.
    let limits = "--header-timeout 2 --write-timeout 2 --timeout 5 --store-connections 2 --rate 100000";
    let server = Server::start_with(&desk, &limits.split(' ').collect::<Vec<_>>());
    let (stop, sent) = (AtomicBool::new(false), AtomicU32::new(0));
    let answered = std::thread::scope(|scope| {
        for (number, harm) in HARMS.iter().chain(HARMS).enumerate() {
            let target = Target { server: &server, token: &token, stop: &stop, sent: &sent };
            scope.spawn(move || {
                let mut random = Random::new(number as u64);
                while !target.stop.load(Ordering::Relaxed) {
                    harm(&target, &mut random);
                }
            });
        }
        let until = Instant::now() + Duration::from_secs(5);
        let normal: Vec<_> = (0..10)
            .map(|number| {
                scope.spawn({
                    let (server, token) = (&server, &token);
                    move || work(server, token, number, until)
                })
            })
            .collect();
        let answered: Vec<_> = normal.into_iter().map(|normal| normal.join()).collect();
        // Also when one of them has failed, or the others would go on for ever.
        stop.store(true, Ordering::Relaxed);
        answered
    });
    let answered: Vec<Work> = answered.into_iter().map(Result::unwrap).collect();
    let count: usize = answered.iter().map(|work| work.count).sum();
    let slowest = answered.iter().map(|work| work.slowest).max().unwrap();
    eprintln!("{count} requests answered beside {} harmful connections, the slowest after {slowest:?}", sent.load(Ordering::Relaxed));
    assert!(answered.iter().all(|work| work.count >= 5), "{:?}", answered.iter().map(|work| work.count).collect::<Vec<_>>());
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(sent.load(Ordering::Relaxed) > 200);
    let (status, log) = server.stop();
    assert!(status.success() && !log.contains("panic"), "{log}");
}

struct Work {
    count: usize,
    slowest: Duration,
}

/// Reads, writes and streams in turn; anything but 200 is a failure.
fn work(server: &Server, token: &str, number: usize, until: Instant) -> Work {
    let mut client = server.client();
    let mut done = Work { count: 0, slowest: Duration::ZERO };
    while Instant::now() < until {
        let request = match (done.count + number) % 4 {
            0 => Request::op("contacts.create", &json!({ "first_name": "Normal" })),
            1 => Request::op("tickets.list", &json!({ "everywhere": true, "spam": false, "limit": 20 })),
            2 => Request::get("/ready"),
            _ => Request::op("account.whoami", &json!({})),
        };
        let began = Instant::now();
        let answer = client.ask(&request.token(token)).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        done.slowest = done.slowest.max(began.elapsed());
        done.count += 1;
        if done.count.is_multiple_of(10) {
            client = Client::connect(server.address);
        }
    }
    done
}

/// No input whatsoever makes it fail inside, or sends an answer to a request that was never made.
#[test]
fn g13_no_nonsense_is_answered_with_5xx() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start_with(&desk, &["--header-timeout", "1"]);
    let (stop, sent) = (AtomicBool::new(false), AtomicU32::new(0));
    let target = Target { server: &server, token: &token, stop: &stop, sent: &sent };
    for seed in 0..40 {
        let mut random = Random::new(1_000 + seed);
        for harm in [oversized, noise, mutilated, badly_framed, pipelined, odd] {
            harm(&target, &mut random);
        }
    }
    assert_eq!(server.ask(&Request::get("/health")).status, 200);
    let metrics = server.ask(&Request::get("/metrics")).text();
    let failed: Vec<&str> = metrics.lines().filter(|line| line.contains("status=\"5")).collect();
    assert!(failed.is_empty(), "{failed:?}\n{}", server.log());
}
