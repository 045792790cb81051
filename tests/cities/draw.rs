//! Names and numbers that are drawn from a seed, each from its own place: a city is the same in a round of six and of six thousand.

/// Characters of which names are made, none of them a word of a heading, a unit or a number.
const NAMING: &str = "安宁兴隆昌盛永泰清源川河江湖海岭峰林松柏梅兰竹桂云霞光阳辰星春秋华英文武德仁义礼智信忠孝廉洁康乐福禄寿喜";

/// Last characters of names, one after another when all pairs before them are used.
const ENDS: [char; 8] = ['州', '陵', '浦', '津', '原', '台', '关', '屯'];

/// Pairs of two different characters of [`NAMING`].
const PAIRS: usize = 52 * 51;

/// Cities that have a name of their own.
pub(crate) const MOST: usize = PAIRS * ENDS.len();

/// The name of a city, without 市: three characters, so that no name is a part of another one.
pub(crate) fn short_name(city: usize) -> String {
    let naming: Vec<char> = NAMING.chars().collect();
    let (pair, end) = (city % PAIRS, ENDS[city / PAIRS]);
    let (first, step) = (pair % naming.len(), pair / naming.len() + 1);
    [naming[first], naming[(first + step) % naming.len()], end].into_iter().collect()
}

/// The slug of a city.
pub(crate) fn slug(city: usize) -> String {
    format!("c{:04}", city + 1)
}

/// Numbers one after another (splitmix64).
pub(crate) struct Draw(u64);

impl Draw {
    /// Those of one place of one city.
    pub(crate) fn of(seed: u64, city: usize, place: usize) -> Self {
        let mut draw = Self(seed);
        for part in [city, place] {
            draw.0 = draw.next() ^ u64::try_from(part).unwrap();
        }
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }
}
