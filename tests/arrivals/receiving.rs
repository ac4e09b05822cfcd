use deskctl::domain::conversation::{Direction, Status};
use deskctl::domain::ticket::Source;
use deskctl::ops::conversations::{Close, File, Html, Receive};

use super::desk::{Desk, code, message, on_both_engines, time};

#[test]
fn a1_an_inbox_makes_tickets_only_where_its_channel_says_so() {
    on_both_engines(|desk| {
        let off = desk.receive(message("mail@acme.example"));
        assert!(off.new_conversation && off.ticket.is_none() && !off.in_help_desk && !off.duplicate && !off.reopened);
        let on = desk.receive(Receive { subject: Some("Broken lamp".into()), ..message("contact-form") });
        let ticket = desk.ticket(on.ticket.expect("A1: switched on"));
        assert_eq!((ticket.row.name.as_str(), ticket.row.stage.as_str()), ("Broken lamp", "Waiting"));
        assert_eq!((ticket.row.source, ticket.row.in_help_desk, ticket.row.owner), (Some(Source::Form), false, None));
        assert_eq!(desk.told(), Vec::<i64>::new(), "what is not in the help desk is not announced");
    });
}

#[test]
fn m11_a_help_desk_channel_always_makes_a_ticket_and_m9_tells_agents_singly() {
    on_both_engines(|desk| {
        let at = time("2026-01-05T08:30:00+01:00");
        let arrived = desk.receive(Receive { at: Some(at.into()), ..message("DESK@acme.example") });
        assert!(arrived.in_help_desk);
        let ticket = desk.ticket(arrived.ticket.expect("M11: although ticket creation is off"));
        assert_eq!((ticket.row.name.as_str(), ticket.row.stage.as_str()), ("Conversation with Jan Kowalski", "New"));
        assert_eq!((ticket.row.created_at, ticket.row.last_activity_at, ticket.row.closed_at), (at, at, None));
        assert!(ticket.row.open && ticket.row.in_help_desk && ticket.row.contact.as_deref() == Some("Jan Kowalski"));
        assert_eq!(ticket.history[0].event.property, "created");
        assert_eq!(ticket.conversations[0].id, arrived.conversation);
        assert_eq!(desk.told(), [1, 2, 3, 6], "H2: those with access who see unassigned tickets");
        desk.receive(message("chat"));
        assert_eq!(desk.told(), [1, 2, 2, 3, 6], "H8: routed to anna; max is named too, but has no access");
    });
}

#[test]
fn m14_a_known_thread_continues_its_conversation() {
    on_both_engines(|desk| {
        let thread = |text: &str, at: &str| Receive {
            thread: Some("t-1".into()),
            text: text.into(),
            at: Some(time(at).into()),
            ..message("desk@acme.example")
        };
        let first = desk.receive(thread("one", "2026-01-05T10:00:00Z"));
        let second = desk.receive(thread("two", "2026-01-06T10:00:00Z"));
        assert_eq!((second.conversation, second.ticket, second.new_conversation), (first.conversation, first.ticket, false));
        let late = desk.receive(thread("between", "2026-01-05T12:00:00Z"));
        assert_eq!(late.conversation, first.conversation);
        let shown = desk.conversation(first.conversation);
        assert_eq!(shown.messages.len(), 3);
        assert_eq!(shown.last_message_at, time("2026-01-06T10:00:00Z"));
        assert_eq!(desk.ticket(first.ticket.unwrap()).row.last_activity_at, time("2026-01-06T10:00:00Z"));
        assert_eq!((desk.count("tickets"), desk.count("contacts")), (1, 1));
        let elsewhere = desk.receive(Receive { thread: Some("t-1".into()), ..message("chat") });
        assert!(elsewhere.new_conversation, "a thread key belongs to its channel");
    });
}

#[test]
fn a_mail_that_refers_to_a_known_one_continues_its_conversation() {
    on_both_engines(|desk| {
        let first = desk.receive(Receive { message_id: Some("<a@example.com>".into()), ..message("mail@acme.example") });
        let references = vec!["<unknown@example.com>".into(), "<a@example.com>".into()];
        let second = desk.receive(Receive { references: references.clone(), ..message("mail@acme.example") });
        assert_eq!(second.conversation, first.conversation);
        // Our own answer has a Message-ID that the customer's next mail names.
        desk.reply(first.conversation, None);
        let ours = desk.conversation(first.conversation).messages.pop().unwrap();
        assert_eq!((ours.direction, ours.body.references), (Direction::Outgoing, vec!["<a@example.com>".to_owned()]));
        let third = desk.receive(Receive { in_reply_to: ours.body.message_id, ..message("mail@acme.example") });
        assert_eq!(third.conversation, first.conversation);
        let elsewhere = desk.receive(Receive { references, ..message("desk@acme.example") });
        assert!(elsewhere.new_conversation, "the mail is known on another channel only");
    });
}

#[test]
fn the_same_external_id_on_a_channel_is_the_same_message() {
    on_both_engines(|desk| {
        let one = || Receive { external_id: Some("x-1".into()), ..message("desk@acme.example") };
        let first = desk.receive(one());
        let again = desk.receive(one());
        assert!(again.duplicate && !again.new_conversation);
        assert_eq!((again.conversation, again.message, again.ticket), (first.conversation, first.message, first.ticket));
        assert_eq!((desk.count("messages"), desk.count("tickets"), desk.count("outbox")), (1, 1, 4));
        let elsewhere = desk.receive(Receive { external_id: Some("x-1".into()), ..message("mail@acme.example") });
        assert!(!elsewhere.duplicate);
    });
}

#[test]
fn a_closed_conversation_reopens_and_history_says_so() {
    on_both_engines(|desk| {
        let thread = || Receive { thread: Some("t".into()), ..message("contact-form") };
        let first = desk.receive(thread());
        let closed = desk.run(Close { conversations: vec![first.conversation] }).unwrap();
        assert_eq!((closed[0].status, closed[0].changed), (Status::Closed, true));
        assert!(!desk.run(Close { conversations: vec![first.conversation] }).unwrap()[0].changed);
        let again = desk.receive(thread());
        assert!(again.reopened);
        let shown = desk.conversation(first.conversation);
        assert_eq!((shown.status, shown.closed_at), (Status::Open, None));
        let noted: Vec<&str> = shown.history.iter().map(|event| event.property.as_str()).collect();
        assert_eq!(noted, ["ticket", "status", "closed_at", "status", "closed_at"]);
        assert_eq!(shown.history[3].new.as_deref(), Some("OPEN"));
    });
}

#[test]
fn m21_the_newest_channel_by_time_counts() {
    on_both_engines(|desk| {
        let at = |text: &str| Some(time(text));
        let first = desk.receive(Receive { at: at("2026-01-05T10:00:00Z").map(Into::into), ..message("mail@acme.example") });
        let id = first.conversation;
        let on = |channel: &str, when: &str| Receive { conversation: Some(id), at: at(when).map(Into::into), ..message(channel) };
        desk.receive(on("contact-form", "2026-01-07T10:00:00Z"));
        assert_eq!(desk.conversation(id).channel, "contact-form");
        // Stored last, but from before: it was there once, and the newest one stays.
        let late = desk.receive(on("chat", "2026-01-06T10:00:00Z"));
        assert!(!late.in_help_desk && late.ticket.is_none(), "it does not join the help desk's channel");
        desk.receive(on("mail@acme.example", "2026-01-05T11:00:00Z"));
        let shown = desk.conversation(id);
        let channels: Vec<&str> = shown.channels.iter().map(|on| on.channel.as_str()).collect();
        assert_eq!(channels, ["mail@acme.example", "chat", "contact-form"]);
        assert_eq!(shown.channel, "contact-form");
    });
}

#[test]
fn m21_joining_a_help_desk_channel_is_an_arrival_and_h3_leaving_it_is_none() {
    on_both_engines(|desk| {
        let first = desk.receive(Receive { thread: Some("t".into()), ..message("mail@acme.example") });
        let other = desk.receive(Receive { thread: Some("t".into()), ..message("chat") });
        desk.reply(first.conversation, Some("chat"));
        let shown = desk.conversation(first.conversation);
        assert!(shown.in_help_desk && shown.channel == "chat");
        assert_eq!(shown.thread, None, "the key is another conversation's on that channel");
        let ticket = shown.ticket.expect("M11");
        assert_eq!((ticket.stage.as_str(), ticket.in_help_desk), ("Support/Waiting", true));
        assert_eq!(desk.told(), [2, 2], "both arrivals were announced to anna");
        desk.reply(first.conversation, Some("mail@acme.example"));
        let shown = desk.conversation(first.conversation);
        assert!(shown.in_help_desk && shown.channel == "mail@acme.example", "H3");
        assert_eq!(shown.ticket.map(|found| found.id), Some(ticket.id));
        let later = desk.receive(Receive { thread: Some("t".into()), ..message("chat") });
        assert_eq!(later.conversation, other.conversation);
    });
}

#[test]
fn m21_a_ticket_from_the_inbox_comes_along() {
    on_both_engines(|desk| {
        let first = desk.receive(message("contact-form"));
        let id = first.conversation;
        desk.run(deskctl::ops::conversations::Assign { conversations: vec![id], to: "max@acme.example".into() }).unwrap();
        desk.reply(id, Some("desk@acme.example"));
        let shown = desk.conversation(id);
        assert_eq!(shown.owner, None, "max has no help desk access");
        let ticket = shown.ticket.unwrap();
        assert_eq!((Some(ticket.id), ticket.in_help_desk), (first.ticket, true));
        assert_eq!(ticket.owner.as_deref(), Some("max@acme.example"), "an existing ticket keeps its properties");
        let noted: Vec<String> = shown.history.into_iter().map(|event| event.property).collect();
        assert_eq!(noted, ["ticket", "owner", "channel", "inbox", "owner"]);
    });
}

#[test]
fn attachments_are_stored_once_and_come_back_whole() {
    on_both_engines(|desk| {
        let file = |name: &str| File { name: name.into(), content_type: "text/plain".into(), content_base64: "aGVsbG8=".into() };
        let files = vec![file("../../etc/passwd"), file("b.txt")];
        let received = desk.receive(Receive { attachments: files, ..message("mail@acme.example") });
        let shown = desk.conversation(received.conversation).messages.pop().unwrap();
        assert_eq!(shown.attachments[0].attachment.name, "../../etc/passwd", "a name is kept, and never used as a path (G5)");
        assert_eq!(desk.count("blobs"), 1);
        let mut read = Vec::new();
        let call = deskctl::ops::Call::default();
        let mut get = |position| {
            let content = deskctl::ops::conversations::AttachmentContent { message: received.message, position };
            desk.local.stream(content, &call, &Default::default(), &mut |piece| {
                read.extend_from_slice(&piece.0);
                Ok(())
            })
        };
        assert_eq!(get(2).unwrap().output.name, "b.txt");
        assert_eq!(code(get(3)), "unknown_attachment");
        assert_eq!(code(get(0)), "unknown_attachment");
        assert_eq!(read, b"hello");
    });
}

#[test]
fn html_is_kept_and_read() {
    let mut desk = Desk::embedded();
    let html = "<p>Hello&nbsp;<b>you</b></p><p>bye</p>";
    for message in [
        Receive { text: html.into(), html: Some(Html::Text(true)), ..message("mail@acme.example") },
        Receive { text: String::new(), html: Some(Html::Markup(html.into())), ..message("mail@acme.example") },
    ] {
        let received = desk.receive(message);
        let body = desk.conversation(received.conversation).messages.pop().unwrap().body;
        assert_eq!((body.text.as_str(), body.html.as_deref()), ("Hello you\nbye", Some(html)));
    }
}

#[test]
fn what_is_wrong_is_refused_and_leaves_nothing() {
    on_both_engines(|desk| {
        let ok = || message("mail@acme.example");
        let file = |content: &str| File { name: "a".into(), content_type: "text/plain".into(), content_base64: content.into() };
        for (expected, message) in [
            ("channel_disconnected", message("gone@acme.example")),
            ("unknown_channel", message("mial@acme.example")),
            ("unknown_conversation", Receive { conversation: Some(99), ..ok() }),
            ("bad_sender", Receive { from: " ".into(), ..ok() }),
            ("empty_message", Receive { text: " ".into(), ..ok() }),
            ("nul_in_text", Receive { text: "a\0b".into(), ..ok() }),
            ("bad_attachment", Receive { attachments: vec![file("no base64!")], ..ok() }),
            ("empty_id", Receive { external_id: Some(String::new()), ..ok() }),
            ("usage", Receive { conversation: Some(1), thread: Some("t".into()), ..ok() }),
        ] {
            assert_eq!(code(desk.run(message)), expected);
        }
        assert_eq!(code(desk.run_as("max", ok())), "not_permitted");
        for table in ["messages", "conversations", "contacts", "blobs"] {
            assert_eq!(desk.count(table), 0, "{table}");
        }
    });
}

#[test]
fn messages_that_arrive_at_once_are_each_kept_once() {
    on_both_engines(|desk| {
        let location = desk.location.clone();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let location = &location;
                scope.spawn(move || {
                    let mut local = deskctl::target::Local::open(location, deskctl::clock::Clock::System).unwrap();
                    for n in 0..10 {
                        // Everyone brings the same messages, in another order: two in each thread.
                        let n = (n + worker * 3) % 10;
                        let message = Receive {
                            external_id: Some(format!("x-{n}")),
                            thread: Some(format!("t-{}", n % 5)),
                            ..message("desk@acme.example")
                        };
                        local.run(message, &deskctl::ops::Call::default()).unwrap();
                    }
                });
            }
        });
        assert_eq!((desk.count("messages"), desk.count("conversations"), desk.count("tickets")), (10, 5, 5));
        assert_eq!(desk.count("audit"), 40, "each attempt is audited");
        for id in conversation_ids(desk) {
            assert_eq!(desk.conversation(id).messages.len(), 2);
        }
    });
}

fn conversation_ids(desk: &mut Desk) -> Vec<i64> {
    let rows = desk.run(deskctl::ops::conversations::List::default()).unwrap().items;
    assert!(rows.iter().all(|row| row.messages == 2), "what a row says of its messages is what there is");
    rows.into_iter().map(|row| row.id).collect()
}
