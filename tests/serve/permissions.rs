//! Who may do what over HTTP, for every operation and stream that there is (G12).

use deskctl::ops::capabilities::{ALL, STREAMS};
use serde_json::{Value, json};

use super::desk::{AGENT, BOSS, Desk, KEEPER, MEMBER, SELLER, Server, both};
use super::http::{Answer, Request};
use crate::support::snapshot::Snapshot;

/// Arguments with which a super admin would get it done, or very nearly.
pub(super) fn arguments(name: &str) -> Value {
    let page = json!({ "page": { "limit": 5 } });
    match name {
        "account.show"
        | "account.whoami"
        | "account.export"
        | "bots.conditions.list"
        | "migrations.list"
        | "migrations.status"
        | "migrations.report"
        | "migrations.resume"
        | "pipelines.list"
        | "store.info"
        | "teams.list"
        | "tokens.list"
        | "users.list"
        | "inboxes.list" => json!({}),
        "account.update" => json!({ "name": "Other", "limits": {} }),
        "audit.list" | "companies.list" | "contacts.list" | "outbox.list" => page,
        "bots.conditions.set" => json!({ "action": "juggle", "allowed": true, "why": "fun" }),
        "bots.conditions.remove" => json!({ "action": "book_meeting" }),
        "channels.list" => json!({ "movable": false }),
        "channels.show" | "channels.disconnect" => json!({ "channel": "2" }),
        "channels.connect" => json!({ "name": "New", "kind": "email", "address": "new@acme.example", "inbox": "Support" }),
        "channels.update" => json!({ "channel": "2", "name": "Other" }),
        "companies.show" | "companies.delete" => json!({ "company": "1" }),
        "companies.create" => json!({ "name": "New" }),
        "companies.update" => json!({ "company": "1", "name": "Other" }),
        "contacts.show" | "contacts.delete" => json!({ "contact": "1" }),
        "contacts.create" => json!({ "first_name": "New" }),
        "contacts.update" => json!({ "contact": "1", "first_name": "Other" }),
        "conversations.attachment" => json!({ "message": 1, "position": 1 }),
        "inboxes.show" => json!({ "inbox": "Support" }),
        "inboxes.create" => json!({ "name": "New", "kind": "inbox" }),
        "inboxes.update" => json!({ "inbox": "Sales", "name": "Other" }),
        "inboxes.delete" => json!({ "inbox": "Sales" }),
        "migrations.plan" => json!({ "channels": ["1"], "map": [], "full": false }),
        "migrations.start" => {
            json!({ "channels": ["1"], "history": "none", "map": [], "mute_notifications": false, "accept": [], "strict": false })
        }
        "migrations.timeline" | "migrations.unschedule" => json!({ "id": 1 }),
        "migrations.verify" => json!({ "verdicts": "all" }),
        "outbox.show" => json!({ "id": 1 }),
        "pipelines.show" | "pipelines.delete" => json!({ "pipeline": "1" }),
        "pipelines.create" => json!({ "name": "New", "stages": [{ "name": "A", "state": "OPEN" }, { "name": "B", "state": "CLOSED" }] }),
        "pipelines.update" => json!({ "pipeline": "1", "name": "Other" }),
        "pipelines.add_stage" => json!({ "pipeline": "1", "name": "New", "state": "OPEN" }),
        "pipelines.update_stage" => json!({ "pipeline": "1", "stage": "New", "name": "Other" }),
        "pipelines.remove_stage" => json!({ "pipeline": "1", "stage": "New" }),
        "sla.show" | "sla.hours.list" | "sla.clear" | "sla.due" | "sla.report" | "sla.breaches" => json!({}),
        "sla.set" => json!({ "first_response": "4h" }),
        "sla.backtest" => json!({ "change": { "first_response": "2h" } }),
        "sla.explain" => json!({ "ticket": 1 }),
        "sla.hours.show" => json!({ "name": "office" }),
        "sla.hours.add" | "sla.hours.remove" => json!({ "name": "office" }),
        "sla.hours.import" => json!({ "name": "office", "holidays": ["2026-12-25"] }),
        "sla.hours.set" => json!({ "name": "office", "zone": "Europe/Warsaw" }),
        "teams.show" | "teams.delete" => json!({ "team": "Sales" }),
        "teams.create" => json!({ "name": "New" }),
        "teams.update" => json!({ "team": "Sales", "name": "Other" }),
        "tickets.list" => json!({ "everywhere": true, "spam": false, "limit": 5 }),
        "tickets.search" => json!({ "text": "lamp" }),
        "tickets.show" => json!({ "ticket": 1 }),
        "tickets.create" => json!({ "name": "New", "stage": "New", "contacts": [], "outside": false }),
        "tickets.update" => json!({ "tickets": [1], "name": "Other" }),
        "tickets.delete" => json!({ "tickets": [1] }),
        "tokens.create" => json!({ "label": "new" }),
        "tokens.revoke" => json!({ "token": "1" }),
        "users.show" => json!({ "user": MEMBER }),
        "users.delete" => json!({ "user": "marta.lis@acme.example" }),
        "users.create" => json!({ "email": "new@acme.example", "name": "New" }),
        "users.update" => json!({ "user": MEMBER, "name": "Other" }),
        _ => of_tickets(name),
    }
}

/// The same for conversations, tickets and what belongs to them.
fn of_tickets(name: &str) -> Value {
    match name {
        "conversations.list" => json!({ "without_ticket": false, "limit": 5 }),
        "conversations.show" => json!({ "conversation": 1 }),
        "conversations.assign" => json!({ "conversations": [1], "to": "none" }),
        "conversations.close" | "conversations.reopen" => json!({ "conversations": [1] }),
        "conversations.spam" => json!({ "conversations": [1], "spam": true }),
        "conversations.comment" | "conversations.reply" => json!({ "conversation": 1, "text": "new" }),
        "conversations.start" => json!({ "ticket": 1, "channel": "1", "text": "new" }),
        "conversations.move" => json!({ "conversation": 1, "to": "help-desk" }),
        "conversations.receive" => json!({ "channel": "1", "from": "new@mail.example", "text": "new" }),
        "deals.list" => json!({ "page": { "limit": 5 } }),
        "deals.show" | "deals.delete" => json!({ "deal": "1" }),
        "deals.create" => json!({ "name": "New" }),
        "deals.update" => json!({ "deal": "1", "name": "Other" }),
        "properties.list" => json!({ "object": "ticket" }),
        "properties.show" | "properties.delete" => json!({ "property": "region" }),
        "properties.create" => json!({ "name": "new", "kind": "text" }),
        "properties.update" => json!({ "property": "region", "label": "Other" }),
        "tickets.list" => json!({ "everywhere": true, "spam": false, "limit": 5 }),
        "tickets.show" => json!({ "ticket": 1 }),
        "tickets.create" => json!({ "name": "New", "stage": "New", "contacts": [], "outside": false }),
        "tickets.update" => json!({ "tickets": [1], "name": "Other" }),
        "tickets.delete" | "tickets.follow" | "tickets.unfollow" | "tickets.restore" => json!({ "tickets": [1] }),
        "tickets.deleted" => json!({ "limit": 5 }),
        "tickets.history" => json!({ "ticket": 1, "limit": 5 }),
        "tickets.merge" => json!({ "into": 1, "tickets": [2] }),
        "views.list" => json!({}),
        "views.show" => json!({ "view": "All open" }),
        "views.run" => json!({ "view": "All open", "limit": 5 }),
        "views.count" | "views.explain" => json!({ "where": "open" }),
        "views.create" => json!({ "name": "New", "where": "open" }),
        "views.update" => json!({ "view": "1", "name": "Other" }),
        "views.delete" => json!({ "view": "1" }),
        _ => panic!("say here with which arguments {name} is called"),
    }
}

/// Something that can be asked for by name.
struct Thing {
    name: &'static str,
    writes: bool,
    permission: &'static str,
    is_stream: bool,
}

fn things() -> Vec<Thing> {
    let operations = ALL.iter().map(|it| Thing { name: it.operation, writes: it.writes, permission: it.needs.name(), is_stream: false });
    let streams = STREAMS.iter().map(|it| Thing { name: it.stream, writes: false, permission: it.needs.name(), is_stream: true });
    operations.chain(streams).collect()
}

impl Thing {
    fn request(&self) -> Request<'static> {
        let arguments = arguments(self.name);
        if self.is_stream { Request::stream(self.name, &arguments) } else { Request::op(self.name, &arguments) }
    }

    fn noun(&self) -> &str {
        self.name.split('.').next().unwrap()
    }

    fn scope(&self) -> String {
        format!("{}:{}", self.noun(), if self.writes { "write" } else { "read" })
    }
}

#[test]
fn g12_nothing_is_done_without_a_token_or_without_permission() {
    for desk in both() {
        let (boss, member) = (desk.token(BOSS, &[]), desk.token(MEMBER, &[]));
        let server = Server::start(&desk);
        server.call(&member, "account.whoami", &json!({})).output();
        let before = Snapshot::of(&desk.location);
        for thing in things() {
            let (name, request) = (thing.name, thing.request());
            // The address may fail ten times, and there are more operations than that.
            let stranger = server.ask(&request);
            assert!([401, 429].contains(&stranger.status), "{name}: {}", stranger.text());

            let rehearsed = server.ask(&request.clone().token(&boss).with("Deskctl-Dry-Run", "true"));
            let understood = ![400, 401, 403, 500].contains(&rehearsed.status);
            assert!(understood, "{name} cannot be tried with these arguments: {}", rehearsed.text());

            if thing.permission == "an active user" {
                continue;
            }
            let last = desk.last_audit();
            for request in [request.clone(), request.with("Deskctl-Dry-Run", "true")] {
                let refused = server.ask(&request.token(&member));
                assert_eq!(refused.refusal(), (403, "not_permitted".into()), "{name}: {}", refused.text());
                let error = refused.error();
                assert_eq!(error["details"]["permission"], thing.permission, "{name}");
                assert!(error["message"].as_str().unwrap().contains(thing.permission), "{name}: {error}");
                assert_eq!(error["exit"], 4);
            }
            let noted = (MEMBER.to_owned(), name.to_owned(), "not_permitted".to_owned(), None);
            assert_eq!(desk.audit(last), vec![noted; 2], "{name}");
        }
        assert_eq!(Snapshot::of(&desk.location).difference(&before), None, "refused and rehearsed, and yet it was done");
    }
}

#[test]
fn g12_a_token_does_nothing_beyond_its_scopes() {
    let desk = Desk::sqlite();
    let reading = desk.token(BOSS, &["read"]);
    let elsewhere = desk.token(BOSS, &["bots:write"]);
    let bots_elsewhere = desk.token(BOSS, &["teams:write"]);
    let server = Server::start(&desk);
    for token in [&reading, &elsewhere, &bots_elsewhere] {
        // So that it is known, and its use is noted.
        server.call(token, "no.such", &json!({}));
    }
    let before = Snapshot::of(&desk.location);
    for thing in things() {
        let last = desk.last_audit();
        let other = if thing.noun() == "bots" { &bots_elsewhere } else { &elsewhere };
        let mut refused = vec![server.ask(&thing.request().token(other))];
        if thing.writes {
            refused.push(server.ask(&thing.request().token(&reading)));
        } else {
            let read = server.ask(&thing.request().token(&reading));
            assert!([200, 404].contains(&read.status), "{}: {}", thing.name, read.text());
        }
        for answer in &refused {
            assert_eq!(answer.refusal(), (403, "scope_missing".into()), "{}", thing.name);
            assert_eq!(answer.error()["details"]["scope"], thing.scope());
        }
        let noted = (BOSS.to_owned(), thing.name.to_owned(), "scope_missing".to_owned(), None);
        assert_eq!(desk.audit(last), vec![noted; refused.len()], "{}", thing.name);
    }
    assert_eq!(Snapshot::of(&desk.location).difference(&before), None, "refused, and yet it was done");
}

/// A scope for one noun is enough for it, and to write is to read.
#[test]
fn g12_a_scope_for_a_noun_is_enough_for_it() {
    let desk = Desk::sqlite();
    let tickets = desk.token(BOSS, &["tickets:write"]);
    let server = Server::start(&desk);
    server.call(&tickets, "tickets.show", &json!({ "ticket": 1 })).output();
    server.call(&tickets, "tickets.update", &json!({ "tickets": [1], "name": "Other" })).output();
    assert_eq!(server.call(&tickets, "contacts.show", &json!({ "contact": "1" })).status, 403);
    // A key does not lead to what was done under it with another token.
    let contacts = desk.token(BOSS, &["contacts:write"]);
    let create = Request::op("contacts.create", &json!({ "first_name": "Jan" })).key("k");
    server.ask(&create.clone().token(&contacts)).output();
    assert_eq!(server.ask(&create.clone().token(&tickets)).status, 403);
    // And nobody gets the answer that somebody else was given under the same key.
    let agent = desk.token(AGENT, &[]);
    let other = server.ask(&create.clone().token(&agent)).output();
    assert_ne!(other["id"], server.ask(&create.token(&contacts)).output()["id"]);
}

/// What it needs is seen from what is changed, and whose it is from who calls (H7).
#[test]
fn h7_g12_the_own_availability_is_everyones_and_nothing_else_is() {
    let desk = Desk::sqlite();
    let (member, reading) = (desk.token(MEMBER, &[]), desk.token(MEMBER, &["read"]));
    let server = Server::start(&desk);
    let away = json!({ "user": MEMBER, "availability": "away" });
    assert_eq!(server.call(&reading, "users.update", &away).refusal(), (403, "scope_missing".into()));
    assert_eq!(server.call(&member, "users.update", &away).output()["availability"], "away");
    for more in [json!({ "hours": "" }), json!({ "role": "super_admin" }), json!({ "user": AGENT }), json!({ "availability": null })] {
        let mut asked = away.clone();
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(server.call(&member, "users.update", &asked).refusal(), (403, "not_permitted".into()), "{asked}");
    }
}

/// Who asks for what there is, but not for them, and for what there is not.
struct Hidden {
    user: &'static str,
    operation: &'static str,
    hidden: i64,
    absent: i64,
    arguments: fn(i64) -> Value,
}

/// The answer without the id that was asked for, which its message quotes.
fn without_id(answer: &Answer, id: i64) -> String {
    let message = answer.error()["message"].to_string();
    answer.without_its_own().replace(&message, &message.replace(&id.to_string(), "ID"))
}

#[test]
fn g12_g13_what_one_may_not_see_is_as_if_it_were_not_there() {
    for desk in both() {
        let server = Server::start(&desk);
        let boss = desk.token(BOSS, &[]);
        // One in the help desk, for those without access to it; and a message with a file.
        let moved = json!({ "conversation": 7, "to": "help-desk" });
        server.call(&boss, "conversations.move", &moved).output();
        let file = json!([{ "name": "a.txt", "content_type": "text/plain", "content_base64": "YQ==" }]);
        let received = json!({ "channel": "1", "from": "x@mail.example", "text": "x", "conversation": 7, "attachments": file });
        let message = server.call(&boss, "conversations.receive", &received).output()["message"].as_i64().unwrap();
        let ticket = desk.count("SELECT min(id) FROM tickets WHERE owner_id = 3");
        let talk = desk.count(
            "SELECT min(c.id) FROM conversations c JOIN conversation_tickets l ON l.conversation_id = c.id JOIN tickets t ON t.id = l.ticket_id \
             WHERE t.owner_id = 3",
        );
        desk.write(|tx| {
            let notice = deskctl::store::outbox::Notice {
                id: 0,
                at: deskctl::domain::time::Time(0),
                kind: deskctl::store::outbox::NoticeKind::NewTicket,
                user_id: 3,
                text: "New".into(),
                state: deskctl::store::outbox::OutboxState::Pending,
                run_id: None,
                ticket_id: None,
            };
            deskctl::store::outbox::put(tx, vec![notice])
        });
        let notice = desk.count("SELECT min(id) FROM outbox WHERE user_id = 3");
        let token_id = desk.count("SELECT min(id) FROM tokens");
        let of = |user, operation, hidden, arguments| Hidden { user, operation, hidden, absent: 987_654, arguments };
        let cases = [
            of(SELLER, "tickets.show", ticket, |id| json!({ "ticket": id })),
            of(SELLER, "tickets.update", ticket, |id| json!({ "tickets": [id], "name": "x" })),
            of(SELLER, "tickets.history", ticket, |id| json!({ "ticket": id })),
            of(SELLER, "tickets.follow", ticket, |id| json!({ "tickets": [id] })),
            of(SELLER, "tickets.unfollow", ticket, |id| json!({ "tickets": [id] })),
            of(SELLER, "tickets.merge", ticket, |id| json!({ "into": id, "tickets": [987_653] })),
            of(SELLER, "conversations.start", ticket, |id| json!({ "ticket": id, "channel": "1", "text": "x" })),
            of(SELLER, "conversations.show", talk, |id| json!({ "conversation": id })),
            of(SELLER, "conversations.assign", talk, |id| json!({ "conversations": [id], "to": "me" })),
            of(SELLER, "conversations.close", talk, |id| json!({ "conversations": [id] })),
            of(SELLER, "conversations.reopen", talk, |id| json!({ "conversations": [id] })),
            of(SELLER, "conversations.spam", talk, |id| json!({ "conversations": [id], "spam": true })),
            of(SELLER, "conversations.comment", talk, |id| json!({ "conversation": id, "text": "x" })),
            of(SELLER, "conversations.reply", talk, |id| json!({ "conversation": id, "text": "x" })),
            of(
                SELLER,
                "conversations.receive",
                talk,
                |id| json!({ "channel": "1", "from": "x@y.example", "text": "x", "conversation": id }),
            ),
            of(SELLER, "outbox.show", notice, |id| json!({ "id": id })),
            of(SELLER, "tokens.revoke", token_id, |id| json!({ "token": id.to_string() })),
            of(MEMBER, "conversations.show", 7, |id| json!({ "conversation": id })),
            of(MEMBER, "conversations.close", 7, |id| json!({ "conversations": [id] })),
            of(MEMBER, "conversations.comment", 7, |id| json!({ "conversation": id, "text": "x" })),
            of(MEMBER, "conversations.attachment", message, |id| json!({ "message": id, "position": 1 })),
            of(KEEPER, "conversations.move", 7, |id| json!({ "conversation": id, "to": "Support" })),
            of(KEEPER, "conversations.receive", 7, |id| json!({ "channel": "1", "from": "x@y.example", "text": "x", "conversation": id })),
        ];
        let tokens = [SELLER, MEMBER, KEEPER].map(|user| (user, desk.token(user, &[])));
        let before = Snapshot::of(&desk.location);
        for Hidden { user, operation, hidden, absent, arguments } in cases {
            let token = &tokens.iter().find(|(known, _)| *known == user).unwrap().1;
            let is_stream = STREAMS.iter().any(|stream| stream.stream == operation);
            let ask = |id: i64| {
                let arguments = arguments(id);
                let request = if is_stream { Request::stream(operation, &arguments) } else { Request::op(operation, &arguments) };
                server.ask(&request.token(token))
            };
            let (is_hidden, is_absent) = (ask(hidden), ask(absent));
            assert_eq!(is_hidden.status, 404, "{user} {operation}: {}", is_hidden.text());
            assert_eq!(without_id(&is_hidden, hidden), without_id(&is_absent, absent), "{user} {operation} {hidden}");
        }
        assert_eq!(Snapshot::of(&desk.location).difference(&before), None);
        // What is seen is seen: the same people, at something of theirs.
        let own = desk.count("SELECT min(id) FROM tickets WHERE owner_id = 7");
        server.call(&tokens[0].1, "tickets.show", &json!({ "ticket": own })).output();
    }
}
