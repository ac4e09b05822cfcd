//! Recounts messages and attachments from their rows, and computes their digests anew.

use std::collections::HashSet;

use super::Problem;
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::{Answers, Attachment, BodyRef, Digest, Direction, Line, message_digest};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::{Tx, messages};

/// One message, as far as a conversation's recount needs it.
struct Counted {
    id: Id,
    channel: Id,
    stored: Digest,
    /// `None` until its attachments were read.
    digest: Option<Digest>,
    line: Line,
    problem: Option<Problem>,
}

/// What the rows of one conversation's messages say.
#[derive(Default)]
pub struct Recount {
    counted: Vec<Counted>,
}

impl Recount {
    pub fn total(&self) -> i64 {
        self.counted.len() as i64
    }

    /// The chain of the first `count` messages' digests, as they are now.
    pub fn chain(&self, count: i64) -> Digest {
        let first = self.counted.iter().take(count.max(0) as usize);
        first.fold(Digest::default(), |chain, message| chain.chain(message.digest.unwrap_or_default()))
    }

    /// When the last of the first `count` messages came, of a conversation that was begun at `started_at`; comments do not count.
    pub fn last_at(&self, started_at: Time, count: i64) -> Time {
        let first = self.lines().take(count.max(0) as usize);
        first.filter(|line| line.direction != Direction::Comment).map(|line| line.at).fold(started_at, Time::max)
    }

    /// When the last of the messages after the first `count` came.
    pub fn last_after(&self, count: i64) -> Time {
        let after = self.lines().skip(count.max(0) as usize);
        after.filter(|line| line.direction != Direction::Comment).map(|line| line.at).fold(Time(i64::MIN), Time::max)
    }

    /// Who wrote last; none where no message came since the beginning.
    pub fn last_direction(&self, started_at: Time) -> Option<Direction> {
        let lines = self.lines().filter(|line| line.direction != Direction::Comment && line.at >= started_at);
        lines.max_by_key(|line| line.at).map(|line| line.direction)
    }

    /// Each message's channel; those that follow by the same one are left out.
    pub fn channels(&self) -> impl Iterator<Item = (Id, Id)> {
        let changed = |(index, message): &(usize, &Counted)| *index == 0 || self.counted[index - 1].channel != message.channel;
        self.counted.iter().enumerate().filter(changed).map(|(_, message)| (message.id, message.channel))
    }

    /// Messages that are said to be a bot's, and cannot be: it answers only.
    pub fn bots_not_answering(&self) -> impl Iterator<Item = Id> {
        let wrong = |message: &&Counted| message.line.by_bot && message.line.direction != Direction::Outgoing;
        self.counted.iter().filter(wrong).map(|message| message.id)
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        self.counted.iter().map(|message| message.line)
    }

    /// Since when the conversation has been answered, or waits for an answer.
    pub fn answers(&self) -> Answers {
        Answers::of(self.counted.iter().map(|message| message.line))
    }

    /// Messages whose content is not what their own digest says, and attachments that are missing or changed.
    pub fn problems(&self) -> Vec<Problem> {
        let changed = self.counted.iter().filter_map(|message| {
            if let Some(problem) = &message.problem {
                return Some(problem.clone());
            }
            let differs = message.digest != Some(message.stored);
            differs.then(|| Problem::new("message_changed", format!("message {} is not what was stored", message.id)))
        });
        changed.collect()
    }
}

/// A message that waits for its attachments.
struct Waiting {
    conversation: usize,
    message: usize,
    direction: Direction,
    author: String,
    at: Time,
    fields: [Option<String>; 6],
    text: String,
    attachments: i64,
}

const SELECT: &str = "SELECT m.conversation_id, m.id, m.direction, m.author, m.at, m.text, m.html, m.subject, m.message_id, m.reference_ids, m.cc, \
     m.external_id, m.attachment_count, m.digest, m.by_bot, m.channel_id FROM messages m WHERE m.conversation_id";

/// Contents that were hashed already: the same file hangs on many messages.
#[derive(Default)]
pub struct Contents(HashSet<String>);

/// More than this many are not remembered: memory stays flat.
const REMEMBERED: usize = 100_000;

/// Recounts the conversations `ids` (ascending), one result each, in order.
pub fn recount(tx: &mut Tx<'_>, ids: &[Id], contents: &mut Contents) -> Result<Vec<Recount>> {
    let mut recounts: Vec<Recount> = ids.iter().map(|_| Recount::default()).collect();
    let mut waiting = Vec::new();
    let mut index = 0;
    let dialect = tx.dialect();
    let sql = format!("{SELECT} {} ORDER BY m.conversation_id, m.id", dialect.any_of(1));
    tx.each(&sql, args![dialect.id_list(ids)], |row| {
        let conversation: Id = row.get()?;
        while ids[index] != conversation {
            index += 1;
        }
        let (id, direction, author, at): (Id, Direction, &str, Time) = (row.get()?, row.get()?, row.get()?, row.get()?);
        let text: &str = row.get()?;
        let fields: [Option<&str>; 6] = [row.get()?, row.get()?, row.get()?, row.get()?, row.get()?, row.get()?];
        let (attachments, stored, by_bot): (i64, Digest, bool) = (row.get()?, row.get()?, row.get()?);
        let channel = row.get()?;
        let digest = (attachments == 0).then(|| message_digest(direction, author, at, &body(text, fields), &[]));
        if attachments > 0 {
            let fields = fields.map(|field| field.map(str::to_owned));
            let message = recounts[index].counted.len();
            waiting.push(Waiting {
                conversation: index,
                message,
                direction,
                author: author.to_owned(),
                at,
                fields,
                text: text.to_owned(),
                attachments,
            });
        }
        recounts[index].counted.push(Counted { id, channel, stored, digest, line: Line { at, direction, by_bot }, problem: None });
        Ok(())
    })?;
    for message in waiting {
        check_attachments(tx, &mut recounts[message.conversation].counted[message.message], &message, contents)?;
    }
    Ok(recounts)
}

fn body<'a>(text: &'a str, [html, subject, message_id, references, cc, external_id]: [Option<&'a str>; 6]) -> BodyRef<'a> {
    BodyRef { text, html, subject, message_id, references, cc, external_id }
}

fn check_attachments(tx: &mut Tx<'_>, counted: &mut Counted, waiting: &Waiting, contents: &mut Contents) -> Result<()> {
    let attachments = messages::attachments_of(tx, counted.id)?;
    if attachments.len() as i64 != waiting.attachments {
        let message = format!("message {} has {} attachments instead of {}", counted.id, attachments.len(), waiting.attachments);
        counted.problem = Some(Problem::new("attachment_lost", message));
    }
    for attachment in &attachments {
        if counted.problem.is_none() && !content_is_right(tx, attachment, contents)? {
            let message = format!("the content of attachment \"{}\" of message {} is not what was stored", attachment.name, counted.id);
            counted.problem = Some(Problem::new("attachment_changed", message));
        }
    }
    let fields = waiting.fields.each_ref().map(|field| field.as_deref());
    counted.digest = Some(message_digest(waiting.direction, &waiting.author, waiting.at, &body(&waiting.text, fields), &attachments));
    Ok(())
}

fn content_is_right(tx: &mut Tx<'_>, attachment: &Attachment, contents: &mut Contents) -> Result<bool> {
    if contents.0.contains(&attachment.digest) {
        return Ok(true);
    }
    let mut hasher = blake3::Hasher::new();
    let mut size = 0;
    messages::blob_pieces(tx, &attachment.digest, |piece| {
        hasher.update(piece);
        size += piece.len() as i64;
        Ok(())
    })?;
    let right = size == attachment.size && hasher.finalize().to_hex().as_str() == attachment.digest;
    if right && contents.0.len() < REMEMBERED {
        contents.0.insert(attachment.digest.clone());
    }
    Ok(right)
}
