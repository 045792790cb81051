//! The words for units that statistics use, as data: what each measures, and how many base units one of it is.
//!
//! Words are listed once, without scales: 万公顷 is 万 before 公顷. Sources: GB 3100—1993 and GB 3101—1993 for legal units
//! (亩 is 2000/3 平方米, as the Ministry of Agriculture has it), the units columns of the China Statistical Yearbook for the
//! words that count.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::QuantityKind;

/// A word for a unit: what it measures, and its size in base units as a fraction.
pub(super) type KnownUnit = (QuantityKind, u128, u128);

const THOUSAND: u128 = 1_000;
const MILLION: u128 = 1_000_000;
const BILLION: u128 = 1_000_000_000;

/// Words of measure: word, kind, base units as a fraction. Latin letters stand in lower case.
const MEASURES: &[(&[&str], QuantityKind, u128, u128)] = &[
    (&["元", "圆", "rmb", "cny", "yuan", "人民币", "元人民币", "人民币元"], QuantityKind::Money, 1, 1),
    (&["角"], QuantityKind::Money, 1, 10),
    // Shares of one: the base is a hundred-thousandth.
    (&["%", "百分比", "百分数", "百分率", "百分之", "百分比%", "percent"], QuantityKind::Share, THOUSAND, 1),
    (&["‰", "千分比", "千分率", "千分之"], QuantityKind::Share, 100, 1),
    (&["‱", "万分比", "万分率", "万分之"], QuantityKind::Share, 10, 1),
    (&["1/10万", "/10万", "1/十万", "/十万", "十万分之", "十万分之一"], QuantityKind::Share, 1, 1),
    (&["百分点", "个百分点", "百分点数"], QuantityKind::Change, 10, 1),
    (&["千分点", "个千分点"], QuantityKind::Change, 1, 1),
    // Length: the base is a millimetre.
    (&["毫米", "mm"], QuantityKind::Length, 1, 1),
    (&["厘米", "公分", "cm"], QuantityKind::Length, 10, 1),
    (&["米", "公尺", "m", "延米"], QuantityKind::Length, THOUSAND, 1),
    (&["公里", "千米", "km"], QuantityKind::Length, MILLION, 1),
    (&["海里"], QuantityKind::Length, 1_852_000, 1),
    // Area: the base is a square metre.
    (&["平方厘米", "cm2"], QuantityKind::Area, 1, 10_000),
    (&["平方米", "平米", "平方", "m2", "米2"], QuantityKind::Area, 1, 1),
    (&["公亩"], QuantityKind::Area, 100, 1),
    (&["亩", "市亩"], QuantityKind::Area, 2_000, 3),
    (&["公顷", "ha", "hm2", "hectare", "hectares"], QuantityKind::Area, 10_000, 1),
    (&["平方公里", "平方千米", "km2", "公里2", "千米2"], QuantityKind::Area, MILLION, 1),
    // Volume: the base is a millilitre.
    (&["毫升", "ml", "立方厘米", "cm3"], QuantityKind::Volume, 1, 1),
    (&["升", "公升", "l", "立方分米"], QuantityKind::Volume, THOUSAND, 1),
    (&["立方米", "立方", "方", "m3", "米3"], QuantityKind::Volume, MILLION, 1),
    (&["立方公里", "立方千米", "km3"], QuantityKind::Volume, 1_000_000_000_000_000, 1),
    // Mass: the base is a microgram.
    (&["微克", "μg", "ug"], QuantityKind::Mass, 1, 1),
    (&["毫克", "mg"], QuantityKind::Mass, THOUSAND, 1),
    (&["克", "g"], QuantityKind::Mass, MILLION, 1),
    (&["斤", "市斤"], QuantityKind::Mass, 500 * MILLION, 1),
    (&["千克", "公斤", "kg"], QuantityKind::Mass, BILLION, 1),
    (&["担", "市担"], QuantityKind::Mass, 50 * BILLION, 1),
    (&["吨", "公吨", "t", "ton", "tons"], QuantityKind::Mass, MILLION * MILLION, 1),
    // Energy: the base is a joule.
    (&["焦", "焦耳", "j"], QuantityKind::Energy, 1, 1),
    (&["千焦", "千焦耳", "kj"], QuantityKind::Energy, THOUSAND, 1),
    (&["兆焦", "兆焦耳", "mj"], QuantityKind::Energy, MILLION, 1),
    (&["吉焦", "吉焦耳", "gj"], QuantityKind::Energy, BILLION, 1),
    (&["太焦", "太焦耳", "tj"], QuantityKind::Energy, MILLION * MILLION, 1),
    (&["瓦时"], QuantityKind::Energy, 3_600, 1),
    (&["千瓦时", "千瓦·时", "千瓦小时", "度", "度电", "kwh", "kw·h"], QuantityKind::Energy, 3_600_000, 1),
    (&["兆瓦时", "mwh"], QuantityKind::Energy, 3_600_000_000, 1),
    (&["吉瓦时", "gwh"], QuantityKind::Energy, 3_600_000_000_000, 1),
    (&["太瓦时", "twh"], QuantityKind::Energy, 3_600_000_000_000_000, 1),
    // Power: the base is a watt.
    (&["瓦", "w"], QuantityKind::Power, 1, 1),
    (&["千瓦", "kw"], QuantityKind::Power, THOUSAND, 1),
    (&["兆瓦", "mw"], QuantityKind::Power, MILLION, 1),
    (&["吉瓦", "gw"], QuantityKind::Power, BILLION, 1),
    (&["太瓦", "tw"], QuantityKind::Power, MILLION * MILLION, 1),
    (&["伏安"], QuantityKind::Named("伏安"), 1, 1),
    (&["千伏安", "kva"], QuantityKind::Named("伏安"), THOUSAND, 1),
    (&["兆伏安", "mva"], QuantityKind::Named("伏安"), MILLION, 1),
    (&["千伏", "kv"], QuantityKind::Named("千伏"), 1, 1),
    (&["蒸吨"], QuantityKind::Named("蒸吨"), 1, 1),
    // Time that clocks measure: the base is a second. Months and years are of their own kind: they have no fixed length.
    (&["秒", "s"], QuantityKind::Clock, 1, 1),
    (&["分钟"], QuantityKind::Clock, 60, 1),
    (&["小时", "时", "h", "学时"], QuantityKind::Clock, 3_600, 1),
    (&["天", "日", "d"], QuantityKind::Clock, 86_400, 1),
    (&["月", "个月"], QuantityKind::Calendar, 1, 1),
    (&["年", "岁", "周岁"], QuantityKind::Calendar, 12, 1),
    // Work, in days of one person and in years, which are no number of days.
    (&["人年", "人·年"], QuantityKind::Named("人年"), 1, 1),
    (&["人月", "人·月"], QuantityKind::Named("人月"), 1, 1),
    (&["人天", "人日", "工日", "人·天", "人·日"], QuantityKind::Named("人天"), 1, 1),
    (&["人时", "人小时", "课时"], QuantityKind::Named("人时"), 1, 1),
    (&["吨公里", "吨·公里", "吨千米"], QuantityKind::Named("吨公里"), 1, 1),
    (&["人公里", "人·公里", "客公里", "人千米"], QuantityKind::Named("人公里"), 1, 1),
    (&["车公里", "列车公里"], QuantityKind::Named("车公里"), 1, 1),
    (&["吨海里"], QuantityKind::Named("吨海里"), 1, 1),
    (&["标准箱", "标箱", "teu", "国际标准箱"], QuantityKind::Named("标准箱"), 1, 1),
    (&["亩次"], QuantityKind::Named("亩次"), 1, 1),
    (&["℃", "°c", "摄氏度"], QuantityKind::Degree, 1, 1),
    (&["分贝", "db", "db(a)"], QuantityKind::Named("分贝"), 1, 1),
    // Bytes count by 1000 or by 1024: the words do not convert into each other.
    (&["字节"], QuantityKind::Named("字节"), 1, 1),
    (&["kb"], QuantityKind::Named("KB"), 1, 1),
    (&["mb", "兆字节"], QuantityKind::Named("MB"), 1, 1),
    (&["gb", "吉字节", "g字节"], QuantityKind::Named("GB"), 1, 1),
    (&["tb", "太字节"], QuantityKind::Named("TB"), 1, 1),
    (&["pb", "拍字节"], QuantityKind::Named("PB"), 1, 1),
    (&["eb", "艾字节"], QuantityKind::Named("EB"), 1, 1),
    (&["mbps", "mbit/s", "兆比特/秒", "兆/秒"], QuantityKind::Named("Mbps"), 1, 1),
    (&["gbps", "gbit/s", "吉比特/秒"], QuantityKind::Named("Gbps"), 1, 1),
    (&["分"], QuantityKind::Score, 1, 1),
    (&["级"], QuantityKind::Named("级"), 1, 1),
    (&["有/无", "有无", "是/否", "是否"], QuantityKind::Presence, 1, 1),
    (&["", "-", "—", "－", "无量纲", "无单位", "倍", "比值", "指数", ":1"], QuantityKind::Pure, 1, 1),
];

/// Currencies apart from 元. None converts into another: the rate is no matter of units.
const CURRENCIES: &[(&[&str], &str)] = &[
    (&["美元", "美金", "usd", "us$", "$", "dollar", "dollars"], "美元"),
    (&["欧元", "eur", "€"], "欧元"),
    (&["港元", "港币", "hkd", "hk$"], "港元"),
    (&["日元", "日圆", "jpy"], "日元"),
    (&["英镑", "gbp", "£"], "英镑"),
    (&["澳元", "澳大利亚元", "aud"], "澳元"),
    (&["加元", "加拿大元", "cad"], "加元"),
    (&["新加坡元", "新元", "sgd"], "新加坡元"),
    (&["澳门元", "澳门币", "mop"], "澳门元"),
    (&["新台币", "台币", "新台币元", "twd"], "新台币"),
    (&["韩元", "krw"], "韩元"),
    (&["卢布", "rub"], "卢布"),
    (&["瑞士法郎", "chf"], "瑞士法郎"),
    (&["泰铢", "thb"], "泰铢"),
    (&["卢比", "inr"], "卢比"),
    (&["新西兰元", "nzd"], "新西兰元"),
];

/// Words that only classify what is counted: one kind with factor 1.
const COUNTED: &[&str] = &[
    "个",
    "家",
    "项",
    "件",
    "名",
    "人",
    "户",
    "所",
    "支",
    "座",
    "台",
    "套",
    "次",
    "种",
    "位",
    "处",
    "条",
    "篇",
    "类",
    "人次",
    "团队",
    "企业",
    "场",
    "批",
    "册",
    "辆",
    "艘",
    "宗",
    "张",
    "床",
    "床位",
    "间",
    "栋",
    "幢",
    "只",
    "头",
    "匹",
    "羽",
    "尾",
    "株",
    "棵",
    "根",
    "片",
    "块",
    "份",
    "本",
    "部",
    "首",
    "幅",
    "枚",
    "架",
    "列",
    "班",
    "班次",
    "架次",
    "车次",
    "艘次",
    "船次",
    "户次",
    "件次",
    "家次",
    "场次",
    "台次",
    "例",
    "例次",
    "起",
    "桩",
    "门",
    "届",
    "期",
    "箱",
    "双",
    "对",
    "盏",
    "口",
    "眼",
    "盒",
    "瓶",
    "袋",
    "卷",
    "页",
    "组",
    "队",
    "岗",
    "岗位",
    "端口",
    "台套",
    "台(套)",
    "人(次)",
    "款",
    "剂",
    "剂次",
    "单",
    "笔",
    "筐",
    "票",
    "封",
    "窝",
    "节",
    "线",
    "标段",
    "person",
    "persons",
    "unit",
    "units",
    "household",
    "households",
    "名就业人员",
    "就业人员",
    "名从业人员",
];

/// Words that stand only below the line, where they say what a figure is spread over: 张/千人口.
const SPREAD: &[&str] = &[
    "人口",
    "常住人口",
    "户籍人口",
    "城镇人口",
    "农村人口",
    "从业人员",
    "职工",
    "劳动力",
    "居民",
    "农户",
    "居民户",
    "家庭",
    "学生",
    "老人",
    "老年人",
    "儿童",
    "婴儿",
    "活产",
    "常住居民",
    "职工人数",
];

/// What may follow a word of mass and makes it a measure of something else.
const EQUIVALENTS: &[(&[&str], QuantityKind)] = &[
    (&["标准煤", "标煤", "ce"], QuantityKind::Coal),
    (&["标准油", "油当量", "标油", "oe"], QuantityKind::Named("标准油")),
    (&["二氧化碳当量", "二氧化碳", "co2", "碳当量", "co2e"], QuantityKind::Named("二氧化碳")),
];

/// Scales before a word, the longer ones first.
const SCALES: &[(&str, u128)] = &[
    ("百万", MILLION),
    ("千万", 10_000_000),
    ("十万", 100_000),
    ("十亿", BILLION),
    ("百亿", 10_000_000_000),
    ("千亿", 100_000_000_000),
    ("万亿", 1_000_000_000_000),
    ("million", MILLION),
    ("billion", BILLION),
    ("百", 100),
    ("千", THOUSAND),
    ("万", 10_000),
    ("亿", 100_000_000),
];

/// Scales that stand alone for numbers of what the indicator counts: 从业人员数（万）.
const ALONE: &[&str] = &["千", "万", "十万", "百万", "千万", "亿", "十亿"];

static WORDS: LazyLock<BTreeMap<&'static str, KnownUnit>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for (names, kind, up, down) in MEASURES {
        words.extend(names.iter().map(|name| (*name, (kind.clone(), *up, *down))));
    }
    for (names, currency) in CURRENCIES {
        words.extend(names.iter().map(|name| (*name, (QuantityKind::Currency(currency), 1, 1))));
    }
    words.extend(COUNTED.iter().map(|name| (*name, (QuantityKind::Count, 1, 1))));
    words
});

/// A word of the registry with a scale before it, as spread over others when it stands below the line.
pub(super) fn look_up(text: &str, is_below: bool) -> Option<KnownUnit> {
    if let Some(found) = plain(text, is_below) {
        return Some(found);
    }
    if is_scale(text) {
        let factor = SCALES.iter().find(|(scale, _)| *scale == text)?.1;
        return Some((QuantityKind::Count, factor, 1));
    }
    let scaled = SCALES.iter().find_map(|(scale, factor)| {
        let (kind, up, down) = plain(text.strip_prefix(scale)?, is_below).filter(|entry| scales(&entry.0))?;
        Some((kind, up.checked_mul(*factor)?, down))
    });
    scaled.or_else(|| is_below.then(|| numbered(text)).flatten())
}

/// Whether a text is a scale and nothing else.
pub(super) fn is_scale(text: &str) -> bool {
    ALONE.contains(&text)
}

/// A round number before a word below the line: 人/10万人.
fn numbered(text: &str) -> Option<KnownUnit> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len()).filter(|digits| digits.len() > 1)?;
    let is_round = digits.strip_prefix('1').is_some_and(|zeros| zeros.bytes().all(|b| b == b'0'));
    let factor: u128 = digits.parse().ok().filter(|_| is_round)?;
    let (kind, up, down) = look_up(rest, true).filter(|entry| scales(&entry.0))?;
    Some((kind, up.checked_mul(factor)?, down))
}

fn plain(text: &str, is_below: bool) -> Option<KnownUnit> {
    if let Some(found) = WORDS.get(text) {
        return Some(found.clone());
    }
    if is_below && SPREAD.contains(&text) {
        return Some((QuantityKind::Count, 1, 1));
    }
    let equivalent = EQUIVALENTS.iter().find_map(|(names, kind)| {
        let mass = names.iter().find_map(|name| text.strip_suffix(name))?;
        let (_, up, down) = WORDS.get(mass).filter(|entry| entry.0 == QuantityKind::Mass)?;
        Some((kind.clone(), *up, *down))
    });
    equivalent.or_else(|| basis(text).then_some((QuantityKind::Pure, 1, 1)))
}

/// Whether a scale may stand before words of a kind. 十月 and 百年 are dates, 百分 is no score.
fn scales(kind: &QuantityKind) -> bool {
    !matches!(
        kind,
        QuantityKind::Share
            | QuantityKind::Change
            | QuantityKind::Pure
            | QuantityKind::Presence
            | QuantityKind::Score
            | QuantityKind::Degree
            | QuantityKind::Calendar
    )
}

/// What an index is measured against: 以农村为1, 上年=100.
fn basis(text: &str) -> bool {
    let said = |end: &str| text.strip_suffix(end).is_some_and(|rest| !rest.is_empty());
    said("=100") || said("=1") || (text.starts_with('以') && (said("为1") || said("为100")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_units_lists_every_word() {
        let page = include_str!("../../docs/units.md");
        let measures = MEASURES.iter().flat_map(|(names, ..)| names.iter());
        let currencies = CURRENCIES.iter().flat_map(|(names, _)| names.iter());
        let equivalents = EQUIVALENTS.iter().flat_map(|(names, _)| names.iter());
        let counted = COUNTED.iter().chain(SPREAD);
        let listed = |word: &str| {
            let parts = page.split(|c: char| c.is_whitespace() || c == '|' || c == ';');
            parts.map(|part| part.trim_matches('`')).any(|part| part == word)
        };
        for word in
            measures.chain(currencies).chain(equivalents).chain(counted).filter(|word| !word.is_empty())
        {
            assert!(listed(word), "{word}");
        }
    }
}
