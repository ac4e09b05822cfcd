//! What a server keeps of a secret: nothing (G1, G2).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use deskctl::store::{Location, schema};
use serde_json::json;

use super::desk::{BOSS, Desk, Server, both, succeeded};
use super::http::Request;

/// All that the desk's folder holds, and all rows of a PostgreSQL store as text.
fn kept(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    if let Location::Postgres { url, .. } = &desk.location {
        let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
        for table in schema::tables() {
            let rows = client.query(&format!("SELECT t::text FROM {table} t"), &[]).unwrap();
            let text: String = rows.iter().map(|row| row.get::<_, String>(0) + "\n").collect();
            found.push((table.to_owned(), text.into_bytes()));
        }
    }
    found
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Every form in which a secret might be written down.
fn forms(token: &str) -> Vec<Vec<u8>> {
    let secret = token.rsplit_once('_').unwrap().1;
    // The name is 16 characters after the prefix; the secret may hold underscores itself.
    let secret = if secret.len() == 43 { secret } else { &token[21..] };
    let raw = URL_SAFE_NO_PAD.decode(secret).unwrap();
    let hex: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
    vec![secret.as_bytes().to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes(), raw]
}

#[test]
fn g2_a_store_and_a_log_hold_no_token() {
    for desk in both() {
        let server = Server::start(&desk);
        let boss = desk.token(BOSS, &["read", "write", "impersonate"]);
        let create = Request::op("tokens.create", &json!({ "user": BOSS, "label": "kept" })).token(&boss).key("once");
        let made = server.ask(&create).output();
        let minted = made["token"].as_str().unwrap().to_owned();
        let again = server.ask(&create).output();
        assert!(again.get("token").is_none_or(serde_json::Value::is_null), "the text is kept nowhere: {again}");
        assert_eq!(again["id"], made["id"], "the first answer otherwise");

        // Wherever someone might put it by mistake.
        let wrong = format!("dsk_{}_{}AA", "0".repeat(16), &minted[21..62]);
        for request in [
            Request::op("account.show", &json!({})).token(&minted),
            Request::op("account.show", &json!({})).token(&minted).with("X-Request-Id", &minted),
            Request::op("account.show", &json!({})).token(&wrong),
            Request::op("tokens.revoke", &json!({ "token": wrong })).token(&minted),
            Request::op("account.show", &json!({ "token": minted })).token(&minted),
            Request::op(&minted, &json!({})).token(&minted),
            Request::op("account.update", &json!({ "name": "Acme" })).token(&boss).with("Deskctl-As", &minted),
            Request::op("account.update", &json!({ "name": "Acme" })).token(&boss).key(&minted),
            Request::op("account.update", &json!({ "name": "Acme 2" })).token(&boss).key(&minted),
            Request::op("account.update", &json!({ "limits": { minted.as_str(): 1 } })).token(&boss),
            Request::get(&format!("/health?token={minted}")),
            Request::get(&format!("/{minted}")).token(&minted),
            Request::get("/health").without("Host").with("Host", &minted),
        ] {
            let answer = server.ask(&request);
            assert_ne!(answer.status, 500, "{}", answer.text());
            // An error may quote what was typed, to whoever typed it.
        }
        let client = desk.command_at(&server.url, &["tokens", "list", "-o", "json"]).env("DESKCTL_TOKEN", &minted).output().unwrap();
        assert!(!succeeded(client).contains(&minted[21..]));
        let (status, log) = server.stop();
        assert!(status.success());
        assert!(log.contains(&minted[4..20]), "the log names the token");
        for token in [&boss, &minted, &wrong] {
            for form in forms(token) {
                for (place, bytes) in kept(&desk) {
                    assert!(!holds(&bytes, &form), "{place} holds a secret");
                }
                assert!(!holds(log.as_bytes(), &form), "the log holds a secret:\n{log}");
            }
        }
    }
}

/// While the server runs, its write-ahead log is full of what it has just written.
#[test]
fn g2_the_write_ahead_log_holds_no_token() {
    let desk = Desk::sqlite();
    let mut server = Server::start(&desk);
    let boss = desk.token(BOSS, &[]);
    let made = server.ask(&Request::op("tokens.create", &json!({})).token(&boss).key("k")).output();
    let minted = made["token"].as_str().unwrap();
    server.kill();
    let files = kept(&desk);
    assert!(files.iter().any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty()));
    for (place, bytes) in files {
        assert!(forms(minted).iter().all(|form| !holds(&bytes, form)), "{place} holds a secret");
    }
}
