//! Searching finds exactly what looking at every ticket finds (V5), on both engines, whatever happened before.

pub mod naive;

use deskctl::clock::Clock;
use deskctl::domain::Id;
use deskctl::ops::{Call, Local, Operation, companies, contacts, conversations, tickets};
use deskctl::store::{Store, search};
use serde_json::{Value, json};

use crate::serve::desk::{AGENT, BOSS, Desk, SELLER, both};
use crate::support::random::Random;
use naive::{expect_same, found};

/// A few words that are found in many tickets, spelt in several ways.
const WORDS: &[&str] =
    &["Łódź", "lodz", "lamppu", "Lampa", "lamp", "säädä", "saada", "faktura 77", "a.b@lamps.example", "+48 600 700 800", "600700", "Oy"];
const SEARCHES: &[&str] =
    &["lamp", "LAMPA", "\"lamp\"", "lodz", "sää", "77", "6007", "lamps.ex", "oy lamp", "mak", "acme", "conv", "1", "120", "x"];

struct Walk {
    desk: Desk,
    local: Local,
    random: Random,
    /// Tickets found in all, so that nobody compares nothing with nothing.
    found: usize,
}

impl Walk {
    fn run<O: Operation>(&mut self, arguments: Value) {
        let operation: O = serde_json::from_value(arguments).unwrap();
        // Some are refused, which is as good as any.
        let _ = self.local.run(operation, &Call { as_user: Some(BOSS.into()), ..Call::default() });
    }

    fn some(&mut self, sql: &str) -> Id {
        let ids: Vec<Id> = self.desk.read(|tx| tx.query(sql, &[], |row| row.get()));
        ids[self.random.below(ids.len() as u64) as usize]
    }

    fn word(&mut self) -> String {
        let mut word = || WORDS[self.random.below(WORDS.len() as u64) as usize];
        format!("{} {}", word(), word())
    }

    fn ticket(&mut self) -> Id {
        let sql = if self.random.chance(2) { "SELECT id FROM tickets" } else { "SELECT id FROM tickets WHERE in_help_desk = 1" };
        self.some(sql)
    }

    fn step(&mut self) {
        let word = self.word();
        let contact = self.some("SELECT id FROM contacts WHERE id < 20");
        let company = self.some("SELECT id FROM companies");
        match self.random.below(12) {
            0 => self.run::<contacts::Update>(json!({ "contact": contact.to_string(), "first_name": word })),
            1 => self.run::<contacts::Update>(json!({ "contact": contact.to_string(), "last_name": word })),
            2 => self.run::<companies::Update>(json!({ "company": company.to_string(), "name": word, "domain": null })),
            3 | 4 => {
                let second = self.some("SELECT id FROM contacts WHERE id < 20");
                let contacts = [contact.to_string(), second.to_string()];
                let outside = self.random.chance(4);
                self.run::<tickets::Create>(
                    json!({ "name": word, "stage": "New", "contacts": contacts, "company": company.to_string(), "outside": outside }),
                );
            }
            5 | 6 => {
                let ticket = self.ticket();
                let owner = [AGENT, SELLER, "none"][self.random.below(3) as usize];
                self.run::<tickets::Update>(json!({ "tickets": [ticket], "name": word, "owner": owner }));
            }
            7 => {
                let ticket = self.ticket();
                self.run::<tickets::Update>(json!({ "tickets": [ticket], "description": word }));
            }
            8 if self.random.chance(3) => {
                let ticket = self.ticket();
                self.run::<tickets::Delete>(json!({ "tickets": [ticket] }));
            }
            9 => {
                let conversation = self.some("SELECT conversation_id FROM conversation_tickets");
                let spam = self.random.chance(2);
                self.run::<conversations::Spam>(json!({ "conversations": [conversation], "spam": spam }));
            }
            10 => {
                let conversation = self.some("SELECT id FROM conversations");
                self.run::<conversations::Move>(json!({ "conversation": conversation, "to": "help-desk" }));
            }
            _ => self.drain(),
        }
    }

    /// All of it, or a batch.
    fn drain(&mut self) {
        let most = if self.random.chance(2) { 1 } else { u64::MAX };
        let mut batches = 0;
        let mut go_on = |_| {
            batches += 1;
            batches <= most
        };
        search::drain(&mut self.local.store, &mut go_on).unwrap();
    }

    fn check(&mut self, case: &str) {
        for user in [BOSS, AGENT, SELLER] {
            let text = SEARCHES[self.random.below(SEARCHES.len() as u64) as usize];
            let spam = self.random.chance(5);
            self.found += expect_same(&mut self.local, user, text, spam, case);
        }
    }
}

#[test]
fn v5_h2_a_search_finds_what_looking_at_every_ticket_finds() {
    for (number, desk) in both().into_iter().enumerate() {
        let local = Local::open(&desk.location, Clock::System).unwrap();
        let mut walk = Walk { desk, local, random: Random::new(number as u64 + 1), found: 0 };
        for step in 0..150 {
            walk.step();
            walk.check(&format!("engine {number}, step {step}"));
        }
        assert!(walk.found > 300, "{} found", walk.found);
        search::drain(&mut walk.local.store, &mut |_| true).unwrap();
        assert_eq!(search::pending(&mut walk.local.store.read().unwrap()).unwrap(), 0);
        for text in SEARCHES {
            expect_same(&mut walk.local, BOSS, text, false, &format!("engine {number}, all indexed"));
        }
    }
}

#[test]
fn v5_what_is_committed_is_found_at_once_also_by_a_change_of_the_customer() {
    for desk in both() {
        let mut local = Local::open(&desk.location, Clock::System).unwrap();
        let boss = Call { as_user: Some(BOSS.into()), ..Call::default() };
        let run = |local: &mut Local, arguments: Value| {
            let create: tickets::Create = serde_json::from_value(arguments).unwrap();
            local.run(create, &boss).unwrap().output.row.id
        };
        let first = run(&mut local, json!({ "name": "Zgubiona przesyłka", "stage": "New", "contacts": ["3"] }));
        assert_eq!(found(&mut local, BOSS, "zgubiona przesylka", false), [first]);
        search::drain(&mut local.store, &mut |_| true).unwrap();
        let second = run(&mut local, json!({ "name": "Zgubiona karta", "stage": "New", "contacts": ["4", "3"] }));
        assert_eq!(found(&mut local, BOSS, "ZGUB", false), [second, first]);
        let rename: contacts::Update = serde_json::from_value(json!({ "contact": "3", "last_name": "Brzęczyszczykiewicz" })).unwrap();
        local.run(rename, &boss).unwrap();
        assert_eq!(found(&mut local, BOSS, "brzeczy", false), [second, first]);
        assert_eq!(found(&mut local, BOSS, &first.to_string(), false)[0], first);
        search::drain(&mut local.store, &mut |_| true).unwrap();
        assert_eq!(found(&mut local, BOSS, "zgub brzeczy", false), [second, first]);
    }
}

#[test]
fn v5_tickets_are_found_while_a_migration_makes_them_and_after_it() {
    for desk in both() {
        desk.done(&[
            "migrations",
            "start",
            "support@acme.example",
            "--history",
            "all",
            "--map",
            "open=New",
            "--map",
            "closed=Closed",
            "--yes",
        ]);
        let mut store = Store::open(&desk.location, Clock::System.now()).unwrap();
        assert_eq!(search::pending(&mut store.read().unwrap()).unwrap(), 0, "a migration in the foreground leaves the index in step");
        // As if it had been killed before it told the index anything.
        let mut tx = store.write().unwrap();
        tx.execute("DELETE FROM search_state", &[]).unwrap();
        match tx.dialect() {
            deskctl::store::Dialect::Sqlite => tx.script("INSERT INTO search_index (search_index) VALUES ('delete-all')").unwrap(),
            deskctl::store::Dialect::Postgres => tx.script("TRUNCATE search_index").unwrap(),
        }
        tx.commit().unwrap();
        let mut local = Local::open(&desk.location, Clock::System).unwrap();
        for text in SEARCHES {
            expect_same(&mut local, BOSS, text, false, "after a migration");
        }
    }
}

#[test]
fn v5_a_ticket_whose_id_commits_late_is_found() {
    for desk in both() {
        if matches!(desk.location, deskctl::store::Location::Sqlite(_)) {
            continue;
        }
        let mut slow = Store::open(&desk.location, Clock::System.now()).unwrap();
        let mut tx = slow.write().unwrap();
        let late = tx.new_id("tickets").unwrap();
        let mut local = Local::open(&desk.location, Clock::System).unwrap();
        let create: tickets::Create = serde_json::from_value(json!({ "name": "Quicksilver", "stage": "New" })).unwrap();
        let early = local.run(create, &Call::default()).unwrap().output.row.id;
        assert!(early > late);
        search::drain(&mut local.store, &mut |_| true).unwrap();
        tx.execute(
            "INSERT INTO tickets (id, name, stage_id, open, created_at, last_activity_at, spam, in_help_desk) \
             SELECT CAST($1 AS bigint), name, stage_id, open, created_at, last_activity_at, spam, in_help_desk FROM tickets WHERE id = $2",
            deskctl::args![late, early],
        )
        .unwrap();
        tx.commit().unwrap();
        expect_same(&mut local, BOSS, "quicksilver", false, "before the index is in step");
        search::drain(&mut local.store, &mut |_| true).unwrap();
        expect_same(&mut local, BOSS, "quicksilver", false, "an id that committed late");
        assert_eq!(found(&mut local, BOSS, "quicksilver", false), [early, late]);
    }
}
