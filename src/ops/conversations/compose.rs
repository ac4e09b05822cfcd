//! A message as a command or a line of JSON brings it, checked and made ready to be written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::bounds::{self, distinct};
use crate::domain::conversation::{Body, Direction};
use crate::domain::html::visible_text;
use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::lifecycle::messages::ATTACHMENT_BYTES;
use crate::lifecycle::{NewFile, NewMessage};

/// The HTML of a message: said of its text, or given beside it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Html {
    /// Whether the text is HTML.
    Text(bool),
    Markup(#[schemars(length(max = bounds::BODY))] String),
}

/// A file that comes with a message.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What it is called; a name, never a path (G5).
    pub name: String,
    #[serde(default = "unknown_type")]
    pub content_type: String,
    /// The content, base64 with padding.
    #[schemars(length(max = bounds::CONTENT))]
    pub content_base64: String,
}

fn unknown_type() -> String {
    "application/octet-stream".into()
}

/// Checks a message as a command brings it. `body.text` is HTML where `html` says so; beside given HTML an absent text is read from it.
pub fn message(direction: Direction, author: &str, at: Time, mut body: Body, html: Option<Html>, files: &[File]) -> Result<NewMessage> {
    match html {
        Some(Html::Text(true)) => body.html = Some(std::mem::take(&mut body.text)),
        Some(Html::Markup(markup)) => body.html = Some(markup),
        Some(Html::Text(false)) | None => {}
    }
    body.references = distinct(&body.references);
    body.cc = distinct(&body.cc);
    if let Some(html) = body.html.as_deref().filter(|_| body.text.is_empty()) {
        body.text = visible_text(html);
    }
    let files = files.iter().map(decode).collect::<Result<_>>()?;
    let message = NewMessage { direction, author: author.to_owned(), at, body, files };
    check(&message)?;
    Ok(message)
}

fn check(message: &NewMessage) -> Result<()> {
    let body = &message.body;
    if body.text.trim().is_empty() && body.html.is_none() && message.files.is_empty() && body.subject.is_none() {
        return Err(Error::usage("empty_message", "the message has no text, no subject and no attachment"));
    }
    let ids = [body.message_id.as_ref(), body.external_id.as_ref()];
    if ids.into_iter().flatten().any(|id| id.trim().is_empty()) {
        return Err(Error::usage("empty_id", "an external id or Message-ID must not be empty").hint("leave it out instead"));
    }
    Ok(())
}

fn decode(file: &File) -> Result<NewFile> {
    if file.name.trim().is_empty() {
        return Err(Error::usage("bad_attachment", "an attachment needs a name"));
    }
    let too_large = || Error::usage("attachment_too_large", format!("{} is larger than {} MB", file.name, ATTACHMENT_BYTES / 1_000_000));
    // Four characters carry three bytes: what is far too long is not even decoded.
    if file.content_base64.len() as u64 > ATTACHMENT_BYTES / 3 * 4 + 8 {
        return Err(too_large());
    }
    let bytes = STANDARD
        .decode(&file.content_base64)
        .map_err(|error| Error::usage("bad_attachment", format!("the content of {} is no base64: {error}", file.name)))?;
    if bytes.len() as u64 > ATTACHMENT_BYTES {
        return Err(too_large());
    }
    Ok(NewFile { name: file.name.clone(), content_type: file.content_type.clone(), bytes })
}
