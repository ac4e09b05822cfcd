//! What errors do not tell (G13).

use deskctl::store::Location;
use serde_json::json;

use super::desk::{BOSS, Desk, MEMBER, Server, both};
use super::http::{Answer, Request};

/// Names and secret of a token, the secret replaced by another.
fn with_other_secret(token: &str) -> String {
    format!("{}{}", &token[..21], "A".repeat(43))
}

#[test]
fn g13_without_a_token_everything_looks_alike() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        let unknown = format!("dsk_{}_{}", "0".repeat(16), "A".repeat(43));
        let requests = |token: Option<&str>| {
            [
                Request::op("tickets.show", &json!({ "ticket": 1 })),
                Request::op("tickets.show", &json!({ "ticket": 999_999 })),
                Request::op("tickets.show", &json!({ "nonsense": true })),
                Request::op("no.such", &json!({})),
                Request::stream("no.such", &json!({})),
                Request::get("/no/such/path"),
                Request::post("/deskctl/v1/doctor", &json!({})),
            ]
            .map(|request| match token {
                Some(token) => request.token(token),
                None => request,
            })
        };
        let answers: Vec<Answer> = requests(None).iter().map(|request| server.ask(request)).collect();
        for answer in &answers {
            assert_eq!(answer.without_its_own(), answers[0].without_its_own());
            assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")));
        }
        // The name of a token that there is tells no more than one that is made up.
        let wrong = with_other_secret(&token);
        let answers = [server.call(&wrong, "account.show", &json!({})), server.call(&unknown, "account.show", &json!({}))];
        assert_eq!(answers[0].without_its_own(), answers[1].without_its_own());
        assert_eq!(answers[0].refusal(), (401, "not_authenticated".into()));
    }
}

/// Only the bearer of the right secret learns what became of a token.
#[test]
fn g13_what_became_of_a_token_is_told_to_its_bearer_alone() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let (token, name) = {
        let token = desk.token(MEMBER, &[]);
        (token.clone(), token[4..20].to_owned())
    };
    let boss = desk.token(BOSS, &[]);
    server.call(&boss, "tokens.revoke", &json!({ "token": name })).output();
    let told = server.call(&token, "account.show", &json!({}));
    assert!(told.status == 401 && told.text().contains("revoked"), "{}", told.text());
    let guessed = server.call(&with_other_secret(&token), "account.show", &json!({}));
    assert!(guessed.status == 401 && guessed.text().contains("not valid"), "{}", guessed.text());
}

fn expect_silent(answer: &Answer, desk: &Desk, case: &str) {
    let text = answer.text();
    let place = desk.location.to_string();
    let place = place.trim_start_matches("sqlite:");
    for telltale in
        [place, "SELECT", "select ", "no such table", "relation", ".rs:", "panicked", "src/", "contacts", "127.0.0.1", "postgres"]
    {
        assert!(!text.contains(telltale), "{case}: {telltale} in {text}");
    }
    assert_eq!(answer.error()["request_id"].as_str(), answer.header("x-request-id"), "{case}: {text}");
}

/// Something breaks inside: the caller gets an id to ask about, the log says what it was.
#[test]
fn g13_what_breaks_inside_is_for_the_log() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        server.call(&token, "account.whoami", &json!({})).output();
        desk.write(|tx| tx.execute("ALTER TABLE contacts RENAME TO gone", &[]).map(drop));
        for (number, request) in [
            Request::op("contacts.list", &json!({ "page": { "limit": 5 } })),
            Request::op("contacts.create", &json!({ "first_name": "Jan" })),
            Request::stream("account.export", &json!({})),
        ]
        .into_iter()
        .enumerate()
        {
            let id = format!("inside-{number}");
            let answer = server.ask(&request.clone().token(&token).with("X-Request-Id", &id));
            if answer.status == 200 {
                // The stream had begun: its last line is the error.
                let last: serde_json::Value = serde_json::from_str(answer.text().lines().last().unwrap()).unwrap();
                let error = &last["error"]["error"];
                assert_eq!((error["request_id"].as_str(), error["code"].as_str()), (Some(id.as_str()), Some("unexpected")), "{last}");
                assert!(!last.to_string().contains("SELECT"), "{last}");
            } else {
                assert_eq!(answer.status, 500, "{}", answer.text());
                expect_silent(&answer, &desk, &format!("{request:?}"));
            }
            server.wait_for_log(&[&id, "a request failed", "contacts"]);
        }
    }
}

/// A store that is away is nobody's fault who calls, and where it lies is nobody's business.
#[test]
fn g13_a_store_that_is_away_is_not_named() {
    for desk in both() {
        let token = desk.token(BOSS, &[]);
        let server = Server::start(&desk);
        match &desk.location {
            // Nothing was asked yet, so that there is no connection that would live on without the file.
            Location::Sqlite(path) => std::fs::rename(path, desk.path("elsewhere")).unwrap(),
            Location::Postgres { url, .. } => {
                server.call(&token, "account.whoami", &json!({})).output();
                crate::support::postgres::PgServer::shared().unwrap().remove(url);
            }
        }
        for request in [
            Request::op("account.whoami", &json!({})).token(&token),
            Request::op("account.update", &json!({ "name": "x", "limits": {} })).token(&token),
            Request::stream("account.export", &json!({})).token(&token),
            Request::op("account.whoami", &json!({})),
        ] {
            let answer = server.ask(&request);
            assert_eq!(answer.refusal(), (503, "store_away".into()), "{request:?} {}", answer.text());
            expect_silent(&answer, &desk, &format!("{request:?}"));
        }
        let metrics = server.ask(&Request::get("/metrics")).text();
        assert!(metrics.contains("deskctl_store_errors_total{code=\"store_away\"}"), "{metrics}");
        let ready = server.ask(&Request::get("/ready"));
        assert_eq!((ready.status, ready.text().as_str()), (503, "{\"status\":\"unready\"}"));
        assert_eq!(server.ask(&Request::get("/health")).status, 200);
    }
}
