//! Targets that words state without digits.

use super::OpenReason;
use super::lexicon::LEADS;
use super::numbers::{Numeral, numerals};
use super::passage::{beginning, counted, holds};
use super::years::{is_base, years};

/// What words say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Worded {
    pub(super) kind: &'static str,
    pub(super) op: Option<&'static str>,
    pub(super) name: String,
    pub(super) value: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) undefined: Option<String>,
    /// The year of the base, where it is named: 比2020年翻一番.
    pub(super) base_year: Option<i32>,
    /// Whether it is undated where no year stands beside it.
    pub(super) needs_year: bool,
    pub(super) open: Vec<(&'static str, OpenReason)>,
}

/// Orders of magnitude.
const MAGNITUDES: [&str; 4] = ["万亿级", "千亿级", "百亿级", "十亿级"];
/// Words that set one value against another.
const COMPARED: [(&str, &str); 7] = [
    ("不低于", ">="),
    ("高于", ">"),
    ("快于", ">"),
    ("优于", ">"),
    ("不高于", "<="),
    ("低于", "<"),
    ("慢于", "<"),
];
/// What others are held against without a number.
const REFERENCES: &[&str] =
    &["平均水平", "平均值", "平均增速", "上年", "去年", "同期", "增速", "增长速度", "GDP增长", "经济增长"];
/// Words that mean nothing definite.
pub(super) const INDEFINITE: &[&str] =
    &["前列", "第一方阵", "第一梯队", "合理区间", "先进水平", "领先水平", "中上游", "位次前移"];

/// The targets that a piece states in words; none when it has a quantity.
pub(super) fn worded(text: &str) -> Vec<Worded> {
    let has_quantity = numerals(text)
        .iter()
        .any(|one| matches!(one, Numeral::MeasuredNumber(quantity) if !quantity.unit.is_empty()));
    // 千亿级产业集群3个 are counted.
    let magnitudes = if has_quantity { Vec::new() } else { magnitudes(text) };
    if !magnitudes.is_empty() {
        return magnitudes;
    }
    let rank = text.find('前').and_then(|at| rank(text, at));
    if let Some(rank) = rank {
        return vec![rank];
    }
    if has_quantity {
        return Vec::new();
    }
    let one = relative(text)
        .or_else(|| coverage(text))
        .or_else(|| round(text))
        .or_else(|| multiple(text))
        .or_else(|| milestone(text));
    one.into_iter().collect()
}

/// 百亿级高端装备制造产业、百亿级电子信息产业: each up to the next.
fn magnitudes(text: &str) -> Vec<Worded> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, word)) = MAGNITUDES
        .iter()
        .filter_map(|word| Some((rest.find(word)?, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
    {
        let behind = rest.get(at + word.len()..).unwrap_or_default();
        let end = MAGNITUDES.iter().filter_map(|word| behind.find(word)).min().unwrap_or(behind.len());
        let names = behind.get(..end).unwrap_or_default();
        let names = names.trim_end_matches("打造").trim_end_matches('、');
        for name in names.split('、').filter(|name| !name.is_empty()) {
            let name = name.trim_start_matches("打造");
            found.push(Worded {
                kind: "magnitude",
                name: format!("{name}规模").replace("规模规模", "规模"),
                value: Some(word.to_owned()),
                unit: Some("亿元".to_owned()),
                needs_year: true,
                open: vec![("name", OpenReason::WhichKind)],
                ..Worded::default()
            });
        }
        rest = behind.get(end..).unwrap_or_default();
    }
    found
}

/// 前10位, 前十.
fn rank(text: &str, at: usize) -> Option<Worded> {
    let behind = text.get(at + '前'.len_utf8()..)?;
    let (digits, rest) = counted(behind)?;
    let is_rank = beginning(rest, &["位", "名", "强", "水平"]).is_some() || rest.is_empty();
    (digits.len() <= 3 && is_rank).then(|| Worded {
        kind: "rank",
        op: Some("<="),
        name: text.get(..at).unwrap_or_default().trim_end_matches("进入").to_owned(),
        value: Some(digits),
        unit: Some("位".to_owned()),
        open: vec![("name", OpenReason::RankOf)],
        ..Worded::default()
    })
}

/// 高于全市平均水平, 与经济增长同步.
fn relative(text: &str) -> Option<Worded> {
    let compared = COMPARED.iter().filter_map(|(word, op)| Some((text.find(word)?, *word, *op)));
    let found = compared.min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()));
    if let Some((at, word, op)) = found {
        let reference = text.get(at + word.len()..)?;
        return holds(reference, REFERENCES).then(|| Worded {
            kind: "relative",
            op: Some(op),
            name: text.get(..at).unwrap_or_default().to_owned(),
            reference: Some(reference.to_owned()),
            unit: Some("%".to_owned()),
            needs_year: true,
            open: vec![("reference", OpenReason::Reference), ("unit", OpenReason::WhichUnit)],
            ..Worded::default()
        });
    }
    let (compared, _) = text.split_once("同步")?;
    let compared = compared.trim_end_matches("基本").trim_end_matches("保持").trim_end_matches("基本");
    let (head, reference) = compared
        .rsplit_once(['与', '和', '同'])
        .filter(|(head, reference)| !head.is_empty() && !reference.is_empty())?;
    Some(Worded {
        kind: "relative",
        op: Some(if text.contains("基本同步") { "~" } else { ">=" }),
        name: head.to_owned(),
        reference: Some(reference.to_owned()),
        unit: Some("%".to_owned()),
        needs_year: true,
        open: vec![
            ("reference", OpenReason::Reference),
            ("op", OpenReason::WhichWay),
            ("unit", OpenReason::WhichUnit),
        ],
        ..Worded::default()
    })
}

/// 5G网络全覆盖.
fn coverage(text: &str) -> Option<Worded> {
    let (name, _) = text.split_once("全覆盖")?;
    (!name.is_empty()).then(|| Worded {
        kind: "coverage",
        op: Some(">="),
        name: name.trim_end_matches("实现").to_owned(),
        value: Some("100".to_owned()),
        unit: Some("%".to_owned()),
        needs_year: true,
        open: vec![("kind", OpenReason::WhichKind)],
        ..Worded::default()
    })
}

/// 百项, 千家: whether the number is meant is left open; 十大 is rather a name.
fn round(text: &str) -> Option<Worded> {
    for (word, value) in [("百", "100"), ("千", "1000")] {
        for unit in ["项", "家", "个", "名", "人", "场"] {
            let both = [word, unit].concat();
            let Some((head, behind)) = text.split_once(&both) else { continue };
            if head.ends_with(['数', '几', '上', '十', '百', '千', '万'])
                || head.ends_with(|c: char| c.is_ascii_digit())
            {
                continue;
            }
            return Some(Worded {
                kind: "level",
                op: Some("~"),
                name: [head, behind].concat(),
                value: Some(value.to_owned()),
                unit: Some(unit.to_owned()),
                open: vec![
                    ("value", OpenReason::RoundNumber),
                    ("op", OpenReason::RoundNumber),
                    ("tolerance", OpenReason::About),
                ],
                ..Worded::default()
            });
        }
    }
    text.contains("十大")
        .then(|| named(text, vec![("kind", OpenReason::RoundNumber), ("value", OpenReason::RoundNumber)]))
}

/// 翻一番, 翻番.
fn multiple(text: &str) -> Option<Worded> {
    let known = [("翻一番", "2"), ("翻番", "2"), ("实现倍增", "2"), ("翻两番", "4")];
    let (name, value) = known.iter().find_map(|(word, value)| Some((text.split_once(word)?.0, *value)))?;
    let base = years(name).into_iter().rfind(|(at, _)| is_base(name, at));
    let end = base.as_ref().map_or(name.len(), |(at, _)| at.start);
    let name = name.get(..end).unwrap_or(name).trim_end_matches(['比', '较', '在', '实']);
    Some(Worded {
        kind: "multiple",
        op: Some(">="),
        name: name.to_owned(),
        base_year: base.map(|(_, year)| year),
        value: Some(value.to_owned()),
        needs_year: true,
        open: vec![("base_year", OpenReason::GrowthOn), ("unit", OpenReason::WhichUnit)],
        ..Worded::default()
    })
}

/// 评估验收通过, 争创国家级….
fn milestone(text: &str) -> Option<Worded> {
    let indefinite = INDEFINITE
        .iter()
        .find(|word| text.contains(**word))
        .filter(|_| holds(text, &["进入", "居", "达到", "跻身"]));
    let is_passed = text.contains("验收通过") || (text.contains("通过") && text.contains("验收"));
    let is_won = ["争创", "创建", "创成", "获批"].iter().any(|word| text.contains(word))
        && ["国家级", "省级", "全国", "国省级", "示范"].iter().any(|word| text.contains(word));
    let is_sought = text.contains("争创") && is_won;
    if indefinite.is_none() && !is_passed && !is_sought {
        return None;
    }
    let mut one = named(text, vec![("kind", OpenReason::IsTarget), ("due", OpenReason::NoYear)]);
    one.undefined = indefinite.map(|word| (*word).to_owned());
    one.needs_year = is_sought;
    Some(one)
}

fn named(text: &str, open: Vec<(&'static str, OpenReason)>) -> Worded {
    let mut name = text;
    while let Some(lead) = beginning(name, LEADS) {
        name = name.get(lead.len()..).unwrap_or_default();
    }
    Worded {
        kind: "milestone",
        name: name.to_owned(),
        value: Some(name.to_owned()),
        open,
        ..Worded::default()
    }
}
