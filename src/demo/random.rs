//! Numbers that look random and are the same on every run.

/// The demo's world: another seed would be another company.
const SEED: u64 = 0x4e6f_7274_6867_6174;

/// SplitMix64 (Steele, Lea and Flood, 2014): small, quick, and good enough for names and dates.
pub struct Random(u64);

impl Random {
    /// The numbers that belong to one record: what it holds depends on nothing that was drawn
    /// before, so any record can be told again without telling the others.
    pub fn of(word: &str, number: usize) -> Self {
        Self::seeded(SEED, word, number as u64)
    }

    /// The same in a world of another seed.
    pub fn seeded(seed: u64, word: &str, number: u64) -> Self {
        let mut state = seed;
        for byte in word.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut random = Self(state ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
        random.next();
        random
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `n - 1`.
    pub fn below(&mut self, n: usize) -> usize {
        (((self.next() >> 32) * n as u64) >> 32) as usize
    }

    /// `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(usize::try_from(high - low + 1).unwrap_or(1)) as i64
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of the items, each as likely as its weight says.
    pub fn weighted<T: Copy>(&mut self, of: &[(usize, T)]) -> T {
        let mut left = self.below(of.iter().map(|(weight, _)| weight).sum());
        let found = of.iter().find(|(weight, _)| match left.checked_sub(*weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        found.unwrap_or(&of[0]).1
    }

    /// Random bits for an id.
    pub fn bits(&mut self) -> [u8; 10] {
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&self.next().to_le_bytes());
        bits[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_record_draws_the_same_numbers() {
        let draw = |word, number| (0..4).map(move |_| ()).scan(Random::of(word, number), |r, ()| Some(r.next()));
        assert!(draw("sites", 7).eq(draw("sites", 7)));
        assert!(!draw("sites", 7).eq(draw("sites", 8)));
        assert!(!draw("sites", 7).eq(draw("companies", 7)));
    }

    #[test]
    fn draws_keep_their_bounds_and_weights() {
        let mut random = Random::of("test", 1);
        assert!((0..1000).all(|_| (-3..=3).contains(&random.between(-3, 3))));
        let heavy = (0..1000).filter(|_| random.weighted(&[(1, "light"), (9, "heavy")]) == "heavy").count();
        assert!((850..950).contains(&heavy), "{heavy}");
    }
}
