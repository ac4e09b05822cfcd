//! The files of message templates (`fixtures/acme/templates/`), and how a template becomes a message.

use serde::Deserialize;

use crate::domain::channel::Kind;
use crate::domain::document::Ref;
use crate::domain::time::Time;
use crate::seed::random::Random;

/// What people write in one language, and who writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    /// The name by which `history.json` refers to it.
    pub language: String,
    pub contacts: Vec<Ref>,
    pub agents: Vec<Agent>,
    /// What a chat's bot answers to the first message.
    #[serde(default)]
    pub bot: Option<String>,
    /// For email and form.
    mail: Vec<Case>,
    /// For chat, WhatsApp and Messenger.
    chat: Vec<Case>,
    /// For calls.
    call: Vec<Case>,
}

/// Somebody who answers, up to a time if they have left since.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    pub user: Ref,
    weight: u64,
    #[serde(default)]
    until: Option<Time>,
}

impl Agent {
    pub fn weight_at(&self, at: Time) -> u64 {
        if self.until.is_none_or(|until| at < until) { self.weight } else { 0 }
    }
}

/// One exchange from the first word to the last.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[serde(default)]
    pub category: Option<String>,
    #[serde(default)]
    pub subject: Option<String>,
    /// Who else gets the answers.
    #[serde(default)]
    pub cc: Vec<String>,
    pub lines: Vec<Line>,
}

/// One message of a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Customer(String),
    CustomerWithPhoto(String),
    Agent(String),
    Comment(String),
    /// Not in the files: put in where a channel has a bot.
    #[serde(skip)]
    Bot(String),
}

impl Templates {
    pub fn cases(&self, kind: Kind) -> &[Case] {
        match kind {
            Kind::Email | Kind::Form => &self.mail,
            Kind::Chat | Kind::Whatsapp | Kind::FacebookMessenger => &self.chat,
            Kind::Calling => &self.call,
        }
    }
}

/// What stands for `{order}`, `{product}` … in one conversation.
pub struct Words {
    order: u64,
    invoice: u64,
    amount: u64,
    product: &'static str,
    agent: String,
}

const PRODUCTS: &[&str] = &["Aurora 2", "Aurora 2 Pro", "Kivi", "Moka 6", "Barista One"];

impl Words {
    /// `agent` is the first word of the name that stands under the answers.
    pub fn new(random: &mut Random, agent: &str) -> Words {
        Words {
            order: 40_000 + random.below(60_000),
            invoice: 100_000 + random.below(900_000),
            amount: 49 + random.below(600),
            product: random.pick::<&str>(PRODUCTS),
            agent: agent.split(' ').next().unwrap_or(agent).to_owned(),
        }
    }

    pub fn fill(&self, template: &str) -> String {
        template
            .replace("{order}", &self.order.to_string())
            .replace("{invoice}", &self.invoice.to_string())
            .replace("{amount}", &self.amount.to_string())
            .replace("{product}", self.product)
            .replace("{agent}", &self.agent)
    }
}

/// A plain text as the simple HTML that mail programs make of it.
pub fn to_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<p>{}</p>", escaped.replace("\n\n", "</p><p>").replace('\n', "<br>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_in_and_html_is_escaped() {
        let words = Words { order: 1, invoice: 2, amount: 3, product: "Kivi", agent: "Anna".into() };
        assert_eq!(words.fill("{order} {invoice} {amount} {product} {agent}"), "1 2 3 Kivi Anna");
        assert_eq!(to_html("a < b\n\nc\nd"), "<p>a &lt; b</p><p>c<br>d</p>");
    }

    #[test]
    fn who_has_left_answers_no_more() {
        let agent = Agent { user: "sanna".into(), weight: 2, until: Some(Time(10)) };
        assert_eq!((agent.weight_at(Time(9)), agent.weight_at(Time(10))), (2, 0));
    }
}
