//! Mails as they really come: their ids, their threads, their times (E1, E2, E3).

use deskctl::domain::conversation::Status;
use deskctl::ops::conversations::{Close, Receive};
use deskctl::store::{Location, Store, schema};

use super::desk::{Arrived, START, code, message, on_both_engines, time};

const MAIL: &str = "mail@acme.example";

fn mail(text: &str, id: &str) -> Receive {
    Receive { message_id: Some(id.into()), text: text.into(), ..message(MAIL) }
}

/// The spellings of a reference to `<id>`.
fn answers(id: &str) -> Vec<Receive> {
    let answer = |header: &str| Receive { in_reply_to: Some(header.replace("a@t", id)), ..message(MAIL) };
    let refers = |headers: &[&str]| {
        let headers = headers.iter().map(|header| header.replace("a@t", id).replace("later@", &format!("later.{id}.")));
        Receive { references: headers.collect(), ..message(MAIL) }
    };
    vec![
        answer("<a@t>"),
        answer("a@t"),
        answer(" <a@t> "),
        answer("<a@t> (Jane, Mon)"),
        answer("Your message of \"Mon\" <a@t>"),
        refers(&["<x@y> <a@t>"]),
        refers(&["<a@t>", "<later@unseen>"]),
        refers(&["<a@t>\r\n\t<later@unseen>"]),
        refers(&["a@t,", "later@unseen"]),
    ]
}

#[test]
fn e3_a_reference_is_known_however_it_is_written() {
    on_both_engines(|desk| {
        for (id, own) in [("a@t", "<a@t>"), ("b@t", "b@t"), ("c@t", " <c@t> (Jane)")] {
            let first = desk.receive(mail("Hello", own));
            for answer in answers(id) {
                let said = format!("{answer:?}");
                assert_eq!(desk.receive(answer).conversation, first.conversation, "{own:?} {said}");
            }
            let shown = desk.conversation(first.conversation).messages.swap_remove(0).body;
            assert_eq!(shown.message_id, Some(format!("<{id}>")), "kept as it is read");
        }
    });
}

#[test]
fn e3_the_nearest_reference_counts_and_a_subject_never_joins() {
    on_both_engines(|desk| {
        let (old, new) = (desk.receive(mail("old", "<old@t>")), desk.receive(mail("new", "<new@t>")));
        let references = vec!["<old@t>".to_owned(), "<new@t>".to_owned()];
        assert_eq!(desk.receive(Receive { references: references.clone(), ..message(MAIL) }).conversation, new.conversation);
        let answered = Receive { references, in_reply_to: Some("<old@t>".into()), ..message(MAIL) };
        assert_eq!(desk.receive(answered).conversation, old.conversation);
        let subject = || Receive { subject: Some("Re: Lamp".into()), ..message(MAIL) };
        assert_ne!(desk.receive(subject()).conversation, desk.receive(subject()).conversation);
    });
}

#[test]
fn e3_mails_that_share_an_unseen_ancestor_belong_together_and_so_does_the_ancestor() {
    on_both_engines(|desk| {
        let refers = |ids: &[&str], own: &str| Receive { references: ids.iter().map(|id| (*id).into()).collect(), ..mail(own, own) };
        let one = desk.receive(refers(&["<unseen@t>", "<seen-by-nobody@t>"], "<one@t>"));
        let two = desk.receive(refers(&["unseen@t (from the list)"], "<two@t>"));
        let late = desk.receive(mail("late", "<unseen@t>"));
        let elsewhere = desk.receive(Receive { channel: "desk@acme.example".into(), ..refers(&["<unseen@t>"], "<three@t>") });
        assert!(one.new_conversation && elsewhere.new_conversation);
        assert_eq!((two.conversation, late.conversation), (one.conversation, one.conversation));
        // Closed, it is opened again.
        desk.run(Close { conversations: vec![one.conversation] }).unwrap();
        assert!(desk.receive(refers(&["<unseen@t>"], "<four@t>")).reopened);
        assert_eq!(desk.conversation(one.conversation).status, Status::Open);
        // As long as a line of a mail may be.
        let long = format!("<{}@t>", "x".repeat(900));
        let first = desk.receive(refers(&[&long], "<five@t>"));
        assert_eq!(desk.receive(refers(&[&long], "<six@t>")).conversation, first.conversation);
    });
}

#[test]
fn e3_a_whole_header_is_taken_as_one_text() {
    on_both_engines(|desk| {
        let first = desk.receive(mail("one", "<7@long.thread.example>"));
        let ids: Vec<String> = (1..=200).map(|n| format!("<{n}@long.thread.example>")).collect();
        let header = Receive { references: vec![ids.join("\r\n ")], ..message(MAIL) };
        assert_eq!(desk.receive(header).conversation, first.conversation);
        let answered = Receive { in_reply_to: Some(ids.join(" ")), ..message(MAIL) };
        assert_eq!(desk.receive(answered).conversation, first.conversation);
        // No mail can have a longer id than a line has letters: it says nothing.
        let long = || Receive { references: vec![format!("<{}@t>", "x".repeat(2_000))], ..message(MAIL) };
        assert_ne!(desk.receive(long()).conversation, desk.receive(long()).conversation);
    });
}

#[test]
fn e2_the_same_mail_twice_is_one_message() {
    on_both_engines(|desk| {
        let one = |channel: &str, text: &str| Receive { channel: channel.into(), ..mail(text, "<a@t>") };
        let first = desk.receive(one("desk@acme.example", "Hello\nthere"));
        for again in [
            one("desk@acme.example", "Hello\nthere"),
            one("desk@acme.example", "Hello\r\nthere \r\n"),
            Receive { message_id: Some("a@t".into()), ..one("desk@acme.example", "Hello\nthere") },
            Receive { external_id: Some("x-2".into()), ..one("desk@acme.example", "Hello\nthere") },
            Receive { thread: Some("t".into()), ..one("desk@acme.example", "Hello\nthere") },
        ] {
            let again = desk.receive(again);
            assert!(again.duplicate && !again.new_conversation && !again.reopened);
            assert_eq!((again.conversation, again.message, again.ticket), (first.conversation, first.message, first.ticket));
        }
        assert_eq!((desk.count("messages"), desk.count("tickets"), desk.count("contacts")), (1, 1, 1));
        assert!(!desk.receive(one(MAIL, "Hello\nthere")).duplicate, "on another channel it is another message");
    });
}

#[test]
fn e2_another_text_under_a_known_id_is_kept_and_noted() {
    on_both_engines(|desk| {
        let first = desk.receive(mail("one", "<a@t>"));
        let second = desk.receive(mail("two", "<a@t>"));
        assert!(!second.duplicate && second.new_conversation, "some programs write one id into every mail");
        let noted = desk.conversation(second.conversation).history;
        let event = noted.iter().find(|event| event.property == "message_id_used_again").unwrap();
        let named = |received: &Arrived| Some(format!("message {}", received.message));
        assert_eq!((event.old.clone(), event.new.clone()), (named(&first), named(&second)));
        let again = [desk.receive(mail("one", "<a@t>")), desk.receive(mail("two", "<a@t>"))];
        assert_eq!(again.map(|again| (again.duplicate, again.message)), [(true, first.message), (true, second.message)]);
        // Referred to, it is the newest.
        let answer = desk.receive(Receive { in_reply_to: Some("<a@t>".into()), ..message(MAIL) });
        assert_eq!(answer.conversation, second.conversation);
    });
}

#[test]
fn e1_a_time_ahead_of_the_clock_is_refused() {
    on_both_engines(|desk| {
        let at = |at: &str| Receive { at: Some(time(at).into()), ..message("desk@acme.example") };
        for ahead in ["2096-03-17T05:32:00Z", "2026-03-02T09:06:00Z", "2026-03-03T09:00:00Z"] {
            assert_eq!(code(desk.run(at(ahead))), "time_ahead", "{ahead}");
        }
        assert_eq!((desk.count("messages"), desk.count("contacts")), (0, 0));
        for near in [START, "2026-03-02T09:04:50Z", "1999-01-01T00:00:00Z"] {
            desk.receive(at(near));
        }
        // Before it began: taken, and the conversation keeps its beginning.
        let first = desk.receive(at("2026-03-01T10:00:00Z"));
        desk.receive(Receive { conversation: Some(first.conversation), ..at("2026-02-01T10:00:00Z") });
        assert_eq!(desk.conversation(first.conversation).started_at, time("2026-03-01T10:00:00Z"));
    });
}

#[test]
fn e3_an_upgrade_reads_the_ids_of_stored_mails() {
    on_both_engines(|desk| {
        let first = desk.receive(mail("one", "<a@t>"));
        let second = desk.receive(Receive { references: vec!["<unseen@t>".into()], ..mail("two", "<b@t>") });
        let before = older(&desk.location.clone());
        desk.local.store.upgrade(time(START)).unwrap();
        for answer in answers("a@t") {
            assert_eq!(desk.receive(answer).conversation, first.conversation);
        }
        let shared = Receive { references: vec!["unseen@t".into()], ..message(MAIL) };
        assert_eq!(desk.receive(shared).conversation, second.conversation);
        assert!(desk.receive(mail("one", "<a@t>")).duplicate);
        let kept = "SELECT digest FROM messages WHERE id <= 2 ORDER BY id";
        let digests: Vec<Vec<u8>> = desk.local.store.read().unwrap().query(kept, &[], |row| row.get()).unwrap();
        assert_eq!(digests, before, "what digests guard is not rewritten");
    });
}

/// Takes the step back, with the ids as an older deskctl stored them; the digests of the first two messages.
fn older(location: &Location) -> Vec<Vec<u8>> {
    let version = schema::STEPS.iter().find(|step| step.name == schema::IDENTITIES).unwrap().version;
    crate::machine::backups::make_older(location, version - 1);
    let mut store = Store::connect(location).unwrap();
    let mut tx = store.write().unwrap();
    tx.script("UPDATE messages SET message_id = 'a@t' WHERE id = 1").unwrap();
    tx.script("UPDATE messages SET reference_ids = '[\" <unseen@t> (a list)\"]' WHERE id = 2").unwrap();
    let digests = tx.query("SELECT digest FROM messages ORDER BY id", &[], |row| row.get()).unwrap();
    tx.commit().unwrap();
    digests
}
