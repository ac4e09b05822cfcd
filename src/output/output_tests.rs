use std::sync::{Arc, Mutex};

use serde_json::json;

use super::*;
use crate::error::Exit;

#[derive(Serialize)]
struct Channel {
    id: i64,
    name: &'static str,
    in_help_desk: bool,
    moved_at: Option<&'static str>,
}

const CHANNELS: &[Channel] = &[
    Channel { id: 1, name: "Support", in_help_desk: false, moved_at: None },
    Channel { id: 2, name: "=cmd, \"x\"", in_help_desk: true, moved_at: Some("2026-03-28T15:00:00Z") },
];
const DEFAULTS: &[&str] = &["id", "name"];

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn options(format: Format, columns: &[&str]) -> OutputOptions {
    let columns = (!columns.is_empty()).then(|| columns.iter().map(|column| (*column).to_owned()).collect());
    OutputOptions { format, columns, quiet: true, ..OutputOptions::default() }
}

fn printed(options: OutputOptions, print: impl FnOnce(&mut Output) -> Result<()>) -> Result<String> {
    let paper = Paper::default();
    print(&mut Output::to(options, Box::new(paper.clone())))?;
    let bytes = paper.0.lock().unwrap().clone();
    Ok(String::from_utf8(bytes).unwrap())
}

fn list(format: Format, columns: &[&str], rows: &[Channel]) -> Result<String> {
    printed(options(format, columns), |output| output.list("channels", rows, DEFAULTS))
}

#[test]
fn every_format_of_a_list() {
    assert_eq!(list(Format::Table, &[], CHANNELS).unwrap(), "ID  NAME\n 1  Support\n 2  =cmd, \"x\"\n");
    assert_eq!(list(Format::Csv, &[], CHANNELS).unwrap(), "id,name\n1,Support\n2,\"'=cmd, \"\"x\"\"\"\n");
    let (first, second) = (
        r#"{"id":1,"name":"Support","in_help_desk":false,"moved_at":null}"#,
        r#"{"id":2,"name":"=cmd, \"x\"","in_help_desk":true,"moved_at":"2026-03-28T15:00:00Z"}"#,
    );
    assert_eq!(list(Format::Ndjson, &[], CHANNELS).unwrap(), format!("{first}\n{second}\n"));
    assert_eq!(list(Format::Json, &[], CHANNELS).unwrap(), format!("[\n  {first},\n  {second}\n]\n"));
}

#[test]
fn every_format_of_an_empty_list() {
    assert_eq!(list(Format::Table, &[], &[]).unwrap(), "");
    assert_eq!(list(Format::Csv, &[], &[]).unwrap(), "id,name\n");
    assert_eq!(list(Format::Ndjson, &[], &[]).unwrap(), "");
    assert_eq!(list(Format::Json, &[], &[]).unwrap(), "[]\n");
    assert_eq!(list(Format::Csv, &["moved_at", "id"], &[]).unwrap(), "moved_at,id\n");
}

#[test]
fn columns_choose_and_order_in_every_format() {
    let columns = &[" moved_at", "id"];
    assert_eq!(list(Format::Table, columns, CHANNELS).unwrap(), "MOVED AT          ID\n-                  1\n2026-03-28 15:00   2\n");
    assert_eq!(list(Format::Csv, columns, CHANNELS).unwrap(), "moved_at,id\n,1\n2026-03-28T15:00:00Z,2\n");
    assert_eq!(list(Format::Ndjson, columns, &CHANNELS[..1]).unwrap(), "{\"moved_at\":null,\"id\":1}\n");
    assert_eq!(list(Format::Json, columns, &CHANNELS[..1]).unwrap(), "[\n  {\"moved_at\":null,\"id\":1}\n]\n");
    assert_eq!(list(Format::Csv, &["id", "id"], &CHANNELS[..1]).unwrap(), "id,id\n1,1\n");
}

#[test]
fn an_unknown_column_is_a_usage_error_and_prints_nothing() {
    for format in [Format::Table, Format::Json, Format::Ndjson, Format::Csv] {
        let error = list(format, &["id", "nmae"], CHANNELS).unwrap_err();
        assert_eq!((error.code(), error.exit()), ("unknown_column", Exit::Usage));
        assert_eq!(error.hint_text(), Some("did you mean name?"));
        let error = printed(options(format, &["zzz"]), |output| output.one(&CHANNELS[0])).unwrap_err();
        assert_eq!(error.hint_text(), Some("the columns are id, name, in_help_desk, moved_at"));
    }
}

#[test]
fn every_format_of_one_thing() {
    let one = |format, columns| printed(options(format, columns), |output| output.one(&CHANNELS[1])).unwrap();
    assert_eq!(one(Format::Table, &["name", "in_help_desk"]), "name          =cmd, \"x\"\nin help desk  yes\n");
    assert_eq!(one(Format::Json, &["id"]), "{\n  \"id\": 2\n}\n");
    assert_eq!(one(Format::Ndjson, &["id"]), "{\"id\":2}\n");
    assert_eq!(one(Format::Csv, &[]), "id,name,in_help_desk,moved_at\n2,\"'=cmd, \"\"x\"\"\",true,2026-03-28T15:00:00Z\n");
}

#[test]
fn a_stream_looks_like_a_list() {
    for format in [Format::Table, Format::Json, Format::Ndjson, Format::Csv] {
        let streamed = printed(options(format, &[]), |output| {
            let mut rows = output.rows("channels", DEFAULTS);
            for channel in CHANNELS {
                rows.push(channel)?;
                rows.flush()?;
            }
            assert_eq!(rows.finish()?, 2);
            Ok(())
        });
        assert_eq!(streamed.unwrap(), list(format, &[], CHANNELS).unwrap());
    }
}

#[test]
fn times_are_local_in_tables_only() {
    let show = |format| {
        printed(options(format, &["moved_at"]), |output| {
            output.set_zone(TimeZone::get("Europe/Warsaw").unwrap());
            output.list("channels", &CHANNELS[1..], DEFAULTS)
        })
    };
    assert_eq!(show(Format::Table).unwrap(), "MOVED AT\n2026-03-28 16:00\n");
    assert_eq!(show(Format::Csv).unwrap(), "moved_at\n2026-03-28T15:00:00Z\n");
}

#[test]
fn a_terminal_never_gets_control_characters() {
    let terminal = |format| OutputOptions { stdout_is_terminal: true, ..options(format, &[]) };
    let row = json!({ "name": "a\x1b[2J\u{9b}" });
    for format in [Format::Table, Format::Json, Format::Ndjson, Format::Csv] {
        let text = printed(terminal(format), |output| {
            output.list("things", std::slice::from_ref(&row), &["name"])?;
            output.one(&row)?;
            output.raw("\x1b[2J\n")
        });
        assert!(!text.unwrap().contains(|c: char| c.is_control() && c != '\n'), "{format}");
    }
    assert_eq!(printed(options(Format::Table, &[]), |output| output.raw("\x1b[2J")).unwrap(), "\x1b[2J");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in [Format::Table, Format::Json, Format::Ndjson, Format::Csv] {
        let error = Output::to(options(format, &[]), Box::new(Closed)).list("channels", CHANNELS, DEFAULTS).unwrap_err();
        assert_eq!((error.code(), error.exit()), (BROKEN_PIPE, Exit::Done));
    }
}
