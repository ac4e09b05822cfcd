//! The record that the fault library writes: what a run did to its files and said, in order.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Event {
    /// The number of the counted call, 0 for what is not counted (output, exits).
    pub call: u64,
    pub pid: u32,
    /// The errno of a call that failed, by itself or on purpose; 0 of one that succeeded.
    pub error: i32,
    pub what: What,
}

/// Paths are absolute, without symbolic links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Create {
        path: PathBuf,
    },
    Folder {
        path: PathBuf,
    },
    Write {
        path: PathBuf,
        offset: u64,
        data: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: u64,
    },
    /// fsync or fdatasync, of a file or of a folder.
    Sync {
        path: PathBuf,
    },
    /// sync_file_range, which promises nothing.
    RangeSync {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    Send {
        data: Vec<u8>,
    },
    /// Recorded before it is written.
    Output {
        fd: u8,
        data: Vec<u8>,
    },
    Exit {
        code: i32,
    },
}

const HEADER: usize = 40;

/// Reads a record as far as it is whole.
pub fn read_log(path: &Path) -> Vec<Event> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut events = Vec::new();
    while rest.len() >= HEADER {
        let size = number::<4>(rest, 0) as usize;
        if size < HEADER || rest.len() < size {
            break;
        }
        let (record, after) = rest.split_at(size);
        events.push(event(record));
        rest = after;
    }
    events
}

fn number<const N: usize>(record: &[u8], at: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes[..N].copy_from_slice(&record[at..at + N]);
    u64::from_le_bytes(bytes)
}

/// `struct record` of `faults/core.h`, on the little-endian machines that we test on.
fn event(record: &[u8]) -> Event {
    let offset = number::<8>(record, 16);
    let (path_len, to_len) = (number::<2>(record, 28) as usize, number::<2>(record, 30) as usize);
    let (kind, fd) = (record[32], record[33]);
    let (path, rest) = record[HEADER..].split_at(path_len);
    let (to, data) = rest.split_at(to_len);
    let name = |bytes: &[u8]| PathBuf::from(OsString::from_vec(bytes.to_vec()));
    let (path, to, data) = (name(path), name(to), data.to_vec());
    let what = match kind {
        b'C' => What::Create { path },
        b'D' => What::Folder { path },
        b'W' => What::Write { path, offset, data },
        b'T' => What::Truncate { path, length: offset },
        b'S' => What::Sync { path },
        b'X' => What::RangeSync { path },
        b'R' => What::Rename { from: path, to },
        b'L' => What::Link { from: path, to },
        b'U' => What::Unlink { path },
        b'N' => What::Send { data },
        b'O' => What::Output { fd, data },
        b'E' => What::Exit { code: offset as i32 },
        other => panic!("the record holds an unknown kind {other}"),
    };
    Event { call: number::<8>(record, 8), pid: number::<4>(record, 4) as u32, error: number::<4>(record, 24) as i32, what }
}

/// What had been written to stdout before event `cut` (the first `cut` events have happened).
pub fn acknowledged(events: &[Event], cut: usize) -> String {
    let mut said = Vec::new();
    for event in &events[..cut] {
        if let What::Output { fd: 1, data } = &event.what {
            said.extend_from_slice(data);
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// With what the command itself (whose event is the first) had ended before event `cut`; 0 acknowledges as stdout does.
pub fn ended(events: &[Event], cut: usize) -> Option<i32> {
    let command = events.first()?.pid;
    events[..cut].iter().find_map(|event| match event.what {
        What::Exit { code } if event.pid == command => Some(code),
        _ => None,
    })
}

/// The counted calls at which a run commits: the syncs of a write-ahead log, or the messages that bring COMMIT to a server.
pub fn commit_points(events: &[Event]) -> Vec<u64> {
    let commits = |event: &&Event| match &event.what {
        What::Sync { path } => path.as_os_str().as_encoded_bytes().ends_with(b"-wal"),
        What::Send { data } => data.windows(6).any(|word| word.eq_ignore_ascii_case(b"COMMIT")),
        _ => false,
    };
    events.iter().filter(commits).map(|event| event.call).collect()
}
