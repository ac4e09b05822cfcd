//! Searching a million tickets, inside the process: any word, beginnings of words, parts of numbers and addresses; and how long the
//! index takes to learn of them.
//!
//! `cargo bench --bench search`. BENCH_TICKETS (1,000,000) changes its size, BENCH_TARGET=postgres://… the engine (an empty database).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::time::Instant;

use deskctl::clock::Clock;
use deskctl::domain::ticket::{Source, Ticket};
use deskctl::domain::time::Time;
use deskctl::ops::page::PageRequest;
use deskctl::ops::tickets::{Order, Search};
use deskctl::ops::{Call, Local};
use deskctl::store::contacts::{Company, Contact};
use deskctl::store::{Location, Mode, Store, Turn, search};

use support::{header, quantile, row, setting};

const WORDS: u64 = 50_000;
const CONTACTS: u64 = 100_000;
const COMPANIES: u64 = 10_000;
const BATCH: u64 = 10_000;

/// SplitMix64: the same seed gives the same store.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    /// By Zipf's law, about: the first words are the most common by far.
    fn word(&mut self) -> String {
        let part = self.below(1 << 53) as f64 / (1_u64 << 53) as f64;
        word((WORDS as f64).powf(part) as u64 - 1)
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// The n-th most common word: two to four syllables.
fn word(n: u64) -> String {
    const SYLLABLES: [&str; 37] = [
        "la", "mi", "ko", "te", "ru", "sa", "ne", "ży", "pa", "ło", "vi", "do", "kää", "re", "tu", "ni", "ma", "so", "le", "ha", "jo",
        "pu", "ri", "ke", "va", "no", "tä", "li", "mu", "ge", "po", "si", "bra", "sto", "kan", "ver", "ön",
    ];
    let mut left = n + 37;
    let mut word = String::new();
    while left > 0 {
        word.push_str(SYLLABLES[(left % 37) as usize]);
        left /= 37;
    }
    word
}

fn fill(store: &mut Store, tickets: u64) {
    let mut dice = Dice(1);
    let mut tx = store.tx(Mode::Write(Turn::Bulk)).unwrap();
    let companies: Vec<Company> =
        (1..=COMPANIES as i64).map(|n| Company { id: 1_000 + n, name: dice.words(2), domain: Some(format!("firm{n}.example")) }).collect();
    tx.insert(&companies).unwrap();
    let contacts: Vec<Contact> = (1..=CONTACTS as i64)
        .map(|n| {
            let company = 1 + dice.below(COMPANIES);
            Contact {
                id: 10_000 + n,
                first_name: Some(dice.word()),
                last_name: Some(dice.word()),
                email: Some(format!("person{n}@firm{company}.example")),
                phone: Some(format!("+48{:09}", dice.below(1_000_000_000))),
                mobile_phone: None,
                company_id: Some(1_000 + company as i64),
                other_address: None,
            }
        })
        .collect();
    tx.insert(&contacts).unwrap();
    tx.commit().unwrap();
    for batch in 0..tickets.div_ceil(BATCH) {
        let mut tx = store.tx(Mode::Write(Turn::Bulk)).unwrap();
        let ids = tx.new_ids("tickets", BATCH.min(tickets - batch * BATCH) as usize).unwrap();
        let rows: Vec<Ticket> = ids.into_iter().map(|id| ticket(id, &mut dice, &contacts)).collect();
        tx.insert(&rows).unwrap();
        tx.commit().unwrap();
    }
}

fn ticket(id: i64, dice: &mut Dice, contacts: &[Contact]) -> Ticket {
    let contact = &contacts[dice.below(CONTACTS) as usize];
    let at = Time(1_700_000_000_000 + id * 1_000);
    Ticket {
        id,
        name: format!("Conversation {}", dice.words(4)),
        stage_id: 1,
        open: id % 4 == 0,
        source: Some(Source::Email),
        description: Some(dice.words(14)),
        contact_id: Some(contact.id),
        company_id: contact.company_id,
        created_at: at,
        last_activity_at: at,
        spam: id % 100 == 0,
        in_help_desk: true,
        ..Ticket::default()
    }
}

fn location(folder: &std::path::Path) -> Location {
    match std::env::var("BENCH_TARGET") {
        Ok(url) => Location::Postgres { url, password: None },
        Err(_) => Location::Sqlite(folder.join("search.db")),
    }
}

/// Milliseconds of each search, and how many found anything.
fn timed(local: &mut Local, texts: &[String], by: Order, after: Option<i64>) -> (Vec<f64>, usize) {
    let mut found = 0;
    let took = texts.iter().map(|text| {
        let search = Search { text: text.clone(), by, page: PageRequest { after, limit: 20 }, ..Search::default() };
        let began = Instant::now();
        let page = local.run(search, &Call::default()).unwrap().output;
        let took = began.elapsed().as_secs_f64() * 1_000.0;
        found += usize::from(!page.items.is_empty());
        took
    });
    (took.collect(), found)
}

fn main() {
    let tickets = setting("BENCH_TICKETS", 1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let location = location(folder.path());
    support::run(std::process::Command::new(support::deskctl()).arg("--target").arg(location.to_string()).args([
        "seed",
        "--conversations",
        "10",
        "--seed",
        "1",
        "--quiet",
    ]));
    let mut store = Store::open(&location, Clock::System.now()).unwrap();
    store.tune_for_bulk().unwrap();
    let began = Instant::now();
    fill(&mut store, tickets);
    let filled = began.elapsed().as_secs_f64();
    let size = |store: &mut Store| deskctl::store::health::size_bytes(&mut store.read().unwrap()).unwrap() as f64 / 1e6;
    let before = size(&mut store);
    let began = Instant::now();
    let done = search::drain(&mut store, &mut |_| true).unwrap();
    let drained = began.elapsed().as_secs_f64();
    println!("  {tickets} tickets made in {filled:.1} s; {done} indexed in {drained:.1} s, {:.0} MB more", size(&mut store) - before);
    drop(store);

    let mut local = Local::open(&location, Clock::System).unwrap();
    let mut dice = Dice(2);
    let beginning = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    let of = |range: std::ops::Range<u64>, dice: &mut Dice| -> Vec<String> {
        (0..200).map(|_| word(range.start + dice.below(range.end - range.start))).collect()
    };
    let two: Vec<String> = (0..200).map(|_| dice.words(2)).collect();
    let kinds = [
        ("the word in every ticket", vec!["conversation".to_owned(); 200], Order::Newest, None),
        ("the same as a beginning", (0..200).map(|n| beginning("conversation", 2 + n % 10)).collect(), Order::Newest, None),
        ("the ten most common other words", of(0..10, &mut dice), Order::Newest, None),
        ("the thousand most common words", of(0..1_000, &mut dice), Order::Newest, None),
        ("any word", of(0..WORDS, &mut dice), Order::Newest, None),
        ("words as they are written", (0..200).map(|_| dice.word()).collect(), Order::Newest, None),
        ("beginnings of two to five letters", (0..200).map(|n| beginning(&dice.word(), 2 + n % 4)).collect(), Order::Newest, None),
        ("two words", two.clone(), Order::Newest, None),
        ("a quoted phrase", two.iter().map(|two| format!("\"{two}\"")).take(20).collect(), Order::Newest, None),
        ("a part of a phone number", (0..200).map(|_| format!("{:05}", dice.below(100_000))).collect(), Order::Newest, None),
        ("an address", (0..200).map(|_| format!("person{}@", dice.below(CONTACTS))).collect(), Order::Newest, None),
        ("a page in the middle", of(0..1_000, &mut dice), Order::Newest, Some(tickets as i64 / 2)),
        ("by relevance", of(0..1_000, &mut dice), Order::Relevance, None),
    ];
    header(&format!("Searching {tickets} tickets, newest first, 20 to a page, in the process: 95th percentile of 200"));
    for (what, texts, by, after) in kinds {
        timed(&mut local, &texts[..5.min(texts.len())], by, after);
        let (took, found) = timed(&mut local, &texts, by, after);
        let middle = quantile(took.clone(), 0.5);
        let most = took.iter().copied().fold(0.0, f64::max);
        let p95 = quantile(took, 0.95);
        let goal = matches!(by, Order::Newest);
        let shown = format!("{p95:.2} ms");
        let label = format!("{what} ({found} of {} found; median {middle:.2}, most {most:.1})", texts.len());
        if goal { row(&label, &shown, "<= 10 ms", p95 <= 10.0) } else { println!("{label:<62} {shown:>16}") }
    }
}
