//! What is changed on purpose after a move is never reported: whatever operations do, each notes what it changed.

use crate::support::postgres::PgServer;
use crate::support::random::Random;

use super::desk::{Desk, found};

/// Conversations that were moved, or arrived since.
const CONVERSATIONS: &str =
    "SELECT c.id FROM conversations c JOIN channels h ON h.id = c.channel_id WHERE h.address = 'support@acme.example'";
const TICKETS: &str = "SELECT t.id FROM tickets t WHERE t.in_help_desk = 1";
const CONTACTS: &str = "SELECT id FROM contacts";
const USERS: &[&str] = &["anna.nowak@acme.example", "piotr.zielinski@acme.example", "haruka.sato@acme.example", "none"];

struct Life<'d> {
    desk: &'d Desk,
    random: Random,
    deleted: Vec<String>,
    done: usize,
    log: Vec<String>,
}

impl Life<'_> {
    fn any(&mut self, ids: &str) -> String {
        // Few of them, so that much happens to each.
        let ids: Vec<i64> =
            self.desk.store().read().unwrap().query(&format!("{ids} ORDER BY 1 DESC LIMIT 12"), &[], |row| row.get()).unwrap();
        ids[self.random.below(ids.len() as u64) as usize].to_string()
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.random.below(choices.len() as u64) as usize]
    }

    fn run(&mut self, args: &[&str]) -> bool {
        let done = self.desk.tried(args);
        self.log.push(format!("{} {args:?}", if done { "done" } else { "refused" }));
        self.done += usize::from(done);
        done
    }

    fn on_conversations(&mut self, step: u64) {
        let id = self.any(CONVERSATIONS);
        let id = id.as_str();
        match step {
            0 => self.run(&["conversations", "reply", id, "--text", "An answer"]),
            1 => self.run(&["conversations", "comment", id, "--text", "Look", "--mention", "anna.nowak@acme.example"]),
            2 => self.run(&[
                "conversations",
                "receive",
                "support@acme.example",
                "--from",
                "jan@new.example",
                "--conversation",
                id,
                "--text",
                "More",
            ]),
            3 => self.run(&[
                "conversations",
                "receive",
                "support@acme.example",
                "--from",
                "eva@new.example",
                "--conversation",
                id,
                "--text",
                "Late",
                "--at",
                "2026-02-01T10:00:00Z",
            ]),
            4 => self.run(&[
                "conversations",
                "receive",
                "support@acme.example",
                "--from",
                "Eva <eva@new.example>",
                "--text",
                "New",
                "--subject",
                "Anew",
            ]),
            5 => {
                let to = self.one_of(USERS);
                self.run(&["conversations", "assign", id, "--to", to])
            }
            6 => self.run(&["conversations", "close", id]),
            7 => self.run(&["conversations", "reopen", id]),
            8 => self.run(&["conversations", "spam", id]),
            9 => self.run(&["conversations", "spam", id, "--not"]),
            10 => self.run(&["conversations", "move", id, "--to", "Support", "--comment", "Not ours"]),
            11 => self.run(&["conversations", "move", id, "--to", "help-desk", "--assign", "anna.nowak@acme.example"]),
            _ => self.run(&["conversations", "reply", id, "--channel", "billing@acme.example", "--text", "From elsewhere"]),
        };
    }

    fn on_tickets(&mut self, step: u64) {
        let (id, other, contact) = (self.any(TICKETS), self.any(TICKETS), self.any(CONTACTS));
        let id = id.as_str();
        match step {
            0 => self.run(&["tickets", "update", id, "--close"]),
            1 => self.run(&["tickets", "update", id, "--reopen"]),
            2 => {
                let stage = self.one_of(&["New", "Waiting on us", "Closed"]);
                self.run(&["tickets", "update", id, "--stage", stage])
            }
            3 => {
                let owner = self.one_of(USERS);
                self.run(&["tickets", "update", id, "--owner", owner, "--priority", "HIGH"])
            }
            4 => self.run(&["tickets", "update", id, "--name", "Another name", "--category", "other", "--description", "More"]),
            5 => self.run(&["tickets", "update", id, "--add-contact", &contact, "--add-deal", "Spring order"]),
            6 => self.run(&["tickets", "update", id, "--remove-contact", &contact, "--remove-deal", "Spring order"]),
            7 => self.run(&["tickets", "update", id, "--set", "region=West", "--set", "bought=2026-04-02"]),
            8 => self.run(&["tickets", "update", id, "--set", "region="]),
            9 => self.run(&["tickets", "merge", id, &other, "--yes"]),
            10 => {
                self.deleted.push(id.to_owned());
                self.run(&["tickets", "delete", id, "--yes"])
            }
            11 => match self.deleted.pop() {
                Some(deleted) => self.run(&["tickets", "restore", &deleted]),
                None => self.run(&["tickets", "follow", id]),
            },
            _ => self.run(&["conversations", "start", "--ticket", id, "--channel", "support@acme.example", "--text", "We write first"]),
        };
    }

    fn on_the_rest(&mut self, step: u64) {
        let contact = self.any(CONTACTS);
        match step {
            0 => self.run(&["contacts", "update", &contact, "--first-name", "Renamed", "--last-name", "Since"]),
            1 => self.run(&["users", "update", "piotr.zielinski@acme.example", "--name", "Piotr Z."]),
            2 => self.run(&["users", "update", "haruka.sato@acme.example", "--seat", "none"]),
            3 => {
                self.run(&["channels", "update", "support@acme.example", "--signature", "Yours", "--name", "Help", "--ticket-stage", "New"])
            }
            4 => self.run(&["sla", "set", "--first-response", "2h", "--close", "1d"]),
            _ => self.run(&["sla", "set", "--first-response", "5h"]),
        };
    }

    fn step(&mut self) {
        match self.random.below(7) {
            0..=2 => {
                let step = self.random.below(13);
                self.on_conversations(step);
            }
            3..=5 => {
                let step = self.random.below(13);
                self.on_tickets(step);
            }
            _ => {
                let step = self.random.below(6);
                self.on_the_rest(step);
            }
        }
    }
}

fn live(desk: &Desk, seed: u64, steps: usize) {
    let mut life = Life { desk, random: Random::new(seed), deleted: Vec::new(), done: 0, log: Vec::new() };
    for step in 1..=steps {
        life.step();
        if step % 10 == 0 || step == steps {
            let found = found(&mut desk.store().read().unwrap());
            assert!(found.is_empty(), "seed {seed}: {found:?} after\n{}", life.log.join("\n"));
        }
    }
    assert!(life.done * 2 > steps, "seed {seed}: most was refused:\n{}", life.log.join("\n"));
}

#[test]
fn what_is_changed_on_purpose_is_never_reported() {
    live(&Desk::embedded(), 1, 80);
    if let Some(server) = PgServer::shared() {
        live(&Desk::on(server), 2, 40);
    }
}

#[test]
#[ignore = "thousands of operations on both engines: minutes"]
fn whatever_is_changed_on_purpose_is_never_reported() {
    for seed in 10..40 {
        live(&Desk::embedded(), seed, 150);
        if let Some(server) = PgServer::shared() {
            live(&Desk::on(server), seed + 1_000, 60);
        }
    }
}
