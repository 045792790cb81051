//! Random numbers that are counted, not kept on: which number it is follows from the seed, the stream and the place in it, so that draws can be made in
//! any order and by any number of threads.
//!
//! The generator is ChaCha with eight rounds (Bernstein 2008): a key of the seed, a nonce of the stream, a counter of blocks of 64 bytes. It is of
//! 32-bit additions, exclusive ors and rotations alone, the same on every processor.

/// Rounds of the generator.
const ROUNDS: usize = 8;

/// Words of 64 bits in a block.
const WORDS: usize = 8;

/// A stream of random numbers.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    seed: u64,
    number: u64,
}

/// The two halves of a number, the lower first.
fn halves(number: u64) -> [u32; 2] {
    [(number & 0xffff_ffff) as u32, (number >> 32) as u32]
}

fn quarter(state: &mut [u32; 16], [a, b, c, d]: [usize; 4]) {
    for (up, down) in [(16, 12), (8, 7)] {
        state[a] = state[a].wrapping_add(state[b]);
        state[d] = (state[d] ^ state[a]).rotate_left(up);
        state[c] = state[c].wrapping_add(state[d]);
        state[b] = (state[b] ^ state[c]).rotate_left(down);
    }
}

/// A block of the key stream: the words of a state, of so many rounds.
fn block(state: [u32; 16], rounds: usize) -> [u32; 16] {
    let mut mixed = state;
    for _ in 0..rounds / 2 {
        for column in 0..4 {
            quarter(&mut mixed, [column, column + 4, column + 8, column + 12]);
        }
        for shift in 0..4 {
            let of = |row: usize| row * 4 + (shift + row) % 4;
            quarter(&mut mixed, [of(0), of(1), of(2), of(3)]);
        }
    }
    for (word, own) in mixed.iter_mut().zip(state) {
        *word = word.wrapping_add(own);
    }
    mixed
}

impl Stream {
    /// The stream of a number from a seed.
    pub fn new(seed: u64, number: u64) -> Self {
        Self { seed, number }
    }

    /// The words of a block.
    pub fn words(self, at: u64) -> [u64; WORDS] {
        let mut state = [0; 16];
        // "expand 32-byte k"
        state[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        state[4..6].copy_from_slice(&halves(self.seed));
        state[12..14].copy_from_slice(&halves(at));
        state[14..].copy_from_slice(&halves(self.number));
        let words = block(state, ROUNDS);
        std::array::from_fn(|pair| u64::from(words[2 * pair]) | (u64::from(words[2 * pair + 1]) << 32))
    }

    /// A place among so many, each as likely as another: words of a block that would prefer some are passed over. One block is used for one place, however
    /// many of its words are; that all eight are passed over does not happen (once in 10¹⁴⁰ at a thousand places).
    pub fn place(self, at: u64, of: usize) -> usize {
        let of = (of as u64).max(1);
        let fair = u64::MAX - u64::MAX % of;
        let words = self.words(at);
        let word = words.iter().find(|word| **word < fair).unwrap_or(&words[0]);
        (word % of) as usize
    }

    /// So many numbers from 0 up to, not including, 1, each of 53 bits; from a block on.
    pub fn uniforms(self, from: u64, count: usize) -> Vec<f64> {
        let blocks = (from..).take(count.div_ceil(WORDS));
        let mut found: Vec<f64> = blocks.flat_map(|at| self.words(at).map(uniform)).collect();
        found.truncate(count);
        found
    }
}

/// The upper 53 bits as a number from 0 up to, not including, 1.
fn uniform(word: u64) -> f64 {
    const UNIT: f64 = 1.0 / 9_007_199_254_740_992.0;
    (word >> 11) as f64 * UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(rounds: usize) -> String {
        let mut state = [0; 16];
        state[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        let words = block(state, rounds);
        words.iter().flat_map(|word| word.to_le_bytes()).map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn blocks_are_those_that_were_published_for_a_key_of_zeros() {
        for (rounds, begin) in [
            (8, "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e"),
            (20, "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"),
        ] {
            assert!(bytes(rounds).starts_with(begin), "{rounds}: {}", bytes(rounds));
        }
    }

    #[test]
    fn streams_seeds_and_blocks_differ() {
        let all =
            [(1, 1, 0), (1, 2, 0), (2, 1, 0), (1, 1, 1), (1, 1 << 32, 0), (1 << 32, 1, 0), (1, 1, 1 << 32)];
        let words: std::collections::BTreeSet<_> =
            all.iter().map(|(seed, number, at)| Stream::new(*seed, *number).words(*at)).collect();
        assert_eq!(words.len(), all.len());
    }

    #[test]
    fn places_are_as_likely_as_each_other_and_numbers_lie_between_nothing_and_one() {
        let mut counts = [0_u32; 7];
        let (mut sum, mut squares) = (0.0, 0.0);
        for number in 0..7000 {
            let stream = Stream::new(5, number);
            counts[stream.place(0, 7)] += 1;
            let one = stream.uniforms(1, 1)[0];
            assert!((0.0..1.0).contains(&one));
            sum += one;
            squares += one * one;
        }
        // Six standard deviations of a binomial count.
        assert!(counts.iter().all(|count| count.abs_diff(1000) < 176), "{counts:?}");
        assert!((sum / 7000.0 - 0.5).abs() < 0.021 && (squares / 7000.0 - 1.0 / 3.0).abs() < 0.022);
        assert_eq!(
            (uniform(u64::MAX) * 9_007_199_254_740_992.0).to_bits(),
            9_007_199_254_740_991.0_f64.to_bits()
        );
    }

    #[test]
    fn numbers_are_counted_from_their_block() {
        let stream = Stream::new(3, 4);
        let (all, behind) = (stream.uniforms(0, 20), stream.uniforms(1, 12));
        assert_eq!(all[8..], behind[..]);
    }
}
