//! Every rule that this version keeps is named by a test.

use std::collections::BTreeSet;

use super::{expect_none, files, root, sources};

/// A ratchet: the rules that have a test. Add to it, take nothing away.
const TESTED: &[&str] = &[
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M14", "M15", "M16", "M17", "M18", "M19", "M20",
    "M21", "M22", "B", "H1", "H2", "H3", "H5", "H6", "H7", "H9", "H10", "H11", "H12", "H14", "V1", "V2", "V3", "V4", "V5", "S1", "S2",
    "S3", "S4", "S5", "S6", "A1", "E1", "E2", "E3", "E4", "E5", "E6",
];

/// The rules of `docs/rules.md` with what their column "In" says.
fn rules() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (id, within) = (cells.next()?.to_owned(), cells.next()?.to_owned());
        ["yes", "partly", "later"].contains(&within.as_str()).then_some((id, within)).filter(|(id, _)| id.starts_with(char::is_uppercase))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn the_document_has_every_rule() {
    let expected: Vec<String> = [("M", 22), ("H", 14), ("V", 5), ("S", 6), ("A", 4), ("C", 8), ("T", 9), ("E", 9)]
        .iter()
        .flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")))
        .chain(["B".to_owned()])
        .collect();
    let mut found: Vec<String> = rules().into_iter().map(|(id, _)| id).collect();
    let mut wanted = expected;
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[test]
fn every_rule_that_is_kept_is_named_by_a_test() {
    let kept: Vec<String> = rules().into_iter().filter(|(_, within)| within != "later").map(|(id, _)| id).collect();
    let named = named_by_tests();
    let missing: Vec<String> = kept.iter().filter(|id| !named.contains(*id)).cloned().collect();
    if !missing.is_empty() {
        println!("rules that are kept, and that no test names yet: {}", missing.join(", "));
    }
    let lost: Vec<String> = missing.into_iter().filter(|id| TESTED.contains(&id.as_str())).collect();
    expect_none(&lost, "rules that no test names any more (fn m13_… or a comment with M13)");
    let unknown: Vec<String> = TESTED.iter().filter(|id| !kept.iter().any(|kept| kept == *id)).map(|id| (*id).to_owned()).collect();
    expect_none(&unknown, "TESTED names what docs/rules.md does not keep");
}

/// Ids in names of tests (`m6_m11_…`) and in comments of tests (`M6`).
fn named_by_tests() -> BTreeSet<String> {
    let mut texts: Vec<String> = sources().into_iter().map(|source| source.tests).collect();
    let elsewhere = files("tests").into_iter().filter(|path| !path.starts_with(root().join("tests/repo")));
    texts.extend(elsewhere.map(|path| std::fs::read_to_string(path).unwrap()));
    let mut named = BTreeSet::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        if let Some((_, name)) = line.split_once("fn ") {
            let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            named.extend(name.split('_').filter(|part| is_id(&part.to_uppercase())).map(str::to_uppercase));
        }
        if let Some((_, comment)) = line.split_once("//") {
            named.extend(comment.split(|c: char| !c.is_alphanumeric()).filter(|word| is_id(word)).map(str::to_owned));
        }
    }
    named
}

/// `M13`, and the one without a number.
fn is_id(word: &str) -> bool {
    let mut letters = word.chars();
    match letters.next() {
        Some('B') => letters.as_str().is_empty(),
        Some('M' | 'H' | 'V' | 'S' | 'A' | 'C' | 'T' | 'E') => !letters.as_str().is_empty() && letters.all(|c| c.is_ascii_digit()),
        _ => false,
    }
}
