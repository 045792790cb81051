//! What a cell of a table says: a number with its signs, a range, a rank, a growth, or words.

use super::lexicon::NumberTail;
use super::numbers::{Numeral, numerals, unit_of};
use super::passage::{beginning, counted, holds, plain};
use super::units;
use super::values::INDEFINITE;
use super::{DraftNumber, OpenReason};

/// Marks that lead to a note.
pub(super) const MARKS: [char; 9] = ['*', '①', '②', '③', '④', '⑤', '★', '▲', '※'];

/// Signs before a number of a cell.
const SIGNS: [(&str, &str); 19] = [
    ("突破", "surpass"),
    ("≥", ">="),
    (">=", ">="),
    ("≧", ">="),
    ("不低于", ">="),
    ("不少于", ">="),
    ("达到", ">="),
    ("达", ">="),
    (">", ">"),
    ("高于", ">"),
    ("超过", ">"),
    ("≤", "<="),
    ("<=", "<="),
    ("≦", "<="),
    ("不超过", "<="),
    ("不高于", "<="),
    ("控制在", "<="),
    ("<", "<"),
    ("低于", "<"),
];

/// Words for a multiple of what was, with the number.
const MULTIPLES: [(&str, &str); 4] = [("翻一番", "2"), ("翻番", "2"), ("倍增", "2"), ("翻两番", "4")];

/// Words that hold a value against that of the year before.
const AS_BEFORE: [(&str, &str); 7] = [
    ("不低于上年", ">="),
    ("不低于去年", ">="),
    ("与上年持平", ">="),
    ("持平", ">="),
    ("高于上年", ">"),
    ("不高于上年", "<="),
    ("低于上年", "<"),
];

/// Words of a change, with the kind of target it is; the longest with which a text begins counts.
const CHANGES: [(&str, &str); 14] = [
    ("年均增长", "average_growth"),
    ("年均增速", "average_growth"),
    ("年均增", "average_growth"),
    ("年均", "average_growth"),
    ("比上年增长", "growth"),
    ("同比增长", "growth"),
    ("增长", "growth"),
    ("增", "growth"),
    ("比上年提高", "increment"),
    ("提高", "increment"),
    ("提升", "increment"),
    ("上升", "increment"),
    ("增加", "increment"),
    ("新增", "increment"),
];

/// What a cell says: nothing, one number, or a second one that is to be striven for.
pub(super) fn cell(printed: &str) -> Vec<DraftNumber> {
    let text = plain(printed);
    if text.is_empty() || units::is_dash(&text) {
        return Vec::new();
    }
    // 60.6*, 15.3(2019年): a mark, and the year of the value.
    let bare = text.trim_end_matches(MARKS);
    if bare.len() < text.len() {
        let mark = text.get(bare.len()..).and_then(|marks| marks.chars().next());
        let mut found = cell(bare);
        for one in &mut found {
            one.mark = mark;
            one.open.chosen("year", OpenReason::Noted);
        }
        return found;
    }
    let dated = text.strip_suffix("年)").and_then(|rest| rest.rsplit_once('('));
    if let Some((value, year)) = dated.filter(|(_, year)| year.len() == 4) {
        let mut found = cell(value);
        for one in &mut found {
            one.own_year = year.parse().ok();
        }
        return found;
    }
    if let Some(both) = two_tiers(&text) {
        return both.into();
    }
    // >7、力争投入强度高于…: a number with words behind it.
    let first = || {
        let (head, _) = text.split_once(['、', ';'])?;
        let mut one = number(head)?;
        one.open.chosen("value", OpenReason::Words);
        Some(DraftNumber { quote: text.clone(), ..one })
    };
    let read = number(&text)
        .or_else(|| between(&text))
        .or_else(|| change(&text))
        .or_else(|| rank(&text))
        .or_else(|| ratio(&text));
    vec![read.or_else(first).unwrap_or_else(|| words(&text))]
}

/// 30,力争33; 30(力争33).
fn two_tiers(text: &str) -> Option<[DraftNumber; 2]> {
    let (head, behind) = text.split_once("力争")?;
    let first = number(head.trim_end_matches([',', ';', '(', '、']))?;
    let stretch = number(behind.trim_start_matches("达到").trim_end_matches(')'))?;
    Some([first, DraftNumber { tier: Some("stretch"), ..stretch }])
}

/// Whether a cell holds a number or what stands in the place of one.
pub(super) fn is_number(text: &str) -> bool {
    cell(text).first().is_some_and(|one| one.value.is_some() || one.bounds.is_some())
}

/// A number with its signs.
fn number(text: &str) -> Option<DraftNumber> {
    if matches!(text, "有" | "无") {
        return Some(DraftNumber {
            value: Some(text.to_owned()),
            quote: text.to_owned(),
            ..DraftNumber::default()
        });
    }
    let mut one = DraftNumber { quote: text.to_owned(), ..DraftNumber::default() };
    let inside = [('〔', '〕'), ('[', ']'), ('【', '】'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    one.cumulative = inside.is_some() || text.starts_with("累计");
    if text.starts_with('(') && inside.is_some() {
        one.open.chosen("cumulative", OpenReason::Cumulative);
    }
    let bare = inside.unwrap_or(text).trim_start_matches("累计");
    let sign = SIGNS.iter().filter(|(sign, _)| bare.starts_with(sign)).max_by_key(|(sign, _)| sign.len());
    let (bare, op) =
        sign.map_or((bare, None), |(sign, op)| (bare.get(sign.len()..).unwrap_or_default(), Some(*op)));
    one.op = op;
    let negative = bare.starts_with(['-', '—']) && bare.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let digits = if negative { bare.trim_start_matches(['-', '—']) } else { bare };
    let found = numerals(digits);
    let (Some(Numeral::MeasuredNumber(quantity)), 1) = (found.first(), found.len()) else {
        return year_like(bare, one);
    };
    if quantity.number.start != 0 {
        return None;
    }
    let behind = digits.get(quantity.at.end..).unwrap_or_default();
    if !behind.is_empty() && unit_of(behind) != behind {
        return None;
    }
    tail(&mut one, quantity.behind);
    match &quantity.high {
        Some(high) => {
            one.kind = Some("range");
            one.bounds = Some((quantity.low.clone(), high.clone()));
        }
        None => one.value = Some(format!("{}{}", if negative { "-" } else { "" }, quantity.low)),
    }
    one.unit = Some(quantity.unit.clone()).filter(|unit| !unit.is_empty());
    Some(one)
}

/// What a word behind a number says: 以上, 左右.
fn tail(one: &mut DraftNumber, tail: Option<NumberTail>) {
    match tail {
        Some(NumberTail::Least) => one.op = one.op.or(Some(">=")),
        Some(NumberTail::Most) => one.op = one.op.or(Some("<=")),
        Some(NumberTail::About) => one.op = Some("~"),
        Some(NumberTail::Over) => one.open.chosen("op", OpenReason::WhichWay),
        None => {}
    }
    if one.op == Some("~") {
        one.open.chosen("tolerance", OpenReason::About);
    }
}

/// 2025 in a cell is a number too.
fn year_like(bare: &str, one: DraftNumber) -> Option<DraftNumber> {
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| DraftNumber { value: Some(bare.to_owned()), ..one })
}

/// 5-6, 15%—16%, 5~6左右: both bounds, the lower first.
fn between(text: &str) -> Option<DraftNumber> {
    let (low, high) = ["-", "—", "~", "～", "至", "到"].iter().find_map(|sign| text.split_once(sign))?;
    let (low, high) = (number(low)?, number(high)?);
    let (first, second) = (low.value?, high.value?);
    let order =
        first.parse::<rust_decimal::Decimal>().ok()? < second.parse::<rust_decimal::Decimal>().ok()?;
    let is_plain = low.op.is_none() && matches!(high.op, None | Some("~")) && !second.starts_with('-');
    (order && is_plain).then(|| DraftNumber {
        kind: Some("range"),
        bounds: Some((first, second)),
        unit: high.unit.or(low.unit),
        quote: text.to_owned(),
        ..DraftNumber::default()
    })
}

/// 年均增长9以上, 增长8%, 提高1个百分点; a fall is left to a person.
fn change(text: &str) -> Option<DraftNumber> {
    let bare =
        text.strip_prefix('比').and_then(|rest| rest.split_once("年")).filter(|(year, _)| year.len() == 4);
    let (base, bare) = bare.map_or((None, text), |(year, rest)| (year.parse::<i32>().ok(), rest));
    let words: Vec<&str> = CHANGES.iter().map(|(word, _)| *word).collect();
    let word = beginning(bare, &words)?;
    let mut kind = CHANGES.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)?;
    let mut one = number(bare.get(word.len()..)?).filter(|one| one.bounds.is_none() && !one.cumulative)?;
    let in_percent = one.unit.as_deref() == Some("%");
    match (kind, one.unit.as_deref()) {
        // 提高5%: growth, or points.
        ("increment", Some("%" | "‰")) => one.open.chosen("kind", OpenReason::WhichKind),
        // 增100家.
        ("growth", Some(unit)) if unit != "%" => kind = "increment",
        _ => {}
    }
    if base.is_some() && kind != "average_growth" {
        one.open.chosen("kind", OpenReason::GrowthOn);
    }
    one.unit = one.unit.filter(|_| !in_percent);
    one.base_year = base.filter(|_| kind == "average_growth");
    Some(DraftNumber { kind: Some(kind), quote: text.to_owned(), ..one })
}

/// 前10, 全省前8位, 第3位.
fn rank(text: &str) -> Option<DraftNumber> {
    let (head, behind) = text.split_once(['前', '第'])?;
    let (digits, rest) = counted(behind)?;
    let is_rank = (1..=3).contains(&digits.len()) && matches!(rest, "" | "位" | "名" | "以内" | "位以内");
    let is_scope =
        head.is_empty() || holds(head, &["全国", "全省", "全市", "全区", "全球", "世界", "进入", "居", "位"]);
    (is_rank && is_scope).then(|| DraftNumber {
        kind: Some("rank"),
        value: Some(digits),
        quote: text.to_owned(),
        ..DraftNumber::default()
    })
}

/// 2.15:1: the first of both.
fn ratio(text: &str) -> Option<DraftNumber> {
    let one = number(text.strip_suffix(":1")?)?;
    Some(DraftNumber { quote: text.to_owned(), ..one })
}

/// Words in the place of a number.
fn words(text: &str) -> DraftNumber {
    let mut one = DraftNumber { quote: text.to_owned(), ..DraftNumber::default() };
    if let Some((_, value)) = MULTIPLES.iter().find(|(word, _)| text.ends_with(word)) {
        one.kind = Some("multiple");
        one.value = Some((*value).to_owned());
        return one;
    }
    let known: Vec<&str> = AS_BEFORE.iter().map(|(word, _)| *word).collect();
    let before = beginning(text.trim_start_matches("保持"), &known);
    if let Some((word, op)) = before.and_then(|word| AS_BEFORE.iter().find(|(known, _)| *known == word)) {
        one.kind = Some("multiple");
        one.value = Some("1".to_owned());
        one.op = Some(*op).filter(|op| *op != ">=");
        if word.ends_with("持平") {
            one.open.chosen("op", OpenReason::WhichWay);
        }
        return one;
    }
    if text.ends_with("全覆盖") {
        one.kind = Some("coverage");
        one.value = Some("100".to_owned());
        one.open.chosen("kind", OpenReason::WhichKind);
        return one;
    }
    let against = text
        .strip_prefix(['与', '同', '和'])
        .and_then(|rest| rest.split_once("同步"))
        .map(|(head, _)| head.trim_end_matches("基本").trim_end_matches("保持"));
    let above = ["高于", "快于", "不低于"].iter().find_map(|word| text.strip_prefix(word));
    if let Some(reference) = against.or(above) {
        one.kind = Some("relative");
        one.op = Some(match above {
            Some(_) if !text.starts_with('不') => ">",
            None if text.contains("基本同步") => "~",
            _ => ">=",
        });
        one.reference = Some(reference.trim_end_matches("基本").to_owned());
        one.open.chosen("against", OpenReason::Reference);
        return one;
    }
    one.undefined = Some(text.to_owned());
    if !holds(text, INDEFINITE) {
        one.open.chosen("undefined", OpenReason::Words);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_tables_are_read_with_their_signs() {
        for (text, value, op, kind, cumulative) in [
            ("3.0", Some("3.0"), None, None, false),
            ("≥90", Some("90"), Some(">="), None, false),
            (">6.5", Some("6.5"), Some(">"), None, false),
            ("＜5.5", Some("5.5"), Some("<"), None, false),
            ("7左右", Some("7"), Some("~"), None, false),
            ("〔13.5〕", Some("13.5"), None, None, true),
            ("[18]", Some("18"), None, None, true),
            ("15%以上", Some("15"), Some(">="), None, false),
            ("-3.8", Some("-3.8"), None, None, false),
            ("有", Some("有"), None, None, false),
            ("1,288", Some("1288"), None, None, false),
            ("2025", Some("2025"), None, None, false),
            ("翻一番", Some("2"), None, Some("multiple"), false),
            ("比2020年翻番", Some("2"), None, Some("multiple"), false),
            ("不低于上年", Some("1"), None, Some("multiple"), false),
            ("不高于上年水平", Some("1"), Some("<="), Some("multiple"), false),
            ("年均增长9以上", Some("9"), Some(">="), Some("average_growth"), false),
            ("年均增 9％ 左右", Some("9"), Some("~"), Some("average_growth"), false),
            ("增长8%", Some("8"), None, Some("growth"), false),
            ("提高1个百分点", Some("1"), None, Some("increment"), false),
            ("新增20家", Some("20"), None, Some("increment"), false),
            ("前10", Some("10"), None, Some("rank"), false),
            ("全省前８位", Some("8"), None, Some("rank"), false),
            ("全覆盖", Some("100"), None, Some("coverage"), false),
            ("前五", Some("5"), None, Some("rank"), false),
            ("全国前二十位", Some("20"), None, Some("rank"), false),
            ("2.15∶1", Some("2.15"), None, None, false),
        ] {
            let found = cell(text);
            let [one] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(
                (one.value.as_deref(), one.op, one.kind, one.cumulative),
                (value, op, kind, cumulative),
                "{text}"
            );
        }
        assert!(cell("—").is_empty() && cell("").is_empty());
    }

    #[test]
    fn ranges_tiers_and_words_are_told_apart() {
        let bounds = |text: &str| cell(text).first().and_then(|one| one.bounds.clone());
        for (text, low, high) in
            [("5-6", "5", "6"), ("15%—16%", "15", "16"), ("5.5～6左右", "5.5", "6"), ("0.5至1", "0.5", "1")]
        {
            assert_eq!(bounds(text), Some((low.to_owned(), high.to_owned())), "{text}");
        }
        for text in ["6-5", "-3.8", "2021-2025年", "3+3", "下降3%", "前三季度", "完成省下达任务"]
        {
            assert_eq!(bounds(text), None, "{text}");
        }
        for text in ["30，力争33", "30000(力争33000)"] {
            let tiers: Vec<Option<&str>> = cell(text).iter().map(|one| one.tier).collect();
            assert_eq!(tiers, [None, Some("stretch")], "{text}");
        }
        assert_eq!(cell("与GDP增长基本同步")[0].reference.as_deref(), Some("GDP增长"));
        assert_eq!(cell("15.3（2019年）")[0].own_year, Some(2019));
        for text in ["保持在合理区间、各年度视情提出", "下降3%", "完成省下达任务", "全面建成"]
        {
            assert_eq!(cell(text)[0].undefined.as_deref(), Some(text));
        }
    }
}
