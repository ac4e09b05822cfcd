//! Files that stay readable, and code that does not panic.

use super::{expect_none, sources};

const MOST_LINES: usize = 400;

/// Files that are longer, and have a reason. A ratchet: the numbers only go down.
const LONGER: &[(&str, usize)] = &[("src/bulk/loader.rs", 434), ("src/migrate/checks.rs", 434)];

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count() + source.tests.lines().count();
        let most = LONGER.iter().find(|(path, _)| *path == source.path).map_or(MOST_LINES, |(_, most)| *most);
        if lines > most {
            long.push(format!("{}: {lines} lines, {most} at most", source.path));
        }
    }
    expect_none(&long, "files to split");
}

#[test]
fn bad_input_does_not_panic() {
    let mut found = Vec::new();
    for source in sources() {
        let lines = source.code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        found.extend(lines.filter(|(_, line)| line.contains(".unwrap()")).map(|(number, _)| format!("{}:{}", source.path, number + 1)));
    }
    expect_none(&found, "unwrap() outside of tests");
}
