//! Power cuts: what the files may look like after one, rebuilt from a snapshot and the record of a run.
//!
//! Kept is what was synced. Of the rest, the seed decides: each write may have arrived, be lost, be torn between sectors, or have
//! left only its length. A sync that failed makes nothing durable, and neither does a later one for the same bytes (as on Linux).
//! Names are ordered, as metadata journals order them: of the changes that no sync of their folder covers, a first part arrives.
//! `-shm` files are memory and are left out.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::events::{Event, What};
use super::random::Random;

const SECTOR: u64 = 512;

/// When a name that was made, moved or removed survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    AtOnce,
    /// After a sync of its folder.
    WhenSynced,
}

/// What becomes of the writes that no sync covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynced {
    Kept,
    Lost,
    /// Some of them, some in part, as the seed says.
    Mixed,
}

#[derive(Clone, Copy, Debug)]
pub struct Policy {
    pub names: Names,
    pub unsynced: Unsynced,
    pub seed: u64,
}

impl Policy {
    /// The policies that are worth a try at each cut: the two extremes and some mixtures.
    pub fn several(mixtures: u64) -> Vec<Policy> {
        let mut all = Vec::new();
        for names in [Names::WhenSynced, Names::AtOnce] {
            all.push(Policy { names, unsynced: Unsynced::Lost, seed: 0 });
            all.push(Policy { names, unsynced: Unsynced::Kept, seed: 0 });
            all.extend((1..=mixtures).map(|seed| Policy { names, unsynced: Unsynced::Mixed, seed }));
        }
        all
    }
}

/// A copy of the folder, to rebuild crash images from or to start again from.
pub fn snapshot(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_tree(folder, copy.path());
    copy
}

fn copy_tree(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_tree(&entry.path(), &target);
        } else if !is_memory(&target) {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn is_memory(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b"-shm")
}

/// The files under `watched` after a power cut when the first `cut` events had happened, in a new folder. `base` is the
/// snapshot of `watched` from before the run.
pub fn crash_image(base: &Path, watched: &Path, events: &[Event], cut: usize, policy: Policy) -> TempDir {
    let mut disk = Disk::new(base, watched.canonicalize().unwrap());
    for event in &events[..cut] {
        disk.apply(event);
    }
    let image = tempfile::tempdir().unwrap();
    disk.write(image.path(), policy);
    image
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Pending,
    /// A failed sync dropped it from the system's care: it may arrive or not, for ever.
    Doubtful,
    Durable,
}

enum Change {
    Write { offset: u64, data: Vec<u8> },
    Truncate(u64),
}

#[derive(Default)]
struct File {
    before: Vec<u8>,
    changes: Vec<(Change, Fate)>,
}

/// What a name stands for: a file by its number, or a folder.
#[derive(Clone, Copy)]
enum Entry {
    File(usize),
    Folder,
}

#[derive(Clone)]
enum Naming {
    Put(PathBuf, Entry),
    Move(PathBuf, PathBuf),
    Remove(PathBuf),
}

type Tree = BTreeMap<PathBuf, Entry>;

/// The files as the running program sees them, and which of it is safe.
struct Disk {
    watched: PathBuf,
    files: Vec<File>,
    before: Tree,
    now: Tree,
    namings: Vec<(Naming, Fate)>,
}

impl Disk {
    fn new(base: &Path, watched: PathBuf) -> Self {
        let mut disk = Disk { watched, files: Vec::new(), before: Tree::new(), now: Tree::new(), namings: Vec::new() };
        disk.load(base, Path::new(""));
        disk.now = disk.before.clone();
        disk
    }

    fn load(&mut self, base: &Path, below: &Path) {
        for entry in fs::read_dir(base.join(below)).unwrap().map(Result::unwrap) {
            let path = below.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                self.before.insert(path.clone(), Entry::Folder);
                self.load(base, &path);
            } else {
                self.before.insert(path, Entry::File(self.files.len()));
                self.files.push(File { before: fs::read(entry.path()).unwrap(), changes: Vec::new() });
            }
        }
    }

    fn apply(&mut self, event: &Event) {
        if event.error != 0 {
            if let What::Sync { path } = &event.what {
                self.doubt(path);
            }
            return;
        }
        match &event.what {
            What::Create { path } => {
                self.files.push(File::default());
                self.rename(|disk| Some(Naming::Put(disk.inside(path)?, Entry::File(disk.files.len() - 1))));
            }
            What::Folder { path } => self.rename(|disk| Some(Naming::Put(disk.inside(path)?, Entry::Folder))),
            What::Unlink { path } => self.rename(|disk| Some(Naming::Remove(disk.inside(path)?))),
            What::Rename { from, to } => self.rename(|disk| disk.moved(from, to)),
            What::Link { from, to } => self.rename(|disk| Some(Naming::Put(disk.inside(to)?, disk.entry(from)?))),
            What::Write { path, offset, data } => self.change(path, Change::Write { offset: *offset, data: data.clone() }),
            What::Truncate { path, length } => self.change(path, Change::Truncate(*length)),
            What::Sync { path } => self.sync(path),
            What::RangeSync { .. } | What::Send { .. } | What::Output { .. } | What::Exit { .. } => {}
        }
    }

    fn inside(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(&self.watched).ok().map(Path::to_path_buf)
    }

    fn entry(&self, path: &Path) -> Option<Entry> {
        self.now.get(&self.inside(path)?).copied()
    }

    /// What leaves the watched folder is gone, and nothing is known of what comes in from outside: it stays away.
    fn moved(&self, from: &Path, to: &Path) -> Option<Naming> {
        match (self.inside(from), self.inside(to)) {
            (Some(from), Some(to)) => Some(Naming::Move(from, to)),
            (Some(from), None) => Some(Naming::Remove(from)),
            (None, to) => Some(Naming::Remove(to?)),
        }
    }

    fn rename(&mut self, naming: impl Fn(&Disk) -> Option<Naming>) {
        if let Some(naming) = naming(self) {
            carry_out(&mut self.now, &naming);
            self.namings.push((naming, Fate::Pending));
        }
    }

    fn file(&mut self, path: &Path) -> Option<&mut File> {
        match self.entry(path)? {
            Entry::File(number) => self.files.get_mut(number),
            Entry::Folder => None,
        }
    }

    /// A file without a name any more (the record calls it "… (deleted)") cannot outlive the power cut.
    fn change(&mut self, path: &Path, change: Change) {
        if let Some(file) = self.file(path) {
            file.changes.push((change, Fate::Pending));
        }
    }

    fn sync(&mut self, path: &Path) {
        if let Some(file) = self.file(path) {
            settle(&mut file.changes, Fate::Durable);
        } else if let Some(folder) = self.inside(path) {
            for (naming, fate) in &mut self.namings {
                if naming.folder() == Some(&folder) && *fate == Fate::Pending {
                    *fate = Fate::Durable;
                }
            }
        }
    }

    fn doubt(&mut self, path: &Path) {
        if let Some(file) = self.file(path) {
            settle(&mut file.changes, Fate::Doubtful);
        }
    }

    fn write(&self, image: &Path, policy: Policy) {
        let mut random = Random::new(policy.seed);
        for (path, entry) in self.surviving_names(policy, &mut random) {
            let target = image.join(&path);
            match entry {
                Entry::Folder => fs::create_dir_all(target).unwrap(),
                Entry::File(_) if is_memory(&path) => {}
                Entry::File(number) => {
                    // Its folder may be among the names that were lost.
                    let Some(true) = target.parent().map(Path::is_dir) else { continue };
                    write_private(&target, &self.files[number].surviving(policy, &mut random));
                }
            }
        }
    }

    fn surviving_names(&self, policy: Policy, random: &mut Random) -> Tree {
        let pending = self.namings.iter().filter(|(_, fate)| *fate != Fate::Durable).count() as u64;
        let mut arrived = match (policy.names, policy.unsynced) {
            (Names::AtOnce, _) | (_, Unsynced::Kept) => pending,
            (_, Unsynced::Lost) => 0,
            (_, Unsynced::Mixed) => random.below(pending + 1),
        };
        let mut names = self.before.clone();
        for (naming, fate) in &self.namings {
            if *fate == Fate::Durable {
                carry_out(&mut names, naming);
            } else if arrived > 0 {
                arrived -= 1;
                carry_out(&mut names, naming);
            }
        }
        names
    }
}

/// With the mode that a store has, so that the program does not warn of one that is open to others.
fn write_private(path: &Path, bytes: &[u8]) {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).unwrap();
    file.write_all(bytes).unwrap();
}

fn settle(changes: &mut [(Change, Fate)], settled: Fate) {
    for (_, fate) in changes {
        if *fate == Fate::Pending {
            *fate = settled;
        }
    }
}

impl Naming {
    /// The folder whose sync makes it durable.
    fn folder(&self) -> Option<&Path> {
        match self {
            Naming::Put(path, _) | Naming::Move(_, path) | Naming::Remove(path) => path.parent(),
        }
    }
}

fn carry_out(names: &mut Tree, naming: &Naming) {
    match naming {
        Naming::Put(path, entry) => {
            names.insert(path.clone(), *entry);
        }
        Naming::Remove(path) => {
            names.remove(path);
        }
        Naming::Move(from, to) => {
            let moved: Vec<PathBuf> = names.keys().filter(|name| name.starts_with(from)).cloned().collect();
            for name in moved {
                let Ok(below) = name.strip_prefix(from) else { continue };
                let target = if below.as_os_str().is_empty() { to.clone() } else { to.join(below) };
                if let Some(entry) = names.remove(&name) {
                    names.insert(target, entry);
                }
            }
        }
    }
}

impl File {
    fn surviving(&self, policy: Policy, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.before.clone();
        for (change, fate) in &self.changes {
            match (fate, policy.unsynced) {
                (Fate::Durable, _) | (_, Unsynced::Kept) => change.arrive(&mut bytes),
                (_, Unsynced::Lost) => {}
                (_, Unsynced::Mixed) => change.arrive_perhaps(&mut bytes, random),
            }
        }
        bytes
    }
}

impl Change {
    fn arrive(&self, bytes: &mut Vec<u8>) {
        match self {
            Change::Write { offset, data } => put(bytes, *offset, data),
            Change::Truncate(length) => bytes.resize(*length as usize, 0),
        }
    }

    fn arrive_perhaps(&self, bytes: &mut Vec<u8>, random: &mut Random) {
        match (random.below(4), self) {
            (0, _) => self.arrive(bytes),
            (1, Change::Write { offset, data }) => torn(bytes, *offset, data, random),
            (2, Change::Write { offset, data }) => grow(bytes, offset + data.len() as u64),
            (1, Change::Truncate(_)) => self.arrive(bytes),
            _ => {}
        }
    }
}

fn grow(bytes: &mut Vec<u8>, length: u64) {
    if bytes.len() < length as usize {
        bytes.resize(length as usize, 0);
    }
}

fn put(bytes: &mut Vec<u8>, offset: u64, data: &[u8]) {
    let (start, end) = (offset as usize, offset as usize + data.len());
    grow(bytes, end as u64);
    bytes[start..end].copy_from_slice(data);
}

/// Some of the sectors that the write touches arrive, in no order.
fn torn(bytes: &mut Vec<u8>, offset: u64, data: &[u8], random: &mut Random) {
    let end = offset + data.len() as u64;
    let mut start = offset;
    while start < end {
        let next = ((start / SECTOR + 1) * SECTOR).min(end);
        if random.chance(2) {
            put(bytes, start, &data[(start - offset) as usize..(next - offset) as usize]);
        }
        start = next;
    }
}
