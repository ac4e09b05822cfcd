//! Working hours by name (S3): list, show, set, add to, remove.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::check;
use super::{Desk, Operation, current, findings, refuse_blocking};
use crate::domain::Id;
use crate::domain::sla::calc::ALWAYS;
use crate::domain::sla::hours::{Extra, Holiday, Hours, MOST_DATES, Override, Slot};
use crate::domain::sla::policy_checks::label;
use crate::domain::time::{HOUR_MS, Time};
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::sla::policies::Policies;
use crate::sla::sweep::{self, Follow};
use crate::store::sla::{self, NamedHours};
use crate::store::users;

/// How the command line says that users or teams have no working hours of their own.
pub const NOTHING: &str = "none";

/// One calendar, in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HoursRow {
    pub name: String,
    pub zone: String,
    /// Of a plain week, without holidays.
    pub weekly_hours: f64,
    /// Days of the week with a window.
    pub days: String,
    pub overrides: i64,
    pub extra: i64,
    pub holidays: i64,
    /// The rules of the policy that count by it.
    pub used_by: Vec<String>,
}

/// One calendar in full.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HoursShown {
    pub name: String,
    pub weekly_hours: f64,
    pub used_by: Vec<String>,
    pub updated_at: Time,
    pub hours: Hours,
}

/// Lists the working hours.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "sla.hours.list";
    const WRITES: bool = false;
    type Output = Vec<HoursRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<HoursRow>> {
        let mut rows = Vec::new();
        for named in sla::all_hours(&mut desk.tx)? {
            let HoursShown { name, weekly_hours, used_by, hours, .. } = describe(desk, named)?;
            let days: Vec<&str> = hours.week.days().into_iter().filter(|(_, slots)| !slots.is_empty()).map(|(day, _)| day).collect();
            let (overrides, extra, holidays) = (hours.overrides.len() as i64, hours.extra.len() as i64, hours.holidays.len() as i64);
            rows.push(HoursRow { name, zone: hours.zone, weekly_hours, days: days.join(" "), overrides, extra, holidays, used_by });
        }
        Ok(rows)
    }
}

/// Shows one calendar.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub name: String,
}

impl Operation for Show {
    const NAME: &'static str = "sla.hours.show";
    const WRITES: bool = false;
    type Output = HoursShown;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<HoursShown> {
        let named = find(desk, &self.name)?;
        describe(desk, named)
    }
}

/// Makes working hours, or changes what is given of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Set {
    pub name: String,
    /// All of it, in place of what there is; what else is given changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// An IANA zone; for new hours by default the account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Days (mon to sun) with their new windows; none closes the day.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub week: BTreeMap<String, Vec<Slot>>,
}

impl Operation for Set {
    const NAME: &'static str = "sla.hours.set";
    const WRITES: bool = true;
    type Output = HoursShown;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<HoursShown> {
        let name = check::text("name", &self.name)?;
        if name == ALWAYS {
            return Err(Error::usage(
                "bad_value",
                format!("{ALWAYS} is what working hours without an end are called: choose another name"),
            ));
        }
        if name.eq_ignore_ascii_case(NOTHING) {
            return Err(Error::usage("bad_value", format!("{NOTHING} is how working hours are taken away: choose another name")));
        }
        let old = sla::all_hours(&mut desk.tx)?.into_iter().find(|known| known.name.to_lowercase() == name.to_lowercase());
        let new = || Hours { zone: desk.account.time_zone.clone(), ..Hours::default() };
        let mut hours = self.hours.or_else(|| old.as_ref().map(|old| old.hours.clone())).unwrap_or_else(new);
        if let Some(zone) = self.zone {
            hours.zone = zone;
        }
        for (day, slots) in self.week {
            let slot = hours.week.day_mut(&day).ok_or_else(|| {
                let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                unknown("bad_value", "day of the week", &day, days).hint("write mon, tue, wed, thu, fri, sat or sun")
            })?;
            *slot = slots;
        }
        let id = match &old {
            Some(old) => old.id,
            None => desk.tx.new_id("sla_hours")?,
        };
        write(desk, NamedHours { id, name: old.map_or(name, |old| old.name), hours, updated_at: desk.now })
    }
}

/// Adds holidays, extra windows and overrides; those that are there already stay once.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Add {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Extra>,
    /// In place of an override of the same date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

impl Operation for Add {
    const NAME: &'static str = "sla.hours.add";
    const WRITES: bool = true;
    type Output = HoursShown;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<HoursShown> {
        let Add { name, holidays, extra, overrides } = self;
        edit(desk, &name, |hours| {
            // Another name for the same holiday replaces the old one.
            for holiday in holidays {
                hours.holidays.retain(|known| known.on() != holiday.on());
                hours.holidays.push(holiday);
            }
            for extra in extra {
                if !hours.extra.contains(&extra) {
                    hours.extra.push(extra);
                }
            }
            for one in overrides {
                hours.overrides.retain(|known| known.date != one.date);
                hours.overrides.push(one);
            }
            Ok(())
        })
    }
}

/// Adds holidays from elsewhere; a day that is a holiday already stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Import {
    pub name: String,
    #[schemars(length(max = MOST_DATES))]
    pub holidays: Vec<Holiday>,
}

/// What an import added.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Imported {
    pub name: String,
    pub added: Vec<Holiday>,
    /// Holidays of which every day was one already.
    pub already_there: i64,
}

impl Operation for Import {
    const NAME: &'static str = "sla.hours.import";
    const WRITES: bool = true;
    type Output = Imported;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Imported> {
        let given = self.holidays.len();
        let mut added = Vec::new();
        let shown = edit(desk, &self.name, |hours| {
            added = hours.new_holidays(self.holidays)?;
            hours.holidays.extend(added.iter().cloned());
            Ok(())
        })?;
        Ok(Imported { name: shown.name, already_there: (given - added.len()) as i64, added })
    }
}

/// Removes working hours, or what is named of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Remove {
    pub name: String,
    /// As they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
    /// Dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<String>,
}

impl Operation for Remove {
    const NAME: &'static str = "sla.hours.remove";
    const WRITES: bool = true;
    type Output = HoursShown;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<HoursShown> {
        let Remove { name, holidays, extra, overrides } = self;
        if holidays.is_empty() && extra.is_empty() && overrides.is_empty() {
            return remove_all(desk, &name);
        }
        edit(desk, &name, |hours| {
            take(&mut hours.holidays, &holidays, "holiday", |holiday| holiday.on().to_owned())?;
            take(&mut hours.extra, &extra, "extra window", |extra| extra.date.clone())?;
            take(&mut hours.overrides, &overrides, "override", |one| one.date.clone())
        })
    }
}

fn remove_all(desk: &mut Desk<'_>, name: &str) -> Result<HoursShown> {
    let named = find(desk, name)?;
    let shown = describe(desk, named.clone())?;
    let policy = current(desk)?.unwrap_or_default();
    // Also where it counts for nothing now: a rule that is off may be switched on again.
    let mentions = policy.rules.iter().map(|rule| &rule.hours).chain([&policy.hours]);
    let mentions = mentions.filter(|hours| hours.as_deref() == Some(named.name.as_str())).count();
    let revisions = sla::revisions(&mut desk.tx)?;
    let earlier = revisions.iter().filter(|revision| revision.policy.as_ref().is_some_and(|policy| policy.uses_hours(&named.name)));
    let earlier: Vec<_> = earlier.map(|revision| revision.id).collect();
    // Without them the targets of tickets that follow an earlier revision would count always.
    let followers = sla::open_tickets_of(&mut desk.tx, &earlier)?;
    let mut usage = vec![("SLA rules", shown.used_by.len().max(mentions) as i64), ("open tickets", followers)];
    usage.extend(users::hours_usage(&mut desk.tx, named.id)?);
    let hint = if followers == 0 {
        "give those rules, users and teams other hours first"
    } else {
        "give those rules other hours first, with --apply-to open"
    };
    check::unused(desk, &format!("the calendar \"{}\"", named.name), &usage, hint)?;
    sla::delete_hours(&mut desk.tx, &named, desk.now)?;
    Ok(shown)
}

/// Changes working hours and writes them.
fn edit(desk: &mut Desk<'_>, name: &str, change: impl FnOnce(&mut Hours) -> Result<()>) -> Result<HoursShown> {
    let mut named = find(desk, name)?;
    change(&mut named.hours)?;
    named.updated_at = desk.now;
    write(desk, named)
}

/// Takes out what is named; what is not there is an error.
fn take<T>(list: &mut Vec<T>, names: &[String], what: &str, key: impl Fn(&T) -> String) -> Result<()> {
    for name in names {
        let keys: Vec<String> = list.iter().map(&key).collect();
        if !keys.contains(name) {
            return Err(unknown("unknown_date", what, name, keys.iter().map(String::as_str)));
        }
        list.retain(|one| key(one) != *name);
    }
    Ok(())
}

/// The working hours of a name, in any case; else `unknown_hours` (exit 5).
pub(in crate::ops) fn find(desk: &mut Desk<'_>, typed: &str) -> Result<NamedHours> {
    let all = sla::all_hours(&mut desk.tx)?;
    let wanted = typed.trim().to_lowercase();
    let found = all.iter().find(|known| known.name.to_lowercase() == wanted);
    found.cloned().ok_or_else(|| unknown("unknown_hours", "calendar of working hours", typed, all.iter().map(|known| known.name.as_str())))
}

/// The id of working hours by name; none for an empty text, which takes them away.
pub(in crate::ops) fn id_of(desk: &mut Desk<'_>, typed: &str) -> Result<Option<Id>> {
    if typed.trim().is_empty() { Ok(None) } else { Ok(Some(find(desk, typed)?.id)) }
}

/// Writes checked hours; a policy that could no longer be kept refuses them.
fn write(desk: &mut Desk<'_>, named: NamedHours) -> Result<HoursShown> {
    named.hours.check()?;
    let before = Policies::load_for_many(&mut desk.tx, desk.now)?;
    sla::put_hours(&mut desk.tx, &named)?;
    if let Some(policy) = current(desk)? {
        refuse_blocking(&findings(desk, &policy)?)?;
    }
    // Tickets may still follow an earlier revision that has these hours.
    if sla::revisions(&mut desk.tx)?.iter().any(|revision| revision.policy.as_ref().is_some_and(|policy| policy.uses_hours(&named.name))) {
        sweep::open_tickets(&mut desk.tx, before, Follow::Own, desk.now)?;
    }
    describe(desk, named)
}

fn describe(desk: &mut Desk<'_>, named: NamedHours) -> Result<HoursShown> {
    let policy = current(desk)?.unwrap_or_default();
    let uses = |at: &usize| !policy.rules[*at].off && policy.hours_of(&policy.rules[*at]) == Some(named.name.as_str());
    let used_by = (0..policy.rules.len()).filter(uses).map(|at| label(&policy, at)).collect();
    let weekly_hours = named.hours.check()?.weekly_ms() as f64 / HOUR_MS as f64;
    Ok(HoursShown { name: named.name, weekly_hours, used_by, updated_at: named.updated_at, hours: named.hours })
}
