//! What the clocks need is kept on the conversation, whoever writes a message and in whatever order it comes.

use deskctl::domain::Id;
use deskctl::domain::channel::Bot;
use deskctl::domain::conversation::{Answers, Direction};
use deskctl::domain::time::{MINUTE_MS, Time};
use deskctl::ops::conversations::{Comment, Receive, Reply};
use deskctl::store;
use proptest::prelude::*;

use super::desk::{Desk, message, on_both_engines, time};

fn kept(desk: &mut Desk, conversation: Id) -> Answers {
    let mut tx = desk.local.store.read().unwrap();
    store::conversations::look(&mut tx, conversation).unwrap().unwrap().answers
}

/// From the messages as they lie in the store, sorted by time and id.
fn expected(desk: &mut Desk, conversation: Id) -> Answers {
    let mut messages = store::messages::of_conversation(&mut desk.local.store.read().unwrap(), conversation).unwrap();
    messages.sort_by_key(|message| (message.at, message.id));
    let mut answers = Answers::default();
    for message in messages.iter().filter(|message| message.direction != Direction::Comment) {
        let at = Some(message.at);
        if message.direction == Direction::Incoming {
            answers.no_reply_since = answers.no_reply_since.or(at);
            answers.no_answer_since = answers.no_answer_since.or(at);
            continue;
        }
        answers.first_answer_at = answers.first_answer_at.or(at);
        answers.no_answer_since = None;
        if !message.by_bot {
            answers.first_reply_at = answers.first_reply_at.or(at);
            answers.no_reply_since = None;
        }
    }
    answers
}

/// ada is the name of the chat's bot.
fn with_bot(desk: &mut Desk) {
    let mut tx = desk.local.store.write().unwrap();
    let mut chat = store::channels::by_address(&mut tx, "chat").unwrap().unwrap();
    chat.settings.bot = Some(Bot { name: "ada@acme.example".into(), actions: vec![] });
    store::channels::put(&mut tx, &chat).unwrap();
    tx.commit().unwrap();
}

fn reply(desk: &mut Desk, user: &str, conversation: Id) {
    desk.run_as(user, Reply { conversation, text: "answer".into(), ..Reply::default() }).unwrap();
}

fn late(conversation: Option<Id>, at: &str) -> Receive {
    Receive { conversation, at: Some(time(at).into()), ..message("chat") }
}

#[test]
fn a_bots_answer_and_a_persons_reply_are_told_apart_when_they_are_written() {
    on_both_engines(|desk| {
        with_bot(desk);
        let asked = time("2026-03-02T08:00:00Z");
        let conversation = desk.receive(late(None, "2026-03-02T08:00:00Z")).conversation;
        assert_eq!(kept(desk, conversation), Answers { no_reply_since: Some(asked), no_answer_since: Some(asked), ..Answers::default() });
        reply(desk, "ada", conversation);
        let answered = kept(desk, conversation);
        assert!(answered.first_answer_at.is_some_and(|at| at > asked), "{answered:?}");
        assert_eq!((answered.first_reply_at, answered.no_reply_since, answered.no_answer_since), (None, Some(asked), None));
        desk.run(Comment { conversation, text: "who knows?".into(), mention: vec![] }).unwrap();
        assert_eq!(kept(desk, conversation), answered, "a comment is nothing");
        // The bot gets another name: what it wrote stays its own.
        let mut tx = desk.local.store.write().unwrap();
        let mut chat = store::channels::by_address(&mut tx, "chat").unwrap().unwrap();
        chat.settings.bot = None;
        store::channels::put(&mut tx, &chat).unwrap();
        tx.commit().unwrap();
        reply(desk, "ada", conversation);
        let replied = kept(desk, conversation);
        assert!(replied.first_reply_at > answered.first_answer_at && replied.no_reply_since.is_none());
        assert_eq!((replied.first_answer_at, replied), (answered.first_answer_at, expected(desk, conversation)));
    });
}

#[test]
fn a_message_that_comes_late_is_put_where_its_time_says() {
    on_both_engines(|desk| {
        let conversation = desk.receive(late(None, "2026-03-01T12:00:00Z")).conversation;
        let all = |at: &str| Some(time(at));
        desk.receive(late(Some(conversation), "2026-03-01T10:00:00Z"));
        assert_eq!(kept(desk, conversation).no_reply_since, all("2026-03-01T10:00:00Z"), "older than the first");
        reply(desk, "boss", conversation);
        assert_eq!(kept(desk, conversation).no_reply_since, None);
        desk.receive(late(Some(conversation), "2026-03-01T11:00:00Z"));
        assert_eq!(kept(desk, conversation).no_reply_since, None, "it was sent before the reply");
        desk.receive(late(Some(conversation), "2026-03-02T09:04:00Z"));
        desk.receive(late(Some(conversation), "2026-03-02T09:03:00Z"));
        assert_eq!(kept(desk, conversation).no_reply_since, all("2026-03-02T09:03:00Z"), "after the reply, before the newest");
        assert_eq!(kept(desk, conversation), expected(desk, conversation));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_in_whatever_order_it_is_what_the_messages_say(deeds in prop::collection::vec((0u8..6, 0i64..5), 1..14)) {
        let mut desk = Desk::embedded();
        with_bot(&mut desk);
        let now = time(super::desk::START);
        let conversation = desk.receive(late(None, "2026-03-02T09:00:00Z")).conversation;
        for (deed, step) in deeds {
            match deed {
                0 => reply(&mut desk, "ada", conversation),
                1 => reply(&mut desk, "boss", conversation),
                2 => drop(desk.run(Comment { conversation, text: "so it is".into(), mention: vec![] }).unwrap()),
                _ => {
                    let at = Some(Time(now.0 + (step - 2) * 2 * MINUTE_MS));
                    desk.receive(Receive { conversation: Some(conversation), at: at.map(Into::into), ..message("chat") });
                }
            }
            prop_assert_eq!(kept(&mut desk, conversation), expected(&mut desk, conversation));
        }
    }
}
