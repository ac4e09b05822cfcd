//! Checks of the machine around the store: files, disk, clock, time zones.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Patient, Verdict};
use crate::domain::time;
use crate::error::{Result, io_error};
use crate::migrate::clock as migrate_clock;
use crate::partial::folder_of;
use crate::store::{Location, account};

/// Whether the store's files and the configuration are their owner's alone (G3).
pub(super) fn file_modes(patient: &mut Patient<'_>) -> Result<Verdict> {
    let mut files: Vec<PathBuf> = patient.config.into_iter().map(Path::to_owned).collect();
    let mut folders = Vec::new();
    if let Location::Sqlite(path) = patient.location {
        files.push(path.clone());
        files.extend(companions(path));
        folders.push(folder_of(path).to_owned());
    }
    private(files, folders)
}

/// Whether files are their owner's alone, and folders closed to others' writing.
pub(super) fn private(files: Vec<PathBuf>, folders: Vec<PathBuf>) -> Result<Verdict> {
    let mut open: Vec<String> = files.iter().filter_map(|path| open_to_others(path, 0o077)).collect();
    // Others may look into a shared folder; being able to replace files in it is another matter.
    open.extend(folders.iter().filter_map(|path| open_to_others(path, 0o022)));
    match open.as_slice() {
        [] if files.is_empty() => Verdict::ok("there are no files here"),
        [] => Verdict::ok("the files are their owner's alone"),
        open => Verdict::warning(format!("open to others: {}", open.join(", ")), "close files with chmod 600, folders with chmod 700"),
    }
}

/// `desk.db-wal`, `desk.db-worker` and the like.
fn companions(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name().map(|name| format!("{}-", name.to_string_lossy())) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(folder_of(path)) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&name)).map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// A sticky folder such as /tmp keeps others from replacing files.
fn open_to_others(path: &Path, bits: u32) -> Option<String> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let sticky = path.is_dir() && mode & 0o1000 != 0;
    (mode & bits != 0 && !sticky).then(|| format!("{} ({:o})", path.display(), mode & 0o777))
}

const MIB: u64 = 1024 * 1024;
/// Below this nothing can be written reliably.
const TOO_LITTLE: u64 = 16 * MIB;
/// A small store still needs room for its log and for a backup.
const LITTLE: u64 = 256 * MIB;

pub(super) fn disk(patient: &mut Patient<'_>) -> Result<Verdict> {
    let Location::Sqlite(path) = patient.location else {
        return Verdict::ok("the store's disk is the server's, and is watched there");
    };
    let folder = folder_of(path).ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let stat = rustix::fs::statvfs(folder).map_err(|error| io_error("look at the disk of", folder, error.into()))?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let said = format!("{} MiB are free; the store takes {} MiB", free / MIB, size.div_ceil(MIB));
    if free < TOO_LITTLE {
        return Verdict::error(said, "free some space before anything else");
    }
    if free < LITTLE || free < size.saturating_mul(2) {
        return Verdict::warning(said, "free some space: a migration and a backup each need about as much as the store itself");
    }
    Verdict::ok(said)
}

/// 2025-01-01 and 2100-01-01: a clock outside was never set.
const PLAUSIBLE: std::ops::Range<i64> = 1_735_689_600_000..4_102_444_800_000;

pub(super) fn clock(patient: &mut Patient<'_>) -> Result<Verdict> {
    let now = patient.now;
    let hint = "set the machine's clock (timedatectl set-ntp true)";
    if !PLAUSIBLE.contains(&now.0) {
        return Verdict::error(format!("it says {now}, which cannot be"), hint);
    }
    let Ok(store) = patient.store() else { return Verdict::ok(format!("it says {now}")) };
    let mut tx = store.read()?;
    let Some(entry) = migrate_clock::ahead(&mut tx, now)? else { return Verdict::ok(format!("it says {now}")) };
    let said = format!("it says {now}, but {}: the clock was set back, or was ahead then", migrate_clock::described(&entry));
    if migrate_clock::server_agrees(&mut tx, now)? {
        return Verdict::warning(said, "the PostgreSQL server's clock agrees with this machine's: look at the other machine's clock");
    }
    Verdict::error(said, format!("{hint}; if it is right, migrations take --accept {}", migrate_clock::SET_BACK))
}

pub(super) fn time_zones(patient: &mut Patient<'_>) -> Result<Verdict> {
    let found = match patient.store() {
        Ok(store) => account::find(&mut store.read()?).unwrap_or_default(),
        Err(_) => None,
    };
    let account_zone = found.map(|(account, _)| account.time_zone);
    for zone in account_zone.iter().map(String::as_str).chain(["Europe/Warsaw"]) {
        if let Err(reason) = time::zone(zone) {
            let hint = "install the system's time zone data (tzdata), or correct it with deskctl account update --time-zone ZONE";
            return Verdict::error(reason, hint);
        }
    }
    Verdict::ok(match account_zone {
        Some(zone) => format!("the account's zone {zone} is known"),
        None => "time zone data is there".to_owned(),
    })
}
