//! What was acknowledged is there, once, whatever became of the server.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::json;

use super::desk::{BOSS, Desk, Server, both};
use super::http::Request;
use crate::support::random::Random;

/// How often the server is killed, on each engine.
const KILLS: usize = 3;
const WRITERS: usize = 8;

/// A write that was sent, and what was answered.
#[derive(Clone)]
struct Sent {
    name: String,
    keyed: bool,
    id: Option<i64>,
}

fn create(name: &str, keyed: bool, token: &str) -> Request<'static> {
    let request = Request::op("contacts.create", &json!({ "last_name": name })).token(token);
    if keyed { request.key(&format!("key of {name}")) } else { request }
}

/// Writes until the server is gone.
fn write(server: &Server, token: &str, writer: &str) -> Vec<Sent> {
    let mut client = server.client();
    let mut all = Vec::new();
    for number in 0.. {
        let sent = Sent { name: format!("{writer}-{number}"), keyed: number % 2 == 0, id: None };
        let answer = client.ask(&create(&sent.name, sent.keyed, token));
        let id = answer.as_ref().ok().map(|answer| answer.output()["id"].as_i64().unwrap());
        all.push(Sent { id, ..sent });
        if answer.is_err() {
            break;
        }
    }
    all
}

/// The ids of all contacts by their last names.
fn contacts(desk: &Desk) -> HashMap<String, Vec<i64>> {
    let rows = desk.read(|tx| {
        let sql = "SELECT last_name, id FROM contacts WHERE last_name LIKE 'kill%' ORDER BY id";
        tx.query(sql, &[], |row| Ok((row.get::<String>()?, row.get::<i64>()?)))
    });
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    rows.into_iter().for_each(|(name, id)| found.entry(name).or_default().push(id));
    found
}

#[test]
fn a_server_that_is_killed_loses_nothing_that_it_acknowledged_and_does_nothing_twice() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let mut random = Random::new(41);
        for kill in 0..KILLS {
            let mut server = Server::start_with(&desk, &["--store-connections", "3"]);
            let sent: Mutex<Vec<Sent>> = Mutex::default();
            std::thread::scope(|scope| {
                for writer in 0..WRITERS {
                    let (server, token, sent) = (&server, &token, &sent);
                    scope.spawn(move || {
                        let written = write(server, token, &format!("kill{kill}-{writer}"));
                        sent.lock().unwrap().extend(written);
                    });
                }
                std::thread::sleep(Duration::from_millis(200 + random.below(300)));
                rustix::process::kill_process(server.pid(), rustix::process::Signal::KILL).unwrap();
            });
            server.wait();
            let sent = sent.into_inner().unwrap();
            expect_kept(&desk, &sent);
            retry(&desk, &token, &sent);
        }
    }
}

fn expect_kept(desk: &Desk, sent: &[Sent]) {
    let there = contacts(desk);
    let acknowledged: Vec<&Sent> = sent.iter().filter(|sent| sent.id.is_some()).collect();
    assert!(acknowledged.len() > WRITERS, "{} writes were acknowledged", acknowledged.len());
    for Sent { name, id, .. } in acknowledged {
        assert_eq!(there.get(name), Some(&vec![id.unwrap()]), "{name} was acknowledged");
    }
    // What was on its way may be there or not, but in one piece: with its record in the audit.
    let audited = desk.count("SELECT count(*) FROM audit WHERE operation = 'contacts.create' AND outcome = 'done'");
    let all = desk.count("SELECT count(*) FROM contacts WHERE last_name LIKE 'kill%'");
    assert_eq!(audited, all);
    let keys = desk.count("SELECT count(*) FROM idempotency");
    let keyed = there.keys().filter(|name| name.rsplit('-').next().unwrap().parse::<u32>().unwrap() % 2 == 0).count();
    assert_eq!(keys, keyed as i64);
}

/// The same keys again, two at a time: the first answer, and no second contact.
fn retry(desk: &Desk, token: &str, sent: &[Sent]) {
    let server = Server::start_with(desk, &["--store-connections", "3"]);
    let keyed: Vec<&Sent> = sent.iter().filter(|sent| sent.keyed).collect();
    std::thread::scope(|scope| {
        for part in keyed.chunks(keyed.len().div_ceil(4)) {
            let server = &server;
            scope.spawn(move || {
                let mut clients = [server.client(), server.client()];
                for sent in part.iter().rev().take(30) {
                    let request = create(&sent.name, true, token).bytes();
                    clients.iter_mut().for_each(|client| client.send(&request).unwrap());
                    let ids = clients.each_mut().map(|client| client.answer().unwrap().output()["id"].as_i64().unwrap());
                    assert_eq!(ids[0], ids[1], "{}", sent.name);
                    assert!(sent.id.is_none_or(|id| id == ids[0]), "{}: the first answer", sent.name);
                }
            });
        }
    });
    let other = Request::op("contacts.create", &json!({ "last_name": "other" })).token(token).key(&format!("key of {}", keyed[0].name));
    assert_eq!(server.ask(&other).refusal(), (409, "idempotency_key_reused".into()));
    let doubled: Vec<String> = contacts(desk).into_iter().filter(|(_, ids)| ids.len() > 1).map(|(name, _)| name).collect();
    assert!(doubled.is_empty(), "done twice: {doubled:?}");
}

/// The command line asks again by itself, and so gets over a server that is started anew.
#[test]
fn the_command_line_gets_over_a_server_that_is_started_anew() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let mut first = Server::start(&desk);
    let (url, address) = (first.url.clone(), first.address.to_string());
    first.kill();
    let mut command = desk.command_at(&url, &["contacts", "create", "--last-name", "kill-0", "-o", "json"]);
    let creating =
        command.env("DESKCTL_TOKEN", &token).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(250));
    let _second = Server::spawn(desk.command(&["serve", "--listen", &address, "-o", "ndjson"]));
    super::desk::succeeded(creating.wait_with_output().unwrap());
    assert_eq!(contacts(&desk)["kill-0"].len(), 1);
}
