//! `deskctl export`

use std::path::PathBuf;

use clap::Subcommand;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::account_document::{Export, write_piece};
use crate::output::DeferredFile;

#[derive(Subcommand)]
pub enum Verb {
    /// Write the whole account as one JSON document, which `deskctl seed --file` loads again
    ///
    /// One consistent snapshot, in constant memory, while others go on working. Needs a super admin. The document holds
    /// what belongs to the account; past migrations, the audit and histories of changes stay in the store.
    #[command(
        after_help = "Examples:\n  deskctl export account desk.json\n  deskctl export account | gzip > desk.json.gz\n  deskctl export account | deskctl --target copy.db seed --file -"
    )]
    Account {
        /// The file to write (readable by you only); without it or with `-`, stdout
        file: Option<PathBuf>,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let Verb::Account { file } = verb;
    let exported = match file.filter(|file| file.as_os_str() != "-") {
        None => app.stream(Export {}, |out, source| {
            let mut document = out.document();
            source.each(|piece| write_piece(&mut *document, &piece))
        })?,
        Some(file) => {
            let mut out = DeferredFile::new(file);
            let exported = app.stream(Export {}, |_, source| source.each(|piece| write_piece(&mut out, &piece)))?;
            out.commit()?;
            app.out.one(&exported.counts)?;
            exported
        }
    };
    for notice in &exported.notices {
        app.notices.warning(notice);
    }
    Ok(Exit::Done)
}
