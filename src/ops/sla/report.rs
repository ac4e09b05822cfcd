//! `sla.report` and `sla.breaches`: how well targets were met, and which were not.

use std::collections::{BTreeMap, HashSet};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::names::Names;
use super::super::page::{LARGEST, TokenPage, read_token, token, usual_limit};
use super::super::teams;
use super::{Desk, Operation};
use crate::domain::Id;
use crate::domain::sla::clock::Outcome;
use crate::domain::sla::policy::Kind;
use crate::domain::ticket::Priority;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::store;
use crate::store::sla::report::{Breaches, Judged, Place, ReportFilter};
use crate::text_enum;

text_enum! {
    /// By what a report is grouped.
    #[schemars(rename = "SlaBy")]
    #[derive(Default)]
    pub enum By {
        #[default]
        Target = "target",
        Team = "team",
        Priority = "priority",
        /// The channel of the ticket's first conversation.
        Channel = "channel",
        /// The ticket's owner.
        Agent = "agent",
        /// The week in which it was decided, from Monday, in the account's time zone.
        Week = "week",
    }
}

/// What is looked at: which target, whose tickets, and when it was decided.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlaScope")]
pub struct Scope {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Kind>,
    /// A team by name or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Decided then or later (answered, closed, or overdue): a time, a date in the account's zone, or `30d` for so long ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Decided before then; on a date's day, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// When clocks were decided that are looked at.
#[derive(Clone, Copy)]
struct Span {
    since: Option<Time>,
    until: Option<Time>,
}

impl Span {
    fn is_open(self) -> bool {
        self.since.is_none() && self.until.is_none()
    }
    fn holds(self, decided_at: Time) -> bool {
        self.since.is_none_or(|since| decided_at >= since) && self.until.is_none_or(|until| decided_at < until)
    }
}

impl Scope {
    fn filter(&self, desk: &mut Desk<'_>) -> Result<ReportFilter> {
        let team = self.team.as_deref().map(|typed| teams::team(desk, typed)).transpose()?;
        Ok(ReportFilter { kind: self.target, team: team.map(|team| team.id), ..ReportFilter::default() })
    }

    fn span(&self, desk: &Desk<'_>) -> Result<Span> {
        Ok(Span {
            since: self.since.as_deref().map(|typed| check::since(desk, typed)).transpose()?,
            until: self.until.as_deref().map(|typed| check::until(desk, typed)).transpose()?,
        })
    }
}

/// What became of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Met, and when.
    OnTime(Time),
    /// Missed, and since when: completed late, overdue still, or closed without an answer after it was overdue.
    Late(Time),
    /// Ended without being asked for.
    Cancelled(Time),
    /// Not decided yet.
    Running,
    /// Nothing was asked of it.
    None,
}

/// What each revision of the policy asks for: revision, number of the rule, target.
struct Asked(HashSet<(Id, i64, Kind)>);

impl Asked {
    fn load(desk: &mut Desk<'_>) -> Result<Asked> {
        let mut asked = HashSet::new();
        for revision in store::sla::revisions(&mut desk.tx)? {
            let rules = revision.policy.map(|policy| policy.rules).unwrap_or_default();
            for (number, rule) in (0..).zip(&rules).filter(|(_, rule)| !rule.off) {
                asked
                    .extend(Kind::ALL.into_iter().filter(|kind| rule.targets.get(*kind).is_some()).map(|kind| (revision.id, number, kind)));
            }
        }
        Ok(Asked(asked))
    }

    /// Whether a clock that has not ended has a target: where it is due it has one, else it is paused, or nothing is asked of it.
    fn of(&self, clock: &Judged) -> bool {
        let rule = clock.policy_id.zip(clock.rule);
        clock.due_at.is_some() || rule.is_some_and(|(policy, rule)| self.0.contains(&(policy, rule, clock.kind)))
    }
}

fn verdict(clock: &Judged, now: Time) -> Verdict {
    match (clock.ended_at, clock.outcome) {
        (Some(at), Some(Outcome::OnTime)) => Verdict::OnTime(at),
        (Some(at), Some(Outcome::Late)) => Verdict::Late(clock.breached_at.or(clock.due_at).unwrap_or(at)),
        (Some(at), Some(Outcome::Cancelled)) => clock.breached_at.map_or(Verdict::Cancelled(at), Verdict::Late),
        (Some(_), _) => Verdict::None,
        (None, _) => match clock.due_at.filter(|due| *due < now) {
            Some(due) => Verdict::Late(clock.breached_at.unwrap_or(due)),
            None => Verdict::Running,
        },
    }
}

/// Tells how well targets were met.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    #[serde(default)]
    pub by: By,
    #[serde(default)]
    pub scope: Scope,
}

/// A group's targets of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportRow {
    /// The team, priority, channel, agent or week; none where a ticket has none, or where there are no groups.
    pub group: Option<String>,
    pub target: Kind,
    /// Decided: on time or late.
    pub judged: i64,
    pub on_time: i64,
    pub late: i64,
    /// Ended before it was due, without being asked for.
    pub cancelled: i64,
    /// Neither met nor missed yet; where a time is given, none are counted.
    pub running: i64,
    /// On time of 100 judged; none where none was.
    pub percent: Option<f64>,
}

impl Operation for Report {
    const NAME: &'static str = "sla.report";
    const WRITES: bool = false;
    type Output = Vec<ReportRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<ReportRow>> {
        let (now, zone, visibility) = (desk.now, desk.zone()?, desk.visibility());
        let filter = ReportFilter { with_channel: self.by == By::Channel, ..self.scope.filter(desk)? };
        let (span, asked) = (self.scope.span(desk)?, Asked::load(desk)?);
        let mut groups: BTreeMap<(Group, Kind), ReportRow> = BTreeMap::new();
        store::sla::report::each(&mut desk.tx, &visibility, &filter, |clock| {
            let verdict = verdict(&clock, now);
            let decided_at = match verdict {
                Verdict::None => return Ok(()),
                Verdict::Running if span.is_open() && asked.of(&clock) => now,
                Verdict::Running => return Ok(()),
                Verdict::OnTime(at) | Verdict::Late(at) | Verdict::Cancelled(at) => at,
            };
            if verdict == Verdict::Running || span.holds(decided_at) {
                let group = Group::of(self.by, &clock, decided_at, &zone);
                groups.entry((group, clock.kind)).or_insert_with(|| ReportRow::empty(clock.kind)).count(verdict);
            }
            Ok(())
        })?;
        let names = Names::load(desk)?;
        let rows = groups.into_iter().map(|((group, _), row)| ReportRow { group: group.name(self.by, &names), ..row });
        Ok(rows.map(ReportRow::with_percent).collect())
    }
}

/// What clocks are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    All,
    Id(Id),
    Priority(Priority),
    Week(String),
    Without,
}

impl Group {
    fn of(by: By, clock: &Judged, decided_at: Time, zone: &TimeZone) -> Group {
        let id = match by {
            By::Target => return Group::All,
            By::Priority => return clock.priority.map_or(Group::Without, Group::Priority),
            By::Week => return Group::Week(week(decided_at, zone)),
            By::Team => clock.team_id,
            By::Channel => clock.channel_id,
            By::Agent => clock.owner_id,
        };
        id.map_or(Group::Without, Group::Id)
    }

    fn name(self, by: By, names: &Names) -> Option<String> {
        match (self, by) {
            (Group::Id(id), By::Team) => names.team(Some(id)),
            (Group::Id(id), By::Channel) => Some(names.channel(id)),
            (Group::Id(id), _) => names.user(Some(id)),
            (Group::Priority(priority), _) => Some(priority.to_string()),
            (Group::Week(week), _) => Some(week),
            (Group::All | Group::Without, _) => None,
        }
    }
}

/// `2026-W47`: the year and number of the ISO week.
fn week(at: Time, zone: &TimeZone) -> String {
    match jiff::Timestamp::from_millisecond(at.0) {
        Ok(instant) => {
            let week = instant.to_zoned_datetime(zone.clone()).date().iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Err(_) => "beyond the calendar".to_owned(),
    }
}

impl ReportRow {
    fn empty(target: Kind) -> ReportRow {
        ReportRow { group: None, target, judged: 0, on_time: 0, late: 0, cancelled: 0, running: 0, percent: None }
    }

    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::OnTime(_) => self.on_time += 1,
            Verdict::Late(_) => self.late += 1,
            Verdict::Cancelled(_) => self.cancelled += 1,
            Verdict::Running => self.running += 1,
            Verdict::None => {}
        }
    }

    fn with_percent(mut self) -> ReportRow {
        self.judged = self.on_time + self.late;
        self.percent = (self.judged > 0).then(|| (self.on_time as f64 * 1_000.0 / self.judged as f64).round() / 10.0);
        self
    }
}

/// Lists the targets that were missed, in the order of tickets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListBreaches {
    #[serde(default)]
    pub scope: Scope,
    /// The token of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "usual_limit")]
    pub limit: i64,
}

/// A target that was missed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Breach {
    pub ticket: Id,
    pub target: Kind,
    /// Which of the ticket's next responses, from 1.
    pub instance: i64,
    pub started_at: Time,
    pub due_at: Option<Time>,
    /// When it became overdue for the first time.
    pub breached_at: Time,
    /// When it was done at last; none while it is overdue still.
    pub ended_at: Option<Time>,
    /// From the due time until then, or now, by the clock on the wall.
    pub late_ms: i64,
    pub owner: Option<String>,
    pub team: Option<String>,
    pub priority: Option<Priority>,
}

impl Operation for ListBreaches {
    const NAME: &'static str = "sla.breaches";
    const WRITES: bool = false;
    type Output = TokenPage<Breach>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<Breach>> {
        let (now, visibility, limit) = (desk.now, desk.visibility(), self.limit.clamp(1, LARGEST));
        let (names, span) = (Names::load(desk)?, self.scope.span(desk)?);
        let filter = self.scope.filter(desk)?;
        let after = self.after.as_deref().map(read_place).transpose()?;
        let mut wanted = Breaches { visibility: &visibility, filter: &filter, now, after, limit: limit + 1 };
        let mut breaches: Vec<Breach> = Vec::new();
        // What the store takes for a possible breach may be none: pages are read until one is full.
        while breaches.len() as i64 <= limit {
            let page = wanted.page(&mut desk.tx)?;
            for clock in page.clocks {
                if let Verdict::Late(at) = verdict(&clock, now)
                    && span.holds(at)
                {
                    breaches.push(breach(&clock, at, &names, now));
                }
            }
            wanted.after = page.next;
            if wanted.after.is_none() {
                break;
            }
        }
        Ok(TokenPage::new(breaches, limit, |breach: &Breach| token(&[&breach.ticket, &breach.target, &breach.instance])))
    }
}

fn read_place(token: &str) -> Result<Place> {
    read_token(token, 3, |parts| Some((parts[0].parse().ok()?, parts[1].to_owned(), parts[2].parse().ok()?)))
}

fn breach(clock: &Judged, breached_at: Time, names: &Names, now: Time) -> Breach {
    let from = clock.due_at.unwrap_or(breached_at);
    Breach {
        ticket: clock.ticket,
        target: clock.kind,
        instance: clock.instance,
        started_at: clock.started_at,
        due_at: clock.due_at,
        breached_at,
        ended_at: clock.ended_at,
        late_ms: (clock.ended_at.unwrap_or(now).0 - from.0).max(0),
        owner: names.user(clock.owner_id),
        team: names.team(clock.team_id),
        priority: clock.priority,
    }
}
