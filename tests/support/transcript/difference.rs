//! What was expected, with its wildcards, against what came.

use std::fmt::Write as _;

/// Whether the lines are as expected.
pub fn matches(expected: &[&str], came: &[&str]) -> bool {
    match (expected.split_first(), came.split_first()) {
        (Some((&"...", rest)), _) => (0..=came.len()).any(|skipped| matches(rest, &came[skipped..])),
        (Some((pattern, expected)), Some((line, came))) => line_matches(pattern, line) && matches(expected, came),
        (None, None) => true,
        _ => false,
    }
}

fn line_matches(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once("[..]") else { return pattern == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    let places = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    places.into_iter().any(|at| line_matches(rest, &line[at..]))
}

/// The lines that are missing (-) and those that came instead (+), among those that are as expected.
pub fn difference(expected: &[&str], came: &[&str]) -> String {
    let (rows, columns) = (expected.len(), came.len());
    // The longest common part of what is left from each place on.
    let mut common = vec![vec![0; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let longest = common[row + 1][column].max(common[row][column + 1]);
            let same = line_matches(expected[row], came[column]);
            common[row][column] = if same { longest.max(common[row + 1][column + 1] + 1) } else { longest };
        }
    }
    let mut text = String::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let both = row < rows && column < columns;
        let (sign, line) = if both && line_matches(expected[row], came[column]) {
            (row, column) = (row + 1, column + 1);
            (' ', came[column - 1])
        } else if column == columns || (both && common[row + 1][column] >= common[row][column + 1]) {
            row += 1;
            ('-', expected[row - 1])
        } else {
            column += 1;
            ('+', came[column - 1])
        };
        let _ = writeln!(text, "{sign} {line}");
    }
    text
}
