//! Since when a conversation has been answered, or waits for an answer: kept on it when messages are written, so that what
//! the clocks of its ticket need (S5, M12) is known without reading the messages.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::domain::time::Time;

/// One message or comment, as far as it matters here. Of two at the same time the one that was stored later is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub at: Time,
    pub direction: Direction,
    /// A chatflow's bot wrote it.
    pub by_bot: bool,
}

/// Four times. A reply is an outgoing message that a person wrote; an answer is one that a person or a bot wrote. Comments are neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The earliest reply.
    pub first_reply_at: Option<Time>,
    /// The customer's oldest message after the last reply; of all, where there is no reply.
    pub no_reply_since: Option<Time>,
    /// The earliest answer.
    pub first_answer_at: Option<Time>,
    /// The customer's oldest message after the last answer; of all, where there is no answer.
    pub no_answer_since: Option<Time>,
}

impl Answers {
    /// Takes one more message, which must not be older than any that was taken before (comments aside).
    pub fn take(&mut self, line: Line) {
        let at = Some(line.at);
        match line.direction {
            Direction::Comment => {}
            Direction::Incoming => {
                self.no_reply_since = self.no_reply_since.or(at);
                self.no_answer_since = self.no_answer_since.or(at);
            }
            Direction::Outgoing => {
                self.first_answer_at = self.first_answer_at.or(at);
                self.no_answer_since = None;
                if !line.by_bot {
                    self.first_reply_at = self.first_reply_at.or(at);
                    self.no_reply_since = None;
                }
            }
        }
    }

    /// From all messages in the order in which they were stored, whatever their times.
    pub fn of(lines: impl Iterator<Item = Line> + Clone) -> Answers {
        let (first_reply_at, no_reply_since) = first_and_since(lines.clone(), |line| !line.by_bot);
        let (first_answer_at, no_answer_since) = first_and_since(lines, |_| true);
        Answers { first_reply_at, no_reply_since, first_answer_at, no_answer_since }
    }

    /// By name, as the store's columns are called.
    pub fn fields(&self) -> [(&'static str, Option<Time>); 4] {
        [
            ("first_reply_at", self.first_reply_at),
            ("no_reply_since", self.no_reply_since),
            ("first_answer_at", self.first_answer_at),
            ("no_answer_since", self.no_answer_since),
        ]
    }
}

/// The earliest outgoing message that counts, and the oldest incoming one after the last of them.
fn first_and_since(lines: impl Iterator<Item = Line> + Clone, counts: impl Fn(&Line) -> bool) -> (Option<Time>, Option<Time>) {
    let (mut first, mut last) = (None, None);
    for (position, line) in lines.clone().enumerate().filter(|(_, line)| line.direction == Direction::Outgoing && counts(line)) {
        first = Some(first.map_or(line.at, |first: Time| first.min(line.at)));
        last = last.max(Some((line.at, position)));
    }
    let after = lines.enumerate().filter(|(position, line)| line.direction == Direction::Incoming && Some((line.at, *position)) > last);
    (first, after.map(|(_, line)| line.at).min())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(at: i64, direction: Direction, by_bot: bool) -> Line {
        Line { at: Time(at), direction, by_bot }
    }

    fn any_line() -> impl Strategy<Value = Line> {
        let direction = prop_oneof![Just(Direction::Incoming), Just(Direction::Outgoing), Just(Direction::Comment)];
        // Few different times, so that many are equal.
        (0i64..12, direction, any::<bool>())
            .prop_map(|(at, direction, by_bot)| line(at, direction, by_bot && direction == Direction::Outgoing))
    }

    /// Sorted, then looked through one by one: said as simply as the rule itself.
    fn naive(lines: &[Line]) -> Answers {
        let mut sorted = lines.to_vec();
        // A stable sort: of two at the same time the one that was stored later stays the later one.
        sorted.sort_by_key(|line| line.at);
        let side = |counts: &dyn Fn(&Line) -> bool| {
            let ours = |line: &&Line| line.direction == Direction::Outgoing && counts(line);
            let first = sorted.iter().find(ours).map(|line| line.at);
            let after = sorted.iter().rposition(|line| ours(&line)).map_or(0, |last| last + 1);
            let since = sorted[after..].iter().find(|line| line.direction == Direction::Incoming).map(|line| line.at);
            (first, since)
        };
        let (reply, answer) = (side(&|line| !line.by_bot), side(&|_| true));
        Answers { first_reply_at: reply.0, no_reply_since: reply.1, first_answer_at: answer.0, no_answer_since: answer.1 }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn from_all_messages_it_is_what_the_rule_says(lines in prop::collection::vec(any_line(), 0..12)) {
            prop_assert_eq!(Answers::of(lines.iter().copied()), naive(&lines));
        }

        #[test]
        fn taken_one_by_one_in_order_it_is_the_same_after_each(mut lines in prop::collection::vec(any_line(), 0..12)) {
            lines.sort_by_key(|line| line.at);
            let mut answers = Answers::default();
            for (count, line) in (1..).zip(&lines) {
                answers.take(*line);
                prop_assert_eq!(answers, naive(&lines[..count]));
            }
        }
    }

    #[test]
    fn a_bot_answers_and_does_not_reply_and_a_comment_is_nothing() {
        let (incoming, bot) = (line(1, Direction::Incoming, false), line(2, Direction::Outgoing, true));
        let asked = Answers::of([incoming, line(9, Direction::Comment, false)].into_iter());
        assert_eq!(asked, Answers { no_reply_since: Some(Time(1)), no_answer_since: Some(Time(1)), ..Answers::default() });
        let answered = Answers::of([incoming, bot].into_iter());
        assert_eq!(answered, Answers { no_reply_since: Some(Time(1)), first_answer_at: Some(Time(2)), ..Answers::default() });
        let replied = Answers::of([incoming, bot, line(3, Direction::Outgoing, false)].into_iter());
        assert_eq!(replied, Answers { first_reply_at: Some(Time(3)), first_answer_at: Some(Time(2)), ..Answers::default() });
    }

    #[test]
    fn of_two_at_the_same_time_the_one_stored_later_is_the_later_one() {
        let (incoming, reply) = (line(5, Direction::Incoming, false), line(5, Direction::Outgoing, false));
        assert_eq!(Answers::of([incoming, reply].into_iter()).no_reply_since, None);
        assert_eq!(Answers::of([reply, incoming].into_iter()).no_reply_since, Some(Time(5)));
    }
}
