//! How many requests a second the server answers, against a bare handler that runs the same SQL on the same pool.
//!
//! `cargo bench --bench serve`. Both are processes of their own; the load comes from this one, over connections that stay open.
//! The bare handler looks up no token, asks for no permission, writes no audit and no log.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use deskctl::clock::Clock;
use deskctl::serve::metrics::Metrics;
use deskctl::serve::pool::{Lane, Pool};
use deskctl::store::contacts::{self, Contact};
use deskctl::target::Address;
use support::{deskctl, header, median, row, setting};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const READ: &str = "companies.list";
const WRITE: &str = "contacts.create";
const READ_BODY: &str = r#"{"page":{"after":null,"limit":20}}"#;
const STORE_CONNECTIONS: usize = 8;

fn main() {
    if let Some(target) = std::env::var_os("BENCH_BARE") {
        return bare(target.to_str().unwrap());
    }
    let seconds = setting("BENCH_SECONDS", 5);
    let clients = setting("BENCH_CLIENTS", 64);
    let rounds = setting("BENCH_ROUNDS", 3);
    header(&format!("Serving, {clients} connections, {seconds} s each, median of {rounds} rounds"));
    let folder = tempfile::tempdir().unwrap();
    let target = std::env::var("BENCH_TARGET").unwrap_or_else(|_| format!("sqlite:{}", folder.path().join("desk.db").display()));
    support::run(Command::new(deskctl()).args(["--target", &target, "seed", "--profile", "acme", "--quiet"]));
    let token = token(&target);
    let ours = Served::start(Command::new(deskctl()).args([
        "--target",
        &target,
        "serve",
        "--listen",
        "127.0.0.1:0",
        "-o",
        "json",
        "--rate",
        "1000000",
    ]));
    let bare = Served::start(Command::new(std::env::current_exe().unwrap()).env("BENCH_BARE", &target));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let measure = |served: &Served, write_share: u64| {
        runtime.block_on(load(&served.address, &token, clients, Duration::from_secs(seconds), write_share))
    };
    for (what, write_share) in [("reads only", 0), ("one write to one read", 50), ("writes only", 100)] {
        let (mut a, mut b) = (vec![], vec![]);
        for _ in 0..rounds {
            a.push(measure(&ours, write_share));
            b.push(measure(&bare, write_share));
        }
        let (ours, bare) = (median(a), median(b));
        let figure = format!("{what}: {ours:.0} a second / a bare handler's {bare:.0}");
        row(&figure, &format!("{:.0} %", 100.0 * ours / bare), ">= 60 %", ours >= 0.6 * bare);
    }
}

fn token(target: &str) -> String {
    let made = Command::new(deskctl()).args(["--target", target, "tokens", "create", "-o", "json", "--quiet"]).output().unwrap();
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    made["token"].as_str().unwrap().to_owned()
}

/// A server of either kind, which prints its address as JSON.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(command: &mut Command) -> Served {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let text: String = lines.by_ref().map_while(Result::ok).take_while(|line| line != "}").collect();
        let url: serde_json::Value = serde_json::from_str(&format!("{text}}}")).unwrap();
        let address = url["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
        // The pipe stays open, or the server's next word would fail.
        std::thread::spawn(move || lines.for_each(drop));
        Served { child, address }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Requests a second over that many connections, each with one request at a time.
async fn load(address: &str, token: &str, clients: u64, time: Duration, write_share: u64) -> f64 {
    let done = Arc::new(AtomicU64::new(0));
    let until = Instant::now() + time;
    let mut tasks = Vec::new();
    for client in 0..clients {
        let (done, address, token) = (Arc::clone(&done), address.to_owned(), token.to_owned());
        tasks.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let mut answer = vec![0; 64 << 10];
            for number in client.. {
                if Instant::now() >= until {
                    return;
                }
                let writes = number % 100 * 37 % 100 < write_share;
                let request =
                    if writes { request(&address, &token, WRITE, &new_contact()) } else { request(&address, &token, READ, READ_BODY) };
                stream.write_all(request.as_bytes()).await.unwrap();
                read_answer(&mut stream, &mut answer).await;
                done.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    done.load(Ordering::Relaxed) as f64 / time.as_secs_f64()
}

fn request(address: &str, token: &str, name: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST /deskctl/v1/ops/{name} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// No two contacts have the same address.
fn new_contact() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!(r#"{{"email":"anna{number}@example.com","first_name":"Anna","last_name":"Nowak"}}"#)
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        filled += stream.read(&mut buffer[filled..]).await.unwrap();
        let text = std::str::from_utf8(&buffer[..filled]).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{text}");
        let length: usize = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().trim().parse().unwrap();
        if body.len() >= length {
            return;
        }
    }
}

/// The reference: the SQL of the two operations, and nothing else.
fn bare(target: &str) {
    let Ok(Some(Address::Store(location))) = Address::parse(target) else { panic!("{target}") };
    let pool = Pool::new(&location, Clock::System, STORE_CONNECTIONS, Arc::new(Metrics::new()));
    let router = axum::Router::new()
        .route(&format!("/deskctl/v1/ops/{READ}"), post(bare_read))
        .route(&format!("/deskctl/v1/ops/{WRITE}"), post(bare_write))
        .with_state(pool);
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{{\"url\":\"http://{}\"\n}}", listener.local_addr().unwrap());
        use hyper_util::rt::TokioIo;
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let service = hyper_util::service::TowerToHyperService::new(router.clone());
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
}

fn json(value: impl serde::Serialize) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], serde_json::to_vec(&value).unwrap())
}

async fn bare_read(State(pool): State<Pool>, body: axum::body::Bytes) -> impl IntoResponse {
    let arguments: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let limit = arguments["page"]["limit"].as_i64().unwrap();
    json(pool.with(Lane::Read, false, move |local| contacts::companies(&mut local.store.read()?, 0, limit + 1)).await.unwrap())
}

async fn bare_write(State(pool): State<Pool>, body: axum::body::Bytes) -> impl IntoResponse {
    let arguments: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let text = |key: &str| arguments[key].as_str().map(str::to_owned);
    let contact = Contact { email: text("email"), first_name: text("first_name"), last_name: text("last_name"), ..Contact::default() };
    let work = move |local: &mut deskctl::ops::Local| {
        let mut tx = local.store.write()?;
        assert!(contacts::by_email(&mut tx, contact.email.as_deref().unwrap())?.is_none());
        let contact = Contact { id: tx.new_id("contacts")?, ..contact.clone() };
        tx.insert(std::slice::from_ref(&contact))?;
        tx.commit()?;
        Ok(contact)
    };
    json(pool.with(Lane::Write, false, work).await.unwrap())
}
