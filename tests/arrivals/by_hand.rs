use deskctl::domain::conversation::{Direction, Status};
use deskctl::ops::conversations::{Assign, Close, Comment, List, Move, Receive, Reopen, Reply, Show, Spam};
use deskctl::ops::page::PageRequest;

use super::desk::{Desk, code, message, on_both_engines};

fn assign(id: i64, to: &str) -> Assign {
    Assign { conversations: vec![id], to: to.into() }
}

fn to(id: i64, place: &str) -> Move {
    Move { conversation: id, to: place.into(), assign: None, comment: None }
}

#[test]
fn h12_comments_are_internal_and_are_no_activity_towards_the_customer() {
    on_both_engines(|desk| {
        let id = desk.receive(message("desk@acme.example")).conversation;
        desk.run_as("anna", Comment { conversation: id, text: "ask the warehouse".into(), mention: vec![] }).unwrap();
        let shown = desk.conversation(id);
        assert_eq!(shown.messages[1].direction, Direction::Comment);
        assert_eq!((shown.messages[1].author.as_str(), shown.messages.len()), ("anna@acme.example", 2));
        assert_eq!(shown.last_message_at, shown.messages[0].sent_at);
        assert_eq!(code(desk.run_as("max", Comment { conversation: id, text: "x".into(), mention: vec![] })), "unknown_conversation");
    });
}

#[test]
fn the_signature_stands_below_what_goes_out() {
    let mut desk = Desk::embedded();
    let mut tx = desk.local.store.write().unwrap();
    let mut channel = deskctl::store::channels::by_id(&mut tx, 1).unwrap().unwrap();
    channel.settings.signature = Some("Acme <Support>".into());
    deskctl::store::channels::put(&mut tx, &channel).unwrap();
    tx.commit().unwrap();
    let id = desk.receive(message("mail@acme.example")).conversation;
    let html = Some(deskctl::ops::conversations::Html::Text(true));
    desk.run(Reply { conversation: id, text: "<p>Hi</p>".into(), html, ..Reply::default() }).unwrap();
    let body = desk.conversation(id).messages.pop().unwrap().body;
    assert_eq!(body.text, "Hi\n\nAcme <Support>");
    assert_eq!(body.html.as_deref(), Some("<p>Hi</p><p>Acme &lt;Support&gt;</p>"));
}

#[test]
fn h11_a_conversation_moves_into_the_help_desk_and_back_and_its_ticket_stays() {
    on_both_engines(|desk| {
        let id = desk.receive(message("mail@acme.example")).conversation;
        desk.run(assign(id, "max@acme.example")).unwrap();
        assert_eq!(code(desk.run_as("anna", to(id, "help-desk"))), "not_permitted", "H11: account access is needed");
        let moved = desk.run_as("ada", Move { comment: Some("a case for service".into()), ..to(id, "help-desk") }).unwrap();
        assert_eq!((moved.inbox.as_str(), moved.owner.as_deref()), ("Help desk", None), "max has no access");
        let ticket = desk.ticket(moved.ticket.expect("M11: a ticket is made"));
        assert!(ticket.row.in_help_desk && ticket.row.stage == "New" && ticket.row.owner.is_none());
        assert_eq!(desk.told(), Vec::<i64>::new(), "no arrival");
        assert_eq!(code(desk.run(assign(id, "max@acme.example"))), "no_help_desk_access");

        let back = desk.run(Move { assign: Some("anna@acme.example".into()), ..to(id, "Sales") }).unwrap();
        assert_eq!((back.inbox.as_str(), back.owner.as_deref()), ("Sales", Some("anna@acme.example")));
        assert!(desk.ticket(ticket.row.id).row.in_help_desk, "H11: the ticket stays in the help desk");
        let again = desk.run(to(id, "help-desk")).unwrap();
        assert_eq!(again.ticket, Some(ticket.row.id), "no second ticket");
        assert!(!desk.run(to(id, "help-desk")).unwrap().changed);

        let shown = desk.conversation(id);
        assert_eq!(shown.messages[1].body.text, "a case for service");
        let inboxes: Vec<_> = shown.history.iter().filter(|event| event.property == "inbox").map(|event| event.new.clone()).collect();
        assert_eq!(inboxes, ["Help desk", "Sales", "Help desk"].map(|name| Some(name.to_owned())));
    });
}

#[test]
fn h14_spam_marks_the_conversation_and_its_ticket() {
    on_both_engines(|desk| {
        let arrived = desk.receive(message("desk@acme.example"));
        let spam = |spam| Spam { conversations: vec![arrived.conversation], spam };
        desk.run(spam(true)).unwrap();
        assert!(desk.conversation(arrived.conversation).spam && desk.ticket(arrived.ticket.unwrap()).row.spam);
        let list = |spam| deskctl::ops::tickets::List { spam, limit: 50, ..Default::default() };
        assert_eq!(desk.run(list(false)).unwrap().items.len(), 0);
        assert_eq!(desk.run(list(true)).unwrap().items.len(), 1);
        desk.run(spam(false)).unwrap();
        assert!(!desk.conversation(arrived.conversation).spam && !desk.ticket(arrived.ticket.unwrap()).row.spam);
    });
}

#[test]
fn assigning_takes_the_ticket_and_its_team_along() {
    on_both_engines(|desk| {
        let arrived = desk.receive(message("desk@acme.example"));
        desk.run(assign(arrived.conversation, "olga@acme.example")).unwrap();
        let ticket = desk.ticket(arrived.ticket.unwrap());
        assert_eq!((ticket.row.owner.as_deref(), ticket.row.team.as_deref()), (Some("olga@acme.example"), Some("Sales")));
        desk.run(assign(arrived.conversation, "none")).unwrap();
        let ticket = desk.ticket(arrived.ticket.unwrap());
        assert_eq!((ticket.row.owner, ticket.row.team), (None, None));
        assert_eq!(
            ticket.history.iter().map(|event| event.event.property.as_str()).collect::<Vec<_>>(),
            ["created", "owner", "team", "owner", "team"]
        );
        assert_eq!(code(desk.run(assign(arrived.conversation, "olgaa@acme.example"))), "unknown_user");
    });
}

#[test]
fn h2_what_one_may_not_see_is_not_found() {
    on_both_engines(|desk| {
        let teams = desk.receive(message("desk@acme.example")).conversation;
        let sales = desk.receive(message("desk@acme.example")).conversation;
        let free = desk.receive(message("desk@acme.example")).conversation;
        let inbox = desk.receive(message("mail@acme.example")).conversation;
        desk.run(assign(teams, "anna@acme.example")).unwrap();
        desk.run(assign(sales, "olga@acme.example")).unwrap();
        let seen = |desk: &mut Desk, user: &str| -> Vec<i64> {
            let page = desk.run_as(user, List { page: PageRequest::default(), ..List::default() }).unwrap();
            page.items.into_iter().map(|row| row.id).collect()
        };
        assert_eq!(seen(desk, "boss"), [inbox, free, sales, teams]);
        assert_eq!(seen(desk, "tom"), [inbox, free, teams], "tom's team, and what nobody has");
        assert_eq!(seen(desk, "olga"), [sales], "olga's own only");
        assert_eq!(seen(desk, "max"), [inbox], "max has no access to the help desk");
        for (user, id) in [("tom", sales), ("olga", teams), ("olga", free), ("olga", inbox)] {
            assert_eq!(code(desk.run_as(user, Show { conversation: id })), "unknown_conversation", "{user} {id}");
            assert_eq!(code(desk.run_as(user, Close { conversations: vec![id] })), "unknown_conversation");
            assert_eq!(code(desk.run_as(user, Reply { conversation: id, text: "x".into(), ..Reply::default() })), "unknown_conversation");
            let named = Receive { conversation: Some(id), ..message("mail@acme.example") };
            assert_eq!(code(desk.run_as(user, named)), "unknown_conversation");
        }
        assert_eq!(code(desk.run_as("max", Show { conversation: free })), "unknown_conversation", "G13: as if it were not there");
        desk.run_as("max", Close { conversations: vec![inbox] }).unwrap();
        assert_eq!(code(desk.run(Close { conversations: vec![teams, 99] })), "unknown_conversation");
        assert_eq!(desk.conversation(teams).status, Status::Open, "all of them or none");
    });
}

#[test]
fn lists_are_filtered_and_paged() {
    on_both_engines(|desk| {
        let ids: Vec<i64> = (0..5).map(|_| desk.receive(message("contact-form")).conversation).collect();
        let other = desk.receive(message("mail@acme.example")).conversation;
        desk.run(Close { conversations: vec![ids[0]] }).unwrap();
        desk.run(assign(ids[1], "me")).unwrap();
        let found = |desk: &mut Desk, list: List| -> Vec<i64> { desk.run(list).unwrap().items.into_iter().map(|row| row.id).collect() };
        assert_eq!(found(desk, List { without_ticket: true, ..List::default() }), [other]);
        assert_eq!(found(desk, List { channel: Some("mail@acme.example".into()), ..List::default() }), [other]);
        assert_eq!(found(desk, List { status: Some(Status::Closed), inbox: Some("inbox".into()), ..List::default() }), [ids[0]]);
        assert_eq!(found(desk, List { owner: Some("me".into()), ..List::default() }), [ids[1]]);
        assert_eq!(found(desk, List { owner: Some("none".into()), spam: Some(true), ..List::default() }), Vec::<i64>::new());
        let first = desk.run(List { page: PageRequest { after: None, limit: 4 }, ..List::default() }).unwrap();
        assert_eq!((first.items.len(), first.next), (4, Some(ids[2])));
        let rest = desk.run(List { page: PageRequest { after: first.next, limit: 4 }, ..List::default() }).unwrap();
        assert_eq!((rest.items.len(), rest.next), (2, None));
        desk.run(Reopen { conversations: vec![ids[0]] }).unwrap();
        assert_eq!(desk.conversation(ids[0]).closed_at, None);
    });
}
