//! B: the conditions under which a chatflow's bot may move (M15). They are data that an administrator can edit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::channel::Bot;

/// The action without which no bot may move.
pub const HAND_OVER: &str = "hand_over";

/// One bot action and whether a moving bot may contain it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BotCondition {
    pub action: String,
    pub allowed: bool,
    pub why: String,
}

/// The default list: a bot must not create tickets itself (the help desk does).
pub fn default_conditions() -> Vec<BotCondition> {
    let condition = |action: &str, allowed, why: &str| BotCondition { action: action.into(), allowed, why: why.into() };
    vec![
        condition(HAND_OVER, true, "hands the conversation to a person; required"),
        condition("ask_question", true, "collects an answer"),
        condition("send_message", true, "sends a text"),
        condition("if_then_branch", true, "branches on an answer"),
        condition("knowledge_base_search", true, "suggests articles"),
        condition("set_property", true, "writes a contact property"),
        condition("create_ticket", false, "the help desk makes the ticket itself"),
        condition("book_meeting", false, "meetings cannot be booked from the help desk's bot"),
        condition("add_to_list", false, "list membership is not available to a help desk bot"),
    ]
}

/// Every reason why this bot cannot be carried over; empty when it can.
pub fn reasons_against(bot: &Bot, conditions: &[BotCondition]) -> Vec<String> {
    let mut reasons = Vec::new();
    if !bot.actions.iter().any(|action| action == HAND_OVER) {
        reasons.push(format!("the bot has no action {HAND_OVER}: it must be able to hand over to a person"));
    }
    for action in &bot.actions {
        match conditions.iter().find(|condition| condition.action == *action) {
            Some(condition) if condition.allowed => {}
            Some(condition) => reasons.push(format!("action {action}: {}", condition.why)),
            None => reasons.push(format!("action {action} is not in the list of conditions (deskctl bots conditions set)")),
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bot(actions: &[&str]) -> Bot {
        Bot { name: "b".into(), actions: actions.iter().map(|action| action.to_string()).collect() }
    }

    #[test]
    fn m15_a_bot_that_hands_over_and_makes_no_tickets_may_move() {
        assert!(reasons_against(&bot(&["send_message", "hand_over"]), &default_conditions()).is_empty());
    }

    #[test]
    fn m15_each_action_in_the_way_is_named() {
        let reasons = reasons_against(&bot(&["create_ticket", "juggle"]), &default_conditions());
        assert_eq!(reasons.len(), 3, "no hand-over, a forbidden action, an unknown one: {reasons:?}");
    }
}
