//! A small account on which laws are tried: random operations at chosen times, in a transaction that is never kept.

use serde_json::{Value, json};

use super::super::super::{Call, Demand, Desk, Operation, channels, conversations, open, pipelines, sla, tickets};
use crate::domain::Id;
use crate::domain::document::InboxKind;
use crate::domain::pipeline::{Stage, StageState};
use crate::domain::time::{MINUTE_MS, Time};
use crate::domain::user::{Permission, Role, Seat, TicketAccess, User};
use crate::store::account::{self, Account};
use crate::store::inboxes::Inbox;
use crate::store::pipelines::Pipeline;
use crate::store::sla::NamedHours;
use crate::store::{self, Location, Store, Tx, users};

/// A Friday, 14:00 in Warsaw.
pub const START: &str = "2026-12-18T13:00:00Z";

/// SplitMix64: the same seed gives the same cases.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }
}

pub struct World {
    store: Store,
    location: Location,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().join("laws.db"));
        let now: Time = START.parse().unwrap();
        let mut store = Store::create(&location, now).unwrap();
        let mut tx = store.write().unwrap();
        furnish(&mut tx, now);
        tx.commit().unwrap();
        World { store, location, _folder: folder }
    }

    pub fn walk(&mut self, seed: u64) -> Walk<'_> {
        let demand = Demand { operation: "tests", writes: true, needs: Permission::SuperAdmin };
        let now = START.parse().unwrap();
        let desk = open(self.store.write().unwrap(), self.location.clone(), now, &Call::default(), demand).unwrap();
        let mut walk = Walk { desk, dice: Dice(seed), hours: Vec::new(), conversations: Vec::new(), switched_off: false, done: Vec::new() };
        walk.run::<channels::Connect>(json!({ "name": "Form", "kind": "form", "address": "form", "inbox": "Help desk" }));
        walk.set_hours();
        walk.set_policy();
        walk
    }
}

/// A sequence of operations.
pub struct Walk<'s> {
    pub desk: Desk<'s>,
    pub dice: Dice,
    /// The working hours, and since when.
    pub hours: Vec<(Time, Vec<NamedHours>)>,
    conversations: Vec<Id>,
    switched_off: bool,
    /// For whoever reads a failure.
    pub done: Vec<String>,
}

impl Walk<'_> {
    fn run<O: Operation>(&mut self, arguments: Value) -> O::Output {
        self.done.push(format!("{} {} {arguments}", self.desk.now, O::NAME));
        let operation: O = serde_json::from_value(arguments).unwrap();
        operation.run(&mut self.desk).unwrap_or_else(|error| panic!("{error:?}\n{}", self.done.join("\n")))
    }

    fn tickets(&mut self) -> Vec<Id> {
        self.desk.tx.query("SELECT id FROM tickets ORDER BY id", &[], |row| row.get()).unwrap()
    }

    pub fn step(&mut self) {
        let minutes = self.dice.pick(&[1, 5, 30, 45, 120, 400, 1_000, 4_000]);
        self.desk.now = self.desk.now.plus_ms(minutes * MINUTE_MS + self.dice.below(50_000) as i64);
        let tickets = self.tickets();
        match self.dice.below(32) {
            0..4 => self.create(),
            4..8 => self.receive(),
            8..12 => self.say(true),
            12..16 => self.say(false),
            16..26 if !tickets.is_empty() => self.update(&tickets),
            26 if !self.conversations.is_empty() => {
                let (conversation, spam) = (self.dice.pick(&self.conversations), self.dice.below(2) == 0);
                self.run::<conversations::Spam>(json!({ "conversations": [conversation], "spam": spam }));
            }
            27 | 28 => self.set_policy(),
            29 if self.dice.below(3) == 0 => {
                let apply_to = self.dice.pick(&["open", "new"]);
                self.run::<sla::Clear>(json!({ "apply_to": apply_to }));
                self.switched_off = true;
            }
            30 => self.set_hours(),
            31 if self.dice.below(2) == 0 => {
                let stage = json!({ "pipeline": "Support", "stage": "Waiting", "name": null, "position": null, "state": self.dice.pick(&["OPEN", "CLOSED"]) });
                self.run::<pipelines::UpdateStage>(stage);
            }
            _ if tickets.len() > 4 && self.dice.below(4) == 0 => {
                let ticket = self.dice.pick(&tickets);
                self.run::<tickets::Delete>(json!({ "tickets": [ticket] }));
                if self.dice.below(2) == 0 {
                    self.come_back(ticket);
                }
            }
            _ => {}
        }
    }

    /// Other terms may be set while a ticket is gone.
    fn come_back(&mut self, ticket: Id) {
        self.desk.now = self.desk.now.plus_ms(self.dice.pick(&[5, 500]) * MINUTE_MS);
        match self.dice.below(3) {
            0 => self.set_policy(),
            1 => self.set_hours(),
            _ => {}
        }
        self.desk.now = self.desk.now.plus_ms(self.dice.pick(&[5, 500]) * MINUTE_MS);
        self.run::<tickets::Restore>(json!({ "tickets": [ticket] }));
    }

    /// While SLAs are switched off no ticket is made: what happens to one before it has clocks is known by a summary only.
    fn create(&mut self) {
        if self.switched_off {
            return;
        }
        let stage = self.dice.pick(&["New", "New", "Waiting", "Done"]);
        let priority = self.dice.pick(&[None, Some("HIGH"), Some("LOW")]);
        let owner = self.dice.pick(&[None, Some("anna@acme.example"), Some("ben@acme.example")]);
        let category = self.dice.pick(&[None, Some("Billing")]);
        self.run::<tickets::Create>(json!({ "name": "T", "pipeline": "Support", "stage": stage, "priority": priority, "owner": owner, "category": category, "company": null, "description": null }));
    }

    fn receive(&mut self) {
        if self.switched_off {
            return;
        }
        let received = self.run::<conversations::Receive>(json!({ "channel": "form", "from": "eva@lamps.example", "text": "Hi" }));
        self.conversations.push(received.conversation.expect("a super admin sees it"));
    }

    fn say(&mut self, customer: bool) {
        if self.conversations.is_empty() {
            return;
        }
        let conversation = self.dice.pick(&self.conversations);
        if customer {
            // Some messages are delivered late; none from before its conversation.
            let sql = "SELECT started_at FROM conversations WHERE id = $1";
            let begun: Time = self.desk.tx.one(sql, crate::args![conversation], |row| row.get()).unwrap();
            let late = self.dice.pick(&[0, 0, 0, 20, 300, 3_000]) * MINUTE_MS;
            let at = self.desk.now.plus_ms(-late).max(begun.plus_ms(1));
            self.run::<conversations::Receive>(
                json!({ "channel": "form", "from": "eva@lamps.example", "text": "Well?", "conversation": conversation, "at": at.min(self.desk.now) }),
            );
        } else {
            self.run::<conversations::Reply>(json!({ "conversation": conversation, "text": "Yes" }));
        }
    }

    fn update(&mut self, tickets: &[Id]) {
        let mut change = json!({ "tickets": [self.dice.pick(tickets)] });
        // One change mostly, now and then two in one command.
        for _ in 0..self.dice.pick(&[1, 1, 1, 2]) {
            let (field, value) = match self.dice.below(8) {
                0 | 1 => ("step", json!("close")),
                2 => ("step", json!("reopen")),
                3 | 4 => ("step", json!({ "to": self.dice.pick(&["Support/New", "Support/Waiting", "Returns/In"]) })),
                5 => ("priority", json!(self.dice.pick(&["none", "HIGH", "LOW"]))),
                6 => ("owner", json!(self.dice.pick(&["none", "anna@acme.example", "ben@acme.example"]))),
                _ => ("category", json!(self.dice.pick(&["", "Billing", "Refunds"]))),
            };
            change[field] = value;
        }
        self.run::<tickets::Update>(change);
    }

    fn targets(&mut self) -> Value {
        let mut targets = json!({});
        for kind in ["first_response", "next_response", "close"] {
            if self.dice.below(5) > 0 {
                let within = self.dice.pick(&[20, 60, 300, 960, 3_000, 9_000]);
                let lead = self.dice.pick(&[0, within / 4, within]);
                targets[kind] = json!({ "within": format!("{within}m") });
                if lead > 0 {
                    targets[kind]["due_soon"] = json!(format!("{lead}m"));
                }
            }
        }
        targets
    }

    fn set_policy(&mut self) {
        let (by, values) = self.dice.pick(&[
            ("priority", ["HIGH", "LOW"]),
            ("team", ["Sales", "Service"]),
            ("category", ["Billing", "Refunds"]),
            ("pipeline", ["Support", "Returns"]),
            ("source", ["MANUAL", "FORM"]),
        ]);
        let off = self.dice.below(3) == 0;
        let rules = json!([
            { "values": [values[0]], "targets": self.targets(), "hours": "24/7" },
            { "values": [values[1]], "targets": self.targets(), "off": off },
            { "targets": self.targets() },
        ]);
        let pauses = match self.dice.below(3) {
            0 => json!([]),
            1 => json!([{ "pipeline": "Support", "stage": "Waiting" }]),
            _ => json!([{ "pipeline": "Support", "stage": "Waiting", "targets": ["close"] }, { "pipeline": "Returns", "stage": "In" }]),
        };
        let hours = self.dice.pick(&["office", "office", "24/7"]);
        let policy =
            json!({ "by": by, "rules": rules, "pauses": pauses, "hours": hours, "reopen": self.dice.pick(&["continue", "first"]) });
        let apply_to = self.dice.pick(&["open", "open", "new"]);
        self.run::<sla::Set>(json!({ "policy": policy, "apply_to": apply_to }));
        self.switched_off = false;
    }

    fn set_hours(&mut self) {
        let (from, until) = self.dice.pick(&[("09:00", "17:00"), ("08:00", "12:00"), ("00:00", "24:00"), ("22:00", "06:00")]);
        let week: serde_json::Map<String, Value> =
            ["mon", "tue", "wed", "thu", "fri"].iter().map(|day| ((*day).to_owned(), json!([[from, until]]))).collect();
        self.run::<sla::hours::Set>(json!({ "name": "office", "zone": "Europe/Warsaw", "week": week }));
        let now = self.desk.now;
        self.hours.push((now, store::sla::all_hours(&mut self.desk.tx).unwrap()));
    }
}

fn furnish(tx: &mut Tx<'_>, now: Time) {
    let account = Account { name: "Acme".into(), time_zone: "Europe/Warsaw".into(), limits: serde_json::Map::new(), created_at: now };
    account::put(tx, &account, false).unwrap();
    for name in ["Sales", "Service"] {
        let id = tx.new_id("teams").unwrap();
        tx.insert(&[users::Team { id, name: name.into(), hours_id: None }]).unwrap();
    }
    let people = [
        ("boss@acme.example", Role::SuperAdmin, TicketAccess::All, None),
        ("anna@acme.example", Role::Member, TicketAccess::Own, Some(1)),
        ("ben@acme.example", Role::Member, TicketAccess::Team, Some(2)),
    ];
    for (email, role, ticket_access, team_id) in people {
        let id = tx.new_id("users").unwrap();
        let (name, email) = (email[..4].to_owned(), email.to_owned());
        let (grants, more_teams) = (vec![], vec![]);
        let seat = Seat::Service;
        let user =
            User { id, email, name, role, grants, seat, active: true, ticket_access, unassigned_visible: false, team_id, more_teams };
        users::put(tx, &user).unwrap();
    }
    for (name, kind) in [("Shared", InboxKind::Inbox), ("Help desk", InboxKind::HelpDesk)] {
        let id = tx.new_id("inboxes").unwrap();
        tx.insert(&[Inbox { id, name: name.into(), kind }]).unwrap();
    }
    let (open, closed) = (StageState::Open, StageState::Closed);
    let pipelines =
        [("Support", vec![("New", open), ("Waiting", open), ("Done", closed)]), ("Returns", vec![("In", open), ("Out", closed)])];
    for (place, (pipeline, stages)) in (1..).zip(pipelines) {
        let pipeline_id = tx.new_id("pipelines").unwrap();
        tx.insert(&[Pipeline { id: pipeline_id, name: pipeline.into(), position: place }]).unwrap();
        let ids = tx.new_ids("stages", stages.len()).unwrap();
        let stage = |((position, id), (name, state)): ((i64, Id), (&str, StageState))| Stage {
            id,
            pipeline_id,
            pipeline: pipeline.into(),
            name: name.into(),
            state,
            position,
        };
        let rows: Vec<Stage> = (1..).zip(ids).zip(stages).map(stage).collect();
        tx.insert(&rows).unwrap();
    }
}
