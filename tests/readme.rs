//! The README, read from top to bottom: every block of it runs in one shell, in its order, in a new home, and prints what stands there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::served::deskctl;
use crate::support::transcript::difference::{difference, matches};
use crate::support::transcript::home::{ENVIRONMENT, at_one_moment};
use crate::support::transcript::{Part, answer, parse};

/// Stands before the real cargo, which a reader has used before the first test of theirs runs.
const CARGO: &str = r#"#!/bin/sh
case "$*" in
    "run --release -- demo") exec deskctl demo ;;
    "install --path . --locked" | "test") ;;
    *) echo "the README asks cargo for something else: $*" >&2; exit 1 ;;
esac
"#;

/// Two lines around what a step prints: a mark that no output has, and what comes after it.
const MARK: &str = "\u{1}step ";

/// Something to run, and what it should print; `None` where the README does not say.
struct Step {
    line: usize,
    script: String,
    expected: Option<String>,
}

#[test]
fn every_block_of_the_readme_runs_in_one_shell() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let steps = steps(&text);
    assert!(steps.len() > 20, "the README's blocks were not found: {} steps", steps.len());
    let printed = run(&steps);
    let mut problems = String::new();
    for (number, step) in steps.iter().enumerate() {
        let came = at_one_moment(&printed.get(number).map_or_else(|| "(the shell ended before)\n[exit -1]\n".to_owned(), Clone::clone));
        let good = match &step.expected {
            Some(expected) => matches(&expected.lines().collect::<Vec<_>>(), &came.lines().collect::<Vec<_>>()),
            None => !came.contains("\n[exit ") && !came.starts_with("[exit "),
        };
        if !good {
            let expected: Vec<&str> = step.expected.as_deref().unwrap_or("...").lines().collect();
            let shown = difference(&expected, &came.lines().collect::<Vec<_>>());
            problems += &format!("\nREADME.md:{}\n{}\n{shown}", step.line, step.script);
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

/// Blocks of commands alone (`sh`) run as they are; of transcripts (`console`), command by command. A block after
/// `<!-- elsewhere: why -->` needs what a new machine does not have.
fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut block: Option<Step> = None;
    let mut elsewhere = false;
    let mut line = 0;
    for part in parse(text) {
        match part {
            Part::Command(step) => {
                line = step.line;
                steps.push(Step { line, script: step.command, expected: Some(step.expected) });
            }
            Part::Text(typed) => {
                line += 1;
                match (typed.trim_end(), &mut block) {
                    ("```sh", None) => block = Some(Step { line, script: String::new(), expected: None }),
                    ("```", Some(_)) => steps.extend(block.take().filter(|_| !std::mem::take(&mut elsewhere))),
                    (_, Some(block)) => block.script += typed,
                    (other, None) => elsewhere |= other.starts_with("<!-- elsewhere: "),
                }
            }
        }
    }
    steps
}

/// What each step printed, and `[exit N]` where it failed.
fn run(steps: &[Step]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let programs = home.path().join("programs");
    fs::create_dir(&programs).unwrap();
    fs::write(programs.join("cargo"), CARGO).unwrap();
    fs::set_permissions(programs.join("cargo"), fs::Permissions::from_mode(0o700)).unwrap();
    let mut script = String::new();
    for step in steps {
        // The first command of a block that fails ends the block, not the session.
        let step = if step.expected.is_some() { format!("{}\n", step.script) } else { step.script.replace(" \\\n", " ") };
        let step: String = step.lines().map(|line| format!("{{ [ $failed != 0 ] || {{ {line}\n}} || failed=$?; }}\n")).collect();
        script += &format!("failed=0\n{step}printf '%s%s\\n' '{MARK}' $failed\n");
    }
    fs::write(home.path().join("session"), script).unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [programs, deskctl().parent().unwrap().to_owned()].into_iter().chain(std::env::split_paths(&path));
    let mut shell = Command::new("bash");
    shell.args(["-c", "exec 2>&1; . ./session"]).current_dir(home.path()).env_clear();
    shell.env("PATH", std::env::join_paths(paths).unwrap()).env("HOME", home.path()).env("TMPDIR", home.path()).envs(ENVIRONMENT);
    let output = shell.stdin(Stdio::null()).output().unwrap();
    pieces(&String::from_utf8_lossy(&output.stdout))
}

fn pieces(output: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for line in output.split_inclusive('\n') {
        match line.split_once(MARK) {
            Some((before, exit)) => {
                piece += before;
                pieces.push(answer((std::mem::take(&mut piece), exit.trim().parse().unwrap_or(-1))));
            }
            None => piece += line,
        }
    }
    pieces
}
