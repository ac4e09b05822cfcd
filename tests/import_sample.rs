//! The way of real data, on the extract of our own making: a ticket export becomes an account, whose channels move one after the other.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::skip;

/// `deskctl`, with nothing of whoever runs the tests.
fn deskctl(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    command.args(arguments).current_dir(folder).env_clear().env("HOME", folder);
    command.output().unwrap()
}

/// What it prints, once it has ended with `exit`.
fn expect(folder: &Path, arguments: &[&str], exit: i32) -> String {
    let output = deskctl(folder, arguments);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(exit), "deskctl {}\n{out}{err}", arguments.join(" "));
    if exit == 0 { out } else { err }
}

/// The account that the script makes of the sample; `None` without Python.
fn account(folder: &Path) -> Option<()> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut python = Command::new("python3");
    python.arg(format!("{root}/docs/import/csv_to_account.py")).arg(format!("{root}/fixtures/tickets_sample.csv"));
    let Ok(output) = python.arg("account.json").args(["--zone", "Europe/Warsaw"]).current_dir(folder).output() else {
        return skip("python3 cannot be started");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

#[test]
fn a_ticket_export_becomes_an_account_whose_channels_move() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let Some(()) = account(folder) else { return };
    expect(folder, &["seed", "--file", "account.json"], 0);
    let choices = ["--history", "all", "--map", "open=New", "--map", "closed=Closed", "--yes"];
    let movable =
        expect(folder, &["channels", "list", "--movable", "-o", "ndjson", "--columns", "address,kind,open,closed,without_ticket"], 0);
    let mut kinds = Vec::new();
    for line in movable.lines() {
        let channel: serde_json::Value = serde_json::from_str(line).unwrap();
        let address = channel["address"].as_str().unwrap();
        kinds.push(channel["kind"].as_str().unwrap().to_owned());
        let moved = expect(folder, &[&["migrations", "start", address, "-o", "json"][..], &choices].concat(), 0);
        let moved: serde_json::Value = serde_json::from_str(&moved).unwrap();
        assert_eq!(moved["done"].as_i64(), Some(channel["open"].as_i64().unwrap() + channel["closed"].as_i64().unwrap()), "{channel}");
        assert_eq!(moved["tickets_created"], channel["without_ticket"], "M13: {channel}");
        let verified = expect(folder, &["migrations", "verify", "-o", "ndjson", "--columns", "sign"], 0);
        assert!(verified.lines().all(|line| line == r#"{"sign":"="}"#), "{address}: {verified}");
        assert_eq!(verified.lines().count() as i64, moved["done"].as_i64().unwrap());
    }
    kinds.sort();
    assert_eq!(kinds, ["calling", "chat", "email"]);
    let pages = expect(folder, &["channels", "list", "--kind", "facebook_messenger", "-o", "ndjson", "--columns", "address"], 0);
    let page: serde_json::Value = serde_json::from_str(&pages).unwrap();
    let refusal = expect(folder, &[&["migrations", "start", page["address"].as_str().unwrap(), "-o", "json"][..], &choices].concat(), 6);
    let error = refusal.lines().find(|line| line.starts_with("{\"error\"")).unwrap();
    let error: serde_json::Value = serde_json::from_str(error).unwrap();
    assert_eq!((&error["error"]["code"], &error["error"]["details"]["rule"]), (&"kind_cannot_move".into(), &"M8".into()));
}

const HEADER: &str = "Ticket ID,Customer Name,Customer Email,Product Purchased,Date of Purchase,Ticket Type,Ticket Subject,\
    Ticket Description,Ticket Status,Resolution,Ticket Priority,Ticket Channel,First Response Time,Time to Resolution,Customer Satisfaction Rating";

/// A row of the export, with some of its fields by their positions.
fn row(id: u32, changed: &[(usize, &str)]) -> String {
    let id = id.to_string();
    let mut fields =
        [&id, "Jan Nowak", "jan@example.com", "Lamp", "2025-01-01", "Refund", "Broken", "It broke", "Open", "", "Low", "Email", "", "", ""];
    changed.iter().for_each(|(at, text)| fields[*at] = text);
    fields.join(",")
}

/// Exit, stdout and stderr of the script.
fn convert(folder: &Path, export: &[u8]) -> Option<(i32, String, String)> {
    std::fs::write(folder.join("export.csv"), export).unwrap();
    let script = format!("{}/docs/import/csv_to_account.py", env!("CARGO_MANIFEST_DIR"));
    let Ok(output) = Command::new("python3").args([&script, "export.csv"]).current_dir(folder).output() else {
        return skip("python3 cannot be started");
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some((output.status.code().unwrap(), text(output.stdout), text(output.stderr)))
}

#[test]
fn what_is_wrong_with_an_export_is_said_with_its_line_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let export = |rows: &[String]| format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes();
    let huge = "x".repeat(11_000_000);
    let long = "x".repeat(1_001);
    let wrong = [
        (b"".to_vec(), "lacks these columns"),
        (export(&[row(1, &[]), "2,Jan".into()]), "line 3: 2 fields, where the first line has 15"),
        (export(&[row(1, &[]) + ",more"]), "line 2: 16 fields"),
        (export(&[row(1, &[(7, "\"two\nlines\"")]), row(2, &[(7, "\"never closed")]), row(3, &[])]), "line 4: "),
        (export(&[row(1, &[(7, &huge)])]), "line 2: field larger than field limit"),
        (export(&[row(1, &[(6, &long)])]), "line 2: the Ticket Subject is longer than 1000 bytes"),
        (export(&[row(1, &[]), row(1, &[])]), "line 3: the Ticket ID 1 is that of line 2 too"),
        (export(&[row(1, &[(0, " ")])]), "line 2: there is no Ticket ID"),
        (export(&[row(1, &[(1, ""), (2, "n/a")])]), "line 2: there is neither a Customer Name nor a Customer Email"),
        (export(&[row(1, &[(8, "Lost")])]), "line 2: the Ticket Status \"Lost\" is none of Open"),
        (export(&[row(1, &[(12, "1.3.2025")])]), "line 2: the First Response Time \"1.3.2025\" is no time"),
        (b"Ticket ID\n\xff\xfe".to_vec(), "is not UTF-8"),
    ];
    for (export, expected) in wrong {
        let Some((exit, out, said)) = convert(folder.path(), &export) else { return };
        assert_eq!((exit, out.as_str()), (2, ""), "{expected}: {said}");
        assert!(said.contains(expected) && said.lines().count() == 1, "{expected}: {said:.500}");
    }
    std::fs::remove_file(folder.path().join("export.csv")).unwrap();
    let script = format!("{}/docs/import/csv_to_account.py", env!("CARGO_MANIFEST_DIR"));
    let gone = Command::new("python3").args([&script, "export.csv"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(gone.status.code(), Some(1));
}

#[test]
fn rows_without_an_address_are_nobody_else_and_names_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let rows = [
        row(1, &[(2, "")]),
        row(2, &[(1, "Eva Kos"), (2, "n/a")]),
        row(3, &[(2, "JAN@example.com ")]),
        row(4, &[]),
        row(5, &[(1, "\"ACME Widgets, Inc.\""), (2, "acme@example.com")]),
        row(6, &[(1, "山田 太郎"), (2, "taro@example.com")]),
    ];
    // As spreadsheets save it where the comma is in the numbers.
    let export = format!("{HEADER}\n{}\n", rows.join("\n")).replace("\"ACME Widgets, Inc.\"", "ACME Widgets@ Inc.");
    let export = export.replace(',', ";").replace("Widgets@", "Widgets,");
    let Some((exit, out, said)) = convert(folder, format!("\u{feff}{export}").as_bytes()) else { return };
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains("2  rows without an address") && said.contains("6  rows whose fields are separated by semicolons"), "{said}");
    std::fs::write(folder.join("account.json"), out).unwrap();
    expect(folder, &["seed", "--file", "account.json"], 0);
    let listed = expect(folder, &["contacts", "list", "-o", "ndjson", "--columns", "first_name,last_name,email"], 0);
    let contacts: Vec<serde_json::Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected = [
        ("Jan", Some("Nowak"), None),
        ("Eva", Some("Kos"), None),
        ("Jan", Some("Nowak"), Some("jan@example.com")),
        ("ACME Widgets, Inc.", None, Some("acme@example.com")),
        ("山田 太郎", None, Some("taro@example.com")),
    ];
    let expected = expected.map(|(first, last, email)| serde_json::json!({ "first_name": first, "last_name": last, "email": email }));
    assert_eq!(contacts, expected);
}
