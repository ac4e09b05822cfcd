//! Random numbers that a seed repeats (SplitMix64): a failing test names its seed.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound - 1`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }

    /// Some of the numbers from `first` to `last`, ascending; all of them where there are no more than `most`.
    pub fn sample(&mut self, first: u64, last: u64, most: usize) -> Vec<u64> {
        let mut all: Vec<u64> = (first..=last).collect();
        while all.len() > most {
            all.remove(self.below(all.len() as u64) as usize);
        }
        all
    }
}
