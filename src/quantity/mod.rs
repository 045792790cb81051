//! Units and exact conversion between them.
//!
//! A unit is a numerator and perhaps denominators (`吨标准煤/万元`, `元/人·月`). Two units convert when all sides measure
//! the same kinds of things; the factor is an exact fraction (万元 → 亿元 is ÷10⁴, 公顷 → 亩 ×15). Units are read by their
//! parts, a scale before a word of the registry, so that none need be listed as a whole. Words that only classify what is
//! counted (个, 家, 项, 件, 名 …) are one kind with factor 1.

mod registry;
mod value;
mod writing;

use rust_decimal::Decimal;

pub use value::Value;

use self::writing::plain;

/// A unit as written, with what it measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    text: String,
    over: Part,
    under: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: QuantityKind,
    /// How many base units one of these is.
    factor: UnitFactor,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum QuantityKind {
    Money,
    /// Money that is not 元.
    Currency(&'static str),
    Count,
    Share,
    /// By how much a share changed.
    Change,
    Length,
    Area,
    Volume,
    Mass,
    Energy,
    /// Energy as the coal that holds it.
    Coal,
    Power,
    /// Time that clocks measure.
    Clock,
    /// Time by the calendar.
    Calendar,
    Degree,
    Score,
    Presence,
    Pure,
    /// What converts into nothing else, apart from its scale.
    Named(&'static str),
    /// What the registry does not know.
    Other(String),
}

/// A ratio of whole numbers in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UnitFactor {
    up: u128,
    down: u128,
}

/// What a conversion did, for the lineage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Unit of the reported value.
    pub from: String,
    /// Unit of the plan.
    pub to: String,
    /// The operation in words: `÷10⁴`.
    pub operation: String,
    /// What was multiplied by, and what divided by.
    pub factor: (u128, u128),
}

impl Unit {
    /// Reads a unit. Every text is a unit; one that is not in the registry converts only to itself.
    pub fn parse(text: &str) -> Self {
        let text = tidy(text);
        let (over, under) = taken_apart(&text).unwrap_or_else(|| (Part::other(&text), Vec::new()));
        Self { text, over, under }
    }

    /// The unit as written, brackets and blanks tidied; empty for a pure number.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether values are shares in percent or per mille.
    pub fn is_share(&self) -> bool {
        self.over.kind == QuantityKind::Share && self.under.is_empty()
    }

    /// Whether values say by how much a share changed (百分点). Such a change is no level: it never converts to a share.
    pub fn is_change(&self) -> bool {
        self.over.kind == QuantityKind::Change
    }

    /// Whether values are money of another country, which never converts to 元.
    pub fn is_other_currency(&self) -> bool {
        matches!(self.over.kind, QuantityKind::Currency(_))
    }

    /// Whether values are pure numbers: ratios, indices, multiples.
    pub fn is_pure(&self) -> bool {
        self.over.kind == QuantityKind::Pure && self.under.is_empty()
    }

    /// Whether the unit is one of time, such as 年 or 月, which as a heading may rather name a column of dates.
    pub fn is_time(&self) -> bool {
        matches!(self.over.kind, QuantityKind::Clock | QuantityKind::Calendar) && self.under.is_empty()
    }

    /// Whether values are whole things that are counted one by one.
    pub fn is_count(&self) -> bool {
        self.over.kind == QuantityKind::Count && self.over.factor == UnitFactor::ONE && self.under.is_empty()
    }

    /// Whether values are numbers of things, amounts of money, masses and the like, or ratios of such, which are never
    /// negative; shares may be, when they are rates of change.
    pub fn is_amount(&self) -> bool {
        !matches!(
            self.over.kind,
            QuantityKind::Share
                | QuantityKind::Change
                | QuantityKind::Degree
                | QuantityKind::Score
                | QuantityKind::Presence
                | QuantityKind::Pure
                | QuantityKind::Other(_)
        )
    }

    /// Whether another unit measures the same on another scale, so that mistaking one for the other changes a number.
    pub fn differs_in_scale(&self, other: &Unit) -> bool {
        self.over.kind == other.over.kind && self.factor_to(other) != Some(UnitFactor::ONE)
    }

    /// Whether another unit measures the same, on whatever scale.
    pub fn measures_as(&self, other: &Unit) -> bool {
        self.factor_to(other).is_some()
    }

    /// Whether another unit measures something that nobody would take for the same: money, things that are counted, shares,
    /// areas, lengths.
    pub fn is_unlike(&self, other: &Unit) -> bool {
        let plain = [
            QuantityKind::Money,
            QuantityKind::Count,
            QuantityKind::Share,
            QuantityKind::Area,
            QuantityKind::Length,
        ];
        // 亿 alone may stand for 亿元.
        let is_word = !registry::is_scale(&self.text);
        let both = plain.contains(&self.over.kind) && plain.contains(&other.over.kind);
        is_word && both && self.over.kind != other.over.kind
    }

    /// Whether the unit is in the registry, so that its values can be compared with others of its kind.
    pub fn is_known(&self) -> bool {
        let known = |part: &Part| !matches!(part.kind, QuantityKind::Other(_));
        known(&self.over) && self.under.iter().all(known)
    }

    /// Whether values are 有 or 无 rather than numbers.
    pub fn is_presence(&self) -> bool {
        self.over.kind == QuantityKind::Presence
    }

    /// Converts a value to another unit exactly; `None` when the two measure different things or the
    /// result would not be exact. The second part says what was done, `None` when nothing was.
    pub fn convert(&self, value: Decimal, to: &Unit) -> Option<(Decimal, Option<Conversion>)> {
        let factor = self.factor_to(to)?;
        if factor == UnitFactor::ONE {
            return Some((value, None));
        }
        let (up, down) = (decimal(factor.up)?, decimal(factor.down)?);
        let converted = value.checked_mul(up)?.checked_div(down)?.normalize();
        let is_kept = converted.checked_mul(down)? == value.checked_mul(up)?;
        (is_kept && factor.divides(value)).then(|| {
            let conversion = Conversion {
                from: self.text.clone(),
                to: to.text.clone(),
                operation: factor.operation(),
                factor: (factor.up, factor.down),
            };
            (converted, Some(conversion))
        })
    }

    /// What to multiply by; `None` when the two measure different things.
    fn factor_to(&self, to: &Unit) -> Option<UnitFactor> {
        if self.text == to.text {
            return Some(UnitFactor::ONE);
        }
        if self.over.kind != to.over.kind || self.spread() != to.spread() {
            return None;
        }
        let whole = |unit: &Unit| {
            unit.under.iter().try_fold(unit.over.factor, |factor, part| factor.times(part.factor.turned()))
        };
        whole(self)?.times(whole(to)?.turned())
    }

    /// What values are spread over, in any order.
    fn spread(&self) -> Vec<&QuantityKind> {
        let mut kinds: Vec<&QuantityKind> = self.under.iter().map(|part| &part.kind).collect();
        kinds.sort_unstable();
        kinds
    }
}

impl Part {
    fn of(text: &str, is_below: bool) -> Self {
        let known = registry::look_up(text, is_below)
            .map(|(kind, up, down)| Self { kind, factor: UnitFactor::new(up, down) });
        known.or_else(|| Self::of_two_words(text, is_below)).unwrap_or_else(|| Self::other(text))
    }

    /// A word with another one that says the same in brackets: 个（家）, 百分比（%）, 吨（标准煤）.
    fn of_two_words(text: &str, is_below: bool) -> Option<Self> {
        let (word, inside) = text.strip_suffix(')')?.split_once('(')?;
        if inside.contains(['(', ')']) {
            return None;
        }
        let joined = || Some(Self::of(&format!("{word}{inside}"), is_below)).filter(Self::is_known);
        let one = Self::of(word, is_below);
        let same = !inside.is_empty() && one.is_known() && one == Self::of(inside, is_below);
        let is_basis =
            one.kind == QuantityKind::Pure && Self::of(inside, is_below).kind == QuantityKind::Pure;
        if same || is_basis { Some(one) } else { joined() }
    }

    fn other(text: &str) -> Self {
        Self { kind: QuantityKind::Other(text.to_owned()), factor: UnitFactor::ONE }
    }

    fn is_known(&self) -> bool {
        !matches!(self.kind, QuantityKind::Other(_))
    }
}

impl UnitFactor {
    const ONE: Self = Self { up: 1, down: 1 };

    fn new(up: u128, down: u128) -> Self {
        let shared = common_divisor(up, down).max(1);
        Self { up: up / shared, down: down / shared }
    }

    fn turned(self) -> Self {
        Self { up: self.down, down: self.up }
    }

    fn times(self, other: Self) -> Option<Self> {
        let (one, two) = (Self::new(self.up, other.down), Self::new(other.up, self.down));
        Some(Self { up: one.up.checked_mul(two.up)?, down: one.down.checked_mul(two.down)? })
    }

    /// Whether a decimal times this is a decimal again: what is left of the divisor holds no factors but 2 and 5.
    fn divides(self, value: Decimal) -> bool {
        let mut rest = self.down / common_divisor(value.mantissa().unsigned_abs(), self.down).max(1);
        for prime in [2, 5] {
            while rest.is_multiple_of(prime) {
                rest /= prime;
            }
        }
        rest == 1
    }

    fn operation(self) -> String {
        match (self.up, self.down) {
            (1, down) => power("÷", down),
            (up, 1) => power("×", up),
            (up, down) => power("×", up) + &power("÷", down),
        }
    }
}

fn common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

fn decimal(number: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(number).ok()?, 0).ok()
}

/// Numerator and denominators of a unit; `None` when the text is too long for one.
fn taken_apart(text: &str) -> Option<(Part, Vec<Part>)> {
    let text = plain(text)?;
    // A letter by itself is a mark rather than a unit.
    if text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let whole = Part::of(&text, false);
    if whole.is_known() {
        return Some((whole, Vec::new()));
    }
    let (over, under) = match text.split_once('/').or_else(|| text.split_once('每')) {
        Some(("", spread)) if text.starts_with('每') => return Some(spread_first(spread, whole)),
        Some(parts) => parts,
        None => return Some((whole, Vec::new())),
    };
    let under = under.trim_start_matches('(').trim_end_matches(')').split(['/', '·']);
    let below = |part: &str| {
        let found = Part::of(part.strip_prefix('每').unwrap_or(part), true);
        if found.kind == QuantityKind::Pure { Part::other(part) } else { found }
    };
    Some((Part::of(over.trim_end_matches('('), false), under.map(below).collect()))
}

/// 每千人口张: what values are spread over stands first.
fn spread_first(text: &str, whole: Part) -> (Part, Vec<Part>) {
    let cuts = text.char_indices().skip(1).map(|(at, _)| text.split_at(at));
    let cuts = cuts.filter(|(under, _)| !registry::is_scale(under));
    let read = |(under, over): (&str, &str)| (Part::of(over, false), vec![Part::of(under, true)]);
    let known = cuts.map(read).filter(|(over, under)| over.is_known() && under.iter().all(Part::is_known));
    known.last().unwrap_or((whole, Vec::new()))
}

fn tidy(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '／' => '/',
            '％' => '%',
            '（' => '(',
            '）' => ')',
            _ => c,
        })
        .collect()
}

fn power(sign: &str, factor: u128) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let exponent = factor.checked_ilog10().unwrap_or(0);
    if exponent > 1 && 10_u128.checked_pow(exponent) == Some(factor) {
        let digits: String =
            exponent.to_string().chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect();
        format!("{sign}10{digits}")
    } else {
        format!("{sign}{factor}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn converted(value: &str, from: &str, to: &str) -> Option<(String, Option<String>)> {
        let value = Decimal::from_str(value).unwrap();
        let (value, conversion) = Unit::parse(from).convert(value, &Unit::parse(to))?;
        Some((value.to_string(), conversion.map(|done| done.operation)))
    }

    #[test]
    fn units_convert_exactly() {
        for (value, from, to, expected, operation) in [
            ("1684500", "万元", "亿元", "168.45", "÷10⁴"),
            ("21", "亿元", "万元", "210000", "×10⁴"),
            ("32", "‰", "%", "3.2", "÷10"),
            ("3.2", "%", "‰", "32", "×10"),
            ("12.5", "万分之", "‰", "1.25", "÷10"),
            ("9.8", "1/10万", "‰", "0.098", "÷10²"),
            ("4.2109", "万元/人", "元/人", "42109", "×10⁴"),
            ("519.5", "千克标准煤/万元", "吨标准煤/万元", "0.5195", "÷10³"),
            ("0.5195", "吨标准煤/万元", "吨标煤/亿元", "5195", "×10⁴"),
            ("1.2", "万人", "人", "12000", "×10⁴"),
            ("71400", "万吨", "亿吨", "7.14", "÷10⁴"),
            ("850", "万公顷", "万平方公里", "8.5", "÷10²"),
            ("3", "万亩", "平方公里", "20", "×20÷3"),
            ("1.5", "万公顷", "万亩", "22.5", "×15"),
            ("30", "亩", "公顷", "2", "÷15"),
            ("2.5", "亿千瓦时", "万度", "25000", "×10⁴"),
            ("3.6", "吉焦", "千瓦时", "1000", "×2500÷9"),
            ("0.035", "毫克/立方米", "微克/立方米", "35", "×10³"),
            ("12", "mg/L", "克/立方米", "12", ""),
            ("1.8", "亿立方米", "万立方米", "18000", "×10⁴"),
            ("12", "万千瓦", "兆瓦", "120", "×10"),
            ("85", "人/平方公里", "人/公顷", "0.85", "÷10²"),
            ("13.6", "件/万人", "件/每十万人", "136", "×10"),
            ("3.7", "张/千人口", "张/万人", "37", "×10"),
            ("2", "年", "个月", "24", "×12"),
            ("1200", "万元/人·月", "亿元/月·人", "0.12", "÷10⁴"),
            ("300", "千美元", "万美元", "30", "÷10"),
            ("450", "公斤/亩", "吨/公顷", "6.75", "×3÷200"),
        ] {
            let operation = (!operation.is_empty()).then(|| operation.to_owned());
            assert_eq!(converted(value, from, to), Some((expected.to_owned(), operation)), "{from} → {to}");
        }
    }

    #[test]
    fn one_unit_is_written_in_many_ways() {
        for (one, other) in [
            ("项", "个"),
            ("个（家）", "家"),
            ("人（次）", "人次"),
            ("亿元（现价）", "亿元"),
            ("亿元，当年价", "亿元"),
            ("（按2020年不变价计算）亿元", "亿元"),
            ("亿元（2020年价）", "亿元"),
            ("万元人民币", "万元"),
            ("人民币亿元", "亿元"),
            ("元（人民币）", "元"),
            ("億元", "亿元"),
            ("萬元", "万元"),
            ("[万 元]", "万元"),
            ("﹪", "%"),
            ("km²", "平方公里"),
            ("㎡", "平方米"),
            ("㎢", "平方公里"),
            ("微克/m3", "微克/立方米"),
            ("μg/m³", "ug/m3"),
            ("吨标煤", "吨标准煤"),
            ("吨（标准煤）", "吨标准煤"),
            ("tce", "吨标准煤"),
            ("KWh", "千瓦时"),
            ("千瓦·时", "度"),
            ("每千人口张", "张/千人口"),
            ("件（每万人）", "件/万人"),
            ("人民币（亿元）", "亿元"),
            ("亿元（人民币，现价）", "亿元"),
            ("岁", "年"),
            ("以农村为1", ":1"),
            ("上年=100", "指数"),
            ("指数（上年=100）", ""),
            ("100million yuan", "亿元"),
        ] {
            if one.starts_with("100") {
                // A number before a unit is a value.
                assert!(!Unit::parse(one).is_known(), "{one}");
                continue;
            }
            let found = converted("1.5", one, other);
            assert_eq!(found, Some(("1.5".to_owned(), None)), "{one} = {other}");
        }
    }

    #[test]
    fn ordinary_units_of_yearbooks_are_known() {
        let units = "元 角 百元 千元 万元 十万元 百万元 千万元 亿元 十亿元 百亿元 千亿元 万亿元 美元 万美元 百万美元 亿美元 欧元 亿欧元 港元 \
            亿港元 日元 亿日元 % ‰ 百分点 个百分点 米 公里 万公里 千米 千公里 毫米 厘米 海里 平方米 万平方米 亿平方米 平方公里 万平方公里 亩 万亩 亿亩 \
            公顷 千公顷 万公顷 立方米 万立方米 亿立方米 升 万升 千升 克 千克 公斤 吨 千吨 万吨 亿吨 毫克 微克 斤 亿斤 千瓦时 万千瓦时 亿千瓦时 度 万度 \
            吨标准煤 万吨标准煤 亿吨标准煤 千克标准煤 千瓦 万千瓦 兆瓦 千伏安 万千伏安 年 岁 月 天 小时 万小时 分钟 人年 万人年 人次 万人次 亿人次 人 \
            万人 千人 户 万户 家 万家 个 万个 项 件 万件 亿件 名 所 支 座 台 万台 套 万套 辆 万辆 艘 架 张 万张 床 间 栋 幢 只 万只 头 万头 亿头 匹 株 \
            万株 册 万册 亿册 份 亿份 部 万部 种 类 篇 次 处 条 批 例 起 宗 场 届 吨公里 亿吨公里 万吨公里 人公里 亿人公里 标准箱 万标准箱 万TEU \
            元/人 万元/人 元/平方米 元/吨 万元/亩 万元/平方公里 吨标准煤/万元 千克标准煤/吨 千瓦时/万元 立方米/万元 立方米/人 升/人·日 平方米/人 人/平方公里 \
            公斤/亩 千克/公顷 件/万人 人/万人 张/千人 张/千人口 床/千人口 辆/百户 台/百户 部/百人 万吨/日 万立方米/日 吨/日 元/月 次/年 微克/立方米 毫克/立方米 \
            毫克/升 公里/百平方公里 人/户 元/千瓦时 1/10万 /10万 人/10万人 每万人件 ℃ 摄氏度 分贝 GB 万GB 亿GB TB PB Mbps 字节 分 级 倍 :1 以农村为1 上年=100 指数 \
            有/无 是/否 无量纲 万双 万米 亿米 万块 亿块 万箱 万门 万线 万枚 亿枚 万羽 吨二氧化碳 万吨二氧化碳当量 吨二氧化碳/万元 万重量箱";
        let units: Vec<&str> = units.split_whitespace().collect();
        assert!(units.len() >= 220, "{}", units.len());
        let unknown: Vec<&&str> = units.iter().filter(|unit| !Unit::parse(unit).is_known()).collect();
        assert_eq!(unknown, [&"万重量箱"]);
    }

    #[test]
    fn words_of_headings_and_texts_are_no_units() {
        for text in [
            "十月",
            "1月",
            "12月",
            "2023年",
            "2023年末",
            "百年",
            "百分",
            "2023",
            "1",
            "10家",
            "价格",
            "现价",
            "单位",
            "人口",
            "指标",
            "元旦",
            "万",
            "T",
            "e",
            "市科技局",
            "比重",
            "备注",
            "实绩",
            "/",
            "每万人",
            "亿元/",
            "元、%",
            "千百",
        ] {
            let known = Unit::parse(text).is_known();
            assert_eq!(known, matches!(text, "万"), "{text}");
        }
    }

    #[test]
    fn a_text_is_its_own_unit_though_nothing_knows_it() {
        for text in ["标准化物流单元", "万重量箱", "微西弗/小时", "", "件/万人（五年累计）"]
        {
            assert_eq!(converted("7.25", text, text), Some(("7.25".to_owned(), None)), "{text}");
        }
        assert_eq!(converted("1", "万重量箱", "重量箱"), None);
        assert_eq!(
            converted("5", "当量/万元", "当量/亿元"),
            Some(("50000".to_owned(), Some("×10⁴".to_owned())))
        );
    }

    #[test]
    fn different_things_do_not_convert() {
        for (from, to) in [
            ("万元", "%"),
            ("亿元", "个"),
            ("元/人", "元"),
            ("年", "个"),
            ("吨", "吨标准煤"),
            ("亿美元", "亿元"),
            ("美元", "港元"),
            ("个百分点", "%"),
            ("百分点", "‰"),
            ("千瓦", "千瓦时"),
            ("千瓦时", "吨标准煤"),
            ("人年", "人"),
            ("人公里", "人"),
            ("吨公里", "吨"),
            ("平方米", "米"),
            ("年", "天"),
            ("GB", "TB"),
            ("件", "件/万人"),
        ] {
            assert_eq!(converted("1", from, to), None, "{from} → {to}");
        }
        // What does not come out exactly is not converted at all.
        assert_eq!(converted("1000", "亩", "公顷"), None);
    }

    #[test]
    fn what_a_unit_measures_is_known() {
        assert!(Unit::parse("％").is_share() && !Unit::parse("个百分点").is_share());
        assert!(Unit::parse("个百分点").is_change() && !Unit::parse("个百分点").is_amount());
        assert!(Unit::parse("亿美元").is_other_currency() && !Unit::parse("亿元人民币").is_other_currency());
        assert!(Unit::parse("家").is_count() && !Unit::parse("万家").is_count());
        assert!(Unit::parse("万公顷").is_amount() && Unit::parse("微克/立方米").is_amount());
        assert!(Unit::parse("万元").differs_in_scale(&Unit::parse("亿元")));
        assert!(!Unit::parse("亿元").differs_in_scale(&Unit::parse("亿元（现价）")));
        assert!(Unit::parse("月").is_time() && !Unit::parse("元/月").is_time());
    }

    const ALL: [&str; 40] = [
        "元",
        "万元",
        "亿元",
        "万美元",
        "美元",
        "港元",
        "%",
        "‰",
        "万分之",
        "百分点",
        "千分点",
        "米",
        "公里",
        "平方米",
        "亩",
        "万亩",
        "公顷",
        "平方公里",
        "升",
        "亿立方米",
        "吨",
        "公斤",
        "微克",
        "吨标准煤",
        "千克标准煤",
        "千瓦时",
        "吉焦",
        "千瓦",
        "兆瓦",
        "年",
        "个月",
        "天",
        "小时",
        "家",
        "万人",
        "℃",
        "分",
        "有/无",
        "",
        "人年",
    ];

    proptest::proptest! {
        #[test]
        fn a_conversion_can_be_undone(mantissa in 1_i64..1_000_000_000, places in 0_u32..4, one in 0_usize..40, two in 0_usize..40, three in 0_usize..40, four in 0_usize..40) {
            let value = Decimal::new(mantissa, places);
            let text = |over: usize, under: usize| format!("{}/{}", ALL[over], ALL[under]);
            for (from, to) in [(ALL[one].to_owned(), ALL[two].to_owned()), (text(one, three), text(two, four))] {
                let (from, to) = (Unit::parse(&from), Unit::parse(&to));
                if let Some((there, _)) = from.convert(value, &to) {
                    proptest::prop_assert_eq!(to.convert(there, &from).map(|(value, _)| value), Some(value));
                    proptest::prop_assert_eq!(&from.over.kind, &to.over.kind);
                }
            }
        }

        #[test]
        fn any_text_is_a_unit_of_its_own(text in "\\PC{0,40}") {
            let unit = Unit::parse(&text);
            proptest::prop_assert_eq!(unit.convert(Decimal::TEN, &unit), Some((Decimal::TEN, None)));
        }
    }
}
