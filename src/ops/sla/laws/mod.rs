//! Laws of the clocks that lie in the store: whatever is done, they are what a replay comes to, and lists and reports tell of them
//! what anyone would who looked at every ticket.
//!
//! Two things are not replayed: what a ticket lived through before it had clocks at all (its conversations' summary stands for
//! it), and the order of changes within one command (as its history has them).

mod desk;
mod replay;

use std::collections::BTreeMap;

use self::desk::{Dice, Walk, World};
use self::replay::{Replayed, replay};
use super::report::{By, ListBreaches, Report, Scope};
use super::{ListDue, Operation};
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::sla::Status;
use crate::domain::sla::clock::{Clock, Outcome};
use crate::domain::sla::policy::{Kind, Length};
use crate::domain::sla::status::Standing;
use crate::domain::ticket::Ticket;
use crate::domain::time::{MINUTE_MS, Time};
use crate::sla::kept::{Kept, Rows};
use crate::sla::policies::Policies;
use crate::store;

/// Sequences of operations, and operations in each.
const SEQUENCES: u64 = 100;
const STEPS: usize = 40;

/// Calls `check` now and then in random sequences.
fn walks(salt: u64, mut check: impl FnMut(&mut Walk<'_>)) {
    let mut world = World::new();
    for seed in 0..SEQUENCES {
        let mut walk = world.walk(seed * 1_000 + salt);
        for step in 1..=STEPS {
            walk.step();
            if step % 20 == 0 {
                // Deadlines come in quiet times, too.
                let quiet = walk.dice.pick(&[0, 17, 200, 3_000]);
                walk.desk.now = walk.desk.now.plus_ms(quiet * MINUTE_MS);
                check(&mut walk);
            }
        }
    }
}

fn tickets(walk: &mut Walk<'_>) -> Vec<Ticket> {
    let ids: Vec<Id> = walk.desk.tx.query("SELECT id FROM tickets ORDER BY id", &[], |row| row.get()).unwrap();
    ids.into_iter().map(|id| store::tickets::look(&mut walk.desk.tx, id).unwrap().unwrap()).collect()
}

fn kept(walk: &mut Walk<'_>, ticket: &Ticket) -> Kept {
    let mut policies = Policies::load(&mut walk.desk.tx).unwrap().unwrap();
    Kept::load(&mut walk.desk.tx, &mut policies, ticket).unwrap().unwrap_or_else(|| panic!("ticket {} has no clocks", ticket.id))
}

#[test]
fn s5_what_is_kept_is_what_is_replayed() {
    let mut count = 0;
    walks(1, |walk| {
        for ticket in tickets(walk) {
            let now = walk.desk.now;
            let (mut kept, replayed) = (kept(walk, &ticket), replay(walk, &ticket));
            let stored = kept.clocks.clone();
            kept.clocks.advance(&kept.in_force.terms, now);
            let told = |standings: Vec<Standing>| standings.into_iter().map(|one| format!("{one:?}")).collect::<Vec<_>>();
            let (is, should_be) = (kept.clocks.standings(&kept.in_force.terms, now), replayed.clocks.standings(&replayed.terms, now));
            assert_eq!(kept.in_force.id, replayed.revision, "ticket {}\n{}", ticket.id, walk.done.join("\n"));
            assert_eq!(told(is), told(should_be), "ticket {} at {now}\n{}", ticket.id, walk.done.join("\n"));
            let rest = |clocks: &crate::domain::sla::Clocks| {
                let waits = (clocks.replied, clocks.unanswered_since, clocks.instances);
                (clocks.clocks.clone(), clocks.rule, waits, clocks.spam, clocks.open)
            };
            assert_eq!(rest(&kept.clocks), rest(&replayed.clocks), "ticket {}\n{}", ticket.id, walk.done.join("\n"));
            due_times_are_those_of(walk, &ticket, &stored, &kept);
            count += 1;
        }
    });
    assert!(count > 500, "{count}");
}

/// The times in the index are those of the terms that hold.
fn due_times_are_those_of(walk: &mut Walk<'_>, ticket: &Ticket, clocks: &crate::domain::sla::Clocks, kept: &Kept) {
    let sla = store::sla::clocks::of_ticket(&mut walk.desk.tx, ticket.id).unwrap().unwrap();
    for kind in Kind::ALL {
        let cells = sla.cells(kind);
        if cells.started_at.is_some() && cells.ended_at.is_none() {
            let due = clocks.due(&kept.in_force.terms, kind);
            assert_eq!((cells.due_at, cells.due_soon_at), due, "ticket {} {kind}\n{}", ticket.id, walk.done.join("\n"));
        }
    }
}

#[test]
fn s5_clocks_come_back_from_the_store_as_they_were() {
    walks(2, |walk| {
        for ticket in tickets(walk) {
            let (stored, replayed) = (kept(walk, &ticket), replay(walk, &ticket));
            let mut rows = Rows::default();
            Kept::fresh(ticket.id, replayed.clocks.clone(), stored.in_force.clone()).add_to(&mut rows);
            // Written over what is there, and read again.
            rows.put(&mut walk.desk.tx).unwrap();
            let back = kept(walk, &ticket);
            assert_eq!(back.clocks, replayed.clocks, "{}", walk.done.join("\n"));
            let mut again = Rows::default();
            back.add_to(&mut again);
            assert_eq!(again, Rows::default(), "nothing changed, and so nothing is written");
        }
    });
}

/// Whoever looks: all, the own tickets, those of a team.
const VIEWERS: [&str; 3] = ["boss@acme.example", "anna@acme.example", "ben@acme.example"];

/// Each ticket that a viewer sees, but for spam, with its replayed clocks.
fn seen(walk: &mut Walk<'_>) -> Vec<(Ticket, Replayed)> {
    let visibility = Visibility::of(&walk.desk.actor);
    let tickets = tickets(walk).into_iter().filter(|ticket| !ticket.spam && visibility.sees(ticket.owner_id, ticket.team_id));
    let tickets: Vec<Ticket> = tickets.collect();
    tickets.into_iter().map(|ticket| (replay(walk, &ticket), ticket)).map(|(replayed, ticket)| (ticket, replayed)).collect()
}

fn look_as(walk: &mut Walk<'_>, email: &str) {
    walk.desk.actor = store::users::all(&mut walk.desk.tx).unwrap().into_iter().find(|user| user.email == email).unwrap();
}

#[test]
fn s5_what_is_due_is_what_anyone_would_find() {
    let mut found = [0, 0, 0];
    walks(3, |walk| {
        let mut dice = Dice(walk.desk.now.0 as u64);
        for viewer in VIEWERS {
            look_as(walk, viewer);
            let (now, seen) = (walk.desk.now, seen(walk));
            let within = dice.pick(&[None, None, Some(30), Some(3_000)]).map(|minutes| Length(minutes * MINUTE_MS));
            let mut expected: Vec<(Time, Id, String, Status)> = Vec::new();
            for (ticket, replayed) in &seen {
                for one in replayed.clocks.standings(&replayed.terms, now).into_iter().filter(|one| one.status.is_open()) {
                    // What stands still with something left has no due time.
                    let Some(due_at) = one.due_at else { continue };
                    let wanted = match within {
                        Some(within) => due_at <= now.plus_ms(within.0),
                        None => one.status != Status::Active,
                    };
                    if wanted {
                        expected.push((due_at, ticket.id, one.kind.to_string(), one.status));
                    }
                }
            }
            expected.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
            let (limit, mut after, mut told) = (dice.below(4) as i64 + 1, None, Vec::new());
            loop {
                let page = ListDue { within, target: None, owner: None, team: None, after, limit }.run(&mut walk.desk).unwrap();
                assert!(page.items.len() as i64 <= limit);
                told.extend(page.items.into_iter().map(|row| (row.due_at, row.ticket, row.target.to_string(), row.status)));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(told, expected, "{viewer} {within:?} at {now}\n{}", walk.done.join("\n"));
            for (_, _, _, status) in told {
                found[status as usize] += 1;
            }
        }
        look_as(walk, VIEWERS[0]);
    });
    assert!(found.iter().all(|count| *count > 5), "{found:?}");
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    OnTime,
    Late,
    Cancelled,
    Running,
}

/// How a clock stands, and when that was decided; none where nothing was asked of it.
fn verdict(replayed: &Replayed, clock: &Clock, now: Time) -> Option<(Verdict, Time)> {
    let Some(end) = clock.end else {
        let standing = replayed.clocks.standing(&replayed.terms, clock.kind, now)?;
        return Some(if standing.status == Status::Overdue {
            (Verdict::Late, standing.breached_at.unwrap())
        } else {
            (Verdict::Running, now)
        });
    };
    match (end.outcome, clock.breached_at) {
        (Outcome::OnTime, _) => Some((Verdict::OnTime, end.at)),
        (Outcome::Late, breached) => Some((Verdict::Late, breached.unwrap())),
        (Outcome::Cancelled, Some(breached)) => Some((Verdict::Late, breached)),
        (Outcome::Cancelled, None) => Some((Verdict::Cancelled, end.at)),
        (Outcome::NoTarget, _) => None,
    }
}

type Counts = (i64, i64, i64, i64);

#[test]
fn s5_a_report_counts_what_anyone_would() {
    let mut late = 0;
    walks(4, |walk| {
        let mut dice = Dice(walk.desk.now.0 as u64);
        for viewer in VIEWERS {
            look_as(walk, viewer);
            let (now, seen) = (walk.desk.now, seen(walk));
            let mut edge = || dice.pick(&[None, Some(now.plus_ms(-2_000 * MINUTE_MS)), Some(now.plus_ms(-500 * MINUTE_MS))]);
            let (since, until) = (edge(), edge());
            let by = dice.pick(&[By::Target, By::Team, By::Priority, By::Agent]);
            let mut expected: BTreeMap<(Option<String>, Kind), Counts> = BTreeMap::new();
            let mut missed: Vec<(Id, String, u32, Time)> = Vec::new();
            for (ticket, replayed) in &seen {
                let group = match by {
                    By::Team => ticket.team_id.map(|id| ["Sales", "Service"][id as usize - 1].to_owned()),
                    By::Priority => ticket.priority.map(|priority| priority.to_string()),
                    By::Agent => ticket.owner_id.map(|id| VIEWERS[id as usize - 1].to_owned()),
                    _ => None,
                };
                for clock in replayed.passed.iter().chain(replayed.clocks.clocks.iter().flatten()) {
                    let Some((verdict, at)) = verdict(replayed, clock, now) else { continue };
                    let open = since.is_none() && until.is_none();
                    let held = since.is_none_or(|since| at >= since) && until.is_none_or(|until| at < until);
                    if if verdict == Verdict::Running { !open } else { !held } {
                        continue;
                    }
                    let counts = expected.entry((group.clone(), clock.kind)).or_default();
                    match verdict {
                        Verdict::OnTime => counts.0 += 1,
                        Verdict::Late => counts.1 += 1,
                        Verdict::Cancelled => counts.2 += 1,
                        Verdict::Running => counts.3 += 1,
                    }
                    if verdict == Verdict::Late {
                        missed.push((ticket.id, clock.kind.to_string(), clock.instance, at));
                    }
                }
            }
            let text = |at: Option<Time>| at.map(|at| at.to_string());
            let scope = Scope { since: text(since), until: text(until), ..Scope::default() };
            let rows = Report { by, scope: scope.clone() }.run(&mut walk.desk).unwrap();
            for row in &rows {
                assert_eq!(row.judged, row.on_time + row.late);
                assert_eq!(row.percent.is_some(), row.judged > 0);
                assert!(row.percent.is_none_or(|percent| (percent - 100.0 * row.on_time as f64 / row.judged as f64).abs() < 0.06));
            }
            let told: BTreeMap<_, _> =
                rows.into_iter().map(|row| ((row.group, row.target), (row.on_time, row.late, row.cancelled, row.running))).collect();
            assert_eq!(told, expected, "{viewer} by {by:?} {since:?} {until:?} at {now}\n{}", walk.done.join("\n"));
            missed.sort();
            late += missed.len();
            assert_eq!(breaches(walk, &scope, dice.below(3) as i64 + 1), missed, "{viewer}\n{}", walk.done.join("\n"));
        }
        look_as(walk, VIEWERS[0]);
    });
    assert!(late > 200, "{late}");
}

/// All pages.
fn breaches(walk: &mut Walk<'_>, scope: &Scope, limit: i64) -> Vec<(Id, String, u32, Time)> {
    let (mut after, mut told) = (None, Vec::new());
    loop {
        let page = ListBreaches { scope: scope.clone(), after, limit }.run(&mut walk.desk).unwrap();
        told.extend(page.items.into_iter().map(|row| (row.ticket, row.target.to_string(), row.instance as u32, row.breached_at)));
        after = page.next;
        if after.is_none() {
            return told;
        }
    }
}
