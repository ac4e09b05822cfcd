//! The command line: help with examples everywhere, completions that are current, operations that are listed.

use std::collections::BTreeMap;

use deskctl::cli;
use deskctl::ops::capabilities;

use super::{expect_none, root, sources};

#[test]
fn every_command_has_examples_and_a_plain_first_line() {
    let mut wrong = Vec::new();
    for command in cli::man::tree() {
        let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if about.is_empty() || about.ends_with('.') {
            wrong.push(format!("{name}: the first line of its help is \"{about}\" (it should be there, without a dot at its end)"));
        }
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if !command.has_subcommands() && !after.contains("Examples:\n  deskctl") && !after.contains("Examples:\n  ") {
            wrong.push(format!("{name}: no \"Examples:\" in its after_help"));
        }
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            if help.is_empty() || help.ends_with('.') {
                wrong.push(format!("{name}: the help of {} is \"{help}\"", argument.get_id()));
            }
        }
    }
    expect_none(&wrong, "help that needs work");
}

#[test]
fn the_completions_and_the_man_page_are_current() {
    let mut stale = Vec::new();
    for (name, text) in cli::completions::packaged() {
        let kept = std::fs::read_to_string(root().join("completions").join(&name)).unwrap_or_default();
        if kept != text {
            stale.push(format!("completions/{name}"));
        }
    }
    expect_none(&stale, "stale; renew them with: cargo run -- completions --all completions");
}

/// An operation as its source declares it.
struct Declared {
    place: String,
    permissions: Vec<String>,
}

#[test]
fn every_operation_is_among_the_capabilities() {
    let mut declared: BTreeMap<String, Declared> = BTreeMap::new();
    for source in sources() {
        let module = source.path.trim_start_matches("src/ops/").trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        for part in source.code.split("impl Operation for ").skip(1) {
            let structure = part.split([' ', '{', '<']).next().unwrap_or("");
            let name = between(part, "const NAME: &'static str = \"", "\"");
            let needs = between(part, "fn needs(&self)", "\n    }");
            let permissions = needs.split("Permission::").skip(1).map(first_word).collect();
            declared.insert(name.to_owned(), Declared { place: format!("{module}::{structure}"), permissions });
        }
    }
    let mut wrong = Vec::new();
    for (name, Declared { place, permissions }) in &declared {
        let permission = permissions.first().map_or("Member", String::as_str);
        let Some(listed) = capabilities::ALL.iter().find(|listed| listed.operation == name) else {
            wrong.push(format!("of::<{place}>(Permission::{permission}),   // {name} is missing"));
            continue;
        };
        if !permissions.is_empty() && !permissions.contains(&format!("{:?}", listed.needs)) {
            wrong.push(format!("of::<{place}>(Permission::{permission}),   // {name} has another permission there"));
        }
    }
    let mut names: Vec<&str> = capabilities::ALL.iter().map(|listed| listed.operation).collect();
    names.sort_unstable();
    wrong.extend(names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("{} is there twice", pair[0])));
    expect_none(&wrong, "src/ops/capabilities.rs needs these lines");
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).map_or("", |(_, rest)| rest.split_once(to).map_or(rest, |(found, _)| found))
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn ci_and_the_readme_name_the_same_test_command() {
    let script = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(script.contains("test_command='cargo test'") && script.contains("grep -qE") && script.contains("README.md"));
}
