//! Units and exact conversion between them.
//!
//! A unit is a numerator and perhaps a denominator (`吨标准煤/万元`). Two units convert when both sides
//! measure the same kind of thing; the factor is an exact decimal (万元 → 亿元 is ÷10⁴). Words that only
//! classify what is counted (个, 家, 项, 件, 名 …) are one kind with factor 1.

use rust_decimal::Decimal;

/// A unit as written, with what it measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    text: String,
    over: Part,
    under: Option<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: Kind,
    /// How many base units one of these is.
    factor: Decimal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Money,
    Count,
    Share,
    Mass,
    Area,
    Energy,
    Presence,
    Pure,
    Other(String),
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
}

const COUNT_WORDS: [&str; 30] = [
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
    "个（家）",
    "团队",
    "企业",
    "名（人）",
    "场",
    "批",
    "册",
    "辆",
    "艘",
    "宗",
];

impl Unit {
    /// Reads a unit. Every text is a unit; one that is not in the table converts only to itself.
    pub fn parse(text: &str) -> Self {
        let text = tidy(text);
        let (over, under) = match text.split_once('/') {
            Some(_) if text == "有/无" => (Part::of(&text), None),
            Some((over, under)) => (Part::of(over), Some(Part::of(under))),
            None => (Part::of(&text), None),
        };
        Self { text, over, under }
    }

    /// The unit as written, brackets and blanks tidied; empty for a pure number.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether values are shares in percent or per mille.
    pub fn is_share(&self) -> bool {
        self.over.kind == Kind::Share && self.under.is_none()
    }

    /// Whether values are whole things that are counted one by one.
    pub fn is_count(&self) -> bool {
        self.over.kind == Kind::Count && self.over.factor == Decimal::ONE && self.under.is_none()
    }

    /// Whether values are numbers of things, amounts of money, masses and the like, or ratios of such, which are never
    /// negative; shares may be, when they are rates of change.
    pub fn is_amount(&self) -> bool {
        matches!(self.over.kind, Kind::Money | Kind::Count | Kind::Mass | Kind::Area | Kind::Energy)
    }

    /// Whether another unit measures the same on another scale, so that mistaking one for the other changes a number.
    pub fn differs_in_scale(&self, other: &Unit) -> bool {
        self.convert(Decimal::ONE, other).is_none_or(|(_, conversion)| conversion.is_some())
            && self.over.kind == other.over.kind
    }

    /// Whether the unit is in the table, so that its values can be compared with others of its kind.
    pub fn is_known(&self) -> bool {
        let known = |part: &Part| !matches!(part.kind, Kind::Other(_));
        known(&self.over) && self.under.as_ref().is_none_or(known)
    }

    /// Whether values are 有 or 无 rather than numbers.
    pub fn is_presence(&self) -> bool {
        self.over.kind == Kind::Presence
    }

    /// Converts a value to another unit exactly; `None` when the two measure different things or the
    /// result would not be exact. The second part says what was done, `None` when nothing was.
    pub fn convert(&self, value: Decimal, to: &Unit) -> Option<(Decimal, Option<Conversion>)> {
        let same_kind = self.over.kind == to.over.kind
            && self.under.as_ref().map(|part| &part.kind) == to.under.as_ref().map(|part| &part.kind);
        if !same_kind {
            return None;
        }
        let factor = |part: &Option<Part>| part.as_ref().map_or(Decimal::ONE, |part| part.factor);
        let up = self.over.factor.checked_mul(factor(&to.under))?;
        let down = to.over.factor.checked_mul(factor(&self.under))?;
        if up == down {
            return Some((value, None));
        }
        let converted = value.checked_mul(up)?.checked_div(down)?;
        let exact = converted.checked_mul(down)? == value.checked_mul(up)?;
        let operation =
            if up > down { power("×", up.checked_div(down)?) } else { power("÷", down.checked_div(up)?) };
        exact.then(|| {
            (converted, Some(Conversion { from: self.text.clone(), to: to.text.clone(), operation }))
        })
    }
}

impl Part {
    fn of(text: &str) -> Self {
        let base = |kind: Kind, factor: i64| Self { kind, factor: Decimal::from(factor) };
        match text {
            "" | "-" | "—" | "－" | "无量纲" | "倍" | "以农村为1" => base(Kind::Pure, 1),
            "有/无" | "有无" | "是/否" => base(Kind::Presence, 1),
            "元" => base(Kind::Money, 1),
            "百元" => base(Kind::Money, 100),
            "千元" => base(Kind::Money, 1000),
            "万元" | "万元人民币" => base(Kind::Money, 10_000),
            "百万元" => base(Kind::Money, 1_000_000),
            "千万元" => base(Kind::Money, 10_000_000),
            "亿元" | "亿元人民币" => base(Kind::Money, 100_000_000),
            "‰" => base(Kind::Share, 1),
            "%" | "百分比" | "百分点" | "个百分点" => base(Kind::Share, 10),
            "吨标准煤" | "吨标煤" => base(Kind::Energy, 1),
            "千克标准煤" | "公斤标准煤" => Self { kind: Kind::Energy, factor: Decimal::new(1, 3) },
            "万吨标准煤" | "万吨标煤" => base(Kind::Energy, 10_000),
            "千克" | "公斤" => Self { kind: Kind::Mass, factor: Decimal::new(1, 3) },
            "吨" => base(Kind::Mass, 1),
            "万吨" => base(Kind::Mass, 10_000),
            "平方米" => base(Kind::Area, 1),
            "公顷" => base(Kind::Area, 10_000),
            "平方公里" => base(Kind::Area, 1_000_000),
            _ => Self::count(text).unwrap_or_else(|| base(Kind::Other(text.to_owned()), 1)),
        }
    }

    fn count(text: &str) -> Option<Self> {
        let scales = [("万", 10_000), ("百", 100), ("千", 1000), ("亿", 100_000_000), ("", 1)];
        scales.iter().find_map(|(prefix, factor)| {
            let word = text.strip_prefix(prefix)?;
            let counted = COUNT_WORDS.contains(&word) || word == "名就业人员" || word == "就业人员";
            counted.then(|| Self { kind: Kind::Count, factor: Decimal::from(*factor) })
        })
    }
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

fn power(sign: &str, factor: Decimal) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut exponent = 0_u32;
    let mut rest = factor.normalize();
    while rest >= Decimal::TEN
        && let Some(tenth) = rest.checked_div(Decimal::TEN).filter(|tenth| tenth.fract().is_zero())
    {
        rest = tenth.normalize();
        exponent += 1;
    }
    if rest == Decimal::ONE && exponent > 1 {
        let digits: String =
            exponent.to_string().chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect();
        format!("{sign}10{digits}")
    } else {
        format!("{sign}{}", factor.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[test]
    fn units_convert_exactly() {
        for (value, from, to, expected, operation) in [
            ("1684500", "万元", "亿元", "168.45", "÷10⁴"),
            ("21", "亿元", "万元", "210000", "×10⁴"),
            ("32", "‰", "%", "3.2", "÷10"),
            ("4.2109", "万元/人", "元/人", "42109", "×10⁴"),
            ("519.5", "千克标准煤/万元", "吨标准煤/万元", "0.5195", "÷10³"),
            ("0.5195", "吨标准煤/万元", "吨标煤/亿元", "5195", "×10⁴"),
            ("1.2", "万人", "人", "12000", "×10⁴"),
        ] {
            let value = Decimal::from_str(value).unwrap();
            let (converted, conversion) = Unit::parse(from).convert(value, &Unit::parse(to)).unwrap();
            assert_eq!(converted, Decimal::from_str(expected).unwrap(), "{from} → {to}");
            assert_eq!(conversion.unwrap().operation, operation);
        }
    }

    #[test]
    fn counting_words_are_one_kind() {
        let (value, conversion) = Unit::parse("项").convert(Decimal::TEN, &Unit::parse("个")).unwrap();
        assert_eq!((value, conversion), (Decimal::TEN, None));
    }

    #[test]
    fn different_things_do_not_convert() {
        for (from, to) in [("万元", "%"), ("亿元", "个"), ("元/人", "元"), ("年", "个"), ("吨", "吨标准煤")]
        {
            assert_eq!(Unit::parse(from).convert(Decimal::ONE, &Unit::parse(to)), None, "{from} → {to}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_conversion_can_be_undone(mantissa in 1_i64..1_000_000_000, places in 0_u32..4) {
            let value = Decimal::new(mantissa, places);
            for (from, to) in [("万元", "亿元"), ("‰", "%"), ("万人", "人"), ("元/人", "万元/人"), ("千克标准煤/万元", "吨标准煤/万元")] {
                let (from, to) = (Unit::parse(from), Unit::parse(to));
                let back = from.convert(value, &to).and_then(|(value, _)| to.convert(value, &from));
                proptest::prop_assert_eq!(back.map(|(value, _)| value), Some(value));
            }
        }
    }
}
