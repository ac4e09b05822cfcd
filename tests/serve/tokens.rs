//! Tokens from their making to their end.

use std::time::Duration;

use deskctl::domain::time::Time;
use serde_json::{Value, json};

use super::desk::{AGENT, BOSS, Desk, MEMBER, Server, both, succeeded, wait_until};
use super::http::Request;

fn whoami() -> Request<'static> {
    Request::op("account.whoami", &json!({}))
}

fn name_of(token: &str) -> &str {
    &token[4..20]
}

fn now() -> Time {
    deskctl::clock::Clock::System.now()
}

#[test]
fn a_token_expires_while_it_is_used() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let token = desk.token_until(BOSS, &[], Some(now().plus_ms(1_500)));
    let mut client = server.client();
    assert_eq!(client.ask(&whoami().token(&token)).unwrap().status, 200);
    std::thread::sleep(Duration::from_millis(1_600));
    for request in [whoami(), Request::stream("account.export", &json!({})), Request::post("/deskctl/v1/doctor", &json!({}))] {
        let refused = client.ask(&request.token(&token)).unwrap();
        assert_eq!(refused.refusal(), (401, "not_authenticated".into()));
        assert!(refused.text().contains("expired"), "{}", refused.text());
    }
    let boss = desk.token(BOSS, &[]);
    let past = json!({ "expires_at": now().plus_ms(-1_000) });
    assert_eq!(server.call(&boss, "tokens.create", &past).refusal(), (400, "already_expired".into()));
    let listed = server.call(&boss, "tokens.list", &json!({})).output();
    assert_eq!(listed.as_array().unwrap().len(), 1, "expired ones are shown only when asked for");
    let all = server.call(&boss, "tokens.list", &json!({ "all": true })).output();
    assert_eq!((all.as_array().unwrap().len(), &all[0]["state"]), (2, &json!("expired")));
}

#[test]
fn revoking_and_deactivating_hold_at_once_on_every_server() {
    for desk in both() {
        let (boss, agent, other) = (desk.token(BOSS, &[]), desk.token(AGENT, &[]), desk.token(AGENT, &[]));
        let servers = [Server::start(&desk), Server::start(&desk)];
        let mut clients = [servers[0].client(), servers[1].client()];
        for client in &mut clients {
            for token in [&agent, &other] {
                assert_eq!(client.ask(&whoami().token(token)).unwrap().status, 200);
            }
        }
        let revoked = servers[0].call(&boss, "tokens.revoke", &json!({ "token": name_of(&agent) })).output();
        assert_eq!(revoked["state"], "revoked");
        for client in &mut clients {
            let refused = client.ask(&whoami().token(&agent)).unwrap();
            assert!(refused.status == 401 && refused.text().contains("revoked"), "{}", refused.text());
            assert_eq!(client.ask(&whoami().token(&other)).unwrap().status, 200);
        }
        servers[1].call(&boss, "users.update", &json!({ "user": AGENT, "active": false })).output();
        for client in &mut clients {
            let refused = client.ask(&whoami().token(&other)).unwrap();
            assert!(refused.status == 401 && refused.text().contains("not active"), "{}", refused.text());
        }
        assert_eq!(servers[0].call(&boss, "tokens.create", &json!({ "user": AGENT })).refusal(), (409, "inactive_user".into()));
        servers[0].call(&boss, "users.update", &json!({ "user": AGENT, "active": true })).output();
        assert_eq!(clients[1].ask(&whoami().token(&other)).unwrap().status, 200, "active again, and so is the token");
        // A permission that is taken away is gone with the next call.
        servers[0].call(&boss, "users.update", &json!({ "user": MEMBER, "role": "super_admin" })).output();
        let admin = desk.token(MEMBER, &[]);
        assert_eq!(servers[1].call(&admin, "audit.list", &json!({ "page": { "limit": 1 } })).status, 200);
        servers[0].call(&boss, "users.update", &json!({ "user": MEMBER, "role": "member" })).output();
        assert_eq!(servers[1].call(&admin, "audit.list", &json!({ "page": { "limit": 1 } })).status, 403);
    }
}

#[test]
fn a_token_hands_on_no_more_than_it_has() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let narrow = desk.token(BOSS, &["tickets:write", "tokens:write", "contacts:read"]);
    let create = |token: &str, arguments: Value| server.call(token, "tokens.create", &arguments);
    let missing = (403, "scope_missing".to_owned());
    for scopes in [json!([]), json!(["read"]), json!(["write"]), json!(["contacts:write"]), json!(["tickets:read", "impersonate"])] {
        assert_eq!(create(&narrow, json!({ "scopes": scopes })).refusal(), missing, "{scopes}");
    }
    let handed = create(&narrow, json!({ "scopes": ["tickets:read", "tickets:write", "contacts:read"] })).output();
    assert_eq!(handed["scopes"], json!(["contacts:read", "tickets:read", "tickets:write"]));
    let token = handed["token"].as_str().unwrap();
    server.call(token, "tickets.show", &json!({ "ticket": 1 })).output();
    assert_eq!(create(token, json!({ "scopes": ["tickets:read"] })).refusal(), missing, "it has no scope for tokens itself");

    let wide = desk.token(BOSS, &["write"]);
    assert_eq!(create(&wide, json!({ "scopes": ["impersonate"] })).refusal(), missing);
    create(&wide, json!({ "user": AGENT, "scopes": ["read"] })).output();
    let unknown = create(&wide, json!({ "scopes": ["ticket:read"] }));
    assert_eq!(unknown.refusal(), (400, "unknown_scope".into()));
    assert!(unknown.text().contains("tickets"), "{}", unknown.text());
    assert_eq!(create(&wide, json!({ "scopes": ["everything"] })).refusal(), (400, "bad_arguments".into()));

    let agent = desk.token(AGENT, &[]);
    assert_eq!(create(&agent, json!({ "user": BOSS })).refusal(), (403, "not_permitted".into()));
    let boss = desk.token(BOSS, &["write", "impersonate"]);
    let others = create(&boss, json!({ "user": AGENT, "scopes": ["impersonate"] }));
    assert_eq!(others.refusal(), (409, "impersonate_needs_super_admin".into()));
}

#[test]
fn super_admins_with_the_scope_act_as_others_and_the_audit_names_both() {
    for desk in both() {
        let server = Server::start(&desk);
        let (plain, acting) = (desk.token(BOSS, &[]), desk.token(BOSS, &["write", "impersonate"]));
        let as_user = |token: &str, user: &str, operation: &str, arguments: Value| {
            server.ask(&Request::op(operation, &arguments).token(token).with("Deskctl-As", user))
        };
        assert_eq!(as_user(&plain, AGENT, "account.whoami", json!({})).refusal(), (403, "scope_missing".into()));
        assert_eq!(as_user(&plain, BOSS, "account.whoami", json!({})).output()["email"], BOSS, "being oneself needs nothing");
        assert_eq!(as_user(&acting, AGENT, "account.whoami", json!({})).output()["email"], AGENT);
        let last = desk.last_audit();
        as_user(&acting, AGENT, "tickets.update", json!({ "tickets": [1], "name": "Other" })).output();
        let refused = as_user(&acting, MEMBER, "users.update", json!({ "user": MEMBER, "name": "x" }));
        assert_eq!(refused.refusal(), (403, "not_permitted".into()));
        assert!(refused.text().contains(MEMBER), "the permissions are those of whom one acts as: {}", refused.text());
        for nobody in ["sanna.laine@acme.example", "nobody@acme.example"] {
            assert_eq!(as_user(&acting, nobody, "account.show", json!({})).refusal(), (403, "unknown_user".into()));
        }
        let both_names =
            |operation: &str, outcome: &str, user: &str| (BOSS.into(), operation.into(), outcome.into(), Some(user.to_owned()));
        let expected: [(String, String, String, Option<String>); 4] = [
            both_names("tickets.update", "done", AGENT),
            both_names("users.update", "not_permitted", MEMBER),
            both_names("account.show", "unknown_user", "sanna.laine@acme.example"),
            // One record for both, with the first one's name.
            both_names("account.show", "unknown_user", "sanna.laine@acme.example"),
        ];
        assert_eq!(desk.audit(last), expected);

        // The command line says it by --as.
        let asked = desk.command_at(&server.url, &["whoami", "--as", AGENT, "-o", "json"]).env("DESKCTL_TOKEN", &acting).output().unwrap();
        assert!(succeeded(asked).contains(AGENT));

        // Whoever is a super admin no more acts as nobody, whatever the token says.
        desk.done(&["users", "update", MEMBER, "--role", "super_admin"]);
        desk.done(&["users", "update", BOSS, "--role", "member"]);
        for user in [AGENT, "nobody@acme.example"] {
            assert_eq!(as_user(&acting, user, "account.show", json!({})).refusal(), (403, "not_permitted".into()), "{user}");
        }
    }
}

#[test]
fn everyone_sees_and_revokes_the_own_tokens_and_super_admins_all() {
    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let (boss, agent) = (desk.token(BOSS, &[]), desk.token(AGENT, &[]));
    let users = |token: &str| {
        let listed = server.call(token, "tokens.list", &json!({ "all": true }));
        let text = listed.text();
        assert!(!text.contains("hash") && !text.contains(&boss[21..]) && !text.contains(&agent[21..]), "{text}");
        listed.output().as_array().unwrap().iter().map(|row| row["user"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(users(&boss), [BOSS, AGENT]);
    assert_eq!(users(&agent), [AGENT]);
    let revoke = |token: &str, which: &str| server.call(token, "tokens.revoke", &json!({ "token": which }));
    for which in [name_of(&boss), "1"] {
        assert_eq!(revoke(&agent, which).refusal(), (404, "unknown_token".into()), "{which}");
    }
    let mine = server.call(&agent, "tokens.create", &json!({ "label": "mine" })).output();
    let text = mine["token"].as_str().unwrap();
    assert_eq!(revoke(&agent, text).output()["state"], "revoked", "a whole token that turned up somewhere is one to revoke");
    assert_eq!(server.call(text, "account.whoami", &json!({})).status, 401);
    let revoked_at = revoke(&boss, name_of(text)).output()["revoked_at"].clone();
    assert_eq!(revoke(&boss, name_of(text)).output()["revoked_at"], revoked_at, "once is enough");
    revoke(&agent, name_of(&agent)).output();
    assert_eq!(server.call(&agent, "account.whoami", &json!({})).status, 401, "also the one that it came with");
    assert_eq!(server.call(&boss, "account.whoami", &json!({})).status, 200);
}

#[test]
fn the_last_use_of_a_token_is_noted() {
    let desk = Desk::sqlite();
    let token = desk.token(BOSS, &[]);
    let server = Server::start(&desk);
    let used = || desk.count("SELECT count(*) FROM tokens WHERE last_used_at IS NOT NULL") == 1;
    assert!(!used());
    server.call(&token, "account.whoami", &json!({})).output();
    wait_until("the use of the token to be noted", used);
    // The answer itself does not wait for it, and a rehearsal is a use too.
    let row = server.call(&token, "tokens.list", &json!({})).output()[0].clone();
    assert!(row["last_used_at"].is_string());
}

/// A token made with a token ends with it, however long the chain.
#[test]
fn g1_a_token_ends_with_the_one_that_it_was_made_with() {
    for desk in both() {
        let server = Server::start(&desk);
        let made = |with: &str, arguments: Value| {
            let made = server.call(with, "tokens.create", &arguments).output();
            (made["token"].as_str().unwrap().to_owned(), made)
        };
        let last = now().plus_ms(60_000);
        let first = desk.token_until(BOSS, &[], Some(last));
        let (second, told) = made(&first, json!({}));
        assert_eq!((&told["expires_at"], told["made_with"].is_i64()), (&json!(last), true));
        let (third, told) = made(&second, json!({ "user": AGENT, "expires_in_seconds": 3_600 }));
        assert_eq!((&told["expires_at"], &told["user"]), (&json!(last), &json!(AGENT)));
        let (short, told) = made(&second, json!({ "expires_in_seconds": 30 }));
        assert!(told["expires_at"].as_str().unwrap() < json!(last).as_str().unwrap(), "{told}");
        let said = server.call(&first, "tokens.create", &json!({ "expires_in_seconds": 3_600 })).json()["notices"].to_string();
        assert!(said.contains("with the one that it was made with"), "{said}");
        // One that was made on the store itself has no such end.
        let own = desk.token(AGENT, &[]);
        let (endless, told) = made(&own, json!({}));
        assert_eq!(told["expires_at"], Value::Null);

        let revoked = server.call(&own, "tokens.revoke", &json!({ "token": name_of(&own) }));
        assert!(revoked.text().contains("1 token made with it"), "{}", revoked.text());
        for (token, status) in [(&own, 401), (&endless, 401), (&first, 200), (&third, 200)] {
            assert_eq!(server.ask(&whoami().token(token)).status, status);
        }
        server.call(&first, "tokens.revoke", &json!({ "token": name_of(&first) })).output();
        for token in [&first, &second, &third, &short] {
            assert_eq!(server.ask(&whoami().token(token)).status, 401, "{}", name_of(token));
        }
    }
}

#[test]
fn g1_what_a_removed_user_made_ends_with_them() {
    for desk in both() {
        let server = Server::start(&desk);
        desk.done(&["users", "create", "new@acme.example", "--name", "New", "--role", "super_admin"]);
        let new = desk.token("new@acme.example", &[]);
        let made = server.call(&new, "tokens.create", &json!({ "user": MEMBER })).output();
        let token = made["token"].as_str().unwrap();
        assert_eq!(server.ask(&whoami().token(token)).status, 200);
        desk.done(&["users", "delete", "new@acme.example", "--yes"]);
        assert_eq!(server.ask(&whoami().token(token)).status, 401);
    }
}

/// No other process of the same user may read the server's memory, and no core file keeps it (G17).
#[cfg(target_os = "linux")]
#[test]
fn g17_the_memory_of_a_server_is_its_own() {
    use std::os::unix::fs::MetadataExt;

    let desk = Desk::sqlite();
    let server = Server::start(&desk);
    let process = format!("/proc/{}", server.pid().as_raw_pid());
    let limits = std::fs::read_to_string(format!("{process}/limits")).unwrap();
    let core: Vec<&str> = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap().split_whitespace().collect();
    assert_eq!(core[4..6], ["0", "0"], "{limits}");
    // What belongs to a process that may not be dumped belongs to root.
    assert_eq!(std::fs::metadata(format!("{process}/mem")).unwrap().uid(), 0);
}
