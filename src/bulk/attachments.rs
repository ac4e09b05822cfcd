//! Attachments of a document: decoded, checked, and each content stored once.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::LARGEST_ATTACHMENT;
use super::place::Place;
use crate::domain::conversation::Attachment;
use crate::domain::document;
use crate::error::Result;
use crate::store::{Tx, load, messages};

/// Stores the contents of a message's attachments; `field` is the message's place within its conversation.
pub fn store(tx: &mut Tx<'_>, place: &Place<'_>, field: &str, docs: &[document::Attachment]) -> Result<Vec<Attachment>> {
    let mut stored = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let field = |name: &str| format!("{field}.attachments[{index}].{name}");
        let content = STANDARD
            .decode(&doc.content_base64)
            .map_err(|reason| place.error(&field("content_base64"), format!("is no base64 with padding: {reason}")))?;
        if content.len() > LARGEST_ATTACHMENT {
            return Err(place.error(&field("content_base64"), format!("is larger than {} MB", LARGEST_ATTACHMENT / 1_000_000)));
        }
        let digest = blake3::hash(&content).to_hex().to_string();
        if !load::has_blob(tx, &digest)? {
            messages::put_blob(tx, content.as_slice(), LARGEST_ATTACHMENT as u64)?;
        }
        stored.push(Attachment { name: doc.name.clone(), content_type: doc.content_type.clone(), size: content.len() as i64, digest });
    }
    Ok(stored)
}
