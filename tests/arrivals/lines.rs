use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::desk::Desk;

fn deskctl(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
    command.args(["--target", &desk.location.to_string()]).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn fed(mut command: Command, input: &str) -> Output {
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn each_line_is_answered_in_order_and_one_bad_line_spoils_no_other() {
    let mut desk = Desk::embedded();
    let input = concat!(
        r#"{"channel":"desk@acme.example","from":"a@example.com","text":"one","external_id":"1","thread":"t"}"#,
        "\n\n",
        r#"{"channel":"nowhere","from":"a@example.com","text":"lost"}"#,
        "\nno json\n",
        r#"{"channel":"desk@acme.example","from":"a@example.com","text":"one","external_id":"1"}"#,
        "\n",
        r#"{"from":"a@example.com","text":"<b>two</b>","html":true,"thread":"t","at":"2026-01-05T10:00:00+01:00","attachments":[{"name":"n","content_type":"text/plain","content_base64":"aGk="}]}"#,
        "\n",
        r#"{"channel":"desk@acme.example","from":"a@example.com","txt":"typo"}"#,
    );
    let done = fed(deskctl(&desk, &["conversations", "receive", "desk@acme.example", "--input", "-"]), input);
    assert_eq!(done.status.code(), Some(3), "{}", text(&done.stderr));
    let answers: Vec<Value> = text(&done.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<&str> = answers.iter().map(|answer| answer["error"]["code"].as_str().unwrap_or("ok")).collect();
    assert_eq!(codes, ["ok", "unknown_channel", "bad_line", "ok", "ok", "bad_line"]);
    assert_eq!((&answers[0]["ok"], &answers[0]["new_conversation"]), (&Value::Bool(true), &Value::Bool(true)));
    assert_eq!(answers[3]["duplicate"], true);
    assert_eq!(answers[4]["conversation"], answers[0]["conversation"]);
    assert_eq!((desk.count("messages"), desk.count("tickets")), (2, 1));
}

#[test]
fn an_answer_comes_as_soon_as_its_message_is_kept() {
    let mut desk = Desk::embedded();
    let mut child = deskctl(&desk, &["conversations", "receive", "--input", "-"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in 1..=3 {
        writeln!(input, r#"{{"channel":"chat","from":"+48 600 {n}","text":"hi"}}"#).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["ok"], true);
        assert_eq!(desk.count("messages"), n, "answered after its commit");
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn one_message_by_the_command_line() {
    let mut desk = Desk::embedded();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lamp.png");
    std::fs::write(&file, [0u8, 159, 255]).unwrap();
    let receive = ["conversations", "receive", "mail@acme.example", "--from", "a@example.com", "--text", "-", "-o", "json", "--attach"];
    let mut arguments = receive.to_vec();
    arguments.push(file.to_str().unwrap());
    let done = fed(deskctl(&desk, &arguments), "from stdin");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    let shown = desk.conversation(answer["conversation"].as_i64().unwrap());
    assert_eq!(shown.messages[0].body.text, "from stdin");
    assert_eq!(shown.messages[0].attachments[0].attachment.content_type, "image/png");
    let id = shown.messages[0].id.to_string();
    let copy = folder.path().join("copy");
    let got = fed(deskctl(&desk, &["conversations", "attachment", &id, "--to", copy.to_str().unwrap()]), "");
    assert_eq!(got.status.code(), Some(0), "{}", text(&got.stderr));
    assert_eq!(std::fs::read(&copy).unwrap(), [0u8, 159, 255]);
    assert_eq!(fed(deskctl(&desk, &["conversations", "attachment", &id]), "").stdout, [0u8, 159, 255]);
    assert_eq!(fed(deskctl(&desk, &["conversations", "show", "77"]), "").status.code(), Some(5));
    let gone = ["conversations", "receive", "gone@acme.example", "--from", "a@example.com", "--text", "x"];
    assert_eq!(fed(deskctl(&desk, &gone), "").status.code(), Some(6));
    assert_eq!(fed(deskctl(&desk, &["conversations", "receive", "chat", "--from", "a@example.com"]), "").status.code(), Some(2));
    assert_eq!(fed(deskctl(&desk, &["tickets", "delete", "1"]), "").status.code(), Some(2), "G19: it asks");
}

#[test]
fn a_rehearsal_writes_nothing() {
    let mut desk = Desk::embedded();
    let arguments = ["conversations", "receive", "chat", "--from", "a@example.com", "--text", "x", "--dry-run"];
    assert_eq!(fed(deskctl(&desk, &arguments), "").status.code(), Some(0));
    assert_eq!((desk.count("messages"), desk.count("audit")), (0, 0));
}
