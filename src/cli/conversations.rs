//! `deskctl conversations`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::App;
use super::message::{self, Content};
use super::page::{self, PageArgs};
use super::receive;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::error::{Exit, Result, io_error};
use crate::ops::conversations::{self as ops, Changed, ConversationDetail, ConversationRow};
use crate::output::{DeferredFile, Format};

#[derive(Subcommand)]
pub enum Verb {
    /// List the conversations that you may see, newest first
    #[command(
        after_help = "Examples:\n  deskctl conversations list --channel support@acme.example --status open\n  deskctl conversations list --owner none --without-ticket\n  deskctl conversations list --all -o ndjson"
    )]
    List(ListArgs),
    /// Show a conversation with its channels, messages, ticket and history
    #[command(after_help = "Examples:\n  deskctl conversations show 12\n  deskctl conversations show 12 -o json | jq '.messages[].text'")]
    Show {
        /// Its id
        id: Id,
    },
    /// Put an incoming message into the store, as a connected channel would
    #[command(
        after_help = "Examples:\n  deskctl conversations receive support@acme.example --from \"Jan Kowalski <jan@example.com>\" --subject \"Broken lamp\" --text \"It does not light.\"\n  deskctl conversations receive support@acme.example --from jan@example.com --thread t-7 --external-id m-19 --text - < body.txt\n  deskctl conversations receive --input - < messages.ndjson"
    )]
    Receive(Box<receive::Arguments>),
    /// Answer the customer; on another channel the conversation moves there
    #[command(
        after_help = "Examples:\n  deskctl conversations reply 12 --text \"We are on it.\"\n  deskctl conversations reply 12 --text - --attach manual.pdf < answer.txt\n  deskctl conversations reply 12 --text \"By mail now.\" --channel support@acme.example"
    )]
    Reply {
        /// The conversation's id
        id: Id,
        #[command(flatten)]
        content: Box<Content>,
        /// Answer by this channel (id or address) and move the conversation there
        #[arg(long)]
        channel: Option<String>,
    },
    /// Write first to the contact of a ticket, which begins a conversation
    #[command(
        after_help = "Examples:\n  deskctl conversations start --ticket 7 --channel support@acme.example --text \"We found your lamp.\"\n  deskctl conversations start --ticket 7 --channel support@acme.example --subject \"Your lamp\" --text - < mail.txt"
    )]
    Start {
        /// The ticket's id
        #[arg(long, value_name = "ID")]
        ticket: Id,
        /// The channel to write by (id or address)
        #[arg(long)]
        channel: String,
        #[command(flatten)]
        content: Box<Content>,
    },
    /// Add a comment that only colleagues see
    #[command(
        after_help = "Examples:\n  deskctl conversations comment 12 --text \"Waiting for the warehouse.\"\n  deskctl conversations comment 12 --text \"Can you look, @anna@acme.example?\""
    )]
    Comment {
        /// The conversation's id
        id: Id,
        /// What it says; - reads stdin
        #[arg(long, value_name = "TEXT|-")]
        text: String,
        /// A colleague to tell, besides those that the text names like @anna@acme.example; may be repeated
        #[arg(long, value_name = "EMAIL")]
        mention: Vec<String>,
    },
    /// Give conversations, and their tickets, to a user or to no one
    #[command(
        after_help = "Examples:\n  deskctl conversations assign 12 --to anna@acme.example\n  deskctl conversations assign 12 13 --to none"
    )]
    Assign {
        /// The conversations' ids
        #[arg(required = true)]
        ids: Vec<Id>,
        /// The new owner: an address, me or none
        #[arg(long, value_name = "EMAIL|me|none")]
        to: String,
    },
    /// Close conversations; their tickets stay as they are
    #[command(after_help = "Examples:\n  deskctl conversations close 12 13")]
    Close {
        /// The conversations' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Open closed conversations again; their tickets stay as they are
    #[command(after_help = "Examples:\n  deskctl conversations reopen 12")]
    Reopen {
        /// The conversations' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Mark conversations, and their tickets, as spam
    #[command(after_help = "Examples:\n  deskctl conversations spam 12 13\n  deskctl conversations spam 12 --not")]
    Spam {
        /// The conversations' ids
        #[arg(required = true)]
        ids: Vec<Id>,
        /// They are none after all
        #[arg(long)]
        not: bool,
    },
    /// Move one conversation to an inbox or into the help desk; on the way out its ticket stays there
    #[command(
        after_help = "Examples:\n  deskctl conversations move 12 --to help-desk --assign anna@acme.example --comment \"A case for service\"\n  deskctl conversations move 12 --to Sales"
    )]
    Move {
        /// Its id
        id: Id,
        /// An inbox (name or id), or help-desk
        #[arg(long, value_name = "INBOX|help-desk")]
        to: String,
        /// Its owner from then on: an address, me or none
        #[arg(long, value_name = "EMAIL|me|none")]
        assign: Option<String>,
        /// The reason, kept as an internal comment
        #[arg(long, value_name = "TEXT")]
        comment: Option<String>,
    },
    /// Get an attachment's content, on stdout or into a file
    #[command(
        after_help = "Examples:\n  deskctl conversations attachment 40 1 --to lamp.png\n  deskctl conversations attachment 40 1 | file -"
    )]
    Attachment {
        /// The message's id
        message: Id,
        /// Which of its attachments, counting from 1
        #[arg(default_value_t = 1)]
        position: usize,
        /// The file to write; without it, stdout
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

#[derive(Args)]
pub struct ListArgs {
    /// Only this channel (id or address)
    #[arg(long)]
    channel: Option<String>,
    /// Only this inbox (name or id)
    #[arg(long)]
    inbox: Option<String>,
    /// Only open or closed ones
    #[arg(long, value_parser = status, value_name = "open|closed")]
    status: Option<Status>,
    /// Only this owner's: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    owner: Option<String>,
    /// Only spam
    #[arg(long)]
    spam: bool,
    /// Only those that have no ticket
    #[arg(long)]
    without_ticket: bool,
    /// Only what matches this filter, such as 'open and last_message_at < -7d'; @FILE is read
    #[arg(long = "where", value_name = "FILTER|@FILE")]
    filter: Option<String>,
    #[command(flatten)]
    page: PageArgs,
}

/// `open` or `closed`, in any case.
pub fn status(typed: &str) -> std::result::Result<Status, String> {
    Status::parse(&typed.to_uppercase()).ok_or_else(|| format!("\"{typed}\" is neither open nor closed"))
}

const COLUMNS: &[&str] = &["id", "channel", "status", "owner", "contact", "subject", "messages", "ticket", "last_message_at"];
const CHANGED: &[&str] = &["id", "status", "owner", "inbox", "ticket", "spam", "changed"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List(arguments) => list(arguments, app)?,
        Verb::Show { id } => {
            let shown = app.run(ops::Show { conversation: id })?;
            show(app, &shown)?;
        }
        Verb::Receive(arguments) => return receive::run(*arguments, app),
        Verb::Reply { id, content, channel } => {
            let reply = ops::Reply {
                conversation: id,
                text: content.text()?,
                html: content.html(),
                subject: content.subject.clone(),
                attachments: content.files()?,
                cc: content.cc,
                channel,
            };
            let posted = app.run(reply)?;
            app.out.one(&posted)?;
        }
        Verb::Start { ticket, channel, content } => {
            let start = ops::Start {
                ticket,
                channel,
                text: content.text()?,
                html: content.html(),
                subject: content.subject.clone(),
                attachments: content.files()?,
                cc: content.cc,
            };
            let posted = app.run(start)?;
            app.out.one(&posted)?;
        }
        Verb::Comment { id, text, mention } => {
            let posted = app.run(ops::Comment { conversation: id, text: message::text(&text)?, mention })?;
            app.out.one(&posted)?;
        }
        Verb::Assign { ids, to } => changed(app, ops::Assign { conversations: ids, to })?,
        Verb::Close { ids } => changed(app, ops::Close { conversations: ids })?,
        Verb::Reopen { ids } => changed(app, ops::Reopen { conversations: ids })?,
        Verb::Spam { ids, not } => changed(app, ops::Spam { conversations: ids, spam: !not })?,
        Verb::Move { id, to, assign, comment } => {
            let moved = app.run(ops::Move { conversation: id, to, assign, comment })?;
            app.out.one(&moved)?;
        }
        Verb::Attachment { message, position, to } => attachment(app, message, position, to.as_deref())?,
    }
    Ok(Exit::Done)
}

fn changed(app: &mut App, operation: impl crate::ops::Operation<Output = Vec<Changed>>) -> Result<()> {
    let rows = app.run(operation)?;
    app.out.list("conversations", &rows, CHANGED)
}

fn list(arguments: ListArgs, app: &mut App) -> Result<()> {
    let wanted = ops::List {
        channel: arguments.channel,
        inbox: arguments.inbox,
        status: arguments.status,
        owner: arguments.owner,
        spam: arguments.spam.then_some(true),
        without_ticket: arguments.without_ticket,
        filter: arguments.filter.as_deref().map(super::filters::given).transpose()?,
        page: Default::default(),
    };
    page::print::<ConversationRow>(app, &arguments.page, "conversations", COLUMNS, |app, page| {
        app.run(ops::List { page, ..wanted.clone() })
    })
}

/// For people the messages are told in short; JSON has every field.
fn show(app: &mut App, shown: &ConversationDetail) -> Result<()> {
    if app.out.format() != Format::Table {
        return app.out.one(shown);
    }
    let mut value = json!(shown);
    let brief = |message: &ops::MessageDetail| {
        let files: Vec<String> = message.attachments.iter().map(|file| format!("{}: {}", file.position, file.attachment.name)).collect();
        json!({ "id": message.id, "sent_at": message.sent_at, "direction": message.direction, "author": message.author,
            "text": message.body.text, "attachments": files.join(", ") })
    };
    value["messages"] = Value::Array(shown.messages.iter().map(brief).collect());
    app.out.one(&value)
}

/// Writes to the file that the user names, never to one that the data names (G5).
fn attachment(app: &mut App, message: Id, position: usize, to: Option<&Path>) -> Result<()> {
    let content = ops::AttachmentContent { message, position };
    let Some(path) = to else {
        return app.stream(content, |out, source| source.each(|piece| out.bytes(&piece.0))).map(drop);
    };
    let mut file = DeferredFile::new(path);
    let write = |piece: ops::Piece| file.write_all(&piece.0).map_err(|error| io_error("write", path, error));
    let given = app.stream(content, |_, source| source.each(write))?;
    file.commit()?;
    app.notices.notice(&format!("{} bytes of {} written to {}", given.size, given.content_type, path.display()));
    Ok(())
}
