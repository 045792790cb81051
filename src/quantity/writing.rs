//! The ways in which one unit is written → one: widths, signs, Traditional characters, remarks on prices.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Length of the longest text that is taken apart as a unit, in bytes.
const LONGEST: usize = 120;

/// Characters and words that are written in more than one way.
const VARIANTS: &[(char, &str)] = &[
    ('／', "/"),
    ('∕', "/"),
    ('％', "%"),
    ('﹪', "%"),
    ('﹢', "+"),
    ('（', "("),
    ('）', ")"),
    ('[', "("),
    (']', ")"),
    ('［', "("),
    ('］', ")"),
    ('【', "("),
    ('】', ")"),
    ('〔', "("),
    ('〕', ")"),
    ('：', ":"),
    ('∶', ":"),
    ('，', ","),
    ('、', ","),
    ('；', ","),
    (';', ","),
    ('•', "·"),
    ('・', "·"),
    ('⋅', "·"),
    ('∙', "·"),
    ('×', "·"),
    ('*', "·"),
    ('㎡', "平方米"),
    ('㎢', "平方公里"),
    ('㎥', "立方米"),
    ('㎜', "毫米"),
    ('㎝', "厘米"),
    ('㎞', "公里"),
    ('㎎', "毫克"),
    ('㎏', "千克"),
    ('㏊', "公顷"),
    ('㎾', "千瓦"),
    ('㎿', "兆瓦"),
    ('ℓ', "升"),
    ('µ', "μ"),
    ('²', "2"),
    ('³', "3"),
    ('₂', "2"),
    ('￥', "元"),
    ('¥', "元"),
    ('萬', "万"),
    ('億', "亿"),
    ('噸', "吨"),
    ('畝', "亩"),
    ('頃', "顷"),
    ('個', "个"),
    ('戶', "户"),
    ('臺', "台"),
    ('輛', "辆"),
    ('條', "条"),
    ('種', "种"),
    ('項', "项"),
    ('雙', "双"),
    ('張', "张"),
    ('歲', "岁"),
    ('時', "时"),
    ('幣', "币"),
    ('圓', "元"),
    ('標', "标"),
    ('準', "准"),
    ('間', "间"),
    ('處', "处"),
    ('場', "场"),
    ('冊', "册"),
    ('隻', "只"),
    ('類', "类"),
    ('頭', "头"),
    ('隊', "队"),
    ('點', "点"),
    ('數', "数"),
    ('價', "价"),
    ('變', "变"),
    ('當', "当"),
    ('現', "现"),
    ('裡', "里"),
    ('歐', "欧"),
    ('鎊', "镑"),
];

/// At which prices a sum of money stands. That is no unit: 亿元（现价） are 亿元.
const PRICES: &[&str] = &[
    "现行价格",
    "现行价",
    "现价",
    "当年价格",
    "当年价",
    "当期价格",
    "当期价",
    "不变价格",
    "不变价",
    "可比价格",
    "可比价",
    "基期价格",
    "基期价",
    "价格",
    "价",
];

static USUAL: LazyLock<BTreeMap<char, &str>> = LazyLock::new(|| VARIANTS.iter().copied().collect());

/// The form in which a unit is looked up: one way of writing, no brackets around it, nothing about prices and 人民币.
pub(super) fn plain(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() && !matches!(c, '[' | ']' | ';' | '*') => plain.push(c.to_ascii_lowercase()),
            c => match USUAL.get(&c) {
                Some(usual) => plain.push_str(usual),
                // Han characters have no small ones.
                None if c >= '\u{2e80}' => plain.push(c),
                None => plain.extend(c.to_lowercase()),
            },
        }
    }
    let mut plain = plain.as_str();
    while let Some(inner) = enclosed(plain) {
        plain = inner;
    }
    let bare = without_prices(plain);
    Some(if bare.is_empty() { plain.to_owned() } else { bare })
}

/// What stands between brackets that enclose a whole text.
fn enclosed(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')').filter(|inner| !inner.contains(['(', ')']))
}

/// A unit without remarks on prices, and without 人民币 where 元 says it: 亿元（现价）, 万元，2020年价, 人民币亿元.
fn without_prices(text: &str) -> String {
    if !text.contains('价') && !text.contains("人民币") {
        return text.to_owned();
    }
    let is_remark = |part: &str| is_price(part) || (part == "人民币" && text.contains('元'));
    let mut kept = String::with_capacity(text.len());
    for part in text.split_inclusive(['(', ')', ',']) {
        let words = part.trim_end_matches(['(', ')', ',']);
        if is_remark(words) {
            // The bracket or comma before it goes with it.
            kept.truncate(kept.trim_end_matches(['(', ',']).len());
        } else {
            kept.push_str(part);
        }
    }
    // A bracket that a remark opened.
    let kept = if kept.contains('(') { kept.as_str() } else { kept.trim_end_matches(')') };
    let kept = kept.trim_matches(',');
    // What stands before or behind the unit without a bracket.
    let ends = |(at, _): (usize, char)| {
        let (one, other) = kept.split_at(at);
        if is_remark(one) { Some(other) } else { is_remark(other).then_some(one) }
    };
    kept.char_indices().skip(1).find_map(ends).unwrap_or(kept).to_owned()
}

/// Whether a text says at which prices a sum stands: 现价, 按2020年不变价计算.
fn is_price(text: &str) -> bool {
    let text = text.strip_prefix('按').or_else(|| text.strip_prefix('以')).unwrap_or(text);
    let dated = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = dated.strip_prefix('年').unwrap_or(dated);
    // A bare 价 needs its year: 2020年价.
    let has_year = dated.len() < text.len();
    let mut words = PRICES.iter().filter(|word| has_year || !matches!(**word, "价" | "价格"));
    words.any(|word| rest.strip_prefix(word).is_some_and(|end| matches!(end, "" | "计" | "计算" | "口径")))
}
