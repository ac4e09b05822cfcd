//! The order of delivery (E1), what ended under other terms (S5), and tickets that come back: what the clocks come to.

use super::on_both_engines;

on_both_engines!(
    e1_a_late_message_counts_at_its_own_time,
    e1_a_late_message_is_judged_by_the_terms_of_its_time,
    e1_any_order_of_delivery_ends_in_the_same_clocks,
    e1_the_channel_history_is_by_own_time,
    s5_what_ended_is_explained_by_the_terms_of_then,
    s5_a_restored_ticket_has_the_clocks_of_an_undisturbed_one,
);

mod checks {
    use deskctl::args;
    use deskctl::clock::Clock;
    use deskctl::domain::Id;
    use deskctl::domain::time::{DAY_MS, MINUTE_MS, Time};
    use deskctl::ops::{Call, Operation, conversations, sla, tickets};
    use deskctl::store::sla::clocks::{self, Cells};
    use deskctl::target::Local;
    use serde_json::{Value, json};

    use crate::nouns::desk::Desk;

    fn on_the_day(time: &str) -> String {
        format!("2026-06-01T{time}:00Z")
    }

    fn connect(desk: &Desk, address: &str) {
        desk.json(&["channels", "connect", "--kind", "form", "--name", address, "--address", address, "--inbox", "Help desk"]);
    }

    fn receive(desk: &Desk, now: &str, more: &[&str]) -> Value {
        let arguments = [&["conversations", "receive", "form", "--from", "eva@lamps.example", "--text", "Hi"], more].concat();
        desk.run_at(&on_the_day(now), &arguments).json()
    }

    /// Target, status, minutes of its start, due time and end.
    fn told(desk: &Desk, now: &str, ticket: &str) -> Vec<(String, String, String, String, String)> {
        let explained = desk.run_at(&on_the_day(now), &["sla", "explain", ticket]).json();
        // The clock goes on while commands run.
        let nearest = |at: &str| at.parse::<Time>().unwrap().plus_ms(MINUTE_MS / 2).to_string()[11..16].to_owned();
        let minute = |at: &Value| at.as_str().map_or_else(String::new, nearest);
        let one = |target: &Value| {
            let standing = &target["standing"];
            let text = |field: &str| standing[field].as_str().unwrap().to_owned();
            (text("kind"), text("status"), minute(&standing["started_at"]), minute(&standing["due_at"]), minute(&standing["ended_at"]))
        };
        explained["targets"].as_array().unwrap().iter().map(one).collect()
    }

    fn line(kind: &str, status: &str, started: &str, due: &str, ended: &str) -> (String, String, String, String, String) {
        (kind.into(), status.into(), started.into(), due.into(), ended.into())
    }

    pub fn e1_a_late_message_counts_at_its_own_time(desk: &Desk) {
        connect(desk, "form");
        desk.run_at(&on_the_day("07:00"), &["sla", "set", "--first-response", "8h", "--next-response", "1h"]).json();
        let made = receive(desk, "08:00", &["--thread", "a"]);
        let (ticket, conversation) = (made["ticket"].to_string(), made["conversation"].to_string());
        desk.run_at(&on_the_day("09:00"), &["conversations", "reply", &conversation, "--text", "Yes"]).json();
        receive(desk, "09:30", &["--thread", "a", "--at", "2026-06-01T08:30:00Z"]);
        let answered = line("first_response", "completed_on_time", "08:00", "16:00", "09:00");
        assert_eq!(told(desk, "10:30", &ticket), std::slice::from_ref(&answered));
        assert_eq!(desk.run_at(&on_the_day("10:30"), &["sla", "due"]).json(), json!([]));
        let report = desk.run_at(&on_the_day("10:30"), &["sla", "report"]).json();
        assert_eq!(report.as_array().unwrap().len(), 1, "{report}");
        // A later one waits, and one that is still later delivered moves its start.
        receive(desk, "10:00", &["--thread", "a", "--at", "2026-06-01T09:45:00Z"]);
        receive(desk, "10:05", &["--thread", "a", "--at", "2026-06-01T09:20:00Z"]);
        assert_eq!(told(desk, "10:30", &ticket), [answered, line("next_response", "overdue", "09:20", "10:20", "")]);
        let history = desk.history(deskctl::store::history::Object::Ticket, ticket.parse().unwrap());
        let corrected: Vec<_> = history.into_iter().filter(|(property, ..)| property == "sla_next_response").collect();
        assert_eq!(corrected.len(), 1, "{corrected:?}");
        let (old, new) = (corrected[0].1.clone().unwrap(), corrected[0].2.clone().unwrap());
        assert!(old.starts_with("1: started 2026-06-01T09:45") && new.starts_with("1: started 2026-06-01T09:20"), "{old} -> {new}");
    }

    pub fn e1_a_late_message_is_judged_by_the_terms_of_its_time(desk: &Desk) {
        connect(desk, "form");
        desk.run_at(&on_the_day("07:00"), &["sla", "set", "--first-response", "8h", "--next-response", "1h"]).json();
        desk.json(&["pipelines", "create", "Other", "--stage", "In=OPEN", "--stage", "Out=CLOSED"]);
        let made = receive(desk, "08:00", &["--thread", "a"]);
        let (ticket, conversation) = (made["ticket"].to_string(), made["conversation"].to_string());
        desk.run_at(&on_the_day("09:00"), &["conversations", "reply", &conversation, "--text", "Yes"]).json();
        desk.run_at(&on_the_day("10:30"), &["tickets", "update", &ticket, "--stage", "Other/In"]).json();
        receive(desk, "11:00", &["--thread", "a", "--at", "2026-06-01T09:10:00Z"]);
        assert_eq!(told(desk, "11:05", &ticket)[1], line("next_response", "overdue", "09:10", "10:10", ""));
        // Answered in the time that was asked for then, whatever was asked for since.
        let made = receive(desk, "12:00", &["--thread", "b"]);
        let (ticket, conversation) = (made["ticket"].to_string(), made["conversation"].to_string());
        desk.run_at(&on_the_day("12:01"), &["conversations", "reply", &conversation, "--text", "Yes"]).json();
        desk.run_at(&on_the_day("13:00"), &["conversations", "reply", &conversation, "--text", "And"]).json();
        desk.run_at(&on_the_day("13:30"), &["sla", "set", "--next-response", "10m", "--apply-to", "open"]).json();
        receive(desk, "14:00", &["--thread", "b", "--at", "2026-06-01T12:10:00Z"]);
        assert_eq!(told(desk, "15:00", &ticket)[1], line("next_response", "completed_on_time", "12:10", "13:10", "13:00"));
    }

    pub fn e1_the_channel_history_is_by_own_time(desk: &Desk) {
        connect(desk, "form");
        connect(desk, "chat");
        let chat = |now: &str, id: &str, at: &str| {
            let arguments = ["conversations", "receive", "chat", "--from", "eva@lamps.example", "--text", "Hi", "--at", at];
            desk.run_at(&on_the_day(now), &[&arguments[..], &["--conversation", id]].concat()).json();
        };
        let stays = |conversation: &str| {
            let shown = desk.run_at(&on_the_day("20:00"), &["conversations", "show", conversation]).json();
            let mut stays = Vec::new();
            desk.write(|tx| {
                let id: Id = conversation.parse().unwrap();
                let found = deskctl::store::conversations::channels_of(tx, id).unwrap();
                stays = found.into_iter().map(|stay| (stay.channel_id, stay.since.to_string()[11..16].to_owned())).collect();
            });
            (shown["channel"].clone(), stays)
        };
        // The form at 08:00 and 10:00, the chat at 09:00 and 11:00, in any order after the first.
        let sent = [("chat", "09:00"), ("form", "10:00"), ("chat", "11:00")];
        let mut ends = Vec::new();
        for (number, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
            let id = receive(desk, "08:00", &["--thread", &number.to_string()])["conversation"].to_string();
            for (step, at) in order.into_iter().enumerate() {
                let (channel, time) = sent[at];
                let (now, own) = (format!("{}:00", 12 + step), on_the_day(time));
                match channel {
                    "chat" => chat(&now, &id, &own),
                    _ => drop(receive(desk, &now, &["--conversation", &id, "--at", &own])),
                }
            }
            ends.push(stays(&id));
        }
        assert_eq!(ends[0].1.len(), 4, "{ends:?}");
        assert!(ends.iter().all(|end| end == &ends[0]), "{ends:?}");
    }

    pub fn s5_what_ended_is_explained_by_the_terms_of_then(desk: &Desk) {
        connect(desk, "form");
        let early = |arguments: &[&str]| desk.run_at(&on_the_day("07:00"), arguments).json();
        early(&["sla", "hours", "set", "office", "--zone", "UTC", "--day", "mon-fri=08:00-18:00"]);
        early(&["sla", "set", "--by", "priority", "--value", "URGENT", "--first-response", "1h", "--hours", "office"]);
        early(&["sla", "set", "--value", "LOW", "--first-response", "8h"]);
        let made = receive(desk, "08:00", &["--thread", "a"]);
        let (ticket, conversation) = (made["ticket"].to_string(), made["conversation"].to_string());
        let at = |now: &str, arguments: &[&str]| desk.run_at(&on_the_day(now), arguments).json();
        at("08:00", &["tickets", "update", &ticket, "--priority", "URGENT"]);
        at("11:00", &["conversations", "reply", &conversation, "--text", "Yes"]);
        let late = [line("first_response", "completed_late", "08:00", "09:00", "11:00")];
        let everywhere = |now: &str| {
            assert_eq!(told(desk, now, &ticket), late, "{now}");
            let target = &at(now, &["sla", "explain", &ticket])["targets"][0];
            assert_eq!((&target["standing"]["target_ms"], &target["hours"]), (&json!(3_600_000), &json!("office")), "{now}");
            let shown = &at(now, &["tickets", "show", &ticket])["sla"][0];
            assert_eq!((&shown["target_ms"], &shown["status"]), (&json!(3_600_000), &json!("completed_late")), "{now}");
            assert_eq!(shown["due_at"].as_str().unwrap()[11..16], *"09:00", "{now}");
        };
        everywhere("11:30");
        at("12:00", &["tickets", "update", &ticket, "--priority", "LOW"]);
        everywhere("12:30");
        assert!(at("12:30", &["sla", "explain", &ticket])["targets"][0]["because"].as_str().unwrap().contains("held when"));
        at("13:00", &["sla", "hours", "set", "office", "--day", "mon-fri=10:00-12:00"]);
        everywhere("13:30");
        at("14:00", &["sla", "set", "--value", "URGENT", "--first-response", "6h", "--apply-to", "open"]);
        everywhere("14:30");
        at("15:00", &["sla", "clear", "--apply-to", "open"]);
        everywhere("15:30");
    }

    pub fn s5_a_restored_ticket_has_the_clocks_of_an_undisturbed_one(desk: &Desk) {
        desk.run_at(&on_the_day("07:00"), &["sla", "set", "--close", "8h"]).json();
        let create = |now: &str| {
            let made = desk.run_at(&on_the_day(now), &["tickets", "create", "--name", "T", "--stage", "New"]).json();
            made["id"].to_string()
        };
        let (there, gone) = (create("08:00"), create("08:00"));
        let at = |now: &str, arguments: &[&str]| desk.run_at(&on_the_day(now), arguments).json();
        // A policy for open tickets that finds both closed.
        at("08:30", &["tickets", "update", &there, &gone, "--close"]);
        at("09:00", &["sla", "set", "--close", "2h", "--apply-to", "open"]);
        at("09:30", &["tickets", "update", &there, &gone, "--reopen"]);
        at("10:00", &["tickets", "delete", &gone, "--yes"]);
        at("10:30", &["tickets", "restore", &gone]);
        assert_eq!(told(desk, "11:00", &gone), told(desk, "11:00", &there));
        assert_eq!(told(desk, "11:00", &gone), [line("close", "active", "08:00", "17:00", "")]);
        // One that is set meanwhile holds since then.
        at("11:00", &["tickets", "delete", &gone, "--yes"]);
        at("11:30", &["sla", "set", "--close", "1h", "--apply-to", "open"]);
        at("12:30", &["tickets", "restore", &gone]);
        for ticket in [&there, &gone] {
            let standing = &at("13:00", &["sla", "explain", ticket])["targets"][0]["standing"];
            assert_eq!(
                (&standing["status"], &standing["breached_at"].as_str().unwrap()[11..16]),
                (&json!("overdue"), "11:30"),
                "{standing}"
            );
        }
    }

    /// What may happen to every ticket of the law, and when in minutes.
    #[derive(Clone, Copy)]
    enum Happens {
        Asks,
        Answers,
        Update(&'static str, &'static str),
        Policy(i64),
        Hours(&'static str),
    }

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: i64) -> i64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % n as u64) as i64
        }
    }

    fn course(dice: &mut Dice) -> Vec<(i64, Happens)> {
        let mut minute = 0;
        (0..16)
            .map(|_| {
                minute += 1 + dice.below(90);
                let happens = match dice.below(12) {
                    0..5 => Happens::Asks,
                    5..8 => Happens::Answers,
                    8 => Happens::Update("step", ["close", "reopen", "to"][dice.below(3) as usize]),
                    9 => Happens::Update("priority", ["HIGH", "none"][dice.below(2) as usize]),
                    10 => Happens::Policy(20 + dice.below(200)),
                    _ => Happens::Hours(["mon-sun=00:00-24:00", "mon-sun=08:00-20:00", "mon-sun=09:00-10:00"][dice.below(3) as usize]),
                };
                (minute, happens)
            })
            .collect()
    }

    /// One store with its clock in hand.
    struct World<'d> {
        local: Local,
        start: Time,
        desk: &'d Desk,
    }

    impl World<'_> {
        fn run<O: Operation>(&mut self, minute: i64, operation: Value) -> Value {
            let at = self.start.plus_ms(minute * MINUTE_MS);
            self.local.clock = Clock::Started { at, when: std::time::Instant::now() };
            let operation: O = serde_json::from_value(operation).unwrap();
            json!(self.local.run(operation, &Call::default()).unwrap().output)
        }

        fn ask(&mut self, now: i64, thread: &str, at: i64) -> Value {
            let at = self.start.plus_ms(at * MINUTE_MS);
            self.run::<conversations::Receive>(
                now,
                json!({ "channel": "form", "from": "eva@lamps.example", "text": "?", "thread": thread, "at": at }),
            )
        }

        /// What is stored of a ticket's clocks, in minutes: commands take a moment.
        fn stored(&self, ticket: Id) -> String {
            let minutes = |at: Option<Time>| at.map(|at| (at.0 - self.start.0 + MINUTE_MS / 2).div_euclid(MINUTE_MS));
            let cells = |cells: &Cells| {
                let times = [cells.started_at, cells.ended_at, cells.breached_at, cells.due_at, cells.due_soon_at].map(minutes);
                format!("{times:?} {:?}", cells.outcome)
            };
            let mut all = Vec::new();
            self.desk.write(|tx| {
                let sla = clocks::of_ticket(tx, ticket).unwrap().unwrap();
                let basis = &sla.basis;
                all.push(format!("{:?} {:?} {}", basis.policy_id, basis.rule, basis.next_responses));
                all.push(format!("{:?} {} {:?}", minutes(Some(basis.rule_since)), basis.replied, minutes(basis.unanswered_since)));
                all.push(format!("{:?}", sla.ended_by().unwrap()));
                all.extend(deskctl::domain::sla::policy::Kind::ALL.map(|kind| format!("{kind} {}", cells(sla.cells(kind)))));
                let sql = "SELECT instance, started_at, ended_at, outcome, breached_at, due_at FROM sla_past_responses \
                           WHERE ticket_id = $1 ORDER BY instance";
                let past = tx.query(sql, args![ticket], |row| {
                    let instance: i64 = row.get()?;
                    let cells = Cells {
                        started_at: row.get()?,
                        ended_at: row.get()?,
                        outcome: row.get()?,
                        breached_at: row.get()?,
                        due_at: row.get()?,
                        due_soon_at: None,
                    };
                    Ok((instance, cells))
                });
                all.extend(past.unwrap().iter().map(|(instance, past)| format!("past {instance} {}", cells(past))));
            });
            all.join("\n")
        }
    }

    /// The same course for several tickets; of all but the first one, customers' messages are delivered when it pleases them.
    pub fn e1_any_order_of_delivery_ends_in_the_same_clocks(desk: &Desk) {
        connect(desk, "form");
        desk.json(&["sla", "hours", "set", "office", "--zone", "UTC", "--day", "mon-sun=08:00-20:00"]);
        desk.json(&["pipelines", "create", "Other", "--stage", "Waiting=OPEN", "--stage", "Out=CLOSED"]);
        for seed in 0..8 {
            let mut dice = Dice(seed * 7_919 + 1);
            let start = "2026-06-02T08:00:00Z".parse::<Time>().unwrap().plus_ms(seed as i64 * 20 * DAY_MS);
            let mut world = World { local: desk.local(), start, desk };
            let rule = |within: i64| {
                json!({ "policy": { "by": "priority", "hours": "office", "pauses": [{ "pipeline": "Other", "stage": "Waiting" }],
                    "rules": [{ "values": ["HIGH"], "hours": "24/7", "targets": { "first_response": { "within": "30m" },
                        "next_response": { "within": format!("{within}m"), "due_soon": "10m" }, "close": { "within": "6h" } } },
                    { "targets": { "first_response": { "within": "2h" }, "next_response": { "within": format!("{}m", within * 2) },
                        "close": { "within": format!("{}m", within * 4) } } }] }, "apply_to": "open" })
            };
            world.run::<sla::Set>(0, rule(60));
            let course = course(&mut dice);
            let made: Vec<(Id, Id)> = (0..5)
                .map(|number| {
                    let made = world.ask(0, &format!("{seed}-{number}"), 0);
                    (made["ticket"].as_i64().unwrap(), made["conversation"].as_i64().unwrap())
                })
                .collect();
            // When what happens to whom.
            let mut todo = Vec::new();
            for (at, happens) in &course {
                for number in 0..made.len() {
                    let late = if number > 0 && matches!(happens, Happens::Asks) { dice.below(3) * dice.below(900) } else { 0 };
                    todo.push((at + late, number, *at, *happens));
                }
            }
            todo.sort_by_key(|(now, number, at, _)| (*now, *at, *number));
            for (now, number, at, happens) in todo {
                let (ticket, conversation) = made[number];
                match happens {
                    Happens::Asks => drop(world.ask(now, &format!("{seed}-{number}"), at)),
                    Happens::Answers => {
                        world.run::<conversations::Reply>(now, json!({ "conversation": conversation, "text": "!" }));
                    }
                    Happens::Update(field, value) => {
                        let value = if value == "to" { json!({ "to": "Other/Waiting" }) } else { json!(value) };
                        world.run::<tickets::Update>(now, json!({ "tickets": [ticket], field: value }));
                    }
                    Happens::Policy(within) if number == 0 => drop(world.run::<sla::Set>(now, rule(within))),
                    Happens::Hours(week) if number == 0 => {
                        let [from, until] = [&week[8..13], &week[14..]];
                        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                        let week: serde_json::Map<_, _> = days.iter().map(|day| ((*day).to_owned(), json!([[from, until]]))).collect();
                        world.run::<sla::hours::Set>(now, json!({ "name": "office", "week": week }));
                    }
                    Happens::Policy(_) | Happens::Hours(_) => {}
                }
            }
            let in_order = world.stored(made[0].0);
            for (ticket, _) in &made[1..] {
                assert_eq!(world.stored(*ticket), in_order, "seed {seed}");
            }
        }
    }
}
