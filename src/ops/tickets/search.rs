//! Searches tickets (V5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read::TicketRow;
use super::values::{Custom, Shown};
use crate::domain::Id;
use crate::domain::bounds;
use crate::domain::search::{Field, Hit, Query, Refusal};
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::names::Names;
use crate::ops::page::{Page, PageRequest};
use crate::ops::{Desk, Operation};
use crate::store::Store;
use crate::store::search::{self, FoundTicket};

/// So many of the newest tickets that are found are ranked.
const RANKED: usize = 1_000;
/// So many characters of a long text are shown.
const EXCERPT: usize = 40;

crate::text_enum! {
    /// The order of what is found.
    #[derive(Default)]
    pub enum Order {
        /// The newest ticket first; before it the very ticket whose id was typed.
        #[default]
        Newest = "newest",
        /// What fits best first, of the newest 1,000 tickets found.
        Relevance = "relevance",
    }
}

/// Where in a ticket something was found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Match {
    pub field: Field,
    /// The text, or an excerpt of it.
    pub text: String,
    /// Which of its characters were meant: from, and up to but without.
    pub spans: Vec<(usize, usize)>,
}

/// A ticket that was found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FoundRow {
    #[serde(flatten)]
    pub row: TicketRow,
    /// The fields in which something was found, the first with its text unless it is the name or id.
    pub matched: String,
    pub matches: Vec<Match>,
}

impl FoundRow {
    fn new(found: FoundTicket, names: &Names, custom: Custom) -> FoundRow {
        let row = TicketRow::new(&found.ticket, found.contact, found.company, names, custom);
        let matches = found.found.hits.into_iter().map(|hit| hit.excerpt(EXCERPT)).map(|hit| {
            let Hit { field, text, spans } = hit;
            Match { field, text, spans }
        });
        let mut found = FoundRow { row, matched: String::new(), matches: matches.collect() };
        found.matched = found.describe(|hit| hit.text.clone());
        found
    }

    /// Where it was found, each text as `text` has it.
    pub fn describe(&self, text: impl Fn(&Match) -> String) -> String {
        let one = |(number, hit): (usize, &Match)| match hit.field {
            Field::Id | Field::Name => hit.field.to_string(),
            field if number == 0 => format!("{}: {}", field.as_str().replace('_', " "), text(hit)),
            field => field.as_str().replace('_', " "),
        };
        self.matches.iter().enumerate().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Finds the help desk's tickets that the viewer may see (H2, H3) by what is known of them and of their customers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    /// Words, parts of numbers or addresses; all of them must be found. Words in quotation marks stand side by side.
    #[schemars(length(max = bounds::LONG))]
    pub text: String,
    /// In spam, and nowhere else (V1).
    #[serde(default)]
    pub spam: bool,
    #[serde(default)]
    pub by: Order,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for Search {
    const NAME: &'static str = "tickets.search";
    const WRITES: bool = false;
    const PREPARES: bool = true;
    type Output = Page<FoundRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn prepare(store: &mut Store) -> Result<()> {
        search::drain_a_while(store)
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<FoundRow>> {
        let query = Query::parse(&self.text).map_err(|refusal| refused(refusal, &self.text))?;
        let visibility = desk.visibility();
        let search = search::Search { query: &query, visibility: &visibility, spam: self.spam };
        let found = match self.by {
            Order::Newest => self.newest(desk, &search)?,
            Order::Relevance => self.best(desk, &search)?,
        };
        let names = Names::load(desk)?;
        let ids: Vec<Id> = found.items.iter().map(|found| found.ticket.id).collect();
        let custom = Shown::read(desk, &ids)?;
        Ok(found.map(|found| {
            let own = custom.of(&found.ticket);
            FoundRow::new(found, &names, own)
        }))
    }
}

fn refused(refusal: Refusal, text: &str) -> Error {
    match refusal {
        Refusal::Empty => Error::usage("empty_search", format!("there is no word in \"{text}\" to look for")),
        Refusal::TooLong => Error::usage("search_too_long", "the text to look for has more than 20 words, or more than 500 characters"),
    }
}

impl Search {
    fn newest(&self, desk: &mut Desk<'_>, search: &search::Search<'_>) -> Result<Page<FoundTicket>> {
        let exact = match search.query.id() {
            Some(id) => search.exactly(&mut desk.tx, id)?,
            None => None,
        };
        let first = exact.as_ref().map(|exact| exact.ticket.id);
        let fetch = usize::try_from(self.page.fetch()).unwrap_or(usize::MAX);
        let mut found = search.newest(&mut desk.tx, self.page.descending(), fetch + usize::from(first.is_some()))?;
        // The very ticket stands on the first page, and nowhere else.
        found.retain(|found| Some(found.ticket.id) != first);
        let mut page = self.page.page(found, |found| found.ticket.id);
        if self.page.after.is_none() {
            page.items.splice(0..0, exact);
        }
        Ok(page)
    }

    fn best(&self, desk: &mut Desk<'_>, search: &search::Search<'_>) -> Result<Page<FoundTicket>> {
        if self.page.after.is_some() {
            return Err(Error::usage("bad_page", "what is found by relevance has no further pages").hint("take a larger --limit"));
        }
        let mut found = search.newest(&mut desk.tx, self.page.descending(), RANKED)?;
        if found.len() == RANKED {
            desk.notice(format!("ranked among the newest {RANKED} tickets found; a further word narrows it down"));
        }
        found.sort_by_key(|found| std::cmp::Reverse((found.found.score, found.ticket.id)));
        found.truncate(usize::try_from(self.page.fetch() - 1).unwrap_or(usize::MAX));
        Ok(Page { items: found, next: None })
    }
}
