//! `deskctl conversations receive`

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::App;
use super::message::Content;
use crate::domain::Id;
use crate::domain::when::When;
use crate::error::{Error, Exit, Result, io_error};
use crate::ops::conversations::Receive;
use crate::output::Notices;

/// The longest line of JSON that is read, in bytes: room for a few attachments.
const LINE_BYTES: u64 = 128_000_000;

#[derive(Args)]
pub struct Arguments {
    /// The channel's id or address; with --input, that of lines that name none
    #[arg(required_unless_present = "input")]
    channel: Option<String>,
    /// Who sends it: an address, a number, or "Name <address>"
    #[arg(long, value_name = "ADDR", required_unless_present = "input")]
    from: Option<String>,
    #[command(flatten)]
    content: Content,
    /// The sender's key of the thread: a known one continues its conversation
    #[arg(long, value_name = "KEY", conflicts_with = "conversation")]
    thread: Option<String>,
    /// The conversation that it continues; on another channel it moves there (M21)
    #[arg(long, value_name = "ID")]
    conversation: Option<Id>,
    /// The sender's id of the message: the same id on a channel is the same message
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    /// When it was sent: a time such as 2026-12-01T09:30:00+01:00, 09:30 (today) or -2h; by default now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<When>,
    /// The mail's own Message-ID
    #[arg(long, value_name = "ID")]
    message_id: Option<String>,
    /// A Message-ID that it refers to, oldest first; a known one continues its conversation
    #[arg(long = "reference", value_name = "ID")]
    references: Vec<String>,
    /// The Message-ID that it answers
    #[arg(long, value_name = "ID")]
    in_reply_to: Option<String>,
    /// Read one message a line as JSON, with the same field names; - is stdin
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["from", "text", "html", "subject", "cc", "attach", "thread", "conversation", "external_id", "at", "message_id", "references", "in_reply_to"])]
    input: Option<PathBuf>,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    if let Some(path) = arguments.input {
        return receive_lines(app, &path, arguments.channel.as_deref());
    }
    let received = app.run(Receive {
        channel: arguments.channel.unwrap_or_default(),
        from: arguments.from.unwrap_or_default(),
        text: arguments.content.text()?,
        html: arguments.content.html(),
        subject: arguments.content.subject.clone(),
        thread: arguments.thread,
        conversation: arguments.conversation,
        external_id: arguments.external_id,
        at: arguments.at,
        attachments: arguments.content.files()?,
        message_id: arguments.message_id,
        references: arguments.references,
        in_reply_to: arguments.in_reply_to,
        cc: arguments.content.cc,
    })?;
    app.out.one(&received)?;
    Ok(Exit::Done)
}

/// One transaction a line, one answer a line, in order. An answer is printed only after its commit.
fn receive_lines(app: &mut App, path: &std::path::Path, channel: Option<&str>) -> Result<Exit> {
    if app.global.idempotency_key.is_some() {
        return Err(Error::usage("usage", "one --idempotency-key cannot stand for many messages").hint("give each line an external_id"));
    }
    // Without a store, or a user, it is the command that fails, not each of its lines.
    app.target()?;
    let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(path).map_err(|error| io_error("read", path, error))?))
    };
    let mut failed = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line).map_err(|error| io_error("read", path, error))?;
        if read == 0 {
            return Ok(if failed { Exit::Partly } else { Exit::Done });
        }
        if read as u64 == LINE_BYTES && line.last() != Some(&b'\n') {
            return Err(Error::usage("line_too_long", format!("a line is longer than {} MB", LINE_BYTES / 1_000_000)));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = receive_line(app, &line, channel);
        failed |= answer["ok"] == false;
        app.out.json_line(&answer)?;
        // What there is to say besides (M20) is said once, not with every line.
        app.notices = Notices::new(true);
    }
}

fn receive_line(app: &mut App, line: &[u8], channel: Option<&str>) -> Value {
    match parse_line(line, channel).and_then(|message| app.run(message)) {
        Ok(received) => {
            let mut answer = json!({ "ok": true });
            if let (Some(answer), Value::Object(fields)) = (answer.as_object_mut(), json!(received)) {
                answer.extend(fields);
            }
            answer
        }
        Err(error) => json!({ "ok": false, "error": error.to_json()["error"] }),
    }
}

fn parse_line(line: &[u8], channel: Option<&str>) -> Result<Receive> {
    let bad = |error: serde_json::Error| Error::usage("bad_line", format!("the line is no message: {error}"));
    let mut message: Value = serde_json::from_slice(line).map_err(bad)?;
    if let (Some(fields), Some(channel)) = (message.as_object_mut(), channel) {
        fields.entry("channel").or_insert_with(|| channel.into());
    }
    serde_json::from_value(message).map_err(bad)
}
