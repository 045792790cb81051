//! What a number of a clause measures: the words before it, or behind it, and the subject of the clause before.

use super::lexicon::{BARE_VERBS, LEADS};
use super::numbers::{MeasuredNumber, Numeral, numerals};
use super::passage::{NUMERALS, Passage, beginning, ending, holds};
use super::reading::{ClausePiece, SentenceState};
use super::years::{PERIODS, is_base, years};
use super::{OpenFields, OpenReason};

/// The name as printed, where it stands in the piece as it is.
pub(super) fn printed(line: &Passage, piece: &ClausePiece, name: &str) -> Option<String> {
    let at = piece.at.start + piece.text.find(name).filter(|_| !name.is_empty())?;
    Some(line.quote(at..at + name.len()))
}

/// Words that end like an auxiliary and are none: 工业用地供应, 节约.
const WHOLE: &[&str] = &[
    "供应", "响应", "效应", "反应", "需要", "纲要", "摘要", "节约", "签约", "合约", "预约", "违约", "履约",
    "首都", "成都",
];

/// What is measured: the words before the number, or those behind it where before it a verb stands alone.
pub(super) fn name(before: &str, after: &str, quantity: &MeasuredNumber, open: &mut OpenFields) -> String {
    let before = before.rsplit_once(':').map_or(before, |(_, behind)| behind);
    let head = without_leads(before, LEADS);
    let head = head.trim_end_matches('前').trim_start_matches(['的', '、', '和', '及', '(']);
    let end = ending(
        head,
        &["要", "将", "应", "须", "力争", "确保", "分别", "力争分别", "要分别", "都", "约", "继续"],
    );
    let end = end.filter(|_| ending(head, WHOLE).is_none());
    let head = head.get(..head.len() - end.map_or(0, str::len)).unwrap_or(head);
    let head = without_base(head).trim_end_matches("每年");
    if head.ends_with('的') || head.ends_with("在") {
        open.chosen("name", OpenReason::WhichKind);
    }
    let bare = BARE_VERBS.iter().copied().filter(|verb| head.ends_with(verb)).max_by_key(|verb| verb.len());
    let rest = head.len() - bare.map_or(0, str::len);
    let behind = after.trim_start_matches(['的', '、']).trim_end_matches([')', '、']);
    // 分别超过90家和870家: what stands behind is another number.
    let is_name = behind.chars().count() >= 2 && !behind.starts_with(['和', '与', '及']);
    if head.get(..rest).unwrap_or_default().chars().count() < 2 && is_name {
        if quantity.behind.is_none() && head.is_empty() {
            open.chosen("name", OpenReason::BehindNumber);
        }
        return format!("{head}{behind}");
    }
    head.to_owned()
}

/// Without the words of what a change is held against: 比上年, 较2020年, 同比.
fn without_base(name: &str) -> &str {
    let plain = ending(name, &["比上年", "较上年", "比去年", "较去年", "同比", "比上年同期"]);
    let name = name.get(..name.len() - plain.map_or(0, str::len)).unwrap_or(name);
    let dated = years(name).into_iter().rfind(|(at, _)| at.end == name.len() && is_base(name, at));
    let end = dated.map_or(name.len(), |(at, _)| at.start);
    let head = name.get(..end).unwrap_or(name);
    if end < name.len() { head.trim_end_matches(['比', '较', '与']) } else { head }
}

/// 全市 is left out of 全市高新技术企业, not of 全市场; 基本 of 基本建成, not of 基本养老保险.
fn is_lead(lead: &str, text: &str) -> bool {
    let behind = text.get(lead.len()..).unwrap_or_default();
    match lead {
        "基本" => {
            beginning(behind, &["实现", "建成", "形成", "完成", "消除", "达到", "建立", "解决"]).is_some()
        }
        _ if lead.starts_with('全') => !behind.starts_with(['场', '域']),
        _ => true,
    }
}

/// Without the words and years with which a clause begins.
pub(super) fn without_leads<'a>(text: &'a str, leads: &[&str]) -> &'a str {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([',', '、', '—']);
        if let Some(lead) = beginning(rest, leads).filter(|lead| is_lead(lead, rest)) {
            rest = rest.get(lead.len()..).unwrap_or_default();
        }
        // 一是, 二是.
        let listed = rest.trim_start_matches(|c: char| NUMERALS.contains(c));
        if let Some(behind) = listed.strip_prefix('是').filter(|_| listed.len() < rest.len()) {
            rest = behind;
        }
        let dated = rest.strip_prefix('到').or_else(|| rest.strip_prefix('至')).unwrap_or(rest);
        if let Some(Numeral::Year(at, _)) =
            numerals(dated).into_iter().next().filter(|one| one.at().start == 0)
        {
            rest = dated.get(at.end..).unwrap_or_default();
        }
        if let Some((period, _)) = PERIODS.iter().find(|(period, _)| dated.starts_with(period)) {
            rest = dated.get(period.len()..).unwrap_or_default();
        }
        if rest == before {
            return rest;
        }
    }
}

/// Growth belongs to the name: 研发经费投入增长, not 研发经费投入.
pub(super) fn with_growth(name: String, quantity: &MeasuredNumber) -> String {
    match quantity.before {
        Some((word, _))
            if ending(&name, &["增长", "增速", "增幅", "增长率", "涨幅", "降幅", "率", word]).is_none() =>
        {
            format!("{name}{word}")
        }
        _ => name,
    }
}

/// 湘潭高新区力争保持全国 is 湘潭高新区全国排名.
pub(super) fn of_rank(name: &str) -> String {
    let verbs = ["力争", "保持", "位居", "位列", "进入", "居", "第", "前"];
    let bare = verbs.iter().fold(name.to_owned(), |name, verb| name.replace(verb, ""));
    if holds(&bare, &["排名", "位次", "名次"]) { bare } else { format!("{bare}排名") }
}

/// Shortest name that can stand by itself, in characters.
pub(super) const SHORTEST: usize = 4;

/// A name that says too little by itself takes the subject of the clause before.
pub(super) fn with_subject(name: &mut String, held: &mut SentenceState, open: &mut OpenFields) {
    let is_short = name.chars().count() < SHORTEST;
    let leans = beginning(name, &["占", "年均", "其占", "其中"]).is_some() || *name == "新增";
    if is_short || leans {
        let subject = held.subject.clone();
        if subject.is_empty() && !is_short {
            open.chosen("name", OpenReason::Subject(String::new()));
        } else {
            open.carried("name", OpenReason::Subject(subject.chars().take(20).collect()));
        }
        if name.is_empty() && subject.is_empty() {
            open.missing("name", OpenReason::NotSaid);
        }
        // 新增50家,努力新增100家: the subject has the word already.
        *name = if subject.starts_with(name.as_str()) { subject } else { format!("{subject}{name}") };
    }
    if !is_short && !leans {
        let end = ending(name, &["每年新增", "新增", "每年", "达到", "达"]).map_or(0, str::len);
        held.subject = name.get(..name.len() - end).unwrap_or_default().to_owned();
    }
}

/// Words of a place or of a part, whose figures may hold for the clauses behind it.
pub(super) const SCOPES: &[&str] = &[
    "园区",
    "高新区",
    "经开区",
    "谷",
    "新区",
    "基地",
    "县",
    "区内",
    "高校",
    "规上",
    "企业研发人员",
    "乡村",
    "农村",
];

/// A first clause that names a place or a part may stand over those behind it.
pub(super) fn scope(name: &str, is_known: bool, held: &mut SentenceState, open: &mut OpenFields) {
    match &held.scope {
        Some(scope) if !is_known && !open.has("name") && !name.contains(scope.as_str()) => {
            open.carried("name", OpenReason::Scope(scope.clone()));
        }
        Some(_) => {}
        None => held.scope = SCOPES.iter().find(|word| name.contains(**word)).map(|_| name.to_owned()),
    }
}
