//! The words by which plans limit a number, and whether the number itself is within.

use super::{Indicator, Operator, Target};

/// Words of limits that hold their number, in the order in which they are told.
const INCLUSIVE: [&str; 9] = ["以上", "不少于", "不低于", "达到", "≥", "以下", "不高于", "不超过", "≤"];
/// Those that stand behind their number.
const BEHIND_NUMBERS: [&str; 2] = ["以上", "以下"];
/// Words of limits that do not, as plans write them and as they are told.
const STRICT: [(&str, &str); 12] = [
    ("超过", "超过"),
    ("突破", "突破"),
    ("高于", "高于"),
    ("大于", "大于"),
    (">", "＞"),
    ("＞", "＞"),
    ("低于", "低于"),
    ("小于", "小于"),
    ("少于", "少于"),
    ("<", "＜"),
    ("＜", "＜"),
    ("以外", "以外"),
];

impl Target {
    /// The words of its quote that limit its number and hold it: 以上, 不少于.
    pub fn inclusive_words(&self) -> Vec<&'static str> {
        let is_one = matches!(self.goal.operator(), Some(Operator::AtLeast | Operator::AtMost));
        let said = INCLUSIVE.into_iter().filter(|word| is_one && limits(&self.quote, word));
        said.collect()
    }

    /// The words of its quote that limit its number and do not hold it: 超过, 低于.
    pub fn strict_words(&self) -> Vec<&'static str> {
        let strict = [Operator::MoreThan, Operator::Surpass, Operator::LessThan];
        let is_one = self.goal.operator().is_some_and(|operator| strict.contains(&operator));
        let said = STRICT.into_iter().filter(|(word, _)| is_one && says(&self.quote, word));
        said.map(|(_, told)| told).collect()
    }
}

/// The word of what is striven for.
const ASPIRED: &str = "力争";

impl Indicator {
    /// Whether its name says that it is only striven for.
    pub fn is_named_aspired(&self) -> bool {
        self.name.contains(ASPIRED)
    }

    /// The same of its short name.
    pub fn is_short_aspired(&self) -> bool {
        self.short.contains(ASPIRED)
    }
}

/// The place of a word of limits among all, as they are told.
pub fn limit_order(word: &str) -> usize {
    let mut all = INCLUSIVE.into_iter().chain(STRICT.into_iter().map(|(_, told)| told));
    all.position(|known| known == word).unwrap_or(usize::MAX)
}

/// Whether a word limits a number of the quote: 以上 stands behind one, and in 省级以上 it limits none.
fn limits(quote: &str, word: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || ['十', '百', '千', '万', '亿'].contains(&c);
    let is_behind = BEHIND_NUMBERS.contains(&word);
    quote.match_indices(word).any(|(at, _)| {
        let before = quote.get(..at).unwrap_or_default();
        let clause = before.rsplit(['，', ',', '；', '。']).next().unwrap_or_default();
        !is_behind || clause.contains(is_numeral)
    })
}

/// Whether a quote has a word that is not denied before it: 低于, not 不低于.
fn says(quote: &str, word: &str) -> bool {
    quote.match_indices(word).any(|(at, _)| !quote.get(..at).is_some_and(|before| before.ends_with('不')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_limits_a_number_only_beside_one() {
        for (quote, word, expected) in [
            ("新开工重点项目120个以上", "以上", true),
            ("千亿元以上", "以上", true),
            ("新建省级以上创新平台15家", "以上", false),
            ("较大以上事故起数为0", "以上", false),
            ("不少于50项", "不少于", true),
        ] {
            assert_eq!(limits(quote, word), expected, "{quote}");
        }
        assert!(says("低于5.5", "低于") && !says("不低于5.5", "低于"));
    }
}
