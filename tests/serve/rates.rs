//! How often one may call, and how often one may guess (G18).

use std::time::{Duration, Instant};

use serde_json::json;

use super::desk::{AGENT, BOSS, Desk, MEMBER, Server, both, succeeded};
use super::http::{Answer, Client, Request};

fn guess(number: usize) -> String {
    format!("dsk_{number:016x}_{}", "A".repeat(43))
}

/// How long a refused client is to wait.
fn wait_of(answer: &Answer) -> u64 {
    assert_eq!(answer.refusal(), (429, "rate_limited".into()));
    let seconds = answer.header("retry-after").unwrap().parse().unwrap();
    assert_eq!(answer.error()["details"]["retry_after_seconds"], seconds);
    assert!((1..=3_600).contains(&seconds));
    seconds
}

#[test]
fn g18_guessing_is_slowed_and_audited_and_keeps_nobody_else_out() {
    for desk in both() {
        let (boss, member, agent) = (desk.token(BOSS, &[]), desk.token(MEMBER, &[]), desk.token(AGENT, &[]));
        let server = Server::start(&desk);
        server.call(&boss, "account.whoami", &json!({})).output();
        let before = desk.last_audit();
        // All at once, so that none can go by what the others have not counted yet.
        let mut clients: Vec<Client> = (0..80).map(|_| server.client()).collect();
        for (number, client) in clients.iter_mut().enumerate() {
            client.send(&Request::op("account.whoami", &json!({})).token(&guess(number)).bytes()).unwrap();
        }
        let mut asked: Vec<Answer> = clients.iter_mut().map(|client| client.answer().unwrap()).collect();
        for (number, client) in clients.iter_mut().enumerate() {
            asked.push(client.ask(&Request::op("account.whoami", &json!({})).token(&guess(100 + number))).unwrap());
        }
        asked.push(server.ask(&Request::op("account.whoami", &json!({}))));
        asked.push(server.ask(&Request::get("/no/such/path").token(&guess(1))));
        let looked_at = asked.iter().filter(|answer| answer.status == 401).count();
        // As many as there are connections may be looked at together at the very end, and some more with time.
        assert!((10..=24).contains(&looked_at), "{looked_at} of {}", asked.len());
        asked.iter().filter(|answer| answer.status != 401).for_each(|answer| {
            wait_of(answer);
        });
        // One that works, one that worked never before, and the command line with it.
        server.call(&boss, "account.whoami", &json!({})).output();
        server.call(&member, "account.whoami", &json!({})).output();
        let whoami = desk.command_at(&server.url, &["whoami", "-o", "json"]).env("DESKCTL_TOKEN", &agent).output().unwrap();
        assert!(succeeded(whoami).contains(AGENT));
        assert_eq!(server.ask(&Request::get("/health")).status, 200);
        let refused = desk.audit(before);
        assert_eq!(refused.len(), looked_at, "{refused:?}");
        for (actor, operation, outcome, _) in &refused {
            assert_eq!((operation.as_str(), outcome.as_str()), ("tokens.authenticate", "not_authenticated"));
            assert!(actor.starts_with("token 0000000000000") || actor == "nobody", "{actor}");
        }
        let metrics = server.ask(&Request::get("/metrics")).text();
        assert!(metrics.contains(&format!("deskctl_authentication_failures_total {looked_at}\n")), "{metrics}");
    }
}

/// Whoever knows a token's name cannot guess its secret the faster, nor keep its bearer out from elsewhere.
#[test]
fn g18_the_secret_of_a_known_name_cannot_be_guessed_faster() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let wrong = |number: u32| format!("{}{number:043}", &token[..21]);
    let mut client = server.client();
    let answers: Vec<u16> =
        (0..60).map(|number| client.ask(&Request::op("account.whoami", &json!({})).token(&wrong(number))).unwrap().status).collect();
    let looked_at = answers.iter().filter(|status| **status == 401).count();
    assert!((10..=20).contains(&looked_at), "{answers:?}");
    assert_eq!(answers.last(), Some(&429));
    assert_eq!(desk.count("SELECT CAST(sum(times) AS bigint) FROM audit WHERE outcome = 'not_authenticated'"), looked_at as i64);
}

#[test]
fn g18_each_token_has_a_rate_of_its_own() {
    let desk = Desk::sqlite();
    let (greedy, modest) = (desk.token(BOSS, &[]), desk.token(BOSS, &[]));
    let server = Server::start_with(&desk, &["--rate", "1"]);
    let whoami = |token: &str| server.call(token, "account.whoami", &json!({}));
    assert_eq!([whoami(&greedy).status, whoami(&greedy).status], [200, 200], "twice as many at once");
    let began = Instant::now();
    let wait = wait_of(&whoami(&greedy));
    assert_eq!(wait, 1);
    // For whatever it asks.
    wait_of(&server.ask(&Request::get("/no/such/path").token(&greedy)));
    whoami(&modest).output();
    // deskctl's own client waits, and gets it done.
    let asked = desk.command_at(&server.url, &["whoami", "-o", "json"]).env("DESKCTL_TOKEN", &greedy).output().unwrap();
    assert!(succeeded(asked).contains(BOSS));
    assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
}

/// What a token may not do is refused each time, and noted each time.
#[test]
fn g18_every_refusal_is_audited() {
    let desk = Desk::sqlite();
    let token = desk.token(MEMBER, &[]);
    let server = Server::start(&desk);
    server.call(&token, "account.whoami", &json!({})).output();
    let before = desk.last_audit();
    for _ in 0..3 {
        assert_eq!(server.call(&token, "audit.list", &json!({ "page": { "limit": 1 } })).status, 403);
        assert_eq!(server.ask(&Request::stream("account.export", &json!({})).token(&token)).status, 403);
        assert_eq!(server.ask(&Request::post("/deskctl/v1/doctor", &json!({})).token(&token)).status, 403);
        assert_eq!(server.ask(&Request::op("account.show", &json!({})).token(&token).with("Deskctl-As", BOSS)).status, 403);
    }
    let mut refused: Vec<(String, String)> = desk.audit(before).into_iter().map(|(actor, operation, ..)| (actor, operation)).collect();
    refused.sort();
    let expected =
        ["account.export", "account.show", "audit.list", "store.doctor"].map(|operation| (MEMBER.to_owned(), operation.to_owned()));
    assert_eq!(refused, expected.map(|one| vec![one; 3]).concat());
}
