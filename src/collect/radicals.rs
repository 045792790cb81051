//! Radicals that PDFs put in place of the characters that look like them: 居⺠ for 居民.

/// For each of the CJK Radicals Supplement (U+2E80 to U+2EF3) the ideograph that looks like it, itself where there is
/// none (Unicode, EquivalentUnifiedIdeograph.txt). The Kangxi radicals behind them are folded by NFKC.
const SUPPLEMENT: [&str; 4] = [
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日",
    "月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂",
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝",
    "雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
];

const FIRST: u32 = 0x2E80;

/// The ideograph that looks like a radical; other characters stay.
pub(super) fn ideograph(c: char) -> char {
    let place = u32::from(c).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| SUPPLEMENT.iter().flat_map(|part| part.chars()).nth(place)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_ideographs() {
        for (radical, expected) in [
            ('\u{2ea0}', '民'),
            ('\u{2ed3}', '长'),
            ('\u{2ef3}', '龟'),
            ('\u{2ea9}', '王'),
            ('\u{2e81}', '厂'),
            ('民', '民'),
            ('\u{2e9a}', '\u{2e9a}'),
            ('a', 'a'),
        ] {
            assert_eq!(ideograph(radical), expected);
        }
    }
}
