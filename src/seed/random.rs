//! Random numbers that stay the same for ever (splitmix64).
//!
//! No crate: the general ones keep the right to change their values between versions, and then a seed would no
//! longer name a document. What is needed here is twenty lines.

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers that is fixed by its seed.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of item `index` of the list `list`: it can be had again without what came before it.
    pub fn at(seed: u64, list: u64, index: u64) -> Random {
        Random(mix(mix(mix(seed).wrapping_add(list)).wrapping_add(index)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number under `limit` (0 when `limit` is 0).
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as u64) as i64
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// One of `items`, each as often as its weight says; none when every weight is 0.
    pub fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> u64) -> Option<&'a T> {
        let total: u64 = items.iter().map(&weight).sum();
        let mut left = self.below(total);
        items.iter().find(|item| {
            let weight = weight(item);
            let found = left < weight;
            left = left.saturating_sub(weight);
            found
        })
    }
}

fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_never_change() {
        let mut random = Random::at(1, 2, 3);
        assert_eq!(
            [random.next(), random.next()],
            [8_067_101_194_408_944_102, 17_615_266_516_125_549_910],
            "whoever changes these changes every seeded account"
        );
    }

    #[test]
    fn weights_decide_how_often() {
        let mut random = Random::at(0, 0, 0);
        let mut count = [0_u32; 3];
        for _ in 0..10_000 {
            count[*random.weighted(&[0_usize, 1, 2], |item| [1, 0, 3][*item]).expect("weights are not all 0")] += 1;
        }
        assert_eq!(count[1], 0);
        assert!((7_200..7_800).contains(&count[2]), "{count:?}");
        assert!(random.weighted(&[1], |_| 0).is_none());
    }
}
