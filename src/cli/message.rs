//! The text and the files of a message, as the command line names them.

use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;

use crate::domain::bounds::BODY;
use crate::error::{Error, Result, io_error};
use crate::ops::conversations::{ATTACHMENT_BYTES, File, Html};

/// The largest text that stdin may hold, in bytes.
const TEXT_BYTES: u64 = BODY as u64;

/// What a message says and what comes with it.
#[derive(Args)]
pub struct Content {
    /// What it says; - reads stdin
    #[arg(long, value_name = "TEXT|-")]
    pub text: Option<String>,
    /// The text is HTML
    #[arg(long)]
    pub html: bool,
    /// Its subject
    #[arg(long)]
    pub subject: Option<String>,
    /// Who else gets it; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub cc: Vec<String>,
    /// A file that comes with it, at most 25 MB; may be repeated
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

impl Content {
    pub fn text(&self) -> Result<String> {
        text(self.text.as_deref().unwrap_or_default())
    }

    pub fn html(&self) -> Option<Html> {
        self.html.then_some(Html::Text(true))
    }

    pub fn files(&self) -> Result<Vec<File>> {
        self.attach.iter().map(|path| read_file(path)).collect()
    }
}

/// The text itself, or stdin for `-`.
pub fn text(typed: &str) -> Result<String> {
    if typed != "-" {
        return Ok(typed.to_owned());
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(TEXT_BYTES + 1).read_to_string(&mut text);
    read.map_err(|error| Error::usage("bad_text", format!("stdin cannot be read as text: {error}")))?;
    if text.len() as u64 > TEXT_BYTES {
        return Err(Error::usage("text_too_large", format!("the text is larger than {} MB", TEXT_BYTES / 1_000_000)));
    }
    Ok(text)
}

fn read_file(path: &Path) -> Result<File> {
    let failed = |source| io_error("read", path, source);
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(ATTACHMENT_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > ATTACHMENT_BYTES {
        let message = format!("{} is larger than {} MB", path.display(), ATTACHMENT_BYTES / 1_000_000);
        return Err(Error::usage("attachment_too_large", message));
    }
    let name = path.file_name().map_or_else(|| "attachment".into(), |name| name.to_string_lossy().into_owned());
    Ok(File { content_type: content_type(&name).to_owned(), content_base64: STANDARD.encode(bytes), name })
}

/// By the ending of the name; only what customers and agents commonly send.
fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "txt" | "log" => "text/plain",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "ics" => "text/calendar",
        "json" => "application/json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "eml" => "message/rfc822",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "heic" => "image/heic",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "mov" => "video/quicktime",
        _ => "application/octet-stream",
    }
}
