//! Layers, one way: what a module may use of this crate.

use super::{expect_none, sources};

/// A layer and what it may use, besides itself. `cli` may use everything, and nobody uses `cli`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("domain", &["error"]),
    ("partial", &["error"]),
    ("store", &["domain", "partial", "secret", "error"]),
    ("seed", &["domain", "error"]),
    // What runs for longer than one moment needs the clock itself.
    ("migrate", &["domain", "store", "sla", "clock", "error"]),
    ("sla", &["domain", "store", "error"]),
    ("lifecycle", &["domain", "store", "sla", "error"]),
    ("bulk", &["domain", "store", "sla", "seed", "output", "clock", "error"]),
    ("ops", &["domain", "store", "sla", "lifecycle", "migrate", "bulk", "protocol", "secret", "clock", "error"]),
    ("clock", &["domain", "error"]),
    ("protocol", &["error"]),
    ("secret", &[]),
    ("target", &["domain", "ops", "store", "migrate", "partial", "protocol", "secret", "clock", "error"]),
    ("serve", &["domain", "ops", "store", "migrate", "target", "protocol", "clock", "error"]),
    ("output", &["domain", "partial", "error"]),
    ("config", &["store", "target", "output", "secret", "error"]),
];

/// Macros stand at the crate's root; this is where each belongs.
const MACROS: &[(&str, &str)] =
    &[("text_enum", "error"), ("args", "store"), ("record", "store"), ("row", "store"), ("stored_as_text", "store")];

#[test]
fn layers_use_each_other_one_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(layer) = layer_of(&source.path) else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == layer) else {
            wrong.push(format!("{}: the layer {layer} is in no rule: add it to MAY_USE", source.path));
            continue;
        };
        for (line, used) in used_modules(&source.code) {
            let home = MACROS.iter().find(|(name, _)| *name == used).map_or(used.as_str(), |(_, home)| home);
            if home != layer && home != "error" && !allowed.contains(&home) {
                wrong.push(format!("{}:{line}: {layer} must not use crate::{used}", source.path));
            }
        }
    }
    expect_none(&wrong, "layers are used the wrong way");
}

/// `src/store/open.rs` -> `store`; the entry points and `cli` are free.
fn layer_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?;
    let layer = rest.split('/').next()?.trim_end_matches(".rs");
    (!["main", "lib", "cli"].contains(&layer)).then_some(layer)
}

/// Every `crate::x`, also in `crate::{x, y}`, with its line.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split(['}', ';']).next().unwrap_or("").split(',').collect(),
                None => vec![rest],
            };
            let first_word = |text: &str| text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned();
            found.extend(names.into_iter().map(first_word).filter(|name| !name.is_empty()).map(|name| (number + 1, name)));
        }
    }
    found
}

#[test]
fn used_modules_are_found() {
    let code = "use crate::error::Result;\n// crate::cli\nlet x = crate::store::Tx; use crate::{cli, domain::Id};";
    let names: Vec<String> = used_modules(code).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(names, ["1 error", "3 store", "3 cli", "3 domain"]);
}
