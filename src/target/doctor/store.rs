//! Checks that look into the store.

use super::{Patient, Verdict};
use crate::error::Result;
use crate::migrate::verify;
use crate::partial;
use crate::store::{Location, Store, account as accounts, beside, health, locks, schema as schemas, search as searches};

/// Whether the store is there. It is not opened as usual, which might upgrade it.
pub(super) fn target(patient: &mut Patient<'_>) -> Result<Verdict> {
    let mut store = Store::connect(patient.location)?;
    let read = store.expect_store();
    // Kept even when it is damaged: the other checks say what can still be read.
    patient.store =
        read.as_ref().err().is_none_or(|error| error.code() == "store_corrupt" || error.code() == "unexpected").then_some(store);
    read?;
    Verdict::ok(format!("{} can be reached", patient.location))
}

pub(super) fn schema(patient: &mut Patient<'_>) -> Result<Verdict> {
    let embedded = matches!(patient.location, Location::Sqlite(_));
    let mut tx = patient.store()?.read()?;
    let version = schemas::version(&mut tx)?.unwrap_or(0);
    schemas::refuse_newer(version)?;
    let foreign = schemas::foreign_steps(&mut tx)?;
    if !foreign.is_empty() {
        let steps = foreign.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Verdict::error(
            format!("schema version {version}, but the steps {steps} are not those of this deskctl"),
            "use the deskctl that made this store, or restore a backup",
        );
    }
    if version < schemas::current() {
        let hint = if embedded { "it upgrades itself at the next command, after a backup" } else { "run deskctl store upgrade" };
        return Verdict::warning(format!("schema version {version}; this deskctl works with {}", schemas::current()), hint);
    }
    Verdict::ok(format!("schema version {version} is current"))
}

/// Whether the account is there and open: a load that was cut off leaves its mark.
pub(super) fn account(patient: &mut Patient<'_>) -> Result<Verdict> {
    let location = patient.location;
    let mut tx = patient.store()?.read()?;
    match accounts::find(&mut tx)? {
        None => Verdict::warning("the store holds no account", "run deskctl init or deskctl seed"),
        Some((account, false)) => Verdict::ok(format!("account {}", account.name)),
        Some((account, true)) if locks::is_held(&mut tx, location, locks::Purpose::Worker)? => {
            Verdict::ok(format!("account {} is being loaded", account.name))
        }
        Some((account, true)) => Verdict::error(
            format!("loading the account {} was cut off, and it is closed until it is loaded", account.name),
            "load it again: deskctl seed --file ACCOUNT.json --replace --yes",
        ),
    }
}

pub(super) fn integrity(patient: &mut Patient<'_>) -> Result<Verdict> {
    if matches!(patient.location, Location::Postgres { .. }) {
        patient.store()?;
        return Verdict::ok("PostgreSQL checks its pages as it reads them; pg_amcheck looks at all of them");
    }
    let full = patient.full;
    let damage = health::damage(&mut patient.store()?.read()?, full)?;
    if damage.is_empty() {
        return Verdict::ok(if full { "every page and index is sound" } else { "every page is sound (--full compares the indexes too)" });
    }
    Verdict::error(
        format!("the file is damaged: {}", damage.join("; ")),
        "restore a backup with deskctl restore FILE; keep the damaged file until then",
    )
}

pub(super) fn references(patient: &mut Patient<'_>) -> Result<Verdict> {
    let mut tx = patient.store()?.read()?;
    if schemas::version(&mut tx)?.unwrap_or(0) < schemas::current() {
        return Verdict::ok("references are looked at once the schema is current");
    }
    let orphans = health::orphans(&mut tx)?;
    if orphans.is_empty() {
        return Verdict::ok(format!("all {} kinds of references lead somewhere", health::REFERENCES.len()));
    }
    let named = orphans.iter().map(|(what, count)| format!("{what} ({count})")).collect::<Vec<_>>().join(", ");
    Verdict::error(format!("references to what is not there: {named}"), "restore a backup with deskctl restore FILE")
}

/// Whether the active migration has a worker (M18, M20).
pub(super) fn runs(patient: &mut Patient<'_>) -> Result<Verdict> {
    let (now, location) = (patient.now, patient.location);
    let mut tx = patient.store()?.read()?;
    let Some(run) = health::active_migration(&mut tx)? else { return Verdict::ok("no migration is active") };
    let what = format!("migration {} of {}", run.id, run.channel);
    let mut resume = format!("go on with deskctl migrations resume {}", run.id);
    if !run.channel_moved {
        resume += &format!(", or take it back with deskctl migrations unschedule {}", run.id);
    }
    if locks::is_held(&mut tx, location, locks::Purpose::Worker)? {
        return Verdict::ok(format!("{what} is at work"));
    }
    match run.state.as_str() {
        "scheduled" if run.start_at.is_none_or(|at| at >= now) => {
            Verdict::warning(format!("{what} is scheduled, but no process waits for its start"), resume)
        }
        "scheduled" => Verdict::warning(format!("{what} should have started, but no process waits for it"), resume),
        "failed" => Verdict::warning(format!("{what} failed: {}", run.last_error.unwrap_or_else(|| "no reason was kept".into())), resume),
        _ => Verdict::warning(format!("{what} stands still: its worker is gone"), resume),
    }
}

/// How far the search index is behind (V5). Searches find what it lacks, only slower.
pub(super) fn search(patient: &mut Patient<'_>) -> Result<Verdict> {
    const MANY: i64 = 10_000;
    let mut tx = patient.store()?.read()?;
    if schemas::version(&mut tx)?.unwrap_or(0) < schemas::SEARCH {
        return Verdict::ok("the search index comes with the next version of the schema");
    }
    match searches::pending(&mut tx)? {
        0 => Verdict::ok("the search index knows every ticket as it is"),
        pending if pending < MANY => {
            Verdict::ok(format!("{pending} changes are not in the search index yet; searches look at them themselves"))
        }
        pending => Verdict::warning(
            format!("{pending} changes are not in the search index yet, and make searches slow"),
            "deskctl serve, or a few searches, bring it up to date",
        ),
    }
}

/// What processes that were killed have left behind.
pub(super) fn leftovers(patient: &mut Patient<'_>) -> Result<Verdict> {
    let location = patient.location;
    let mut left = Vec::new();
    if let Location::Sqlite(path) = location {
        left.extend(partial::left(partial::folder_of(path)).into_iter().map(|path| path.display().to_string()));
    }
    let loading = patient.store().and_then(|store| {
        let mut tx = store.read()?;
        // A load that is at work has it too.
        if locks::is_held(&mut tx, location, locks::Purpose::Worker)? { Ok(None) } else { beside::left(&mut tx, location) }
    });
    left.extend(loading.unwrap_or_default());
    match left.as_slice() {
        [] => Verdict::ok("nothing was left behind by a process that was killed"),
        left => Verdict::warning(
            format!("left behind by a process that was killed: {}", left.join(", ")),
            "the next backup, export, restore or seed here removes it; it may be deleted by hand too",
        ),
    }
}

/// Whether every message is what was stored, by its own digest.
pub(super) fn messages(patient: &mut Patient<'_>) -> Result<Verdict> {
    if !patient.full {
        patient.store()?;
        return Verdict::ok("not read (--full computes the digest of every message and attachment anew)");
    }
    let found = verify::stored::changed(&mut patient.store()?.read()?)?;
    let Some(first) = found.problems.first() else {
        return Verdict::ok(format!("all {} messages are what was stored", found.messages));
    };
    Verdict::error(
        format!("{} of {} conversations are not what was stored; the first: {first}", found.changed, found.conversations),
        "restore a backup with deskctl restore FILE; deskctl migrations verify names every one on a moved channel",
    )
}
