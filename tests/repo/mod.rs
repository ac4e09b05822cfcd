//! Tests of the repository itself: what the compiler cannot check, and everyone should be able to rely on.

mod changes;
mod commands;
mod layers;
mod rules;
mod source;
mod sql;

use std::path::{Path, PathBuf};

/// A source file, split where its tests begin.
pub struct Source {
    /// Relative to the repository, with `/`.
    pub path: String,
    pub code: String,
    pub tests: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, in order.
pub fn files(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found
}

/// The program's sources. Tests stand last in a file, or in a file or folder of their own that `#[cfg(test)] mod x;` names.
pub fn sources() -> Vec<Source> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"), text)
    };
    let texts: Vec<(String, String)> = files("src").into_iter().map(read).collect();
    let test_files: Vec<String> = texts.iter().flat_map(|(_, text)| test_modules(text).1).collect();
    let split = |(path, text): (String, String)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let in_folder = |file: &str| path.contains(&format!("/{}/", file.trim_end_matches(".rs")));
        let at = if test_files.iter().any(|file| file == name || in_folder(file)) { 0 } else { test_modules(&text).0 };
        Source { code: text[..at].to_owned(), tests: text[at..].to_owned(), path }
    };
    texts.into_iter().map(split).collect()
}

/// Where a file's own tests begin, and the files that are tests altogether.
fn test_modules(text: &str) -> (usize, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let mut files = Vec::new();
    for (at, _) in text.match_indices(MARK) {
        let lines = text[at + MARK.len()..].lines().map(str::trim).filter(|line| !line.is_empty());
        let mut path = None;
        for line in lines {
            if let Some(named) = line.strip_prefix("#[path = \"") {
                path = Some(named.trim_end_matches("\"]").to_owned());
            } else if let Some(module) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                files.push(path.unwrap_or_else(|| format!("{module}.rs")));
                break;
            } else if line.starts_with("mod ") {
                return (at, files);
            } else if !line.starts_with("#[") {
                break;
            }
        }
    }
    (text.len(), files)
}

/// Fails with a list that says where each thing is.
pub fn expect_none(found: &[String], what: &str) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}
